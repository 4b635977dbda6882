//! The parts of anchors that are searched for.

#[cfg(test)]
mod choosing;

use std::collections::HashMap;
use std::sync::LazyLock;

/// Bytes of a part.
pub(super) const PART: usize = 6;

/// Parts of ASCII anchors, the rarest in other text first, as a test counted them in
/// a sample: one a line. It holds that every anchor has one, or one of [`SHORT`].
const PARTS: &str = include_str!("parts.txt");

/// Parts of the anchors that are too short for the above.
pub(super) const SHORT: &[&str] = &["(env", ".env", "ai:", "llm"];

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
    // The search folds the letters of ASCII by itself.
    let others = [anchor.to_uppercase(), capital(anchor)];
    let others = others.iter().filter(|_| !anchor.is_ascii());
    let others = others.filter(|text| text.len() == anchor.len());
    let mut parts = Vec::new();
    for text in others.map(String::as_str).chain([anchor]) {
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

/// The parts of an anchor: where each begins, and its length.
fn chosen(anchor: &str, ranks: &Ranks) -> Vec<(usize, usize)> {
    let long = rarest(anchor, ranks, |_| true).map(|at| (at, PART));
    let short = || {
        let found = |part: &&str| Some((anchor.find(part)?, part.len()));
        SHORT.iter().find_map(found)
    };
    // Another script is rare enough in any part.
    let other = || {
        let first = anchor.find(|c: char| !c.is_ascii())?;
        let last = anchor.len().checked_sub(PART)?;
        Some((first.min(last), PART))
    };
    let first = long.or_else(short).or_else(other);
    let blank = first.and_then(|(at, len)| blank_in(anchor, at, len));
    let spares = |at: usize, blank: usize| !(at..at + PART).contains(&blank);
    let spare = blank.and_then(|blank| rarest(anchor, ranks, |at| spares(at, blank)));
    first
        .into_iter()
        .chain(spare.map(|at| (at, PART)))
        .collect()
}

/// Where the rarest part begins that is such a one.
fn rarest(anchor: &str, ranks: &Ranks, such: impl Fn(usize) -> bool) -> Option<usize> {
    let rank = |at: usize| ranks.get(anchor.as_bytes().get(at..)?.first_chunk()?);
    let ranked = |at: usize| Some((rank(at).copied()?, at));
    let ranks = (0..anchor.len()).filter(|at| such(*at)).filter_map(ranked);
    ranks.min().map(|(_, at)| at)
}

/// Where in the anchor a blank of its part is.
fn blank_in(anchor: &str, at: usize, len: usize) -> Option<usize> {
    let part = anchor.as_bytes().get(at..at + len)?;
    Some(at + part.iter().position(|b| *b == b' ')?)
}

/// The part as it is searched: the fifth bit of every byte set. A blank may end a
/// line, or stand behind a mark of stress, which is the same with that bit.
fn spaced(part: &[u8]) -> Vec<Vec<u8>> {
    part.iter().fold(vec![Vec::new()], |texts, byte| {
        let both: &[u8] = if *byte == b' ' { b" *" } else { &[byte | 0x20] };
        let with = |text: &Vec<u8>, byte: &u8| [text.as_slice(), &[*byte]].concat();
        let each =
            |text: Vec<u8>| -> Vec<Vec<u8>> { both.iter().map(|b| with(&text, b)).collect() };
        texts.into_iter().flat_map(each).collect()
    })
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|c| c.to_uppercase().to_string());
    first.unwrap_or_default() + chars.as_str()
}
