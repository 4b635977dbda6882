//! The views of a text that somebody is to read: what a browser, a JSON parser
//! or a curious agent makes of it. Fewer than those of what is sent, for an
//! instruction that nobody decodes instructs nobody; and of those stretches
//! alone that [`near`] names.

use std::ops::Range;

use super::anchors::{Anchors, Seen};
use super::{base64, letters, near, utf16};
use crate::budget::{Budget, Exhausted};
use crate::finding::View;
use crate::views::{Chain, Layer, escapes, evasions};

/// How many of these views are followed on one another.
const DEPTH: usize = 2;

/// Makes one view of some stretches of a layer.
type Within = fn(&Layer<'_>, &[Range<usize>], &mut Budget) -> Result<Layer<'static>, Exhausted>;

/// In this order. Base64 is looked for in all of a layer.
const VIEWS: [(View, Option<Within>); 4] = [
    (View::Json, Some(escapes::json_within)),
    (View::Base64, None),
    (View::Folded, Some(letters::folded)),
    (View::Html, Some(evasions::html_within)),
];

/// Looks at a layer, and tells where anchors stand or may stand.
pub(super) trait Look: FnMut(&Chain<'_>, &mut Budget) -> Result<Seen, Exhausted> {}
impl<F> Look for F where F: FnMut(&Chain<'_>, &mut Budget) -> Result<Seen, Exhausted> {}

/// Calls `look` on the input and on each view of it.
pub(super) fn walk(
    input: &[u8],
    anchors: &Anchors,
    budget: &mut Budget,
    look: &mut impl Look,
) -> Result<(), Exhausted> {
    let raw = Layer::raw(input);
    let chain = Chain::root(&raw);
    budget.work(input.len())?;
    let seen = look(&chain, budget)?;
    below(&chain, &seen, anchors, DEPTH, budget, look)?;
    let Some(text) = utf16::decode(input) else {
        return Ok(());
    };
    let chain = chain.with(&text);
    budget.work(text.bytes().len())?;
    let seen = look(&chain, budget)?;
    below(&chain, &seen, anchors, DEPTH, budget, look)
}

fn below(
    chain: &Chain<'_>,
    seen: &Seen,
    anchors: &Anchors,
    depth: usize,
    budget: &mut Budget,
    look: &mut impl Look,
) -> Result<(), Exhausted> {
    let Some(depth) = depth.checked_sub(1) else {
        return Ok(());
    };
    let layer = chain.layer();
    let near = near::Near::of(layer.bytes(), seen, anchors);
    for (view, decode) in VIEWS {
        let stretches = near.stretches(view);
        let decoded = match decode {
            None => base64::decode(layer, budget),
            Some(_) if stretches.is_empty() => continue,
            Some(decode) => decode(layer, &stretches, budget),
        }?;
        if decoded.is_empty() {
            continue;
        }
        let chain = chain.with(&decoded);
        let seen = look(&chain, budget)?;
        below(&chain, &seen, anchors, depth, budget, look)?;
    }
    Ok(())
}
