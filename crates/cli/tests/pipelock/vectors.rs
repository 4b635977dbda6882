//! The vectors of the original's renderer, through the front door. Routes of
//! providers come from presets here, not from a file; `crates/pipelock` has
//! those vectors.

use serde_json::{Value, json};

use crate::harness::{Output, User, World, world_or_skip};
use crate::plain::parsed;
use crate::second::file;

fn vectors() -> Value {
    serde_json::from_str(include_str!("../../../pipelock/tests/vectors.json")).unwrap()
}

fn cases<'a>(vectors: &'a Value, list: &str) -> &'a [Value] {
    vectors[list].as_array().unwrap()
}

fn texts(value: &Value) -> Vec<&str> {
    let items = value.as_array().into_iter().flatten();
    items.filter_map(Value::as_str).collect()
}

/// JSON is YAML too.
fn rendered(world: &World, case: &Value, ca: &[&str]) -> Output {
    let mut manifest = case["manifest"].clone();
    let keys = manifest.as_object_mut().unwrap();
    keys.insert("version".to_owned(), json!(1));
    world.manifest(&manifest.to_string());
    let exempt = texts(&case["ssrf_ip_allowlist"]);
    let exempt = exempt.iter().flat_map(|range| ["--ssrf-ip", range]);
    let fixed = ["render", "pipelock", "-f", "bottle.yaml"];
    let args: Vec<&str> = fixed
        .into_iter()
        .chain(exempt)
        .chain(ca.iter().copied())
        .collect();
    world.bottle(&args)
}

#[test]
fn every_manifest_is_rendered_as_its_vector_says() {
    let world = world_or_skip!(User::Caller);
    let vectors = vectors();
    let own = |case: &&Value| case["provider_routes"] == json!([]);
    let mut rendered_ones = 0;
    for case in cases(&vectors, "build").iter().filter(own) {
        let path = |key: &str| case[key].as_str().unwrap_or_default();
        let (cert, key) = (path("ca_cert_path"), path("ca_key_path"));
        let said = rendered(&world, case, &["--ca-cert", cert, "--ca-key", key]);
        assert_eq!(parsed(said.ok()), case["expected"], "{case}: {said:#?}");
        rendered_ones += 1;
    }
    assert_eq!(rendered_ones, 10);
}

#[test]
fn half_an_authority_is_an_error_for_each() {
    let world = world_or_skip!(User::Caller);
    let vectors = vectors();
    for case in cases(&vectors, "build") {
        for ca in [
            ["--ca-cert", "/c", "--ca-key", ""],
            ["--ca-cert", "", "--ca-key", "/k"],
        ] {
            let said = rendered(&world, case, &ca);
            assert_eq!((said.code, said.stdout.as_str()), (2, ""), "{said:#?}");
            assert!(said.stderr.contains("both or neither"), "{said:#?}");
        }
    }
}

#[test]
fn every_reject_names_section_key_and_type_and_the_rest_is_taken() {
    let world = world_or_skip!(User::Caller);
    let vectors = vectors();
    for case in cases(&vectors, "render_rejects") {
        let path = file(&world, "p.yaml", &case["config"].to_string());
        let said = world.bottle(&["pipelock", "check", "--rendered", &path]);
        assert_eq!(said.code, 78, "{case}: {said:#?}");
        for part in texts(&case["error_names"]) {
            assert!(said.stderr.contains(part), "{part}: {case}: {said:#?}");
        }
    }
    for case in cases(&vectors, "render_accepts") {
        let path = file(&world, "p.yaml", &case["config"].to_string());
        world
            .bottle(&["pipelock", "check", "--rendered", &path])
            .ok();
        let report = world.bottle(&["pipelock", "check", "--strict", "--json", &path]);
        assert!(!report.stdout.is_empty(), "{case}: {report:#?}");
    }
}
