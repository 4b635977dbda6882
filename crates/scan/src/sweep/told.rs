//! What the masks of a strip say together.
//!
//! They are shifted and joined, up to a few bytes back, so that a bit is left only
//! where something may begin or end. Nothing is read but masks.

use super::bits::eight;
use super::pair::Pair;
use super::phrases;
use super::runs;
use super::strip::{BLOCKS, Column, Columns};
use super::values;

/// What is left of the masks of a strip.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// Where the telling part of a keyword may begin.
    pub(super) keywords: Column,
    /// Where a run of value characters is long enough, and where it ends.
    pub(super) values: Column,
    /// Quotes behind a character that a value may end with, or escaped; and
    /// what may join a literal that ends with one to the next, right behind it.
    pub(super) quotes: Column,
    pub(super) joints: Column,
    /// Where eight characters begin that change with a sign, but for the first
    /// of those.
    pub(super) apart: Column,
    /// The first digit behind two capitals.
    pub(super) accounts: Column,
    /// Where letters turn to digits or to capitals.
    pub(super) turns: Column,
    /// Where a stretch without a break is long enough for a phrase, and where
    /// it ends.
    pub(super) phrases: Column,
    /// Where words begin.
    pub(super) words: Column,
    /// What stands behind a backslash that is undone wherever it stands.
    pub(super) odd: Column,
    /// What may begin a reference, right behind its ampersand.
    pub(super) references: Column,
    /// What may make a sign of equality an escape, right behind it.
    pub(super) equals: Column,
    /// Backslashes behind a sign of equality, and behind two more backslashes.
    pub(super) soft: Column,
    pub(super) third: Column,
    /// The last of four backslashes, one at every third, fourth or fifth byte.
    pub(super) spread: [Column; 3],
    /// Any of those that few blocks have, and marks; and some bit where a block
    /// is dense.
    pub(super) seldom: Column,
}

impl Told {
    /// Begins the next strip, as [`Columns::carry`].
    #[inline]
    pub(super) fn carry(&mut self) {
        // The only ones of these in which is looked back.
        for [before, .., last] in [&mut self.words, &mut self.turns] {
            *before = *last;
        }
    }

    /// What the first so many blocks of the columns say.
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        clippy::indexing_slicing,
        reason = "compiled once for each instruction set; there are as many words"
    )]
    pub(super) fn of(&mut self, columns: &Columns, blocks: usize) {
        // One loop, and all that it reads and writes in arrays of one length:
        // so it is done for several blocks with each instruction.
        for at in 0..blocks.min(BLOCKS) {
            let pair = |column: &Column| Pair(column[at], column[at + 1]);
            let [alnum, digit, upper, value] = [
                &columns.alnum,
                &columns.digit,
                &columns.upper,
                &columns.value,
            ]
            .map(pair);
            let [slash, equal, high] = [&columns.slash, &columns.equal, &columns.high].map(pair);
            let behind_alnum = alnum.behind(1);
            let behind_slash = slash.behind(1);
            let escaped = alnum & behind_slash;
            let behind_escaped = escaped.behind(1);
            // Behind the letter of an escape a word may begin.
            let in_word = behind_alnum & !behind_escaped;
            let anchored = pair(&columns.anchored) & !in_word;
            self.keywords[at + 1] = (anchored | pair(&columns.loose)).here();
            self.values[at + 1] = values::long(value & !escaped).changes();
            let quotes = pair(&columns.quote) & (value.behind(1) | behind_slash);
            self.quotes[at + 1] = quotes.here();
            // An escaped one ends what stands before its backslashes.
            let ends = value.behind(1) | (value | slash).behind(2);
            let joining = pair(&columns.joining);
            let joints = (joining & (quotes & ends).behind(1)).here();
            self.joints[at + 1] =
                going_on(joints, (joining | escaped).here(), columns.quote[at + 1]);
            let behind = pair(&columns.behind);
            let ampersand = pair(&columns.ampersand);
            let references = pair(&columns.reference) & ampersand.behind(1);
            self.references[at + 1] = references.here();
            self.odd[at + 1] = (behind & behind_slash).here();
            self.equals[at + 1] = (behind & equal.behind(1)).here();
            // At each step a character changes with a sign.
            self.apart[at + 1] = eight((alnum ^ behind_alnum).here());
            let letter = alnum & !digit;
            let to_digit = digit & letter.behind(1);
            let capital = upper.behind(1);
            self.accounts[at + 1] = (to_digit & capital & upper.behind(2)).here();
            let to_upper = upper & letter.behind(1) & !capital;
            self.turns[at + 1] = (to_digit | to_upper).here();
            let letters = phrases::Letters {
                latin: letter,
                escaped,
                behind_escaped,
                high,
                odd: !(pair(&columns.phrase) | slash | high),
            };
            self.phrases[at + 1] = phrases::long(letters).changes();
            self.words[at + 1] = phrases::words(letters).here();
            self.soft[at + 1] = (slash & equal.behind(1)).here();
            self.third[at + 1] = (slash & behind_slash & slash.behind(2)).here();
            for (column, by) in self.spread.iter_mut().zip(3..) {
                let two = slash & slash.behind(by);
                column[at + 1] = (two & two.behind(2 * by)).here();
            }
            let [a, b, c] = self.spread.each_ref().map(|column| column[at + 1]);
            let begun = self.references[at + 1] | self.equals[at + 1] | self.joints[at + 1];
            let signs = self.odd[at + 1] | begun | columns.mark[at + 1];
            let slashes = self.soft[at + 1] | self.third[at + 1] | a | b | c;
            self.seldom[at + 1] = self.apart[at + 1] | self.accounts[at + 1] | signs | slashes;
        }
        self.dense(columns, blocks);
    }

    /// Adds the blocks that are dense with digits, quotes, turns or other scripts.
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        clippy::indexing_slicing,
        reason = "compiled once for each instruction set; there are as many words"
    )]
    fn dense(&mut self, columns: &Columns, blocks: usize) {
        for at in 0..blocks.min(BLOCKS) {
            let count = |word: u64| u64::from(word.count_ones());
            let at_least = |count: u64, least: u32| u64::from(count >= u64::from(least));
            let two = |column: &Column| count(column[at]) + count(column[at + 1]);
            let (digits, turns) = (two(&columns.digit), two(&self.turns));
            let turned = at_least(count(self.turns[at + 1]), MIN_TURNS);
            let quoted = at_least(count(self.quotes[at + 1]), MANY_QUOTES);
            let thick = at_least(turns, ALL_TURNS) & at_least(digits, THICK_DIGITS);
            let other = at_least(count(columns.high[at + 1]), runs::IN_BLOCK);
            let dense = turned | quoted | thick | other | at_least(digits, runs::MIN_DIGITS);
            self.seldom[at + 1] |= dense;
        }
    }
}

/// Quotes in a block of literals of single characters.
pub(super) const MANY_QUOTES: u32 = 8;
/// The least turns in a block of wrapped base64.
pub(super) const MIN_TURNS: u32 = 3;
/// The least turns in two blocks of base85, and the least digits.
pub(super) const ALL_TURNS: u32 = 6;
pub(super) const THICK_DIGITS: u32 = 2;

/// Of the first bytes of some gaps all or none: none if no gap ends with a quote,
/// and none goes on in the next block.
#[inline(always)]
#[expect(clippy::inline_always, reason = "a part of one loop")]
fn going_on(first: u64, gap: u64, quote: u64) -> u64 {
    // A carry runs from the first byte to what stands behind the last.
    let sum = first.wrapping_add(gap);
    let any = (sum & !gap & quote) != 0 || sum < gap;
    first & 0_u64.wrapping_sub(u64::from(any))
}
