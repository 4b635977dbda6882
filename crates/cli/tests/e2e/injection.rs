//! Credentials are added outside, and never come in.

use bottle_test_support::{Handler, Pace, Reply};
use data_encoding::{BASE64, HEXLOWER};

use crate::harness::{
    Answer, Output, User, World, as_each_user, inside, program_or_skip, world_or_skip,
};

const HOST: &str = "api.example.com";
const OTHER: &str = "other.example.org";
/// A token as services hand them out, made up.
const TOKEN: &str = "sk_live_4f8Jq2ZrLkPw94TsVbN6yXcD1hJmA7eU";

/// A world in which `API_TOKEN` travels to the host in this way.
fn with_auth(world: &mut World, scheme: &str) {
    world.env("API_TOKEN", TOKEN);
    let auth = format!("host: {HOST}\nauth: {{ scheme: {scheme}, token_ref: env:API_TOKEN }}");
    world.routes(&[&auth, &format!("host: {OTHER}")]);
}

/// A shell script of curl commands, in which `$curl` is quiet and bounded.
fn sh(world: &World, script: &str) -> Output {
    world.sh(&format!("curl='curl -sS --max-time 30'; {script}"))
}

/// A world with curl, the credential and an upstream at the host.
macro_rules! ready {
    ($scheme:expr, $handler:expr) => {{
        program_or_skip!("curl");
        let mut world = world_or_skip!(User::Caller);
        let upstream = world.upstream(HOST, $handler);
        with_auth(&mut world, $scheme);
        (world, upstream)
    }};
}

/// What the agent holds as `API_TOKEN`.
fn placeholder(world: &World) -> String {
    world.sh("printf %s \"$API_TOKEN\"").ok().to_owned()
}

as_each_user! {
    fn a_bearer_token_takes_the_place_of_the_placeholder(mut world) {
        program_or_skip!("curl");
        let upstream = world.upstream(HOST, Handler::echo());
        with_auth(&mut world, "bearer");
        let said = sh(&world, "$curl -H \"Authorization: Bearer $API_TOKEN\" https://api.example.com/me; \
             echo; echo \"held $API_TOKEN\"");
        let seen = upstream.requests();
        assert_eq!(seen[0].header("authorization"), Some(&*format!("Bearer {TOKEN}")));
        let held = said.ok().rsplit_once("held ").unwrap().1.trim();
        assert!(said.stdout.contains(&format!("Bearer {held}")), "{said:#?}");
        assert!(!said.says(TOKEN), "{said:#?}");
        assert!(!upstream.saw(held.as_bytes()));
    }

    /// Environment, files and processes: neither the token nor a part of it.
    fn the_token_is_nowhere_inside(mut world) {
        program_or_skip!("curl");
        let upstream = world.upstream(HOST, Handler::echo());
        with_auth(&mut world, "bearer");
        let script = format!(
            "$curl -D /tmp/head -o answer https://api.example.com/me; \
             echo in-the-home > $HOME/marker; echo in-tmp > /tmp/marker; {}",
            inside::SHOW_EVERYTHING
        );
        let everything = sh(&world, &script);
        let everything = everything.ok();
        for shown in ["in-the-home", "in-tmp", "API_TOKEN=sk_live_", "HTTP/1.1 200", "\"target\""] {
            assert!(everything.contains(shown), "{shown} should have been looked at");
        }
        assert_eq!(inside::parts_of(TOKEN, "sk_live_", everything), [""; 0]);
        assert!(upstream.saw(TOKEN.as_bytes()));
        let log = std::fs::read_to_string(world.log_file()).unwrap();
        assert_eq!(inside::parts_of(TOKEN, "sk_live_", &log), [""; 0]);
    }
}

#[test]
fn the_token_is_added_where_the_agent_sends_none() {
    let (world, upstream) = ready!("bearer", Handler::echo());
    world.curl(&["https://api.example.com/me"]).ok();
    let seen = upstream.requests();
    assert_eq!(
        seen[0].header("authorization"),
        Some(&*format!("Bearer {TOKEN}"))
    );
}

#[test]
fn whatever_else_the_agent_sends_as_its_credential_is_dropped() {
    let (world, upstream) = ready!("bearer", Handler::echo());
    let mine = ["Authorization: Basic bWU6bWU=", "X-Api-Key: mine"];
    world
        .curl(&[
            "-H",
            mine[0],
            "-H",
            mine[1],
            "-H",
            "X-Other: kept",
            "https://api.example.com/",
        ])
        .ok();
    let seen = &upstream.requests()[0];
    let values: Vec<_> = seen.headers.get_all("authorization").iter().collect();
    assert_eq!(values, [&*format!("Bearer {TOKEN}")]);
    assert_eq!(seen.header("x-api-key"), None);
    assert_eq!(seen.header("x-other"), Some("kept"));
}

#[test]
fn a_basic_credential_has_the_user_name_of_the_manifest() {
    let (world, upstream) = ready!("basic, username: robot", Handler::echo());
    let said = world.curl(&["https://api.example.com/me"]);
    let pair = BASE64.encode(format!("robot:{TOKEN}").as_bytes());
    let seen = upstream.requests();
    assert_eq!(
        seen[0].header("authorization"),
        Some(&*format!("Basic {pair}"))
    );
    assert!(!said.says(&pair), "{said:#?}");
    assert!(said.ok().contains("Basic "));
}

#[test]
fn a_credential_can_travel_in_a_header_of_its_own() {
    let (world, upstream) = ready!("header, header: X-Service-Key", Handler::echo());
    let said = sh(
        &world,
        "$curl -H \"X-Service-Key: $API_TOKEN\" -H 'Authorization: Bearer mine' https://api.example.com/",
    );
    let seen = &upstream.requests()[0];
    assert_eq!(seen.header("x-service-key"), Some(TOKEN));
    assert_eq!(seen.header("authorization"), None);
    assert!(!said.says(TOKEN), "{said:#?}");
}

#[test]
fn a_placeholder_looks_like_its_token_and_is_fresh_for_every_run() {
    let (world, _upstream) = ready!("bearer", Handler::echo());
    let (one, other) = (placeholder(&world), placeholder(&world));
    assert_ne!(one, other);
    let kinds =
        |text: &str| -> Vec<bool> { text.chars().map(|c| c.is_ascii_alphanumeric()).collect() };
    for placeholder in [&one, &other] {
        assert!(placeholder.starts_with("sk_live_"), "{placeholder}");
        assert_eq!(kinds(placeholder), kinds(TOKEN), "{placeholder}");
        assert_eq!(inside::parts_of(TOKEN, "sk_live_", placeholder), [""; 0]);
    }
}

#[test]
fn an_echo_in_a_header_and_in_a_body_is_masked() {
    let (world, _upstream) = ready!("bearer", Handler::echo_header("authorization"));
    let said = sh(
        &world,
        "$curl -i https://api.example.com/; echo; echo \"held $API_TOKEN\"",
    );
    let held = said.ok().rsplit_once("held ").unwrap().1.trim();
    assert!(!said.says(TOKEN), "{said:#?}");
    let masked = format!("Bearer {held}");
    assert_eq!(said.stdout.matches(&masked).count(), 2, "{said:#?}");
}

#[test]
fn an_echo_that_comes_in_pieces_is_masked() {
    let (begin, end) = TOKEN.split_at(17);
    let pieces = [format!("before {begin}"), format!("{end} after")];
    let pace = Pace::Every(std::time::Duration::from_millis(50));
    let (world, _upstream) = ready!("bearer", Handler::slow_body(pieces, pace));
    let said = world.curl(&["-N", "https://api.example.com/"]);
    assert!(said.ok().starts_with("before sk_live_"), "{said:#?}");
    assert!(said.stdout.ends_with(" after"), "{said:#?}");
    assert!(!said.says(begin) && !said.says(end), "{said:#?}");
}

#[test]
fn an_echo_of_the_encoded_credential_is_masked() {
    let pair = BASE64.encode(format!("x-access-token:{TOKEN}").as_bytes());
    let alone = BASE64.encode(TOKEN.as_bytes());
    let hex = HEXLOWER.encode(TOKEN.as_bytes());
    let text = format!("you sent {pair}, that is {alone} or {hex}");
    let (world, _upstream) = ready!("basic", Handler::fixed(200, &[], text));
    let said = world.curl(&["https://api.example.com/"]);
    assert!(said.ok().starts_with("you sent "), "{said:#?}");
    for form in [pair, alone, hex] {
        assert!(!said.says(&form), "{form}: {said:#?}");
    }
}

#[test]
fn a_placeholder_on_its_way_to_another_host_is_refused() {
    let (mut world, _upstream) = ready!("bearer", Handler::echo());
    let other = world.upstream(OTHER, Handler::echo());
    for request in [
        "-H \"Authorization: Bearer $API_TOKEN\" https://other.example.org/",
        "-d \"token=$API_TOKEN\" https://other.example.org/",
        "https://other.example.org/?t=$API_TOKEN",
        "-u \"me:$API_TOKEN\" https://other.example.org/",
    ] {
        let said = sh(&world, &format!("$curl -i {request}"));
        assert_eq!(Answer::parse(said.ok()).rule(), "placeholder", "{request}");
    }
    assert_eq!(other.request_count(), 0);
}

#[test]
fn a_redirect_carries_no_credential_to_another_host() {
    let elsewhere = format!("https://{OTHER}/landing");
    let (mut world, upstream) = ready!(
        "bearer",
        Handler::fixed(302, &[("location", &elsewhere)], "")
    );
    let other = world.upstream(OTHER, Handler::echo());

    let said = world.curl(&["-L", "https://api.example.com/"]);
    assert!(said.ok().contains("/landing"), "{said:#?}");
    assert_eq!(other.requests()[0].header("authorization"), None);

    // A client that would take its own header along finds that it must not.
    let said = sh(
        &world,
        "$curl -i -L --location-trusted -H \"Authorization: Bearer $API_TOKEN\" https://api.example.com/",
    );
    assert_eq!(Answer::parse(said.ok()).rule(), "placeholder");
    assert_eq!(other.request_count(), 1);
    assert!(upstream.saw(TOKEN.as_bytes()) && !other.saw(TOKEN.as_bytes()));
}

#[test]
fn a_token_from_a_file_or_a_command_is_not_in_the_environment() {
    program_or_skip!("curl");
    let mut world = world_or_skip!(User::Caller);
    let upstream = world.upstream(HOST, Handler::echo());
    world.write(
        "home/.service/token.json",
        format!(r#"{{"a":{{"key":"{TOKEN}"}}}}"#),
    );
    for reference in [
        "file:~/.service/token.json#/a/key",
        "cmd:cat ~/.service/token.json | cut -d'\"' -f6",
    ] {
        world.routes(&[&format!(
            "host: {HOST}\nauth: {{ scheme: bearer, token_ref: \"{}\" }}",
            reference.replace('"', "\\\"")
        )]);
        let said = world
            .sh("curl -sS https://api.example.com/; env; cat ~/.service/token.json 2>&1; true");
        assert!(said.ok().contains("No such file"), "{said:#?}");
        assert!(!said.says(TOKEN), "{said:#?}");
        let seen = upstream.requests();
        let seen = seen.last().unwrap().header("authorization");
        assert_eq!(seen, Some(&*format!("Bearer {TOKEN}")), "{reference}");
    }
}

#[test]
fn a_token_that_is_missing_is_told_before_anything_runs() {
    let world = world_or_skip!(User::Caller);
    world.routes(&["host: api.example.com\nauth: { scheme: bearer, token_ref: env:API_TOKEN }"]);
    let said = world.run(&["sh", "-c", "echo ran"]);
    assert_eq!(said.code, 78, "{said:#?}");
    assert!(said.stderr.contains("env:API_TOKEN"), "{said:#?}");
    assert!(!said.says("ran"));
}

#[test]
fn a_credential_never_travels_without_tls() {
    program_or_skip!("curl");
    let mut world = world_or_skip!(User::Caller);
    let upstream = world.plain_upstream(HOST, Handler::new(async |_| Reply::new(200, "")));
    world.env("API_TOKEN", TOKEN);
    world.routes(&[
        "host: api.example.com\nport: 80\nauth: { scheme: bearer, token_ref: env:API_TOKEN }",
    ]);
    let said = world.curl(&["-i", "http://api.example.com/"]);
    if said.code == 0 {
        assert_eq!(Answer::parse(&said.stdout).rule(), "auth_needs_tls");
    } else {
        assert_eq!(said.code, 78, "{said:#?}");
    }
    assert_eq!(upstream.request_count(), 0);
}
