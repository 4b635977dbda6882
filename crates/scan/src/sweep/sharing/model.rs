//! What a shared bucket costs, and the search for the sharing that costs least.
//!
//! A bucket costs as much as it allows of a sample: which four bytes in a row are
//! common there is counted, and what is rare is taken as if its bytes stood beside one
//! another by chance.

use std::collections::HashMap;

use super::super::Machine;
use super::super::buckets::{Halves, Lookup, PLACES};
use super::super::keywords::{Parts, entries_of_table};
use super::{BTreeSet, KEPT, head, kept};
use crate::tests::sample::{is_blessed, sample};

/// The most common four bytes in a row that are counted one by one.
const COMMON: usize = 1 << 13;
const WORDS: usize = COMMON / 64;
/// How much what is rare counts beside them.
const RARE: f32 = 0.3;

/// Of [`COMMON`], a bit for each.
type Set = [u64; WORDS];

/// What a text has, at each byte or only where words begin.
struct Sample {
    /// For each place and byte, those that have it there.
    with: Vec<[Box<Set>; PLACES]>,
    /// How much of the text each is.
    weights: Vec<f32>,
    /// How much of it each byte is.
    bytes: [f32; 256],
}

impl Sample {
    #[expect(clippy::cast_precision_loss, reason = "shares of a text")]
    fn new(text: &[u8], begins: impl Fn(Option<u8>) -> bool) -> Self {
        let all = text.len() as f32;
        let mut bytes = [0.0; 256];
        let mut counts: HashMap<[u8; PLACES], u32> = HashMap::new();
        for (at, window) in text.windows(PLACES).enumerate() {
            bytes[usize::from(window[0])] += 1.0 / all;
            if begins(at.checked_sub(1).map(|at| text[at])) {
                *counts.entry(window.try_into().unwrap()).or_default() += 1;
            }
        }
        let mut common: Vec<_> = counts.into_iter().collect();
        common.sort_by_key(|(bytes, count)| (std::cmp::Reverse(*count), *bytes));
        common.truncate(COMMON);
        let mut with: Vec<[Box<Set>; PLACES]> = (0..256)
            .map(|_| [(); PLACES].map(|()| Box::new([0; WORDS])))
            .collect();
        for (at, (bytes, _)) in common.iter().enumerate() {
            for (place, byte) in bytes.iter().enumerate() {
                with[usize::from(*byte)][place][at / 64] |= 1 << (at % 64);
            }
        }
        let weights = common.iter().map(|(_, count)| *count as f32 / all);
        Self {
            weights: weights.collect(),
            with,
            bytes,
        }
    }

    fn cost(&self, parts: &[&[u8]], lookup: Lookup) -> f32 {
        let mut common = [u64::MAX; WORDS];
        let mut rare = RARE;
        for place in 0..PLACES {
            let allowed = allowed(parts, place, lookup);
            if allowed.iter().all(|allowed| *allowed) {
                continue;
            }
            let (mut here, mut share) = ([0; WORDS], 0.0);
            for (byte, _) in allowed.iter().enumerate().filter(|(_, allowed)| **allowed) {
                share += self.bytes[byte];
                for (here, with) in here.iter_mut().zip(self.with[byte][place].iter()) {
                    *here |= with;
                }
            }
            rare *= share;
            for (common, here) in common.iter_mut().zip(here) {
                *common &= here;
            }
        }
        let mut cost = if parts.is_empty() { 0.0 } else { rare };
        for (at, mut word) in common.into_iter().enumerate() {
            while word != 0 {
                cost += self.weights[at * 64 + word.trailing_zeros() as usize];
                word &= word - 1;
            }
        }
        cost
    }
}

/// The bytes that a bucket of these parts allows at a place.
fn allowed(parts: &[&[u8]], place: usize, lookup: Lookup) -> [bool; 256] {
    let mut whole = [false; 256];
    for part in parts {
        let Some(byte) = part.get(place) else {
            return [true; 256];
        };
        whole[usize::from(*byte)] = true;
    }
    let Lookup::By(halves) = lookup else {
        return whole;
    };
    let (mut low, mut upper) = (0_u16, 0_u16);
    for part in parts {
        low |= 1 << (part[place] & 15);
        upper |= 1 << halves.upper(part[place]);
    }
    let both = |byte: u8| low >> (byte & 15) & 1 != 0 && upper >> halves.upper(byte) & 1 != 0;
    std::array::from_fn(|byte| both(u8::try_from(byte).unwrap()))
}

/// Parts that share a bucket, and what that costs.
#[derive(Clone, Default)]
struct Bucket<'a> {
    parts: Vec<&'a [u8]>,
    cost: f32,
}

/// Looks for the sharing that costs least: parts are moved at random, at first also to
/// where they cost more (Kirkpatrick, Gelatt, Vecchi: simulated annealing).
#[expect(clippy::cast_precision_loss, reason = "a part of all steps")]
fn anneal<'a>(
    sample: &Sample,
    parts: &BTreeSet<&'a [u8]>,
    buckets: usize,
    lookup: Lookup,
) -> Vec<Bucket<'a>> {
    const STEPS: u32 = 6_000_000;
    const HOT: f32 = 1e-4;
    const COLD: f32 = 1e-7;
    let of = |parts: Vec<&'a [u8]>| Bucket {
        cost: sample.cost(&parts, lookup),
        parts,
    };
    // Alike parts begin together.
    let each = parts.len().div_ceil(buckets);
    let all: Vec<&[u8]> = parts.iter().copied().collect();
    let mut all: Vec<Bucket<'a>> = all.chunks(each).map(|parts| of(parts.to_vec())).collect();
    all.resize(buckets, Bucket::default());
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut random = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state >> 11).unwrap() % below
    };
    for step in 0..STEPS {
        let heat = HOT * (COLD / HOT).powf(step as f32 / STEPS as f32);
        let (from, to) = (random(buckets), random(buckets));
        if from == to || all[from].parts.is_empty() {
            continue;
        }
        let mut without = all[from].parts.clone();
        let mut with = all[to].parts.clone();
        with.push(without.swap_remove(random(without.len())));
        let (without, with) = (of(without), of(with));
        let more = without.cost + with.cost - all[from].cost - all[to].cost;
        let chance = random(1 << 20) as f32 / (1 << 20) as f32;
        if more <= 0.0 || chance < (-more / heat).exp() {
            all[from] = without;
            all[to] = with;
        }
    }
    all
}

/// Looks for another sharing when `BLESS` is set and the table has other parts; fails
/// otherwise.
#[test]
fn the_kept_sharing_is_of_the_tables_parts() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/sweep/sharing/kept.txt");
    let bless = is_blessed();
    let entries = entries_of_table();
    let parts = Parts::of(&entries);
    let mut read = None;
    let mut lines = Vec::new();
    for machine in [Machine::Whole, Machine::Halves] {
        let [anchored, loose] = Halves::OF_KEYWORDS;
        let both = [(&parts.anchored, 8, anchored), (&parts.loose, 24, loose)];
        for (parts, buckets, halves) in both {
            let lookup = machine.lookup(halves);
            let head = head(parts, buckets, lookup);
            if kept(KEPT, parts, buckets, lookup).is_some() {
                let line = KEPT.lines().find(|line| line.starts_with(&head));
                lines.extend(line.map(str::to_owned));
                continue;
            }
            assert!(
                bless,
                "the table's keywords have changed: BLESS=1 cargo test -p bottle-scan kept_sharing"
            );
            let text = read.get_or_insert_with(sample);
            let in_word = |before: Option<u8>| before.is_some_and(|b| b.is_ascii_alphanumeric());
            let sample = Sample::new(text, |before| buckets == 24 || !in_word(before));
            let all = anneal(&sample, parts, buckets, lookup);
            let cost: f32 = all.iter().map(|bucket| bucket.cost).sum();
            println!("{lookup:?} {buckets}: {cost} of the sample");
            let letter = |part: &&[u8]| {
                let bucket = all.iter().position(|bucket| bucket.parts.contains(part));
                char::from(b'a' + u8::try_from(bucket.unwrap()).unwrap())
            };
            lines.push(format!(
                "{head}{}",
                parts.iter().map(letter).collect::<String>()
            ));
        }
    }
    let page = lines.join("\n") + "\n";
    if page != KEPT {
        assert!(bless, "kept.txt has lines that nobody reads");
        std::fs::write(path, page).unwrap();
    }
}
