//! The view of deflate data without any head, in base64 or in hex, as programs
//! for the web put it into addresses.
//!
//! It has no sign that could be looked for. So it is tried where a run begins
//! as a block's head may, and counts only if it comes to its own end at that of
//! the run.

use std::ops::Range;

use data_encoding::HEXLOWER_PERMISSIVE;

use super::deflated::{Inflater, has_head};
use crate::budget::{Budget, Exhausted};
use crate::finding::View;
use crate::sweep::{BASE64, HEX, Sweep, Value};
use crate::views::base64;
use crate::views::layer::{Layer, Scale};
use crate::views::runs::{self, Alphabet};

/// The shortest runs that are tried: two digests are as long in hex.
const LEAST: usize = 40;
const LEAST_HEX: usize = 80;
/// The digits of a head, in base64 and in hex.
const HEAD: usize = 24;
const HEAD_HEX: usize = 36;
/// What may stand behind it, of a check or of what fills up a group.
const TRAILER: usize = 4;
/// The least bytes that say something.
const LEAST_BYTES: usize = 12;

const LINES: Alphabet = Alphabet {
    class: BASE64,
    least: LEAST,
};
const HEX_LINES: Alphabet = Alphabet {
    class: HEX,
    least: LEAST_HEX,
};

/// Whether a run begins as deflate data may.
pub(crate) fn may_be_bare(run: &[u8]) -> bool {
    if run.len() < LEAST {
        return false;
    }
    let [first, second, ..] = *run else {
        return false;
    };
    // The lowest three bits of the first byte say what block it is.
    let low = (base64::value(first) & 1) << 2 | base64::value(second) >> 4 & 3;
    let begins = |len, decode: Decode| run.get(..len).is_some_and(|head| has_head(&decode(head)));
    let text = || begins(HEAD, from_base64);
    let hex = || begins(HEAD_HEX, from_hex);
    (matches!(low, 3..=5) && text()) || (run.len() >= LEAST_HEX && hex())
}

/// Undoes an encoding. What is none of it is nothing.
type Decode = fn(&[u8]) -> Vec<u8>;

fn from_base64(digits: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    base64::append(digits, &mut bytes);
    bytes
}

fn from_hex(digits: &[u8]) -> Vec<u8> {
    HEXLOWER_PERMISSIVE.decode(digits).unwrap_or_default()
}

pub(crate) fn bare(
    layer: &Layer<'_>,
    sweep: &Sweep,
    budget: &mut Budget,
) -> Result<Layer<'static>, Exhausted> {
    let mut out = Layer::of(View::Deflate);
    let mut inflater = Inflater::new();
    for index in &sweep.rare.bare {
        let lines = wrapped(
            layer.bytes(),
            sweep.values.get(*index..).unwrap_or_default(),
        );
        let Some(first) = lines.first() else { continue };
        for (alphabet, decode) in [(&LINES, from_base64 as Decode), (&HEX_LINES, from_hex)] {
            let mut found: Vec<(Range<usize>, Vec<u8>)> = Vec::new();
            runs::long(layer, lines, alphabet, |lines| {
                let whole = lines.whole();
                if whole.start != first.start || !layer.is_fresh(lines.piece, &whole) {
                    return Ok(());
                }
                let packed = decode(&lines.digits());
                if !has_head(&packed) {
                    return Ok(());
                }
                budget.work(packed.len())?;
                let mut bytes = Vec::new();
                let inflated = inflater.inflate(&packed, &mut bytes, budget)?;
                let ends = inflated.is_whole && inflated.used + TRAILER >= packed.len();
                if ends && bytes.len() >= LEAST_BYTES {
                    found.push((whole, bytes));
                }
                Ok(())
            })?;
            for (whole, bytes) in found {
                out.push(whole, Scale::Whole, |to| to.extend_from_slice(&bytes));
            }
        }
    }
    Ok(out)
}

/// The first of some runs, with those that only blanks part from it.
fn wrapped<'v>(text: &[u8], values: &'v [Value]) -> &'v [Value] {
    let goes_on = |[a, b]: &[Value; 2]| {
        let gap = text.get(a.end..b.start).unwrap_or_default();
        runs::is_blank(gap) && b.range().len() <= a.range().len()
    };
    let more = values
        .array_windows()
        .take_while(|pair| goes_on(pair))
        .count();
    values.get(..values.len().min(more + 1)).unwrap_or_default()
}
