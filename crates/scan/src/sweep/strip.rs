//! The masks of a strip: of sixteen blocks at a time, so that a compiler does the
//! same for several blocks with each instruction.
//!
//! A mask says of what class each byte is; a column has one for each block. Here
//! their bits are looked up and counted. What they say together is in
//! [`super::told`].

use std::ops::Range;

use super::BLOCK;

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
