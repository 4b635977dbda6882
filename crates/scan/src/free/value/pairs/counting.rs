//! Counts the pairs of letters of a sample's words.

use std::collections::HashMap;

use super::{LETTERS, NOTHING, PARTS, ROWS};
use crate::tests::sample::{is_blessed, sample};

/// The most and the least that a pair is worth, in bits.
const MOST: f64 = 4.0;

/// Counts anew when `BLESS` is set; fails if the table has not its form.
#[test]
fn every_pair_of_letters_has_its_worth() {
    let rows: Vec<&str> = ROWS.lines().collect();
    assert_eq!(rows.len(), LETTERS);
    assert!(rows.iter().all(|row| row.len() == LETTERS));
    if is_blessed() {
        let path = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/src/free/value/pairs/pairs.txt"
        );
        std::fs::write(path, table(&sample())).unwrap();
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a few bits")]
fn table(text: &[u8]) -> String {
    let mut words: HashMap<&[u8], f64> = HashMap::new();
    for word in text.split(|byte| !byte.is_ascii_alphabetic()) {
        *words.entry(word).or_default() += 1.0;
    }
    let mut counts = [[2.0; LETTERS]; LETTERS];
    for (word, times) in words {
        for pair in word
            .windows(2)
            .filter(|pair| !(pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase()))
        {
            let [a, b] = [pair[0], pair[1]].map(|byte| usize::from((byte | 0x20) - b'a'));
            // A common word is not all of a text's words.
            counts[a][b] += 1.0 + times.log2();
        }
    }
    let letters = f64::from(u8::try_from(LETTERS).unwrap());
    let mut page = String::new();
    for row in counts {
        let all: f64 = row.iter().sum();
        page.extend(row.map(|count| {
            let bits = (count / all * letters).log2().clamp(-MOST, MOST);
            let parts = (bits * f64::from(PARTS)).round() as i8;
            char::from((NOTHING + parts).cast_unsigned())
        }));
        page.push('\n');
    }
    page
}
