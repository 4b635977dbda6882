// SPDX-License-Identifier: Apache-2.0 OR MIT
// Copyright the bot-bottle authors
//! Whether a process kept hold of a file in the moment in which it was bare: a descriptor, or
//! another name, stays good when the mount is back. Only looks.
//!
//! A descriptor without writing that is on its way in a socket's queue is not found.

use std::fs::{self, File, Metadata};
use std::io;
use std::os::fd::AsFd as _;
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;

use nix::poll::{PollTimeout, poll};

use super::guard::as_command;
use crate::sys::mounts::open_place;
use crate::sys::process::{Lease, read_lease};

/// Whoever replaced the file may be about to close it.
const TRIES: u32 = 20;
const PAUSE: u8 = 5;

/// What makes a file that was put there unsafe to go on with, if anything does. `file` is what
/// stands at `path`, and `mount` what now guards it. A lease is given to
/// the `owner` alone.
pub(super) fn captured(
    path: &Path,
    file: &Metadata,
    mount: u64,
    owner: u32,
) -> Option<&'static str> {
    if file.nlink() > 1 {
        return Some("it has another name");
    }
    let mut found = None;
    for _ in 0..TRIES {
        found = if is_held(file, mount) {
            Some("a process in the bottle kept it open")
        } else if as_command(owner, || is_written(path)) {
            Some("somebody has it open for writing")
        } else {
            return None;
        };
        // Nothing is waited for; only time passes. A git that reads its configuration is soon
        // done with it.
        let _ = poll(&mut [], PollTimeout::from(PAUSE));
    }
    found
}

/// Whether a process that we see has it open by another way than through our mount.
fn is_held(file: &Metadata, mount: u64) -> bool {
    let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
    let own = std::process::id().to_string();
    let mut others = processes.filter(|process| {
        let name = process.file_name();
        let name = name.to_string_lossy();
        name.bytes().all(|byte| byte.is_ascii_digit()) && name != own
    });
    others.any(|process| holds(&process.path(), file, mount))
}

fn holds(process: &Path, file: &Metadata, mount: u64) -> bool {
    let descriptors = fs::read_dir(process.join("fd")).into_iter().flatten();
    descriptors.flatten().any(|descriptor| {
        let same = fs::metadata(descriptor.path())
            .is_ok_and(|open| (open.dev(), open.ino()) == (file.dev(), file.ino()));
        same && mount_of(&process.join("fdinfo").join(descriptor.file_name())) != Some(mount)
    })
}

fn mount_of(info: &Path) -> Option<u64> {
    let text = fs::read_to_string(info).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("mnt_id:"))?;
    line.trim().parse().ok()
}

/// Only with nobody writing is a lease for reading given. Where the file system knows no
/// leases, or the file is another user's, there is no answer.
fn is_written(path: &Path) -> bool {
    let flags = libc::O_RDONLY | libc::O_NOFOLLOW | libc::O_NONBLOCK;
    let Ok(file) = open_place(path, flags).map(File::from) else {
        return false;
    };
    let taken = read_lease(file.as_fd(), Lease::Take);
    if taken.is_ok() {
        // Closing the file gives it back as well.
        let _ = read_lease(file.as_fd(), Lease::GiveBack);
    }
    taken.is_err_and(|error| error.kind() == io::ErrorKind::WouldBlock)
}
