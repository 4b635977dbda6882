//! Whether an instruction is only spoken of: an article on such attacks quotes
//! them. It stands in quotes, alone in them, and the sentence around speaks of
//! such texts; or the sentence says in plain words that a text holds it. A page
//! that hides its instruction so has told the agent that it is one.

use std::ops::Range;

use super::lower;
use super::mention_words::{NAMES, SPEAKS, TELLS, TEMPLATES};
use super::rules::MARKER;
use super::steps::holds;

/// How far in front and behind the words that speak of it may stand.
const TALK: usize = 240;
const TALK_BEHIND: usize = 120;
/// How much more than the instruction's own words the quotes may hold before and
/// behind it.
const FRONT: usize = 64;
const BACK: usize = 140;
/// A line is no longer than this, where somebody names what stands below.
const LINE: usize = 160;

/// An opening sign and what closes it.
const QUOTES: [(&str, &str); 17] = [
    ("'", "'"),
    ("\"", "\""),
    ("`", "`"),
    ("\u{201c}", "\u{201d}"),
    ("\u{201e}", "\u{201c}"),
    ("\u{201e}", "\u{201d}"),
    ("\u{2018}", "\u{2019}"),
    ("\u{ab}", "\u{bb}"),
    ("\u{bb}", "\u{ab}"),
    ("\u{300c}", "\u{300d}"),
    ("\u{300e}", "\u{300f}"),
    ("&quot;", "&quot;"),
    ("<code>", "</code>"),
    ("<q>", "</q>"),
    ("<em>", "</em>"),
    ("\\\"", "\\\""),
    ("<!--", "-->"),
];

/// Whether what stands at `here` is quoted by a text that speaks of it.
pub(super) fn is_mentioned(text: &[u8], here: &Range<usize>, kind: &str) -> bool {
    let found = text.get(here.clone()).unwrap_or_default();
    if kind != MARKER && is_pattern(found) {
        return true;
    }
    let back = text.get(here.end..text.len().min(here.end + BACK));
    let back = back.unwrap_or_default();
    let far = text.get(here.start.saturating_sub(TALK)..here.start);
    let front = lower(far.unwrap_or_default());
    if kind == MARKER && (holds(&front, TEMPLATES) || holds(&lower(back), TEMPLATES)) {
        return true;
    }
    if has_payload(back) {
        return false;
    }
    let near = text.get(here.start.saturating_sub(FRONT)..here.start);
    let quotes = quotes(near.unwrap_or_default(), back);
    let behind = lower(line(back.get(..TALK_BEHIND).unwrap_or(back)));
    let named = || speaks(&front) || speaks(&behind);
    let spoken = || holds(&front, SPEAKS) || holds(&behind, SPEAKS);
    match quotes {
        Quotes::None => {}
        Quotes::OfData if named() => return true,
        Quotes::OfProse if named() || spoken() => return true,
        Quotes::OfData | Quotes::OfProse => {}
    }
    holds(sentence(&front), TELLS) || is_shown(&front)
}

/// Words of other scripts and parts of words, which stand anywhere.
fn speaks(text: &[u8]) -> bool {
    has(text, NAMES)
}

/// What stands around an instruction.
#[derive(Clone, Copy)]
enum Quotes {
    None,
    /// Those of a value in JSON, in CSV, or in a program: all text has them there.
    OfData,
    OfProse,
}

fn quotes(front: &[u8], back: &[u8]) -> Quotes {
    let mut found = Quotes::None;
    for (opens, closes) in QUOTES {
        let Some(at) = rfind(front, opens) else {
            continue;
        };
        let inside = front.get(at + opens.len()..).unwrap_or_default();
        let opened =
            is_outside(front, at) && !inside.contains(&b'\n') && find(inside, closes).is_none();
        if !opened || !find(back, closes).is_some_and(|at| is_inside(back, at, closes)) {
            continue;
        }
        if !is_value(front.get(..at).unwrap_or_default()) {
            return Quotes::OfProse;
        }
        found = Quotes::OfData;
    }
    found
}

/// Whether a quote that stands behind this begins a value.
fn is_value(front: &[u8]) -> bool {
    let trimmed = front.trim_ascii_end();
    let of_json = trimmed.ends_with(b"\":") || trimmed.ends_with(b"\\\":");
    of_json
        || front
            .last()
            .is_none_or(|b| matches!(b, b',' | b'(' | b'[' | b'=' | b'\n'))
        || trimmed.ends_with(b"=")
        || trimmed.ends_with(b"[")
        || trimmed.ends_with(b"\",")
}

/// An apostrophe within a word opens nothing.
fn is_outside(front: &[u8], at: usize) -> bool {
    let last = at.checked_sub(1).and_then(|at| front.get(at));
    !last.is_some_and(u8::is_ascii_alphanumeric) || !matches!(front.get(at), Some(b'\'' | b'"'))
}

/// It closes where the word is over, in the same line.
fn is_inside(back: &[u8], at: usize, closes: &str) -> bool {
    let next = back.get(at + closes.len());
    let quoted = back.get(..at).unwrap_or_default();
    let parts_words =
        !matches!(closes, "'" | "\"" | "`") || !next.is_some_and(u8::is_ascii_alphanumeric);
    parts_words && !quoted.contains(&b'\n')
}

/// An order with an address or a command in it is none that is only spoken of.
fn has_payload(back: &[u8]) -> bool {
    let near = line(back);
    let signs = ["://", "$(", "~/", "/etc/", "| sh", "| bash", "curl "];
    has(near, &signs)
}

/// Whether a line just above names what stands here, and ends in a colon.
fn is_shown(front: &[u8]) -> bool {
    let is_sign = |b: &u8| b" \t\r\n>`*-\"'#".contains(b) || b.is_ascii_digit();
    let end = front.iter().rposition(|b| !is_sign(b));
    let Some(front) = end.and_then(|end| front.get(..=end)) else {
        return false;
    };
    let from = front.len().saturating_sub(LINE);
    let near = front.get(from..).unwrap_or_default();
    let line = near.rsplit(|b| *b == b'\n').next().unwrap_or_default();
    line.ends_with(b":")
        && (holds(line, &["payload", "injection", "jailbreak"]) || holds(line, TELLS))
}

/// What stands behind the last end of a sentence.
fn sentence(text: &[u8]) -> &[u8] {
    let ends = [&b". "[..], b".\n", b"\n\n", b"! ", b"? ", b": hi"];
    let last = |end: &&[u8]| text.windows(end.len()).rposition(|w| w == *end);
    let from = ends.iter().filter_map(last).max().unwrap_or(0);
    text.get(from..).unwrap_or_default()
}

fn line(text: &[u8]) -> &[u8] {
    text.split(|b| *b == b'\n').next().unwrap_or_default()
}

/// Whether it is a pattern that finds such texts.
fn is_pattern(found: &[u8]) -> bool {
    has(found, &[")?", "(?", ".*", "\\s", "]+"])
}

/// Whether one of these stands in it, within a word too.
fn has(text: &[u8], signs: &[&str]) -> bool {
    signs.iter().any(|sign| find(text, sign).is_some())
}

fn find(text: &[u8], what: &str) -> Option<usize> {
    memchr::memmem::find(text, what.as_bytes())
}

fn rfind(text: &[u8], what: &str) -> Option<usize> {
    memchr::memmem::rfind(text, what.as_bytes())
}
