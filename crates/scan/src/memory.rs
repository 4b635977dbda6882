//! What was read before and held nothing: a conversation with a model sends
//! all of its history with each turn, and only what is new needs reading.
//!
//! A body is cut into chunks behind quotes that its own bytes choose, so that
//! the same history is cut at the same places wherever it stands. A chunk in
//! which nothing was seen is remembered by a keyed SHA-256 of it, of the terms
//! and of the place. When it comes again only its edges are read, with what
//! stands beside them. What is skipped was let out before, under the same
//! terms, byte for byte. Remembers no text, and no more than [`MOST`] digests.

use std::ops::Range;

use bottle_policy::InspectTerms;
use sha2::{Digest as _, Sha256};

use crate::finding::Place;
use crate::generations::Generations;
use crate::views::{Packed, may_hold_packed};

/// Bodies below this are read whole.
const SHORTEST_BODY: usize = 16 * 1024;
/// A chunk ends at the first fitting quote behind so many bytes,
const LEAST: usize = 8 * 1024;
/// and at any quote behind so many.
const ENOUGH: usize = 64 * 1024;
/// Of the eight bytes before a quote, one hash in so many fits.
const FITTING: u64 = 64;
/// What is read of a chunk that is known, at each end: more than stands
/// between a name and its value, or of one literal in the next.
const EDGE: usize = 512;
/// Digests in each of the two generations, of sixteen bytes.
const MOST: usize = 1 << 15;

type Mark = [u8; 16];

/// Chunks that held nothing.
#[derive(Default)]
pub(crate) struct Memory(Generations<Mark, MOST>);

/// A body in chunks, those that are known and those that are not.
pub(crate) struct Chunks {
    chunks: Vec<(Range<usize>, Mark)>,
    known: Vec<bool>,
}

impl Memory {
    /// Remembers the chunks in which nothing was seen, and over the ends of which
    /// nothing is packed: of that, another body may have another rest.
    pub(crate) fn learn_all(&mut self, chunks: &Chunks, seen: &[Range<usize>], packed: &[Packed]) {
        for ((range, mark), known) in chunks.chunks.iter().zip(&chunks.known) {
            let has = |seen: &&Range<usize>| seen.start < range.end && range.start < seen.end;
            let is_cut =
                |part: &Range<usize>| part.end + EDGE >= range.end || part.start < range.start;
            let clean = !seen.iter().any(|seen| has(&seen));
            let mut packed = packed.iter().map(|part| &part.range).filter(has);
            let clean = clean && !packed.any(is_cut);
            if clean && !known {
                self.0.add(*mark);
            }
        }
    }

    /// Which of the chunks are known.
    pub(crate) fn recall(&mut self, chunks: &mut Chunks) {
        let known = chunks.chunks.iter().map(|(_, mark)| self.0.has(mark));
        chunks.known = known.collect();
    }
}

impl Chunks {
    /// Cuts a body. None for what is read whole in any case, as packed data is:
    /// of a part that is known, what begins in it would be forgotten.
    pub(crate) fn of(
        key: &[u8; 32],
        place: &Place,
        terms: &InspectTerms,
        body: &[u8],
    ) -> Option<Self> {
        if body.len() < SHORTEST_BODY || *place != Place::Body || may_hold_packed(body) {
            return None;
        }
        let prefix = Sha256::new()
            .chain_update(key)
            .chain_update(format!("{terms:?}"));
        let mut chunks = Vec::new();
        let mut start = 0;
        for quote in memchr::memchr_iter(b'"', body) {
            let len = quote + 1 - start;
            if len >= LEAST && (len >= ENOUGH || is_fitting(body, quote)) && is_plain(body, quote) {
                chunks.push(start..quote + 1);
                start = quote + 1;
            }
        }
        chunks.push(start..body.len());
        let mark = |range: Range<usize>| {
            let bytes = body.get(range.clone()).unwrap_or_default();
            let digest = prefix.clone().chain_update(bytes).finalize();
            (range, digest.first_chunk().copied().unwrap_or_default())
        };
        let chunks: Vec<_> = chunks.into_iter().map(mark).collect();
        Some(Self {
            known: vec![false; chunks.len()],
            chunks,
        })
    }

    /// What has to be read, in order and apart: None if that is everything.
    pub(crate) fn unread(&self) -> Option<Vec<Range<usize>>> {
        if !self.known.contains(&true) {
            return None;
        }
        let mut unread: Vec<Range<usize>> = Vec::new();
        let mut add = |range: Range<usize>| match unread.last_mut() {
            Some(last) if last.end >= range.start => last.end = range.end,
            _ => unread.push(range),
        };
        for ((range, _), known) in self.chunks.iter().zip(&self.known) {
            if *known && range.len() > 2 * EDGE {
                add(range.start..range.start + EDGE);
                add(range.end - EDGE..range.end);
            } else {
                add(range.clone());
            }
        }
        Some(unread)
    }
}

/// Whether the bytes before a quote choose it.
fn is_fitting(body: &[u8], quote: usize) -> bool {
    let before = quote.checked_sub(8).and_then(|at| body.get(at..));
    let Some(eight) = before.and_then(<[u8]>::first_chunk) else {
        return false;
    };
    // A multiplication that spreads the bits to the top (Fibonacci hashing).
    let hash = u64::from_le_bytes(*eight).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    hash >> 32 & (FITTING - 1) == 0
}

/// Whether no backslash makes the quote a part of its text.
fn is_plain(body: &[u8], quote: usize) -> bool {
    let before = body.get(..quote).unwrap_or_default();
    let escapes = before.iter().rev().take_while(|b| **b == b'\\').count();
    escapes.is_multiple_of(2)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn chunks(body: &[u8]) -> Chunks {
        Chunks::of(&[7; 32], &Place::Body, &InspectTerms::default(), body).unwrap()
    }

    fn text(from: u32, words: u32) -> String {
        (from..from + words).fold(String::new(), |text, n| {
            text + &format!("\"w{}\",", n.wrapping_mul(2_654_435_761) >> 7)
        })
    }

    #[test]
    fn what_stands_before_does_not_move_the_cuts_behind() {
        let common = text(0, 40_000);
        let (one, two) = (
            format!("{{\"a\":1,{common}"),
            format!("{{\"other\":\"{}\",{common}", text(90_000, 700)),
        );
        let marks = |body: &str| -> HashSet<Mark> {
            let chunks = chunks(body.as_bytes()).chunks;
            chunks.into_iter().map(|(_, mark)| mark).collect()
        };
        let (one, two) = (marks(&one), marks(&two));
        assert!(one.intersection(&two).count() + 3 >= one.len());
    }

    #[test]
    fn the_chunks_are_the_body() {
        let body = text(3, 30_000);
        let chunks = chunks(body.as_bytes());
        let mut end = 0;
        for (range, _) in &chunks.chunks {
            assert_eq!(range.start, end);
            end = range.end;
        }
        assert_eq!(end, body.len());
    }

    #[test]
    fn memory_is_bounded() {
        let mut memory = Memory::default();
        for n in 0..200_000_u128 {
            memory.0.add(n.to_le_bytes());
        }
        assert!(memory.0.iter().count() <= 2 * MOST);
        assert!(memory.0.has(&199_999_u128.to_le_bytes()));
        assert!(!memory.0.has(&1_u128.to_le_bytes()));
    }
}
