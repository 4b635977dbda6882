// SPDX-License-Identifier: Apache-2.0 OR MIT
// Copyright the bot-bottle authors
//! The last steps between the fork of PID 1 and the command's first instruction: streams, user,
//! privileges, Landlock, seccomp, exec. After them nothing of ours is left in the process.

use std::ffi::{CString, OsStr};
use std::os::fd::{AsFd as _, BorrowedFd, OwnedFd};
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};

use nix::sched::{CloneFlags, unshare};
use nix::sys::resource::{Resource, setrlimit};
use nix::unistd::{Pid, setpgid, tcsetpgrp};

use crate::failure::{Blame as _, Failure, Outcome, Step};
use crate::info::Users;
use crate::spec::Spec;
use crate::sys::process::{
    Dumpable, become_user, become_user_keeping_groups, close_on_exec_from, die_with_parent,
    empty_bounding_set, exec, keep_capabilities, no_new_privileges, set_dumpable, set_stream,
};
use crate::sys::signals;
use crate::users::Mapping;
use crate::{landlock_rules, seccomp};

/// Where a command without a `PATH` is looked up.
const DEFAULT_PATH: &str = "/usr/local/bin:/usr/bin:/bin";
/// Counted for the bottle's own users only.
const PROCESSES: u64 = 8192;

/// Where the command's streams and terminal come from.
pub(crate) struct Streams {
    pub(crate) fds: [OwnedFd; 3],
    pub(crate) terminal: Option<OwnedFd>,
}

/// All that the command needs to start.
pub(crate) struct Command<'a> {
    pub(crate) spec: &'a Spec,
    pub(crate) mapping: Mapping,
    pub(crate) streams: &'a Streams,
    pub(crate) landlock: u32,
    pub(crate) umask: nix::sys::stat::Mode,
}

/// Why the command does not run, and the exit code that says so.
pub(crate) struct Refusal {
    pub(crate) failure: Failure,
    pub(crate) code: u8,
}

impl From<Failure> for Refusal {
    fn from(failure: Failure) -> Self {
        Self { failure, code: 125 }
    }
}

impl Command<'_> {
    /// Becomes the command; returns only when it cannot.
    pub(crate) fn become_it(&self) -> Refusal {
        match self.prepare() {
            Ok(()) => self.exec(),
            Err(failure) => failure.into(),
        }
    }

    fn prepare(&self) -> Outcome<()> {
        self.group_and_terminal()?;
        for (to, from) in (0..).zip(&self.streams.fds) {
            set_stream(from.as_fd(), to).blame(Step::Pty, || format!("set stream {to}"))?;
        }
        limits()?;
        self.leave_privileges()?;
        nix::sys::stat::umask(self.umask);
        let cwd = &self.spec.cwd;
        std::env::set_current_dir(cwd).blame(Step::Cwd, || cwd.display().to_string())?;
        signals::reset().blame(Step::Privileges, || "reset signals".to_owned())?;
        landlock_rules::apply(self.spec, self.landlock)?;
        close_on_exec_from(3).blame(Step::Privileges, || "close descriptors".to_owned())?;
        seccomp::apply(self.mapping.users)
    }

    /// A process group of its own, in the terminal's foreground: were it in PID 1's, it would
    /// be orphaned and ^Z would be discarded.
    fn group_and_terminal(&self) -> Outcome<()> {
        let own = Pid::from_raw(0);
        setpgid(own, own).blame(Step::Pty, || "make a process group".to_owned())?;
        if let Some(terminal) = &self.streams.terminal {
            take_foreground(terminal.as_fd(), nix::unistd::getpid())?;
        }
        Ok(())
    }

    /// A user namespace of its own, under an ordinary user, and no capability even there.
    fn leave_privileges(&self) -> Outcome<()> {
        let outer = self.mapping.command_outer();
        let (uid, gid) = (self.mapping.command_uid(), self.mapping.command_gid());
        match self.mapping.users {
            Users::Shifted(_) => become_user(outer, outer),
            Users::Single => Ok(()),
        }
        .blame(Step::Privileges, || "become the command's user".to_owned())?;
        // Changing users made /proc/self root's; the maps below are written there.
        set_dumpable(Dumpable::Yes).blame(Step::Privileges, || "become dumpable".to_owned())?;
        unshare(CloneFlags::CLONE_NEWUSER).blame(Step::Namespaces, || {
            "make the command's user namespace".to_owned()
        })?;
        self.mapping.write_inner()?;
        become_user_keeping_groups(uid, gid)
            .and_then(|()| die_with_parent())
            .and_then(|()| empty_bounding_set())
            .and_then(|()| keep_capabilities(0))
            .and_then(|()| no_new_privileges())
            .blame(Step::Privileges, || "drop all capabilities".to_owned())
    }

    fn exec(&self) -> Refusal {
        match self.exec_candidates() {
            Ok(refusal) => refusal,
            Err(_) => Failure::new(Step::Exec, "a NUL byte in the command line").into(),
        }
    }

    fn exec_candidates(&self) -> Result<Refusal, std::ffi::NulError> {
        let text = |text: &OsStr| CString::new(text.as_bytes());
        let argv = self.spec.argv.iter().map(|argument| text(argument));
        let argv = argv.collect::<Result<Vec<_>, _>>()?;
        let env =
            self.spec.env.iter().map(|(name, value)| {
                CString::new([name.as_bytes(), b"=", value.as_bytes()].concat())
            });
        let env = env.collect::<Result<Vec<_>, _>>()?;
        let Some(name) = self.spec.argv.first() else {
            return Ok(Failure::new(Step::Exec, "no command").into());
        };
        let mut refusal = not_found(name, libc::ENOENT);
        for program in self.candidates(name) {
            let error = exec(&text(program.as_os_str())?, &argv, &env);
            let errno = error.raw_os_error().unwrap_or(libc::EIO);
            if is_missing(errno) && !program.exists() {
                continue;
            }
            refusal = not_executable(&program, errno);
            if errno != libc::EACCES {
                break;
            }
        }
        Ok(refusal)
    }

    /// As execvp(3): a name with a slash is a path, any other is looked up.
    fn candidates(&self, name: &OsStr) -> Vec<PathBuf> {
        if name.as_bytes().contains(&b'/') {
            return vec![PathBuf::from(name)];
        }
        let path = self.spec.env.iter().find(|(key, _)| key == "PATH");
        let path = path.map_or_else(|| OsStr::new(DEFAULT_PATH), |(_, value)| value);
        std::env::split_paths(path)
            .map(|directory| directory.join(name))
            .collect()
    }
}

/// Makes a process group the one that the terminal's keys go to.
pub(crate) fn take_foreground(terminal: BorrowedFd<'_>, group: Pid) -> Outcome<()> {
    tcsetpgrp(terminal, group).blame(Step::Pty, || "give the terminal to the command".to_owned())
}

fn is_missing(errno: i32) -> bool {
    matches!(errno, libc::ENOENT | libc::ENOTDIR)
}

fn not_found(name: &OsStr, errno: i32) -> Refusal {
    refuse(Path::new(name), errno, 127)
}

fn not_executable(program: &Path, errno: i32) -> Refusal {
    refuse(program, errno, 126)
}

fn refuse(program: &Path, errno: i32, code: u8) -> Refusal {
    let failure = Failure {
        step: Step::Exec,
        detail: program.display().to_string(),
        errno: Some(errno),
    };
    Refusal { failure, code }
}

fn limits() -> Outcome<()> {
    setrlimit(Resource::RLIMIT_CORE, 0, 0).blame(Step::Limits, || "no core files".to_owned())?;
    let (soft, hard) = nix::sys::resource::getrlimit(Resource::RLIMIT_NPROC)
        .blame(Step::Limits, || "read the process limit".to_owned())?;
    setrlimit(
        Resource::RLIMIT_NPROC,
        soft.min(PROCESSES),
        hard.min(PROCESSES),
    )
    .blame(Step::Limits, || "limit processes".to_owned())
}
