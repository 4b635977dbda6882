//! Whether an instruction is only spoken of: an article on such attacks quotes
//! them. It must stand in quotes, with nothing in them but itself, and behind
//! words that speak of attacks or examples. A page that hides its instruction
//! so has told the agent that it is one.

use std::ops::Range;

use super::{before, holds};

/// How far in front the words that speak of it may stand.
const TALK: usize = 160;
/// How much more than the instruction's own words the quotes may hold, to each
/// side: no order with a command or an address in it.
const MORE: usize = 24;

/// An opening sign and what closes it.
const QUOTES: [(&str, &str); 9] = [
    ("'", "'"),
    ("\"", "\""),
    ("`", "`"),
    ("\u{201c}", "\u{201d}"),
    ("\u{2018}", "\u{2019}"),
    ("\u{ab}", "\u{bb}"),
    ("&quot;", "&quot;"),
    ("<code>", "</code>"),
    ("<q>", "</q>"),
];

/// Words that speak of instructions instead of giving them.
const SPEAKS: [&str; 14] = [
    "attack",
    "attacks",
    "adversarial",
    "for example",
    "e.g.",
    "examples",
    "jailbreak",
    "injection",
    "injections",
    "malicious",
    "pattern",
    "patterns",
    "phrase",
    "phrases",
];

/// Whether what stands at `here` is quoted by a text that speaks of it.
pub(super) fn is_mentioned(text: &[u8], here: &Range<usize>) -> bool {
    let front = text.get(here.start.saturating_sub(MORE)..here.start);
    let back = text.get(here.end..text.len().min(here.end + MORE));
    let (Some(front), Some(back)) = (front, back) else {
        return false;
    };
    let is_quoted = QUOTES.iter().any(|(opens, closes)| {
        let opened = rfind(front, opens).is_some_and(|at| is_outside(front, at));
        opened && find(back, closes).is_some_and(|at| is_inside(back, at, closes.len()))
    });
    is_quoted && holds(&before(text, here.start, TALK), &SPEAKS)
}

/// An apostrophe within a word opens nothing.
fn is_outside(front: &[u8], at: usize) -> bool {
    let last = at.checked_sub(1).and_then(|at| front.get(at));
    !last.is_some_and(u8::is_ascii_alphanumeric)
}

/// It closes where the word is over, before any line is.
fn is_inside(back: &[u8], at: usize, len: usize) -> bool {
    let next = back.get(at + len);
    let quoted = back.get(..at).unwrap_or_default();
    !next.is_some_and(u8::is_ascii_alphanumeric)
        && !quoted.iter().any(|b| matches!(b, b'\n' | b'/' | b'$'))
}

fn find(text: &[u8], what: &str) -> Option<usize> {
    text.windows(what.len()).position(|w| w == what.as_bytes())
}

fn rfind(text: &[u8], what: &str) -> Option<usize> {
    text.windows(what.len()).rposition(|w| w == what.as_bytes())
}
