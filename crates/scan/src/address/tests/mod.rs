//! What is found in an address, and what passes.

mod found;
mod harmless;

use super::in_url;

/// Nobody's data.
const NOTE: &str = "name: Jane, card: none, likes: tea";
/// The same in lines, as files are.
const FILE: &str = "jane:x:7:7:Jane:/home/jane:/bin/sh\ntea:x:9:9:Tea:/srv/tea:/bin/false\n";
const UUID: &str = "550e8400-e29b-41d4-a716-446655440000";

/// Random characters of a length, from an alphabet.
fn noise(alphabet: &str, len: usize) -> String {
    let letters: Vec<char> = alphabet.chars().collect();
    let at = |n: usize| letters.get((n * n * 31 + n * 17 + n / 7) % letters.len());
    (1..=len).filter_map(at).collect()
}

fn mixed(len: usize) -> String {
    noise("aZ3bY9cX2dW8eV1fU7gT6hS5iR4jQ0kPlOmNnM", len)
}

fn hex(len: usize) -> String {
    noise("0f1e2d3c4b5a69788796a5b4c3d2e1f0", len)
}

/// A text cut to pieces of a length.
fn cut(text: &str, len: usize) -> Vec<&str> {
    let pieces = (0..text.len()).step_by(len);
    pieces
        .filter_map(|at| text.get(at..text.len().min(at + len)))
        .collect()
}

#[track_caller]
fn is_found(url: &str) {
    assert!(in_url(url.as_bytes()).is_some(), "{url}");
}

#[track_caller]
fn passes(url: &str) {
    let seen = in_url(url.as_bytes()).and_then(|range| url.get(range));
    assert_eq!(seen, None, "{url}");
}
