//! Whether what is around an anchor makes it an instruction.

use std::ops::Range;

use memchr::{memchr, memmem};

use super::around::Around;
use super::rules::{Rule, Step};

/// Words that turn what follows into its opposite, and how near.
const NOT: &[&str] = &[
    "not ", "never", "don't", "n't ", "no ", "without", "cannot", "avoid",
];
const NOT_REACH: usize = 18;
/// Of a sentence, so much is read for who is told.
const CLAUSE: usize = 48;

/// Words that an order may follow.
const OPENERS: &[&str] = &[
    "please",
    "and",
    "then",
    "now",
    "also",
    "just",
    "simply",
    "always",
    "immediately",
    "first",
    "but",
    "so",
    "or",
    "kindly",
    "instead",
    "actually",
    "silently",
    "quietly",
    "completely",
    "fully",
    "entirely",
    "otherwise",
    "next",
    "again",
    "hereby",
    "to:",
    "urgent",
    "important",
    "agent",
    "agents",
    "assistant",
    "assistants",
    "ai",
    "claude",
    "copilot",
    "gpt",
    "chatgpt",
    "gemini",
    "llm",
    "llms",
    "bot",
];
/// Words of duty, behind those who are told.
const DUTIES: &[&str] = &[
    "must",
    "should",
    "shall",
    "will",
    "now",
    "immediately",
    "to",
];
/// Who is told.
const TOLD: &[&str] = &[
    "you",
    "your",
    "agent",
    "agents",
    "assistant",
    "assistants",
    "ai",
    "llm",
    "llms",
    "model",
    "models",
    "chatbot",
    "claude",
    "copilot",
    "gpt",
    "chatgpt",
    "gemini",
];

/// How far rules look from their anchor, in bytes of the text as it is read.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Reach {
    pub(super) before: usize,
    /// From the end of the anchor on.
    pub(super) behind: usize,
}

impl Reach {
    /// As far as either.
    pub(super) fn max(self, other: Self) -> Self {
        Self {
            before: self.before.max(other.before),
            behind: self.behind.max(other.behind),
        }
    }
}

impl Rule {
    pub(super) fn reach(&self) -> Reach {
        let mut reach = Reach::default();
        let mut end = 0;
        for step in self.steps {
            let (before, behind) = match step {
                Step::After(gap, words) => {
                    end += gap + longest(words);
                    (0, end)
                }
                Step::Then(gap, _) => (0, end + gap),
                Step::Near(gap, _) => (*gap, *gap),
                Step::Unless(gap, _) => (0, *gap),
                Step::Before(gap, _) | Step::UnlessBefore(gap, _) => (*gap, 0),
                Step::Told(gap, _) => (gap + CLAUSE, 0),
                Step::Ordered => (CLAUSE, 0),
                Step::Alone => (0, end + 1),
            };
            reach = reach.max(Reach { before, behind });
        }
        reach
    }

    /// The end of the instruction in this text, if there is one.
    pub(super) fn fits(&self, around: &Around) -> Option<usize> {
        let anchor = around.anchor();
        let mut end = anchor.end;
        for step in self.steps {
            end = step.fits(around, &anchor, end)?;
        }
        Some(end)
    }
}

impl Step {
    /// Where the instruction ends with this step, if that fits.
    fn fits(&self, around: &Around, anchor: &Range<usize>, end: usize) -> Option<usize> {
        let fits = match self {
            Self::After(gap, words) => return after(around, end, *gap, words),
            Self::Then(gap, words) => orders(around.ahead(end, *gap), around.likely(words)),
            Self::Near(gap, words) => {
                orders(around.ahead(anchor.start, *gap), around.likely(words))
                    || holds_any(around.before(anchor.start, *gap), around.likely(words))
            }
            Self::Before(gap, words) => {
                holds_any(around.before(anchor.start, *gap), around.likely(words))
            }
            Self::Told(gap, verbs) => is_told(around, anchor.start, *gap, verbs),
            Self::Unless(gap, words) => {
                !holds_any(around.ahead(anchor.start, *gap), around.likely(words))
            }
            Self::UnlessBefore(gap, words) => {
                !holds_any(around.before(anchor.start, *gap), around.likely(words))
            }
            Self::Ordered => around.begins_line || is_order(around.before(anchor.start, CLAUSE)),
            Self::Alone => !is_letter(around.ahead(end, 1)),
        };
        fits.then_some(end)
    }
}

/// Whether one of these words stands there, and is not denied.
fn orders<'w>(window: &[u8], mut words: impl Iterator<Item = &'w str>) -> bool {
    words.any(|word| {
        let mut from = 0;
        while let Some(at) = window.get(from..).and_then(|rest| find(rest, word)) {
            let front = window.get(..from + at).unwrap_or_default();
            let near = front.get(front.len().saturating_sub(NOT_REACH)..);
            if !holds(clause(near.unwrap_or_default()), NOT) {
                return true;
            }
            from += at + word.len();
        }
        false
    })
}

/// Whether one of these verbs is an order whose sentence reaches to `end`.
fn is_told(around: &Around, end: usize, gap: usize, verbs: &[&str]) -> bool {
    let window = around.before(end, gap + CLAUSE);
    let from = window.len().saturating_sub(gap);
    around.likely(verbs).any(|verb| {
        let rest = window.get(from..).unwrap_or_default();
        let Some(at) = find(rest, verb).map(|at| from + at) else {
            return false;
        };
        let (front, behind) = window.split_at_checked(at).unwrap_or_default();
        let parts = memmem::find(behind, b". ").or_else(|| memmem::find(behind, b"\n\n"));
        parts.is_none() && !inside_word(window, at) && is_order(front)
    })
}

/// What stands behind the last end of a sentence.
fn clause(text: &[u8]) -> &[u8] {
    let is_end = |b: &u8| matches!(b, b'.' | b';' | b'!' | b'?' | b':');
    let from = text.iter().rposition(is_end).map_or(0, |at| at + 1);
    text.get(from..).unwrap_or_default()
}

/// Whether what stands before a verb lets it be an order: the begin of a sentence
/// or of a clause, or who is told to, and not somebody who does it.
fn is_order(front: &[u8]) -> bool {
    let is_mark = |b: &u8| !b.is_ascii_alphanumeric() && *b != b' ';
    let Some(last) = front.iter().rposition(|b| *b != b' ') else {
        return true;
    };
    let front = front.get(..=last).unwrap_or_default();
    if front.last().is_some_and(is_mark) {
        return true;
    }
    let mut words = front.rsplit(|b| !b.is_ascii_alphanumeric() && *b != b'\'' && *b != b':');
    let mut next = || {
        words
            .next()
            .and_then(|word| str::from_utf8(word).ok())
            .unwrap_or("")
    };
    let last = next();
    if !DUTIES.contains(&last) {
        return OPENERS.contains(&last);
    }
    let told = [next(), next(), next(), next()];
    let near = if last == "to" { 4 } else { 1 };
    last == "now"
        || told
            .iter()
            .take(near)
            .any(|word| TOLD.contains(word) || word.is_empty())
}

fn longest(words: &[&str]) -> usize {
    words.iter().map(|word| word.len()).max().unwrap_or(0)
}

/// The end of the first of the words within `gap` bytes of `end`, if nothing
/// between them ends the sentence.
fn after(around: &Around, end: usize, gap: usize, words: &[&str]) -> Option<usize> {
    let window = around.ahead(end, gap + longest(words));
    let found = around
        .likely(words)
        .filter_map(|word| Some((find(window, word)?, word.len())))
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

fn is_letter(text: &[u8]) -> bool {
    text.first()
        .is_some_and(|b| b.is_ascii_alphanumeric() || !b.is_ascii())
}

pub(super) fn holds(window: &[u8], words: &[&str]) -> bool {
    holds_any(window, words.iter().copied())
}

fn holds_any<'w>(window: &[u8], mut words: impl Iterator<Item = &'w str>) -> bool {
    words.any(|word| find(window, word).is_some())
}

/// Whether a word goes on before `at`.
pub(super) fn inside_word(text: &[u8], at: usize) -> bool {
    let letter = |at: Option<usize>| {
        at.and_then(|at| text.get(at))
            .is_some_and(u8::is_ascii_alphanumeric)
    };
    letter(Some(at)) && letter(at.checked_sub(1))
}

/// Where a word begins in a text.
pub(super) fn find(text: &[u8], word: &str) -> Option<usize> {
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
