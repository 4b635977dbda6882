//! Where in a text characters beyond ASCII begin.

/// So much is looked at together.
const CHUNK: usize = 32;
const HIGH: u64 = u64::from_ne_bytes([0x80; 8]);

/// Places in a text where a character beyond ASCII may begin.
pub(crate) struct NonAscii<'a> {
    text: &'a [u8],
    /// What is looked at, and which of its bytes, the lowest bit first, are such places.
    at: usize,
    places: u32,
}

impl<'a> NonAscii<'a> {
    pub(crate) fn of(text: &'a [u8]) -> Self {
        let mut all = Self {
            text,
            at: 0,
            places: 0,
        };
        all.places = all.look();
        all
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

impl Iterator for NonAscii<'_> {
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
                let all: Vec<usize> = NonAscii::of(&text).collect();
                assert_eq!(all, [at - 1], "{len}");
                text[at] = b'a';
                text[at - 1] = 0xff;
            }
            assert_eq!(NonAscii::of(&text).next(), None);
        }
    }
}
