//! What base32 stands for.
//!
//! Every run of twenty capitals, or twenty small letters, with the digits 2 to
//! 7, and every wrapped text of as many, is decoded from its beginning; a rest
//! that is no group is left off. It is kept if twelve bytes in a row of it are
//! text or zeros, thirty-six text that is no ASCII, or packed data begins in it. It must be found where it is
//! all of a run of value characters, or has some digits.

use std::ops::Range;

use super::lines::{Bound, joined, wrapped};
use super::plain::runs;
use crate::finding::View;
use crate::free::assign::is_value;
use crate::views::{Layer, Scale, begins_packed, foreign_in, packed_in};

const LEAST: usize = 20;
const IN_A_ROW: usize = 12;

pub(super) fn decode(layer: &Layer<'_>, bound: Bound) -> Layer<'static> {
    let mut out = Layer::of(View::Base32);
    for (piece, text) in layer.pieces() {
        let mut texts: Vec<Vec<Range<usize>>> = Vec::new();
        for run in runs(text, upper).into_iter().chain(runs(text, lower)) {
            if run.len() >= LEAST && (bound == Bound::Most || is_sure(text, &run)) {
                texts.push(vec![run]);
            }
        }
        // Letters of the other case end no line.
        let long = |digits: &[u8]| digits.len() >= LEAST;
        let mut lines = wrapped(
            text,
            |b| upper(b) || lower(b),
            LEAST,
            bound,
            |digits| digits.len() >= LEAST && is_one(digits),
        );
        lines.retain(|lines| is_one(&joined(text, lines)));
        texts.extend(lines);
        // But they may.
        if bound == Bound::Most {
            texts.extend(wrapped(text, upper, LEAST, bound, long));
            texts.extend(wrapped(text, lower, LEAST, bound, long));
        }
        for lines in texts {
            let (Some(first), Some(last)) = (lines.first(), lines.last()) else {
                continue;
            };
            let base = piece.here.start;
            let above = base + first.start..base + last.end;
            let decoded = decoded(&joined(text, &lines));
            if layer.is_fresh(piece, &above) && may_hold(&decoded) {
                out.push(above, Scale::Whole, |to| to.extend(decoded));
            }
        }
    }
    out
}

/// Whether it is a run of value characters, or has digits in sixty-four bytes:
/// nine of them, or three behind letters.
fn is_sure(text: &[u8], run: &Range<usize>) -> bool {
    let valued = |at: usize| text.get(at).is_some_and(|b| is_value(*b));
    let digits = text.get(run.clone()).unwrap_or_default();
    let window = |bytes: &[u8]| {
        let turn =
            |pair: &[u8]| matches!(pair, [a, b] if a.is_ascii_alphabetic() && b.is_ascii_digit());
        bytes.windows(2).filter(|pair| turn(pair)).count() >= 3
            || bytes.iter().filter(|b| b.is_ascii_digit()).count() >= 9
    };
    let whole = !valued(run.end) && !run.start.checked_sub(1).is_some_and(valued);
    whole || digits.windows(digits.len().min(64)).any(window)
}

fn upper(b: u8) -> bool {
    matches!(b, b'A'..=b'Z' | b'2'..=b'7')
}

fn lower(b: u8) -> bool {
    matches!(b, b'a'..=b'z' | b'2'..=b'7')
}

fn is_one(digits: &[u8]) -> bool {
    digits.iter().all(|b| upper(*b)) || digits.iter().all(|b| lower(*b))
}

fn may_hold(bytes: &[u8]) -> bool {
    let is_text = |b: u8| b.is_ascii_graphic() || b.is_ascii_whitespace() || b == 0;
    let row = runs(bytes, is_text)
        .into_iter()
        .any(|row| row.len() >= IN_A_ROW);
    row || begins_packed(bytes) || packed_in(bytes).is_some() || !foreign_in(bytes).is_empty()
}

/// Five bits for each character, and a byte for each eight of them.
fn decoded(digits: &[u8]) -> Vec<u8> {
    let mut bits: Vec<u8> = Vec::new();
    for digit in digits {
        let value = match digit.to_ascii_uppercase() {
            letter @ b'A'..=b'Z' => letter - b'A',
            other => other.wrapping_sub(b'2') + 26,
        };
        bits.extend((0..5).rev().map(|bit| value >> bit & 1));
    }
    // What is left of a group counts only if it can be one, without a rest.
    let left = digits.len() % 8;
    let rest = bits.len() % 8;
    let can_be =
        matches!(left, 0 | 2 | 4 | 5 | 7) && bits.iter().rev().take(rest).all(|bit| *bit == 0);
    let whole = if can_be {
        digits.len()
    } else {
        digits.len() - left
    };
    let bits = bits.get(..whole * 5).unwrap_or_default();
    let bytes = bits.chunks_exact(8);
    bytes
        .map(|byte| byte.iter().fold(0, |all, bit| all << 1 | bit))
        .collect()
}
