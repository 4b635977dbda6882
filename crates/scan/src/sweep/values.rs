//! Runs of value characters: where they begin and end, from masks of
//! sixty-four bytes.

use std::ops::Range;

use super::class::VALUE;
use super::{BLOCK, MIN_VALUE, shifted};

/// A run that is long enough to be a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Value {
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// How many digits it has.
    pub(crate) digits: u32,
}

impl Value {
    pub(crate) fn range(&self) -> Range<usize> {
        self.start..self.end
    }
}

/// The shortest run that is followed: what is told may have the letter of an
/// escape before it, which the masks leave out.
const SHORTEST: usize = MIN_VALUE - 1;

/// A run with fewer digits is no value unless it is longer,
const MIN_DIGITS: u32 = 2;
/// and nothing is encoded in fewer characters than this.
const UNBROKEN: usize = 16;

/// Follows the runs that have the least length.
#[derive(Debug, Default)]
pub(super) struct Values {
    /// Where one, two, four and eight of them had ended, in the block before.
    before: [u64; 4],
    /// Whether a run that is long enough reached the end of that block.
    open: u64,
    /// Where it began.
    start: usize,
    /// The digits of the block before.
    digit: u64,
}

const _: () = assert!(
    SHORTEST == 8 + 5,
    "the steps below are one, two, four and five"
);

impl Values {
    /// Takes the block at `base` and tells of the runs that end in it.
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "compiled once for each instruction set"
    )]
    pub(super) fn step(
        &mut self,
        base: usize,
        (one, digit): (u64, u64),
        text: &[u8],
        out: &mut Vec<Value>,
    ) {
        let [one_before, two_before, four_before, eight_before] = self.before;
        let two = one & shifted(one, one_before, 1);
        let four = two & shifted(two, two_before, 2);
        let eight = four & shifted(four, four_before, 4);
        let long = eight & shifted(eight, eight_before, 5);
        self.before = [one, two, four, eight];
        if long | self.open != 0 {
            self.tell(base, long, digit, text, out);
        }
        self.digit = digit;
    }

    /// A run begins to be long enough, or ends, at each change.
    #[inline(never)]
    fn tell(&mut self, base: usize, long: u64, digit: u64, text: &[u8], out: &mut Vec<Value>) {
        let mut changes = long ^ (long << 1 | self.open);
        while changes != 0 {
            let at = changes.trailing_zeros() as usize;
            changes &= changes - 1;
            if long >> at & 1 != 0 {
                self.start = base + at + 1 - SHORTEST;
            } else {
                let digits = self.digits(base, at, digit, text);
                out.extend(whole(text, self.start..base + at, digits));
            }
        }
        self.open = long >> (BLOCK - 1);
    }
}

impl Values {
    /// The digits of the run that ends at a place of the block at `base`.
    fn digits(&self, base: usize, at: usize, digit: u64, text: &[u8]) -> u32 {
        let here = digit & ((1 << at) - 1);
        if let Some(from) = self.start.checked_sub(base) {
            return (here >> from).count_ones();
        }
        if let Some(from) = (self.start + BLOCK).checked_sub(base) {
            return here.count_ones() + (self.digit >> from).count_ones();
        }
        let run = text.get(self.start..base + at).unwrap_or_default();
        let digits = run.iter().filter(|b| b.is_ascii_digit()).count();
        u32::try_from(digits).unwrap_or(u32::MAX)
    }
}

/// The run with the letter of an escape before it, if it may be more than a
/// name then.
fn whole(text: &[u8], Range { start, end }: Range<usize>, digits: u32) -> Option<Value> {
    let before = start.checked_sub(1).and_then(|at| text.get(at));
    let before = before.filter(|b| VALUE.has(**b));
    let start = start - usize::from(before.is_some());
    let digits = digits.saturating_add(u32::from(before.is_some_and(u8::is_ascii_digit)));
    let least = if digits < MIN_DIGITS {
        UNBROKEN
    } else {
        MIN_VALUE
    };
    (end >= start + least).then_some(Value { start, end, digits })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn runs_are_those_that_a_plain_walk_finds(
            text in prop::collection::vec(prop::sample::select(b"aaaaaaaa7 ".to_vec()), 0..400),
        ) {
            let mask = |base: usize, is: fn(u8) -> bool| {
                let set = |at: usize| text.get(base + at).is_some_and(|b| is(*b));
                (0..BLOCK).fold(0_u64, |mask, at| mask | u64::from(set(at)) << at)
            };
            let (mut values, mut found) = (Values::default(), Vec::new());
            for base in (0..text.len() + BLOCK).step_by(BLOCK) {
                let masks = (mask(base, |b| b != b' '), mask(base, |b| b == b'7'));
                values.step(base, masks, &text, &mut found);
            }
            let mut plain = Vec::new();
            let mut start = 0;
            for part in text.split(|b| *b == b' ') {
                let digits = part.iter().filter(|b| b.is_ascii_digit()).count();
                if part.len() >= if digits < 2 { 16 } else { 14 } {
                    let digits = u32::try_from(digits).unwrap();
                    plain.push(Value { start, end: start + part.len(), digits });
                }
                start += part.len() + 1;
            }
            prop_assert_eq!(found, plain);
        }
    }
}
