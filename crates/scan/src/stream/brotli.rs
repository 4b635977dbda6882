//! Brotli data (RFC 7932) that is all of a body, undone as it comes.

use std::fmt;

use brotli_decompressor::{BrotliDecompressStream, BrotliResult, BrotliState, StandardAlloc};

use super::Blocked;
use super::deflated::CHUNK;
use super::follower::{Goes, Unpacked};

/// Data on its way.
pub(super) struct Brotli {
    state: Box<BrotliState<StandardAlloc, StandardAlloc, StandardAlloc>>,
    chunk: Vec<u8>,
    is_open: bool,
}

impl Brotli {
    pub(super) fn new() -> Self {
        let alloc = StandardAlloc::default;
        Self {
            state: Box::new(BrotliState::new(alloc(), alloc(), alloc())),
            chunk: vec![0; CHUNK],
            is_open: true,
        }
    }

    /// Whether it is not at its end.
    pub(super) fn is_open(&self) -> bool {
        self.is_open
    }

    /// Undoes the next bytes, a byte at a time: so a block of metadata, which
    /// decoders skip and which could carry anything, is seen before it is
    /// passed. What the decoder has of one byte it gives before the next one.
    pub(super) fn push(&mut self, bytes: &[u8], out: &mut Unpacked) -> Result<Goes, Blocked> {
        for at in 0..bytes.len() {
            let byte = bytes.get(at..=at).unwrap_or_default();
            if !self.is_open || self.take(byte, out)? == Goes::Ended {
                return Ok(Goes::Ended);
            }
        }
        Ok(Goes::On)
    }

    fn take(&mut self, byte: &[u8], out: &mut Unpacked) -> Result<Goes, Blocked> {
        let (mut left, mut at, mut total) = (byte.len(), 0, 0);
        loop {
            let (mut room, mut filled) = (self.chunk.len(), 0);
            let result = BrotliDecompressStream(
                &mut left,
                &mut at,
                byte,
                &mut room,
                &mut filled,
                &mut self.chunk,
                &mut total,
                &mut self.state,
            );
            if filled > 0 {
                out.mark();
                out.put(self.chunk.get(..filled).unwrap_or_default())?;
            }
            // An empty one is how encoders flush.
            if self.state.is_metadata != 0 && self.state.meta_block_remaining_len > 0 {
                return Ok(Goes::Ended);
            }
            match result {
                BrotliResult::NeedsMoreOutput => {}
                BrotliResult::NeedsMoreInput => {
                    out.used(byte.len());
                    return Ok(Goes::On);
                }
                BrotliResult::ResultSuccess => {
                    out.used(at);
                    self.is_open = false;
                    return Ok(Goes::On);
                }
                BrotliResult::ResultFailure => return Ok(Goes::Ended),
            }
        }
    }
}

/// The decoder does not print.
impl fmt::Debug for Brotli {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Brotli")
            .field("is_open", &self.is_open)
            .finish_non_exhaustive()
    }
}
