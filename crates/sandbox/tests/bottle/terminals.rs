// SPDX-License-Identifier: Apache-2.0 OR MIT
// Copyright the bot-bottle authors
//! The command's terminal, seen from the terminal of a person: a pty that the test drives, on
//! which this program runs a bottle, with or without a small job-control shell between.
#![expect(unsafe_code, reason = "one terminal request has no safe wrapper")]
#![expect(
    clippy::disallowed_methods,
    reason = "a second caller, on a terminal of its own"
)]

use std::fs::File;
use std::io::{Read as _, Write as _};
use std::os::fd::{AsRawFd as _, OwnedFd};
use std::os::unix::process::CommandExt as _;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::Arc;

use bottle_sandbox::launch;
use nix::pty::{Winsize, openpty};
use nix::sys::signal::{SigSet, SigmaskHow, Signal, killpg, sigprocmask};
use nix::sys::termios::{LocalFlags, OutputFlags, tcgetattr};
use nix::sys::wait::{WaitPidFlag, WaitStatus, waitpid};
use nix::unistd::{Pid, tcsetpgrp};
use parking_lot::Mutex;

use crate::Test;
use crate::support::{Trial, eventually, helper};

/// Makes this program a caller on a terminal: `direct SCRIPT` or `shell SCRIPT`.
pub(crate) const ARGUMENT: &str = "__terminal";
const CALLER: &str = "call ";
const SHELL: &str = "shell ";
const LEADER: &str = "lead ";

pub(crate) const TESTS: &[Test] = &[
    ("the_command_has_a_terminal_of_its_own", own_terminal),
    ("size_and_resize", size_and_resize),
    ("interrupt_key", interrupt_key),
    ("stop_key_and_fg", stop_key_and_fg),
    ("stop_key_without_a_shell", stop_key_without_a_shell),
    ("job_control_inside", job_control_inside),
    ("much_output_is_whole", much_output_is_whole),
    ("a_piped_stream_stays_a_pipe", a_piped_stream_stays_a_pipe),
    ("hang_up_ends_the_command", hang_up_ends_the_command),
    ("the_terminal_is_put_back", the_terminal_is_put_back),
];

/// The part on the terminal.
pub(crate) fn run(words: &str) -> i32 {
    if let Some(script) = words.strip_prefix(LEADER) {
        lead();
        return call(script);
    }
    if let Some(script) = words.strip_prefix(SHELL) {
        lead();
        return shell(script);
    }
    call(words.strip_prefix(CALLER).unwrap())
}

/// A new session, with standard input as its terminal.
fn lead() {
    nix::unistd::setsid().unwrap();
    let name = std::fs::read_link("/proc/self/fd/0").unwrap();
    drop(File::open(name).unwrap());
}

fn call(script: &str) -> i32 {
    let trial = Trial::script(script);
    let running = launch(&trial.spec).unwrap().start().unwrap();
    running.wait().unwrap().code().into()
}

/// Job control as a shell does it: says when the job stops, goes on with it at the next line.
fn shell(script: &str) -> i32 {
    let mut quiet = SigSet::empty();
    quiet.add(Signal::SIGTTOU);
    sigprocmask(SigmaskHow::SIG_BLOCK, Some(&quiet), None).unwrap();
    let mut command = Command::new(helper());
    command
        .args([ARGUMENT, &format!("{CALLER}{script}")])
        .process_group(0);
    let job = Pid::from_raw(command.spawn().unwrap().id().cast_signed());
    let own = nix::unistd::getpgrp();
    loop {
        tcsetpgrp(std::io::stdin(), job).unwrap();
        killpg(job, Signal::SIGCONT).unwrap();
        let status = waitpid(job, Some(WaitPidFlag::WUNTRACED)).unwrap();
        tcsetpgrp(std::io::stdin(), own).unwrap();
        match status {
            WaitStatus::Exited(_, code) => return code,
            WaitStatus::Stopped(..) => {
                let modes = tcgetattr(std::io::stdin()).unwrap();
                let cooked = modes.local_flags.contains(LocalFlags::ICANON);
                println!("job stopped, cooked: {cooked}");
                std::io::stdin().read_line(&mut String::new()).unwrap();
            }
            other => panic!("{other:?}"),
        }
    }
}

/// A person's terminal with a caller on it.
struct Person {
    master: Option<File>,
    slave: OwnedFd,
    child: Child,
    seen: Arc<Mutex<String>>,
}

impl Person {
    fn new(how: &str, script: &str, stdout: Option<Stdio>) -> Self {
        let pty = openpty(Some(&size(33, 77)), None).unwrap();
        let master = File::from(pty.master);
        let slave = || Stdio::from(pty.slave.try_clone().unwrap());
        let child = Command::new(helper())
            .args([ARGUMENT, &format!("{how}{script}")])
            .stdin(slave())
            .stdout(stdout.unwrap_or_else(slave))
            .stderr(slave())
            .spawn()
            .unwrap();
        let seen = Arc::new(Mutex::new(String::new()));
        let mut from = master.try_clone().unwrap();
        let to = Arc::clone(&seen);
        std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(count @ 1..) = from.read(&mut buffer) {
                to.lock()
                    .push_str(&String::from_utf8_lossy(&buffer[..count]));
            }
        });
        Self {
            master: Some(master),
            slave: pty.slave,
            child,
            seen,
        }
    }

    fn keys(&mut self, keys: &str) {
        self.master
            .as_mut()
            .unwrap()
            .write_all(keys.as_bytes())
            .unwrap();
    }

    #[track_caller]
    fn sees(&self, text: &str) {
        let what = format!("{text:?} on the terminal");
        let location = std::panic::Location::caller();
        let end = std::time::Instant::now() + std::time::Duration::from_secs(10);
        eventually(&what, || {
            let seen = self.seen.lock();
            assert!(
                std::time::Instant::now() < end,
                "{location}: no {what} but {seen:?}"
            );
            seen.contains(text)
        });
    }

    /// Until then keys are the shell's.
    fn awaits_raw(&self) {
        eventually("raw mode", || {
            let modes = tcgetattr(&self.slave).unwrap();
            !modes.local_flags.contains(LocalFlags::ICANON)
        });
    }

    fn resize(&self, rows: u16, columns: u16) {
        let size = size(rows, columns);
        let fd = self.master.as_ref().unwrap().as_raw_fd();
        // SAFETY: the request reads one `winsize`.
        let result = unsafe { libc::ioctl(fd, libc::TIOCSWINSZ, std::ptr::from_ref(&size)) };
        assert_eq!(result, 0);
    }

    fn end(&mut self) -> ExitStatus {
        let mut status = None;
        eventually("the caller ends", || {
            status = self.child.try_wait().unwrap();
            status.is_some()
        });
        status.unwrap()
    }
}

impl Drop for Person {
    /// A test that failed leaves its caller behind.
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn size(rows: u16, columns: u16) -> Winsize {
    Winsize {
        ws_row: rows,
        ws_col: columns,
        ws_xpixel: 0,
        ws_ypixel: 0,
    }
}

fn own_terminal() {
    let mut person = Person::new(
        LEADER,
        "tty; test -t 0 && test -t 1 && echo all; echo x > /dev/tty",
        None,
    );
    person.sees("/dev/pts/0");
    person.sees("all");
    assert_eq!(person.end().code(), Some(0));
}

fn size_and_resize() {
    let script =
        "stty size; trap 'stty size; exit 0' WINCH; echo ready; while :; do sleep 0.05; done";
    let mut person = Person::new(LEADER, script, None);
    person.sees("ready");
    assert!(person.seen.lock().starts_with("33 77"));
    person.resize(40, 100);
    person.sees("40 100");
    assert_eq!(person.end().code(), Some(0));
}

fn interrupt_key() {
    let mut person = Person::new(LEADER, "echo ready; exec sleep 1000", None);
    person.sees("ready");
    person.keys("\x03");
    assert_eq!(person.end().code(), Some(130));
}

fn stop_key_and_fg() {
    let mut person = Person::new(
        SHELL,
        "echo ready; read a; echo got $a; exec sleep 1000",
        None,
    );
    person.sees("ready");
    person.keys("\x1a");
    person.sees("job stopped, cooked: true");
    person.keys("fg\n");
    person.keys("word\n");
    person.sees("got word");
    // A second time, with a program that is no shell.
    person.seen.lock().clear();
    person.keys("\x1a");
    person.sees("job stopped, cooked: true");
    person.keys("fg\n");
    person.awaits_raw();
    person.keys("\x03");
    assert_eq!(person.end().code(), Some(130));
}

/// Nobody could continue us, so we must not stop.
fn stop_key_without_a_shell() {
    let mut person = Person::new(LEADER, "echo ready; read a; echo got $a", None);
    person.sees("ready");
    person.keys("\x1a");
    person.keys("word\n");
    person.sees("got word");
    assert_eq!(person.end().code(), Some(0));
}

fn job_control_inside() {
    let script = "set -m; sleep 1000 & kill -STOP %1; sleep 0.1; jobs; kill -KILL %1; sh -c 'echo fg job'; echo end";
    let mut person = Person::new(LEADER, script, None);
    person.sees("topped");
    person.sees("fg job");
    person.sees("end");
    assert_eq!(person.end().code(), Some(0));
}

fn much_output_is_whole() {
    let mut person = Person::new(
        LEADER,
        "i=0; while [ $i -lt 20000 ]; do echo line $i; i=$((i+1)); done",
        None,
    );
    assert_eq!(person.end().code(), Some(0));
    person.sees("line 19999");
    assert_eq!(person.seen.lock().matches("line ").count(), 20_000);
}

fn a_piped_stream_stays_a_pipe() {
    let (read, write) = crate::support::pipe();
    let script = "test -t 0 && test ! -t 1 && test -t 2 && echo piped; echo terminal >&2";
    let mut person = Person::new(LEADER, script, Some(write.into()));
    assert_eq!(crate::support::text(read), "piped\n");
    person.sees("terminal");
    assert_eq!(person.end().code(), Some(0));
}

fn hang_up_ends_the_command() {
    let mut person = Person::new(
        LEADER,
        "trap 'exit 0' HUP; echo ready; while :; do sleep 0.05; done",
        None,
    );
    person.sees("ready");
    nix::sys::signal::kill(
        Pid::from_raw(person.child.id().cast_signed()),
        Signal::SIGHUP,
    )
    .unwrap();
    assert_eq!(person.end().code(), Some(0));
}

fn the_terminal_is_put_back() {
    let fresh = Person::new(LEADER, "true", None);
    let before = tcgetattr(&fresh.slave).unwrap();
    for script in [
        "stty raw -echo; echo ready; exit 0",
        "stty raw; echo ready; kill -KILL $$",
    ] {
        let mut person = Person::new(LEADER, script, None);
        person.sees("ready");
        person.end();
        let after = tcgetattr(&person.slave).unwrap();
        assert_eq!(after.local_flags, before.local_flags);
        assert!(after.output_flags.contains(OutputFlags::OPOST));
    }
}
