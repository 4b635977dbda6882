//! Chooses the parts of anchors by how often a sample of text has them.

use std::collections::{HashMap, HashSet};

use super::super::rules;
use super::{
    OFTEN, PART, PARTS, RANKS, SHORT, blank_in, chosen, parts_of, ranked, spaced, unescaped,
};
use crate::tests::sample::{is_blessed, sample};

/// Bytes that the search looks up together: three of them in each part.
const GRAM: usize = 4;
/// What it costs at a place with the whole of a part to look at one anchor, beside
/// what a place with some bytes of it costs.
const LOOK: usize = 4;
/// A part with a blank needs another beside it: what that costs in a million bytes.
const BLANK: usize = 60;
/// Escapes may hide these at no cost, as those of [`OFTEN`]: a last resort.
const LAST: &[u8] = b">&\"'\\";

/// Chooses anew when `BLESS` is set.
#[test]
fn every_anchor_has_a_part_and_every_part_an_anchor() {
    if is_blessed() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/response/parts/parts.txt");
        std::fs::write(path, list(&Counts::of(&sample()))).unwrap();
        return;
    }
    let mut used = Vec::new();
    for anchor in anchors() {
        let parts = parts_of(anchor);
        let hint = "BLESS=1 cargo test -p bottle-scan choosing";
        assert!(!parts.is_empty(), "{anchor:?}: {hint}");
        used.extend(parts.into_iter().map(|(part, _)| part));
    }
    assert_eq!(RANKS.len(), PARTS.lines().count());
    let short = SHORT.iter().map(|part| part.as_bytes());
    for part in RANKS.keys().map(<[u8; PART]>::as_slice).chain(short) {
        let is_used = spaced(part).iter().any(|part| used.contains(part));
        assert!(is_used, "of no anchor: {}", part.escape_ascii());
    }
}

fn anchors() -> impl Iterator<Item = &'static str> {
    rules().flat_map(|rule| rule.anchors.iter().copied())
}

/// How often a sample has what parts may be made of, in a million bytes.
struct Counts {
    parts: HashMap<Vec<u8>, usize>,
    grams: HashMap<Vec<u8>, usize>,
    text: usize,
}

impl Counts {
    fn of(text: &[u8]) -> Self {
        let (mut parts, mut grams) = (HashMap::new(), HashMap::new());
        for part in anchors().flat_map(windows).map(|(_, part)| folded(part)) {
            for gram in part.windows(GRAM) {
                grams.insert(gram.to_vec(), 0);
            }
            parts.insert(part, 0);
        }
        for window in folded(text).windows(PART) {
            // Most texts have none of these bytes.
            let Some(count) = grams.get_mut(&window[..GRAM]) else {
                continue;
            };
            *count += 1;
            if let Some(count) = parts.get_mut(window) {
                *count += 1;
            }
        }
        Self {
            parts,
            grams,
            text: text.len(),
        }
    }

    /// What it costs to find one more anchor by a part, in a million bytes of text.
    fn look(&self, part: &[u8]) -> usize {
        let blank = if part.contains(&b' ') { BLANK } else { 0 };
        let is_last = part.iter().any(|b| OFTEN.contains(b) || LAST.contains(b));
        let last = if is_last { 1_000_000_000 } else { 0 };
        LOOK * self.millionth(self.parts[&folded(part)]) + blank + last
    }

    /// What it costs to search for a part, and to find one anchor by it.
    fn cost(&self, part: &[u8]) -> usize {
        let folded = folded(part);
        let grams = folded.windows(GRAM).map(|gram| self.grams[gram]).sum();
        self.millionth(grams) + self.look(part)
    }

    fn millionth(&self, count: usize) -> usize {
        count * 1_000_000 / self.text
    }
}

/// The list of parts that suffice, the rarest first.
fn list(counts: &Counts) -> String {
    let mut parts: Vec<(usize, [u8; PART])> = enough(counts)
        .into_iter()
        .map(|part| (counts.cost(&part), part))
        .collect();
    parts.sort_unstable();
    let parts = parts.into_iter().map(|(_, part)| part);
    let ranks = ranked(parts.clone());
    // A part that was taken first may have been taken in vain.
    let used: HashSet<[u8; PART]> = anchors()
        .flat_map(|anchor| {
            let places = chosen(anchor, &ranks).into_iter();
            places.filter_map(|(at, _)| anchor.as_bytes()[at..].first_chunk().copied())
        })
        .collect();
    let line = |part: [u8; PART]| str::from_utf8(&part).unwrap().replace('\n', "\\n") + "|\n";
    let page: String = parts.filter(|part| used.contains(part)).map(line).collect();
    assert!(page.lines().all(|line| unescaped(line).is_some()), "{page}");
    page
}

/// For each anchor the cheapest part, and another where that has a blank.
fn enough(counts: &Counts) -> HashSet<[u8; PART]> {
    let mut parts: HashSet<[u8; PART]> = HashSet::new();
    for anchor in anchors() {
        let mut take = |such: &dyn Fn(usize) -> bool| {
            let cost = |part: &[u8]| {
                let is_new = !parts.contains(part);
                if is_new {
                    counts.cost(part)
                } else {
                    counts.look(part)
                }
            };
            let cheapest = windows(anchor)
                .filter(|(at, _)| such(*at))
                .min_by_key(|(at, part)| (cost(part), *at))?;
            parts.insert(cheapest.1.try_into().ok()?);
            Some(cheapest)
        };
        let blank = take(&|_| true).and_then(|(at, _)| blank_in(anchor, at, PART));
        if let Some(blank) = blank {
            take(&|at| !(at..at + PART).contains(&blank));
        }
    }
    parts
}

/// What of an anchor may be a part, and where that begins.
fn windows(anchor: &'static str) -> impl Iterator<Item = (usize, &'static [u8])> {
    let windows = anchor.as_bytes().windows(PART).enumerate();
    windows.filter(|(_, part)| part.is_ascii())
}

/// As the search sees it.
fn folded(text: &[u8]) -> Vec<u8> {
    text.iter().map(|b| b | 0x20).collect()
}
