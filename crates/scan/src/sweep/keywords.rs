//! The keywords of the table, prepared for the pass.
//!
//! Every keyword has a telling part of three or four bytes. The pass asks
//! first whether one may begin at a byte ([`super::buckets`]), then whether
//! its bytes are any's, and compares the rest byte by byte. A keyword
//! whose match begins a word counts at the beginning of words only. One with a
//! quote in it stands otherwise in JSON: that is known too, and is no keyword
//! but a place where backslashes must be undone.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::LazyLock;

use crate::detectors::{Detector, Edge};
use crate::matcher::compiled;

use super::buckets::{Buckets, Halves, PLACES};
use super::frequency::frequency;
use super::{Machine, Run, Sweep, padded};

/// A keyword that was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Keyword {
    /// Its first byte.
    pub(crate) start: usize,
    /// Its length.
    pub(crate) len: usize,
    /// The index of its detector in the table.
    pub(crate) detector: usize,
}

/// Every keyword, by what the pass sees of it.
#[derive(Debug)]
pub(crate) struct Keywords {
    pub(super) anchored: Buckets,
    /// Twenty-four buckets: most keywords may stand in the middle of a word.
    pub(super) loose: [Buckets; 3],
    /// The telling parts of four bytes, and those of three.
    four: Marks<FOUR>,
    three: Marks<SLOT_BITS>,
    /// In the order of their slots.
    entries: Vec<Entry>,
    /// For each slot, where its entries begin.
    slots: Vec<u16>,
}

/// The telling parts of keywords: of those that begin words, and of the others.
pub(super) struct Parts<'a> {
    pub(super) anchored: BTreeSet<&'a [u8]>,
    pub(super) loose: BTreeSet<&'a [u8]>,
}

impl<'a> Parts<'a> {
    pub(super) fn of(entries: &'a [Entry]) -> Self {
        let of = |at_word: bool| {
            let entries = entries.iter();
            let entries = entries.filter(|e| (e.place == Place::AtWord) == at_word);
            entries.map(Entry::part).collect()
        };
        Self {
            anchored: of(true),
            loose: of(false),
        }
    }
}

#[derive(Clone, Debug)]
pub(super) struct Entry {
    text: Cow<'static, [u8]>,
    detector: usize,
    /// Where its telling part begins.
    offset: usize,
    place: Place,
    /// Its telling part, the first byte lowest.
    part: u32,
    /// The bits of those four bytes that are the part's.
    wanted: u32,
}

/// Where a keyword counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Anywhere,
    /// At the beginning of a word only.
    AtWord,
    /// With its quotes escaped: as a place that must be undone.
    Escaped,
    /// As the second offset of a dump.
    Dump,
}

/// The least that a keyword has.
const LEAST: usize = 3;
/// Slots for the first three bytes of telling parts, several to each part.
const SLOTS: usize = 1 << SLOT_BITS;
const SLOT_BITS: u32 = 12;
/// So many marks of four bytes that few others share one.
const FOUR: u32 = 16;
/// How often an escaped text may be escaped again.
const ESCAPES: usize = 3;

impl Keywords {
    /// Those of the detectors' table. Made once in a process.
    pub(crate) fn of_table() -> &'static Self {
        static KEYWORDS: LazyLock<Keywords> = LazyLock::new(|| {
            let detectors = compiled().iter().map(|compiled| compiled.detector);
            Keywords::new(detectors, super::machine())
        });
        &KEYWORDS
    }

    fn new(detectors: impl Iterator<Item = &'static Detector>, machine: Machine) -> Self {
        let of_detectors = detectors.enumerate().flat_map(of_detector);
        let mut entries: Vec<Entry> = of_detectors.chain(dumps()).collect();
        entries.sort_by_key(|entry| (entry.slot(), entry.detector));
        let is_whole = |entry: &&Entry| entry.wanted == u32::MAX;
        let (four, three) = entries.iter().partition::<Vec<_>, _>(is_whole);
        let parts = Parts::of(&entries);
        let [for_anchored, for_loose] = Halves::OF_KEYWORDS;
        let [anchored] = Buckets::share_out(&parts.anchored, for_anchored, machine);
        let slot = |slot: usize| {
            let before = entries.partition_point(|e| e.slot() < slot);
            u16::try_from(before).expect("a few thousand keywords")
        };
        Self {
            slots: (0..=SLOTS).map(slot).collect(),
            anchored,
            loose: Buckets::share_out(&parts.loose, for_loose, machine),
            four: Marks::of(four.iter().map(|entry| entry.part)),
            three: Marks::of(three.iter().map(|entry| first_three(entry.part))),
            entries,
        }
    }

    /// Adds the keywords whose telling part begins at `at`, with these bytes.
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "compiled once for each instruction set"
    )]
    pub(super) fn verify(&self, text: &[u8], at: usize, out: &mut Sweep) {
        let beginning: [u8; PLACES] = padded(text, at);
        let beginning = u32::from_le_bytes(beginning);
        if self.four.has(beginning) | self.three.has(first_three(beginning)) {
            self.compare(beginning, text, at, out);
        }
    }

    #[inline(never)]
    fn compare(&self, beginning: u32, text: &[u8], at: usize, out: &mut Sweep) {
        let slot = slot(beginning);
        let begin = |slot: usize| usize::from(self.slots.get(slot).copied().unwrap_or_default());
        let within = begin(slot)..begin(slot + 1);
        let entries = self.entries.get(within).unwrap_or_default().iter();
        for entry in entries.filter(|e| (e.part ^ beginning) & e.wanted == 0) {
            let Some(start) = at.checked_sub(entry.offset) else {
                continue;
            };
            let len = entry.text.len();
            // Byte by byte: most of those that have the part differ in the first.
            let rest = text.get(start..start + len).unwrap_or_default();
            let is_there = rest.iter().eq(entry.text.iter());
            if !is_there || !entry.place.fits(text, start) {
                continue;
            }
            match entry.place {
                Place::Escaped => out.slashes.push(Run {
                    start,
                    end: start + len,
                }),
                Place::Dump => out.dumps.push(start),
                Place::Anywhere | Place::AtWord => out.keywords.push(Keyword {
                    start,
                    len,
                    detector: entry.detector,
                }),
            }
        }
    }
}

impl Place {
    /// Whether a keyword may begin there. Behind the letter of an escape a word
    /// may begin.
    fn fits(self, text: &[u8], start: usize) -> bool {
        let before = |by: usize| start.checked_sub(by).and_then(|at| text.get(at));
        let in_word = before(1).is_some_and(u8::is_ascii_alphanumeric);
        self != Self::AtWord || !in_word || before(2) == Some(&b'\\')
    }
}

impl Entry {
    #[cfg(test)]
    pub(super) fn text(&self) -> &[u8] {
        &self.text
    }

    fn part(&self) -> &[u8] {
        let part = self.text.get(self.offset..).unwrap_or_default();
        part.get(..PLACES).unwrap_or(part)
    }

    fn slot(&self) -> usize {
        slot(self.part)
    }

    fn new(text: Cow<'static, [u8]>, detector: usize, place: Place) -> Self {
        let offset = if place == Place::AtWord {
            0
        } else {
            telling(&text)
        };
        let part = text.get(offset..).unwrap_or_default().iter().take(PLACES);
        let wanted = u32::MAX >> (8 * (PLACES - part.len()));
        let part = part.rev().fold(0, |part, b| part << 8 | u32::from(*b));
        Self {
            text,
            detector,
            offset,
            place,
            part,
            wanted,
        }
    }
}

/// Those of the detectors' table.
#[cfg(test)]
pub(super) fn entries_of_table() -> Vec<Entry> {
    let detectors = compiled().iter().map(|compiled| compiled.detector);
    let of_detectors = detectors.enumerate().flat_map(of_detector);
    of_detectors.chain(dumps()).collect()
}

/// The offset of the second line of a dump, in octal and in hex.
fn dumps() -> impl Iterator<Item = Entry> {
    let offsets: [&[u8]; 2] = [b"0000020  ", b"0000010  "];
    let entry = |text| Entry::new(Cow::Borrowed(text), usize::MAX, Place::Dump);
    offsets.into_iter().map(entry)
}

/// A detector's keywords, as they stand and with their quotes escaped.
fn of_detector((index, detector): (usize, &'static Detector)) -> Vec<Entry> {
    let entry = |text, place| Entry::new(text, index, place);
    let mut entries = Vec::new();
    for keyword in detector.keywords {
        let text = keyword.as_bytes();
        debug_assert!(text.len() >= LEAST, "a test walks the table's keywords");
        let begins = text.first().is_some_and(u8::is_ascii_alphanumeric);
        let at_word = detector.lead == 0 && detector.before != Edge::Any && begins;
        // A part without a sign is in every word; one with is telling enough.
        let at_word = at_word && (has_sign(text.get(..PLACES).unwrap_or(text)) || !has_sign(text));
        let place = if at_word {
            Place::AtWord
        } else {
            Place::Anywhere
        };
        entries.push(entry(Cow::Borrowed(text), place));
        let mut escaped = (*keyword).to_owned();
        for _ in 0..if escaped.contains('"') { ESCAPES } else { 0 } {
            escaped = escaped.replace('\\', "\\\\").replace('"', "\\\"");
            let text = escaped.clone().into_bytes();
            entries.push(entry(Cow::Owned(text), Place::Escaped));
        }
    }
    entries
}

fn has_sign(text: &[u8]) -> bool {
    text.iter().any(|b| !b.is_ascii_alphanumeric())
}

/// Where the part begins that is rarest in text.
fn telling(text: &[u8]) -> usize {
    let places = text.len().saturating_sub(PLACES) + 1;
    let share = |at: &usize| frequency(text.get(*at..).unwrap_or_default());
    (0..places)
        .min_by(|a, b| share(a).total_cmp(&share(b)))
        .unwrap_or(0)
}

/// A set of parts that may say of others that they are in it: a bit for each of
/// two to the power of `BITS` marks.
#[derive(Debug)]
struct Marks<const BITS: u32>(Box<[u64]>);

impl<const BITS: u32> Marks<BITS> {
    fn of(parts: impl Iterator<Item = u32>) -> Self {
        let mut marks = vec![0; (1 << BITS) / 64];
        for mark in parts.map(mark::<BITS>) {
            if let Some(word) = marks.get_mut(mark / 64) {
                *word |= 1 << (mark % 64);
            }
        }
        Self(marks.into())
    }

    #[inline]
    fn has(&self, part: u32) -> bool {
        let mark = mark::<BITS>(part);
        let word = self.0.get(mark / 64).copied().unwrap_or_default();
        word >> (mark % 64) & 1 != 0
    }
}

/// One of so many marks (Knuth: multiplicative hashing).
#[inline]
fn mark<const BITS: u32>(part: u32) -> usize {
    (part.wrapping_mul(0x9E37_79B1) >> (u32::BITS - BITS)) as usize
}

/// Of the first three bytes of a telling part, the first in the lowest byte.
#[inline]
fn slot(part: u32) -> usize {
    mark::<SLOT_BITS>(first_three(part))
}

/// Without the fourth.
#[inline]
fn first_three(part: u32) -> u32 {
    part << 8
}
