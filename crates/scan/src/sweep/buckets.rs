//! The tables of the pass's first filter.
//!
//! Every keyword has a telling part of three or four bytes. Each part is in one of a
//! few buckets, and a byte may stand at a place of a bucket if some part of it has it
//! there; where a machine looks up half bytes, if both halves of it do. The more alike
//! the parts of a bucket are, the less of a text passes: which ones share a bucket is
//! in [`super::sharing`].

use std::collections::BTreeSet;

use super::{Machine, sharing};

/// Bytes of a telling part.
pub(super) const PLACES: usize = 4;

/// How the pass looks a byte up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lookup {
    Whole,
    By(Halves),
}

/// What a half byte is looked up by besides the lower half: by which row of eight
/// the byte is in, or by its two halves mixed. Rows keep digits and capitals apart
/// from all else, mixed halves any two letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Halves {
    Rows,
    Mixed,
}

impl Halves {
    /// For the parts of keywords that begin words, among which are digits and capitals,
    /// and for those of the others, which are small letters.
    pub(super) const OF_KEYWORDS: [Self; 2] = [Self::Rows, Self::Mixed];

    pub(super) fn upper(self, byte: u8) -> u8 {
        match self {
            Self::Rows => byte >> 3 & 15,
            Self::Mixed => (byte >> 4 ^ byte) & 15,
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
    /// Shares the parts out so that the buckets together allow a machine as little of
    /// a text as can be. Both tables are made, whichever the machine looks bytes up
    /// in: neither lets a part go.
    pub(super) fn share_out<const TABLES: usize>(
        parts: &BTreeSet<&[u8]>,
        halves: Halves,
        machine: Machine,
    ) -> [Self; TABLES] {
        let lookup = machine.lookup(halves);
        let mut tables = [const { Self::EMPTY }; TABLES];
        for (part, bucket) in parts
            .iter()
            .zip(sharing::buckets(parts, TABLES * 8, lookup))
        {
            if let Some(table) = tables.get_mut(bucket / 8) {
                for place in 0..PLACES {
                    let byte = part.get(place).copied();
                    table.allow(halves, place, byte, 1 << (bucket % 8));
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
    fn allow(&mut self, halves: Halves, place: usize, byte: Option<u8>, bucket: u8) {
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
        half(high.get_mut(usize::from(halves.upper(byte))));
        half(whole.get_mut(usize::from(byte)));
    }
}
