//! What stands around an anchor as somebody reads it: in lower case, one blank
//! between words, without signs of comments, stress and tags that do not show.
//! Every rule looks at this text only.

use std::cell::OnceCell;
use std::ops::{ControlFlow, Range};

use super::blanks::{Run, one, signs};
use super::lower_one;
use super::steps::Reach;

/// How many bytes before and behind an anchor are read at most.
const BEFORE: usize = 280;
const BEHIND: usize = 560;
/// Before an anchor so much more is read as a rule looks at: for blanks and signs.
const SLACK: usize = 2;

/// An anchor with what is around it.
pub(super) struct Around {
    text: Vec<u8>,
    /// Where the anchor stands in that.
    anchor: Range<usize>,
    /// Where the pieces of what is behind the anchor begin.
    behind: Vec<Piece>,
    /// Whether it begins a line, with a capital.
    pub(super) begins_line: bool,
    /// What three bytes stand in it, once somebody looks for many words.
    grams: OnceCell<Box<Grams>>,
}

/// A piece of a text that is read: where it begins in that, and in the text as it came.
#[derive(Clone, Copy)]
struct Piece {
    here: usize,
    origin: usize,
}

/// Bits for hashes of the three bytes in a row that a text has: most words that do not
/// stand in it are ruled out by them, without a look at the text.
struct Grams([u64; GRAM_BITS / 64]);

const GRAM_BITS: usize = 1 << 13;
/// For fewer words they are not worth their making.
const MANY: usize = 24;

impl Grams {
    fn of(text: &[u8]) -> Self {
        let mut grams = Self([0; GRAM_BITS / 64]);
        for gram in text.array_windows() {
            let (word, bit) = Self::place(*gram);
            if let Some(word) = grams.0.get_mut(word) {
                *word |= bit;
            }
        }
        grams
    }

    fn may_hold(&self, word: &str) -> bool {
        word.as_bytes().first_chunk().is_none_or(|gram| {
            let (word, bit) = Self::place(*gram);
            self.0.get(word).is_none_or(|word| word & bit != 0)
        })
    }

    fn place([a, b, c]: [u8; 3]) -> (usize, u64) {
        let gram = u32::from_le_bytes([a, b, c, 0]);
        let hash = gram.wrapping_mul(0x9E37_79B1) >> (32 - GRAM_BITS.ilog2());
        ((hash >> 6) as usize, 1 << (hash & 63))
    }
}

impl Around {
    /// The anchor stands at `here`, reads so, and is looked so far around.
    pub(super) fn of(text: &[u8], here: &Range<usize>, anchor: &str, reach: Reach) -> Self {
        let before = BEFORE.min(SLACK * reach.before);
        let mut out = Vec::with_capacity(before + anchor.len() + reach.behind.min(BEHIND));
        let from = here.start.saturating_sub(before);
        read(text, from..here.start, |bytes, _| {
            lower(bytes, &mut out);
            ControlFlow::Continue(())
        });
        let start = out.len();
        out.extend_from_slice(anchor.as_bytes());
        let end = out.len();
        let mut behind = Vec::with_capacity(reach.behind.min(BEHIND) / 4);
        let to = text.len().min(here.end + BEHIND);
        read(text, here.end..to, |bytes, origin| {
            let here = out.len();
            behind.push(Piece { here, origin });
            lower(bytes, &mut out);
            if out.len() < end + reach.behind {
                ControlFlow::Continue(())
            } else {
                ControlFlow::Break(())
            }
        });
        Self {
            text: out,
            anchor: start..end,
            behind,
            begins_line: begins_line(text, here.start),
            grams: OnceCell::new(),
        }
    }

    pub(super) fn anchor(&self) -> Range<usize> {
        self.anchor.clone()
    }

    /// Those of some words that may stand in it.
    pub(super) fn likely<'w>(&'w self, words: &'w [&'w str]) -> impl Iterator<Item = &'w str> {
        let grams = if words.len() < MANY {
            self.grams.get()
        } else {
            let grams = || Box::new(Grams::of(&self.text));
            Some(self.grams.get_or_init(grams))
        };
        let may = move |word: &&str| grams.is_none_or(|grams| grams.may_hold(word));
        words.iter().copied().filter(may)
    }

    /// Up to `gap` bytes from `at` on.
    pub(super) fn ahead(&self, at: usize, gap: usize) -> &[u8] {
        let end = self.text.len().min(at + gap);
        self.text.get(at..end).unwrap_or_default()
    }

    pub(super) fn before(&self, at: usize, gap: usize) -> &[u8] {
        self.text
            .get(at.saturating_sub(gap)..at)
            .unwrap_or_default()
    }

    /// Where the byte before `end` stands in the text as it came, and one more.
    pub(super) fn origin(&self, end: usize, here: &Range<usize>) -> usize {
        let behind = self.behind.partition_point(|piece| piece.here < end);
        let last = behind.checked_sub(1).and_then(|at| self.behind.get(at));
        last.map_or(here.end, |piece| piece.origin + end - piece.here)
    }
}

fn lower(bytes: &[u8], out: &mut Vec<u8>) {
    let from = out.len();
    out.extend_from_slice(bytes);
    if let Some(new) = out.get_mut(from..) {
        new.make_ascii_lowercase();
    }
}

/// Whether a line begins there, behind signs and stress, with a capital, or a sentence.
fn begins_line(text: &[u8], at: usize) -> bool {
    let front = text.get(at.saturating_sub(16)..at).unwrap_or_default();
    let is_sign = |b: &u8| !b.is_ascii_alphanumeric() && b.is_ascii() && *b != b'\n';
    let signs = front.iter().rev().take_while(|b| is_sign(b)).count();
    let last = front
        .len()
        .checked_sub(signs + 1)
        .and_then(|at| front.get(at));
    let is_first = last.map_or(at == signs, |b| *b == b'\n');
    // Or a sentence, whose last one has no sign.
    let is_next = matches!(front, [.., b'a'..=b'z', b' ']);
    (is_first || is_next) && text.get(at).is_some_and(u8::is_ascii_uppercase)
}

/// Reads a part of a text, piece by piece, each with where it stands, until it is
/// enough; words as they are.
fn read(text: &[u8], part: Range<usize>, mut take: impl FnMut(&[u8], usize) -> ControlFlow<()>) {
    let text = text.get(..part.end).unwrap_or_default();
    let mut at = part.start;
    while let Some(byte) = text.get(at) {
        if byte.is_ascii_alphanumeric() {
            let rest = text.get(at..).unwrap_or_default();
            let len = rest.iter().take_while(|b| b.is_ascii_alphanumeric());
            let word = rest.get(..len.count()).unwrap_or_default();
            if take(word, at).is_break() {
                return;
            }
            at += word.len();
            continue;
        }
        let mut is_enough = false;
        let mut take = |bytes: &[u8], at: usize| is_enough = take(bytes, at).is_break();
        match one(text, at) {
            Some(Run::Mark(len)) => at += len,
            Some(_) => at = blanks(text, at, &mut take),
            None => at += character(text, at, &mut take),
        }
        if is_enough {
            return;
        }
    }
}

/// Reads the blanks at a place: one, or the end of a paragraph.
fn blanks(text: &[u8], from: usize, take: &mut impl FnMut(&[u8], usize)) -> usize {
    let (mut at, mut lines) = (from, 0);
    while let Some(run) = one(text, at) {
        at += run.len();
        if run == Run::Line {
            lines += 1;
            at += signs(text, at);
        }
    }
    take(if lines > 1 { b"\n\n" } else { b" " }, from);
    at
}

/// Reads one character that is no letter of ASCII.
fn character(text: &[u8], at: usize, take: &mut impl FnMut(&[u8], usize)) -> usize {
    let len = match text.get(at) {
        Some(0xc3..=0xdf) => 2,
        Some(0xe0..=0xef) => 3,
        _ => 1,
    };
    let mut bytes = [0; 3];
    let Some((here, to)) = text.get(at..at + len).zip(bytes.get_mut(..len)) else {
        return 1;
    };
    to.copy_from_slice(here);
    // Scripts that have capitals.
    if matches!(here.first(), Some(0xc3..=0xd5 | 0xe1 | 0xef)) {
        lower_one(to);
    }
    take(to, at);
    len
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn no_word_that_stands_there_is_ruled_out(
            text in "[a-e ./\n]{0,200}", at in 0_usize..200, len in 1_usize..8,
        ) {
            let word = text.get(at..at + len).unwrap_or_default();
            let words = [word; MANY];
            let reach = Reach { before: 0, behind: BEHIND };
            let around = Around::of(text.as_bytes(), &(0..0), "", reach);
            let stands = memchr::memmem::find(&around.text, word.as_bytes()).is_some();
            prop_assert!(!stands || around.likely(&words).count() == MANY);
        }
    }

    #[test]
    fn most_words_that_do_not_stand_there_are_ruled_out() {
        let text = "some text that is about another matter than any of these words";
        let reach = Reach {
            before: 0,
            behind: BEHIND,
        };
        let around = Around::of(text.as_bytes(), &(0..0), "", reach);
        let words: Vec<String> = (0..100_u32).map(|n| format!("{:x}", n * 7919)).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        assert!(around.likely(&words).count() < 10);
    }
}
