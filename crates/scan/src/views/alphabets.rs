//! What the characters of an encoding stand for, and what of it is text: shared
//! by the views of encodings that few use.

use crate::views::packed;

/// What each byte stands for, [`NONE`] for nothing.
pub(super) type Alphabet = [u8; 256];
const NONE: u8 = u8::MAX;

/// Characters of a text in a row that a credential has at least.
pub(super) const IN_A_ROW: usize = 12;

/// Digits in the order of their values.
#[expect(
    clippy::cast_possible_truncation,
    clippy::indexing_slicing,
    reason = "evaluated by the compiler; a byte indexes 256 entries"
)]
pub(super) const fn alphabet(digits: &[u8]) -> Alphabet {
    let mut table = [NONE; 256];
    let mut at = 0;
    while at < digits.len() {
        table[digits[at] as usize] = at as u8;
        at += 1;
    }
    table
}

/// The same, where letters count in either case.
#[expect(
    clippy::indexing_slicing,
    reason = "evaluated by the compiler; a byte indexes 256 entries"
)]
pub(super) const fn in_either_case(capitals: &[u8]) -> Alphabet {
    let mut table = alphabet(capitals);
    let mut at = 0;
    while at < capitals.len() {
        table[capitals[at].to_ascii_lowercase() as usize] = table[capitals[at] as usize];
        at += 1;
    }
    table
}

/// What a digit stands for.
#[inline]
pub(super) fn digit(alphabet: &Alphabet, byte: u8) -> Option<u8> {
    let digit = alphabet.get(usize::from(byte)).copied();
    digit.filter(|digit| *digit != NONE)
}

/// Whether a byte is one of a text in ASCII.
#[inline]
pub(super) fn is_text(byte: u8) -> bool {
    byte.is_ascii_graphic() || byte.is_ascii_whitespace()
}

/// Whether so much of these bytes is text that a credential may stand in it.
pub(super) fn has_text(bytes: &[u8]) -> bool {
    let mut rows = bytes.split(|b| !is_text(*b));
    rows.any(|row| row.len() >= IN_A_ROW)
}

/// Whether a credential may stand in these bytes, as text or packed.
pub(super) fn may_hold(bytes: &[u8]) -> bool {
    has_text(bytes) || packed::begins(bytes)
}
