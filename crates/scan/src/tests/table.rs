//! A walk along the table: every entry finds what it says, and no more.

use std::collections::BTreeSet;

use bottle_policy::{Action, DetectorId, InspectTerms};

use super::{found, ids, scanner, terms, token};
use crate::detectors::{MAX_MATCH, table};
use crate::matcher::compiled;
use crate::{Input, Place};

#[test]
fn every_entry_is_whole() {
    let mut seen = BTreeSet::new();
    for detector in table() {
        let id = detector.id;
        assert!(seen.insert(id), "{id} stands twice");
        assert!(id.parse::<DetectorId>().is_ok(), "{id}");
        assert!(!detector.keywords.is_empty(), "{id} has no keyword");
        assert!(
            !detector.hits.is_empty() && !detector.misses.is_empty(),
            "{id} has no examples"
        );
        assert!(
            detector.lead + detector.reach <= MAX_MATCH + 64,
            "{id} reaches too far"
        );
        assert!(
            !detector.title.is_empty() && !detector.source.is_empty(),
            "{id}"
        );
    }
    for compiled in compiled() {
        compiled.pattern();
    }
}

#[test]
fn every_entry_finds_its_examples() {
    for detector in table() {
        for parts in detector.hits {
            let text = parts.concat();
            assert!(
                ids(&found(text.as_bytes())).contains(&detector.id),
                "{}: {text}",
                detector.id
            );
            let around = format!("some text {{\"k\": \"{text}\"}} and more\n");
            assert!(
                ids(&found(around.as_bytes())).contains(&detector.id),
                "{}: {around}",
                detector.id
            );
        }
    }
}

#[test]
fn every_entry_leaves_its_counter_examples() {
    for detector in table() {
        for parts in detector.misses {
            let text = parts.concat();
            assert!(
                !ids(&found(text.as_bytes())).contains(&detector.id),
                "{}: {text}",
                detector.id
            );
        }
    }
}

#[test]
fn a_finding_says_where_and_never_what() {
    let text = format!("token={};", token());
    let [finding] = found(text.as_bytes()).try_into().unwrap();
    assert_eq!(text.get(finding.start..finding.end), Some(token().as_str()));
    assert_eq!(finding.action, Action::Block);
    assert_eq!(
        finding.fingerprint,
        scanner(&[]).fingerprint(token().as_bytes())
    );
    assert!(!format!("{finding:?}").contains(token().trim_start_matches("ghp_")));
}

#[test]
fn the_terms_name_the_action() {
    let scan = |on_match, detectors: &[(&str, Action)]| {
        let detectors = detectors
            .iter()
            .map(|(id, action)| (id.parse().unwrap(), *action))
            .collect();
        let terms = InspectTerms {
            on_match,
            detectors,
            ..terms()
        };
        let place = Place::Header("x-note".into());
        let findings = scanner(&[])
            .scan(Input::new(&place, token().as_bytes()), &terms)
            .unwrap();
        findings.first().map(|f| f.action)
    };
    assert_eq!(scan(Action::Block, &[]), Some(Action::Block));
    assert_eq!(scan(Action::Warn, &[]), Some(Action::Warn));
    assert_eq!(scan(Action::Off, &[]), None);
    assert_eq!(scan(Action::Block, &[("github_token", Action::Off)]), None);
    assert_eq!(
        scan(Action::Warn, &[("github_token", Action::Block)]),
        Some(Action::Block)
    );
}

#[test]
fn a_jwt_only_warns_unless_the_terms_say_more() {
    let jwt = table().find(|d| d.id == "jwt").unwrap().hits[0].concat();
    let action = |terms: &InspectTerms| {
        scanner(&[])
            .scan(Input::new(&Place::Body, jwt.as_bytes()), terms)
            .unwrap()[0]
            .action
    };
    assert_eq!(action(&terms()), Action::Warn);
    let strict = InspectTerms {
        detectors: [("jwt".parse().unwrap(), Action::Block)].into(),
        ..terms()
    };
    assert_eq!(action(&strict), Action::Block);
}
