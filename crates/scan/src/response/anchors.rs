//! The search for anchors: by parts of them that are rare in other text.

use std::collections::HashMap;
use std::ops::Range;

use super::beside::{Beyond, Letters, ahead, back, is_escape};
use super::blanks::{Differs, backward, forward};
use super::grams::Grams;
use super::letters;
use super::parts::{behind_often, parts_of};
use super::rules::Rule;
use super::steps::Reach;

/// The longest escape that may stand before a part.
const ESCAPE: usize = 14;

/// All anchors, ready for the search.
pub(super) struct Anchors {
    all: Vec<Anchor>,
    parts: Vec<Part>,
    grams: Grams,
    /// Which ASCII characters parts are made of.
    telling: [bool; 128],
    /// What stands behind one of [`super::parts::OFTEN`] in a part.
    behind: Vec<(u8, Vec<u8>)>,
}

/// Where an anchor stands.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) struct Spot {
    pub(super) start: usize,
    /// Its index.
    pub(super) anchor: usize,
    pub(super) end: usize,
}

/// One text that rules begin with.
pub(super) struct Anchor {
    pub(super) text: &'static str,
    pub(super) rules: Vec<&'static Rule>,
    /// How far any of them looks.
    pub(super) reach: Reach,
}

/// A part, and the anchors it is in.
struct Part {
    len: usize,
    users: Vec<User>,
    /// What any of them may have before and behind it.
    back: Beyond,
    ahead: Beyond,
}

impl Part {
    fn new(len: usize) -> Self {
        Self {
            len,
            users: Vec::new(),
            back: Beyond::NOTHING,
            ahead: Beyond::NOTHING,
        }
    }

    fn add(&mut self, user: User) {
        self.back.add(user.back);
        self.ahead.add(user.ahead);
        self.users.push(user);
    }
}

/// An anchor that a part is in.
struct User {
    anchor: u16,
    /// Where in it the part begins.
    offset: u16,
    /// What follows in it, and what is before, backwards.
    ahead: Letters,
    back: Letters,
}

impl User {
    fn of(text: &str, anchor: usize, offset: usize, len: usize) -> Self {
        let bytes = text.as_bytes();
        let (front, rest) = (bytes.iter().take(offset), bytes.iter().skip(offset + len));
        Self {
            anchor: u16::try_from(anchor).unwrap_or(u16::MAX),
            offset: u16::try_from(offset).unwrap_or(u16::MAX),
            ahead: Letters::of(rest.copied(), bytes.get(offset + len - 1).copied()),
            back: Letters::of(front.rev().copied(), bytes.get(offset).copied()),
        }
    }
}

/// Where anchors stand in a text.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// As they are, each with its anchor, in their order.
    pub(super) exact: Vec<Spot>,
    /// Parts of anchors whose rest may stand behind an escape.
    pub(super) broken: Vec<usize>,
}

impl Anchors {
    pub(super) fn new(rules: impl Iterator<Item = &'static Rule>) -> Self {
        let all = by_text(rules);
        let (mut texts, mut parts): (Vec<Vec<u8>>, Vec<Part>) = (Vec::new(), Vec::new());
        let mut known: HashMap<Vec<u8>, usize> = HashMap::new();
        for (index, anchor) in all.iter().enumerate() {
            for (text, at) in parts_of(anchor.text) {
                let len = text.len();
                let part = *known.entry(text).or_insert_with_key(|text| {
                    texts.push(text.clone());
                    parts.push(Part::new(len));
                    parts.len() - 1
                });
                if let Some(part) = parts.get_mut(part) {
                    part.add(User::of(anchor.text, index, at, len));
                }
            }
        }
        let grams = Grams::new(texts.iter().map(Vec::as_slice));
        let mut telling = [false; 128];
        let bytes = texts.iter().flatten();
        for byte in bytes.flat_map(|byte| [*byte, byte & !0x20]) {
            if let Some(telling) = telling.get_mut(usize::from(byte)) {
                *telling |= !byte.is_ascii_control();
            }
        }
        Self {
            all,
            parts,
            grams,
            telling,
            behind: behind_often(),
        }
    }

    /// Every place in `text` where an anchor stands, or may behind an escape.
    pub(super) fn look(&self, text: &[u8]) -> Seen {
        let mut seen = Seen::default();
        self.grams.each(text, |start, index| {
            if let Some(part) = self.parts.get(index) {
                self.part(text, start, part, &mut seen);
            }
        });
        seen.exact.sort_unstable();
        seen.exact.dedup();
        seen
    }

    /// Calls `take` with the places where parts of anchors stand.
    pub(super) fn each_part(&self, text: &[u8], mut take: impl FnMut(Range<usize>)) {
        self.grams.each(text, |start, index| {
            if let Some(part) = self.parts.get(index) {
                take(start..start + part.len);
            }
        });
    }

    fn part(&self, text: &[u8], start: usize, part: &Part, seen: &mut Seen) {
        let rest = ahead(text, start + part.len);
        if !part.ahead.fits(rest) {
            return;
        }
        let front = back(text, start);
        let near = text.get(start.saturating_sub(ESCAPE)..start);
        let is_escaped = near.is_some_and(|near| near.iter().copied().any(is_escape));
        if !is_escaped && !part.back.fits(front) {
            return;
        }
        for user in &part.users {
            let is_before = match user.back.fit(front) {
                Ok(()) => true,
                Err(back) => is_escaped && ends_escape(text, start - back),
            };
            if !is_before || user.ahead.fit(rest).is_err() {
                continue;
            }
            let index = usize::from(user.anchor);
            let Some(anchor) = self.all.get(index) else {
                continue;
            };
            let offset = usize::from(user.offset);
            match anchor.stands_around(text, start, offset, part.len) {
                Stands::There(here) => seen.exact.push(Spot {
                    start: here.start,
                    anchor: index,
                    end: here.end,
                }),
                Stands::Perhaps => seen.broken.push(start),
                Stands::Not => {}
            }
        }
    }

    pub(super) fn get(&self, index: usize) -> Option<&Anchor> {
        self.all.get(index)
    }

    /// Whether a part may hold one of the characters that are escaped often.
    pub(super) fn tells_often(&self, sign: u8, behind: &[u8]) -> bool {
        let mut tails = self.behind.iter().filter(|(known, _)| *known == sign);
        tails.any(|(_, tail)| goes_on(behind, tail))
    }

    /// Whether a part may hold this character. What is not ASCII may hide
    /// something, but for signs of prose. `behind` follows it in the text.
    pub(super) fn tells(&self, c: char, behind: &[u8]) -> bool {
        match c {
            '<' => self.tells_often(b'<', behind),
            '/' => self.tells_often(b'/', behind),
            '\n' => self.tells_often(b'\n', behind),
            // A character reference under the escape that tells itself.
            '&' => behind.first_chunk().is_some_and(|next: &[u8; 2]| {
                matches!(
                    next,
                    [b'#' | b'\\', _] | b"nb" | b"lo" | b"Un" | b"hy" | b"da" | b"pe"
                )
            }),
            '\\' => true,
            '\u{2010}'..='\u{2029}' => false,
            c => match u8::try_from(c) {
                Ok(byte) if byte.is_ascii() => self
                    .telling
                    .get(usize::from(byte))
                    .is_some_and(|tells| *tells),
                _ => true,
            },
        }
    }
}

/// Each text once, in the order of the rules.
fn by_text(rules: impl Iterator<Item = &'static Rule>) -> Vec<Anchor> {
    let mut all: Vec<Anchor> = Vec::new();
    let mut known: HashMap<&str, usize> = HashMap::new();
    for rule in rules {
        for text in rule.anchors {
            let index = *known.entry(text).or_insert_with(|| {
                let (rules, reach) = (Vec::new(), Reach::default());
                all.push(Anchor { text, rules, reach });
                all.len() - 1
            });
            if let Some(anchor) = all.get_mut(index) {
                anchor.rules.push(rule);
                anchor.reach = anchor.reach.max(rule.reach());
            }
        }
    }
    all
}

/// Whether an anchor stands around one of its parts.
enum Stands {
    There(Range<usize>),
    /// If escapes were undone.
    Perhaps,
    Not,
}

impl Anchor {
    /// Where the anchor ends that begins at `at`, if it does.
    pub(super) fn stands_at(&self, text: &[u8], at: usize) -> Option<usize> {
        forward(text, at, self.text).ok()
    }

    fn stands_around(&self, text: &[u8], start: usize, offset: usize, len: usize) -> Stands {
        // The blank that a part begins with may be the last of several.
        let blank = usize::from(self.text.as_bytes().get(offset) == Some(&b' '));
        let halves = self.text.split_at_checked(offset + blank);
        let Some((front, back)) = halves else {
            return Stands::Not;
        };
        let (start, len) = (start + blank, len - blank);
        match (backward(text, start, front), forward(text, start, back)) {
            (Ok(start), Ok(_)) => {
                let end = self.stands_at(text, start);
                end.map_or(Stands::Not, |end| Stands::There(start..end))
            }
            (before, behind) => {
                let may_before = before.err().is_none_or(|other| is_hidden_back(text, other));
                let may_behind = behind
                    .err()
                    .is_none_or(|other| other.at >= start + len && is_hidden_ahead(text, other));
                if may_before && may_behind {
                    Stands::Perhaps
                } else {
                    Stands::Not
                }
            }
        }
    }
}

/// Whether what is wanted at a place may be hidden by what begins there.
fn is_hidden_ahead(text: &[u8], other: Differs) -> bool {
    let rest = text.get(other.at..).unwrap_or_default();
    match rest.first() {
        Some(byte) if byte.is_ascii() => is_escape(*byte),
        Some(_) => letters::may_be(rest, other.wanted),
        None => false,
    }
}

/// Whether it may be hidden by what ends there.
fn is_hidden_back(text: &[u8], other: Differs) -> bool {
    let near = text.get(other.at.saturating_sub(ESCAPE)..other.at);
    let near = near.unwrap_or_default();
    match near.last() {
        Some(byte) if byte.is_ascii() => near.iter().any(|byte| matches!(byte, b'\\' | b'&')),
        Some(_) => {
            let start = near.iter().rposition(|byte| *byte >= 0xc0).unwrap_or(0);
            letters::may_be(near.get(start..).unwrap_or_default(), other.wanted)
        }
        None => false,
    }
}

/// Whether the letter before `end` may be one of an escape.
fn ends_escape(text: &[u8], end: usize) -> bool {
    let near = text.get(end.saturating_sub(ESCAPE)..end);
    let mut back = near.unwrap_or_default().iter().rev();
    let sign = back.find(|b| !b.is_ascii_alphanumeric() && **b != b'#');
    sign.is_some_and(|sign| is_escape(*sign))
}

/// Whether a text goes on with a tail of a part, or may behind an escape that is not
/// looked at for itself.
fn goes_on(text: &[u8], tail: &[u8]) -> bool {
    let differs = |(a, b): &(&u8, &u8)| **a | 0x20 != **b;
    let Some(at) = text.iter().zip(tail).position(|pair| differs(&pair)) else {
        return true;
    };
    match text.get(at..).unwrap_or_default() {
        [b'\\', b'u' | b'x' | b'n' | b'/' | b'\\', ..] | [b'&', ..] => false,
        [b'\\', sign @ (b'"' | b'\''), ..] => tail.get(at) == Some(&(sign | 0x20)),
        [first, ..] => is_escape(*first),
        [] => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_anchor_is_found_in_either_case_at_any_offset_on_any_machine() {
        let fast = Anchors::new(super::super::rules());
        let same = Anchors::new(super::super::rules());
        let slow = Anchors {
            grams: same.grams.plain(),
            ..same
        };
        for (index, anchor) in fast.all.iter().enumerate() {
            for text in [
                anchor.text.to_owned(),
                anchor.text.to_ascii_uppercase(),
                wrapped(anchor.text),
            ] {
                for (before, behind) in (0..7).map(|n| (n, 0)).chain([(0, 9), (64, 64)]) {
                    let text = format!("{}{text}{}", ".".repeat(before), " ".repeat(behind));
                    let seen = fast.look(text.as_bytes());
                    let found = |place: &Spot| place.start == before && place.anchor == index;
                    assert!(seen.exact.iter().any(found), "{text}");
                    assert_eq!(slow.look(text.as_bytes()).exact, seen.exact);
                }
            }
        }
    }

    /// A line ends at the first blank before a letter: other signs there may be
    /// those of a comment.
    fn wrapped(text: &str) -> String {
        let blank = text.char_indices().find(|(at, c)| {
            *c == ' ' && text.split_at(at + 1).1.starts_with(char::is_alphanumeric)
        });
        let mut text = text.to_owned();
        if let Some((at, _)) = blank {
            text.replace_range(at..=at, "\n");
        }
        text
    }
}
