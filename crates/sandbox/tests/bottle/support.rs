// SPDX-License-Identifier: Apache-2.0 OR MIT
// Copyright the bot-bottle authors
//! A bottle to try, made in a few words.

use std::ffi::OsString;
use std::fs::File;
use std::io::Read as _;
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use bottle_sandbox::{Error, Exit, Spec, Stdio, launch};
use tempfile::TempDir;

pub(crate) fn helper() -> PathBuf {
    std::env::current_exe().unwrap()
}

/// A project directory, and a request for a bottle around it.
pub(crate) struct Trial {
    pub(crate) project: TempDir,
    pub(crate) spec: Spec,
}

pub(crate) struct Outcome {
    pub(crate) exit: Result<Exit, Error>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

pub(crate) fn pipe() -> (OwnedFd, OwnedFd) {
    nix::unistd::pipe2(nix::fcntl::OFlag::O_CLOEXEC).unwrap()
}

fn null() -> OwnedFd {
    File::options()
        .read(true)
        .write(true)
        .open("/dev/null")
        .unwrap()
        .into()
}

impl Trial {
    pub(crate) fn new(argv: &[&str]) -> Self {
        let project = tempfile::Builder::new()
            .prefix("bottle-test")
            .tempdir()
            .unwrap();
        let home = std::env::var_os("HOME").unwrap_or_else(|| "/root".into());
        let spec = Spec {
            helper: helper(),
            argv: argv.iter().map(OsString::from).collect(),
            env: vec![("PATH".into(), "/usr/local/bin:/usr/bin:/bin".into())],
            cwd: project.path().to_owned(),
            home: home.into(),
            read_only: vec![helper().parent().unwrap().to_owned()],
            writable: vec![project.path().to_owned()],
            hidden: Vec::new(),
            protect: Vec::new(),
            files: Vec::new(),
            hostname: "trial".to_owned(),
            stdio: Stdio::Inherit,
        };
        Self { project, spec }
    }

    /// A shell script, with the project as `$1`.
    pub(crate) fn script(script: &str) -> Self {
        let mut trial = Self::new(&["sh", "-c", script, "sh"]);
        trial.spec.argv.push(trial.path().into());
        trial
    }

    /// This program in the bottle, in the attacker's part.
    pub(crate) fn attack(name: &str) -> Self {
        let program = helper();
        Self::new(&[program.to_str().unwrap(), crate::attack::ARGUMENT, name])
    }

    pub(crate) fn path(&self) -> &Path {
        self.project.path()
    }

    pub(crate) fn has(self, name: &str, text: &str) -> Self {
        let path = self.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
        self
    }

    /// Sends the streams to pipes; returns the ends to read.
    pub(crate) fn piped(&mut self) -> (OwnedFd, OwnedFd) {
        let ((out, stdout), (err, stderr)) = (pipe(), pipe());
        self.spec.stdio = Stdio::Piped {
            stdin: null(),
            stdout,
            stderr,
        };
        (out, err)
    }

    pub(crate) fn run(&mut self) -> Outcome {
        let (out, err) = self.piped();
        let launched = launch(&self.spec);
        self.spec.stdio = Stdio::Inherit;
        let reading = std::thread::spawn(move || text(out));
        let reading_err = std::thread::spawn(move || text(err));
        let exit = launched.and_then(bottle_sandbox::Launched::start);
        let exit = exit.and_then(bottle_sandbox::Running::wait);
        Outcome {
            exit,
            stdout: reading.join().unwrap(),
            stderr: reading_err.join().unwrap(),
        }
    }

    /// What the command wrote, once it has ended well.
    #[track_caller]
    pub(crate) fn output(&mut self) -> String {
        let outcome = self.run();
        assert_eq!(
            outcome.exit.unwrap(),
            Exit::Code(0),
            "{} {}",
            outcome.stdout,
            outcome.stderr
        );
        outcome.stdout
    }
}

pub(crate) fn text(from: OwnedFd) -> String {
    let mut text = Vec::new();
    let _ = File::from(from).read_to_end(&mut text);
    String::from_utf8_lossy(&text).into_owned()
}

/// Waits until something holds.
#[track_caller]
#[expect(clippy::disallowed_methods, reason = "polling for a condition")]
pub(crate) fn eventually(what: &str, mut holds: impl FnMut() -> bool) {
    let end = Instant::now() + Duration::from_secs(20);
    while !holds() {
        assert!(Instant::now() < end, "never: {what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Processes of the host whose command line holds a word.
pub(crate) fn processes_with(word: &str) -> usize {
    let entries = std::fs::read_dir("/proc").unwrap().flatten();
    entries
        .filter(|entry| {
            std::fs::read(entry.path().join("cmdline"))
                .is_ok_and(|line| String::from_utf8_lossy(&line).contains(word))
        })
        .count()
}
