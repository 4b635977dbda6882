//! The pass itself: strip by strip over a text, with the masks that a machine
//! makes, and the bytes read around what they leave.

use std::mem;

use super::bits::{each, eight, first_of, row_at, six};
use super::class::{self, Class};
use super::keywords::Keywords;
use super::places::Places;
use super::runs::{self, Grown, MIN_DIGITS, Open, Run};
use super::strip::{self, BLOCKS, Columns, word};
use super::told::{ALL_TURNS, MANY_QUOTES, MIN_TURNS, THICK_DIGITS, Told};
use super::{BLOCK, Sweep, Window, padded, phrases, slashes, values};

/// The state between strips. `of_class` makes the mask of one class, where a
/// block turns out to need it.
pub(super) struct Pass<'a, C> {
    text: &'a [u8],
    keywords: &'a Keywords,
    of_class: C,
    out: Sweep,
    columns: Columns,
    told: Told,
    places: Places,
    /// The end of the blocks that were looked at for digits.
    digits_done: usize,
    values: Open,
    phrases: Open,
    numbers: Grown,
    spaced: Grown,
    even: Grown,
    apart: Grown,
    script: Grown,
}

impl<'a, C: Fn(&Window, &Class) -> u64> Pass<'a, C> {
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "it is large: made where it stays")]
    pub(super) fn new(text: &'a [u8], keywords: &'a Keywords, of_class: C) -> Self {
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
            places: Places::new(),
            digits_done: 0,
            values: Open::default(),
            phrases: Open::default(),
            numbers: Grown::default(),
            spaced: Grown::default(),
            even: Grown::default(),
            apart: Grown::default(),
            script: Grown::default(),
        }
    }

    /// Walks the text strip by strip. `fill` makes the columns of so many blocks
    /// from a place on, `tell` what they say together.
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "compiled once for each instruction set"
    )]
    pub(super) fn drive(
        &mut self,
        mut fill: impl FnMut(&[u8], &mut Columns),
        tell: impl Fn(&mut Told, &Columns, usize),
        write: impl Fn(&mut [u16; BLOCK], u16, u64),
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
            self.strip(base, blocks, &write);
        }
        self.finish(last)
    }

    /// Reads the text around what the masks left.
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "compiled once for each instruction set"
    )]
    fn strip(&mut self, base: usize, blocks: usize, write: impl Fn(&mut [u16; BLOCK], u16, u64)) {
        let text = self.text;
        let (columns, told, out) = (&self.columns, &self.told, &mut self.out);
        let places = &mut self.places;
        places.fill(&told.keywords, blocks, &write);
        for at in places.all() {
            self.keywords.verify(text, base + usize::from(*at), out);
        }
        places.fill(&told.values, blocks, &write);
        for at in places.all() {
            let at = base + usize::from(*at);
            if let Some(run) = self.values.change(at, values::SHORTEST) {
                out.values.extend(values::told(text, run, base, columns));
            }
        }
        let high_here = strip::any(&columns.high, blocks);
        out.is_high |= high_here;
        out.has_slash |= strip::any(&columns.slash, blocks);
        // A stretch may begin in the block before.
        let [before, _] = strip::both(&columns.high, 0);
        let is_high = high_here || before != 0;
        places.fill(&told.phrases, blocks, &write);
        for at in places.all() {
            let at = base + usize::from(*at);
            if let Some(run) = self.phrases.change(at, phrases::MIN_PHRASE) {
                let words = &told.words;
                let asked = phrases::Asked {
                    words,
                    columns,
                    is_high,
                };
                out.phrases.extend(phrases::told(text, run, base, asked));
            }
        }
        each(strip::with_any(&told.seldom, blocks), |block| {
            self.seldom(base + block * BLOCK, block);
        });
    }

    /// What few blocks have, in the one at `at`.
    #[inline(never)]
    fn seldom(&mut self, at: usize, block: usize) {
        let (text, told, out) = (self.text, &self.told, &mut self.out);
        each(word(&self.columns.mark, block), |bit| {
            out.mark(text, at + bit);
        });
        each(word(&told.joints, block), |bit| {
            out.joint(text, at + bit - 1);
        });
        each(word(&told.references, block), |bit| {
            out.reference(text, at + bit - 1);
        });
        each(word(&told.equals, block), |bit| {
            out.equal(text, at + bit - 1);
        });
        each(word(&told.odd, block), |bit| {
            slashes::odd(text, at + bit - 1, &mut out.slashes);
        });
        each(first_of(word(&told.apart, block)), |bit| {
            self.apart.apart(text, at + bit);
        });
        each(word(&told.accounts, block), |bit| {
            out.accounts.extend(account(text, at + bit));
        });
        each(word(&told.soft, block), |bit| {
            slashes::soft(text, at + bit, &mut out.slashes);
        });
        each(word(&told.third, block), |bit| {
            slashes::third(text, at + bit, &mut out.slashes);
        });
        for (by, spread) in (3..).zip(&told.spread) {
            each(word(spread, block), |bit| {
                slashes::spread(text, at + bit, by, &mut out.slashes);
            });
        }
        self.dense(at, block);
    }

    /// What has digits, turns to digits and capitals, or letters of other scripts,
    /// in the block at `base` and the one before it.
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "compiled once for each instruction set"
    )]
    fn dense(&mut self, base: usize, block: usize) {
        if word(&self.told.quotes, block).count_ones() >= MANY_QUOTES {
            self.out.letters.push(base);
        }
        let high = word(&self.columns.high, block);
        if high.count_ones() >= runs::IN_BLOCK {
            each(first_of(high), |bit| {
                self.script.script(self.text, base + bit);
            });
        }
        let [before, turns] = strip::both(&self.told.turns, block);
        if turns.count_ones() >= MIN_TURNS {
            self.even(base, block);
        }
        let digits = strip::both(&self.columns.digit, block).map(u64::count_ones);
        let digits = digits.iter().sum::<u32>();
        let turns = before.count_ones() + turns.count_ones();
        if turns >= ALL_TURNS && digits >= THICK_DIGITS {
            self.thick(base, block);
        }
        if digits >= MIN_DIGITS {
            self.digits(base, block);
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

    /// The mask of one class in the block at `at`.
    #[inline]
    fn mask(&self, at: usize, class: &Class) -> u64 {
        match self.text.get(at..).and_then(<[u8]>::first_chunk) {
            Some(window) => (self.of_class)(window, class),
            None => (self.of_class)(&padded(self.text, at), class),
        }
    }

    /// Base64 in short lines, in a block that has turns.
    #[inline(never)]
    fn even(&mut self, base: usize, block: usize) {
        let [turns, value] =
            [&self.told.turns, &self.columns.value].map(|column| word(column, block));
        let even = self.mask(base, &class::EVEN);
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
            let may_be = if ends_here {
                runs::may_be_even(row, turns, row & !value)
            } else {
                // A part of them may be in the next block.
                (row & turns).count_ones() >= MIN_TURNS - 1
            };
            if may_be {
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
        if of(&self.columns.upper).count_ones() < THICK_CAPITALS {
            return;
        }
        let blanks = |at: usize| self.mask(at, &class::BLANK);
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
        let capitals = (rows & of(&self.columns.upper)).count_ones();
        if parted >= THICK_SIGNS
            && turns >= THICK_TURNS
            && digits >= THICK_DIGITS
            && capitals >= THICK_CAPITALS
        {
            self.out.signs.push(base);
        }
    }

    /// Digits and what stands between them, in a block and the one before it.
    #[inline(never)]
    fn digits(&mut self, base: usize, block: usize) {
        let places = [base.checked_sub(BLOCK), Some(base)];
        for (base, digit) in places
            .into_iter()
            .zip(strip::both(&self.columns.digit, block))
        {
            let Some(base) = base.filter(|base| *base >= self.digits_done) else {
                continue;
            };
            // A row that ends here has all of its digits here, any other some.
            let may_be = |mask: u64, at: usize| {
                let row = row_at(mask, at);
                let ends_here = row & (1 | 1 << 63) == 0;
                (row & digit).count_ones() >= if ends_here { MIN_DIGITS } else { 1 }
            };
            let number = self.mask(base, &class::NUMBER);
            each(first_of(six(number) | cut(number)), |at| {
                if may_be(number, at) {
                    self.numbers.number(self.text, base + at);
                }
            });
            let spaced = self.mask(base, &class::SPACED_OR_ESCAPED);
            each(first_of(eight(spaced) & eight(spaced) >> 8), |at| {
                if may_be(spaced, at) {
                    self.spaced.spaced(self.text, base + at);
                }
            });
        }
        self.digits_done = base + BLOCK;
    }

    /// Ends what is open behind the last block, in the strip at `base`.
    fn finish(&mut self, base: usize) -> Sweep {
        let text = self.text;
        let end = text.len().next_multiple_of(BLOCK);
        if let Some(run) = self.values.end(end) {
            let told = values::told(text, run, base, &self.columns);
            self.out.values.extend(told);
        }
        if let Some(run) = self.phrases.end(end) {
            let asked = phrases::Asked {
                words: &self.told.words,
                columns: &self.columns,
                is_high: true,
            };
            let told = phrases::told(text, run, base, asked);
            self.out.phrases.extend(told);
        }
        let mut out = mem::take(&mut self.out);
        out.phrases.append(&mut self.script.runs);
        out.phrases.sort_unstable_by_key(|run| run.start);
        // They were told in the order of their telling parts.
        out.keywords.sort_unstable();
        out.dumps.sort_unstable();
        let has_slash = |run: &&Run| text.get(run.range()).is_some_and(|t| t.contains(&b'\\'));
        let parted = self.spaced.runs.iter().filter(has_slash).cloned();
        out.slashes.extend(parted);
        let spaced = self.spaced.runs.iter();
        Sweep {
            numbers: mem::take(&mut self.numbers.runs),
            spaced: spaced.flat_map(|run| runs::spaced_in(text, run)).collect(),
            even: mem::take(&mut self.even.runs),
            apart: mem::take(&mut self.apart.runs),
            ..out
        }
    }
}

/// The first and the last byte of a block that a run of five is cut at: of nine digits
/// in two blocks there are as many in one.
fn cut(mask: u64) -> u64 {
    const LEAST: u32 = 5;
    let first = u64::from(mask.trailing_ones() >= LEAST);
    let last = u64::from(mask.leading_ones() >= LEAST) << 63;
    first | last
}

/// Digits in two blocks of numbers for characters, and what parts these in one.
const MANY_DIGITS: u32 = 24;
const MANY_ENDS: u32 = 4;
const MANY_PAIRS: u32 = 5;
/// Turns in the rows of two blocks of base85, capitals, and signs behind a
/// letter or digit.
const THICK_TURNS: u32 = 4;
const THICK_CAPITALS: u32 = 3;
const THICK_SIGNS: u32 = 5;

/// The least blanks in a block of wrapped base64.
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
