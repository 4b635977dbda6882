//! The view of everything that is text in base64 or base64url, at each of the
//! four alignments: nobody says where in a run the encoding begins.
//!
//! Most of what looks like base64 is an image, a digest or a name in camel
//! case, and decodes to noise in which no credential can stand. So only those
//! parts are decoded that become a few characters of ASCII in a row, and runs
//! that begin as packed data. What one character of base64 can become is seen
//! without decoding: each bit that makes a byte more than ASCII is in one.

use std::ops::Range;

use crate::budget::{Budget, Exhausted};
use crate::finding::View;
use crate::sweep::{BASE64, Sweep};
use crate::views::hidden::{Hidden, hidden, judged};
use crate::views::layer::{Layer, Scale};
use crate::views::packed;
use crate::views::runs::{self, Alphabet, Lines};

const ALPHABET: Alphabet = Alphabet {
    class: BASE64,
    least: 16,
    other: None,
};
const SCALE: Scale = Scale::Even { above: 4, here: 3 };
/// Groups of four that must be ASCII in a row: twelve bytes.
const IN_A_ROW: usize = 4;
/// The shortest run of which packed data may be made, and say something.
const PACKED: usize = 24;
/// Groups that are decoded around them, for what stands beside a credential.
const BESIDE: usize = 4;

pub(crate) fn decode(
    layer: &Layer<'_>,
    sweep: &Sweep,
    budget: &mut Budget,
) -> Result<Layer<'static>, Exhausted> {
    let mut out = Layer::of(View::Base64);
    runs::long(layer, &sweep.encoded.base64, &ALPHABET, |lines| {
        push(&mut out, layer, lines, budget)
    })?;
    runs::short(layer, &sweep.even, &ALPHABET, |lines| {
        push(&mut out, layer, lines, budget)
    })?;
    Ok(out)
}

/// Whether some four groups in a row may become text, or packed data begins,
/// at any alignment: of such a row, one group is at every fourth place, and two
/// more are before it or behind it.
pub(super) fn may_hold(run: &[u8]) -> bool {
    let row = 4 * IN_A_ROW;
    let group = |at: usize| run.get(at..).and_then(<[u8]>::first_chunk);
    let text = |at: usize| group(at).is_some_and(|group| is_text(*group) || *group == ZEROS);
    let mut at = row - 4;
    while at < run.len() {
        for at in at..at + 4 {
            let before = || text(at - 4) && text(at - 8);
            if text(at) && (before() || (text(at + 4) && text(at + 8))) {
                return true;
            }
        }
        at += row;
    }
    run.len() >= PACKED && parts_of(run).any(may_be_packed)
}

/// The parts of a run of value characters that are in the alphabet.
fn parts_of(run: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut start = 0;
    let breaks = memchr::memchr2_iter(b'.', b'~', run).chain([run.len()]);
    breaks.filter_map(move |end| run.get(std::mem::replace(&mut start, end + 1)..end))
}

/// Whether packed data begins in a part, at its head or behind a prefix.
fn may_be_packed(part: &[u8]) -> bool {
    let begins = |shift: usize| part.get(shift..).is_some_and(begins_packed);
    (0..4).any(begins) || !hidden(part).is_empty()
}

pub(super) fn push(
    out: &mut Layer<'static>,
    layer: &Layer<'_>,
    lines: &Lines<'_>,
    budget: &mut Budget,
) -> Result<(), Exhausted> {
    let digits = lines.digits();
    budget.work(digits.len())?;
    lines.push(out, layer, parts(&digits), &SCALE, append, budget)?;
    let whole = lines.whole();
    if !layer.is_fresh(lines.piece, &whole) {
        return Ok(());
    }
    for Hidden { place, bytes } in hidden(&digits) {
        budget.work(place.len())?;
        let above = match lines.ranges {
            [_] => whole.start + place.start..whole.start + place.end,
            _ => whole.clone(),
        };
        out.push(above, Scale::Whole, |to| to.extend_from_slice(&bytes));
    }
    Ok(())
}

/// The parts of a run that are decoded, whole groups but for the last.
fn parts(digits: &[u8]) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    for shift in 0..4 {
        let aligned = digits.get(shift..).unwrap_or_default();
        if begins_packed(aligned) && is_mixed(digits) {
            parts.push(shift..digits.len());
            continue;
        }
        ascii_parts(aligned, shift, &mut parts);
    }
    parts
}

/// Whether it has digits and letters of both cases, as packed data has.
pub(super) fn is_mixed(digits: &[u8]) -> bool {
    let any = |is: fn(&u8) -> bool| digits.iter().any(is);
    any(u8::is_ascii_digit) && any(u8::is_ascii_uppercase) && any(u8::is_ascii_lowercase)
}

/// What gzip, zip, zstd and the levels of zlib begin with, or a zlib stream with
/// a smaller window.
pub(super) fn begins_packed(digits: &[u8]) -> bool {
    match digits {
        [b'H', b'4', b's', b'I', ..]
        | [b'K', b'L', b'U', b'v', ..]
        | [b'U', b'E', b's', b'D', b'B', ..] => true,
        [b'e', b'J' | b'N' | b'A' | b'F', ..] => digits.len() >= PACKED,
        [
            b'C' | b'G' | b'K' | b'O' | b'S' | b'W' | b'a',
            b'A'..=b'P',
            ..,
        ] => digits.len() >= PACKED && packed::begins(&judged(digits, 0)),
        _ => false,
    }
}

/// The parts of one alignment with enough ASCII in a row, and what is near.
fn ascii_parts(digits: &[u8], shift: usize, parts: &mut Vec<Range<usize>>) {
    let (groups, _) = digits.as_chunks::<4>();
    let group = |at: usize| groups.get(at).copied();
    let is_text = |at: usize| match group(at) {
        // Of four groups of UTF-32 one is zeros.
        Some(ZEROS) => {
            let before = at.checked_sub(1).and_then(group);
            before.is_some_and(is_text) && group(at + 1).is_some_and(is_text)
        }
        group => group.is_some_and(is_text),
    };
    let mut open: Option<Range<usize>> = None;
    // Any row has one of every so many groups.
    let mut probe = IN_A_ROW - 1;
    let mut done = 0;
    while probe < groups.len() {
        if !is_text(probe) {
            done = probe + 1;
            probe += IN_A_ROW;
            continue;
        }
        let mut row = probe..probe + 1;
        while row.start > done && is_text(row.start - 1) {
            row.start -= 1;
        }
        while is_text(row.end) {
            row.end += 1;
        }
        done = row.end;
        probe = done + IN_A_ROW;
        if row.len() < IN_A_ROW {
            continue;
        }
        let near = row.start.saturating_sub(BESIDE);
        let to = (row.end + BESIDE).min(groups.len());
        match &mut open {
            Some(part) if near <= part.end => part.end = to,
            _ => {
                if let Some(part) = open.replace(near..to) {
                    parts.push(shift + part.start * 4..shift + part.end * 4);
                }
            }
        }
    }
    if let Some(part) = open {
        let end = if part.end == groups.len() {
            digits.len()
        } else {
            part.end * 4
        };
        parts.push(shift + part.start * 4..shift + end);
    }
}

/// A group of zeros.
const ZEROS: [u8; 4] = *b"AAAA";

/// Whether a group becomes ASCII. Images are full of zeros, which are no text.
fn is_text(group: [u8; 4]) -> bool {
    let [a, b, c, _] = group;
    let high = (class(a) & HIGH_FIRST) | (class(b) & HIGH_SECOND) | (class(c) & HIGH_THIRD);
    high == 0 && group != ZEROS
}

/// Whether each whole group becomes ASCII.
pub(super) fn is_all_text(digits: &[u8]) -> bool {
    let (groups, _) = digits.as_chunks::<4>();
    groups.iter().all(|group| is_text(*group))
}

/// Appends what the digits stand for; left-over bits are dropped.
pub(crate) fn append(digits: &[u8], bytes: &mut Vec<u8>) {
    let (groups, rest) = digits.as_chunks::<4>();
    bytes.reserve(groups.len() * 3 + 3);
    for group in groups {
        let [_, a, b, c] = bits(group).to_be_bytes();
        bytes.extend_from_slice(&[a, b, c]);
    }
    let [_, a, b, _] = (bits(rest) << (6 * (4 - rest.len()))).to_be_bytes();
    let whole = rest.len() * 6 / 8;
    bytes.extend_from_slice([a, b].get(..whole).unwrap_or_default());
}

fn bits(digits: &[u8]) -> u32 {
    digits.iter().fold(0, |bits, digit| {
        bits << 6 | u32::from(class(*digit) & VALUE)
    })
}

/// The six bits of a digit.
pub(super) fn value(digit: u8) -> u16 {
    class(digit) & VALUE
}

#[inline]
fn class(byte: u8) -> u16 {
    CLASSES.get(usize::from(byte)).copied().unwrap_or(0)
}

/// The six bits that a character stands for.
const VALUE: u16 = 63;
/// In a group's first, second or third place it makes a byte past ASCII.
const HIGH_FIRST: u16 = 128;
const HIGH_SECOND: u16 = 256;
const HIGH_THIRD: u16 = 512;

#[expect(
    clippy::cast_possible_truncation,
    clippy::indexing_slicing,
    reason = "evaluated by the compiler; a byte indexes 256 entries"
)]
const CLASSES: [u16; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte as u8 {
            digit @ b'A'..=b'Z' => classes(digit - b'A'),
            digit @ b'a'..=b'z' => classes(digit - b'a' + 26),
            digit @ b'0'..=b'9' => classes(digit - b'0' + 52),
            b'+' | b'-' => classes(62),
            b'/' | b'_' => classes(63),
            _ => 0,
        };
        byte += 1;
    }
    table
};

const fn classes(value: u8) -> u16 {
    // The highest bits of a group's three bytes are the first's sixth, the
    // second's fourth and the third's second.
    let first = (value >> 5 & 1) as u16 * HIGH_FIRST;
    let second = (value >> 3 & 1) as u16 * HIGH_SECOND;
    let third = (value >> 1 & 1) as u16 * HIGH_THIRD;
    value as u16 | first | second | third
}

#[cfg(test)]
mod tests {
    use data_encoding::{BASE64, BASE64URL};

    use super::*;
    use crate::views::swept as sweep;

    fn view(text: &str) -> Vec<Vec<u8>> {
        let mut budget = Budget::for_input(0);
        let layer = decode(
            &Layer::raw(text.as_bytes()),
            &sweep(text.as_bytes()),
            &mut budget,
        );
        let layer = layer.unwrap();
        layer.pieces().map(|(_, piece)| piece.to_vec()).collect()
    }

    #[test]
    fn every_alignment_is_decoded() {
        let text = b"\xff\xfe? Some text, long enough \xfb\xf0";
        for before in ["", "a", "ab", "abc"] {
            for encoded in [BASE64.encode(text), BASE64URL.encode(text)] {
                let input = format!("{before}{encoded}");
                let whole = |piece: &Vec<u8>| piece.windows(26).any(|part| part == &text[2..28]);
                assert!(view(&input).iter().any(whole), "{input}");
            }
        }
    }

    #[test]
    fn words_before_a_run_do_not_shift_it() {
        let encoded = BASE64.encode(b"x some text that is hidden");
        for words in ["and ", "a band ", "AAAA AAAA AAAA ", "QUJD QUJD QUJD,"] {
            let input = format!("{words}{encoded}");
            let found = view(&input)
                .iter()
                .any(|piece| piece.ends_with(b"that is hidden"));
            assert!(found, "{input}");
        }
    }

    #[test]
    fn names_digests_and_noise_are_left_alone() {
        let noise: Vec<u8> = (0_u32..3000)
            .map(|n| (n.wrapping_mul(2_654_435_761) >> 13).to_le_bytes()[0] | 0x80)
            .collect();
        let text = format!(
            "getUserByIdentifier SomeLongClassName 0123456789abcdef0123456789abcdef {}",
            BASE64.encode(&noise)
        );
        assert_eq!(view(&text), Vec::<Vec<u8>>::new());
    }

    #[test]
    fn wrapped_and_spaced_runs_are_one() {
        let text = "Some text that is wrapped";
        for width in [4, 5, 16, 20, 24] {
            for gap in [" ", "\n", "\r\n  "] {
                let encoded = BASE64.encode(text.as_bytes());
                let lines: Vec<&str> = encoded
                    .as_bytes()
                    .chunks(width)
                    .map(|line| str::from_utf8(line).unwrap())
                    .collect();
                let wrapped = lines.join(gap);
                let whole = view(&wrapped)
                    .iter()
                    .any(|piece| piece.starts_with(text.as_bytes()));
                assert!(whole, "{wrapped:?}");
            }
        }
    }
}
