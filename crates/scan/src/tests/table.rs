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
        assert!(
            detector.keywords.is_empty() == detector.pattern.is_empty(),
            "{id} has no keyword"
        );
        assert!(
            detector.keywords.iter().all(|keyword| keyword.len() >= 3),
            "{id} has a keyword of two bytes, which are everywhere"
        );
        assert!(
            detector.hits.is_empty() == detector.misses.is_empty(),
            "{id} has half its examples"
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

/// An entry in short form has its examples made from its pattern.
#[test]
fn every_short_entry_finds_what_its_pattern_makes() {
    use proptest::strategy::{Strategy as _, ValueTree as _};
    use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let mut faults = Vec::new();
    // What is read in addresses alone has neither.
    let has_pattern = |d: &&crate::detectors::Detector| !d.keywords.is_empty();
    for detector in table().filter(|d| d.hits.is_empty()).filter(has_pattern) {
        let id = detector.id;
        let made = proptest::string::bytes_regex(detector.pattern).unwrap();
        // The keywords stand for the usual spellings only.
        let any_case = detector.pattern.contains("(?i)");
        let mut found_in = 0;
        for _ in 0..24 {
            let text = made.new_tree(&mut runner).unwrap().current();
            let told = String::from_utf8_lossy(&text);
            let has = |word: &&str| memchr::memmem::find(&text, word.as_bytes()).is_some();
            if !any_case && !detector.keywords.iter().any(has) {
                faults.push(format!("{id} has no keyword: {told}"));
                break;
            }
            let around = [b"k: \"", text.as_slice(), b"\"\n"].concat();
            found_in += usize::from(!found(&around).is_empty());
            let cut = text.get(..(text.len() / 3).min(16)).unwrap_or_default();
            if ids(&found(cut)).contains(&id) {
                faults.push(format!("{id} finds a part: {told}"));
            }
        }
        if found_in < 12 && !any_case {
            faults.push(format!("{id} is found in {found_in} of 24"));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn a_jwt_in_a_header_for_logins_only_warns_unless_the_terms_say_more() {
    let jwt = table().find(|d| d.id == "jwt").unwrap().hits[0].concat();
    let action = |place: Place, terms: &InspectTerms| {
        scanner(&[])
            .scan(Input::new(&place, jwt.as_bytes()), terms)
            .unwrap()[0]
            .action
    };
    let login = || Place::Header("authorization".into());
    assert_eq!(action(Place::Body, &terms()), Action::Block);
    assert_eq!(
        action(Place::Header("x-note".into()), &terms()),
        Action::Block
    );
    assert_eq!(action(login(), &terms()), Action::Warn);
    let strict = InspectTerms {
        detectors: [("jwt".parse().unwrap(), Action::Block)].into(),
        ..terms()
    };
    assert_eq!(action(login(), &strict), Action::Block);
}

/// How configuration, code and shells write one value down.
const FORMS: [&str; 34] = [
    "#_token: @",
    "#_token: \"@\"",
    "#_token: '@'",
    "#Token = @",
    "#Token = \"@\"",
    "#Token = '@'",
    "#Token=@",
    "#Token=\"@\"",
    "#Token := \"@\"",
    "#Token := `@`",
    "#_TOKEN ?= \"@\"",
    "#_TOKEN ::= \"@\"",
    "#_TOKEN :::= \"@\"",
    "export #_TOKEN=@",
    "ENV #_TOKEN @",
    "set #_TOKEN=@",
    "$#Token .= \"@\"",
    "  \"#Token\" => \"@\"",
    ":#_token => '@',",
    "define('#_TOKEN', '@');",
    "<#Token>\n    @\n</#Token>",
    "<#Token>@</#Token>",
    "<add key=\"#Token\" value=\"@\" />",
    "String #Token = \"@\";",
    "var #Token string = \"@\"",
    "const #Token: &str = \"@\";",
    "System.setProperty(\"#_TOKEN\", \"@\")",
    "os.environ[\"#_TOKEN\"] = \"@\"",
    "client.set_#_token(\"@\")",
    "{\n    \"#_token\": \"@\"\n}",
    "{\"config.ini\": \"#_TOKEN=@\\nBACKUP_ENABLED=true\"}",
    "curl -H \"X-#-Token: @\" https://a.internal/",
    "https://a.internal/v1?#_token=@&x=1",
    "variable \"#_token\" { default = \"@\" }",
];

#[test]
fn a_named_value_is_found_however_it_is_written() {
    use crate::detectors::sample::{HEX8, HEX32, MIXED8, MIXED20, MIXED32};

    let values = [
        HEX32.to_owned(),
        [HEX32, HEX8].concat(),
        MIXED20.to_owned(),
        [MIXED32, MIXED8].concat(),
        [MIXED20, "-", MIXED20].concat(),
        "3f2a9c04-7be2-4f4d-913c-a865d02b7f61".to_owned(),
    ];
    let mut faults = Vec::new();
    for form in FORMS {
        for value in &values {
            for name in ["mailjet", "MAILJET"] {
                let text = form.replace('#', name).replace('@', value);
                if found(text.as_bytes()).is_empty() {
                    faults.push(text);
                }
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

/// What is in two blocks of the pass is found as what is in one.
#[test]
fn every_entry_finds_its_examples_wherever_they_stand_in_a_block() {
    let mut missed = Vec::new();
    for detector in table() {
        for parts in detector.hits {
            let text = parts.concat();
            let place = |filler: &str, at: usize| format!("{}\n{text}\n", filler.repeat(at));
            let finds = |text: String| ids(&found(text.as_bytes())).contains(&detector.id);
            if !finds(place("", 0)) {
                continue;
            }
            for filler in [".", " "] {
                let lost = (0..64).find(|at| !finds(place(filler, *at)));
                missed.extend(
                    lost.map(|at| format!("{} behind {at} of {filler:?}: {text}", detector.id)),
                );
            }
        }
    }
    assert_eq!(missed, [""; 0]);
}
