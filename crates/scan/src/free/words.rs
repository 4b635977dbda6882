//! Seed phrases: twelve to twenty-four words of one BIP-39 list in a row,
//! whatever stands between them, whose checksum is right.
//!
//! Prose is full of such words, but not of twelve in a row; of what is, one
//! in sixteen and fewer has the right checksum. A list that runs on for more
//! than a phrase (a dictionary, the word list itself) is no phrase.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use bip39::Language;
use foldhash::fast::FixedState;
use memchr::memmem::Finder;
use sha2::{Digest as _, Sha256};

use crate::free::Emit;

/// The most bytes between two words: a number, quotes, a line break.
const MAX_GAP: usize = 12;
const SHORTEST: usize = 12;
/// Latin letters of a listed word.
const LONGEST: usize = 8;
/// More words in a row than this are a dictionary.
const MAX_ROW: usize = 64;

/// The lists that a word is in, one bit each.
struct Lists {
    /// Those of at most eight bytes, as one number.
    short: HashMap<u64, u16, FixedState>,
    long: HashMap<Vec<u8>, u16, FixedState>,
    /// By the hash of first bytes and length, the lists that have such a word.
    heads: Vec<u16>,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    let mut lists = Lists {
        short: HashMap::default(),
        long: HashMap::default(),
        heads: vec![0; 65536],
    };
    for (index, language) in Language::ALL.iter().enumerate() {
        for word in language.word_list().iter().map(|word| word.as_bytes()) {
            *match number(word) {
                Some(number) => lists.short.entry(number).or_default(),
                None => lists.long.entry(word.to_vec()).or_default(),
            } |= 1 << index;
            let mut start = [0; 3];
            start
                .iter_mut()
                .zip(word)
                .for_each(|(to, from)| *to = *from);
            if let Some(head) = lists.heads.get_mut(head(start, word.len())) {
                *head |= 1 << index;
            }
        }
    }
    lists
});

/// Where in its list each word stands, for each list.
static PLACES: LazyLock<Vec<HashMap<&'static str, u16, FixedState>>> = LazyLock::new(|| {
    let places = |language: &Language| {
        let words = language.word_list().iter().copied();
        words.zip(0..).collect()
    };
    Language::ALL.iter().map(places).collect()
});

/// A short word as a number. No word has a zero in it.
fn number(word: &[u8]) -> Option<u64> {
    let fits = word.len() <= LONGEST;
    fits.then(|| {
        word.iter()
            .rev()
            .fold(0, |all, byte| all << 8 | u64::from(*byte))
    })
}

fn head([a, b, c]: [u8; 3], len: usize) -> usize {
    ((usize::from(a) * 961 + usize::from(b) * 31 + usize::from(c)) * 8 + len % 8) & 0xffff
}

/// A sign that may stand between two words of a phrase.
fn is_sign(byte: u8) -> bool {
    matches!(
        byte,
        b',' | b';'
            | b':'
            | b'.'
            | b'|'
            | b'-'
            | b'"'
            | b'\''
            | b'#'
            | b'*'
            | b'>'
            | b')'
            | b'/'
            | b'_'
            | b'+'
    )
}

/// Tells of every phrase in a stretch of words that may hold one.
pub(crate) fn phrases_in(text: &[u8], run: &Range<usize>, emit: &mut Emit<'_>) {
    let mut row = Row::default();
    let mut at = whole_words(text, run.start);
    while let Some(word) = next_word(text, at).filter(|word| word.start < run.end) {
        at = word.end;
        if !may_be_listed(text.get(word.clone()).unwrap_or_default()) {
            row.finish(text, emit);
            row.words.clear();
            continue;
        }
        if let Some(last) = row.words.last().cloned() {
            let gap = Gap::new(text.get(last.end..word.start).unwrap_or_default());
            match gap {
                None => {
                    row.finish(text, emit);
                    row.words.clear();
                }
                Some(gap) if row.words.len() > 1 && gap != row.gap => {
                    row.finish(text, emit);
                    row.words.clear();
                    row.words.push(last);
                    row.gap = gap;
                }
                Some(gap) => row.gap = gap,
            }
        }
        row.words.push(word);
    }
    row.finish(text, emit);
}

/// Whether enough bytes of a text may begin a listed word: in Cyrillic, Greek, Arabic and
/// many more none does. The letter of an escape begins none.
pub(crate) fn may_begin_words(text: &[u8]) -> bool {
    /// So many are counted at once, without a branch, in a byte.
    const TOGETHER: usize = 128;
    let begins = |before: u8, byte: u8| {
        let may = u8::from(byte.is_ascii_alphabetic() | matches!(byte, 0xc3 | 0xe1 | 0xe3..=0xed));
        let is_escape = u8::from(before == b'\\') & u8::from(byte.is_ascii());
        may & !is_escape
    };
    let (mut before, mut all) = (b' ', 0);
    for chunk in text.chunks(TOGETHER) {
        let first = chunk.first().map_or(0, |first| begins(before, *first));
        let rest = chunk.array_windows().map(|[a, b]| begins(*a, *b));
        all += usize::from(first) + usize::from(rest.sum::<u8>());
        if all >= SHORTEST {
            return true;
        }
        before = chunk.last().copied().unwrap_or(before);
    }
    false
}

/// In a phrase four whole words follow behind one of every so many bytes: beside
/// the one that is cut and those four there are seven of three letters at least,
/// each with something behind it. That its gaps are escaped makes it longer.
pub(crate) const STRIDE: usize = (SHORTEST - 5) * 4;

/// Whether a phrase may be in a stretch: four listed words stand in a row behind
/// one of every so many bytes, their escapes taken for blanks. Other scripts may
/// have twelve words in less.
pub(crate) fn may_hold(text: &[u8], run: &Range<usize>) -> bool {
    let holds = |from: usize| {
        let rest = text.get(from..).unwrap_or_default();
        let cut = rest.iter().take_while(|b| b.is_ascii_alphabetic()).count();
        let mut words = [[].as_slice(); 4];
        let mut behind = rest.get(cut..)?;
        let mut lists = u16::MAX;
        for word in &mut words {
            (*word, behind) = listed_behind(behind, &mut lists)?;
        }
        // That took their beginnings alone: most of what is left is prose.
        lists = words.iter().fold(lists, |lists, word| lists & listed(word));
        (lists != 0).then_some(())
    };
    let is_ascii = text.get(run.clone()).is_some_and(<[u8]>::is_ascii);
    !is_ascii || run.clone().step_by(STRIDE).any(|at| holds(at).is_some())
}

/// A word as the lists have it.
fn lower(word: &[u8]) -> String {
    String::from_utf8_lossy(word).to_lowercase()
}

/// The lists that a word is in.
fn lists_of(word: &[u8]) -> u16 {
    let lists = match number(word) {
        Some(number) => LISTS.short.get(&number),
        None => LISTS.long.get(word),
    };
    lists.copied().unwrap_or_default()
}

/// The lists that a word of Latin letters is in, in whatever case.
pub(crate) fn listed(word: &[u8]) -> u16 {
    const LETTERS: u64 = u64::from_ne_bytes([0x40; 8]);
    let Some(number) = number(word) else {
        return 0;
    };
    // A small letter has this bit, and half of it besides.
    let small = (number & LETTERS) >> 1;
    let lists = LISTS.short.get(&(number | small));
    lists.copied().unwrap_or_default()
}

/// The next word and what stands behind it, if it may be one of these lists.
fn listed_behind<'t>(text: &'t [u8], lists: &mut u16) -> Option<(&'t [u8], &'t [u8])> {
    let mut at = 0;
    while at < 4 * MAX_GAP {
        at += match text.get(at..)? {
            // The letter of an escape is none of the word.
            [b'\\', b'n' | b'r' | b't', ..] => 2,
            [first, ..] if !first.is_ascii_alphabetic() => 1,
            _ => break,
        };
    }
    let word = text.get(at..)?;
    let len = word.iter().take(LONGEST + 1);
    let len = len.take_while(|b| b.is_ascii_alphabetic()).count();
    let (word, behind) = word.split_at_checked(len)?;
    *lists &= may_be_of(word);
    (*lists != 0).then_some((word, behind))
}

/// Where the first word begins that is not cut off by `at`.
fn whole_words(text: &[u8], at: usize) -> usize {
    let before = at.checked_sub(1).and_then(|before| text.get(before));
    if !before.is_some_and(u8::is_ascii_alphabetic) {
        return at;
    }
    let rest = text.get(at..).unwrap_or_default();
    let goes_on = |b: &u8| b.is_ascii_alphabetic() || matches!(b, 0x80..=0xe3 | 0xea..);
    at + rest.iter().take_while(|b| goes_on(b)).count()
}

/// Words that stand evenly behind one another.
#[derive(Default)]
struct Row {
    words: Vec<Range<usize>>,
    gap: Gap,
}

/// What stands between two words, whatever the numbers and blanks in it.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Gap {
    signs: [u8; 4],
    is_empty: bool,
}

impl Gap {
    fn new(bytes: &[u8]) -> Option<Self> {
        let mut gap = Self {
            signs: [0; 4],
            is_empty: bytes.is_empty(),
        };
        let mut room = gap.signs.iter_mut();
        if bytes.len() > MAX_GAP {
            return None;
        }
        for byte in bytes {
            match byte {
                b'0'..=b'9' | b' ' | b'\n' | b'\r' | b'\t' => {}
                sign if is_sign(*sign) => {
                    *room.next()? = *byte;
                }
                _ => return None,
            }
        }
        Some(gap)
    }
}

/// Whether some word of a list begins like this and is as long.
fn may_be_listed(word: &[u8]) -> bool {
    may_be_of(word) != 0
}

/// The lists that have such a word.
pub(crate) fn may_be_of(word: &[u8]) -> u16 {
    // The lists have none of one or two letters, and of Latin letters at most eight.
    if word.len() < 3 || word.len() > 40 || (word.len() > LONGEST && word.is_ascii()) {
        return 0;
    }
    let [a, b, c, ..] = word else {
        return 0;
    };
    let start = [a, b, c].map(u8::to_ascii_lowercase);
    LISTS
        .heads
        .get(head(start, word.len()))
        .copied()
        .unwrap_or_default()
}

/// The next run of letters. A letter is ASCII, or any byte of another script;
/// a Chinese character is a word of its own.
fn next_word(text: &[u8], at: usize) -> Option<Range<usize>> {
    let is_letter = |b: &u8| b.is_ascii_alphabetic() || *b >= 0x80;
    let start = at + text.get(at..)?.iter().position(is_letter)?;
    let rest = text.get(start..)?;
    if let [0xe4..=0xe9, 0x80..=0xbf, 0x80..=0xbf, ..] = rest {
        return Some(start..start + 3);
    }
    let mut end = 0;
    while let Some(byte) = rest.get(end) {
        // An ideographic space parts Japanese words.
        let parts = !is_letter(byte)
            || matches!(rest.get(end..end + 3), Some([0xe3, 0x80, 0x80]))
            || (end > 0 && matches!(byte, 0xe4..=0xe9));
        if parts {
            break;
        }
        end += 1;
    }
    if end == 0 {
        return next_word(text, start + 3);
    }
    Some(start..start + end)
}

impl Row {
    fn finish(&self, text: &[u8], emit: &mut Emit<'_>) {
        if self.words.len() < SHORTEST {
            return;
        }
        // Words of one list alone, as many as a phrase has; with a word for it
        // beside them, any of them may belong to the text around.
        let start = self.words.first().map_or(0, |word| word.start);
        let near = |end| text.get(start.saturating_sub(64)..end).unwrap_or_default();
        let named = has_name(near(start + 8));
        // The signs of its name are listed words too.
        let end = self.words.last().map_or(start, |word| word.end);
        let own = self.gap.is_empty && has_own_name(near(end));
        // Most texts without blanks have twelve listed words in a row.
        if self.gap.is_empty && !own && !named {
            return;
        }
        let words = self.words.iter().take(MAX_ROW);
        let words: Vec<String> = words
            .map(|word| lower(text.get(word.clone()).unwrap_or_default()))
            .collect();
        let lists: Vec<u16> = words.iter().map(|word| lists_of(word.as_bytes())).collect();
        let placed = placed(&words, &lists);
        let sizes = [24, 21, 18, 15, 12];
        let mut from = 0;
        while from + SHORTEST <= words.len() {
            let size = sizes.into_iter().find(|size| {
                let Some(phrase) = words.get(from..from + size) else {
                    return false;
                };
                let list = lists
                    .get(from..from + size)
                    .unwrap_or_default()
                    .iter()
                    .fold(u16::MAX, |all, list| all & list);
                let alone = |at: usize| lists.get(at).is_none_or(|next| next & list == 0);
                let whole = alone(from + size) && from.checked_sub(1).is_none_or(alone);
                let apart = || {
                    if self.gap.is_empty {
                        // Most signs of a Chinese text are listed words: in one that says
                        // "recovery" in another language, a phrase stands alone.
                        own || (named && whole)
                    } else {
                        named || (whole && is_varied(phrase))
                    }
                };
                list != 0
                    && apart()
                    && is_phrase(&placed, list, from..from + size)
                    && !is_of_a_test_chain(phrase)
            });
            match size {
                Some(size) => {
                    if let (Some(first), Some(last)) =
                        (self.words.get(from), self.words.get(from + size - 1))
                    {
                        emit("seed_phrase", first.start..last.end);
                    }
                    from += size;
                }
                None => from += 1,
            }
        }
    }
}

/// What a seed phrase is called, in letters of either case,
static NAMES: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let names = [
        "seed",
        "mnemonic",
        "wallet",
        "recovery",
        "bip39",
        "bip-39",
        "passphrase",
    ];
    AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .kind(Some(AhoCorasickKind::DFA))
        .build(names)
        .expect("a test builds it")
});

/// and in texts without blanks.
static OWN_NAMES: LazyLock<[Finder<'static>; 3]> = LazyLock::new(|| {
    let names = [
        "\u{52a9}\u{8bb0}\u{8bcd}",
        "\u{52a9}\u{8bb0}\u{8a5e}",
        "\u{30cb}\u{30fc}\u{30e2}\u{30cb}\u{30c3}\u{30af}",
    ];
    names.map(Finder::new)
});

/// Whether a seed phrase's name in texts without blanks stands there.
fn has_own_name(near: &[u8]) -> bool {
    OWN_NAMES.iter().any(|name| name.find(near).is_some())
}

/// Whether any of its names stands there.
fn has_name(near: &[u8]) -> bool {
    // `useeditwarning` names no seed.
    let ends = |found: Range<usize>| {
        let is = |text: &[u8], word: &str| {
            let start = text.get(..word.len());
            start.is_some_and(|start| start.eq_ignore_ascii_case(word.as_bytes()))
        };
        let rest = near.get(found.end..).unwrap_or_default();
        let goes_on = rest.first().is_some_and(u8::is_ascii_alphabetic);
        let is_seed = is(near.get(found).unwrap_or_default(), "seed");
        !is_seed || !goes_on || is(rest, "phrase") || is(rest, "word")
    };
    // Most of what has no blanks has none of these letters either.
    let has_letters = near
        .iter()
        .fold(false, |any, b| any | b.is_ascii_alphabetic());
    let mut found = has_letters
        .then(|| NAMES.find_overlapping_iter(near))
        .into_iter()
        .flatten();
    found.any(|found| ends(found.range())) || has_own_name(near)
}

/// The phrases that Hardhat and Ganache come with: chains for tests are set up with
/// them, so that all know what they open.
fn is_of_a_test_chain(words: &[String]) -> bool {
    const GANACHE: [&str; 2] = [
        "candy maple cake sugar pudding cream honey rich smooth crumble sweet treat",
        "myth like bonus scare over problem client lizard pioneer submit female collect",
    ];
    let hardhat = words
        .split_last()
        .is_some_and(|(last, tests)| last == "junk" && tests.iter().all(|word| word == "test"));
    hardhat
        || GANACHE
            .iter()
            .any(|phrase| phrase.split(' ').eq(words.iter()))
}

/// More than a few words over and over.
fn is_varied(words: &[String]) -> bool {
    let mut seen: Vec<&String> = words.iter().collect();
    seen.sort();
    seen.dedup();
    seen.len() * 3 >= words.len() * 2
}

/// Where the words of a row stand in one list; some may not.
struct Placed {
    /// The list's bit.
    list: u16,
    places: Vec<u16>,
}

/// The places of a row's words, in each list that has any of them.
fn placed(words: &[String], lists: &[u16]) -> Vec<Placed> {
    let all = lists.iter().fold(0, |all, list| all | list);
    let of = PLACES.iter().enumerate();
    let of = of.map(|(index, places)| (1 << index, places));
    let of = of.filter(|(list, _)| all & list != 0);
    of.map(|(list, places)| Placed {
        list,
        places: words
            .iter()
            .map(|word| places.get(word.as_str()).copied().unwrap_or_default())
            .collect(),
    })
    .collect()
}

/// Whether words of these lists, from one of a row on, have the checksum that they
/// end with.
fn is_phrase(placed: &[Placed], lists: u16, words: Range<usize>) -> bool {
    let mut placed = placed.iter().filter(|placed| placed.list & lists != 0);
    placed.any(|placed| placed.places.get(words.clone()).is_some_and(has_checksum))
}

/// Whether words by their places in a list, eleven bits each, end with the first
/// bits of the digest of what is before them, one for three words (BIP-39).
fn has_checksum(places: &[u16]) -> bool {
    const MOST: usize = 33;
    let mut bytes = [0_u8; MOST];
    let mut room = bytes.iter_mut();
    let (mut bits, mut held) = (0_u32, 0);
    for place in places {
        bits = bits << 11 | u32::from(*place);
        held += 11;
        while held >= 8 {
            held -= 8;
            if let (Some(to), [.., byte]) = (room.next(), (bits >> held).to_be_bytes()) {
                *to = byte;
            }
        }
    }
    let of_sum = places.len() / 3;
    // The last bits, before as many as fill up the byte.
    if let (true, Some(to), [.., byte]) =
        (held > 0, room.next(), (bits << (8 - held)).to_be_bytes())
    {
        *to = byte;
    }
    let data = (places.len() * 11 - of_sum) / 8;
    let unused = 8 - of_sum.min(8);
    let sum = bytes.get(data).map_or(0, |byte| byte >> unused);
    let digest = Sha256::digest(bytes.get(..data).unwrap_or_default());
    digest.first().is_some_and(|first| first >> unused == sum)
}

#[cfg(test)]
mod tests {
    use bip39::Mnemonic;
    use proptest::prelude::*;

    use super::*;

    fn phrases(text: &str) -> usize {
        let mut found = 0;
        phrases_in(text.as_bytes(), &(0..text.len()), &mut |_, _| found += 1);
        found
    }

    /// Chinese has no blanks, and most of its common signs are listed words.
    #[test]
    fn a_phrase_without_blanks_stands_alone_or_behind_its_own_name() {
        let list = Language::SimplifiedChinese;
        let phrase = Mnemonic::from_entropy_in(list, &[0x5a; 16]).unwrap();
        let signs: String = phrase.words().collect();
        for (before, behind) in [
            ("seed: ", ""),
            ("recovery: \"", "\""),
            ("助记词：", "的一是"),
        ] {
            assert_eq!(phrases(&format!("{before}{signs}{behind}")), 1, "{before}");
        }
        for (before, behind) in [
            ("", ""),
            ("recovery code: 的一", "是在"),
            ("wallet: ", "的"),
        ] {
            assert_eq!(phrases(&format!("{before}{signs}{behind}")), 0, "{before}");
        }
    }

    /// What stands between the words, before a number and behind it.
    const GAPS: [(&str, &str); 6] = [
        (" ", ""),
        ("\n", ". "),
        (", ", ""),
        ("\", \"", ""),
        ("     \n     ", ""),
        ("\n   ", ")     "),
    ];

    #[test]
    fn every_listed_word_begins_as_words_do() {
        for word in Language::ALL
            .iter()
            .flat_map(|language| language.word_list())
        {
            assert!(may_begin_words(word.repeat(SHORTEST).as_bytes()), "{word}");
        }
        for gap in [" ", "\\n", "\\\",\\\""] {
            let words = format!("слова{gap}и{gap}другие{gap}").repeat(SHORTEST);
            assert!(!may_begin_words(words.as_bytes()), "{words}");
            let signs = format!("{gap}的").repeat(SHORTEST);
            assert!(may_begin_words(signs.as_bytes()), "{signs}");
        }
    }

    proptest! {
        #[test]
        fn a_checksum_is_what_the_library_says_it_is(
            places in prop::collection::vec(0..2048_u16, 24),
            size in prop::sample::select(vec![12, 15, 18, 21, 24]),
            entropy in prop::collection::vec(any::<u8>(), 32),
            language in prop::sample::select(Language::ALL.to_vec()),
        ) {
            let words: Vec<_> = places.iter().take(size).map(|at| language.word_list()[usize::from(*at)]).collect();
            let right = Mnemonic::parse_in_normalized(language, &words.join(" ")).is_ok();
            prop_assert_eq!(has_checksum(&places[..size]), right);
            let phrase = Mnemonic::from_entropy_in(language, &entropy[..size / 3 * 4]).unwrap();
            let words: Vec<String> = phrase.words().map(str::to_owned).collect();
            let lists: Vec<u16> = words.iter().map(|word| lists_of(word.as_bytes())).collect();
            prop_assert!(is_phrase(&placed(&words, &lists), u16::MAX, 0..size));
        }

        #[test]
        fn a_phrase_is_found_wherever_it_stands(
            entropy in prop::collection::vec(any::<u8>(), 16..=32),
            (gap, behind) in prop::sample::select(&GAPS[..]),
            lead in 0..80_usize,
        ) {
            let entropy = entropy.get(..entropy.len() / 4 * 4).unwrap_or_default();
            let phrase = Mnemonic::from_entropy(entropy).unwrap();
            let words: Vec<String> = phrase.words().map(str::to_owned).collect();
            prop_assume!(is_varied(&words));
            let word = |(at, word): (usize, &'static str)| {
                let number = if behind.is_empty() { String::new() } else { at.to_string() };
                format!("{gap}{number}{behind}{word}")
            };
            let words: String = phrase.words().enumerate().map(word).collect();
            let text = format!("{}({words})", "ab ".repeat(lead));
            let mut found = Vec::new();
            phrases_in(text.as_bytes(), &(0..text.len()), &mut |id, _| found.push(id));
            prop_assert_eq!(found, ["seed_phrase"]);
        }
    }
}
