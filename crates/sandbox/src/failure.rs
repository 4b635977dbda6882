// SPDX-License-Identifier: Apache-2.0 OR MIT
// Copyright the bot-bottle authors
//! What went wrong inside the helper, in a form that crosses the control socket.
//! It blames a step; [`crate::error`] turns it into what the caller should do.

use std::fmt;
use std::io;

use serde::{Deserialize, Serialize};

/// A step of building the bottle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Step {
    /// Loopback, addresses and routes in the new network namespace.
    Addresses,
    /// The rule that sends every TCP connection to one listener.
    Capture,
    /// The command's working directory.
    Cwd,
    /// Replacing the command's process image.
    Exec,
    /// Keeping what is protected so.
    Guard,
    /// Mapping the owner of a writable tree to the command's user.
    IdMappedMount,
    /// Mapping users into the new user namespace.
    IdMap,
    /// Landlock.
    Landlock,
    /// Resource limits.
    Limits,
    /// The file system tree.
    Mounts,
    /// Creating the namespaces.
    Namespaces,
    /// Dropping users, groups and capabilities.
    Privileges,
    /// The pseudo-terminal.
    Pty,
    /// The seccomp filter.
    Seccomp,
    /// The sockets that are handed to the engine.
    Sockets,
    /// What the caller asked for.
    Spec,
    /// Talking to the helper.
    Wire,
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Addresses => "bring up the bottle's loopback",
            Self::Capture => "install the capture rule",
            Self::Cwd => "enter the working directory",
            Self::Exec => "run the command",
            Self::Guard => "keep what is protected so",
            Self::IdMappedMount => "map the owner of a writable tree",
            Self::IdMap => "map users into the bottle",
            Self::Landlock => "apply Landlock",
            Self::Limits => "set resource limits",
            Self::Mounts => "build the bottle's file system",
            Self::Namespaces => "create the namespaces",
            Self::Privileges => "drop privileges",
            Self::Pty => "open the bottle's terminal",
            Self::Seccomp => "apply the seccomp filter",
            Self::Sockets => "open the bottle's sockets",
            Self::Spec => "accept the request",
            Self::Wire => "talk to the bottle's helper",
        })
    }
}

/// One step that failed, and on what.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Failure {
    pub(crate) step: Step,
    pub(crate) detail: String,
    pub(crate) errno: Option<i32>,
}

impl Failure {
    pub(crate) fn new(step: Step, detail: impl Into<String>) -> Self {
        Self {
            step,
            detail: detail.into(),
            errno: None,
        }
    }

    pub(crate) fn is(&self, errno: i32) -> bool {
        self.errno == Some(errno)
    }
}

pub(crate) type Outcome<T> = Result<T, Failure>;

/// Names the step that an operating system error belongs to.
pub(crate) trait Blame<T> {
    fn blame(self, step: Step, detail: impl FnOnce() -> String) -> Outcome<T>;
}

impl<T> Blame<T> for io::Result<T> {
    fn blame(self, step: Step, detail: impl FnOnce() -> String) -> Outcome<T> {
        self.map_err(|error| Failure {
            step,
            detail: match error.raw_os_error() {
                Some(_) => detail(),
                None => format!("{}: {error}", detail()),
            },
            errno: error.raw_os_error(),
        })
    }
}

impl<T> Blame<T> for nix::Result<T> {
    fn blame(self, step: Step, detail: impl FnOnce() -> String) -> Outcome<T> {
        self.map_err(io::Error::from).blame(step, detail)
    }
}
