//! The keywords of the table, prepared for the pass.
//!
//! Every keyword has a telling part of three or four bytes. The first
//! sixteen bits of the pass's answer come from tables over half bytes: each
//! keyword is in one of eight buckets, and a byte may stand at a place of a
//! bucket if some keyword of that bucket has it there. A keyword whose match
//! begins a word counts at the beginning of words only; those are half the
//! filter. What passes is compared byte by byte.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use crate::detectors::{Detector, Edge};
use crate::matcher::compiled;

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
    /// Sixteen buckets: most keywords may stand in the middle of a word.
    pub(super) loose: [Buckets; 2],
    /// Those with a telling part of three bytes, and of four.
    three: Entries,
    four: Entries,
}

/// Keywords by the hash of their telling parts.
#[derive(Debug)]
struct Entries {
    /// Whether there is an entry with this hash.
    known: [u64; SLOTS / 64],
    /// Where the entries with each hash begin.
    slots: Vec<u32>,
    list: Vec<Entry>,
}

#[derive(Clone, Debug)]
struct Entry {
    text: &'static [u8],
    detector: usize,
    /// Where its telling part begins.
    offset: usize,
    /// Whether it counts at the beginning of a word only.
    at_word: bool,
}

/// Eight buckets: for each of four places and each half byte, those that may
/// have it there.
#[derive(Debug)]
pub(super) struct Buckets {
    pub(super) low: [[u8; 16]; PLACES],
    pub(super) high: [[u8; 16]; PLACES],
    /// The same for whole bytes: both halves together.
    pub(super) whole: [[u8; 256]; PLACES],
}

/// Bytes of a telling part.
pub(super) const PLACES: usize = 4;
/// The least that a keyword has.
const LEAST: usize = 3;
/// Hashes.
const SLOTS: usize = 1 << 13;

impl Keywords {
    /// Those of the detectors' table. Made once in a process.
    pub(crate) fn of_table() -> &'static Self {
        static KEYWORDS: LazyLock<Keywords> =
            LazyLock::new(|| Keywords::new(compiled().iter().map(|compiled| compiled.detector)));
        &KEYWORDS
    }

    fn new(detectors: impl Iterator<Item = &'static Detector>) -> Self {
        let mut anchored: BTreeSet<&[u8]> = BTreeSet::new();
        let mut loose: BTreeSet<&[u8]> = BTreeSet::new();
        let mut entries = Vec::new();
        for (index, detector) in detectors.enumerate() {
            for keyword in detector.keywords {
                let text = keyword.as_bytes();
                debug_assert!(text.len() >= LEAST, "a test walks the table's keywords");
                let begins = text.first().is_some_and(u8::is_ascii_alphanumeric);
                let at_word = detector.lead == 0 && detector.before != Edge::Any && begins;
                // A part without a sign is in every word; one with is telling enough.
                let at_word =
                    at_word && (has_sign(text.get(..PLACES).unwrap_or(text)) || !has_sign(text));
                let offset = if at_word { 0 } else { telling(text) };
                let part = text.get(offset..).unwrap_or_default();
                let part = part.get(..PLACES).unwrap_or(part);
                if at_word {
                    anchored.insert(part);
                } else {
                    loose.insert(part);
                }
                entries.push(Entry {
                    text,
                    detector: index,
                    offset,
                    at_word,
                });
            }
        }
        let [anchored] = Buckets::share_out(&anchored);
        let loose = Buckets::share_out(&loose);
        let (four, three) = entries
            .into_iter()
            .partition(|entry| entry.text.len() - entry.offset >= PLACES);
        Self {
            anchored,
            loose,
            three: Entries::new(three),
            four: Entries::new(four),
        }
    }

    /// Adds the keywords whose telling part begins at `at`.
    #[inline]
    pub(super) fn verify(&self, text: &[u8], at: usize, out: &mut Vec<Keyword>) {
        let rest = text.get(at..).unwrap_or_default();
        if let Some([a, b, c, d]) = rest.first_chunk().copied() {
            let slot = hash([a, b, c, d]);
            if self.four.knows(slot) {
                self.four.compare(text, at, slot, out);
            }
        }
        if let Some([a, b, c]) = rest.first_chunk().copied() {
            let slot = hash([a, b, c, 0]);
            if self.three.knows(slot) {
                self.three.compare(text, at, slot, out);
            }
        }
    }
}

impl Entry {
    fn hash(&self) -> usize {
        let mut part = [0; PLACES];
        let telling = self.text.get(self.offset..).unwrap_or_default();
        part.iter_mut()
            .zip(telling)
            .for_each(|(to, from)| *to = *from);
        hash(part)
    }
}

impl Entries {
    fn new(mut entries: Vec<Entry>) -> Self {
        entries.sort_by_key(|entry| (entry.hash(), entry.detector));
        let mut slots = vec![0; SLOTS + 1];
        let mut known = [0; SLOTS / 64];
        for entry in &entries {
            let hash = entry.hash();
            if let Some(word) = known.get_mut(hash / 64) {
                *word |= 1 << (hash % 64);
            }
            if let Some(slot) = slots.get_mut(hash + 1) {
                *slot += 1;
            }
        }
        let mut sum = 0;
        for slot in &mut slots {
            sum += *slot;
            *slot = sum;
        }
        Self {
            known,
            slots,
            list: entries,
        }
    }

    #[inline]
    fn knows(&self, slot: usize) -> bool {
        self.known
            .get(slot / 64)
            .is_some_and(|word| word >> (slot % 64) & 1 != 0)
    }

    #[inline(never)]
    fn compare(&self, text: &[u8], at: usize, slot: usize, out: &mut Vec<Keyword>) {
        let (Some(from), Some(to)) = (self.slots.get(slot), self.slots.get(slot + 1)) else {
            return;
        };
        let entries = self.list.get(*from as usize..*to as usize);
        for entry in entries.unwrap_or_default() {
            let Some(start) = at.checked_sub(entry.offset) else {
                continue;
            };
            let rest = text.get(start..);
            let before = start.checked_sub(1).and_then(|before| text.get(before));
            let in_word = before.is_some_and(u8::is_ascii_alphanumeric);
            if rest.is_some_and(|rest| rest.starts_with(entry.text)) && !(entry.at_word && in_word)
            {
                out.push(Keyword {
                    start,
                    len: entry.text.len(),
                    detector: entry.detector,
                });
            }
        }
    }
}

impl Buckets {
    /// Shares the parts out so that the buckets together allow as little of a
    /// text as can be: the parts in the order of their kinds of bytes, cut
    /// where that costs least.
    fn share_out<const TABLES: usize>(parts: &BTreeSet<&[u8]>) -> [Self; TABLES] {
        let mut tables = [const { Self::EMPTY }; TABLES];
        let mut parts: Vec<&[u8]> = parts.iter().copied().collect();
        parts.sort_by_key(|part| {
            let kinds: Vec<u8> = part.iter().map(|byte| kind(*byte)).collect();
            (part.len(), kinds, *part)
        });
        let ends = cuts(&parts, TABLES * 8);
        for (index, part) in parts.iter().enumerate() {
            let bucket = ends.iter().filter(|end| **end <= index).count();
            let bucket = bucket.min(TABLES * 8 - 1);
            let Some(table) = tables.get_mut(bucket / 8) else {
                continue;
            };
            for place in 0..PLACES {
                table.allow(place, part.get(place).copied(), 1 << (bucket % 8));
            }
        }
        tables
    }

    const EMPTY: Self = Self {
        low: [[0; 16]; PLACES],
        high: [[0; 16]; PLACES],
        whole: [[0; 256]; PLACES],
    };

    /// Lets `byte` stand at `place`, or any byte where the part has ended.
    fn allow(&mut self, place: usize, byte: Option<u8>, bucket: u8) {
        let (Some(low), Some(high), Some(whole)) = (
            self.low.get_mut(place),
            self.high.get_mut(place),
            self.whole.get_mut(place),
        ) else {
            return;
        };
        let Some(byte) = byte else {
            for entry in low.iter_mut().chain(high).chain(whole) {
                *entry |= bucket;
            }
            return;
        };
        let half = |entry: Option<&mut u8>| entry.into_iter().for_each(|entry| *entry |= bucket);
        half(low.get_mut(usize::from(byte & 15)));
        half(high.get_mut(usize::from(byte >> 4)));
        half(whole.get_mut(usize::from(byte)));
    }
}

/// Bytes of one kind share half bytes.
fn kind(byte: u8) -> u8 {
    match byte {
        b'_' => 4,
        b'a'..=b'z' => 3,
        b'A'..=b'Z' => 2,
        b'0'..=b'9' => 1,
        _ => 0,
    }
}

/// Where to cut the parts into buckets, for the least sum of what they allow.
fn cuts(parts: &[&[u8]], buckets: usize) -> Vec<usize> {
    let all = parts.len();
    // What each stretch of parts costs in one bucket.
    let stretches: Vec<Vec<f32>> = (0..all)
        .map(|from| {
            let mut bucket = Allowed::default();
            let rest = parts.get(from..).unwrap_or_default().iter();
            rest.map(|part| {
                bucket.add(part);
                bucket.share()
            })
            .collect()
        })
        .collect();
    // `best[n]`: the least cost of the first `n` parts, and where its last cut is.
    let mut best: Vec<(f32, usize)> = (0..=all)
        .map(|n| (if n == 0 { 0.0 } else { f32::INFINITY }, 0))
        .collect();
    let mut last_cuts = Vec::new();
    for _ in 0..buckets {
        let mut next = vec![(f32::INFINITY, 0); all + 1];
        for (from, stretch) in stretches.iter().enumerate() {
            let Some((so_far, _)) = best.get(from).copied().filter(|b| b.0.is_finite()) else {
                continue;
            };
            for (entry, cost) in next.iter_mut().skip(from + 1).zip(stretch) {
                if so_far + cost < entry.0 {
                    *entry = (so_far + cost, from);
                }
            }
        }
        last_cuts.push(next.iter().map(|entry| entry.1).collect::<Vec<_>>());
        best = next;
    }
    let mut cuts = Vec::new();
    let mut end = all;
    for last in last_cuts.iter().rev() {
        cuts.push(end);
        end = last.get(end).copied().unwrap_or(0);
    }
    cuts
}

/// What one bucket allows at each place: sets of half bytes.
#[derive(Clone, Copy, Default)]
struct Allowed {
    low: [u16; PLACES],
    high: [u16; PLACES],
}

impl Allowed {
    fn add(&mut self, part: &[u8]) {
        for (place, (low, high)) in self.low.iter_mut().zip(&mut self.high).enumerate() {
            if let Some(byte) = part.get(place) {
                *low |= 1 << (byte & 15);
                *high |= 1 << (byte >> 4);
            } else {
                (*low, *high) = (u16::MAX, u16::MAX);
            }
        }
    }

    /// About how much of a text passes: rows of bytes by how often they occur,
    /// columns as if all were alike.
    fn share(&self) -> f32 {
        let of = |(low, high): (&u16, &u16)| {
            let rows = ROWS.get(usize::from(high & 0xff)).copied().unwrap_or(1.0);
            let columns = u8::try_from(low.count_ones()).map_or(16.0, f32::from);
            rows * columns / 16.0
        };
        self.low.iter().zip(&self.high).map(of).product()
    }
}

/// For each set of the eight rows of ASCII, how much of a text is in them.
#[expect(clippy::indexing_slicing, reason = "evaluated by the compiler")]
const ROWS: [f32; 256] = {
    const SHARES: [f32; 8] = [0.02, 0.0, 0.28, 0.08, 0.05, 0.05, 0.34, 0.18];
    let mut sums = [0.0; 256];
    let mut set = 0;
    while set < 256 {
        let mut row = 0;
        while row < 8 {
            if set >> row & 1 != 0 {
                sums[set] += SHARES[row];
            }
            row += 1;
        }
        set += 1;
    }
    sums
};

fn has_sign(text: &[u8]) -> bool {
    text.iter().any(|b| !b.is_ascii_alphanumeric())
}

/// Where the part begins that is rarest in text.
fn telling(text: &[u8]) -> usize {
    let cost = |byte: &u8| match byte {
        b' ' | b'e' | b't' | b'a' | b'o' | b'i' | b'n' | b's' | b'r' => 9_u32,
        b'a'..=b'z' => 6,
        b'0'..=b'9' => 4,
        b'A'..=b'Z' => 3,
        b'-' | b'_' | b'.' | b'/' | b'"' | b'=' | b':' => 3,
        _ => 1,
    };
    let places = text.len().saturating_sub(PLACES) + 1;
    (0..places)
        .min_by_key(|at| {
            let part = text.get(*at..).unwrap_or_default();
            part.iter().take(PLACES).map(cost).sum::<u32>()
        })
        .unwrap_or(0)
}

#[inline]
fn hash(part: [u8; PLACES]) -> usize {
    (u32::from_le_bytes(part).wrapping_mul(0x9E37_79B1) >> 19) as usize
}
