//! The search for many short texts at once.
//!
//! Each is at least six bytes long, so that one of every three places in a text that
//! holds it shows four of them: a table says of each such place whether it may be one,
//! and nearly always says no. The few shorter texts are looked for besides. Letters of
//! either case are one, for the fifth bit of every byte is set.

use aho_corasick::packed;
use aho_corasick::{AhoCorasick, AhoCorasickKind};

use super::parts::{PART, SHORT};

/// Bytes that are looked up together.
const GRAM: usize = 4;
const GRAM_BITS: u64 = (1 << (8 * GRAM)) - 1;
/// One place in so many is looked at.
const STRIDE: usize = PART - GRAM + 1;
/// Hashes of so many bytes.
const SLOTS: usize = 1 << SLOT_BITS;
const SLOT_BITS: u32 = 14;
/// Words of bits, one for each of the larger hashes.
const WORDS: usize = 1 << (KNOWN_BITS - 6);
const KNOWN_BITS: u32 = 18;
/// Bytes that are loaded together: two places, or the longest text.
pub(super) const WORD: usize = 8;
/// The fifth bit of every byte.
const SMALL: u64 = u64::from_ne_bytes([0x20; WORD]);
/// What is searched of the shorter texts.
const HEAD: usize = 3;

/// The texts, ready for the search.
pub(super) struct Grams {
    texts: Vec<Text>,
    /// Which of the larger hashes have a gram: this alone is asked of most places.
    known: Box<[u64; WORDS]>,
    /// For each hash, the first of its grams, from one.
    slots: Box<[u16; SLOTS]>,
    /// Those of all texts, in the order of their hashes.
    ordered: Vec<Gram>,
    short: Short,
    /// Which of the texts these are.
    shorts: Vec<usize>,
}

struct Text {
    bytes: Vec<u8>,
    /// The same as a word, and which bits of one it is.
    word: u64,
    mask: u64,
}

struct Gram {
    /// The text it is of, as a word: most places are told from it by that.
    word: u64,
    text: u16,
    /// Where in it the gram begins.
    offset: u8,
    /// No further one has the same hash.
    is_last: bool,
}

enum Short {
    Packed(packed::Searcher),
    /// Where the machine has no vector instructions.
    Plain(AhoCorasick),
}

impl Grams {
    /// For texts of at most [`WORD`] bytes, the fifth bit of each set. One that is shorter
    /// than [`PART`] is one of [`SHORT`].
    pub(super) fn new<'a>(texts: impl Iterator<Item = &'a [u8]>) -> Self {
        let texts: Vec<Text> = texts.map(Text::new).collect();
        let short = |(index, text): (usize, &Text)| (text.bytes.len() < PART).then_some(index);
        let shorts = texts.iter().enumerate().filter_map(short).collect();
        let mut grams = grams(&texts);
        let known = vec![0; WORDS].into_boxed_slice();
        let mut known: Box<[u64; WORDS]> = known.try_into().expect("it has that length");
        for gram in &grams {
            let (word, bit) = known_at(gram.bytes());
            if let Some(word) = known.get_mut(word) {
                *word |= bit;
            }
        }
        let slots = vec![0; SLOTS].into_boxed_slice();
        let mut slots: Box<[u16; SLOTS]> = slots.try_into().expect("it has that length");
        for (index, gram) in grams.iter_mut().enumerate().rev() {
            if let Some(first) = slots.get_mut(slot(gram.bytes())) {
                gram.is_last = *first == 0;
                *first = u16::try_from(index + 1).unwrap_or(u16::MAX);
            }
        }
        Self {
            texts,
            known,
            slots,
            ordered: grams,
            short: Short::new(),
            shorts,
        }
    }

    /// The same as on a machine without vector instructions.
    #[cfg(test)]
    pub(super) fn plain(self) -> Self {
        let short = Short::plain(&Short::heads());
        Self { short, ..self }
    }

    /// Calls `take` with every place in `text` where one of the texts stands, and with
    /// its index. The short ones come last.
    #[inline]
    pub(super) fn each(&self, text: &[u8], mut take: impl FnMut(usize, usize)) {
        let mut at = 0;
        while let Some(word) = text.get(at..).and_then(<[u8]>::first_chunk) {
            self.word(text, at, *word, &mut take);
            at += 2 * STRIDE;
        }
        let rest = text.get(at..).unwrap_or_default();
        let mut word = [0; WORD];
        for (to, from) in word.iter_mut().zip(rest) {
            *to = *from;
        }
        self.word(text, at, word, &mut take);
        self.short.each(text, |at| {
            for index in &self.shorts {
                if self
                    .texts
                    .get(*index)
                    .is_some_and(|own| own.is_at(text, at))
                {
                    take(at, *index);
                }
            }
        });
    }

    #[inline]
    fn word(&self, text: &[u8], at: usize, word: [u8; WORD], take: &mut impl FnMut(usize, usize)) {
        let word = u64::from_le_bytes(word) | SMALL;
        let (first, second) = (word & GRAM_BITS, word >> (8 * STRIDE) & GRAM_BITS);
        for (at, gram) in [(at, first), (at + STRIDE, second)] {
            let (word, bit) = known_at(gram);
            if self.known.get(word).is_some_and(|word| word & bit != 0) {
                self.gram(text, at, gram, take);
            }
        }
    }

    #[inline(never)]
    fn gram(&self, text: &[u8], at: usize, bytes: u64, take: &mut impl FnMut(usize, usize)) {
        let first = self.slots.get(slot(bytes)).copied().unwrap_or(0);
        let Some(first) = usize::from(first).checked_sub(1) else {
            return;
        };
        for gram in self.ordered.get(first..).unwrap_or_default() {
            if gram.bytes() == bytes
                && let Some(start) = at.checked_sub(usize::from(gram.offset))
                && is_word_at(text, start, gram.word)
                && let index = usize::from(gram.text)
                && self
                    .texts
                    .get(index)
                    .is_some_and(|own| own.is_at(text, start))
            {
                take(start, index);
            }
            if gram.is_last {
                return;
            }
        }
    }
}

fn grams(texts: &[Text]) -> Vec<Gram> {
    let mut grams = Vec::new();
    for (index, text) in texts.iter().enumerate() {
        if text.bytes.len() < PART {
            continue;
        }
        let of = |offset: usize| Gram {
            word: text.word & PART_BITS,
            text: u16::try_from(index).unwrap_or(u16::MAX),
            offset: u8::try_from(offset).unwrap_or(u8::MAX),
            is_last: true,
        };
        grams.extend((0..STRIDE).map(of));
    }
    grams.sort_by_key(|gram| (slot(gram.bytes()), gram.bytes()));
    grams
}

impl Gram {
    fn bytes(&self) -> u64 {
        self.word >> (8 * u32::from(self.offset)) & GRAM_BITS
    }
}

impl Text {
    fn new(text: &[u8]) -> Self {
        let mut bytes = [0; WORD];
        let mut mask = [0; WORD];
        for ((byte, bits), from) in bytes.iter_mut().zip(&mut mask).zip(text) {
            (*byte, *bits) = (*from, 0xff);
        }
        Self {
            bytes: text.to_vec(),
            word: u64::from_le_bytes(bytes),
            mask: u64::from_le_bytes(mask),
        }
    }

    #[inline]
    fn is_at(&self, text: &[u8], start: usize) -> bool {
        if let Some(word) = text.get(start..).and_then(<[u8]>::first_chunk) {
            return (u64::from_le_bytes(*word) | SMALL) & self.mask == self.word;
        }
        let bytes = text.get(start..start + self.bytes.len());
        bytes.is_some_and(|bytes| bytes.iter().zip(&self.bytes).all(|(a, b)| a | 0x20 == *b))
    }
}

const PART_BITS: u64 = (1 << (8 * PART)) - 1;

/// Whether the first [`PART`] bytes of a text stand there: at the end, perhaps.
#[inline]
fn is_word_at(text: &[u8], start: usize, part: u64) -> bool {
    let word = text.get(start..).and_then(<[u8]>::first_chunk);
    word.is_none_or(|word| (u64::from_le_bytes(*word) | SMALL) & PART_BITS == part)
}

impl Short {
    fn new() -> Self {
        let heads = Self::heads();
        let packed = packed::Builder::new().extend(&heads).build();
        packed.map_or_else(|| Self::plain(&heads), Self::Packed)
    }

    fn heads() -> Vec<Vec<u8>> {
        let heads = SHORT.iter().filter_map(|text| text.as_bytes().get(..HEAD));
        heads.flat_map(cases).collect()
    }

    fn plain(heads: &[Vec<u8>]) -> Self {
        let texts = AhoCorasick::builder()
            .kind(Some(AhoCorasickKind::DFA))
            .build(heads)
            .expect("a test builds it");
        Self::Plain(texts)
    }

    fn each(&self, text: &[u8], mut take: impl FnMut(usize)) {
        let mut from = 0;
        loop {
            let found = match self {
                Self::Packed(texts) => texts
                    .find_in(text, (from..text.len()).into())
                    .map(|found| found.start()),
                Self::Plain(texts) => texts
                    .find(aho_corasick::Input::new(text).range(from..))
                    .map(|found| found.start()),
            };
            let Some(found) = found else { return };
            take(found);
            from = found + 1;
        }
    }
}

/// A text in every case.
fn cases(text: &[u8]) -> Vec<Vec<u8>> {
    text.iter().fold(vec![Vec::new()], |texts, byte| {
        let mut both = vec![byte.to_ascii_lowercase(), byte.to_ascii_uppercase()];
        both.dedup();
        let with = |text: &Vec<u8>, byte: u8| {
            let mut text = text.clone();
            text.push(byte);
            text
        };
        texts
            .iter()
            .flat_map(|text| both.iter().map(move |byte| with(text, *byte)))
            .collect()
    })
}

/// The word and the bit of a larger hash.
#[inline]
fn known_at(gram: u64) -> (usize, u64) {
    let hash = hash(gram) >> (64 - KNOWN_BITS);
    (
        usize::try_from(hash >> 6).unwrap_or_default(),
        1 << (hash & 63),
    )
}

#[inline]
fn slot(gram: u64) -> usize {
    usize::try_from(hash(gram) >> (64 - SLOT_BITS)).unwrap_or_default()
}

#[inline]
fn hash(gram: u64) -> u64 {
    gram.wrapping_mul(0x9E37_79B9_7F4A_7C15)
}
