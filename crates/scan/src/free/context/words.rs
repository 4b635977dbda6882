//! The words before a value, and the services among them.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use super::{BACK, Service};
use crate::free::services::{NAMES, STORES, WORDS};

/// The letters and digits before a value, in lower case, with word starts.
pub(super) struct Words {
    letters: [u8; BACK],
    len: usize,
    /// For each letter, whether a word begins with it.
    starts: u128,
    /// For each byte of the text, how many letters stand before it.
    places: [u8; BACK],
}

impl Words {
    pub(super) fn new(text: &[u8]) -> Self {
        let mut words = Self {
            letters: [0; BACK],
            len: 0,
            starts: 0,
            places: [0; BACK],
        };
        let (mut last, mut one_before) = (0_u8, 0_u8);
        for (&byte, place) in text.iter().zip(&mut words.places) {
            *place = u8::try_from(words.len).unwrap_or(u8::MAX);
            if byte.is_ascii_alphanumeric() {
                let camel = byte.is_ascii_uppercase() && !last.is_ascii_uppercase();
                // `-Dvendor.key=…`: the flag is no part of the word.
                let flag = last == b'D' && one_before == b'-';
                let starts = camel || flag || !last.is_ascii_alphanumeric();
                words.starts |= u128::from(starts) << words.len;
                if let Some(letter) = words.letters.get_mut(words.len) {
                    *letter = byte.to_ascii_lowercase();
                }
                words.len += 1;
            }
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
        letter < BACK && self.starts >> letter & 1 == 1
    }

    /// The service that is named, and whether it keeps commits or packages.
    pub(super) fn service(&self, name_start: usize, last_word: usize) -> (Service, bool) {
        let services = &*SERVICES;
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
        for hit in services.search.find_overlapping_iter(self.letters()) {
            let begins = self.begins(hit.start());
            let rest = self.letters().get(hit.end()..).unwrap_or_default();
            let ends = rest.is_empty()
                || self.begins(hit.end())
                || (hit.len() >= 6 && begins)
                || TAILS.iter().any(|tail| rest.starts_with(tail));
            let Some(kind) = services.kinds.get(hit.pattern().as_usize()).copied() else {
                continue;
            };
            let service = match kind {
                Kind::Word if hit.start() >= last || (hit.start() == own && called) => {
                    Service::Word
                }
                Kind::Word => Service::None,
                Kind::Name | Kind::Store if hit.start() == own && rest.is_empty() => Service::Alone,
                Kind::Name | Kind::Store if hit.start() >= own => Service::Own,
                Kind::Name | Kind::Store => Service::Near,
            };
            if begins && ends && service > found.0 {
                found = (service, kind == Kind::Store);
            }
        }
        found
    }
}

/// What may follow a service's name in one word.
const TAILS: [&[u8]; 14] = [
    b"api", b"key", b"token", b"secret", b"access", b"auth", b"client", b"app", b"private",
    b"pass", b"cred", b"web", b"bot", b"o",
];

struct Services {
    search: AhoCorasick,
    kinds: Vec<Kind>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
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
    let all: Vec<(String, Kind)> = words
        .iter()
        .map(|name| (*name, Kind::Word))
        .chain(stores.iter().map(|name| (*name, Kind::Store)))
        .chain(names.map(|name| (name, Kind::Name)))
        .map(|(name, kind)| (name.replace(['-', '.'], ""), kind))
        .collect();
    let search = AhoCorasick::builder()
        .match_kind(MatchKind::Standard)
        .kind(Some(AhoCorasickKind::ContiguousNFA))
        .build(all.iter().map(|(name, _)| name))
        .expect("a thousand names fit");
    Services {
        search,
        kinds: all.into_iter().map(|(_, kind)| kind).collect(),
    }
});

/// The services that are known by name.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    NAMES
        .split_whitespace()
        .chain(STORES.split_whitespace())
        .chain(WORDS.split_whitespace())
}
