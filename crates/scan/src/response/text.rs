//! The views of a text that somebody is to read: what a browser, a JSON parser
//! or a curious agent makes of it. Fewer than those of what is sent, for an
//! instruction that nobody decodes instructs nobody; and of those stretches
//! alone that [`near`] names.

use std::ops::Range;

use super::anchors::{Anchors, Seen};
use super::{base64, letters, near, shown, utf16};
use crate::budget::{Budget, Exhausted};
use crate::finding::View;
use crate::views::{Chain, Layer, escapes, evasions};

/// How many of these views are followed on one another.
const DEPTH: usize = 2;

/// Makes one view of a layer.
#[derive(Clone, Copy)]
enum Decode {
    /// Of those stretches that repay.
    Within(View, Within),
    /// Of what shows by itself that there is something.
    Whole(Whole),
}

type Within = fn(&Layer<'_>, &[Range<usize>], &mut Budget) -> Result<Layer<'static>, Exhausted>;
type Whole = fn(&Chain<'_>, &mut Budget) -> Result<Layer<'static>, Exhausted>;

/// In this order.
const VIEWS: [Decode; 7] = [
    Decode::Within(View::Json, escapes::json_within),
    Decode::Whole(base64::decode),
    Decode::Within(View::Folded, letters::folded),
    Decode::Within(View::Html, evasions::html_within),
    Decode::Whole(|chain, budget| shown::shown(chain.layer(), budget)),
    Decode::Whole(|chain, budget| shown::tags(chain.layer(), budget)),
    Decode::Whole(|chain, budget| shown::percent(chain.layer(), budget)),
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
    // What only reads like an escape is none, but letters that do not show may be those
    // of base64.
    if layer.view() == Some(View::Folded) {
        let decoded = base64::decode(chain, budget)?;
        if !decoded.is_empty() {
            look(&chain.with(&decoded), budget)?;
        }
        return Ok(());
    }
    let near = near::Near::of(layer.bytes(), seen, anchors);
    for decode in VIEWS {
        let decoded = match decode {
            Decode::Whole(decode) => decode(chain, budget)?,
            Decode::Within(view, decode) => {
                let stretches = near.stretches(view);
                if stretches.is_empty() {
                    continue;
                }
                decode(layer, &stretches, budget)?
            }
        };
        if decoded.is_empty() {
            continue;
        }
        let chain = chain.with(&decoded);
        let seen = look(&chain, budget)?;
        below(&chain, &seen, anchors, depth, budget, look)?;
    }
    Ok(())
}
