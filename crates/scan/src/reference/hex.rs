//! What hex digits stand for.
//!
//! Every run of sixteen digits, and every wrapped text of as many, at both
//! alignments: where eight pairs or more in a row are text (see [`is_text`]),
//! these with twelve pairs before and behind are decoded; what overlaps or
//! touches is decoded together. A run that begins as packed data is decoded
//! whole from there; one of more than thirty-two bytes also from where packed
//! data first begins in it, and what of it is text but no ASCII. Pairs with signs between them are read by
//! [`crate::views`], in every run that [`super::plain::spaced`] names.

use std::ops::Range;

use super::lines::{Bound, joined, wrapped};
use super::plain::runs;
use crate::finding::View;
use crate::views::{Layer, Scale, begins_packed, foreign_in, packed_in};

const LEAST: usize = 16;
const IN_A_ROW: usize = 8;
const BESIDE: usize = 12;
const DIGEST: usize = 32;

pub(super) fn decode(layer: &Layer<'_>, bound: Bound) -> Layer<'static> {
    let mut out = Layer::of(View::Hex);
    let is_digit = |b: u8| b.is_ascii_hexdigit();
    for (piece, text) in layer.pieces() {
        let base = piece.here.start;
        for run in runs(text, is_digit) {
            let above = base + run.start..base + run.end;
            if run.len() < LEAST || !layer.is_fresh(piece, &above) {
                continue;
            }
            let digits = text.get(run.clone()).unwrap_or_default();
            for part in parts(digits) {
                let decoded = decoded(digits.get(part.clone()).unwrap_or_default());
                let above = above.start + part.start..above.start + part.end;
                let scale = Scale::Even { above: 2, here: 1 };
                out.push(above, scale, |to| to.extend(decoded));
            }
        }
        for lines in wrapped(text, is_digit, LEAST, bound, shows) {
            let (Some(first), Some(last)) = (lines.first(), lines.last()) else {
                continue;
            };
            let above = base + first.start..base + last.end;
            if !layer.is_fresh(piece, &above) {
                continue;
            }
            let digits = joined(text, &lines);
            for part in parts(&digits) {
                let decoded = decoded(digits.get(part).unwrap_or_default());
                out.push(above.clone(), Scale::Whole, |to| to.extend(decoded));
            }
        }
    }
    out
}

fn parts(digits: &[u8]) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    for shift in 0..2 {
        let all = decoded(digits.get(shift..).unwrap_or_default());
        if begins_packed(&all) {
            parts.push(shift..shift + all.len() * 2);
            continue;
        }
        if all.len() > DIGEST {
            let packed = packed_in(&all).map(|at| at..all.len());
            let hidden = packed.into_iter().chain(foreign_in(&all));
            parts.extend(hidden.map(|at| shift + at.start * 2..shift + at.end * 2));
        }
        let texts: Vec<u8> = all.iter().map(|byte| u8::from(is_text(*byte))).collect();
        let mut open: Option<Range<usize>> = None;
        for row in runs(&texts, |is_text| is_text == 1) {
            if row.len() < IN_A_ROW {
                continue;
            }
            let wide = row.start.saturating_sub(BESIDE)..(row.end + BESIDE).min(texts.len());
            open = Some(match open {
                Some(part) if wide.start <= part.end => part.start..wide.end,
                Some(part) => {
                    parts.push(shift + part.start * 2..shift + part.end * 2);
                    wide
                }
                None => wide,
            });
        }
        parts.extend(open.map(|part| shift + part.start * 2..shift + part.end * 2));
    }
    parts
}

/// Digits for eight pairs of text.
fn shows(digits: &[u8]) -> bool {
    let texts = |pairs: &[u8]| decoded(pairs).into_iter().all(is_text);
    digits.len() >= LEAST && digits.windows(16).any(texts)
}

/// ASCII that is no control character, a line break, a tab, or a zero byte.
fn is_text(byte: u8) -> bool {
    matches!(byte, 0x20..=0x7f | 0 | 9 | 10 | 13)
}

fn decoded(digits: &[u8]) -> Vec<u8> {
    let value = |digit: &u8| {
        char::from(*digit)
            .to_digit(16)
            .and_then(|d| u8::try_from(d).ok())
    };
    digits
        .chunks_exact(2)
        .map(|pair| {
            pair.iter()
                .filter_map(value)
                .fold(0, |all, digit| all << 4 | digit)
        })
        .collect()
}
