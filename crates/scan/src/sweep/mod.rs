//! One pass over a layer's bytes that tells where a closer look may repay.
//!
//! Sixty-four bytes at a time become [`Masks`], a bit for each byte and class;
//! everything else is arithmetic on these. The masks are made with vector
//! instructions where the machine has them ([`avx2`]) and byte by byte where
//! not ([`portable`]). What the pass names is a candidate: a superset of what
//! there is, on every machine. It judges nothing; whoever takes a candidate
//! looks at the bytes again.

#[cfg(target_arch = "x86_64")]
mod avx2;
mod keywords;
mod portable;
mod runs;
mod tracker;

pub(crate) use keywords::{Keyword, Keywords};
pub(crate) use tracker::Run;

use runs::{digits_in, has_words, is_uneven, tell_if_many, tell_whole};
use tracker::{Phrases, Tracker, low};

/// Bytes that are looked at together.
const BLOCK: usize = 64;
/// A block, and the bytes behind it that a keyword's beginning may need.
const WINDOW: usize = 96;

/// The shortest run of value characters that is told.
pub(crate) const MIN_VALUE: usize = 14;
/// The shortest run of digits and gaps that is told.
pub(crate) const MIN_NUMBER: usize = 11;
/// The least digits in it: those of a social security number.
const MIN_DIGITS: usize = 9;
/// The shortest run of hex digits that is told.
pub(crate) const MIN_HEX: usize = 16;
/// The digits in it: half of the pairs of ASCII begin with one.
const MIN_HEX_DIGITS: usize = 8;
/// The shortest run of base32 that is told.
pub(crate) const MIN_BASE32: usize = 20;
/// The shortest run of hex digits with signs between them that is told.
pub(crate) const MIN_SPACED: usize = 32;
/// The shortest run of base64 with blanks in it that is told.
const MIN_EVEN: usize = 20;

/// What the pass over one layer saw. Ranges and places are in the layer.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Sweep {
    /// Keywords, in the order of their places.
    pub(crate) keywords: Vec<Keyword>,
    /// Runs of letters, digits and the signs of values.
    pub(crate) values: Vec<Value>,
    /// Runs of digits, blanks and dashes.
    pub(crate) numbers: Vec<Run>,
    /// Where an account number in groups may begin.
    pub(crate) accounts: Vec<usize>,
    /// Words of three to eight letters in a row.
    pub(crate) phrases: Vec<Run>,
    /// Where the first four end of groups of base64 in a row that are ASCII:
    /// the last character of the fourth.
    pub(crate) decodes: Vec<usize>,
    /// Runs of hex digits.
    pub(crate) hex: Vec<Run>,
    /// Runs of base32 in capitals, and in small letters.
    pub(crate) base32: [Vec<Run>; 2],
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
    /// Which marks occur at all.
    pub(crate) marks: Marks,
}

/// A run of value characters, and what it is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Value {
    pub(crate) run: Run,
    pub(crate) digits: u32,
    pub(crate) uppers: u32,
    pub(crate) lowers: u32,
    /// Some of it is ASCII when it is decoded from base64.
    pub(crate) decodes: bool,
}

/// Which of the rarer characters occur.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Marks {
    pub(crate) ampersand: bool,
    pub(crate) backslash: bool,
    pub(crate) high: bool,
    pub(crate) percent: bool,
    pub(crate) zero: bool,
}

/// Sixty-four bytes: for each class, the bytes that belong to it. The first
/// byte is the lowest bit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Masks {
    upper: u64,
    lower: u64,
    digit: u64,
    /// `a` to `f`, in either case.
    hex_letter: u64,
    /// `+`, `/`, `-`, `_`.
    base64_sign: u64,
    dash: u64,
    /// `.` and `~`.
    value_sign: u64,
    space: u64,
    /// Tab, line feed, carriage return.
    line: u64,
    /// `"`, `'` and the backtick.
    quote: u64,
    /// What may stand between two literals: `+`, `.`, `&`, `|`, the backslash.
    joint: u64,
    equals: u64,
    /// Signs that stand between the words of a phrase, besides those above.
    phrase_sign: u64,
    /// `:`, `,` and `x`.
    hex_sign: u64,
    ampersand: u64,
    backslash: u64,
    percent: u64,
    zero: u64,
    /// Not ASCII.
    high: u64,
    /// Characters of base64 that leave the second and the third byte of a group
    /// ASCII, if they stand in its second and third place.
    second: u64,
    third: u64,
    /// `2` to `7`.
    base32_digit: u64,
    /// Where a keyword may begin that begins a word.
    anchored: u64,
    /// Where the telling part of another keyword may begin.
    loose: u64,
}

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

/// The state between blocks.
struct Pass<'a> {
    text: &'a [u8],
    keywords: &'a Keywords,
    out: Sweep,
    before: Masks,
    values: Tracker,
    numbers: Tracker,
    hex: Tracker,
    base32: [Tracker; 2],
    spaced: Tracker,
    even: Tracker,
    apart: Tracker,
    phrases: Phrases,
    marks: Masks,
    dense: Dense,
    /// Whether something parts the characters of the last two blocks, or did.
    is_parted: bool,
    /// Last characters of groups of base64 that are ASCII, in the block before.
    groups: u64,
    /// Where three of them had ended, there.
    three: u64,
    four: u64,
    /// The last place where three such groups ended.
    decodes: usize,
    /// What the run of value characters that is open is made of.
    began: Counts,
}

/// Whether the last two blocks have so many digits that a number, a digest or
/// base64 with blanks may be there.
#[derive(Clone, Copy, PartialEq)]
enum Dense {
    No,
    Yes,
}

impl<'a> Pass<'a> {
    fn new(text: &'a [u8], keywords: &'a Keywords) -> Self {
        Self {
            text,
            keywords,
            out: Sweep::default(),
            before: Masks::default(),
            values: Tracker::new(MIN_VALUE),
            numbers: Tracker::new(MIN_NUMBER),
            hex: Tracker::new(MIN_HEX),
            base32: [Tracker::new(MIN_BASE32), Tracker::new(MIN_BASE32)],
            spaced: Tracker::new(MIN_SPACED),
            even: Tracker::new(MIN_EVEN),
            apart: Tracker::new(MIN_APART),
            phrases: Phrases::default(),
            marks: Masks::default(),
            dense: Dense::No,
            is_parted: false,
            groups: 0,
            three: 0,
            four: 0,
            decodes: 0,
            began: Counts::default(),
        }
    }

    /// Walks the text block by block.
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "compiled once for each instruction set"
    )]
    fn drive(mut self, mut masks: impl FnMut(&[u8; WINDOW], &Keywords) -> Masks) -> Sweep {
        let mut at = 0;
        while let Some(window) = self.text.get(at..).and_then(<[u8]>::first_chunk) {
            let masks = masks(window, self.keywords);
            self.block(at, &masks);
            at += BLOCK;
        }
        while at < self.text.len() {
            let mut window = [0; WINDOW];
            let rest = self.text.get(at..).unwrap_or_default();
            for (to, from) in window.iter_mut().zip(rest) {
                *to = *from;
            }
            let mut masks = masks(&window, self.keywords);
            // What pads the window is no byte of the text.
            if rest.len() < BLOCK {
                masks.zero &= (1 << rest.len()) - 1;
            }
            self.block(at, &masks);
            at += BLOCK;
        }
        self.finish(at)
    }

    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "compiled once for each instruction set"
    )]
    fn block(&mut self, base: usize, m: &Masks) {
        let before = self.before;
        let letter = m.upper | m.lower;
        let alnum = letter | m.digit;
        let alnum_before = before.upper | before.lower | before.digit;
        let base64 = alnum | m.base64_sign;
        let blank = m.space | m.line;

        let word_start = !shifted(alnum, alnum_before, 1);
        let mut found = (m.anchored & word_start) | m.loose;
        while found != 0 {
            let at = base + index(found);
            found &= found - 1;
            self.keywords.verify(self.text, at, &mut self.out.keywords);
        }

        let decodes = self.decodes(m, base64);
        let out = &mut self.out;
        let (began, decoded_before) = (self.began, self.decodes);
        self.values.step(base, base64 | m.value_sign, |run| {
            let mut value = match run.start.checked_sub(base) {
                Some(start) => Counts::of(m, low(run.len()) << start),
                None => began.and(Counts::of(m, low(run.end - base))),
            };
            value.decodes |= decodes_in(decodes, base, &run, decoded_before);
            out.values.push(value.with(run));
        });
        // What the run is made of so far that goes on in the next block.
        let tail = (base64 | m.value_sign).leading_ones() as usize;
        let here = Counts::of(m, !low(BLOCK - tail));
        self.began = if tail == BLOCK { began.and(here) } else { here };
        let four = decodes & shifted(decodes, self.three, 4);
        each(four & !shifted(four, self.four, 4), |at| {
            out.decodes.push(base + at);
        });
        (self.three, self.four) = (decodes, four);
        if decodes != 0 {
            self.decodes = base + BLOCK - decodes.leading_zeros() as usize;
        }
        self.digits(base, m, &before);
        let (text, out) = (self.text, &mut self.out);
        let near = |run: &Run| run.start + BLOCK >= base;
        let words = |m: &Masks| {
            let letter = m.upper | m.lower;
            (letter & !(letter >> 1)).count_ones() as usize
        };
        self.phrases.step(base, m, &before, |run| {
            let many = !near(&run) || words(m) + words(&before) >= MIN_WORDS;
            if (many || m.high | before.high != 0) && has_words(text, &run) {
                out.phrases.push(run);
            }
        });
        // At each step a character changes with a sign.
        let change = alnum ^ shifted(alnum, alnum_before, 1);
        self.apart.step(base, change, |run| out.apart.push(run));

        let account = m.space
            & shifted(m.digit, before.digit, 1)
            & shifted(m.digit, before.digit, 2)
            & shifted(m.upper, before.upper, 3)
            & shifted(m.upper, before.upper, 4);
        each(account, |at| self.out.accounts.push(base + at - 4));
        // Behind a character that a value may end with.
        let valued = base64 | m.value_sign;
        let valued_before = alnum_before | before.base64_sign | before.value_sign;
        let quotes = shifted(m.quote, before.quote, 1) & shifted(valued, valued_before, 2);
        each(quotes & (blank | m.joint | m.quote), |at| {
            self.out.joints.push(base + at - 1);
        });
        self.equals(base, m, &before);

        self.marks.ampersand |= m.ampersand;
        self.marks.backslash |= m.backslash;
        self.marks.percent |= m.percent;
        self.marks.zero |= m.zero;
        self.marks.high |= m.high;
        self.before = *m;
    }

    /// The escapes of quoted-printable, in the order of their places.
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "compiled once for each instruction set"
    )]
    fn equals(&mut self, base: usize, m: &Masks, before: &Masks) {
        let big = m.digit | (m.hex_letter & m.upper);
        let big_before = before.digit | (before.hex_letter & before.upper);
        let escape = big & shifted(big, big_before, 1) & shifted(m.equals, before.equals, 2);
        each(escape, |at| self.out.equals.push(base + at - 2));
        let soft = m.line & shifted(m.equals, before.equals, 1);
        each(soft, |at| self.out.equals.push(base + at - 1));
        if escape != 0 && soft != 0 {
            let here = self.out.equals.partition_point(|at| at + 2 < base);
            self.out
                .equals
                .get_mut(here..)
                .unwrap_or_default()
                .sort_unstable();
        }
    }

    /// Where three groups of base64 end that are ASCII.
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "compiled once for each instruction set"
    )]
    fn decodes(&mut self, m: &Masks, base64: u64) -> u64 {
        let before = &self.before;
        // The first byte is ASCII for the letters from `A` to `f`.
        let first = m.upper | (m.lower & m.hex_letter);
        let first_before = before.upper | (before.lower & before.hex_letter);
        let groups = base64
            & shifted(m.third, before.third, 1)
            & shifted(m.second, before.second, 2)
            & shifted(first, first_before, 3);
        let three = groups & shifted(groups, self.groups, 4) & shifted(groups, self.groups, 8);
        self.groups = groups;
        three
    }

    /// The runs that have digits: looked for where there are enough of them in
    /// this block and the one before.
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "compiled once for each instruction set"
    )]
    fn digits(&mut self, base: usize, m: &Masks, before: &Masks) {
        let turns = |m: &Masks| m.digit & (m.upper | m.lower) << 1;
        let digits = m.digit.count_ones() + before.digit.count_ones();
        let many = digits as usize >= MIN_DIGITS
            || (turns(m).count_ones() + turns(before).count_ones() >= 2);
        let none = Masks::default();
        if self.dense == Dense::No && many && base >= BLOCK {
            self.dense_block(base - BLOCK, before, &none);
        }
        if many {
            self.dense_block(base, m, before);
        } else if self.dense == Dense::Yes {
            self.dense_block(base, &none, before);
        }
        self.dense = if many { Dense::Yes } else { Dense::No };
    }

    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "compiled once for each instruction set"
    )]
    fn dense_block(&mut self, base: usize, m: &Masks, before: &Masks) {
        let (text, out) = (self.text, &mut self.out);
        self.numbers.step(base, m.digit | m.space | m.dash, |run| {
            tell_if_many(text, run, &mut out.numbers);
        });
        let hex = m.digit | m.hex_letter;
        self.hex.step(base, hex, |run| {
            if digits_in(text, &run) >= MIN_HEX_DIGITS {
                tell_whole(text, &run, u8::is_ascii_hexdigit, &mut out.hex);
            }
        });
        let cases = [
            (m.upper, u8::is_ascii_uppercase as fn(&u8) -> bool),
            (m.lower, u8::is_ascii_lowercase),
        ];
        let trackers = self.base32.iter_mut().zip(&mut out.base32);
        for ((tracker, runs), (letter, is_letter)) in trackers.zip(cases) {
            tracker.step(base, letter | m.base32_digit, |run| {
                let is_digit = |b: &u8| is_letter(b) || matches!(b, b'2'..=b'7');
                tell_whole(text, &run, is_digit, runs);
            });
        }
        // An image in base64 has many digits, and nothing between them.
        let parting = |m: &Masks| m.space | m.line | m.hex_sign | m.dash;
        let is_parted = parting(m) | parting(before) != 0;
        if is_parted && !self.is_parted && base >= BLOCK {
            self.parted_block(base - BLOCK, before);
        }
        if is_parted {
            self.parted_block(base, m);
        } else if self.is_parted {
            self.parted_block(base, &Masks::default());
        }
        self.is_parted = is_parted;
    }

    /// The runs with something between them.
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "compiled once for each instruction set"
    )]
    fn parted_block(&mut self, base: usize, m: &Masks) {
        let (text, out) = (self.text, &mut self.out);
        let blank = m.space | m.line;
        let hex = m.digit | m.hex_letter | blank | m.dash | m.hex_sign;
        self.spaced.step(base, hex, |run| {
            tell_if_many(text, run, &mut out.spaced);
        });
        let base64 = m.upper | m.lower | m.digit | m.base64_sign;
        self.even.step(base, base64 | blank, |run| {
            if is_uneven(text, &run) {
                out.even.push(run);
            }
        });
    }

    fn finish(mut self, end: usize) -> Sweep {
        // A last block without anything ends what is open.
        self.block(end, &Masks::default());
        // They were told in the order of their telling parts.
        self.out.keywords.sort_unstable();
        self.out.marks = Marks {
            ampersand: self.marks.ampersand != 0,
            backslash: self.marks.backslash != 0,
            high: self.marks.high != 0,
            percent: self.marks.percent != 0,
            zero: self.marks.zero != 0,
        };
        self.out
    }
}

/// The shortest stretch of single characters that is told.
const MIN_APART: usize = 16;
/// The words of the shortest phrase.
const MIN_WORDS: usize = 12;

/// What a run is made of.
#[derive(Clone, Copy, Default)]
struct Counts {
    digits: u32,
    uppers: u32,
    lowers: u32,
    decodes: bool,
}

impl Counts {
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "compiled once for each instruction set"
    )]
    fn of(m: &Masks, inside: u64) -> Self {
        Self {
            digits: (m.digit & inside).count_ones(),
            uppers: (m.upper & inside).count_ones(),
            lowers: (m.lower & inside).count_ones(),
            decodes: false,
        }
    }

    fn and(self, more: Self) -> Self {
        Self {
            digits: self.digits + more.digits,
            uppers: self.uppers + more.uppers,
            lowers: self.lowers + more.lowers,
            decodes: self.decodes,
        }
    }

    fn with(self, run: Run) -> Value {
        Value {
            run,
            digits: self.digits,
            uppers: self.uppers,
            lowers: self.lowers,
            decodes: self.decodes,
        }
    }
}

/// Whether groups of ASCII end in the run: in this block, or in one before.
#[inline]
fn decodes_in(here: u64, base: usize, run: &Run, before: usize) -> bool {
    let behind = here & low(run.end - base);
    match run.start.checked_sub(base) {
        Some(start) => behind & !low(start) != 0,
        None => behind != 0 || before > run.start,
    }
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
