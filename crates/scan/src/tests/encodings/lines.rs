//! Encoded text on lines, each with signs before it or behind it.

use data_encoding::{BASE32_NOPAD, BASE64, HEXLOWER};

use super::{assert_nothing, assert_own, assert_token, sentence, wrapped};
use crate::tests::{found, ids};

/// What stands before a line and behind it.
const SIGNS: [(&str, &str); 22] = [
    ("> ", ""),
    (">> ", ""),
    ("# ", ""),
    ("#", ""),
    ("// ", ""),
    ("//", ""),
    (" * ", ""),
    ("-- ", ""),
    ("; ", ""),
    ("+", ""),
    ("-", ""),
    ("- ", ""),
    ("* ", ""),
    ("    \"", "\","),
    ("'", "',"),
    ("\"", "\" +"),
    ("  \"", "\\n\""),
    ("\"", "\" \\"),
    ("", "\\"),
    ("| ", " |"),
    ("<p>", "</p>"),
    ("echo ", " >> file"),
];

fn signed(text: &str, width: usize) -> Vec<(String, String)> {
    let lines = wrapped(text, width);
    let each = |(before, behind): &(&str, &str)| {
        let lines: Vec<_> = lines
            .iter()
            .map(|line| format!("{before}{line}{behind}"))
            .collect();
        (format!("{before:?} {behind:?} {width}"), lines.join("\n"))
    };
    SIGNS.iter().map(each).collect()
}

#[test]
fn lines_with_a_sign_before_them_or_behind_are_one_text() {
    let text = sentence();
    let encoded = [
        BASE64.encode(text.as_bytes()),
        HEXLOWER.encode(text.as_bytes()),
        BASE32_NOPAD.encode(text.as_bytes()),
    ];
    for encoded in encoded {
        for width in [20, 23, 32, 60] {
            for (which, lines) in signed(&encoded, width) {
                assert_token(&which, &lines);
                assert_token(&which, &format!("some words\n{lines}\n\nand more"));
            }
        }
    }
}

#[test]
fn a_value_of_the_operator_on_signed_lines_is_found() {
    let text = format!("my own: {}, to keep", super::OWN);
    for (which, lines) in signed(&BASE64.encode(text.as_bytes()), 16) {
        assert_own(&which, &lines);
    }
}

#[test]
fn lines_with_numbers_are_one_text() {
    let encoded = BASE64.encode(sentence().as_bytes());
    for width in [16, 25, 40] {
        for between in ["\t", ": ", " ", ") ", "|", "→"] {
            let numbered: Vec<_> = wrapped(&encoded, width)
                .iter()
                .enumerate()
                .map(|(n, line)| format!("{:>6}{between}{line}", n + 8))
                .collect();
            assert_token(between, &numbered.join("\n"));
        }
    }
}

/// As a program encodes a file piece by piece.
#[test]
fn lines_that_were_encoded_one_by_one_are_one_text() {
    for size in [12, 13, 14, 16, 20, 31, 40] {
        let text = sentence();
        let pieces: Vec<_> = wrapped(&text, size)
            .iter()
            .map(|piece| BASE64.encode(piece.as_bytes()))
            .collect();
        for between in ["\n", "\",\"", "\", \"", "\n# ", " ", ",", ", "] {
            assert_token(&format!("{size} {between:?}"), &pieces.join(between));
        }
        let bare: Vec<_> = pieces.iter().map(|p| p.trim_end_matches('=')).collect();
        assert_token(&format!("{size} bare"), &bare.join("\n"));
    }
}

#[test]
fn a_key_on_signed_lines_in_base64_is_found() {
    let data = "MIIEow9IBAAKC2AQEAx7Q2kVb3nZs8LrT0pYq5Hd6JwXe1GtMuBnCfRaSiOkPl";
    let key = [
        "-----BEGIN RSA ",
        "PRIVATE KEY-----\n",
        &data.repeat(4),
        "\n-----END RSA ",
        "PRIVATE KEY-----\n",
    ];
    for (which, lines) in signed(&BASE64.encode(key.concat().as_bytes()), 76) {
        let seen = found(lines.as_bytes());
        assert!(ids(&seen).contains(&"private_key"), "{which}");
    }
}

#[test]
fn lists_of_digests_and_of_names_are_no_text() {
    let digests: Vec<String> = (0_u64..40)
        .map(|n| {
            let words = (0..4).map(|k| (n * 4 + k + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
            words
                .map(|word| format!("{word:016x}"))
                .collect::<Vec<_>>()
                .concat()
        })
        .collect();
    for between in ["\",\n    \"", "\n- ", "\n# ", " \\\n    --hash=sha256:"] {
        assert_nothing(&digests.join(between));
    }
    let names = [
        "SomeLongClassName2",
        "AnotherLongClassName3",
        "YetAnotherLongName44",
    ];
    for between in ["\",\n    \"", "\n- ", "\n# "] {
        assert_nothing(&names.repeat(9).join(between));
    }
}

/// It may begin with letters of the encoding.
#[test]
fn a_word_below_lines_of_base32_is_none_of_them() {
    let encoded = BASE32_NOPAD.encode(sentence().as_bytes());
    let (first, second) = encoded.split_at(60);
    for word in ["", "\nREGARDs", "\n2Words", "\n\nABCDEFGHijkl mnop"] {
        assert_token("base32", &format!("{first}\n{second}{word}"));
    }
}
