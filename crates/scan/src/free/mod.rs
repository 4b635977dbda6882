//! Detectors without a keyword: runs of characters that are long enough to be
//! a value, numbers in groups, phrases of listed words.
//!
//! Each looks for a run of a set of characters with a least length. A run is
//! found by testing one byte in every length: text of short words is passed
//! over at a fraction of a byte's cost.

pub(crate) mod assign;
pub(crate) mod context;
mod numbers;
mod services;
pub(crate) mod value;
mod wallet;
mod words;

use std::ops::Range;

/// Takes a detector's name and where its secret stands.
pub(crate) type Emit<'a> = dyn FnMut(&'static str, Range<usize>) + 'a;

/// Looks for everything that has no keyword.
pub(crate) fn look(text: &[u8], emit: &mut Emit<'_>) {
    runs(text, assign::is_value, 14, |run| {
        assign::judge(text, run, emit);
    });
    runs(text, numbers::is_digit_or_gap, 11, |run| {
        numbers::groups(text, &run, emit);
    });
    runs(text, numbers::is_iban_or_blank, 18, |run| {
        numbers::iban_groups(text, &run, emit);
    });
    words::phrases(text, emit);
}

/// Calls `each` with every run of at least `least` bytes of a set.
pub(crate) fn runs(
    text: &[u8],
    is_in: impl Fn(u8) -> bool,
    least: usize,
    mut each: impl FnMut(Range<usize>),
) {
    // Whatever run of that length there is covers one of the tested places.
    let mut start = 0;
    while let Some(&probe) = text.get(start + least - 1) {
        if !is_in(probe) {
            start += least;
            continue;
        }
        let before = text.get(start..start + least - 1).unwrap_or_default();
        let run_start = start
            + before
                .iter()
                .rposition(|b| !is_in(*b))
                .map_or(0, |at| at + 1);
        let rest = text.get(start + least..).unwrap_or_default();
        let run_end = start + least + rest.iter().position(|b| !is_in(*b)).unwrap_or(rest.len());
        if run_end - run_start >= least {
            each(run_start..run_end);
        }
        start = run_end + 1;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn runs_are_those_that_a_plain_walk_finds(text in "[a-c .]{0,200}", least in 1_usize..20) {
            let is_in = |b: u8| b.is_ascii_lowercase();
            let mut found = Vec::new();
            runs(text.as_bytes(), is_in, least, |run| found.push(run));
            let mut plain = Vec::new();
            let mut start = 0;
            for part in text.split([' ', '.']) {
                if part.len() >= least {
                    plain.push(start..start + part.len());
                }
                start += part.len() + 1;
            }
            prop_assert_eq!(found, plain);
        }
    }
}
