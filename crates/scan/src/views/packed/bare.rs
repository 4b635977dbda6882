//! The view of deflate data without any head, in base64 or in hex, as programs
//! for the web put it into addresses.
//!
//! It has no sign that could be looked for. So it is tried where a run begins
//! as a block's head may, and counts only if it comes to its own end at that of
//! the run.

use std::ops::Range;

use data_encoding::HEXLOWER_PERMISSIVE;

use super::deflated::{Inflater, has_head};
use crate::budget::{Budget, Exhausted};
use crate::finding::View;
use crate::sweep::{BASE64, Class, HEX, Sweep};
use crate::views::base64;
use crate::views::layer::{Layer, Scale};
use crate::views::runs;

/// The shortest runs that are tried: two digests are as long in hex.
const LEAST: usize = 40;
const LEAST_HEX: usize = 80;
/// The digits of a head, in base64 and in hex.
const HEAD: usize = 24;
const HEAD_HEX: usize = 36;
/// What may stand behind it, of a check or of what fills up a group.
const TRAILER: usize = 4;
/// The least bytes that say something.
const LEAST_BYTES: usize = 12;

/// Whether a run begins as deflate data may.
pub(crate) fn may_be_bare(run: &[u8]) -> bool {
    if run.len() < LEAST {
        return false;
    }
    let [first, second, ..] = *run else {
        return false;
    };
    // The lowest three bits of the first byte say what block it is.
    let low = (base64::value(first) & 1) << 2 | base64::value(second) >> 4 & 3;
    let begins = |len, decode: Decode| run.get(..len).is_some_and(|head| has_head(&decode(head)));
    let text = || begins(HEAD, from_base64);
    let hex = || begins(HEAD_HEX, from_hex);
    (matches!(low, 3..=5) && text()) || (run.len() >= LEAST_HEX && hex())
}

/// Undoes an encoding. What is none of it is nothing.
type Decode = fn(&[u8]) -> Vec<u8>;

fn from_base64(digits: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    base64::append(digits, &mut bytes);
    bytes
}

fn from_hex(digits: &[u8]) -> Vec<u8> {
    let even = digits.get(..digits.len() / 2 * 2).unwrap_or_default();
    HEXLOWER_PERMISSIVE.decode(even).unwrap_or_default()
}

/// What is read of a run at first, in digits, and how much more each next time.
const FIRST: usize = 1024;
const MORE: usize = 8;

pub(crate) fn bare(
    layer: &Layer<'_>,
    sweep: &Sweep,
    budget: &mut Budget,
) -> Result<Layer<'static>, Exhausted> {
    let mut out = Layer::of(View::Deflate);
    let mut inflater = Inflater::new();
    for index in &sweep.rare.bare {
        let Some(first) = sweep.values.get(*index) else {
            continue;
        };
        for alphabet in &ALPHABETS {
            let found = inflated(layer, first.start, alphabet, &mut inflater, budget)?;
            if let Some((whole, bytes)) = found {
                out.push(whole, Scale::Whole, |to| to.extend_from_slice(&bytes));
            }
        }
    }
    Ok(out)
}

/// How deflate data may be written.
struct Alphabet {
    class: Class,
    least: usize,
    decode: Decode,
}

const ALPHABETS: [Alphabet; 2] = [
    Alphabet {
        class: BASE64,
        least: LEAST,
        decode: from_base64,
    },
    Alphabet {
        class: HEX,
        least: LEAST_HEX,
        decode: from_hex,
    },
];

/// A run in the layer, and what it unpacks to.
type Unpacked = (Range<usize>, Vec<u8>);

/// What the run at a place unpacks to, if it is deflate data to its end. Of what is
/// none only the beginning is read.
fn inflated(
    layer: &Layer<'_>,
    start: usize,
    alphabet: &Alphabet,
    inflater: &mut Inflater,
    budget: &mut Budget,
) -> Result<Option<Unpacked>, Exhausted> {
    let mut most = FIRST;
    loop {
        let Some(run) = Digits::of(layer.bytes(), start, alphabet, most) else {
            return Ok(None);
        };
        let is_fresh = |piece| layer.is_fresh(piece, &run.whole);
        if !layer.piece_with(&run.whole).is_some_and(is_fresh) {
            return Ok(None);
        }
        let packed = (alphabet.decode)(&run.bytes);
        if !has_head(&packed) {
            return Ok(None);
        }
        budget.work(packed.len())?;
        let mut bytes = Vec::new();
        let end = inflater.inflate(&packed, &mut bytes, budget)?;
        let sure = packed.len() * run.sure / run.bytes.len();
        let is_read = end.used + TRAILER >= sure;
        if run.is_all {
            let ends = end.is_whole && is_read && bytes.len() >= LEAST_BYTES;
            return Ok(ends.then_some((run.whole, bytes)));
        }
        if !is_read {
            return Ok(None);
        }
        most *= MORE;
    }
}

/// The digits of a run, which goes on in the next line where that is as long and only
/// blanks part the two. A last line may be shorter, and may be none of it.
struct Digits {
    bytes: Vec<u8>,
    /// How many of them are in lines that are sure to be of it.
    sure: usize,
    /// Where they stand in the layer.
    whole: Range<usize>,
    is_all: bool,
}

impl Digits {
    /// At most so many, by whole lines; none where there are too few.
    fn of(text: &[u8], start: usize, alphabet: &Alphabet, most: usize) -> Option<Self> {
        let mut run = Self {
            bytes: Vec::new(),
            sure: 0,
            whole: start..start,
            is_all: true,
        };
        let mut first = None;
        let mut at = start;
        loop {
            if run.bytes.len() >= most {
                run.is_all = false;
                break;
            }
            let rest = text.get(at..).unwrap_or_default();
            let len = rest.iter().take_while(|b| alphabet.class.has(**b)).count();
            let of_first = *first.get_or_insert(len);
            if len == 0 || len > of_first {
                break;
            }
            run.bytes.extend_from_slice(rest.get(..len)?);
            run.whole.end = at + len;
            if len < of_first {
                break;
            }
            run.sure = run.bytes.len();
            let behind = rest.get(len..).unwrap_or_default();
            let gap = behind
                .iter()
                .take_while(|b| b.is_ascii_whitespace())
                .count();
            if gap == 0 || !runs::is_blank(behind.get(..gap)?) {
                break;
            }
            at += len + gap;
        }
        (run.bytes.len() >= alphabet.least).then_some(run)
    }
}
