//! `bottle run`: the exit codes are a contract, and so are the streams.

use std::process::Stdio;

use crate::harness::{Running, User, World, as_each_user, world_or_skip};

as_each_user! {
    fn the_commands_own_exit_code_is_passed_on(world) {
        for code in [0, 1, 7, 77, 125, 255] {
            assert_eq!(world.sh(&format!("exit {code}")).code, code);
        }
    }

    fn a_command_that_is_not_there_is_127(world) {
        for command in ["no-such-program", "/no/such/program", "./no-such-program"] {
            let said = world.run(&[command]);
            assert_eq!(said.code, 127, "{said:#?}");
            assert!(said.stderr.contains("not found"), "{said:#?}");
        }
    }

    fn a_command_that_cannot_be_run_is_126(world) {
        world.write("project/data", "no program");
        for command in ["./data", "/etc/passwd"] {
            let said = world.run(&[command]);
            assert_eq!(said.code, 126, "{said:#?}");
            assert!(said.stderr.contains(command), "{said:#?}");
        }
    }

    fn a_signal_that_ends_the_command_is_128_and_its_number(world) {
        for (signal, code) in [("TERM", 143), ("KILL", 137), ("INT", 130), ("HUP", 129)] {
            let said = world.sh(&format!("kill -{signal} $$"));
            assert_eq!(said.code, code, "{said:#?}");
        }
    }

    fn a_signal_is_passed_on_to_the_command(world) {
        let running = world.start(&[
            "sh", "-c", "trap 'echo told; exit 9' TERM; echo ready; while :; do sleep 0.05; done",
        ]);
        running.wait_for_stdout("ready");
        send(&world, "TERM", &running);
        let said = running.finish();
        assert_eq!((said.code, said.stdout.as_str()), (9, "ready\ntold\n"), "{said:#?}");
    }

    /// What the audit log cannot take does not happen.
    fn a_failure_of_ours_is_125(mut world) {
        world.env("XDG_STATE_HOME", "/dev/null/nowhere");
        let said = world.sh("echo ran");
        assert_eq!(said.code, 125, "{said:#?}");
        assert!(said.stderr.contains("/dev/null/nowhere"), "{said:#?}");
        assert!(!said.says("ran\n"), "{said:#?}");
    }

    /// No machine is needed for it that forbids sandboxes: a bottle does.
    fn a_machine_that_permits_no_sandbox_is_77(world) {
        let bottle = std::fs::read(env!("CARGO_BIN_EXE_bottle")).unwrap();
        world.write("project/bottle", bottle);
        let said = world.sh("chmod +x bottle && ./bottle run -- sh -c 'echo ran'");
        assert_eq!(said.code, 77, "{said:#?}");
        assert!(!said.says("ran\n"), "{said:#?}");
        assert!(said.stderr.contains("inside the bottle `project` already"), "{said:#?}");
    }
}

fn send(world: &World, signal: &str, to: &Running) {
    let mut command = world.host_command("/bin/sh".as_ref());
    command.args(["-c", &format!("kill -{signal} {}", to.pid())]);
    Running::start(&mut command, Stdio::null()).finish().ok();
}

#[test]
fn a_stop_of_the_terminal_ends_the_bottle_with_its_command() {
    let world = world_or_skip!(User::Caller);
    let mut running = world.start(&["sh", "-c", "echo ready; sleep 60"]);
    running.wait_for_stdout("ready");
    running.kill();
    // The pipe closes when nothing in the bottle is left to hold it.
    let said = running.finish();
    assert_eq!((said.code, said.stdout.as_str()), (137, "ready\n"));
}

#[test]
fn streams_pass_through_unchanged() {
    let world = world_or_skip!(User::Caller);
    let mut running = world.start_with_input(&["sh", "-c", "cat; echo apart >&2"]);
    running.write("one\r\ntwo\tthree\u{1}\n");
    let said = running.finish();
    assert_eq!(said.ok(), "one\r\ntwo\tthree\u{1}\n");
    assert_eq!(said.stderr, "apart\n");
}

#[test]
fn the_commands_words_are_its_own() {
    let world = world_or_skip!(User::Caller);
    let words = ["-f", "--help", "--", "--connect-to", "a b", "", "*"];
    let argv = [&["printf", "[%s]"][..], &words].concat();
    let all = "[-f][--help][--][--connect-to][a b][][*]";
    assert_eq!(world.run(&argv).ok(), all);
    // Also without the two dashes, once the command is named.
    let said = world.bottle(&[&["run"][..], &argv].concat());
    assert_eq!(said.ok(), all);
}

#[test]
fn an_unknown_option_is_no_command() {
    let world = world_or_skip!(User::Caller);
    for option in ["--conect-to", "-F", "--no-such-option"] {
        let said = world.bottle(&["run", option, "x", "--", "sh", "-c", "echo ran"]);
        assert_eq!(said.code, 2, "{said:#?}");
        assert!(said.stderr.contains(option), "{said:#?}");
        assert!(!said.says("ran\n"));
    }
}

#[test]
fn without_a_command_there_is_nothing_to_run() {
    let world = world_or_skip!(User::Caller);
    let said = world.bottle(&["run"]);
    assert_eq!(said.code, 2, "{said:#?}");
    assert!(said.stderr.contains("agent.command"), "{said:#?}");
}

#[test]
fn a_manifest_names_the_command() {
    let world = world_or_skip!(User::Caller);
    world.manifest(
        "version: 1\nname: app\nagent: { command: [sh, -c, 'echo $MODE $BOTTLE'], env: { MODE: test } }\n",
    );
    assert_eq!(world.run(&[]).ok(), "test app\n");
}

#[test]
fn a_program_that_reads_our_stderr_gets_the_commands() {
    let world = world_or_skip!(User::Caller);
    let said = world.sh("echo out; echo err >&2");
    assert_eq!((said.ok(), said.stderr.as_str()), ("out\n", "err\n"));
}

/// An agent that draws on the terminal wipes what was said before it.
#[test]
fn a_secret_that_is_not_looked_for_is_told_again_at_the_end() {
    let world = world_or_skip!(User::Caller);
    world.write("project/.env", "PORT=3000\nMODE=development\n");
    world.manifest(
        "version: 1\ninspect: { secrets: [env:STRIPE_KYE, \"file:.envv\", \"file:.env\"] }\n",
    );
    let said = world.sh("echo drawn >&2");
    said.ok();
    let (before, after) = said.stderr.split_once("drawn\n").unwrap();
    assert_eq!(before, after);
    insta::assert_snapshot!(before, @r"
    bottle: env:STRIPE_KYE is not looked for: the variable is not set
    bottle: file:.envv is not looked for: No such file or directory (os error 2)
    bottle: nothing of file:.env is looked for: no name or value in it looks like a secret's
    ");
}
