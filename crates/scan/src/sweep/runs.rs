//! A second look at the bytes around a place that the masks named.

use std::ops::Range;

use super::class::{ALNUM, BLANK, Class, DIGIT, EVEN, NUMBER, PHRASE, SPACED, SPACED_OR_ESCAPED};
use super::{MIN_EVEN, MIN_NUMBER, MIN_SPACED};
use crate::free::words::may_begin_words;

/// A run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) start: usize,
    pub(crate) end: usize,
}

impl Run {
    /// A single byte.
    pub(super) fn one(at: usize) -> Self {
        Self {
            start: at,
            end: at + 1,
        }
    }

    pub(crate) fn range(&self) -> Range<usize> {
        self.start..self.end
    }
}

/// Follows runs of a least length across blocks.
#[derive(Debug, Default)]
pub(super) struct Open {
    /// Where the one began that has not ended.
    start: Option<usize>,
}

impl Open {
    /// At `at` a run has become as long as the shortest, or one has ended: that
    /// one.
    #[inline]
    pub(super) fn change(&mut self, at: usize, least: usize) -> Option<Range<usize>> {
        let ended = self.start.take().map(|start| start..at);
        if ended.is_none() {
            self.start = Some(at + 1 - least);
        }
        ended
    }

    /// The one that goes on to the end.
    pub(super) fn end(&mut self, end: usize) -> Option<Range<usize>> {
        self.start.take().map(|start| start..end)
    }
}

/// The least digits in a run of digits: those of a social security number.
pub(super) const MIN_DIGITS: u32 = 9;
/// Turns in a stretch of base64 with blanks in it.
const MIN_TURNS: usize = 4;
const MIN_BLANKS: usize = 3;
/// Twelve Chinese characters.
const MIN_SCRIPT: usize = 36;
/// A run of them has so many of its bytes in one block.
pub(super) const IN_BLOCK: u32 = 18;
/// The shortest stretch of single characters that is told.
const MIN_APART: usize = 16;

/// The runs of one kind that were told, and how far the text was read for them.
#[derive(Debug, Default)]
pub(super) struct Grown {
    done: usize,
    pub(super) runs: Vec<Run>,
}

impl Grown {
    /// Reads the run around `at`, unless it was read, and tells of it if it
    /// passes. `is_in` says of a place whether it belongs to such a run.
    fn grow(
        &mut self,
        text: &[u8],
        at: usize,
        is_in: impl Fn(usize) -> bool,
        passes: impl Fn(&[u8]) -> bool,
    ) {
        if at < self.done {
            return;
        }
        let mut start = at;
        while start > self.done && is_in(start - 1) {
            start -= 1;
        }
        let mut end = at;
        while end < text.len() && is_in(end) {
            end += 1;
        }
        self.read(text, Run { start, end }, passes);
    }

    /// The same where a byte alone says whether it belongs.
    fn grow_bytes(
        &mut self,
        text: &[u8],
        at: usize,
        is_in: impl Fn(u8) -> bool,
        passes: impl Fn(&[u8]) -> bool,
    ) {
        if at < self.done {
            return;
        }
        let before = text.get(self.done..at).unwrap_or_default();
        let behind = text.get(at..).unwrap_or_default();
        let start = before.iter().rposition(|b| !is_in(*b));
        let start = self.done + start.map_or(0, |last| last + 1);
        let len = behind.iter().position(|b| !is_in(*b));
        let end = at + len.unwrap_or(behind.len());
        self.read(text, Run { start, end }, passes);
    }

    /// Tells of a run if it passes; it is not read again.
    fn read(&mut self, text: &[u8], run: Run, passes: impl Fn(&[u8]) -> bool) {
        self.done = run.end;
        if text.get(run.range()).is_some_and(passes) {
            self.runs.push(run);
        }
    }

    /// A run of a class.
    fn grow_class(&mut self, text: &[u8], at: usize, class: &Class, passes: fn(&[u8]) -> bool) {
        self.grow_bytes(text, at, |b| class.has(b), passes);
    }

    /// Digits, blanks and dashes.
    pub(super) fn number(&mut self, text: &[u8], at: usize) {
        self.grow_class(text, at, &NUMBER, |run| {
            let digits = digits(run);
            digits == MIN_DIGITS || (digits > MIN_DIGITS && run.len() >= MIN_NUMBER)
        });
    }

    /// Hex digits with signs, blanks or their escapes between them.
    pub(super) fn spaced(&mut self, text: &[u8], at: usize) {
        self.grow_class(text, at, &SPACED_OR_ESCAPED, |run| {
            run.len() >= MIN_SPACED && has_digits(run)
        });
    }

    /// Base64 with blanks between its lines.
    pub(super) fn even(&mut self, text: &[u8], at: usize) {
        self.grow_class(text, at, &EVEN, |run| {
            run.len() >= MIN_EVEN && is_uneven(run)
        });
    }

    /// Letters of another script, and what may stand between words.
    pub(super) fn script(&mut self, text: &[u8], at: usize) {
        self.grow_bytes(text, at, is_of_script, |run| {
            run.iter().filter(|b| !b.is_ascii()).count() >= MIN_SCRIPT && may_begin_words(run)
        });
    }

    /// Letters or digits that change with other bytes, seen one byte late.
    pub(super) fn apart(&mut self, text: &[u8], at: usize) {
        let is_alnum = |at: usize| text.get(at).is_some_and(|b| ALNUM.has(*b));
        let changes = |at: usize| is_alnum(at) != at.checked_sub(1).is_some_and(is_alnum);
        self.grow(text, at, changes, |run| run.len() >= MIN_APART);
    }
}

/// Letters of another script, and what may stand between words. Letters and blanks take
/// turns as nobody can guess: one look for all of it.
#[expect(
    clippy::cast_possible_truncation,
    clippy::indexing_slicing,
    reason = "evaluated by the compiler; a byte indexes 256 entries"
)]
fn is_of_script(byte: u8) -> bool {
    const OF_SCRIPT: [bool; 256] = {
        let mut all = [false; 256];
        let mut byte = 0;
        while byte < 256 {
            all[byte] = byte >= 0x80 || byte == b'\\' as usize || PHRASE.has(byte as u8);
            byte += 1;
        }
        all
    };
    OF_SCRIPT[usize::from(byte)]
}

/// The parts of a run that have no escapes, if they are long enough alone.
pub(super) fn spaced_in<'a>(text: &'a [u8], run: &Run) -> impl Iterator<Item = Run> + use<'a> {
    let passes = |run: &Range<usize>| {
        let bytes = text.get(run.clone()).unwrap_or_default();
        has_digits(bytes) && bytes.iter().any(|b| !b.is_ascii_hexdigit())
    };
    long_runs(text, run.range(), &SPACED, MIN_SPACED)
        .filter(passes)
        .map(|Range { start, end }| Run { start, end })
}

fn has_digits(run: &[u8]) -> bool {
    digits(run) >= MIN_DIGITS
}

fn digits(run: &[u8]) -> u32 {
    let digits = run.iter().filter(|b| DIGIT.has(**b)).count();
    u32::try_from(digits).unwrap_or(u32::MAX)
}

/// Whether a run may pass that is all in one block: of its bytes, where letters
/// turn to digits or capitals, and the blanks.
pub(super) fn may_be_even(run: u64, turns: u64, blanks: u64) -> bool {
    let count = |mask: u64| mask.count_ones() as usize;
    count(run) >= MIN_EVEN && count(blanks) >= MIN_BLANKS && count(run & turns) >= MIN_TURNS
}

/// Whether letters turn to capitals or digits inside of words: prose has few
/// such, and what prose has is not between blanks alone.
fn is_uneven(run: &[u8]) -> bool {
    let blanks = run
        .iter()
        .filter(|b| BLANK.has(**b) || **b == b'\\')
        .count();
    let turns = run.array_windows().filter(|[a, b]| {
        (a.is_ascii_lowercase() && b.is_ascii_uppercase())
            || (a.is_ascii_alphabetic() && b.is_ascii_digit())
    });
    blanks >= MIN_BLANKS && turns.count() >= MIN_TURNS
}

/// The runs of a class in some range, of a least length: where no member stands
/// at every so many bytes there is none, so most bytes are not looked at.
pub(crate) fn long_runs<'a>(
    text: &'a [u8],
    within: Range<usize>,
    class: &'a Class,
    least: usize,
) -> LongRuns<'a> {
    LongRuns {
        text,
        at: within.start,
        end: within.end,
        class,
        least,
    }
}

/// See [`long_runs`].
pub(crate) struct LongRuns<'a> {
    text: &'a [u8],
    at: usize,
    end: usize,
    class: &'a Class,
    least: usize,
}

impl Iterator for LongRuns<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        let has = |at: usize| self.text.get(at).is_some_and(|b| self.class.has(*b));
        loop {
            let probe = self.at + self.least - 1;
            if probe >= self.end {
                return None;
            }
            if !has(probe) {
                self.at = probe + 1;
                continue;
            }
            let mut start = probe;
            while start > self.at && has(start - 1) {
                start -= 1;
            }
            let mut end = probe + 1;
            while end < self.end && has(end) {
                end += 1;
            }
            self.at = end;
            if end - start >= self.least {
                return Some(start..end);
            }
        }
    }
}
