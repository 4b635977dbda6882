// SPDX-License-Identifier: Apache-2.0 OR MIT
// Copyright the bot-bottle authors
//! Closes down what the trees brought along: hidden paths, protected paths, sockets of the
//! host, the dangerous parts of `/proc`. Runs last, on the finished tree.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{ErrorKind, Write as _};
use std::os::fd::AsFd as _;
use std::os::unix::fs::{FileTypeExt as _, MetadataExt as _};
use std::path::{Path, PathBuf};

use nix::fcntl::{Flock, FlockArg};
use nix::unistd::{Gid, Uid, setfsgid, setfsuid};

use super::blank::Blank;
use super::keeper::{self, Guard, Keeper};
use super::sources::Sources;
use super::{git, host_sockets, place};
use crate::failure::{Blame as _, Outcome, Step};
use crate::spec::Spec;

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

/// What the caller is told, in the words of [`Info`](crate::Info).
#[derive(Default)]
pub(crate) struct Told {
    pub(crate) unprotected: Vec<PathBuf>,
    pub(crate) repositories: Vec<PathBuf>,
    pub(crate) unsearched: Vec<PathBuf>,
}

/// What the caller has to know, and PID 1 to keep.
pub(crate) struct Guarded {
    pub(crate) keeper: Keeper,
    pub(crate) told: Told,
    /// Files to remove when no bottle needs them any more.
    pub(crate) held: Vec<PathBuf>,
    /// Their locks, shared with other bottles.
    pub(crate) locks: Vec<Flock<File>>,
}

/// Does all of it. `command` is the command's user in the outer user namespace.
pub(super) fn close_down(spec: &Spec, sources: &Sources, command: u32) -> Outcome<Guarded> {
    let mut guards = Guards::new(spec);
    let mut told = Told::default();
    let (mut held, mut locks) = (Vec::new(), Vec::new());
    let person = git::Person {
        home: &spec.home,
        settings: &sources.git_settings,
    };
    for path in &spec.protect {
        guards.protect(path);
    }
    for tree in &spec.writable {
        let found = git::find(tree, &person)?;
        let closed = as_command(command, || make_missing(&found, &mut locks))?;
        // A git directory that cannot be written to stays so: its owner could open it.
        for path in found.protect.iter().chain(&closed) {
            guards.protect(path);
        }
        told.unprotected.extend(found.unprotected);
        told.unsearched.extend(found.partly.then(|| tree.clone()));
        told.repositories.extend(found.repositories);
        held.extend(found.hold);
    }
    // What cannot be made need not be told.
    told.unprotected
        .retain(|path| innermost(spec, path).is_some());
    told.unprotected.sort_unstable();
    told.unprotected.dedup();
    for path in spec.hidden.iter().chain(&sockets(spec, sources)) {
        guards.hide(path);
    }
    let blank = Blank::new()?;
    guards.apply(&blank)?;
    narrow_proc(&blank)?;
    Ok(Guarded {
        keeper: Keeper::new(guards.paths, blank, command)?,
        told,
        held,
        locks,
    })
}

/// What is made in a tree is made as the command's user, so that the host sees its own owner.
pub(super) fn as_command<T>(command: u32, make: impl FnOnce() -> T) -> T {
    setfsgid(Gid::from_raw(command));
    setfsuid(Uid::from_raw(command));
    let made = make();
    setfsuid(Uid::from_raw(0));
    setfsgid(Gid::from_raw(0));
    made
}

/// Returns the directories in which the command's user may make nothing, as things are.
fn make_missing(found: &git::Git, locks: &mut Vec<Flock<File>>) -> Outcome<Vec<PathBuf>> {
    let mut closed = Vec::new();
    let mut made = |path: &Path, made: std::io::Result<()>| match made {
        Err(error) if is_closed(&error) => {
            closed.extend(path.parent().map(Path::to_owned));
            Ok(())
        }
        made => made.blame(Step::Mounts, || format!("make {}", path.display())),
    };
    for path in &found.make_directory {
        made(path, fs::create_dir(path))?;
    }
    for path in &found.make_file {
        made(path, File::create_new(path).map(drop))?;
    }
    for path in &found.hold {
        made(path, hold(path).map(|lock| locks.push(lock)))?;
    }
    Ok(closed)
}

fn is_closed(error: &std::io::Error) -> bool {
    let closed = [libc::EACCES, libc::EPERM, libc::EROFS, libc::EOVERFLOW];
    error
        .raw_os_error()
        .is_some_and(|errno| closed.contains(&errno))
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

/// What is to be done to which path, the strongest first said.
struct Guards<'a> {
    spec: &'a Spec,
    paths: BTreeMap<PathBuf, Guard>,
}

impl<'a> Guards<'a> {
    fn new(spec: &'a Spec) -> Self {
        Self {
            spec,
            paths: BTreeMap::new(),
        }
    }

    /// What is not there is left out.
    fn add(&mut self, path: &Path, guard: Guard) {
        if fs::symlink_metadata(path).is_err() {
            return;
        }
        let known = self.paths.entry(path.to_owned()).or_insert(guard);
        *known = guard.max(*known);
    }

    /// Read-only, and every directory between it and its tree pinned: with only the path bound,
    /// its parent could be renamed and another put in its place.
    fn protect(&mut self, path: &Path) {
        let target = place::other_name(path);
        for path in [Some(path), target.as_deref()].into_iter().flatten() {
            // A path that the configuration names may lie outside of every writable tree.
            let Some(tree) = innermost(self.spec, path) else {
                continue;
            };
            let parents = path.ancestors().skip(1);
            for part in parents.take_while(|part| part.starts_with(tree) && *part != tree) {
                self.add(part, Guard::Pin);
            }
            self.add(path, Guard::ReadOnly);
        }
    }

    fn hide(&mut self, path: &Path) {
        if let Some(target) = place::other_name(path) {
            self.add(&target, Guard::Hidden);
        }
        self.add(path, Guard::Hidden);
    }

    /// The weaker first, and parents first: what covers a directory must not be in the way of
    /// what is in it.
    fn apply(&self, blank: &Blank) -> Outcome<()> {
        let mut paths: Vec<_> = self.paths.iter().collect();
        paths.sort_by_key(|(_, guard)| **guard);
        for (path, guard) in paths {
            keeper::guard(path, *guard, blank)
                .blame(Step::Mounts, || format!("protect {}", path.display()))?;
        }
        Ok(())
    }
}

/// The writable tree that a path lies in.
fn innermost<'a>(spec: &'a Spec, path: &Path) -> Option<&'a Path> {
    let around = spec.writable.iter().filter(|tree| path.starts_with(tree));
    around
        .max_by_key(|tree| tree.components().count())
        .map(PathBuf::as_path)
}

/// Socket files of the host in what the bottle shows.
fn sockets(spec: &Spec, sources: &Sources) -> Vec<PathBuf> {
    let mut paths: BTreeSet<PathBuf> = sources.host_sockets.iter().cloned().collect();
    for tree in spec.writable.iter().chain(&spec.read_only) {
        paths.extend(host_sockets::below(tree));
    }
    let is_socket = |path: &PathBuf| {
        fs::symlink_metadata(path).is_ok_and(|metadata| metadata.file_type().is_socket())
    };
    paths.into_iter().filter(is_socket).collect()
}

fn narrow_proc(blank: &Blank) -> Outcome<()> {
    let blame = |path: &Path| format!("narrow {}", path.display());
    for path in PROC_READ_ONLY.map(Path::new) {
        if path.exists() {
            place::open(path)
                .and_then(|place| place::freeze(place.as_fd()))
                .blame(Step::Mounts, || blame(path))?;
        }
    }
    for path in PROC_HIDDEN.map(Path::new) {
        if path.exists() {
            place::open(path)
                .and_then(|place| blank.cover(place.as_fd()))
                .blame(Step::Mounts, || blame(path))?;
        }
    }
    Ok(())
}
