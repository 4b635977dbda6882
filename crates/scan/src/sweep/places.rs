//! The places of a strip that some column names, one behind the other: so that
//! there is one loop over all of them, and not one for each block, whose ends no
//! machine foresees.

use super::BLOCK;
use super::strip::{BLOCKS, Column};

/// Places, from the beginning of a strip.
#[derive(Debug)]
pub(super) struct Places {
    len: usize,
    all: [u16; (BLOCKS + 1) * BLOCK],
}

impl Places {
    pub(super) fn new() -> Self {
        Self {
            len: 0,
            all: [0; (BLOCKS + 1) * BLOCK],
        }
    }

    pub(super) fn all(&self) -> &[u16] {
        self.all.get(..self.len).unwrap_or_default()
    }

    /// Those that the first so many blocks of a column name. `write` writes
    /// those of one block, and may write more than there are.
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        clippy::cast_possible_truncation,
        reason = "compiled once for each instruction set; a strip has so few bytes"
    )]
    pub(super) fn fill(
        &mut self,
        column: &Column,
        blocks: usize,
        write: impl Fn(&mut [u16; BLOCK], u16, u64),
    ) {
        // Counted here, and not in a field that each place written may change.
        let mut len = 0;
        let words = column.iter().skip(1).take(blocks.min(BLOCKS));
        for (block, word) in words.enumerate() {
            if let Some(to) = self.all.get_mut(len..).and_then(<[u16]>::first_chunk_mut) {
                write(to, (block * BLOCK) as u16, *word);
            }
            len += word.count_ones() as usize;
        }
        self.len = len;
    }
}

/// Writes the places of a block one by one.
#[inline(always)]
#[expect(
    clippy::inline_always,
    clippy::cast_possible_truncation,
    reason = "a part of one loop; a block has so few bytes"
)]
pub(super) fn write(to: &mut [u16; BLOCK], base: u16, mut word: u64) {
    for four in to.as_chunks_mut::<4>().0 {
        for place in four {
            *place = base + word.trailing_zeros() as u16;
            word &= word.wrapping_sub(1);
        }
        if word == 0 {
            return;
        }
    }
}
