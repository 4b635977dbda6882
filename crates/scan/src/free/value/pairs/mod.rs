//! Whether letters stand beside one another as in words, or as by chance.
//!
//! In words, and in names and abbreviations in code, a few pairs of letters are most
//! of all there are; in random letters every pair is as common as any other. Each pair
//! is worth the logarithm of how much likelier it is in words, and a value the sum.

#[cfg(test)]
mod counting;

/// For each letter a row, and in it for each that may follow it the worth of both:
/// `M` for nothing, a letter more or less for half a bit. Counted by a test.
const ROWS: &str = include_str!("pairs.txt");
const LETTERS: usize = 26;
const NOTHING: i8 = b'M'.cast_signed();

/// Bits by which a value is likelier to be random than of words, before it is taken
/// for random: one in five hundred names in code has so many, and of sixteen random
/// letters seven in eight.
const RANDOM: i32 = 6;
/// Bits the other way after which no end will tell otherwise.
const WORDS: i32 = 8;
/// Parts of a bit.
const PARTS: i32 = 2;

/// Whether the letters of a value are beside one another as by chance. A capital
/// behind a small letter begins another word.
pub(super) fn are_random(bytes: &[u8]) -> bool {
    let mut sum = 0;
    for pair in bytes.windows(2) {
        let &[a, b] = pair else { continue };
        if a.is_ascii_lowercase() && b.is_ascii_uppercase() {
            continue;
        }
        sum += i32::from(worth(a, b));
        if sum > WORDS * PARTS {
            return false;
        }
    }
    sum <= -RANDOM * PARTS
}

/// What two letters are worth, in parts of a bit; nothing if either is none.
fn worth(a: u8, b: u8) -> i8 {
    let [a, b] = [a, b].map(|byte| usize::from((byte | 0x20).wrapping_sub(b'a')));
    let is_pair = a < LETTERS && b < LETTERS;
    let row = ROWS.as_bytes().get(a * (LETTERS + 1) + b);
    row.filter(|_| is_pair)
        .map_or(0, |letter| letter.cast_signed() - NOTHING)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn random_letters_are_told_from_words_and_names() {
        for text in [
            "mkfwxlgpprvqusxz",
            "BbCoNfvaRJsMURakCvIlkSWS",
            "ipaurfeuqmzadujrtkqv",
        ] {
            assert!(are_random(text.as_bytes()), "{text}");
        }
        for text in [
            "internationalization",
            "getUserByIdentifier",
            "deserializeWithDefault",
            "TypedArrayPrototypeGetLength",
            "mountpointsnapshotter",
            "rindfleischetikettierung",
            "XMLHttpRequestUpload",
        ] {
            assert!(!are_random(text.as_bytes()), "{text}");
        }
    }
}
