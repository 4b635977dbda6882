//! The view of bytes that are written as decimal numbers: `[103, 104, 112]`,
//! `String.fromCharCode(103, 104, 112)`.
//!
//! Only where enough of them in a row are text, one sign or more apart, or
//! where packed data begins.

use std::ops::Range;

use crate::budget::{Budget, Exhausted};
use crate::finding::View;
use crate::sweep::{Run, Sweep};
use crate::views::layer::{Layer, Scale};
use crate::views::{packed, unseen};

/// Numbers that must be text in a row.
const IN_A_ROW: usize = 8;

pub(crate) fn decode(
    layer: &Layer<'_>,
    sweep: &Sweep,
    budget: &mut Budget,
) -> Result<Layer<'static>, Exhausted> {
    let mut out = Layer::of(View::Numbers);
    for (run, bytes) in layer.fresh(sweep.spaced.iter().map(Run::range)) {
        budget.work(bytes.len())?;
        let base = run.start;
        for (place, row) in rows(bytes).into_iter().chain(other_rows(bytes)) {
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
    rows.retain(|(_, row)| row.iter().filter(|byte| **byte != 0).count() >= IN_A_ROW);
    rows
}

/// Packed data, and text that is no ASCII, as languages print and send their
/// arrays of bytes, those of Java with signs.
fn other_rows(bytes: &[u8]) -> Vec<(Range<usize>, Vec<u8>)> {
    let (mut rows, mut row) = (Vec::new(), Vec::new());
    let mut at = 0_usize;
    for part in bytes.split(|b| !b.is_ascii_alphanumeric()) {
        let before = |by: usize| at.checked_sub(by).and_then(|at: usize| bytes.get(at));
        let is_negative =
            before(1) == Some(&b'-') && !before(2).is_some_and(u8::is_ascii_alphanumeric);
        match byte_of(part) {
            Some(byte) if is_negative => row.push(byte.wrapping_neg()),
            Some(byte) => row.push(byte),
            None if part.is_empty() => {}
            None => rows.push(std::mem::take(&mut row)),
        }
        at += part.len() + 1;
    }
    rows.push(row);
    let told = |row: &Vec<u8>| {
        let packed = packed::first_in(row).map(|at| at..row.len());
        let texts = unseen::foreign(row).into_iter().chain(packed);
        let texts = texts.filter_map(|text| Some((0..bytes.len(), row.get(text)?.to_vec())));
        texts.collect::<Vec<_>>()
    };
    rows.iter().flat_map(told).collect()
}

/// The character that a number of up to three digits stands for, or half of one
/// of UTF-16.
fn text_of(part: &[u8]) -> Option<u8> {
    byte_of(part).filter(|byte| byte.is_ascii_graphic() || byte.is_ascii_whitespace() || *byte == 0)
}

/// The byte that a number of up to three digits stands for.
fn byte_of(part: &[u8]) -> Option<u8> {
    if !(1..=3).contains(&part.len()) || !part.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let number = part
        .iter()
        .fold(0, |n, digit| n * 10 + u16::from(digit - b'0'));
    u8::try_from(number).ok()
}
