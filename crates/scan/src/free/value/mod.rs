//! What a value looks like: random, or a name, a path, a stand-in.

mod marks;
mod pairs;

use std::cell::Cell;

use marks::Marks;

use crate::detectors::check::entropy;
use crate::detectors::decoded;

/// A value's make-up.
#[derive(Debug, PartialEq)]
pub(crate) struct Value<'a> {
    bytes: &'a [u8],
    digits: usize,
    lowers: usize,
    uppers: usize,
    /// Changes between letters and digits.
    turns: usize,
    /// Changes between lower and upper case that no name in camel case has:
    /// from upper back to lower after a single letter does not count.
    flips: usize,
    hex: bool,
    uuid: bool,
    /// The classes of its characters, where it is short enough.
    marks: Option<Marks>,
    /// How many letters are of words that can be said, once somebody has asked, or
    /// that they are many.
    said: Cell<Option<usize>>,
}

/// Texts that only stand where a value will be.
const STAND_INS: [&[u8]; 24] = [
    b"should-change",
    b"example",
    b"bogus",
    b"your",
    b"xxxx",
    b"placeholder",
    b"changeme",
    b"change_me",
    b"change-me",
    b"dummy",
    b"redacted",
    b"todo",
    b"insert",
    b"replace",
    b"notreal",
    b"not_real",
    b"not-real",
    b"goes-here",
    b"goes_here",
    b"...",
    b"_here",
    b"fake",
    b"12ab-34cd",
    b"1234abcd-1234",
];

/// Beginnings of tokens whose whole shape the table knows: what begins so and
/// has not that shape is cut off, or made up.
const OWN_SHAPE: [&[u8]; 27] = [
    b"xoxb-",
    b"xoxp-",
    b"xoxa-",
    b"xoxr-",
    b"xoxs-",
    b"xoxe-",
    b"xoxe.",
    b"xapp-",
    b"ghp_",
    b"gho_",
    b"ghu_",
    b"ghs_",
    b"ghr_",
    b"github_pat_",
    b"glpat-",
    b"hvs.",
    b"hvb.",
    b"hvr.",
    b"sk-ant-",
    b"sntrys_",
    b"sntryu_",
    b"npm_",
    b"pypi-",
    b"dop_v1_",
    b"shpat_",
    b"glsa_",
    b"AKIA",
];

impl<'a> Value<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        let Some(marks) = Marks::of(bytes) else {
            return Self::by_bytes(bytes);
        };
        let [digits, lowers, uppers] = marks.counts();
        Self {
            bytes,
            digits,
            lowers,
            uppers,
            turns: marks.turns(),
            flips: marks.flips(),
            hex: digits + lowers + uppers == bytes.len() && bytes.iter().all(u8::is_ascii_hexdigit),
            uuid: is_uuid(bytes),
            marks: Some(marks),
            said: Cell::default(),
        }
    }

    fn by_bytes(bytes: &'a [u8]) -> Self {
        // Sixteen bits each: others, digits, small letters, capitals.
        let mut counts = 0_u64;
        let mut changes = 0_u32;
        let mut last = 0_u8;
        for byte in bytes {
            let class = class(*byte);
            counts += 1 << (16 * class);
            let change = CHANGES.get(usize::from(last << 2 | class));
            changes += change.copied().unwrap_or(0);
            last = class;
        }
        let [_, digits, lowers, uppers] = [0, 1, 2, 3].map(|class| {
            let count = counts >> (16 * class) & 0xffff;
            usize::try_from(count).unwrap_or(usize::MAX)
        });
        Self {
            bytes,
            digits,
            lowers,
            uppers,
            turns: (changes & 0xffff) as usize,
            flips: (changes >> 16) as usize,
            hex: digits + lowers + uppers == bytes.len() && bytes.iter().all(u8::is_ascii_hexdigit),
            uuid: is_uuid(bytes),
            marks: None,
            said: Cell::default(),
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.bytes.len()
    }

    fn letters(&self) -> usize {
        self.lowers + self.uppers
    }

    fn signs(&self) -> usize {
        self.len() - self.letters() - self.digits
    }

    /// Whether a capital stands behind a small letter.
    pub(crate) fn has_flips(&self) -> bool {
        self.flips > 0
    }

    pub(crate) fn is_uuid(&self) -> bool {
        self.uuid
    }

    /// Hex digits alone, as of a digest.
    pub(crate) fn is_hex(&self) -> bool {
        self.hex
    }

    /// Base64 of an object of JSON's.
    pub(crate) fn begins_json(&self) -> bool {
        self.bytes.starts_with(b"eyJ")
    }

    /// As SHA-1, SHA-256 or SHA-512 is written.
    pub(crate) fn is_digest(&self) -> bool {
        self.hex && self.uppers == 0 && matches!(self.len(), 40 | 64 | 128)
    }

    /// A time and chance in base32, as rows and objects are called
    /// (github.com/ulid/spec): of this century, so far.
    pub(crate) fn is_ulid(&self) -> bool {
        let digit = |b: &u8| b.is_ascii_digit() || (b.is_ascii_uppercase() && !b"ILOU".contains(b));
        self.len() == 26 && self.bytes.starts_with(b"01") && self.bytes.iter().all(digit)
    }

    /// A path or an address.
    fn is_path(&self) -> bool {
        let has = |sign: u8| self.bytes.contains(&sign);
        self.signs() > 0
            && has(b'/')
            && (has(b'.') || self.is_wordy(if self.is_dense() { 55 } else { 30 }))
    }

    /// As full of digits and of changes of case as base64 of random bytes is:
    /// a sixth and a fourth, by chance less than half of that.
    fn is_dense(&self) -> bool {
        self.turns >= 4 && self.digits * 16 >= self.len() && self.flips * 8 >= self.len()
    }

    /// Long base64 of plain text: what it says is looked at where it is decoded.
    pub(crate) fn is_text(&self) -> bool {
        let head = self.bytes.get(..80).unwrap_or_default();
        self.len() > 100
            && data_encoding::BASE64_NOPAD.decode(head).is_ok_and(|plain| {
                plain
                    .iter()
                    .all(|b| b.is_ascii_graphic() || b.is_ascii_whitespace())
            })
    }

    /// Base64 of words, and of no login.
    pub(crate) fn says_something(&self) -> bool {
        let whole = without_padding(self.bytes, 4);
        self.lowers > 2
            && self.uppers > 2
            && data_encoding::BASE64_NOPAD
                .decode(whole)
                .is_ok_and(|plain| {
                    plain
                        .trim_ascii_end()
                        .iter()
                        .all(|b| matches!(b, b' '..=b'~' | b'\n' | b'\t'))
                        && is_said(&plain)
                })
            && !decoded::basic(self.bytes)
    }

    /// Another detector knows by the value's beginning what it has to be.
    pub(crate) fn is_told_elsewhere(&self) -> bool {
        let jwt =
            self.bytes.starts_with(b"eyJ") && memchr::memmem::find(self.bytes, b".eyJ").is_some();
        jwt || OWN_SHAPE.iter().any(|start| self.bytes.starts_with(start))
    }

    /// No path, no number of a version: digits, letters, dashes.
    pub(crate) fn is_plain(&self) -> bool {
        !self
            .bytes
            .iter()
            .any(|b| matches!(b, b'/' | b'.' | b'~' | b'+'))
    }

    /// A stand-in: it says so, or it repeats a few characters.
    pub(crate) fn is_stand_in(&self) -> bool {
        let mut seen = 0_u128;
        for byte in self.bytes {
            seen |= 1 << (byte.to_ascii_lowercase() & 127);
        }
        let opened = memchr::memchr(b'<', self.bytes);
        let named = opened.is_some_and(|at| at == 0 || self.bytes.contains(&b'>'));
        seen.count_ones() < 6
            || named
            || STAND_INS.iter().any(|text| {
                self.bytes
                    .windows(text.len())
                    .any(|window| window.eq_ignore_ascii_case(text))
            })
    }

    /// Whether a closer look repays: it has digits, or is one long word.
    pub(crate) fn may_be_secret(&self) -> bool {
        let one_word = || self.behind_prefix().iter().all(u8::is_ascii_alphanumeric);
        self.digits >= 2 || (self.flips >= 2 && self.len() >= 20) || one_word()
    }

    /// `photo-1506744038136`: a kind of thing, and its number.
    pub(crate) fn begins_with_a_word(&self) -> bool {
        let end = memchr::memchr(b'-', self.bytes).unwrap_or(0);
        self.bytes.get(..end).is_some_and(|first| word(first) > 0)
    }

    /// Random enough to be a credential wherever a word for one stands.
    pub(crate) fn is_random(&self) -> bool {
        let signs = self.signs();
        let turned = self.turns >= 4
            || (self.turns >= 3 && self.flips >= 3)
            || (self.turns >= 1 && self.flips >= 5 && !self.is_wordy(20));
        self.digits >= 2
            && self.letters() >= 3
            && turned
            && signs * 5 <= self.len()
            && entropy(self.bytes)
                >= if self.len() < 24 || self.hex {
                    3.1
                } else {
                    3.4
                }
            && (self.turns * 5 >= self.len() || !self.is_wordy(35))
            && !self.is_path()
    }

    /// Of both cases in turn, as no name is, with hardly a digit among them: by
    /// chance some random values of twenty characters have no more.
    pub(crate) fn is_restless(&self) -> bool {
        let changes = self.turns + self.flips;
        let unbroken = self.len() >= 24 && self.flips >= 5 && self.signs() == 0;
        // Short names of a few short words change as often.
        let short = self.len() < 20 && self.digits < 2;
        self.lowers >= 2
            && self.uppers >= 2
            && (self.digits >= 1 || unbroken)
            && changes >= 5
            && changes * 5 >= self.len()
            && self.signs() * 5 <= self.len()
            && entropy(self.bytes) >= 3.3
            && !self.is_wordy(if self.flips * 6 >= self.len() { 40 } else { 15 })
            && !self.is_path()
            && (!short || pairs::are_random(self.bytes))
    }

    /// Letters that stand beside one another as by chance, with at most a few digits
    /// among them.
    pub(crate) fn is_unsayable(&self) -> bool {
        let tail = self.behind_prefix();
        let signs = tail.iter().filter(|b| !b.is_ascii_alphanumeric()).count();
        self.letters() >= 12
            && !self.hex
            && (signs == 0 || self.is_long_base64())
            && pairs::are_random(tail)
            && !goes_up(tail)
            && entropy(tail) >= 3.0
    }

    /// Of the signs of base64, and no more of them than it has by chance.
    fn is_long_base64(&self) -> bool {
        const SHORTEST: usize = 24;
        let digit = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/');
        self.len() >= SHORTEST
            && self.digits >= 2
            && self.signs() * 10 <= self.len()
            && self.bytes.contains(&b'+')
            && self.bytes.iter().all(digit)
    }

    /// Without what a token begins with: `sk-`, `live_`.
    fn behind_prefix(&self) -> &'a [u8] {
        const LONGEST: usize = 5;
        let head = self
            .bytes
            .get(..self.len().min(LONGEST))
            .unwrap_or_default();
        let sign = memchr::memchr2(b'-', b'_', head);
        let tail = sign.and_then(|at| self.bytes.get(at + 1..));
        tail.filter(|tail| tail.len() >= 16).unwrap_or(self.bytes)
    }

    /// The same of what the pass tells from a name: letters alone are one below a length.
    pub(crate) fn is_of_random_letters(&self) -> bool {
        const SHORTEST: usize = 20;
        (self.digits >= 2 || self.len() >= SHORTEST) && self.is_unsayable()
    }

    /// Of both cases and digits, as base64 of random bytes is.
    pub(crate) fn is_mixed(&self) -> bool {
        self.is_random() && self.lowers >= 3 && self.uppers >= 3
    }

    /// Could be a credential of the service that it is named after.
    pub(crate) fn is_likely(&self) -> bool {
        if self.is_path() {
            return false;
        }
        let signs = self.signs();
        if self.uuid || (self.hex && self.len() >= 20) {
            return self.digits > 0 || self.len() >= 24;
        }
        let one_case = self.lowers == 0 || self.uppers == 0;
        // A name in camel case has a capital for each word; of random letters
        // every fourth is one behind a small one.
        let named = !one_case
            && self.digits * 16 < self.len()
            && self.flips * 6 < self.len()
            && self.is_wordy(19);
        let unbroken =
            signs == 0 && self.digits == 0 && self.len() >= if one_case { 20 } else { 32 };
        let typed = self.digits >= 2 && self.letters() >= 2 && signs * 4 <= self.len();
        if typed && self.turns >= 5 {
            return true;
        }
        let digits_only = self.letters() == 0 && signs == 0 && self.len() >= 16;
        let mixed_case =
            !one_case && self.flips >= 2 && signs * 4 <= self.len() && self.len() >= 20;
        let shaped = unbroken || typed || mixed_case || digits_only;
        (shaped && !named && !self.is_wordy(50)) || self.is_of_random_letters()
    }

    /// Hardly words, or a change of case at every few letters: no name of a constant.
    pub(crate) fn is_no_name(&self) -> bool {
        !self.is_wordy(30) || self.flips * 7 >= self.len()
    }

    /// Long enough, and likely, to be a credential of a service that is named elsewhere.
    pub(crate) fn may_be_of_service(&self) -> bool {
        self.len() >= 20 && (self.uuid || self.hex || self.is_random())
    }

    /// Whether more than `percent` of it are letters that read like words.
    pub(crate) fn is_wordy(&self, percent: usize) -> bool {
        // It is asked for several shares, one after the other: counted once, as far as
        // the largest that is asked of most.
        const MOST: usize = 55;
        let share = |percent: usize| self.len() * percent / 100;
        let count = |most: usize| match self.marks {
            Some(marks) => marks.said(self.bytes, most),
            None => said_by_bytes(self.bytes, most),
        };
        if percent > MOST {
            return count(share(percent)) > share(percent);
        }
        let said = self.said.get().unwrap_or_else(|| count(share(MOST)));
        self.said.set(Some(said));
        said > share(percent)
    }
}

/// Words, a path or an address, or what stands in for a value.
fn is_said(plain: &[u8]) -> bool {
    let value = Value::new(plain);
    let parted = plain.iter().any(|b| matches!(b, b' ' | b':' | b'\n'));
    let path = plain.starts_with(b"/") && value.is_wordy(40);
    (parted && value.is_wordy(50)) || path || (plain.len() >= 8 && value.is_stand_in())
}

/// The letters of words that can be said, until there are more than `most`.
fn said_by_bytes(bytes: &[u8], most: usize) -> usize {
    let mut said = 0;
    let mut start = 0;
    let mut last = 0_u8;
    for (at, &byte) in bytes.iter().enumerate() {
        let breaks =
            !byte.is_ascii_alphabetic() || (byte.is_ascii_uppercase() && last.is_ascii_lowercase());
        if breaks {
            said += word(bytes.get(start..at).unwrap_or_default());
            if said > most {
                return said;
            }
            start = at + usize::from(!byte.is_ascii_alphabetic());
        }
        last = byte;
    }
    said + word(bytes.get(start..).unwrap_or_default())
}

/// The digits of an encoding, as far as whole groups of them go.
pub(crate) fn without_padding(value: &[u8], group: usize) -> &[u8] {
    let padding = value.iter().rev().take_while(|b| **b == b'=').count();
    let digits = value.len() - padding;
    value.get(..digits / group * group).unwrap_or_default()
}

/// Of a byte: 1 for a digit, 2 for a small letter, 3 for a capital, else 0.
pub(crate) fn class(byte: u8) -> u8 {
    CLASSES.get(usize::from(byte)).copied().unwrap_or(0)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::indexing_slicing,
    reason = "evaluated by the compiler; a byte indexes 256 entries"
)]
const CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        classes[byte] = match byte as u8 {
            b'0'..=b'9' => 1,
            b'a'..=b'z' => 2,
            b'A'..=b'Z' => 3,
            _ => 0,
        };
        byte += 1;
    }
    classes
};

/// For two classes in a row, whether that is a change between letters and
/// digits, in the lower sixteen bits, or from a small letter to a capital.
const CHANGES: [u32; 16] = {
    const TURN: u32 = 1;
    const FLIP: u32 = 1 << 16;
    [
        0, 0, 0, 0, 0, 0, TURN, TURN, 0, TURN, 0, FLIP, 0, TURN, 0, 0,
    ]
};

/// The length of a word that can be said, 0 of anything else.
fn word(text: &[u8]) -> usize {
    if text.len() < 4 {
        return 0;
    }
    let mut vowels = 0;
    let mut consonants = 0;
    let mut longest = 0;
    for byte in text {
        if matches!(
            byte.to_ascii_lowercase(),
            b'a' | b'e' | b'i' | b'o' | b'u' | b'y'
        ) {
            vowels += 1;
            consonants = 0;
        } else {
            consonants += 1;
            longest = longest.max(consonants);
        }
    }
    let said = longest < 4 && vowels * 5 >= text.len() && vowels * 3 <= text.len() * 2;
    if said && !goes_up(text) {
        text.len()
    } else {
        0
    }
}

/// Whether more than half of it are letters behind the one before them in the
/// alphabet.
fn goes_up(text: &[u8]) -> bool {
    let steps = text
        .windows(2)
        .filter(|w| matches!(w, [a, b] if b.wrapping_sub(*a) == 1))
        .count();
    steps * 2 > text.len()
}

fn is_uuid(bytes: &[u8]) -> bool {
    bytes.len() == 36
        && bytes.iter().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => *byte == b'-',
            // With other letters it is made up, in that shape.
            _ => byte.is_ascii_hexdigit() || byte.is_ascii_lowercase(),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn random_values_are_told_from_names() {
        for text in [
            "Hq4nTz8LcV1sXe7RbU6g",
            "3twpumkdkhvbb5tyd55pxluagxpt8n",
            "7be20f4d913ca865d02b7f61e48c9a35",
        ] {
            assert!(Value::new(text.as_bytes()).is_random(), "{text}");
        }
        for text in [
            "some_config_value_2_name_3",
            "getUserByIdentifierV2",
            "crates/scan/src/views/hex2.rs",
            "us-east-1-production-cluster-2",
            "abcdefghijklmnopqrstuvwxyz",
            "application/vnd.api2+json",
        ] {
            assert!(!Value::new(text.as_bytes()).is_random(), "{text}");
        }
    }

    #[test]
    fn stand_ins_are_known() {
        for text in [
            "your-api-key-0123456789",
            "XXXXXXXXXXXXXXXXXXXX",
            "1111111111111111",
            "EXAMPLEKEY0123456789",
        ] {
            assert!(Value::new(text.as_bytes()).is_stand_in(), "{text}");
        }
    }
}
