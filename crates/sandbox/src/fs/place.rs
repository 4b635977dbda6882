// SPDX-License-Identifier: Apache-2.0 OR MIT
// Copyright the bot-bottle authors
//! Putting trees, directories and files at paths of the new root. Runs after the pivot, so a
//! path means what it will mean to the command, and no link can lead to the host.

use std::fs::{self, Permissions};
use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::os::unix::fs::{PermissionsExt as _, chown};
use std::path::{Path, PathBuf};

use nix::sys::stat::{SFlag, fstat};

use crate::failure::{Blame as _, Outcome, Step};
use crate::sys::mounts::{ATTR_RDONLY, Depth, attach, open_place, open_tree_at, restrict};

/// Who owns directories that are made on the way.
#[derive(Clone, Copy)]
pub(super) struct Owner(pub(super) u32);

/// Opens the very thing at a path: a mount if there is one, else a link rather than its target.
pub(super) fn open(path: &Path) -> io::Result<OwnedFd> {
    open_place(path, libc::O_PATH | libc::O_NOFOLLOW)
}

/// Attaches a detached tree, making the place for it where that is possible.
pub(super) fn put(tree: BorrowedFd<'_>, at: &Path, owner: Owner) -> Outcome<()> {
    let is_directory = fstat(tree)
        .map(|stat| SFlag::from_bits_truncate(stat.st_mode) & SFlag::S_IFMT == SFlag::S_IFDIR)
        .blame(Step::Mounts, || format!("look at {}", at.display()))?;
    if is_directory {
        directories(at, owner)?;
    } else {
        empty_file(at, owner)?;
    }
    cover(tree, at)
}

/// Attaches a detached tree on what is at a path now.
pub(super) fn cover(tree: BorrowedFd<'_>, at: &Path) -> Outcome<()> {
    open(at)
        .and_then(|place| attach(tree, place.as_fd()))
        .blame(Step::Mounts, || format!("mount on {}", at.display()))
}

/// Makes a directory and its parents; what is there stays as it is.
pub(super) fn directories(path: &Path, owner: Owner) -> Outcome<()> {
    for part in path.ancestors().collect::<Vec<_>>().into_iter().rev() {
        if part.exists() {
            continue;
        }
        fs::create_dir(part)
            .and_then(|()| fs::set_permissions(part, Permissions::from_mode(0o755)))
            .and_then(|()| chown(part, Some(owner.0), Some(owner.0)))
            .blame(Step::Mounts, || {
                format!("make the mount point {}", part.display())
            })?;
    }
    Ok(())
}

fn empty_file(path: &Path, owner: Owner) -> Outcome<()> {
    if fs::symlink_metadata(path).is_ok() {
        return Ok(());
    }
    if let Some(parent) = path.parent() {
        directories(parent, owner)?;
    }
    fs::write(path, "").blame(Step::Mounts, || {
        format!("make the mount point {}", path.display())
    })
}

/// Binds an open place on itself, so that it cannot be renamed or removed.
pub(super) fn pin(place: BorrowedFd<'_>) -> io::Result<()> {
    bind_on_itself(place, 0)
}

/// Binds an open place on itself, read-only.
pub(super) fn freeze(place: BorrowedFd<'_>) -> io::Result<()> {
    bind_on_itself(place, ATTR_RDONLY)
}

fn bind_on_itself(place: BorrowedFd<'_>, flags: u64) -> io::Result<()> {
    let tree = open_tree_at(place)?;
    restrict(tree.as_fd(), flags, Depth::Recursive)?;
    attach(tree.as_fd(), place)
}

/// Where a path leads if links are followed, if that is elsewhere.
pub(super) fn other_name(path: &Path) -> Option<PathBuf> {
    let target = fs::canonicalize(path).ok()?;
    let link = fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_symlink());
    let safe = !target.starts_with("/proc") && !target.starts_with("/dev");
    (link && safe).then_some(target)
}

/// Makes the one mount at a path read-only, leaving those below it.
pub(super) fn seal(path: &Path) -> Outcome<()> {
    open(path)
        .and_then(|mount| restrict(mount.as_fd(), ATTR_RDONLY, Depth::One))
        .blame(Step::Mounts, || {
            format!("make {} read-only", path.display())
        })
}
