//! Base64 that holds text, from its beginning.
//!
//! Most of what looks like it is a digest, an image or a long name, and shows
//! within four characters that it is no text. What is wrapped is one text, also
//! where a line break is an escape of JSON.

use std::ops::Range;

use crate::budget::{Budget, Exhausted};
use crate::finding::View;
use crate::views::{Chain, Layer, Scale};

/// The shortest base64 that could hold an instruction.
pub(super) const LEAST: usize = 32;
/// Of base64, so much is decoded to see whether it is text.
const TRIED: usize = 24;
/// The most of blanks and signs that may lie between two lines.
const MOST_BETWEEN: usize = 8;

/// The view of what is text in base64 or base64url.
pub(super) fn decode(chain: &Chain<'_>, budget: &mut Budget) -> Result<Layer<'static>, Exhausted> {
    let mut out = Layer::of(View::Base64);
    for (piece, text) in chain.layer().pieces() {
        let (before, behind) = chain.beyond(piece);
        let mut cut = ends_run(before).then(|| digits(text));
        let mut at = 0;
        while let Some(run) = word(text, at, LEAST) {
            at = run.end;
            let run = behind_escape(text, run);
            let head = text.get(run.clone()).unwrap_or_default();
            budget.work(head.len().min(TRIED))?;
            if !begins_text(head) {
                continue;
            }
            let lines = lines(text, run.clone());
            at = lines.last().map_or(at, |line| line.end);
            // A part of a text that was cut is read in the layer that has all of it.
            let is_cut = |end| run.start <= end || next_line(text, end) == Some(run.start);
            if cut.is_some_and(is_cut) {
                cut = Some(at);
                continue;
            }
            if at == text.len() && begins_run(behind) {
                continue;
            }
            budget.work(at - run.start)?;
            let mut bytes = decoded(text, &lines);
            let above = piece.here.start + run.start..piece.here.start + at;
            // Lines have other bytes between them, so a part has no certain place.
            let scale = match lines.len() {
                1 => Scale::Even { above: 4, here: 3 },
                _ => Scale::Whole,
            };
            out.push(above, scale, |to| to.append(&mut bytes));
        }
    }
    Ok(out)
}

/// How many digits a text begins with.
fn digits(text: &[u8]) -> usize {
    text.iter().take_while(|b| is_base64(**b)).count()
}

/// Whether what ends there may go on in the text behind: a run, or its next line.
fn ends_run(text: &[u8]) -> bool {
    let last = text.last();
    last.is_some_and(|b| is_base64(*b) || matches!(b, b'\n' | b'\r' | b'\\'))
}

fn begins_run(text: &[u8]) -> bool {
    let first = text.first();
    first.is_some_and(|b| is_base64(*b) || matches!(b, b'\n' | b'\r' | b'\\'))
}

/// Without the letter of the escape that it stands behind.
fn behind_escape(text: &[u8], run: Range<usize>) -> Range<usize> {
    let sign = run.start.checked_sub(1).and_then(|at| text.get(at));
    let is_escape = sign == Some(&b'\\')
        && matches!(text.get(run.start), Some(b'n' | b'r' | b't'))
        && run.len() > LEAST;
    run.start + usize::from(is_escape)..run.end
}

/// The line and those that go on with it: of one length, but for the last.
fn lines(text: &[u8], first: Range<usize>) -> Vec<Range<usize>> {
    let len = first.len();
    let mut lines = vec![first];
    while len.is_multiple_of(4)
        && let Some(last) = lines.last()
        && last.len() == len
        && let Some(start) = next_line(text, last.end)
    {
        let rest = text.get(start..).unwrap_or_default().iter();
        let line = rest.take(len + 1).take_while(|b| is_base64(**b)).count();
        if line == 0 || line > len {
            break;
        }
        lines.push(start..start + line);
    }
    lines
}

/// Where the next line begins, if one ends here.
fn next_line(text: &[u8], end: usize) -> Option<usize> {
    let near = text.get(end..text.len().min(end + MOST_BETWEEN))?;
    let mut at = 0;
    let mut breaks = false;
    loop {
        match near.get(at..)? {
            [b'\n' | b'\r', ..] => (at, breaks) = (at + 1, true),
            [b'\\', b'n' | b'r', ..] => (at, breaks) = (at + 2, true),
            [b' ' | b'\t', ..] => at += 1,
            _ => return breaks.then_some(end + at),
        }
    }
}

/// Whether the first bytes are text, as far as they are whole.
fn begins_text(digits: &[u8]) -> bool {
    let mut head = [0; TRIED / 4 * 3];
    let (groups, _) = digits.as_chunks::<4>();
    for (to, group) in head.as_chunks_mut::<3>().0.iter_mut().zip(groups) {
        *to = three(*group);
        let is_sign = |b: &u8| b.is_ascii_control() && !b.is_ascii_whitespace();
        if to.iter().any(is_sign) {
            return false;
        }
    }
    // The last character of the head may be cut in two.
    str::from_utf8(&head).map_or_else(|e| e.error_len().is_none(), |_| true)
}

/// What the lines stand for; what is no whole group is dropped.
fn decoded(text: &[u8], lines: &[Range<usize>]) -> Vec<u8> {
    let digits = lines.iter().map(ExactSizeIterator::len).sum::<usize>();
    let mut bytes = Vec::with_capacity(digits / 4 * 3);
    for line in lines {
        let line = text.get(line.clone()).unwrap_or_default();
        let (groups, _) = line.as_chunks::<4>();
        bytes.extend(groups.iter().flat_map(|group| three(*group)));
    }
    // With half a character at its end it would be no text.
    if let Err(e) = str::from_utf8(&bytes)
        && e.error_len().is_none()
    {
        bytes.truncate(e.valid_up_to());
    }
    bytes
}

#[inline]
fn three(group: [u8; 4]) -> [u8; 3] {
    let [a, b, c, d] = group.map(|digit| u32::from(value(digit)));
    let [_, bytes @ ..] = (a << 18 | b << 12 | c << 6 | d).to_be_bytes();
    bytes
}

/// The next run of base64's alphabet that is long enough. Of a stretch of that
/// length the end is looked at first: what is no base64 there rules out all before it.
#[inline]
pub(super) fn word(text: &[u8], from: usize, least: usize) -> Option<Range<usize>> {
    let mut start = from;
    loop {
        let stretch = text.get(start..start + least)?;
        if let Some(at) = stretch.iter().rposition(|b| !is_base64(*b)) {
            start += at + 1;
            continue;
        }
        let rest = text.get(start + least..).unwrap_or_default();
        let len = rest.iter().position(|b| !is_base64(*b));
        return Some(start..start + least + len.unwrap_or(rest.len()));
    }
}

#[inline]
pub(super) fn is_base64(byte: u8) -> bool {
    value(byte) < 64
}

/// The six bits that a character of either alphabet stands for, or more.
#[inline]
fn value(byte: u8) -> u8 {
    VALUES.get(usize::from(byte)).copied().unwrap_or(NONE)
}

const NONE: u8 = 64;

#[expect(
    clippy::cast_possible_truncation,
    clippy::indexing_slicing,
    reason = "evaluated by the compiler; a byte indexes 256 entries"
)]
const VALUES: [u8; 256] = {
    let mut table = [NONE; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte as u8 {
            digit @ b'A'..=b'Z' => digit - b'A',
            digit @ b'a'..=b'z' => digit - b'a' + 26,
            digit @ b'0'..=b'9' => digit - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => NONE,
        };
        byte += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    use data_encoding::{BASE64, BASE64URL};

    use super::*;

    fn view(text: &str) -> Vec<String> {
        let mut budget = Budget::for_input(text.len());
        let raw = Layer::raw(text.as_bytes());
        let layer = decode(&Chain::root(&raw), &mut budget).unwrap();
        let texts = layer.pieces().map(|(_, piece)| piece);
        texts
            .map(|piece| String::from_utf8(piece.to_vec()).unwrap())
            .collect()
    }

    #[test]
    fn either_alphabet_is_decoded() {
        let text = "Is this a text? Yes \u{7ff}\u{fff}, it is one.";
        for encoded in [
            BASE64.encode(text.as_bytes()),
            BASE64URL.encode(text.as_bytes()),
        ] {
            let whole = format!("a \"{encoded}\" b");
            let found = view(&whole);
            assert!(found.len() == 1 && text.starts_with(&found[0]), "{whole}");
        }
    }

    #[test]
    fn wrapped_lines_are_one_text() {
        let text = "A text that goes on behind the end of a line, and of another. ".repeat(3);
        let encoded = BASE64.encode(text.as_bytes());
        for width in [32, 60, 64, 76] {
            for gap in ["\n", "\r\n", "\\n", "\\r\\n", "\n    "] {
                let lines = encoded.as_bytes().chunks(width);
                let lines: Vec<&str> = lines.map(|l| str::from_utf8(l).unwrap()).collect();
                for front in ["", "data: ", "\\n"] {
                    let wrapped = format!("{front}{}{gap}", lines.join(gap));
                    let found = view(&wrapped);
                    assert!(
                        found.len() == 1 && text.starts_with(&found[0]),
                        "{wrapped:?}"
                    );
                    assert!(found[0].len() + 3 > text.len(), "{wrapped:?}");
                }
            }
        }
    }

    #[test]
    fn digests_names_and_lists_are_no_one_text() {
        let digest = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\n";
        let name = "get_all_instructions_of_the_previous_registers\n";
        assert_eq!(view(&digest.repeat(3)), Vec::<String>::new());
        assert_eq!(view(name), Vec::<String>::new());
        let (one, two) = (
            "one text of one length, the 1st",
            "and another, of just that, 2nd ",
        );
        let list = format!(
            "{}\n{}",
            BASE64.encode(one.as_bytes()),
            BASE64.encode(two.as_bytes())
        );
        assert_eq!(view(&list).len(), 2);
    }
}
