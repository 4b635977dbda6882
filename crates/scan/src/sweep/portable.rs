//! The masks of sixty-four bytes, byte by byte: for machines without the
//! vector instructions, and what those are tested against.

use super::buckets::{Buckets, PLACES};
use super::class::{
    ALNUM, BEHIND, Class, DIGIT, JOINING, MARK, PHRASE, QUOTE, REFERENCE, UPPER, VALUE, bits,
};
use super::keywords::Keywords;
use super::places;
use super::strip::Masks;
use super::told::Told;
use super::{BLOCK, Pass, Sweep, Window, fill};

pub(super) fn sweep(text: &[u8], keywords: &Keywords) -> Sweep {
    Pass::new(text, keywords, of_class).drive(
        |text, columns| {
            fill(text, |block, window| {
                columns.set(block, &masks(window, keywords));
            });
        },
        Told::of,
        places::write,
    )
}

pub(super) fn of_class(window: &Window, class: &Class) -> u64 {
    let bytes = window.iter().take(BLOCK).rev();
    bytes.fold(0, |mask, byte| mask << 1 | u64::from(class.has(*byte)))
}

pub(super) fn masks(window: &Window, keywords: &Keywords) -> Masks {
    let mut masks = Masks::default();
    for (at, &byte) in window.iter().take(BLOCK).enumerate() {
        let of = |table: &[u8; 256]| table.get(usize::from(byte)).copied().unwrap_or(0);
        let classes = u16::from_le_bytes(CLASSES.each_ref().map(of));
        let bit = |class: u16| u64::from(classes & class != 0) << at;
        masks.alnum |= bit(1);
        masks.digit |= bit(2);
        masks.value |= bit(4);
        masks.quote |= bit(8);
        masks.upper |= bit(16);
        masks.phrase |= bit(32);
        masks.mark |= bit(64);
        masks.joining |= bit(128);
        masks.behind |= bit(256);
        masks.reference |= bit(512);
        let is = |is: bool| u64::from(is) << at;
        masks.slash |= is(byte == b'\\');
        masks.ampersand |= is(byte == b'&');
        masks.equal |= is(byte == b'=');
        masks.high |= is(!byte.is_ascii());
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

/// A bit for each class, the lower eight and the upper ones.
const CLASSES: [[u8; 256]; 2] = [
    bits([ALNUM, DIGIT, VALUE, QUOTE, UPPER, PHRASE, MARK, JOINING]),
    bits([BEHIND, REFERENCE]),
];
