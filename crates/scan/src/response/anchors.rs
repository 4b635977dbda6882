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

use super::parts::{PART, SHORT, part_of};
use super::rules::Rule;

/// Bytes that are looked up together.
const GRAM: usize = 4;
/// One place in so many is looked at.
const STRIDE: usize = PART - GRAM + 1;
/// Hashes of four bytes.
const SLOTS: usize = 1 << SLOT_BITS;
const SLOT_BITS: u32 = 14;
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
    /// For each hash, the first of its grams, from one.
    slots: Box<[u16; SLOTS]>,
    /// In the order of their hashes.
    grams: Vec<Gram>,
    short: Short,
    short_parts: Vec<usize>,
    /// Which ASCII characters parts are made of.
    telling: [bool; 128],
}

/// One text that a rule begins with.
pub(super) struct Anchor {
    pub(super) text: &'static str,
    pub(super) rule: &'static Rule,
}

/// A part, and the anchors it is in.
struct Part {
    text: Vec<u8>,
    /// The anchor's index, and where in it the part begins.
    users: Vec<(usize, usize)>,
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
    pub(super) exact: Vec<(usize, usize)>,
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
            let (text, offset) = part_of(anchor.text);
            let text = folded(text);
            let part = *known.entry(text).or_insert_with_key(|text| {
                parts.push(Part {
                    text: text.clone(),
                    users: Vec::new(),
                });
                parts.len() - 1
            });
            if let Some(part) = parts.get_mut(part) {
                part.users.push((index, offset));
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
            let known = self.slots.get(slot(gram)).copied().unwrap_or(0);
            if known != 0 {
                self.gram(text, at, gram, usize::from(known - 1), seen);
            }
        }
    }

    #[inline(never)]
    fn gram(&self, text: &[u8], at: usize, bytes: u32, first: usize, seen: &mut Seen) {
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
        let Some(bytes) = text.get(start..start + part.text.len()) else {
            return;
        };
        if !bytes.iter().zip(&part.text).all(|(a, b)| a | 0x20 == *b) {
            return;
        }
        for (index, offset) in &part.users {
            let Some(anchor) = self.all.get(*index) else {
                continue;
            };
            let exact = start
                .checked_sub(*offset)
                .filter(|start| anchor.stands_at(text, *start));
            if let Some(exact) = exact {
                seen.exact.push((exact, *index));
            } else if anchor.may_stand(text, start, *offset..offset + part.text.len()) {
                seen.broken.push(start);
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

impl Anchor {
    fn stands_at(&self, text: &[u8], at: usize) -> bool {
        text.get(at..at + self.text.len())
            .is_some_and(|here| here.eq_ignore_ascii_case(self.text.as_bytes()))
    }

    /// Whether the anchor may be around its part at `start`, if escapes were
    /// undone.
    fn may_stand(&self, text: &[u8], start: usize, part: Range<usize>) -> bool {
        let anchor = self.text.as_bytes();
        let is_escape = |byte: &u8| matches!(byte, b'\\' | b'&') || !byte.is_ascii();
        let (before, behind) = text.split_at(start);
        let wanted = anchor.get(part.end..).unwrap_or_default();
        let behind = behind.get(part.len()..).unwrap_or_default();
        let same = common(wanted.iter().zip(behind));
        let after = same == wanted.len() || behind.get(same).is_some_and(is_escape);
        let wanted = anchor.get(..part.start).unwrap_or_default();
        let same = common(wanted.iter().rev().zip(before.iter().rev()));
        let rest = before.get(..before.len() - same).unwrap_or_default();
        let near = rest.len().saturating_sub(ESCAPE);
        after && (same == wanted.len() || rest.get(near..).is_some_and(|b| b.iter().any(is_escape)))
    }
}

fn common<'a>(pairs: impl Iterator<Item = (&'a u8, &'a u8)>) -> usize {
    pairs.take_while(|(a, b)| a.eq_ignore_ascii_case(b)).count()
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

fn folded(text: &[u8]) -> Vec<u8> {
    text.iter().map(|byte| byte | 0x20).collect()
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
        let parts = super::super::rules().flat_map(|rule| rule.anchors.iter().map(|a| part_of(a)));
        let used: Vec<Vec<u8>> = parts.map(|(part, _)| part.to_ascii_lowercase()).collect();
        for part in PARTS.iter().map(<[u8; PART]>::as_slice) {
            assert!(
                used.iter().any(|used| used == part),
                "{:?}",
                str::from_utf8(part)
            );
        }
        for part in SHORT {
            assert!(used.iter().any(|used| used == part.as_bytes()), "{part}");
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
            for text in [anchor.text.to_owned(), anchor.text.to_ascii_uppercase()] {
                for (before, behind) in (0..7).map(|n| (n, 0)).chain([(0, 9), (64, 64)]) {
                    let text = format!("{}{text}{}", ".".repeat(before), " ".repeat(behind));
                    let seen = fast.look(text.as_bytes());
                    assert!(seen.exact.contains(&(before, index)), "{text}");
                    assert_eq!(slow.look(text.as_bytes()).exact, seen.exact);
                }
            }
        }
    }
}
