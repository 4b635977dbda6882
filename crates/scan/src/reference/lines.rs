//! Encoded texts that are wrapped: runs of an alphabet, one line each.
//!
//! From a run on, lines are taken together as long as there are only one to
//! sixteen blanks between them, a line has two characters or more, and all of
//! them are as long as the second but the last, which may be shorter, and the
//! first, which may be longer. Two lines are wrapped text if the first has
//! sixteen characters, four lines are in any case.
//!
//! Where wrapped text begins is a matter of taste: it may be found from every
//! run on, with or without its last line. It must be found from every line on that goes on from none before,
//! if all of its lines but the last are long and show that they are encoded
//! text: each alphabet says how.

use std::ops::Range;
use std::slice;

use super::plain::runs;

/// Which of two specifications: what must be found, or what may be.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Bound {
    Least,
    Most,
}

/// Every wrapped text of a class. `shows` says of which lines it must be found.
pub(super) fn wrapped(
    text: &[u8],
    class: impl Fn(u8) -> bool,
    least: usize,
    bound: Bound,
    shows: impl Fn(&[u8]) -> bool,
) -> Vec<Vec<Range<usize>>> {
    let lines = runs(text, class);
    let mut found = Vec::new();
    let mut next = 0;
    for (from, first) in lines.iter().enumerate() {
        let continues = || {
            let before = from.checked_sub(1).and_then(|before| lines.get(before));
            before.is_some_and(|before| goes_on(text, slice::from_ref(before), first))
        };
        if bound == Bound::Least && (from < next || continues()) {
            continue;
        }
        let mut group: Vec<Range<usize>> = Vec::new();
        for line in lines.iter().skip(from) {
            let shown = bound == Bound::Most || text.get(line.clone()).is_some_and(&shows);
            let is_rest = group.last().is_some_and(|last| line.len() < last.len());
            if !goes_on(text, &group, line) || !(shown || is_rest) {
                break;
            }
            group.push(line.clone());
            if !shown {
                break;
            }
        }
        next = from + group.len();
        let all: usize = group.iter().map(ExactSizeIterator::len).sum();
        if all >= least && (group.len() >= 4 || (group.len() > 1 && first.len() >= 16)) {
            // The last line may belong to what comes behind.
            if bound == Bound::Most
                && let Some((_, lines)) = group.split_last()
            {
                found.push(lines.to_vec());
            }
            found.push(group);
        }
    }
    found
}

fn goes_on(text: &[u8], group: &[Range<usize>], line: &Range<usize>) -> bool {
    let Some(last) = group.last() else {
        return true;
    };
    let gap = text.get(last.end..line.start).unwrap_or_default();
    let blank = gap.len() <= 16 && gap.iter().all(u8::is_ascii_whitespace);
    let even = match group {
        [_, second, ..] => last.len() == second.len(),
        _ => true,
    };
    blank && even && (2..=last.len()).contains(&line.len())
}

/// The characters of all lines.
pub(super) fn joined(text: &[u8], lines: &[Range<usize>]) -> Vec<u8> {
    let lines = lines.iter().filter_map(|line| text.get(line.clone()));
    lines.flatten().copied().collect()
}
