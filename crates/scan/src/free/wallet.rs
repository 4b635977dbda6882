//! Private keys of wallets: WIF and BIP-32 in `Base58Check`, Ethereum's 32 bytes
//! in hex behind a name for them.

use std::ops::Range;

use sha2::{Digest as _, Sha256};

use crate::free::Emit;
use crate::free::value::Value;

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
    if is_ethereum(text, run, bytes) {
        emit("ethereum_private_key", run.clone());
    }
}

/// 64 hex digits that are called somebody's private key. What is called a hash,
/// an address or a transaction has as many.
fn is_ethereum(text: &[u8], run: &Range<usize>, bytes: &[u8]) -> bool {
    const OWNERS: [&[u8]; 8] = [
        b"wallet",
        b"deployer",
        b"signer",
        b"account",
        b"owner",
        b"relayer",
        b"metamask",
        b"hardhat",
    ];
    let hex = match bytes.len() {
        66 => bytes.strip_prefix(b"0x").unwrap_or_default(),
        64 => bytes,
        _ => return false,
    };
    if hex.is_empty() || !hex.iter().all(u8::is_ascii_hexdigit) {
        return false;
    }
    let value = Value::new(hex);
    let from = run.start.saturating_sub(64);
    let line = text.get(from..run.start).unwrap_or_default();
    let line = line
        .iter()
        .rposition(|b| matches!(b, b'\n' | b',' | b';' | b'{'))
        .map_or(line, |at| line.get(at + 1..).unwrap_or_default())
        .to_ascii_lowercase();
    let has = |word: &[u8]| memchr::memmem::find(&line, word).is_some();
    let private = has(b"private") || has(b"priv_key") || has(b"privkey") || has(b"secret");
    let key = has(b"key") || has(b"secret");
    let others: [&[u8]; 5] = [b"hash", b"public", b"address", b"digest", b"sha256"];
    let other = others.iter().any(|other| has(other));
    // No `method` is Ethereum's.
    let is_eth = memchr::memmem::find_iter(&line, b"eth").any(|at| {
        let before = at.checked_sub(1).and_then(|at| line.get(at));
        !before.is_some_and(u8::is_ascii_alphabetic)
    });
    let owned = is_eth || OWNERS.iter().any(|owner| has(owner));
    key && !other
        && (private && bytes.len() == 66 || owned)
        && value.is_random()
        && !value.is_stand_in()
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
