//! Views of bytes that are written as characters, one for each: as tags and
//! selectors of Unicode, which show as nothing, and as the characters of
//! Latin-1, in which packed data is put into JSON.

use std::ops::Range;

use memchr::memmem;

use crate::budget::{Budget, Exhausted};
use crate::finding::View;
use crate::sweep::Sweep;
use crate::views::layer::{Layer, Scale};
use crate::views::packed;

/// Characters in a row that are read. A flag's picture has up to six.
const IN_A_ROW: usize = 8;
/// What tags and selectors begin with in UTF-8, but for the first selectors.
const HEAD: &[u8] = b"\xf3\xa0";

/// The view of what tags and selectors stand for.
pub(crate) fn tags(
    layer: &Layer<'_>,
    _: &Sweep,
    budget: &mut Budget,
) -> Result<Layer<'static>, Exhausted> {
    let mut out = Layer::of(View::Folded);
    for (piece, text) in layer.pieces() {
        let mut done = 0;
        for at in memmem::find_iter(text, HEAD) {
            if at < done {
                continue;
            }
            let start = first_selector(text, done, at);
            let (end, row) = row(text, start);
            done = end;
            let above = piece.here.start + start..piece.here.start + end;
            if row.len() >= IN_A_ROW && layer.is_fresh(piece, &above) {
                budget.work(row.len())?;
                out.push(above, Scale::Whole, |to| to.extend_from_slice(&row));
            }
        }
    }
    Ok(out)
}

/// Where the short selectors right before `at` begin.
fn first_selector(text: &[u8], done: usize, at: usize) -> usize {
    let mut start = at;
    while let Some(before) = start.checked_sub(3).filter(|before| *before >= done)
        && hidden(text.get(before..).unwrap_or_default()).is_some_and(|(len, _)| len == 3)
    {
        start = before;
    }
    start
}

/// What the tags and selectors from `at` on stand for, and where they end.
fn row(text: &[u8], at: usize) -> (usize, Vec<u8>) {
    let (mut at, mut row) = (at, Vec::new());
    while let Some((len, byte)) = hidden(text.get(at..).unwrap_or_default()) {
        row.push(byte);
        at += len;
    }
    (at, row)
}

/// The byte that a tag or a selector stands for, and its own length.
fn hidden(text: &[u8]) -> Option<(usize, u8)> {
    match *text {
        // U+E0020 to U+E007E are ASCII, U+E0100 to U+E01EF the selectors from 16 on.
        [0xf3, 0xa0, 0x80, low @ 0xa0..=0xbf, ..] => Some((4, low - 0x80)),
        [0xf3, 0xa0, 0x81, low @ 0x80..=0xbe, ..] => Some((4, low - 0x40)),
        [0xf3, 0xa0, high @ 0x84..=0x87, low @ 0x80..=0xbf, ..] => {
            let selector = (high - 0x84) * 0x40 + (low - 0x80);
            Some((4, selector.checked_add(16)?))
        }
        // U+FE00 to U+FE0F are the first ones.
        [0xef, 0xb8, low @ 0x80..=0x8f, ..] => Some((3, low - 0x80)),
        _ => None,
    }
}

/// The view of texts of UTF-16, in which letters may be evaded: without zero
/// bytes alone, they would not be letters.
pub(crate) fn wide(
    layer: &Layer<'_>,
    _: &Sweep,
    budget: &mut Budget,
) -> Result<Layer<'static>, Exhausted> {
    let mut out = Layer::of(View::Utf16);
    for (piece, text) in layer.pieces() {
        let Some(read) = order(text) else { continue };
        budget.work(text.len())?;
        let (units, _) = text.as_chunks::<2>();
        let units = units.iter().map(|unit| read(*unit));
        let chars = char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER));
        let wide: String = chars.collect();
        out.push(piece.here.clone(), Scale::Whole, |to| {
            to.extend_from_slice(wide.as_bytes());
        });
    }
    Ok(out)
}

/// How a text of UTF-16 is read: by its mark, or by two letters it begins with.
fn order(text: &[u8]) -> Option<fn([u8; 2]) -> u16> {
    let is_letter = |b: u8| b.is_ascii_graphic() || b.is_ascii_whitespace();
    match *text {
        [0xff, 0xfe, _, _, ..] => Some(u16::from_le_bytes),
        [0xfe, 0xff, _, _, ..] => Some(u16::from_be_bytes),
        [a, 0, b, 0, ..] if is_letter(a) && is_letter(b) => Some(u16::from_le_bytes),
        [0, a, 0, b, ..] if is_letter(a) && is_letter(b) => Some(u16::from_be_bytes),
        _ => None,
    }
}

/// The stretches of text in decoded bytes that is no ASCII, and so long that
/// chance does not make it: letters that are evaded may stand in it.
pub(crate) fn foreign(bytes: &[u8]) -> Vec<Range<usize>> {
    /// Of random bytes so many in a row are hardly ever text.
    const LEAST: usize = 36;
    let (mut at, mut found) = (0, Vec::new());
    for chunk in bytes.utf8_chunks() {
        let valid = chunk.valid();
        if valid.len() >= LEAST && !valid.is_ascii() {
            found.push(at..at + valid.len());
        }
        at += valid.len() + chunk.invalid().len();
    }
    found
}

/// The view of packed data that stands as characters of Latin-1 in UTF-8.
pub(crate) fn latin(
    layer: &Layer<'_>,
    _: &Sweep,
    budget: &mut Budget,
) -> Result<Layer<'static>, Exhausted> {
    let mut out = Layer::of(View::Latin);
    for (piece, text) in layer.pieces() {
        let Some(at) = packed_latin(text) else {
            continue;
        };
        let (len, bytes) = latin_bytes(text.get(at..).unwrap_or_default());
        budget.work(len)?;
        let above = piece.here.start + at..piece.here.start + at + len;
        out.push(above, Scale::Whole, |to| to.extend_from_slice(&bytes));
    }
    Ok(out)
}

/// Where packed data first begins in Latin-1.
fn packed_latin(text: &[u8]) -> Option<usize> {
    const SIGNS: [&[u8]; 7] = [
        b"\x1f\xc2\x8b\x08",
        b"PK\x03\x04",
        b"(\xc2\xb5/\xc3\xbd",
        b"x\x01",
        b"x^",
        b"x\xc2\x9c",
        b"x\xc3\x9a",
    ];
    /// Of bytes that are judged, in UTF-8: half of them are enough.
    const JUDGED: usize = 288;
    let mut probe = packed::Probe::default();
    let mut begins = |at: &usize| {
        let end = text.len().min(at + JUDGED);
        let near = text.get(*at..end).unwrap_or_default();
        // Most of what begins like this is text about powers of x.
        let plain = near.get(..JUDGED / 2).unwrap_or(near);
        if plain.is_ascii() {
            return packed::begins_within(plain, &mut probe);
        }
        packed::begins_within(&latin_bytes(near).1, &mut probe)
    };
    let first = |sign| memmem::find_iter(text, sign).find(&mut begins);
    SIGNS.into_iter().filter_map(first).min()
}

/// The characters of Latin-1 that a text begins with, and how long they are.
fn latin_bytes(text: &[u8]) -> (usize, Vec<u8>) {
    let (mut at, mut bytes) = (0, Vec::with_capacity(text.len()));
    while let Some(rest) = text.get(at..) {
        let (len, byte) = match *rest {
            [byte @ ..0x80, ..] => (1, byte),
            [0xc2, low @ 0x80..=0xbf, ..] => (2, low),
            [0xc3, low @ 0x80..=0xbf, ..] => (2, low + 0x40),
            _ => break,
        };
        at += len;
        bytes.push(byte);
    }
    (at, bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_read_whichever_characters_it_is_made_of() {
        let tags: String = "ghp_Z~"
            .chars()
            .filter_map(|c| char::from_u32(0xe0000 + u32::from(c)))
            .collect();
        assert_eq!(row(tags.as_bytes(), 0), (tags.len(), b"ghp_Z~".to_vec()));
        let selector = |byte: u8| match u32::from(byte) {
            byte @ ..16 => char::from_u32(0xfe00 + byte),
            byte => char::from_u32(0xe0100 + byte - 16),
        };
        let all: Vec<u8> = (0..=u8::MAX).collect();
        let selectors: String = all.iter().copied().filter_map(selector).collect();
        assert_eq!(row(selectors.as_bytes(), 0), (selectors.len(), all));
    }
}
