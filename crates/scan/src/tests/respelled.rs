//! The operator's own values, respelled and in parts.

use bottle_policy::{Action, InspectTerms, Secret};
use data_encoding::{BASE64, HEXLOWER};
use proptest::prelude::*;

use super::{ids, scan, scanner, terms};
use crate::{Finding, Input, Kind, Known, Place, Scanner, Spread};

/// Nothing was ever protected by it.
const VALUE: &str = "Zq7-Kp3_Wm9xTr5vLc2b";

fn own() -> Scanner {
    scanner(&[(VALUE, Kind::Secret)])
}

fn halves() -> (&'static str, &'static str) {
    VALUE.split_at(10)
}

fn reversed(text: &str) -> String {
    text.chars().rev().collect()
}

fn joined(text: &str, between: &str) -> String {
    let letters: Vec<String> = text.chars().map(String::from).collect();
    letters.join(between)
}

#[test]
fn a_respelled_value_is_found() {
    let groups: Vec<&str> = VALUE
        .as_bytes()
        .chunks(4)
        .map(|g| str::from_utf8(g).unwrap())
        .collect();
    let forms = [
        VALUE.to_uppercase(),
        VALUE.to_lowercase(),
        reversed(VALUE),
        reversed(&VALUE.to_lowercase()),
        BASE64.encode(reversed(VALUE).as_bytes()),
        HEXLOWER.encode(reversed(VALUE).as_bytes()),
        BASE64.encode(VALUE.to_uppercase().as_bytes()),
        joined(VALUE, "-"),
        joined(VALUE, " "),
        joined(VALUE, "."),
        joined(VALUE, "\r\n"),
        format!("[\"{}\"]", joined(VALUE, "\",\"")),
        groups.join(" "),
        format!("{{\"parts\":[\"{}\"]}}", groups.join("\", \"")),
        joined(&reversed(VALUE), "_"),
        BASE64.encode(joined(VALUE, "|").as_bytes()),
        VALUE.replace(['-', '_'], ""),
        joined(VALUE, "\u{200b}"),
    ];
    for form in forms {
        let text = format!("see {form} there");
        let seen = scan(&own(), text.as_bytes()).unwrap();
        assert_eq!(ids(&seen), ["operator_secret"], "{text}");
        assert!(seen[0].known.is_some());
    }
}

/// A backslash of its own and one of an escape before the same letter.
#[test]
fn a_value_with_backslashes_is_found_in_lines_that_are_escaped() {
    let forwards = "C:\\keys\\new\\table77";
    let other = "C:\\bn\\keys\\new\\77table";
    let backwards = reversed(other);
    let scanner = scanner(&[(forwards, Kind::Secret), (other, Kind::Secret)]);
    for value in [forwards, &backwards] {
        for width in 1..value.len() {
            let lines: Vec<&str> = value
                .as_bytes()
                .chunks(width)
                .map(|line| str::from_utf8(line).unwrap())
                .collect();
            let mut text = lines.join("\n\t");
            for times in 0..3 {
                let found = scan(&scanner, text.as_bytes()).unwrap();
                assert_eq!(ids(&found), ["operator_secret"], "{width} {times}");
                text = serde_json::to_string(&text).unwrap();
            }
        }
    }
    // The tabs were escaped less often.
    let text = "'C:\\\\keys\\n\t\t\\\\new\\\\ta\\n\t\tble77'";
    let text = serde_json::to_string(text).unwrap();
    let found = scan(&scanner, text.as_bytes()).unwrap();
    assert_eq!(ids(&found), ["operator_secret"]);
}

#[test]
fn the_place_of_a_respelled_value_is_told() {
    let text = format!("{{\"a\":\"{}\"}}", VALUE.to_uppercase());
    let seen = scan(&own(), text.as_bytes()).unwrap();
    let place = text.get(seen[0].start..seen[0].end);
    assert_eq!(place, Some(VALUE.to_uppercase().as_str()));
    assert_eq!(seen[0].decoding, [crate::View::Respelled]);
}

#[test]
fn a_short_value_is_found_in_any_case_and_not_in_any_grouping() {
    let scanner = scanner(&[("hunter2x", Kind::Secret)]);
    assert_eq!(
        ids(&scan(&scanner, b"my HUNTER2X!").unwrap()),
        ["operator_secret"]
    );
    assert!(scan(&scanner, b"the hunter 2x").unwrap().is_empty());
}

#[test]
fn letters_of_other_scripts_have_cases_too() {
    let value = "Пароль-Ключ-7788-ßü-Zx41";
    let scanner = scanner(&[(value, Kind::Secret)]);
    for text in [value.to_uppercase(), value.to_lowercase(), reversed(value)] {
        for text in [BASE64.encode(text.as_bytes()), text] {
            assert_eq!(
                ids(&scan(&scanner, text.as_bytes()).unwrap()),
                ["operator_secret"]
            );
        }
    }
    let other = value.to_lowercase().replace('7', "8");
    assert_eq!(scan(&scanner, other.as_bytes()).unwrap(), []);
}

#[test]
fn words_are_not_found_respelled() {
    let scanner = scanner(&[("postgres-password", Kind::Secret)]);
    assert!(scan(&scanner, b"POSTGRES_PASSWORD=").unwrap().is_empty());
}

/// One request's places, one after the other.
fn request(scanner: &Scanner, spread: &mut Spread, places: &[&str]) -> Vec<Finding> {
    let mut parts = Vec::new();
    for text in places {
        let seen = scanner
            .look(Input::new(&Place::Body, text.as_bytes()), &terms())
            .unwrap();
        assert!(seen.findings.is_empty(), "{:?}", seen.findings);
        parts.extend(seen.parts);
    }
    spread.admit(scanner, &parts, &terms())
}

#[test]
fn two_halves_in_one_request_are_one_value() {
    let (one, two) = VALUE.split_at(10);
    let pairs = [
        (one.to_owned(), two.to_owned()),
        (two.to_owned(), one.to_owned()),
        (
            one.to_uppercase(),
            BASE64.encode(format!("{{{two}}}").as_bytes()),
        ),
        (HEXLOWER.encode(one.as_bytes()), reversed(two)),
        (joined(one, "."), joined(two, " ")),
    ];
    for (one, two) in pairs {
        let found = request(&own(), &mut Spread::default(), &[&one, "between", &two]);
        assert_eq!(ids(&found), ["operator_secret"], "{one} {two}");
        assert_eq!(found[0].title, "the secret env:SECRET_0, in parts");
        let fields = format!("{{\"a\":\"{one}\",\"z\":{{\"b\":\"{two}\"}}}}");
        let found = request(&own(), &mut Spread::default(), &[&fields]);
        assert_eq!(ids(&found), ["operator_secret"], "{fields}");
    }
}

#[test]
fn parts_of_several_requests_are_one_value() {
    let (scanner, mut spread) = (own(), Spread::default());
    assert!(request(&scanner, &mut spread, &[halves().0]).is_empty());
    for n in 0..100 {
        assert!(request(&scanner, &mut spread, &[&format!("request {n}")]).is_empty());
    }
    // The request that completes the value never leaves, however often it is tried.
    for _ in 0..2 {
        assert_eq!(request(&scanner, &mut spread, &[halves().1]).len(), 1);
    }
    assert!(request(&scanner, &mut spread, &[halves().0]).is_empty());
}

/// A part too short to be noticed is taken for sent.
#[test]
fn a_short_rest_is_no_way_out() {
    for (value, cuts) in [
        ("qX7mB2kRz91LwPdV5tHcYe8N", &[10, 20][..]),
        ("qX7mB2kRz91LwPdV5tHc", &[8, 16]),
        ("qX7mB2kRz91LwPdV5tHcYe8NqK3wZs6Tg0uJf4RbM1y", &[12, 24, 36]),
    ] {
        let scanner = scanner(&[(value, Kind::Secret)]);
        let mut spread = Spread::default();
        let places = [&[0], cuts, &[value.len()]].concat();
        let parts = places
            .array_windows()
            .map(|[start, end]| value.get(*start..*end).unwrap());
        let found = parts.flat_map(|part| request(&scanner, &mut spread, &[part]));
        assert_eq!(
            ids(&found.collect::<Vec<_>>()),
            ["operator_secret"],
            "{value}"
        );
        // Half of it, and a beginning as tools print it, are none.
        for len in [value.len() / 2, 8] {
            let part = value.get(..len).unwrap();
            let mut spread = Spread::default();
            assert!(request(&scanner, &mut spread, &[part]).is_empty());
        }
    }
}

#[test]
fn a_part_without_its_rest_says_nothing() {
    let (scanner, mut spread) = (own(), Spread::default());
    for _ in 0..5 {
        assert!(request(&scanner, &mut spread, &[halves().0, halves().0]).is_empty());
    }
}

#[test]
fn the_terms_decide_about_parts_too() {
    let (scanner, mut spread) = (own(), Spread::default());
    let set = |action| InspectTerms {
        detectors: [("operator_secret".parse().unwrap(), action)].into(),
        ..terms()
    };
    let text = format!("{} and {}", halves().0, halves().1);
    for (action, told) in [(Action::Off, 0), (Action::Warn, 1)] {
        let seen = scanner
            .look(
                Input::new(&Place::Body, text.replace("and", "word").as_bytes()),
                &set(action),
            )
            .unwrap();
        assert_eq!(
            spread.admit(&scanner, &seen.parts, &set(action)).len(),
            told
        );
    }
}

proptest! {
    #[test]
    fn only_a_given_value_is_respelled(
        value in "[a-zA-Z0-9_-]{16,40}", other in "[a-zA-Z0-9 ./_-]{0,300}"
    ) {
        let known = Known { label: "v".into(), value: Secret::new(value.as_str()), kind: Kind::Secret };
        let scanner = Scanner::new(vec![known], [1; 32]).unwrap();
        let seen = scanner.look(Input::new(&Place::Body, other.as_bytes()), &terms()).unwrap();
        prop_assert!(seen.findings.iter().all(|f| f.known.is_none()));
        prop_assert!(seen.parts.is_empty());
    }

    #[test]
    fn a_value_is_found_wherever_it_is_cut(
        value in "[a-z]{3}[0-9][a-zA-Z0-9]{9}[0-9][a-zA-Z0-9]{4,30}", cut in 8_usize..10, before in "[ .,]{0,9}[xyz ]{0,9}"
    ) {
        let known = Known { label: "v".into(), value: Secret::new(value.as_str()), kind: Kind::Secret };
        let scanner = Scanner::new(vec![known], [1; 32]).unwrap();
        let (one, two) = value.split_at(cut);
        let text = format!("{before} {two} {}", one.to_uppercase());
        let seen = scanner.look(Input::new(&Place::Body, text.as_bytes()), &terms()).unwrap();
        let distinct: std::collections::BTreeSet<char> = value.to_lowercase().chars().collect();
        if distinct.len() >= 8 {
            let found = Spread::default().admit(&scanner, &seen.parts, &terms());
            prop_assert_eq!(found.len() + seen.findings.len(), 1);
        }
    }
}
