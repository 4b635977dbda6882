//! What people read: help, reports, refusals; and what programs read of a
//! manifest. A change of these words is a change that is looked at:
//! `INSTA_UPDATE=always cargo test -p bot-bottle --test e2e words` takes it on.

use std::path::Path;

use bottle_test_support::Handler;
use insta::assert_snapshot;
use serde_json::Value;

use crate::harness::{User, World, as_each_user, program_or_skip, world_or_skip};

#[test]
fn help() {
    let world = world_or_skip!(User::Caller);
    for command in [
        "", "run", "explain", "logs", "init", "allow", "gateway", "schema", "demo",
    ] {
        let said = match command {
            "" => world.bottle(&["--help"]),
            _ => world.bottle(&[command, "--help"]),
        };
        assert_eq!(said.stderr, "");
        let name = ["help", command].join(" ").trim().replace(' ', "-");
        assert_snapshot!(name, said.ok());
    }
}

#[test]
fn a_word_that_is_not_known_is_2() {
    let world = world_or_skip!(User::Caller);
    for args in [
        &["rum"][..],
        &["logs", "--jsn"],
        &[],
        &["init", "--provider", "nobody", "x.yaml"],
    ] {
        let said = world.bottle(args);
        assert_eq!(said.code, 2, "{said:#?}");
        assert_eq!(said.stdout, "", "{said:#?}");
    }
    assert!(world.bottle(&["--version"]).ok().starts_with("bottle "));
}

/// Every fault at once, each with its place.
#[test]
fn a_bad_manifest_is_78_with_every_fault_in_one_report() {
    let world = world_or_skip!(User::Caller);
    world.manifest(
        "version: 1\n\
         egress:\n\
         \x20 routes:\n\
         \x20   - host: \"https://api.example.com/\"\n\
         \x20     prot: 8443\n\
         \x20   - host: b.example.com\n\
         \x20     port: 99999\n\
         \x20     auth: { scheme: bearer, token_ref: ghp_notareference0123456789abcdefghijk }\n\
         supervise: maybe\n",
    );
    let said = world.sh("echo ran");
    assert_eq!(said.code, 78, "{said:#?}");
    assert!(!said.says("ran\n"));
    // The value of what may be a token is not repeated.
    assert!(!said.says("notareference"), "{said:#?}");
    let folder = world.project().to_string_lossy().into_owned();
    assert_snapshot!("manifest-report", said.stderr.replace(&folder, "[project]"));
    for place in [":4:", ":5:", ":7:", ":8:", ":9:"] {
        assert!(
            said.stderr.contains(&format!("bottle.yaml{place}")),
            "{place}: {said:#?}"
        );
    }
}

/// What only this machine can tell is a fault of the manifest, too.
#[test]
fn what_cannot_be_done_here_is_78_at_its_place() {
    let mut world = world_or_skip!(User::Caller);
    world.env("SHORT", "abc");
    std::os::unix::fs::symlink("/etc", world.path("project/link")).unwrap();
    for text in [
        "filesystem: { writable: [/not/there] }",
        "filesystem: { writable: [., /etc] }",
        "filesystem: { writable: [../elsewhere] }",
        "filesystem: { writable: [link] }",
        "filesystem: { writable: [~] }",
        "inspect: { secrets: [\"env:SHORT\"] }",
        "egress: { routes: [{ host: a.example.com, auth: { scheme: bearer, token_ref: \"env:SHORT\" } }] }",
    ] {
        world.manifest(&format!("version: 1\n{text}\n"));
        let said = world.sh("echo ran");
        assert_eq!(said.code, 78, "{text}: {said:#?}");
        assert!(said.stderr.contains("bottle.yaml:2:"), "{text}: {said:#?}");
        assert!(!said.says("ran\n") && !said.says("abc"), "{said:#?}");
    }
    world.manifest("version: 1\nfilesystem: { writable: [., /etc] }\n");
    let folder = world.project().to_string_lossy().into_owned();
    let said = world.sh("true").stderr.replace(&folder, "[project]");
    assert_snapshot!("not-writable", said);
}

/// A key that would be silently ignored is worse than one that is refused.
#[test]
fn what_is_not_built_yet_is_refused_by_name() {
    let world = world_or_skip!(User::Caller);
    for (key, text) in [
        ("egress.default", "egress: { default: ask }"),
        ("supervise", "supervise: true"),
        (
            "git",
            "git: [{ name: origin, upstream: \"https://git.example.org/acme/app.git\" }]",
        ),
        (
            "ask",
            "egress: { routes: [{ host: a.example.com, inspect: { response: ask } }] }",
        ),
        (
            "response",
            "egress: { routes: [{ host: a.example.com, inspect: { response: redact } }] }",
        ),
    ] {
        world.manifest(&format!("version: 1\n{text}\n"));
        let ran = world.sh("echo ran");
        let served = world.bottle(&["gateway", "-f", "bottle.yaml", "--listen", "127.0.0.1:0"]);
        for said in [ran, served] {
            assert_eq!(said.code, 78, "{key}: {said:#?}");
            assert!(said.stderr.contains(key), "{key}: {said:#?}");
            assert!(said.stderr.contains("line 2"), "{key}: {said:#?}");
            assert!(!said.says("ran\n"));
        }
    }
}

#[test]
fn a_refusal_in_full() {
    program_or_skip!("curl");
    let mut world = world_or_skip!(User::Caller);
    let _upstream = world.upstream("api.example.com", Handler::echo());
    world.routes(&["host: api.example.com"]);
    let refusal = |url: &str, data: &str| {
        let said = world.curl(&["-d", data, url]);
        let value: Value = serde_json::from_str(said.ok()).unwrap();
        let mut text = said.stdout;
        let hidden = [
            value["event"].as_str(),
            value["findings"][0]["fingerprint"].as_str(),
        ];
        for changing in hidden.into_iter().flatten() {
            text = text.replace(changing, "[…]");
        }
        text
    };
    assert_snapshot!(
        "refused-host",
        refusal("https://api.exampel.com/v1/notes", "a")
    );
    assert_snapshot!(
        "refused-secret",
        refusal(
            "https://api.example.com/v1/notes",
            "key=AKIAIOSFODNN7EXAMPLE"
        )
    );
}

as_each_user! {
    fn a_first_manifest_is_written_allowed_and_run(world) {
        world.bottle(&["init"]).ok();
        let path = world.path("project/bottle.yaml");
        let text = std::fs::read_to_string(&path).unwrap();
        assert_eq!(world.bottle(&["init"]).code, 2);
        assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
        assert_eq!(world.bottle(&["run", "--", "true"]).code, 78);
        world.bottle(&["allow"]).ok();
        world.bottle(&["run", "--", "true"]).ok();
    }
}

#[test]
fn a_first_manifest_of_another_name_is_allowed_by_it() {
    let world = world_or_skip!(User::Caller);
    let said = world.bottle(&["init", "other.yaml"]);
    assert!(
        said.stderr.contains("bottle allow other.yaml\n"),
        "{said:#?}"
    );
    let said = world.bottle(&["init", "an other.yaml"]);
    assert!(
        said.stderr.contains("bottle allow 'an other.yaml'\n"),
        "{said:#?}"
    );
    let said = world.bottle(&["init"]);
    assert!(said.stderr.ends_with("bottle allow\n"), "{said:#?}");
}

#[test]
fn a_first_manifest_for_each_provider_is_valid() {
    let world = world_or_skip!(User::Caller);
    for provider in ["claude", "codex", "gemini", "opencode"] {
        let file = format!("{provider}.yaml");
        world.bottle(&["init", "--provider", provider, &file]).ok();
        world.bottle(&["allow", &file]).ok();
        world.bottle(&["run", "-f", &file, "--", "true"]).ok();
    }
}

#[test]
fn the_schema_knows_every_key() {
    let world = world_or_skip!(User::Caller);
    let schema: Value = serde_json::from_str(world.bottle(&["schema"]).ok()).unwrap();
    for key in [
        "version",
        "name",
        "agent",
        "egress",
        "inspect",
        "supervise",
        "git",
        "filesystem",
    ] {
        assert!(schema["properties"][key].is_object(), "{key}");
    }
    assert_eq!(schema["additionalProperties"], false);
}

/// The main job in one command, without any network.
#[test]
fn the_demo_comes_out_as_it_should() {
    let world = world_or_skip!(User::Ordinary);
    demo(&world);
}

#[test]
fn the_demo_comes_out_as_it_should_for_the_caller() {
    let world = world_or_skip!(User::Caller);
    demo(&world);
}

fn demo(world: &World) {
    let said = world.bottle(&["demo"]);
    assert!(said.ok().contains("All as it should be"), "{said:#?}");
    let rows: Vec<Value> = world
        .bottle(&["demo", "--json"])
        .ok()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert!(rows.len() > 8, "{rows:#?}");
    assert!(
        Path::new(&world.project())
            .read_dir()
            .unwrap()
            .next()
            .is_none()
    );
}
