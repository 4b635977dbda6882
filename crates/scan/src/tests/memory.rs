//! A conversation that grows: the cost of a turn is the cost of its new text,
//! and nothing new hides behind what is known.

use bottle_policy::{Action, InspectTerms};
use proptest::prelude::*;
use serde_json::json;

use super::{ids, scanner, terms, token};
use crate::budget::Budget;
use crate::{Input, Place, Scanner};

fn words(seed: u32, words: u32) -> String {
    (0..words).fold(String::new(), |text, n| {
        let mixed = (seed ^ n.wrapping_mul(2_654_435_761)).wrapping_mul(40_503) >> 9;
        text + ["the ", "file \"a.rs\"\n", "holds ", "fn main() ", "of it. "][(mixed % 5) as usize]
    })
}

fn conversation(turns: &[String]) -> Vec<u8> {
    let messages: Vec<_> = turns
        .iter()
        .map(|text| json!({"role": "user", "content": [{"type": "text", "text": text}]}))
        .collect();
    json!({"model": "m", "messages": messages, "max_tokens": 1})
        .to_string()
        .into_bytes()
}

/// The work of a scan, in bytes looked at.
fn work(scanner: &Scanner, body: &[u8]) -> usize {
    let mut budget = Budget::for_input(body.len());
    let input = Input::new(&Place::Body, body);
    assert_eq!(
        scanner.scan_within(input, &terms(), &mut budget),
        Ok(Vec::new())
    );
    budget.spent()
}

#[test]
fn the_cost_of_a_turn_is_the_cost_of_its_new_text() {
    let remembering = scanner(&[]);
    let mut turns = Vec::new();
    let mut last = 0;
    for turn in 0..100 {
        turns.push(words(turn, 1500));
        last = work(&remembering, &conversation(&turns));
    }
    let body = conversation(&turns);
    assert!(body.len() > 900_000);
    let whole = work(&scanner(&[]), &body);
    assert!(last * 8 < whole, "{last} of {whole}");
}

#[test]
fn what_is_new_is_found_wherever_it_stands() {
    let remembering = scanner(&[]);
    let mut turns: Vec<String> = (0..30).map(|turn| words(turn, 1500)).collect();
    work(&remembering, &conversation(&turns));
    for at in 0..30 {
        let clean = turns[at].clone();
        for place in [0, clean.len() / 2, clean.len()] {
            turns[at].insert_str(place, &format!(" {} ", token()));
            let body = conversation(&turns);
            let found = remembering
                .scan(Input::new(&Place::Body, &body), &terms())
                .unwrap();
            assert_eq!(ids(&found), ["github_token"], "turn {at}, place {place}");
            let said = String::from_utf8_lossy(&body[found[0].start..found[0].end]).into_owned();
            assert_eq!(said, token());
            turns[at].clone_from(&clean);
        }
    }
}

#[test]
fn what_was_found_is_found_again() {
    let remembering = scanner(&[]);
    let mut turns: Vec<String> = (0..10).map(|turn| words(turn, 1500)).collect();
    turns[4] += &token();
    let warn = InspectTerms {
        on_match: Action::Warn,
        ..terms()
    };
    for _ in 0..3 {
        let body = conversation(&turns);
        let found = remembering
            .scan(Input::new(&Place::Body, &body), &warn)
            .unwrap();
        assert_eq!(ids(&found), ["github_token"]);
    }
}

#[test]
fn what_passed_under_milder_terms_is_read_again_under_others() {
    let remembering = scanner(&[]);
    let mut turns: Vec<String> = (0..10).map(|turn| words(turn, 1500)).collect();
    turns[4] += &token();
    let off = InspectTerms {
        on_match: Action::Off,
        ..terms()
    };
    let body = conversation(&turns);
    let input = || Input::new(&Place::Body, &body);
    assert_eq!(remembering.scan(input(), &off), Ok(Vec::new()));
    assert_eq!(
        ids(&remembering.scan(input(), &terms()).unwrap()),
        ["github_token"]
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn a_scanner_that_remembers_finds_what_a_new_one_finds(
        edits in prop::collection::vec((0_usize..12, any::<prop::sample::Index>(), 0_usize..6), 1..6)
    ) {
        let remembering = scanner(&[]);
        let mut turns: Vec<String> = (0..12).map(|turn| words(turn, 1200)).collect();
        let token = token();
        let (half, rest) = token.split_at(20);
        for (turn, at, what) in edits {
            let new = [token.as_str(), half, rest, " api_key = ", "\"", "kR7vuq29Zt52Vx-qtHDC"][what];
            let mut at = at.index(turns[turn].len());
            while !turns[turn].is_char_boundary(at) { at -= 1; }
            turns[turn].insert_str(at, new);
            let body = conversation(&turns);
            let input = || Input::new(&Place::Body, &body);
            let again = remembering.scan(input(), &terms()).unwrap();
            let fresh = scanner(&[]).scan(input(), &terms()).unwrap();
            let places = |found: &[crate::Finding]| -> Vec<(String, usize, usize)> {
                found.iter().map(|f| (f.detector.to_string(), f.start, f.end)).collect()
            };
            prop_assert_eq!(places(&again), places(&fresh));
        }
    }
}
