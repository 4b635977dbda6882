// SPDX-License-Identifier: Apache-2.0 OR MIT
// Copyright the bot-bottle authors
//! Closes down what the trees brought along: hidden paths, protected paths, sockets of the
//! host, the dangerous parts of `/proc`. Runs last, on the finished tree.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{ErrorKind, Write as _};
use std::os::fd::AsFd as _;
use std::os::unix::fs::{FileTypeExt as _, MetadataExt as _};
use std::path::{Path, PathBuf};

use nix::fcntl::{Flock, FlockArg};
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

/// What the caller has to know, and PID 1 to keep.
#[derive(Default)]
pub(crate) struct Guarded {
    pub(crate) unprotected: Vec<PathBuf>,
    /// Files to remove when no bottle needs them any more.
    pub(crate) held: Vec<PathBuf>,
    /// Their locks, shared with other bottles.
    pub(crate) locks: Vec<Flock<File>>,
}

/// Does all of it. `command` is the command's user in the outer user namespace.
pub(super) fn close_down(spec: &Spec, sources: &Sources, command: u32) -> Outcome<Guarded> {
    let mut protect = spec.protect.clone();
    let mut guarded = Guarded::default();
    for tree in &spec.writable {
        let found = git::find(tree)?;
        as_command(command, || make_missing(&found, &mut guarded.locks))?;
        protect.extend(found.protect);
        guarded.unprotected.extend(found.unprotected);
        guarded.held.extend(found.hold);
    }
    // A path that the configuration names may lie outside of every writable tree.
    protect.retain(|path| innermost(spec, path).is_some());
    protect_all(spec, &protect)?;
    let blank = Blank::new()?;
    for path in &spec.hidden {
        hide(&blank, path)?;
    }
    cover_sockets(spec, sources, &blank)?;
    narrow_proc(&blank)?;
    Ok(guarded)
}

/// What is made in a tree is made as the command's user, so that the host sees its own owner.
fn as_command<T>(command: u32, make: impl FnOnce() -> T) -> T {
    setfsgid(Gid::from_raw(command));
    setfsuid(Uid::from_raw(command));
    let made = make();
    setfsuid(Uid::from_raw(0));
    setfsgid(Gid::from_raw(0));
    made
}

fn make_missing(found: &git::Git, locks: &mut Vec<Flock<File>>) -> Outcome<()> {
    let blame = |path: &Path| format!("make {}", path.display());
    for path in &found.make_directory {
        fs::create_dir(path).blame(Step::Mounts, || blame(path))?;
    }
    for path in &found.make_file {
        File::create_new(path).blame(Step::Mounts, || blame(path))?;
    }
    for path in &found.hold {
        locks.push(hold(path).blame(Step::Mounts, || blame(path))?);
    }
    Ok(())
}

/// Makes the file and locks it. Another bottle may remove it before we have the lock.
fn hold(path: &Path) -> std::io::Result<Flock<File>> {
    loop {
        match File::create_new(path).and_then(|mut file| file.write_all(git::COMMON_HERE)) {
            Err(error) if error.kind() != ErrorKind::AlreadyExists => return Err(error),
            Ok(()) | Err(_) => {}
        }
        let file = match File::open(path) {
            Err(error) if error.kind() == ErrorKind::NotFound => continue,
            other => other?,
        };
        let lock = Flock::lock(file, FlockArg::LockShared).map_err(|(_, errno)| errno)?;
        if lock.metadata()?.nlink() > 0 {
            return Ok(lock);
        }
    }
}

/// Removes what was held, unless another bottle still needs it or it is not ours any more.
pub(crate) fn release(held: &[PathBuf]) {
    for path in held {
        let ours = fs::read(path).is_ok_and(|text| text == git::COMMON_HERE);
        let Some(file) = ours.then(|| File::open(path).ok()).flatten() else {
            continue;
        };
        if let Ok(_lock) = Flock::lock(file, FlockArg::LockExclusiveNonblock) {
            // What stays is harmless, and the next bottle tries again.
            let _ = fs::remove_file(path);
        }
    }
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
