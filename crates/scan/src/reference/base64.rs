//! What base64 stands for.
//!
//! Every run of sixteen characters of either alphabet, and every wrapped text
//! of as many, at each of the four alignments: where four whole groups or more
//! in a row are ASCII and none of them is `AAAA`, but for one between two
//! others, these with four groups before and behind are decoded; what overlaps
//! or touches is decoded together, and left-over characters with the last
//! group. A run that begins as packed data, at some alignment, is decoded whole
//! from there, if there is a digit in its run of value characters. A run of
//! more than forty-eight characters, with a digit and letters of both cases, is
//! also decoded from where packed data first begins in it, at each alignment;
//! and text in it that is no ASCII may be found.

use std::ops::Range;

use super::lines::{Bound, joined, wrapped};
use super::plain::runs;
use crate::finding::View;
use crate::views::{Layer, Scale, begins_packed, foreign_in, packed_in};

const LEAST: usize = 16;
const IN_A_ROW: usize = 4;
const BESIDE: usize = 4;

pub(super) fn decode(layer: &Layer<'_>, bound: Bound) -> Layer<'static> {
    let mut out = Layer::of(View::Base64);
    for (piece, text) in layer.pieces() {
        let base = piece.here.start;
        for run in runs(text, |b| value(b).is_some()) {
            let above = base + run.start..base + run.end;
            if run.len() < LEAST || !layer.is_fresh(piece, &above) {
                continue;
            }
            let digits = text.get(run.clone()).unwrap_or_default();
            for part in parts(digits) {
                let decoded = decoded(digits.get(part.clone()).unwrap_or_default());
                let above = above.start + part.start..above.start + part.end;
                let scale = Scale::Even { above: 4, here: 3 };
                out.push(above, scale, |to| to.extend(decoded));
            }
            for bytes in hidden(digits, bound) {
                out.push(above.clone(), Scale::Whole, |to| to.extend(bytes));
            }
        }
        for lines in wrapped(text, |b| value(b).is_some(), LEAST, bound, shows) {
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
            for bytes in hidden(&digits, bound) {
                out.push(above.clone(), Scale::Whole, |to| to.extend(bytes));
            }
        }
    }
    out
}

fn parts(digits: &[u8]) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    for shift in 0..4 {
        let aligned = digits.get(shift..).unwrap_or_default();
        if is_packed(aligned) {
            parts.push(shift..digits.len());
            continue;
        }
        let zeros = |group: &[u8]| group == b"AAAA";
        let text = |group: &[u8]| decoded(group).is_ascii() && !zeros(group);
        let all: Vec<&[u8]> = aligned.chunks_exact(4).collect();
        let near = |at: Option<usize>| at.and_then(|at| all.get(at)).is_some_and(|g| text(g));
        let between = |at: usize| near(at.checked_sub(1)) && near(Some(at + 1));
        let groups: Vec<u8> = all
            .iter()
            .enumerate()
            .map(|(at, group)| u8::from(text(group) || (zeros(group) && between(at))))
            .collect();
        let mut open: Option<Range<usize>> = None;
        for row in runs(&groups, |is_text| is_text == 1) {
            if row.len() < IN_A_ROW {
                continue;
            }
            let wide = row.start.saturating_sub(BESIDE)..(row.end + BESIDE).min(groups.len());
            open = Some(match open {
                Some(part) if wide.start <= part.end => part.start..wide.end,
                Some(part) => {
                    parts.push(shift + part.start * 4..shift + part.end * 4);
                    wide
                }
                None => wide,
            });
        }
        if let Some(part) = open {
            let is_last = part.end == groups.len();
            let end = if is_last {
                digits.len()
            } else {
                shift + part.end * 4
            };
            parts.push(shift + part.start * 4..end);
        }
    }
    parts
}

/// What is packed behind other bytes, at each alignment, and what may be found
/// as text that is no ASCII.
fn hidden(digits: &[u8], bound: Bound) -> Vec<Vec<u8>> {
    let any = |is: fn(&u8) -> bool| digits.iter().any(is);
    let mixed =
        any(u8::is_ascii_digit) && any(u8::is_ascii_uppercase) && any(u8::is_ascii_lowercase);
    let mut hidden = Vec::new();
    if digits.len() <= 48 || !mixed {
        return hidden;
    }
    for shift in 0..4 {
        let bytes = decoded(digits.get(shift..).unwrap_or_default());
        let packed = packed_in(&bytes).filter(|at| *at > 0);
        let texts = foreign_in(&bytes).into_iter();
        let texts = texts.filter(|_| bound == Bound::Most);
        let ranges = packed.map(|at| at..bytes.len()).into_iter().chain(texts);
        hidden.extend(ranges.filter_map(|range| Some(bytes.get(range)?.to_vec())));
    }
    hidden
}

/// Three groups of ASCII in a row, at some alignment.
fn shows(digits: &[u8]) -> bool {
    let text = |groups: &[u8]| groups.chunks(4).all(|group| decoded(group).is_ascii());
    digits.len() >= LEAST && digits.windows(12).any(text)
}

/// As gzip, zip, zstd and zlib at its usual levels begin, or a zlib stream with
/// another window.
fn is_packed(digits: &[u8]) -> bool {
    let usual = [b"eJ", b"eN", b"eA", b"eF"]
        .iter()
        .any(|head| digits.starts_with(*head));
    let others = [&b"H4sI"[..], b"KLUv", b"UEsDB"];
    let zlib = usual || begins_packed(&decoded(digits));
    others.iter().any(|head| digits.starts_with(head)) || (zlib && digits.len() >= 24)
}

/// Six bits for each character, and a byte for each eight of them.
fn decoded(digits: &[u8]) -> Vec<u8> {
    let mut bits: Vec<u8> = Vec::new();
    for digit in digits {
        let value = value(*digit).unwrap_or(0);
        bits.extend((0..6).rev().map(|bit| value >> bit & 1));
    }
    let bytes = bits.chunks_exact(8);
    bytes
        .map(|byte| byte.iter().fold(0, |all, bit| all << 1 | bit))
        .collect()
}

fn value(digit: u8) -> Option<u8> {
    match digit {
        b'A'..=b'Z' => Some(digit - b'A'),
        b'a'..=b'z' => Some(digit - b'a' + 26),
        b'0'..=b'9' => Some(digit - b'0' + 52),
        b'+' | b'-' => Some(62),
        b'/' | b'_' => Some(63),
        _ => None,
    }
}
