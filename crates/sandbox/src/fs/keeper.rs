// SPDX-License-Identifier: Apache-2.0 OR MIT
// Copyright the bot-bottle authors
//! Keeps what is protected or hidden so while the bottle stands. A mount lies on a file, not on
//! a name: when somebody outside replaces the file (git, an editor, `mv`), the kernel takes the
//! mount away, and what stands at the name then is bare. PID 1 is told at once, by the mount
//! table and by inotify, and mounts again.
//!
//! Between the replacement and our mount there is a moment in which a command that waits for it
//! can open the file. No mount can close it, since a new file has no mounts.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs::{File, Metadata};
use std::io;
use std::os::fd::{AsFd as _, BorrowedFd};
use std::path::{Path, PathBuf};
use std::thread::yield_now;

use nix::errno::Errno;
use nix::sys::inotify::{AddWatchFlags, InitFlags, Inotify, WatchDescriptor};
use serde::{Deserialize, Serialize};

use super::blank::Blank;
use super::captured::captured;
use super::place;
use crate::failure::{Blame as _, Failure, Outcome, Step};
use crate::sys::mounts::mount_root;

/// While a rename goes on, the name still leads to the old file, which takes no mount any more.
const TRIES: u32 = 100_000;

/// What is done to a path. A stronger one comes later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Guard {
    /// It cannot be renamed or removed.
    Pin,
    /// It cannot be changed.
    ReadOnly,
    /// It cannot be seen.
    Hidden,
}

/// A path that was replaced outside of the bottle, and is guarded again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Replaced {
    /// Where.
    pub path: PathBuf,
    /// What is in force again.
    pub guard: Guard,
}

/// All guards of one bottle. Paths are ordered, so parents come first.
pub(crate) struct Keeper {
    guards: BTreeMap<PathBuf, Kept>,
    blank: Blank,
    /// The command's user.
    command: u32,
    mounts: File,
    names: Option<Names>,
}

struct Kept {
    guard: Guard,
    /// The mount that guards it.
    mount: u64,
}

/// Tells of new names in the directories of what is guarded: a file that is moved away first
/// takes its mount along, and the mount table says nothing.
struct Names {
    inotify: Inotify,
    directories: Vec<(WatchDescriptor, PathBuf)>,
}

impl Keeper {
    /// Takes over what stands. `guards` holds paths that are there.
    pub(super) fn new(
        guards: BTreeMap<PathBuf, Guard>,
        blank: Blank,
        command: u32,
    ) -> Outcome<Self> {
        // Opened first: whatever changes from here on is told.
        let mounts = File::open("/proc/self/mountinfo")
            .blame(Step::Mounts, || "open the mount table".to_owned())?;
        let mut kept = BTreeMap::new();
        for (path, guard) in guards {
            let mount = mount_root(&path)
                .blame(Step::Mounts, || format!("look at {}", path.display()))?
                .unwrap_or(0);
            kept.insert(path, Kept { guard, mount });
        }
        Ok(Self {
            guards: kept,
            blank,
            command,
            mounts,
            names: None,
        })
    }

    /// Says so (with `POLLPRI`) when the mount table changes.
    pub(crate) fn mounts(&self) -> BorrowedFd<'_> {
        self.mounts.as_fd()
    }

    /// Asks to be told of names. Not at once: to give up watches takes the kernel longer than a
    /// short command lasts. What changed before is found by the next [`look`](Self::look).
    pub(crate) fn watch_names(&mut self) {
        self.names = Names::of(self.guards.keys());
    }

    /// Can be read when a name changes. Where it is `None`, [`look`](Self::look) now and then.
    pub(crate) fn names(&self) -> Option<BorrowedFd<'_>> {
        self.names.as_ref().map(|names| names.inotify.as_fd())
    }

    /// Reads which names changed; whether one of ours is among them.
    pub(crate) fn touched(&self) -> bool {
        let Some(names) = &self.names else {
            return false;
        };
        let is_ours = |wd: WatchDescriptor, name: &OsStr| {
            let mut there = names.directories.iter().filter(|(known, _)| *known == wd);
            there.any(|(_, directory)| self.guards.contains_key(&directory.join(name)))
        };
        match names.inotify.read_events() {
            // An event without a name says that some were lost, or that a directory has gone.
            Ok(events) => events
                .into_iter()
                .any(|event| event.name.is_none_or(|name| is_ours(event.wd, &name))),
            Err(error) => error != Errno::EAGAIN,
        }
    }

    /// Looks at every guard, and puts back what is gone. A failure means that something bare
    /// stands there, or that somebody got hold of it: the bottle must end.
    pub(crate) fn look(&mut self) -> Outcome<Vec<Replaced>> {
        let mut again = Vec::new();
        for (path, kept) in &mut self.guards {
            if let Some(file) = put_back(path, kept, &self.blank)? {
                again.push((path, file, kept));
            }
        }
        // Only when nothing is bare any more, for this takes its time.
        for (path, file, kept) in &again {
            if let Some(why) = captured(path, file, kept.mount, self.command) {
                return Err(lost(path, why));
            }
        }
        let again = again.into_iter().map(|(path, _, kept)| Replaced {
            path: path.clone(),
            guard: kept.guard,
        });
        Ok(again.collect())
    }
}

/// What was guarded again, if it had to be.
fn put_back(path: &Path, kept: &mut Kept, blank: &Blank) -> Outcome<Option<Metadata>> {
    let mut done = None;
    for _ in 0..TRIES {
        match mount_root(path) {
            Ok(Some(mount)) if mount == kept.mount => return Ok(done),
            Ok(_) => {}
            Err(error) if is_absent(&error) => return Ok(None),
            Err(error) => return Err(lost(path, error)),
        }
        match guard(path, kept.guard, blank) {
            // Whoever opened it while it was bare reaches for ever what is in it.
            Ok(file) if file.is_dir() => return Err(lost(path, "it is a directory")),
            Ok(file) => {
                kept.mount = mount_root(path).ok().flatten().unwrap_or(0);
                done = Some(file);
            }
            // Not quite there yet.
            Err(error) if is_absent(&error) => yield_now(),
            Err(error) => return Err(lost(path, error)),
        }
    }
    Err(lost(path, "it changes too often"))
}

/// Guards what is at a path now and, of a link, what it leads to; says what the path is.
pub(super) fn guard(path: &Path, guard: Guard, blank: &Blank) -> io::Result<Metadata> {
    // The target first: once a link is covered it leads nowhere.
    let target = place::other_name(path).filter(|_| guard >= Guard::ReadOnly);
    if let Some(target) = target {
        mount(place::open(&target)?.as_fd(), guard, blank)?;
    }
    let place = place::open(path)?;
    mount(place.as_fd(), guard, blank)?;
    File::from(place).metadata()
}

fn mount(place: BorrowedFd<'_>, guard: Guard, blank: &Blank) -> io::Result<()> {
    match guard {
        Guard::Pin => place::pin(place),
        Guard::ReadOnly => place::freeze(place),
        Guard::Hidden => blank.cover(place),
    }
}

fn is_absent(error: &io::Error) -> bool {
    matches!(
        error.raw_os_error(),
        Some(libc::ENOENT | libc::ENOTDIR | libc::ESTALE)
    )
}

fn lost(path: &Path, why: impl std::fmt::Display) -> Failure {
    let what = format!(
        "{} was replaced outside of the bottle ({why}); the bottle was ended, start it again",
        path.display()
    );
    Failure::new(Step::Guard, what)
}

impl Names {
    /// `None` where the machine has no watch left for us.
    fn of<'a>(paths: impl Iterator<Item = &'a PathBuf>) -> Option<Self> {
        let flags = InitFlags::IN_CLOEXEC | InitFlags::IN_NONBLOCK;
        let mut names = Self {
            inotify: Inotify::init(flags).ok()?,
            directories: Vec::new(),
        };
        let mut parents: Vec<&Path> = paths.filter_map(|path| path.parent()).collect();
        parents.sort_unstable();
        parents.dedup();
        for parent in parents {
            names.watch(parent).ok()?;
        }
        Some(names)
    }

    fn watch(&mut self, directory: &Path) -> nix::Result<()> {
        let flags =
            AddWatchFlags::IN_CREATE | AddWatchFlags::IN_MOVED_TO | AddWatchFlags::IN_ONLYDIR;
        let watch = self.inotify.add_watch(directory, flags)?;
        self.directories.push((watch, directory.to_owned()));
        Ok(())
    }
}
