//! The view of base32 in other alphabets, from the beginning of its run: that
//! of base32hex, which begins with the digits, and Crockford's.
//!
//! Only where a whole group of a run becomes text.

use crate::budget::{Budget, Exhausted};
use crate::finding::View;
use crate::sweep::{Sweep, Value};
use crate::views::alphabets::{self, Alphabet, digit, in_either_case, is_text};
use crate::views::layer::{Layer, Scale};

const ALPHABETS: [Alphabet; 2] = [
    in_either_case(b"0123456789ABCDEFGHIJKLMNOPQRSTUV"),
    in_either_case(b"0123456789ABCDEFGHJKMNPQRSTVWXYZ"),
];

/// The shortest run that is read.
const LEAST: usize = 20;

/// Whether some group of a run becomes text.
pub(super) fn may_hold(run: &[u8]) -> bool {
    run.len() >= LEAST && ALPHABETS.iter().any(|alphabet| has_text(alphabet, run))
}

fn has_text(alphabet: &Alphabet, run: &[u8]) -> bool {
    let (groups, _) = run.as_chunks::<8>();
    let mut any = false;
    for group in groups {
        let Some(bytes) = decoded(alphabet, group) else {
            return false;
        };
        any |= bytes.iter().all(|b| is_text(*b));
    }
    any
}

/// The five bytes of a group, or as many whole ones as a short one has.
fn decoded(alphabet: &Alphabet, group: &[u8]) -> Option<[u8; 5]> {
    let mut bits = 0_u64;
    for at in 0..8 {
        let value = match group.get(at) {
            Some(byte) => digit(alphabet, *byte)?,
            None => 0,
        };
        bits = bits << 5 | u64::from(value);
    }
    let [_, _, _, bytes @ ..] = bits.to_be_bytes();
    Some(bytes)
}

pub(crate) fn decode(
    layer: &Layer<'_>,
    sweep: &Sweep,
    budget: &mut Budget,
) -> Result<Layer<'static>, Exhausted> {
    let mut out = Layer::of(View::Base32);
    for (run, digits) in layer.fresh(sweep.rare.base32.iter().map(Value::range)) {
        budget.work(2 * digits.len())?;
        for alphabet in &ALPHABETS {
            let bytes = all(alphabet, digits);
            if alphabets::has_text(&bytes) {
                out.push(run.clone(), Scale::Whole, |to| to.extend_from_slice(&bytes));
            }
        }
    }
    Ok(out)
}

fn all(alphabet: &Alphabet, digits: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(digits.len());
    for group in digits.chunks(8) {
        let Some(decoded) = decoded(alphabet, group) else {
            break;
        };
        bytes.extend(decoded.iter().take(group.len() * 5 / 8));
    }
    bytes
}
