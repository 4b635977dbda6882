//! The runs of characters in an address that may be encoded or random: what they
//! decode to, and what is known of their forms. Nothing here says what is too much.

use data_encoding::{BASE32_NOPAD, BASE64_NOPAD, BASE64URL_NOPAD, HEXLOWER_PERMISSIVE};

/// The shortest run that is looked at.
pub(super) const LEAST: usize = 16;

/// The runs of encoded characters that are long enough to be looked at.
pub(super) fn runs(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    let encoded = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'_' | b'-');
    text.split(move |b| !encoded(b))
        .filter(|run| run.len() >= LEAST)
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
    let text = |bytes: Vec<u8>| (bytes.len() >= least && is_text(&bytes)).then_some(bytes.len());
    decodings(run).filter_map(text).max().unwrap_or(0)
}

/// What a run may be the encoding of.
pub(super) fn decodings(run: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    let even = run.get(..run.len() / 2 * 2).unwrap_or_default();
    let hex = even
        .iter()
        .all(u8::is_ascii_hexdigit)
        .then(|| HEXLOWER_PERMISSIVE.decode(even).ok());
    let upper = run.to_ascii_uppercase();
    let blocks = run.len() / 8 * 8;
    let one_case =
        !(run.iter().any(u8::is_ascii_uppercase) && run.iter().any(u8::is_ascii_lowercase));
    let base32 = one_case.then(|| BASE32_NOPAD.decode(upper.get(..blocks)?).ok());
    let groups = run.get(..run.len() / 4 * 4).unwrap_or_default();
    let base64 = (!one_case).then(|| {
        BASE64URL_NOPAD
            .decode(groups)
            .or_else(|_| BASE64_NOPAD.decode(groups))
            .ok()
    });
    [hex, base32, base64].into_iter().flatten().flatten()
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
    let changes = run
        .iter()
        .zip(run.iter().skip(1))
        .filter(|(a, b)| a.is_ascii_digit() != b.is_ascii_digit())
        .count();
    changes >= 3
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
