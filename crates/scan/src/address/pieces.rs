//! Data that is cut into pieces, each of them too short to be looked at: in the
//! segments of a path, the values and the names of a query, the parts of one value
//! between signs. Whoever receives them puts them together, so this does.
//!
//! Text is found where pieces that follow one another decode to it, from any piece
//! on. What reads as nothing is found where there are more random pieces than any
//! harmless address has, or several in a row that were cut to one length.

use std::ops::Range;

use super::runs::{LEAST, is_text};
use super::spelled::{Spelling, text_at};
use crate::free::value::{Value, class};

/// A longer piece is looked at by itself.
const LONGEST: usize = 40;
/// Pieces are put together as far as this.
const REACH: usize = 64;
/// The shortest piece that counts as random.
const SHORTEST: usize = 6;
/// So many random pieces, and so many characters of them, are data.
const MANY: usize = 10;
/// See [`MANY`].
const MUCH: usize = 120;
/// Bytes in hex with signs between them: fingerprints of certificates have 32.
const BYTES: usize = 32;
/// Base64 has one of its two signs every 32 characters: here it may have twice as many.
const SIGN_EVERY: usize = 16;
/// Changes between digits and letters, or small ones and capitals: encoded text has
/// one every few characters, words have hardly any.
const CHANGES: usize = 4;
/// Or it has as many digits, as text in numbers has.
const DIGITS: usize = 36;

/// A text's letters and digits, and where each of their runs begins.
#[derive(Default)]
pub(super) struct Pieces {
    letters: Vec<u8>,
    runs: Vec<Range<usize>>,
    /// Characters that part nothing.
    signs: &'static [u8],
}

impl Pieces {
    /// Pieces between which no sign of base64 stands: the signs are its digits. It is
    /// else left out, as text has hardly one in that spelling.
    pub(super) fn with_signs() -> Self {
        Self {
            signs: b"-_",
            ..Self::default()
        }
    }

    /// Adds a text. Where it ends, a piece ends.
    pub(super) fn add(&mut self, text: &[u8]) {
        let mut start = self.letters.len();
        for byte in text.iter().chain(b"/") {
            if byte.is_ascii_alphanumeric() || self.signs.contains(byte) {
                self.letters.push(*byte);
            } else if self.letters.len() > start {
                self.runs.push(start..self.letters.len());
                start = self.letters.len();
            }
        }
    }

    /// Whether some that follow one another decode to so much text.
    pub(super) fn read_as_text(&self, least: usize) -> bool {
        self.read_in(&Spelling::ALL, least)
    }

    /// The same in some spellings only.
    pub(super) fn read_in(&self, spellings: &[Spelling], least: usize) -> bool {
        // Base64 has the fewest digits for a byte.
        if self.runs.len() < 2 || self.letters.len() * 3 < least * 4 {
            return false;
        }
        // Where the pieces end that one may be joined with, for each from the last on.
        let mut end = self.letters.len();
        let mut ends: Vec<usize> = Vec::with_capacity(self.runs.len());
        for run in self.runs.iter().rev() {
            if run.len() > LONGEST {
                end = run.start;
            }
            ends.push(end);
        }
        self.runs.iter().zip(ends.iter().rev()).any(|(run, end)| {
            let joined = run.start..(run.start + REACH).min(*end);
            let window = self.letters.get(joined).unwrap_or_default();
            if window.len() * 3 < least * 4 {
                return false;
            }
            spellings.iter().any(|spelling| {
                let (text, digits) = text_at(window, *spelling);
                // What a long piece spells by itself was read there.
                let is_cut = digits > run.len() && text.len() * run.len() < LEAST * digits;
                is_cut && text.len() >= least && is_text(&text)
            })
        })
    }

    /// Whether some that follow one another are the numbers of characters, most of them
    /// small letters. Lists of numbers go up, or stay below a hundred.
    pub(super) fn are_characters(&self, least: usize) -> bool {
        let (mut many, mut letters, mut falls, mut last) = (0, 0, 0, 0);
        for run in &self.runs {
            let digits = self.letters.get(run.clone()).unwrap_or_default();
            let number = str::from_utf8(digits)
                .ok()
                .and_then(|text| text.parse().ok());
            let Some(number @ (b'\t'..=b'\r' | b' '..=b'~')) = number else {
                (many, letters, falls, last) = (0, 0, 0, 0);
                continue;
            };
            many += 1;
            letters += usize::from(number.is_ascii_lowercase());
            falls += usize::from(number < last);
            last = number;
            if many >= least && letters * 2 >= many && falls * 5 >= many {
                return true;
            }
        }
        false
    }
}

/// Random pieces, of which a harmless address has a few.
#[derive(Default)]
pub(super) struct Random {
    many: usize,
    much: usize,
    /// Bytes in hex, in a row.
    bytes: usize,
}

impl Random {
    /// Counts a text's pieces in. Whether there are more than a harmless address has.
    pub(super) fn add(&mut self, text: &[u8]) -> bool {
        let mut rest = text;
        let (mut pieces, mut letters, mut many, mut much) = (0, 0, 0, 0);
        let (mut dumped, mut lettered) = (0, 0);
        while !rest.is_empty() {
            if let Some(behind) = rest.get(UUID..).filter(|_| is_uuid(rest)) {
                rest = behind;
                continue;
            }
            let len = rest
                .iter()
                .take_while(|b| b.is_ascii_alphanumeric())
                .count();
            let (piece, behind) = rest.split_at(len);
            pieces += usize::from(len > 0);
            letters += len;
            if len > 0 {
                let is_byte = len == 2 && piece.iter().all(u8::is_ascii_hexdigit);
                self.bytes = if is_byte { self.bytes + 1 } else { 0 };
            }
            dumped = dumped.max(self.bytes);
            lettered += usize::from(len == 2 && piece.iter().any(u8::is_ascii_alphabetic));
            if is_random_piece(piece) {
                many += 1;
                much += len;
            }
            rest = behind.get(1..).unwrap_or_default();
        }
        // What is random and whole has a sign of base64 by chance, here and there.
        if letters <= pieces * SIGN_EVERY {
            self.many += many;
            self.much += much;
        }
        (self.many >= MANY && self.much >= MUCH) || (dumped > BYTES && lettered * 4 > dumped)
    }
}

/// The length of a UUID.
const UUID: usize = 36;

/// Whether a UUID stands at the beginning.
fn is_uuid(text: &[u8]) -> bool {
    text.get(..UUID).is_some_and(|uuid| {
        uuid.iter().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => *byte == b'-',
            // The version, and the variant.
            14 => matches!(byte, b'1'..=b'8'),
            19 => matches!(byte, b'8' | b'9' | b'a' | b'b' | b'A' | b'B'),
            _ => byte.is_ascii_hexdigit(),
        })
    })
}

/// Texts in a row that were cut to one length, most of them random.
#[derive(Default)]
pub(super) struct Slices {
    len: usize,
    many: usize,
    random: usize,
}

impl Slices {
    /// Counts a text in. How many of its length there are in a row now.
    pub(super) fn add(&mut self, text: &[u8]) -> usize {
        let is_digit = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_');
        let is_piece = (SHORTEST..=LONGEST).contains(&text.len()) && text.iter().all(is_digit);
        if !is_piece {
            *self = Self::default();
            return 0;
        }
        if text.len() != self.len {
            *self = Self {
                len: text.len(),
                ..Self::default()
            };
        }
        self.many += 1;
        self.random += usize::from(is_random_piece(text));
        if self.random * 2 > self.many {
            self.many
        } else {
            0
        }
    }
}

/// Whether any text may hold data in pieces. Most addresses have none, and are not
/// taken apart.
pub(super) fn may_be_cut(text: &[u8]) -> bool {
    let (mut last, mut changes, mut digits) = (0, 0, 0);
    for byte in text {
        let class = class(*byte);
        // A word that begins with a capital has one change.
        let changed = class != last && class != 0 && last != 0 && last != 3;
        changes += usize::from(changed);
        digits += usize::from(class == 1);
        last = class;
    }
    changes >= CHANGES || digits >= DIGITS
}

/// Letters and digits in no order: hex, of several classes, or no word.
fn is_random_piece(piece: &[u8]) -> bool {
    if !(SHORTEST..2 * LEAST).contains(&piece.len()) {
        return false;
    }
    let count = |of: fn(&u8) -> bool| piece.iter().filter(|b| of(b)).count();
    if count(u8::is_ascii_digit) == 0 || count(u8::is_ascii_alphabetic) == 0 {
        return false;
    }
    let pairs = piece.iter().zip(piece.iter().skip(1));
    let changes = pairs.filter(|(a, b)| class(**a) != class(**b)).count();
    piece.iter().all(u8::is_ascii_hexdigit)
        || changes * 4 >= piece.len()
        || (changes > 1 && !Value::new(piece).is_wordy(50))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str) -> Pieces {
        let mut pieces = Pieces::default();
        pieces.add(text.as_bytes());
        pieces
    }

    #[test]
    fn pieces_end_at_signs_and_at_the_end_of_a_text() {
        let mut pieces = pieces("/ab-c//1");
        pieces.add(b"2d");
        assert_eq!(pieces.letters, b"abc12d");
        assert_eq!(pieces.runs, [0..2, 2..3, 3..4, 4..6]);
    }

    #[test]
    fn text_is_read_from_any_piece_on() {
        assert!(pieces("/v1/a/dGhlIGNhdCB/zbGVlcHMgb24/gdGhlIHNvZmE/x.png").read_as_text(20));
        assert!(!pieces("/v1/a/dGhlIGNhdCBzbGVlcHMgb24gdGhlIHNvZmE/x.png").read_as_text(20));
        assert!(!pieces("/v1/customers/payments/history/monthly/overview").read_as_text(20));
    }

    #[test]
    fn only_what_is_cut_to_one_length_in_a_row_is_slices() {
        let count = |texts: &[&str]| {
            let mut slices = Slices::default();
            texts.iter().map(|text| slices.add(text.as_bytes())).max()
        };
        assert_eq!(count(&["ab12cd3x", "9fk2m4xq", "7hq2z8w1"]), Some(3));
        assert_eq!(
            count(&["ab12cd3x", "items", "9fk2m4xq", "7hq2z8w"]),
            Some(1)
        );
        assert_eq!(count(&["20260101", "20260102", "20260103"]), Some(0));
    }
}
