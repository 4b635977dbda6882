//! Where a view may show an anchor that the text itself does not.
//!
//! What an escape stands for matters where a part of an anchor is near, or
//! where the escape may hide one: then a view is made of what surrounds it,
//! and of the rest not. Base64 is decoded under escapes that part it.

use std::ops::Range;

use memchr::{memchr, memchr_iter};

use super::anchors::{Anchors, Seen};
use super::base64::{LEAST, is_base64};
use super::{hidden, letters};
use crate::finding::View;
use crate::views::{escapes, evasions};

/// How far a rule may look from its anchor, where every byte is an escape, and
/// how far apart escapes are named: what lies between is near to one.
const AROUND: usize = 1024 + APART;
const APART: usize = 256;
/// A reference with a name, and what stands behind it and decides.
const REFERENCE: usize = 16;
/// A stretch begins behind a word, if one is no longer than this.
const WORD: usize = 64;

/// The places in one text.
pub(super) struct Near<'a> {
    text: &'a [u8],
    /// Around parts of anchors, and around escapes and letters that may hide one.
    around: Vec<Range<usize>>,
    /// The same without the escapes, where there are such letters: what reads like an
    /// escape there is none.
    lettered: Vec<Range<usize>>,
    /// Base64 with escapes in it: of JSON, and of HTML.
    runs: [Vec<Range<usize>>; 2],
}

impl<'a> Near<'a> {
    pub(super) fn of(text: &'a [u8], seen: &Seen, anchors: &Anchors) -> Self {
        let mut places: Vec<usize> = seen.exact.iter().map(|place| place.start).collect();
        places.extend(&seen.broken);
        let mut lettered = Vec::new();
        if letters::are_hidden(text) {
            hidden::add(text, anchors, APART, &mut places);
            places.sort_unstable();
            lettered = around(text, &places);
        }
        let mut runs = [Vec::new(), Vec::new()];
        let [json, html] = &mut runs;
        for at in memchr_iter(b'\\', text) {
            let rest = text.get(at..).unwrap_or_default();
            if tells_json(rest, anchors) {
                places.push(at);
            }
            // Others stand between lines, or between texts.
            if matches!(rest.get(1), Some(b'/' | b'u' | b'x' | b'\\')) {
                base64_run(text, at, |b| b == b'\\', json);
            }
        }
        for at in memchr_iter(b'&', text) {
            let rest = text.get(at..).unwrap_or_default();
            if tells_html(rest, anchors) {
                places.push(at);
            }
            base64_run(text, at, |b| matches!(b, b'&' | b'#' | b';'), html);
        }
        places.sort_unstable();
        Self {
            text,
            around: around(text, &places),
            lettered,
            runs,
        }
    }

    /// Where this view repays: in order, and none touching another.
    pub(super) fn stretches(&self, view: View) -> Vec<Range<usize>> {
        let [json, html] = &self.runs;
        let none = Vec::new();
        let (sign, around, runs) = if view == View::Json {
            (Some(b'\\'), &self.around, json)
        } else if view == View::Html {
            (Some(b'&'), &self.around, html)
        } else if view == View::Folded {
            (None, &self.lettered, &none)
        } else {
            return Vec::new();
        };
        let has_sign = |stretch: &&Range<usize>| {
            let text = self.text.get((*stretch).clone()).unwrap_or_default();
            sign.map_or_else(|| !text.is_ascii(), |sign| memchr(sign, text).is_some())
        };
        let mut all: Vec<Range<usize>> = around.iter().filter(has_sign).cloned().collect();
        if !runs.is_empty() {
            all.extend_from_slice(runs);
            all.sort_unstable_by_key(|stretch| stretch.start);
            all = merged(all);
        }
        all
    }
}

fn around(text: &[u8], places: &[usize]) -> Vec<Range<usize>> {
    let mut all: Vec<Range<usize>> = Vec::new();
    for &at in places {
        let end = whole(text, at + AROUND);
        match all.last_mut() {
            Some(last) if last.end + WORD >= at.saturating_sub(AROUND) => {
                last.end = end.max(last.end);
            }
            _ => all.push(begin(text, at.saturating_sub(AROUND))..end),
        }
    }
    all
}

fn merged(stretches: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let mut all: Vec<Range<usize>> = Vec::new();
    for stretch in stretches {
        match all.last_mut() {
            Some(last) if last.end >= stretch.start => last.end = last.end.max(stretch.end),
            _ => all.push(stretch),
        }
    }
    all
}

/// The place, or the end of the character that goes on there: with half of one, bytes
/// that are decoded are taken for no text.
fn whole(text: &[u8], at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    let more = rest.iter().take_while(|b| **b & 0xc0 == 0x80).count();
    text.len().min(at + more)
}

/// A place at or before `at` where no word and no escape goes on, and no character.
fn begin(text: &[u8], at: usize) -> usize {
    let before = text.get(at.saturating_sub(WORD)..at).unwrap_or_default();
    let goes_on =
        |b: &&u8| b.is_ascii_alphanumeric() || matches!(b, b'\\' | b'&' | b'#') || !b.is_ascii();
    let start = at - before.iter().rev().take_while(goes_on).count();
    let rest = text.get(start..).unwrap_or_default();
    start + rest.iter().take_while(|b| **b & 0xc0 == 0x80).count()
}

/// Whether the escape stands for something that an anchor may hold. Whether
/// its backslash is one that was escaped does not matter: it may be undone twice.
fn tells_json(rest: &[u8], anchors: &Anchors) -> bool {
    match rest {
        [_, b'u' | b'x', ..] => escapes::json_escape(rest)
            .and_then(|escape| tells(&escape, rest, anchors))
            .unwrap_or(false),
        [_, b'n', behind @ ..] => anchors.tells_often(b'\n', behind),
        [_, b'/', behind @ ..] => anchors.tells_often(b'/', behind),
        _ => false,
    }
}

fn tells_html(rest: &[u8], anchors: &Anchors) -> bool {
    match rest {
        [_, b'#' | b'a'..=b'z' | b'U', ..] => {}
        _ => return false,
    }
    evasions::reference(rest)
        .and_then(|escape| tells(&escape, rest, anchors))
        .unwrap_or(false)
}

fn tells(escape: &escapes::Escape, rest: &[u8], anchors: &Anchors) -> Option<bool> {
    let bytes = escape.bytes.get(..escape.len)?;
    let behind = rest.get(escape.text..).unwrap_or_default();
    match str::from_utf8(bytes)
        .ok()
        .and_then(|text| text.chars().next())
    {
        Some('&') => Some(anchors.tells('&', behind) || names(behind, anchors)),
        Some(c) => Some(anchors.tells(c, behind)),
        // Nothing, or half a character.
        None => Some(true),
    }
}

/// Whether these bytes make a reference to something that an anchor may hold, if
/// an escape before them stands for its first character.
fn names(behind: &[u8], anchors: &Anchors) -> bool {
    let near = behind.get(..REFERENCE).unwrap_or(behind);
    let text = [b"&", near].concat();
    let rest = |escape: &escapes::Escape| text.get(escape.text..).unwrap_or_default();
    evasions::reference(&text).is_some_and(|escape| match escape.bytes {
        [byte, 0, 0, 0] => anchors.tells(char::from(byte), rest(&escape)),
        _ => true,
    })
}

/// Adds the run of base64 that the escape at `at` is in, if it is long enough.
fn base64_run(text: &[u8], at: usize, sign: fn(u8) -> bool, runs: &mut Vec<Range<usize>>) {
    if runs.last().is_some_and(|last| at < last.end) {
        return;
    }
    let is_in = |b: &&u8| is_base64(**b) || sign(**b);
    let (before, behind) = text.split_at(at);
    let len = behind.iter().take_while(is_in).count();
    let back = before.iter().rev().take_while(is_in).count();
    if len + back >= LEAST {
        runs.push(at - back..at + len);
    }
}
