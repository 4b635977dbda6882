//! The view of characters that code makes from their numbers, each by a call of
//! its own: `chr(103)+chr(104)`, `[char]103+[char]104`, and of numbers in octal
//! and in binary digits.
//!
//! Only where the same stands between all of them, but for blanks. Decimal
//! numbers and hex with nothing but signs between them are read by
//! [`super::numbers`] and [`super::hex`].

use std::ops::Range;

use crate::budget::{Budget, Exhausted};
use crate::finding::View;
use crate::sweep::Sweep;
use crate::views::alphabets::is_text;
use crate::views::layer::{Layer, Scale};

/// The most bytes between two numbers.
const BETWEEN: usize = 40;
/// The least numbers that are read.
const LEAST: usize = 8;
/// How far around what the pass named a row may begin and end.
const AROUND: usize = 128;

/// The numbers that are looked at where the pass named something: a row has as
/// many in each block.
const GLANCE: usize = 5;
const NEAR: usize = 64;

/// How a number may be written.
#[derive(Clone, Copy, PartialEq)]
enum Base {
    Two,
    Eight,
    Ten,
    Sixteen,
}

const BASES: [Base; 4] = [Base::Two, Base::Eight, Base::Ten, Base::Sixteen];

pub(crate) fn decode(
    layer: &Layer<'_>,
    sweep: &Sweep,
    budget: &mut Budget,
) -> Result<Layer<'static>, Exhausted> {
    let bytes = layer.bytes();
    let named = sweep.digits.iter().copied();
    let places: Vec<usize> = named.filter(|at| may_begin(bytes, *at)).collect();
    let mut out = Layer::of(View::Numbers);
    around(layer, &places, &mut out, |text| {
        budget.work(2 * text.len())?;
        Ok(rows(text))
    })?;
    Ok(out)
}

/// What stands for other bytes in a text, and these.
pub(super) type Rows = Vec<(Range<usize>, Vec<u8>)>;

/// Adds the rows that are read in the parts of a layer around some places.
pub(super) fn around(
    layer: &Layer<'_>,
    places: &[usize],
    out: &mut Layer<'static>,
    mut read: impl FnMut(&[u8]) -> Result<Rows, Exhausted>,
) -> Result<(), Exhausted> {
    for region in regions(layer, places) {
        let Some((_, text, inside)) = layer.in_piece(&region) else {
            continue;
        };
        for (row, bytes) in read(text.get(inside).unwrap_or_default())? {
            let above = region.start + row.start..region.start + row.end;
            out.push(above, Scale::Whole, |to| to.extend_from_slice(&bytes));
        }
    }
    Ok(())
}

/// The parts of a layer around some places, apart, each in one piece.
fn regions(layer: &Layer<'_>, places: &[usize]) -> Vec<Range<usize>> {
    let mut regions: Vec<Range<usize>> = Vec::new();
    for place in places {
        let (from, to) = (place.saturating_sub(AROUND), place + 2 * AROUND);
        match regions.last_mut() {
            Some(last) if from <= last.end => last.end = to,
            _ => regions.push(from..to),
        }
    }
    let mut inside = Vec::new();
    let mut pieces = layer.pieces().map(|(piece, _)| &piece.here).peekable();
    for region in regions {
        while pieces.next_if(|piece| piece.end <= region.start).is_some() {}
        while let Some(piece) = pieces.peek().filter(|piece| piece.start < region.end) {
            inside.push(region.start.max(piece.start)..region.end.min(piece.end));
            if piece.end > region.end {
                break;
            }
            pieces.next();
        }
    }
    inside
}

/// Whether two texts are the same but for blanks.
pub(super) fn is_like(a: &[u8], b: &[u8]) -> bool {
    let shows = |b: &&u8| !b.is_ascii_whitespace();
    a == b || a.iter().filter(shows).eq(b.iter().filter(shows))
}

/// Whether three numbers behind a place may be characters, and the same stands
/// between them.
fn may_begin(text: &[u8], from: usize) -> bool {
    let text = text.get(from..).unwrap_or_default();
    let text = text.get(..NEAR).unwrap_or(text);
    let mut before = [0..0, 0..0];
    for number in numbers(text).take(GLANCE) {
        let [first, second] = before;
        let between = text.get(first.end..second.start).unwrap_or_default();
        let next = text.get(second.end..number.start).unwrap_or_default();
        if !first.is_empty() && !between.is_empty() && is_like(between, next) {
            let kind = Kind::of(between);
            let shows = |base| {
                let numbers = [&first, &second, &number];
                numbers
                    .into_iter()
                    .all(|n| kind.byte(text, n, base).is_some())
            };
            if BASES.into_iter().any(shows) {
                return true;
            }
        }
        before = [second, number];
    }
    false
}

/// What stands between two numbers says how they may be written.
#[derive(Clone, Copy)]
struct Kind {
    /// Nothing but signs: other views read what is decimal.
    is_plain: bool,
    /// The sign of a code point.
    is_point: bool,
}

impl Kind {
    fn of(between: &[u8]) -> Self {
        Self {
            is_plain: between.iter().all(|b| b" \t\r\n,:-x".contains(b)),
            is_point: between.ends_with(b"U+") || between.ends_with(b"u+"),
        }
    }

    /// The character that a number stands for.
    fn byte(self, text: &[u8], number: &Range<usize>, base: Base) -> Option<u8> {
        if self.is_plain && base == Base::Ten {
            return None;
        }
        let digits = text.get(number.clone())?;
        value(digits, base, self.is_point).filter(|b| is_text(*b))
    }
}

/// What numbers in a row stand for, and where.
fn rows(text: &[u8]) -> Rows {
    let mut told = Vec::new();
    let mut row: Vec<Range<usize>> = Vec::new();
    let part = |range: Range<usize>| text.get(range).unwrap_or_default();
    for number in numbers(text) {
        let goes_on = match row.as_slice() {
            [] => true,
            [.., last] if number.start - last.end > BETWEEN => false,
            [first, second, ..] => {
                let between = part(first.end..second.start);
                let last = row.last().map_or(0, |last| last.end);
                is_like(between, part(last..number.start))
            }
            [_] => true,
        };
        if !goes_on {
            tell(text, &row, &mut told);
            // The last number may be the first of others.
            let last = row.pop();
            row.clear();
            row.extend(last.filter(|last| number.start - last.end <= BETWEEN));
        }
        row.push(number);
    }
    tell(text, &row, &mut told);
    told
}

/// Where numbers stand: a digit, and the letters and digits behind it.
fn numbers(text: &[u8]) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let rest = text.get(at..)?;
            let start = at + rest.iter().position(u8::is_ascii_alphanumeric)?;
            let word = text.get(start..)?;
            let len = word
                .iter()
                .take_while(|b| b.is_ascii_alphanumeric())
                .count();
            at = start + len;
            // What a type is named by may stand right before it.
            let digit = word.iter().take(len).position(u8::is_ascii_digit);
            if digit == Some(0) {
                return Some(start..at);
            }
        }
    })
}

/// Reads a row of numbers in each base that it may be written in.
fn tell(text: &[u8], row: &[Range<usize>], told: &mut Rows) {
    let [first, second, ..] = row else { return };
    if row.len() < LEAST {
        return;
    }
    let between = text.get(first.end..second.start).unwrap_or_default();
    let kind = Kind::of(between);
    for base in BASES {
        let byte = |number: &Range<usize>| kind.byte(text, number, base);
        for part in row.chunk_by(|a, b| byte(a).is_some() == byte(b).is_some()) {
            let bytes: Vec<u8> = part.iter().filter_map(byte).collect();
            if let ([first, .., last], LEAST..) = (part, bytes.len()) {
                told.push((first.start..last.end, bytes));
            }
        }
    }
}

/// The byte that a number stands for.
fn value(number: &[u8], base: Base, is_point: bool) -> Option<u8> {
    let digits = |digits: &[u8], radix| {
        let text = str::from_utf8(digits)
            .ok()
            .filter(|text| text.len() <= 10)?;
        u8::try_from(u64::from_str_radix(text, radix).ok()?).ok()
    };
    match (number, base) {
        ([b'0', b'x' | b'X', rest @ ..] | [rest @ .., b'h' | b'H'], Base::Sixteen) => {
            digits(rest, 16)
        }
        ([b'0', b'o' | b'O', rest @ ..], Base::Eight) => digits(rest, 8),
        ([b'0', b'b' | b'B', rest @ ..], Base::Two) => digits(rest, 2),
        (all, Base::Sixteen) if is_point => digits(all, 16),
        (all, Base::Ten) if !is_point => digits(all, 10),
        ([_, _, _] | [b'0', _, _, _], Base::Eight) => digits(number, 8),
        (all, Base::Two) if matches!(all.len(), 7 | 8) => digits(all, 2),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_while_the_same_stands_between_them() {
        let all = |text: &str| {
            let rows = rows(text.as_bytes()).into_iter();
            let told = rows.map(|(_, row)| String::from_utf8(row).unwrap());
            told.collect::<Vec<_>>()
        };
        let calls = |call: &dyn Fn(u8) -> String, between: &str| {
            let calls: Vec<String> = b"abcdefgh".iter().map(|b| call(*b)).collect();
            calls.join(between)
        };
        assert_eq!(all(&calls(&|b| format!("chr({b})"), " + ")), ["abcdefgh"]);
        assert_eq!(all(&calls(&|b| format!("0o{b:o}"), ", ")), ["abcdefgh"]);
        assert_eq!(all(&calls(&|b| format!("{b:08b}"), " ")), ["abcdefgh"]);
        assert_eq!(all(&calls(&|b| format!("U+{b:04x}"), " ")), ["abcdefgh"]);
        assert_eq!(all(&calls(&|b| format!("x{b} = {b}"), "; ")), [""; 0]);
        assert_eq!(all(&calls(&|b| b.to_string(), ", ")), [""; 0]);
    }
}
