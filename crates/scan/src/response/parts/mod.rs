//! The parts of anchors that are searched for.

#[cfg(test)]
mod choosing;

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use super::grams::WORD;

/// Bytes of a part.
pub(super) const PART: usize = 6;

/// Parts of ASCII anchors, the rarest in other text first, as a test counted them in
/// a sample: one a line. It holds that every anchor has one, or one of [`SHORT`].
const PARTS: &str = include_str!("parts.txt");

/// Parts of the anchors that are too short for the above.
pub(super) const SHORT: &[&str] = &["(env", ".env", "ai:", "llm"];
/// The length of the shortest.
pub(super) const SHORTEST: usize = 3;

/// How rare each of the parts is: the rarest is the first.
static RANKS: LazyLock<Ranks> = LazyLock::new(|| ranked(PARTS.lines().filter_map(unescaped)));

type Ranks = HashMap<[u8; PART], usize>;

fn ranked(parts: impl Iterator<Item = [u8; PART]>) -> Ranks {
    parts.enumerate().map(|(rank, part)| (part, rank)).collect()
}

/// Characters that are escaped where nothing is hidden: what is behind one tells.
pub(super) const OFTEN: [u8; 3] = *b"</\n";

/// Each of these with what stands behind it in a part, the fifth bit of those set.
pub(super) fn behind_often() -> Vec<(u8, Vec<u8>)> {
    let tails = RANKS.keys().flat_map(|part| {
        (1..PART)
            .filter_map(|at| part.split_at_checked(at))
            .filter_map(|(front, tail)| {
                let sign = front.last().filter(|b| OFTEN.contains(b))?;
                Some((*sign, tail.iter().map(|b| b | 0x20).collect()))
            })
    });
    tails.collect()
}

/// A line of the list: it ends in a bar, for parts may end in a blank, and the end
/// of a line stands there as `\n`.
fn unescaped(line: &str) -> Option<[u8; PART]> {
    let part = line.strip_suffix('|')?.replace("\\n", "\n");
    part.into_bytes().try_into().ok()
}

/// What is looked for of an anchor, each with where in it that begins, in any
/// case and with any blank: by a part without one, or by another part besides, where
/// the first blank does not matter.
pub(super) fn parts_of(anchor: &'static str) -> Vec<(Vec<u8>, usize)> {
    let chosen = chosen(anchor, &RANKS);
    let mut parts = Vec::new();
    for text in cases(anchor) {
        let bytes = text.as_bytes();
        for (at, len) in &chosen {
            let part = bytes.get(*at..at + len).unwrap_or_default();
            parts.extend(spaced(part).into_iter().map(|part| (part, *at)));
        }
    }
    parts.sort();
    parts.dedup();
    parts
}

/// An anchor in every case that is as long and that the search does not fold itself,
/// as it does the letters of ASCII.
fn cases(anchor: &str) -> Vec<Cow<'_, str>> {
    let mut cases = vec![Cow::Borrowed(anchor)];
    if !anchor.is_ascii() {
        let others = [anchor.to_uppercase(), capital(anchor)];
        let others = others.into_iter().filter(|text| text.len() == anchor.len());
        cases.extend(others.map(Cow::Owned));
    }
    cases
}

/// The parts of an anchor: where each begins, and its length.
fn chosen(anchor: &str, ranks: &Ranks) -> Vec<(usize, usize)> {
    let known = known(anchor, ranks);
    let long = rarest(&known, |_| true).map(|at| (at, PART));
    let short = || {
        let found = |part: &&str| Some((anchor.find(part)?, part.len()));
        SHORT.iter().find_map(found)
    };
    // Another script is rare enough in any part, but that many words begin alike.
    let other = || {
        let first = anchor.find(|c: char| !c.is_ascii())?;
        let last = anchor.len().checked_sub(PART)?;
        let whole = |len| unparted(anchor, first, len);
        whole(WORD)
            .or_else(|| whole(PART))
            .or_else(|| Some((first.min(last), PART)))
    };
    let first = long.or_else(short).or_else(other);
    let blank = first.and_then(|(at, len)| blank_in(anchor, at, len));
    let spares = |at: usize, blank: usize| !(at..at + PART).contains(&blank);
    let spare = blank.and_then(|blank| rarest(&known, |at| spares(at, blank)));
    first
        .into_iter()
        .chain(spare.map(|at| (at, PART)))
        .collect()
}

/// The first part of this length that holds no blank, from a place on.
fn unparted(anchor: &str, from: usize, len: usize) -> Option<(usize, usize)> {
    let places = anchor.char_indices().map(|(at, _)| at);
    let mut places = places.skip_while(|at| *at < from);
    let part = |at: &usize| anchor.as_bytes().get(*at..at + len);
    let at = places.find(|at| part(at).is_some_and(|part| !part.contains(&b' ')))?;
    Some((at, len))
}

/// The known parts in an anchor: how rare each is, and where it begins.
fn known(anchor: &str, ranks: &Ranks) -> Vec<(usize, usize)> {
    let windows = anchor.as_bytes().array_windows().enumerate();
    let ranked = windows.filter_map(|(at, part)| Some((*ranks.get(part)?, at)));
    ranked.collect()
}

/// Where the rarest part begins that is such a one.
fn rarest(known: &[(usize, usize)], such: impl Fn(usize) -> bool) -> Option<usize> {
    let such = known.iter().filter(|(_, at)| such(*at));
    such.min().map(|(_, at)| *at)
}

/// Where in the anchor a blank of its part is.
fn blank_in(anchor: &str, at: usize, len: usize) -> Option<usize> {
    let part = anchor.as_bytes().get(at..at + len)?;
    Some(at + part.iter().position(|b| *b == b' ')?)
}

/// The part as it is searched: the fifth bit of every byte set. A blank may end a
/// line, or stand behind a mark of stress, which is the same with that bit.
fn spaced(part: &[u8]) -> Vec<Vec<u8>> {
    let mut texts: Vec<Vec<u8>> = vec![part.iter().map(|b| b | 0x20).collect()];
    for (at, _) in part.iter().enumerate().filter(|(_, b)| **b == b' ') {
        let mut others = texts.clone();
        for byte in others.iter_mut().filter_map(|text| text.get_mut(at)) {
            *byte = b'*';
        }
        texts.append(&mut others);
    }
    texts
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|c| c.to_uppercase().to_string());
    first.unwrap_or_default() + chars.as_str()
}
