//! The view of everything that is text in pairs of hex digits, at both
//! alignments, and of pairs with signs between them.
//!
//! Digests are noise when decoded, so only what becomes a few characters of
//! ASCII in a row is decoded: of each such pair the first digit is small.

use std::ops::Range;

use crate::budget::{Budget, Exhausted};
use crate::finding::View;
use crate::sweep::{HEX, Run, Sweep};
use crate::views::layer::{Layer, Scale};
use crate::views::packed;
use crate::views::runs::{self, Alphabet, Lines};
use crate::views::unseen;

pub(super) const ALPHABET: Alphabet = Alphabet {
    class: HEX,
    least: 16,
    other: None,
};
const SCALE: Scale = Scale::Even { above: 2, here: 1 };
/// Pairs that must be ASCII in a row.
const IN_A_ROW: usize = 8;
/// The pairs by which packed data is judged.
const JUDGED: usize = 144;
/// Pairs that are decoded around them, for what stands beside a credential.
const BESIDE: usize = 12;

pub(crate) fn decode(
    layer: &Layer<'_>,
    sweep: &Sweep,
    budget: &mut Budget,
) -> Result<Layer<'static>, Exhausted> {
    let mut out = Layer::of(View::Hex);
    runs::long(layer, &sweep.encoded.hex, &ALPHABET, |lines| {
        push(&mut out, layer, lines, budget)
    })?;
    runs::short(layer, &sweep.spaced, &ALPHABET, |lines| {
        push(&mut out, layer, lines, budget)
    })?;
    Ok(out)
}

pub(super) fn push(
    out: &mut Layer<'static>,
    layer: &Layer<'_>,
    lines: &Lines<'_>,
    budget: &mut Budget,
) -> Result<(), Exhausted> {
    let digits = lines.digits();
    budget.work(digits.len())?;
    lines.push(out, layer, parts(&digits), &SCALE, append, budget)
}

/// The parts of a run that are decoded, at either alignment.
fn parts(digits: &[u8]) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    for shift in 0..2 {
        let (pairs, _) = digits.get(shift..).unwrap_or_default().as_chunks::<2>();
        let mut head = [0; 6];
        for (byte, pair) in head.iter_mut().zip(pairs) {
            *byte = decoded(*pair);
        }
        let beginning = || {
            pairs
                .iter()
                .take(JUDGED)
                .copied()
                .map(decoded)
                .collect::<Vec<_>>()
        };
        if packed::begins(&head) && packed::begins(&beginning()) {
            parts.push(shift..shift + pairs.len() * 2);
            continue;
        }
        let hidden = hidden(pairs).into_iter();
        parts.extend(hidden.map(|at| shift + at.start * 2..shift + at.end * 2));
        let mut row = 0;
        let mut open: Option<Range<usize>> = None;
        for (at, pair) in pairs.iter().enumerate() {
            row = if is_ascii(*pair) { row + 1 } else { 0 };
            if row < IN_A_ROW {
                continue;
            }
            let from = (at + 1).saturating_sub(row + BESIDE);
            let to = (at + 1 + BESIDE).min(pairs.len());
            match &mut open {
                Some(part) if from <= part.end => part.end = to,
                _ => {
                    if let Some(part) = open.replace(from..to) {
                        parts.push(shift + part.start * 2..shift + part.end * 2);
                    }
                }
            }
        }
        if let Some(part) = open {
            parts.push(shift + part.start * 2..shift + part.end * 2);
        }
    }
    parts
}

/// Packed data behind other bytes, and text that is no ASCII. Up to thirty-two
/// bytes are a digest, and too short for a credential in either.
fn hidden(pairs: &[[u8; 2]]) -> Vec<Range<usize>> {
    const DIGEST: usize = 32;
    if pairs.len() <= DIGEST {
        return Vec::new();
    }
    let bytes: Vec<u8> = pairs.iter().copied().map(decoded).collect();
    let mut hidden = unseen::foreign(&bytes);
    hidden.extend(packed::first_in(&bytes).map(|at| at..bytes.len()));
    hidden
}

/// Whether the pair stands for ASCII that is no control character, or a line
/// break, a tab, a zero byte of UTF-16.
fn is_ascii([high, low]: [u8; 2]) -> bool {
    match high {
        b'2'..=b'7' => true,
        b'0' => matches!(low, b'0' | b'9' | b'a' | b'A' | b'd' | b'D'),
        _ => false,
    }
}

/// Pairs with a sign between them: `67:68:70`, `67 68 70`, `0x67, 0x68`.
pub(crate) fn spaced(
    layer: &Layer<'_>,
    sweep: &Sweep,
    budget: &mut Budget,
) -> Result<Layer<'static>, Exhausted> {
    let mut out = Layer::of(View::Hex);
    for (run, bytes) in layer.fresh(sweep.spaced.iter().map(Run::range)) {
        budget.work(bytes.len())?;
        let parts = bytes.split(|b| !b.is_ascii_hexdigit() && *b != b'x');
        let mut pairs = Vec::new();
        for part in parts {
            match part.strip_prefix(b"0x").unwrap_or(part) {
                [] => {}
                [high, low] if *high != b'x' && *low != b'x' => {
                    pairs.push(decoded([*high, *low]));
                }
                // Something else, such as an offset: the pairs begin anew.
                _ if pairs.len() < IN_A_ROW => pairs.clear(),
                _ => break,
            }
        }
        let groups = grouped(bytes);
        for bytes in [pairs, groups] {
            if bytes.len() >= IN_A_ROW {
                out.push(run.clone(), Scale::Whole, |to| to.extend_from_slice(&bytes));
            }
        }
    }
    Ok(out)
}

/// Longer groups of pairs, as addresses of version 6 and UUIDs have them, if
/// they are text.
fn grouped(bytes: &[u8]) -> Vec<u8> {
    /// Bytes that are text by chance in few addresses.
    const IN_A_ROW: usize = 16;
    let parts = bytes.split(|b| !b.is_ascii_hexdigit());
    let parts: Vec<&[u8]> = parts.filter(|part| part.len() % 2 == 0).collect();
    if !parts.iter().any(|part| part.len() > 2) {
        return Vec::new();
    }
    let digits = parts.concat();
    let mut grouped = Vec::new();
    append(&digits, &mut grouped);
    let is_text = |b: &u8| b.is_ascii_graphic() || b.is_ascii_whitespace();
    let is_told = grouped
        .chunk_by(|a, b| is_text(a) == is_text(b))
        .any(|row| row.len() >= IN_A_ROW && row.first().is_some_and(is_text));
    if is_told { grouped } else { Vec::new() }
}

fn append(digits: &[u8], bytes: &mut Vec<u8>) {
    let (pairs, _) = digits.as_chunks::<2>();
    bytes.extend(pairs.iter().copied().map(decoded));
}

fn decoded([high, low]: [u8; 2]) -> u8 {
    value(high) << 4 | value(low)
}

fn value(digit: u8) -> u8 {
    match digit {
        b'0'..=b'9' => digit - b'0',
        b'a'..=b'f' => digit - b'a' + 10,
        b'A'..=b'F' => digit - b'A' + 10,
        _ => 0,
    }
}
