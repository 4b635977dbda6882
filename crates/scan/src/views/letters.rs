//! The view of a text that code makes from literals of a few characters each:
//! `["g", "h", "p"]`, `'g' + 'h'`.
//!
//! Only where the same stands between all of them, but for blanks. Longer
//! literals are put together where a token begins, by [`crate::pieces`], or
//! where a sign joins them, by [`super::evasions`].

use std::collections::HashSet;
use std::ops::Range;

use memchr::memchr3;

use crate::budget::{Budget, Exhausted};
use crate::finding::View;
use crate::sweep::Sweep;
use crate::views::layer::Layer;
use crate::views::points::{self, Rows, is_like};

/// The most characters of one literal.
const MOST: usize = 3;
/// The most bytes between two literals.
const BETWEEN: usize = 24;
/// The least literals that are put together.
const LEAST: usize = 8;

pub(crate) fn decode(
    layer: &Layer<'_>,
    sweep: &Sweep,
    budget: &mut Budget,
) -> Result<Layer<'static>, Exhausted> {
    let mut out = Layer::of(View::Joined);
    points::around(layer, &sweep.letters, &mut out, |text| {
        budget.work(2 * text.len())?;
        let mut all = rows(text, 0);
        // The part may begin within a literal: its end looks like the beginning of one.
        if let Some(first) = memchr3(b'"', b'\'', b'`', text) {
            let known: HashSet<Range<usize>> = all.iter().map(|(row, _)| row.clone()).collect();
            let others = rows(text, first + 1).into_iter();
            all.extend(others.filter(|(row, _)| !known.contains(row)));
        }
        Ok(all)
    })?;
    Ok(out)
}

/// What enough literals in a row are, and where they stand.
fn rows(text: &[u8], mut at: usize) -> Rows {
    let mut rows = Vec::new();
    let mut row = Row::default();
    while let Some(next) = text
        .get(at..)
        .and_then(|rest| memchr3(b'"', b'\'', b'`', rest))
    {
        at += next;
        let Some(literal) = literal(text, at) else {
            at += 1;
            continue;
        };
        if !row.takes(text, &literal) {
            // What the row ended with may be the first of the next one.
            let last = row.last.take();
            rows.extend(std::mem::take(&mut row).told());
            if let Some(last) = last.filter(|last| literal.start - last.end <= BETWEEN) {
                row.add(text, last);
            }
        }
        at = literal.end;
        row.add(text, literal);
    }
    rows.extend(row.told());
    rows
}

/// A literal with its quotes.
#[derive(Clone)]
struct Literal {
    start: usize,
    end: usize,
    inside: Range<usize>,
}

/// Literals with the same between each two.
#[derive(Default)]
struct Row {
    range: Range<usize>,
    between: Option<Range<usize>>,
    count: usize,
    letters: Vec<u8>,
    last: Option<Literal>,
}

impl Row {
    fn takes(&self, text: &[u8], next: &Literal) -> bool {
        if self.count == 0 {
            return true;
        }
        let gap = self.range.end..next.start;
        let same = self.between.as_ref().is_none_or(|between| {
            let part = |range: &Range<usize>| text.get(range.clone()).unwrap_or_default();
            is_like(&uncounted(part(between)), &uncounted(part(&gap)))
        });
        gap.len() <= BETWEEN && same
    }

    fn add(&mut self, text: &[u8], literal: Literal) {
        if self.count == 0 {
            self.range.start = literal.start;
        } else if self.between.is_none() {
            self.between = Some(self.range.end..literal.start);
        }
        self.range.end = literal.end;
        self.count += 1;
        self.last = Some(literal.clone());
        match text.get(literal.inside).unwrap_or_default() {
            [b'\\', ..] => self.letters.push(b'\n'),
            letters => self.letters.extend_from_slice(letters),
        }
    }

    fn told(self) -> Option<(Range<usize>, Vec<u8>)> {
        (self.count >= LEAST).then_some((self.range, self.letters))
    }
}

/// The literal that begins at a place, its quotes escaped or not.
fn literal(text: &[u8], at: usize) -> Option<Literal> {
    let (quote, rest) = text.get(at..)?.split_first()?;
    if !matches!(quote, b'"' | b'\'' | b'`') {
        return None;
    }
    let in_it = |b: &&u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-');
    let len = rest.iter().take(MOST + 1).take_while(in_it).count();
    if len == 0 {
        return sign(*quote, rest, at);
    }
    let slash = usize::from(rest.get(len) == Some(&b'\\'));
    let ends = rest.get(len + slash) == Some(quote);
    ((1..=MOST).contains(&len) && ends).then(|| Literal {
        start: at,
        end: at + len + slash + 2,
        inside: at + 1..at + 1 + len,
    })
}

/// Without the numbers that count the literals: `0: 'g', 1: 'h'`.
fn uncounted(between: &[u8]) -> Vec<u8> {
    between
        .iter()
        .filter(|b| !b.is_ascii_digit())
        .copied()
        .collect()
}

/// A literal of one sign, or of a line's end.
fn sign(quote: u8, rest: &[u8], start: usize) -> Option<Literal> {
    let slashes = rest.iter().take_while(|b| **b == b'\\').count();
    let len = match rest.get(slashes..)? {
        [b'n', ..] if slashes > 0 => slashes + 1,
        [b' '..=b'~', ..] if slashes == 0 && rest.first() != Some(&quote) => 1,
        _ => return None,
    };
    let slash = usize::from(rest.get(len) == Some(&b'\\'));
    let ends = rest.get(len + slash) == Some(&quote);
    ends.then_some(Literal {
        start,
        end: start + len + slash + 2,
        inside: start + 1..start + 1 + len,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_are_put_together_while_the_same_stands_between_them() {
        let all = |text: &str| {
            let rows = rows(text.as_bytes(), 0).into_iter();
            let told = rows.map(|(_, row)| String::from_utf8(row).unwrap());
            told.collect::<Vec<_>>()
        };
        let eight = r#"["a", "b", "c",  "d", "e", "f", "gh", "i"]"#;
        assert_eq!(all(eight), ["abcdefghi"]);
        assert_eq!(all(&eight.replace('"', "\\\"")), ["abcdefghi"]);
        assert_eq!(all(&eight.replace("\"d\",", "\"d\":")), [""; 0]);
        let counted = "{0: 'a', 1: 'b', 2: 'c', 3: 'd', 4: 'e', 5: 'f', 6: 'g', 7: 'h'}";
        assert_eq!(all(counted), ["abcdefgh"]);
        let signs = r#"['a', '.', '=', ' ', '\n', ',', "'", 'b', 'c']"#;
        assert_eq!(all(signs), ["a.= \n,'bc"]);
    }
}
