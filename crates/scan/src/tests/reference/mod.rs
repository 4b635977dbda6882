//! The scan finds what its specification finds, and nothing else.

mod escaped;

use std::fmt::Write as _;
use std::io::Write as _;

use data_encoding::{BASE32_NOPAD, BASE64, BASE64_NOPAD, BASE64URL_NOPAD, HEXLOWER, HEXUPPER};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::RngSeed;

use super::{scanner, terms, token};
use crate::reference::{MAX_INPUT, difference};
use crate::{Input, Kind, Place, Scanner, detectors};

const PLANTED: &str = "correct-horse-battery-staple-4711";

fn agrees(scanner: &Scanner, bytes: &[u8]) -> Result<(), TestCaseError> {
    let bytes = bytes.get(..MAX_INPUT).unwrap_or(bytes);
    let place = Place::Body;
    match difference(scanner, Input::new(&place, bytes), &terms()) {
        Some(difference) => Err(TestCaseError::fail(format!(
            "{:?}: {difference}",
            String::from_utf8_lossy(bytes)
        ))),
        None => Ok(()),
    }
}

fn planted() -> Scanner {
    scanner(&[(PLANTED, Kind::Secret)])
}

/// Texts in which something is found, or nearly.
fn texts() -> Vec<String> {
    let mut texts: Vec<String> = detectors::table()
        .flat_map(|detector| detector.hits.iter().chain(detector.misses))
        .map(|parts| parts.concat())
        .filter(|text| text.len() <= 400)
        .collect();
    let more = [
        PLANTED.to_owned(),
        token(),
        ["api_key", " = ", "Hq4nTz8LcV1sXe7RbU6g"].concat(),
        ["card ", "4539", " 1488", " 0343", " 6467"].concat(),
        ["DE89", " 3704 0044", " 0532 0130 00"].concat(),
        ["ssn: ", "536", "-22-", "8713"].concat(),
        "legal winner thank year wave sausage worth useful legal winner thank yellow".to_owned(),
        "abstractions".to_owned(),
    ];
    texts.extend(more.into_iter().cycle().take(texts.len() / 2));
    texts
}

fn keywords() -> Vec<&'static str> {
    detectors::table()
        .flat_map(|detector| detector.keywords)
        .copied()
        .collect()
}

fn wrapped(text: &str, width: usize, gap: &str) -> String {
    let lines: Vec<String> = text
        .as_bytes()
        .chunks(width)
        .map(|line| String::from_utf8_lossy(line).into_owned())
        .collect();
    lines.join(gap)
}

/// One encoding of a text, by number; `n` varies it.
fn encoded(text: &[u8], how: u8, n: usize) -> Vec<u8> {
    let gaps = [" ", "\n", "\r\n  ", "\n", ":", "-", ", 0x"];
    let gap = gaps.get(n % gaps.len()).copied().unwrap_or(" ");
    let each = |each: &dyn Fn(u8) -> String| text.iter().map(|b| each(*b)).collect::<String>();
    let width = n % 30 + 2;
    let lossy = || String::from_utf8_lossy(text).into_owned();
    let out = match how {
        0 => BASE64.encode(text),
        1 => BASE64_NOPAD.encode(text),
        2 => BASE64URL_NOPAD.encode(text),
        3 => wrapped(&BASE64.encode(text), width, gap),
        4 => wrapped(&BASE64.encode(text), 76, "\n"),
        5 => HEXLOWER.encode(text),
        6 => HEXUPPER.encode(text),
        7 => wrapped(&HEXLOWER.encode(text), 2, gap),
        8 => wrapped(&HEXLOWER.encode(text), width, gap),
        9 => BASE32_NOPAD.encode(text),
        10 => BASE32_NOPAD.encode(text).to_ascii_lowercase(),
        11 => wrapped(&BASE32_NOPAD.encode(text), width + 16, "\n"),
        12 => each(&|b| format!("%{b:02x}")),
        13 => lossy()
            .replace('%', "%25")
            .replace('a', "%61")
            .replace('_', "%5F"),
        14 => serde_json::to_string(&lossy()).unwrap(),
        15 => each(&|b| format!("\\u{b:04X}")),
        16 => each(&|b| format!("&#{b};")),
        17 => each(&|b| format!("={b:02X}")),
        18 => wrapped(&lossy(), width + 8, "=\r\n"),
        19 => each(&|b| format!("{}\0", char::from(b & 0x7f))),
        20 => lossy().chars().fold(String::new(), |mut out, c| {
            write!(out, "{c} ").unwrap();
            out
        }),
        21 => wrapped(&lossy(), width + 2, "\" + \""),
        22 => wrapped(&lossy(), width, "\u{200b}"),
        23 => format!("\"{}\"", wrapped(&lossy(), width + 2, "' '")),
        _ => return text.to_vec(),
    };
    out.into_bytes()
}

fn token_in_layers() -> impl Strategy<Value = Vec<u8>> {
    let noise = || prop_oneof![4 => Just(Vec::new()), 1 => vec(any::<u8>(), 0..20), 1 => vec(0x20..0x7f_u8, 0..20)];
    let text = prop_oneof![6 => select(texts()).prop_map(String::into_bytes), 1 => vec(any::<u8>(), 0..60)];
    (text, vec((0..30_u8, 0..70_usize, noise(), noise()), 0..4)).prop_map(|(text, layers)| {
        layers
            .into_iter()
            .fold(text, |text, (how, n, before, after)| {
                if text.len() > 1000 {
                    return text;
                }
                encoded(&[before, text, after].concat(), how, n)
            })
    })
}

fn fragment() -> impl Strategy<Value = Vec<u8>> {
    let signs: Vec<&'static str> = vec![
        "\n", " ", "\"", "'", "=", ": ", ".", "-", "/", "\r\n", "AAAA", "A", "Z", "7", "_", "~",
        "\\", "%", "&", "\0", "x", "QUJ.", "QUJ ", "a ", "ab ", "\u{e9}", "%2", "\\u00", "token: ",
        "secret=",
    ];
    let fill = vec![
        "x", "A", "0", " ", "f", "a1", "AB", "2", ".", "\n", "Aa0", "AAAA", "the ",
    ];
    prop_oneof![
        6 => token_in_layers(),
        3 => select(signs).prop_map(|s| s.as_bytes().to_vec()),
        1 => select(keywords()).prop_map(|s| s.as_bytes().to_vec()),
        2 => (select(fill), 0..200_usize).prop_map(|(s, n)| s.bytes().cycle().take(n).collect()),
        1 => vec(any::<u8>(), 0..30),
        1 => vec(prop_oneof![Just(b'A'), Just(b'f'), Just(b'7'), Just(b' '), Just(b'z'), any::<u8>()], 0..120),
    ]
}

/// As many as a run of all tests allows, always the same; or as many as the
/// environment asks for, each time others.
fn cases(few: u32) -> ProptestConfig {
    match std::env::var("PROPTEST_CASES") {
        Ok(_) => ProptestConfig::default(),
        Err(_) => ProptestConfig {
            cases: few,
            rng_seed: RngSeed::Fixed(3),
            ..ProptestConfig::default()
        },
    }
}

proptest! {
    #![proptest_config(cases(40))]

    #[test]
    fn texts_of_fragments(fragments in vec(fragment(), 1..8)) {
        agrees(&planted(), &fragments.concat())?;
    }

    #[test]
    fn any_bytes(bytes in vec(any::<u8>(), 0..600)) {
        agrees(&planted(), &bytes)?;
    }

    /// A token at every place of a block, and in the last, short one.
    #[test]
    fn places_in_a_block(
        token in token_in_layers(),
        before in 0..200_usize,
        behind in 0..100_usize,
        filler in select(vec![b' ', b'.', b'a', b'A', b'7', b'/', b'=', b'\n', 0x80]),
    ) {
        let token = token.get(..600).unwrap_or(&token);
        let text = [vec![filler; before], token.to_vec(), vec![filler; behind]].concat();
        agrees(&planted(), &text)?;
    }
}

/// What once was found by one of them alone.
#[test]
fn what_once_differed() {
    let three: &[u8] = b"QUJ.QUJ QUJ.";
    let zeros = BASE64_NOPAD.encode(&[&[0; 300], token().as_bytes()].concat());
    let list = [
        BASE64_NOPAD.encode(token().as_bytes()),
        BASE64_NOPAD.encode(token().as_bytes()),
    ];
    let apart = HEXLOWER.encode(token().as_bytes());
    let parted = |sign| wrapped(&apart, 2, sign);
    let short = "pass\"worded7";
    let backwards: String = short.chars().rev().collect();
    let named = [
        "mailjet_secret_",
        "key = \"7be20f4d913ca865",
        "d02b7f61e48c9a35\"",
    ]
    .concat();
    let phrase = "legal winner thank year wave sausage worth useful legal winner thank yellow";
    let base32 = BASE32_NOPAD.encode(phrase.as_bytes());
    let (first_line, last_line) = base32.split_at(100);
    let in_literals = wrapped(&BASE64_NOPAD.encode(token().as_bytes()), 24, "\" + \"");
    let assigned = BASE64_NOPAD.encode(["api_key", " = ", "NTz8LcV1sXe7RbU9"].concat().as_bytes());
    let argument = BASE64_NOPAD.encode(["Password\" value=", "\"kR7vuq29Zt"].concat().as_bytes());
    let number = BASE32_NOPAD.encode(["ssn: ", "536", "-22-", "8713"].concat().as_bytes());
    let texts: [Vec<u8>; 18] = [
        // Groups across a sign before the run.
        [three, BASE64.encode(token().as_bytes()).as_bytes()].concat(),
        // Zeros before a token.
        zeros.into_bytes(),
        // A list of encoded tokens, all of one length.
        list.join("\n").into_bytes(),
        // Text, something else, and more text close behind.
        BASE64_NOPAD
            .encode(&[b"some text ok", [0xff; 6].as_slice(), b"and again: ", token().as_bytes()].concat())
            .into_bytes(),
        // Pairs without a blank anywhere near, or with much behind them.
        parted("-").into_bytes(),
        format!("{}{}", parted(", 0x"), "A".repeat(300)).into_bytes(),
        // Soft line breaks and escapes in one block.
        b"a=\n=41=42=\n=43 ".repeat(20),
        // Packed data behind a sign.
        format!("session=.{}", BASE64URL_NOPAD.encode(&packed(token().as_bytes()))).into_bytes(),
        // A long word that begins like a listed one, and bytes that are no script.
        b"legal winner thank year wave sausage worth useful legal winner thank yellow abstractions \xe5[ok ".to_vec(),
        // A short text in base64 with hardly a digit.
        BASE64_NOPAD.encode(backwards.as_bytes()).into_bytes(),
        // Two findings right behind each other, the first of them in two views.
        format!("{}{PLANTED}", BASE64.encode(named.as_bytes())).into_bytes(),
        // A soft line break of which one half is escaped.
        wrapped(phrase, 8, "=\r\\n").into_bytes(),
        // A short value with a single digit.
        ["apikey", ":", "3RyaXBlCSJhIgkiY"].concat().into_bytes(),
        // A value beside another whose place is an estimate, wider than it is.
        format!("{in_literals}={assigned}").into_bytes(),
        format!("{argument}:{number}").into_bytes(),
        // A row with a backslash in it.
        br"password\nC:\ey586\t\t".to_vec(),
        // A word below wrapped base32 that begins with its letters.
        format!("{first_line}\n{last_line}\n2UX5ST3DIabstraction").into_bytes(),
        // A backslash in one kind of escape before a letter.
        br"\\&#x5cne&#x77\n&#x74;er&#x72ib&#x6c;e&#x22;ba&#x72;77".to_vec(),
    ];
    let known = [PLANTED, short, "new\nterrible\"bar77"];
    let scanner = scanner(&known.map(|value| (value, Kind::Secret)));
    for text in texts {
        for before in [0, 1, 30, 55, 60, 62, 63] {
            let text = [vec![b' '; before], text.clone()].concat();
            agrees(&scanner, &text).unwrap();
        }
    }
}

fn packed(text: &[u8]) -> Vec<u8> {
    let mut zlib = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    zlib.write_all(text).unwrap();
    zlib.finish().unwrap()
}

/// The fuzz target's corpus, so that nobody needs a fuzzer to be protected by
/// what one found.
#[test]
fn the_corpus_of_the_fuzz_target() {
    let corpus = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../fuzz/corpus/scan_reference"
    );
    let seeds: Vec<_> = std::fs::read_dir(corpus).unwrap().collect();
    assert!(!seeds.is_empty(), "the corpus is part of the sources");
    let scanner = planted();
    for seed in seeds {
        let bytes = std::fs::read(seed.unwrap().path()).unwrap();
        for end in (0..=bytes.len()).rev().step_by(16) {
            agrees(&scanner, &bytes[..end]).unwrap();
        }
    }
}
