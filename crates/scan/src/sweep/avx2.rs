//! The masks of sixty-four bytes with AVX2 instructions.
//!
//! A byte's classes come from two tables, over its lower and its upper half:
//! a class is where both have its bit (the method of simdjson and Hyperscan's
//! Teddy). The only unsafe code of this crate: one call, made where the
//! machine has been asked for the instructions.

use std::arch::x86_64::{
    __m256i, _mm256_and_si256, _mm256_cmpeq_epi8, _mm256_movemask_epi8, _mm256_set_epi64x,
    _mm256_set1_epi8, _mm256_setzero_si256, _mm256_shuffle_epi8, _mm256_slli_epi16,
    _mm256_srli_epi16,
};

use super::keywords::{Buckets, Keywords, PLACES};
use super::{Masks, Pass, Sweep, WINDOW};

/// None where the machine has no such instructions.
pub(super) fn sweep(text: &[u8], keywords: &Keywords) -> Option<Sweep> {
    if !(is_x86_feature_detected!("avx2")
        && is_x86_feature_detected!("bmi1")
        && is_x86_feature_detected!("bmi2")
        && is_x86_feature_detected!("lzcnt")
        && is_x86_feature_detected!("popcnt"))
    {
        return None;
    }
    #[expect(unsafe_code, reason = "instructions beyond the platform's baseline")]
    // SAFETY: the machine has the instructions, as was just asked.
    Some(unsafe { vectored(text, keywords) })
}

#[target_feature(enable = "avx2,bmi1,bmi2,lzcnt,popcnt")]
fn vectored(text: &[u8], keywords: &Keywords) -> Sweep {
    let tables = Tables::new(keywords);
    Pass::new(text, keywords).drive(|window, _| masks(window, &tables))
}

/// The tables, each twice over: a shuffle looks up sixteen bytes at a time.
struct Tables {
    first: [__m256i; 2],
    second: [__m256i; 2],
    groups: [__m256i; 2],
    anchored: [[__m256i; 2]; PLACES],
    loose: [[[__m256i; 2]; PLACES]; 2],
}

impl Tables {
    #[target_feature(enable = "avx2")]
    fn new(keywords: &Keywords) -> Self {
        let of = |buckets: &Buckets| {
            let mut tables = [[_mm256_setzero_si256(); 2]; PLACES];
            let halves = buckets.low.iter().zip(&buckets.high);
            for (table, (low, high)) in tables.iter_mut().zip(halves) {
                *table = [twice(low), twice(high)];
            }
            tables
        };
        Self {
            first: [twice(&FIRST.0), twice(&FIRST.1)],
            second: [twice(&SECOND.0), twice(&SECOND.1)],
            groups: [twice(&GROUPS.0), twice(&GROUPS.1)],
            anchored: of(&keywords.anchored),
            loose: [of(&keywords.loose[0]), of(&keywords.loose[1])],
        }
    }
}

/// Which classes a set of rows (upper halves) and columns (lower halves) make.
type Halves = ([u8; 16], [u8; 16]);

/// Digits; letters of the first and of the second row; `a` to `f`; `/`; `.~`;
/// `_`; tab and line feed.
const FIRST: Halves = halves(&[
    (&[3], 0..10),
    (&[4, 6], 1..16),
    (&[5, 7], 0..11),
    (&[4, 6], 1..7),
    (&[2], 15..16),
    (&[2, 7], 14..15),
    (&[5], 15..16),
    (&[0], 9..11),
]);
/// Space; `"`; `'`; the backtick; `#`; `)*`; `:;`; `|`.
const SECOND: Halves = halves(&[
    (&[2], 0..1),
    (&[2], 2..3),
    (&[2], 7..8),
    (&[6], 0..1),
    (&[2], 3..4),
    (&[2], 9..11),
    (&[3], 10..12),
    (&[7], 12..13),
]);

/// Characters of base64 whose fourth bit is not set, in four classes; whose
/// second bit is not set, in three; and the digits of base32.
#[expect(clippy::indexing_slicing, reason = "evaluated by the compiler")]
const GROUPS: Halves = {
    let mut halves = halves(&[
        (&[4, 5], 1..9),
        (&[6], 7..15),
        (&[7], 7..11),
        (&[3], 0..4),
        (&[], 0..0),
        (&[], 0..0),
        (&[], 0..0),
        (&[3], 2..8),
    ]);
    let mut column: usize = 0;
    while column < 16 {
        // `A` is 0, `a` is 26, `0` is 52.
        if column.wrapping_sub(1) & 2 == 0 {
            halves.0[column] |= 1 << 4;
        }
        if (column + 1) & 2 == 0 {
            halves.0[column] |= 1 << 5;
        }
        if column & 2 == 0 {
            halves.0[column] |= 1 << 6;
        }
        column += 1;
    }
    halves.1[4] |= 1 << 4;
    halves.1[5] |= 1 << 4;
    halves.1[6] |= 1 << 5;
    halves.1[7] |= 1 << 5;
    halves.1[3] |= 1 << 6;
    halves
};

#[expect(clippy::indexing_slicing, reason = "evaluated by the compiler")]
const fn halves(classes: &[(&[usize], std::ops::Range<usize>); 8]) -> Halves {
    let (mut low, mut high) = ([0; 16], [0; 16]);
    let mut class = 0;
    while class < 8 {
        let (rows, columns) = &classes[class];
        let mut column = columns.start;
        while column < columns.end {
            low[column] |= 1 << class;
            column += 1;
        }
        let mut row = 0;
        while row < rows.len() {
            high[rows[row]] |= 1 << class;
            row += 1;
        }
        class += 1;
    }
    (low, high)
}

#[target_feature(enable = "avx2")]
fn masks(window: &[u8; WINDOW], tables: &Tables) -> Masks {
    let bytes = [load(window, 0), load(window, 32)];
    let nibbles = bytes.map(|bytes| split(bytes));
    let classes = |table: &[__m256i; 2]| nibbles.map(|nibbles| look_up(table, nibbles));
    let first = classes(&tables.first);
    let second = classes(&tables.second);
    let groups = classes(&tables.groups);
    let is = |byte: u8| {
        let byte = _mm256_set1_epi8(byte.cast_signed());
        bytes.map(|bytes| _mm256_cmpeq_epi8(bytes, byte))
    };
    let at = |place: usize| [0, 32].map(|half| split(load(window, half + place)));
    let places = [nibbles, at(1), at(2), at(3)];
    let letter = bit::<6>(first) | bit::<5>(first);
    let small = bit::<2>(bytes);
    let digit = bit::<7>(first);
    let plus = set(is(b'+'));
    let dash = set(is(b'-'));
    let dot = set(is(b'.'));
    let bar = bit::<0>(second);
    let ampersand = set(is(b'&'));
    let backslash = set(is(b'\\'));
    let comma = set(is(b','));
    Masks {
        upper: letter & !small,
        lower: letter & small,
        digit,
        hex_letter: bit::<4>(first),
        base64_sign: plus | dash | bit::<3>(first) | bit::<1>(first),
        dash,
        value_sign: bit::<2>(first),
        space: bit::<7>(second),
        line: bit::<0>(first) | set(is(b'\r')),
        quote: bit::<6>(second) | bit::<5>(second) | bit::<4>(second),
        joint: plus | dot | bar | ampersand | backslash,
        equals: set(is(b'=')),
        phrase_sign: bit::<3>(second)
            | bit::<2>(second)
            | bit::<1>(second)
            | bar
            | comma
            | set(is(b'>')),
        hex_sign: comma | set(is(b':')) | set(is(b'x')),
        ampersand,
        backslash,
        percent: set(is(b'%')),
        zero: set(is(0)),
        high: set(bytes),
        second: with(groups, 0x0f),
        third: with(groups, 0x70) & (letter | digit),
        base32_digit: set(groups),
        anchored: buckets(&places, &tables.anchored),
        loose: buckets(&places, &tables.loose[0]) | buckets(&places, &tables.loose[1]),
    }
}

/// The half bytes of both halves of a block, at one of the places of a part.
type Place = [[__m256i; 2]; 2];

/// Where all four places of some bucket allow the bytes that stand there.
#[target_feature(enable = "avx2")]
#[inline]
fn buckets(places: &[Place; PLACES], tables: &[[__m256i; 2]; PLACES]) -> u64 {
    let zero = _mm256_setzero_si256();
    let mut allowed = [_mm256_set1_epi8(-1); 2];
    for (place, table) in places.iter().zip(tables) {
        for (allowed, nibbles) in allowed.iter_mut().zip(place) {
            *allowed = _mm256_and_si256(*allowed, look_up(table, *nibbles));
        }
    }
    !set(allowed.map(|allowed| _mm256_cmpeq_epi8(allowed, zero)))
}

#[target_feature(enable = "avx2")]
#[inline]
fn load(window: &[u8; WINDOW], at: usize) -> __m256i {
    let part = |at: usize| {
        let eight = window.get(at..).and_then(<[u8]>::first_chunk);
        i64::from_le_bytes(eight.copied().unwrap_or_default())
    };
    _mm256_set_epi64x(part(at + 24), part(at + 16), part(at + 8), part(at))
}

/// The lower and the upper halves of the bytes.
#[target_feature(enable = "avx2")]
#[inline]
fn split(bytes: __m256i) -> [__m256i; 2] {
    let mask = _mm256_set1_epi8(15);
    [
        _mm256_and_si256(bytes, mask),
        _mm256_and_si256(_mm256_srli_epi16(bytes, 4), mask),
    ]
}

#[target_feature(enable = "avx2")]
#[inline]
fn look_up([low, high]: &[__m256i; 2], [lower, upper]: [__m256i; 2]) -> __m256i {
    _mm256_and_si256(
        _mm256_shuffle_epi8(*low, lower),
        _mm256_shuffle_epi8(*high, upper),
    )
}

/// The bytes with the bit that so many places to the left make the highest.
#[target_feature(enable = "avx2")]
#[inline]
fn bit<const LEFT: i32>(bytes: [__m256i; 2]) -> u64 {
    set(bytes.map(|bytes| _mm256_slli_epi16::<LEFT>(bytes)))
}

/// The bytes that have any of these bits.
#[target_feature(enable = "avx2")]
#[inline]
fn with(bytes: [__m256i; 2], bits: i8) -> u64 {
    let zero = _mm256_setzero_si256();
    let none = bytes.map(|bytes| {
        let some = _mm256_and_si256(bytes, _mm256_set1_epi8(bits));
        _mm256_cmpeq_epi8(some, zero)
    });
    !set(none)
}

/// The bytes whose highest bit is set.
#[target_feature(enable = "avx2")]
#[inline]
fn set([low, high]: [__m256i; 2]) -> u64 {
    let mask = |bytes| u64::from(_mm256_movemask_epi8(bytes).cast_unsigned());
    mask(low) | mask(high) << 32
}

#[target_feature(enable = "avx2")]
#[inline]
fn twice(table: &[u8; 16]) -> __m256i {
    let part = |at: usize| {
        let eight = table.get(at..).and_then(<[u8]>::first_chunk);
        i64::from_le_bytes(eight.copied().unwrap_or_default())
    };
    _mm256_set_epi64x(part(8), part(0), part(8), part(0))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// The keyword masks may name more than the portable ones, never less.
        #[test]
        fn the_masks_are_those_made_byte_by_byte(bytes in prop::collection::vec(any::<u8>(), WINDOW)) {
            let window: [u8; WINDOW] = bytes.try_into().unwrap();
            let keywords = Keywords::of_table();
            let plain = super::super::portable::masks(&window, keywords);
            let Some(fast) = of_machine(&window, keywords) else { return Ok(()) };
            prop_assert_eq!(fast.anchored & plain.anchored, plain.anchored);
            prop_assert_eq!(fast.loose & plain.loose, plain.loose);
            let same = Masks { anchored: plain.anchored, loose: plain.loose, ..fast };
            prop_assert_eq!(same, plain);
        }
    }

    fn of_machine(window: &[u8; WINDOW], keywords: &Keywords) -> Option<Masks> {
        if !is_x86_feature_detected!("avx2") {
            println!("skipped: no AVX2");
            return None;
        }
        #[expect(unsafe_code, reason = "as in the function above")]
        // SAFETY: the machine has the instructions, as was just asked.
        Some(unsafe { masks_of(window, keywords) })
    }

    #[target_feature(enable = "avx2")]
    fn masks_of(window: &[u8; WINDOW], keywords: &Keywords) -> Masks {
        masks(window, &Tables::new(keywords))
    }
}
