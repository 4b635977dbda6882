//! Keeps secrets out of reports: the text that a report shows has every place
//! masked that could hold one. Works on the bare text, so it serves a file
//! that is no YAML at all.

use crate::names::name_is_secret;
use crate::node::Span;
use crate::random::looks_random;

/// The longest value that a message repeats.
const MOST_SHOWN: usize = 48;

/// The text with `secrets` and everything that looks like one replaced, byte
/// for byte, so that every place in it stays what it was.
pub fn masked(source: &str, secrets: &[Span]) -> String {
    let mut spans: Vec<Span> = secrets.to_vec();
    spans.extend(
        words(source)
            .filter(|(_, word)| looks_random(word))
            .map(|(span, _)| span),
    );
    spans.extend(user_infos(source));
    spans.extend(named_values(source));
    let mut bytes = source.as_bytes().to_vec();
    for span in spans {
        let whole = widen(source, span);
        for byte in bytes.get_mut(whole).into_iter().flatten() {
            if !matches!(byte, b'\n' | b'\r') {
                *byte = b'*';
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_default()
}

/// A value as a message may repeat it: short, one line, nothing secret.
pub fn shown(value: &str) -> String {
    let one_line: String = value.chars().flat_map(escape).collect();
    let hidden = masked(&one_line, &[]);
    if hidden.chars().count() <= MOST_SHOWN {
        return hidden;
    }
    let head: String = hidden.chars().take(MOST_SHOWN - 1).collect();
    format!("{head}…")
}

fn escape(c: char) -> Vec<char> {
    if c.is_control() {
        c.escape_default().collect()
    } else {
        vec![c]
    }
}

/// The words between blanks, quotes, commas and brackets, with their places.
fn words(source: &str) -> impl Iterator<Item = (Span, &str)> {
    let ends = |c: char| {
        c.is_whitespace()
            || matches!(
                c,
                '"' | '\'' | ',' | '[' | ']' | '{' | '}' | '`' | '(' | ')' | ':'
            )
    };
    source.split(ends).map(|word| {
        let start = word.as_ptr() as usize - source.as_ptr() as usize;
        (start..start + word.len(), word)
    })
}

/// The values beside names that say secret, unless they are references. A text
/// that is no YAML has no tree, so lines and colons have to do.
fn named_values(source: &str) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    for (colon, _) in source.match_indices(':') {
        // What is masked already is not read again: the work stays linear.
        let inside = spans.last().is_some_and(|span| colon < span.end);
        if !inside && name_is_secret(word_before(source, colon)) {
            spans.extend(value_after(source, colon + 1));
        }
    }
    spans
}

fn word_before(source: &str, colon: usize) -> &str {
    let before = source.get(..colon).unwrap_or_default();
    let ends = |c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
    before.rsplit(ends).next().unwrap_or_default()
}

fn value_after(source: &str, start: usize) -> Option<Span> {
    let rest = source.get(start..)?;
    let value = rest
        .trim_start_matches([' ', '\t'])
        .trim_start_matches(['"', '\'']);
    let from = start + (rest.len() - value.len());
    let reference = ["env:", "file:", "cmd:"]
        .iter()
        .any(|kind| value.starts_with(kind));
    if reference || value.starts_with(['[', '{', '#', '\n', '\r']) {
        return None;
    }
    let end = value
        .find(['\n', ',', '}', ']', '"', '\''])
        .unwrap_or(value.len());
    let value = value.get(..end)?.trim_end();
    (!value.is_empty()).then(|| from..from + value.len())
}

/// The `user:password` of every URL.
fn user_infos(source: &str) -> impl Iterator<Item = Span> {
    source.match_indices("://").filter_map(|(at, mark)| {
        let start = at + mark.len();
        let rest = source.get(start..)?;
        let end = rest
            .find(|c: char| c.is_whitespace() || matches!(c, '/' | '?' | '#' | '"' | '\''))
            .unwrap_or(rest.len());
        let at_sign = rest.get(..end)?.rfind('@')?;
        Some(start..start + at_sign)
    })
}

/// A span made to begin and end between characters.
fn widen(source: &str, span: Span) -> Span {
    let mut start = span.start.min(source.len());
    let mut end = span.end.min(source.len());
    while !source.is_char_boundary(start) {
        start -= 1;
    }
    while !source.is_char_boundary(end) {
        end += 1;
    }
    start..end.max(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_a_secret_is_masked_and_nothing_moves() {
        let source = "a: ghp_0123456789abcdefABCDEF0123456789abcd # é\nb: plain-words-here\n";
        let masked = masked(source, &[]);
        assert_eq!(masked.len(), source.len());
        assert!(!masked.contains("0123"));
        assert!(masked.contains("# é\nb: plain-words-here"));
    }

    #[test]
    fn a_password_in_a_url_is_masked() {
        let masked = masked("u: https://me:pw@example.com/a@b", &[]);
        assert_eq!(masked, "u: https://*****@example.com/a@b");
    }

    #[test]
    fn a_value_beside_a_name_that_says_secret_is_masked_unless_it_is_a_reference() {
        let masked = masked(
            "token_ref: \"hunter2\n{password: abc, b: c}\nauth: {token: env:A}\n",
            &[],
        );
        assert_eq!(
            masked,
            "token_ref: \"*******\n{password: ***, b: c}\nauth: {token: env:A}\n"
        );
    }

    #[test]
    fn a_given_place_is_masked_whole_characters_only() {
        assert_eq!(masked("k: é!", &[4..5, 0..0]), "k: **!");
        assert_eq!(masked("k", &[5..9, 0..0]), "k");
    }

    #[test]
    fn a_repeated_value_is_short_and_on_one_line() {
        assert_eq!(shown("a\nb\u{1b}"), "a\\nb\\u{1b}");
        assert!(shown(&"long ".repeat(50)).chars().count() <= MOST_SHOWN);
    }
}
