//! Zstandard frames (RFC 8878), those that follow each other as one text.

use std::io::Read as _;

use ruzstd::decoding::errors::FrameDecoderError;
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder, StreamingDecoder};

use super::{ATTEMPT, Inflater, Opened, ZSTD, take};
use crate::budget::{Budget, Exhausted};

/// The largest window that is taken: with a larger one, more is held than may
/// be unpacked at all.
const WINDOW: u64 = 32 * 1024 * 1024;
/// A block's head: whether it is the last, how it is packed, how long it is.
pub(crate) const BLOCK: usize = 3;

/// The head of a frame without sum, size and dictionary, with a window that no
/// block is longer than.
pub(crate) const SMALL_FRAME: &[u8] = &[0x28, 0xb5, 0x2f, 0xfd, 0, 0x38];

/// The longest block (RFC 8878, 3.1.1.2.4), with its head.
const LONGEST: usize = BLOCK + 128 * 1024;

/// The longest head of a frame (RFC 8878, 3.1.1.1), with its sign.
const LONGEST_HEAD: usize = 18;

/// How far a frame went.
#[derive(Default)]
struct Frame {
    used: usize,
    /// Whether it came to its own end.
    is_whole: bool,
}

pub(super) fn frames(
    text: &[u8],
    _: &mut Inflater,
    budget: &mut Budget,
) -> Result<Opened, Exhausted> {
    let mut opened = Opened::default();
    while let Some(rest) = text.get(opened.used..) {
        if let Some(len) = skippable(rest) {
            opened.used += len.min(rest.len());
            continue;
        }
        if !rest.starts_with(ZSTD) {
            break;
        }
        opened.parts.push(opened.used);
        let frame = frame(rest, &mut opened.bytes, budget)?;
        opened.used += frame.used;
        if !frame.is_whole {
            // A block that is cut is not read at all, nor is the head before the
            // first one where its window is too large.
            let rest = text.len() - opened.used.min(text.len());
            opened.goes_on = rest <= LONGEST_HEAD + LONGEST;
            break;
        }
    }
    Ok(opened)
}

/// The length of a frame that decoders skip. What it holds stands plain.
fn skippable(text: &[u8]) -> Option<usize> {
    let [0x50..=0x5f, 0x2a, 0x4d, 0x18, a, b, c, d, ..] = *text else {
        return None;
    };
    let len = u32::from_le_bytes([a, b, c, d]);
    Some(8 + usize::try_from(len).ok()?)
}

fn frame(text: &[u8], out: &mut Vec<u8>, budget: &mut Budget) -> Result<Frame, Exhausted> {
    budget.work(ATTEMPT)?;
    let before = out.len();
    let opened = StreamingDecoder::new_with_max_window_size(text, WINDOW);
    let mut decoder = match opened {
        Ok(decoder) => decoder,
        Err(FrameDecoderError::WindowSizeTooBig { .. }) if is_frame(text, budget)? => {
            return Err(Exhausted::Unpacked);
        }
        Err(_) => return Ok(Frame::default()),
    };
    let mut chunk = [0; 8192];
    let mut charged = 0;
    loop {
        let read = decoder.read(&mut chunk);
        let used = text.len() - decoder.get_ref().len();
        budget.work(used - charged)?;
        charged = used;
        match read {
            Ok(0) => {
                return Ok(Frame {
                    used,
                    is_whole: true,
                });
            }
            Ok(n) => take(out, chunk.get(..n).unwrap_or_default(), budget)?,
            Err(_) => {
                let blocks = decoder.decoder.blocks_decoded();
                rest_of(text, blocks, out.len() - before, out, budget)?;
                return Ok(Frame {
                    used,
                    is_whole: false,
                });
            }
        }
    }
}

/// A decoder that fails keeps the last window for itself, where others gave it
/// away block by block. So the blocks that were whole are made a frame of
/// their own, of which `done` bytes are there already.
fn rest_of(
    text: &[u8],
    blocks: usize,
    done: usize,
    out: &mut Vec<u8>,
    budget: &mut Budget,
) -> Result<(), Exhausted> {
    let Some(whole) = ended(text, blocks) else {
        return Ok(());
    };
    budget.work(whole.len() + done)?;
    let opened = StreamingDecoder::new_with_max_window_size(whole.as_slice(), WINDOW);
    let Ok(mut decoder) = opened else {
        return Ok(());
    };
    let mut chunk = [0; 8192];
    let mut skipped = 0;
    while let Ok(n @ 1..) = decoder.read(&mut chunk) {
        let skip = n.min(done - skipped);
        skipped += skip;
        take(out, chunk.get(skip..n).unwrap_or_default(), budget)?;
    }
    Ok(())
}

/// The frame with its first blocks alone, the last of them marked as such.
fn ended(text: &[u8], blocks: usize) -> Option<Vec<u8>> {
    let mut at = head(text)?;
    let mut last = None;
    for _ in 0..blocks {
        last = Some(at);
        at += Block::read(text.get(at..)?)?.len;
    }
    let mut whole = text.get(..at)?.to_vec();
    *whole.get_mut(last?)? |= 1;
    // No check follows.
    *whole.get_mut(ZSTD.len())? &= !4;
    Some(whole)
}

/// Whether what begins with a head is a frame with more in it than what stands
/// plain. For its first block no window is needed, however large the one that
/// the head asks for. Programs that read frames hold the sign, with something
/// else behind.
fn is_frame(text: &[u8], budget: &mut Budget) -> Result<bool, Exhausted> {
    let blocks = head(text).and_then(|at| text.get(at..)).unwrap_or_default();
    let Some(first) = Block::read(blocks) else {
        return Ok(false);
    };
    let behind = blocks.get(first.len..).unwrap_or_default();
    if first.kind != Kind::Compressed {
        return Ok(!first.is_last && Block::read(behind).is_some());
    }
    let block = blocks.get(..first.len).unwrap_or_default();
    budget.work(block.len() + ATTEMPT)?;
    // Of all blocks the last one.
    let mut frame = [SMALL_FRAME, block].concat();
    if let Some(byte) = frame.get_mut(SMALL_FRAME.len()) {
        *byte |= 1;
    }
    let mut rest = frame.as_slice();
    let mut decoder = FrameDecoder::new();
    let is_read = decoder.reset(&mut rest).is_ok();
    let all = BlockDecodingStrategy::All;
    Ok(is_read && decoder.decode_blocks(rest, all).is_ok())
}

/// What a block's head says (RFC 8878, 3.1.1.2).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Block {
    pub(crate) kind: Kind,
    pub(crate) is_last: bool,
    /// With its head.
    pub(crate) len: usize,
}

/// How a block is packed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Kind {
    Compressed,
    /// As it stands.
    Raw,
    /// One byte, so many times.
    Repeated,
}

impl Block {
    /// The block that a text begins with, if it can be one.
    pub(crate) fn read(text: &[u8]) -> Option<Self> {
        let [a, b, c] = *text.first_chunk::<BLOCK>()?;
        let size = usize::try_from(u32::from_le_bytes([a, b, c, 0]) >> 3).ok()?;
        let (kind, len) = match a >> 1 & 3 {
            0 => (Kind::Raw, size),
            1 => (Kind::Repeated, 1),
            2 => (Kind::Compressed, size),
            _ => return None,
        };
        let is_last = a & 1 == 1;
        let len = BLOCK + len;
        (BLOCK + size <= LONGEST).then_some(Self { kind, is_last, len })
    }
}

/// The length of a frame's head (RFC 8878, 3.1.1.1).
pub(crate) fn head(text: &[u8]) -> Option<usize> {
    let descriptor = *text.get(ZSTD.len())?;
    let is_single = descriptor >> 5 & 1 == 1;
    let window = usize::from(!is_single);
    let dictionary = match descriptor & 3 {
        3 => 4,
        len => usize::from(len),
    };
    let size = match descriptor >> 6 {
        0 => usize::from(is_single),
        bits => 1 << bits,
    };
    Some(ZSTD.len() + 1 + window + dictionary + size)
}
