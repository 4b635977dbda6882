//! One pass over a layer's bytes that tells where a closer look may repay.
//!
//! Sixty-four bytes at a time become a few masks, a bit for each byte of a
//! class; arithmetic on these says whether anything can be there at all. They
//! are made with vector instructions where the machine has them ([`avx512`],
//! [`avx2`]) and byte by byte where not ([`portable`]). Only where the masks
//! leave it possible are more of them made, and the bytes around read
//! ([`runs`]). What the pass names is a candidate: a superset of what there is,
//! on every machine. It judges nothing; whoever takes a candidate looks at the
//! bytes again.
//!
//! Text is read in two ways at once: as it stands, and with the letters behind
//! backslashes taken for what they may stand for in JSON ([`slashes`]).
//! What is a candidate in either reading is told.

#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "x86_64")]
mod avx512;
mod bits;
mod buckets;
mod class;
mod common;
mod frequency;
mod keywords;
mod pair;
mod pass;
mod phrases;
mod places;
mod portable;
mod runs;
mod sharing;
mod slashes;
mod strip;
mod told;
mod values;

pub(crate) use class::{ALNUM, BASE32, BASE64, Class, HEX, VALUE};
pub(crate) use frequency::frequency;
pub(crate) use keywords::{Keyword, Keywords};
pub(crate) use runs::{Run, long_runs};

use buckets::{Halves, Lookup};
use pass::Pass;
use slashes::Joint;
use strip::BLOCKS;
pub(crate) use values::Value;

use crate::views::{Encoded, Rare};

/// Bytes that are looked at together.
pub(crate) const BLOCK: usize = 64;
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
    /// Where the second line of a dump of characters may begin.
    pub(crate) dumps: Vec<usize>,
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
    /// Notes a quote if one literal goes on in the next behind it.
    #[inline]
    fn joint(&mut self, text: &[u8], quote: usize) {
        let Some(joint) = slashes::joint(text, quote) else {
            return;
        };
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
            Some(b'+') => self.has_plus = true,
            _ => self.has_control = true,
        }
    }

    /// Notes an ampersand that may begin a reference.
    #[inline]
    fn reference(&mut self, text: &[u8], at: usize) {
        if let Some([a, b]) = text.get(at + 1..at + 3)
            && may_begin_reference(*a, *b)
        {
            self.references.push(at);
        }
    }

    /// Notes a sign of equality that begins an escape.
    #[inline]
    fn equal(&mut self, text: &[u8], at: usize) {
        if is_soft(text, at + 1) {
            self.equals.push(at);
        }
        // Half of a line break, and the other half escaped.
        if let Some(b"\r\\" | b"\n\\") = text.get(at + 1..at + 3) {
            self.slashes.push(Run::one(at + 2));
        }
    }
}

/// A block and what stands behind it.
type Window = [u8; WINDOW];

/// Passes over the bytes, with the fastest instructions that there are.
pub(crate) fn sweep(text: &[u8]) -> Sweep {
    sweep_for(text, Keywords::of_table())
}

/// How a machine looks a byte up in a table: at once, or by its halves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Machine {
    Whole,
    Halves,
}

impl Machine {
    fn lookup(self, halves: Halves) -> Lookup {
        match self {
            Self::Whole => Lookup::Whole,
            Self::Halves => Lookup::By(halves),
        }
    }
}

fn machine() -> Machine {
    #[cfg(target_arch = "x86_64")]
    if !avx512::is_there() && avx2::is_there() {
        return Machine::Halves;
    }
    Machine::Whole
}

fn sweep_for(text: &[u8], keywords: &Keywords) -> Sweep {
    #[cfg(target_arch = "x86_64")]
    if let Some(sweep) = avx512::sweep(text, keywords).or_else(|| avx2::sweep(text, keywords)) {
        return sweep;
    }
    portable::sweep(text, keywords)
}

/// How a pass with vector instructions differs from the one without them.
#[cfg(any(test, feature = "reference"))]
pub(crate) fn difference(text: &[u8]) -> Option<String> {
    let keywords = Keywords::of_table();
    let plain = portable::sweep(text, keywords);
    #[cfg(target_arch = "x86_64")]
    let with = [avx512::sweep(text, keywords), avx2::sweep(text, keywords)];
    #[cfg(not(target_arch = "x86_64"))]
    let with = [];
    let other = with.into_iter().flatten().find(|fast| *fast != plain)?;
    Some(format!("with vectors: {other:?}; without: {plain:?}"))
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
