//! A preset gives what is needed, and no more.

use bottle_policy::{Method, RequestPath, Slug};

use super::*;
use crate::parse;
use crate::providers::{PROVIDERS, provider_named};

fn bottle(manifest: &str) -> Bottle {
    parse("m", manifest).unwrap().bottle("/p/app".as_ref())
}

fn closed() -> Bottle {
    Bottle::closed(Slug::from_lossy("app"))
}

/// Applies a preset where these variables and files are there.
fn apply_with(
    bottle: &mut Bottle,
    name: &str,
    env: &[(&str, &str)],
    files: &[(&str, &str)],
) -> Applied {
    let find = |list: &[(&str, &str)], name: &str| {
        list.iter()
            .find(|(n, _)| *n == name)
            .map(|(_, v)| (*v).to_owned())
    };
    let around = Surroundings {
        env: &|name| find(env, name),
        home_file: &|path| find(files, path),
    };
    apply(bottle, provider_named(name).unwrap(), &around)
}

fn allows(bottle: &Bottle, host: &str, method: &str, path: &str) -> bool {
    let method: Method = method.parse().unwrap();
    let path = RequestPath::new(path);
    let host: Host = host.parse().unwrap();
    bottle
        .egress
        .routes
        .iter()
        .any(|r| r.host.matches(&host) && r.allows(&method, &path))
}

#[test]
fn claude_gets_its_key_in_its_own_header() {
    let mut bottle = closed();
    let applied = apply_with(
        &mut bottle,
        "claude",
        &[("ANTHROPIC_API_KEY", "k"), ("CLAUDE_CODE_OAUTH_TOKEN", "t")],
        &[],
    );
    let auth = bottle.egress.routes[0].auth.clone().unwrap();
    assert_eq!(
        auth.scheme,
        AuthScheme::Header {
            name: "x-api-key".into()
        }
    );
    assert_eq!(auth.token, SecretRef::Env("ANTHROPIC_API_KEY".into()));
    assert_eq!(auth.variable.as_deref(), Some("ANTHROPIC_API_KEY"));
    assert_eq!(
        bottle.agent.env["CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC"],
        "1"
    );
    assert_eq!(bottle.agent.provider.as_deref(), Some("claude"));
    assert_eq!(applied.notes, [""; 0]);
}

#[test]
fn a_subscription_is_found_in_its_file_which_is_hidden() {
    let mut bottle = closed();
    let file = r#"{"claudeAiOauth":{"accessToken":"sk-ant-oat01-x"}}"#;
    let applied = apply_with(
        &mut bottle,
        "claude",
        &[("ANTHROPIC_API_KEY", " ")],
        &[(".claude/.credentials.json", file)],
    );
    let auth = bottle.egress.routes[0].auth.clone().unwrap();
    assert_eq!(auth.scheme, AuthScheme::Bearer);
    assert_eq!(
        auth.token.to_string(),
        "file:~/.claude/.credentials.json#/claudeAiOauth/accessToken"
    );
    assert_eq!(auth.variable.as_deref(), Some("CLAUDE_CODE_OAUTH_TOKEN"));
    assert_eq!(
        bottle.filesystem.hidden,
        [PathBuf::from("~/.claude/.credentials.json")]
    );
    assert!(!format!("{applied:?}{bottle:?}").contains("sk-ant"));
}

#[test]
fn what_claude_does_at_work_is_open_and_the_rest_of_the_host_is_not() {
    let mut bottle = closed();
    apply_with(&mut bottle, "claude", &[], &[]);
    let host = "api.anthropic.com";
    assert!(allows(&bottle, host, "POST", "/v1/messages?beta=true"));
    assert!(allows(&bottle, host, "POST", "/v1/messages/count_tokens"));
    assert!(allows(
        &bottle,
        host,
        "GET",
        "/api/claude_cli/bootstrap?a=b"
    ));
    for (method, path) in [
        ("POST", "/v1/files"),
        ("GET", "/v1/files"),
        ("POST", "/v1/messages/batches"),
        ("POST", "/api/oauth/claude_cli/create_api_key"),
        ("POST", "/api/event_logging/batch"),
        ("POST", "/v1/oauth/token"),
        ("DELETE", "/v1/messages"),
    ] {
        assert!(!allows(&bottle, host, method, path), "{method} {path}");
    }
}

#[test]
fn logins_and_telemetry_are_never_opened() {
    for provider in &PROVIDERS {
        for env in [
            &[][..],
            &[
                ("ANTHROPIC_API_KEY", "k"),
                ("OPENAI_API_KEY", "k"),
                ("GEMINI_API_KEY", "k"),
            ],
        ] {
            let mut bottle = closed();
            apply_with(&mut bottle, provider.name, env, &[]);
            for host in provider.login.iter().chain(provider.optional) {
                assert!(!allows(&bottle, host, "GET", "/"), "{host}");
                let host: Host = host.parse().unwrap();
                assert!(!bottle.egress.routes.iter().any(|r| r.host.matches(&host)));
            }
        }
    }
}

#[test]
fn without_a_credential_the_way_to_one_is_told() {
    let applied = apply_with(&mut closed(), "claude", &[], &[]);
    insta::assert_snapshot!(applied.notes.join("\n"), @r"
    No credential for Claude Code was found. Set ANTHROPIC_API_KEY or ANTHROPIC_AUTH_TOKEN or CLAUDE_CODE_OAUTH_TOKEN outside the bottle; a login inside it is not possible. For a subscription, `claude setup-token` outside the bottle makes a token for CLAUDE_CODE_OAUTH_TOKEN.
    ");
}

#[test]
fn the_manifests_own_route_wins_as_it_is_written() {
    for host in ["api.anthropic.com", "\"*.anthropic.com\""] {
        let mut bottle = bottle(&format!(
            "version: 1\negress: {{ routes: [{{ host: {host} }}] }}\n"
        ));
        let applied = apply_with(&mut bottle, "claude", &[("ANTHROPIC_API_KEY", "k")], &[]);
        assert_eq!(bottle.egress.routes.len(), 1);
        assert_eq!(bottle.egress.routes[0].auth, None);
        assert!(
            applied.notes[0].contains("bottle.yaml line 2"),
            "{:?}",
            applied.notes
        );
    }
    // Another port is another service.
    let mut bottle =
        bottle("version: 1\negress: { routes: [{ host: api.anthropic.com, port: 8443 }] }\n");
    apply_with(&mut bottle, "claude", &[], &[]);
    assert_eq!(bottle.egress.routes.len(), 2);
}

#[test]
fn the_manifests_own_settings_win() {
    let mut bottle = bottle("version: 1\nagent: { env: { DISABLE_AUTOUPDATER: \"0\" } }\n");
    apply_with(&mut bottle, "claude", &[], &[]);
    assert_eq!(bottle.agent.env["DISABLE_AUTOUPDATER"], "0");
}

#[test]
fn codex_takes_a_key_and_says_that_a_chatgpt_login_is_not_built() {
    let mut with_key = closed();
    let file = r#"{"OPENAI_API_KEY":"sk-x","tokens":{"access_token":"j"}}"#;
    let applied = apply_with(&mut with_key, "codex", &[], &[(".codex/auth.json", file)]);
    assert_eq!(
        applied.credentials[0].token.to_string(),
        "file:~/.codex/auth.json#/OPENAI_API_KEY"
    );
    assert_eq!(applied.notes, [""; 0]);
    let mut login = closed();
    let file = r#"{"OPENAI_API_KEY":null,"tokens":{"access_token":"j"}}"#;
    let applied = apply_with(&mut login, "codex", &[], &[(".codex/auth.json", file)]);
    assert!(
        applied.notes[0].contains("not built yet"),
        "{:?}",
        applied.notes
    );
    assert!(!allows(
        &login,
        "chatgpt.com",
        "POST",
        "/backend-api/codex/responses"
    ));
}

#[test]
fn gemini_speaks_to_its_models_and_uploads_nothing() {
    let mut bottle = closed();
    apply_with(&mut bottle, "gemini", &[("GOOGLE_API_KEY", "k")], &[]);
    let host = "generativelanguage.googleapis.com";
    assert!(allows(
        &bottle,
        host,
        "POST",
        "/v1beta/models/gemini-3-pro:streamGenerateContent?alt=sse"
    ));
    assert!(!allows(&bottle, host, "POST", "/upload/v1beta/files"));
    assert_eq!(
        bottle.egress.routes[0]
            .auth
            .clone()
            .unwrap()
            .variable
            .as_deref(),
        Some("GOOGLE_API_KEY")
    );
}

#[test]
fn opencode_reaches_the_vendors_whose_keys_are_there() {
    let mut bottle = closed();
    apply_with(
        &mut bottle,
        "opencode",
        &[("OPENAI_API_KEY", "k"), ("GEMINI_API_KEY", "k")],
        &[],
    );
    let hosts: Vec<_> = bottle
        .egress
        .routes
        .iter()
        .map(|r| r.host.to_string())
        .collect();
    assert_eq!(
        hosts,
        ["api.openai.com", "generativelanguage.googleapis.com"]
    );
    let applied = apply_with(&mut closed(), "opencode", &[], &[]);
    assert!(
        applied.notes[0].contains("ANTHROPIC_API_KEY or"),
        "{:?}",
        applied.notes
    );
}

#[test]
fn every_line_of_the_table_is_well_formed() {
    for provider in &PROVIDERS {
        assert!(crate::keys::PROVIDERS.contains(&provider.name));
        for host in provider.login.iter().chain(provider.optional) {
            assert!(host.parse::<Host>().is_ok(), "{host}");
        }
        for service in provider.services {
            assert!(service.need.host.parse::<Host>().is_ok());
            for requests in service.need.requests {
                assert!(requests.methods.iter().all(|m| m.parse::<Method>().is_ok()));
                assert!(
                    requests
                        .paths
                        .iter()
                        .all(|p| p.parse::<bottle_policy::PathGlob>().is_ok())
                );
                assert!(
                    !requests.methods.is_empty()
                        && !requests.paths.is_empty()
                        && !requests.why.is_empty()
                );
            }
            for credential in service.credentials {
                assert!(
                    reference(&credential.place)
                        .to_string()
                        .parse::<SecretRef>()
                        .is_ok()
                );
                assert!(!credential.variable.is_empty() || credential.built != Built::Yes);
            }
        }
    }
    assert_eq!(PROVIDERS.len() + 1, crate::keys::PROVIDERS.len());
}
