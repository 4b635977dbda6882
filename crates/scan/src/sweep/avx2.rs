//! The masks of sixty-four bytes with AVX2 instructions.
//!
//! A byte's classes come from two tables, over its lower and its upper half:
//! a class is where both have its bit (the method of simdjson and Hyperscan's
//! Teddy). The only unsafe code of this crate: one call, made where the
//! machine has been asked for the instructions.

use std::arch::x86_64::{
    __m256i, _mm256_and_si256, _mm256_cmpeq_epi8, _mm256_movemask_epi8, _mm256_or_si256,
    _mm256_set_epi64x, _mm256_set1_epi8, _mm256_setzero_si256, _mm256_shuffle_epi8,
    _mm256_slli_epi16, _mm256_srli_epi16,
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
    loose: [[__m256i; 2]; PLACES],
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
            loose: of(&keywords.loose),
        }
    }
}

/// Which classes a set of rows (upper halves) and columns (lower halves) make.
type Halves = ([u8; 16], [u8; 16]);

/// Digits; letters of the first and of the second row; `a` to `f`; `+-/`;
/// `.~`; `_`; tab and line breaks.
const FIRST: Halves = halves(&[
    (&[3], 0..10),
    (&[4, 6], 1..16),
    (&[5, 7], 0..11),
    (&[4, 6], 1..7),
    (&[2], 11..12),
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

/// Characters of base64 whose fourth bit is not set (four classes) and whose
/// second bit is not set (four times two columns, by the rows' beginnings).
const GROUPS: Halves = {
    let mut halves = halves(&[
        (&[4, 5], 1..9),
        (&[6], 7..15),
        (&[7], 7..11),
        (&[3], 0..4),
        (&[], 0..0),
        (&[], 0..0),
        (&[], 0..0),
        (&[], 0..0),
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
    let low = half(window, 0, tables);
    let high = half(window, 32, tables);
    let join = |of: fn(&Half) -> u32| u64::from(of(&low)) | u64::from(of(&high)) << 32;
    let letter = join(|h| h.letter);
    let small = join(|h| h.small);
    let digit = join(|h| h.digit);
    Masks {
        upper: letter & !small,
        lower: letter & small,
        digit,
        hex_letter: join(|h| h.hex_letter),
        base64_sign: join(|h| h.base64_sign),
        dash: join(|h| h.dash),
        value_sign: join(|h| h.value_sign),
        space: join(|h| h.space),
        line: join(|h| h.line),
        quote: join(|h| h.quote),
        joint: join(|h| h.joint),
        equals: join(|h| h.equals),
        phrase_sign: join(|h| h.phrase_sign),
        hex_sign: join(|h| h.hex_sign),
        ampersand: join(|h| h.ampersand),
        backslash: join(|h| h.backslash),
        percent: join(|h| h.percent),
        zero: join(|h| h.zero),
        high: join(|h| h.high),
        second: join(|h| h.second),
        third: join(|h| h.third) & (letter | digit),
        anchored: join(|h| h.anchored),
        loose: join(|h| h.loose),
    }
}

/// The masks of thirty-two bytes.
struct Half {
    letter: u32,
    /// Bytes with the bit that makes a letter small.
    small: u32,
    digit: u32,
    hex_letter: u32,
    base64_sign: u32,
    dash: u32,
    value_sign: u32,
    space: u32,
    line: u32,
    quote: u32,
    joint: u32,
    equals: u32,
    phrase_sign: u32,
    hex_sign: u32,
    ampersand: u32,
    backslash: u32,
    percent: u32,
    zero: u32,
    high: u32,
    second: u32,
    third: u32,
    anchored: u32,
    loose: u32,
}

#[target_feature(enable = "avx2")]
#[inline]
fn half(window: &[u8; WINDOW], at: usize, tables: &Tables) -> Half {
    let bytes = load(window, at);
    let nibbles = split(bytes);
    let first = look_up(&tables.first, nibbles);
    let second = look_up(&tables.second, nibbles);
    let groups = look_up(&tables.groups, nibbles);
    let is = |byte: u8| _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8(byte.cast_signed()));
    let (plus, dash, slash) = (is(b'+'), is(b'-'), is(b'/'));
    let (dot, bar, ampersand, backslash) = (is(b'.'), is(b'|'), is(b'&'), is(b'\\'));
    let (comma, colon, small_x) = (is(b','), is(b':'), is(b'x'));
    let or = |a, b| _mm256_or_si256(a, b);
    Half {
        letter: bit(first, 1) | bit(first, 2),
        small: bit(bytes, 5),
        digit: bit(first, 0),
        hex_letter: bit(first, 3),
        base64_sign: set(or(or(plus, dash), slash)) | bit(first, 6),
        dash: set(dash),
        value_sign: bit(first, 5),
        space: bit(second, 0),
        line: bit(first, 7) | set(is(b'\r')),
        quote: bit(second, 1) | bit(second, 2) | bit(second, 3),
        joint: set(or(or(or(plus, dot), or(bar, ampersand)), backslash)),
        equals: set(is(b'=')),
        phrase_sign: bit(second, 4)
            | bit(second, 5)
            | bit(second, 6)
            | bit(second, 7)
            | set(or(comma, is(b'>'))),
        hex_sign: set(or(or(comma, colon), small_x)),
        ampersand: set(ampersand),
        backslash: set(backslash),
        percent: set(is(b'%')),
        zero: set(is(0)),
        high: set(bytes),
        second: with(groups, 0x0f),
        third: with(groups, 0x70),
        anchored: buckets(window, at, nibbles, &tables.anchored),
        loose: buckets(window, at, nibbles, &tables.loose),
    }
}

/// Where all four places of some bucket allow the bytes that stand there.
#[target_feature(enable = "avx2")]
#[inline]
fn buckets(
    window: &[u8; WINDOW],
    at: usize,
    first: [__m256i; 2],
    tables: &[[__m256i; 2]; PLACES],
) -> u32 {
    let mut allowed = _mm256_set1_epi8(-1);
    for (place, table) in tables.iter().enumerate() {
        let nibbles = if place == 0 {
            first
        } else {
            split(load(window, at + place))
        };
        allowed = _mm256_and_si256(allowed, look_up(table, nibbles));
    }
    !set(_mm256_cmpeq_epi8(allowed, _mm256_setzero_si256()))
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

/// The bytes whose `n`th bit is set.
#[target_feature(enable = "avx2")]
#[inline]
fn bit(bytes: __m256i, n: i32) -> u32 {
    let shifted = match n {
        0 => _mm256_slli_epi16(bytes, 7),
        1 => _mm256_slli_epi16(bytes, 6),
        2 => _mm256_slli_epi16(bytes, 5),
        3 => _mm256_slli_epi16(bytes, 4),
        4 => _mm256_slli_epi16(bytes, 3),
        5 => _mm256_slli_epi16(bytes, 2),
        6 => _mm256_slli_epi16(bytes, 1),
        _ => bytes,
    };
    set(shifted)
}

/// The bytes that have any of these bits.
#[target_feature(enable = "avx2")]
#[inline]
fn with(bytes: __m256i, bits: i8) -> u32 {
    let some = _mm256_and_si256(bytes, _mm256_set1_epi8(bits));
    !set(_mm256_cmpeq_epi8(some, _mm256_setzero_si256()))
}

/// The bytes whose highest bit is set.
#[target_feature(enable = "avx2")]
#[inline]
fn set(bytes: __m256i) -> u32 {
    _mm256_movemask_epi8(bytes).cast_unsigned()
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
