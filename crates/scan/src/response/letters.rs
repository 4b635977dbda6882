//! Characters that do not show, or that read like letters of ASCII.
//!
//! They matter in text alone. In an image or a pack, bytes that could be such
//! a character come up by chance, but hardly ever among others that are text.

use std::ops::Range;

use crate::budget::{Budget, Exhausted};
use crate::finding::View;
use crate::views::non_ascii::NonAscii;
use crate::views::{Begin, Layer, evasions};

/// So many bytes in a row must be text. Noise has that many around one in some
/// thousands of the characters that it seems to hold.
const IN_A_ROW: usize = 16;
/// The longest character.
const LONGEST: usize = 4;

/// Whether there are any at all: bytes that begin Greek, Cyrillic, and the
/// blocks of compatibility forms. Where there are none, no accent hides
/// anything either.
pub(super) fn are_hidden(text: &[u8]) -> bool {
    NonAscii::of(text).any(|at| hides(text, at) && is_in_text(text, at))
}

/// The view of what these stretches of a layer read like.
pub(super) fn folded(
    layer: &Layer<'_>,
    stretches: &[Range<usize>],
    budget: &mut Budget,
) -> Result<Layer<'static>, Exhausted> {
    let mut out = Layer::of(View::Folded);
    if layer.view() == Some(View::Folded) {
        return Ok(out);
    }
    // Of decoded bytes only what is text is read, as in requests.
    if layer.view() == Some(View::Base64) {
        return evasions::folded_within(layer, stretches, budget);
    }
    for (above, part) in parts(layer, stretches) {
        budget.work(part.len())?;
        let letter = |at: usize| Some((at, evasions::fold(part.get(at..)?)?));
        let mut letters = NonAscii::of(part).filter_map(letter);
        let Some(mut next) = letters.next() else {
            continue;
        };
        out.push_unescaped(above.clone(), Begin::OfText, |bytes, jumps| {
            let mut done = 0;
            loop {
                let (at, escape) = next;
                bytes.extend_from_slice(part.get(done..at).unwrap_or_default());
                let from = bytes.len();
                bytes.extend_from_slice(escape.bytes.get(..escape.len).unwrap_or_default());
                done = at + escape.text;
                let there = above.start + at..above.start + done;
                jumps.escape(from..bytes.len(), there);
                match letters.next() {
                    Some(letter) => next = letter,
                    None => break,
                }
            }
            bytes.extend_from_slice(part.get(done..).unwrap_or_default());
        });
    }
    Ok(out)
}

/// The parts of a layer's pieces that lie in these stretches, and where.
fn parts<'l>(
    layer: &'l Layer<'_>,
    stretches: &'l [Range<usize>],
) -> impl Iterator<Item = (Range<usize>, &'l [u8])> {
    layer.pieces().flat_map(move |(piece, _)| {
        let here = piece.here.clone();
        let first = stretches.partition_point(|stretch| stretch.end <= here.start);
        let rest = stretches.get(first..).unwrap_or_default().iter();
        let rest = rest.take_while(move |stretch| stretch.start < here.end);
        rest.filter_map(|stretch| {
            let (start, end) = (piece.here.start, piece.here.end);
            let part = stretch.start.max(start)..stretch.end.min(end);
            Some((part.clone(), layer.bytes().get(part)?))
        })
    })
}

/// Whether a text begins with a character that reads like nothing, or like this one.
pub(super) fn may_be(text: &[u8], wanted: char) -> bool {
    let Some(escape) = evasions::fold(text) else {
        return false;
    };
    let reads = escape.bytes.get(..escape.len).unwrap_or_default();
    let is_wanted = |byte: &u8| match wanted {
        ' ' => !byte.is_ascii_alphanumeric(),
        _ => wanted.eq_ignore_ascii_case(&char::from(*byte)),
    };
    reads.is_empty() || reads.iter().any(is_wanted)
}

fn hides(text: &[u8], at: usize) -> bool {
    let byte = |at: usize| text.get(at).copied().unwrap_or(0);
    match (byte(at), byte(at + 1)) {
        (0xc2, second) => second == 0xad,
        (0xcc..=0xd4 | 0xf0 | 0xf3, _) | (0xef, 0xbb..=0xbd) => true,
        (0xe2, 0x80) => matches!(byte(at + 2), 0x8b..=0x8f | 0xaa..=0xae),
        (0xe2, 0x81) => byte(at + 2) >= 0xa0,
        // Letters in circles.
        (0xe2, 0x92) => byte(at + 2) >= 0xb6,
        (0xe2, 0x93) => byte(at + 2) <= 0xa9,
        (0xe1, second) => second >= 0xb4,
        _ => false,
    }
}

/// Whether enough bytes at, behind and before a place are text.
pub(super) fn is_in_text(text: &[u8], at: usize) -> bool {
    let mut end = at;
    while end < at + IN_A_ROW
        && let Some(len) = letter(text, end)
    {
        end += len;
    }
    let mut start = at;
    while end > at
        && end - start < IN_A_ROW
        && let Some(len) = (1..=LONGEST).find(|len| {
            let before = start.checked_sub(*len);
            before.is_some_and(|before| letter(text, before) == Some(*len))
        })
    {
        start -= len;
    }
    end - start >= IN_A_ROW
}

/// The length of the character that stands there, if it is one of a text.
#[inline]
fn letter(text: &[u8], at: usize) -> Option<usize> {
    let first = *text.get(at)?;
    let len = match first {
        b' '..=b'~' | b'\t' | b'\n' | b'\r' => return Some(1),
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return None,
    };
    let rest = text.get(at + 1..at + len)?;
    rest.iter().all(|b| b & 0xc0 == 0x80).then_some(len)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_hides_in_text_and_not_in_noise() {
        let plain = "1\u{e9}2345678901234";
        for text in [format!("{plain}\u{430}"), format!("\u{430}{plain}")] {
            assert!(are_hidden(text.as_bytes()), "{text}");
        }
        assert!(are_hidden(b"\xff12345678901\xd0\xb0890\xff"));
        for noise in [
            &b"\xff12345678\xd0\xb0567\x001234567890123"[..],
            b"12345678901234567\xff\xd0\xb0\xff123",
            b"12345678901234567\xd0\xff",
            b"\xd0\xb0",
        ] {
            assert!(!are_hidden(noise), "{noise:?}");
        }
    }
}
