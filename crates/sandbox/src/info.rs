// SPDX-License-Identifier: Apache-2.0 OR MIT
// Copyright the bot-bottle authors
//! What of the walls stands on this machine. Reported, never guessed: each value comes from
//! the step that did it.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// What is in force in one bottle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Info {
    /// How TCP connections get to the engine.
    pub capture: Capture,
    /// IPv6 in the bottle.
    pub ipv6: Ipv6,
    /// The Landlock ABI that is enforced, or `None` where the kernel has none.
    pub landlock: Option<u32>,
    /// What `/proc` is.
    pub proc_view: ProcView,
    /// The user that the command runs as, as it sees itself.
    pub uid: u32,
    /// The group that the command runs as, as it sees itself.
    pub gid: u32,
    /// How the users in the bottle relate to the host's.
    pub users: Users,
    /// Files of the request that had no place to be put.
    pub skipped_files: Vec<PathBuf>,
    /// Files that a repository's configuration names and that do not exist: git on the host
    /// would obey them if the command made them.
    pub unprotected: Vec<PathBuf>,
    /// The git directories that were found, and the files that point to one.
    pub repositories: Vec<PathBuf>,
    /// Writable trees that are too large to be looked through: there may be more repositories
    /// in them, which are not protected.
    pub unsearched: Vec<PathBuf>,
}

/// How TCP connections to addresses beyond loopback get to the engine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Capture {
    /// No nftables here: only these ports are captured, all others are refused.
    FixedPorts(Vec<u16>),
    /// Every port, by an nftables TPROXY rule.
    Tproxy,
}

/// IPv6 in the bottle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ipv6 {
    /// The kernel has none: nothing to capture.
    Absent,
    /// Captured as IPv4 is.
    Captured,
}

/// What the bottle's `/proc` is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ProcView {
    /// The bottle's own processes only.
    Own,
    /// The caller's, because this machine refuses a new one: the command lines of other
    /// processes can be read.
    Outer,
}

/// How the users in the bottle relate to the host's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Users {
    /// The caller is root: the bottle's users are otherwise unused ones, from this host user on.
    Shifted(u32),
    /// The caller's own user, and no other.
    Single,
}
