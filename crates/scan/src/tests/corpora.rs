//! The corpora beside the repository, where they are: what must pass is held
//! to its bound, and so is what must be caught.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read as _;
use std::path::PathBuf;

use data_encoding::BASE64;
use serde_json::Value;

use super::{scan, scanner, stops};

fn corpus(name: &str) -> Option<Vec<Value>> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/corpora")
        .join(name);
    let Ok(file) = std::fs::File::open(&path) else {
        println!("skipped: there is no {name} beside the repository");
        return None;
    };
    let mut text = String::new();
    flate2::read::MultiGzDecoder::new(file)
        .read_to_string(&mut text)
        .unwrap();
    Some(
        text.lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect(),
    )
}

fn field<'a>(case: &'a Value, name: &str) -> &'a str {
    case[name].as_str().unwrap_or_default()
}

#[test]
fn harmless_bodies_pass() {
    let Some(cases) = corpus("benign_shared.jsonl.gz") else {
        return;
    };
    let scanner = scanner(&[]);
    let mut stopped: Vec<String> = Vec::new();
    for case in &cases {
        let body = BASE64.decode(field(case, "body_b64").as_bytes()).unwrap();
        let verdict = match scan(&scanner, &body) {
            Ok(findings) => stops(&findings).join(" "),
            Err(exhausted) => exhausted.to_string(),
        };
        if !verdict.is_empty() {
            stopped.push(format!("{}: {verdict}", field(case, "kind")));
        }
    }
    println!(
        "stopped {} of {} harmless bodies: {stopped:#?}",
        stopped.len(),
        cases.len()
    );
    assert!(stopped.len() * 1000 <= cases.len(), "{stopped:#?}");
}

#[test]
fn nine_rules_in_ten_are_found() {
    let Some(cases) = corpus("secrets_shared.jsonl.gz") else {
        return;
    };
    let scanner = scanner(&[]);
    let mut rules: BTreeMap<(&str, &str), (usize, usize)> = BTreeMap::new();
    let mut negatives = (0, 0);
    let mut caught_sources: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for case in &cases {
        let found = scan(&scanner, field(case, "text").as_bytes())
            .is_ok_and(|findings| !findings.is_empty());
        if field(case, "kind") == "negative" {
            negatives.0 += usize::from(found);
            negatives.1 += 1;
            continue;
        }
        let rule = rules
            .entry((field(case, "source"), field(case, "rule_id")))
            .or_default();
        rule.0 += usize::from(found);
        rule.1 += 1;
        if found {
            caught_sources
                .entry(field(case, "source"))
                .or_default()
                .insert(field(case, "rule_id"));
        }
    }
    let whole = rules.values().filter(|(found, all)| found == all).count();
    let part = rules.values().filter(|(found, _)| *found > 0).count();
    println!(
        "rules found: {whole} wholly, {part} at least once, of {}",
        rules.len()
    );
    // Some of these rules are about what is no secret (an address, an account's
    // number), so the whole is out of reach.
    let thousandths: usize = rules.values().map(|(found, all)| found * 1000 / all).sum();
    assert!(
        thousandths >= rules.len() * 900,
        "{thousandths} thousandths of {} rules",
        rules.len()
    );
    println!("negatives found: {} of {}", negatives.0, negatives.1);
    // Not this rule's secret: what is left is another's, of the same vendors.
    assert!(
        negatives.0 * 100 <= negatives.1 * 13,
        "{} of {} negatives",
        negatives.0,
        negatives.1
    );
    for (source, rules) in caught_sources {
        println!("{source}: {rules:?}");
    }
}
