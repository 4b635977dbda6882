//! Stretches of words of three to eight letters with little between them, from
//! masks of sixty-four bytes: what a seed phrase is made of.
//!
//! What ends a stretch is a byte that no phrase has, a word of one or two
//! letters, and the ninth Latin letter of a word. Prose seldom goes on for long
//! without one of these, so what is left is counted word by word.

use std::ops::Range;

use super::pair::Pair;
use super::runs::Run;
use super::strip::{self, Column, Columns, word_from};
use crate::free::words::{STRIDE, listed, may_be_of, may_begin_words};

/// Twelve words of three letters, with something between them. Twelve Chinese
/// characters may be less: see [`super::runs::Grown::script`].
pub(super) const MIN_PHRASE: usize = 12 * 3 + 11;
/// The words of the shortest phrase.
const MIN_WORDS: usize = 12;
/// The words that are looked at: as many as are whole behind one of every so many
/// bytes of a phrase.
const LISTED: usize = 4;

const _: () = assert!(
    MIN_PHRASE == 32 + 15,
    "the steps below are one, two, four, eight, sixteen and fifteen"
);

/// Letters of a block and of the one before.
#[derive(Clone, Copy)]
pub(super) struct Letters {
    /// Latin letters, those of them behind backslashes, and what stands behind
    /// these.
    pub(super) latin: Pair,
    pub(super) escaped: Pair,
    pub(super) behind_escaped: Pair,
    /// Bytes of other scripts.
    pub(super) high: Pair,
    /// Bytes that no phrase has.
    pub(super) odd: Pair,
}

/// Where as many bytes as the shortest phrase has end without a break.
#[inline(always)]
#[expect(clippy::inline_always, reason = "a part of one loop")]
pub(super) fn long(letters: Letters) -> Pair {
    // The letter of an escape makes a short word no longer short.
    let word = letters.latin | letters.high;
    let [one, two, three] = [1, 2, 3].map(|by| word.behind(by));
    let short = !word & one & !(two & three) & !letters.behind_escaped;
    let latin = letters.latin & !letters.escaped;
    let eight = latin.in_a_row(1).in_a_row(2).in_a_row(4);
    let ninth = latin & eight.behind(1);
    let quiet = !(letters.odd | short | ninth);
    let sixteen = quiet.in_a_row(1).in_a_row(2).in_a_row(4).in_a_row(8);
    sixteen.in_a_row(16).in_a_row(15)
}

/// Where words begin.
#[inline(always)]
#[expect(clippy::inline_always, reason = "a part of one loop")]
pub(super) fn words(letters: Letters) -> Pair {
    // An escape is a border between words, and its letter none by itself.
    let word = letters.latin | letters.high;
    word & (!word.behind(1) | letters.behind_escaped) & !letters.escaped
}

/// What is asked about a stretch.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    /// Where words begin.
    pub(super) words: &'a Column,
    pub(super) columns: &'a Columns,
    /// Some byte of them is not ASCII.
    pub(super) is_high: bool,
}

/// The stretch, if enough words begin in it and four in a row are listed, or if
/// it may have words of other scripts. It ends in the strip at `base`, whose
/// columns these are.
#[inline(always)]
#[expect(
    clippy::inline_always,
    reason = "compiled once for each instruction set"
)]
pub(super) fn told(text: &[u8], range: Range<usize>, base: usize, asked: Asked<'_>) -> Option<Run> {
    let tells = match strip::bits(&range, base) {
        Some(bits) => {
            let [words] = strip::ones([asked.words], bits.clone());
            words >= MIN_WORDS && (asked.is_high || any_listed(text, range.start, bits, asked))
        }
        None => has_words(text, &range),
    };
    let is_other = || {
        let text = text.get(range.clone()).unwrap_or_default();
        asked.is_high && !may_begin_words(text)
    };
    (tells && !is_other()).then_some(Run {
        start: range.start,
        end: range.end,
    })
}

/// Whether four words in a row may be of one list, behind one of every so many
/// bytes. `start` is where the bits begin in the text.
fn any_listed(text: &[u8], start: usize, bits: Range<usize>, asked: Asked<'_>) -> bool {
    let Asked { words, columns, .. } = asked;
    let holds = |bit: usize| {
        let letters = word_from(&columns.alnum, bit) & !word_from(&columns.digit, bit);
        let mut begins = word_from(words, bit);
        let mut lists = u16::MAX;
        let mut all = [[].as_slice(); LISTED];
        for word in &mut all {
            let at = begins.trailing_zeros();
            let len = (!(letters >> at.min(63))).trailing_zeros();
            // What goes on behind these bits is not looked at here.
            if at + len >= u64::BITS {
                return true;
            }
            let from = start + (bit - bits.start) + at as usize;
            *word = text.get(from..from + len as usize).unwrap_or_default();
            lists &= may_be_of(word);
            if lists == 0 {
                return false;
            }
            begins &= begins - 1;
        }
        // That took their beginnings alone: most of what is left is prose.
        all.iter().fold(lists, |lists, word| lists & listed(word)) != 0
    };
    bits.clone().step_by(STRIDE).any(holds)
}

/// Whether enough words begin in a stretch that began before the strip.
fn has_words(text: &[u8], range: &Range<usize>) -> bool {
    let is_letter = |b: &u8| b.is_ascii_alphabetic() || !b.is_ascii();
    let before = range.start.checked_sub(1).and_then(|at| text.get(at));
    let mut words = 0;
    let (mut in_word, mut escaped) = (before.is_some_and(is_letter), before == Some(&b'\\'));
    for byte in text.get(range.clone()).unwrap_or_default() {
        let letter = is_letter(byte);
        words += usize::from(letter && !in_word && !escaped);
        if words >= MIN_WORDS {
            return true;
        }
        in_word = letter && !escaped;
        escaped = *byte == b'\\';
    }
    false
}
