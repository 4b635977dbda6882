// SPDX-License-Identifier: Apache-2.0 OR MIT
// Copyright the bot-bottle authors
//! Ends and signals: whoever dies, nothing of the bottle is left; what the caller is told, the
//! command hears.
#![expect(clippy::disallowed_methods, reason = "a second caller, to be killed")]

use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use bottle_sandbox::{Error, launch};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use tempfile::TempDir;

use crate::Test;
use crate::support::{Trial, eventually, helper, processes_with};

/// Makes this program a caller that runs a script in a bottle.
pub(crate) const ARGUMENT: &str = "__caller";

pub(crate) const TESTS: &[Test] = &[
    ("killing_the_caller_leaves_nothing", killing_the_caller),
    ("killing_the_helper_leaves_nothing", killing_the_helper),
    (
        "dropping_a_launched_bottle_leaves_nothing",
        dropping_launched,
    ),
    (
        "killing_a_running_bottle_leaves_nothing",
        killing_a_running_bottle,
    ),
    ("the_command_ends_with_its_children", background_jobs_end),
    ("signals_reach_the_command", signals_reach_the_command),
    ("an_ending_thread_leaves_the_bottle_alive", an_ending_thread),
    (
        "a_program_that_is_no_helper_is_told",
        a_program_that_is_no_helper,
    ),
];

const SCRIPT: &str = "trap 'echo heard TERM; exit 7' TERM; trap 'echo heard HUP; exit 8' HUP; \
    trap 'echo heard INT; exit 9' INT; echo up; sleep 1000 & wait";

/// The caller's part. Its helper is named by a link in `directory`, so that it can be found.
pub(crate) fn run(directory: &str) -> i32 {
    let mut trial = Trial::script(SCRIPT);
    // What guards a repository is a file that has to go again.
    std::fs::create_dir_all(trial.path().join(".git/hooks")).unwrap();
    trial.spec.argv.push(directory.into());
    trial.spec.helper = PathBuf::from(directory).join("helper");
    let exit = launch(&trial.spec)
        .and_then(bottle_sandbox::Launched::start)
        .and_then(bottle_sandbox::Running::wait);
    match exit {
        Ok(exit) => exit.code().into(),
        Err(error) => {
            println!("{error}");
            error.exit_code().into()
        }
    }
}

struct Caller {
    directory: TempDir,
    child: Child,
    output: BufReader<std::process::ChildStdout>,
}

impl Caller {
    /// A caller whose command is up.
    fn start() -> Self {
        let directory = tempfile::Builder::new()
            .prefix("bottle-caller")
            .tempdir()
            .unwrap();
        std::os::unix::fs::symlink(helper(), directory.path().join("helper")).unwrap();
        let mut child = Command::new(helper())
            .args([ARGUMENT, directory.path().to_str().unwrap()])
            .env("TMPDIR", directory.path())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        let mut caller = Self {
            directory,
            child,
            output,
        };
        assert_eq!(caller.line(), "up\n");
        caller
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.output.read_line(&mut line).unwrap();
        line
    }

    fn word(&self) -> String {
        self.directory.path().to_str().unwrap().to_owned()
    }

    fn pid(&self) -> Pid {
        Pid::from_raw(self.child.id().cast_signed())
    }

    fn expect_nothing_left(&self) {
        let word = self.word();
        eventually("nothing left", || processes_with(&word) == 0);
    }

    /// The file that stands in the project's repository while there is a bottle.
    fn guards(&self) -> usize {
        let entries = std::fs::read_dir(self.directory.path()).unwrap();
        let guard = |entry: std::fs::DirEntry| entry.path().join(".git/commondir");
        entries
            .flatten()
            .map(guard)
            .filter(|path| path.exists())
            .count()
    }
}

fn killing_the_caller() {
    let mut caller = Caller::start();
    // The caller, the helper, PID 1 and the command.
    assert!(processes_with(&caller.word()) >= 4);
    assert_eq!(caller.guards(), 1);
    kill(caller.pid(), Signal::SIGKILL).unwrap();
    caller.child.wait().unwrap();
    caller.expect_nothing_left();
    assert_eq!(caller.guards(), 0);
}

fn killing_the_helper() {
    let mut caller = Caller::start();
    let caller_pid = caller.child.id().to_string();
    let helper = std::fs::read_dir("/proc").unwrap().flatten().find(|entry| {
        std::fs::read_to_string(entry.path().join("stat")).is_ok_and(|stat| {
            stat.rsplit(") ").next().unwrap().split(' ').nth(1) == Some(&caller_pid)
        })
    });
    let pid = helper
        .unwrap()
        .file_name()
        .to_str()
        .unwrap()
        .parse()
        .unwrap();
    kill(Pid::from_raw(pid), Signal::SIGKILL).unwrap();
    assert!(caller.line().contains("ended unexpectedly"));
    assert_eq!(caller.child.wait().unwrap().code(), Some(125));
    caller.expect_nothing_left();
}

fn dropping_launched() {
    let mut trial = Trial::script("true");
    let (_out, _err) = trial.piped();
    let link = trial.path().join("helper");
    std::os::unix::fs::symlink(helper(), &link).unwrap();
    trial.spec.helper.clone_from(&link);
    let launched = launch(&trial.spec).unwrap();
    let word = link.to_str().unwrap().to_owned();
    assert!(processes_with(&word) >= 2);
    drop(launched);
    eventually("nothing left", || processes_with(&word) == 0);
}

fn killing_a_running_bottle() {
    let mut trial = Trial::script("sleep 1000");
    let (_out, _err) = trial.piped();
    let word = trial.path().to_str().unwrap().to_owned();
    let running = launch(&trial.spec).unwrap().start().unwrap();
    assert!(running.id() > 0);
    assert!(processes_with(&word) >= 1);
    running.kill();
    eventually("nothing left", || processes_with(&word) == 0);
}

fn background_jobs_end() {
    let mut trial = Trial::script("sh -c 'trap \"\" TERM HUP; sleep 1000' \"$1\" & exit 3");
    let word = trial.path().to_str().unwrap().to_owned();
    assert_eq!(trial.run().exit.unwrap().code(), 3);
    eventually("nothing left", || processes_with(&word) == 0);
}

fn signals_reach_the_command() {
    for (signal, name, code) in [
        (Signal::SIGTERM, "TERM", 7),
        (Signal::SIGHUP, "HUP", 8),
        (Signal::SIGINT, "INT", 9),
    ] {
        let mut caller = Caller::start();
        kill(caller.pid(), signal).unwrap();
        assert_eq!(caller.line(), format!("heard {name}\n"));
        assert_eq!(caller.child.wait().unwrap().code(), Some(code));
        caller.expect_nothing_left();
    }
}

/// The tie is to the process, not to the thread that happened to launch.
fn an_ending_thread() {
    let mut trial = Trial::script("read line; echo alive");
    let (read, write) = crate::support::pipe();
    let (out, _err) = trial.piped();
    if let bottle_sandbox::Stdio::Piped { stdin, .. } = &mut trial.spec.stdio {
        *stdin = read;
    }
    let running = std::thread::scope(|scope| {
        let thread = scope.spawn(|| launch(&trial.spec).unwrap().start().unwrap());
        thread.join().unwrap()
    });
    trial.spec.stdio = bottle_sandbox::Stdio::Inherit;
    nix::unistd::write(&write, b"go\n").unwrap();
    assert_eq!(running.wait().unwrap().code(), 0);
    assert_eq!(crate::support::text(out), "alive\n");
}

fn a_program_that_is_no_helper() {
    let mut trial = Trial::script("true");
    trial.spec.helper = "/bin/true".into();
    let error = trial.run().exit.unwrap_err();
    assert!(matches!(error, Error::Lost { .. }), "{error}");
}
