//! The decoded views of an input.
//!
//! A layer is what one decoding makes of the whole layer above it: all of its
//! base64 runs decoded, say, one piece for each run and alignment. Layers form
//! a tree, at most [`DEPTH`] deep, walked depth first, so that only one branch
//! is in memory. A part that a decoding left as it was is not decoded again
//! below it; that, and the budget, keep every input linear. JSON comes last: it
//! is undone only where something was seen near an escape. Judges nothing.

mod alphabets;
mod apart;
mod base32;
mod base64;
mod base85;
mod bases;
mod characters;
mod css;
mod disguised;
mod dump;
pub(crate) mod escapes;
pub(crate) mod evasions;
mod form;
mod hex;
mod hidden;
mod layer;
mod letters;
pub(crate) mod likeness;
pub(crate) mod non_ascii;
mod numbers;
mod other32;
mod packed;
mod points;
mod rare;
mod runs;
mod signed;
mod turned;
mod undo;
pub(crate) mod unseen;
mod uuencoded;

#[cfg(any(test, feature = "reference"))]
pub(crate) use apart::decode as without_signs;
pub(crate) use base64::append as from_base64;
pub(crate) use layer::{Begin, Chain, Layer, Packed, Piece, Scale};
pub(crate) use packed::{
    GZIP, ZSTD, inflate_some, may_be_in as may_hold_packed, zstd as zstd_format,
};
#[cfg(any(test, feature = "reference"))]
pub(crate) use packed::{begins as begins_packed, first_in as packed_in};
pub(crate) use rare::Rare;
pub(crate) use runs::Encoded;
pub(crate) use turned::rot13;
pub(crate) use undo::{Undo, unescaped};
#[cfg(any(test, feature = "reference"))]
pub(crate) use unseen::foreign as foreign_in;

use crate::budget::{Budget, Exhausted};
use crate::finding::View;
use crate::free::words;
use crate::sweep::{Run, Sweep, sweep};

/// How many decodings deep a secret is followed.
pub(crate) const DEPTH: usize = 6;

/// Looks at one layer, and says where its escapes must be undone.
pub(crate) trait Look:
    FnMut(&Chain<'_>, &Sweep, &mut Undo<'_>, &mut Budget) -> Result<(), Exhausted>
{
}

impl<F> Look for F where
    F: FnMut(&Chain<'_>, &Sweep, &mut Undo<'_>, &mut Budget) -> Result<(), Exhausted>
{
}

/// Calls `look` on the input itself and on every decoded view of it.
pub(crate) fn walk(
    raw: &Layer<'_>,
    budget: &mut Budget,
    look: &mut impl Look,
) -> Result<(), Exhausted> {
    walk_to(DEPTH, raw, budget, look)
}

/// The same, so many decodings deep.
pub(crate) fn walk_to(
    depth: usize,
    raw: &Layer<'_>,
    budget: &mut Budget,
    look: &mut impl Look,
) -> Result<(), Exhausted> {
    budget.work(raw.bytes().len())?;
    descend(&Chain::root(raw), depth, budget, look)
}

/// Makes one view of a layer.
pub(crate) type Decode = fn(&Layer<'_>, &Sweep, &mut Budget) -> Result<Layer<'static>, Exhausted>;

fn descend(
    chain: &Chain<'_>,
    depth: usize,
    budget: &mut Budget,
    look: &mut impl Look,
) -> Result<(), Exhausted> {
    let layer = chain.layer();
    let mut sweep = sweep(layer.bytes());
    let phrase = |run: &Run| words::may_hold(layer.bytes(), &run.range());
    sweep.phrases.retain(phrase);
    let mut undo = Undo::new(layer.bytes(), depth > 0 && sweep.has_slash);
    look(chain, &sweep, &mut undo, budget)?;
    let Some(depth) = depth.checked_sub(1) else {
        return if layer.view().is_some() {
            bottom(layer, sweep, BELOW, budget)
        } else {
            Ok(())
        };
    };
    sweep.encoded = Encoded::of(layer.bytes(), &sweep.values);
    sweep.rare = Rare::of(layer.bytes(), &sweep.values);
    sweep.signs.retain(|at| base85::may_be(layer.bytes(), *at));
    for (repays, decode) in decoders(chain, &sweep) {
        if !repays {
            continue;
        }
        let decoded = decode(layer, &sweep, budget)?;
        undo.decoded(&decoded);
        if !decoded.is_empty() {
            descend(&chain.with(&decoded), depth, budget, look)?;
        }
    }
    if !sweep.has_slash {
        return Ok(());
    }
    undo.swept(&sweep);
    let decoded = escapes::json_again_within(layer, &undo.stretches(), budget)?;
    if !decoded.is_empty() {
        descend(&chain.with(&decoded), depth, budget, look)?;
    }
    Ok(())
}

/// Accounts for a layer that is decoded no further, if text is still packed or encoded
/// in it: what is hidden deeper than is looked at is hidden on purpose.
fn bottom(
    layer: &Layer<'_>,
    mut sweep: Sweep,
    deeper: usize,
    budget: &mut Budget,
) -> Result<(), Exhausted> {
    sweep.encoded = Encoded::of(layer.bytes(), &sweep.values);
    for (repays, decode) in encodings(layer, &sweep) {
        if !repays {
            continue;
        }
        let decoded = decode(layer, &sweep, budget)?;
        if decoded.is_empty() {
            continue;
        }
        // Digits are digits again in hex: what they come to in the end tells.
        let is_text = decoded.pieces().any(|(_, text)| says_something(text));
        if deeper == 0 || is_text {
            budget.leave();
            return Ok(());
        }
        bottom(&decoded, self::sweep(decoded.bytes()), deeper - 1, budget)?;
    }
    Ok(())
}

/// Below what is looked at, encodings are undone so often, to see whether they are any.
const BELOW: usize = 12;

/// Whether it is text: with letters, and not those of hex alone.
fn says_something(text: &[u8]) -> bool {
    const SHORTEST: usize = 16;
    const LETTERS: usize = 6;
    let count = |of: fn(&u8) -> bool| text.iter().filter(|b| of(b)).count();
    let letters = count(|b| matches!(b, b'g'..=b'z' | b'G'..=b'Z'));
    let others = count(|b| !matches!(b, b' '..=b'~' | b'\n' | b'\t' | b'\r'));
    text.len() >= SHORTEST && letters >= LETTERS && others * 20 <= text.len()
}

/// The encodings of text among [`decoders`], and whether the pass saw any of them.
fn encodings(layer: &Layer<'_>, sweep: &Sweep) -> [(bool, Decode); 7] {
    let encoded = &sweep.encoded;
    let signs = packed::Signs::of(layer, sweep);
    let base32 = encoded.base32.iter().any(|runs| !runs.is_empty());
    [
        (signs.gzip, packed::gzip),
        (signs.zip, packed::zip),
        (signs.zlib, packed::zlib),
        (signs.zstd, packed::zstd),
        (!encoded.base64.is_empty(), base64::decode),
        (!encoded.hex.is_empty(), hex::decode),
        (base32, base32::decode),
    ]
}

/// What the pass over some bytes saw, and what of that may be encoded text.
#[cfg(any(test, feature = "reference"))]
pub(crate) fn swept(bytes: &[u8]) -> Sweep {
    let sweep = sweep(bytes);
    Sweep {
        encoded: Encoded::of(bytes, &sweep.values),
        rare: Rare::of(bytes, &sweep.values),
        ..sweep
    }
}

/// What a view shows of a text, piece by piece.
#[cfg(test)]
pub(crate) fn told(decode: Decode, text: &str) -> Vec<String> {
    let layer = Layer::raw(text.as_bytes());
    let mut budget = Budget::for_input(text.len());
    let view = decode(&layer, &swept(text.as_bytes()), &mut budget).expect("a budget for the text");
    let pieces = view.pieces();
    pieces
        .map(|(_, piece)| String::from_utf8_lossy(piece).into_owned())
        .collect()
}

/// What is decoded besides JSON, and whether the pass saw any of it.
fn decoders(chain: &Chain<'_>, sweep: &Sweep) -> [(bool, Decode); 34] {
    let layer = chain.layer();
    let encoded = &sweep.encoded;
    // Turned twice it is what it was.
    let turns = |view| !sweep.rare.turned.is_empty() && !chain.is_turned(view);
    let even = !sweep.even.is_empty();
    let base32 = even || encoded.base32.iter().any(|runs| !runs.is_empty());
    let signs = packed::Signs::of(layer, sweep);
    [
        (signs.gzip, packed::gzip),
        (signs.zip, packed::zip),
        (signs.zlib, packed::zlib),
        (signs.zstd, packed::zstd),
        (!sweep.percents.is_empty(), escapes::percent),
        (sweep.has_plus, form::decode),
        (even || !encoded.base64.is_empty(), base64::decode),
        (
            !encoded.hex.is_empty() || !sweep.spaced.is_empty(),
            hex::decode,
        ),
        (!sweep.spaced.is_empty(), hex::spaced),
        (!sweep.spaced.is_empty(), dump::decode),
        (!sweep.spaced.is_empty(), numbers::decode),
        (!sweep.dumps.is_empty(), characters::decode),
        (base32, base32::decode),
        (sweep.is_high, evasions::folded),
        (sweep.is_high, unseen::tags),
        (sweep.is_high && sweep.has_control, unseen::latin),
        (!sweep.joints.is_empty(), evasions::joined),
        (!sweep.references.is_empty(), evasions::html),
        (!sweep.equals.is_empty(), evasions::quoted_printable),
        (sweep.has_control, evasions::utf16),
        (evasions::may_have_colours(layer), evasions::colours),
        (sweep.is_high || sweep.has_control, unseen::wide),
        (!sweep.apart.is_empty(), apart::decode),
        (css::any(layer, sweep), css::decode),
        (signed::any(sweep), signed::decode),
        (!sweep.digits.is_empty(), points::decode),
        (!sweep.letters.is_empty(), letters::decode),
        (!sweep.signs.is_empty(), base85::decode),
        (!sweep.signs.is_empty(), uuencoded::decode),
        (!sweep.rare.base32.is_empty(), other32::decode),
        (!sweep.rare.numbers.is_empty(), bases::decode),
        (!sweep.rare.bare.is_empty(), packed::bare),
        (turns(View::Reversed), turned::backwards),
        (turns(View::Rot13), turned::rotated),
    ]
}

/// The views that undo escapes or unpack, for the reference, which decodes
/// runs by itself.
#[cfg(any(test, feature = "reference"))]
pub(crate) fn unescapers() -> [Decode; 19] {
    [
        packed::gzip,
        packed::zip,
        packed::zlib,
        packed::zstd,
        escapes::json_again,
        escapes::percent,
        form::decode,
        hex::spaced,
        dump::decode,
        numbers::decode,
        evasions::folded,
        unseen::tags,
        unseen::latin,
        evasions::joined,
        evasions::html,
        evasions::quoted_printable,
        evasions::utf16,
        evasions::colours,
        unseen::wide,
    ]
}

/// The views that nobody has to find more in than the pass names.
#[cfg(any(test, feature = "reference"))]
pub(crate) fn rare() -> [Decode; 12] {
    [
        characters::decode,
        css::decode,
        signed::decode,
        points::decode,
        letters::decode,
        base85::decode,
        uuencoded::decode,
        other32::decode,
        bases::decode,
        packed::bare,
        turned::backwards,
        turned::rotated,
    ]
}
