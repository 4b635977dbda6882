//! Every encoding, every alignment, nested up to three deep.

use data_encoding::{BASE64, BASE64_NOPAD, BASE64URL, HEXLOWER, HEXUPPER};
use proptest::prelude::*;
use std::fmt::Write as _;

use super::{found, ids, scan, scanner, token};
use crate::View::{self, Base64, Gzip, Hex, Json, Percent};
use crate::{Finding, Kind};

type Encode = fn(&str) -> String;

/// What an encoder makes, and the view that undoes it.
const ENCODERS: [(View, Encode); 9] = [
    (Percent, |text| {
        text.bytes().fold(String::new(), |mut out, b| {
            write!(out, "%{b:02x}").unwrap();
            out
        })
    }),
    (Percent, |text| {
        text.replace('%', "%25")
            .replace('_', "%5F")
            .replace('a', "%61")
            .replace('\\', "%5C")
    }),
    (Base64, |text| BASE64.encode(text.as_bytes())),
    (Base64, |text| {
        BASE64URL.encode(text.as_bytes()).replace('=', "")
    }),
    (Base64, |text| wrapped(&BASE64.encode(text.as_bytes()), 20)),
    (Hex, |text| HEXLOWER.encode(text.as_bytes())),
    (Hex, |text| HEXUPPER.encode(text.as_bytes())),
    (Json, |text| {
        text.encode_utf16().fold(String::new(), |mut out, unit| {
            write!(out, "\\u{unit:04X}").unwrap();
            out
        })
    }),
    (Json, |text| {
        text.replace('\\', "\\\\")
            .replace('p', "\\u0070")
            .replace('\n', "\\n")
            .replace('/', "\\/")
    }),
];

fn wrapped(text: &str, width: usize) -> String {
    let lines: Vec<&str> = text
        .as_bytes()
        .chunks(width)
        .map(|l| str::from_utf8(l).unwrap())
        .collect();
    lines.join("\n")
}

fn in_all(text: &str, depth: usize, check: &mut dyn FnMut(&str, &str), path: &str) {
    check(text, path);
    if depth > 0 {
        for (index, (view, encode)) in ENCODERS.iter().enumerate() {
            in_all(
                &encode(text),
                depth - 1,
                check,
                &format!("{path} {view}#{index}"),
            );
        }
    }
}

fn only(findings: Vec<Finding>, what: &str) -> Finding {
    let count = findings.len();
    let found: Result<[Finding; 1], _> = findings.try_into();
    found.map_or_else(
        |_| panic!("{count} findings in {what}"),
        |[finding]| finding,
    )
}

#[test]
fn a_token_is_found_in_every_nesting() {
    let scanner = scanner(&[]);
    let mut check = |text: &str, path: &str| {
        let text = format!("{{\"note\": \"{text}\"}}");
        let findings = scan(&scanner, text.as_bytes()).unwrap();
        assert!(ids(&findings).contains(&"github_token"), "{path}: {text}");
        let finding = findings
            .iter()
            .find(|f| f.detector.as_str() == "github_token")
            .unwrap();
        assert!(
            finding.start >= 10 && finding.end <= text.len() - 2,
            "{path}: {finding:?}"
        );
    };
    in_all(&token(), 3, &mut check, "plain");
}

#[test]
fn a_known_value_is_found_in_every_nesting() {
    let value = "correct horse/battery_staple";
    let scanner = scanner(&[(value, Kind::Secret)]);
    let mut check = |text: &str, path: &str| {
        let text = format!("<{text}>");
        let findings = scan(&scanner, text.as_bytes()).unwrap();
        assert!(
            ids(&findings).contains(&"operator_secret"),
            "{path}: {text}"
        );
    };
    in_all(value, 3, &mut check, "plain");
}

/// As `xxd -p`, `xxd` and `od -tx1` print it.
#[test]
fn wrapped_and_spaced_hex_is_found() {
    let known = scanner(&[(
        "s3cret-value-of-ours, long enough for two lines",
        Kind::Secret,
    )]);
    for glued in ["", "f", "fade "] {
        for (width, between) in [(60, "\n"), (32, "\r\n  "), (4, " "), (2, " "), (31, "\n")] {
            let value = b"x s3cret-value-of-ours, long enough for two lines";
            let hex = HEXLOWER.encode(value);
            let lines: Vec<&str> = hex
                .as_bytes()
                .chunks(width)
                .map(|line| str::from_utf8(line).unwrap())
                .collect();
            let text = format!("{glued}{} .", lines.join(between));
            let seen = scan(&known, text.as_bytes()).unwrap();
            assert_eq!(ids(&seen), ["operator_secret"], "{text}");
        }
    }
}

#[test]
fn any_alignment_of_base64_is_found() {
    let known = scanner(&[("s3cret-value-of-ours", Kind::Secret)]);
    for before in 0..8 {
        for after in 0..4 {
            let glued = "A".repeat(before);
            let text = |inner: &str| {
                format!(
                    "{glued}{}",
                    BASE64_NOPAD.encode(
                        format!("{}{inner}{}", "x".repeat(before), "y".repeat(after)).as_bytes()
                    )
                )
            };
            assert_eq!(
                ids(&found(text(&format!("{};", token())).as_bytes())),
                ["github_token"]
            );
            assert_eq!(
                ids(&scan(&known, text("s3cret-value-of-ours").as_bytes()).unwrap()),
                ["operator_secret"]
            );
        }
    }
}

#[test]
fn the_decoding_and_the_place_are_told() {
    let inner = format!("t={};", token()).replace('_', "%5f");
    let text = format!("{{\"a\": \"{}\"}}", BASE64.encode(inner.as_bytes()));
    let finding = only(found(text.as_bytes()), "base64 of percent");
    assert_eq!(finding.decoding, [Base64, Percent]);
    let covered = text.get(finding.start..finding.end).unwrap();
    assert!(
        covered.len() >= token().len() * 4 / 3 && covered.len() <= token().len() * 4 / 3 + 8,
        "{covered}"
    );
    let evidence = bottle_policy::Evidence::from(&finding);
    assert_eq!(evidence.place, "body (base64, percent)");
}

#[test]
fn unescaping_keeps_exact_offsets() {
    let text = format!(
        "{{\"a\\n\\\"b\\u00e9\": \"x\\t{}\\n tail\"}}",
        token().replacen('p', "\\u0070", 1)
    );
    let finding = only(found(text.as_bytes()), "json");
    assert_eq!(finding.decoding, [Json]);
    assert_eq!(
        text.get(finding.start..finding.end),
        Some(token().replacen('p', "\\u0070", 1).as_str())
    );
}

#[test]
fn escapes_of_two_kinds_in_one_token_are_undone_together() {
    let text = token().replacen('p', "\\u0070", 1).replacen('_', "%5f", 1);
    let finding = only(found(text.as_bytes()), "json and percent");
    assert_eq!(finding.decoding, [Json, Percent]);
}

/// Russian and Greek have letters of their own that look like Latin ones.
#[test]
fn a_disguise_in_prose_of_its_own_script_is_undone() {
    let disguised = |text: &str| {
        let alike = [
            ('a', '\u{430}'),
            ('e', '\u{435}'),
            ('o', '\u{43e}'),
            ('c', '\u{441}'),
        ];
        alike.iter().fold(text.to_owned(), |text, (a, b)| {
            text.replace(*a, &b.to_string())
        })
    };
    let value = ["Hq4nTz8", "LcV1sXe7RbU6g"].concat();
    let russian = "\u{42d}\u{442}\u{43e} \u{441}\u{43e}\u{432}\u{441}\u{435}\u{43c} \u{430} \u{440}\u{430}\u{441}\u{435}, \u{435}. ";
    let greek = "\u{39a}\u{3b1}\u{3bd}\u{3bf}\u{3bd}\u{3b9}\u{3ba}\u{3cc} \u{3b1}, \u{3bf}. ";
    for prose in [russian, greek].map(|prose| prose.repeat(30)) {
        assert_eq!(found(prose.as_bytes()), []);
        let named = format!("{prose}{} = \"{value}\"\n{prose}", disguised("api_secret"));
        assert!(
            ids(&found(named.as_bytes())).contains(&"generic_secret"),
            "{named}"
        );
        let text = format!("{prose}{}\n{prose}", disguised(&token()));
        assert!(
            ids(&found(text.as_bytes())).contains(&"github_token"),
            "{text}"
        );
    }
}

#[test]
fn compressed_data_is_unpacked() {
    use std::io::Write as _;
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    write!(gzip, "a file with {} in it", token()).unwrap();
    let packed = gzip.finish().unwrap();
    assert_eq!(only(found(&packed), "gzip").decoding, [Gzip]);
    let text = format!("{{\"file\":\"{}\"}}", BASE64.encode(&packed));
    assert_eq!(
        only(found(text.as_bytes()), "base64 of gzip").decoding,
        [Base64, Gzip]
    );
    let zstd = ruzstd::encoding::compress_to_vec(
        format!("a file with {} in it", token()).as_bytes(),
        ruzstd::encoding::CompressionLevel::Uncompressed,
    );
    assert!(ids(&found(&zstd)).contains(&"github_token"));
}

proptest! {
    #[test]
    fn whatever_stands_around_a_token_does_not_hide_it(
        before in "[ -~\n]{0,60}[ \"'=:,;]", after in "[ \"',;\n][ -~\n]{0,60}", which in 0..ENCODERS.len()
    ) {
        let (_, encode) = ENCODERS[which];
        let text = format!("{before}{}{after}", encode(&token()));
        prop_assert!(ids(&found(text.as_bytes())).contains(&"github_token"), "{}", text);
    }

    #[test]
    fn any_bytes_are_scanned_without_a_fault(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let findings = found(&bytes);
        prop_assert!(findings.iter().all(|f| f.start < f.end && f.end <= bytes.len()));
    }

    #[test]
    fn any_encoded_text_is_scanned_without_a_fault(text in r"([a-zA-Z0-9+/=\\%u]|\\u00|%2|\\\\| |\n){0,300}") {
        let findings = found(text.as_bytes());
        prop_assert!(findings.iter().all(|f| f.start < f.end && f.end <= text.len()));
    }
}

/// What hides a value from a search and not from a reader.
#[test]
fn evasions_are_undone() {
    let token = token();
    let (head, tail) = token.split_at(9);
    let each = |f: &dyn Fn(char) -> String| token.chars().map(f).collect::<String>();
    let base32 = data_encoding::BASE32_NOPAD.encode(token.as_bytes());
    let texts = [
        ("zero width", each(&|c| format!("{c}\u{200b}"))),
        ("bidi", token.replace("hp", "h\u{202e}p")),
        (
            "full width",
            each(&|c| {
                char::from_u32(u32::from(c) - 0x21 + 0xff01)
                    .unwrap()
                    .to_string()
            }),
        ),
        ("look-alike", token.replace('p', "р").replace('a', "а")),
        ("joined", format!("\"{head}\" + \"{tail}\"")),
        ("joined without a sign", format!("'{head}' '{tail}'")),
        (
            "joined in parts",
            token
                .as_bytes()
                .chunks(7)
                .map(|c| format!("'{}'", str::from_utf8(c).unwrap()))
                .collect::<Vec<_>>()
                .join("\n  + "),
        ),
        ("html", each(&|c| format!("&#{};", u32::from(c)))),
        ("html in hex", each(&|c| format!("&#x{:x};", u32::from(c)))),
        (
            "quoted-printable",
            each(&|c| format!("={:02X}", u32::from(c))),
        ),
        ("soft line breaks", token.replace("YxQ", "YxQ=\r\n")),
        ("utf-16", each(&|c| format!("{c}\0"))),
        ("utf-16, big end first", each(&|c| format!("\0{c}"))),
        (
            "hex with colons",
            each(&|c| format!("{:02x}:", u32::from(c))),
        ),
        (
            "hex with blanks",
            each(&|c| format!("{:02X} ", u32::from(c))),
        ),
        (
            "hex as numbers",
            each(&|c| format!("0x{:02x}, ", u32::from(c))),
        ),
        ("base32", base32.clone()),
        (
            "base32 in base64",
            BASE64.encode(base32.to_lowercase().as_bytes()),
        ),
        (
            "html in json",
            serde_json::to_string(&each(&|c| format!("&#{};", u32::from(c)))).unwrap(),
        ),
    ];
    for (name, text) in texts {
        for text in [text.clone(), format!("{{\"k\": \"{text}\"}}")] {
            assert!(
                ids(&found(text.as_bytes())).contains(&"github_token"),
                "{name}: {text}"
            );
        }
    }
}
