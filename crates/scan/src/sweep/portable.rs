//! The masks of sixty-four bytes, byte by byte: for machines without the
//! vector instructions, and what those are tested against.

use super::keywords::{Buckets, Keywords, PLACES};
use super::{BLOCK, Masks, Pass, Sweep, WINDOW};

pub(super) fn sweep(text: &[u8], keywords: &Keywords) -> Sweep {
    Pass::new(text, keywords).drive(masks)
}

pub(super) fn masks(window: &[u8; WINDOW], keywords: &Keywords) -> Masks {
    let mut masks = Masks::default();
    for (at, &byte) in window.iter().take(BLOCK).enumerate() {
        let classes = CLASSES.get(usize::from(byte)).copied().unwrap_or(0);
        let bit = |class: u32| u64::from(classes & class != 0) << at;
        masks.upper |= bit(UPPER);
        masks.lower |= bit(LOWER);
        masks.digit |= bit(DIGIT);
        masks.hex_letter |= bit(HEX_LETTER);
        masks.base64_sign |= bit(BASE64_SIGN);
        masks.dash |= bit(DASH);
        masks.value_sign |= bit(VALUE_SIGN);
        masks.space |= bit(SPACE);
        masks.line |= bit(LINE);
        masks.quote |= bit(QUOTE);
        masks.joint |= bit(JOINT);
        masks.equals |= bit(EQUALS);
        masks.phrase_sign |= bit(PHRASE_SIGN);
        masks.hex_sign |= bit(HEX_SIGN);
        masks.ampersand |= bit(AMPERSAND);
        masks.backslash |= bit(BACKSLASH);
        masks.percent |= bit(PERCENT);
        masks.zero |= bit(ZERO);
        masks.high |= bit(HIGH);
        masks.second |= bit(SECOND);
        masks.third |= bit(THIRD);
        masks.base32_digit |= bit(BASE32_DIGIT);
        let part = window.get(at..at + PLACES).unwrap_or_default();
        masks.anchored |= u64::from(may_be(part, &keywords.anchored)) << at;
        let loose = keywords.loose.iter().any(|buckets| may_be(part, buckets));
        masks.loose |= u64::from(loose) << at;
    }
    masks
}

fn may_be(part: &[u8], buckets: &Buckets) -> bool {
    let allowed = part
        .iter()
        .zip(&buckets.whole)
        .fold(u8::MAX, |all, (byte, table)| {
            all & table.get(usize::from(*byte)).copied().unwrap_or(0)
        });
    allowed != 0
}

const UPPER: u32 = 1;
const LOWER: u32 = 1 << 1;
const DIGIT: u32 = 1 << 2;
const HEX_LETTER: u32 = 1 << 3;
const BASE64_SIGN: u32 = 1 << 4;
const DASH: u32 = 1 << 5;
const VALUE_SIGN: u32 = 1 << 6;
const SPACE: u32 = 1 << 7;
const LINE: u32 = 1 << 8;
const QUOTE: u32 = 1 << 9;
const JOINT: u32 = 1 << 10;
const EQUALS: u32 = 1 << 11;
const PHRASE_SIGN: u32 = 1 << 12;
const HEX_SIGN: u32 = 1 << 13;
const AMPERSAND: u32 = 1 << 14;
const BACKSLASH: u32 = 1 << 15;
const PERCENT: u32 = 1 << 16;
const ZERO: u32 = 1 << 17;
const HIGH: u32 = 1 << 18;
const SECOND: u32 = 1 << 19;
const THIRD: u32 = 1 << 20;
const BASE32_DIGIT: u32 = 1 << 21;

#[expect(
    clippy::cast_possible_truncation,
    clippy::indexing_slicing,
    reason = "evaluated by the compiler; a byte indexes 256 entries"
)]
const CLASSES: [u32; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = classes(byte as u8) | in_group(byte as u8);
        byte += 1;
    }
    table
};

/// What a character of base64 leaves ASCII: the second byte if its fourth bit
/// is not set, the third if its second is not.
const fn in_group(byte: u8) -> u32 {
    let value = match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        _ => return 0,
    };
    let second = if value & 8 == 0 { SECOND } else { 0 };
    let third = if value & 2 == 0 { THIRD } else { 0 };
    second | third
}

const fn classes(byte: u8) -> u32 {
    match byte {
        b'a'..=b'f' => LOWER | HEX_LETTER,
        b'x' => LOWER | HEX_SIGN,
        b'g'..=b'z' => LOWER,
        b'A'..=b'F' => UPPER | HEX_LETTER,
        b'G'..=b'Z' => UPPER,
        b'2'..=b'7' => DIGIT | BASE32_DIGIT,
        b'0'..=b'9' => DIGIT,
        b'+' => BASE64_SIGN | JOINT,
        b'-' => BASE64_SIGN | DASH,
        b'/' | b'_' => BASE64_SIGN,
        b'.' => VALUE_SIGN | JOINT,
        b'~' => VALUE_SIGN,
        b' ' => SPACE,
        b'\t' | b'\n' | b'\r' => LINE,
        b'"' | b'\'' | b'`' => QUOTE,
        b'&' => AMPERSAND | JOINT,
        b'|' => PHRASE_SIGN | JOINT,
        b'\\' => BACKSLASH | JOINT,
        b'%' => PERCENT,
        b'=' => EQUALS,
        b',' | b':' => PHRASE_SIGN | HEX_SIGN,
        b';' | b'#' | b'*' | b'>' | b')' => PHRASE_SIGN,
        0 => ZERO,
        0x80.. => HIGH,
        _ => 0,
    }
}
