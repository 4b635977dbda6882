//! Instructions to the agent in what it fetches: text that was put where an
//! agent reads it, to make it forget its task, hide something from its person,
//! or give something away.
//!
//! A rule has an anchor, words that are rare in other text, and further words
//! that must stand near it, in an order that only such an instruction has. All
//! anchors are looked for in one pass; what surrounds one is read only then,
//! so that a text without any costs a look at each byte.

mod languages;
mod leaks;
mod mention;
mod overrides;
mod pretexts;
mod roles;
mod rules;
mod text;

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, Input as Span, MatchKind};
use bottle_policy::{Action, DetectorId, InspectTerms};

use crate::budget::{Budget, Exhausted};
use crate::finding::{Finding, Input};
use crate::scanner::Scanner;
use crate::views::Chain;

pub(crate) use rules::KINDS;
use rules::{Kind, Rule, Step};

/// The longest text that one instruction is looked for in, to each side.
pub(crate) const REACH: usize = 200;

/// Everything that is looked for, compiled once.
struct Anchors {
    /// Those in ASCII, and the others, which an ASCII text cannot hold.
    searches: [Search; 2],
    ids: Vec<(&'static str, DetectorId)>,
}

struct Search {
    texts: AhoCorasick,
    /// The same with their rules.
    anchors: Vec<(&'static str, &'static Rule)>,
}

static ANCHORS: LazyLock<Anchors> = LazyLock::new(|| {
    let id = |kind: &Kind| (kind.id, kind.id.parse().expect("a test walks the names"));
    Anchors {
        searches: [
            Search::new(str::is_ascii),
            Search::new(|text| !text.is_ascii()),
        ],
        ids: KINDS.iter().map(id).collect(),
    }
});

impl Search {
    fn new(takes: impl Fn(&str) -> bool) -> Self {
        let rules = [
            overrides::RULES,
            pretexts::RULES,
            leaks::RULES,
            roles::RULES,
            languages::RULES,
        ];
        let all = rules
            .into_iter()
            .flatten()
            .flat_map(|rule| rule.anchors.iter().map(move |text| (*text, rule)));
        let anchors: Vec<(&str, &Rule)> = all.filter(|(text, _)| takes(text)).collect();
        let texts = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostFirst)
            .ascii_case_insensitive(true)
            .kind(Some(AhoCorasickKind::DFA))
            .build(anchors.iter().map(|(text, _)| text))
            .expect("a test builds it");
        Self { texts, anchors }
    }

    /// Every anchor that stands at a place, with its rule.
    fn at<'t>(
        &'t self,
        text: &'t [u8],
        at: usize,
    ) -> impl Iterator<Item = (&'static Rule, Range<usize>)> + 't {
        self.anchors.iter().filter_map(move |(anchor, rule)| {
            let here = at..at + anchor.len();
            let stands = text
                .get(here.clone())?
                .eq_ignore_ascii_case(anchor.as_bytes());
            stands.then_some((*rule, here))
        })
    }
}

impl Scanner {
    /// Looks for instructions to the agent in what comes back.
    pub fn instructions(
        &self,
        input: Input<'_>,
        terms: &InspectTerms,
    ) -> Result<Vec<Finding>, Exhausted> {
        let wanted = |(_, id): &(&str, DetectorId)| action(terms, id) != Action::Off;
        if !ANCHORS.ids.iter().any(wanted) {
            return Ok(Vec::new());
        }
        let mut findings = Vec::new();
        let mut budget = Budget::for_input(input.bytes.len());
        text::walk(input.bytes, &mut budget, &mut |chain, budget| {
            self.instructions_in(chain, input, terms, budget, &mut findings)
        })?;
        Ok(told_once(findings))
    }

    fn instructions_in(
        &self,
        chain: &Chain<'_>,
        input: Input<'_>,
        terms: &InspectTerms,
        budget: &mut Budget,
        findings: &mut Vec<Finding>,
    ) -> Result<(), Exhausted> {
        let bytes = chain.layer().bytes();
        let [ascii, other] = &ANCHORS.searches;
        self.anchors(ascii, chain, input, terms, budget, findings)?;
        if bytes.is_ascii() {
            return Ok(());
        }
        self.anchors(other, chain, input, terms, budget, findings)
    }

    fn anchors(
        &self,
        search: &Search,
        chain: &Chain<'_>,
        input: Input<'_>,
        terms: &InspectTerms,
        budget: &mut Budget,
        findings: &mut Vec<Finding>,
    ) -> Result<(), Exhausted> {
        let layer = chain.layer();
        let bytes = layer.bytes();
        let mut from = 0;
        while let Some(found) = search.texts.find(Span::new(bytes).range(from..)) {
            // An anchor may lie inside another.
            from = found.start() + 1;
            let Some(piece) = layer.piece_with(&found.range()) else {
                continue;
            };
            if inside_word(bytes, found.start()) || is_option(bytes, found.start()) {
                continue;
            }
            budget.work(REACH)?;
            let text = layer.text(piece);
            let at = found.start() - piece.here.start;
            let seen = search.at(text, at).find_map(|(rule, anchor)| {
                let (_, id) = ANCHORS.ids.iter().find(|(kind, _)| *kind == rule.kind)?;
                let action = action(terms, id);
                let end = (action != Action::Off).then(|| rule.fits(text, &anchor))??;
                Some((rule.kind, id, action, end))
            });
            let Some((kind, id, action, end)) = seen else {
                continue;
            };
            if mention::is_mentioned(text, &(at..end)) {
                continue;
            }
            let here = found.start()..piece.here.start + end;
            let origin = chain.origin(&here);
            let kind = KINDS.iter().find(|known| known.id == kind);
            findings.push(Finding {
                detector: id.clone(),
                title: kind.map(|kind| kind.title).unwrap_or_default().to_owned(),
                place: input.place.clone(),
                start: origin.start,
                end: origin.end,
                decoding: chain.views(),
                action,
                fingerprint: self.fingerprint(bytes.get(here).unwrap_or_default()),
                known: None,
            });
            if findings.len() >= MOST {
                return Ok(());
            }
        }
        Ok(())
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
    if between.contains(ENDS) || between.contains("\n\n") {
        return None;
    }
    Some(end + found.0 + found.1)
}

/// What stands between sentences of prose or in code, and in no sentence.
const ENDS: [char; 6] = ['.', ';', '{', '}', '=', '。'];

/// Up to `gap` bytes from `at` on, in lower case. The lengths stay the same.
fn ahead(text: &[u8], at: usize, gap: usize) -> String {
    let end = text.len().min(at + gap);
    lower(text.get(at..end).unwrap_or_default())
}

fn before(text: &[u8], at: usize, gap: usize) -> String {
    lower(text.get(at.saturating_sub(gap)..at).unwrap_or_default())
}

/// In lower case and with every blank as one; what is no text is cut off.
fn lower(bytes: &[u8]) -> String {
    let skip = bytes.iter().take_while(|b| **b & 0xc0 == 0x80).count();
    let bytes = bytes.get(skip..).unwrap_or_default();
    let text = match str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => bytes
            .get(..error.valid_up_to())
            .and_then(|bytes| str::from_utf8(bytes).ok())
            .unwrap_or_default(),
    };
    let lower = |c: char| {
        let mut lower = c.to_lowercase();
        match (lower.next(), lower.next()) {
            (Some(one), None) if one.len_utf8() == c.len_utf8() => one,
            _ => c,
        }
    };
    // The bytes skipped at the start stand as blanks, so that places stay true.
    " ".repeat(skip) + &text.chars().map(lower).collect::<String>()
}

fn holds(window: &str, words: &[&str]) -> bool {
    words.iter().any(|word| find(window, word).is_some())
}

/// Where a word begins in a text. A blank in it may be any blank.
fn find(window: &str, word: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(at) = window.get(from..)?.find(word).map(|at| at + from) {
        if !inside_word(window.as_bytes(), at) {
            return Some(at);
        }
        from = at + word.len();
    }
    None
}
