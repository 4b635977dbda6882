//! The view of everything that may be pairs of hex digits, at both alignments.

use std::ops::Range;

use crate::budget::{Budget, Exhausted};
use crate::finding::View;
use crate::views::layer::{Layer, Scale};

/// The shortest run that is decoded.
const MIN_RUN: usize = 16;

pub(crate) fn decode(layer: &Layer<'_>, budget: &mut Budget) -> Result<Layer<'static>, Exhausted> {
    let mut out = Layer::of(View::Hex);
    for (piece, text) in layer.pieces() {
        let base = piece.here.start;
        let mut at = 0;
        while let Some(run) = next_run(text, at) {
            at = run.end;
            let whole = base + run.start..base + run.end;
            if run.len() < MIN_RUN || !layer.is_fresh(piece, &whole) {
                continue;
            }
            for shift in 0..2 {
                let digits = text.get(run.start + shift..run.end).unwrap_or_default();
                budget.work(digits.len())?;
                let above = whole.start + shift..whole.end;
                out.push(above, Scale::Even { above: 2, here: 1 }, |bytes| {
                    append(digits, bytes);
                });
            }
        }
    }
    Ok(out)
}

fn append(digits: &[u8], bytes: &mut Vec<u8>) {
    let (pairs, _) = digits.as_chunks::<2>();
    bytes.extend(
        pairs
            .iter()
            .map(|[high, low]| value(*high) << 4 | value(*low)),
    );
}

fn value(digit: u8) -> u8 {
    match digit {
        b'0'..=b'9' => digit - b'0',
        b'a'..=b'f' => digit - b'a' + 10,
        b'A'..=b'F' => digit - b'A' + 10,
        _ => 0,
    }
}

fn next_run(text: &[u8], at: usize) -> Option<Range<usize>> {
    let start = at + text.get(at..)?.iter().position(u8::is_ascii_hexdigit)?;
    let rest = text.get(start..)?;
    let len = rest
        .iter()
        .position(|b| !b.is_ascii_hexdigit())
        .unwrap_or(rest.len());
    Some(start..start + len)
}
