//! Whether a character beyond ASCII reads like ASCII, without what it reads like: a
//! byte for each.

use std::hint::select_unpredictable;
use std::sync::LazyLock;

use super::evasions::fold;
use super::non_ascii::NonAscii;

/// It reads like nothing but itself, or like something else.
const OTHER: u8 = 0x80;
/// It reads like ASCII, or like nothing.
const LIKE: u8 = 0x20;
/// It reads like a sign or a letter that little does.
const RARE: u8 = 0x40;
/// How many characters of ASCII it reads like.
const READS: u8 = 0x07;

/// The characters that take up to three bytes, by their codes.
static KNOWN: LazyLock<Likeness> = LazyLock::new(|| {
    let mut kinds = vec![OTHER; 0x1_0000].into_boxed_slice();
    for (code, kind) in (0..).zip(&mut kinds) {
        // Most of what is skipped is Han and Hangul.
        if !matches!(code, 0..0x80 | 0x3400..0xa000 | 0xac00..0xf900) {
            *kind = char::from_u32(code).map_or(OTHER, |c| kind_of(c.to_string().as_bytes()));
        }
    }
    let kinds = kinds.try_into().expect("it has that length");
    Likeness { kinds }
});

/// Whether a byte is a sign or a letter that few characters read like.
pub(crate) const fn is_rare(byte: u8) -> bool {
    matches!(byte | 0x20, b'(' | b'.' | b':' | b'l')
}

pub(crate) struct Likeness {
    kinds: Box<[u8; 0x1_0000]>,
}

/// One character of a text.
#[derive(Clone, Copy)]
pub(crate) struct Letter {
    /// Its bytes.
    pub(crate) text: usize,
    kind: u8,
}

impl Likeness {
    pub(crate) fn known() -> &'static Self {
        &KNOWN
    }

    /// Of what is no character, the first byte.
    #[inline]
    pub(crate) fn of(&self, text: &[u8], at: usize) -> Letter {
        let rest = text.get(at..).unwrap_or_default();
        match *rest {
            [first @ 0xc2..=0xdf, second @ 0x80..=0xbf, ..] => Letter {
                text: 2,
                kind: self.kind(0, first & 0x1f, second),
            },
            [
                first @ 0xe0..=0xef,
                second @ 0x80..=0xbf,
                third @ 0x80..=0xbf,
                ..,
            ] => Letter {
                text: 3,
                kind: self.kind(first & 0x0f, second, third),
            },
            [0xf0..=0xf4, second, third, fourth, ..]
                if [second, third, fourth].iter().all(|b| b & 0xc0 == 0x80) =>
            {
                Letter {
                    text: 4,
                    kind: kind_of(rest),
                }
            }
            _ => Letter {
                text: 1,
                kind: OTHER,
            },
        }
    }

    #[inline]
    fn kind(&self, high: u8, middle: u8, low: u8) -> u8 {
        let six = |byte: u8| usize::from(byte & 0x3f);
        let code = usize::from(high) << 12 | six(middle) << 6 | six(low);
        self.kinds.get(code).copied().unwrap_or(OTHER)
    }
}

impl Letter {
    #[inline]
    pub(crate) fn is_other(self) -> bool {
        self.kind & OTHER != 0
    }

    /// How many characters of ASCII it reads like.
    #[inline]
    pub(crate) fn reads(self) -> usize {
        usize::from(self.kind & READS)
    }
}

/// What is true of any of some characters.
#[derive(Clone, Copy, Default)]
pub(crate) struct Kinds(u8);

impl Kinds {
    /// With one more, or none where that reads like nothing but itself.
    #[inline]
    pub(crate) fn and(self, letter: Letter) -> Self {
        let goes_on = u8::from(letter.is_other()).wrapping_sub(1);
        Self((self.0 | letter.kind) & goes_on)
    }

    /// Whether there is one.
    #[inline]
    pub(crate) fn are_some(self) -> bool {
        self.0 != 0
    }

    /// Whether one reads like what little does: see [`is_rare`].
    fn are_rare(self) -> bool {
        self.0 & RARE != 0
    }
}

/// Characters that read like ASCII, up to where one does not.
#[derive(Clone, Copy, Default)]
pub(crate) struct Run {
    pub(crate) start: usize,
    /// Those that are not of ASCII.
    kinds: Kinds,
    /// By how much they are longer than what they read like, which can be less than none.
    spare: usize,
}

impl Run {
    /// How long it is as it reads.
    #[inline]
    pub(crate) fn len(&self, end: usize) -> usize {
        (end - self.start).wrapping_sub(self.spare)
    }

    /// Whether one of its characters reads like what little does.
    pub(crate) fn has_rare(&self) -> bool {
        self.kinds.are_rare()
    }
}

/// Calls `take` with the runs of a text that have a character beyond ASCII in them and
/// read as long as `least` or longer, and where each ends.
#[inline]
pub(crate) fn runs(text: &[u8], least: usize, mut take: impl FnMut(&Run, usize)) {
    let likeness = Likeness::known();
    let mut run = Run::default();
    for at in NonAscii::of(text) {
        let letter = likeness.of(text, at);
        let ends = letter.is_other();
        // Nobody can guess which letters read like ASCII, so there is one branch, and that
        // is seldom taken.
        let is_long = u8::from(run.kinds.are_some()) & u8::from(run.len(at) >= least);
        if u8::from(ends) & is_long == 1 {
            take(&run, at);
        }
        run.kinds = run.kinds.and(letter);
        let spare = run
            .spare
            .wrapping_add(letter.text)
            .wrapping_sub(letter.reads());
        run.spare = select_unpredictable(ends, 0, spare);
        run.start = select_unpredictable(ends, at + letter.text, run.start);
    }
    if run.kinds.are_some() & (run.len(text.len()) >= least) {
        take(&run, text.len());
    }
}

fn kind_of(text: &[u8]) -> u8 {
    let Some(escape) = fold(text) else {
        return OTHER;
    };
    let reads = escape.bytes.get(..escape.len).unwrap_or_default();
    let rare = if reads.iter().copied().any(is_rare) {
        RARE
    } else {
        0
    };
    u8::try_from(reads.len()).map_or(OTHER, |len| len | rare | LIKE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_is_known() {
        for c in '\u{80}'..='\u{1ffff}' {
            let text = c.to_string();
            let letter = Likeness::known().of(text.as_bytes(), 0);
            let reads = fold(text.as_bytes()).map(|escape| escape.len);
            assert_eq!((!letter.is_other()).then(|| letter.reads()), reads, "{c:?}");
            assert_eq!(letter.text, text.len());
        }
    }
}
