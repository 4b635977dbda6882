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
mod values;

pub(crate) use class::{BASE32, BASE64, Class, HEX, VALUE};
pub(crate) use keywords::{Keyword, Keywords};
pub(crate) use runs::{Run, long_runs};

use phrases::{Letters, Phrases};
use runs::{Grown, MIN_DIGITS};
use slashes::{Joint, Slashes};
pub(crate) use values::Value;

use crate::views::Encoded;
use values::Values;

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
    /// Notes a percent, an ampersand or a plus by what stands behind it.
    #[inline]
    fn mark(&mut self, text: &[u8], at: usize) {
        let behind = |by: usize| text.get(at + by);
        match text.get(at) {
            Some(b'%') => {
                if [1, 2]
                    .map(behind)
                    .iter()
                    .all(|b| b.is_some_and(u8::is_ascii_hexdigit))
                {
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
            _ => self.has_plus = true,
        }
    }
}

/// Sixty-four bytes: for each class, the bytes that belong to it. The first
/// byte is the lowest bit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Masks {
    /// [`class::ALNUM`].
    alnum: u64,
    /// [`class::DIGIT`].
    digit: u64,
    /// [`class::UPPER`].
    upper: u64,
    /// [`class::VALUE`].
    value: u64,
    /// [`class::QUOTE`].
    quote: u64,
    /// A sign of equality.
    equals: u64,
    /// A backslash.
    slash: u64,
    /// [`class::PHRASE`].
    phrase: u64,
    /// [`class::MARK`].
    mark: u64,
    /// [`class::CONTROL`].
    control: u64,
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
    /// Letters behind backslashes in the block before.
    escaped: u64,
    /// The end of the blocks that were looked at for digits.
    digits_done: usize,
    values: Values,
    phrases: Phrases,
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
            before: Masks::default(),
            escaped: 0,
            digits_done: 0,
            values: Values::default(),
            phrases: Phrases::default(),
            numbers: Grown::default(),
            spaced: Grown::default(),
            even: Grown::default(),
            apart: Grown::default(),
        }
    }

    /// Walks the text block by block.
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "compiled once for each instruction set"
    )]
    fn drive(mut self, masks: impl Fn(&Window) -> Masks) -> Sweep {
        let mut at = 0;
        while let Some(window) = self.text.get(at..).and_then(<[u8]>::first_chunk) {
            let masks = masks(window);
            self.block(at, window, &masks);
            at += BLOCK;
        }
        while at < self.text.len() {
            let window = &padded(self.text, at);
            let masks = masks(window);
            self.block(at, window, &masks);
            at += BLOCK;
        }
        self.finish(at)
    }

    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "compiled once for each instruction set"
    )]
    fn block(&mut self, base: usize, window: &Window, m: &Masks) {
        let behind_alnum = shifted(m.alnum, self.before.alnum, 1);
        let escaped = m.alnum & shifted(m.slash, self.before.slash, 1);
        let behind_escaped = shifted(escaped, self.escaped, 1);
        // Behind the letter of an escape a word may begin.
        let in_word = behind_alnum & !behind_escaped;
        let mut found = (m.anchored & !in_word) | m.loose;
        while found != 0 {
            let at = index(found);
            found &= found - 1;
            let beginning = window.get(at..).and_then(<[u8]>::first_chunk);
            let beginning = beginning.copied().unwrap_or_default();
            self.keywords
                .verify(beginning, self.text, base + at, &mut self.out);
        }
        let values = (m.value & !escaped, m.digit);
        self.values
            .step(base, values, self.text, &mut self.out.values);
        self.signs(base, m);
        // At each step a character changes with a sign.
        let change = eight(m.alnum ^ behind_alnum);
        if change != 0 {
            each(first_of(change), |at| {
                self.apart.apart(self.text, base + at);
            });
        }
        self.numbers(base, m);
        let letters = Letters {
            latin: m.alnum & !m.digit,
            escaped,
            behind_escaped,
            high: m.high,
            odd: !(m.phrase | m.slash | m.high),
        };
        self.phrases.step(base, letters, &mut self.out.phrases);
        self.out.is_high |= m.high != 0;
        self.escaped = escaped;
        self.before = *m;
    }

    /// Quotes, backslashes and signs of equality.
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "compiled once for each instruction set"
    )]
    fn signs(&mut self, base: usize, m: &Masks) {
        let behind_slash = shifted(m.slash, self.before.slash, 1);
        // Behind a character that a value may end with, or escaped.
        let quotes = m.quote & (shifted(m.value, self.before.value, 1) | behind_slash);
        let (text, out) = (self.text, &mut self.out);
        each(quotes, |at| {
            let Some(joint) = slashes::joint(text, base + at) else {
                return;
            };
            let plain = behind_slash >> at & 1 == 0;
            if plain {
                out.joints.push(base + at);
            }
            if !plain || joint == Joint::Escaped {
                out.slashes.push(Run::one(base + at));
            }
        });
        each(m.equals, |at| {
            if is_soft(text, base + at + 1) {
                out.equals.push(base + at);
            }
        });
        each(m.mark, |at| out.mark(text, base + at));
        out.has_control |= m.control != 0;
        if m.slash != 0 {
            out.has_slash = true;
            let slashes = Slashes {
                all: m.slash,
                soft: m.slash & shifted(m.equals, self.before.equals, 1),
                third: m.slash & behind_slash & shifted(m.slash, self.before.slash, 2),
            };
            slashes::step(text, base, slashes, &mut out.slashes);
        }
    }

    /// What has digits, or turns to digits and capitals, in this block and the
    /// one before.
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "compiled once for each instruction set"
    )]
    fn numbers(&mut self, base: usize, m: &Masks) {
        let (letter, letter_before) = (m.alnum & !m.digit, self.before.alnum & !self.before.digit);
        let to_digit = m.digit & shifted(letter, letter_before, 1);
        let capital = shifted(m.upper, self.before.upper, 1);
        let accounts = to_digit & capital & shifted(m.upper, self.before.upper, 2);
        if accounts != 0 {
            self.accounts(base, accounts);
        }
        let to_upper = m.upper & shifted(letter, letter_before, 1) & !capital;
        let turns = to_digit | to_upper;
        let digits = (m.digit.count_ones() + self.before.digit.count_ones()) as usize;
        if turns.count_ones() >= MIN_TURNS || digits >= MIN_DIGITS {
            self.dense(base, turns, m.value, digits);
        }
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

    /// What has turns in this block, or digits in it and the one before.
    #[inline(never)]
    fn dense(&mut self, base: usize, turns: u64, value: u64, digits: usize) {
        let first = base.saturating_sub(BLOCK);
        if turns.count_ones() >= MIN_TURNS {
            let even = (self.of_class)(&padded(self.text, base), &class::EVEN);
            // Of ten characters in a row, all but those that are too few.
            let rows = eight(even) & eight(even) >> 2;
            // Long lines are told by themselves, short ones have many blanks between.
            let blanks = (even & !value).count_ones();
            if rows != 0 && blanks >= MIN_BLANKS && (turns & even).count_ones() >= MIN_TURNS {
                each(first_of(rows), |at| self.even.even(self.text, base + at));
            }
        }
        if digits < MIN_DIGITS {
            return;
        }
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

    /// Ends what is open behind the last block.
    fn finish(mut self, end: usize) -> Sweep {
        self.values
            .step(end, (0, 0), self.text, &mut self.out.values);
        self.phrases.finish(self.text.len(), &mut self.out.phrases);
        // They were told in the order of their telling parts.
        self.out.keywords.sort_unstable();
        let text = self.text;
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

/// The least turns and blanks in a block of wrapped base64.
const MIN_TURNS: u32 = 3;
const MIN_BLANKS: u32 = 3;

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

/// Whether a sign of equality before `at` begins an escape of quoted-printable.
fn is_soft(text: &[u8], at: usize) -> bool {
    let has = |at: usize, class: &Class| text.get(at).is_some_and(|b| class.has(*b));
    has(at, &class::LINE) || (has(at, &class::ESCAPED) && has(at + 1, &class::ESCAPED))
}

/// The window at `at`, where the text may end before it does.
fn padded(text: &[u8], at: usize) -> Window {
    let rest = text.get(at..).unwrap_or_default();
    if let Some(window) = rest.first_chunk() {
        return *window;
    }
    // Of no class.
    let mut window = [1; WINDOW];
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

/// The first of each row.
fn first_of(mask: u64) -> u64 {
    mask & !(mask << 1)
}

/// Where six in a row begin.
fn six(mask: u64) -> u64 {
    let two = mask & mask >> 1;
    let four = two & two >> 2;
    four & four >> 2
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
