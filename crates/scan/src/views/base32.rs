//! The view of everything that may be base32, from the beginning of its run.

use data_encoding::BASE32_NOPAD;

use crate::budget::{Budget, Exhausted};
use crate::finding::View;
use crate::free;
use crate::views::layer::{Layer, Scale};

/// The shortest run that is decoded.
const MIN_RUN: usize = 20;

pub(crate) fn decode(layer: &Layer<'_>, budget: &mut Budget) -> Result<Layer<'static>, Exhausted> {
    let mut out = Layer::of(View::Base32);
    let mut worked = Ok(());
    let is_in = |b: u8| matches!(b, b'A'..=b'Z' | b'a'..=b'z' | b'2'..=b'7');
    for (piece, text) in layer.pieces() {
        let base = piece.here.start;
        free::runs(text, is_in, MIN_RUN, |run| {
            let whole = base + run.start..base + run.end;
            let digits = text.get(run).unwrap_or_default();
            let one_case = !digits.iter().any(u8::is_ascii_lowercase)
                || !digits.iter().any(u8::is_ascii_uppercase);
            if !one_case || worked.is_err() || !layer.is_fresh(piece, &whole) {
                return;
            }
            worked = budget.work(digits.len());
            let groups = digits.len() / 8 * 8;
            let mut upper = digits.to_ascii_uppercase();
            // What is left of a group counts only if it can be one.
            let decoded = BASE32_NOPAD.decode(&upper).or_else(|_| {
                upper.truncate(groups);
                BASE32_NOPAD.decode(&upper)
            });
            if let Ok(decoded) = decoded {
                out.push(whole, Scale::Whole, |to| to.extend_from_slice(&decoded));
            }
        });
    }
    worked.map(|()| out)
}
