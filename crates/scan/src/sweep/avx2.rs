//! The masks of sixty-four bytes with AVX2 instructions.
//!
//! A byte's class comes from two tables, over its lower and its upper half: it
//! belongs to the class where both have its row's bit (the method of simdjson
//! and Hyperscan's Teddy). The only unsafe code of this crate: one call, made
//! where the machine has been asked for the instructions.

use std::arch::x86_64::{
    __m256i, _mm256_and_si256, _mm256_cmpeq_epi8, _mm256_loadu_si256, _mm256_movemask_epi8,
    _mm256_set_epi64x, _mm256_set1_epi8, _mm256_setzero_si256, _mm256_shuffle_epi8,
    _mm256_slli_epi16, _mm256_srli_epi16,
};

use super::buckets::PLACES;
use super::class::{ALNUM, CONTROL, Class, MARK, PHRASE, QUOTE, ROWS, VALUE};
use super::keywords::Keywords;
use super::strip::{Columns, Masks, Told};
use super::{Pass, Sweep, Window};

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
    Pass::new(text, keywords, |window, class| of_class(window, class)).drive(
        |text, columns| fill(text, columns, &tables),
        |told, columns, blocks| tell(told, columns, blocks),
    )
}

#[target_feature(enable = "avx2,bmi1,bmi2,lzcnt,popcnt")]
#[inline(never)]
fn fill(text: &[u8], columns: &mut Columns, tables: &Tables) {
    super::fill(text, |block, window| {
        enter(window, tables, block, columns);
    });
}

#[target_feature(enable = "avx2,bmi1,bmi2,lzcnt,popcnt")]
#[inline(never)]
fn tell(told: &mut Told, columns: &Columns, blocks: usize) {
    told.of(columns, blocks);
}

/// Tables of keywords.
const TABLES: usize = 4;

/// The tables, each twice over: a shuffle looks up sixteen bytes at a time.
struct Tables {
    rows: __m256i,
    classes: [__m256i; 6],
    /// For each place, and of the tables of keywords the anchored one first.
    keywords: [[[__m256i; 2]; TABLES]; PLACES],
}

impl Tables {
    #[target_feature(enable = "avx2")]
    fn new(keywords: &Keywords) -> Self {
        let [a, b, c] = &keywords.loose;
        let all = [&keywords.anchored, a, b, c];
        let zero = _mm256_setzero_si256();
        let mut tables = [[[zero; 2]; TABLES]; PLACES];
        for (place, tables) in tables.iter_mut().enumerate() {
            for (table, buckets) in tables.iter_mut().zip(all) {
                let halves = [&buckets.low, &buckets.high];
                *table = halves.map(|half| half.get(place).map_or(zero, |half| twice(half)));
            }
        }
        Self {
            rows: twice(&ROWS),
            classes: [ALNUM, VALUE, QUOTE, PHRASE, MARK, CONTROL]
                .map(|class| twice(&class.columns)),
            keywords: tables,
        }
    }
}

/// The mask of one class.
#[target_feature(enable = "avx2")]
fn of_class(window: &Window, class: &Class) -> u64 {
    let nibbles = [0, 32].map(|at| split(load(window, at)));
    let rows = nibbles.map(|[_, high]| _mm256_shuffle_epi8(twice(&ROWS), high));
    members(twice(&class.columns), &nibbles, &rows)
}

/// Enters the masks of a block into the columns.
#[target_feature(enable = "avx2")]
#[inline(never)]
fn enter(window: &Window, tables: &Tables, block: usize, columns: &mut Columns) {
    columns.set(block, &masks(window, tables));
}

#[target_feature(enable = "avx2")]
#[inline]
fn masks(window: &Window, tables: &Tables) -> Masks {
    let [anchored, a, b, c] = buckets(window, &tables.keywords);
    let bytes = [load(window, 0), load(window, 32)];
    let nibbles = bytes.map(|bytes| split(bytes));
    let rows = nibbles.map(|[_, high]| _mm256_shuffle_epi8(tables.rows, high));
    let [alnum, value, quote, phrase, mark, control] = tables
        .classes
        .map(|columns| members(columns, &nibbles, &rows));
    let is = |byte: u8| {
        let byte = _mm256_set1_epi8(byte.cast_signed());
        set(bytes.map(|bytes| _mm256_cmpeq_epi8(bytes, byte)))
    };
    // Of letters and digits, the bits of a byte tell which it is.
    let digit = alnum & !set(bytes.map(|bytes| _mm256_slli_epi16(bytes, 1)));
    let lower = set(bytes.map(|bytes| _mm256_slli_epi16(bytes, 2)));
    Masks {
        alnum,
        digit,
        value,
        quote,
        equals: is(b'='),
        slash: is(b'\\'),
        upper: alnum & !digit & !lower,
        phrase,
        mark,
        control,
        high: set(bytes),
        anchored,
        loose: a | b | c,
    }
}

/// The bytes whose row's bit is set for their column.
#[target_feature(enable = "avx2")]
#[inline]
fn members(columns: __m256i, nibbles: &[[__m256i; 2]; 2], rows: &[__m256i; 2]) -> u64 {
    let [[first, _], [second, _]] = *nibbles;
    let is_in = |low: __m256i, row: __m256i| {
        let columns = _mm256_shuffle_epi8(columns, low);
        _mm256_cmpeq_epi8(_mm256_and_si256(columns, row), row)
    };
    let [first_row, second_row] = *rows;
    set([is_in(first, first_row), is_in(second, second_row)])
}

/// For each table, where all four places of some bucket allow the bytes that
/// stand there. Place by place: so what is looked up stays in registers.
#[target_feature(enable = "avx2")]
#[inline]
fn buckets(window: &Window, tables: &[[[__m256i; 2]; TABLES]; PLACES]) -> [u64; TABLES] {
    let mut allowed = [[_mm256_set1_epi8(-1); 2]; TABLES];
    for (place, tables) in tables.iter().enumerate() {
        let halves = [0, 32].map(|half| split(load(window, half + place)));
        for (allowed, table) in allowed.iter_mut().zip(tables) {
            for (allowed, nibbles) in allowed.iter_mut().zip(halves) {
                *allowed = _mm256_and_si256(*allowed, look_up(table, nibbles));
            }
        }
    }
    let zero = _mm256_setzero_si256();
    allowed.map(|allowed| !set(allowed.map(|half| _mm256_cmpeq_epi8(half, zero))))
}

/// Thirty-two bytes of a window.
#[target_feature(enable = "avx2")]
#[inline]
fn load(window: &Window, at: usize) -> __m256i {
    let bytes: &[u8; 32] = window
        .get(at..)
        .and_then(<[u8]>::first_chunk)
        .expect("a window is a block and as much again");
    #[expect(unsafe_code, reason = "a load takes an address")]
    // SAFETY: thirty-two bytes can be read there, and they need no alignment.
    unsafe {
        _mm256_loadu_si256(bytes.as_ptr().cast())
    }
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

    use super::super::WINDOW;
    use super::super::class::{EVEN, NUMBER, SPACED_OR_ESCAPED};
    use super::super::portable;
    use super::*;

    proptest! {
        /// The keyword masks may name more than the portable ones, never less.
        #[test]
        fn the_masks_are_those_made_byte_by_byte(bytes in prop::collection::vec(any::<u8>(), WINDOW)) {
            let window: Window = bytes.try_into().unwrap();
            let keywords = Keywords::of_table();
            let plain = portable::masks(&window, keywords);
            let Some((fast, classes)) = of_machine(&window, keywords) else { return Ok(()) };
            prop_assert_eq!(fast.anchored & plain.anchored, plain.anchored);
            prop_assert_eq!(fast.loose & plain.loose, plain.loose);
            let same = Masks { anchored: plain.anchored, loose: plain.loose, ..fast };
            prop_assert_eq!(same, plain);
            prop_assert_eq!(classes, CLASSES.map(|class| portable::of_class(&window, &class)));
        }
    }

    const CLASSES: [Class; 3] = [EVEN, NUMBER, SPACED_OR_ESCAPED];

    fn of_machine(window: &Window, keywords: &Keywords) -> Option<(Masks, [u64; 3])> {
        if !is_x86_feature_detected!("avx2") {
            println!("skipped: no AVX2");
            return None;
        }
        #[expect(unsafe_code, reason = "as in the function above")]
        // SAFETY: the machine has the instructions, as was just asked.
        Some(unsafe { masks_of(window, keywords) })
    }

    #[target_feature(enable = "avx2")]
    fn masks_of(window: &Window, keywords: &Keywords) -> (Masks, [u64; 3]) {
        let classes = CLASSES.map(|class| of_class(window, &class));
        (masks(window, &Tables::new(keywords)), classes)
    }
}
