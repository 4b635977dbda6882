// SPDX-License-Identifier: Apache-2.0 OR MIT
// Copyright the bot-bottle authors
//! Exit codes, and what the command finds itself to be.

use bottle_sandbox::{Error, Exit};

use crate::Test;
use crate::support::Trial;

pub(crate) const TESTS: &[Test] = &[
    ("exit_codes", exit_codes),
    ("not_found_is_127", not_found_is_127),
    ("not_executable_is_126", not_executable_is_126),
    (
        "ordinary_user_without_capabilities",
        ordinary_user_without_capabilities,
    ),
    ("nothing_inherited", nothing_inherited),
    ("orphans_are_reaped", orphans_are_reaped),
    ("streams_are_separate", streams_are_separate),
];

fn exit_codes() {
    for code in [0, 1, 7, 255] {
        let exit = Trial::script(&format!("exit {code}")).run().exit.unwrap();
        assert_eq!(i32::from(exit.code()), code);
    }
    let exit = Trial::script("kill -TERM $$").run().exit.unwrap();
    assert_eq!((exit, exit.code()), (Exit::Signal(15), 143));
}

fn not_found_is_127() {
    let error = Trial::new(&["no-such-command"]).run().exit.unwrap_err();
    assert!(matches!(error, Error::NotFound { .. }), "{error}");
    assert_eq!(error.exit_code(), 127);
}

fn not_executable_is_126() {
    let mut trial = Trial::new(&["./text"]).has("text", "no program");
    let error = trial.run().exit.unwrap_err();
    assert!(matches!(error, Error::NotExecutable { .. }), "{error}");
    assert_eq!(error.exit_code(), 126);
}

fn ordinary_user_without_capabilities() {
    let text = Trial::script("id -u; cat /proc/self/status; whoami").output();
    assert_ne!(text.lines().next().unwrap(), "0");
    for line in ["CapEff", "CapPrm", "CapBnd", "CapInh", "CapAmb"] {
        assert!(
            text.contains(&format!("{line}:\t0000000000000000")),
            "{text}"
        );
    }
    assert!(text.contains("NoNewPrivs:\t1"), "{text}");
    assert!(text.contains("Seccomp:\t2"), "{text}");
}

fn nothing_inherited() {
    let text =
        Trial::script("ls /proc/self/fd; env; trap; grep -E '^Sig(Blk|Ign)' /proc/self/status")
            .output();
    let fds = text.lines().take_while(|line| line.parse::<u32>().is_ok());
    // The fourth is the directory that ls reads.
    assert_eq!(fds.count(), 4, "{text}");
    assert!(!text.contains("HOME="), "{text}");
    assert!(text.contains("SigBlk:\t0000000000000000"), "{text}");
    assert!(text.contains("SigIgn:\t0000000000000000"), "{text}");
}

fn orphans_are_reaped() {
    let script = "for i in 1 2 3 4 5 6 7 8; do (true &) ; done; sleep 0.3; grep -l 'State:.Z' /proc/[0-9]*/status 2>/dev/null | wc -l";
    assert_eq!(Trial::script(script).output().trim(), "0");
}

fn streams_are_separate() {
    let outcome = Trial::script("echo out; echo err >&2").run();
    assert_eq!(
        (outcome.stdout.as_str(), outcome.stderr.as_str()),
        ("out\n", "err\n")
    );
}
