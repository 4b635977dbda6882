//! Text that is spelled in the digits of an encoding, read byte by byte for as long
//! as it is text: what is none is left after a few digits, so that it may be tried
//! from many places.

/// A way to spell bytes. Base64 has the signs that stand in addresses as they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spelling {
    /// Three digits a byte.
    Decimal,
    Hex,
    /// Hex in the letters from a to p.
    Letters,
    Base32,
    Base32Hex,
    Base64,
}

impl Spelling {
    /// Those that pieces are read in. In letters alone words would be.
    pub(super) const ALL: [Self; 5] = [
        Self::Decimal,
        Self::Hex,
        Self::Base32,
        Self::Base32Hex,
        Self::Base64,
    ];

    /// How many bits a digit stands for.
    fn bits(self) -> u32 {
        match self {
            Self::Decimal => 0,
            Self::Hex | Self::Letters => 4,
            Self::Base32 | Self::Base32Hex => 5,
            Self::Base64 => 6,
        }
    }

    fn value(self, digit: u8) -> Option<u8> {
        let low = digit | 0x20;
        match (self, digit) {
            (Self::Decimal | Self::Hex | Self::Base32Hex, b'0'..=b'9') => Some(digit - b'0'),
            (Self::Base32, b'2'..=b'7') => Some(digit - b'2' + 26),
            (Self::Base64, b'0'..=b'9') => Some(digit - b'0' + 52),
            (Self::Base64, b'A'..=b'Z') => Some(digit - b'A'),
            (Self::Base64, b'a'..=b'z') => Some(digit - b'a' + 26),
            (Self::Base64, b'-' | b'+') => Some(62),
            (Self::Base64, b'_' | b'/') => Some(63),
            (Self::Hex, _) if matches!(low, b'a'..=b'f') => Some(low - b'a' + 10),
            (Self::Letters, _) if matches!(low, b'a'..=b'p') => Some(low - b'a'),
            (Self::Base32Hex, _) if matches!(low, b'a'..=b'v') => Some(low - b'a' + 10),
            (Self::Base32, _) if low.is_ascii_lowercase() => Some(low - b'a'),
            _ => None,
        }
    }

    /// Whether digits are those that text is spelled with. Numbers are no hex, words no
    /// base32: both may read as text by chance.
    fn is_of_text(self, digits: &[u8]) -> bool {
        const LETTERS: usize = 3;
        let count = |of: fn(&u8) -> bool| digits.iter().filter(|b| of(b)).count();
        let (lower, upper) = (count(u8::is_ascii_lowercase), count(u8::is_ascii_uppercase));
        let one_case = lower == 0 || upper == 0;
        let has_digit = lower + upper < digits.len();
        match self {
            Self::Decimal | Self::Letters => true,
            Self::Hex => lower + upper >= LETTERS,
            Self::Base32 => one_case && has_digit,
            // Every hex is base32hex, too.
            Self::Base32Hex => one_case && has_digit && digits.iter().any(|b| (b | 0x20) > b'f'),
            Self::Base64 => !one_case,
        }
    }
}

/// The bytes that digits spell, and None of what is no digit.
struct Bytes<'a> {
    digits: &'a [u8],
    at: usize,
    spelling: Spelling,
    bits: u32,
    held: u32,
}

impl<'a> Bytes<'a> {
    fn new(digits: &'a [u8], spelling: Spelling) -> Self {
        Self {
            digits,
            at: 0,
            spelling,
            bits: 0,
            held: 0,
        }
    }

    /// The next three digits, as a number.
    fn decimal(&mut self) -> Option<u32> {
        const DIGITS: usize = 3;
        let digits = self.digits.get(self.at..self.at + DIGITS)?;
        self.at += DIGITS;
        Some(digits.iter().fold(0, |number, digit| {
            let value = self.spelling.value(*digit).map_or(NO_DIGIT, u32::from);
            number * 10 + value
        }))
    }

    /// The next bits, as many as a byte has.
    fn byte(&mut self) -> Option<u32> {
        while self.held < 8 {
            let digit = self.digits.get(self.at)?;
            self.at += 1;
            let Some(value) = self.spelling.value(*digit) else {
                return Some(NO_DIGIT);
            };
            self.bits = self.bits << self.spelling.bits() | u32::from(value);
            self.held += self.spelling.bits();
        }
        self.held -= 8;
        Some(self.bits >> self.held & 0xff)
    }
}

/// No byte is as large.
const NO_DIGIT: u32 = 1 << 16;

impl Iterator for Bytes<'_> {
    type Item = Option<u8>;

    fn next(&mut self) -> Option<Self::Item> {
        let byte = match self.spelling {
            Spelling::Decimal => self.decimal(),
            Spelling::Hex
            | Spelling::Letters
            | Spelling::Base32
            | Spelling::Base32Hex
            | Spelling::Base64 => self.byte(),
        };
        byte.map(|byte| u8::try_from(byte).ok())
    }
}

/// All that digits spell, if they are digits.
pub(super) fn bytes(digits: &[u8], spelling: Spelling) -> Option<Vec<u8>> {
    Bytes::new(digits, spelling).collect()
}

/// The text that digits begin to spell, and how many digits of it there are.
pub(super) fn text_at(digits: &[u8], spelling: Spelling) -> (Vec<u8>, usize) {
    let (mut text, mut whole, mut missing) = (Vec::new(), (0, 0), 0);
    let mut bytes = Bytes::new(digits, spelling);
    while let Some(Some(byte)) = bytes.next() {
        let Some(left) = left_of_character(byte, missing) else {
            break;
        };
        missing = left;
        text.push(byte);
        if missing == 0 {
            whole = (text.len(), bytes.at);
        }
    }
    let (len, used) = whole;
    text.truncate(len);
    if !spelling.is_of_text(digits.get(..used).unwrap_or_default()) {
        return (Vec::new(), 0);
    }
    (text, used)
}

/// How many bytes of a character are missing behind this one, or None where it cannot be
/// of a text in UTF-8.
pub(super) fn left_of_character(byte: u8, missing: u8) -> Option<u8> {
    match (byte, missing) {
        (0x80..=0xbf, 1..) => Some(missing - 1),
        (b' '..=b'~' | b'\t' | b'\n' | b'\r', 0) => Some(0),
        (0xc2..=0xdf, 0) => Some(1),
        (0xe0..=0xef, 0) => Some(2),
        (0xf0..=0xf4, 0) => Some(3),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use data_encoding::{BASE32_NOPAD, BASE32HEX_NOPAD, BASE64_NOPAD, HEXLOWER};

    use super::*;

    const NOTE: &str = "the cat sleeps: \u{fc}ber 9 hours";

    #[test]
    fn text_is_read_in_every_spelling_and_case() {
        let note = NOTE.as_bytes();
        for (digits, spelling) in [
            (HEXLOWER.encode(note), Spelling::Hex),
            (BASE32_NOPAD.encode(note), Spelling::Base32),
            (BASE32_NOPAD.encode(note).to_lowercase(), Spelling::Base32),
            (BASE32HEX_NOPAD.encode(note), Spelling::Base32Hex),
            (BASE64_NOPAD.encode(note), Spelling::Base64),
        ] {
            let (text, used) = text_at(digits.as_bytes(), spelling);
            assert_eq!(String::from_utf8(text).unwrap(), NOTE);
            assert!(used + 1 >= digits.len(), "{digits}");
        }
    }

    #[test]
    fn reading_ends_where_the_text_does() {
        let digits = HEXLOWER.encode(b"JKLMNO\xff and more");
        assert_eq!(
            text_at(digits.as_bytes(), Spelling::Hex),
            (b"JKLMNO".to_vec(), 12)
        );
        assert_eq!(text_at(b"203020402050", Spelling::Hex), (Vec::new(), 0));
        assert_eq!(text_at(b"overview", Spelling::Base32), (Vec::new(), 0));
    }
}
