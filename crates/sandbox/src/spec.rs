// SPDX-License-Identifier: Apache-2.0 OR MIT
// Copyright the bot-bottle authors
//! What a bottle is to be: plain data that the caller fills in. Says nothing of how it is
//! enforced, and reads nothing from the machine.

use std::ffi::OsString;
use std::os::fd::OwnedFd;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// One bottle to launch. Paths are absolute host paths, and mean the same inside.
#[derive(Debug, Serialize, Deserialize)]
pub struct Spec {
    /// A program that calls [`run_if_helper`](crate::run_if_helper) first thing in `main`;
    /// normally `/proc/self/exe`.
    pub helper: PathBuf,
    /// The command and its arguments; the command is looked up in the bottle's own `PATH`.
    pub argv: Vec<OsString>,
    /// The whole environment: nothing of the caller's is added.
    pub env: Vec<(OsString, OsString)>,
    /// Where the command starts.
    pub cwd: PathBuf,
    /// A private, empty, writable directory at this path, whatever the host has there.
    pub home: PathBuf,
    /// More host trees or files to show, read-only.
    pub read_only: Vec<PathBuf>,
    /// Host trees that the command may change.
    pub writable: Vec<PathBuf>,
    /// Paths covered by something empty that cannot be read. One that does not exist is skipped.
    pub hidden: Vec<PathBuf>,
    /// Paths inside writable trees that cannot be changed, nor moved away with a parent.
    /// One that does not exist is skipped.
    pub protect: Vec<PathBuf>,
    /// Files with contents of the caller's.
    pub files: Vec<File>,
    /// The host name seen inside.
    pub hostname: String,
    /// What the command's standard streams are.
    #[serde(skip)]
    pub stdio: Stdio,
}

/// One file put into the bottle over whatever the host has at its path.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct File {
    /// Where it appears. A path in a read-only system tree must exist on the host; one that
    /// does not is left out and named in [`Info::skipped_files`](crate::Info::skipped_files).
    pub path: PathBuf,
    /// What it holds.
    #[serde(skip)]
    pub content: Vec<u8>,
    /// Permission bits; the owner is the command's user.
    pub mode: u32,
    /// Whether the command may change its copy.
    pub access: Access,
}

/// Whether the command may change its copy of a [`File`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Access {
    /// The command may change it; the change ends with the bottle.
    Private,
    /// The command cannot change it.
    ReadOnly,
}

/// The command's standard streams.
#[derive(Debug, Default)]
pub enum Stdio {
    /// The caller's own: each that is a terminal becomes the bottle's pty, the rest pass through.
    #[default]
    Inherit,
    /// These. The caller should drop its own copies, or readers never see the end.
    Piped {
        /// Standard input.
        stdin: OwnedFd,
        /// Standard output.
        stdout: OwnedFd,
        /// Standard error.
        stderr: OwnedFd,
    },
}
