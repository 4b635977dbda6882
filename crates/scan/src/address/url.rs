//! Data in a path or a query: encoded text, and values that look random and are longer
//! than an id, a cursor or a signature is. Hosts are read in [`super::host`], what is
//! cut into short pieces in [`super::pieces`].

use std::borrow::Cow;
use std::ops::Range;

use data_encoding::HEXLOWER_PERMISSIVE;

use super::forms;
use super::names::{Kind, kind, signs};
use super::pieces::{Pieces, Random, Slices, may_be_cut};
use super::runs::LEAST;
use super::spelled::{Spelling, bytes};
use super::sums::Sums;

/// No address is longer.
const LONGEST: usize = 8192;
/// Text that is cut into pieces.
const CUT_TEXT: usize = 18;
/// Segments of one length in a row. Ids stand between words.
const SEGMENTS: usize = 4;
/// The same of values. Several trackers may each have an id.
const VALUES: usize = 6;
/// The same of values whose names are numbered.
const NUMBERED: usize = 3;

/// Where in a path and query data is smuggled, if anywhere.
pub(crate) fn in_url(target: &[u8]) -> Option<Range<usize>> {
    if target.len() > LONGEST {
        return Some(0..target.len());
    }
    let query_at = target.iter().position(|b| *b == b'?');
    let path = 0..query_at.unwrap_or(target.len());
    let query = query_at.map_or(path.end, |at| at + 1)..target.len();
    if is_overly_escaped(target) {
        return Some(0..target.len());
    }
    let mut sums = Sums::default();
    in_path(target.get(path.clone())?, &mut sums)
        .or_else(|| in_query(target, &query, &mut sums))
        .or_else(|| in_pieces(target, path, query))
}

/// Letters and digits that are escaped without need, as no client does.
fn is_overly_escaped(target: &[u8]) -> bool {
    const MANY: usize = 16;
    if !target.contains(&b'%') {
        return false;
    }
    let escaped = target.split(|b| *b == b'%').skip(1).filter(|rest| {
        let byte = rest
            .get(..2)
            .and_then(|digits| bytes(digits, Spelling::Hex));
        byte.is_some_and(|byte| byte.iter().all(u8::is_ascii_alphanumeric))
    });
    escaped.count() >= MANY
}

fn in_path(path: &[u8], sums: &mut Sums) -> Option<Range<usize>> {
    let mut is_one_known = false;
    for segment in parts(path, 0..path.len(), |b| b == b'/') {
        if segment.len() < LEAST || !sums.path(&unescaped(path.get(segment.clone())?)) {
            continue;
        }
        if is_one_known || !forms::is_known(path, &segment) {
            return Some(segment);
        }
        is_one_known = true;
    }
    None
}

fn in_query(target: &[u8], query: &Range<usize>, sums: &mut Sums) -> Option<Range<usize>> {
    let all = || fields(target, query.clone());
    // Hardly any address has a long value.
    if !all().any(|field| field.value.len() >= LEAST || field.name.len() >= LEAST) {
        return None;
    }
    let is_signed = all().any(|field| signs(target.get(field.name).unwrap_or_default()));
    for Field { name, value } in all() {
        let (said, text) = (target.get(name.clone())?, target.get(value.clone())?);
        if said.len() >= LEAST && sums.name(&unescaped(said)) {
            return Some(name);
        }
        if text.len() >= LEAST && sums.query(kind(said, is_signed), &unescaped(text)) {
            return Some(value);
        }
    }
    None
}

/// Data that is cut into pieces, in the path or in the query.
fn in_pieces(target: &[u8], path: Range<usize>, query: Range<usize>) -> Option<Range<usize>> {
    if !may_be_cut(target) {
        return None;
    }
    if is_path_cut(&unescaped(target.get(path.clone())?)) {
        return Some(path);
    }
    let is_signed = fields(target, query.clone())
        .any(|field| signs(target.get(field.name).unwrap_or_default()));
    let (mut values, mut names) = (Pieces::default(), Pieces::default());
    let mut whole = Pieces::with_signs();
    let (mut random, mut slices) = (Random::default(), Slices::default());
    let mut last: &[u8] = &[];
    for field in fields(target, query.clone()) {
        let name = target.get(field.name)?;
        let value = unescaped(target.get(field.value)?);
        names.add(&unescaped(name));
        let most = if are_numbered(last, name) {
            NUMBERED
        } else {
            VALUES
        };
        last = name;
        let is_plain = || matches!(kind(name, is_signed), Kind::Plain | Kind::Data);
        if value.len() >= LEAST && !is_plain() {
            if is_cut_state(&value) {
                return Some(query);
            }
            continue;
        }
        values.add(&value);
        whole.add(&value);
        let is_random = !is_list(&value) && random.add(&value);
        if is_random || slices.add(&value) >= most {
            return Some(query);
        }
    }
    let is_cut = values.are_characters(CUT_TEXT)
        || [values, names, whole]
            .iter()
            .any(|pieces| pieces.read_as_text(CUT_TEXT));
    is_cut.then_some(query)
}

fn is_path_cut(path: &[u8]) -> bool {
    let mut slices = Slices::default();
    let mut segments = path.split(|b| *b == b'/');
    if Random::default().add(path) || segments.any(|segment| slices.add(segment) >= SEGMENTS) {
        return true;
    }
    let (mut pieces, mut whole) = (Pieces::default(), Pieces::with_signs());
    pieces.add(path);
    if path.iter().any(|b| matches!(b, b'-' | b'_')) {
        whole.add(path);
    }
    pieces.are_characters(CUT_TEXT) || pieces.read_as_text(CUT_TEXT) || whole.read_as_text(CUT_TEXT)
}

/// Bytes with signs between them, under whatever name.
fn is_cut_state(value: &[u8]) -> bool {
    let mut pieces = Pieces::default();
    pieces.add(value);
    pieces.read_in(&[Spelling::Hex], CUT_TEXT) || pieces.are_characters(CUT_TEXT)
}

/// Whether names differ in their numbers only: `p0`, `p1`.
fn are_numbered(one: &[u8], other: &[u8]) -> bool {
    let stem = |name: &'_ [u8]| {
        let digits = name.iter().rev().take_while(|b| b.is_ascii_digit()).count();
        name.len() - digits
    };
    let (first, second) = (stem(one), stem(other));
    first < one.len() && second < other.len() && one.get(..first) == other.get(..second)
}

/// Ids that are asked for at once, as one asks for videos.
fn is_list(value: &[u8]) -> bool {
    const LONGEST: usize = 300;
    let id = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b',');
    value.len() <= LONGEST && value.contains(&b',') && value.iter().all(id)
}

/// A query's parameter. Without a sign between them all of it is the value.
struct Field {
    name: Range<usize>,
    value: Range<usize>,
}

fn fields(target: &[u8], query: Range<usize>) -> impl Iterator<Item = Field> {
    parts(target, query, |b| matches!(b, b'&' | b';')).map(|field| {
        let text = target.get(field.clone()).unwrap_or_default();
        match text.iter().position(|b| *b == b'=') {
            Some(len) => Field {
                name: field.start..field.start + len,
                value: field.start + len + 1..field.end,
            },
            None => Field {
                name: field.start..field.start,
                value: field,
            },
        }
    })
}

/// The bytes of `range` between separators.
fn parts(
    text: &[u8],
    range: Range<usize>,
    is_separator: impl Fn(u8) -> bool,
) -> impl Iterator<Item = Range<usize>> {
    let mut at = range.start;
    std::iter::from_fn(move || {
        let rest = text.get(at..range.end).filter(|_| at <= range.end)?;
        let len = rest
            .iter()
            .position(|b| is_separator(*b))
            .unwrap_or(rest.len());
        let piece = at..at + len;
        at += len + 1;
        Some(piece)
    })
}

/// With its percent escapes undone.
fn unescaped(text: &[u8]) -> Cow<'_, [u8]> {
    if !text.contains(&b'%') {
        return Cow::Borrowed(text);
    }
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((&first, tail)) = rest.split_first() {
        let byte = tail
            .get(..2)
            .filter(|_| first == b'%')
            .and_then(|digits| HEXLOWER_PERMISSIVE.decode(digits).ok())
            .and_then(|bytes| bytes.first().copied());
        out.push(byte.unwrap_or(first));
        rest = tail
            .get(if byte.is_some() { 2 } else { 0 }..)
            .unwrap_or_default();
    }
    Cow::Owned(out)
}
