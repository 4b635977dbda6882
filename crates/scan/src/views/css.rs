//! The view of backslashes with digits as style sheets and shells read them:
//! `\000067`, `\67 `, `\0147`. JSON and C read less of them, or other digits.

use crate::budget::{Budget, Exhausted};
use crate::finding::View;
use crate::sweep::{Run, Sweep};
use crate::views::escapes::{Escape, Marks, around, character, number, value_of};
use crate::views::layer::Layer;

/// The most digits of an escape of CSS.
const MOST: usize = 6;

/// Whether the pass named an escape that is read so.
pub(crate) fn any(layer: &Layer<'_>, sweep: &Sweep) -> bool {
    let bytes = layer.bytes();
    sweep.slashes.iter().any(|run| is_one(bytes, run))
}

fn is_one(bytes: &[u8], run: &Run) -> bool {
    bytes.get(run.start..).and_then(escape).is_some()
}

pub(crate) fn decode(
    layer: &Layer<'_>,
    sweep: &Sweep,
    budget: &mut Budget,
) -> Result<Layer<'static>, Exhausted> {
    let bytes = layer.bytes();
    let places = sweep.slashes.iter().filter(|run| is_one(bytes, run));
    let mut places: Vec<usize> = places.map(|run| run.start).collect();
    places.sort_unstable();
    around(layer, View::Css, Marks::Places(&places), escape, budget)
}

/// The escape that a text begins with, if it stands for a character of ASCII.
fn escape(text: &[u8]) -> Option<Escape> {
    let rest = text.strip_prefix(b"\\")?;
    let digits = rest.iter().take(MOST);
    let len = digits.take_while(|b| b.is_ascii_hexdigit()).count();
    let blank = usize::from(rest.get(len) == Some(&b' '));
    let shown = |number: &u32| (0x20..0x7f).contains(number);
    if len == MOST || (len > 1 && blank > 0) {
        let code = number(text, 1..len + 1).filter(shown);
        if let Some(code) = code {
            return character(code, 1 + len + blank);
        }
    }
    let octal = rest.get(1..4).filter(|_| rest.first() == Some(&b'0'))?;
    character(value_of(octal, 8).filter(shown)?, 5)
}
