//! Where base64 stands in a text: runs of its alphabet, joined where they are
//! wrapped or spaced evenly.
//!
//! Prose is made of such runs too, so a run must be long, hold letters of both
//! cases, and be wrapped evenly if it is wrapped at all. What base64 of any
//! token or key looks like fulfils all of it.

use std::ops::Range;

/// The shortest run that is decoded.
const MIN_RUN: usize = 12;
/// The most blank bytes between two lines of one run.
const MAX_GAP: usize = 16;
/// A line of this length may be followed by a single shorter one.
const LONG_LINE: usize = 16;
/// Shorter lines than [`LONG_LINE`] count as wrapped from this number on.
const MANY_LINES: usize = 4;
const MIN_LINE: usize = 4;

/// A run: one range, or the even lines of a wrapped one.
pub(crate) type Lines = Vec<Range<usize>>;

/// Calls `each` with every run of `text` that may be base64.
pub(crate) fn base64<E>(
    text: &[u8],
    mut each: impl FnMut(&[Range<usize>]) -> Result<(), E>,
) -> Result<(), E> {
    let mut group = Group::default();
    let mut at = 0;
    while let Some(line) = next_run(text, at) {
        at = line.end;
        if !group.takes(text, &line) {
            group.finish(text, &mut each)?;
        }
        group.lines.push(line);
    }
    group.finish(text, &mut each)
}

#[derive(Default)]
struct Group {
    lines: Lines,
}

impl Group {
    /// Whether `line` goes on where the group ends.
    fn takes(&self, text: &[u8], line: &Range<usize>) -> bool {
        let Some(last) = self.lines.last() else {
            return true;
        };
        let gap = text.get(last.end..line.start).unwrap_or_default();
        if gap.len() > MAX_GAP || !gap.iter().all(u8::is_ascii_whitespace) || last.len() < MIN_LINE
        {
            return false;
        }
        // The first line may hold something else before it, the last is the rest.
        match self.lines.as_slice() {
            [first] => line.len() <= first.len(),
            [_, second, ..] => last.len() == second.len() && line.len() <= last.len(),
            [] => true,
        }
    }

    fn is_wrapped(&self) -> bool {
        let long = self
            .lines
            .first()
            .is_some_and(|first| first.len() >= LONG_LINE);
        self.lines.len() > 1 && (long || self.lines.len() >= MANY_LINES)
    }

    fn finish<E>(
        &mut self,
        text: &[u8],
        each: &mut impl FnMut(&[Range<usize>]) -> Result<(), E>,
    ) -> Result<(), E> {
        if self.is_wrapped() && is_likely(text, &self.lines) {
            each(&self.lines)?;
        } else {
            for line in &self.lines {
                let line = std::slice::from_ref(line);
                if is_likely(text, line) {
                    each(line)?;
                }
            }
        }
        self.lines.clear();
        Ok(())
    }
}

fn is_likely(text: &[u8], lines: &[Range<usize>]) -> bool {
    let len: usize = lines.iter().map(ExactSizeIterator::len).sum();
    let mut classes = 0;
    for line in lines {
        for byte in text.get(line.clone()).unwrap_or_default() {
            classes |= class(*byte);
        }
    }
    // Digits of hex alone are some digest. Names in one case are no base64 either.
    let other = classes & (UPPER | LOWER) != 0;
    let both = classes & (UPPER | UPPER_HEX) != 0 && classes & (LOWER | LOWER_HEX) != 0;
    len >= MIN_RUN && other && both
}

fn next_run(text: &[u8], at: usize) -> Option<Range<usize>> {
    let start = at + text.get(at..)?.iter().position(|&b| class(b) != 0)?;
    let rest = text.get(start..)?;
    let len = rest
        .iter()
        .position(|&b| class(b) == 0)
        .unwrap_or(rest.len());
    Some(start..start + len)
}

const DIGIT: u8 = 1;
const LOWER_HEX: u8 = 2;
const LOWER: u8 = 4;
const UPPER_HEX: u8 = 8;
const UPPER: u8 = 16;
const SIGN: u8 = 32;

fn class(byte: u8) -> u8 {
    CLASSES.get(usize::from(byte)).copied().unwrap_or(0)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::indexing_slicing,
    reason = "evaluated by the compiler; a byte indexes 256 entries"
)]
const CLASSES: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte as u8 {
            b'0'..=b'9' => DIGIT,
            b'a'..=b'f' => LOWER_HEX,
            b'g'..=b'z' => LOWER,
            b'A'..=b'F' => UPPER_HEX,
            b'G'..=b'Z' => UPPER,
            b'+' | b'/' | b'-' | b'_' => SIGN,
            _ => 0,
        };
        byte += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    use super::*;

    fn runs(text: &str) -> Vec<String> {
        let mut runs = Vec::new();
        let each = |lines: &[Range<usize>]| -> Result<(), ()> {
            runs.push(
                lines
                    .iter()
                    .map(|l| &text.as_bytes()[l.clone()])
                    .collect::<Vec<_>>()
                    .concat(),
            );
            Ok(())
        };
        base64(text.as_bytes(), each).unwrap();
        runs.into_iter()
            .map(|run| String::from_utf8(run).unwrap())
            .collect()
    }

    #[test]
    fn prose_names_and_digests_are_no_runs() {
        let text = "This sentence has words of many lengths; some_snake_case_name, crates/scan/src, \
                    0123456789abcdef0123456789abcdef, MAX_HEADER_BYTES";
        assert_eq!(runs(text), [""; 0]);
    }

    #[test]
    fn a_run_ends_where_its_alphabet_ends() {
        assert_eq!(runs("{\"k\":\"aGVsbG8gd29ybGQ=\"}"), ["aGVsbG8gd29ybGQ"]);
    }

    #[test]
    fn even_lines_are_one_run() {
        assert_eq!(
            runs("aGVsbG8gd29ybGQs\r\n  dGhpcyBpcyB3cmFw\r\n  cGVk\r\n"),
            ["aGVsbG8gd29ybGQsdGhpcyBpcyB3cmFwcGVk"]
        );
        assert_eq!(runs("aGVs bG8g d29y bGQs ITE"), ["aGVsbG8gd29ybGQsITE"]);
    }

    #[test]
    fn what_stands_before_the_first_line_does_not_hide_the_rest() {
        assert_eq!(
            runs("pathaGVsbG8gd29ybGQs\ndGhpcyBpcyB3cmFw\ncGVk"),
            ["pathaGVsbG8gd29ybGQsdGhpcyBpcyB3cmFwcGVk"]
        );
    }
}
