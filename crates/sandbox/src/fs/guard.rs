// SPDX-License-Identifier: Apache-2.0 OR MIT
// Copyright the bot-bottle authors
//! Closes down what the trees brought along: hidden paths, protected paths, sockets of the
//! host, the dangerous parts of `/proc`. Runs last, on the finished tree.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::os::fd::AsFd as _;
use std::os::unix::fs::FileTypeExt as _;
use std::path::{Path, PathBuf};

use nix::unistd::{Gid, Uid, setfsgid, setfsuid};

use super::sources::Sources;
use super::{git, host_sockets, place, root};
use crate::failure::{Blame as _, Outcome, Step};
use crate::spec::Spec;
use crate::sys::mounts::{ATTR_RDONLY, Depth, restrict};

const PROC_READ_ONLY: [&str; 7] = [
    "/proc/sys",
    "/proc/sysrq-trigger",
    "/proc/irq",
    "/proc/bus",
    "/proc/fs",
    "/proc/acpi",
    "/proc/scsi",
];
const PROC_HIDDEN: [&str; 6] = [
    "/proc/kcore",
    "/proc/keys",
    "/proc/key-users",
    "/proc/timer_list",
    "/proc/latency_stats",
    "/proc/sched_debug",
];

/// Does all of it; returns the git files that could not be protected. `command` is the
/// command's user in the outer user namespace.
pub(super) fn close_down(spec: &Spec, sources: &Sources, command: u32) -> Outcome<Vec<PathBuf>> {
    let mut protect = spec.protect.clone();
    let mut unprotected = Vec::new();
    for tree in &spec.writable {
        let found = git::find(tree)?;
        make_missing(&found, command)?;
        protect.extend(found.protect);
        unprotected.extend(found.unprotected);
    }
    protect_all(spec, &protect)?;
    let blank = Blank::new()?;
    for path in &spec.hidden {
        hide(&blank, path)?;
    }
    cover_sockets(spec, sources, &blank)?;
    narrow_proc(&blank)?;
    Ok(unprotected)
}

/// Made as the command's user, so that the host sees the tree's own owner.
fn make_missing(found: &git::Git, command: u32) -> Outcome<()> {
    if found.make_directory.is_empty() && found.make_file.is_empty() {
        return Ok(());
    }
    setfsgid(Gid::from_raw(command));
    setfsuid(Uid::from_raw(command));
    let directories = found
        .make_directory
        .iter()
        .map(|path| (path, fs::create_dir(path)));
    let files = found
        .make_file
        .iter()
        .map(|path| (path, File::create_new(path).map(drop)));
    let made = directories.chain(files).try_for_each(|(path, made)| {
        made.blame(Step::Mounts, || format!("make {}", path.display()))
    });
    setfsuid(Uid::from_raw(0));
    setfsgid(Gid::from_raw(0));
    made
}

/// Binds each path read-only, after pinning every directory between it and its tree: with only
/// the path bound, its parent could be renamed and another put in its place.
fn protect_all(spec: &Spec, paths: &[PathBuf]) -> Outcome<()> {
    let present: BTreeSet<&PathBuf> = paths
        .iter()
        .filter(|path| fs::symlink_metadata(path).is_ok())
        .collect();
    let mut pins = BTreeSet::new();
    for path in &present {
        let Some(tree) = innermost(spec, path) else {
            continue;
        };
        let between = path
            .ancestors()
            .skip(1)
            .take_while(|part| part.starts_with(tree) && *part != tree);
        pins.extend(between);
    }
    // A set of paths is ordered parents first.
    for pin in pins {
        place::pin(pin)?;
    }
    for path in present {
        place::freeze(path)?;
        if let Some(target) = other_name(path) {
            place::freeze(&target)?;
        }
    }
    Ok(())
}

/// The writable tree that a path lies in.
fn innermost<'a>(spec: &'a Spec, path: &Path) -> Option<&'a Path> {
    let around = spec.writable.iter().filter(|tree| path.starts_with(tree));
    around
        .max_by_key(|tree| tree.components().count())
        .map(PathBuf::as_path)
}

/// Where a path leads if links are followed, if that is elsewhere.
fn other_name(path: &Path) -> Option<PathBuf> {
    let target = fs::canonicalize(path).ok()?;
    let link = fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_symlink());
    let safe = !target.starts_with("/proc") && !target.starts_with("/dev");
    (link && safe).then_some(target)
}

/// Something empty that cannot be read, as a file and as a directory, by path: before Linux
/// 6.15 only an attached tree can be copied.
struct Blank {
    file: PathBuf,
    directory: PathBuf,
}

impl Blank {
    fn new() -> Outcome<Self> {
        Ok(Self {
            file: root::blank_file()?,
            directory: root::blank_directory()?,
        })
    }

    fn cover(&self, path: &Path) -> Outcome<()> {
        let is_directory = fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_dir());
        let original = if is_directory {
            &self.directory
        } else {
            &self.file
        };
        let tree = root::detached(original)
            .and_then(|tree| restrict(tree.as_fd(), ATTR_RDONLY, Depth::One).map(|()| tree))
            .blame(Step::Mounts, || format!("cover {}", path.display()))?;
        place::cover(tree.as_fd(), path)
    }
}

fn hide(blank: &Blank, path: &Path) -> Outcome<()> {
    if fs::symlink_metadata(path).is_err() {
        return Ok(());
    }
    // The target first: once the link is covered it leads nowhere.
    if let Some(target) = other_name(path) {
        blank.cover(&target)?;
    }
    blank.cover(path)
}

fn cover_sockets(spec: &Spec, sources: &Sources, blank: &Blank) -> Outcome<()> {
    let mut paths: BTreeSet<PathBuf> = sources.host_sockets.iter().cloned().collect();
    for tree in spec.writable.iter().chain(&spec.read_only) {
        paths.extend(host_sockets::below(tree));
    }
    let is_socket = |path: &PathBuf| {
        fs::symlink_metadata(path).is_ok_and(|metadata| metadata.file_type().is_socket())
    };
    for path in paths.into_iter().filter(is_socket) {
        blank.cover(&path)?;
    }
    Ok(())
}

fn narrow_proc(blank: &Blank) -> Outcome<()> {
    for path in PROC_READ_ONLY.map(Path::new) {
        if path.exists() {
            place::freeze(path)?;
        }
    }
    for path in PROC_HIDDEN.map(Path::new) {
        if path.exists() {
            blank.cover(path)?;
        }
    }
    Ok(())
}
