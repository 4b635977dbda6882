//! What stands behind or between escapes of JSON and of code is found, however
//! often they are escaped themselves, whoever wrote them, and however much
//! harmless text stands around.

use data_encoding::{BASE64, HEXLOWER};

use bip39::{Language, Mnemonic};

use super::{found, ids, scan, scanner, stops, terms, token};
use crate::budget::Budget;
use crate::{Exhausted, Input, Kind, Place, Scanner};

/// Code that holds nothing, with escapes in every line.
fn code(bytes: usize) -> String {
    let line = "\tif (c == \"y\") { print(\"a word\", here); }\n";
    line.repeat(bytes / line.len())
}

/// A random value that no table knows.
pub(super) fn value() -> String {
    ["Hq4nTz8LcV1s", "Xe7RbU6gWk3p"].concat()
}

pub(super) fn json(text: &str, times: usize) -> String {
    (0..times).fold(text.to_owned(), |text, _| {
        serde_json::to_string(&text).unwrap()
    })
}

pub(super) fn lines(text: &str, width: usize, gap: &str) -> String {
    let lines = text.as_bytes().chunks(width);
    let lines: Vec<_> = lines.map(|line| str::from_utf8(line).unwrap()).collect();
    lines.join(gap)
}

/// `\u0070\u0061…`
fn spelled(text: &str) -> String {
    let each = |c: char| format!("\\u{:04x}", u32::from(c));
    text.chars().map(each).collect()
}

/// In text that is escaped up to so many times, alone and among code.
#[track_caller]
pub(super) fn assert_by(scanner: &Scanner, id: &str, text: &str, most: usize) {
    for times in 0..=most {
        for around in [0, 1500] {
            let all = format!("{}{text}{}", code(around), code(around));
            let seen = scan(scanner, json(&all, times).as_bytes()).unwrap();
            assert!(
                ids(&seen).contains(&id),
                "{times} times, {around} around: {text}"
            );
        }
    }
}

#[track_caller]
pub(super) fn assert_found(id: &str, text: &str, most: usize) {
    assert_by(&scanner(&[]), id, text, most);
}

#[test]
fn a_keyword_that_an_escape_splits_is_one() {
    let token = token();
    for first in [
        "\\u0067",
        "\\u{67}",
        "\\x67",
        "\\147",
        "\\u005cu0067",
        "\\\\u0067",
    ] {
        assert_found("github_token", &token.replacen('g', first, 1), 1);
    }
    assert_found(
        "github_token",
        &token.replacen("p_", "\\u0070\\u005f", 1),
        2,
    );
    assert_found("github_token", &lines(&token, 2, "\\\n"), 2);
}

#[test]
fn a_name_is_read_however_it_is_escaped() {
    let value = value();
    let name = spelled("the database_password");
    assert_found("generic_secret", &format!("{name} = {value}"), 2);
    assert_found(
        "generic_secret",
        &format!("{name}\\u0020\\u003d\\u0022{value}"),
        2,
    );
    assert_found(
        "generic_secret",
        &format!("digest\npassword = \"{value}\""),
        3,
    );
    assert_found(
        "generic_secret",
        &format!("sha256\n\"password\"\t\t:\t\"{value}\""),
        3,
    );
    assert_found("generic_secret", &format!("x\npassword:\n\t\t{value}\n"), 3);
}

/// Every character of what stands between the name and its value has eight
/// bytes in the third escaping.
#[test]
fn a_name_far_before_its_value_is_read() {
    let value = value();
    for words in [10, 20, 35] {
        let between = "\" ".repeat(words);
        assert_found(
            "service_credential",
            &format!("stripe {between}secret: '{value}'"),
            3,
        );
    }
    let card = ["4539", "1488", "0343", "6467"].concat();
    assert_found("payment_card", &format!("card{}{card}", "\"".repeat(30)), 3);
}

#[test]
fn wrapped_text_is_put_together_behind_escaped_breaks() {
    let text = format!("the token is {} and that is all", token());
    let (base64, hex) = (
        BASE64.encode(text.as_bytes()),
        HEXLOWER.encode(text.as_bytes()),
    );
    for gap in ["\n", "\r\n", "\n\t\t", "\r\n\r\n\r\n\r\n\r\n\r\n"] {
        for width in [20, 33, 48, 64, 76] {
            assert_found(
                "github_token",
                &format!("\n{}\n", lines(&base64, width, gap)),
                2,
            );
            assert_found(
                "github_token",
                &format!("\n{}\n", lines(&hex, width, gap)),
                2,
            );
        }
    }
    assert_found("github_token", &format!("\n{}\n", lines(&hex, 2, "\n")), 2);
    assert_found("github_token", &format!("\n{}\n", lines(&hex, 2, ",\t")), 2);
}

#[test]
fn single_characters_are_put_together_behind_escapes() {
    for gap in ["\n", "\t", "\"", "\\"] {
        assert_found(
            "github_token",
            &format!("\n{}\n", lines(&token(), 1, gap)),
            2,
        );
    }
}

/// A quote that is escaped five times has thirty-one backslashes.
#[test]
fn single_characters_are_put_together_however_their_signs_are_escaped() {
    for sign in ["\"", "\\"] {
        let signed = |c: char| [c.to_string(), sign.to_owned()];
        let parted: String = token().chars().flat_map(signed).collect();
        for times in 1..=5 {
            let escape = |text: String, _| serde_json::to_string(&text).unwrap();
            let text = (0..times).fold(parted.clone(), escape);
            assert!(!found(text.as_bytes()).is_empty(), "{sign} {times}");
        }
    }
}

/// A row of a table has the names of its columns in the whole line above.
#[test]
fn what_stands_before_a_stretch_is_not_left_out_of_its_line() {
    let row = [
        "name,url,username,password\nacme,https://a.io,bob,",
        "kR7vuq29Zt",
        "\n",
    ]
    .concat();
    let text = |before: &str| serde_json::to_string(&[before, &row].concat()).unwrap();
    assert_eq!(ids(&found(text("").as_bytes())), ["password_column"]);
    assert!(found(text("\" = \"").as_bytes()).is_empty());
}

#[test]
fn literals_are_joined_over_escaped_breaks() {
    for (end, start) in [("\" +", "\""), ("' .", "'"), ("'", "'"), ("` +", "`")] {
        for gap in ["\n", "\n        ", "\r\n\t\t", "\n\n"] {
            let joined = lines(&token(), 3, &format!("{end}{gap}{start}"));
            assert_found("github_token", &format!("x = \"{joined}\";"), 2);
        }
    }
}

#[test]
fn phrases_are_read_over_escaped_lines() {
    let words = "legal winner thank year wave sausage worth useful legal winner thank yellow";
    let each = |each: &dyn Fn(usize, &str) -> String| -> String {
        let words = words.split(' ').enumerate();
        words.map(|(at, word)| each(at + 1, word)).collect()
    };
    for text in [
        words.replace(' ', "\n"),
        words.replace(' ', "\r\n"),
        words.replace(' ', "\n    "),
        each(&|at, word| format!("{at}. {word}\n")),
        each(&|at, word| format!("{at}) {word}\r\n")),
        each(&|_, word| format!("\"{word}\",\n")),
        each(&|_, word| format!("\t'{word}',\n")),
    ] {
        assert_found("seed_phrase", &format!("\n{text}\n"), 3);
    }
}

#[test]
fn numbers_are_read_behind_escaped_breaks() {
    let card = ["4539", " 1488", " 0343", " 6467"].concat();
    for gap in ["\n", "\t", "\"", "\r\n"] {
        assert_found("payment_card", &format!("x{gap}{card}{gap}"), 3);
        let account = ["DE89", " 3704 0044", " 0532 0130 00"].concat();
        assert_found("iban", &format!("x{gap}{account}{gap}"), 3);
        assert_found(
            "iban",
            &format!("x{gap}{}{gap}", account.replace(' ', "")),
            3,
        );
    }
    // As a shell has one line on two.
    assert_found("payment_card", &card.replace(' ', " \\\n"), 3);
}

#[test]
fn nine_digits_behind_a_word_for_them_are_a_number() {
    let number = ["5362", "28713"].concat();
    assert_found("us_ssn", &format!("{{\"ssn\":\"{number}\"}}"), 3);
    assert_found("us_ssn", &format!("ssn:\n{number}\n"), 3);
}

/// The pass looks at sixty-four bytes at a time.
#[test]
fn nine_digits_are_a_number_wherever_they_are_cut() {
    let number = ["ssn:\t", "746", "561226"].concat();
    for at in 0..64 {
        let text = format!("{}\n{number}\n", ".".repeat(at));
        assert_eq!(stops(&found(text.as_bytes())), ["us_ssn"], "{at}");
    }
}

#[test]
fn a_key_in_many_lines_is_one() {
    let bytes =
        (1..1200_u32).map(|n| n.wrapping_mul(2_654_435_761).rotate_left(n).to_le_bytes()[2]);
    let body = BASE64.encode(&bytes.collect::<Vec<u8>>());
    let kind = "RSA PRIVATE";
    for gap in ["\n", "\r\n"] {
        let body = lines(&body, 64, gap);
        let key =
            format!("-----BEGIN {kind} KEY-----{gap}{body}{gap}-----END {kind} KEY-----{gap}");
        assert_found("private_key", &key, 3);
        let known = scanner(&[(&key, Kind::Secret)]);
        assert_by(&known, "operator_secret", &key, 3);
    }
}

#[test]
fn a_known_value_is_found_by_what_is_not_escaped() {
    let quotes = "\"".repeat(20);
    for value in [
        "pass\"worded77",
        "a\"b\"cdefgh7",
        "line with\nnumber 47 and\tmore",
        "C:\\keys\\new\\table77",
        &format!("{quotes}qwert9{quotes}"),
        // Of these, no part says anything.
        "a\"b'c/d\\e\nf",
        "\u{43f}\u{430}\u{440}\u{43e}\u{43b}\u{44c}9",
    ] {
        let known = scanner(&[(value, Kind::Secret)]);
        assert_by(&known, "operator_secret", &format!("x\n{value}\n"), 3);
    }
}

#[test]
fn a_short_known_value_is_found_in_another_case_and_escaped() {
    let value = "a\"b\"cdefgh7";
    let known = scanner(&[(value, Kind::Secret)]);
    let backwards: String = value.chars().rev().collect();
    for value in [value.to_uppercase(), backwards] {
        assert_by(&known, "operator_secret", &format!("x\n{value}\n"), 2);
    }
}

/// One escape anywhere in a value that is longer than what is undone around it.
#[test]
fn a_long_known_value_is_found_around_one_escape() {
    let value: String = (0..1500_u32)
        .map(|n| char::from(b"abcdefghkmnpqrtuvwxyz234.-_"[(n * n / 7 % 27) as usize]))
        .collect();
    let known = scanner(&[(&value, Kind::Placeholder)]);
    let (start, end) = value.split_at(700);
    for between in ["\" +\n\"", "\\\n", "=\n", "&#8203;"] {
        assert_by(
            &known,
            "placeholder",
            &format!("x {start}{between}{end} y"),
            1,
        );
    }
    for escape in ["\\u0061", "%61", "&#97;", "\\x61"] {
        assert_by(
            &known,
            "placeholder",
            &format!("x {} y", value.replacen('a', escape, 1)),
            1,
        );
    }
}

/// Undone the other way round, its letter would belong to an escape.
#[test]
fn a_backslash_in_another_escape_is_one_behind_those_of_json() {
    let scanner = scanner(&[("geheim\\next\\table77", Kind::Secret)]);
    for slash in ["&#x5c;", "&#92;", "%5c", "%5C"] {
        let text = format!("a line\nanother: geheim{slash}next{slash}table77, and more");
        assert_by(&scanner, "operator_secret", &text, 3);
    }
}

#[test]
fn text_with_backslashes_that_is_no_json_is_read_as_well() {
    let (token, value) = (token(), value());
    for text in [
        format!("\\begin{{table}}\\n\\textbf{{{token}}}\\nu\\rho"),
        format!("C:\\new\\table\\{token}"),
        format!("curl \\\n  -H 'x: {token}' \\\n  https://x.test"),
        format!("s/\\(password\\)=\\(.*\\)/\\1={token}/"),
    ] {
        assert_found("github_token", &text, 3);
    }
    assert_found(
        "generic_secret",
        &format!("\\newcommand{{\\x}}{{y}}\n\\password = {value}\n"),
        2,
    );
}

/// As Python writes JSON, and PHP.
fn ascii(text: &str) -> String {
    let json = serde_json::to_string(text).unwrap();
    super::ascii(&json).replace('/', "\\/")
}

#[test]
fn escaped_text_of_any_script_is_no_attack_and_hides_nothing() {
    let scripts = [
        "\u{8fd9}\u{662f}\u{4e00}\u{6bb5}\u{65e0}\u{5bb3}\u{7684}\u{6587}\u{5b57}\u{ff0c}\n",
        "\u{42d}\u{442}\u{43e} \u{431}\u{435}\u{437}\u{432}\u{440}\u{435}\u{434}\u{43d}\u{44b}\u{439} \u{442}\u{435}\u{43a}\u{441}\u{442}.\n",
        "\u{3053}\u{308c}\u{306f}\u{7121}\u{5bb3}\u{3067}\u{3059}\u{3002}/",
        "\u{1f600}\u{1f680} ok\t",
    ];
    for script in scripts {
        let mut json = script.repeat((1 << 20) / ascii(script).len());
        assert!(
            stops(&found(ascii(&json).as_bytes())).is_empty(),
            "{script}"
        );
        json.insert_str(script.len() * 1000, &format!("\n{}\n", token()));
        for text in [ascii(&json), ascii(&ascii(&json))] {
            assert!(
                ids(&found(text.as_bytes())).contains(&"github_token"),
                "{script}"
            );
        }
    }
}

/// However the work runs out, the answer is no pass.
#[test]
fn a_flood_of_escapes_hides_nothing_behind_it() {
    for flood in [
        "\\u0041", "\\\\", "\\\"", "\\/", "\\'", "\\n", "\\u005c", "=\\n", "\"\\n\"", "\\\\n",
    ] {
        let text = format!("{}\n{}\n", flood.repeat((1 << 19) / flood.len()), token());
        for text in [text.clone(), json(&text, 1), json(&text, 2)] {
            let seen = scan(&scanner(&[]), text.as_bytes());
            let passes = seen.is_ok_and(|seen| !ids(&seen).contains(&"github_token"));
            assert!(!passes, "{flood}");
        }
    }
    // A smaller budget denies the very same text.
    let text = "\\u005c".repeat(1 << 12) + &token();
    let input = Input::new(&Place::Body, text.as_bytes());
    let mut budget = Budget::for_input(0);
    while budget.work(20_000).is_ok() {}
    let seen = scanner(&[]).scan_within(input, &terms(), &mut budget);
    assert_eq!(seen, Err(Exhausted::Work));
}

/// In scripts without blanks a word has hardly more letters than its escapes have signs.
#[test]
fn a_seed_phrase_is_found_as_a_list_within_json() {
    for language in [
        Language::SimplifiedChinese,
        Language::Japanese,
        Language::Korean,
    ] {
        let phrase = Mnemonic::from_entropy_in(language, &[0x5a; 16]).unwrap();
        let words: Vec<&str> = phrase.words().collect();
        let mut text = serde_json::json!({ "seed": words }).to_string();
        for depth in 0..3 {
            let seen = found(text.as_bytes());
            assert_eq!(ids(&seen), ["seed_phrase"], "{language} {depth}");
            text = serde_json::json!({ "content": text }).to_string();
        }
    }
}
