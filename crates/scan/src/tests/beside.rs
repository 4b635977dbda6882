//! What decides beside a candidate: an escape that it begins behind, signs that
//! are escaped themselves, and escapes of JSON where others were undone.

use data_encoding::{BASE32_NOPAD, BASE64};

use super::escapes::{assert_by, assert_found, json, lines, value};
use super::{found, ids, scanner, token};
use crate::Kind;

/// With no escape in what is looked for.
#[test]
fn a_command_begins_behind_any_escape() {
    let command = format!("sshpass -p '{}' ssh deploy@10.0.0.4 and so on", value());
    for before in [
        "\n", "\t", "\\n", "\\x02", "\\u0002", "\\002", "\\xff", "\\b",
    ] {
        let text = format!("{before}{command}");
        for times in 0..=2 {
            let open = json(&text, times);
            let open = open.trim_end_matches(['"', '\\']);
            assert!(
                ids(&found(open.as_bytes())).contains(&"command_password"),
                "{open}"
            );
        }
    }
}

#[test]
fn lines_behind_an_escape_of_another_kind_are_read() {
    let netrc = format!(
        "machine git.internal\n\tlogin deploy\n\tpassword {}\n",
        value()
    );
    for before in ["%0a", "&#10;", "\u{200b}", "\n"] {
        assert_found("netrc_password", &format!("{before}{netrc}"), 2);
    }
}

/// Where look-alikes hide the keyword, no escape was seen to matter.
#[test]
fn escapes_are_undone_beside_what_others_hid() {
    let netrc = format!(
        "machine git.internal\n\tlogin deploy\n\tpassword {}\n",
        value()
    );
    assert_found("netrc_password", &netrc.replace('a', "\u{430}"), 2);
    assert_found("netrc_password", &netrc.replace('i', "%69"), 2);
    assert_found("netrc_password", &netrc.replace('i', "&#105;"), 2);
    assert_found("netrc_password", &netrc.replace('i', "=69"), 2);
    // Far from each other in one token.
    let token = token().replacen('T', "\u{422}", 1);
    assert_found("github_token", &token.replacen('g', "\\u0067", 1), 1);
}

#[test]
fn signs_between_characters_may_be_escaped_themselves() {
    let known = scanner(&[("correct-horse-battery-staple-4711", Kind::Secret)]);
    for sign in ["\\u0002", "\\x02", "\\002", "\\u007f", "\\xff", "\\u001b"] {
        let apart = |text: &str, more: &str| -> String {
            let each = |c: char| format!("{c}{more}{sign}");
            text.chars().map(each).collect()
        };
        assert_found("github_token", &apart(&token(), ""), 1);
        for more in [".", "\"", "\u{2}"] {
            let text = apart("correct-horse-battery-staple-4711", more);
            assert_by(&known, "operator_secret", &text, 1);
        }
    }
}

#[test]
fn a_known_value_goes_on_behind_an_escape_that_is_escaped_itself() {
    let value = "correct-horse-battery-staple-4711";
    let known = scanner(&[(value, Kind::Secret)]);
    for at in [3, 9, 20, value.len() - 2] {
        let (start, end) = value.split_at(at);
        for sign in ["\\u0002", "\\x02", "\\002", "\\xff"] {
            assert_by(&known, "operator_secret", &format!("{start}{sign}{end}"), 2);
        }
    }
    // Letters behind backslashes are its own, but for one.
    let known = scanner(&[("C:\\keys\\new\\table77", Kind::Secret)]);
    for sign in ["\\n", "\\b", "\\f"] {
        let text = format!("C:\\keys\\new\\tabl{sign}e77");
        assert_by(&known, "operator_secret", &text, 2);
    }
}

/// A sign that shows as nothing, of which some bytes are escaped.
#[test]
fn a_character_may_be_escaped_in_part() {
    let halves: [&[u8]; 7] = [
        b"\\xe2\x80\x8b",
        b"\xe2\\x80\x8b",
        b"\xe2\x80\\x8b",
        b"\\xe2%80%8b",
        b"%e2\\x80\\x8b",
        b"\\xc2\xad",
        b"\xc2\\xad",
    ];
    for sign in halves {
        let token = token();
        let (start, end) = token.split_at(20);
        let text = [start.as_bytes(), sign, end.as_bytes()].concat();
        assert!(
            ids(&found(&text)).contains(&"github_token"),
            "{}",
            sign.escape_ascii()
        );
    }
}

/// It has the make-up of a name then: few digits, and one case.
#[test]
fn base32_is_read_behind_a_name() {
    let card = ["4539", "1488", "0343", "6467"];
    let account = ["DE89", " 3704 0044", " 0532 0130 00"].concat();
    let number = ["ssn 536", "-22-", "8713"].concat();
    for (id, text) in [
        ("payment_card", format!("  {}", card.join("-"))),
        ("payment_card", format!("  card {}", card.concat())),
        ("iban", format!(" {account}")),
        ("us_ssn", format!(" {number}")),
    ] {
        let base32 = BASE32_NOPAD.encode(text.as_bytes()).to_lowercase();
        for before in ["x/", "a-b-", "some_name_"] {
            assert_found(id, &format!("the {before}{base32} end"), 2);
        }
    }
}

/// A line of sixteen letters may be a name, and a shorter one is not told.
#[test]
fn two_short_lines_of_base64_are_one_text() {
    let card = ["4539", " 1488", " 0343", " 6467"].concat();
    let number = ["ssn: 536", "-22-", "8713"].concat();
    for (id, text) in [
        ("payment_card", card),
        ("us_ssn", format!(" {number} ")),
        ("us_ssn", format!("an {number}")),
    ] {
        let base64 = BASE64.encode(text.as_bytes());
        for gap in ["\n", "\r\n"] {
            let text = format!("\n{}\n", lines(&base64, 16, gap));
            assert!(ids(&found(text.as_bytes())).contains(&id), "{text}");
        }
    }
}
