//! `bottle logs`: what was let through and what was refused, for people and
//! for programs, and whether it is still what was written.

use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;

use bottle_test_support::{Handler, Upstream};
use serde_json::Value;

use crate::harness::{User, World, as_each_user, program_or_skip, world_or_skip};

/// One request that is let through and one that is refused.
fn a_run(world: &mut World) -> Upstream {
    let upstream = world.upstream("api.example.com", Handler::echo());
    world.routes(&["host: api.example.com"]);
    world
        .sh("curl -sS https://api.example.com/v1 && curl -sS https://collector.example.net/x")
        .ok();
    upstream
}

as_each_user! {
    fn a_run_is_shown_as_a_table_and_as_json(mut world) {
        program_or_skip!("curl");
        let _upstream = a_run(&mut world);
        let table = world.bottle(&["logs"]);
        let lines: Vec<&str> = table.ok().lines().collect();
        assert_eq!(lines.len(), 3, "{table:#?}");
        assert!(lines[1].contains("api.example.com:443/v1") && lines[1].contains("200"), "{table:#?}");
        assert!(lines[2].contains("unknown_host") && lines[2].contains("collector.example.net:443/x"), "{table:#?}");

        let json = world.bottle(&["logs", "--json"]);
        let events: Vec<Value> = json.ok().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let verdicts: Vec<_> = events.iter().map(|event| event["verdict"].as_str().unwrap()).collect();
        assert_eq!(verdicts, ["allow", "done", "deny"]);
        for event in &events {
            assert!(event["who"]["exe"].as_str().is_some_and(|exe| exe.ends_with("curl")), "{event:#}");
        }
    }

    fn a_log_is_private_and_its_chain_holds(mut world) {
        program_or_skip!("curl");
        let _upstream = a_run(&mut world);
        let said = world.bottle(&["logs", "--verify"]);
        assert!(said.ok().contains("3 events"), "{said:#?}");
        let mode = world.log_file().metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}

#[test]
fn a_log_that_was_changed_is_1() {
    program_or_skip!("curl");
    let mut world = world_or_skip!(User::Caller);
    let _upstream = a_run(&mut world);
    let path = world.log_file();
    let text = std::fs::read_to_string(&path).unwrap();
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let changes = [
        (
            "a host",
            text.replace("collector.example.net", "api.example.com"),
        ),
        ("a line is gone", [lines[0], lines[2]].concat()),
        (
            "two lines change places",
            [lines[1], lines[0], lines[2]].concat(),
        ),
        (
            "a line is there twice",
            [lines[0], lines[0], lines[1]].concat(),
        ),
        (
            "the last line is cut",
            text.trim_end_matches(['"', '}', '\n']).to_owned(),
        ),
    ];
    for (what, changed) in changes {
        std::fs::write(&path, changed).unwrap();
        let said = world.bottle(&["logs", "--verify"]);
        assert_eq!(said.code, 1, "{what}: {said:#?}");
    }
    std::fs::write(&path, text).unwrap();
    world.bottle(&["logs", "--verify"]).ok();
}

#[test]
fn the_last_run_is_shown_and_an_older_one_by_its_name() {
    program_or_skip!("curl");
    let mut world = world_or_skip!(User::Caller);
    world.routes(&["host: api.example.com"]);
    let upstream = world.upstream("api.example.com", Handler::echo());
    let mut names: Vec<PathBuf> = Vec::new();
    for path in ["/first", "/second", "/third"] {
        world
            .curl(&[&format!("https://api.example.com{path}")])
            .ok();
        names.push(world.log_file());
        let said = world.bottle(&["logs"]);
        assert!(said.ok().contains(path), "{said:#?}");
    }
    let first = names[0].file_stem().unwrap().to_string_lossy();
    let said = world.bottle(&["logs", "project", "--run", &first]);
    assert!(
        said.ok().contains("/first") && !said.says("/third"),
        "{said:#?}"
    );
    let file = names[1].to_string_lossy();
    let said = world.bottle(&["logs", "--file", &file]);
    assert!(said.ok().contains("/second"), "{said:#?}");
    assert_eq!(upstream.request_count(), 3);
    assert_eq!(world.bottle(&["logs", "no-such-bottle"]).code, 2);
}

#[test]
fn a_log_is_followed_while_the_run_goes_on() {
    program_or_skip!("curl");
    let mut world = world_or_skip!(User::Caller);
    let _upstream = world.upstream("api.example.com", Handler::echo());
    world.routes(&["host: api.example.com"]);
    let mut running = world.start_with_input(&["sh"]);
    running.write("echo ready\n");
    running.wait_for_stdout("ready");
    let table = world.start_bottle(&["logs", "--follow"]);
    let json = world.start_bottle(&["logs", "--follow", "--json"]);
    for path in ["/one", "/two"] {
        running.write(&format!(
            "curl -sS -o /dev/null https://api.example.com{path}\n"
        ));
        table.wait_for_stdout(path);
        json.wait_for_stdout(&format!("\"path\":\"{path}\""));
    }
    running.finish().ok();
}
