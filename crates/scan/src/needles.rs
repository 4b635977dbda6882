//! The search for the texts that known values leave as.
//!
//! After Wu and Manber (1994): three bytes at the end of a place where a
//! needle's head might stand tell how far the search may go on without missing
//! one. In most text that is nearly the length of the shortest head.

use crate::budget::{Budget, Exhausted};
use crate::known::{MIN_KNOWN, Needle, Shows};
use crate::matcher::{Hit, What};
use crate::views::{Layer, Undo};

/// All needles, ready for the search.
pub(crate) struct Needles {
    all: Vec<Needle>,
    /// Bytes of each needle that the tables know.
    head: usize,
    /// For each hash of three bytes, how far the search may go on.
    skips: Vec<u8>,
    /// For each hash of a head's last three bytes, where its needles begin.
    slots: Vec<u32>,
    /// Indices of needles.
    order: Vec<u32>,
    /// Some value has no part that shows where it stands escaped.
    is_hidden: bool,
}

/// Bytes that are hashed together.
const GRAM: usize = 3;
/// The longest part of a needle that the tables know.
const MAX_HEAD: usize = 12;
const SLOTS: usize = 1 << 14;

impl Needles {
    pub(crate) fn new(mut needles: Vec<Needle>) -> Self {
        let all = needles.len();
        needles.retain(|n| n.shows == Shows::Value || n.text.len() >= MIN_KNOWN);
        let is_hidden = needles.len() < all;
        let shortest = needles.iter().map(|n| n.text.len()).min().unwrap_or(0);
        let head = shortest.min(MAX_HEAD);
        let far = u8::try_from((head + 1).saturating_sub(GRAM)).unwrap_or(u8::MAX);
        let mut skips = vec![far; SLOTS];
        let last = |needle: &Needle| {
            let text = needle.text.expose();
            let gram = text.get(head.saturating_sub(GRAM)..).unwrap_or_default();
            gram.first_chunk().map_or(0, |gram| hash(*gram))
        };
        for needle in &needles {
            let text = needle.text.expose().get(..head).unwrap_or_default();
            for (at, gram) in text.windows(GRAM).enumerate() {
                let Some(gram) = gram.first_chunk() else {
                    continue;
                };
                let rest = u8::try_from(head - GRAM - at).unwrap_or(u8::MAX);
                if let Some(skip) = skips.get_mut(hash(*gram)) {
                    *skip = rest.min(*skip);
                }
            }
        }
        let mut order: Vec<u32> = (0..u32::try_from(needles.len()).unwrap_or(0)).collect();
        let hash_of = |index: &u32| needles.get(*index as usize).map_or(0, last);
        order.sort_by_key(hash_of);
        let mut slots = vec![0; SLOTS + 1];
        for index in &order {
            if let Some(slot) = slots.get_mut(hash_of(index) + 1) {
                *slot += 1;
            }
        }
        let mut sum = 0;
        for slot in &mut slots {
            sum += *slot;
            *slot = sum;
        }
        Self {
            all: needles,
            head,
            skips,
            slots,
            order,
            is_hidden,
        }
    }

    /// Adds every needle in the layer, and where one may be escaped.
    pub(crate) fn look(
        &self,
        layer: &Layer<'_>,
        undo: &mut Undo<'_>,
        budget: &mut Budget,
        hits: &mut Vec<Hit>,
    ) -> Result<(), Exhausted> {
        if self.all.is_empty() {
            return Ok(());
        }
        let bytes = layer.bytes();
        if self.is_hidden {
            undo.around(&(0..bytes.len()), 0, 0);
        }
        // The end of the place where a head might stand.
        let mut end = self.head;
        while let Some(gram) = end
            .checked_sub(GRAM)
            .and_then(|at| bytes.get(at..end))
            .and_then(<[u8]>::first_chunk)
        {
            let slot = hash(*gram);
            let skip = self.skips.get(slot).copied().unwrap_or(1);
            if skip > 0 {
                end += usize::from(skip);
                continue;
            }
            self.compare(slot, end - self.head, layer, undo, budget, hits)?;
            end += 1;
        }
        Ok(())
    }

    fn compare(
        &self,
        slot: usize,
        start: usize,
        layer: &Layer<'_>,
        undo: &mut Undo<'_>,
        budget: &mut Budget,
        hits: &mut Vec<Hit>,
    ) -> Result<(), Exhausted> {
        let (Some(from), Some(to)) = (self.slots.get(slot), self.slots.get(slot + 1)) else {
            return Ok(());
        };
        let rest = layer.bytes().get(start..).unwrap_or_default();
        let order = self.order.get(*from as usize..*to as usize);
        for index in order.unwrap_or_default() {
            let Some(needle) = self.all.get(*index as usize) else {
                continue;
            };
            budget.work(1)?;
            let text = needle.text.expose();
            if !rest.starts_with(text) {
                continue;
            }
            budget.work(text.len())?;
            let range = start..start + text.len();
            if needle.shows == Shows::Part {
                undo.around(&range, needle.around, needle.around);
                continue;
            }
            if layer.piece_with(&range).is_some() {
                hits.push(Hit {
                    what: What::Known(needle.known),
                    range,
                    encoded: needle.view,
                    spelled: None,
                });
            }
        }
        Ok(())
    }
}

#[inline]
fn hash(gram: [u8; GRAM]) -> usize {
    let [a, b, c] = gram;
    let key = u32::from_le_bytes([a, b, c, 0]);
    (key.wrapping_mul(0x9E37_79B1) >> 18) as usize
}
