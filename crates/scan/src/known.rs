//! The values that were given to us, and the texts they leave as.
//!
//! Precision is by construction: a value that was never given is never
//! reported. Each value is looked for raw, in hex of either case, and in
//! base64 and base64url at every alignment; a short one, and one that is not
//! ASCII, in what else they are not told from noise in. Everything else
//! (percent, JSON escapes, wrapped base64, chains) is found in the decoded
//! views.

use bottle_policy::Secret;
use data_encoding::{BASE32_NOPAD, BASE64_NOPAD, BASE64URL_NOPAD, HEXLOWER, HEXUPPER};

use crate::finding::View;

/// A value to look for.
#[derive(Clone, Debug)]
pub struct Known {
    /// What a person calls it, such as `env:STRIPE_KEY`.
    pub label: String,
    /// The value.
    pub value: Secret,
    /// What it is.
    pub kind: Kind,
}

/// What a known value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// What stands in for a credential inside the bottle.
    Placeholder,
    /// A real secret of the operator's.
    Secret,
}

/// Which known value: its index in the list that the scanner was made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct KnownId(pub usize);

/// Why a value cannot be looked for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum KnownError {
    /// It would be found by chance in harmless text.
    #[error("look for `{label}`: a value shorter than {MIN_KNOWN} bytes would be found everywhere")]
    TooShort {
        /// What a person calls it.
        label: String,
    },
    /// The needles outgrew the search engine.
    #[error("look for the given values: there are too many")]
    TooMany,
}

/// A text in which a known value leaves.
#[derive(Debug)]
pub(crate) struct Needle {
    pub(crate) known: KnownId,
    /// How the text encodes the value.
    pub(crate) view: Option<View>,
    pub(crate) text: Secret,
    pub(crate) shows: Shows,
    /// How far from a part the value's ends may be, every character escaped.
    pub(crate) around: usize,
}

/// What it means that a needle's text is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shows {
    /// The value is.
    Value,
    /// A part is that no escape changes: the value may stand around it, with
    /// what JSON escapes of it escaped.
    Part,
}

/// The shortest value that is looked for.
pub(crate) const MIN_KNOWN: usize = 6;

/// The most bytes of a character that is escaped three times over.
const ESCAPED: usize = 9;

/// Shorter values are no text in base32 that is told from noise,
const SHORT: usize = 24;
/// and these none in pairs of hex digits with signs between them.
const VERY_SHORT: usize = 11;

/// The shortest encoded text that is searched for by itself.
const MIN_ENCODED: usize = 7;

/// Every text to search for. Fails for a value that chance would find.
pub(crate) fn needles(known: &[Known]) -> Result<Vec<Needle>, KnownError> {
    let mut needles = Vec::new();
    for (index, known) in known.iter().enumerate() {
        if known.value.len() < MIN_KNOWN {
            return Err(KnownError::TooShort {
                label: known.label.clone(),
            });
        }
        add(&mut needles, KnownId(index), known.value.expose());
    }
    Ok(needles)
}

fn add(needles: &mut Vec<Needle>, known: KnownId, value: &[u8]) {
    let needle = |view: Option<View>, text: Vec<u8>, shows: Shows| Needle {
        known,
        view,
        text: Secret::new(text),
        shows,
        around: value.len() * ESCAPED,
    };
    if value.iter().any(|b| is_escaped(*b)) {
        needles.push(needle(None, plain_part(value).to_vec(), Shows::Part));
    }
    let mut push = |view, text| needles.push(needle(view, text, Shows::Value));
    push(None, value.to_vec());
    for (view, text) in respelled(value) {
        for core in (0..3).flat_map(|shift| base64_cores(&text, shift)) {
            push(Some(View::Base64), core);
        }
        push(Some(view), text);
    }
    push(Some(View::Hex), HEXLOWER.encode(value).into_bytes());
    push(Some(View::Hex), HEXUPPER.encode(value).into_bytes());
    for shift in 0..3 {
        for text in base64_cores(value, shift) {
            if text.len() >= MIN_ENCODED {
                push(Some(View::Base64), text);
            }
        }
    }
    // A longer one is text enough to be seen when it is decoded, if it is ASCII.
    let is_ascii = value.is_ascii();
    for shift in (0..5).filter(|_| value.len() < SHORT || !is_ascii) {
        let text = base32_core(value, shift);
        push(Some(View::Base32), text.to_ascii_lowercase());
        push(Some(View::Base32), text);
    }
    if !is_ascii {
        for sign in [", ", ",", " "] {
            push(
                Some(View::Numbers),
                with_signs(value, sign, ToString::to_string),
            );
        }
    }
    if value.len() < VERY_SHORT {
        for sign in [" ", ":", "\n"] {
            push(
                Some(View::Hex),
                with_signs(value, sign, |b| format!("{b:02x}")),
            );
            push(
                Some(View::Hex),
                with_signs(value, sign, |b| format!("{b:02X}")),
            );
        }
    }
}

/// Each byte of a value as it is written, and a sign between any two.
fn with_signs(value: &[u8], sign: &str, write: fn(&u8) -> String) -> Vec<u8> {
    let bytes: Vec<_> = value.iter().map(write).collect();
    bytes.join(sign).into_bytes()
}

/// A value with letters of other scripts in another case, backwards and in UTF-16. Where
/// all are ASCII, [`crate::respelled`] and the views find these and more.
fn respelled(value: &[u8]) -> Vec<(View, Vec<u8>)> {
    let Some(text) = str::from_utf8(value).ok().filter(|text| !text.is_ascii()) else {
        return Vec::new();
    };
    let mut texts = vec![
        (View::Respelled, text.to_uppercase()),
        (View::Respelled, text.to_lowercase()),
        (View::Reversed, text.chars().rev().collect()),
    ];
    texts.retain(|(_, other)| other != text);
    let texts = texts.into_iter();
    let texts = texts.map(|(view, text)| (view, text.into_bytes()));
    let units = || text.encode_utf16();
    texts
        .chain([
            (View::Utf16, units().flat_map(u16::to_le_bytes).collect()),
            (View::Utf16, units().flat_map(u16::to_be_bytes).collect()),
        ])
        .collect()
}

/// Whether some writer of JSON escapes this byte.
fn is_escaped(byte: u8) -> bool {
    !byte.is_ascii() || byte.is_ascii_control() || matches!(byte, b'"' | b'\'' | b'/' | b'\\')
}

/// The longest part of a value that nobody escapes. Where it is shorter than
/// any value may be, it says nothing.
fn plain_part(value: &[u8]) -> &[u8] {
    let parts = value.split(|b| is_escaped(*b));
    parts.max_by_key(|part| part.len()).unwrap_or_default()
}

/// The base64 characters that depend on `value` alone when `shift` unknown
/// bytes stand before it in its group and anything may follow.
pub(crate) fn base64_cores(value: &[u8], shift: usize) -> [Vec<u8>; 2] {
    let mut shifted = vec![0; shift];
    shifted.extend_from_slice(value);
    // Characters that mix in bits of a neighbour are left off at both ends.
    let first = (shift * 8).div_ceil(6);
    let last = shifted.len() * 8 / 6;
    let core = |text: String| {
        text.into_bytes()
            .get(first..last)
            .unwrap_or_default()
            .to_vec()
    };
    [
        core(BASE64_NOPAD.encode(&shifted)),
        core(BASE64URL_NOPAD.encode(&shifted)),
    ]
}

/// The same in base32, in capitals.
fn base32_core(value: &[u8], shift: usize) -> Vec<u8> {
    let mut shifted = vec![0; shift];
    shifted.extend_from_slice(value);
    let first = (shift * 8).div_ceil(5);
    let last = shifted.len() * 8 / 5;
    let text = BASE32_NOPAD.encode(&shifted).into_bytes();
    text.get(first..last).unwrap_or_default().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_in_base64_of_any_text_around_it() {
        let value = b"correct horse battery";
        for before in 0..6 {
            for after in 0..4 {
                let mut text = vec![b'x'; before];
                text.extend_from_slice(value);
                text.extend(vec![b'\xff'; after]);
                let encoded = BASE64_NOPAD.encode(&text);
                let found = (0..3)
                    .flat_map(|shift| base64_cores(value, shift))
                    .any(|core| encoded.contains(str::from_utf8(&core).unwrap()));
                assert!(found, "{before} before, {after} after");
            }
        }
    }

    #[test]
    fn a_value_that_chance_would_find_is_refused() {
        let known = Known {
            label: "env:PIN".into(),
            value: Secret::new("12345"),
            kind: Kind::Secret,
        };
        assert_eq!(
            needles(&[known]).unwrap_err(),
            KnownError::TooShort {
                label: "env:PIN".into()
            }
        );
    }
}
