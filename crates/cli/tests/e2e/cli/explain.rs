//! `bottle explain`: the decision and its reason, without any traffic.

use bottle_test_support::Handler;
use serde_json::{Value, json};

use crate::harness::{Output, User, World, world_or_skip};

const TOKEN: &str = "sk_live_4f8Jq2ZrLkPw94TsVbN6yXcD1hJmA7eU";

fn set() -> Result<World, String> {
    let mut world = World::new(User::Caller)?;
    world.env("API_TOKEN", TOKEN);
    world.routes(&[
        "host: api.example.com\nauth: { scheme: bearer, token_ref: env:API_TOKEN }",
        "host: \"*.example.org\"\nport: 8443\nmatches: [{ methods: [GET], paths: [\"/repos/acme/**\"] }]",
    ]);
    Ok(world)
}

macro_rules! ready {
    () => {
        match set() {
            Ok(world) => world,
            Err(why) => bottle_test_support::skip!("{why}"),
        }
    };
}

fn explain(world: &World, args: &[&str]) -> Output {
    world.bottle(&[&["explain", "-f", "bottle.yaml"][..], args].concat())
}

fn as_json(world: &World, args: &[&str]) -> (i32, Value) {
    let said = explain(world, &[&["--json"][..], args].concat());
    (said.code, serde_json::from_str(&said.stdout).unwrap())
}

#[test]
fn an_allowed_request_is_0_with_its_route_and_credential() {
    let world = ready!();
    let said = explain(&world, &["https://api.example.com/v1"]);
    insta::assert_snapshot!(said.ok(), @"
    allowed  GET https://api.example.com/v1
      route       api.example.com port 443, from bottle.yaml line 4
      credential  env:API_TOKEN, added after the scan; the agent holds a placeholder
    ");
    assert!(!said.says(TOKEN));
    let (code, value) = as_json(&world, &["https://api.example.com/v1"]);
    assert_eq!(code, 0);
    assert_eq!(
        value,
        json!({
            "verdict": "allow",
            "request": "GET https://api.example.com/v1",
            "route": { "host": "api.example.com", "port": 443, "origin": "bottle.yaml line 4" },
            "credential": "env:API_TOKEN",
            "findings": [],
        })
    );
}

#[test]
fn a_refused_request_is_1_with_the_rule_and_what_to_do() {
    let world = ready!();
    for (args, rule) in [
        (&["https://collector.example.net/"][..], "unknown_host"),
        (&["https://example.org:8443/repos/acme/a"], "unknown_host"),
        (&["https://a.example.org/repos/acme/a"], "port_not_listed"),
        (
            &["-X", "POST", "https://a.example.org:8443/repos/acme/a"],
            "method_or_path",
        ),
        (
            &["https://a.example.org:8443/repos/other/a"],
            "method_or_path",
        ),
        (&["http://169.254.169.254/latest"], "raw_address"),
        (&["-d", TOKEN, "https://api.example.com/"], "secret"),
        (
            &["-H", &format!("X-A: {TOKEN}"), "https://api.example.com/"],
            "secret",
        ),
    ] {
        let (code, value) = as_json(&world, args);
        assert_eq!((code, &value["rule"]), (1, &json!(rule)), "{args:?}");
        for words in ["message", "guidance"] {
            assert!(value[words].as_str().unwrap().len() > 20, "{value:#}");
        }
        assert!(!value.to_string().contains(TOKEN), "{value:#}");
        let said = explain(&world, args);
        assert_eq!(said.code, 1);
        assert!(said.stdout.contains(rule), "{said:#?}");
    }
}

#[test]
fn nothing_is_sent() {
    let mut world = ready!();
    let upstream = world.upstream("api.example.com", Handler::echo());
    explain(&world, &["https://api.example.com/v1"]).ok();
    assert_eq!(upstream.connection_count(), 0);
}

#[test]
fn what_cannot_be_asked_is_2() {
    let world = world_or_skip!(User::Caller);
    for url in ["ftp://a.example.com/", "https://", "https://a b/"] {
        let said = world.bottle(&["explain", url]);
        assert_eq!(said.code, 2, "{said:#?}");
    }
}

/// What would be refused when it is dialled is not called allowed.
#[test]
fn what_run_would_not_follow_is_refused_here_too() {
    let world = world_or_skip!(User::Caller);
    world.routes(&[
        "host: 127.0.0.1\nport: 8080",
        "host: 10.1.2.3",
        "host: localhost",
        "host: 8.8.8.8",
    ]);
    for url in [
        "http://127.0.0.1:8080/",
        "https://10.1.2.3/",
        "https://localhost/",
    ] {
        let (code, value) = as_json(&world, &[url]);
        assert_eq!(
            (code, &value["rule"]),
            (1, &json!("address_guard")),
            "{url}"
        );
        assert!(value["guidance"].as_str().unwrap().contains("--connect-to"));
    }
    explain(&world, &["https://8.8.8.8/"]).ok();
    let mapped = [
        "--connect-to",
        "10.1.2.3:443:10.1.2.3:443",
        "https://10.1.2.3/",
    ];
    explain(&world, &mapped).ok();
}

#[test]
fn the_advice_about_an_address_is_enough() {
    let world = world_or_skip!(User::Caller);
    world.routes(&["host: api.example.com"]);
    let (_, value) = as_json(&world, &["http://10.1.2.3:8080/"]);
    insta::assert_snapshot!(value["guidance"].as_str().unwrap(), @"Use the host's name. If the task needs this very address, ask the person to list it under `egress.routes` in bottle.yaml; one in a private or special network needs `bottle run --connect-to 10.1.2.3:8080:10.1.2.3:8080` besides.");
}

#[test]
fn a_password_in_a_url_is_not_repeated() {
    let world = world_or_skip!(User::Caller);
    for url in ["https://user:hunter22@a.example.com/", "user@a.example.com"] {
        let said = world.bottle(&["explain", url]);
        assert_eq!(said.code, 2, "{said:#?}");
        assert!(said.stderr.contains("before `@`"), "{said:#?}");
        assert!(!said.says("hunter22"), "{said:#?}");
    }
}
