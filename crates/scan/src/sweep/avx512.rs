//! The masks of sixty-four bytes with AVX-512 instructions, all sixty-four at
//! once.
//!
//! One lookup in a table of all of ASCII (the instructions of VBMI) says to
//! which classes each byte belongs. So are the parts of keywords looked up, by
//! whole bytes and not by halves: fewer places are named. Unsafe are loads,
//! stores and a call, made where the machine has been asked for the instructions.

use std::arch::x86_64::{
    __m256i, __m512i, _MM_HINT_T0, _mm_prefetch, _mm512_add_epi16, _mm512_and_si512,
    _mm512_castsi512_si256, _mm512_cmpeq_epi8_mask, _mm512_cvtepu8_epi16,
    _mm512_extracti64x4_epi64, _mm512_loadu_si512, _mm512_maskz_compress_epi8,
    _mm512_maskz_permutex2var_epi8, _mm512_movepi8_mask, _mm512_permutex2var_epi8,
    _mm512_set1_epi8, _mm512_set1_epi16, _mm512_storeu_si512, _mm512_test_epi8_mask,
};

use super::buckets::{Buckets, PLACES};
use super::class::{ALNUM, BEHIND, Class, JOINING, MARK, PHRASE, QUOTE, REFERENCE, VALUE};
use super::keywords::Keywords;
use super::strip::{BLOCKS, Columns, Masks};
use super::told::Told;
use super::{BLOCK, Pass, Sweep, Window};

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
    is_x86_feature_detected!("avx512f")
        && is_x86_feature_detected!("avx512bw")
        && is_x86_feature_detected!("avx512vl")
        && is_x86_feature_detected!("avx512vbmi")
        && is_x86_feature_detected!("avx512vbmi2")
        && is_x86_feature_detected!("avx512vpopcntdq")
        && is_x86_feature_detected!("bmi1")
        && is_x86_feature_detected!("bmi2")
        && is_x86_feature_detected!("lzcnt")
        && is_x86_feature_detected!("popcnt")
}

#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512vbmi,avx512vbmi2,avx512vpopcntdq")]
#[target_feature(enable = "bmi1,bmi2,lzcnt,popcnt")]
fn vectored(text: &[u8], keywords: &Keywords) -> Sweep {
    let tables = Tables::new(keywords);
    Pass::new(text, keywords, |window, class| of_class(window, class)).drive(
        |text, columns| fill(text, columns, &tables),
        |told, columns, blocks| tell(told, columns, blocks),
        |to, base, word| write(to, base, word),
    )
}

/// Makes the columns of the first blocks of a text.
#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512vbmi,avx512vbmi2,avx512vpopcntdq")]
#[target_feature(enable = "bmi1,bmi2,lzcnt,popcnt")]
#[inline(never)]
fn fill(text: &[u8], columns: &mut Columns, tables: &Tables) {
    super::fill(text, |block, window| {
        soon(window);
        columns.set(block, &masks(window, tables));
    });
}

/// Has the bytes fetched that are looked at in the next strip: what is done with
/// this one in between makes the machine forget that they come in a row.
#[inline]
pub(super) fn soon(window: &Window) {
    let ahead = window.as_ptr().wrapping_add(BLOCK * BLOCKS);
    #[expect(unsafe_code, reason = "a hint takes an address")]
    // SAFETY: a hint reads nothing, wherever it points.
    unsafe {
        _mm_prefetch::<_MM_HINT_T0>(ahead.cast());
    }
}

#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512vbmi,avx512vbmi2,avx512vpopcntdq")]
#[target_feature(enable = "bmi1,bmi2,lzcnt,popcnt")]
#[inline(never)]
fn tell(told: &mut Told, columns: &Columns, blocks: usize) {
    told.of(columns, blocks);
}

/// Writes the places of a block, all at once.
#[target_feature(enable = "avx512f,avx512bw,avx512vbmi2")]
#[inline]
fn write(to: &mut [u16; BLOCK], base: u16, word: u64) {
    let places = _mm512_maskz_compress_epi8(word, load(&PLACES_OF_BLOCK, 0));
    let base = _mm512_set1_epi16(base.cast_signed());
    let half = |half: __m256i| _mm512_add_epi16(_mm512_cvtepu8_epi16(half), base);
    let [to, rest] = to.as_chunks_mut::<32>().0 else {
        return;
    };
    store(to, half(_mm512_castsi512_si256(places)));
    if word.count_ones() > 32 {
        store(rest, half(_mm512_extracti64x4_epi64::<1>(places)));
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::indexing_slicing,
    reason = "evaluated by the compiler; a block has so few bytes"
)]
const PLACES_OF_BLOCK: [u8; BLOCK] = {
    let mut places = [0; BLOCK];
    let mut at = 0;
    while at < BLOCK {
        places[at] = at as u8;
        at += 1;
    }
    places
};

#[target_feature(enable = "avx512f")]
#[inline]
fn store(to: &mut [u16; 32], places: __m512i) {
    #[expect(unsafe_code, reason = "a store takes an address")]
    // SAFETY: sixty-four bytes can be written there, and they need no alignment.
    unsafe {
        _mm512_storeu_si512(to.as_mut_ptr().cast(), places);
    }
}

/// Something for each byte of ASCII.
type Ascii = [__m512i; 2];

struct Tables {
    /// For each byte, its classes.
    classes: Ascii,
    /// For each place of a part of a keyword, the buckets that allow the byte.
    anchored: [Ascii; PLACES],
    loose: [[Ascii; PLACES]; 3],
}

impl Tables {
    #[target_feature(enable = "avx512f")]
    fn new(keywords: &Keywords) -> Self {
        let of = |buckets: &Buckets| buckets.whole.each_ref().map(|place| ascii(&folded(place)));
        Self {
            classes: ascii(&CLASSES),
            anchored: of(&keywords.anchored),
            loose: keywords.loose.each_ref().map(of),
        }
    }
}

/// Seven bits of a byte are looked up: what a byte past ASCII is allowed, the byte of
/// ASCII is with the same seven.
fn folded(place: &[u8; 256]) -> [u8; 256] {
    let mut folded = *place;
    let (low, high) = folded.split_at_mut(128);
    for (low, high) in low.iter_mut().zip(high) {
        *low |= *high;
    }
    folded
}

/// A bit for each of eight classes.
const CLASSES: [u8; 256] = super::class::bits([
    ALNUM, REFERENCE, VALUE, QUOTE, JOINING, BEHIND, PHRASE, MARK,
]);

/// The masks of a block.
#[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
#[inline]
fn masks(window: &Window, tables: &Tables) -> Masks {
    let bytes = load(window, 0);
    let high = _mm512_movepi8_mask(bytes);
    let [low_half, high_half] = tables.classes;
    let classes = _mm512_maskz_permutex2var_epi8(!high, low_half, bytes, high_half);
    let has =
        |bit: u8| _mm512_test_epi8_mask(classes, _mm512_set1_epi8((1_u8 << bit).cast_signed()));
    let is = |byte: u8| _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8(byte.cast_signed()));
    let alnum = has(0);
    // Of letters and digits, the bits of a byte tell which it is.
    let letter = _mm512_test_epi8_mask(bytes, _mm512_set1_epi8(0x40));
    let lower = _mm512_test_epi8_mask(bytes, _mm512_set1_epi8(0x20));
    let places = std::array::from_fn(|place| load(window, place));
    let [one, two, three] = tables.loose.each_ref().map(|table| allowed(&places, table));
    let loose = one | two | three;
    Masks {
        alnum,
        digit: alnum & !letter,
        upper: alnum & letter & !lower,
        value: has(2),
        quote: has(3),
        joining: has(4),
        behind: has(5),
        phrase: has(6),
        mark: has(7),
        reference: has(1),
        ampersand: is(b'&'),
        slash: is(b'\\'),
        equal: is(b'='),
        high,
        anchored: allowed(&places, &tables.anchored),
        loose,
    }
}

/// The bytes at which some bucket of a table allows what stands at all of its
/// places. A byte past ASCII counts for one of ASCII.
#[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
#[inline]
fn allowed(places: &[__m512i; PLACES], table: &[Ascii; PLACES]) -> u64 {
    let [of_first, of_second, of_third, of_last] = table;
    let [first, second, third, last] = *places;
    let look = |[low_half, high_half]: &Ascii, bytes: __m512i| {
        _mm512_permutex2var_epi8(*low_half, bytes, *high_half)
    };
    let both = _mm512_and_si512(look(of_first, first), look(of_second, second));
    let all = _mm512_and_si512(both, look(of_third, third));
    _mm512_test_epi8_mask(all, look(of_last, last))
}

/// The mask of one class.
#[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
fn of_class(window: &Window, class: &Class) -> u64 {
    let [low_half, high_half] = ascii(&class.members);
    let bytes = load(window, 0);
    let high = _mm512_movepi8_mask(bytes);
    let members = _mm512_maskz_permutex2var_epi8(!high, low_half, bytes, high_half);
    _mm512_test_epi8_mask(members, members)
}

/// A table's first half.
#[target_feature(enable = "avx512f")]
#[inline]
fn ascii(table: &[u8; 256]) -> Ascii {
    [load(table, 0), load(table, 64)]
}

/// Sixty-four bytes of some.
#[target_feature(enable = "avx512f")]
#[inline]
fn load<const N: usize>(bytes: &[u8; N], at: usize) -> __m512i {
    let bytes: &[u8; BLOCK] = bytes
        .get(at..)
        .and_then(<[u8]>::first_chunk)
        .expect("a window is a block and more, a table four of them");
    #[expect(unsafe_code, reason = "a load takes an address")]
    // SAFETY: sixty-four bytes can be read there, and they need no alignment.
    unsafe {
        _mm512_loadu_si512(bytes.as_ptr().cast())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::class::{EVEN, NUMBER, SPACED_OR_ESCAPED};
    use super::super::{WINDOW, places, portable};
    use super::*;

    proptest! {
        /// The keyword masks may name more than the portable ones, never less.
        #[test]
        fn the_masks_are_those_made_byte_by_byte(bytes in prop::collection::vec(any::<u8>(), WINDOW)) {
            let window: Window = bytes.try_into().unwrap();
            let keywords = Keywords::of_table();
            let plain = portable::masks(&window, keywords);
            let Some((mut fast, classes)) = of_machine(&window, keywords) else { return Ok(()) };
            fast.anchored &= plain.anchored;
            fast.loose &= plain.loose;
            prop_assert_eq!(fast, plain);
            prop_assert_eq!(classes, CLASSES.map(|class| portable::of_class(&window, &class)));
        }

        #[test]
        fn the_places_are_those_of_each_bit(word in any::<u64>(), keep in any::<u64>(), base in 0..960_u16) {
            let word = word & keep;
            let (mut fast, mut plain) = ([0; BLOCK], [0; BLOCK]);
            if !is_there() {
                println!("skipped: no AVX-512");
                return Ok(());
            }
            #[expect(unsafe_code, reason = "as in the function above")]
            // SAFETY: the machine has the instructions, as was just asked.
            unsafe {
                write(&mut fast, base, word);
            }
            places::write(&mut plain, base, word);
            let len = word.count_ones() as usize;
            prop_assert_eq!(&fast[..len], &plain[..len]);
        }
    }

    const CLASSES: [Class; 3] = [EVEN, NUMBER, SPACED_OR_ESCAPED];

    fn of_machine(window: &Window, keywords: &Keywords) -> Option<(Masks, [u64; 3])> {
        if !is_there() {
            println!("skipped: no AVX-512");
            return None;
        }
        #[expect(unsafe_code, reason = "as in the function above")]
        // SAFETY: the machine has the instructions, as was just asked.
        Some(unsafe { masks_of(window, keywords) })
    }

    #[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512vbmi")]
    fn masks_of(window: &Window, keywords: &Keywords) -> (Masks, [u64; 3]) {
        let classes = CLASSES.map(|class| of_class(window, &class));
        (masks(window, &Tables::new(keywords)), classes)
    }
}
