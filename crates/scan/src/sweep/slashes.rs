//! Backslashes: which of them must be undone wherever they stand, and where
//! one literal goes on in the next.
//!
//! Most escapes of JSON stand for a line break, a tab, a quote or a backslash.
//! They are everywhere in code that is sent, and what stands beside them is
//! read without undoing them. Those that stand for any other character, or
//! that part single characters, literals and lines, are named one by one. A
//! letter behind several backslashes may be an escape in an escaped text, so
//! how many there are is not asked.

use super::class::{BLANK, VALUE};
use super::{Run, each};

/// The most bytes between two literals that are one, their escapes escaped.
const MAX_JOINT: usize = 128;

/// Backslashes of a block.
#[derive(Clone, Copy)]
pub(super) struct Slashes {
    pub(super) all: u64,
    /// Those behind what may be a sign of equality.
    pub(super) soft: u64,
    /// Those behind two more.
    pub(super) third: u64,
}

/// Names the backslashes of a block that must be undone.
#[inline(always)]
#[expect(
    clippy::inline_always,
    reason = "compiled once for each instruction set"
)]
pub(super) fn step(text: &[u8], base: usize, slashes: Slashes, out: &mut Vec<Run>) {
    let slash = slashes.all;
    // One at every third to fifth byte: characters with escapes between them.
    let apart = |by: u32| slash & slash >> by & slash >> (2 * by) & slash >> (3 * by);
    each(apart(3) | apart(4) | apart(5), |at| {
        out.push(Run::one(base + at));
    });
    each(slashes.soft, |at| {
        if is_soft_break(text, base + at) {
            out.push(Run::one(base + at));
        }
    });
    // An escaped backslash before an escaped line break: the next line goes on.
    each(slashes.third, |at| {
        let breaks = matches!(text.get(base + at + 1), Some(b'n' | b'r'));
        // Behind a blank it parts words.
        if breaks && before_slashes(text, base + at).0 != Some(b' ') {
            out.push(Run::one(base + at));
        }
    });
    each(slash, |at| {
        let next = text.get(base + at + 1).copied().unwrap_or_default();
        if MAY_BE_ODD.get(usize::from(next)).is_some_and(|odd| *odd) && is_odd(text, base + at) {
            out.push(Run::one(base + at));
        }
    });
}

/// What an escape has behind its backslash that stands for no blank, quote or
/// backslash.
#[expect(clippy::indexing_slicing, reason = "evaluated by the compiler")]
const MAY_BE_ODD: [bool; 256] = {
    let mut odd = [false; 256];
    let all = b"ux/'\n\r01234567Uo";
    let mut at = 0;
    while at < all.len() {
        odd[all[at] as usize] = true;
        at += 1;
    }
    odd
};

/// Whether an escape stands for what no other look would see.
#[inline(never)]
fn is_odd(text: &[u8], at: usize) -> bool {
    let digits = |len: usize, is: fn(&u8) -> bool| {
        let digits = text.get(at + 2..at + 2 + len);
        digits.is_some_and(|digits| digits.iter().all(is))
    };
    match text.get(at + 1) {
        Some(b'u') => text.get(at + 2) == Some(&b'{') || digits(4, u8::is_ascii_hexdigit),
        Some(b'x') => text.get(at + 2) == Some(&b'{') || digits(2, u8::is_ascii_hexdigit),
        Some(b'o') => text.get(at + 2) == Some(&b'{'),
        Some(b'U') => digits(8, u8::is_ascii_hexdigit),
        Some(b'0'..=b'3') if digits(2, |b| matches!(b, b'0'..=b'7')) => true,
        Some(b'0'..=b'7') => digits(1, u8::is_ascii_hexdigit) && text.get(at + 3) == Some(&b' '),
        _ => true,
    }
}

/// A line break of quoted-printable that is escaped itself.
fn is_soft_break(text: &[u8], at: usize) -> bool {
    if at.checked_sub(1).and_then(|at| text.get(at)) != Some(&b'=') {
        return false;
    }
    let rest = text.get(at..).unwrap_or_default();
    let slashes = rest.iter().take_while(|b| **b == b'\\').count();
    match rest.get(slashes..) {
        Some([b'n' | b'r', next, ..]) => !BLANK.has(*next),
        _ => false,
    }
}

/// How a literal may go on in another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Joint {
    Plain,
    /// With escapes between the two.
    Parted,
    /// The quotes are escaped too.
    Escaped,
}

/// How the literal that ends with the quote at `at` may go on in another:
/// nothing but blanks, escapes and a sign or two up to the next quote.
#[inline]
pub(super) fn joint(text: &[u8], at: usize) -> Option<Joint> {
    let (before, escaped) = before_slashes(text, at);
    if !before.is_some_and(|b| VALUE.has(b)) {
        return None;
    }
    let rest = text.get(at + 1..).unwrap_or_default();
    let rest = rest.get(..MAX_JOINT).unwrap_or(rest);
    let (mut signs, mut between) = (0, 0);
    let mut last = 0;
    let mut joint = if escaped {
        Joint::Escaped
    } else {
        Joint::Plain
    };
    for (at, byte) in rest.iter().enumerate() {
        match byte {
            b' ' | b'\t' | b'\n' | b'\r' => between += 1,
            b'\\' if escaped => {}
            b'\\' => joint = Joint::Parted,
            b'n' | b'r' | b't' if last == b'\\' => between += 1,
            // A single bar parts the members of a type: `"us1" | "us2"`.
            b'|' if signs == 0 && rest.get(at + 1) != Some(&b'|') => return None,
            b'+' | b'.' | b'&' | b'|' if signs < 2 => {
                signs += 1;
                between += 1;
            }
            // With nothing between them, three quotes of some language.
            b'"' | b'\'' | b'`' => {
                let goes_on = |b: &&u8| VALUE.has(**b) || **b == b'\\';
                let next = rest.get(at + 1).filter(|_| between > 0);
                return next.filter(goes_on).map(|_| joint);
            }
            _ => return None,
        }
        last = *byte;
    }
    None
}

/// What stands before the backslashes that end before `at`, and whether there
/// are any.
fn before_slashes(text: &[u8], at: usize) -> (Option<u8>, bool) {
    let before = text.get(..at).unwrap_or_default();
    let is_escaped = before.last() == Some(&b'\\');
    let first = before.iter().rev().find(|b| **b != b'\\');
    (first.copied(), is_escaped)
}
