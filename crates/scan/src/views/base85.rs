//! The view of text in base85: the alphabet of Python and git, Z85,
//! and Ascii85; on one line or several, and in the binary patches of git.
//!
//! Nobody says where the encoding begins, so each of the five alignments is
//! read, and what becomes text in a few groups in a row is kept. Packed data is
//! looked for at the beginning of a run alone. Only where the pass named
//! letters, digits and signs in a row without a blank.

use std::ops::Range;

use crate::budget::{Budget, Exhausted};
use crate::finding::View;
use crate::sweep::{BLOCK, Sweep};
use crate::views::alphabets::{Alphabet, alphabet, digit, is_text};
use crate::views::layer::{Layer, Scale};
use crate::views::packed;

/// The shortest run that is read.
const LEAST: usize = 15;
/// Of so many characters one is a sign, at least; of random ones a fourth is.
const FEW_SIGNS: usize = 12;
/// How far a run is read to each side of a place.
const REACH: usize = 2048;
/// A line of this length may go on in the next.
const LONG_LINE: usize = 20;
/// Groups of four bytes that must be text in a row,
const IN_A_ROW: usize = 3;
/// and those that are read around them.
const BESIDE: usize = 3;

/// That of Python and git is the first.
const ALPHABETS: [Alphabet; 3] = [
    alphabet(
        b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~",
    ),
    alphabet(
        b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#",
    ),
    alphabet(
        b"!\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstu",
    ),
];

/// Whether a run in a place that the pass named may be base85, or uuencoded.
pub(super) fn may_be(bytes: &[u8], place: usize) -> bool {
    let window = bytes.get(block_at(bytes, place)).unwrap_or_default();
    window.split(|b| !b.is_ascii_graphic()).any(is_mixed)
}

/// A block that the pass named something in, and the one before it.
pub(super) fn block_at(bytes: &[u8], place: usize) -> Range<usize> {
    place.saturating_sub(BLOCK)..bytes.len().min(place + BLOCK)
}

pub(crate) fn decode(
    layer: &Layer<'_>,
    sweep: &Sweep,
    budget: &mut Budget,
) -> Result<Layer<'static>, Exhausted> {
    let mut out = Layer::of(View::Base85);
    let mut done = 0;
    for place in &sweep.signs {
        let bytes = layer.bytes();
        for run in runs(bytes, &block_at(bytes, *place), done) {
            let Some((piece, text, inside)) = layer.in_piece(&run) else {
                continue;
            };
            let base = piece.here.start;
            let lines = lines(text, inside, done.saturating_sub(base));
            let (Some(first), Some(last)) = (lines.first(), lines.last()) else {
                continue;
            };
            let above = base + first.start..base + last.end;
            done = above.end;
            if !layer.is_fresh(piece, &above) {
                continue;
            }
            budget.work(8 * above.len())?;
            for bytes in readings(text, &lines) {
                out.push(above.clone(), Scale::Whole, |to| {
                    to.extend_from_slice(&bytes);
                });
            }
        }
    }
    Ok(out)
}

/// The long runs without blanks that a block has a part of, from `from` on.
fn runs(text: &[u8], block: &Range<usize>, from: usize) -> Vec<Range<usize>> {
    let graphic = |at: usize| text.get(at).is_some_and(u8::is_ascii_graphic);
    let (mut at, mut runs) = (block.start.max(from), Vec::new());
    while at < block.end {
        if !graphic(at) {
            at += 1;
            continue;
        }
        let run = run_around(text, at);
        at = run.end;
        if run.len() >= LEAST {
            runs.push(run);
        }
    }
    runs
}

/// Whether some bytes have digits, capitals and signs as random characters of
/// these do, of which an eighth, a third and a fourth are such.
fn is_mixed(row: &[u8]) -> bool {
    let count = |is: fn(&u8) -> bool| row.iter().filter(|b| is(b)).count();
    row.len() >= LEAST
        && count(u8::is_ascii_digit) * 40 >= row.len()
        && count(u8::is_ascii_uppercase) * 10 >= row.len()
        && count(u8::is_ascii_punctuation) * FEW_SIGNS >= row.len()
}

/// The run that a byte stands in, as far as any is read.
fn run_around(text: &[u8], at: usize) -> Range<usize> {
    let before = text.get(..at).unwrap_or_default().iter().rev().take(REACH);
    let behind = text.get(at..).unwrap_or_default().iter().take(REACH);
    let start = at - before.take_while(|b| b.is_ascii_graphic()).count();
    start..at + behind.take_while(|b| b.is_ascii_graphic()).count()
}

/// The run with the lines that go on before it, from `from` on, and behind it.
fn lines(text: &[u8], run: Range<usize>, from: usize) -> Vec<Range<usize>> {
    let mut lines = vec![run.clone()];
    let mut first = run.start;
    while let Some(end) = break_before(text, first) {
        let line = run_around(text, end.saturating_sub(1));
        if line.len() < LONG_LINE || line.start < from || line.end != end {
            break;
        }
        first = line.start;
        lines.push(line);
    }
    lines.reverse();
    let mut last = run;
    while last.len() >= LONG_LINE
        && let Some(start) = break_behind(text, last.end)
        && text.get(start).is_some_and(u8::is_ascii_graphic)
    {
        last = run_around(text, start);
        lines.push(last.clone());
    }
    lines
}

/// Where the line before a line ends.
fn break_before(text: &[u8], at: usize) -> Option<usize> {
    let before = text.get(..at)?.strip_suffix(b"\n")?;
    Some(before.strip_suffix(b"\r").unwrap_or(before).len())
}

/// Where the line behind a line begins.
fn break_behind(text: &[u8], at: usize) -> Option<usize> {
    match text.get(at..)? {
        [b'\n', ..] => Some(at + 1),
        [b'\r', b'\n', ..] => Some(at + 2),
        _ => None,
    }
}

/// All that these lines may stand for.
fn readings(text: &[u8], lines: &[Range<usize>]) -> Vec<Vec<u8>> {
    let line = |line: &Range<usize>| text.get(line.clone()).unwrap_or_default();
    let lines: Vec<&[u8]> = lines.iter().map(line).collect();
    let mut found = patches(&lines);
    let joined = lines.concat();
    for alphabet in &ALPHABETS {
        for run in joined.split(|b| digit(alphabet, *b).is_none()) {
            if run.len() < LEAST {
                continue;
            }
            for shift in 0..5 {
                found.extend(texts(alphabet, run.get(shift..).unwrap_or_default()));
            }
            // Behind the mark of a frame.
            let bare = run.strip_prefix(b"<~").unwrap_or(run);
            let bytes = decoded(alphabet, bare);
            found.extend(packed::begins(&bytes).then_some(bytes));
        }
    }
    found
}

/// What the groups of five stand for, as far as they are any.
fn decoded(alphabet: &Alphabet, digits: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(digits.len());
    for digits in digits.chunks(5) {
        let Some(group) = group(alphabet, digits) else {
            break;
        };
        bytes.extend(group.iter().take(digits.len() - 1));
    }
    bytes
}

/// The bytes of one group; a short one is filled up with the last digit.
fn group(alphabet: &Alphabet, digits: &[u8]) -> Option<[u8; 4]> {
    let mut number = 0_u64;
    for at in 0..5 {
        let value = match digits.get(at) {
            Some(byte) => digit(alphabet, *byte)?,
            None => 84,
        };
        number = number * 85 + u64::from(value);
    }
    u32::try_from(number).ok().map(u32::to_be_bytes)
}

/// The parts of some digits that become text, at one alignment.
fn texts(alphabet: &Alphabet, digits: &[u8]) -> Vec<Vec<u8>> {
    let (groups, _) = digits.as_chunks::<5>();
    let is_text = |digits: &[u8; 5]| {
        group(alphabet, digits).is_some_and(|group| group.iter().all(|b| is_text(*b)))
    };
    let (mut found, mut at) = (Vec::new(), 0);
    while at < groups.len() {
        // Of a row one is at every so many.
        let probe = at + IN_A_ROW - 1;
        if !groups.get(probe).is_some_and(is_text) {
            at = probe + 1;
            continue;
        }
        while at < probe
            && !groups
                .get(at..probe)
                .is_some_and(|row| row.iter().all(is_text))
        {
            at += 1;
        }
        let rest = groups.get(at..).unwrap_or_default();
        let row = rest.iter().take_while(|group| is_text(group)).count();
        if row >= IN_A_ROW {
            let end = at + row + BESIDE;
            let end = if end < groups.len() {
                end * 5
            } else {
                digits.len()
            };
            let start = at.saturating_sub(BESIDE) * 5;
            let part = digits.get(start..end).unwrap_or_default();
            found.push(loosely(alphabet, part));
        }
        at += row + 1;
    }
    found
}

/// The same as [`decoded`], with a blank for what is no group.
fn loosely(alphabet: &Alphabet, digits: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(digits.len());
    for digits in digits.chunks(5) {
        match group(alphabet, digits) {
            Some(group) => bytes.extend(group.iter().take(digits.len() - 1)),
            None => bytes.push(b' '),
        }
    }
    bytes
}

/// What binary patches of git stand for: a letter before each line says how
/// many bytes it has.
fn patches(lines: &[&[u8]]) -> Vec<Vec<u8>> {
    let [alphabet, ..] = &ALPHABETS;
    let bytes = |line: &[u8]| -> Option<Vec<u8>> {
        let (letter, digits) = line.split_first()?;
        let len = match letter {
            b'A'..=b'Z' => usize::from(letter - b'A') + 1,
            b'a'..=b'z' => usize::from(letter - b'a') + 27,
            _ => return None,
        };
        if digits.len() != len.div_ceil(4) * 5 {
            return None;
        }
        let mut bytes = decoded(alphabet, digits);
        (bytes.len() >= len).then(|| {
            bytes.truncate(len);
            bytes
        })
    };
    let all: Vec<Option<Vec<u8>>> = lines.iter().map(|line| bytes(line)).collect();
    let rows = all.chunk_by(|a, b| a.is_some() == b.is_some());
    let rows = rows.map(|row| row.iter().flatten().flatten().copied().collect::<Vec<u8>>());
    rows.filter(|bytes| packed::begins(bytes)).collect()
}
