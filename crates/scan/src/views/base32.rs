//! The view of everything that may be base32, from the beginning of its run.

use data_encoding::BASE32_NOPAD;

use crate::budget::{Budget, Exhausted};
use crate::finding::View;
use crate::sweep::{MIN_BASE32, Run, Sweep, Value};
use crate::views::layer::{Layer, Scale};
use crate::views::packed;
use crate::views::runs::{self, Alphabet};

const ALPHABET: Alphabet = Alphabet {
    class: runs::BASE32,
    least: MIN_BASE32,
};
/// Characters of ASCII in a row that a credential has at least.
const IN_A_ROW: usize = 12;

pub(crate) fn decode(
    layer: &Layer<'_>,
    sweep: &Sweep,
    budget: &mut Budget,
) -> Result<Layer<'static>, Exhausted> {
    let mut out = Layer::of(View::Base32);
    runs::long(layer, &candidates(sweep), &ALPHABET, |lines| {
        let digits = lines.digits();
        let one_case = !digits.iter().any(u8::is_ascii_lowercase)
            || !digits.iter().any(u8::is_ascii_uppercase);
        let whole = lines.whole();
        if !one_case || !layer.is_fresh(lines.piece, &whole) {
            return Ok(());
        }
        let mut upper = digits.to_ascii_uppercase();
        budget.work(upper.len())?;
        let groups = upper.len() / 8 * 8;
        // What is left of a group counts only if it can be one.
        let decoded = BASE32_NOPAD.decode(&upper).or_else(|_| {
            upper.truncate(groups);
            BASE32_NOPAD.decode(&upper)
        });
        if let Ok(decoded) = decoded
            && may_hold(&decoded)
        {
            out.push(whole, Scale::Whole, |to| to.extend_from_slice(&decoded));
        }
        Ok(())
    })?;
    Ok(out)
}

/// The runs with digits, and those that are nothing but letters of one case.
fn candidates(sweep: &Sweep) -> Vec<Run> {
    let [upper, lower] = &sweep.base32;
    let mut runs = [upper.as_slice(), lower.as_slice()].concat();
    let is_one = |value: &&Value| {
        let len = value.run.len();
        let letters = |letters: u32| (letters + value.digits) as usize == len;
        len >= MIN_BASE32 && (letters(value.uppers) || letters(value.lowers))
    };
    let values = sweep.values.iter().filter(is_one);
    runs.extend(values.map(|value| value.run.clone()));
    runs.sort_unstable_by_key(|run| (run.start, run.end));
    runs.dedup();
    runs
}

/// Whether something can stand in these bytes: some text, or packed data.
fn may_hold(bytes: &[u8]) -> bool {
    let text = bytes
        .split(|b| !(b.is_ascii_graphic() || b.is_ascii_whitespace() || *b == 0))
        .any(|part| part.len() >= IN_A_ROW);
    text || packed::begins(bytes)
}
