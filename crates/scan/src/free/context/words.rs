//! The words before a value, and the services among them.

use std::ops::Range;
use std::sync::LazyLock;

use super::{BACK, Service};
use crate::free::services::{NAMES, STORES, WORDS};
use crate::sweep::ALNUM;

/// The letters and digits before a value, in lower case, with word starts.
pub(super) struct Words {
    letters: [u8; BACK],
    len: usize,
    /// For each letter, whether a word begins with it.
    starts: [bool; BACK],
    /// For each byte of the text, how many letters stand before it.
    places: [u8; BACK],
}

impl Words {
    pub(super) fn new(text: &[u8]) -> Self {
        let mut words = Self {
            letters: [0; BACK],
            len: 0,
            starts: [false; BACK],
            places: [0; BACK],
        };
        let (mut last, mut one_before) = (0_u8, 0_u8);
        for (&byte, place) in text.iter().zip(&mut words.places) {
            *place = u8::try_from(words.len).unwrap_or(u8::MAX);
            // The letter of an escape parts words.
            let escape = last == b'\\' && matches!(byte, b'n' | b'r' | b't');
            let byte = if escape { b' ' } else { byte };
            let camel = byte.is_ascii_uppercase() & !last.is_ascii_uppercase();
            // `-Dvendor.key=…`: the flag is no part of the word.
            let flag = last == b'D' && one_before == b'-';
            // Written whether it is a letter or not: the next one goes over it.
            if let Some(starts) = words.starts.get_mut(words.len) {
                *starts = camel | flag | !ALNUM.has(last);
            }
            if let Some(letter) = words.letters.get_mut(words.len) {
                *letter = byte.to_ascii_lowercase();
            }
            words.len += usize::from(ALNUM.has(byte));
            (one_before, last) = (last, byte);
        }
        words
    }

    pub(super) fn letters(&self) -> &[u8] {
        self.letters.get(..self.len).unwrap_or_default()
    }

    /// How many letters stand before this place in the text.
    fn place(&self, place: usize) -> usize {
        self.places.get(place).map_or(self.len, |n| usize::from(*n))
    }

    /// The letters from this place in the text on.
    pub(super) fn starting(&self, place: usize) -> &[u8] {
        self.letters().get(self.place(place)..).unwrap_or_default()
    }

    pub(super) fn begins(&self, letter: usize) -> bool {
        letter < self.len && self.starts.get(letter) == Some(&true)
    }

    /// The service that is named, and whether it keeps commits or packages.
    pub(super) fn service(&self, name_start: usize, last_word: usize) -> (Service, bool) {
        let (own, last) = (self.place(name_start), self.place(last_word));
        // `box PRIVATE KEY …`: nothing but the two words for it between.
        let called = [
            &b"privatekey"[..],
            b"secretkey",
            b"accesskey",
            b"apikey",
            b"accesstoken",
        ]
        .iter()
        .any(|word| self.letters().ends_with(word));
        let mut found = (Service::None, false);
        for (start, end, kind) in self.named() {
            let rest = self.letters().get(end..).unwrap_or_default();
            let ends = rest.is_empty()
                || self.begins(end)
                || end - start >= 6
                || TAILS.iter().any(|tail| rest.starts_with(tail));
            let service = match kind {
                Kind::Word if start >= last || (start == own && called) => Service::Word,
                Kind::Word => Service::None,
                Kind::Name | Kind::Store if start == own && rest.is_empty() => Service::Alone,
                Kind::Name | Kind::Store if start >= own => Service::Own,
                Kind::Name | Kind::Store => Service::Near,
            };
            if ends && service > found.0 {
                found = (service, kind == Kind::Store);
            }
        }
        found
    }

    /// Whether letters begin within a service's name, or are no more than its beginning.
    pub(super) fn are_of_a_service(&self, letters: Range<usize>) -> bool {
        self.named().any(|(start, end, kind)| {
            let within = start < letters.start && letters.start < end;
            let begins = start == letters.start && letters.end <= end;
            (within || begins) && kind != Kind::Word
        })
    }

    /// Whether all of the letters are the name of one service.
    pub(super) fn are_one_service(&self) -> bool {
        self.named()
            .any(|(start, end, kind)| (start, end) == (0, self.len) && kind != Kind::Store)
    }

    /// Every service's name that a word begins with: from where to where, and what
    /// it is.
    fn named(&self) -> impl Iterator<Item = (usize, usize, Kind)> {
        (0..self.len)
            .filter(|at| self.begins(*at))
            .flat_map(|start| {
                let rest = self.letters().get(start..).unwrap_or_default();
                let named = [rest.get(..2), rest.get(..3)].map(|begin| SERVICES.begun(begin));
                let named = named
                    .into_iter()
                    .flatten()
                    .filter(move |(name, _)| rest.starts_with(name.as_bytes()));
                named.map(move |(name, kind)| (start, start + name.len(), *kind))
            })
    }
}

/// What may follow a service's name in one word.
const TAILS: [&[u8]; 14] = [
    b"api", b"key", b"token", b"secret", b"access", b"auth", b"client", b"app", b"private",
    b"pass", b"cred", b"web", b"bot", b"o",
];

/// The names, found by their first three letters, or by two that have no more.
struct Services {
    /// In the order of their slots.
    names: Vec<(String, Kind)>,
    /// For each slot, where its names begin.
    slots: Vec<u16>,
}

const SLOTS: usize = 4096;

fn slot(name: &[u8]) -> usize {
    let mut letters = [0; 4];
    letters
        .iter_mut()
        .skip(1)
        .zip(name)
        .for_each(|(to, letter)| *to = *letter);
    (u32::from_le_bytes(letters).wrapping_mul(0x9E37_79B1) >> 20) as usize
}

impl Services {
    /// The names that begin with the same letters, and a few others.
    fn begun(&self, letters: Option<&[u8]>) -> &[(String, Kind)] {
        let slot = letters.map_or(SLOTS, slot);
        let [from, to] = [slot, slot + 1].map(|slot| self.slots.get(slot).copied());
        let within = from.map(usize::from).zip(to.map(usize::from));
        let names = within.and_then(|(from, to)| self.names.get(from..to));
        names.unwrap_or_default()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Name,
    /// It keeps commits or packages, which have digests.
    Store,
    /// An everyday word too.
    Word,
}

static SERVICES: LazyLock<Services> = LazyLock::new(|| {
    let words: Vec<&str> = WORDS.split_whitespace().collect();
    let stores: Vec<&str> = STORES.split_whitespace().collect();
    let names = NAMES
        .split_whitespace()
        .filter(|name| !words.contains(name) && !stores.contains(name));
    let mut names: Vec<(String, Kind)> = words
        .iter()
        .map(|name| (*name, Kind::Word))
        .chain(stores.iter().map(|name| (*name, Kind::Store)))
        .chain(names.map(|name| (name, Kind::Name)))
        .map(|(name, kind)| (name.replace(['-', '.'], ""), kind))
        .collect();
    let of = |name: &str| slot(name.as_bytes());
    names.sort_by_key(|(name, _)| (of(name), name.len()));
    let slots = (0..=SLOTS).map(|slot| names.partition_point(|(name, _)| of(name) < slot));
    let slots = slots.map(|begin| u16::try_from(begin).expect("a thousand names fit"));
    Services {
        slots: slots.collect(),
        names,
    }
});

/// The services that are known by name.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    NAMES
        .split_whitespace()
        .chain(STORES.split_whitespace())
        .chain(WORDS.split_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_found_where_a_word_begins() {
        for name in names() {
            let plain = name.replace(['-', '.'], "");
            assert!(plain.len() >= 2, "{name}");
            let text = format!("see {plain}x");
            let words = Words::new(text.as_bytes());
            let found = words
                .named()
                .any(|(start, end, _)| (start, end) == (3, 3 + plain.len()));
            assert!(found, "{name}");
        }
    }
}
