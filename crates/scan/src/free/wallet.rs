//! Private keys of wallets in `Base58Check`: WIF and BIP-32.

use std::ops::Range;

use sha2::{Digest as _, Sha256};

use crate::free::Emit;

/// Tells of a run that is a private key, by its checksum.
pub(crate) fn keys(text: &[u8], run: &Range<usize>, emit: &mut Emit<'_>) {
    let Some(bytes) = text.get(run.clone()) else {
        return;
    };
    let is_key = match (bytes, bytes.len()) {
        ([b'5', ..], 51) => is_checked(bytes, |payload| {
            payload.first() == Some(&0x80) && payload.len() == 33
        }),
        ([b'K' | b'L', ..], 52) => is_checked(bytes, |payload| {
            payload.first() == Some(&0x80) && payload.len() == 34
        }),
        ([b'9', ..], 51) | ([b'c', ..], 52) => {
            is_checked(bytes, |payload| payload.first() == Some(&0xef))
        }
        (
            [
                b'x' | b'y' | b'z' | b't' | b'u' | b'v',
                b'p',
                b'r',
                b'v',
                ..,
            ],
            107..=112,
        ) => is_checked(bytes, |payload| payload.len() == 78),
        _ => false,
    };
    if is_key {
        emit("wallet_key", run.clone());
    }
}

fn is_checked(text: &[u8], is_key: impl Fn(&[u8]) -> bool) -> bool {
    let Some(bytes) = base58(text) else {
        return false;
    };
    let Some((payload, sum)) = bytes
        .len()
        .checked_sub(4)
        .and_then(|at| bytes.split_at_checked(at))
    else {
        return false;
    };
    let hash = Sha256::digest(Sha256::digest(payload));
    is_key(payload) && hash.get(..4) == Some(sum)
}

fn base58(text: &[u8]) -> Option<Vec<u8>> {
    const ALPHABET: &[u8] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    // Little-endian, in base 256.
    let mut bytes: Vec<u8> = Vec::with_capacity(text.len());
    for digit in text {
        let mut carry = ALPHABET.iter().position(|c| c == digit)?;
        for byte in &mut bytes {
            carry += usize::from(*byte) * 58;
            *byte = carry.to_le_bytes()[0];
            carry >>= 8;
        }
        while carry > 0 {
            bytes.push(carry.to_le_bytes()[0]);
            carry >>= 8;
        }
    }
    bytes.extend(text.iter().take_while(|c| **c == b'1').map(|_| 0));
    bytes.reverse();
    Some(bytes)
}
