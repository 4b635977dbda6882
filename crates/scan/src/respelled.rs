//! The operator's own values where somebody respelled them: in another case,
//! with signs between the characters, backwards, or only in part.
//!
//! Text and values are compared by their letters and digits alone, in lower
//! case. Whatever part of a value stands in a text has, at one of every
//! [`STRIDE`] places, a few characters that stand in the value too: a small
//! table says no nearly everywhere, so clean text costs next to nothing.
//! A value of common words or of few characters is looked for as it is, not
//! here: chance would write it.

use std::collections::HashMap;
use std::ops::Range;

use bottle_policy::Secret;

use crate::budget::{Budget, Exhausted};
use crate::finding::View;
use crate::known::{Kind, Known, KnownId};
use crate::through;
use crate::views::{DEPTH, rot13, unescaped};

/// All values, folded.
#[derive(Default)]
pub(crate) struct Respelled {
    texts: Vec<Text>,
    /// Where the characters of a gram stand: text and offset.
    grams: HashMap<u64, Vec<(usize, usize)>>,
    /// By a gram's hash, whether it may be in `grams`.
    filter: Vec<bool>,
    /// Whether a value has letters behind backslashes, as escapes have.
    spells_escapes: bool,
}

/// A value in one direction.
struct Text {
    known: KnownId,
    folded: Secret,
    /// As it was given, in this direction, without the signs at its ends.
    plain: Secret,
    view: View,
    whole: Whole,
    parts: Parts,
}

/// How the whole value may be respelled and still be itself.
#[derive(Clone, Copy, PartialEq)]
enum Whole {
    /// In another case, nothing between.
    Case,
    /// In another case and with any signs between its characters.
    Signs,
    /// Chance would write it.
    Never,
}

/// Whether parts of the value say anything.
#[derive(Clone, Copy, PartialEq)]
enum Parts {
    Never,
    Told,
}

/// What a text's escapes of JSON are taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Escapes {
    /// Their letters are letters of the text.
    Kept,
    /// They are signs: what a letter stands for that one or more backslashes
    /// precede is a blank.
    Dropped,
    /// The same for a text that was escaped so many times, in which an escaped
    /// backslash may precede a letter of its own.
    Times(u32),
}

/// How often a text may be escaped in which a value's backslashes are told from
/// those of escapes.
const TIMES: u32 = 3;

impl Escapes {
    /// What is kept of a byte of a text behind so many backslashes, 0 for nothing.
    fn fold(self, slashes: u32, byte: u8) -> u8 {
        let is_sign = match self {
            Self::Kept => false,
            Self::Dropped => slashes > 0,
            // Each time doubles the backslashes that were there: an escape has an odd
            // number of them, doubled fewer times.
            Self::Times(times) => slashes > 0 && slashes.trailing_zeros() < times,
        };
        if is_sign && is_escape(byte) {
            0
        } else {
            fold(byte)
        }
    }
}

/// The letters that stand for a blank behind a backslash.
fn is_escape(byte: u8) -> bool {
    matches!(byte, b'b' | b'f' | b'n' | b'r' | b't')
}

/// How many backslashes precede what follows `byte`, if `slashes` precede it.
fn counted(slashes: u32, byte: u8) -> u32 {
    if byte == b'\\' {
        slashes.saturating_add(1)
    } else {
        0
    }
}

/// A value, or a part of one, in a text.
pub(crate) struct Stretch {
    pub(crate) known: KnownId,
    pub(crate) view: View,
    /// In the text.
    pub(crate) here: Range<usize>,
    /// The part of the folded value, counted forwards.
    pub(crate) part: Range<usize>,
    pub(crate) is_whole: bool,
}

/// The last stretch that was followed to both sides.
struct Tried {
    index: usize,
    /// How much farther on it stands in the text than in the value.
    shift: usize,
    /// In the folded text.
    end: usize,
}

/// The shortest part that is told of, in letters and digits.
pub(crate) const LEAST_PART: usize = 8;
/// The characters by which a part is noticed.
const GRAM: usize = 5;
/// Any part has a gram at a multiple of this.
const STRIDE: usize = LEAST_PART - GRAM + 1;
/// A value that repeats itself is noticed at its first repetitions.
const MOST_PLACES: usize = 4;
const FILTER_BITS: u32 = 17;
/// How far apart the places are at which a folded text knows where it is.
const MARK: usize = 1024;

impl Respelled {
    pub(crate) fn new(known: &[Known]) -> Self {
        let mut respelled = Self::default();
        for (index, known) in known.iter().enumerate() {
            // A placeholder is worth nothing: there is no reason to hide one.
            if known.kind == Kind::Secret {
                respelled.add(KnownId(index), known.value.expose());
            }
        }
        respelled
    }

    /// Whether no value is looked for.
    pub(crate) fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// The ways in which a text is to be read.
    pub(crate) fn readings(&self, text: &[u8]) -> impl Iterator<Item = Escapes> + use<> {
        let escaped = memchr::memchr(b'\\', text).is_some();
        let times = if escaped && self.spells_escapes {
            TIMES
        } else {
            0
        };
        let dropped = escaped.then_some(Escapes::Dropped);
        let times = (1..=times).map(Escapes::Times);
        [Escapes::Kept].into_iter().chain(dropped).chain(times)
    }

    fn add(&mut self, known: KnownId, value: &[u8]) {
        let folded = Folded::of(value, Escapes::Kept);
        let (whole, parts) = strength(folded.bytes());
        if whole == Whole::Never {
            return;
        }
        // Backwards, what stood before a backslash stands behind it.
        let spells =
            |pair: &[u8]| matches!(pair, [b'\\', letter] | [letter, b'\\'] if is_escape(*letter));
        self.spells_escapes |= value.windows(2).any(spells);
        let first = value.iter().position(u8::is_ascii_alphanumeric);
        let last = value.iter().rposition(u8::is_ascii_alphanumeric);
        let plain = match (first, last) {
            (Some(first), Some(last)) => value.get(first..=last).unwrap_or(value),
            _ => value,
        };
        let backwards = |bytes: &[u8]| bytes.iter().rev().copied().collect::<Vec<u8>>();
        let turned = |bytes: &[u8]| bytes.iter().copied().map(rot13).collect::<Vec<u8>>();
        let has_letters = folded.bytes().iter().any(u8::is_ascii_alphabetic);
        let turned = (View::Rot13, turned(folded.bytes()), turned(plain));
        for (view, folded, plain) in [
            (View::Respelled, folded.bytes().to_vec(), plain.to_vec()),
            (View::Reversed, backwards(folded.bytes()), backwards(plain)),
        ]
        .into_iter()
        .chain(has_letters.then_some(turned))
        {
            self.index(&folded, view);
            self.texts.push(Text {
                known,
                folded: Secret::new(folded),
                plain: Secret::new(plain),
                view,
                whole,
                parts,
            });
        }
    }

    /// Notes every gram of the text that comes next.
    fn index(&mut self, folded: &[u8], view: View) {
        self.filter.resize(1 << FILTER_BITS, false);
        let text = self.texts.len();
        for (offset, gram) in folded.windows(GRAM).enumerate() {
            // Digits alone are the same turned.
            if view == View::Rot13 && gram.iter().all(u8::is_ascii_digit) {
                continue;
            }
            let gram = gram
                .iter()
                .rev()
                .fold(0, |word, byte| word << 8 | u64::from(*byte));
            if let Some(bit) = self.filter.get_mut(slot(gram)) {
                *bit = true;
            }
            let places = self.grams.entry(gram).or_default();
            if places.iter().filter(|(of, _)| *of == text).count() < MOST_PLACES {
                places.push((text, offset));
            }
        }
    }

    /// Tells of every stretch of a value in `text`.
    pub(crate) fn look(
        &self,
        text: &[u8],
        escapes: Escapes,
        budget: &mut Budget,
        each: &mut impl FnMut(Stretch),
    ) -> Result<(), Exhausted> {
        if self.is_empty() || text.len() < LEAST_PART {
            return Ok(());
        }
        let folded = Folded::of(text, escapes);
        let (mut at, mut tried) = (0, None);
        while let Some(word) = folded.word(at) {
            let gram = word & GRAM_MASK;
            let mut next = at + STRIDE;
            if self.filter.get(slot(gram)).is_some_and(|bit| *bit)
                && let Some(places) = self.grams.get(&gram)
                && let Some(end) =
                    self.stretches(places, (text, &folded), at, &mut tried, budget, each)?
            {
                next = next.max((end + 1).saturating_sub(GRAM));
            }
            at = next;
        }
        Ok(())
    }

    /// Follows each place to both sides. Gives the end of the shortest stretch.
    fn stretches(
        &self,
        places: &[(usize, usize)],
        (text, folded): (&[u8], &Folded),
        at: usize,
        tried: &mut Option<Tried>,
        budget: &mut Budget,
        each: &mut impl FnMut(Stretch),
    ) -> Result<Option<usize>, Exhausted> {
        let mut shortest = None;
        for &(index, offset) in places {
            let Some(value) = self.texts.get(index) else {
                continue;
            };
            // All grams of one stretch are as far from the value's.
            let shift = at.wrapping_sub(offset);
            let again = |tried: &Tried| (tried.index, tried.shift) == (index, shift);
            if tried
                .as_ref()
                .is_some_and(|tried| again(tried) && at < tried.end)
            {
                continue;
            }
            let same = common(value.folded.expose(), offset, folded.bytes(), at);
            budget.work(same.len())?;
            let (start, end) = (at + same.start - offset, at + same.end - offset);
            *tried = Some(Tried { index, shift, end });
            let told = value.stretch(&same, text, folded, start..end);
            let whole = value.through(&same, text, folded, start..end, budget)?;
            if told.is_some() || whole.is_some() {
                shortest = Some(shortest.map_or(end, |least: usize| least.min(end)));
            }
            whole.into_iter().chain(told).for_each(&mut *each);
        }
        Ok(shortest)
    }
}

impl Text {
    /// What `part` of this text at a place of the folded text amounts to.
    fn stretch(
        &self,
        part: &Range<usize>,
        text: &[u8],
        folded: &Folded,
        at: Range<usize>,
    ) -> Option<Stretch> {
        let len = self.folded.len();
        let is_whole = part.len() == len;
        let told = part.len() >= LEAST_PART && self.parts == Parts::Told;
        if !is_whole && !told {
            return None;
        }
        let here = folded.source(text, at.start)..folded.source(text, at.end - 1) + 1;
        let exact = || {
            text.get(here.clone())
                .is_some_and(|t| is_same(t, self.plain.expose()))
        };
        if is_whole && self.whole == Whole::Case && !exact() {
            return None;
        }
        let part = if self.view == View::Reversed {
            len - part.end..len - part.start
        } else {
            part.clone()
        };
        Some(Stretch {
            known: self.known,
            view: self.view,
            here,
            part,
            is_whole,
        })
    }
}

impl Text {
    /// The whole value, if the rest of it is beside a part behind escapes.
    fn through(
        &self,
        part: &Range<usize>,
        text: &[u8],
        folded: &Folded,
        at: Range<usize>,
        budget: &mut Budget,
    ) -> Result<Option<Stretch>, Exhausted> {
        let len = self.folded.len();
        if self.whole != Whole::Signs || part.len() < LEAST_PART || part.len() == len {
            return Ok(None);
        }
        let here = folded.source(text, at.start)..folded.source(text, at.end - 1) + 1;
        let here = through::around(self.folded.expose(), part, text, &here, budget)?;
        Ok(here.map(|here| Stretch {
            known: self.known,
            view: self.view,
            here,
            part: 0..len,
            is_whole: true,
        }))
    }
}

/// Whether the text is the value in some case, as it stands or without its
/// escapes: where these are undone, only what is found as it stands decides.
fn is_same(text: &[u8], value: &[u8]) -> bool {
    let mut undone: Vec<u8>;
    let mut text = text;
    for _ in 0..DEPTH {
        if text.eq_ignore_ascii_case(value) {
            return true;
        }
        // An escaped character has at most as many bytes.
        let short = text.len() <= value.len().saturating_mul(1 << DEPTH);
        if !short || memchr::memchr(b'\\', text).is_none() {
            return false;
        }
        undone = unescaped(text);
        text = &undone;
    }
    text.eq_ignore_ascii_case(value)
}

/// The range of `value` around `offset` that equals `text` around `at`.
fn common(value: &[u8], offset: usize, text: &[u8], at: usize) -> Range<usize> {
    let before = value
        .get(..offset)
        .unwrap_or_default()
        .iter()
        .rev()
        .zip(text.get(..at).unwrap_or_default().iter().rev())
        .take_while(|(a, b)| a == b)
        .count();
    let after = value
        .get(offset..)
        .unwrap_or_default()
        .iter()
        .zip(text.get(at..).unwrap_or_default())
        .take_while(|(a, b)| a == b)
        .count();
    offset - before..offset + after
}

/// What may be made of a value by its letters and digits.
fn strength(folded: &[u8]) -> (Whole, Parts) {
    let digits = folded.iter().filter(|b| b.is_ascii_digit()).count();
    let letters = folded.len() - digits;
    let mut seen = [false; 256];
    for byte in folded {
        if let Some(seen) = seen.get_mut(usize::from(*byte)) {
            *seen = true;
        }
    }
    let distinct = seen.iter().filter(|seen| **seen).count();
    let mixed = digits >= 2 && letters >= 2;
    let whole = match folded.len() {
        20.. if distinct >= 6 => Whole::Signs,
        12.. if distinct >= 6 && (mixed || letters == 0) => Whole::Signs,
        8.. if distinct >= 5 && digits >= 1 && letters >= 4 => Whole::Case,
        _ => Whole::Never,
    };
    let random = folded.len() >= 2 * LEAST_PART && mixed && letters >= 4 && distinct >= 8;
    (whole, if random { Parts::Told } else { Parts::Never })
}

const GRAM_MASK: u64 = (1 << (8 * GRAM)) - 1;

fn slot(gram: u64) -> usize {
    // A multiplication that spreads the bits to the top (Fibonacci hashing).
    let hash = gram.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - FILTER_BITS);
    usize::try_from(hash).unwrap_or_default()
}

/// A text's letters and digits in lower case, and where they stood.
struct Folded {
    bytes: Vec<u8>,
    len: usize,
    /// For each [`MARK`] bytes of the text, how many were kept before them, and how
    /// many backslashes stand there.
    marks: Vec<(usize, u32)>,
    escapes: Escapes,
}

impl Folded {
    fn of(text: &[u8], escapes: Escapes) -> Self {
        // Behind the end there is room to read a whole word.
        let mut bytes = vec![0; text.len() + size_of::<u64>()];
        let mut marks = Vec::with_capacity(text.len() / MARK + 1);
        let (mut len, mut slashes) = (0, 0);
        for block in text.chunks(MARK) {
            marks.push((len, slashes));
            for &byte in block {
                let folded = escapes.fold(slashes, byte);
                slashes = counted(slashes, byte);
                if let Some(to) = bytes.get_mut(len) {
                    *to = folded;
                }
                len += usize::from(folded != 0);
            }
        }
        Self {
            bytes,
            len,
            marks,
            escapes,
        }
    }

    fn bytes(&self) -> &[u8] {
        self.bytes.get(..self.len).unwrap_or_default()
    }

    /// The characters from `at` on, the first in the lowest byte.
    fn word(&self, at: usize) -> Option<u64> {
        if at + GRAM > self.len {
            return None;
        }
        let word = self.bytes.get(at..)?.first_chunk()?;
        Some(u64::from_le_bytes(*word))
    }

    /// Where in the text the kept character `at` stood.
    fn source(&self, text: &[u8], at: usize) -> usize {
        let block = self.marks.partition_point(|(kept, _)| *kept <= at).max(1) - 1;
        let (kept, mut slashes) = self.marks.get(block).copied().unwrap_or_default();
        let rest = text.get(block * MARK..).unwrap_or_default();
        let inside = rest
            .iter()
            .enumerate()
            .filter(|(_, byte)| {
                let folded = self.escapes.fold(slashes, **byte);
                slashes = counted(slashes, **byte);
                folded != 0
            })
            .nth(at - kept)
            .map_or(rest.len(), |(place, _)| place);
        block * MARK + inside
    }
}

/// A letter or a digit in lower case; 0 for anything else.
pub(crate) fn fold(byte: u8) -> u8 {
    FOLD.get(usize::from(byte)).copied().unwrap_or_default()
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::indexing_slicing,
    reason = "evaluated by the compiler; a byte indexes 256 entries"
)]
const FOLD: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        if (byte as u8).is_ascii_alphanumeric() {
            table[byte] = (byte as u8).to_ascii_lowercase();
        }
        byte += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folded_text_knows_where_its_characters_stood() {
        let text = format!("{}A-b {}c", "x".repeat(3 * MARK), "-".repeat(MARK));
        let folded = Folded::of(text.as_bytes(), Escapes::Kept);
        let at = |c: char| text.find(c).unwrap();
        let first = 3 * MARK;
        assert_eq!(folded.source(text.as_bytes(), first), at('A'));
        assert_eq!(folded.source(text.as_bytes(), first + 1), at('b'));
        assert_eq!(folded.source(text.as_bytes(), first + 2), at('c'));
        assert_eq!(folded.source(text.as_bytes(), 5), 5);
    }

    #[test]
    fn values_of_words_are_not_looked_for_in_parts() {
        assert!(strength(b"postgrespassword") == (Whole::Never, Parts::Never));
        assert!(strength(b"admin123") == (Whole::Case, Parts::Never));
        assert!(strength(b"k7q2m9x4w1z8p5v3") == (Whole::Signs, Parts::Told));
        assert!(strength(b"11111111111111111111111") == (Whole::Never, Parts::Never));
    }
}
