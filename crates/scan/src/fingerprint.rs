//! Keyed fingerprints: the same value has the same one within a run, and
//! nobody without the key can try values against it.

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

/// SHA-256's block, to which HMAC pads its key (RFC 2104).
const BLOCK: usize = 64;
/// Bytes of the MAC that are shown: enough to tell a run's values apart.
const SHOWN: usize = 8;

/// HMAC-SHA-256 under a key that was taken in once.
#[derive(Clone)]
pub(crate) struct Fingerprints {
    inner: Sha256,
    outer: Sha256,
}

impl Fingerprints {
    pub(crate) fn new(key: &[u8; 32]) -> Self {
        let padded = |pad: u8| {
            let mut block = [pad; BLOCK];
            for (byte, key) in block.iter_mut().zip(key) {
                *byte ^= key;
            }
            Sha256::new_with_prefix(block)
        };
        Self {
            inner: padded(0x36),
            outer: padded(0x5c),
        }
    }

    pub(crate) fn of(&self, value: &[u8]) -> String {
        let inner = self.inner.clone().chain_update(value).finalize();
        let mac = self.outer.clone().chain_update(inner).finalize();
        HEXLOWER.encode(mac.get(..SHOWN).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_is_the_head_of_an_hmac() {
        let mut key = [0; 32];
        key[..20].fill(0x0b);
        // RFC 4231, test case 1: a shorter key is padded with zeros.
        assert_eq!(Fingerprints::new(&key).of(b"Hi There"), "b0344c61d8db3853");
    }

    #[test]
    fn another_key_gives_another_fingerprint() {
        assert_ne!(
            Fingerprints::new(&[1; 32]).of(b"v"),
            Fingerprints::new(&[2; 32]).of(b"v")
        );
    }
}
