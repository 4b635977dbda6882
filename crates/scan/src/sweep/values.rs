//! Runs of value characters: where they begin and end, and whether they can be
//! more than names, from masks of sixty-four bytes.

use std::ops::Range;

use super::MIN_VALUE;
use super::class::{ALNUM, Class, DIGIT, UPPER, VALUE};
use super::pair::Pair;
use super::strip::{self, Column, Columns};

/// A run that is long enough to be a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Value {
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// It has the make-up of a name or a path: no digits, one case, short words.
    pub(crate) is_name: bool,
}

impl Value {
    pub(crate) fn range(&self) -> Range<usize> {
        self.start..self.end
    }
}

/// The shortest run that is followed: what is told may have the letter of an
/// escape before it, which the masks leave out.
pub(super) const SHORTEST: usize = MIN_VALUE - 1;

/// A run with fewer digits is no value unless it is longer,
const MIN_DIGITS: usize = 2;
/// and nothing is encoded in fewer characters than this.
const UNBROKEN: usize = 16;
/// Letters alone, or with one digit, are a value from this length on,
const ONE_CASE: usize = 20;
/// or shorter if so many of them are capitals and one is a digit,
const RESTLESS: usize = 3;
/// and with signs between them if they have so many of each case.
const MIN_OF_CASE: usize = 2;

/// No word is as long as the number of a card in base32, which has one case.
const WORD: usize = 24;

const _: () = assert!(
    SHORTEST == 8 + 5,
    "the steps below are one, two, four and five"
);

/// Where as many value characters as the shortest run has end.
#[inline(always)]
#[expect(clippy::inline_always, reason = "a part of one loop")]
pub(super) fn long(one: Pair) -> Pair {
    one.in_a_row(1).in_a_row(2).in_a_row(4).in_a_row(5)
}

/// The run with the letter of an escape before it, if it may be more than a
/// word then. It ends in the strip at `base`, whose columns these are.
#[inline(always)]
#[expect(
    clippy::inline_always,
    reason = "compiled once for each instruction set"
)]
pub(super) fn told(
    text: &[u8],
    run: Range<usize>,
    base: usize,
    columns: &Columns,
) -> Option<Value> {
    let before = run.start.checked_sub(1).and_then(|at| text.get(at));
    let lead = usize::from(before.is_some_and(|b| VALUE.has(*b)));
    let range = run.start - lead..run.end;
    let [digits] = count(text, &range, base, [(&columns.digit, &DIGIT)]);
    let has_digits = digits >= MIN_DIGITS;
    let least = if has_digits { MIN_VALUE } else { UNBROKEN };
    if range.len() < least {
        return None;
    }
    let is_name = match (has_digits, range.len() < ONE_CASE) {
        (true, _) => false,
        (false, true) => digits == 0 || has_few_capitals(text, &range, base, columns),
        (false, false) => is_name(text, &range, base, columns),
    };
    let Range { start, end } = range;
    Some(Value {
        start,
        end,
        is_name,
    })
}

/// Whether a run changes its case too seldom for a short value.
#[inline(always)]
#[expect(
    clippy::inline_always,
    reason = "compiled once for each instruction set"
)]
fn has_few_capitals(text: &[u8], run: &Range<usize>, base: usize, columns: &Columns) -> bool {
    let [uppers] = count(text, run, base, [(&columns.upper, &UPPER)]);
    uppers < RESTLESS
}

/// Whether a run without digits has signs in it that part words, and small
/// letters or capitals alone.
#[inline(always)]
#[expect(
    clippy::inline_always,
    reason = "compiled once for each instruction set"
)]
fn is_name(text: &[u8], run: &Range<usize>, base: usize, columns: &Columns) -> bool {
    let classes = [(&columns.alnum, &ALNUM), (&columns.upper, &UPPER)];
    let [alnums, uppers] = count(text, run, base, classes);
    // Signs at the ends are no part of the value.
    let begins = |at: usize| text.get(at).is_some_and(u8::is_ascii_alphanumeric);
    let parted = alnums < run.len() && begins(run.start) && begins(run.end - 1);
    parted
        && (uppers < MIN_OF_CASE || alnums - uppers < MIN_OF_CASE)
        && (alnums < WORD || !has_word(text, run, base, columns))
}

/// Whether letters stand in a row in a run, more than any word has.
fn has_word(text: &[u8], run: &Range<usize>, base: usize, columns: &Columns) -> bool {
    if let Some(bits) = strip::bits(run, base) {
        return strip::has_row::<WORD>(&columns.alnum, bits);
    }
    // It began before the strip.
    let bytes = text.get(run.clone()).unwrap_or_default();
    let mut words = bytes.split(|b| !ALNUM.has(*b));
    words.any(|word| word.len() >= WORD)
}

/// How many bytes of a range belong to each of some classes, whose columns are
/// those of the strip at `base`.
#[inline(always)]
#[expect(
    clippy::inline_always,
    reason = "compiled once for each instruction set"
)]
fn count<const N: usize>(
    text: &[u8],
    range: &Range<usize>,
    base: usize,
    classes: [(&Column, &Class); N],
) -> [usize; N] {
    match strip::bits(range, base) {
        Some(bits) => strip::ones(classes.map(|(column, _)| column), bits),
        // It began before the strip.
        None => classes.map(|(_, class)| {
            let bytes = text.get(range.clone()).unwrap_or_default();
            bytes.iter().filter(|b| class.has(**b)).count()
        }),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::sweep::sweep;

    fn plain(start: usize, run: &[u8]) -> Option<Value> {
        let count = |is: fn(&u8) -> bool| run.iter().filter(|b| is(b)).count();
        let [digits, lowers, uppers] = [
            u8::is_ascii_digit,
            u8::is_ascii_lowercase,
            u8::is_ascii_uppercase,
        ]
        .map(count);
        if run.len() < if digits < 2 { 16 } else { 14 } {
            return None;
        }
        let ends = [run.first(), run.last()];
        let parted = digits + lowers + uppers < run.len()
            && ends
                .iter()
                .all(|b| b.is_some_and(u8::is_ascii_alphanumeric));
        // A single digit counts as a small letter.
        let one_case = uppers < 2 || lowers + digits < 2;
        let words = run.split(|b| !b.is_ascii_alphanumeric());
        let one_case = one_case && words.map(<[u8]>::len).max() < Some(24);
        Some(Value {
            start,
            end: start + run.len(),
            is_name: digits < 2
                && if run.len() < 20 {
                    digits == 0 || uppers < 3
                } else {
                    parted && one_case
                },
        })
    }

    proptest! {
        #[test]
        fn runs_are_those_that_a_plain_walk_finds(
            text in prop::collection::vec(prop::sample::select(b"aaaaaaaaaaaaA7- ".to_vec()), 0..2400),
        ) {
            let mut expected = Vec::new();
            let mut start = 0;
            for part in text.split(|b| *b == b' ') {
                expected.extend(plain(start, part));
                start += part.len() + 1;
            }
            prop_assert_eq!(sweep(&text).values, expected);
        }

        /// However long they are.
        #[test]
        fn long_runs_are_counted(lead in 0..200_usize, len in 900..3000_usize) {
            for part in [b"aB3-", b"ab-d", b"aB-D"] {
                let mut run = part.repeat(len / 4 + 1);
                run.pop();
                let text = [vec![b' '; lead], run.clone()].concat();
                prop_assert_eq!(sweep(&text).values, Vec::from_iter(plain(lead, &run)));
            }
        }
    }
}
