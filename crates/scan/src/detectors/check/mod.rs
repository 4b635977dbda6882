//! Checks of what a pattern matched: is this a credential, or only its shape?

use crate::free::value::Value;

mod made;
mod passwords;

pub(crate) use made::{
    has_made_up_field, made_up_or_of_words, pass_like, password_like, short_or_signed,
};
pub(crate) use passwords::{key_like, login_password, password, password_of_its_own};

/// Whether matched bytes are what the detector looks for.
pub(crate) type Check = fn(&[u8]) -> bool;

/// The tail is random: not `xxxx`, not `your-key-here`, not one word.
pub(crate) fn random(secret: &[u8]) -> bool {
    let tail = secret.get(secret.len().min(PREFIX)..).unwrap_or_default();
    let tail = if tail.len() < MIN_TAIL { secret } else { tail };
    entropy(tail) >= LOW && !is_dummy(tail)
}

/// Filled in: whoever wrote it meant a value, if only a made-up one. For
/// tokens whose beginning and length leave no doubt what they are.
pub(crate) fn filled(secret: &[u8]) -> bool {
    let value = Value::new(secret);
    let has = |class: fn(&u8) -> bool| secret.iter().filter(|b| class(b)).count();
    let written = has(u8::is_ascii_digit) >= 2 && has(u8::is_ascii_alphabetic) >= 2;
    !value.is_stand_in()
        && !is_repeated(secret)
        && (written || ends_at_random(secret))
        && entropy(secret) >= LOW
}

/// Whether what stands behind a token's beginning is letters by chance: of thirty-six,
/// one in eighty has no two digits among them.
fn ends_at_random(secret: &[u8]) -> bool {
    let sign = |b: &u8| matches!(b, b'_' | b'-' | b'.');
    let start = secret.iter().rposition(sign).map_or(0, |at| at + 1);
    let tail = Value::new(secret.get(start..).unwrap_or_default());
    tail.is_restless() || tail.is_unsayable()
}

/// Nothing but what stands where a value will be is turned away.
pub(crate) fn no_stand_in(secret: &[u8]) -> bool {
    !Value::new(secret).is_stand_in()
}

/// Random, and not one of those that AWS's documents make up and mark by their
/// end. The one that everybody copies is found: scanners are tried by it.
pub(crate) fn aws_key_id(secret: &[u8]) -> bool {
    secret.len() == 20
        && random(secret)
        && (!secret.ends_with(b"EXAMPLE") || secret == b"AKIAIOSFODNN7EXAMPLE")
}

/// As [`aws_key_id`], of the other half.
pub(crate) fn aws_secret(secret: &[u8]) -> bool {
    let copied = b"wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    dense(secret) && (!secret.ends_with(b"EXAMPLEKEY") || secret == copied)
}

/// A third of it and more stays on one character.
fn is_repeated(text: &[u8]) -> bool {
    let same = text
        .windows(3)
        .filter(|w| matches!(w, [a, b, c] if a == b && b == c))
        .count();
    same * 3 > text.len()
}

/// Random, with letters of both cases and digits: no name, no digest.
pub(crate) fn mixed(secret: &[u8]) -> bool {
    let has = |class: fn(&u8) -> bool| secret.iter().any(class);
    random(secret)
        && has(u8::is_ascii_uppercase)
        && has(u8::is_ascii_lowercase)
        && has(u8::is_ascii_digit)
}

/// Whether a key is for telling errors to a host: whoever has its address shows it.
pub(crate) fn of_a_reporting_host(from_key: &[u8]) -> bool {
    const HOSTS: [&[u8]; 4] = [b"sentry", b"ingest", b"glitchtip", b"bugsink"];
    let start = memchr::memchr(b'@', from_key).unwrap_or(from_key.len());
    let rest = from_key.get(start..).unwrap_or_default();
    let end = memchr::memchr(b'/', rest).unwrap_or(rest.len());
    let host = rest.get(..end).unwrap_or_default();
    HOSTS
        .iter()
        .any(|name| memchr::memmem::find(host, name).is_some())
}

/// As random as base64 of random bytes.
pub(crate) fn dense(secret: &[u8]) -> bool {
    mixed(secret) && entropy(secret) >= HIGH
}

/// Longer than most prefixes; what stands behind must be random by itself.
const PREFIX: usize = 8;
const MIN_TAIL: usize = 12;
/// Bits per character. Sixteen random hex digits have about 3.2, words about
/// the same, so this only tells made-up values from real ones.
const LOW: f64 = 2.6;
/// Forty random base64 characters have about 4.8.
const HIGH: f64 = 4.2;

/// Shannon's entropy of the bytes, in bits for each.
#[expect(
    clippy::cast_precision_loss,
    reason = "matches are far shorter than 2^52 bytes"
)]
pub(crate) fn entropy(bytes: &[u8]) -> f64 {
    let mut counts = [0_u32; 256];
    for byte in bytes {
        if let Some(count) = counts.get_mut(usize::from(*byte)) {
            *count += 1;
        }
    }
    let len = bytes.len() as f64;
    let bits = |count: u32| {
        let share = f64::from(count) / len;
        -share * share.log2()
    };
    counts
        .into_iter()
        .filter(|count| *count > 0)
        .map(bits)
        .sum()
}

/// The runs that people type: `abcdef`, `123456`, `xxxxx`, `0000`.
pub(crate) fn is_dummy(text: &[u8]) -> bool {
    let step = |a: &u8, b: &u8| b.wrapping_sub(*a);
    let typed = text
        .windows(3)
        .filter(|w| match w {
            [a, b, c] => matches!((step(a, b), step(b, c)), (0, 0) | (1, 1)),
            _ => false,
        })
        .count();
    typed * 3 > text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn made_up_tails_are_not_random() {
        for text in [
            "sk-live-xxxxxxxxxxxxxxxxxxxx",
            "sk-live-abcdefghijklmnopqrst",
            "sk-live-00000000000000001111",
        ] {
            assert!(!random(text.as_bytes()), "{text}");
        }
        assert!(random(b"sk-live-Hq4nTz8LcV1sXe7RbU6g"));
    }
}
