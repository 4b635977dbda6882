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
use crate::views::{ZSTD, zstd_head};

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
}

/// What is read next, of which so many bytes are kept.
#[derive(Clone, Copy, Debug)]
enum Stage {
    Sign,
    Descriptor,
    Head(usize),
    BlockHead,
    Block {
        len: usize,
        place: Place,
    },
    /// The head of a frame that decoders skip. What it holds stands plain.
    Skippable,
    Skipped(usize),
}

/// Where in its frame a block is.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Place {
    Within,
    Last,
}

/// The largest window (RFC 9659 asks HTTP for 8 MiB): it is held for each
/// frame that is followed.
const WINDOW: u64 = 8 * 1024 * 1024;
/// A block's head: whether it is the last, how it is packed, how long it is.
const BLOCK: usize = 3;
/// The longest block (RFC 8878, 3.1.1.2.4).
const LONGEST: usize = 128 * 1024;
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
        let is_open = matches!(self.stage, Stage::BlockHead | Stage::Block { .. });
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
                [0x50..=0x5f, 0x2a, 0x4d, 0x18] => return Ok(Some(Stage::Skippable)),
                _ if self.kept == ZSTD => {
                    out.begins(ZSTD.len());
                    return Ok(Some(Stage::Descriptor));
                }
                _ => return Ok(None),
            },
            Stage::Descriptor => return Ok(zstd_head(&self.kept).map(Stage::Head)),
            Stage::Head(_) => self.open(out)?,
            Stage::BlockHead => return Ok(self.block()),
            Stage::Block { place, .. } => self.unpack(place, out)?,
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

    fn open(&mut self, out: &mut Unpacked) -> Result<Option<Stage>, Blocked> {
        const SUM: u8 = 4;
        let Some(descriptor) = self.kept.get_mut(ZSTD.len()) else {
            return Ok(None);
        };
        // The decoder would ask for the sum together with the last block.
        self.sum = (*descriptor & SUM != 0).then_some(4);
        *descriptor &= !SUM;
        self.window = window(&self.kept);
        self.given = 0;
        out.mark();
        match self.decoder.reset(self.kept.as_slice()) {
            Ok(()) => Ok(Some(Stage::BlockHead)),
            Err(FrameDecoderError::WindowSizeTooBig { .. }) => Err(Exhausted::Unpacked.into()),
            Err(_) => Ok(None),
        }
    }

    /// What a block's head says of it.
    fn block(&self) -> Option<Stage> {
        let [a, b, c] = *self.kept.first_chunk::<BLOCK>()?;
        let size = usize::try_from(u32::from_le_bytes([a, b, c, 0]) >> 3).ok()?;
        // One byte, so many times.
        let is_repeated = a >> 1 & 3 == 1;
        let len = if is_repeated { 1 } else { size };
        let place = if a & 1 == 1 {
            Place::Last
        } else {
            Place::Within
        };
        let len = BLOCK + len;
        (size <= LONGEST).then_some(Stage::Block { len, place })
    }

    fn unpack(&mut self, place: Place, out: &mut Unpacked) -> Result<Option<Stage>, Blocked> {
        if self.given > 0 {
            // All but the window was given: so long is what stands before it.
            out.mark_behind(self.window, self.kept.len());
        }
        let one = BlockDecodingStrategy::UptoBlocks(1);
        if self
            .decoder
            .decode_blocks(self.kept.as_slice(), one)
            .is_err()
        {
            return Ok(None);
        }
        self.give(out)?;
        Ok(Some(match (place, self.sum) {
            (Place::Within, _) => Stage::BlockHead,
            (Place::Last, None) => Stage::Sign,
            (Place::Last, Some(len)) => Stage::Skipped(len),
        }))
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
            Self::Head(len) | Self::Block { len, .. } => len,
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
    let base = 1_usize << (10 + u32::from(window >> 3));
    base + base / 8 * usize::from(window & 7)
}

/// The decoder does not print.
impl fmt::Debug for Frames {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Frames")
            .field("stage", &self.stage)
            .finish_non_exhaustive()
    }
}
