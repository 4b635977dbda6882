//! The same for texts with escapes, once to three times over, with much
//! harmless text between what is looked for: the scan undoes escapes only near
//! what its pass names, and the specification everywhere.

use std::fmt::Write as _;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::{PLANTED, cases, encoded, keywords, texts, token, wrapped};
use crate::reference::difference;
use crate::tests::{ascii, scanner, terms};
use crate::{Input, Kind, Place};

/// Long enough that stretches around candidates leave most of a text alone.
const MAX_TEXT: usize = 6000;

/// Values of an operator with characters that are escaped.
fn values() -> Vec<String> {
    let lines = ["MIIEo7aB9xQ2", "kL0pZ8vT3nRw", "Yc5Ud1Hs6Gj4"].map(|line| line.repeat(4));
    let pem = [
        "-----BEGIN TEST",
        " DATA-----\n",
        &lines.join("\n"),
        "\n-----END TEST",
    ]
    .concat();
    [
        PLANTED,
        "pa\"ss\\wordily/12#Xy'9",
        "\"\"\\\\\n\n\t\"qwert9\"\"\\\n\n\"\"\"\"\"\t\t\"\"\"",
        "first line 47\nsecond\tline 11\r\nthe end 9x",
        &pem,
        "geheim/\u{e9}\u{fc}\u{4e2d}-4711/wert",
        "C:\\keys\\new\\table77",
        "new\nterrible\"bar77",
        "tea\"b\"cdefgh7",
        "pass\"worded7",
    ]
    .map(str::to_owned)
    .to_vec()
}

/// Values of which no part says anything: all of a text is undone for them.
const HIDDEN: [&str; 2] = [
    "\u{43f}\u{430}\u{440}\u{43e}\u{43b}\u{44c}\u{43a}\u{430}9",
    "a\"b'c/d\\e\nf",
];

/// Text that is escaped somewhere in it and holds nothing. Some of it has
/// escapes of its own.
fn harmless() -> impl Strategy<Value = String> {
    let calm = vec![
        "fn main() {",
        "    let name = \"word\";",
        "\tif (x == \"y\") { return; }",
        "",
        "the quick brown fox, it said; and so on.",
        "{\"role\": \"user\", \"content\": [{\"type\": \"text\"}]}",
        "+++ b/crates/scan/src/lib.rs",
        "digest 3b1f0c9a7d5e2b48",
    ];
    let wild = vec![
        "fn main() {",
        "    let name = \"a \\\"quoted\\\" word\";",
        "\tif (x == '\\n') { return; }",
        "use std::path::{Path, PathBuf};",
        "",
        "C:\\Users\\new\\temp\\readme.txt",
        "s/\\([a-z]*\\)\\.\\(com\\|net\\)/\\1/g",
        "\\frac{a}{b} \\begin{table} \\textbf{bold} \\nu \\rho",
        "cmake -DCMAKE=1 \\",
        "    --prefix /usr/local/lib \\",
        "{\"role\": \"user\", \"content\": [{\"type\": \"text\"}]}",
        "r\"^\\d{3}-\\w+\\s*$\"",
        "path/to/some/file_name.rs:12:5: warning: unused",
        "the quick brown fox, it said; and so on.",
        "price 12 34 56, year 2024-11-26",
        "\u{4f60}\u{597d} \u{441}\u{43b}\u{43e}\u{432}\u{430} caf\u{e9}",
        "printf(\"%d\\t%s\\n\", n, s);",
        "<a href=\"/x?y=1&amp;z=2\">it&#39;s</a>",
        "+++ b/crates/scan/src/lib.rs",
        "    password: str = Field(default=None)",
        "const KEY: &str = env!(\"KEY\");",
        "0x00, 0x01, 0xff,",
        "digest 3b1f0c9a7d5e2b48",
    ];
    let line = prop_oneof![select(calm.clone()), select(wild)];
    let lines = prop_oneof![vec(select(calm), 0..40), vec(line, 0..26)];
    lines.prop_map(|lines| lines.join("\n"))
}

/// What is found by what stands around it, without a keyword.
fn unnamed() -> Vec<String> {
    let secret = ["Hq4nTz8LcV1s", "Xe7RbU6gWk3p"].concat();
    let card = ["4539", " 1488", " 0343", " 6467"].concat();
    let phrase = "legal winner thank year wave sausage worth useful legal winner thank yellow";
    let hex = [
        "3b1f0c9a7d5e2b48a6c4e2f0",
        "918273645546372819a0b1c2d3e4f5061728394a",
    ]
    .concat();
    vec![
        card.replace(' ', ""),
        card,
        ["DE89", " 3704 0044", " 0532 0130 00"].concat(),
        ["DE89", "37040044", "0532013000"].concat(),
        ["536", "-22-", "8713"].concat(),
        phrase.to_owned(),
        phrase.replace(' ', "\r\n"),
        phrase.replace(' ', "\n1. "),
        phrase.replace(' ', "\",\n\""),
        wrapped(&token(), 7, "' .\n  '"),
        wrapped(&token(), 5, "\"\t+\r\n\t\""),
        wrapped(&token(), 1, "\""),
        format!("password = \"{secret}\""),
        format!("\"password\":\t\"{secret}\""),
        format!("stripe\t\"a\"\t\"b\"\t\"c\", secret: \"{secret}\""),
        format!("digest\npassword\n{secret}"),
        format!("sha256 hash\nwallet private key: 0x{hex}"),
        secret,
    ]
}

/// A value of the operator in another case or backwards.
fn respelled() -> Vec<String> {
    let backwards = |value: &String| value.chars().rev().collect();
    let values = values();
    let upper = values.iter().map(|value| value.to_uppercase());
    upper.chain(values.iter().map(backwards)).collect()
}

/// What stands before a candidate or behind it.
fn edge() -> impl Strategy<Value = &'static str> {
    select(vec![
        "",
        "",
        "\n",
        "\"",
        "\t",
        " = \"",
        ": ",
        "'",
        "\\",
        "/",
        "\r\n    ",
        "\\n",
        "n",
        "x\n",
        "token: \"",
        "password\n",
        "secret = '",
        "{\"api_key\":\"",
        "card\n",
        "ssn:\t",
        "=",
        "=\n",
        "Bearer ",
        "\u{e9}",
        "\u{200b}",
        "aws\nsecret\n",
        "`",
        "\\\"",
        ",\n",
        "\0",
        "stripe key\n",
    ])
}

/// A text in parts, as code and mail have it, by number; `n` varies it.
fn parted(text: &str, how: u8, n: usize) -> String {
    let gaps = [
        "\n", "\n    ", "\r\n", "\t", "\\\n", "\n\n", "\n\t\t", " \n ",
    ];
    let gap = gaps.get(n % gaps.len()).copied().unwrap_or("\n");
    let width = n % 80 + 1;
    let hex = || String::from_utf8_lossy(&encoded(text.as_bytes(), 5, 0)).into_owned();
    let base64 = || String::from_utf8_lossy(&encoded(text.as_bytes(), 1, 0)).into_owned();
    let base32 = || String::from_utf8_lossy(&encoded(text.as_bytes(), 9, 0)).into_owned();
    match how {
        0 => wrapped(&base64(), width, gap),
        1 => wrapped(&hex(), width, gap),
        2 => wrapped(&base32(), width, gap),
        3 => wrapped(&hex(), 2, gap),
        4 => wrapped(&hex(), 2, ", 0x"),
        5 => wrapped(text, 1, gap),
        6 => wrapped(text, width, &format!("\" +{gap}\"")),
        7 => wrapped(text, width, &format!("\"{gap}\"")),
        8 => wrapped(text, width, "=\n"),
        9 => wrapped(text, width, "=\r\n"),
        10 => wrapped(text, width, "\\\n"),
        11 => text.replace(' ', gap),
        12 => text
            .split(' ')
            .enumerate()
            .fold(String::new(), |mut out, (at, word)| {
                write!(out, "{}. {word}{gap}", at + 1).unwrap();
                out
            }),
        13 => text.bytes().fold(String::new(), |mut out, b| {
            write!(out, "{b},{gap}").unwrap();
            out
        }),
        14 => wrapped(text, width, gap),
        15 => wrapped(text, 1, "', '"),
        _ => text.to_owned(),
    }
}

/// A text with escapes, by the number of who writes them; `n` varies it.
fn escaped(text: &str, how: u8, n: usize) -> String {
    let json = || serde_json::to_string(text).unwrap();
    let some = |each: &dyn Fn(char) -> String| {
        let every = n % 9 + 1;
        text.chars()
            .enumerate()
            .fold(String::new(), |mut out, (at, c)| {
                if at % every == n % every && c.is_ascii() {
                    out.push_str(&each(c));
                } else {
                    out.push(c);
                }
                out
            })
    };
    match how {
        0..6 => json(),
        6 => ascii(&json()),
        7 => ascii(&json().replace('/', "\\/")),
        8 => format!(
            "'{}'",
            text.replace('\\', "\\\\")
                .replace('\'', "\\'")
                .replace('\n', "\\n")
        ),
        9 => some(&|c| format!("\\u{:04x}", u32::from(c))),
        10 => some(&|c| format!("\\x{:02x}", u32::from(c))),
        11 => some(&|c| format!("\\{:03o}", u32::from(c))),
        12 => some(&|c| format!("\\u{{{:x}}}", u32::from(c))),
        13 => some(&|c| format!("%{:02x}", u32::from(c))),
        14 => some(&|c| format!("&#x{:x};", u32::from(c))),
        15 => json()
            .replace('<', "\\u003c")
            .replace('&', "\\u0026")
            .replace('\'', "\\u0027"),
        16 => json()
            .replace("\\\"", "\\u0022")
            .replace("\\n", "\\u000a")
            .replace("\\\\", "\\u005C"),
        17 => json().replace("\\n", "\\n\" +\n    \""),
        18 => text.replace('"', "&quot;").replace('\n', "&#10;"),
        19 => text
            .replace('\n', "%0A")
            .replace('"', "%22")
            .replace('\\', "%5c"),
        _ => text.to_owned(),
    }
}

/// What is found, or nearly, in parts and escapes of its own.
fn candidate() -> impl Strategy<Value = String> {
    let text = prop_oneof![
        3 => select(texts()),
        3 => select(values()),
        1 => select(HIDDEN.map(str::to_owned).to_vec()),
        2 => Just(token()),
        4 => select(unnamed()),
        1 => select(respelled()),
        1 => select(keywords()).prop_map(str::to_owned),
    ];
    let parts = prop_oneof![3 => Just(99_u8), 2 => 0..16_u8];
    let escapes = prop_oneof![4 => Just(99_u8), 2 => 0..20_u8];
    (
        edge(),
        text,
        edge(),
        (parts, escapes),
        (0..200_usize, 0..100_usize),
    )
        .prop_map(|(before, text, behind, (how, writer), (n, m))| {
            escaped(
                &[before, &parted(&text, how, n), behind].concat(),
                writer,
                m,
            )
        })
}

fn document() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        4 => candidate(),
        3 => harmless(),
        1 => edge().prop_map(str::to_owned),
    ];
    let writers = vec(
        prop_oneof![6 => 0..9_u8, 1 => 9..20_u8].prop_flat_map(|how| (Just(how), 0..100_usize)),
        0..4,
    );
    (vec(part, 1..5), writers).prop_map(|(parts, writers)| {
        let text = parts.concat();
        writers.iter().fold(text, |text, (how, n)| {
            if text.len() > MAX_TEXT / 2 {
                return text;
            }
            escaped(&text, *how, *n)
        })
    })
}

fn agrees(known: &[(&str, Kind)], text: &str) -> Result<(), TestCaseError> {
    let bytes = text.as_bytes();
    let bytes = bytes.get(..MAX_TEXT).unwrap_or(bytes);
    let input = Input::new(&Place::Body, bytes);
    match difference(&scanner(known), input, &terms()) {
        Some(difference) => {
            let text = String::from_utf8_lossy(bytes);
            Err(TestCaseError::fail(format!("{text:?}: {difference}")))
        }
        None => Ok(()),
    }
}

/// Calm text, one thing to find in parts, and calm text again, in JSON.
fn focused() -> impl Strategy<Value = String> {
    let text = prop_oneof![
        3 => select(unnamed()),
        2 => select(values()),
        1 => select(respelled()),
        2 => select(texts()),
        1 => Just(token()),
    ];
    let text = (edge(), text, edge(), 0..32_u8, 0..200_usize).prop_map(
        |(before, text, behind, how, n)| [before, &parted(&text, how, n), behind].concat(),
    );
    let calm =
        || (0..4_usize).prop_map(|n| "let name = \"word\", the_other;\n\t".repeat(n * n * 4));
    (calm(), text, calm(), 1..4_usize).prop_map(|(before, text, behind, times)| {
        (0..times).fold([before, text, behind].concat(), |text, _| {
            escaped(&text, 0, 0)
        })
    })
}

proptest! {
    #![proptest_config(cases(12))]

    #[test]
    fn escapes_are_undone_around_one_thing(text in focused()) {
        let values = values();
        let known: Vec<_> = values.iter().map(|v| (v.as_str(), Kind::Secret)).collect();
        agrees(&known, &text)?;
    }

    #[test]
    fn escapes_are_undone_wherever_something_stands(text in document(), hidden in 0..20_u8) {
        let mut values = values();
        values.extend((hidden == 0).then_some(HIDDEN).into_iter().flatten().map(str::to_owned));
        let known: Vec<_> = values.iter().map(|v| (v.as_str(), Kind::Secret)).collect();
        agrees(&known, &text)?;
    }
}
