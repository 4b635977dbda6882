//! The view of everything that may be base32, from the beginning of its run.

use data_encoding::BASE32_NOPAD;

use crate::budget::{Budget, Exhausted};
use crate::finding::View;
use crate::sweep::{BASE32, Class, Sweep};
use crate::views::layer::{Layer, Scale};
use crate::views::packed;
use crate::views::runs::{self, Alphabet, Lines};

pub(super) const ALPHABETS: [Alphabet; 2] = {
    let [upper, lower] = BASE32;
    [alphabet(upper), alphabet(lower)]
};

const fn alphabet(class: Class) -> Alphabet {
    Alphabet { class, least: 20 }
}

/// Characters of ASCII in a row that a credential has at least.
const IN_A_ROW: usize = 12;

pub(crate) fn decode(
    layer: &Layer<'_>,
    sweep: &Sweep,
    budget: &mut Budget,
) -> Result<Layer<'static>, Exhausted> {
    let mut out = Layer::of(View::Base32);
    for (runs, alphabet) in sweep.encoded.base32.iter().zip(&ALPHABETS) {
        runs::long(layer, runs, alphabet, |lines| {
            push(&mut out, layer, lines, budget)
        })?;
    }
    Ok(out)
}

fn push(
    out: &mut Layer<'static>,
    layer: &Layer<'_>,
    lines: &Lines<'_>,
    budget: &mut Budget,
) -> Result<(), Exhausted> {
    let whole = lines.whole();
    if !layer.is_fresh(lines.piece, &whole) {
        return Ok(());
    }
    let mut upper = lines.digits().to_ascii_uppercase();
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
}

/// Whether something can stand in these bytes: some text, or packed data.
fn may_hold(bytes: &[u8]) -> bool {
    let text = bytes
        .split(|b| !(b.is_ascii_graphic() || b.is_ascii_whitespace() || *b == 0))
        .any(|part| part.len() >= IN_A_ROW);
    text || packed::begins(bytes)
}
