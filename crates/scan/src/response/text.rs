//! The views of a text that somebody is to read: what a browser, a JSON parser
//! or a curious agent makes of it. Fewer than those of what is sent, for an
//! instruction that nobody decodes instructs nobody; and of those stretches
//! alone that [`near`] names.

use std::ops::Range;

use data_encoding::{BASE64_NOPAD, BASE64URL_NOPAD};

use super::anchors::{Anchors, Seen};
use super::{near, utf16};
use crate::budget::{Budget, Exhausted};
use crate::finding::View;
use crate::views::{Chain, Layer, Scale, escapes, evasions};

/// How many of these views are followed on one another.
const DEPTH: usize = 2;
/// The shortest base64 that could hold an instruction.
pub(super) const LEAST: usize = 32;
/// Of base64, so much is decoded to see whether it is text.
const TRIED: usize = 24;

/// Makes one view of some stretches of a layer.
type Within = fn(&Layer<'_>, &[Range<usize>], &mut Budget) -> Result<Layer<'static>, Exhausted>;

/// In this order. Base64 is looked for in all of a layer.
const VIEWS: [(View, Option<Within>); 4] = [
    (View::Json, Some(escapes::json_within)),
    (View::Base64, None),
    (View::Folded, Some(evasions::folded_within)),
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
            None => base64(layer, budget),
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

/// Base64 that holds text, from its beginning.
pub(super) fn base64(layer: &Layer<'_>, budget: &mut Budget) -> Result<Layer<'static>, Exhausted> {
    let mut out = Layer::of(View::Base64);
    for (piece, text) in layer.pieces() {
        let mut at = 0;
        while let Some(run) = long_word(text, at) {
            at = run.end;
            let digits = text.get(run.clone()).unwrap_or_default();
            budget.work(digits.len())?;
            let Some(bytes) = decoded(digits) else {
                continue;
            };
            let above = piece.here.start + run.start..piece.here.start + run.end;
            out.push(above, Scale::Even { above: 4, here: 3 }, |to| {
                to.extend(bytes);
            });
        }
    }
    Ok(out)
}

fn decoded(digits: &[u8]) -> Option<Vec<u8>> {
    let mut head = [0; TRIED / 4 * 3];
    let digits_of_head = digits.get(..TRIED)?;
    BASE64_NOPAD
        .decode_mut(digits_of_head, &mut head)
        .or_else(|_| BASE64URL_NOPAD.decode_mut(digits_of_head, &mut head))
        .ok()?;
    let decode = |digits: &[u8]| {
        BASE64_NOPAD
            .decode(digits)
            .or_else(|_| BASE64URL_NOPAD.decode(digits))
            .ok()
    };
    let plain = |b: &u8| !b.is_ascii_control() || b.is_ascii_whitespace();
    // The last character of the head may be cut in two.
    let is_text = head.iter().all(plain)
        && str::from_utf8(&head).map_or_else(|e| e.error_len().is_none(), |_| true);
    is_text
        .then(|| decode(digits.get(..digits.len() / 4 * 4)?))
        .flatten()
}

/// The next run of base64's alphabet that is long enough. Of a stretch of that
/// length the end is looked at first: what is no base64 there rules out all before it.
fn long_word(text: &[u8], from: usize) -> Option<Range<usize>> {
    let mut start = from;
    loop {
        let stretch = text.get(start..start + LEAST)?;
        if let Some(at) = stretch.iter().rposition(|b| !is_base64(*b)) {
            start += at + 1;
            continue;
        }
        let rest = text.get(start + LEAST..).unwrap_or_default();
        let len = rest.iter().position(|b| !is_base64(*b));
        return Some(start..start + LEAST + len.unwrap_or(rest.len()));
    }
}

#[inline]
pub(super) fn is_base64(b: u8) -> bool {
    BASE64_BYTES.get(usize::from(b)).is_some_and(|is| *is)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::indexing_slicing,
    reason = "evaluated by the compiler; a byte indexes 256 entries"
)]
const BASE64_BYTES: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        let b = byte as u8;
        table[byte] = b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'-' | b'_');
        byte += 1;
    }
    table
};
