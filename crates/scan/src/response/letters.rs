//! Characters that do not show, or that read like letters of ASCII.
//!
//! They matter in text alone. In an image or a pack, bytes that could be such
//! a character come up by chance, but hardly ever among others that are text.

use std::ops::Range;
use std::sync::LazyLock;

use crate::budget::{Budget, Exhausted};
use crate::finding::View;
use crate::views::escapes::Escape;
use crate::views::{Begin, Layer, evasions};

/// So many bytes in a row must be text. Noise has that many around one in some
/// thousands of the characters that it seems to hold.
const IN_A_ROW: usize = 16;
/// The longest character.
const LONGEST: usize = 4;

/// So much is looked at together.
const CHUNK: usize = 32;
const HIGH: u64 = u64::from_ne_bytes([0x80; 8]);

/// Places in a text where a character beyond ASCII may begin.
pub(super) struct Letters<'a> {
    text: &'a [u8],
    /// What is looked at, and which of its bytes, the lowest bit first, are such places.
    at: usize,
    places: u32,
}

impl<'a> Letters<'a> {
    pub(super) fn of(text: &'a [u8]) -> Self {
        let mut letters = Self {
            text,
            at: 0,
            places: 0,
        };
        letters.places = letters.look();
        letters
    }

    /// The next one that reads like something else, with what it reads like.
    pub(super) fn next_folded(&mut self) -> Option<(usize, Escape)> {
        loop {
            let at = self.next()?;
            if let Some(escape) = fold(self.text.get(at..)?) {
                return Some((at, escape));
            }
        }
    }

    fn look(&self) -> u32 {
        let rest = self.text.get(self.at..).unwrap_or_default();
        if let Some(chunk) = rest.first_chunk::<CHUNK>() {
            return if chunk.is_ascii() { 0 } else { begins(chunk) };
        }
        let mut chunk = [0; CHUNK];
        for (to, from) in chunk.iter_mut().zip(rest) {
            *to = *from;
        }
        begins(&chunk)
    }
}

impl Iterator for Letters<'_> {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        while self.places == 0 {
            // The last byte's next one is in the next chunk.
            self.at += CHUNK - 1;
            if self.at >= self.text.len() {
                return None;
            }
            self.places = self.look();
        }
        let found = self.at + self.places.trailing_zeros() as usize;
        self.places &= self.places - 1;
        Some(found)
    }
}

/// Which bytes of a chunk begin a character of several bytes, if the next one goes on
/// with it: for eight bytes at once, by their two highest bits.
#[inline]
fn begins(chunk: &[u8; CHUNK]) -> u32 {
    let (words, _) = chunk.as_chunks::<8>();
    let words = words.iter().map(|word| u64::from_le_bytes(*word));
    let nexts = words.clone().skip(1).chain([0]);
    let mut all = 0;
    for (at, (word, next)) in (0..).step_by(8).zip(words.zip(nexts)) {
        let behind = word >> 8 | next << 56;
        let begins = word & (word << 1) & behind & !(behind << 1) & HIGH;
        all |= gathered(begins) << at;
    }
    all
}

/// The highest bit of each byte, side by side.
#[inline]
fn gathered(bits: u64) -> u32 {
    // Each bit comes to stand in the highest byte, at the place of its own.
    const TO: u64 = 0x0102_0408_1020_4080;
    let [.., all] = (bits >> 7).wrapping_mul(TO).to_le_bytes();
    u32::from(all)
}

/// Whether there are any at all: bytes that begin Greek, Cyrillic, and the
/// blocks of compatibility forms. Where there are none, no accent hides
/// anything either.
pub(super) fn are_hidden(text: &[u8]) -> bool {
    Letters::of(text).any(|at| hides(text, at) && is_in_text(text, at))
}

/// The view of what these stretches of a layer read like.
pub(super) fn folded(
    layer: &Layer<'_>,
    stretches: &[Range<usize>],
    budget: &mut Budget,
) -> Result<Layer<'static>, Exhausted> {
    let mut out = Layer::of(View::Folded);
    if layer.view() == Some(View::Folded) {
        return Ok(out);
    }
    // Of decoded bytes only what is text is read, as in requests.
    if layer.view() == Some(View::Base64) {
        return evasions::folded_within(layer, stretches, budget);
    }
    for (above, part) in parts(layer, stretches) {
        budget.work(part.len())?;
        let mut letters = Letters::of(part);
        let Some(mut next) = letters.next_folded() else {
            continue;
        };
        out.push_unescaped(above.clone(), Begin::OfText, |bytes, jumps| {
            let mut done = 0;
            loop {
                let (at, escape) = next;
                bytes.extend_from_slice(part.get(done..at).unwrap_or_default());
                let from = bytes.len();
                bytes.extend_from_slice(escape.bytes.get(..escape.len).unwrap_or_default());
                done = at + escape.text;
                let there = above.start + at..above.start + done;
                jumps.escape(from..bytes.len(), there);
                match letters.next_folded() {
                    Some(letter) => next = letter,
                    None => break,
                }
            }
            bytes.extend_from_slice(part.get(done..).unwrap_or_default());
        });
    }
    Ok(out)
}

/// The parts of a layer's pieces that lie in these stretches, and where.
fn parts<'l>(
    layer: &'l Layer<'_>,
    stretches: &'l [Range<usize>],
) -> impl Iterator<Item = (Range<usize>, &'l [u8])> {
    layer.pieces().flat_map(move |(piece, _)| {
        let here = piece.here.clone();
        let first = stretches.partition_point(|stretch| stretch.end <= here.start);
        let rest = stretches.get(first..).unwrap_or_default().iter();
        let rest = rest.take_while(move |stretch| stretch.start < here.end);
        rest.filter_map(|stretch| {
            let (start, end) = (piece.here.start, piece.here.end);
            let part = stretch.start.max(start)..stretch.end.min(end);
            Some((part.clone(), layer.bytes().get(part)?))
        })
    })
}

/// Whether a text begins with a character that reads like nothing, or like this one.
pub(super) fn may_be(text: &[u8], wanted: char) -> bool {
    let Some(escape) = fold(text) else {
        return false;
    };
    let reads = escape.bytes.get(..escape.len).unwrap_or_default();
    let is_wanted = |byte: &u8| match wanted {
        ' ' => !byte.is_ascii_alphanumeric(),
        _ => wanted.eq_ignore_ascii_case(&char::from(*byte)),
    };
    reads.is_empty() || reads.iter().any(is_wanted)
}

/// What the character at the start of a text reads like, if it is not ASCII.
pub(super) fn fold(text: &[u8]) -> Option<Escape> {
    let [first, second] = *text.first_chunk()?;
    match (first, second) {
        (0xc2..=0xdf, _) => {
            let entry = usize::from(first & 0x1f) << 6 | usize::from(second & 0x3f);
            match FOLDS.get(entry).copied()? {
                ITSELF => None,
                OTHER => evasions::fold(text),
                byte => Some(Escape {
                    bytes: [byte, 0, 0, 0],
                    len: usize::from(byte != NOTHING),
                    text: 2,
                }),
            }
        }
        // Kana, Han, Hangul.
        (0xe3, 0x81 | 0x83) | (0xe4..=0xe9 | 0xeb | 0xec, _) => None,
        _ => evasions::fold(text),
    }
}

/// What stands in [`FOLDS`] for nothing, for the character itself, and for
/// what is more than one byte.
const NOTHING: u8 = 0;
const ITSELF: u8 = 0xff;
const OTHER: u8 = 0xfe;

/// What characters of two bytes read like, by their eleven bits.
static FOLDS: LazyLock<[u8; 0x800]> = LazyLock::new(|| {
    std::array::from_fn(|code| {
        let c = u32::try_from(code).ok().and_then(char::from_u32);
        let mut bytes = [0; 4];
        let text = c.unwrap_or_default().encode_utf8(&mut bytes);
        match evasions::fold(text.as_bytes()) {
            None => ITSELF,
            Some(Escape { len: 0, .. }) => NOTHING,
            Some(Escape { len: 1, bytes, .. }) => bytes[0],
            Some(_) => OTHER,
        }
    })
});

fn hides(text: &[u8], at: usize) -> bool {
    let byte = |at: usize| text.get(at).copied().unwrap_or(0);
    match (byte(at), byte(at + 1)) {
        (0xc2, second) => second == 0xad,
        (0xcc..=0xd4 | 0xf0 | 0xf3, _) | (0xef, 0xbb..=0xbd) => true,
        (0xe2, 0x80) => matches!(byte(at + 2), 0x8b..=0x8f | 0xaa..=0xae),
        (0xe2, 0x81) => byte(at + 2) >= 0xa0,
        // Letters in circles.
        (0xe2, 0x92) => byte(at + 2) >= 0xb6,
        (0xe2, 0x93) => byte(at + 2) <= 0xa9,
        (0xe1, second) => second >= 0xb4,
        _ => false,
    }
}

/// Whether enough bytes at, behind and before a place are text.
pub(super) fn is_in_text(text: &[u8], at: usize) -> bool {
    let mut end = at;
    while end < at + IN_A_ROW
        && let Some(len) = letter(text, end)
    {
        end += len;
    }
    let mut start = at;
    while end > at
        && end - start < IN_A_ROW
        && let Some(len) = (1..=LONGEST).find(|len| {
            let before = start.checked_sub(*len);
            before.is_some_and(|before| letter(text, before) == Some(*len))
        })
    {
        start -= len;
    }
    end - start >= IN_A_ROW
}

/// The length of the character that stands there, if it is one of a text.
#[inline]
fn letter(text: &[u8], at: usize) -> Option<usize> {
    let first = *text.get(at)?;
    let len = match first {
        b' '..=b'~' | b'\t' | b'\n' | b'\r' => return Some(1),
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return None,
    };
    let rest = text.get(at + 1..at + len)?;
    rest.iter().all(|b| b & 0xc0 == 0x80).then_some(len)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_is_found_anywhere() {
        for len in 2..100 {
            let mut text = vec![b'a'; len];
            for at in (1..len).rev() {
                text[at] = 0x80;
                text[at - 1] = 0xd0;
                let all: Vec<usize> = Letters::of(&text).collect();
                assert_eq!(all, [at - 1], "{len}");
                text[at] = b'a';
                text[at - 1] = 0xff;
            }
            assert_eq!(Letters::of(&text).next(), None);
        }
    }

    #[test]
    fn every_letter_is_folded_as_in_requests() {
        for c in '\u{80}'..='\u{ffff}' {
            let text = c.to_string();
            let parts = |escape: Escape| (escape.bytes, escape.len, escape.text);
            let wanted = evasions::fold(text.as_bytes()).map(parts);
            assert_eq!(fold(text.as_bytes()).map(parts), wanted, "{c:?}");
        }
    }

    #[test]
    fn a_letter_hides_in_text_and_not_in_noise() {
        let plain = "1\u{e9}2345678901234";
        for text in [format!("{plain}\u{430}"), format!("\u{430}{plain}")] {
            assert!(are_hidden(text.as_bytes()), "{text}");
        }
        assert!(are_hidden(b"\xff12345678901\xd0\xb0890\xff"));
        for noise in [
            &b"\xff12345678\xd0\xb0567\x001234567890123"[..],
            b"12345678901234567\xff\xd0\xb0\xff123",
            b"12345678901234567\xd0\xff",
            b"\xd0\xb0",
        ] {
            assert!(!are_hidden(noise), "{noise:?}");
        }
    }
}
