//! The masks of sixty-four bytes with AVX2 instructions.
//!
//! A byte's class comes from two tables, over its lower and its upper half: it
//! belongs to the class where both have its row's bit (the method of simdjson
//! and Hyperscan's Teddy). The halves of a strip's bytes are made once, and each
//! table goes over all of them while it is in registers. Unsafe are loads, stores
//! and a call, made where the machine has been asked for the instructions.

use std::arch::x86_64::{
    __m256i, _mm256_and_si256, _mm256_cmpeq_epi8, _mm256_loadu_si256, _mm256_movemask_epi8,
    _mm256_set_epi64x, _mm256_set1_epi8, _mm256_setzero_si256, _mm256_shuffle_epi8,
    _mm256_slli_epi16, _mm256_srli_epi16, _mm256_storeu_si256, _mm256_xor_si256,
};

use super::avx512::soon;
use super::buckets::{Buckets, PLACES};
use super::class::{ALNUM, BEHIND, Class, JOINING, MARK, PHRASE, QUOTE, REFERENCE, ROWS, VALUE};
use super::keywords::Keywords;
use super::places;
use super::strip::{BLOCKS, Column, Columns, Masks};
use super::told::Told;
use super::{BLOCK, Pass, Sweep, WINDOW, Window};

/// None where the machine has no such instructions.
pub(super) fn sweep(text: &[u8], keywords: &Keywords) -> Option<Sweep> {
    if !is_there() {
        return None;
    }
    #[expect(unsafe_code, reason = "instructions beyond the platform's baseline")]
    // SAFETY: the machine has the instructions, as was just asked.
    Some(unsafe { vectored(text, keywords) })
}

pub(super) fn is_there() -> bool {
    is_x86_feature_detected!("avx2")
        && is_x86_feature_detected!("bmi1")
        && is_x86_feature_detected!("bmi2")
        && is_x86_feature_detected!("lzcnt")
        && is_x86_feature_detected!("popcnt")
}

#[target_feature(enable = "avx2,bmi1,bmi2,lzcnt,popcnt")]
fn vectored(text: &[u8], keywords: &Keywords) -> Sweep {
    let tables = Tables::new(keywords);
    let mut halves = Halves::new();
    Pass::new(text, keywords, |window, class| of_class(window, class)).drive(
        |text, columns| fill(text, columns, &tables, &mut halves),
        |told, columns, blocks| tell(told, columns, blocks),
        places::write,
    )
}

/// Makes the columns of the first blocks of a text.
#[target_feature(enable = "avx2,bmi1,bmi2,lzcnt,popcnt")]
#[inline(never)]
fn fill(text: &[u8], columns: &mut Columns, tables: &Tables, halves: &mut Halves) {
    super::fill(text, |block, window| {
        soon(window);
        halves.enter(block, window);
        columns.set(block, &masks(window, tables));
    });
    let blocks = text.len().div_ceil(BLOCK).min(BLOCKS);
    // The masks left these two empty.
    let Halves { low, rows, mixed } = halves;
    keywords([low, rows], &tables.anchored, blocks, &mut columns.anchored);
    for table in &tables.loose {
        keywords([low, mixed], table, blocks, &mut columns.loose);
    }
}

#[target_feature(enable = "avx2,bmi1,bmi2,lzcnt,popcnt")]
#[inline(never)]
fn tell(told: &mut Told, columns: &Columns, blocks: usize) {
    told.of(columns, blocks);
}

/// The tables, each twice over: a shuffle looks up sixteen bytes at a time.
struct Tables {
    rows: __m256i,
    classes: [__m256i; 8],
    anchored: Table,
    loose: [Table; 3],
}

/// For each place of a part of a keyword, the buckets for the lower half of a byte
/// and for what it is looked up by besides ([`super::buckets::Lookup`]).
type Table = [[__m256i; 2]; PLACES];

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
            rows: twice(&ROWS),
            classes: [
                ALNUM, VALUE, QUOTE, JOINING, BEHIND, REFERENCE, PHRASE, MARK,
            ]
            .map(|class| twice(&class.columns)),
            anchored: of(&keywords.anchored),
            loose: keywords.loose.each_ref().map(of),
        }
    }
}

/// What the bytes of a strip are looked up by, and those behind it that a keyword's
/// beginning may need.
struct Halves {
    low: Strip,
    rows: Strip,
    mixed: Strip,
}

type Strip = [u8; BLOCKS * BLOCK + WINDOW - BLOCK];

impl Halves {
    fn new() -> Self {
        let [low, rows, mixed] = [[0; _]; 3];
        Self { low, rows, mixed }
    }

    /// Splits the bytes of a block and those behind it.
    #[target_feature(enable = "avx2")]
    #[inline]
    fn enter(&mut self, block: usize, window: &Window) {
        let strips = [&mut self.low, &mut self.rows, &mut self.mixed];
        let [Some(low), Some(rows), Some(mixed)] = strips.map(|strip| window_mut(strip, block))
        else {
            return;
        };
        let mask = _mm256_set1_epi8(15);
        for at in [0, 32, 64] {
            let bytes = load(window, at);
            let upper = _mm256_srli_epi16(bytes, 4);
            store(low, at, _mm256_and_si256(bytes, mask));
            store(
                rows,
                at,
                _mm256_and_si256(_mm256_srli_epi16(bytes, 3), mask),
            );
            store(
                mixed,
                at,
                _mm256_and_si256(_mm256_xor_si256(bytes, upper), mask),
            );
        }
    }
}

/// Adds where all four places of some bucket allow the bytes that stand there.
#[target_feature(enable = "avx2,bmi1,bmi2,lzcnt,popcnt")]
#[inline]
fn keywords([low, upper]: [&Strip; 2], table: &Table, blocks: usize, column: &mut Column) {
    for (block, word) in column.iter_mut().skip(1).take(blocks).enumerate() {
        let (Some(low), Some(upper)) = (window(low, block), window(upper, block)) else {
            return;
        };
        *word |= !set([none(low, upper, 0, table), none(low, upper, 32, table)]);
    }
}

/// A block and what stands behind it.
#[inline]
fn window(strip: &Strip, block: usize) -> Option<&Window> {
    strip.get(block * BLOCK..)?.first_chunk()
}

#[inline]
fn window_mut(strip: &mut Strip, block: usize) -> Option<&mut Window> {
    strip.get_mut(block * BLOCK..)?.first_chunk_mut()
}

/// The bytes at which no bucket of a table allows what stands at all of its
/// places.
#[target_feature(enable = "avx2")]
#[inline]
fn none(low: &Window, high: &Window, half: usize, table: &Table) -> __m256i {
    let mut allowed = _mm256_set1_epi8(-1);
    for (place, [lower, upper]) in table.iter().enumerate() {
        let lower = _mm256_shuffle_epi8(*lower, load(low, half + place));
        let upper = _mm256_shuffle_epi8(*upper, load(high, half + place));
        allowed = _mm256_and_si256(allowed, _mm256_and_si256(lower, upper));
    }
    _mm256_cmpeq_epi8(allowed, _mm256_setzero_si256())
}

/// The mask of one class.
#[target_feature(enable = "avx2")]
fn of_class(window: &Window, class: &Class) -> u64 {
    let nibbles = [0, 32].map(|at| split(load(window, at)));
    let rows = nibbles.map(|[_, high]| _mm256_shuffle_epi8(twice(&ROWS), high));
    members(twice(&class.columns), &nibbles, &rows)
}

/// The masks of a block, but for those of keywords.
#[target_feature(enable = "avx2")]
#[inline]
fn masks(window: &Window, tables: &Tables) -> Masks {
    let bytes = [load(window, 0), load(window, 32)];
    let nibbles = bytes.map(|bytes| split(bytes));
    let rows = nibbles.map(|[_, high]| _mm256_shuffle_epi8(tables.rows, high));
    let [
        alnum,
        value,
        quote,
        joining,
        behind,
        reference,
        phrase,
        mark,
    ] = tables
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
        joining,
        behind,
        reference,
        ampersand: is(b'&'),
        slash: is(b'\\'),
        equal: is(b'='),
        upper: alnum & !digit & !lower,
        phrase,
        mark,
        high: set(bytes),
        anchored: 0,
        loose: 0,
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

/// The same the other way.
#[target_feature(enable = "avx2")]
#[inline]
fn store(window: &mut Window, at: usize, bytes: __m256i) {
    let to: &mut [u8; 32] = window
        .get_mut(at..)
        .and_then(<[u8]>::first_chunk_mut)
        .expect("a window is a block and as much again");
    #[expect(unsafe_code, reason = "a store takes an address")]
    // SAFETY: thirty-two bytes can be written there, and they need no alignment.
    unsafe {
        _mm256_storeu_si256(to.as_mut_ptr().cast(), bytes);
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

    use super::super::class::{EVEN, NUMBER, SPACED_OR_ESCAPED};
    use super::super::portable;
    use super::*;

    proptest! {
        /// The keyword masks may name more than the portable ones, never less.
        #[test]
        fn the_masks_are_those_made_byte_by_byte(bytes in prop::collection::vec(any::<u8>(), WINDOW)) {
            let window: Window = bytes.try_into().unwrap();
            let keywords = Keywords::of_table();
            let mut plain = Columns::default();
            super::super::fill(&window, |block, window| {
                plain.set(block, &portable::masks(window, keywords));
            });
            let Some((mut fast, classes)) = of_machine(&window, keywords) else { return Ok(()) };
            for (fast, plain) in [(&mut fast.anchored, plain.anchored), (&mut fast.loose, plain.loose)] {
                let both = std::array::from_fn(|at| fast[at] & plain[at]);
                *fast = both;
            }
            prop_assert_eq!(fast, plain);
            prop_assert_eq!(classes, CLASSES.map(|class| portable::of_class(&window, &class)));
        }
    }

    const CLASSES: [Class; 3] = [EVEN, NUMBER, SPACED_OR_ESCAPED];

    fn of_machine(window: &Window, keywords: &Keywords) -> Option<(Columns, [u64; 3])> {
        if !is_there() {
            println!("skipped: no AVX2");
            return None;
        }
        #[expect(unsafe_code, reason = "as in the function above")]
        // SAFETY: the machine has the instructions, as was just asked.
        Some(unsafe { masks_of(window, keywords) })
    }

    #[target_feature(enable = "avx2,bmi1,bmi2,lzcnt,popcnt")]
    fn masks_of(window: &Window, keywords: &Keywords) -> (Columns, [u64; 3]) {
        let classes = CLASSES.map(|class| of_class(window, &class));
        let mut columns = Columns::default();
        fill(
            window,
            &mut columns,
            &Tables::new(keywords),
            &mut Halves::new(),
        );
        (columns, classes)
    }
}
