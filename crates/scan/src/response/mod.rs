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
mod around;
mod base64;
mod beside;
mod blanks;
mod called;
mod claims;
mod give;
mod grams;
mod hidden;
mod hush;
mod languages;
mod languages_more;
mod languages_rules;
mod languages_secrets;
mod languages_told;
mod leaks;
mod letters;
mod mention;
mod mention_words;
mod near;
mod overrides;
mod parts;
mod poison;
mod pretexts;
mod roles;
mod rules;
mod shown;
#[cfg(test)]
mod slow;
mod steps;
mod text;
mod told;
mod turns;
mod utf16;
mod void;

use std::sync::LazyLock;

use bottle_policy::{Action, DetectorId, InspectTerms};

use crate::budget::{Budget, Exhausted};
use crate::finding::{Finding, Input, View};
use crate::scanner::Scanner;
use crate::views::Chain;

use anchors::{Anchor, Anchors, Seen, Spot};
use around::Around;
pub(crate) use rules::KINDS;
use rules::{Kind, Rule};
use steps::inside_word;
pub use utf16::is_utf16;

/// What a place with an anchor costs of the budget.
const PLACE: usize = 200;

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
        told::RULES,
        turns::RULES,
        give::RULES,
        claims::RULES,
        void::RULES,
        pretexts::RULES,
        leaks::RULES,
        roles::RULES,
        poison::RULES,
        addressed::RULES,
        called::RULES,
        hush::RULES,
        languages::RULES,
        languages_more::RULES,
        languages_rules::RULES,
        languages_secrets::RULES,
        languages_told::RULES,
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
        for places in seen.exact.chunk_by(|a, b| a.start == b.start) {
            let anchors = places
                .iter()
                .filter_map(|place| Some((place, TABLE.anchors.get(place.anchor)?)))
                .filter(|(_, anchor)| anchor.text.is_ascii() == ascii);
            findings.extend(self.instruction(anchors, budget)?);
            if findings.len() >= MOST {
                return Ok(());
            }
        }
        Ok(())
    }

    /// The instruction that one of the anchors at a place belongs to. The first
    /// that fits counts.
    fn instruction<'a>(
        &self,
        anchors: impl Iterator<Item = (&'a Spot, &'a Anchor)>,
        budget: &mut Budget,
    ) -> Result<Option<Finding>, Exhausted> {
        let layer = self.chain.layer();
        let bytes = layer.bytes();
        let mut anchors = anchors.peekable();
        let Some((place, _)) = anchors.peek() else {
            return Ok(None);
        };
        let start = place.start;
        let Some(piece) = layer.piece_with(&(start..place.end)) else {
            return Ok(None);
        };
        if inside_word(bytes, start) || is_option(bytes, start) {
            return Ok(None);
        }
        budget.work(PLACE)?;
        let text = layer.text(piece);
        let at = start - piece.here.start;
        let fits = anchors.find_map(|(place, anchor)| {
            let here = at..place.end.checked_sub(piece.here.start)?;
            let rules = anchor.rules.iter().filter_map(|rule| {
                let known = |(kind, _): &&(&str, DetectorId)| *kind == rule.kind;
                let (_, id) = TABLE.ids.iter().find(known)?;
                let action = action(self.terms, id);
                (action != Action::Off).then_some((rule, id, action))
            });
            let mut rules = rules.peekable();
            if rules.peek().is_none() || here.end > text.len() {
                return None;
            }
            let around = Around::of(text, &here, anchor.text, anchor.reach);
            rules.find_map(|(rule, id, action)| {
                let end = around.origin(rule.fits(&around)?, &here);
                Some((rule.kind, id, action, end))
            })
        });
        let Some((kind, id, action, end)) = fits else {
            return Ok(None);
        };
        if mention::is_mentioned(text, &(at..end), kind) {
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
        // Where something stands that was read as it is shown may be an estimate.
        let is_vague = new.decoding.contains(&View::Folded);
        let again = |old: &Finding| {
            let overlaps = old.start < new.end && new.start < old.end;
            let is_same = is_vague && old.fingerprint == new.fingerprint;
            old.detector == new.detector && (overlaps || is_same)
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

/// Whether it is the name of an option: `--ignore-previous`.
fn is_option(text: &[u8], at: usize) -> bool {
    text.get(..at).is_some_and(|front| front.ends_with(b"--"))
        && !text.get(..at).is_some_and(|front| front.ends_with(b"<!--"))
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
    if let Some(c) = str::from_utf8(bytes).ok().and_then(|c| c.chars().next()) {
        blanks::lower(c).encode_utf8(bytes);
    }
}
