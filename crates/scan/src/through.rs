//! Where a known value goes on behind an escape that stands alone in it.
//!
//! A view in which escapes are undone shows no more than what is near one. Of a
//! long value on many lines that is a part, and the rest stands beyond. So a
//! part that ends at an escape is read on from there, as far as it is the value.

use std::ops::Range;

use crate::budget::{Budget, Exhausted};
use crate::respelled::fold;
use crate::views::escapes::{Escape, escaping, json_escape, percent_escape};
use crate::views::evasions;

/// The most characters of a value before an escape that are read backwards:
/// more of them are a part of their own.
const BEFORE: usize = 512;
/// Bytes that may stand for one of them.
const SPELLED: usize = 16;
/// How far from a part an escape may be.
const NEAR: usize = 64;

/// Where all of the folded value stands, if `part` of it stands `here` and the
/// rest around it behind escapes.
pub(crate) fn around(
    value: &[u8],
    part: &Range<usize>,
    text: &[u8],
    here: &Range<usize>,
    budget: &mut Budget,
) -> Result<Option<Range<usize>>, Exhausted> {
    if part.start > BEFORE || !is_near(text, here) {
        return Ok(None);
    }
    let tail = value.get(part.end..).unwrap_or_default();
    let mut end = behind(tail, text, here.end, budget)?;
    if end.is_none() {
        // A letter like the one that is evaded may have been taken for it.
        let (from, taken) = evaded(text, here);
        let tail = part.end.checked_sub(taken).and_then(|at| value.get(at..));
        end = behind(tail.unwrap_or_default(), text, from, budget)?;
    }
    let Some(end) = end else {
        return Ok(None);
    };
    let head = value.get(..part.start).unwrap_or_default();
    let start = before(head, text, here.start, budget)?;
    Ok(start.map(|start| start..end))
}

/// Whether an escape may begin close before a part or behind it.
fn is_near(text: &[u8], here: &Range<usize>) -> bool {
    let may_begin = |b: &u8| matches!(b, b'%' | b'&' | b'=' | b'\\') || !b.is_ascii();
    let before = here.start.saturating_sub(NEAR)..here.start;
    // A letter behind it may have been taken for the one that is escaped.
    let last = here.start.max(here.end.saturating_sub(NEAR));
    let behind = last..text.len().min(here.end + NEAR);
    [before, behind]
        .into_iter()
        .any(|near| text.get(near).unwrap_or_default().iter().any(may_begin))
}

/// Where close before the end of a part letters are evaded, and how many of the
/// part's are behind that.
fn evaded(text: &[u8], here: &Range<usize>) -> (usize, usize) {
    let near = here.start.max(here.end.saturating_sub(NEAR))..here.end;
    let letters = text.get(near.clone()).unwrap_or_default();
    let first = letters.iter().position(|b| !b.is_ascii());
    let first = first.unwrap_or(letters.len());
    let behind = letters.get(first..).unwrap_or_default().iter();
    (
        near.start + first,
        behind.filter(|b| fold(**b) != 0).count(),
    )
}

/// Where the end of some text is the beginning of the value.
fn before(
    head: &[u8],
    text: &[u8],
    end: usize,
    budget: &mut Budget,
) -> Result<Option<usize>, Exhausted> {
    if head.is_empty() {
        return Ok(Some(end));
    }
    let mut at = end.saturating_sub(head.len() * SPELLED + NEAR);
    budget.work(end - at)?;
    let mut read: Vec<(u8, usize)> = Vec::new();
    while at < end {
        let rest = text.get(at..end).unwrap_or_default();
        let first = rest.first().copied().unwrap_or_default();
        let len = if let Some(escape) = undone(rest, None) {
            let bytes = escape.bytes.get(..escape.len).unwrap_or_default();
            read.extend(bytes.iter().map(|byte| (fold(*byte), at)));
            escape.text
        } else {
            read.push((fold(first), at));
            1
        };
        at += len.max(1);
    }
    read.retain(|(byte, _)| *byte != 0);
    let Some(from) = read.len().checked_sub(head.len()) else {
        return Ok(None);
    };
    let read = read.get(from..).unwrap_or_default();
    let is_head = read.iter().map(|(byte, _)| byte).eq(head);
    Ok(read.first().filter(|_| is_head).map(|(_, at)| *at))
}

/// Where the rest of the value ends that begins at a place of the text.
fn behind(
    tail: &[u8],
    text: &[u8],
    start: usize,
    budget: &mut Budget,
) -> Result<Option<usize>, Exhausted> {
    let (mut at, mut tail) = (start, tail);
    while let Some((next, rest)) = tail.split_first() {
        budget.work(1)?;
        let text = text.get(at..).unwrap_or_default();
        let Some(first) = text.first() else {
            return Ok(None);
        };
        let escaped = undone(text, Some(*next)).filter(|escape| {
            let bytes = escape.bytes.get(..escape.len).unwrap_or_default();
            bytes
                .iter()
                .all(|byte| matches!(fold(*byte), 0) || fold(*byte) == *next)
        });
        // What stands for nothing of the value may as well be a sign.
        let (byte, len) = match escaped {
            Some(Escape {
                bytes: [byte, ..],
                len: 1,
                text,
            }) => (fold(byte), text),
            Some(escape) => (0, escape.text),
            None => (fold(*first), 1),
        };
        if byte == *next {
            tail = rest;
        } else if byte != 0 {
            return Ok(None);
        }
        at += len.max(1);
    }
    Ok(Some(at))
}

/// The escape that a text begins with, where this is the value's next character.
fn undone(text: &[u8], next: Option<u8>) -> Option<Escape> {
    match text.first()? {
        b'%' => percent_escape(text),
        b'&' => evasions::reference(text),
        b'=' => evasions::quoted(text),
        b'\\' => escape(text, next),
        0x80.. => evasions::fold(text),
        _ => None,
    }
}

/// The escape of JSON that a text begins with. One with digits may be escaped
/// itself, and one of a blank, if its letter is not the value's.
fn escape(text: &[u8], next: Option<u8>) -> Option<Escape> {
    let more = escaping(text);
    let last = text.get(more..)?;
    let may_be = match last.get(1)? {
        b'u' | b'x' | b'0'..=b'3' => true,
        letter @ (b'b' | b'f' | b'n' | b'r' | b't') => next.is_some_and(|b| b != *letter),
        _ => false,
    };
    match json_escape(last).filter(|_| may_be) {
        Some(escape) => Some(Escape {
            text: more + escape.text,
            ..escape
        }),
        None => json_escape(text),
    }
}
