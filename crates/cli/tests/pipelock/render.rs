//! `bottle render pipelock` and `bottle pipelock check`.

use std::os::unix::fs::PermissionsExt as _;

use serde_json::Value;

use crate::harness::{User, World, world_or_skip};
use crate::second::{file, tls_init};

const ROUTES: [&str; 3] = [
    "host: \"*.example.com\"",
    "host: example.com",
    "host: plain.example.org",
];

fn rendered(world: &World, args: &[&str]) -> crate::harness::Output {
    world.bottle(&[&["render", "pipelock", "-f", "bottle.yaml"], args].concat())
}

#[test]
fn the_file_is_private_and_what_was_rendered_is_taken() {
    let world = world_or_skip!(User::Caller);
    world.routes(&ROUTES);
    let (cert, key) = tls_init(&world);
    let said = rendered(
        &world,
        &[
            "--ca-cert",
            &cert,
            "--ca-key",
            &key,
            "--strict",
            "-o",
            "p.yaml",
        ],
    );
    assert_eq!((said.ok(), said.stderr.as_str()), ("", ""));
    let path = world.path("project/p.yaml");
    assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    world
        .bottle(&["pipelock", "check", "--rendered", "p.yaml"])
        .ok();
    let report = world.bottle(&["pipelock", "check", "--strict", "--json", "p.yaml"]);
    let report: Value = serde_json::from_str(report.ok()).unwrap();
    assert_eq!(report["differences"], Value::Array(Vec::new()));
    assert_eq!(report["mode"], "strict");
}

#[test]
fn where_pipelock_is_wider_it_is_told_and_strict_writes_nothing() {
    let world = world_or_skip!(User::Caller);
    world.routes(&[
        "host: \"*.example.com\"\nmatches: [{ methods: [GET] }]",
        "host: api.example.org\nport: 8443",
    ]);
    let said = rendered(&world, &[]);
    assert!(said.ok().contains("'*.example.com'"), "{said:#?}");
    for part in [
        "lets example.com itself pass",
        "no methods and no paths",
        "not only 8443",
    ] {
        assert!(
            said.stderr.lines().any(|line| line.contains(part)),
            "{part}: {said:#?}"
        );
    }
    let said = rendered(&world, &["--strict", "-o", "p.yaml"]);
    assert_eq!(said.code, 1, "{said:#?}");
    assert!(!world.path("project/p.yaml").exists());
}

/// A line each, in the order of the routes, and nothing else.
#[test]
fn each_widening_has_its_line() {
    let world = world_or_skip!(User::Caller);
    world.routes(&[
        "host: \"*.example.com\"\nmatches: [{ methods: [GET] }]",
        "host: example.com\nmatches: [{ paths: [/v1/**] }]",
        "host: api.example.org\nport: 8443",
        "host: \"*.example.net\"",
        "host: db.example.org\npipelock: { ssrf_ip_allowlist: [10.9.0.0/16] }",
        "host: plain.example.org",
    ]);
    let said = rendered(&world, &[]);
    let lines: Vec<&str> = said
        .stderr
        .lines()
        .filter_map(|line| line.strip_prefix("bottle: pipelock is wider: "))
        .collect();
    assert_eq!(
        lines,
        [
            "*.example.com: pipelock knows no methods and no paths; every request passes",
            "example.com: pipelock knows no methods and no paths; every request passes",
            "api.example.org: pipelock knows no ports; every port passes, not only 8443",
            "*.example.net: pipelock lets example.net itself pass too",
            "db.example.org: pipelock lets every listed host lead to 10.9.0.0/16, not only this one",
        ],
        "{said:#?}"
    );
    assert_eq!(said.code, 0);
}

/// The hosts of the agent's preset are listed; one that is sent a credential
/// cannot be read behind the engine that adds it.
#[test]
fn routes_of_a_preset_are_in_the_file_and_those_with_a_credential_pass_through() {
    let mut world = world_or_skip!(User::Caller);
    world.manifest("version: 1\nagent: { provider: codex }\n");
    let ca = ["--ca-cert", "/c", "--ca-key", "/k"];
    let list = |said: &crate::harness::Output, key: &str| {
        let file = crate::plain::parsed(said.ok());
        file.pointer(key).cloned().unwrap_or_default()
    };
    let openai = serde_json::json!(["api.openai.com"]);
    world.env("OPENAI_API_KEY", "sk-proj-4f8Jq2ZrLkPw94TsVbN6yXcD1hJmA7eU");
    let said = rendered(&world, &ca);
    assert_eq!(list(&said, "/api_allowlist"), openai, "{said:#?}");
    assert_eq!(list(&said, "/tls_interception/passthrough_domains"), openai);
    assert!(said.stderr.contains("reads nothing of it"), "{said:#?}");
    assert!(!said.says("4f8Jq2Zr"), "{said:#?}");
}

/// Secrets that only ours looks for; a line a widening.
#[test]
fn secrets_of_ones_own_are_not_looked_for_by_pipelock() {
    let world = world_or_skip!(User::Caller);
    world.manifest(
        "version: 1\negress: { routes: [{ host: a.example.com }] }\ninspect: { secrets: [env:STRIPE_KEY] }\n",
    );
    let said = rendered(&world, &[]);
    let wider = said
        .stderr
        .lines()
        .filter(|line| line.contains("pipelock is wider: "));
    assert_eq!(wider.count(), 1, "{said:#?}");
    assert!(said.stderr.contains("dlp.secrets_file"), "{said:#?}");
    assert!(!said.ok().contains("STRIPE"), "{said:#?}");
    assert_eq!(rendered(&world, &["--strict"]).code, 1);
}

#[test]
fn half_an_authority_is_refused() {
    let world = world_or_skip!(User::Caller);
    world.routes(&ROUTES);
    for args in [["--ca-cert", "/c"], ["--ca-key", "/k"]] {
        let said = rendered(&world, &args);
        assert_eq!(said.code, 2, "{said:#?}");
        assert!(said.stderr.contains("both or neither"), "{said:#?}");
    }
}

/// An empty list is `[]`, and not the null of an empty block.
#[test]
fn nothing_allowed_is_an_empty_list() {
    let world = world_or_skip!(User::Caller);
    world.manifest("version: 1\n");
    let said = rendered(&world, &[]);
    assert!(said.ok().contains("api_allowlist: []\n"), "{said:#?}");
    assert!(said.stderr.contains("pipelock does not start"), "{said:#?}");
    assert_eq!(rendered(&world, &["--strict"]).code, 1);
}

#[test]
fn the_backends_network_joins_the_exceptions() {
    let world = world_or_skip!(User::Caller);
    world.routes(&["host: a.example.com\npipelock: { ssrf_ip_allowlist: [10.9.0.0/16] }"]);
    let said = rendered(&world, &["--ssrf-ip", "172.18.0.0/16"]);
    assert!(
        said.ok()
            .ends_with("    - '10.9.0.0/16'\n    - '172.18.0.0/16'\n"),
        "{said:#?}"
    );
}

#[test]
fn a_bad_file_is_told_with_its_line_and_code_78() {
    let world = world_or_skip!(User::Caller);
    let path = file(
        &world,
        "p.yaml",
        "mode: strict\nenforce: \"yes\"\ndlp: { scan_envs: true }\n",
    );
    for args in [
        vec!["pipelock", "check", &path],
        vec!["gateway", "--pipelock", &path],
    ] {
        let said = world.bottle(&args);
        assert_eq!(said.code, 78, "{said:#?}");
        for part in [
            "`config.enforce` must be a boolean",
            "p.yaml:2",
            "did you mean `scan_env`?",
        ] {
            assert!(said.stderr.contains(part), "{part}: {said:#?}");
        }
    }
}

#[test]
fn what_would_be_done_otherwise_is_told_and_strict_refuses() {
    let world = world_or_skip!(User::Caller);
    let text = "mode: balanced\nmcp_tool_policy: { enabled: true }\n";
    let path = file(&world, "p.yaml", text);
    let said = world.bottle(&["pipelock", "check", &path]);
    assert!(
        said.ok()
            .starts_with("p.yaml line 2: config.mcp_tool_policy: "),
        "{said:#?}"
    );
    assert_eq!(
        world.bottle(&["pipelock", "check", "--strict", &path]).code,
        1
    );
    let said = world.bottle(&["gateway", "--strict", "--pipelock", &path]);
    assert_eq!(said.code, 78, "{said:#?}");
    assert!(said.stderr.contains("config.mcp_tool_policy"), "{said:#?}");
}

#[test]
fn a_pair_is_made_once_and_its_key_is_private() {
    let world = world_or_skip!(User::Caller);
    let (cert, key) = tls_init(&world);
    let mode = |path: &str| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&cert), mode(&key)), (0o644, 0o600));
    let text = std::fs::read_to_string(&key).unwrap();
    assert!(text.starts_with("-----BEGIN EC PRIVATE KEY-----\n"));
    let out = world.path("home/pl");
    let again = world.bottle(&["pipelock", "tls", "init", "--out", &out.to_string_lossy()]);
    assert_eq!(again.code, 2, "{again:#?}");
    assert_eq!(std::fs::read_to_string(&key).unwrap(), text);
}
