//! Tokens that random text has by chance.
//!
//! Encrypted or packed data in base64url (what a model's API gives its client to send
//! back with each turn) has every beginning of a token that is short enough, some three
//! in ten megabytes with enough letters behind it. One that stands right behind other
//! letters in such a run is none, unless its own checksum says so.

use std::ops::Range;

/// A run with so much more than the token is data.
const DATA: usize = 128;
/// Nothing begins like a longer beginning by chance.
const SHORT: usize = 7;

/// Whether what matches there is but letters of a longer run. `keyword` is what the
/// token begins with.
pub(crate) fn is_in_data(text: &[u8], found: &Range<usize>, keyword: &[u8]) -> bool {
    let (front, rest) = text.split_at_checked(found.start).unwrap_or_default();
    let is_glued = front.last().is_some_and(|b| is_base64url(*b));
    if !is_glued || keyword.len() > SHORT {
        return false;
    }
    let behind = rest.get(found.len()..).unwrap_or_default();
    let of_run = |b: &&u8| is_base64url(**b);
    let before = front.iter().rev().take(DATA).take_while(of_run).count();
    let after = behind.iter().take(DATA).take_while(of_run).count();
    let run = text.get(found.start - before..found.end + after);
    // What is made to look like it, of one letter, is none.
    before + after >= DATA && run.is_some_and(takes_turns)
}

/// Whether a word stands within letters of either case and digits that take turns, as
/// those of base64 do: three lines of source in base64 may have it in each.
pub(crate) fn is_in_turns(text: &[u8], word: &Range<usize>) -> bool {
    const AROUND: usize = 24;
    const LEAST: usize = 20;
    let (front, rest) = text.split_at_checked(word.start).unwrap_or_default();
    let before = front.iter().rev().take(AROUND);
    let before = before.take_while(|b| b.is_ascii_alphanumeric()).count();
    let behind = rest.iter().take(word.len() + AROUND);
    let behind = behind.take_while(|b| b.is_ascii_alphanumeric()).count();
    let run = text.get(word.start - before..word.start + behind);
    run.is_some_and(|run| run.len() >= LEAST && takes_turns(run))
}

/// Whether small letters, capitals and digits take turns: nobody names anything so.
pub(crate) fn takes_turns(name: &[u8]) -> bool {
    let class = |b: &u8| (b.is_ascii_digit(), b.is_ascii_uppercase());
    let turns = name.array_windows().filter(|[a, b]| class(a) != class(b));
    turns.count() * 20 > name.len() * 9
}

fn is_base64url(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_within_base64_names_nothing() {
        let found = |text: &str| {
            let at = text.find("pwd").unwrap();
            is_in_turns(text.as_bytes(), &(at..at + 3))
        };
        assert!(found("IgPSAwOwpwdWIgY29uc3QgRTE6"));
        assert!(found("IgPSAwOw0KIgPSAwOwpwd"));
        assert!(!found("AwOwpwd=x"));
        assert!(!found("theNameOfTheDatabasepwd2Again"));
        assert!(!found("IgPSAwOwIgPSAwOwIgPSAwOw_pwd"));
    }

    #[test]
    fn a_token_within_data_is_none() {
        let data = "aB3".repeat(DATA / 3 + 1);
        let token = "ghz_0123";
        let found = |front: &str, behind: &str| {
            let text = format!("{front}{token}{behind}");
            let range = front.len()..front.len() + token.len();
            is_in_data(text.as_bytes(), &range, b"ghz_")
        };
        assert!(found(&data, ""));
        assert!(found("x", &data));
        assert!(!found("", &data));
        assert!(!found(&format!("{data}="), &data));
        assert!(!found("xx", "xx"));
        assert!(!found(&"x".repeat(DATA), ""));
        let text = format!("{data}{token}");
        let long = is_in_data(text.as_bytes(), &(data.len()..text.len()), b"ghz_0123");
        assert!(!long);
    }
}
