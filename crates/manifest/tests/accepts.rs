//! What a manifest means once it is read.

use std::path::{Path, PathBuf};

use bottle_manifest::{Manifest, parse};
use bottle_policy::{Action, AuthScheme, Bottle, Origin, SecretRef, Unlisted};

#[expect(clippy::panic, reason = "a helper of the tests below")]
fn manifest(text: &str) -> Manifest {
    parse("bottle.yaml", text).unwrap_or_else(|faults| panic!("{faults}"))
}

fn bottle(text: &str) -> Bottle {
    manifest(text).bottle(Path::new("/home/me/My Project"))
}

#[test]
fn the_designs_example_is_read_in_full() {
    let manifest = manifest(include_str!("design.yaml"));
    let bottle = manifest.bottle(Path::new("/p"));
    assert_eq!(bottle.name.as_str(), "app");
    assert_eq!(bottle.agent.command, ["claude"]);
    assert_eq!(bottle.egress.unlisted, Unlisted::Deny);
    let route = &bottle.egress.routes[0];
    assert_eq!(route.host.to_string(), "api.github.com");
    assert_eq!(route.origin, Origin::Manifest { line: 7 });
    assert_eq!(route.matches[0].paths[0].as_str(), "/repos/acme/**");
    let auth = route.auth.as_ref().unwrap();
    assert_eq!(auth.scheme, AuthScheme::Bearer);
    assert_eq!(auth.variable.as_deref(), Some("GITHUB_TOKEN"));
    assert_eq!(
        route.inspect.action(&"seed_phrase".parse().unwrap()),
        Action::Off
    );
    assert_eq!(route.inspect.response, Some(Action::Warn));
    assert_eq!(
        bottle.secrets,
        [
            SecretRef::Env("STRIPE_KEY".into()),
            SecretRef::File(".env".into())
        ]
    );
    assert_eq!(bottle.git[0].push, ["refs/heads/agent/*"]);
    assert_eq!(
        bottle.filesystem.hidden,
        [PathBuf::from("~/.ssh"), PathBuf::from("~/.aws")]
    );
}

#[test]
fn a_silent_manifest_is_closed() {
    let bottle = bottle("version: 1\n");
    assert_eq!(bottle.name.as_str(), "my-project");
    assert!(bottle.egress.routes.is_empty());
    assert_eq!(bottle.egress.unlisted, Unlisted::Deny);
    assert_eq!(bottle.filesystem.writable, [PathBuf::from(".")]);
    assert!(!bottle.supervise);
}

#[test]
fn a_route_needs_only_its_host() {
    let bottle = bottle("version: 1\negress:\n  routes:\n    - host: Example.COM.\n");
    let route = &bottle.egress.routes[0];
    assert_eq!(
        (route.host.to_string().as_str(), route.port),
        ("example.com", 443)
    );
    assert!(route.matches.is_empty() && route.auth.is_none());
    assert_eq!(route.inspect.on_match, Action::Block);
}

#[test]
fn each_scheme_of_a_credential_is_read() {
    let bottle = bottle(
        "version: 1
egress:
  routes:
    - host: a.example
      auth: { scheme: basic, token_ref: file:~/.token }
    - host: b.example
      auth: { scheme: basic, token_ref: cmd:pass show b, username: me }
    - host: c.example
      auth: { scheme: header, token_ref: env:C, header: X-Api-Key }
",
    );
    let auths: Vec<_> = bottle
        .egress
        .routes
        .iter()
        .map(|route| route.auth.clone().unwrap())
        .collect();
    let user = |username: &str| AuthScheme::Basic {
        username: username.to_owned(),
    };
    assert_eq!(auths[0].scheme, user("x-access-token"));
    assert_eq!(auths[0].variable, None);
    assert_eq!(auths[1].scheme, user("me"));
    assert_eq!(auths[1].token, SecretRef::Cmd("pass show b".into()));
    assert_eq!(
        auths[2].scheme,
        AuthScheme::Header {
            name: "x-api-key".into()
        }
    );
}

#[test]
fn off_is_an_action_with_and_without_quotes() {
    for off in ["off", "\"off\"", "'off'"] {
        let bottle = bottle(&format!(
            "version: 1\negress:\n  routes:\n    - host: a.example\n      inspect: {{ on_match: {off} }}\n"
        ));
        assert_eq!(bottle.egress.routes[0].inspect.on_match, Action::Off);
    }
}

#[test]
fn a_command_of_one_word_needs_no_list() {
    assert_eq!(
        bottle("version: 1\nagent: { command: claude }\n")
            .agent
            .command,
        ["claude"]
    );
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_change_nothing() {
    let bottle =
        bottle("\u{feff}version: 1\r\nname: x\r\negress:\r\n  routes:\r\n    - host: a.b\r\n");
    assert_eq!(bottle.name.as_str(), "x");
    assert_eq!(bottle.egress.routes[0].origin, Origin::Manifest { line: 5 });
}

#[test]
fn an_exact_host_may_stand_under_a_wildcard() {
    let bottle = bottle(
        "version: 1
egress:
  routes:
    - { host: \"*.example.com\" }
    - { host: a.example.com, inspect: { on_match: warn } }
    - { host: a.example.com, port: 8443 }
",
    );
    assert_eq!(bottle.egress.routes.len(), 3);
}

#[test]
fn routes_for_different_requests_to_one_host_stand_side_by_side() {
    let bottle = bottle(
        "version: 1
egress:
  routes:
    - host: a.example
      matches: [{ methods: [GET] }]
    - host: a.example
      matches: [{ methods: [POST], paths: [/x] }]
      auth: { scheme: bearer, token_ref: env:A }
",
    );
    assert_eq!(bottle.egress.routes.len(), 2);
}

#[test]
fn a_route_that_is_written_twice_counts_once_and_is_noted() {
    let manifest = manifest(
        "version: 1
egress:
  routes:
    - host: a.example
      matches: [{ methods: [GET] }]
    - host: a.example
      matches: [{ methods: [GET] }]
",
    );
    let notes: Vec<_> = manifest
        .notes()
        .iter()
        .map(|note| (note.text.as_str(), note.line))
        .collect();
    assert_eq!(notes, [("a.example port 443 is listed twice", 6)]);
    let bottle = manifest.bottle(Path::new("/w/app"));
    assert_eq!(bottle.egress.routes.len(), 1);
}

#[test]
fn keys_that_are_not_built_yet_are_named() {
    let manifest = manifest(include_str!("design.yaml"));
    let whats: Vec<_> = manifest
        .unbuilt()
        .iter()
        .map(|unbuilt| (unbuilt.what.as_str(), unbuilt.line))
        .collect();
    assert_eq!(whats, [("supervise: true", 14), ("git", 15),]);
    let more = parse(
        "b",
        "version: 1
egress:
  default: ask
  routes:
    - host: a.b
      inspect: { on_match: redact, detectors: { x: ask }, response: ask }
",
    )
    .unwrap();
    let whats: Vec<_> = more.unbuilt().iter().map(|u| u.what.as_str()).collect();
    assert_eq!(whats, ["egress.default: ask", "inspect.response: ask"]);
}

/// Remotes by SSH cannot be used, and files of others may be made of them.
#[test]
fn a_remote_by_ssh_is_read_and_not_built() {
    let text = "version: 1\ngit: [{ name: origin, upstream: \"ssh://git@git.example.org:22/team/repo.git\" }]\n";
    let manifest = manifest(text);
    let whats: Vec<_> = manifest.unbuilt().iter().map(|u| u.what.as_str()).collect();
    assert_eq!(whats, ["git", "git.upstream: ssh://"]);
    let bottle = manifest.bottle(Path::new("/p"));
    assert_eq!(
        bottle.git[0].upstream,
        "ssh://git@git.example.org:22/team/repo.git"
    );
}

#[test]
fn what_deserves_a_second_look_is_noted() {
    let manifest = manifest(
        "version: 1
agent: { env: { API_KEY: aaaabbbbcccc } }
egress:
  routes:
    - host: \"*.example.com\"
      auth: { scheme: bearer, token_ref: env:A }
      pipelock: { tls_passthrough: true, ssrf_ip_allowlist: [10.0.0.0/8, ::1] }
",
    );
    let lines: Vec<_> = manifest.notes().iter().map(|note| note.line).collect();
    assert_eq!(lines, [2, 7, 7, 5]);
    assert!(!format!("{:?}", manifest.notes()).contains("aaaabbbb"));
}

#[test]
fn a_misspelt_detector_is_found_once_the_names_are_known() {
    let manifest = manifest(include_str!("design.yaml"));
    assert!(manifest.check_detectors(&["seed_phrase"]).is_ok());
    let faults = manifest.check_detectors(&["seed_phrases"]).unwrap_err();
    let text = faults.to_string();
    assert!(text.contains("bottle.yaml:11:"), "{text}");
    assert!(text.contains("did you mean `seed_phrases`?"), "{text}");
}
