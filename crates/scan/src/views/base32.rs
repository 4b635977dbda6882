//! The view of everything that may be base32, from the beginning of its run.

use data_encoding::BASE32_NOPAD;

use crate::budget::{Budget, Exhausted};
use crate::finding::View;
use crate::sweep::{BASE32, Class, Run, Sweep};
use crate::views::layer::{Layer, Scale};
use crate::views::packed;
use crate::views::runs::{self, Alphabet, Lines};
use crate::views::unseen;

pub(super) const ALPHABETS: [Alphabet; 2] = {
    let [upper, lower] = BASE32;
    [alphabet(&upper, &lower), alphabet(&lower, &upper)]
};

const fn alphabet(class: &Class, other: &Class) -> Alphabet {
    Alphabet {
        class: *class,
        least: 20,
        other: Some(*other),
    }
}

/// The shortest line that is a run by itself; shorter ones are told as even.
const LINE: usize = 16;

/// Turns in the least that the pass tells of.
const MIN_TURNS: usize = 3;

/// Characters of ASCII in a row that a credential has at least.
const IN_A_ROW: usize = 12;

pub(crate) fn decode(
    layer: &Layer<'_>,
    sweep: &Sweep,
    budget: &mut Budget,
) -> Result<Layer<'static>, Exhausted> {
    let mut out = Layer::of(View::Base32);
    let bytes = layer.bytes();
    let even: Vec<Run> = sweep
        .even
        .iter()
        .filter(|run| turns(bytes.get(run.range()).unwrap_or_default()))
        .cloned()
        .collect();
    for (runs, alphabet) in sweep.encoded.base32.iter().zip(&ALPHABETS) {
        let line = Alphabet {
            least: LINE,
            ..*alphabet
        };
        runs::long(layer, runs, &line, |lines| {
            push(&mut out, layer, lines, budget)
        })?;
        runs::short(layer, &even, alphabet, |lines| {
            push(&mut out, layer, lines, budget)
        })?;
    }
    Ok(out)
}

/// Whether letters turn to digits: in base32 nothing else is uneven, so that code
/// with names in camel case is none. A line break that is escaped is one turn.
fn turns(stretch: &[u8]) -> bool {
    let turn = |[a, b]: &[u8; 2]| a.is_ascii_alphabetic() && matches!(b, b'2'..=b'7');
    let turns = stretch.array_windows().filter(|pair| turn(pair));
    turns.count() >= MIN_TURNS
}

pub(super) fn push(
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

/// Whether something can stand in these bytes: some text, of ASCII or not, or
/// packed data.
fn may_hold(bytes: &[u8]) -> bool {
    let text = bytes
        .split(|b| !(b.is_ascii_graphic() || b.is_ascii_whitespace() || *b == 0))
        .any(|part| part.len() >= IN_A_ROW);
    text || packed::begins(bytes)
        || packed::first_in(bytes).is_some()
        || !unseen::foreign(bytes).is_empty()
}
