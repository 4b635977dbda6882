//! Which parts of keywords share a bucket of the pass's first filter.
//!
//! Every keyword has a telling part of three or four bytes. The filter's tables
//! are over half bytes: each part is in one of a few buckets, and a byte may
//! stand at a place of a bucket if both its halves do. The more alike the parts
//! of a bucket are, the less of a text passes, so parts are moved to where they
//! cost least, by how often each byte occurs in what agents send.

use std::collections::BTreeSet;

/// Bytes of a telling part.
pub(super) const PLACES: usize = 4;

/// How the pass looks a byte up: as it is; or by its lower half, and either by
/// which row of eight it is in or by its two halves mixed. Rows keep digits and
/// capitals apart from all else, mixed halves any two letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lookup {
    Whole,
    Rows,
    Mixed,
}

impl Lookup {
    /// What a byte is looked up by besides its lower half.
    fn upper(self, byte: u8) -> u8 {
        match self {
            Self::Whole | Self::Mixed => (byte >> 4 ^ byte) & 15,
            Self::Rows => byte >> 3 & 15,
        }
    }
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

impl Buckets {
    /// Shares the parts out so that the buckets together allow as little of a
    /// text as can be.
    pub(super) fn share_out<const TABLES: usize>(
        parts: &BTreeSet<&[u8]>,
        lookup: Lookup,
    ) -> [Self; TABLES] {
        let mut tables = [const { Self::EMPTY }; TABLES];
        for (bucket, parts) in shared(parts, TABLES * 8, lookup).iter().enumerate() {
            let Some(table) = tables.get_mut(bucket / 8) else {
                continue;
            };
            for part in parts {
                for place in 0..PLACES {
                    let byte = part.get(place).copied();
                    table.allow(lookup, place, byte, 1 << (bucket % 8));
                }
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
    fn allow(&mut self, lookup: Lookup, place: usize, byte: Option<u8>, bucket: u8) {
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
        half(high.get_mut(usize::from(lookup.upper(byte))));
        half(whole.get_mut(usize::from(byte)));
    }
}

/// How often the first bytes of a part stand in a text: by how rare each is by
/// itself, and by how common they are together, from 0 to 1.
pub(crate) fn frequency(part: &[u8]) -> f32 {
    let part = part.get(..PLACES).unwrap_or(part);
    let apart = part.iter().map(|byte| byte_share(*byte)).product::<f32>();
    let common = COMMON.iter().find(|(common, _)| common.as_slice() == part);
    apart + common.map_or(0.0, |(_, count)| common_share(*count))
}

/// Four bytes that stand in code far more often than each by itself tells, and how
/// often in 100,000 bytes: half of it Rust, a fourth each Python and JavaScript.
const COMMON: [([u8; PLACES], u16); 128] = [
    (*b"path", 45),
    (*b"\\\"\\\"", 43),
    (*b"with", 41),
    (*b"test", 36),
    (*b"bjec", 35),
    (*b"impl", 35),
    (*b"data", 29),
    (*b"::ne", 27),
    (*b"lock", 26),
    (*b"ault", 26),
    (*b"ert_", 24),
    (*b"othe", 23),
    (*b"spec", 21),
    (*b"sign", 21),
    (*b"get_", 21),
    (*b"matt", 20),
    (*b"asyn", 20),
    (*b"meth", 20),
    (*b"pend", 19),
    (*b"alid", 19),
    (*b"proc", 19),
    (*b"mpor", 18),
    (*b"args", 18),
    (*b"http", 18),
    (*b"erve", 18),
    (*b"case", 18),
    (*b"patt", 17),
    (*b"Some", 17),
    (*b"ifie", 17),
    (*b"ndex", 15),
    (*b"heck", 15),
    (*b"crea", 15),
    (*b"para", 15),
    (*b"serv", 14),
    (*b"clos", 14),
    (*b"er::", 14),
    (*b"back", 14),
    (*b"rver", 14),
    (*b"buff", 13),
    (*b"chan", 13),
    (*b"bloc", 13),
    (*b"mand", 13),
    (*b"pub(", 13),
    (*b"\\\"fu", 13),
    (*b"load", 13),
    (*b"ocal", 13),
    (*b"cach", 13),
    (*b".com", 13),
    (*b"d by", 13),
    (*b"_att", 13),
    (*b"tifi", 12),
    (*b"move", 12),
    (*b"ttps", 12),
    (*b"grou", 12),
    (*b"peci", 12),
    (*b"_tok", 12),
    (*b"shou", 12),
    (*b"ntim", 12),
    (*b"tps:", 12),
    (*b"s://", 12),
    (*b"ps:/", 12),
    (*b"clon", 11),
    (*b"cfg_", 11),
    (*b"over", 11),
    (*b"ckag", 11),
    (*b"utpu", 11),
    (*b"coun", 11),
    (*b".clo", 10),
    (*b"visi", 10),
    (*b"ent_", 10),
    (*b"fied", 10),
    (*b"king", 10),
    (*b"ead_", 9),
    (*b"ulti", 9),
    (*b"does", 9),
    (*b"eriv", 9),
    (*b"lect", 9),
    (*b"fica", 9),
    (*b"try_", 9),
    (*b"Matc", 9),
    (*b"ite_", 9),
    (*b"boun", 9),
    (*b"hash", 8),
    (*b"set_", 8),
    (*b"thub", 8),
    (*b"com/", 8),
    (*b"ate_", 8),
    (*b"iver", 8),
    (*b"some", 8),
    (*b"word", 8),
    (*b"new_", 7),
    (*b"drop", 7),
    (*b"look", 7),
    (*b"sit_", 7),
    (*b"\"typ", 7),
    (*b"oll_", 7),
    (*b"kio-", 7),
    (*b"::Er", 7),
    (*b"Asyn", 7),
    (*b"pani", 6),
    (*b"kio/", 6),
    (*b"rack", 6),
    (*b"der:", 6),
    (*b"rker", 6),
    (*b"ync:", 6),
    (*b"slot", 6),
    (*b"rtif", 6),
    (*b"osed", 6),
    (*b"rse_", 5),
    (*b"ask:", 5),
    (*b"::Ex", 5),
    (*b"kind", 5),
    (*b"perm", 5),
    (*b"ock_", 5),
    (*b"gram", 5),
    (*b"::sy", 5),
    (*b"macr", 4),
    (*b"ken:", 4),
    (*b"xpr:", 4),
    (*b"ith_", 4),
    (*b"auth", 4),
    (*b"_key", 4),
    (*b"key_", 3),
    (*b"oduc", 2),
    (*b"ify_", 2),
    (*b"ime_", 2),
    (*b"proj", 2),
    (*b"disc", 2),
];

fn common_share(count: u16) -> f32 {
    f32::from(count) / 100_000.0
}

/// For each place and byte, those of [`COMMON`] that have the byte there.
#[expect(
    clippy::indexing_slicing,
    reason = "evaluated by the compiler; ASCII indexes 128 entries"
)]
const COMMON_WITH: [[u128; 128]; PLACES] = {
    let mut with = [[0; 128]; PLACES];
    let mut at = 0;
    while at < COMMON.len() {
        let mut place = 0;
        while place < PLACES {
            with[place][COMMON[at].0[place] as usize] |= 1 << at;
            place += 1;
        }
        at += 1;
    }
    with
};

/// How often parts are moved at most: a few rounds find nearly all there is.
const ROUNDS: usize = 6;
/// A move that saves less of a text than this is not worth looking for.
const SAVED: f32 = 1e-7;
/// The most parts of a bucket, beside what each would have in equal shares.
const FULLEST: usize = 4;

fn shared<'a>(parts: &BTreeSet<&'a [u8]>, buckets: usize, lookup: Lookup) -> Vec<Vec<&'a [u8]>> {
    let shares = Shares::new(lookup);
    let mut parts: Vec<&[u8]> = parts.iter().copied().collect();
    parts.sort_by_key(|part| {
        let kinds: Vec<u8> = part.iter().map(|byte| kind(*byte)).collect();
        (part.len(), kinds, *part)
    });
    let cut = cut(&parts, buckets, &shares).into_iter();
    let mut shared: Vec<_> = cut.map(|parts| Bucket::new(parts, &shares)).collect();
    for _ in 0..ROUNDS {
        let moved: usize = (0..buckets)
            .map(|from| move_out(&mut shared, from, &shares))
            .sum();
        if moved == 0 {
            break;
        }
    }
    shared.into_iter().map(|bucket| bucket.parts).collect()
}

/// Cuts the parts, in their order, into buckets of the least cost in sum.
fn cut<'a>(parts: &[&'a [u8]], buckets: usize, shares: &Shares) -> Vec<Vec<&'a [u8]>> {
    // No bucket is many times as full as another.
    let most = (parts.len() * FULLEST).div_ceil(buckets);
    // What each stretch of parts costs in one bucket, by its first part.
    let stretch = |from: usize| -> Vec<f32> {
        let mut allowed = Allowed::default();
        let rest = parts.get(from..).unwrap_or_default().iter();
        rest.take(most)
            .map(|part| {
                allowed.add(part, shares.lookup);
                shares.of(&allowed)
            })
            .collect()
    };
    let stretches: Vec<Vec<f32>> = (0..parts.len()).map(stretch).collect();
    // The least cost of the first so many parts, with a bucket more each time,
    // and where the last of these begins.
    let mut best = vec![f32::INFINITY; parts.len() + 1];
    best.iter_mut().take(1).for_each(|none| *none = 0.0);
    let mut begins = Vec::new();
    for _ in 0..buckets {
        let mut next = vec![(f32::INFINITY, 0); parts.len() + 1];
        next.iter_mut().take(1).for_each(|none| none.0 = 0.0);
        for (from, (stretch, so_far)) in stretches.iter().zip(&best).enumerate() {
            for (entry, cost) in next.iter_mut().skip(from + 1).zip(stretch) {
                if so_far + cost < entry.0 {
                    *entry = (so_far + cost, from);
                }
            }
        }
        begins.push(next.iter().map(|entry| entry.1).collect::<Vec<_>>());
        best = next.into_iter().map(|entry| entry.0).collect();
    }
    let mut end = parts.len();
    let taken = begins.iter().rev().map(|begins| {
        let begin = begins.get(end).copied().unwrap_or_default();
        let bucket = parts.get(begin..end).unwrap_or_default().to_vec();
        end = begin;
        bucket
    });
    taken.collect()
}

/// Moves each part of a bucket to the bucket where it costs least.
fn move_out(shared: &mut [Bucket<'_>], from: usize, shares: &Shares) -> usize {
    let mut moved = 0;
    let parts = shared.get(from).map(|bucket| bucket.parts.clone());
    for part in parts.unwrap_or_default() {
        let Some(bucket) = shared.get(from) else {
            continue;
        };
        let others = bucket.parts.iter().filter(|other| **other != part);
        let without = Bucket::new(others.copied().collect(), shares);
        let saved = bucket.cost - without.cost;
        if saved <= SAVED {
            continue;
        }
        let costs = shared.iter().enumerate().filter(|(to, _)| *to != from);
        let costs = costs.map(|(to, bucket)| {
            let mut allowed = bucket.allowed;
            allowed.add(part, shares.lookup);
            (to, shares.of(&allowed) - bucket.cost)
        });
        let least = costs.min_by(|(_, a), (_, b)| a.total_cmp(b));
        let Some((to, _)) = least.filter(|(_, cost)| *cost < saved) else {
            continue;
        };
        for (at, bucket) in shared.iter_mut().enumerate() {
            if at == from {
                *bucket = without.clone();
            } else if at == to {
                bucket.add(part, shares);
            }
        }
        moved += 1;
    }
    moved
}

/// Parts that share a bucket, and what that costs.
#[derive(Clone)]
struct Bucket<'a> {
    parts: Vec<&'a [u8]>,
    allowed: Allowed,
    cost: f32,
}

impl<'a> Bucket<'a> {
    fn new(parts: Vec<&'a [u8]>, shares: &Shares) -> Self {
        let mut allowed = Allowed::default();
        for part in &parts {
            allowed.add(part, shares.lookup);
        }
        Self {
            parts,
            allowed,
            cost: shares.of(&allowed),
        }
    }

    fn add(&mut self, part: &'a [u8], shares: &Shares) {
        self.parts.push(part);
        self.allowed.add(part, shares.lookup);
        self.cost = shares.of(&self.allowed);
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

/// What one bucket allows at each place: sets of bytes, or of their halves.
#[derive(Clone, Copy, Default)]
struct Allowed {
    whole: [u128; PLACES],
    /// How much of a text those are.
    share: [f32; PLACES],
    /// Which of [`COMMON`] have an allowed byte there.
    common: [u128; PLACES],
    low: [u16; PLACES],
    high: [u16; PLACES],
}

impl Allowed {
    fn add(&mut self, part: &[u8], lookup: Lookup) {
        let wholes = self.whole.iter_mut().zip(&mut self.share);
        let halves = self.low.iter_mut().zip(&mut self.high);
        for (place, ((whole, share), (low, high))) in wholes.zip(halves).enumerate() {
            let with = COMMON_WITH.get(place).zip(self.common.get_mut(place));
            let Some(byte) = part.get(place) else {
                (*whole, *share, *low, *high) = (u128::MAX, 1.0, u16::MAX, u16::MAX);
                if let Some((_, common)) = with {
                    *common = u128::MAX;
                }
                continue;
            };
            if let Some((with, common)) = with {
                *common |= with.get(usize::from(*byte)).copied().unwrap_or_default();
            }
            if *whole >> (byte & 127) & 1 == 0 {
                *share += byte_share(*byte);
            }
            *whole |= 1 << (byte & 127);
            *low |= 1 << (byte & 15);
            *high |= 1 << lookup.upper(*byte);
        }
    }
}

impl Allowed {
    /// How much of a text those of [`COMMON`] are that are allowed.
    fn common(&self) -> f32 {
        let mut left = self.common.iter().fold(u128::MAX, |all, at| all & at);
        let mut share = 0.0;
        while left != 0 {
            let common = COMMON.get(left.trailing_zeros() as usize);
            share += common.map_or(0.0, |(_, count)| common_share(*count));
            left &= left - 1;
        }
        share
    }
}

/// How much of a text some bytes are together.
struct Shares {
    lookup: Lookup,
    /// For each lower half, and each set of eight of what is looked up besides.
    halves: Vec<[[f32; 256]; 2]>,
}

impl Shares {
    fn new(lookup: Lookup) -> Self {
        let column = |low: u8| {
            let bytes: Vec<u8> = (0..8).map(|high| high << 4 | low).collect();
            [0, 8].map(|first: u8| {
                let mut sums = [0.0; 256];
                for (set, sum) in sums.iter_mut().enumerate() {
                    let at = |byte: &u8| lookup.upper(*byte).checked_sub(first);
                    let is_in =
                        |byte: &&u8| at(byte).is_some_and(|at| at < 8 && set >> at & 1 != 0);
                    *sum = bytes
                        .iter()
                        .filter(is_in)
                        .map(|byte| byte_share(*byte))
                        .sum();
                }
                sums
            })
        };
        let columns = if lookup == Lookup::Whole { 0..0 } else { 0..16 };
        Self {
            lookup,
            halves: columns.map(column).collect(),
        }
    }

    /// About how much of a text passes a bucket: as if its bytes were independent,
    /// and what is common besides.
    fn of(&self, allowed: &Allowed) -> f32 {
        self.apart(allowed) + allowed.common()
    }

    fn apart(&self, allowed: &Allowed) -> f32 {
        if self.lookup == Lookup::Whole {
            return allowed.share.iter().product();
        }
        let place = |(low, high): (&u16, &u16)| {
            let [first, second] = high.to_le_bytes().map(usize::from);
            let columns = self.halves.iter().enumerate();
            let columns = columns.filter(|(column, _)| low >> column & 1 != 0);
            columns
                .map(|(_, [a, b])| {
                    a.get(first).copied().unwrap_or(0.0) + b.get(second).copied().unwrap_or(0.0)
                })
                .sum::<f32>()
        };
        allowed.low.iter().zip(&allowed.high).map(place).product()
    }
}

/// How much of a text is this byte.
fn byte_share(byte: u8) -> f32 {
    let count = OCCURRENCES.get(usize::from(byte)).copied().unwrap_or(1);
    f32::from(count) / 20_000.0
}

/// Of twenty thousand bytes of source code in JSON and of prose, how many are
/// this one; bytes past ASCII as if they were rare.
const OCCURRENCES: [u16; 128] = [
    1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 49, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
    1, 4622, 24, 106, 35, 5, 2, 38, 39, 211, 211, 44, 10, 230, 82, 218, 348, 64, 54, 42, 27, 24,
    21, 21, 12, 23, 12, 256, 73, 33, 75, 62, 9, 1, 49, 24, 49, 36, 57, 27, 10, 21, 44, 2, 12, 26,
    26, 32, 28, 41, 1, 36, 78, 63, 16, 14, 11, 4, 4, 2, 41, 494, 41, 1, 210, 121, 770, 145, 424,
    376, 1459, 316, 166, 310, 659, 7, 111, 489, 250, 1134, 692, 307, 21, 785, 786, 1045, 354, 95,
    117, 89, 152, 26, 63, 79, 63, 2, 1,
];
