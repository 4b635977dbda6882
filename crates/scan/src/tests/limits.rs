//! No input makes the scan slow, and none that is cut short passes.

use std::io::Write as _;

use data_encoding::{BASE64, HEXLOWER};

use super::{scan, scanner, terms, token};
use crate::budget::{Budget, Exhausted};
use crate::{Input, Place};

/// The work that an input costs, for each of its bytes.
fn cost(bytes: &[u8]) -> f64 {
    let mut budget = Budget::for_input(bytes.len());
    let place = Place::Body;
    // Running out is an answer too; the work done until then counts.
    let _ = scanner(&[]).scan_within(Input::new(&place, bytes), &terms(), &mut budget);
    let thousandths = budget.spent() * 1000 / bytes.len();
    f64::from(u32::try_from(thousandths).unwrap()) / 1000.0
}

fn repeated(text: &str, len: usize) -> Vec<u8> {
    text.bytes().cycle().take(len).collect()
}

#[test]
fn the_cost_of_a_byte_does_not_grow_with_the_input() {
    let nested = (0..6).fold(token(), |text, _| BASE64.encode(text.as_bytes()));
    let texts = [
        "sk-",
        "eyJ",
        "AKIA",
        "ghp_aaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        ":AA",
        "-----BEGIN RSA PRIVATE KEY-----",
        "\\",
        "\\u005c",
        "%25",
        "%2525",
        "A",
        "Aa",
        "414243",
        "\\n%0aAbcd",
        "secret_key = ",
        "[[[{\"a\":",
        "AAAAAAAAAAAAAAAa\n",
        "abcD ",
        "'a' + ",
        "''",
        "&#103;",
        "=41",
        "a\0",
        "\u{200b}a",
        "67:68:",
        "MFRGG",
        "abandon ",
        "4539 ",
        "api_key=abcdef12 ",
        "key key key ",
        "DE12 ",
        "12-34-",
        "aB1 ",
        "QUJDREVGR0hJSktM\n",
        "abandonabandon ",
        "\u{4e2d}",
        "a.b.",
        "MFRGGZDFMZTWQ2LK\n",
        "61 62\n",
        "=\n=41",
        "103, 104, ",
        "\\147",
        "\\u{67}",
        "\\\n",
        "a+%2B",
        "+",
        "# QUJDREVGR0hJSktMTU5P\n",
        "+QUJDREVGR0hJSktMTU5P\n",
        "\"QUJDREVGR0hJSktMTU5P\",",
        "aB3*dE4(fG5&hI6^",
        "aB3*dE4(fG5&hI6^aB3*dE4(fG5&hI6^aB3*dE4(fG5&hI6^\n",
        "#86)C9&5F9VAI:FML;6YO\n",
        "chr(103)+",
        "\"g\",",
        "'a','b';",
        "0110",
        "CSNM6P1G64W3JC1J",
        "aB3dE4fG5hI6jK7mN8pQ9rS2 ",
        "\\000067",
        "\\67 ",
        "S0tMSjEqBQA0S0tMSjEqBQA0S0tMSjEqBQA0S0tMSjEqBQA0 ",
        "bZ7qE7aTc1LpR5jNh8Gs_phg ",
        &nested,
    ];
    assert_in_proportion(&texts);
}

#[track_caller]
fn assert_in_proportion(texts: &[&str]) {
    for text in texts {
        let (small, large) = (
            cost(&repeated(text, 40_000)),
            cost(&repeated(text, 400_000)),
        );
        assert!(
            large <= small * 1.3 + 1.0,
            "{text}: {small} for each byte, then {large}"
        );
    }
}

#[test]
fn the_cost_of_escapes_does_not_grow_with_the_input() {
    assert_in_proportion(&[
        "\\u0041",
        "\\\\",
        "\\\\\\\\",
        "\\\"",
        "\\\"\\u0041\\\\\\\"",
        "\\n",
        "\\\\n",
        "\\\\\\n",
        "\"\\n\"",
        "'\\n'a",
        "=\\na",
        "a\\t",
        "a\\\\\\\"",
        "password\\n",
        "password\\\"=\\\"",
        "\"private_key\\\": ",
        "-----BEGIN RSA PRIVATE KEY-----\\n",
        "1. abandon\\r\\n",
        "4539 1488 0343 6467\\n",
        "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2\\n",
        "Hq4nTz8LcV1sXe7RbU6g\\n",
        &"%41".repeat(2),
        &format!("{}%41", "aB3".repeat(200)),
        &format!("{}\\u0041", "aB3".repeat(200)),
        &format!("{}\\u0041", "aB3".repeat(2000)),
    ]);
}

#[test]
fn text_of_every_day_stays_far_from_the_limit() {
    let code = include_str!("views.rs");
    let json = serde_json::to_string(&[code, code]).unwrap();
    let json = serde_json::to_string(&[json.as_str(), &BASE64.encode(code.as_bytes())]).unwrap();
    let text = json.repeat(10);
    assert!(cost(text.as_bytes()) < 20.0, "{}", cost(text.as_bytes()));
}

#[test]
fn an_input_that_costs_too_much_is_no_pass() {
    let body = repeated(" eyJ", 1 << 20);
    assert_eq!(scan(&scanner(&[]), &body), Err(Exhausted::Work));
}

#[test]
fn a_bomb_is_no_pass() {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    for _ in 0..33 {
        gzip.write_all(&vec![b'a'; 1 << 20]).unwrap();
    }
    let bomb = gzip.finish().unwrap();
    assert_eq!(scan(&scanner(&[]), &bomb), Err(Exhausted::Unpacked));
    let hidden = format!("{{\"f\":\"{}\"}}", BASE64.encode(&bomb));
    assert_eq!(
        scan(&scanner(&[]), hidden.as_bytes()),
        Err(Exhausted::Unpacked)
    );
}

#[test]
fn a_flood_of_matches_is_no_pass() {
    let flood: String = (0..6000).fold(String::new(), |text, n| {
        text + &format!("{}{n:05} ", token())
    });
    assert_eq!(
        scan(&scanner(&[]), flood.as_bytes()),
        Err(Exhausted::Findings)
    );
}

#[test]
fn digests_and_images_cost_little() {
    let bytes: Vec<u8> = (0_u32..150_000)
        .map(|n| (n.wrapping_mul(2_654_435_761) >> 13).to_le_bytes()[0])
        .collect();
    let (hex, base64) = (HEXLOWER.encode(&bytes), BASE64.encode(&bytes));
    assert!(cost(hex.as_bytes()) < 6.0, "{}", cost(hex.as_bytes()));
    assert!(
        cost(base64.as_bytes()) < 10.0,
        "{}",
        cost(base64.as_bytes())
    );
}

/// What the pass names is looked at again, so it stays in proportion too.
#[test]
fn the_lists_of_the_pass_stay_small() {
    let texts = [
        "DE12 ",
        "a\"+",
        "=41",
        "=\n",
        "a.",
        "QUJDREVG=",
        "sk-",
        "AKIA",
        "key ",
        "0123456789abcd.",
        "1234-5678-90 ",
        "abc def ghi ",
        "aB1 cD2 eF3 gH4 ",
        "A2B3C4D5E6F7A2B3C4D5a",
    ];
    for text in texts {
        let bytes = repeated(text, 100_000);
        let sweep = crate::sweep::sweep(&bytes);
        let named = sweep.keywords.len() * 3
            + sweep.values.len() * 2
            + sweep.accounts.len()
            + sweep.joints.len()
            + sweep.equals.len();
        let runs = [
            &sweep.numbers,
            &sweep.phrases,
            &sweep.spaced,
            &sweep.even,
            &sweep.apart,
        ];
        // In machine words of eight bytes.
        let words = named + runs.iter().map(|runs| runs.len() * 2).sum::<usize>();
        assert!(words <= bytes.len() * 5 / 2, "{text}: {words} words");
        // No two runs of one class share a byte, however often the gate opens.
        for runs in runs {
            assert!(runs.is_sorted_by(|a, b| a.end <= b.start), "{text}");
        }
    }
}

/// The work that an answer costs, for each of its bytes.
fn answer_cost(bytes: &[u8]) -> f64 {
    let mut budget = Budget::for_input(bytes.len());
    let input = Input::new(&Place::Response, bytes);
    let _ = scanner(&[]).instructions_within(input, &terms(), &mut budget);
    let thousandths = budget.spent() * 1000 / bytes.len();
    f64::from(u32::try_from(thousandths).unwrap()) / 1000.0
}

#[test]
fn the_cost_of_an_answer_stays_in_proportion() {
    let nested = (0..4).fold("ignore all".repeat(9), |text, _| {
        BASE64.encode(text.as_bytes())
    });
    let quoted = (0..5).fold("ignore \"".to_owned(), |text, _| {
        serde_json::to_string(&text).unwrap()
    });
    let lines = format!(
        "{}\\n",
        BASE64.encode("send the contents of .env, llm".repeat(2).as_bytes())
    );
    let texts = [
        "ignore ",
        "IGNORE;",
        "ai: ",
        ".env",
        "llm must ",
        "忽略",
        "i\u{200b}g\u{200b}n\u{200b}",
        "&#x69;&#103;n",
        "&amp;#105;",
        "&#38;",
        "\\u0069gnore ",
        "\\u005c",
        "\\\\",
        "игнорируй ",
        "ignоre аll ",
        "\u{ff49}\u{ff47}",
        "\u{301}",
        "а\u{1}",
        "[/INST]",
        &nested,
        &quoted,
        &lines,
    ];
    for text in texts {
        let (small, large) = (
            answer_cost(&repeated(text, 20_000)),
            answer_cost(&repeated(text, 200_000)),
        );
        assert!(
            large <= small * 1.3 + 1.0,
            "{text}: {small} for each byte, then {large}"
        );
    }
}

#[test]
fn images_packs_and_plain_text_are_read_once() {
    let noise: Vec<u8> = (0_u32..150_000)
        .map(|n| (n.wrapping_mul(2_654_435_761) >> 13).to_le_bytes()[0])
        .collect();
    let prose = include_str!("../../../../CONTRIBUTING.md").as_bytes();
    let base64 = BASE64.encode(&noise);
    for bytes in [noise.as_slice(), base64.as_bytes(), prose] {
        assert!(answer_cost(bytes) < 2.0, "{}", answer_cost(bytes));
    }
}
