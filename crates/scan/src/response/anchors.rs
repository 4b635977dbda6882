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

use super::beside::{Beyond, Letters, ahead, back, is_escape};
use super::blanks::{backward, forward};
use super::parts::{PART, SHORT, behind_often, parts_of};
use super::rules::Rule;
use super::steps::Reach;

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
    /// What stands behind one of [`super::parts::OFTEN`] in a part.
    behind: Vec<(u8, Vec<u8>)>,
}

/// Where an anchor stands.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) struct Spot {
    pub(super) start: usize,
    /// Its index.
    pub(super) anchor: usize,
    pub(super) end: usize,
}

/// One text that rules begin with.
pub(super) struct Anchor {
    pub(super) text: &'static str,
    pub(super) rules: Vec<&'static Rule>,
    /// How far any of them looks.
    pub(super) reach: Reach,
}

/// A part, and the anchors it is in.
struct Part {
    text: Vec<u8>,
    /// The same as a word, and which bits of one it is.
    word: u64,
    mask: u64,
    users: Vec<User>,
    /// What any of them may have before and behind it.
    back: Beyond,
    ahead: Beyond,
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
            back: Beyond::NOTHING,
            ahead: Beyond::NOTHING,
        }
    }

    fn add(&mut self, user: User) {
        self.back.add(user.back);
        self.ahead.add(user.ahead);
        self.users.push(user);
    }

    #[inline]
    fn is_at(&self, text: &[u8], start: usize) -> bool {
        if let Some(word) = text.get(start..).and_then(<[u8]>::first_chunk) {
            return (u64::from_le_bytes(*word) | SMALL) & self.mask == self.word;
        }
        let bytes = text.get(start..start + self.text.len());
        bytes.is_some_and(|bytes| bytes.iter().zip(&self.text).all(|(a, b)| a | 0x20 == *b))
    }
}

/// Whether a part of [`PART`] bytes may stand there: at the end of a text, perhaps.
#[inline]
fn is_word_at(text: &[u8], start: usize, part: u64) -> bool {
    const BITS: u64 = (1 << (8 * PART)) - 1;
    let word = text.get(start..).and_then(<[u8]>::first_chunk);
    word.is_none_or(|word| (u64::from_le_bytes(*word) | SMALL) & BITS == part)
}

/// The fifth bit of every byte.
const SMALL: u64 = u64::from_ne_bytes([0x20; WORD]);

/// An anchor that a part is in.
struct User {
    anchor: u16,
    /// Where in it the part begins.
    offset: u16,
    /// What follows in it, and what is before, backwards.
    ahead: Letters,
    back: Letters,
}

impl User {
    fn of(text: &str, anchor: usize, offset: usize, len: usize) -> Self {
        let bytes = text.as_bytes();
        let (front, rest) = (bytes.iter().take(offset), bytes.iter().skip(offset + len));
        Self {
            anchor: u16::try_from(anchor).unwrap_or(u16::MAX),
            offset: u16::try_from(offset).unwrap_or(u16::MAX),
            ahead: Letters::of(rest.copied(), bytes.get(offset + len - 1).copied()),
            back: Letters::of(front.rev().copied(), bytes.get(offset).copied()),
        }
    }
}

struct Gram {
    /// The part it is of, as a word: most places are told from it by that.
    word: u64,
    part: u16,
    /// Where in it the gram begins.
    offset: u8,
    /// No further one has the same hash.
    is_last: bool,
}

impl Gram {
    fn bytes(&self) -> u64 {
        self.word >> (8 * u32::from(self.offset)) & GRAM_BITS
    }
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
        let all = by_text(rules);
        let mut parts: Vec<Part> = Vec::new();
        let mut known: HashMap<Vec<u8>, usize> = HashMap::new();
        for (index, anchor) in all.iter().enumerate() {
            for (text, at) in parts_of(anchor.text) {
                let part = *known.entry(text).or_insert_with_key(|text| {
                    parts.push(Part::new(text));
                    parts.len() - 1
                });
                if let Some(part) = parts.get_mut(part) {
                    part.add(User::of(anchor.text, index, at, part.text.len()));
                }
            }
        }
        let short = |(index, part): (usize, &Part)| (part.text.len() < PART).then_some(index);
        let short_parts = parts.iter().enumerate().filter_map(short).collect();
        let mut grams: Vec<Gram> = Vec::new();
        for (part, entry) in parts.iter().enumerate() {
            if entry.text.len() == PART {
                for offset in 0..STRIDE {
                    grams.push(Gram {
                        word: entry.word,
                        part: u16::try_from(part).unwrap_or(u16::MAX),
                        offset: u8::try_from(offset).unwrap_or(u8::MAX),
                        is_last: true,
                    });
                }
            }
        }
        grams.sort_by_key(|gram| (slot(gram.bytes()), gram.bytes()));
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
            behind: behind_often(),
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
        let (first, second) = (word & GRAM_BITS, word >> (8 * STRIDE) & GRAM_BITS);
        for (at, gram) in [(at, first), (at + STRIDE, second)] {
            let (word, bit) = known_at(gram);
            if self.known.get(word).is_some_and(|word| word & bit != 0) {
                self.gram(text, at, gram, seen);
            }
        }
    }

    #[inline(never)]
    fn gram(&self, text: &[u8], at: usize, bytes: u64, seen: &mut Seen) {
        let first = self.slots.get(slot(bytes)).copied().unwrap_or(0);
        let Some(first) = usize::from(first).checked_sub(1) else {
            return;
        };
        let grams = self.grams.get(first..).unwrap_or_default().iter();
        for gram in grams {
            if gram.bytes() == bytes
                && let Some(start) = at.checked_sub(usize::from(gram.offset))
                && is_word_at(text, start, gram.word)
                && let Some(part) = self.parts.get(usize::from(gram.part))
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
        let rest = ahead(text, start + part.text.len());
        if !part.ahead.fits(rest) {
            return;
        }
        let front = back(text, start);
        let near = text.get(start.saturating_sub(ESCAPE)..start);
        let is_escaped = near.is_some_and(|near| near.iter().copied().any(is_escape));
        if !is_escaped && !part.back.fits(front) {
            return;
        }
        for user in &part.users {
            let is_before = match user.back.fit(front) {
                Ok(()) => true,
                Err(back) => is_escaped && ends_escape(text, start - back),
            };
            if !is_before || user.ahead.fit(rest).is_err() {
                continue;
            }
            let index = usize::from(user.anchor);
            let Some(anchor) = self.all.get(index) else {
                continue;
            };
            let offset = usize::from(user.offset);
            match anchor.stands_around(text, start, offset, part.text.len()) {
                Stands::There(here) => seen.exact.push(Spot {
                    start: here.start,
                    anchor: index,
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

    /// Whether a part may hold one of the characters that are escaped often.
    pub(super) fn tells_often(&self, sign: u8, behind: &[u8]) -> bool {
        let mut tails = self.behind.iter().filter(|(known, _)| *known == sign);
        tails.any(|(_, tail)| goes_on(behind, tail))
    }

    /// Whether a part may hold this character. What is not ASCII may hide
    /// something, but for signs of prose. `behind` follows it in the text.
    pub(super) fn tells(&self, c: char, behind: &[u8]) -> bool {
        match c {
            '<' => self.tells_often(b'<', behind),
            '/' => self.tells_often(b'/', behind),
            '\n' => self.tells_often(b'\n', behind),
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

/// Each text once, in the order of the rules.
fn by_text(rules: impl Iterator<Item = &'static Rule>) -> Vec<Anchor> {
    let mut all: Vec<Anchor> = Vec::new();
    let mut known: HashMap<&str, usize> = HashMap::new();
    for rule in rules {
        for text in rule.anchors {
            let index = *known.entry(text).or_insert_with(|| {
                let (rules, reach) = (Vec::new(), Reach::default());
                all.push(Anchor { text, rules, reach });
                all.len() - 1
            });
            if let Some(anchor) = all.get_mut(index) {
                anchor.rules.push(rule);
                anchor.reach = anchor.reach.max(rule.reach());
            }
        }
    }
    all
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

/// Whether the letter before `end` may be one of an escape.
fn ends_escape(text: &[u8], end: usize) -> bool {
    let near = text.get(end.saturating_sub(ESCAPE)..end);
    let mut back = near.unwrap_or_default().iter().rev();
    let sign = back.find(|b| !b.is_ascii_alphanumeric() && **b != b'#');
    sign.is_some_and(|sign| is_escape(*sign))
}

/// Whether a text goes on with a tail of a part, up to an escape: that tells itself.
fn goes_on(text: &[u8], tail: &[u8]) -> bool {
    let differs = |(a, b): &(&u8, &u8)| **a | 0x20 != **b;
    let first = text.iter().zip(tail).find(differs);
    first.is_none_or(|(byte, _)| is_escape(*byte))
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

#[cfg(test)]
mod tests {
    use super::*;

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
