//! Instructions to the agent in what it fetches: text that was put where an
//! agent reads it, to make it forget its task, hide something from its person,
//! or give something away.
//!
//! A rule has an anchor, words that are rare in other text, and further words
//! that must stand near it, in an order that only such an instruction has. All
//! anchors are looked for in one pass; what surrounds one is read only then,
//! so that a text without any costs a look at every third byte.

mod addressed;
mod anchors;
mod base64;
mod languages;
mod languages_more;
mod languages_secrets;
mod leaks;
mod letters;
mod mention;
mod near;
mod overrides;
mod parts;
mod poison;
mod pretexts;
mod roles;
mod rules;
#[cfg(test)]
mod slow;
mod text;
mod utf16;

use std::ops::Range;
use std::sync::LazyLock;

use memchr::{memchr, memmem};

use bottle_policy::{Action, DetectorId, InspectTerms};

use crate::budget::{Budget, Exhausted};
use crate::finding::{Finding, Input};
use crate::scanner::Scanner;
use crate::views::Chain;

use anchors::{Anchors, Seen};
pub(crate) use rules::KINDS;
use rules::{Kind, Rule, Step};
pub use utf16::is_utf16;

/// The longest text that one instruction is looked for in, to each side.
pub(crate) const REACH: usize = 200;

/// Everything that is looked for, compiled once.
struct Table {
    anchors: Anchors,
    ids: Vec<(&'static str, DetectorId)>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let id = |kind: &Kind| (kind.id, kind.id.parse().expect("a test walks the names"));
    Table {
        anchors: Anchors::new(rules()),
        ids: KINDS.iter().map(id).collect(),
    }
});

fn rules() -> impl Iterator<Item = &'static Rule> {
    [
        overrides::RULES,
        pretexts::RULES,
        leaks::RULES,
        roles::RULES,
        poison::RULES,
        addressed::RULES,
        languages::RULES,
        languages_more::RULES,
        languages_secrets::RULES,
    ]
    .into_iter()
    .flatten()
}

impl Scanner {
    /// Looks for instructions to the agent in what comes back.
    pub fn instructions(
        &self,
        input: Input<'_>,
        terms: &InspectTerms,
    ) -> Result<Vec<Finding>, Exhausted> {
        let mut budget = Budget::for_input(input.bytes.len());
        self.instructions_within(input, terms, &mut budget)
    }

    /// The same within what is left of a budget.
    pub(crate) fn instructions_within(
        &self,
        input: Input<'_>,
        terms: &InspectTerms,
        budget: &mut Budget,
    ) -> Result<Vec<Finding>, Exhausted> {
        let wanted = |(_, id): &(&str, DetectorId)| action(terms, id) != Action::Off;
        if !TABLE.ids.iter().any(wanted) {
            return Ok(Vec::new());
        }
        let mut findings = Vec::new();
        text::walk(
            input.bytes,
            &TABLE.anchors,
            budget,
            &mut |chain: &Chain<'_>, budget: &mut Budget| {
                let reading = Reading {
                    scanner: self,
                    chain: *chain,
                    input,
                    terms,
                };
                let seen = TABLE.anchors.look(chain.layer().bytes());
                for ascii in [true, false] {
                    reading.anchors(&seen, ascii, budget, &mut findings)?;
                }
                Ok(seen)
            },
        )?;
        Ok(told_once(findings))
    }
}

/// One view of what came back, and how it is read.
struct Reading<'a> {
    scanner: &'a Scanner,
    chain: Chain<'a>,
    input: Input<'a>,
    terms: &'a InspectTerms,
}

impl Reading<'_> {
    fn anchors(
        &self,
        seen: &Seen,
        ascii: bool,
        budget: &mut Budget,
        findings: &mut Vec<Finding>,
    ) -> Result<(), Exhausted> {
        for anchors in seen.exact.chunk_by(|a, b| a.0 == b.0) {
            let start = anchors.first().map_or(0, |(start, _)| *start);
            let anchors = anchors
                .iter()
                .filter_map(|(_, index)| TABLE.anchors.get(*index))
                .filter(|anchor| anchor.text.is_ascii() == ascii)
                .map(|anchor| (anchor.text.len(), anchor.rule));
            findings.extend(self.instruction(start, anchors, budget)?);
            if findings.len() >= MOST {
                return Ok(());
            }
        }
        Ok(())
    }

    /// The instruction that one of the anchors at a place belongs to. An anchor
    /// is its length and its rule; the first that fits counts.
    fn instruction(
        &self,
        start: usize,
        anchors: impl Iterator<Item = (usize, &'static Rule)>,
        budget: &mut Budget,
    ) -> Result<Option<Finding>, Exhausted> {
        let layer = self.chain.layer();
        let bytes = layer.bytes();
        let mut anchors = anchors.peekable();
        let Some((len, _)) = anchors.peek() else {
            return Ok(None);
        };
        let Some(piece) = layer.piece_with(&(start..start + len)) else {
            return Ok(None);
        };
        if inside_word(bytes, start) || is_option(bytes, start) {
            return Ok(None);
        }
        budget.work(REACH)?;
        let text = layer.text(piece);
        let at = start - piece.here.start;
        let fits = anchors.find_map(|(len, rule)| {
            let (_, id) = TABLE.ids.iter().find(|(kind, _)| *kind == rule.kind)?;
            let action = action(self.terms, id);
            let end = (action != Action::Off).then(|| rule.fits(text, &(at..at + len)))??;
            Some((rule.kind, id, action, end))
        });
        let Some((kind, id, action, end)) = fits else {
            return Ok(None);
        };
        if mention::is_mentioned(text, &(at..end)) {
            return Ok(None);
        }
        let here = start..piece.here.start + end;
        let origin = self.chain.origin(&here);
        let kind = KINDS.iter().find(|known| known.id == kind);
        let value = bytes.get(here).unwrap_or_default();
        Ok(Some(Finding {
            detector: id.clone(),
            title: kind.map(|kind| kind.title).unwrap_or_default().to_owned(),
            place: self.input.place.clone(),
            start: origin.start,
            end: origin.end,
            decoding: self.chain.views(),
            action,
            fingerprint: self.scanner.fingerprint(value),
            known: None,
        }))
    }
}

/// One instruction, one finding, in its plainest view.
fn told_once(mut findings: Vec<Finding>) -> Vec<Finding> {
    findings.sort_by_key(|f| (f.decoding.len(), f.start));
    let mut told: Vec<Finding> = Vec::new();
    for new in findings {
        let again = |old: &Finding| {
            old.detector == new.detector && old.start < new.end && new.start < old.end
        };
        if !told.iter().any(again) {
            told.push(new);
        }
        if told.len() >= MOST {
            break;
        }
    }
    told.sort_by_key(|f| (f.start, f.end));
    told
}

/// Nobody reads more of them.
const MOST: usize = 64;

/// What the terms say of an instruction: its own action, else that of
/// responses, else a warning.
fn action(terms: &InspectTerms, id: &DetectorId) -> Action {
    let own = terms.detectors.get(id).copied();
    own.or(terms.response).unwrap_or(Action::Warn)
}

impl Rule {
    /// The end of the instruction whose anchor that is, if it is one.
    fn fits(&self, text: &[u8], anchor: &Range<usize>) -> Option<usize> {
        let mut end = anchor.end;
        for step in self.steps {
            match step {
                Step::After(gap, words) => end = after(text, end, *gap, words)?,
                Step::Near(gap, words) => {
                    let back = before(text, anchor.start, *gap);
                    let forth = ahead(text, anchor.start, *gap);
                    if !holds(&back, words) && !holds(&forth, words) {
                        return None;
                    }
                }
                Step::Before(gap, words) => {
                    if !holds(&before(text, anchor.start, *gap), words) {
                        return None;
                    }
                }
            }
        }
        Some(end)
    }
}

/// Whether a word goes on before `at`.
fn inside_word(text: &[u8], at: usize) -> bool {
    let letter = |at: Option<usize>| {
        at.and_then(|at| text.get(at))
            .is_some_and(u8::is_ascii_alphanumeric)
    };
    letter(Some(at)) && letter(at.checked_sub(1))
}

/// Whether it is the name of an option: `--ignore-previous`.
fn is_option(text: &[u8], at: usize) -> bool {
    text.get(..at).is_some_and(|front| front.ends_with(b"--"))
        && !text.get(..at).is_some_and(|front| front.ends_with(b"<!--"))
}

/// The end of the first of the words within `gap` bytes of `end`, if nothing
/// between them ends the sentence.
fn after(text: &[u8], end: usize, gap: usize, words: &[&str]) -> Option<usize> {
    let longest = words.iter().map(|word| word.len()).max()?;
    let window = ahead(text, end, gap + longest);
    let found = words
        .iter()
        .filter_map(|word| Some((find(&window, word)?, word.len())))
        .filter(|(at, _)| *at <= gap)
        .min()?;
    let between = window.get(..found.0).unwrap_or_default();
    (!ends(between)).then_some(end + found.0 + found.1)
}

/// Whether a sentence ends in it: by what stands between sentences of prose or
/// in code, and in no sentence.
fn ends(text: &[u8]) -> bool {
    let is_end = |b: &u8| matches!(b, 0 | b'.' | b';' | b'{' | b'}' | b'=');
    text.iter().any(is_end)
        || memmem::find(text, b"\n\n").is_some()
        || memmem::find(text, "。".as_bytes()).is_some()
}

/// Up to `gap` bytes from `at` on, in lower case.
fn ahead(text: &[u8], at: usize, gap: usize) -> Vec<u8> {
    let end = text.len().min(at + gap);
    lower(text.get(at..end).unwrap_or_default())
}

fn before(text: &[u8], at: usize, gap: usize) -> Vec<u8> {
    lower(text.get(at.saturating_sub(gap)..at).unwrap_or_default())
}

/// In lower case. The lengths stay the same, and what is no text stays.
fn lower(bytes: &[u8]) -> Vec<u8> {
    let mut lower = bytes.to_ascii_lowercase();
    if lower.is_ascii() {
        return lower;
    }
    let mut at = 0;
    while let Some(first) = lower.get(at) {
        // Scripts that have capitals.
        let len = match first {
            0xc3..=0xd5 => 2,
            0xe1 | 0xef => 3,
            _ => 1,
        };
        if let Some(c) = lower.get_mut(at..at + len).filter(|_| len > 1) {
            lower_one(c);
        }
        at += len;
    }
    lower
}

/// One character in lower case, where that is as long.
fn lower_one(bytes: &mut [u8]) {
    let Some(c) = str::from_utf8(bytes).ok().and_then(|c| c.chars().next()) else {
        return;
    };
    let mut lower = c.to_lowercase();
    if let (Some(one), None) = (lower.next(), lower.next())
        && one.len_utf8() == bytes.len()
    {
        one.encode_utf8(bytes);
    }
}

fn holds(window: &[u8], words: &[&str]) -> bool {
    words.iter().any(|word| find(window, word).is_some())
}

/// Where a word begins in a text.
fn find(text: &[u8], word: &str) -> Option<usize> {
    let word = word.as_bytes();
    let first = *word.first()?;
    let mut from = 0;
    loop {
        let at = from + memchr(first, text.get(from..)?)?;
        from = at + 1;
        if text.get(at..).is_some_and(|rest| rest.starts_with(word)) {
            if !inside_word(text, at) {
                return Some(at);
            }
            from = at + word.len();
        }
    }
}
