//! Backslashes: which of them must be undone wherever they stand, and where
//! one literal goes on in the next.
//!
//! Most escapes of JSON stand for a line break, a tab, a quote or a backslash.
//! They are everywhere in code that is sent, and what stands beside them is
//! read without undoing them. Those that stand for any other character, or
//! that part single characters, literals and lines, are named one by one. A
//! letter behind several backslashes may be an escape in an escaped text, so
//! how many there are is not asked.

use std::ops::Range;

use memchr::memmem;

use super::Run;
use super::class::{BLANK, JOINING, VALUE};
use crate::views::escapes::value_of;

/// The most bytes between two signs that are escaped alike.
const SIGN: usize = 12;
/// Fewer backslashes in a row are told by how far they are from the next.
const MANY: usize = 6;
/// The most bytes between two literals that are one, their escapes escaped.
const MAX_JOINT: usize = 128;

/// Names the last of four backslashes, one at every so many bytes, if they part
/// single characters.
pub(super) fn spread(text: &[u8], at: usize, by: usize, out: &mut Vec<Run>) {
    out.extend(is_apart(text, at, by).then(|| Run::one(at)));
}

/// Names a backslash behind a sign of equality that breaks a line.
pub(super) fn soft(text: &[u8], at: usize, out: &mut Vec<Run>) {
    out.extend(is_soft_break(text, at).then(|| Run::one(at)));
}

/// Names a backslash behind two more, if a run goes on in the next line, or if it
/// is the last of many that part single characters.
pub(super) fn third(text: &[u8], at: usize, out: &mut Vec<Run>) {
    let named = is_next_line(text, at) || parts_characters(text, at);
    out.extend(named.then(|| Run::one(at)));
}

/// Names a backslash that stands for what no other look would see.
pub(super) fn odd(text: &[u8], at: usize, out: &mut Vec<Run>) {
    let next = text.get(at + 1).copied().unwrap_or_default();
    if MAY_BE_ODD.get(usize::from(next)).is_some_and(|odd| *odd) && is_odd(text, at) {
        out.push(Run::one(at));
    }
}

/// Whether a single character of a value stands before this escape and before
/// the last one.
fn is_apart(text: &[u8], at: usize, by: usize) -> bool {
    [at, at - by].into_iter().all(|end| {
        let before = end.checked_sub(2).and_then(|from| text.get(from..end));
        match before {
            // A blank, whatever it is escaped for.
            Some([b'\\', b'n' | b'r' | b't']) => false,
            Some([_, letter]) => VALUE.has(*letter),
            _ => false,
        }
    })
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
fn is_odd(text: &[u8], at: usize) -> bool {
    let rest = text.get(at + 1..).unwrap_or_default();
    let digits = |range: Range<usize>| rest.get(range).and_then(|digits| value_of(digits, 16));
    match rest {
        [b'u' | b'x' | b'o', b'{', ..] => true,
        [b'o', ..] => false,
        [b'U', ..] => digits(1..9).is_some(),
        [b'u' | b'x', ..] => is_odd_code(text, at),
        [b'0'..=b'3', b'0'..=b'7', b'0'..=b'7', ..] => is_odd_code(text, at),
        // As style sheets have it.
        [b'0'..=b'7', _, b' ', ..] => digits(0..2).is_some(),
        [b'0'..=b'7', ..] => false,
        _ => true,
    }
}

/// The same of one with the number of a character or a byte.
fn is_odd_code(text: &[u8], at: usize) -> bool {
    let code = |at: usize| {
        let rest = text.get(at..)?;
        match rest.get(..2)? {
            b"\\u" => Some((value_of(rest.get(2..6)?, 16)?, 6)),
            b"\\x" => Some((value_of(rest.get(2..4)?, 16)?, 4)),
            [b'\\', b'0'..=b'3'] => Some((value_of(rest.get(1..4)?, 8)?, 4)),
            _ => None,
        }
    };
    let Some((this, len)) = code(at) else {
        return false;
    };
    let next = || code(at + len).map(|(next, _)| next);
    match this {
        // Of UTF-16, but not where all is zero.
        0 => next() != Some(0),
        // Blanks, what is in the signs of packed data, and what begins a colour.
        9..=13 | 1 | 3 | 4 | 8 | 0x1b | 0x1f | 0x8b | 0x9c | 0xb5 | 0xda | 0xfd => true,
        // No other control character is part of anything, nor is a byte that
        // has no place in UTF-8, unless it is a sign between characters.
        0..0x20 | 0x7f => is_sign(text, at, len),
        lead @ 0x80..=0xff if len == 4 => {
            let begins = matches!(lead, 0xc2..=0xf4) && matches!(next(), Some(0x80..=0xbf));
            begins || is_half(text, at, len) || is_sign(text, at, len)
        }
        _ => true,
    }
}

/// Whether the same escape stands again behind a character or a few.
fn is_sign(text: &[u8], at: usize, len: usize) -> bool {
    let (Some(escape), Some(rest)) = (text.get(at..at + len), text.get(at + len..)) else {
        return false;
    };
    // Bytes in a row are no text.
    let in_row = match rest {
        [b'\\', next, ..] => MAY_BE_ODD.get(usize::from(*next)) == Some(&true),
        _ => false,
    };
    let near = rest.get(..len + SIGN).unwrap_or(rest);
    !in_row && memmem::find(near, escape).is_some()
}

/// Whether a byte of UTF-8 beside this one is not escaped, or in another way.
fn is_half(text: &[u8], at: usize, len: usize) -> bool {
    let before = at.checked_sub(1).and_then(|at| text.get(at));
    let is_raw = |byte: Option<&u8>| byte.is_some_and(|b| !b.is_ascii());
    is_raw(before) || is_raw(text.get(at + len)) || text.get(at + len) == Some(&b'%')
}

/// An escaped backslash before an escaped line break, in the middle of a run, or
/// behind a blank in a number: it goes on in the next line.
fn is_next_line(text: &[u8], at: usize) -> bool {
    if !matches!(text.get(at + 1), Some(b'n' | b'r')) {
        return false;
    }
    let before = text.get(..at).unwrap_or_default();
    let slashes = before.iter().rev().take_while(|b| **b == b'\\').count();
    match before.get(..before.len() - slashes) {
        // The letter of an escape is none of the run.
        Some([.., b'\\', b'n' | b'r' | b't']) => false,
        Some([.., b'0'..=b'9', b' ']) => matches!(text.get(at + 2), Some(b'0'..=b'9' | b'\\')),
        Some([.., last]) => VALUE.has(*last),
        _ => false,
    }
}

/// The last of as many backslashes as a sign has that is escaped three times and
/// more, with a single character before them and another behind the sign.
fn parts_characters(text: &[u8], at: usize) -> bool {
    let byte = |at: usize| text.get(at).copied().unwrap_or_default();
    if byte(at + 1) == b'\\' {
        return false;
    }
    let before = text.get(..=at).unwrap_or_default();
    let slashes = before.iter().rev().take_while(|b| **b == b'\\').count();
    let Some([.., first, second, last]) = before.get(..before.len() - slashes) else {
        return false;
    };
    // The sign between them may be a backslash itself.
    let alone = *second == b'\\' || (*first == b'\\' && !VALUE.has(*second));
    let signs = usize::from(!VALUE.has(byte(at + 1)));
    slashes >= MANY
        && VALUE.has(*last)
        && alone
        && VALUE.has(byte(at + 1 + signs))
        && byte(at + 2 + signs) == b'\\'
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
    let rest = text.get(at + 1..).unwrap_or_default();
    let rest = rest.get(..MAX_JOINT).unwrap_or(rest);
    // What ends most literals, before anything else is asked.
    if !rest.first().is_some_and(|b| JOINING.has(*b)) {
        return None;
    }
    let (before, escaped) = before_slashes(text, at);
    if !before.is_some_and(|b| VALUE.has(b)) {
        return None;
    }
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
