//! The view without what stands between single characters: `s k - a n t`,
//! `s.k.-.a.n.t`, a character on each line.
//!
//! Only where single characters follow each other at even steps; the sign
//! between them is whatever stands there most.

use crate::budget::{Budget, Exhausted};
use crate::finding::View;
use crate::sweep::{Run, Sweep};
use crate::views::escapes::within;
use crate::views::layer::{Layer, Scale};

/// How far on both sides of what was seen the characters may go on.
const AROUND: usize = 256;
/// The least characters that are put together.
const LEAST: usize = 12;
/// The least of a run that is seen of one piece: all but the change at its end.
const SEEN: usize = 15;

pub(crate) fn decode(
    layer: &Layer<'_>,
    sweep: &Sweep,
    budget: &mut Budget,
) -> Result<Layer<'static>, Exhausted> {
    let mut out = Layer::of(View::Apart);
    let mut done = 0;
    // Where a piece ends, the next one may begin with a character.
    let runs: Vec<_> = sweep.apart.iter().map(Run::range).collect();
    for (piece, part, start) in within(layer, &runs) {
        let here = start..start + part.len();
        if here.start < done || here.len() < SEEN || !layer.is_fresh(piece, &here) {
            continue;
        }
        let (text, base) = (layer.text(piece), piece.here.start);
        let range = here.start - base..here.end - base;
        // A change at a place is seen one byte late, so the run's second byte
        // is a character or a sign; the signs are at every second place.
        let sign = [0, 1].map(|odd| most_common(text, range.start + odd, range.end));
        for (odd, sign) in sign.into_iter().enumerate() {
            let Some(sign) = sign.filter(|sign| !sign.is_ascii_alphanumeric()) else {
                continue;
            };
            let anchor = range.start + odd;
            let start = first(text, anchor, sign);
            let end = last(text, anchor, sign);
            budget.work(end - start)?;
            let bytes = text.get(start..end).unwrap_or_default();
            let kept: Vec<u8> = bytes.iter().step_by(2).copied().collect();
            if kept.len() >= LEAST {
                done = done.max(base + end);
                out.push(base + start..base + end, Scale::Whole, |to| {
                    to.extend_from_slice(&kept);
                });
            }
        }
    }
    Ok(out)
}

/// The byte at every second place from `start`, if it is one for most of them.
fn most_common(text: &[u8], start: usize, end: usize) -> Option<u8> {
    let bytes = || text.get(start..end).unwrap_or_default().iter().step_by(2);
    let mut counts = [0_usize; 256];
    for byte in bytes() {
        if let Some(count) = counts.get_mut(usize::from(*byte)) {
            *count += 1;
        }
    }
    let best = bytes().max_by_key(|b| counts.get(usize::from(**b)))?;
    let count = counts.get(usize::from(*best))?;
    (count * 4 >= bytes().count() * 3).then_some(*best)
}

/// The character before the first of the signs at every second place, back
/// from `anchor`.
fn first(text: &[u8], anchor: usize, sign: u8) -> usize {
    let mut at = anchor;
    while let Some(before) = at.checked_sub(2)
        && anchor - before <= AROUND
        && text.get(before) == Some(&sign)
    {
        at = before;
    }
    at.checked_sub(1).unwrap_or(at + 1)
}

/// Behind the last character that a sign stands before.
fn last(text: &[u8], anchor: usize, sign: u8) -> usize {
    let mut at = anchor;
    while text.get(at) == Some(&sign) {
        at += 2;
    }
    at.min(text.len())
}
