//! What a route says of its findings is what happens: off, warn, redact, block,
//! and what a person answers for.

use std::io::Write as _;

use bottle_test_support::{Handler, Upstream};
use data_encoding::BASE64;
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::harness::{Answer, User, World, as_each_user, program_or_skip, world_or_skip};

const HOST: &str = "api.example.com";
const URL: &str = "https://api.example.com/v1/notes";

/// Nothing was ever protected by it.
fn token() -> String {
    ["ghp", "_", "d9KfW2mYxQ6tBv3ZsG8hNj5RpL1cTa7Eq7Zb"].concat()
}

fn set(world: &mut World, terms: &str) -> Upstream {
    world.routes(&[&format!("host: api.example.com\ninspect: {terms}")]);
    world.upstream(HOST, Handler::echo())
}

/// `DETECTOR in WHERE: NOTE` for each finding in the log.
fn told(world: &World) -> Vec<String> {
    let log = std::fs::read_to_string(world.log_file()).unwrap();
    let mut told = Vec::new();
    for line in log.lines() {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        for finding in line["findings"].as_array().unwrap() {
            let text = |key: &str| finding[key].as_str().unwrap_or("-").to_owned();
            told.push(format!(
                "{} in {}: {}",
                text("detector"),
                text("where"),
                text("note")
            ));
        }
    }
    told
}

as_each_user! {
    fn what_is_redacted_leaves_as_a_placeholder(mut world) {
        program_or_skip!("curl");
        let upstream = set(&mut world, "{ on_match: redact }");
        let body = format!("{{\"messages\":[{{\"text\":\"use {} here\"}}],\"n\":1}}", token());
        let header = format!("X-Note: {}", token());
        let url = format!("{URL}?q={}&n=2", token());
        world.curl(&["-f", "-H", "Content-Type: application/json", "-H", &header, "-d", &body, &url]).ok();
        let seen = &upstream.requests()[0];
        let json: serde_json::Value = serde_json::from_slice(&seen.body).unwrap();
        assert_eq!(json["messages"][0]["text"], "use [redacted:github_token] here");
        assert_eq!(json["n"], 1);
        assert_eq!(seen.header("content-length"), Some(seen.body.len().to_string().as_str()));
        assert_eq!(seen.header("x-note"), Some("[redacted:github_token]"));
        assert_eq!(seen.query(), Some("q=%5Bredacted%3Agithub_token%5D&n=2"));
        assert!(!upstream.saw(token().as_bytes()));
        assert_eq!(told(&world), [
            "github_token in url: redacted",
            "github_token in header x-note: redacted",
            "github_token in body: redacted",
        ]);
    }
}

#[test]
fn a_compressed_body_is_redacted_and_leaves_plain() {
    program_or_skip!("curl");
    let mut world = world_or_skip!(User::Caller);
    let upstream = set(&mut world, "{ detectors: { github_token: redact } }");
    let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
    gzip.write_all(format!("tea {} cake", token()).as_bytes())
        .unwrap();
    world.write("project/body", gzip.finish().unwrap());
    world
        .curl(&[
            "-f",
            "-H",
            "Content-Encoding: gzip",
            "--data-binary",
            "@body",
            URL,
        ])
        .ok();
    let seen = &upstream.requests()[0];
    assert_eq!(seen.header("content-encoding"), None);
    assert_eq!(seen.body, b"tea [redacted:github_token] cake");
    assert_eq!(seen.header("content-length"), Some("32"));
}

#[test]
fn an_operators_secret_is_redacted_in_every_spelling_that_can_be_edited() {
    program_or_skip!("curl");
    let mut world = world_or_skip!(User::Caller);
    let own = "Zq7-Kp3_Wm9xTr5vLc2b";
    world.env("OWN_TOKEN", own);
    let upstream = set(&mut world, "{ on_match: redact }");
    let back: String = own.chars().rev().collect();
    for form in [own.to_owned(), own.to_uppercase(), back] {
        let said = world.curl(&["-f", "-d", &format!("a={form}&b=1"), URL]);
        said.ok();
        let seen = upstream.requests().pop().unwrap();
        assert_eq!(
            String::from_utf8_lossy(&seen.body),
            "a=[redacted:operator_secret]&b=1"
        );
    }
    // Half of it and half of it: neither can stand for the other.
    let (one, two) = own.split_at(10);
    let said = world.curl(&["-i", "-d", &format!("a={one}&b={two}"), URL]);
    assert_eq!(Answer::parse(said.ok()).rule(), "secret");
    assert_eq!(upstream.request_count(), 3);
}

#[test]
fn what_cannot_be_redacted_in_place_is_refused_and_says_so() {
    program_or_skip!("curl");
    let mut world = world_or_skip!(User::Caller);
    let upstream = set(&mut world, "{ on_match: redact }");
    let base64 = BASE64.encode(format!("x {} y", token()).as_bytes());
    world.write(
        "project/long",
        format!("{}{}", "tea ".repeat(3 << 20), token()),
    );
    for args in [
        &["-d", &format!("a={base64}")][..],
        &["-d", &format!("a={}&b={base64}", token())],
        &["-d", "{\"card\":4242424242424242}"],
    ] {
        let said = world.curl(&[&["-i"], args, &[URL]].concat());
        let answer = Answer::parse(said.ok());
        assert_eq!(answer.rule(), "secret");
        assert!(
            answer.body.contains("could not be replaced in place"),
            "{answer:#?}"
        );
    }
    let said = world.curl(&["-i", &format!("{URL}/{}", token())]);
    assert_eq!(Answer::parse(said.ok()).rule(), "secret");
    assert_eq!(upstream.request_count(), 0);
    let said = world.curl(&["-f", "--data-binary", "@long", URL]);
    assert_ne!(said.code, 0);
    assert!(!upstream.saw(token().as_bytes()));
}

#[test]
fn every_detector_has_the_action_that_its_route_says() {
    program_or_skip!("curl");
    let mut world = world_or_skip!(User::Caller);
    let upstream = set(&mut world, "{}");
    let body = format!("note={}", token());
    for (terms, status, seen) in [
        ("{ detectors: { github_token: \"off\" } }", 200, vec![]),
        (
            "{ detectors: { github_token: warn } }",
            200,
            vec!["github_token in body: -"],
        ),
        (
            "{ on_match: warn, detectors: { github_token: block } }",
            403,
            vec!["github_token in body: -"],
        ),
        ("{ on_match: \"off\" }", 200, vec![]),
    ] {
        world.routes(&[&format!("host: api.example.com\ninspect: {terms}")]);
        let said = world.curl(&["-i", "-d", &body, URL]);
        assert_eq!(Answer::parse(said.ok()).status, status, "{terms}");
        assert_eq!(told(&world), seen, "{terms}");
    }
    assert_eq!(upstream.request_count(), 3);
}

#[test]
fn what_a_person_answers_for_passes_and_the_log_says_why() {
    program_or_skip!("curl");
    let mut world = world_or_skip!(User::Caller);
    let upstream = set(
        &mut world,
        "{ suppress: [{ detector: github_token, where: Header X-Note, reason: \"a test token\" }] }",
    );
    let header = format!("X-Note: {}", token());
    world.curl(&["-f", "-H", &header, URL]).ok();
    assert_eq!(
        told(&world),
        ["github_token in header x-note: suppressed: a test token"]
    );
    assert!(upstream.saw(token().as_bytes()));
    // Nowhere else.
    for args in [["-H", &header.replace("Note", "Other")], ["-d", &token()]] {
        let said = world.curl(&[&["-i"], &args[..], &[URL]].concat());
        assert_eq!(Answer::parse(said.ok()).rule(), "secret", "{args:?}");
    }
    assert_eq!(upstream.request_count(), 1);
}

#[test]
fn what_passes_in_a_long_upload_is_told_at_its_end() {
    program_or_skip!("curl");
    let mut world = world_or_skip!(User::Caller);
    let upstream = set(
        &mut world,
        "{ suppress: [{ detector: github_token, where: body, reason: \"a test token\" }] }",
    );
    world.write(
        "project/long",
        format!("{}{}", "tea ".repeat(9 << 18), token()),
    );
    world.curl(&["-f", "--data-binary", "@long", URL]).ok();
    assert!(upstream.saw(token().as_bytes()));
    assert_eq!(
        told(&world),
        ["github_token in body: suppressed: a test token"]
    );
}

#[test]
fn a_suppression_names_a_detector_a_place_and_a_reason() {
    let world = world_or_skip!(User::Caller);
    for (item, fault) in [
        (
            "{ detector: github_token, where: body }",
            "`reason` is missing",
        ),
        (
            "{ detector: github_token, where: body, reason: \" \" }",
            "says why",
        ),
        ("{ where: body, reason: x }", "`detector` is missing"),
        (
            "{ detector: github_tokens, where: body, reason: x }",
            "github_token",
        ),
        (
            "{ detector: github_token, where: everywhere, reason: x }",
            "is no place",
        ),
    ] {
        world.routes(&[&format!(
            "host: a.example.com\ninspect: {{ suppress: [{item}] }}"
        )]);
        let said = world.sh("echo ran");
        assert_eq!(said.code, 78, "{item}: {said:#?}");
        assert!(said.stderr.contains(fault), "{item}: {said:#?}");
    }
}
