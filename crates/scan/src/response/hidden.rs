//! Letters that hide a part of an anchor: those that read like one of its own, and
//! those that do not show.
//!
//! A part is of ASCII, so what reads like one is a run of characters that all read like
//! ASCII. In other scripts many letters do, but hardly any such run is long enough; one
//! that is, is read as the view of such letters would show it, and searched for parts.
//! What does not show between letters of other scripts is not for here: `shown` has it.

use std::ops::Range;

use memchr::memchr;

use super::anchors::Anchors;
use super::base64::{LEAST, word};
use super::grams::WORD;
use super::letters::is_in_text;
use super::parts::{PART, SHORTEST};
use crate::views::evasions::fold;
use crate::views::likeness::{self, Run, is_rare};
use crate::views::non_ascii::NonAscii;

/// So much is read at once.
const MOST: usize = 4096;

/// Adds the places of letters that hide a part, or some of what may be base64. Of
/// those that are nearer to the one before than `apart`, none.
pub(super) fn add(text: &[u8], anchors: &Anchors, apart: usize, places: &mut Vec<usize>) {
    let mut search = Search {
        text,
        anchors,
        reading: Reading::default(),
        found: Vec::new(),
    };
    likeness::runs(text, SHORTEST, |run, end| {
        if may_hold(text, run, end) {
            search.run(run, end);
        }
    });
    search.found.sort_unstable();
    let mut last = None;
    for at in search.found {
        if last.is_none_or(|last| at >= last + apart) && is_in_text(text, at) {
            places.push(at);
            last = Some(at);
        }
    }
}

/// Whether a part may stand in a run: one of the shortest, if it is too short for others.
fn may_hold(text: &[u8], run: &Run, end: usize) -> bool {
    let text = text.get(run.start..end).unwrap_or_default();
    run.len(end) >= PART || run.has_rare() || text.iter().copied().any(is_rare)
}

/// What is found in the runs of a text.
struct Search<'a> {
    text: &'a [u8],
    anchors: &'a Anchors,
    reading: Reading,
    /// Places of letters.
    found: Vec<usize>,
}

impl Search<'_> {
    /// Searches what stands around the letters of a run.
    fn run(&mut self, run: &Run, end: usize) {
        let here = run.start..end;
        self.reading(here.clone(), WORD);
        if self.reading.may_be_base64 && run.len(end) >= LEAST {
            self.reading(here, LEAST);
        }
        self.reading.may_be_base64 = false;
    }

    /// The same with so much of the run read to each side of a letter.
    fn reading(&mut self, run: Range<usize>, around: usize) {
        let text = self.text.get(..run.end).unwrap_or_default();
        let part = |range: Range<usize>| text.get(range).unwrap_or_default();
        let mut letters = NonAscii::of(part(run.clone())).map(|at| run.start + at);
        let mut next = letters.next();
        while let Some(first) = next {
            self.reading.clear();
            let mut done = run.start.max(first.saturating_sub(around));
            while let Some(at) = next.take_if(|at| *at <= done + 2 * around) {
                let Some(escape) = fold(part(at..run.end)) else {
                    return;
                };
                self.reading.plain(part(done..at));
                let reads = escape.bytes.get(..escape.len).unwrap_or_default();
                self.reading.letter(at, reads);
                done = at + escape.text;
                next = letters.next();
                if self.reading.bytes.len() > MOST {
                    self.reading.search(self.anchors, &mut self.found);
                    self.reading.keep_end(around);
                }
            }
            self.reading.plain(part(done..run.end.min(done + around)));
            self.reading.search(self.anchors, &mut self.found);
        }
    }
}

/// Text as it reads.
#[derive(Default)]
struct Reading {
    bytes: Vec<u8>,
    letters: Vec<Letter>,
    /// Whether a letter stands in what may be base64, if more is read.
    may_be_base64: bool,
}

/// A letter that reads like something else.
struct Letter {
    /// Where that stands, or would, in what is read.
    here: usize,
    /// Its place in the text.
    at: usize,
}

impl Reading {
    fn clear(&mut self) {
        self.bytes.clear();
        self.letters.clear();
    }

    /// Leaves what may show more with what follows.
    fn keep_end(&mut self, around: usize) {
        let done = self.bytes.len().saturating_sub(around);
        self.bytes.drain(..done);
        self.letters.retain_mut(|letter| {
            let here = letter.here.checked_sub(done);
            letter.here = here.unwrap_or_default();
            here.is_some()
        });
    }

    fn letter(&mut self, at: usize, reads: &[u8]) {
        let here = self.bytes.len();
        self.letters.push(Letter { here, at });
        self.bytes.extend_from_slice(reads);
    }

    /// Text without such letters. An escape of JSON for a blank is read as one, and of
    /// others the sign is left out: what they hide is looked for where they stand.
    fn plain(&mut self, mut text: &[u8]) {
        while let Some(at) = memchr(b'\\', text) {
            let (front, rest) = text.split_at(at);
            self.bytes.extend_from_slice(front);
            text = match rest {
                [_, b'n' | b'r' | b't', rest @ ..] => {
                    self.bytes.push(b' ');
                    rest
                }
                [_, rest @ ..] => rest,
                [] => rest,
            };
        }
        self.bytes.extend_from_slice(text);
    }

    fn search(&mut self, anchors: &Anchors, found: &mut Vec<usize>) {
        anchors.each_part(&self.bytes, |part| found.extend(self.hiding(part)));
        let mut from = 0;
        while let Some(run) = word(&self.bytes, from, WORD) {
            from = run.end;
            if let Some(at) = self.hiding(run.clone()) {
                self.may_be_base64 = true;
                found.extend((run.len() >= LEAST).then_some(at));
            }
        }
    }

    /// The first letter in a part of what is read, if there is one.
    fn hiding(&self, part: Range<usize>) -> Option<usize> {
        let letter = |letter: &Letter| letter.here < part.start;
        let letter = self.letters.get(self.letters.partition_point(letter))?;
        (letter.here < part.end).then_some(letter.at)
    }
}
