//! The view of a text that is written as one number: in base58, base62, base36,
//! decimal or binary digits.
//!
//! Such a number is read as a whole or not at all, so only runs of the alphabet
//! that are no longer than a short text, and only if all of it is text or begins
//! as packed data.

use crate::budget::{Budget, Exhausted};
use crate::finding::View;
use crate::sweep::{Sweep, Value};
use crate::views::alphabets::{Alphabet, alphabet, digit as value, is_text};
use crate::views::layer::{Layer, Scale};
use crate::views::packed;

const ALPHABETS: [(u64, Alphabet); 6] = [
    base(b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"),
    base(b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"),
    base(b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    base(b"0123456789abcdefghijklmnopqrstuvwxyz"),
    base(b"0123456789"),
    base(b"01"),
];

/// The digits of a short credential, and those of a few sentences.
const LEAST: usize = 24;
const MOST: usize = 200;
/// And those of the same, were they decimal or binary.
const MOST_DECIMAL: usize = 1024;
/// Of the digits of a number so many are decimal.
const MIN_DIGITS: usize = 2;
/// The least bytes that say something.
const LEAST_BYTES: usize = 14;

const fn base(digits: &[u8]) -> (u64, Alphabet) {
    (digits.len() as u64, alphabet(digits))
}

/// Whether a run is letters and digits, and may be a number that is no digest.
pub(super) fn may_be(run: &[u8]) -> bool {
    if !(LEAST..=MOST_DECIMAL).contains(&run.len()) || !run.iter().all(u8::is_ascii_alphanumeric) {
        return false;
    }
    let count = |is: fn(&u8) -> bool| run.iter().filter(|b| is(b)).count();
    let digits = count(u8::is_ascii_digit);
    let past_hex = count(|b| matches!(b, b'g'..=b'z' | b'G'..=b'Z'));
    let is_short = run.len() <= MOST;
    (digits >= MIN_DIGITS && past_hex > 0 && is_short) || digits == run.len()
}

pub(crate) fn decode(
    layer: &Layer<'_>,
    sweep: &Sweep,
    budget: &mut Budget,
) -> Result<Layer<'static>, Exhausted> {
    let mut out = Layer::of(View::Number);
    for (run, digits) in layer.fresh(sweep.rare.numbers.iter().map(Value::range)) {
        for (base, alphabet) in &ALPHABETS {
            budget.work(digits.len().div_ceil(8))?;
            let bytes = number(digits, *base, alphabet);
            if let Some(bytes) = bytes.filter(|bytes| may_hold(bytes)) {
                out.push(run.clone(), Scale::Whole, |to| to.extend_from_slice(&bytes));
            }
        }
    }
    Ok(out)
}

/// The bytes of a number, the highest first.
fn number(digits: &[u8], base: u64, alphabet: &Alphabet) -> Option<Vec<u8>> {
    let mut limbs: Vec<u32> = Vec::with_capacity(digits.len() / 5 + 1);
    // Five digits of any of the bases are less than a limb.
    for digits in digits.chunks(5) {
        let (mut factor, mut carry) = (1, 0);
        for digit in digits {
            factor *= base;
            carry = carry * base + u64::from(value(alphabet, *digit)?);
        }
        for limb in &mut limbs {
            let all = u64::from(*limb) * factor + carry;
            let [a, b, c, d, low @ ..] = all.to_be_bytes();
            carry = u64::from(u32::from_be_bytes([a, b, c, d]));
            *limb = u32::from_be_bytes(low);
        }
        limbs.extend(u32::try_from(carry).ok().filter(|limb| *limb != 0));
    }
    let bytes = limbs.iter().rev().flat_map(|limb| limb.to_be_bytes());
    Some(bytes.skip_while(|byte| *byte == 0).collect())
}

fn may_hold(bytes: &[u8]) -> bool {
    let all = bytes.len() >= LEAST_BYTES && bytes.iter().all(|b| is_text(*b));
    all || packed::begins(bytes)
}
