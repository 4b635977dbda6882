//! The views of a text that somebody is to read: what a browser, a JSON parser
//! or a curious agent makes of it. Fewer than those of what is sent, for an
//! instruction that nobody decodes instructs nobody; each has a cheap sign
//! without which it is not made.

use data_encoding::{BASE64_NOPAD, BASE64URL_NOPAD};
use memchr::memchr;

use crate::budget::{Budget, Exhausted};
use crate::finding::View;
use crate::sweep::Sweep;
use crate::views::{Chain, Layer, Scale, escapes, evasions};

/// How many of these views are followed on one another.
const DEPTH: usize = 2;
/// The shortest base64 that could hold an instruction.
const LEAST: usize = 32;
/// Of base64, so much is decoded to see whether it is text.
const TRIED: usize = 24;

/// Makes one view of a layer.
type Decode = fn(&Layer<'_>, &Sweep, &mut Budget) -> Result<Layer<'static>, Exhausted>;
/// Whether a text shows the sign of it.
type Sign = fn(&[u8]) -> bool;

const VIEWS: [(Sign, Decode); 4] = [
    (|text| memchr(b'\\', text).is_some(), escapes::json),
    (|text| text.len() >= LEAST, base64),
    (hides_letters, evasions::folded),
    (|text| memchr(b'&', text).is_some(), evasions::html),
];

/// Calls `look` on the input and on each view of it.
pub(super) fn walk<F>(input: &[u8], budget: &mut Budget, look: &mut F) -> Result<(), Exhausted>
where
    F: FnMut(&Chain<'_>, &mut Budget) -> Result<(), Exhausted>,
{
    let raw = Layer::raw(input);
    let chain = Chain::root(&raw);
    budget.work(input.len())?;
    look(&chain, budget)?;
    below(&chain, DEPTH, budget, look)
}

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
    for (sign, decode) in VIEWS {
        if !sign(chain.layer().bytes()) {
            continue;
        }
        // These views look for their signs themselves.
        let layer = decode(chain.layer(), &Sweep::default(), budget)?;
        if layer.is_empty() {
            continue;
        }
        let chain = chain.with(&layer);
        look(&chain, budget)?;
        below(&chain, depth, budget, look)?;
    }
    Ok(())
}

/// Base64 that holds text, from its beginning.
fn base64(layer: &Layer<'_>, _: &Sweep, budget: &mut Budget) -> Result<Layer<'static>, Exhausted> {
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
    let decode = |digits: &[u8]| {
        BASE64_NOPAD
            .decode(digits)
            .or_else(|_| BASE64URL_NOPAD.decode(digits))
            .ok()
    };
    let head = decode(digits.get(..TRIED)?)?;
    let plain = |b: &u8| !b.is_ascii_control() || b.is_ascii_whitespace();
    // The last character of the head may be cut in two.
    let is_text = head.iter().all(plain)
        && str::from_utf8(&head).map_or_else(|e| e.error_len().is_none(), |_| true);
    is_text
        .then(|| decode(digits.get(..digits.len() / 4 * 4)?))
        .flatten()
}

/// The next run of base64's alphabet that is long enough: one in so many bytes
/// is looked at, and what stands around it only where that fits.
fn long_word(text: &[u8], from: usize) -> Option<std::ops::Range<usize>> {
    let is_in = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'-' | b'_');
    let mut start = from;
    while let Some(&probe) = text.get(start + LEAST - 1) {
        if !is_in(probe) {
            start += LEAST;
            continue;
        }
        let before = text.get(start..start + LEAST - 1).unwrap_or_default();
        let first = start
            + before
                .iter()
                .rposition(|b| !is_in(*b))
                .map_or(0, |at| at + 1);
        let rest = text.get(start + LEAST..).unwrap_or_default();
        let len = rest.iter().position(|b| !is_in(*b)).unwrap_or(rest.len());
        let end = start + LEAST + len;
        if end - first >= LEAST {
            return Some(first..end);
        }
        start = end + 1;
    }
    None
}

/// Whether there are characters that do not show, or read like others: bytes
/// that begin Greek, Cyrillic, and the blocks of compatibility forms.
fn hides_letters(text: &[u8]) -> bool {
    if text.is_ascii() {
        return false;
    }
    let mut rest = text;
    while let Some(at) = rest.iter().position(|b| !b.is_ascii()) {
        rest = rest.get(at..).unwrap_or_default();
        let [first, second, third] = match rest {
            [a, b, c, ..] => [*a, *b, *c],
            [a, b] => [*a, *b, 0],
            _ => return false,
        };
        let hidden = match (first, second) {
            (0xc2, second) => second == 0xad,
            (0xcc..=0xd4 | 0xf0 | 0xf3, _) | (0xef, 0xbb..=0xbd) => true,
            (0xe2, 0x80) => matches!(third, 0x8b..=0x8f | 0xaa..=0xae),
            (0xe2, 0x81) => third >= 0xa0,
            (0xe1, second) => second >= 0xb4,
            _ => false,
        };
        if hidden {
            return true;
        }
        rest = rest.get(1..).unwrap_or_default();
    }
    false
}
