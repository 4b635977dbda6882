//! The view of base32 in other alphabets, from the beginning of its run: that
//! of base32hex, which begins with the digits, and Crockford's.
//!
//! Only where a whole group of a run becomes text.

use crate::budget::{Budget, Exhausted};
use crate::finding::View;
use crate::sweep::Sweep;
use crate::views::layer::{Layer, Scale};

/// What each byte stands for, [`NONE`] for nothing. Letters of either case.
type Alphabet = [u8; 256];
const NONE: u8 = u8::MAX;

const ALPHABETS: [Alphabet; 2] = [
    alphabet(b"0123456789ABCDEFGHIJKLMNOPQRSTUV"),
    alphabet(b"0123456789ABCDEFGHJKMNPQRSTVWXYZ"),
];

/// The shortest run that is read.
const LEAST: usize = 20;
/// Characters of ASCII in a row that a credential has at least.
const IN_A_ROW: usize = 12;

#[expect(
    clippy::cast_possible_truncation,
    clippy::indexing_slicing,
    reason = "evaluated by the compiler; a byte indexes 256 entries"
)]
const fn alphabet(digits: &[u8; 32]) -> Alphabet {
    let mut table = [NONE; 256];
    let mut at = 0;
    while at < digits.len() {
        table[digits[at] as usize] = at as u8;
        table[digits[at].to_ascii_lowercase() as usize] = at as u8;
        at += 1;
    }
    table
}

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

fn is_text(byte: u8) -> bool {
    byte.is_ascii_graphic() || byte.is_ascii_whitespace()
}

/// The five bytes of a group, or as many whole ones as a short one has.
fn decoded(alphabet: &Alphabet, group: &[u8]) -> Option<[u8; 5]> {
    let mut bits = 0_u64;
    for at in 0..8 {
        let value = match group.get(at) {
            Some(byte) => alphabet.get(usize::from(*byte)).copied()?,
            None => 0,
        };
        if value == NONE {
            return None;
        }
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
    for run in &sweep.rare.base32 {
        let Some((piece, text, inside)) = layer.in_piece(&run.range()) else {
            continue;
        };
        if !layer.is_fresh(piece, &run.range()) {
            continue;
        }
        let digits = text.get(inside).unwrap_or_default();
        budget.work(2 * digits.len())?;
        for alphabet in &ALPHABETS {
            let bytes = all(alphabet, digits);
            let mut rows = bytes.split(|b| !is_text(*b));
            if rows.any(|row| row.len() >= IN_A_ROW) {
                out.push(run.range(), Scale::Whole, |to| to.extend_from_slice(&bytes));
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
