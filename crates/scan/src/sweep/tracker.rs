//! Runs of a class, from masks of sixty-four bytes: where they begin and end.
//! Knows no bytes.

use std::ops::Range;

use super::{BLOCK, Masks, shifted};

/// A run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) start: usize,
    pub(crate) end: usize,
}

impl Run {
    pub(crate) fn range(&self) -> Range<usize> {
        self.start..self.end
    }

    pub(crate) fn len(&self) -> usize {
        self.end - self.start
    }
}

/// Follows the runs of one class that have a least length.
#[derive(Debug)]
pub(super) struct Tracker {
    least: usize,
    /// Where the run began that reached the end of the block before.
    open: Option<usize>,
}

impl Tracker {
    pub(super) fn new(least: usize) -> Self {
        debug_assert!(
            (8..=BLOCK).contains(&least),
            "the first test looks for runs of eight"
        );
        Self { least, open: None }
    }

    /// Takes the block at `base` and tells of the runs that end in it.
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "compiled once for each instruction set"
    )]
    pub(super) fn step(&mut self, base: usize, mask: u64, mut tell: impl FnMut(Run)) {
        let mut mask = mask;
        if let Some(start) = self.open {
            let lead = mask.trailing_ones() as usize;
            if lead == BLOCK {
                return;
            }
            let end = base + lead;
            if end - start >= self.least {
                tell(Run { start, end });
            }
            mask &= !low(lead);
        }
        let tail = mask.leading_ones() as usize;
        self.open = (tail > 0).then_some(base + BLOCK - tail);
        if tail > 0 {
            mask &= low(BLOCK - tail);
        }
        // Eight in a row inside of this block: most blocks have none.
        let mut long = mask & mask >> 1;
        long &= long >> 2;
        long &= long >> 4;
        while long != 0 {
            let start = long.trailing_zeros() as usize;
            let len = (mask >> start).trailing_ones() as usize;
            if len >= self.least {
                tell(Run {
                    start: base + start,
                    end: base + start + len,
                });
            }
            long &= !(low(len) << start);
        }
    }
}

/// The lowest `len` bits.
#[inline(always)]
#[expect(clippy::inline_always, reason = "two instructions")]
pub(super) fn low(len: usize) -> u64 {
    if len >= BLOCK {
        u64::MAX
    } else {
        (1 << len) - 1
    }
}

/// Follows the stretches that may be a seed phrase: words of three to eight
/// letters, or of another script, with little between them.
#[derive(Debug)]
pub(super) struct Phrases {
    tracker: Tracker,
}

/// Twelve Chinese characters.
const SHORTEST: usize = 36;

impl Default for Phrases {
    fn default() -> Self {
        Self {
            tracker: Tracker::new(SHORTEST),
        }
    }
}

impl Phrases {
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "compiled once for each instruction set"
    )]
    pub(super) fn step(&mut self, base: usize, m: &Masks, before: &Masks, tell: impl FnMut(Run)) {
        let (ascii, ascii_before) = (m.upper | m.lower, before.upper | before.lower);
        let (letter, letter_before) = (ascii | m.high, ascii_before | before.high);
        let stand = letter
            | m.digit
            | m.space
            | m.line
            | m.base64_sign
            | m.value_sign
            | m.quote
            | m.phrase_sign;
        let ends = !letter & shifted(letter, letter_before, 1);
        // No list has words of one or two letters, or of nine ASCII letters.
        let one = ends & !shifted(letter, letter_before, 2);
        let two = ends & !shifted(letter, letter_before, 3);
        let mut long = ascii & shifted(ascii, ascii_before, 1);
        let both = u128::from(ascii) << 64 | u128::from(ascii_before);
        if long != 0 {
            let mut nine = both & both << 1;
            nine &= nine << 2;
            nine &= nine << 4;
            nine &= both << 8;
            long = u64::try_from(nine >> 64).unwrap_or_default();
        }
        let stretch = stand & !(one | two | long);
        self.tracker.step(base, stretch, tell);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn runs_are_those_that_a_plain_walk_finds(
            text in prop::collection::vec(prop::sample::select(vec![b'a', b'a', b'a', b'a', b'a', b' ']), 0..400),
            least in 8_usize..40,
        ) {
            let bit = |at: usize, wanted: fn(u8) -> bool| text.get(at).is_some_and(|b| wanted(*b));
            let mask = |base: usize, wanted: fn(u8) -> bool| {
                (0..BLOCK).fold(0_u64, |mask, at| mask | u64::from(bit(base + at, wanted)) << at)
            };
            let mut tracker = Tracker::new(least);
            let mut found = Vec::new();
            for base in (0..text.len() + BLOCK).step_by(BLOCK) {
                tracker.step(base, mask(base, |b| b != b' '), |run| found.push(run));
            }
            let mut plain = Vec::new();
            let mut start = 0;
            for part in text.split(|b| *b == b' ') {
                if part.len() >= least {
                    plain.push(Run { start, end: start + part.len() });
                }
                start += part.len() + 1;
            }
            prop_assert_eq!(found, plain);
        }
    }
}
