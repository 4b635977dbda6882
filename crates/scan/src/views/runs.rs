//! Where an encoding's characters stand in a text: runs of its alphabet,
//! joined where they are wrapped evenly.
//!
//! Taken from the long runs that the sweep saw, and from the stretches of
//! short ones. Whether a run decodes to anything is for the decoders to see.

use std::borrow::Cow;
use std::ops::Range;

use crate::budget::{Budget, Exhausted};
use crate::sweep::{Class, Run, Value, long_runs};
use crate::views::layer::{Layer, Piece, Scale};
use crate::views::{base32, base64, hex};

/// An alphabet, and the shortest run of it that is decoded.
pub(crate) struct Alphabet {
    pub(crate) class: Class,
    pub(crate) least: usize,
    /// The same letters in the other case: a line that goes on in them is a word.
    pub(crate) other: Option<Class>,
}

impl Alphabet {
    /// Whether there may be a run that is long enough: one of its bytes is at
    /// every so many, and half of it before that one or behind it.
    pub(crate) fn has_run(&self, bytes: &[u8]) -> bool {
        let has = |at: usize| bytes.get(at).is_some_and(|b| self.class.has(*b));
        let (half, quarter) = (self.least / 2, self.least / 4);
        let mut at = self.least - 1;
        while at < bytes.len() {
            let before = || has(at - quarter) && has(at - half);
            if has(at) && (before() || (has(at + quarter) && has(at + half))) {
                return true;
            }
            at += self.least;
        }
        false
    }
}

/// The long runs in which something encoded may stand, for each encoding.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Encoded {
    pub(crate) base64: Vec<Value>,
    pub(crate) hex: Vec<Value>,
    /// In capitals, and in small letters.
    pub(crate) base32: [Vec<Value>; 2],
}

impl Encoded {
    /// Gives each run a glance, unless it may be a line of a wrapped text.
    pub(crate) fn of(bytes: &[u8], values: &[Value]) -> Self {
        let mut encoded = Self::default();
        let mut is_line = false;
        for (index, run) in values.iter().enumerate() {
            let goes_on = values
                .get(index + 1)
                .is_some_and(|next| bytes.get(run.end..next.start).is_none_or(is_blank));
            let went_on = std::mem::replace(&mut is_line, goes_on);
            let line = goes_on || went_on;
            let text = bytes.get(run.range()).unwrap_or_default();
            // What is made up like a name, with hardly a digit and of one case
            // with signs in it, encodes nothing that is looked for; a short one
            // of both cases may, but hardly ever does.
            if !line && run.is_name && !may_go_on(bytes, run) {
                if text.len() < SHORT_NAME && base64::may_hold(text) {
                    encoded.base64.push(run.clone());
                }
                continue;
            }
            if line || base64::may_hold(text) {
                encoded.base64.push(run.clone());
            }
            if line || hex::ALPHABET.has_run(text) {
                encoded.hex.push(run.clone());
            }
            let [upper, lower] = &mut encoded.base32;
            for (list, alphabet) in [upper, lower].into_iter().zip(&base32::ALPHABETS) {
                if line || alphabet.has_run(text) {
                    list.push(run.clone());
                }
            }
        }
        encoded
    }
}

/// Any that is shorter is a name if it has hardly a digit, whatever its case.
const SHORT_NAME: usize = 20;

/// Whether a run that is made up like a name may be a line, and the next one be
/// too short to be told.
fn may_go_on(bytes: &[u8], run: &Value) -> bool {
    matches!(bytes.get(run.end), Some(b'\n' | b'\r'))
}

/// The even lines of a run in one piece of a layer. Ranges are in the text.
pub(crate) struct Lines<'a> {
    pub(crate) piece: &'a Piece,
    pub(crate) text: &'a [u8],
    pub(crate) ranges: &'a [Range<usize>],
}

impl<'a> Lines<'a> {
    /// The alphabet's characters alone.
    pub(crate) fn digits(&self) -> Cow<'a, [u8]> {
        let text = self.text;
        let line = |line: &Range<usize>| text.get(line.clone()).unwrap_or_default();
        match self.ranges {
            [one] => Cow::Borrowed(line(one)),
            lines => Cow::Owned(lines.iter().flat_map(line).copied().collect()),
        }
    }

    /// From the first line to the last, in the layer.
    pub(crate) fn whole(&self) -> Range<usize> {
        let base = self.piece.here.start;
        let start = self.ranges.first().map_or(0, |line| line.start);
        let end = self.ranges.last().map_or(0, |line| line.end);
        base + start..base + end
    }

    /// Adds what parts of the digits decode to, unless the layer above had them
    /// already. On one line each part keeps its place: `scale` tells how.
    pub(crate) fn push(
        &self,
        out: &mut Layer<'static>,
        layer: &Layer<'_>,
        parts: Vec<Range<usize>>,
        scale: &Scale,
        append: fn(&[u8], &mut Vec<u8>),
        budget: &mut Budget,
    ) -> Result<(), Exhausted> {
        let whole = self.whole();
        if parts.is_empty() || !layer.is_fresh(self.piece, &whole) {
            return Ok(());
        }
        let digits = self.digits();
        for part in parts {
            budget.work(part.len())?;
            let digits = digits.get(part.clone()).unwrap_or_default();
            let (above, scale) = match self.ranges {
                [_] => (
                    whole.start + part.start..whole.start + part.end,
                    scale.clone(),
                ),
                _ => (whole.clone(), Scale::Whole),
            };
            out.push(above, scale, |bytes| append(digits, bytes));
        }
        Ok(())
    }
}

/// The most blank bytes between two lines of one run.
const MAX_GAP: usize = 16;
/// Whether no more than that stands between two lines.
pub(crate) fn is_blank(gap: &[u8]) -> bool {
    gap.len() <= MAX_GAP && gap.iter().all(u8::is_ascii_whitespace)
}

/// A line of this length may be followed by a single shorter one.
const LONG_LINE: usize = 16;
/// Shorter lines than [`LONG_LINE`] count as wrapped from this number on.
const MANY_LINES: usize = 4;
const MIN_LINE: usize = 2;

/// Calls `each` with every run of the alphabet in the long runs of a layer.
pub(crate) fn long<'r, E>(
    layer: &Layer<'_>,
    candidates: impl IntoIterator<Item = &'r Value>,
    alphabet: &Alphabet,
    mut each: impl FnMut(&Lines<'_>) -> Result<(), E>,
) -> Result<(), E> {
    let mut group = Group::new(alphabet);
    let mut last: Option<(&Piece, &[u8])> = None;
    for run in candidates {
        let Some((piece, text, range)) = layer.in_piece(&run.range()) else {
            continue;
        };
        if let Some((before, text)) = last
            && !std::ptr::eq(before, piece)
        {
            group.finish(before, text, &mut each)?;
        }
        last = Some((piece, text));
        for line in long_runs(text, range.clone(), &alphabet.class, alphabet.least) {
            group.add(piece, text, line, &mut each)?;
        }
        // What is left may be the last line.
        if !group.lines.is_empty() {
            let run = text.get(range.clone()).unwrap_or_default();
            let rest = run.iter().rev().take_while(|b| alphabet.class.has(**b));
            let line = range.end - rest.count()..range.end;
            if (1..alphabet.least).contains(&line.len()) {
                group.add(piece, text, line, &mut each)?;
            }
        }
    }
    match last {
        Some((piece, text)) => group.finish(piece, text, &mut each),
        None => Ok(()),
    }
}

/// The same for the wrapped ones in stretches of short runs with blanks between.
pub(crate) fn short<E>(
    layer: &Layer<'_>,
    stretches: &[Run],
    alphabet: &Alphabet,
    mut each: impl FnMut(&Lines<'_>) -> Result<(), E>,
) -> Result<(), E> {
    let mut wrapped = |lines: &Lines<'_>| match lines.ranges {
        [_] => Ok(()),
        _ => each(lines),
    };
    for stretch in stretches {
        let Some((piece, text, range)) = layer.in_piece(&stretch.range()) else {
            continue;
        };
        let mut group = Group::new(alphabet);
        let mut at = range.start;
        while let Some(line) = next_run(text, at..range.end, alphabet) {
            at = line.end;
            group.add(piece, text, line, &mut wrapped)?;
        }
        group.finish(piece, text, &mut wrapped)?;
    }
    Ok(())
}

struct Group<'a> {
    alphabet: &'a Alphabet,
    lines: Vec<Range<usize>>,
}

impl<'a> Group<'a> {
    fn new(alphabet: &'a Alphabet) -> Self {
        Self {
            alphabet,
            lines: Vec::new(),
        }
    }

    fn add<E>(
        &mut self,
        piece: &Piece,
        text: &[u8],
        line: Range<usize>,
        each: &mut impl FnMut(&Lines<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        if !self.takes(text, &line) {
            self.finish(piece, text, each)?;
        }
        self.lines.push(line);
        Ok(())
    }

    /// Whether `line` goes on where the group ends.
    fn takes(&self, text: &[u8], line: &Range<usize>) -> bool {
        let Some(last) = self.lines.last() else {
            return true;
        };
        let gap = text.get(last.end..line.start).unwrap_or_default();
        let next = text.get(line.end).copied().unwrap_or_default();
        let is_word = self.alphabet.other.is_some_and(|other| other.has(next));
        if gap.is_empty() || !is_blank(gap) || line.len() < MIN_LINE || is_word {
            return false;
        }
        // The first line may hold something else before it, the last is the rest.
        match self.lines.as_slice() {
            [first] => line.len() <= first.len(),
            [_, second, ..] => last.len() == second.len() && line.len() <= last.len(),
            [] => true,
        }
    }

    fn is_wrapped(&self) -> bool {
        let long = self
            .lines
            .first()
            .is_some_and(|first| first.len() >= LONG_LINE);
        self.lines.len() > 1 && (long || self.lines.len() >= MANY_LINES)
    }

    fn finish<E>(
        &mut self,
        piece: &Piece,
        text: &[u8],
        each: &mut impl FnMut(&Lines<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        self.take_rest(text);
        let mut tell = |lines: &[Range<usize>]| {
            let all: usize = lines.iter().map(ExactSizeIterator::len).sum();
            if all < self.alphabet.least {
                return Ok(());
            }
            each(&Lines {
                piece,
                text,
                ranges: lines,
            })
        };
        if self.is_wrapped() {
            tell(&self.lines)?;
        }
        // Lines of one length may be a list of encoded texts.
        for line in &self.lines {
            tell(std::slice::from_ref(line))?;
        }
        self.lines.clear();
        Ok(())
    }

    /// The last line, which may be too short to be told by itself.
    fn take_rest(&mut self, text: &[u8]) {
        let Some(last) = self.lines.last() else {
            return;
        };
        let window = last.end..text.len().min(last.end + MAX_GAP + last.len() + 1);
        if !text.get(last.end).is_some_and(u8::is_ascii_whitespace) {
            return;
        }
        if let Some(line) = next_run(text, window, self.alphabet)
            && self.lines.first().is_some_and(|f| f.len() >= LONG_LINE)
            && line.len() < last.len()
            && self.takes(text, &line)
        {
            self.lines.push(line);
        }
    }
}

fn next_run(text: &[u8], within: Range<usize>, alphabet: &Alphabet) -> Option<Range<usize>> {
    let has = |byte: &u8| alphabet.class.has(*byte);
    let rest = text.get(within.clone())?;
    let skipped = rest.iter().position(has)?;
    let rest = rest.get(skipped..)?;
    let len = rest.iter().position(|b| !has(b)).unwrap_or(rest.len());
    let start = within.start + skipped;
    Some(start..start + len)
}
