//! The view of an encoded text on lines that have signs before them or behind:
//! quoted, commented, in a patch, numbered, as the items of a list.
//!
//! Two runs belong together if what stands between two of them is the same for
//! all, but for numbers and blanks, and no run is longer than the one before.
//! Lines that were encoded one by one are also decoded one by one. What is
//! between blanks alone is read by [`super::runs`]. Only where one of the lines
//! may be encoded by itself.

use std::ops::Range;

use data_encoding::BASE32_NOPAD;
use memchr::memchr;

use crate::budget::{Budget, Exhausted};
use crate::finding::View;
use crate::sweep::{BASE32, BASE64, Class, HEX, Sweep, VALUE, Value};
use crate::views::alphabets::may_hold;
use crate::views::layer::{Layer, Piece, Scale};
use crate::views::runs::Lines;
use crate::views::{base32, base64, hex};

/// The most bytes between two lines,
const MAX_GAP: usize = 48;
/// and between two items on one line.
const MAX_SIGNS: usize = 8;
/// The length from which on a name is told by its make-up alone.
const NAME: usize = 20;
/// A line of this length goes on in a single shorter one,
const LONG_LINE: usize = 32;
/// and one of this length in one that is too short to be told.
const WHOLE_LINE: usize = 56;
/// The most bytes before a single line, and behind it.
const BESIDE: usize = 16;
/// Signs that are characters of encoded text as well.
const SIGNS: &[u8] = b"+-/~._";

/// Whether a line may be encoded text.
pub(crate) fn any(sweep: &Sweep) -> bool {
    lists(sweep).iter().any(|list| !list.is_empty())
}

pub(crate) fn decode(
    layer: &Layer<'_>,
    sweep: &Sweep,
    budget: &mut Budget,
) -> Result<Layer<'static>, Exhausted> {
    let mut out = Layer::of(View::Lines);
    let (bytes, values) = (layer.bytes(), sweep.values.as_slice());
    let begun = |list: &'_ [Value]| {
        // Both are in order: so the run behind is found on the way.
        let mut behind = values.iter().peekable();
        let begun = list.iter().filter(|run| {
            while behind.next_if(|v| v.start <= run.start).is_some() {}
            begins(bytes, run, behind.peek().copied())
        });
        begun.map(|run| run.start).collect::<Vec<usize>>()
    };
    let mut places = lists(sweep).map(begun).concat();
    places.sort_unstable();
    let mut done = 0;
    for place in places {
        let index = values.partition_point(|value| value.start < place);
        if index < done {
            continue;
        }
        let chain = chain(bytes, values, index);
        done = chain.end;
        groups(
            layer,
            values.get(chain).unwrap_or_default(),
            &mut out,
            budget,
        )?;
    }
    Ok(out)
}

/// The runs of which a glance found that they may be encoded.
fn lists(sweep: &Sweep) -> [&[Value]; 4] {
    let encoded = &sweep.encoded;
    let [upper, lower] = &encoded.base32;
    [&encoded.base64, &encoded.hex, upper, lower]
}

/// Whether a run may go on in the next one of its encoding, in what packed data
/// it begins goes on in, or in a rest. Many names look encoded, but not to
/// their ends.
fn begins(text: &[u8], run: &Value, next: Option<&Value>) -> bool {
    let len = run.end - run.start;
    // A long name has the make-up of nothing that is encoded.
    if run.is_name && len >= NAME {
        return false;
    }
    let line = text.get(run.range()).unwrap_or_default();
    let goes_on = next
        .is_some_and(|next| next.start.saturating_sub(run.end) <= MAX_GAP && are_lines(run, next));
    if !goes_on && (len < WHOLE_LINE || next_line(text, &run.range()).is_none()) {
        return is_packed(line);
    }
    is_packed(line) || is_encoded(line)
}

/// Whether all of a line is text in base64, at some alignment, but for the last
/// group; or in an alphabet of which no names are made.
fn is_encoded(line: &[u8]) -> bool {
    let line = without_signs(line);
    let shifts = 0..4;
    let mut texts = shifts.filter_map(|shift| line.get(shift..));
    texts.any(base64::is_all_text)
        || line.iter().all(|b| HEX.has(*b))
        || BASE32
            .iter()
            .any(|class| line.iter().all(|b| class.has(*b)))
}

/// Whether packed data begins at the head of a line, behind a sign or two.
fn is_packed(line: &[u8]) -> bool {
    let first = line.first().copied().unwrap_or_default();
    let may_be = matches!(first, b'H' | b'K' | b'U' | b'e') || SIGNS.contains(&first);
    may_be && base64::begins_packed(without_signs(line))
}

/// A line without a sign or two before it.
fn without_signs(line: &[u8]) -> &[u8] {
    let signs = line.iter().take(2).take_while(|b| SIGNS.contains(b));
    line.get(signs.count()..).unwrap_or_default()
}

/// Whether two runs may be the first two lines of a text. Short ones that are
/// not of one length are names, most of them.
fn are_lines(first: &Value, second: &Value) -> bool {
    let (line, next) = (first.end - first.start, second.end - second.start);
    next == line || (next < line && line >= LONG_LINE)
}

/// Whether two runs alone are more likely two names than a line and the rest.
fn is_pair(first: &Range<usize>, second: &Range<usize>) -> bool {
    second.len() < first.len() && first.len() < LONG_LINE
}

/// The runs around one that may go on in each other.
fn chain(text: &[u8], values: &[Value], index: usize) -> Range<usize> {
    let goes_on = |[a, b]: &[Value; 2]| {
        let gap = a.end..b.start;
        gap.len() <= MAX_GAP
            && b.end - b.start <= a.end - a.start
            && text.get(gap).is_some_and(may_part)
    };
    let before = values.get(..=index).unwrap_or_default().array_windows();
    let behind = values.get(index..).unwrap_or_default().array_windows();
    let start = index - before.rev().take_while(|pair| goes_on(pair)).count();
    start..index + 1 + behind.take_while(|pair| goes_on(pair)).count()
}

/// Puts together what of some runs belongs together.
fn groups(
    layer: &Layer<'_>,
    runs: &[Value],
    out: &mut Layer<'static>,
    budget: &mut Budget,
) -> Result<(), Exhausted> {
    let mut open: Option<Group<'_>> = None;
    for run in runs {
        let Some((piece, text, line)) = layer.in_piece(&run.range()) else {
            continue;
        };
        let mut next = Group {
            piece,
            text,
            lines: vec![line.clone()],
        };
        if let Some(group) = &mut open
            && std::ptr::eq(group.piece, piece)
        {
            if group.takes(&line) {
                group.lines.push(line);
                continue;
            }
            // The last line may be the first of others.
            if let Some(begun) = group.begun(&line) {
                next = begun;
            }
        }
        if let Some(group) = open.replace(next) {
            group.finish(layer, out, budget)?;
        }
    }
    match open {
        Some(group) => group.finish(layer, out, budget),
        None => Ok(()),
    }
}

/// Lines that go on in each other, in one piece of a layer.
struct Group<'a> {
    piece: &'a Piece,
    text: &'a [u8],
    lines: Vec<Range<usize>>,
}

impl Group<'_> {
    /// Another group of the last line and this one, if they may be two lines.
    fn begun(&self, line: &Range<usize>) -> Option<Self> {
        let mut group = Self {
            lines: vec![self.lines.last()?.clone()],
            ..*self
        };
        let goes_on = self.lines.len() > 1 && group.takes(line);
        goes_on.then(|| {
            group.lines.push(line.clone());
            group
        })
    }

    /// What stands between the last two lines.
    fn gap(&self) -> Option<&[u8]> {
        let [.., before, last] = self.lines.as_slice() else {
            return None;
        };
        self.text.get(before.end..last.start)
    }

    /// Whether a line goes on where the last one ends.
    fn takes(&self, line: &Range<usize>) -> bool {
        let Some(last) = self.lines.last() else {
            return true;
        };
        if line.start - last.end > MAX_GAP || line.len() > last.len() {
            return false;
        }
        let between = self.text.get(last.end..line.start).unwrap_or_default();
        match (self.lines.as_slice(), self.gap()) {
            ([_, second, ..], Some(gap)) => last.len() == second.len() && is_same(gap, between),
            _ => may_part(between),
        }
    }

    /// Tells of the lines, if there are several.
    fn finish(
        mut self,
        layer: &Layer<'_>,
        out: &mut Layer<'static>,
        budget: &mut Budget,
    ) -> Result<(), Exhausted> {
        self.take_rest();
        let (Some(first), Some(last)) = (self.lines.first(), self.lines.last()) else {
            return Ok(());
        };
        let base = self.piece.here.start;
        let whole = base + first.start..base + last.end;
        let is_one = match self.lines.as_slice() {
            [a, b] => !is_pair(a, b),
            lines => lines.len() > 2,
        };
        if !is_one || !layer.is_fresh(self.piece, &whole) {
            return Ok(());
        }
        let ranges = self.bare();
        if self.has_signs() || ranges.first() != self.lines.first() {
            self.joined(&ranges, layer, out, budget)?;
        }
        budget.work(whole.len())?;
        let line = |line: &Range<usize>| self.text.get(line.clone()).unwrap_or_default();
        let lines: Vec<&[u8]> = ranges.iter().map(line).collect();
        for bytes in [in_base64(&lines), in_base32(&lines)].into_iter().flatten() {
            if may_hold(&bytes) {
                out.push(whole.clone(), Scale::Whole, |to| {
                    to.extend_from_slice(&bytes);
                });
            }
        }
        Ok(())
    }

    /// Whether more than blanks stands between two lines.
    fn has_signs(&self) -> bool {
        self.lines.array_windows().any(|[a, b]| {
            let gap = self.text.get(a.end..b.start).unwrap_or_default();
            !gap.iter().all(u8::is_ascii_whitespace)
        })
    }

    /// Adds what all lines together are in each encoding.
    fn joined(
        &self,
        ranges: &[Range<usize>],
        layer: &Layer<'_>,
        out: &mut Layer<'static>,
        budget: &mut Budget,
    ) -> Result<(), Exhausted> {
        let (piece, text) = (self.piece, self.text);
        let all = |class: &Class| {
            let in_class = |line: &[u8]| line.iter().all(|b| class.has(*b));
            let mut lines = ranges.iter().filter_map(|line| text.get(line.clone()));
            lines.all(in_class)
        };
        let lines = Lines {
            piece,
            text,
            ranges,
        };
        if all(&BASE64) {
            base64::push(out, layer, &lines, budget)?;
        }
        if all(&HEX) {
            hex::push(out, layer, &lines, budget)?;
        }
        if BASE32.iter().any(all) {
            base32::push(out, layer, &lines, budget)?;
        }
        Ok(())
    }

    /// The lines without a sign that all of them begin with.
    fn bare(&self) -> Vec<Range<usize>> {
        let mut lines = self.lines.clone();
        let first = |line: &Range<usize>| self.text.get(line.start).copied();
        // A comment has two.
        for _ in 0..2 {
            let Some(sign) = lines.first().and_then(first) else {
                break;
            };
            let all = lines
                .iter()
                .all(|line| line.len() > 1 && first(line) == Some(sign));
            if !SIGNS.contains(&sign) || !all {
                break;
            }
            for line in &mut lines {
                line.start += 1;
            }
        }
        lines
    }

    /// The last line, which may be too short to be told by itself.
    fn take_rest(&mut self) {
        let Some(last) = self.lines.last() else {
            return;
        };
        let start = match self.gap() {
            Some(gap) => {
                let behind = last.end..last.end + gap.len();
                let between = self.text.get(behind.clone()).unwrap_or_default();
                is_same(gap, between).then_some(behind.end)
            }
            None => next_line(self.text, last),
        };
        let Some(start) = start else { return };
        let rest = self.text.get(start..).unwrap_or_default();
        let len = rest.iter().take_while(|b| VALUE.has(**b)).count();
        if (1..last.len()).contains(&len) {
            self.lines.push(start..start + len);
        }
    }
}

/// Where the line behind a line begins, if the same stands before both.
fn next_line(text: &[u8], line: &Range<usize>) -> Option<usize> {
    // Of code few lines end with a value.
    if matches!(text.get(line.end)?, b'(' | b')' | b':' | b';' | b'[') {
        return None;
    }
    let mut behind = text.get(line.end..)?.iter().take(BESIDE);
    let start = line.end + 1 + behind.position(|b| *b == b'\n')?;
    let before = text.get(line.start.saturating_sub(BESIDE)..line.start)?;
    let from = before.iter().rposition(|b| *b == b'\n');
    let before = before.get(from.map_or(0, |at| at + 1)..)?;
    let next = text.get(start..start + before.len())?;
    is_same(before, next).then_some(start + before.len())
}

/// Whether two texts are the same but for numbers and blanks.
fn is_same(a: &[u8], b: &[u8]) -> bool {
    let loose = |byte: &u8| byte.is_ascii_digit() || *byte == b' ';
    a.len() == b.len()
        && a.iter()
            .zip(b)
            .all(|(a, b)| a == b || (loose(a) && loose(b)))
}

/// Whether this may stand between two lines, or two items on one.
fn may_part(gap: &[u8]) -> bool {
    let signs = || gap.len() <= MAX_SIGNS && !gap.iter().any(u8::is_ascii_alphanumeric);
    !gap.is_empty() && (memchr(b'\n', gap).is_some() || signs())
}

/// What the lines are in base64, each by itself.
fn in_base64(lines: &[&[u8]]) -> Option<Vec<u8>> {
    each_by_itself(lines, 4, |line, to| {
        let is_one = line.iter().all(|b| BASE64.has(*b));
        is_one.then(|| base64::append(line, to))
    })
}

/// What the lines are in base32, each by itself.
fn in_base32(lines: &[&[u8]]) -> Option<Vec<u8>> {
    each_by_itself(lines, 8, |line, to| {
        let upper = line.to_ascii_uppercase();
        to.extend(BASE32_NOPAD.decode(&upper).ok()?);
        Some(())
    })
}

/// The lines decoded one by one. Where each is whole groups they are one text as
/// well, which is read elsewhere.
fn each_by_itself(
    lines: &[&[u8]],
    group: usize,
    decode: impl Fn(&[u8], &mut Vec<u8>) -> Option<()>,
) -> Option<Vec<u8>> {
    let (_, but_last) = lines.split_last()?;
    if but_last.iter().all(|line| line.len() % group == 0) {
        return None;
    }
    let mut bytes = Vec::new();
    for line in lines {
        decode(line, &mut bytes)?;
    }
    Some(bytes)
}
