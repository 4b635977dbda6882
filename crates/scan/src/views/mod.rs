//! The decoded views of an input.
//!
//! A layer is what one decoding makes of the whole layer above it: all of its
//! base64 runs decoded, say, one piece for each run and alignment. Layers form
//! a tree, at most [`DEPTH`] deep, walked depth first, so that only one branch
//! is in memory. A part that a decoding left as it was is not decoded again
//! below it; that, and the budget, keep every input linear. Judges nothing.

mod base32;
mod base64;
pub(crate) mod escapes;
pub(crate) mod evasions;
mod hex;
mod layer;
mod packed;
mod runs;

pub(crate) use layer::{Chain, Layer, Scale};

use crate::budget::{Budget, Exhausted};

/// How many decodings deep a secret is followed.
pub(crate) const DEPTH: usize = 3;

/// Calls `look` on the input itself and on every decoded view of it.
pub(crate) fn walk<F>(input: &[u8], budget: &mut Budget, look: &mut F) -> Result<(), Exhausted>
where
    F: FnMut(&Chain<'_>, &mut Budget) -> Result<(), Exhausted>,
{
    let raw = Layer::raw(input);
    let chain = Chain::root(&raw);
    budget.work(input.len())?;
    look(&chain, budget)?;
    below(&chain, DEPTH, budget, look)
}

/// Makes one view of a layer.
type Decode = fn(&Layer<'_>, &mut Budget) -> Result<Layer<'static>, Exhausted>;

fn below<F>(
    chain: &Chain<'_>,
    depth: usize,
    budget: &mut Budget,
    look: &mut F,
) -> Result<(), Exhausted>
where
    F: FnMut(&Chain<'_>, &mut Budget) -> Result<(), Exhausted>,
{
    let Some(depth) = depth.checked_sub(1) else {
        return Ok(());
    };
    let decoders: [Decode; 13] = [
        escapes::json,
        escapes::percent,
        base64::decode,
        hex::decode,
        hex::spaced,
        base32::decode,
        evasions::folded,
        evasions::joined,
        evasions::html,
        evasions::quoted_printable,
        evasions::utf16,
        packed::gzip,
        packed::zstd,
    ];
    for decode in decoders {
        let layer = decode(chain.layer(), budget)?;
        descend(chain, &layer, depth, budget, look)?;
    }
    Ok(())
}

fn descend<F>(
    chain: &Chain<'_>,
    layer: &Layer<'_>,
    depth: usize,
    budget: &mut Budget,
    look: &mut F,
) -> Result<(), Exhausted>
where
    F: FnMut(&Chain<'_>, &mut Budget) -> Result<(), Exhausted>,
{
    if layer.is_empty() {
        return Ok(());
    }
    let chain = chain.with(layer);
    look(&chain, budget)?;
    below(&chain, depth, budget, look)
}
