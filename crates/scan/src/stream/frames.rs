//! Zstandard frames (RFC 8878), those that follow each other as one text,
//! unpacked as they come, a block at a time.
//!
//! The decoder keeps the last window for itself until a frame ends. So what it
//! gives lags behind what it read, and what was read waits for that.

use std::fmt;

use ruzstd::decoding::errors::FrameDecoderError;
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

use super::Blocked;
use super::deflated::CHUNK;
use super::follower::{Goes, Unpacked};
use crate::budget::Exhausted;
use crate::views::ZSTD;
use crate::views::zstd_format::{self, BLOCK, Block, Kind, SMALL_FRAME};

/// Frames on their way.
pub(super) struct Frames {
    decoder: FrameDecoder,
    stage: Stage,
    /// The bytes so far of what is read next.
    kept: Vec<u8>,
    /// What the decoder keeps of the frame.
    window: usize,
    /// How much of the frame it gave.
    given: usize,
    /// Whether a sum stands behind the frame.
    sum: Option<usize>,
    window_is: Window,
    skipped: Skipped,
}

/// What frames that decoders skip are.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Skipped {
    /// Plain bytes between others.
    Passed,
    /// No part of a body that is all frames: they could carry anything.
    Refused,
}

/// What is read next, of which so many bytes are kept.
#[derive(Clone, Copy, Debug)]
enum Stage {
    Sign,
    Descriptor,
    Head(usize),
    BlockHead,
    Block(Block),
    /// The head of a frame that decoders skip. What it holds stands plain.
    Skippable,
    Skipped(usize),
}

/// Whether the window that a frame asks for can be held.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Window {
    Held,
    TooLarge,
    /// And a block was read that stands plain, of which no more may follow.
    TooLargeForMore,
}

/// The largest window (RFC 9659 asks HTTP for 8 MiB): it is held for each
/// frame that is followed.
const WINDOW: u64 = 8 * 1024 * 1024;
/// A last block with nothing in it.
const NOTHING: &[u8] = &[1, 0, 0];

impl Frames {
    pub(super) fn new() -> Self {
        let mut decoder = FrameDecoder::new();
        decoder.set_max_window_size(WINDOW);
        Self {
            decoder,
            stage: Stage::Sign,
            kept: Vec::new(),
            window: 0,
            given: 0,
            sum: None,
            window_is: Window::Held,
            skipped: Skipped::Passed,
        }
    }

    /// Frames that are all of a body.
    pub(super) fn coded() -> Self {
        Self {
            skipped: Skipped::Refused,
            ..Self::new()
        }
    }

    /// Unpacks the next bytes.
    pub(super) fn push(&mut self, bytes: &[u8], out: &mut Unpacked) -> Result<Goes, Blocked> {
        let mut rest = bytes;
        loop {
            if let Stage::Skipped(left) = self.stage {
                let step = left.min(rest.len());
                out.used(step);
                rest = rest.get(step..).unwrap_or_default();
                if step < left {
                    self.stage = Stage::Skipped(left - step);
                    return Ok(Goes::On);
                }
                self.stage = Stage::Sign;
            }
            let wanted = self.stage.wanted();
            let step = wanted.saturating_sub(self.kept.len()).min(rest.len());
            let (next, behind) = rest.split_at(step);
            self.kept.extend_from_slice(next);
            out.used(step);
            rest = behind;
            if self.kept.len() < wanted {
                return Ok(Goes::On);
            }
            match self.step(out)? {
                Some(stage) => self.stage = stage,
                None => return Ok(Goes::Ended),
            }
        }
    }

    /// Whether it is in the middle of something.
    pub(super) fn is_open(&self) -> bool {
        !matches!(self.stage, Stage::Sign) || !self.kept.is_empty()
    }

    /// Gives what the decoder keeps, where a frame breaks off.
    pub(super) fn end(&mut self, out: &mut Unpacked) -> Result<(), Blocked> {
        let is_open = matches!(self.stage, Stage::BlockHead | Stage::Block(_));
        if !is_open {
            return Ok(());
        }
        let last = BlockDecodingStrategy::UptoBlocks(1);
        // What went wrong in a block is no reason not to read those before it.
        drop(self.decoder.decode_blocks(NOTHING, last));
        self.give(out)
    }

    /// Reads what is kept, and says what comes next. None where it is no frame.
    fn step(&mut self, out: &mut Unpacked) -> Result<Option<Stage>, Blocked> {
        let stage = match self.stage {
            Stage::Sign => match *self.kept {
                [0x50..=0x5f, 0x2a, 0x4d, 0x18] if self.skipped == Skipped::Passed => {
                    return Ok(Some(Stage::Skippable));
                }
                _ if self.kept == ZSTD => {
                    out.begins(ZSTD.len());
                    return Ok(Some(Stage::Descriptor));
                }
                _ => return Ok(None),
            },
            Stage::Descriptor => return Ok(zstd_format::head(&self.kept).map(Stage::Head)),
            Stage::Head(_) => self.open(out),
            Stage::BlockHead => return self.block(),
            Stage::Block(block) => self.unpack(block, out)?,
            Stage::Skippable => {
                let len = self.kept.last_chunk().copied().map(u32::from_le_bytes);
                len.and_then(|len| usize::try_from(len).ok())
                    .map(Stage::Skipped)
            }
            Stage::Skipped(_) => Some(Stage::Sign),
        };
        if stage.is_some() {
            self.kept.clear();
        }
        Ok(stage)
    }

    fn open(&mut self, out: &mut Unpacked) -> Option<Stage> {
        const SUM: u8 = 4;
        let descriptor = self.kept.get_mut(ZSTD.len())?;
        // The decoder would ask for the sum together with the last block.
        self.sum = (*descriptor & SUM != 0).then_some(4);
        *descriptor &= !SUM;
        self.window_is = Window::Held;
        self.window = window(&self.kept);
        self.given = 0;
        out.mark();
        let mut opened = self.decoder.reset(self.kept.as_slice());
        if let Err(FrameDecoderError::WindowSizeTooBig { .. }) = opened {
            // Its first block says whether it is a frame at all.
            self.window_is = Window::TooLarge;
            opened = self.decoder.reset(SMALL_FRAME);
        }
        opened.is_ok().then_some(Stage::BlockHead)
    }

    /// What a block's head says of it.
    fn block(&self) -> Result<Option<Stage>, Blocked> {
        let block = Block::read(&self.kept);
        if self.window_is == Window::TooLargeForMore && block.is_some() {
            return Err(Exhausted::Unpacked.into());
        }
        Ok(block.map(Stage::Block))
    }

    fn unpack(&mut self, block: Block, out: &mut Unpacked) -> Result<Option<Stage>, Blocked> {
        if self.given > 0 {
            // All but the window was given: so long is what stands before it.
            out.mark_behind(self.window, self.kept.len());
        }
        let one = BlockDecodingStrategy::UptoBlocks(1);
        let read = self.decoder.decode_blocks(self.kept.as_slice(), one);
        if read.is_err() {
            return Ok(None);
        }
        if self.window_is != Window::Held {
            return self.refuse(block);
        }
        self.give(out)?;
        Ok(Some(match self.sum {
            _ if !block.is_last => Stage::BlockHead,
            None => Stage::Sign,
            Some(len) => Stage::Skipped(len),
        }))
    }

    /// A frame that cannot be held, of which one block was read: what stands
    /// plain in that block is read as it is.
    fn refuse(&mut self, block: Block) -> Result<Option<Stage>, Blocked> {
        if block.kind == Kind::Compressed {
            return Err(Exhausted::Unpacked.into());
        }
        self.window_is = Window::TooLargeForMore;
        Ok((!block.is_last).then_some(Stage::BlockHead))
    }

    fn give(&mut self, out: &mut Unpacked) -> Result<(), Blocked> {
        let bytes = self.decoder.collect().unwrap_or_default();
        self.given += bytes.len();
        bytes.chunks(CHUNK).try_for_each(|chunk| out.put(chunk))
    }
}

impl Stage {
    fn wanted(self) -> usize {
        match self {
            Self::Sign => ZSTD.len(),
            Self::Descriptor => ZSTD.len() + 1,
            Self::Head(len) => len,
            Self::Block(block) => block.len,
            Self::BlockHead => BLOCK,
            Self::Skippable => 8,
            Self::Skipped(_) => 0,
        }
    }
}

/// The window that a frame's head asks for (RFC 8878, 3.1.1.1.2). Of a single
/// segment nothing is given before its end.
fn window(head: &[u8]) -> usize {
    let descriptor = head.get(ZSTD.len()).copied().unwrap_or_default();
    let window = head.get(ZSTD.len() + 1).copied().unwrap_or_default();
    if descriptor >> 5 & 1 == 1 {
        return 0;
    }
    let base = 1_u64 << (10 + u32::from(window >> 3));
    let window = base + base / 8 * u64::from(window & 7);
    usize::try_from(window).unwrap_or(usize::MAX)
}

/// The decoder does not print.
impl fmt::Debug for Frames {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Frames")
            .field("stage", &self.stage)
            .finish_non_exhaustive()
    }
}
