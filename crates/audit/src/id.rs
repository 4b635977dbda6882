//! The names of events: the id that a denial shows, and a line's hash.

use std::fmt;
use std::sync::Arc;

use sha2::{Digest, Sha256};

/// The id of an event, as a denial shows it: `<run>-<seq>`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct EventId {
    run: Arc<str>,
    seq: u64,
}

/// A line's SHA-256 in lower-case hex.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Hash([u8; Self::DIGITS]);

impl EventId {
    pub(crate) fn new(run: Arc<str>, seq: u64) -> Self {
        Self { run, seq }
    }

    /// The run.
    pub fn run(&self) -> &str {
        &self.run
    }

    /// The place in the run's log, from 1.
    pub fn seq(&self) -> u64 {
        self.seq
    }
}

impl fmt::Display for EventId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.run, self.seq)
    }
}

impl Hash {
    /// What stands in the first line's `prev`.
    pub const ZERO: Self = Self([b'0'; Self::DIGITS]);

    pub(crate) const DIGITS: usize = 64;

    pub(crate) fn of(bytes: &[u8]) -> Self {
        const HEX: &[u8; 16] = b"0123456789abcdef";
        let digit = |nibble: u8| HEX.get(usize::from(nibble)).copied().unwrap_or(b'0');
        let mut text = [b'0'; Self::DIGITS];
        let digest = Sha256::digest(bytes);
        for (pair, byte) in text.as_chunks_mut::<2>().0.iter_mut().zip(digest) {
            *pair = [digit(byte >> 4), digit(byte & 15)];
        }
        Self(text)
    }

    pub(crate) fn parse(text: &[u8]) -> Option<Self> {
        let hex = |b: &u8| matches!(b, b'0'..=b'9' | b'a'..=b'f');
        text.try_into()
            .ok()
            .filter(|t: &[u8; 64]| t.iter().all(hex))
            .map(Self)
    }

    /// The hex digits.
    pub fn as_str(&self) -> &str {
        str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_sha_256_in_hex() {
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(Hash::of(b"").as_str(), empty);
        assert_eq!(Hash::parse(empty.as_bytes()), Some(Hash::of(b"")));
        assert_eq!(Hash::parse(empty.to_uppercase().as_bytes()), None);
    }
}
