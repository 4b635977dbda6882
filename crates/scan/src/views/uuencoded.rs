//! The view of uuencoded text: lines of which the first character says how many
//! bytes they have.
//!
//! Only where the pass named letters, digits and signs without a blank, and the
//! lines around that are as long as they say.

use std::ops::Range;

use crate::budget::{Budget, Exhausted};
use crate::finding::View;
use crate::sweep::{BLOCK, Sweep};
use crate::views::alphabets::may_hold;
use crate::views::base85::block_at;
use crate::views::layer::{Layer, Scale};

/// The most bytes of one line, and the characters that they are.
const MOST: usize = 45;
const LINE: usize = 1 + MOST / 3 * 4;

pub(crate) fn decode(
    layer: &Layer<'_>,
    sweep: &Sweep,
    budget: &mut Budget,
) -> Result<Layer<'static>, Exhausted> {
    let mut out = Layer::of(View::Uuencoded);
    let mut done = 0;
    for place in &sweep.signs {
        let bytes = layer.bytes();
        for at in block_at(bytes, *place).step_by(BLOCK / 2) {
            let seed = line_at(bytes, at);
            if at < done || line(bytes, &seed).is_none() {
                continue;
            }
            let Some((piece, text, inside)) = layer.in_piece(&seed) else {
                continue;
            };
            let base = piece.here.start;
            let (range, bytes) = around(text, inside, done.saturating_sub(base));
            let above = base + range.start..base + range.end;
            done = above.end;
            budget.work(2 * above.len())?;
            if may_hold(&bytes) && layer.is_fresh(piece, &above) {
                out.push(above, Scale::Whole, |to| to.extend_from_slice(&bytes));
            }
        }
    }
    Ok(out)
}

/// The line around a place, as far as one may be long.
fn line_at(text: &[u8], at: usize) -> Range<usize> {
    let in_line = |b: &&u8| matches!(b, b' '..=b'`');
    let before = text.get(..at).unwrap_or_default().iter().rev();
    let behind = text.get(at..).unwrap_or_default().iter();
    let start = at - before.take(LINE + 1).take_while(in_line).count();
    start..at + behind.take(LINE + 1).take_while(in_line).count()
}

/// What the lines around a line stand for, and where they are.
fn around(text: &[u8], seed: Range<usize>, from: usize) -> (Range<usize>, Vec<u8>) {
    let mut whole = seed;
    while let Some(end) = whole.start.checked_sub(1)
        && text.get(end) == Some(&b'\n')
    {
        let end = end - usize::from(text.get(..end).is_some_and(|t| t.ends_with(b"\r")));
        let before = line_at(text, end);
        if before.start < from || line(text, &before).is_none() {
            break;
        }
        whole.start = before.start;
    }
    let (mut at, mut bytes) = (whole.start, Vec::new());
    loop {
        let next = line_at(text, at);
        let Some(decoded) = line(text, &next) else {
            break;
        };
        bytes.extend(decoded);
        whole.end = next.end;
        at = match text.get(next.end..) {
            Some([b'\n', ..]) => next.end + 1,
            Some([b'\r', b'\n', ..]) => next.end + 2,
            _ => break,
        };
    }
    (whole, bytes)
}

/// What a line stands for, if it is as long as it says. Blanks at its end may
/// have been lost.
fn line(text: &[u8], line: &Range<usize>) -> Option<Vec<u8>> {
    let line = text.get(line.clone())?;
    let (len, digits) = line.split_first()?;
    let len = usize::from(len.checked_sub(b' ')?) & 63;
    let wanted = len.div_ceil(3) * 4;
    let bare = digits.trim_ascii_end();
    if !(1..=MOST).contains(&len) || bare.len() > wanted || bare.len() + 4 < wanted {
        return None;
    }
    // Some write a check behind it.
    if digits.len() > wanted + 1 {
        return None;
    }
    let mut bits = Vec::with_capacity(len + 3);
    let filled = bare.iter().copied().chain(std::iter::repeat(b' '));
    let values: Vec<u32> = filled
        .take(wanted)
        .map(|b| u32::from(b.wrapping_sub(b' ')) & 63)
        .collect();
    for group in values.chunks(4) {
        let [_, a, b, c] = group.iter().fold(0, |all, v| all << 6 | v).to_be_bytes();
        bits.extend([a, b, c]);
    }
    bits.truncate(len);
    Some(bits)
}
