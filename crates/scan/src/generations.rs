//! A set that stays small: in two generations, of which the older is forgotten
//! when the younger is full. What is asked for again is young again.
//!
//! Knows nothing of what it keeps.

use std::borrow::Borrow;
use std::collections::HashSet;
use std::hash::Hash;

use foldhash::quality::RandomState;

/// No more than twice `MOST` items.
pub(crate) struct Generations<T, const MOST: usize> {
    young: HashSet<T, RandomState>,
    old: HashSet<T, RandomState>,
}

impl<T, const MOST: usize> Default for Generations<T, MOST> {
    fn default() -> Self {
        Self {
            young: HashSet::default(),
            old: HashSet::default(),
        }
    }
}

impl<T: Eq + Hash, const MOST: usize> Generations<T, MOST> {
    /// Whether it has the item, which is young from then on.
    pub(crate) fn has<Q: Eq + Hash + ?Sized>(&mut self, item: &Q) -> bool
    where
        T: Borrow<Q>,
    {
        if self.young.contains(item) {
            return true;
        }
        let Some(item) = self.old.take(item) else {
            return false;
        };
        self.add(item);
        true
    }

    pub(crate) fn add(&mut self, item: T) {
        if self.young.len() >= MOST {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.insert(item);
    }

    #[cfg(test)]
    pub(crate) fn iter(&self) -> impl Iterator<Item = &T> {
        self.young.iter().chain(&self.old)
    }
}
