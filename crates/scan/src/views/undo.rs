//! Where a layer's JSON escapes must be undone, and where not.
//!
//! Escapes are everywhere in code that is sent, and what they part is read
//! without undoing them: the pass takes the letter behind a backslash for what
//! it may stand for. So a view without escapes is needed only around what that
//! reading names: candidates with an escape near, and escapes that stand for
//! any other character. Everything else of the text is the same in both.
//! Whoever looks at a layer adds the places; judges nothing.

use std::borrow::Cow;
use std::ops::Range;

use memchr::memchr;

use crate::pieces;
use crate::sweep::{BASE64, BLOCK, Sweep, VALUE, Value};
use crate::views::DEPTH;
use crate::views::escapes::{self, Escape, json_escape, may_sign};
use crate::views::evasions;
use crate::views::layer::Layer;

/// How far around an escape everything is undone.
const AROUND: usize = 400;
/// What may stand beside what was decoded and decide about it.
const CONTEXT: usize = 200;
/// The characters before a value that decide about it,
const NAMING: usize = 104;
/// and the most bytes of one that is escaped three times over.
const ESCAPED: usize = 8;
/// What stands behind a value and decides about it.
const BESIDE: usize = 16;
/// How far a stretch is widened so that it cuts no run, if no escape stands in
/// the run itself.
pub(super) const WIDER: usize = 2048;
/// The call that a literal stands in, with its escapes.
const CALL: usize = 64;
/// The most blanks and escapes between two lines of one encoded text: sixteen
/// line breaks that are escaped three times over.
const MAX_GAP: usize = 80;
/// The shortest line of those that the pass tells of.
const LINE: usize = 16;

/// The places of one layer.
#[derive(Debug)]
pub(crate) struct Undo<'a> {
    text: &'a [u8],
    /// Where the layer has no backslash there is nothing to undo, nor where
    /// nothing is decoded any more.
    has_slash: bool,
    places: Vec<Range<usize>>,
}

impl<'a> Undo<'a> {
    pub(crate) fn new(text: &'a [u8], has_slash: bool) -> Self {
        Self {
            text,
            has_slash,
            places: Vec::new(),
        }
    }

    /// Undoes `place`, so far before and behind it, if there is an escape.
    pub(crate) fn around(&mut self, place: &Range<usize>, before: usize, behind: usize) {
        if self.has_slash {
            let range = place.start.saturating_sub(before)..place.end.saturating_add(behind);
            self.add_if(range.clone(), range);
        }
    }

    /// The same, but only if `is_there` says so of that text without its escapes,
    /// however often they are escaped. How many bytes that was asked of.
    pub(crate) fn tried(
        &mut self,
        place: &Range<usize>,
        before: usize,
        behind: usize,
        is_there: impl Fn(&[u8]) -> bool,
    ) -> usize {
        let end = place.end.saturating_add(behind).min(self.text.len());
        let text = self.text.get(place.start.saturating_sub(before)..end);
        let Some(text) = text.filter(|_| self.has_slash) else {
            return 0;
        };
        let mut asked = 0;
        // An escape of another kind is not cut off.
        let range = place.start.saturating_sub(before.max(BESIDE))..end;
        // What no escape is in may still begin behind one.
        if self.begins_behind_escape(place.start) {
            asked += text.len();
            if is_there(text) {
                self.places.push(range);
                return asked;
            }
        }
        let mut text = Cow::Borrowed(text);
        for _ in 0..DEPTH {
            if memchr(b'\\', &text).is_none() {
                break;
            }
            asked += text.len();
            let undone = unescaped(&text);
            // The backslashes that are left are none of escapes.
            if undone.len() == text.len() {
                break;
            }
            text = Cow::Owned(undone);
            if is_there(&text) {
                self.places.push(range);
                break;
            }
        }
        asked
    }

    /// Undoes what may be a value, if an escape stands before it or in it.
    pub(crate) fn value(&mut self, value: &Range<usize>) {
        if self.has_slash {
            let before = self.text.get(..value.start).unwrap_or_default();
            self.around(value, naming(before), BESIDE);
        }
    }

    /// Undoes `place` and so much behind it, if it may begin behind an escape.
    pub(crate) fn beginning(&mut self, place: &Range<usize>, lead: usize, behind: usize) {
        if self.has_slash {
            let from = place.start.saturating_sub(lead + 2);
            let from = from.min(self.escape_before(place.start));
            self.add_if(from..place.start, from..place.end.saturating_add(behind));
        }
    }

    /// Undoes `place` and so much behind it, if the literal it stands in goes on
    /// in another one behind escapes.
    pub(crate) fn literal(&mut self, place: &Range<usize>, most: usize, behind: usize) {
        if self.has_slash && pieces::may_go_on(self.text, place.end, most) {
            let end = place.end.saturating_add(behind).min(self.text.len());
            // What puts its literals together stands before the first one.
            self.places.push(place.start.saturating_sub(CALL)..end);
        }
    }

    /// Whether an escape may end right before `at`.
    fn begins_behind_escape(&self, at: usize) -> bool {
        let short = at.checked_sub(2).and_then(|before| self.text.get(before));
        short == Some(&b'\\') || self.escape_before(at) < at
    }

    /// Where an escape with digits begins that ends at `at`, or `at`.
    fn escape_before(&self, at: usize) -> usize {
        let begins = |from: &usize| {
            let rest = self
                .text
                .get(*from..)
                .filter(|rest| rest.starts_with(b"\\"));
            let escape = rest.and_then(json_escape);
            escape.is_some_and(|escape| from + escape.text == at)
        };
        let lens = [4, 6].into_iter();
        let mut places = lens.filter_map(|len| at.checked_sub(len));
        places.find(begins).unwrap_or(at)
    }

    fn add_if(&mut self, shows: Range<usize>, range: Range<usize>) {
        let end = self.text.len();
        let shown = self.text.get(shows.start..shows.end.min(end));
        if shown.is_some_and(|text| memchr(b'\\', text).is_some()) {
            self.places.push(range.start..range.end.min(end));
        }
    }

    /// All that the pass named and that has no keyword.
    pub(crate) fn swept(&mut self, sweep: &Sweep) {
        if !self.has_slash {
            return;
        }
        let mut done = 0;
        for run in &sweep.slashes {
            self.around(&run.range(), AROUND, AROUND);
            if run.start >= done && self.is_inside(run.start) {
                let run = wider(self.text, &run.range(), usize::MAX);
                done = run.end;
                self.places.push(run);
            }
            if done < self.text.len() && may_sign(self.text, run.start) {
                // Packed data is nothing without its beginning either.
                done = self.text.len();
                self.places.push(run.start..done);
            }
        }
        for run in sweep.numbers.iter().chain(&sweep.phrases) {
            self.value(&run.range());
        }
        for run in &sweep.even {
            self.around(&run.range(), BESIDE, BESIDE);
        }
        for place in &sweep.signs {
            self.around(&(*place..place + BLOCK), 2 * BLOCK, BLOCK);
        }
        for pair in sweep.values.array_windows() {
            self.lines(pair);
        }
        self.hidden_slashes(&sweep.percents, escapes::percent_escape);
        self.hidden_slashes(&sweep.references, evasions::reference);
    }

    /// What another escape than JSON's has a backslash for was no backslash where JSON
    /// was written: undone first, it would take the letter behind it along.
    fn hidden_slashes(&mut self, marks: &[usize], escape: fn(&[u8]) -> Option<Escape>) {
        for &mark in marks {
            let text = self.text.get(mark..).unwrap_or_default();
            if escape(text).is_some_and(|escape| escape.bytes.starts_with(b"\\")) {
                self.around(&(mark..mark + 1), AROUND, AROUND);
            }
        }
    }

    /// Whether an escape stands inside of a run, for a letter of it. What is
    /// encoded there is nothing without its beginning, however long it is.
    fn is_inside(&self, slash: usize) -> bool {
        let byte = |at: usize| self.text.get(at).copied().unwrap_or_default();
        let before = slash.checked_sub(1).map_or(0, byte);
        BASE64.has(before) && matches!(byte(slash + 1), b'u' | b'x' | b'/' | b'0'..=b'3')
    }

    /// Two lines of what may be one encoded text, with an escaped break between.
    fn lines(&mut self, [first, second]: &[Value; 2]) {
        let gap = first.end..second.start;
        if gap.len() > MAX_GAP || first.range().len() < LINE {
            return;
        }
        let Some(gap) = self.text.get(gap) else {
            return;
        };
        let in_base64 = |at: usize| self.text.get(at).is_some_and(|b| BASE64.has(*b));
        let blank = |b: &u8| {
            matches!(
                b,
                b' ' | b'\t' | b'\n' | b'\r' | b'\\' | b'n' | b'r' | b't' | b'f'
            )
        };
        // The letter of an escape counts as the second line's first.
        let even = second.range().len() <= first.range().len() + 1;
        if even && in_base64(first.end - 1) && in_base64(second.start) && gap.iter().all(blank) {
            self.around(&(first.start..second.end), BESIDE, LINE + BESIDE);
        }
    }

    /// What another decoding of the layer came from.
    pub(crate) fn decoded(&mut self, layer: &Layer<'_>) {
        // Where escapes were undone one by one, that view is undone in turn.
        if self.has_slash && !layer.is_unescaped() {
            let mut last = 0..0;
            for above in layer.sources() {
                // The parts of one encoded text name all of it, each of them.
                if above.start < last.start || above.end > last.end {
                    self.around(above, CONTEXT, CONTEXT);
                    last = above.clone();
                }
            }
        }
    }

    /// What has to be undone, in order and apart, with no run cut off.
    pub(crate) fn stretches(mut self) -> Vec<Range<usize>> {
        self.places.sort_unstable_by_key(|place| place.start);
        let stretches = merged(self.places);
        let wide = |stretch| wider(self.text, stretch, WIDER);
        merged(stretches.iter().map(wide))
    }
}

/// Ranges in the order of their beginnings, those that meet as one.
fn merged(ranges: impl IntoIterator<Item = Range<usize>>) -> Vec<Range<usize>> {
    let mut merged: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match merged.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    merged
}

/// How many of the last bytes of `before` stand for as many characters as may
/// name a value, however often these are escaped.
fn naming(before: &[u8]) -> usize {
    let mut reach = NAMING;
    loop {
        let near = before.get(before.len().saturating_sub(reach)..);
        let wanted = (NAMING + slashes(near.unwrap_or_default())).min(NAMING * ESCAPED);
        if wanted <= reach {
            return reach;
        }
        reach = wanted;
    }
}

/// How many backslashes a text has, many counted at once.
fn slashes(text: &[u8]) -> usize {
    let count = |chunk: &[u8]| chunk.iter().map(|b| u8::from(*b == b'\\')).sum::<u8>();
    text.chunks(128)
        .map(|chunk| usize::from(count(chunk)))
        .sum()
}

/// The stretch with the runs that its ends would cut, and of each so much.
pub(super) fn wider(text: &[u8], stretch: &Range<usize>, most: usize) -> Range<usize> {
    let of_run = |b: &&u8| VALUE.has(**b) || **b == b'\\' || !b.is_ascii();
    let before = text.get(..stretch.start).unwrap_or_default().iter().rev();
    let behind = text.get(stretch.end..).unwrap_or_default().iter();
    let start = stretch.start - before.take(most).take_while(of_run).count();
    start..stretch.end + behind.take(most).take_while(of_run).count()
}

/// A short text without its JSON escapes.
pub(crate) fn unescaped(text: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(next) = memchr(b'\\', rest) {
        let (before, from) = rest.split_at(next);
        bytes.extend_from_slice(before);
        let len = if let Some(escape) = json_escape(from) {
            bytes.extend_from_slice(escape.bytes.get(..escape.len).unwrap_or_default());
            escape.text
        } else {
            bytes.push(b'\\');
            1
        };
        rest = from.get(len..).unwrap_or_default();
    }
    bytes.extend_from_slice(rest);
    bytes
}
