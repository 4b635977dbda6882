//! Views of what a page shows where its bytes hide the words: tags and empty
//! comments within them, characters that do not show among letters beyond ASCII,
//! letters whose marks stand apart, blanks of another kind, bytes as tags of
//! Unicode, and blanks as addresses have them.
//!
//! Not read: numbers, hex, other alphabets than base64, words in parts, and
//! letters with signs between them. An agent that reads these has been told to.

use std::ops::Range;

use memchr::{memchr, memchr_iter, memchr2_iter, memchr3_iter};
use unicode_normalization::{UnicodeNormalization as _, is_nfc};

use super::blanks::tag;
use crate::budget::{Budget, Exhausted};
use crate::finding::View;
use crate::sweep::Sweep;
use crate::views::{Begin, Layer, Scale, escapes, unseen};

/// So much is read to each side of what hides something.
const AROUND: usize = 256;
/// What tags of Unicode and most selectors begin with.
const TAGS: u8 = 0xf3;
/// Escapes are read if so many blanks of addresses stand near one another.
const BLANKS: usize = 2;
const NEAR: usize = 48;

/// What tags of Unicode and selectors stand for.
pub(super) fn tags(layer: &Layer<'_>, budget: &mut Budget) -> Result<Layer<'static>, Exhausted> {
    let bytes = layer.bytes();
    if layer.view() == Some(View::Folded) || memchr(TAGS, bytes).is_none() {
        return Ok(Layer::of(View::Folded));
    }
    unseen::tags(layer, &Sweep::default(), budget)
}

/// A text in which `%20` stands for the blanks.
pub(super) fn percent(layer: &Layer<'_>, budget: &mut Budget) -> Result<Layer<'static>, Exhausted> {
    let bytes = layer.bytes();
    if layer.view() == Some(View::Percent) || memchr(b'%', bytes).is_none() {
        return Ok(Layer::of(View::Percent));
    }
    let is_blank = |at: &usize| bytes.get(at + 1..at + 3) == Some(b"20");
    let blanks: Vec<usize> = memchr_iter(b'%', bytes).filter(is_blank).collect();
    let are_near = |blanks: &[usize]| match blanks {
        [first, .., last] => last - first <= BLANKS * NEAR,
        _ => false,
    };
    if !blanks.windows(BLANKS + 1).any(are_near) {
        return Ok(Layer::of(View::Percent));
    }
    let sweep = Sweep {
        percents: memchr_iter(b'%', layer.bytes()).collect(),
        ..Sweep::default()
    };
    escapes::percent(layer, &sweep, budget)
}

/// The text as it is shown.
pub(super) fn shown(layer: &Layer<'_>, budget: &mut Budget) -> Result<Layer<'static>, Exhausted> {
    let mut out = Layer::of(View::Folded);
    if layer.view() == Some(View::Folded) {
        return Ok(out);
    }
    for (piece, text) in layer.pieces() {
        for stretch in stretches(text) {
            let part = text.get(stretch.clone()).unwrap_or_default();
            // Noise shows nothing.
            let Ok(part) = str::from_utf8(part) else {
                continue;
            };
            budget.work(part.len())?;
            let above = piece.here.start + stretch.start..piece.here.start + stretch.end;
            push(part, above, &mut out);
        }
    }
    Ok(out)
}

/// Around what hides something: in order, and none touching another.
fn stretches(text: &[u8]) -> Vec<Range<usize>> {
    let mut places: Vec<usize> = memchr_iter(b'<', text)
        .filter(|at| parts_word(text, *at))
        .collect();
    if !text.is_ascii() {
        let marks = memchr3_iter(0xcc, 0xcd, 0xe2, text);
        let others = memchr3_iter(0xc2, 0xe1, 0xef, text).chain(memchr2_iter(0xd6, 0xe3, text));
        places.extend(marks.chain(others).filter(|at| hides(text, *at)));
        places.sort_unstable();
    }
    let mut all: Vec<Range<usize>> = Vec::new();
    for at in places {
        let end = boundary(text, text.len().min(at + AROUND));
        match all.last_mut() {
            Some(last) if last.end + AROUND >= at => last.end = end.max(last.end),
            _ => all.push(boundary(text, at.saturating_sub(AROUND))..end),
        }
    }
    all
}

/// A place at or before `at` where a character begins.
fn boundary(text: &[u8], at: usize) -> usize {
    let goes_on = |at: &usize| text.get(*at).is_some_and(|b| b & 0xc0 == 0x80);
    let back = (at.saturating_sub(3)..=at).rev().find(|at| !goes_on(at));
    back.unwrap_or(at)
}

/// Whether a tag stands there that parts a word.
fn parts_word(text: &[u8], at: usize) -> bool {
    let is_letter = |b: Option<&u8>| b.is_some_and(|b| b.is_ascii_alphabetic() || !b.is_ascii());
    let before = at.checked_sub(1).and_then(|at| text.get(at));
    if !is_letter(before) {
        return false;
    }
    let rest = text.get(at..).unwrap_or_default();
    tag(rest).is_some_and(|(len, is_break)| {
        let next = rest.get(len);
        !is_break && (is_letter(next) || next == Some(&b'<'))
    })
}

/// Whether a character stands there that is not shown, or not as it stands.
fn hides(text: &[u8], at: usize) -> bool {
    let rest = text.get(at..).unwrap_or_default();
    let before = at
        .checked_sub(1)
        .and_then(|at| text.get(at))
        .copied()
        .unwrap_or(b' ');
    let beside = |len: usize| !before.is_ascii() || rest.get(len).is_some_and(|b| !b.is_ascii());
    match *rest {
        [0xcc, ..] | [0xcd, 0x80..=0xaf, ..] => true,
        [0xe1, 0x84..=0x87, ..] | [0xe3, 0x82, 0x99 | 0x9a, ..] => true,
        [0xc2, 0xa0, next, ..] => before.is_ascii_alphabetic() && next.is_ascii_alphabetic(),
        [0xc2, 0xad, ..] => beside(2),
        [0xe2, 0x80, 0x8b..=0x8f, ..] | [0xe2, 0x81, 0xa0..=0xa4, ..] | [0xef, 0xbb, 0xbf, ..] => {
            beside(3)
        }
        _ => false,
    }
}

/// Adds what is to be read of a text. Where marks that stood apart join their letters,
/// places in it are an estimate.
fn push(text: &str, above: Range<usize>, out: &mut Layer<'static>) {
    let changes = changes(text);
    let read = read(text, &changes);
    if is_nfc(&read) {
        let begin = above.start;
        out.push_unescaped(above, Begin::OfText, |bytes, jumps| {
            let mut done = 0;
            for change in &changes {
                let end = change.here.end;
                let kept = text.get(done..change.here.start).unwrap_or_default();
                bytes.extend_from_slice(kept.as_bytes());
                let from = bytes.len();
                bytes.extend_from_slice(change.reads.as_bytes());
                let above = begin + change.here.start..begin + end;
                jumps.escape(from..bytes.len(), above);
                done = end;
            }
            bytes.extend_from_slice(text.get(done..).unwrap_or_default().as_bytes());
        });
        return;
    }
    let read: String = read.nfc().collect();
    let scale = Scale::Even {
        above: text.len(),
        here: read.len().max(1),
    };
    out.push(above, scale, |to| to.extend(read.into_bytes()));
}

/// A part of a text that is shown as something else, or not at all.
struct Change {
    here: Range<usize>,
    reads: &'static str,
}

fn changes(text: &str) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..)
        && let Some(c) = rest.chars().next()
    {
        let (len, reads) = match tag(rest.as_bytes()) {
            Some((len, false)) => (len, Some("")),
            _ if c == '\u{a0}' => (c.len_utf8(), Some(" ")),
            _ if is_invisible(c) => (c.len_utf8(), Some("")),
            _ => (c.len_utf8(), None),
        };
        let here = at..at + len;
        changes.extend(reads.map(|reads| Change { here, reads }));
        at += len;
    }
    changes
}

/// The text with its changes, before marks join their letters.
fn read(text: &str, changes: &[Change]) -> String {
    let mut read = String::with_capacity(text.len());
    let mut done = 0;
    for change in changes {
        read.push_str(text.get(done..change.here.start).unwrap_or_default());
        read.push_str(change.reads);
        done = change.here.end;
    }
    read.push_str(text.get(done..).unwrap_or_default());
    read
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}
