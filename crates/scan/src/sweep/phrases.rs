//! Stretches of words of three to eight letters with little between them, from
//! masks of sixty-four bytes: what a seed phrase is made of.
//!
//! What ends a stretch is a byte that no phrase has, a word of one or two
//! letters, and the ninth Latin letter of a word. Prose seldom goes on for long
//! without one of these, so what is left is counted word by word.

use super::runs::Run;
use super::shifted;

/// Twelve Chinese characters.
const MIN_PHRASE: usize = 36;
/// The words of the shortest phrase.
const MIN_WORDS: u32 = 12;

/// Follows the stretches across blocks.
#[derive(Debug, Default)]
pub(super) struct Phrases {
    /// Where the stretch began that is open, and how many words had begun.
    open: usize,
    words_before: u32,
    /// Words that have begun in all.
    words: u32,
    /// Bytes of another script since the stretch began, or a little before.
    high: u64,
    /// Letters of the block before, those of escapes and other scripts too.
    word: u64,
    /// Latin letters that may be a word's, and where two, four and eight of
    /// them had ended.
    latin: [u64; 4],
}

/// What a block has of a stretch.
#[derive(Clone, Copy)]
pub(super) struct Letters {
    /// Latin letters, those of them behind backslashes, and what stands behind
    /// these.
    pub(super) latin: u64,
    pub(super) escaped: u64,
    pub(super) behind_escaped: u64,
    /// Bytes of other scripts.
    pub(super) high: u64,
    /// Bytes that no phrase has.
    pub(super) odd: u64,
}

impl Phrases {
    /// Takes the block at `base`.
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "compiled once for each instruction set"
    )]
    pub(super) fn step(&mut self, base: usize, letters: Letters, out: &mut Vec<Run>) {
        // The letter of an escape makes a short word no longer short, and is
        // none by itself.
        let word = letters.latin | letters.high;
        let [one, two, three] = [1, 2, 3].map(|by| shifted(word, self.word, by));
        let short = !word & one & !(two & three) & !letters.behind_escaped;
        let breaks = letters.odd | short | self.long(letters.latin & !letters.escaped);
        // An escape is a border between words too.
        let starts = word & (!one | letters.behind_escaped) & !letters.escaped;
        self.word = word;
        self.high |= letters.high;
        if breaks != 0 {
            self.tell(base, breaks, starts, letters.high, out);
        }
        self.words += starts.count_ones();
    }

    /// The ninth letters of words.
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "compiled once for each instruction set"
    )]
    fn long(&mut self, one: u64) -> u64 {
        let [one_before, two_before, four_before, eight_before] = self.latin;
        let two = one & shifted(one, one_before, 1);
        let four = two & shifted(two, two_before, 2);
        let eight = four & shifted(four, four_before, 4);
        self.latin = [one, two, four, eight];
        one & shifted(eight, eight_before, 1)
    }

    /// Ends the open stretch at the first break, and begins another at the last.
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "compiled once for each instruction set"
    )]
    fn tell(&mut self, base: usize, breaks: u64, starts: u64, high: u64, out: &mut Vec<Run>) {
        let first = breaks.trailing_zeros();
        let last = breaks.ilog2();
        let words = self.words + (starts & ((1 << first) - 1)).count_ones();
        self.end(base + first as usize, words, out);
        if self.high != 0 {
            // Twelve words of no Latin letters may stand within one block.
            within(base, breaks, out);
            self.high = high & (u64::MAX << last);
        }
        self.open = base + last as usize + 1;
        self.words_before = self.words + (starts & (u64::MAX >> (63 - last))).count_ones();
    }

    /// Tells of the open stretch, if enough words begin in it, or enough bytes
    /// of a script that does not part its words.
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "compiled once for each instruction set"
    )]
    fn end(&self, end: usize, words: u32, out: &mut Vec<Run>) {
        let (start, words) = (self.open, words - self.words_before);
        if words >= MIN_WORDS || (self.high != 0 && end >= start + MIN_PHRASE) {
            out.push(Run { start, end });
        }
    }

    /// Ends the last stretch.
    pub(super) fn finish(self, end: usize, out: &mut Vec<Run>) {
        self.end(end, self.words, out);
    }
}

/// The stretches between the breaks of one block.
#[inline(never)]
fn within(base: usize, mut breaks: u64, out: &mut Vec<Run>) {
    let mut open = None;
    while breaks != 0 {
        let at = breaks.trailing_zeros() as usize;
        breaks &= breaks - 1;
        if let Some(open) = open
            && at >= open + MIN_PHRASE
        {
            out.push(Run {
                start: base + open,
                end: base + at,
            });
        }
        open = Some(at + 1);
    }
}
