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
//!
//! Text is read in two ways at once: as it stands, and with the letters behind
//! backslashes taken for what they may stand for in JSON ([`slashes`]).
//! What is a candidate in either reading is told.

#[cfg(target_arch = "x86_64")]
mod avx2;
mod buckets;
mod class;
mod keywords;
mod phrases;
mod portable;
mod runs;
mod slashes;
mod strip;
mod values;

pub(crate) use class::{BASE32, BASE64, Class, HEX, VALUE};
pub(crate) use keywords::{Keyword, Keywords};
pub(crate) use runs::{Run, long_runs};

use runs::{Grown, MIN_DIGITS, Open};
use slashes::{Joint, Slashes};
use strip::{BLOCKS, Columns, Told, word};
pub(crate) use values::Value;

use crate::views::{Encoded, Rare};

/// Bytes that are looked at together.
const BLOCK: usize = 64;
/// A block, and the bytes behind it that a keyword's beginning may need.
const WINDOW: usize = 96;

/// The shortest run of value characters that is told.
pub(crate) const MIN_VALUE: usize = 14;
/// The shortest run of digits and gaps that is told, if it has more digits than
/// a social security number.
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
    /// Runs of letters, digits and the signs of values. The first letter of
    /// one behind a backslash may be no part of it.
    pub(crate) values: Vec<Value>,
    /// Runs of digits, blanks and dashes.
    pub(crate) numbers: Vec<Run>,
    /// Where an account number in groups may begin.
    pub(crate) accounts: Vec<usize>,
    /// Stretches that may hold twelve listed words.
    pub(crate) phrases: Vec<Run>,
    /// Runs of hex digits with signs or blanks between them.
    pub(crate) spaced: Vec<Run>,
    /// Runs of base64 characters and blanks that are no prose.
    pub(crate) even: Vec<Run>,
    /// Quotes at which one literal may go on in the next.
    pub(crate) joints: Vec<usize>,
    /// Signs of percent with two hex digits behind them.
    pub(crate) percents: Vec<usize>,
    /// Ampersands that may begin a reference of HTML.
    pub(crate) references: Vec<usize>,
    /// Signs of equality with two hex digits or a line break behind them.
    pub(crate) equals: Vec<usize>,
    /// Single characters with something between each two.
    pub(crate) apart: Vec<Run>,
    /// Backslashes that are to be undone whatever stands around them, and what
    /// is told from one to the next.
    pub(crate) slashes: Vec<Run>,
    /// Blocks with many digits, with many quotes, and with many signs between
    /// letters and digits without a blank.
    pub(crate) digits: Vec<usize>,
    pub(crate) letters: Vec<usize>,
    pub(crate) signs: Vec<usize>,
    /// Of the values, those that may be in an encoding that few use. Whoever
    /// decodes finds them.
    pub(crate) rare: Rare,
    /// Of the values, those in which something encoded may stand. Whoever
    /// decodes finds them.
    pub(crate) encoded: Encoded,
    /// Some byte is a plus.
    pub(crate) has_plus: bool,
    /// Some byte is one that no text has.
    pub(crate) has_control: bool,
    /// Some byte is a backslash.
    pub(crate) has_slash: bool,
    /// Some byte is not ASCII.
    pub(crate) is_high: bool,
}

impl Sweep {
    /// Notes a quote at which one literal goes on in the next.
    fn joint(&mut self, quote: usize, joint: Joint) {
        if joint != Joint::Escaped {
            self.joints.push(quote);
        }
        if joint != Joint::Plain {
            self.slashes.push(Run::one(quote));
        }
    }

    /// Notes a mark by what it is, and by what stands behind it.
    #[inline]
    fn mark(&mut self, text: &[u8], at: usize) {
        let behind = |by: usize| text.get(at + by);
        match text.get(at) {
            Some(b'%') => {
                let hex = |by: usize| behind(by).is_some_and(u8::is_ascii_hexdigit);
                let wide = || behind(1) == Some(&b'u') && (2..6).all(hex);
                if (hex(1) && hex(2)) || wide() {
                    self.percents.push(at);
                }
            }
            Some(b'&') => {
                if let Some([a, b]) = text.get(at + 1..at + 3)
                    && may_begin_reference(*a, *b)
                {
                    self.references.push(at);
                }
            }
            Some(b'=') => {
                if is_soft(text, at + 1) {
                    self.equals.push(at);
                }
            }
            Some(b'+') => self.has_plus = true,
            _ => self.has_control = true,
        }
    }
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

/// The state between strips. `of_class` makes the mask of one class, where a
/// block turns out to need it.
struct Pass<'a, C> {
    text: &'a [u8],
    keywords: &'a Keywords,
    of_class: C,
    out: Sweep,
    columns: Columns,
    told: Told,
    /// The end of the blocks that were looked at for digits.
    digits_done: usize,
    values: Open,
    phrases: Open,
    numbers: Grown,
    spaced: Grown,
    even: Grown,
    apart: Grown,
}

impl<'a, C: Fn(&Window, &Class) -> u64> Pass<'a, C> {
    fn new(text: &'a [u8], keywords: &'a Keywords, of_class: C) -> Self {
        Self {
            text,
            keywords,
            of_class,
            out: Sweep {
                // Long runs are most of what there is, one in some two hundred bytes.
                values: Vec::with_capacity(text.len() / 160 + 4),
                ..Sweep::default()
            },
            columns: Columns::default(),
            told: Told::default(),
            digits_done: 0,
            values: Open::default(),
            phrases: Open::default(),
            numbers: Grown::default(),
            spaced: Grown::default(),
            even: Grown::default(),
            apart: Grown::default(),
        }
    }

    /// Walks the text strip by strip. `fill` makes the columns of so many blocks
    /// from a place on, `tell` what they say together.
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "compiled once for each instruction set"
    )]
    fn drive(
        mut self,
        mut fill: impl FnMut(&[u8], &mut Columns),
        tell: impl Fn(&mut Told, &Columns, usize),
    ) -> Sweep {
        let mut last = 0;
        for base in (0..self.text.len()).step_by(BLOCK * BLOCKS) {
            last = base;
            let rest = self.text.get(base..).unwrap_or_default();
            let blocks = rest.len().div_ceil(BLOCK).min(BLOCKS);
            self.columns.carry();
            self.told.carry();
            fill(rest, &mut self.columns);
            tell(&mut self.told, &self.columns, blocks);
            self.strip(base, blocks);
        }
        self.finish(last)
    }

    /// Reads the text around what the masks left.
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "compiled once for each instruction set"
    )]
    fn strip(&mut self, base: usize, blocks: usize) {
        let text = self.text;
        for block in 0..blocks {
            let at = base + block * BLOCK;
            let (columns, told, out) = (&self.columns, &self.told, &mut self.out);
            each(word(&told.keywords, block), |bit| {
                self.keywords.verify(text, at + bit, out);
            });
            each(word(&told.values, block), |bit| {
                if let Some(run) = self.values.change(at + bit, values::SHORTEST) {
                    out.values.extend(values::told(text, run, base, columns));
                }
            });
            each(word(&told.phrases, block), |bit| {
                if let Some(run) = self.phrases.change(at + bit, phrases::MIN_PHRASE) {
                    let columns = [&told.words, &columns.high];
                    out.phrases.extend(phrases::told(text, run, base, columns));
                }
            });
            each(first_of(word(&told.apart, block)), |bit| {
                self.apart.apart(text, at + bit);
            });
            each(word(&told.accounts, block), |bit| {
                out.accounts.extend(account(text, at + bit));
            });
            self.signs(at, block);
            self.dense(at, block);
        }
        self.out.is_high |= strip::any(&self.columns.high, blocks);
    }

    /// Quotes, marks and backslashes of the block at `base`.
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "compiled once for each instruction set"
    )]
    fn signs(&mut self, base: usize, block: usize) {
        let (text, out) = (self.text, &mut self.out);
        let quotes = word(&self.told.quotes, block);
        if quotes.count_ones() >= MANY_QUOTES {
            out.letters.push(base);
        }
        each(quotes, |bit| {
            if let Some(joint) = slashes::joint(text, base + bit) {
                out.joint(base + bit, joint);
            }
        });
        each(word(&self.columns.mark, block), |bit| {
            out.mark(text, base + bit);
        });
        let all = word(&self.columns.slash, block);
        if all != 0 {
            out.has_slash = true;
            let slashes = Slashes {
                all,
                soft: word(&self.told.soft, block),
                third: word(&self.told.third, block),
            };
            slashes::step(text, base, slashes, &mut out.slashes);
        }
    }

    /// What has digits, or turns to digits and capitals, in the block at `base`
    /// and the one before it.
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "compiled once for each instruction set"
    )]
    fn dense(&mut self, base: usize, block: usize) {
        let [before, turns] = strip::both(&self.told.turns, block);
        if turns.count_ones() >= MIN_TURNS {
            self.even(base, turns, word(&self.columns.value, block));
        }
        let digits = strip::both(&self.columns.digit, block).map(u64::count_ones);
        let digits = digits.iter().sum::<u32>();
        let turns = before.count_ones() + turns.count_ones();
        if turns >= ALL_TURNS && digits >= THICK_DIGITS {
            self.thick(base, block);
        }
        if digits >= MIN_DIGITS {
            self.digits(base);
            if digits >= MANY_DIGITS {
                let (digit, value) = (&self.columns.digit, &self.columns.value);
                let pairs = first_of(word(digit, block) & word(digit, block) << 1);
                let ends = first_of(!word(value, block));
                if pairs.count_ones() >= MANY_PAIRS && ends.count_ones() >= MANY_ENDS {
                    self.out.digits.push(base);
                }
            }
        }
    }

    /// Base64 in short lines, in a block that has turns.
    #[inline(never)]
    fn even(&mut self, base: usize, turns: u64, value: u64) {
        let even = (self.of_class)(&padded(self.text, base), &class::EVEN);
        // Of ten characters in a row, all but those that are too few.
        let rows = eight(even) & eight(even) >> 2;
        // Long lines are told by themselves, short ones have many blanks between.
        let blanks = (even & !value).count_ones();
        if rows == 0 || blanks < MIN_BLANKS || (turns & even).count_ones() < MIN_TURNS {
            return;
        }
        each(first_of(rows), |at| {
            let row = row_at(even, at);
            let ends_here = row & (1 | 1 << 63) == 0;
            if !ends_here || runs::may_be_even(row, turns, row & !value) {
                self.even.even(self.text, base + at);
            }
        });
    }

    /// Letters, digits and signs in a row without a blank, in a block and the one
    /// before it.
    #[inline(never)]
    fn thick(&mut self, base: usize, block: usize) {
        let joined = |[before, here]: [u64; 2]| u128::from(here) << 64 | u128::from(before);
        let of = |column| joined(strip::both(column, block));
        let blanks = |at: usize| (self.of_class)(&padded(self.text, at), &class::BLANK);
        let before = base.checked_sub(BLOCK).map_or(u64::MAX, blanks);
        // Behind the end there are no signs.
        let left = self.text.len().saturating_sub(base);
        let end = if left < BLOCK { u64::MAX << left } else { 0 };
        let others = of(&self.columns.high) | of(&self.columns.slash);
        let graphic = !(joined([before, blanks(base) | end]) | others);
        let rows = strip::long_rows(graphic);
        if rows == 0 {
            return;
        }
        let signs = rows & !of(&self.columns.value);
        let parted = (signs & !(signs << 1)).count_ones();
        let turns = (rows & of(&self.told.turns)).count_ones();
        let digits = (rows & of(&self.columns.digit)).count_ones();
        if parted >= THICK_SIGNS && turns >= THICK_TURNS && digits >= THICK_DIGITS {
            self.out.signs.push(base);
        }
    }

    /// Digits and what stands between them, in a block and the one before it.
    #[inline(never)]
    fn digits(&mut self, base: usize) {
        let first = base.saturating_sub(BLOCK);
        for base in (first.max(self.digits_done)..=base).step_by(BLOCK) {
            let window = &padded(self.text, base);
            let number = (self.of_class)(window, &class::NUMBER);
            each(first_of(six(number)), |at| {
                self.numbers.number(self.text, base + at);
            });
            let spaced = (self.of_class)(window, &class::SPACED_OR_ESCAPED);
            each(first_of(eight(spaced) & eight(spaced) >> 8), |at| {
                self.spaced.spaced(self.text, base + at);
            });
        }
        self.digits_done = base + BLOCK;
    }

    /// Ends what is open behind the last block, in the strip at `base`.
    fn finish(mut self, base: usize) -> Sweep {
        let text = self.text;
        let end = text.len().next_multiple_of(BLOCK);
        if let Some(run) = self.values.end(end) {
            let told = values::told(text, run, base, &self.columns);
            self.out.values.extend(told);
        }
        if let Some(run) = self.phrases.end(end) {
            let columns = [&self.told.words, &self.columns.high];
            let told = phrases::told(text, run, base, columns);
            self.out.phrases.extend(told);
        }
        // They were told in the order of their telling parts.
        self.out.keywords.sort_unstable();
        let has_slash = |run: &&Run| text.get(run.range()).is_some_and(|t| t.contains(&b'\\'));
        let parted = self.spaced.runs.iter().filter(has_slash).cloned();
        self.out.slashes.extend(parted);
        let spaced = self.spaced.runs.iter();
        Sweep {
            numbers: self.numbers.runs,
            spaced: spaced.flat_map(|run| runs::spaced_in(text, run)).collect(),
            even: self.even.runs,
            apart: self.apart.runs,
            ..self.out
        }
    }
}

/// Quotes in a block of literals of single characters; digits in two blocks of
/// numbers for them, and what parts these in one.
const MANY_QUOTES: u32 = 8;
const MANY_DIGITS: u32 = 24;
const MANY_ENDS: u32 = 4;
const MANY_PAIRS: u32 = 5;
/// Turns in two blocks of base85, and signs behind a letter or digit.
const THICK_TURNS: u32 = 4;
/// Of all turns of the two.
const ALL_TURNS: u32 = 6;
/// And digits.
const THICK_DIGITS: u32 = 2;
const THICK_SIGNS: u32 = 5;

/// The least turns and blanks in a block of wrapped base64.
const MIN_TURNS: u32 = 3;
const MIN_BLANKS: u32 = 3;

/// Where two capitals, two digits and a blank begin. `digit` is the first digit.
fn account(text: &[u8], digit: usize) -> Option<usize> {
    let start = digit.checked_sub(2)?;
    let [a, b, c, d, b' '] = text.get(start..digit + 3)? else {
        return None;
    };
    let fits =
        [a, b].iter().all(|b| b.is_ascii_uppercase()) && [c, d].iter().all(|b| b.is_ascii_digit());
    fits.then_some(start)
}

/// Whether these begin the number or the name of a reference that is undone.
const fn may_begin_reference(a: u8, b: u8) -> bool {
    matches!(
        (a, b),
        (b'#', _)
            | (b'a', b'm' | b'p')
            | (b'l', b't' | b'o')
            | (b'g', b't')
            | (b'q', b'u')
            | (b'U', b'n')
            | (b'h', b'y')
            | (b'd', b'a')
            | (b'p', b'e' | b'l')
            | (b'e', b'q')
            | (b's', b'o')
            | (b'n', b'b')
    )
}

/// Takes the first blocks of a text, one by one.
#[inline(always)]
#[expect(
    clippy::inline_always,
    reason = "compiled once for each instruction set"
)]
fn fill(text: &[u8], mut enter: impl FnMut(usize, &Window)) {
    for (block, at) in (0..text.len()).step_by(BLOCK).take(BLOCKS).enumerate() {
        match text.get(at..).and_then(<[u8]>::first_chunk) {
            Some(window) => enter(block, window),
            None => enter(block, &padded(text, at)),
        }
    }
}

/// Whether a sign of equality before `at` begins an escape of quoted-printable.
fn is_soft(text: &[u8], at: usize) -> bool {
    let has = |at: usize, class: &Class| text.get(at).is_some_and(|b| class.has(*b));
    has(at, &class::LINE) || (has(at, &class::ESCAPED) && has(at + 1, &class::ESCAPED))
}

/// The bytes from `at` on, and some of no class where the text ends before them.
#[inline]
fn padded<const N: usize>(text: &[u8], at: usize) -> [u8; N] {
    let rest = text.get(at..).unwrap_or_default();
    rest.first_chunk().copied().unwrap_or_else(|| filled(rest))
}

#[cold]
fn filled<const N: usize>(rest: &[u8]) -> [u8; N] {
    let mut bytes = [1; N];
    for (to, from) in bytes.iter_mut().zip(rest) {
        *to = *from;
    }
    bytes
}

/// Where eight in a row begin.
#[inline(always)]
#[expect(clippy::inline_always, reason = "a few shifts")]
fn eight(mask: u64) -> u64 {
    let two = mask & mask >> 1;
    let four = two & two >> 2;
    four & four >> 4
}

/// The first of each row.
fn first_of(mask: u64) -> u64 {
    mask & !(mask << 1)
}

/// The row around a bit.
fn row_at(mask: u64, at: usize) -> u64 {
    let above = !mask >> at << at;
    let below = !mask & !(u64::MAX << at);
    let from = u64::MAX << ((64 - below.leading_zeros()) % 64);
    let to = above & above.wrapping_neg();
    (if below == 0 { u64::MAX } else { from }) & to.wrapping_sub(1)
}

/// Where six in a row begin.
fn six(mask: u64) -> u64 {
    let two = mask & mask >> 1;
    let four = two & two >> 2;
    four & four >> 2
}

#[inline(always)]
#[expect(clippy::inline_always, reason = "a loop that seldom runs")]
fn each(mut mask: u64, mut take: impl FnMut(usize)) {
    while mask != 0 {
        take(mask.trailing_zeros() as usize);
        mask &= mask - 1;
    }
}
