//! The tables of the pass's first filter.
//!
//! Every keyword has a telling part of three or four bytes. Each part is in one of a
//! few buckets, and a byte may stand at a place of a bucket if some part of it has it
//! there; where a machine looks up half bytes, if both halves of it do. The more alike
//! the parts of a bucket are, the less of a text passes: which ones share a bucket is
//! in [`super::sharing`].

use std::collections::BTreeSet;

use super::sharing;

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
    pub(super) fn upper(self, byte: u8) -> u8 {
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
        for (part, bucket) in parts
            .iter()
            .zip(sharing::buckets(parts, TABLES * 8, lookup))
        {
            if let Some(table) = tables.get_mut(bucket / 8) {
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
