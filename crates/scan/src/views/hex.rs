//! The view of everything that may be pairs of hex digits, at both alignments.

use std::borrow::Cow;
use std::ops::Range;

use crate::budget::{Budget, Exhausted};
use crate::finding::View;
use crate::free;
use crate::views::layer::{Layer, Scale};

/// The shortest run that is decoded.
const MIN_RUN: usize = 16;
/// The most blank bytes between two lines of one run.
const MAX_GAP: usize = 16;

pub(crate) fn decode(layer: &Layer<'_>, budget: &mut Budget) -> Result<Layer<'static>, Exhausted> {
    let mut out = Layer::of(View::Hex);
    for (piece, text) in layer.pieces() {
        let base = piece.here.start;
        groups(text, |lines| {
            let (Some(first), Some(last)) = (lines.first(), lines.last()) else {
                return Ok(());
            };
            let whole = base + first.start..base + last.end;
            if layer.is_fresh(piece, &whole) {
                push(&mut out, text, lines, &whole, budget)?;
            }
            Ok(())
        })?;
    }
    Ok(out)
}

fn push(
    out: &mut Layer<'static>,
    text: &[u8],
    lines: &[Range<usize>],
    whole: &Range<usize>,
    budget: &mut Budget,
) -> Result<(), Exhausted> {
    let digits: Cow<'_, [u8]> = match lines {
        [line] => Cow::Borrowed(text.get(line.clone()).unwrap_or_default()),
        lines => {
            let lines = lines.iter().filter_map(|line| text.get(line.clone()));
            Cow::Owned(lines.flatten().copied().collect())
        }
    };
    for shift in 0..2 {
        let digits = digits.get(shift..).unwrap_or_default();
        budget.work(digits.len())?;
        let (above, scale) = if lines.len() == 1 {
            let scale = Scale::Even { above: 2, here: 1 };
            (whole.start + shift..whole.end, scale)
        } else {
            (whole.clone(), Scale::Whole)
        };
        out.push(above, scale, |bytes| append(digits, bytes));
    }
    Ok(())
}

/// Calls `each` with every run, or the even lines of one that is wrapped or
/// spaced, as `xxd` and `od` print it.
fn groups<E>(text: &[u8], mut each: impl FnMut(&[Range<usize>]) -> Result<(), E>) -> Result<(), E> {
    let mut lines: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while let Some(run) = next_run(text, at) {
        at = run.end;
        if !goes_on(text, &lines, &run) {
            finish(&mut lines, &mut each)?;
        }
        lines.push(run);
    }
    finish(&mut lines, &mut each)
}

/// Whether `run` goes on where the lines end. The first may hold something
/// else before it, the last is the rest.
fn goes_on(text: &[u8], lines: &[Range<usize>], run: &Range<usize>) -> bool {
    let Some(last) = lines.last() else {
        return true;
    };
    let even = match lines {
        [_, second, ..] => last.len() == second.len(),
        _ => true,
    };
    let gap = text.get(last.end..run.start).unwrap_or_default();
    let blank = gap.len() <= MAX_GAP && gap.iter().all(u8::is_ascii_whitespace);
    even && blank && run.len() > 1 && run.len() <= last.len()
}

fn finish<E>(
    lines: &mut Vec<Range<usize>>,
    each: &mut impl FnMut(&[Range<usize>]) -> Result<(), E>,
) -> Result<(), E> {
    if lines.iter().map(ExactSizeIterator::len).sum::<usize>() >= MIN_RUN {
        each(lines)?;
    }
    lines.clear();
    Ok(())
}

/// Pairs with a sign between them: `67:68:70`, `67 68 70`, `0x67, 0x68`.
pub(crate) fn spaced(layer: &Layer<'_>, budget: &mut Budget) -> Result<Layer<'static>, Exhausted> {
    let mut out = Layer::of(View::Hex);
    let mut worked = Ok(());
    for (piece, text) in layer.pieces() {
        let base = piece.here.start;
        let is_in = |b: u8| b.is_ascii_hexdigit() || matches!(b, b' ' | b':' | b'-' | b',' | b'x');
        free::runs(text, is_in, MIN_SPACED, |run| {
            let whole = base + run.start..base + run.end;
            let bytes = text.get(run).unwrap_or_default();
            if bytes.iter().take(4).all(|b| *b == b' ') || !layer.is_fresh(piece, &whole) {
                return;
            }
            let pairs: Option<Vec<u8>> = bytes
                .split(|b| !b.is_ascii_hexdigit() && *b != b'x')
                .map(|part| part.strip_prefix(b"0x").unwrap_or(part))
                .filter(|part| !part.is_empty())
                .map(|part| match part {
                    [high, low] if *high != b'x' => Some(value(*high) << 4 | value(*low)),
                    _ => None,
                })
                .collect();
            if let Some(pairs) = pairs
                && worked.is_ok()
            {
                worked = budget.work(bytes.len());
                out.push(whole, Scale::Whole, |to| to.extend_from_slice(&pairs));
            }
        });
    }
    worked.map(|()| out)
}

/// The shortest run with signs that is decoded.
const MIN_SPACED: usize = 32;

fn append(digits: &[u8], bytes: &mut Vec<u8>) {
    let (pairs, _) = digits.as_chunks::<2>();
    bytes.extend(
        pairs
            .iter()
            .map(|[high, low]| value(*high) << 4 | value(*low)),
    );
}

fn value(digit: u8) -> u8 {
    match digit {
        b'0'..=b'9' => digit - b'0',
        b'a'..=b'f' => digit - b'a' + 10,
        b'A'..=b'F' => digit - b'A' + 10,
        _ => 0,
    }
}

fn next_run(text: &[u8], at: usize) -> Option<Range<usize>> {
    let start = at + text.get(at..)?.iter().position(u8::is_ascii_hexdigit)?;
    let rest = text.get(start..)?;
    let len = rest
        .iter()
        .position(|b| !b.is_ascii_hexdigit())
        .unwrap_or(rest.len());
    Some(start..start + len)
}
