//! Hiding values in what comes back: a secret that an upstream echoes is
//! replaced before the agent can read it.
//!
//! A replacement has the length of what it replaces, so lengths that were
//! announced stay true. Bytes are held back only while they may be the
//! beginning of a secret: an event of a stream goes through at once.

use std::fmt;
use std::sync::Arc;

use aho_corasick::{AhoCorasick, MatchKind};
use bottle_policy::Secret;
use data_encoding::{HEXLOWER, HEXUPPER};

use crate::known::base64_cores;

/// The values to hide, compiled once. Cheap to clone.
#[derive(Clone)]
pub struct Masks(Arc<Inner>);

/// One response on its way.
#[derive(Debug)]
pub struct Masker {
    masks: Masks,
    held: Vec<u8>,
}

/// Why values cannot be hidden.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MaskError {
    /// There is nothing to hide.
    #[error("mask a value: it is empty")]
    Empty,
    /// The replacement is shorter or longer.
    #[error("mask a value: its replacement has another length")]
    Length,
    /// The values outgrew the search engine.
    #[error("mask the given values: there are too many")]
    TooMany,
}

struct Inner {
    search: AhoCorasick,
    pairs: Vec<(Secret, Vec<u8>)>,
    longest: usize,
}

/// The forms in which a service may show a value that it was sent, each with
/// the same form of what is shown instead: as it is, in lower case (a header's
/// name), hex, base64 among any other text, and escaped for a URL or in JSON.
pub fn forms(secret: &[u8], shown: &[u8]) -> Vec<(Secret, Vec<u8>)> {
    let lower = |text: &[u8]| text.to_ascii_lowercase();
    let mut forms = vec![
        (secret.to_vec(), shown.to_vec()),
        (lower(secret), lower(shown)),
    ];
    for encoding in [&HEXLOWER, &HEXUPPER] {
        let encode = |text: &[u8]| encoding.encode(text).into_bytes();
        forms.push((encode(secret), encode(shown)));
    }
    for shift in 0..3 {
        forms.extend(std::iter::zip(
            base64_cores(secret, shift),
            base64_cores(shown, shift),
        ));
    }
    for escape in [percent, json] {
        let (secret, mut shown) = (escape(secret), escape(shown));
        // What is shown may have other signs, of which fewer are escaped.
        shown.resize(secret.len(), b'x');
        forms.push((secret, shown));
    }
    forms.retain(|(secret, _)| secret.len() >= MIN_FORM);
    let mut kept: Vec<(Secret, Vec<u8>)> = Vec::new();
    for (secret, shown) in forms {
        if kept.iter().all(|(known, _)| known.expose() != secret) {
            kept.push((Secret::new(secret), shown));
        }
    }
    kept
}

/// A shorter text would be masked where chance put it.
const MIN_FORM: usize = 6;

fn percent(text: &[u8]) -> Vec<u8> {
    escaped(text, |byte| match byte {
        b'-' | b'.' | b'_' | b'~' => None,
        byte if byte.is_ascii_alphanumeric() => None,
        byte => Some(format!("%{byte:02X}")),
    })
}

fn json(text: &[u8]) -> Vec<u8> {
    escaped(text, |byte| match byte {
        b'/' | b'"' | b'\\' => Some(format!("\\{}", char::from(byte))),
        _ => None,
    })
}

fn escaped(text: &[u8], escape: impl Fn(u8) -> Option<String>) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    for &byte in text {
        match escape(byte) {
            Some(escape) => out.extend(escape.into_bytes()),
            None => out.push(byte),
        }
    }
    out
}

impl Masks {
    /// Secrets, each with what stands in for it. Encoded forms (the base64 of
    /// `user:secret`) are pairs of their own.
    pub fn new(pairs: Vec<(Secret, Vec<u8>)>) -> Result<Self, MaskError> {
        for (secret, replacement) in &pairs {
            if secret.is_empty() {
                return Err(MaskError::Empty);
            }
            if secret.len() != replacement.len() {
                return Err(MaskError::Length);
            }
        }
        let search = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(pairs.iter().map(|(secret, _)| secret.expose()))
            .map_err(|_| MaskError::TooMany)?;
        let longest = pairs
            .iter()
            .map(|(secret, _)| secret.len())
            .max()
            .unwrap_or(0);
        Ok(Self(Arc::new(Inner {
            search,
            pairs,
            longest,
        })))
    }

    /// A response that begins.
    pub fn masker(&self) -> Masker {
        Masker {
            masks: self.clone(),
            held: Vec::new(),
        }
    }

    /// Hides every secret in `bytes`, which are whole: a header, a text for a log.
    pub fn apply(&self, bytes: &mut [u8]) {
        let found: Vec<_> = self.0.search.find_iter(&*bytes).collect();
        for found in found {
            self.0.put(bytes, &found);
        }
    }
}

impl Masker {
    /// Takes the next bytes and gives those that may go to the agent.
    pub fn push(&mut self, bytes: &[u8]) -> Vec<u8> {
        let mut out = std::mem::take(&mut self.held);
        out.extend_from_slice(bytes);
        let keep = self.masks.0.replace_until_open(&mut out);
        self.held = out.split_off(keep);
        out
    }

    /// The rest. It holds no whole secret, only what could have become one.
    pub fn finish(mut self) -> Vec<u8> {
        self.masks.apply(&mut self.held);
        self.held
    }
}

impl Inner {
    /// Replaces the secrets that are certain, and gives the place from which
    /// the bytes may be a secret's beginning.
    fn replace_until_open(&self, bytes: &mut [u8]) -> usize {
        let found: Vec<_> = self.search.find_iter(&*bytes).collect();
        let mut open = self.open(bytes, 0);
        for found in found {
            // A longer secret may yet begin here.
            if open <= found.start() {
                break;
            }
            self.put(bytes, &found);
            if open < found.end() {
                open = self.open(bytes, found.end());
            }
        }
        open
    }

    fn put(&self, bytes: &mut [u8], found: &aho_corasick::Match) {
        let pair = self.pairs.get(found.pattern().as_usize());
        if let (Some((_, replacement)), Some(place)) = (pair, bytes.get_mut(found.range())) {
            place.copy_from_slice(replacement);
        }
    }

    /// The first place at or behind `from` whose bytes are the beginning, and
    /// not the whole, of a secret; else the end.
    fn open(&self, bytes: &[u8], from: usize) -> usize {
        let first = from.max(bytes.len().saturating_sub(self.longest.saturating_sub(1)));
        (first..bytes.len())
            .find(|at| {
                let tail = bytes.get(*at..).unwrap_or_default();
                self.pairs.iter().any(|(secret, _)| {
                    let secret = secret.expose();
                    tail.len() < secret.len() && secret.starts_with(tail)
                })
            })
            .unwrap_or(bytes.len())
    }
}

/// The values do not print.
impl fmt::Debug for Masks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Masks")
            .field("pairs", &self.0.pairs.len())
            .finish_non_exhaustive()
    }
}
