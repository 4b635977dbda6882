//! Private keys and tokens that everybody has: standards print them for tests,
//! and libraries ship them with theirs. What is published is no secret.
//!
//! The lists hold digests of whole keys and whole tokens. A key that shares its
//! first lines with a published one is another key, and one whose end is not in
//! sight is not looked up: both are reported. Neither a name nor a place counts.

mod crates;
mod more_keys;
mod more_tokens;
mod node;
mod python;
mod standards;
mod tokens;

use sha2::{Digest as _, Sha256};

/// All the lists, each in order. `examples/published.rs` prints such.
const LISTS: &[&[u64]] = &[
    standards::RFC_9500,
    python::CPYTHON,
    python::CRYPTOGRAPHY,
    python::PYPI,
    crates::CRATES,
    node::NPM,
    more_keys::KEYS,
];

/// No key is longer, in armor: one with signatures by hashes on its user has
/// some hundred thousand characters.
const LONGEST: usize = 160 << 10;

/// No token is longer that is in a list.
const LONGEST_TOKEN: usize = 2048;

/// Whether a whole key stands at the beginning of the text, and is in
/// one of the lists.
pub(super) fn is_published(text: &[u8]) -> bool {
    let listed = |body: &[u8]| {
        let digest = head(&letters(body));
        LISTS.iter().any(|list| list.binary_search(&digest).is_ok())
    };
    // Programs that show files put numbers before the lines.
    body(text).is_some_and(|body| listed(body) || listed(&without_numbers(body)))
}

/// Whether the identity of age's at the beginning of the text is in its list.
pub(super) fn is_published_age(text: &[u8]) -> bool {
    // What goes on for longer is none, and not looked at to its end each time.
    const LONGEST: usize = 96;
    let text = text.get(..LONGEST).unwrap_or(text);
    let end = text
        .iter()
        .position(|b| !(b.is_ascii_alphanumeric() || *b == b'-'))
        .unwrap_or(text.len());
    let whole = text.get(..end).unwrap_or_default();
    crates::AGE.binary_search(&head(whole)).is_ok()
}

/// The digest of the key in PEM, ASCII armor or the PPK form that begins at the
/// text's first byte, however its lines are broken, quoted, indented or escaped. None where its end is not
/// in sight.
#[must_use]
pub fn digest(text: &[u8]) -> Option<u64> {
    body(text).map(|body| head(&letters(body)))
}

/// What stands between a key's first line and its last.
fn body(text: &[u8]) -> Option<&[u8]> {
    let text = text.get(..LONGEST).unwrap_or(text);
    let (begin, end): (_, &[u8]) = if text.starts_with(b"PuTTY-") {
        (0, b"Private-MAC")
    } else {
        let label = text.strip_prefix(b"-----BEGIN ")?;
        let label = memchr::memmem::find(label, b"-----")?;
        (label + b"-----BEGIN -----".len(), b"-----END")
    };
    let rest = text.get(begin..)?;
    if begin == 0 {
        return rest.get(..memchr::memmem::find(rest, end)?);
    }
    // The next row of dashes ends this key, or begins another.
    let body = rest.get(..memchr::memmem::find(rest, b"-----")?)?;
    rest.get(body.len()..)?.starts_with(end).then_some(body)
}

/// Without the numbers of the lines: `    12\t`, `12→`, `12: `, in JSON as well.
fn without_numbers(body: &[u8]) -> Vec<u8> {
    const LONGEST: usize = 7;
    let mut kept = Vec::with_capacity(body.len());
    let mut rest = body;
    while let Some(end) = memchr::memchr2(b'\n', b'\\', rest) {
        let len = match rest.get(end..end + 2) {
            Some(b"\\n") => 2,
            _ => 1,
        };
        let (line, behind) = rest.split_at(end + len);
        kept.extend_from_slice(line);
        rest = behind;
        if len == 1 && line.ends_with(b"\\") {
            continue;
        }
        let text = rest.trim_ascii_start();
        let digits = text.iter().take_while(|b| b.is_ascii_digit()).count();
        let behind = text.get(digits..).unwrap_or_default();
        let sign = match behind {
            [b'\t' | b':' | b'|', ..] => 1,
            [b'\\', b't', ..] => 2,
            [0xe2, 0x86, 0x92, ..] => 3,
            _ => 0,
        };
        if (1..=LONGEST).contains(&digits) && sign > 0 {
            rest = behind.get(sign..).unwrap_or_default();
        }
    }
    kept.extend_from_slice(rest);
    kept
}

/// Whether the token at the beginning of the text is in the list: a signed
/// token, a password's hash, a wallet's key, a part of a key in JSON.
pub(super) fn is_published_token(text: &[u8]) -> bool {
    let lists = [tokens::TOKENS, tokens::DOCUMENTS, more_tokens::TOKENS];
    let listed = |digest| lists.iter().any(|list| list.binary_search(&digest).is_ok());
    token_digest(text).is_some_and(listed)
}

/// The digest of the token at the text's first byte: all that tokens are made
/// of, up to what cannot be in one. None where its end is not in sight.
#[must_use]
pub fn token_digest(text: &[u8]) -> Option<u64> {
    let text = text.get(..LONGEST_TOKEN).unwrap_or(text);
    let part = |b: &u8| b.is_ascii_alphanumeric() || b"_-.+/$=,~".contains(b);
    let end = text.iter().position(|b| !part(b)).or_else(|| {
        // The text's own end is one, where nothing was cut off.
        (text.len() < LONGEST_TOKEN).then_some(text.len())
    })?;
    let token = text.get(..end)?;
    // A full stop, a comma, padding.
    let signs = token.iter().rev().take_while(|b| b".,=".contains(b));
    Some(head(token.get(..end - signs.count())?))
}

/// The first eight bytes of the SHA-256.
fn head(bytes: &[u8]) -> u64 {
    let sum = Sha256::digest(bytes);
    let head = sum.first_chunk::<8>().copied().unwrap_or_default();
    u64::from_be_bytes(head)
}

/// What every way to write a key down has in common: letters, digits and
/// slashes. A plus may join two literals, so it does not count.
fn letters(body: &[u8]) -> Vec<u8> {
    let mut kept = Vec::with_capacity(body.len());
    let mut escaped = false;
    for &byte in body {
        match byte {
            b'\\' => escaped = true,
            // `\n` and `\r` between the lines.
            b'n' | b'r' if escaped => escaped = false,
            _ => {
                escaped = false;
                if byte.is_ascii_alphanumeric() || byte == b'/' {
                    kept.push(byte);
                }
            }
        }
    }
    kept
}

#[cfg(test)]
mod tests;
