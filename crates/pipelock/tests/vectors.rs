//! The vectors of the original's renderer, each compared as parsed YAML, and
//! its rejects, which name the section, the key and the expected type.
#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that cannot go on says why"
)]

mod plain;

use bottle_pipelock::{Ca, Config, build};
use bottle_policy::{Bottle, GitRemote, InspectTerms, IpRange, Origin, PipelockHints, Route, Slug};
use serde_json::Value;

fn vectors() -> Value {
    serde_json::from_str(include_str!("vectors.json")).expect("JSON")
}

fn cases<'a>(vectors: &'a Value, list: &str) -> &'a [Value] {
    vectors[list].as_array().expect("a list")
}

fn texts(value: &Value) -> impl Iterator<Item = &str> {
    value
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
}

fn route(value: &Value, origin: Origin) -> Route {
    let written = value["host"].as_str().expect("a host");
    let hints = &value["pipelock"];
    let host = written.parse().expect("a host");
    Route {
        pipelock: PipelockHints {
            spelling: Some(written.to_owned()),
            tls_passthrough: hints["tls_passthrough"].as_bool().unwrap_or_default(),
            ssrf_ip_allowlist: ranges(&hints["ssrf_ip_allowlist"]),
            ..PipelockHints::default()
        },
        host,
        port: 443,
        matches: Vec::new(),
        auth: None,
        inspect: InspectTerms::default(),
        origin,
    }
}

fn ranges(value: &Value) -> Vec<IpRange> {
    texts(value)
        .map(|text| text.parse().expect("a range"))
        .collect()
}

fn bottle(case: &Value) -> Bottle {
    let mut bottle = Bottle::closed(Slug::from_lossy("vector"));
    let manifest = &case["manifest"];
    let own = manifest["egress"]["routes"]
        .as_array()
        .into_iter()
        .flatten();
    let provider = case["provider_routes"].as_array().into_iter().flatten();
    bottle.egress.routes = own
        .map(|value| route(value, Origin::Manifest { line: 1 }))
        .chain(provider.map(|value| route(value, Origin::Provider("vector".to_owned()))))
        .collect();
    bottle.supervise = manifest["supervise"].as_bool().unwrap_or_default();
    bottle.git = manifest["git"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|remote| GitRemote {
            name: remote["name"].to_string(),
            upstream: remote["upstream"].to_string(),
            token: None,
            push: Vec::new(),
        })
        .collect();
    bottle
}

/// The values that a configuration was read as, defaults filled in.
fn as_json(config: &Config) -> Value {
    serde_json::to_value(config).expect("JSON")
}

#[test]
fn every_bottle_becomes_the_configuration_of_its_vector() {
    let vectors = vectors();
    for case in cases(&vectors, "build") {
        let name = &case["name"];
        let ca = Ca::new(case["ca_cert_path"].as_str(), case["ca_key_path"].as_str());
        let exempt = ranges(&case["ssrf_ip_allowlist"]);
        let (config, _) = build(&bottle(case), ca.unwrap().as_ref(), &exempt);
        let text = config.render().unwrap();
        let read = Config::parse("pipelock.yaml", &text).unwrap_or_else(|e| panic!("{name}: {e}"));
        assert_eq!(read, config, "{name}: {text}");
        assert_eq!(plain::parsed(&text), case["expected"], "{name}: {text}");
        assert_eq!(as_json(&read), case["expected"], "{name}: {text}");
    }
}

#[test]
fn one_path_without_the_other_is_refused() {
    assert!(Ca::new(Some("/etc/pipelock-ca.pem"), None).is_err());
    assert!(Ca::new(Some(""), Some("/etc/pipelock-ca-key.pem")).is_err());
    assert_eq!(Ca::new(None, Some("")), Ok(None));
}

#[test]
fn a_reject_names_the_section_the_key_and_the_type() {
    let vectors = vectors();
    for case in cases(&vectors, "render_rejects") {
        let name = &case["name"];
        let faults = Config::parse("pipelock.yaml", &case["config"].to_string())
            .expect_err(&name.to_string());
        assert_eq!(faults.count(), 1, "{name}: {faults}");
        let said = faults.to_string();
        for part in texts(&case["error_names"]) {
            assert!(said.contains(part), "{name}: no {part:?} in {said}");
        }
    }
}

#[test]
fn optional_parts_may_be_absent() {
    let vectors = vectors();
    for case in cases(&vectors, "render_accepts") {
        let name = &case["name"];
        let config = Config::parse("pipelock.yaml", &case["config"].to_string())
            .unwrap_or_else(|e| panic!("{name}: {e}"));
        let mut expected = case["config"].clone();
        if let Some(tls) = expected.get_mut("tls_interception") {
            let tls = tls.as_object_mut().expect("a map");
            tls.entry("passthrough_domains")
                .or_insert_with(|| Value::Array(Vec::new()));
        }
        assert_eq!(as_json(&config), expected, "{name}");
    }
}
