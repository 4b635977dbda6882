// SPDX-License-Identifier: Apache-2.0 OR MIT
// Copyright the bot-bottle authors
//! Which host users stand behind the users of a bottle. Host user 0 never does: as kernel user
//! 0 the command could open root's files in /proc/sys for writing without any capability.

use std::fs;
use std::io::Read as _;
use std::os::fd::OwnedFd;

use nix::sys::signal::{Signal, kill};
use nix::sys::wait::waitpid;
use nix::unistd::{Pid, getegid, geteuid};

use crate::failure::{Blame as _, Outcome, Step};
use crate::info::Users;
use crate::sys::process::{Fork, fork_into};

/// What a root caller's command, or one without a name, is inside.
const ORDINARY: u32 = 1000;
/// Above the ranges that distributions and systemd give out, below the sign bit.
const SHIFT_FIRST: u32 = 0x7000_0000;
const SHIFT_SPAN: u32 = 0x0f00_0000;

/// The mapping of one bottle.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Mapping {
    pub(crate) users: Users,
    /// The caller, as seen by the helper.
    uid: u32,
    gid: u32,
}

impl Mapping {
    /// Chooses by who calls.
    pub(crate) fn choose() -> Outcome<Self> {
        let (uid, gid) = (geteuid().as_raw(), getegid().as_raw());
        let users = if uid == 0 && zero_is_host_root()? {
            Users::Shifted(SHIFT_FIRST + random()? % SHIFT_SPAN)
        } else {
            Users::Single
        };
        Ok(Self { users, uid, gid })
    }

    /// The command's user and group in the outer user namespace.
    pub(crate) fn command_outer(self) -> u32 {
        match self.users {
            Users::Shifted(_) => 1,
            Users::Single => 0,
        }
    }

    /// The command's user as it sees itself: never 0.
    pub(crate) fn command_uid(self) -> u32 {
        if self.uid == 0 { ORDINARY } else { self.uid }
    }

    /// The command's group as it sees itself.
    pub(crate) fn command_gid(self) -> u32 {
        match self.users {
            Users::Shifted(_) => ORDINARY,
            Users::Single if self.gid == 0 => ORDINARY,
            Users::Single => self.gid,
        }
    }

    /// Writes the maps of the outer user namespace of `pid`.
    pub(crate) fn write_outer(self, pid: i32) -> Outcome<()> {
        match self.users {
            Users::Shifted(base) => write_maps(
                &pid.to_string(),
                &format!("0 {base} 2"),
                &format!("0 {base} 2"),
            ),
            Users::Single => {
                deny_setgroups(&pid.to_string())?;
                let (uid, gid) = (self.uid, self.gid);
                write_maps(
                    &pid.to_string(),
                    &format!("0 {uid} 1"),
                    &format!("0 {gid} 1"),
                )
            }
        }
    }

    /// Writes the maps of the command's user namespace, from inside it.
    pub(crate) fn write_inner(self) -> Outcome<()> {
        let outer = self.command_outer();
        deny_setgroups("self")?;
        write_maps(
            "self",
            &format!("{} {outer} 1", self.command_uid()),
            &format!("{} {outer} 1", self.command_gid()),
        )
    }
}

fn write_maps(pid: &str, users: &str, groups: &str) -> Outcome<()> {
    for (file, map) in [("uid_map", users), ("gid_map", groups)] {
        let path = format!("/proc/{pid}/{file}");
        fs::write(&path, map).blame(Step::IdMap, || format!("write {map:?} to {path}"))?;
    }
    Ok(())
}

fn deny_setgroups(pid: &str) -> Outcome<()> {
    let path = format!("/proc/{pid}/setgroups");
    fs::write(&path, "deny").blame(Step::IdMap, || format!("write {path}"))
}

/// Whether our user 0 is user 0 of the host as well, so far as can be seen.
fn zero_is_host_root() -> Outcome<bool> {
    let map = fs::read_to_string("/proc/self/uid_map")
        .blame(Step::IdMap, || "read /proc/self/uid_map".to_owned())?;
    Ok(map.lines().any(|line| {
        let mut fields = line.split_whitespace();
        fields.next() == Some("0") && fields.next() == Some("0")
    }))
}

fn random() -> Outcome<u32> {
    let mut bytes = [0; 4];
    fs::File::open("/dev/urandom")
        .and_then(|mut source| source.read_exact(&mut bytes))
        .blame(Step::IdMap, || "read /dev/urandom".to_owned())?;
    Ok(u32::from_ne_bytes(bytes))
}

/// A user namespace that shows files of `owner` (user, group) as the host user `shown`.
/// Nobody lives in it: it only carries the map for an id-mapped mount.
pub(crate) fn owner_map(owner: (u32, u32), shown: u32) -> Outcome<OwnedFd> {
    let pid = match fork_into(libc::CLONE_NEWUSER)
        .blame(Step::Namespaces, || "create a user namespace".to_owned())?
    {
        Fork::Child => loop {
            nix::unistd::pause();
        },
        Fork::Parent(pid) => pid,
    };
    let made = map_and_open(pid, owner, shown);
    // It is our child and waits for a signal; it cannot have been reaped.
    let _ = kill(Pid::from_raw(pid), Signal::SIGKILL);
    let _ = waitpid(Pid::from_raw(pid), None);
    made
}

fn map_and_open(pid: i32, owner: (u32, u32), shown: u32) -> Outcome<OwnedFd> {
    write_maps(
        &pid.to_string(),
        &format!("{} {shown} 1", owner.0),
        &format!("{} {shown} 1", owner.1),
    )?;
    fs::File::open(format!("/proc/{pid}/ns/user"))
        .map(OwnedFd::from)
        .blame(Step::IdMappedMount, || "open the user namespace".to_owned())
}
