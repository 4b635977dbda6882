//! The search for anchors.
//!
//! Of each anchor, six bytes are looked for that are rare in other text. Such
//! a part stands in a text so that one of every three places shows four of its
//! bytes: a table says for each whether that may be, and nearly always says
//! no. Letters of either case are one, for the fifth bit of every byte is set.

use std::collections::HashMap;
use std::ops::Range;

use aho_corasick::packed;
use aho_corasick::{AhoCorasick, AhoCorasickKind};

use super::blanks::{backward, forward};
use super::parts::{PART, SHORT, parts_of};
use super::rules::Rule;

/// Bytes that are looked up together.
const GRAM: usize = 4;
/// One place in so many is looked at.
const STRIDE: usize = PART - GRAM + 1;
/// Hashes of four bytes.
const SLOTS: usize = 1 << SLOT_BITS;
const SLOT_BITS: u32 = 14;
/// Words of bits, one for each of the larger hashes.
const WORDS: usize = 1 << (KNOWN_BITS - 6);
const KNOWN_BITS: u32 = 18;
/// Bytes that are loaded together: two places.
const WORD: usize = 8;
/// The longest escape that may stand before a part.
const ESCAPE: usize = 14;

/// What is searched of these.
const HEAD: usize = 3;

/// All anchors, ready for the search.
pub(super) struct Anchors {
    all: Vec<Anchor>,
    parts: Vec<Part>,
    /// Which of the larger hashes have a gram: this alone is asked of most places.
    known: Box<[u64; WORDS]>,
    /// For each hash, the first of its grams, from one.
    slots: Box<[u16; SLOTS]>,
    /// In the order of their hashes.
    grams: Vec<Gram>,
    short: Short,
    short_parts: Vec<usize>,
    /// Which ASCII characters parts are made of.
    telling: [bool; 128],
}

/// Where an anchor stands.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) struct Spot {
    pub(super) start: usize,
    /// Its index.
    pub(super) anchor: usize,
    pub(super) end: usize,
}

/// One text that a rule begins with.
pub(super) struct Anchor {
    pub(super) text: &'static str,
    pub(super) rule: &'static Rule,
}

/// A part, and the anchors it is in.
struct Part {
    text: Vec<u8>,
    /// The same as a word, and which bits of one it is.
    word: u64,
    mask: u64,
    users: Vec<User>,
}

impl Part {
    fn new(text: &[u8]) -> Self {
        let mut bytes = [0; WORD];
        let mut mask = [0; WORD];
        for ((byte, bits), from) in bytes.iter_mut().zip(&mut mask).zip(text) {
            (*byte, *bits) = (*from, 0xff);
        }
        Self {
            text: text.to_vec(),
            word: u64::from_le_bytes(bytes),
            mask: u64::from_le_bytes(mask),
            users: Vec::new(),
        }
    }

    #[inline]
    fn is_at(&self, text: &[u8], start: usize) -> bool {
        const SMALL: u64 = u64::from_ne_bytes([0x20; WORD]);
        if let Some(word) = text.get(start..).and_then(<[u8]>::first_chunk) {
            return (u64::from_le_bytes(*word) | SMALL) & self.mask == self.word;
        }
        let bytes = text.get(start..start + self.text.len());
        bytes.is_some_and(|bytes| bytes.iter().zip(&self.text).all(|(a, b)| a | 0x20 == *b))
    }
}

/// An anchor that a part is in.
struct User {
    anchor: usize,
    /// Where in it the part begins.
    offset: usize,
    /// What stands in it before and behind the part.
    before: Beside,
    behind: Beside,
    /// The letters that follow, and those before it, backwards.
    ahead: Letters,
    back: Letters,
}

/// Up to four characters of an anchor, from a part on, in lower case.
#[derive(Clone, Copy)]
struct Letters {
    text: u32,
    /// All bits of the bytes that there are.
    mask: u32,
}

impl Letters {
    fn of(bytes: impl Iterator<Item = u8>) -> Self {
        let letters = bytes.take_while(|b| b.is_ascii() && !b.is_ascii_control());
        let mut all = Self { text: 0, mask: 0 };
        for (at, byte) in letters.take(size_of::<u32>()).enumerate() {
            all.text |= u32::from(byte | 0x20) << (8 * at);
            all.mask |= 0xff << (8 * at);
        }
        all
    }

    /// Whether a text may go on so: at the first other byte stands no letter, but what
    /// may part words, or the letters of one.
    #[inline]
    fn fit(self, text: u32) -> bool {
        let other = ((text | 0x2020_2020) ^ self.text) & self.mask;
        let first = other.trailing_zeros() / 8;
        other == 0
            || !text
                .to_le_bytes()
                .get(first as usize)
                .is_some_and(u8::is_ascii_alphanumeric)
    }
}

/// The four bytes from a place of a text on, and those before it, backwards.
fn ahead(text: &[u8], at: usize) -> u32 {
    match text.get(at..).and_then(<[u8]>::first_chunk) {
        Some(bytes) => u32::from_le_bytes(*bytes),
        None => 0,
    }
}

fn back(text: &[u8], at: usize) -> u32 {
    match text.get(..at).and_then(<[u8]>::last_chunk) {
        Some(bytes) => u32::from_be_bytes(*bytes),
        None => 0,
    }
}

/// A byte beside a part: most places are told from an anchor by it.
#[derive(Clone, Copy)]
enum Beside {
    Any,
    /// No letter.
    Blank,
    Letter(u8),
    /// This letter or none, for blanks may stand between.
    LetterOrBlank(u8),
}

impl Beside {
    /// What stands there in an anchor, beside a part that ends in a blank or not.
    fn of(byte: Option<u8>, end: Option<u8>) -> Self {
        match byte {
            Some(b' ') => Self::Blank,
            Some(b) if b.is_ascii_alphanumeric() && end == Some(b' ') => Self::LetterOrBlank(b),
            Some(b) if b.is_ascii_alphanumeric() => Self::Letter(b),
            _ => Self::Any,
        }
    }

    #[inline]
    fn fits(self, byte: Option<u8>) -> bool {
        match (self, byte) {
            (Self::Any, _) => true,
            (_, None) => false,
            (Self::Blank, Some(byte)) => !byte.is_ascii_alphanumeric(),
            (Self::Letter(letter), Some(byte)) => byte | 0x20 == letter | 0x20,
            (Self::LetterOrBlank(letter), Some(byte)) => {
                byte | 0x20 == letter | 0x20 || !byte.is_ascii_alphanumeric()
            }
        }
    }
}

struct Gram {
    bytes: u32,
    part: usize,
    offset: usize,
    /// No further one has the same hash.
    is_last: bool,
}

enum Short {
    Packed(packed::Searcher),
    /// Where the machine has no vector instructions.
    Plain(AhoCorasick),
}

/// Where anchors stand in a text.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// As they are, each with its anchor, in their order.
    pub(super) exact: Vec<Spot>,
    /// Parts of anchors whose rest may stand behind an escape.
    pub(super) broken: Vec<usize>,
}

impl Anchors {
    pub(super) fn new(rules: impl Iterator<Item = &'static Rule>) -> Self {
        let all: Vec<Anchor> = rules
            .flat_map(|rule| rule.anchors.iter().map(move |text| Anchor { text, rule }))
            .collect();
        let mut parts: Vec<Part> = Vec::new();
        let mut known: HashMap<Vec<u8>, usize> = HashMap::new();
        for (index, anchor) in all.iter().enumerate() {
            for (text, at) in parts_of(anchor.text) {
                let part = *known.entry(text).or_insert_with_key(|text| {
                    parts.push(Part::new(text));
                    parts.len() - 1
                });
                if let Some(part) = parts.get_mut(part) {
                    part.users
                        .push(User::of(anchor.text, index, at, part.text.len()));
                }
            }
        }
        let short = |(index, part): (usize, &Part)| (part.text.len() < PART).then_some(index);
        let short_parts = parts.iter().enumerate().filter_map(short).collect();
        let mut grams: Vec<Gram> = Vec::new();
        for (part, entry) in parts.iter().enumerate() {
            if entry.text.len() == PART {
                for (offset, bytes) in entry.text.array_windows().enumerate() {
                    grams.push(Gram {
                        bytes: u32::from_le_bytes(*bytes),
                        part,
                        offset,
                        is_last: true,
                    });
                }
            }
        }
        grams.sort_by_key(|gram| (slot(gram.bytes), gram.bytes));
        let known = vec![0; WORDS].into_boxed_slice();
        let mut known: Box<[u64; WORDS]> = known.try_into().expect("it has that length");
        for gram in &grams {
            let (word, bit) = known_at(gram.bytes);
            if let Some(word) = known.get_mut(word) {
                *word |= bit;
            }
        }
        let slots = vec![0; SLOTS].into_boxed_slice();
        let mut slots: Box<[u16; SLOTS]> = slots.try_into().expect("it has that length");
        for (index, gram) in grams.iter_mut().enumerate().rev() {
            if let Some(first) = slots.get_mut(slot(gram.bytes)) {
                gram.is_last = *first == 0;
                *first = u16::try_from(index + 1).unwrap_or(u16::MAX);
            }
        }
        let mut telling = [false; 128];
        let bytes = parts.iter().flat_map(|part| &part.text);
        for byte in bytes.flat_map(|byte| [*byte, byte & !0x20]) {
            if let Some(telling) = telling.get_mut(usize::from(byte)) {
                *telling |= !byte.is_ascii_control();
            }
        }
        Self {
            short: Short::new(),
            short_parts,
            all,
            parts,
            known,
            slots,
            grams,
            telling,
        }
    }

    /// Every place in `text` where an anchor stands, or may behind an escape.
    pub(super) fn look(&self, text: &[u8]) -> Seen {
        let mut seen = Seen::default();
        let mut at = 0;
        while let Some(word) = text.get(at..).and_then(<[u8]>::first_chunk) {
            self.word(text, at, *word, &mut seen);
            at += 2 * STRIDE;
        }
        let rest = text.get(at..).unwrap_or_default();
        let mut word = [0; WORD];
        for (to, from) in word.iter_mut().zip(rest) {
            *to = *from;
        }
        self.word(text, at, word, &mut seen);
        self.short
            .each(text, |at| self.short_at(text, at, &mut seen));
        seen.exact.sort_unstable();
        seen.exact.dedup();
        seen
    }

    #[inline]
    fn word(&self, text: &[u8], at: usize, word: [u8; WORD], seen: &mut Seen) {
        let word = u64::from_le_bytes(word) | 0x2020_2020_2020_2020;
        let first = (word & 0xffff_ffff) as u32;
        let second = (word >> (8 * STRIDE) & 0xffff_ffff) as u32;
        for (at, gram) in [(at, first), (at + STRIDE, second)] {
            let (word, bit) = known_at(gram);
            if self.known.get(word).is_some_and(|word| word & bit != 0) {
                self.gram(text, at, gram, seen);
            }
        }
    }

    #[inline(never)]
    fn gram(&self, text: &[u8], at: usize, bytes: u32, seen: &mut Seen) {
        let first = self.slots.get(slot(bytes)).copied().unwrap_or(0);
        let Some(first) = usize::from(first).checked_sub(1) else {
            return;
        };
        let grams = self.grams.get(first..).unwrap_or_default().iter();
        for gram in grams {
            if gram.bytes == bytes
                && let Some(start) = at.checked_sub(gram.offset)
                && let Some(part) = self.parts.get(gram.part)
            {
                self.part(text, start, part, seen);
            }
            if gram.is_last {
                return;
            }
        }
    }

    fn short_at(&self, text: &[u8], at: usize, seen: &mut Seen) {
        for index in &self.short_parts {
            let Some(part) = self.parts.get(*index) else {
                continue;
            };
            self.part(text, at, part, seen);
        }
    }

    fn part(&self, text: &[u8], start: usize, part: &Part, seen: &mut Seen) {
        if !part.is_at(text, start) {
            return;
        }
        let before = start.checked_sub(1).and_then(|at| text.get(at)).copied();
        let behind = text.get(start + part.text.len()).copied();
        let near = text.get(start.saturating_sub(ESCAPE)..start);
        let is_escaped = near.is_some_and(|near| near.iter().copied().any(is_escape));
        let ends = behind.is_some_and(is_escape);
        let (front, rest) = (back(text, start), ahead(text, start + part.text.len()));
        for user in &part.users {
            let may = (is_escaped || (user.before.fits(before) && user.back.fit(front)))
                && (ends || (user.behind.fits(behind) && user.ahead.fit(rest)));
            let anchor = self.all.get(user.anchor).filter(|_| may);
            let Some(anchor) = anchor else {
                continue;
            };
            match anchor.stands_around(text, start, user.offset, part.text.len()) {
                Stands::There(here) => seen.exact.push(Spot {
                    start: here.start,
                    anchor: user.anchor,
                    end: here.end,
                }),
                Stands::Perhaps => seen.broken.push(start),
                Stands::Not => {}
            }
        }
    }

    pub(super) fn get(&self, index: usize) -> Option<&Anchor> {
        self.all.get(index)
    }

    /// Whether a part may hold this character. What is not ASCII may hide
    /// something, but for signs of prose. `behind` follows it in the text.
    pub(super) fn tells(&self, c: char, behind: &[u8]) -> bool {
        match c {
            // Before the name of a turn only.
            '<' => behind.first_chunk().is_some_and(|next: &[u8; 2]| {
                let next = next.map(|b| b.to_ascii_lowercase());
                matches!(&next, b"sy" | b"to" | b"|i" | b"|s" | b"<s")
                    || next
                        .iter()
                        .any(|b| matches!(b, b'\\' | b'&') || !b.is_ascii())
            }),
            // A character reference under the escape that tells itself.
            '&' => behind.first_chunk().is_some_and(|next: &[u8; 2]| {
                matches!(
                    next,
                    [b'#' | b'\\', _] | b"nb" | b"lo" | b"Un" | b"hy" | b"da" | b"pe"
                )
            }),
            '\\' => true,
            '\u{2010}'..='\u{2029}' => false,
            c => match u8::try_from(c) {
                Ok(byte) if byte.is_ascii() => self
                    .telling
                    .get(usize::from(byte))
                    .is_some_and(|tells| *tells),
                _ => true,
            },
        }
    }
}

fn is_escape(byte: u8) -> bool {
    matches!(byte, b'\\' | b'&') || !byte.is_ascii()
}

impl User {
    fn of(text: &str, anchor: usize, offset: usize, len: usize) -> Self {
        let byte = |at: Option<usize>| at.and_then(|at| text.as_bytes().get(at)).copied();
        let end = offset + len;
        Self {
            anchor,
            offset,
            before: Beside::of(byte(offset.checked_sub(1)), byte(Some(offset))),
            behind: Beside::of(byte(Some(end)), byte(end.checked_sub(1))),
            ahead: Letters::of(text.bytes().skip(end)),
            back: Letters::of(text.bytes().take(offset).rev()),
        }
    }
}

/// Whether an anchor stands around one of its parts.
enum Stands {
    There(Range<usize>),
    /// If escapes were undone.
    Perhaps,
    Not,
}

impl Anchor {
    /// Where the anchor ends that begins at `at`, if it does.
    pub(super) fn stands_at(&self, text: &[u8], at: usize) -> Option<usize> {
        forward(text, at, self.text).ok()
    }

    fn stands_around(&self, text: &[u8], start: usize, offset: usize, len: usize) -> Stands {
        // The blank that a part begins with may be the last of several.
        let blank = usize::from(self.text.as_bytes().get(offset) == Some(&b' '));
        let halves = self.text.split_at_checked(offset + blank);
        let Some((front, back)) = halves else {
            return Stands::Not;
        };
        let (start, len) = (start + blank, len - blank);
        match (backward(text, start, front), forward(text, start, back)) {
            (Ok(start), Ok(_)) => {
                let end = self.stands_at(text, start);
                end.map_or(Stands::Not, |end| Stands::There(start..end))
            }
            (before, behind) => {
                let may_before = before.err().is_none_or(|at| {
                    let near = text.get(at.saturating_sub(ESCAPE)..at);
                    near.is_some_and(|near| near.iter().copied().any(is_escape))
                });
                let may_behind = behind.err().is_none_or(|at| {
                    at >= start + len && text.get(at).copied().is_some_and(is_escape)
                });
                if may_before && may_behind {
                    Stands::Perhaps
                } else {
                    Stands::Not
                }
            }
        }
    }
}

impl Short {
    fn new() -> Self {
        let heads: Vec<Vec<u8>> = SHORT
            .iter()
            .filter_map(|text| text.as_bytes().get(..HEAD))
            .flat_map(cases)
            .collect();
        let packed = packed::Builder::new().extend(&heads).build();
        packed.map_or_else(|| Self::plain(&heads), Self::Packed)
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
fn known_at(gram: u32) -> (usize, u64) {
    let hash = gram.wrapping_mul(0x9E37_79B1) >> (32 - KNOWN_BITS);
    ((hash >> 6) as usize, 1 << (hash & 63))
}

#[inline]
fn slot(gram: u32) -> usize {
    (gram.wrapping_mul(0x9E37_79B1) >> (32 - SLOT_BITS)) as usize
}

#[cfg(test)]
mod tests {
    use super::super::parts::PARTS;
    use super::*;

    #[test]
    fn every_anchor_has_a_part_that_is_searched() {
        assert!(PARTS.is_sorted());
        let mut used = Vec::new();
        for anchor in super::super::rules().flat_map(|rule| rule.anchors.iter()) {
            let parts = parts_of(anchor);
            assert!(!parts.is_empty(), "{anchor}");
            used.extend(parts.into_iter().map(|(part, _)| part));
        }
        for part in SHORT {
            let folded: Vec<u8> = part.bytes().map(|b| b | 0x20).collect();
            assert!(used.contains(&folded), "{part}");
        }
    }

    #[test]
    fn every_anchor_is_found_in_either_case_at_any_offset_on_any_machine() {
        let fast = Anchors::new(super::super::rules());
        let heads: Vec<Vec<u8>> = SHORT
            .iter()
            .flat_map(|text| cases(&text.as_bytes()[..HEAD]))
            .collect();
        let slow = Anchors {
            short: Short::plain(&heads),
            ..Anchors::new(super::super::rules())
        };
        for (index, anchor) in fast.all.iter().enumerate() {
            for text in [
                anchor.text.to_owned(),
                anchor.text.to_ascii_uppercase(),
                wrapped(anchor.text),
            ] {
                for (before, behind) in (0..7).map(|n| (n, 0)).chain([(0, 9), (64, 64)]) {
                    let text = format!("{}{text}{}", ".".repeat(before), " ".repeat(behind));
                    let seen = fast.look(text.as_bytes());
                    let found = |place: &Spot| place.start == before && place.anchor == index;
                    assert!(seen.exact.iter().any(found), "{text}");
                    assert_eq!(slow.look(text.as_bytes()).exact, seen.exact);
                }
            }
        }
    }

    /// A line ends at the first blank before a letter: other signs there may be
    /// those of a comment.
    fn wrapped(text: &str) -> String {
        let blank = text.char_indices().find(|(at, c)| {
            *c == ' ' && text.split_at(at + 1).1.starts_with(char::is_alphanumeric)
        });
        let mut text = text.to_owned();
        if let Some((at, _)) = blank {
            text.replace_range(at..=at, "\n");
        }
        text
    }
}
