//! The runs of characters in an address that may be encoded or random: what they
//! decode to, and what is known of their forms. Nothing here says what is too much.

use super::spelled::{Spelling, bytes};
use crate::free::value::Value;

/// The shortest run that is looked at.
pub(super) const LEAST: usize = 16;

/// The runs of encoded characters that are long enough to be looked at.
pub(super) fn runs(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    runs_behind(text).map(|(_, run)| run)
}

/// The same, each with what stands before it.
pub(super) fn runs_behind(text: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    let encoded = |b: &u8| b.is_ascii_alphanumeric() || is_sign(*b);
    let mut at = 0;
    text.split(move |b| !encoded(b))
        .map(move |run| {
            let start = at;
            at += run.len() + 1;
            (text.get(..start).unwrap_or_default(), run)
        })
        .filter(|(_, run)| run.len() >= LEAST)
        .flat_map(|(before, run)| {
            let is_apart = !is_base64(run);
            run.split(move |b| is_apart && is_sign(*b))
                .map(move |part| (before, part))
        })
        .filter(|(_, run)| run.len() >= LEAST)
}

/// The signs of base64.
fn is_sign(byte: u8) -> bool {
    matches!(byte, b'+' | b'/' | b'_' | b'-')
}

/// Of both cases. In other spellings a sign parts one from the next.
fn is_base64(run: &[u8]) -> bool {
    run.iter().any(u8::is_ascii_uppercase) && run.iter().any(u8::is_ascii_lowercase)
}

/// An id without the word before it: `msgbatch_01…`.
pub(super) fn without_prefix(run: &[u8]) -> &[u8] {
    const WORD: usize = 16;
    match run.iter().position(|b| matches!(b, b'_' | b'-')) {
        Some(at) if at <= WORD && run.iter().take(at).all(u8::is_ascii_lowercase) => {
            run.get(at + 1..).unwrap_or_default()
        }
        Some(_) | None => run,
    }
}

/// How many bytes of text a run decodes to; 0 where it reads as no text.
pub(super) fn decoded_text(run: &[u8], least: usize) -> usize {
    readable(&decodings(run), least).map_or(0, <[u8]>::len)
}

/// The longest text of what a run decodes to, if it is as long.
pub(super) fn readable(read: &[Vec<u8>], least: usize) -> Option<&[u8]> {
    read.iter()
        .filter(|bytes| bytes.len() >= least && is_text(bytes))
        .max_by_key(|bytes| bytes.len())
        .map(Vec::as_slice)
}

/// What a run may be the encoding of, written as it is, from its end on, or with its
/// letters turned by half the alphabet.
pub(super) fn decodings(run: &[u8]) -> Vec<Vec<u8>> {
    let has = |of: fn(&u8) -> bool| run.iter().any(of);
    let mut read = Vec::new();
    if is_base64(run) {
        read.extend(bytes(run, Spelling::Base64));
        if run.len() >= DISGUISED {
            let turned: Vec<u8> = run.iter().map(|b| rot13(*b)).collect();
            read.extend(bytes(&turned, Spelling::Base64));
            read.extend(bytes(&reversed(run), Spelling::Base64));
        }
        return read;
    }
    let is_hex = run.iter().all(u8::is_ascii_hexdigit);
    if is_hex {
        read.extend(bytes(run, Spelling::Hex));
        read.extend(bytes(run, Spelling::Decimal));
    }
    let digits = has(u8::is_ascii_digit);
    if !digits && run.len() >= 2 * LEAST {
        read.extend(bytes(run, Spelling::Letters));
    }
    if !run.iter().all(u8::is_ascii_alphanumeric) || is_of_words(run) {
        return read;
    }
    read.extend(bytes(run, Spelling::Base32));
    // Every hex is base32hex, too.
    if digits && !is_hex {
        read.extend(bytes(run, Spelling::Base32Hex));
    }
    read
}

/// What is shorter reads backwards as text by chance.
const DISGUISED: usize = 24;

fn reversed(run: &[u8]) -> Vec<u8> {
    run.iter().rev().copied().collect()
}

fn rot13(byte: u8) -> u8 {
    match byte {
        b'a'..=b'm' | b'A'..=b'M' => byte + 13,
        b'n'..=b'z' | b'N'..=b'Z' => byte - 13,
        _ => byte,
    }
}

/// Whether letters are words, with a number behind them or not: names of hosts are joined
/// so, and some read as base32. Of encoded text, a digit is among two dozen letters.
fn is_of_words(run: &[u8]) -> bool {
    const UNBROKEN: usize = 24;
    let number = run.iter().rev().take_while(|b| b.is_ascii_digit()).count();
    let letters = run.get(..run.len() - number).unwrap_or_default();
    letters.iter().all(u8::is_ascii_alphabetic)
        && (letters.len() >= UNBROKEN || is_sayable(letters))
}

fn is_sayable(letters: &[u8]) -> bool {
    const TELLING: usize = 12;
    let value = Value::new(letters);
    value.is_wordy(50) || (letters.len() >= TELLING && !value.is_unsayable())
}

pub(super) fn is_text(bytes: &[u8]) -> bool {
    let Ok(text) = str::from_utf8(bytes) else {
        return false;
    };
    let plain = |c: char| !c.is_control() || c.is_ascii_whitespace();
    let letters = text
        .chars()
        .filter(|c| c.is_alphanumeric() || *c == ' ')
        .count();
    text.chars().all(plain) && letters * 2 > text.chars().count()
}

/// Letters of both cases and digits in no order, and few signs.
pub(super) fn is_random(run: &[u8]) -> bool {
    let class = |b: &u8| match b {
        b'0'..=b'9' => 0,
        b'a'..=b'z' => 1,
        b'A'..=b'Z' => 2,
        _ => 3,
    };
    let mut counts = [0_usize; 4];
    for byte in run {
        if let Some(count) = counts.get_mut(class(byte)) {
            *count += 1;
        }
    }
    let [digits, lower, upper, signs] = counts;
    let changes = run
        .iter()
        .zip(run.iter().skip(1))
        .filter(|(a, b)| class(a) != class(b))
        .count();
    let len = run.len();
    len >= LEAST
        && digits * 16 >= len
        && lower * 8 >= len
        && upper * 8 >= len
        && signs * 8 <= len
        && changes * 5 >= len * 2
}

/// Letters and digits of one case, in no order.
pub(super) fn is_random_word(run: &[u8]) -> bool {
    turns(run) >= 3
}

/// Letters of one case and digits in no order, without a sign between them, longer than
/// a digest in any spelling.
pub(super) fn is_long_word(run: &[u8]) -> bool {
    const LONG: usize = 64;
    run.split(|b| !b.is_ascii_alphanumeric()).any(|part| {
        let is_hex = part.iter().all(u8::is_ascii_hexdigit);
        let is_word = part.len() > LONG && !is_base64(part) && !is_hex;
        is_word && turns(part) * 6 >= part.len()
    })
}

/// Changes between digits and letters.
fn turns(run: &[u8]) -> usize {
    let pairs = run.iter().zip(run.iter().skip(1));
    pairs
        .filter(|(a, b)| a.is_ascii_digit() != b.is_ascii_digit())
        .count()
}

/// Hex of bytes that all have the same first bit, as text under a mask has and no digest.
pub(super) fn is_masked(run: &[u8]) -> bool {
    const DIGITS: usize = 48;
    const LETTERS: usize = 3;
    let letters = run.iter().filter(|b| b.is_ascii_alphabetic()).count();
    let could_be = run.len() >= DIGITS && run.len().is_multiple_of(2) && letters >= LETTERS;
    let masked = could_be.then(|| bytes(run, Spelling::Hex)).flatten();
    masked.is_some_and(|bytes| {
        !bytes.contains(&0)
            && bytes
                .windows(2)
                .all(|pair| matches!(pair, [a, b] if a >> 7 == b >> 7))
    })
}

/// More digits in a row than any number has.
pub(super) fn is_number(run: &[u8]) -> bool {
    const LONG: usize = 64;
    run.len() > LONG && run.iter().all(u8::is_ascii_digit)
}

/// What has been packed: gzip says so.
pub(super) fn is_packed(run: &[u8]) -> bool {
    const LEAST: usize = 32;
    run.len() >= LEAST && run.starts_with(b"H4sI")
}

/// The beginnings of images, in base64: PNG, JPEG, GIF, WebP.
pub(super) fn is_image(run: &[u8]) -> bool {
    let starts = [&b"iVBORw0KGgo"[..], b"/9j/", b"R0lGOD", b"UklGR"];
    starts.iter().any(|start| run.starts_with(start))
}

/// The ids of documents in a well-known office suite.
pub(super) fn is_document_id(run: &[u8]) -> bool {
    run.starts_with(b"1") && matches!(run.len(), 33 | 44)
}
