//! The decoded views of an input.
//!
//! A layer is what one decoding makes of the whole layer above it: all of its
//! base64 runs decoded, say, one piece for each run and alignment. Layers form
//! a tree, at most [`DEPTH`] deep, walked depth first, so that only one branch
//! is in memory. A part that a decoding left as it was is not decoded again
//! below it; that, and the budget, keep every input linear. Judges nothing.

mod apart;
mod base32;
mod base64;
pub(crate) mod escapes;
pub(crate) mod evasions;
mod form;
mod hex;
mod layer;
mod numbers;
mod packed;
mod runs;

pub(crate) use layer::{Chain, Layer, Scale};
#[cfg(any(test, feature = "reference"))]
pub(crate) use packed::begins as begins_packed;
pub(crate) use packed::may_be_in as may_hold_packed;

use memchr::memchr;

use crate::budget::{Budget, Exhausted};
use crate::sweep::{Sweep, sweep};

/// How many decodings deep a secret is followed.
pub(crate) const DEPTH: usize = 3;

/// Calls `look` on the input itself and on every decoded view of it.
pub(crate) fn walk<F>(raw: &Layer<'_>, budget: &mut Budget, look: &mut F) -> Result<(), Exhausted>
where
    F: FnMut(&Chain<'_>, &Sweep, &mut Budget) -> Result<(), Exhausted>,
{
    walk_to(DEPTH, raw, budget, look)
}

/// The same, so many decodings deep.
pub(crate) fn walk_to<F>(
    depth: usize,
    raw: &Layer<'_>,
    budget: &mut Budget,
    look: &mut F,
) -> Result<(), Exhausted>
where
    F: FnMut(&Chain<'_>, &Sweep, &mut Budget) -> Result<(), Exhausted>,
{
    budget.work(raw.bytes().len())?;
    descend(&Chain::root(raw), depth, budget, look)
}

/// Makes one view of a layer.
pub(crate) type Decode = fn(&Layer<'_>, &Sweep, &mut Budget) -> Result<Layer<'static>, Exhausted>;

fn descend<F>(
    chain: &Chain<'_>,
    depth: usize,
    budget: &mut Budget,
    look: &mut F,
) -> Result<(), Exhausted>
where
    F: FnMut(&Chain<'_>, &Sweep, &mut Budget) -> Result<(), Exhausted>,
{
    let sweep = sweep(chain.layer().bytes());
    look(chain, &sweep, budget)?;
    let Some(depth) = depth.checked_sub(1) else {
        return Ok(());
    };
    let bytes = chain.layer().bytes();
    let has = |byte: u8| memchr(byte, bytes).is_some();
    let signs = packed::Signs::of(chain.layer(), sweep.is_high);
    let decoders: [(bool, Decode); 18] = [
        (signs.gzip, packed::gzip),
        (signs.zip, packed::zip),
        (signs.zlib, packed::zlib),
        (signs.zstd, packed::zstd),
        (has(b'\\'), escapes::json),
        (has(b'%'), escapes::percent),
        (true, form::decode),
        (
            !sweep.values.is_empty() || !sweep.even.is_empty(),
            base64::decode,
        ),
        (
            !sweep.values.is_empty() || !sweep.spaced.is_empty(),
            hex::decode,
        ),
        (!sweep.spaced.is_empty(), hex::spaced),
        (!sweep.spaced.is_empty(), numbers::decode),
        (!sweep.values.is_empty(), base32::decode),
        (sweep.is_high, evasions::folded),
        (!sweep.joints.is_empty(), evasions::joined),
        (has(b'&'), evasions::html),
        (!sweep.equals.is_empty(), evasions::quoted_printable),
        (has(0), evasions::utf16),
        (!sweep.apart.is_empty(), apart::decode),
    ];
    for (repays, decode) in decoders {
        if !repays {
            continue;
        }
        let layer = decode(chain.layer(), &sweep, budget)?;
        if !layer.is_empty() {
            descend(&chain.with(&layer), depth, budget, look)?;
        }
    }
    Ok(())
}

/// The views that undo escapes or unpack, for the reference, which decodes
/// runs by itself.
#[cfg(any(test, feature = "reference"))]
pub(crate) fn unescapers() -> [Decode; 15] {
    [
        packed::gzip,
        packed::zip,
        packed::zlib,
        packed::zstd,
        escapes::json,
        escapes::percent,
        form::decode,
        hex::spaced,
        numbers::decode,
        evasions::folded,
        evasions::joined,
        evasions::html,
        evasions::quoted_printable,
        evasions::utf16,
        apart::decode,
    ]
}
