//! Classes of ASCII bytes, in the form in which sixteen bytes at a time are
//! looked up: for each lower half of a byte, the rows of the table of ASCII in
//! which it belongs to the class.

/// A set of ASCII bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Class {
    members: u128,
    /// For each lower half, a bit for each row, as in [`ROWS`].
    pub(super) columns: [u8; 16],
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
        members: 0,
        columns: [0; 16],
    };

    /// With all bytes from one to another.
    #[expect(clippy::indexing_slicing, reason = "evaluated by the compiler")]
    const fn range(mut self, first: u8, last: u8) -> Self {
        let mut byte = first;
        while byte <= last {
            let row = ROWS[(byte >> 4) as usize];
            assert!(row != NO_ROW, "this row has no members");
            self.members |= 1 << byte;
            self.columns[(byte & 15) as usize] |= row;
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
    pub(crate) const fn has(&self, byte: u8) -> bool {
        byte < 128 && self.members >> byte & 1 != 0
    }
}

pub(super) const DIGIT: Class = Class::NONE.range(b'0', b'9');
pub(super) const LETTER: Class = Class::NONE.range(b'A', b'Z').range(b'a', b'z');
pub(super) const ALNUM: Class = LETTER.range(b'0', b'9');
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
/// What may stand behind the quote that ends the first of two literals.
pub(super) const JOINT: Class = BLANK.each(b"+.&|\\").each(b"\"'`");
pub(super) const EQUALS: Class = Class::NONE.each(b"=");
/// The first digit of an escape of quoted-printable.
pub(super) const ESCAPED: Class = DIGIT.range(b'A', b'F');
pub(super) const BLANK: Class = LINE.each(b" ");
pub(super) const LINE: Class = Class::NONE.each(b"\t\n\r");
/// Numbers and what parts their groups.
pub(super) const NUMBER: Class = DIGIT.each(b" -");
/// Hex digits and what stands between pairs of them.
pub(super) const SPACED: Class = HEX.each(b" \t\n\r-:,x");
/// Wrapped base64.
pub(super) const EVEN: Class = BASE64.each(b" \t\n\r");
/// What never stands in a seed phrase.
pub(super) const ODD: Class = Class::NONE.each(b"!$%&(<=?@[\\]^{}");
/// What does, besides letters of other scripts.
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
        assert!((0..128).all(|b| !(ODD.has(b) && PHRASE.has(b))));
    }
}
