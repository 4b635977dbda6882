//! Runs of value characters: where they begin and end, from masks of
//! sixty-four bytes. Knows no bytes.

use super::{BLOCK, MIN_VALUE, Run, shifted};

/// Follows the runs that have the least length.
#[derive(Debug, Default)]
pub(super) struct Values {
    /// Where one, two, four and eight of them had ended, in the block before.
    before: [u64; 4],
    /// Whether a run that is long enough reached the end of that block.
    open: u64,
    /// Where it began.
    start: usize,
}

const _: () = assert!(
    MIN_VALUE == 8 + 6,
    "the steps below are one, two, four and six"
);

impl Values {
    /// Takes the block at `base` and tells of the runs that end in it.
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "compiled once for each instruction set"
    )]
    pub(super) fn step(&mut self, base: usize, one: u64, out: &mut Vec<Run>) {
        let [one_before, two_before, four_before, eight_before] = self.before;
        let two = one & shifted(one, one_before, 1);
        let four = two & shifted(two, two_before, 2);
        let eight = four & shifted(four, four_before, 4);
        let long = eight & shifted(eight, eight_before, 6);
        self.before = [one, two, four, eight];
        if long | self.open != 0 {
            self.tell(base, long, out);
        }
    }

    /// A run begins to be long enough, or ends, at each change.
    fn tell(&mut self, base: usize, long: u64, out: &mut Vec<Run>) {
        let mut changes = long ^ (long << 1 | self.open);
        while changes != 0 {
            let at = changes.trailing_zeros() as usize;
            changes &= changes - 1;
            if long >> at & 1 != 0 {
                self.start = base + at + 1 - MIN_VALUE;
            } else {
                out.push(Run {
                    start: self.start,
                    end: base + at,
                });
            }
        }
        self.open = long >> (BLOCK - 1);
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
        ) {
            let is_set = |at: usize| text.get(at).is_some_and(|b| *b == b'a');
            let mask = |base: usize| {
                (0..BLOCK).fold(0_u64, |mask, at| mask | u64::from(is_set(base + at)) << at)
            };
            let (mut values, mut found) = (Values::default(), Vec::new());
            for base in (0..text.len() + BLOCK).step_by(BLOCK) {
                values.step(base, mask(base), &mut found);
            }
            let mut plain = Vec::new();
            let mut start = 0;
            for part in text.split(|b| *b == b' ') {
                if part.len() >= MIN_VALUE {
                    plain.push(Run { start, end: start + part.len() });
                }
                start += part.len() + 1;
            }
            prop_assert_eq!(found, plain);
        }
    }
}
