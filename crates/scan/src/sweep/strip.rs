//! What the masks of a strip say together: of sixteen blocks at a time, so that
//! a compiler does the same for several blocks with each instruction.
//!
//! A mask alone says of what class each byte is. Here they are shifted and
//! joined, up to a few bytes back, so that a bit is left only where something
//! may begin or end. Nothing is read but masks.

use std::ops::Range;

use super::BLOCK;
use super::bits::eight;
use super::phrases;
use super::runs;
use super::values;

/// Blocks that are looked at together.
pub(super) const BLOCKS: usize = 16;

/// A word for each block, and before them that of the block before.
pub(super) type Column = [u64; BLOCKS + 1];

/// Something for each class of bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Classes<T> {
    /// [`super::class::ALNUM`].
    pub(super) alnum: T,
    /// [`super::class::DIGIT`].
    pub(super) digit: T,
    /// [`super::class::UPPER`].
    pub(super) upper: T,
    /// [`super::class::VALUE`].
    pub(super) value: T,
    /// [`super::class::QUOTE`].
    pub(super) quote: T,
    /// [`super::class::JOINING`].
    pub(super) joining: T,
    /// [`super::class::BEHIND`].
    pub(super) behind: T,
    /// [`super::class::REFERENCE`].
    pub(super) reference: T,
    /// An ampersand.
    pub(super) ampersand: T,
    /// A backslash.
    pub(super) slash: T,
    /// A sign of equality.
    pub(super) equal: T,
    /// [`super::class::PHRASE`].
    pub(super) phrase: T,
    /// [`super::class::MARK`].
    pub(super) mark: T,
    /// Not ASCII.
    pub(super) high: T,
    /// Where a keyword may begin that begins a word.
    pub(super) anchored: T,
    /// Where the telling part of another keyword may begin.
    pub(super) loose: T,
}

/// The bytes of one block that belong to each class. The first byte is the
/// lowest bit.
pub(super) type Masks = Classes<u64>;
/// Those of a strip's blocks.
pub(super) type Columns = Classes<Column>;

impl<T> Classes<T> {
    fn as_mut(&mut self) -> [&mut T; 16] {
        [
            &mut self.alnum,
            &mut self.digit,
            &mut self.upper,
            &mut self.value,
            &mut self.quote,
            &mut self.joining,
            &mut self.behind,
            &mut self.reference,
            &mut self.ampersand,
            &mut self.slash,
            &mut self.equal,
            &mut self.phrase,
            &mut self.mark,
            &mut self.high,
            &mut self.anchored,
            &mut self.loose,
        ]
    }
}

impl Columns {
    /// Begins the next strip: its block before is the last of this one.
    #[inline]
    pub(super) fn carry(&mut self) {
        for [before, .., last] in self.as_mut() {
            *before = *last;
        }
    }

    /// Enters one block's masks. One by one: so each goes to its place at once.
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        clippy::indexing_slicing,
        reason = "sixteen stores; there are as many words"
    )]
    pub(super) fn set(&mut self, block: usize, masks: &Masks) {
        let at = block.min(BLOCKS - 1) + 1;
        self.alnum[at] = masks.alnum;
        self.digit[at] = masks.digit;
        self.upper[at] = masks.upper;
        self.value[at] = masks.value;
        self.quote[at] = masks.quote;
        self.joining[at] = masks.joining;
        self.behind[at] = masks.behind;
        self.reference[at] = masks.reference;
        self.ampersand[at] = masks.ampersand;
        self.slash[at] = masks.slash;
        self.equal[at] = masks.equal;
        self.phrase[at] = masks.phrase;
        self.mark[at] = masks.mark;
        self.high[at] = masks.high;
        self.anchored[at] = masks.anchored;
        self.loose[at] = masks.loose;
    }
}

/// A block's word.
#[inline(always)]
#[expect(clippy::inline_always, reason = "a load")]
pub(super) fn word(column: &Column, block: usize) -> u64 {
    column.get(block + 1).copied().unwrap_or_default()
}

/// Of the first so many blocks those that have any bit.
#[inline(always)]
#[expect(clippy::inline_always, reason = "a few instructions")]
pub(super) fn with_any(column: &Column, blocks: usize) -> u64 {
    let words = column.iter().skip(1).take(blocks).rev();
    words.fold(0, |any, word| any << 1 | u64::from(*word != 0))
}

/// Whether any bit is set in the first so many blocks.
#[inline(always)]
#[expect(clippy::inline_always, reason = "a few instructions")]
pub(super) fn any(column: &Column, blocks: usize) -> bool {
    let words = column.iter().skip(1).take(blocks);
    words.fold(0, |any, word| any | word) != 0
}

/// The words of the block before, and of the block.
#[inline(always)]
#[expect(clippy::inline_always, reason = "two loads")]
pub(super) fn both(column: &Column, block: usize) -> [u64; 2] {
    [block, block + 1].map(|at| column.get(at).copied().unwrap_or_default())
}

/// Where the bits of a range are in the columns of the strip at `base`: none if
/// it began before them.
#[inline]
pub(super) fn bits(range: &Range<usize>, base: usize) -> Option<Range<usize>> {
    let from = (range.start + BLOCK).checked_sub(base)?;
    Some(from..from + range.len())
}

/// How many bits of a range are set in each of several columns.
#[inline(always)]
#[expect(clippy::inline_always, reason = "the masks are made once for all")]
pub(super) fn ones<const N: usize>(columns: [&Column; N], bits: Range<usize>) -> [usize; N] {
    // Most are short: those are counted without a loop.
    let few = |column| {
        let wanted = u64::MAX >> (BLOCK - bits.len().clamp(1, BLOCK));
        (word_from(column, bits.start) & wanted).count_ones() as usize
    };
    let mut counts = columns.map(few);
    let mut at = bits.start + BLOCK;
    while at < bits.end {
        let len = (bits.end - at).min(BLOCK);
        let wanted = u64::MAX >> (BLOCK - len);
        for (count, column) in counts.iter_mut().zip(columns) {
            *count += (word_from(column, at) & wanted).count_ones() as usize;
        }
        at += len;
    }
    counts
}

/// Whether so many bits of a range are set in a row, no more than a word has.
pub(super) fn has_row<const LEAST: usize>(column: &Column, bits: Range<usize>) -> bool {
    let mut at = bits.start;
    while at + LEAST <= bits.end {
        let len = (bits.end - at).min(BLOCK);
        let mut row = word_from(column, at) & u64::MAX >> (BLOCK - len);
        let mut by = 1;
        while by < LEAST && row != 0 {
            let step = by.min(LEAST - by);
            row &= row >> step;
            by += step;
        }
        if row != 0 {
            return true;
        }
        at += BLOCK - LEAST;
    }
    false
}

/// The word that begins at a bit.
#[inline(always)]
#[expect(clippy::inline_always, reason = "two loads and a shift")]
pub(super) fn word_from(column: &Column, bit: usize) -> u64 {
    let (at, by) = (bit / BLOCK, bit % BLOCK);
    let word = |at: usize| column.get(at).copied().unwrap_or_default();
    // Nothing of the next word is wanted where this one is whole.
    word(at) >> by | word(at + 1) << 1 << (BLOCK - 1 - by)
}

/// Those bits of two blocks that are in rows of twenty-eight or more.
pub(super) fn long_rows(mask: u128) -> u128 {
    let four = mask & mask >> 1 & mask >> 2 & mask >> 3;
    let twelve = four & four >> 4 & four >> 8;
    let first = twelve & twelve >> 12 & four >> 24;
    let four = first | first << 1 | first << 2 | first << 3;
    let twelve = four | four << 4 | four << 8;
    twelve | twelve << 12 | four << 24
}

/// What is left of them.
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

/// A block's mask, and that of the block before it.
#[derive(Clone, Copy)]
pub(super) struct Pair(u64, u64);

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
}

impl Told {
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
            let dense = turned | quoted | thick | other | at_least(digits, MIN_DIGITS);
            self.seldom[at + 1] |= dense;
        }
    }
}

/// Quotes in a block of literals of single characters.
pub(super) const MANY_QUOTES: u32 = 8;
/// Digits in two blocks with a number in them.
pub(super) const MIN_DIGITS: u32 = runs::MIN_DIGITS;
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

impl Pair {
    /// The block's own.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "a part of one loop")]
    pub(super) fn here(self) -> u64 {
        self.1
    }

    /// Where rows begin, and where they have ended.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "a part of one loop")]
    fn changes(self) -> u64 {
        (self ^ self.behind(1)).here()
    }

    /// Each byte's predecessor at a distance. Of the block before, the first
    /// bits are lost: a whole block is never looked back.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "two shifts and an or")]
    pub(super) fn behind(self, by: u32) -> Self {
        Self(self.0 << by, self.1 << by | self.0 >> (64 - by))
    }

    /// Of rows of so many bytes at least, each byte but the first so many.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "a part of one loop")]
    pub(super) fn in_a_row(self, by: u32) -> Self {
        self & self.behind(by)
    }
}

impl std::ops::BitAnd for Pair {
    type Output = Self;

    #[inline(always)]
    #[expect(clippy::inline_always, reason = "two instructions")]
    fn bitand(self, other: Self) -> Self {
        Self(self.0 & other.0, self.1 & other.1)
    }
}

impl std::ops::BitOr for Pair {
    type Output = Self;

    #[inline(always)]
    #[expect(clippy::inline_always, reason = "two instructions")]
    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0, self.1 | other.1)
    }
}

impl std::ops::BitXor for Pair {
    type Output = Self;

    #[inline(always)]
    #[expect(clippy::inline_always, reason = "two instructions")]
    fn bitxor(self, other: Self) -> Self {
        Self(self.0 ^ other.0, self.1 ^ other.1)
    }
}

impl std::ops::Not for Pair {
    type Output = Self;

    #[inline(always)]
    #[expect(clippy::inline_always, reason = "two instructions")]
    fn not(self) -> Self {
        Self(!self.0, !self.1)
    }
}
