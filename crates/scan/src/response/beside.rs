//! What stands beside a part of an anchor: some letters are compared at once, and
//! nearly every place where another text goes on is told by them.

/// So many letters to each side.
const LETTERS: usize = size_of::<u32>();
const FOLD: u32 = u32::from_ne_bytes([0x20; LETTERS]);

/// Letters of an anchor from a part on, the nearest first: as many as there are, the
/// fifth bit of each set.
#[derive(Clone, Copy)]
pub(super) struct Letters {
    text: u32,
    /// All bits of the bytes that there are.
    mask: u32,
    /// All bits of those where a text may have more blanks, or other ones.
    loose: u32,
}

impl Letters {
    /// What an anchor goes on with, beside the last letter of the part.
    pub(super) fn of(bytes: impl Iterator<Item = u8>, last: Option<u8>) -> Self {
        let letters = bytes.take_while(|b| b.is_ascii() && !b.is_ascii_control());
        let (mut text, mut mask, mut loose) = ([0; LETTERS], [0; LETTERS], [0; LETTERS]);
        let places = text.iter_mut().zip(&mut mask).zip(&mut loose);
        let mut before = last;
        for (byte, ((text, mask), loose)) in letters.zip(places) {
            (*text, *mask) = (byte | 0x20, 0xff);
            if byte == b' ' || before == Some(b' ') {
                *loose = 0xff;
            }
            before = Some(byte);
        }
        let [text, mask, loose] = [text, mask, loose].map(u32::from_le_bytes);
        Self { text, mask, loose }
    }

    /// Whether a text may go on so, or where the first byte is that says it does not.
    #[inline]
    pub(super) fn fit(self, text: u32) -> Result<(), usize> {
        let other = ((text | FOLD) ^ self.text) & self.mask;
        if other == 0 {
            return Ok(());
        }
        let first = other.trailing_zeros() / 8;
        let is_loose = self.loose >> (8 * first) & 1 == 1;
        may_part(text, first as usize, is_loose)
    }
}

/// The letters of ASCII that any of the anchors of a part has at each distance: a set
/// of bits for each. An anchor that has ended may go on with any.
#[derive(Clone, Copy)]
pub(super) struct Beyond {
    known: [u128; LETTERS],
    is_loose: [bool; LETTERS],
}

impl Beyond {
    pub(super) const NOTHING: Self = Self {
        known: [0; LETTERS],
        is_loose: [false; LETTERS],
    };

    pub(super) fn add(&mut self, letters: Letters) {
        let [text, mask, loose] = [letters.text, letters.mask, letters.loose].map(u32::to_le_bytes);
        let places = self.known.iter_mut().zip(&mut self.is_loose);
        for ((known, is_loose), ((byte, mask), loose)) in
            places.zip(text.iter().zip(mask).zip(loose))
        {
            *known |= if mask == 0 { u128::MAX } else { 1 << byte };
            *is_loose |= loose != 0;
        }
    }

    /// Whether one of them may go on so.
    #[inline]
    pub(super) fn fits(&self, text: u32) -> bool {
        let places = self.known.iter().zip(self.is_loose);
        for (at, (byte, (known, is_loose))) in text.to_le_bytes().iter().zip(places).enumerate() {
            if may_part(text, at, is_loose).is_ok() {
                return true;
            }
            if !byte.is_ascii() || known >> (byte | 0x20) & 1 == 0 {
                return false;
            }
        }
        true
    }
}

/// Whether what stands there may be something else than what is looked for: an
/// escape, or what parts words where they are parted.
#[inline]
fn may_part(text: u32, at: usize, is_loose: bool) -> Result<(), usize> {
    let bytes = text.to_le_bytes();
    let byte = bytes.get(at).copied().unwrap_or_default();
    let may = match byte {
        // Of a word it is a letter.
        b'_' => is_loose && !bytes.get(at + 1).is_some_and(u8::is_ascii_alphanumeric),
        _ if is_loose => parts_words(byte),
        _ => is_escape(byte),
    };
    if may { Ok(()) } else { Err(at) }
}

/// Whether what stands between two words may begin or end with this byte, or an
/// escape that hides it.
#[inline]
fn parts_words(byte: u8) -> bool {
    const SIGNS: u128 = {
        let mut signs = 0;
        let mut rest: &[u8] = b" \t\r\n*_<\x1b#/>;-!%|\\&";
        while let [sign, next @ ..] = rest {
            signs |= 1 << *sign;
            rest = next;
        }
        signs
    };
    !byte.is_ascii() || SIGNS >> byte & 1 == 1
}

/// Whether a character may be hidden that begins or ends there.
pub(super) fn is_escape(byte: u8) -> bool {
    matches!(byte, b'\\' | b'&') || !byte.is_ascii()
}

/// The bytes from a place of a text on. What is behind its end is none of a letter.
#[inline]
pub(super) fn ahead(text: &[u8], at: usize) -> u32 {
    let rest = text.get(at..).unwrap_or_default();
    match rest.first_chunk() {
        Some(bytes) => u32::from_le_bytes(*bytes),
        None => few(rest.iter()),
    }
}

/// Those before a place, backwards.
#[inline]
pub(super) fn back(text: &[u8], at: usize) -> u32 {
    let front = text.get(..at).unwrap_or_default();
    match front.last_chunk() {
        Some(bytes) => u32::from_be_bytes(*bytes),
        None => few(front.iter().rev()),
    }
}

#[cold]
fn few<'a>(bytes: impl Iterator<Item = &'a u8>) -> u32 {
    let mut all = [0; LETTERS];
    for (to, from) in all.iter_mut().zip(bytes) {
        *to = *from;
    }
    u32::from_le_bytes(all)
}
