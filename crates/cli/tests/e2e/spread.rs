//! A secret of the operator's leaves neither respelled nor in parts, neither
//! in one request nor in several.

use bottle_test_support::{Handler, Upstream};
use data_encoding::BASE64;

use crate::harness::{Answer, User, World, as_each_user, program_or_skip, world_or_skip};

/// Nothing was ever protected by it.
const OWN: &str = "Zq7-Kp3_Wm9xTr5vLc2b";
const URL: &str = "https://api.example.com/v1/notes";
const OTHER: &str = "https://files.example.com/x";

fn set(world: &mut World) -> [Upstream; 2] {
    world.env("OWN_SECRET", OWN);
    world.manifest(
        "version: 1\negress: { routes: [{ host: api.example.com }, { host: files.example.com }] }\n\
         inspect: { secrets: [\"env:OWN_SECRET\"], scan_env: false }\n",
    );
    ["api.example.com", "files.example.com"].map(|host| world.upstream(host, Handler::echo()))
}

macro_rules! ready {
    () => {{
        program_or_skip!("curl");
        let mut world = world_or_skip!(User::Caller);
        let upstreams = set(&mut world);
        (world, upstreams)
    }};
}

/// curl, saying nothing but the status and the rule.
const TERSE: &str = r#"ask() {
    curl -s -o /dev/null --max-time 30 -w '%{http_code} %header{x-bottle-rule}\n' "$@"
}"#;

fn joined(text: &str, between: &str) -> String {
    let letters: Vec<String> = text.chars().map(String::from).collect();
    letters.join(between)
}

as_each_user! {
    fn a_respelled_secret_never_leaves(mut world) {
        program_or_skip!("curl");
        let upstreams = set(&mut world);
        let back: String = OWN.chars().rev().collect();
        let attempts = [
            format!("ask -d 'note={}' {URL}", OWN.to_uppercase()),
            format!("ask -H 'X-Note: {}' {URL}", OWN.to_lowercase()),
            format!("ask -d 'note={back}' {URL}"),
            format!("ask -d 'note={}' {URL}", BASE64.encode(back.as_bytes())),
            format!("ask -d 'note={}' {URL}", joined(OWN, " ")),
            format!("ask '{URL}/{}'", joined(OWN, ".")),
            format!("ask -d '[\"{}\"]' {URL}", joined(OWN, "\",\"")),
        ];
        let said = world.sh(&format!("{TERSE}\n{}", attempts.join("\n")));
        let answers: Vec<&str> = said.ok().lines().collect();
        assert_eq!(answers, ["403 secret"; 7], "{said:#?}");
        assert!(upstreams.iter().all(|u| u.request_count() == 0));
    }
}

#[test]
fn two_halves_in_one_request_never_leave() {
    let (world, upstreams) = ready!();
    let (one, two) = OWN.split_at(10);
    let attempts = [
        format!("ask -H 'X-Note: {one}' -d 'note={two}' {URL}"),
        format!("ask -d 'note={two}' '{URL}?a={one}'"),
        format!("ask '{URL}/{two}?a={one}'"),
        format!("ask -d '{{\"a\":\"{one}\",\"z\":[{{\"b\":\"{two}\"}}]}}' {URL}"),
        format!("ask -F 'a={one}' -F 'b={two}' {URL}"),
        format!(
            "ask -H 'X-A: {one}' -H 'X-B: {}' {URL}",
            BASE64.encode(format!("[{two}]").as_bytes())
        ),
    ];
    for attempt in attempts {
        let said = world.sh(&format!("{TERSE}\n{attempt}"));
        assert_eq!(said.ok(), "403 secret\n", "{attempt}");
    }
    assert!(upstreams.iter().all(|u| u.request_count() == 0));
}

#[test]
fn the_second_half_never_leaves_in_a_later_request_to_whatever_host() {
    let (world, [api, files]) = ready!();
    let (one, two) = OWN.split_at(10);
    let said = world.sh(&format!(
        "{TERSE}\nask -d 'note={one}' {URL}\nask {OTHER}\nask -d 'note={two}' {OTHER}\n\
         ask -H 'X-Note: {two}' {URL}\nask -d 'note={one}' {OTHER}"
    ));
    let answers: Vec<&str> = said.ok().lines().collect();
    assert_eq!(
        answers,
        ["200 ", "200 ", "403 secret", "403 secret", "200 "]
    );
    assert!(!api.saw(two.as_bytes()) && !files.saw(two.as_bytes()));
    // Of another run nothing is known.
    let said = world.sh(&format!("{TERSE}\nask -d 'note={two}' {OTHER}"));
    assert_eq!(said.ok(), "200 \n");
}

#[test]
fn the_refusal_says_that_it_is_a_part() {
    let (world, _upstreams) = ready!();
    let (one, two) = OWN.split_at(10);
    let said = world.curl(&["-i", "-H", &format!("X-Note: {one}"), "-d", two, URL]);
    let answer = Answer::parse(said.ok());
    assert_eq!(answer.rule(), "secret");
    assert!(
        answer.body.contains("the secret env:OWN_SECRET, in parts"),
        "{answer:#?}"
    );
    assert!(!answer.body.contains(two) && !world.events().mention(two));
}

#[test]
fn a_secret_of_the_launching_environment_never_leaves() {
    program_or_skip!("curl");
    let mut world = world_or_skip!(User::Caller);
    world.env("DEPLOY_TOKEN", OWN);
    world.env("EDITOR_THEME", "a-long-and-harmless-setting");
    let upstream = world.upstream("api.example.com", Handler::echo());
    world.routes(&["host: api.example.com"]);
    let said = world.sh(&format!(
        "{TERSE}\nask -d 'note={OWN}' {URL}\nask -d 'note=a-long-and-harmless-setting' {URL}\n\
         echo \"[$DEPLOY_TOKEN]\""
    ));
    let answers: Vec<&str> = said.ok().lines().collect();
    assert_eq!(answers, ["403 secret", "200 ", "[]"]);
    assert_eq!(upstream.request_count(), 1);
    // Unless the person says that it may.
    world.manifest(
        "version: 1\negress: { routes: [{ host: api.example.com }] }\ninspect: { scan_env: false }\n",
    );
    let said = world.sh(&format!("{TERSE}\nask -d 'note={OWN}' {URL}"));
    assert_eq!(said.ok(), "200 \n");
}
