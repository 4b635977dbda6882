//! The view of bytes that are written as decimal numbers: `[103, 104, 112]`,
//! `String.fromCharCode(103, 104, 112)`.
//!
//! Only where enough of them in a row are text, one sign or more apart.

use std::ops::Range;

use crate::budget::{Budget, Exhausted};
use crate::finding::View;
use crate::sweep::Sweep;
use crate::views::layer::{Layer, Scale};

/// Numbers that must be text in a row.
const IN_A_ROW: usize = 8;

pub(crate) fn decode(
    layer: &Layer<'_>,
    sweep: &Sweep,
    budget: &mut Budget,
) -> Result<Layer<'static>, Exhausted> {
    let mut out = Layer::of(View::Numbers);
    for run in &sweep.spaced {
        let Some((piece, text, range)) = layer.in_piece(&run.range()) else {
            continue;
        };
        if !layer.is_fresh(piece, &run.range()) {
            continue;
        }
        let bytes = text.get(range).unwrap_or_default();
        budget.work(bytes.len())?;
        let base = run.range().start;
        for (place, row) in rows(bytes) {
            let above = base + place.start..base + place.end;
            out.push(above, Scale::Whole, |to| to.extend_from_slice(&row));
        }
    }
    Ok(out)
}

/// What enough numbers in a row stand for, and where.
fn rows(bytes: &[u8]) -> Vec<(Range<usize>, Vec<u8>)> {
    let mut rows = Vec::new();
    let (mut place, mut row) = (0..0, Vec::new());
    let mut at = 0;
    for part in bytes.split(|b| !b.is_ascii_alphanumeric()) {
        let end = at + part.len();
        if let Some(byte) = text_of(part) {
            if row.is_empty() {
                place.start = at;
            }
            place.end = end;
            row.push(byte);
        } else if !part.is_empty() {
            rows.push((place.clone(), std::mem::take(&mut row)));
        }
        at = end + 1;
    }
    rows.push((place, row));
    rows.retain(|(_, row)| row.len() >= IN_A_ROW);
    rows
}

/// The character that a number of up to three digits stands for.
fn text_of(part: &[u8]) -> Option<u8> {
    if !(1..=3).contains(&part.len()) || !part.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let number = part
        .iter()
        .fold(0, |n, digit| n * 10 + u16::from(digit - b'0'));
    let byte = u8::try_from(number).ok()?;
    (byte.is_ascii_graphic() || byte.is_ascii_whitespace()).then_some(byte)
}
