//! One pass over a layer's bytes that tells where a closer look may repay.
//!
//! Sixty-four bytes at a time become a few masks, a bit for each byte of a
//! class; arithmetic on these says whether anything can be there at all. They
//! are made with vector instructions where the machine has them ([`avx2`]) and
//! byte by byte where not ([`portable`]). Only where the masks leave it
//! possible are more of them made, and the bytes around read ([`runs`]). What
//! the pass names is a candidate: a superset of what there is, on every
//! machine. It judges nothing; whoever takes a candidate looks at the bytes
//! again.

#[cfg(target_arch = "x86_64")]
mod avx2;
mod class;
mod keywords;
mod portable;
mod runs;
mod values;

pub(crate) use class::{BASE32, BASE64, Class, HEX};
pub(crate) use keywords::{Keyword, Keywords};
pub(crate) use runs::{Run, long_runs};

use runs::{Grown, MIN_DIGITS};
use values::Values;

/// Bytes that are looked at together.
const BLOCK: usize = 64;
/// A block, and the bytes behind it that a keyword's beginning may need.
const WINDOW: usize = 96;

/// The shortest run of value characters that is told.
pub(crate) const MIN_VALUE: usize = 14;
/// The shortest run of digits and gaps that is told.
const MIN_NUMBER: usize = 11;
/// The shortest run of hex digits with signs between them that is told.
const MIN_SPACED: usize = 32;
/// The shortest run of base64 with blanks in it that is told.
const MIN_EVEN: usize = 20;

/// What the pass over one layer saw. Ranges and places are in the layer.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Sweep {
    /// Keywords, in the order of their places.
    pub(crate) keywords: Vec<Keyword>,
    /// Runs of letters, digits and the signs of values.
    pub(crate) values: Vec<Run>,
    /// Runs of digits, blanks and dashes.
    pub(crate) numbers: Vec<Run>,
    /// Where an account number in groups may begin.
    pub(crate) accounts: Vec<usize>,
    /// Words of three to eight letters in a row.
    pub(crate) phrases: Vec<Run>,
    /// Runs of hex digits with signs or blanks between them.
    pub(crate) spaced: Vec<Run>,
    /// Runs of base64 characters and blanks that are no prose.
    pub(crate) even: Vec<Run>,
    /// Quotes with a blank, a sign or another quote behind them.
    pub(crate) joints: Vec<usize>,
    /// Signs of equality with two hex digits or a line break behind them.
    pub(crate) equals: Vec<usize>,
    /// Single characters with something between each two.
    pub(crate) apart: Vec<Run>,
    /// Some byte is not ASCII.
    pub(crate) is_high: bool,
}

/// Sixty-four bytes: for each class, the bytes that belong to it. The first
/// byte is the lowest bit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Masks {
    /// [`class::ALNUM`].
    alnum: u64,
    /// [`class::DIGIT`].
    digit: u64,
    /// [`class::VALUE`].
    value: u64,
    /// [`class::QUOTE`].
    quote: u64,
    /// [`class::EQUALS`].
    equals: u64,
    /// [`class::ODD`].
    odd: u64,
    /// Not ASCII.
    high: u64,
    /// Where a keyword may begin that begins a word.
    anchored: u64,
    /// Where the telling part of another keyword may begin.
    loose: u64,
}

/// A block and what stands behind it.
type Window = [u8; WINDOW];

/// Passes over the bytes, with the fastest instructions that there are.
pub(crate) fn sweep(text: &[u8]) -> Sweep {
    sweep_for(text, Keywords::of_table())
}

fn sweep_for(text: &[u8], keywords: &Keywords) -> Sweep {
    #[cfg(target_arch = "x86_64")]
    if let Some(sweep) = avx2::sweep(text, keywords) {
        return sweep;
    }
    portable::sweep(text, keywords)
}

/// How the pass with vector instructions differs from the one without them.
#[cfg(any(test, feature = "reference"))]
pub(crate) fn difference(text: &[u8]) -> Option<String> {
    let keywords = Keywords::of_table();
    let (fast, plain) = (sweep_for(text, keywords), portable::sweep(text, keywords));
    (fast != plain).then(|| format!("with vectors: {fast:?}; without: {plain:?}"))
}

/// The state between blocks. `of_class` makes the mask of one class, where a
/// block turns out to need it.
struct Pass<'a, C> {
    text: &'a [u8],
    keywords: &'a Keywords,
    of_class: C,
    out: Sweep,
    /// Of the block before.
    before: Masks,
    /// Digits behind letters in the block before.
    turns: u64,
    /// The end of the blocks that were looked at for digits, and for digits
    /// between letters.
    digits_done: usize,
    turns_done: usize,
    values: Values,
    numbers: Grown,
    spaced: Grown,
    even: Grown,
    apart: Grown,
    phrases: Grown,
}

impl<'a, C: Fn(&Window, &Class) -> u64> Pass<'a, C> {
    fn new(text: &'a [u8], keywords: &'a Keywords, of_class: C) -> Self {
        Self {
            text,
            keywords,
            of_class,
            out: Sweep::default(),
            before: Masks::default(),
            turns: 0,
            digits_done: 0,
            turns_done: 0,
            values: Values::default(),
            numbers: Grown::default(),
            spaced: Grown::default(),
            even: Grown::default(),
            apart: Grown::default(),
            phrases: Grown::default(),
        }
    }

    /// Walks the text block by block.
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "compiled once for each instruction set"
    )]
    fn drive(mut self, masks: impl Fn(&Window, &Keywords) -> Masks) -> Sweep {
        let mut at = 0;
        while let Some(window) = self.text.get(at..).and_then(<[u8]>::first_chunk) {
            let masks = masks(window, self.keywords);
            self.block(at, &masks);
            at += BLOCK;
        }
        while at < self.text.len() {
            let masks = masks(&padded(self.text, at), self.keywords);
            self.block(at, &masks);
            at += BLOCK;
        }
        // A last block without anything ends what is open.
        self.values.step(at, 0, &mut self.out.values);
        self.finish()
    }

    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "compiled once for each instruction set"
    )]
    fn block(&mut self, base: usize, m: &Masks) {
        let before = self.before;
        let behind_alnum = shifted(m.alnum, before.alnum, 1);
        let mut found = (m.anchored & !behind_alnum) | m.loose;
        while found != 0 {
            let at = base + index(found);
            found &= found - 1;
            self.keywords.verify(self.text, at, &mut self.out.keywords);
        }
        self.values.step(base, m.value, &mut self.out.values);
        // Behind a character that a value may end with.
        let quotes = m.quote & shifted(m.value, before.value, 1);
        if quotes | m.equals != 0 {
            self.signs(base, quotes, m.equals);
        }
        // At each step a character changes with a sign.
        let change = eight(m.alnum ^ behind_alnum);
        if change != 0 {
            each(change, |at| self.apart.apart(self.text, base + at));
        }
        let (letter, letter_before) = (m.alnum & !m.digit, before.alnum & !before.digit);
        let turns = m.digit & shifted(letter, letter_before, 1);
        if turns & shifted(letter, letter_before, 2) != 0 {
            self.accounts(base, turns);
        }
        let many = (turns.count_ones() + self.turns.count_ones()) as usize >= MIN_TURNS;
        let digits = (m.digit.count_ones() + before.digit.count_ones()) as usize;
        if many || digits >= MIN_DIGITS {
            self.dense(base, digits);
        }
        self.turns = turns;
        // Nothing odd in two lanes of sixteen, or in one of other scripts.
        let plain = zero_lanes(m.odd);
        let row = plain & (plain << 16 | zero_lanes(before.odd) >> 48);
        if row != 0 || (plain != 0 && m.high != 0) {
            self.words(base, m, plain, letter);
        }
        self.out.is_high |= m.high != 0;
        self.before = *m;
    }

    /// Quotes and signs of equality that are told by what stands behind them.
    fn signs(&mut self, base: usize, quotes: u64, equals: u64) {
        let (text, out) = (self.text, &mut self.out);
        let has = |at: usize, class: &Class| text.get(at).is_some_and(|b| class.has(*b));
        each(quotes, |at| {
            if has(base + at + 1, &class::JOINT) {
                out.joints.push(base + at);
            }
        });
        each(equals, |at| {
            let at = base + at;
            let escape = has(at + 1, &class::ESCAPED) && has(at + 2, &class::ESCAPED);
            if escape || has(at + 1, &class::LINE) {
                out.equals.push(at);
            }
        });
    }

    /// Two capitals, two digits and a blank. A turn is the first digit.
    fn accounts(&mut self, base: usize, turns: u64) {
        each(turns, |at| {
            let digit = base + at;
            let start = digit.checked_sub(2);
            if let Some(start) = start
                && let Some([a, b, c, d, b' ']) = self.text.get(start..digit + 3)
                && a.is_ascii_uppercase()
                && b.is_ascii_uppercase()
                && c.is_ascii_digit()
                && d.is_ascii_digit()
            {
                self.out.accounts.push(start);
            }
        });
    }

    /// What has digits, in this block and the one before.
    fn dense(&mut self, base: usize, digits: usize) {
        let first = base.saturating_sub(BLOCK);
        for base in (first.max(self.turns_done)..=base).step_by(BLOCK) {
            let window = &padded(self.text, base);
            let even = (self.of_class)(window, &class::EVEN);
            each(eight(even) & eight(even) >> 2, |at| {
                self.even.even(self.text, base + at);
            });
        }
        self.turns_done = base + BLOCK;
        if digits < MIN_DIGITS {
            return;
        }
        for base in (first.max(self.digits_done)..=base).step_by(BLOCK) {
            let window = &padded(self.text, base);
            let number = (self.of_class)(window, &class::NUMBER);
            each(six(number), |at| self.numbers.number(self.text, base + at));
            let spaced = (self.of_class)(window, &class::SPACED);
            each(eight(spaced) & eight(spaced) >> 8, |at| {
                self.spaced.spaced(self.text, base + at);
            });
        }
        self.digits_done = base + BLOCK;
    }

    /// Words of three to eight letters, where lanes have nothing odd.
    fn words(&mut self, base: usize, m: &Masks, plain: u64, letter: u64) {
        let (word, before) = (letter | m.high, self.before);
        let word_before = (before.alnum & !before.digit) | before.high;
        let starts = word & !shifted(word, word_before, 1);
        // What the next block begins with is not known: let it be letters.
        let short = starts & !((word >> 1 | 1 << 63) & (word >> 2 | 3 << 62));
        let long = eight(letter) & letter >> 8;
        let even = plain & zero_lanes(short | long);
        let first = even & (zero_lanes(before.odd) >> 48 | even << 16);
        let lanes = if m.high == 0 { first } else { even };
        if lanes == 0 {
            return;
        }
        let start = base + (index(lanes) / 16 * 16);
        let end = base + (BLOCK - lanes.leading_zeros() as usize).next_multiple_of(16);
        self.phrases.phrases(self.text, start..end);
    }

    fn finish(mut self) -> Sweep {
        // They were told in the order of their telling parts.
        self.out.keywords.sort_unstable();
        Sweep {
            numbers: self.numbers.runs,
            spaced: self.spaced.runs,
            even: self.even.runs,
            apart: self.apart.runs,
            phrases: self.phrases.runs,
            ..self.out
        }
    }
}

/// The least digits behind letters in two blocks of wrapped base64.
const MIN_TURNS: usize = 2;

/// The window at `at`, where the text may end before it does.
fn padded(text: &[u8], at: usize) -> Window {
    let rest = text.get(at..).unwrap_or_default();
    if let Some(window) = rest.first_chunk() {
        return *window;
    }
    let mut window = [0; WINDOW];
    for (to, from) in window.iter_mut().zip(rest) {
        *to = *from;
    }
    window
}

/// Where eight in a row begin.
#[inline(always)]
#[expect(clippy::inline_always, reason = "a few shifts")]
fn eight(mask: u64) -> u64 {
    let two = mask & mask >> 1;
    let four = two & two >> 2;
    four & four >> 4
}

/// Where six in a row begin.
fn six(mask: u64) -> u64 {
    let two = mask & mask >> 1;
    let four = two & two >> 2;
    four & four >> 2
}

/// The highest bit of each lane of sixteen that has none set.
#[inline]
fn zero_lanes(mask: u64) -> u64 {
    const LOW: u64 = 0x7fff_7fff_7fff_7fff;
    !((mask & LOW).wrapping_add(LOW) | mask | LOW)
}

/// Each byte's predecessor at a distance, across the border of two blocks.
#[inline(always)]
#[expect(clippy::inline_always, reason = "a shift and an or")]
fn shifted(mask: u64, before: u64, by: u32) -> u64 {
    mask << by | before >> (64 - by)
}

#[inline(always)]
#[expect(clippy::inline_always, reason = "one instruction")]
fn index(mask: u64) -> usize {
    mask.trailing_zeros() as usize
}

#[inline(always)]
#[expect(clippy::inline_always, reason = "a loop that seldom runs")]
fn each(mut mask: u64, mut take: impl FnMut(usize)) {
    while mask != 0 {
        take(index(mask));
        mask &= mask - 1;
    }
}
