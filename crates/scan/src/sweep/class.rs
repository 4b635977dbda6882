//! Classes of ASCII bytes, in the form in which sixteen bytes at a time are
//! looked up: for each lower half of a byte, the rows of the table of ASCII in
//! which it belongs to the class. And byte by byte.

/// A set of ASCII bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Class {
    /// For each lower half, a bit for each row, as in [`ROWS`].
    pub(super) columns: [u8; 16],
    /// For each byte, one if it belongs to it.
    pub(super) members: [u8; 256],
}

/// A row's bit. Bytes past ASCII share that of a row which has no members, so
/// that every byte has one.
pub(super) const ROWS: [u8; 16] = [
    1, NO_ROW, 4, 8, 16, 32, 64, 128, NO_ROW, NO_ROW, NO_ROW, NO_ROW, NO_ROW, NO_ROW, NO_ROW,
    NO_ROW,
];
const NO_ROW: u8 = 2;

impl Class {
    const NONE: Self = Self {
        columns: [0; 16],
        members: [0; 256],
    };

    /// With all bytes from one to another.
    #[expect(clippy::indexing_slicing, reason = "evaluated by the compiler")]
    const fn range(mut self, first: u8, last: u8) -> Self {
        let mut byte = first;
        while byte <= last {
            let row = ROWS[(byte >> 4) as usize];
            assert!(row != NO_ROW, "this row has no members");
            self.columns[(byte & 15) as usize] |= row;
            self.members[byte as usize] = 1;
            byte += 1;
        }
        self
    }

    /// With each of these bytes.
    #[expect(clippy::indexing_slicing, reason = "evaluated by the compiler")]
    const fn each(mut self, bytes: &[u8]) -> Self {
        let mut at = 0;
        while at < bytes.len() {
            self = self.range(bytes[at], bytes[at]);
            at += 1;
        }
        self
    }

    /// Whether the byte belongs to it.
    #[inline]
    #[expect(clippy::indexing_slicing, reason = "a byte indexes 256 entries")]
    pub(crate) const fn has(&self, byte: u8) -> bool {
        self.members[byte as usize] != 0
    }
}

/// For each byte, a bit for each of up to eight classes.
#[expect(
    clippy::indexing_slicing,
    reason = "evaluated by the compiler; a byte indexes 256 entries"
)]
pub(super) const fn bits<const N: usize>(classes: [Class; N]) -> [u8; 256] {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let mut class = 0;
        while class < N {
            table[byte] |= classes[class].members[byte] << class;
            class += 1;
        }
        byte += 1;
    }
    table
}

pub(super) const UPPER: Class = Class::NONE.range(b'A', b'Z');
pub(super) const DIGIT: Class = Class::NONE.range(b'0', b'9');
pub(super) const LETTER: Class = Class::NONE.range(b'A', b'Z').range(b'a', b'z');
pub(crate) const ALNUM: Class = LETTER.range(b'0', b'9');
/// What a value is made of, and what its base64 is made of.
pub(crate) const VALUE: Class = BASE64.each(b".~");
pub(crate) const BASE64: Class = ALNUM.each(b"+/-_");
pub(crate) const HEX: Class = DIGIT.range(b'A', b'F').range(b'a', b'f');
/// Base32 in capitals, and in small letters.
pub(crate) const BASE32: [Class; 2] = [
    Class::NONE.range(b'A', b'Z').range(b'2', b'7'),
    Class::NONE.range(b'a', b'z').range(b'2', b'7'),
];
pub(super) const QUOTE: Class = Class::NONE.each(b"\"'`");
/// The first digit of an escape of quoted-printable.
pub(super) const ESCAPED: Class = DIGIT.range(b'A', b'F');
pub(super) const BLANK: Class = LINE.each(b" ");
pub(super) const LINE: Class = Class::NONE.each(b"\t\n\r");
/// What may stand behind a literal that goes on in the next one.
pub(super) const JOINING: Class = BLANK.each(b"\\+.&|");
/// Numbers and what parts their groups.
pub(super) const NUMBER: Class = DIGIT.each(b" -");
/// Hex digits and what stands between pairs of them.
pub(super) const SPACED: Class = HEX.each(b" \t\n\r-:,x");
/// The same with the escapes of blanks.
pub(super) const SPACED_OR_ESCAPED: Class = SPACED.each(b"\\nrt");
/// Wrapped base64, by line breaks or by their escapes.
pub(super) const EVEN: Class = BASE64.each(b" \t\n\r\\");
/// What may stand behind a backslash that is undone wherever it stands, and
/// behind a sign of equality that begins an escape of mail.
pub(super) const BEHIND: Class = ESCAPED.each(b"ux/'Uo\t\n\r");
/// How a reference of HTML may begin behind its ampersand.
pub(super) const REFERENCE: Class = Class::NONE.each(b"#aglquUhdpens");
/// What begins an escape of addresses, or a blank of forms; and what no text has,
/// but for what parts a layer's pieces.
pub(super) const MARK: Class =
    Class::NONE.each(b"%+\0\x02\x03\x04\x05\x06\x07\x08\x0b\x0c\x0e\x0f");
/// What stands in a seed phrase, besides letters of other scripts.
pub(super) const PHRASE: Class = ALNUM.each(b" \t\n\r+/-_.~\"'`#)*:;|,>");

#[cfg(test)]
mod tests {
    use super::*;
    use crate::free::assign;

    #[test]
    fn a_class_has_its_members_alone() {
        let all = |class: Class| (0..=u8::MAX).filter(|b| class.has(*b)).collect::<Vec<_>>();
        assert_eq!(all(QUOTE), b"\"'`");
        assert_eq!(all(HEX), b"0123456789ABCDEFabcdef");
        let values: Vec<u8> = (0..=u8::MAX).filter(|b| assign::is_value(*b)).collect();
        assert_eq!(all(VALUE), values);
    }
}
