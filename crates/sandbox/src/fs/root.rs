// SPDX-License-Identifier: Apache-2.0 OR MIT
// Copyright the bot-bottle authors
//! Puts the new root together and moves into it. Runs in PID 1, which has every capability
//! over the bottle's own mounts and none over the host.

use std::fs::{self, Permissions};
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::fs::{PermissionsExt as _, chown, symlink};
use std::path::{Path, PathBuf};

use nix::mount::{MntFlags, MsFlags, mount, umount2};

use super::place::{self, Owner};
use super::sources::Sources;
use super::{etc, guard};
use crate::failure::{Blame as _, Outcome, Step};
use crate::info::ProcView;
use crate::spec::{Access, File, Spec};
use crate::sys::mounts::{
    ATTR_NODEV, ATTR_NOEXEC, ATTR_NOSUID, ATTR_RDONLY, Depth, attach, new_filesystem, open_place,
    open_tree_at, pivot_here, restrict,
};
use crate::users::Mapping;

/// Any directory that every host has: the new root is attached there for a moment.
const STAGING: &str = "/usr";
/// Holds the contents of given files while the root is built.
const STORE: &str = "/.store";
/// Holds what covers hidden paths.
const BLANK: &str = "/.blank";
const SHARED: [&str; 4] = ["/tmp", "/var/tmp", "/run", "/dev/shm"];
const VAR: [&str; 6] = [
    "/var/cache",
    "/var/lib",
    "/var/log",
    "/var/spool",
    "/var/opt",
    "/var/local",
];
const DEV_LINKS: [(&str, &str); 5] = [
    ("/dev/fd", "/proc/self/fd"),
    ("/dev/stdin", "/proc/self/fd/0"),
    ("/dev/stdout", "/proc/self/fd/1"),
    ("/dev/stderr", "/proc/self/fd/2"),
    ("/dev/ptmx", "pts/ptmx"),
];
/// Kept in memory, so bounded: bytes for each private file system, and files.
const PRIVATE_SIZE: &str = "2g";
const PRIVATE_FILES: &str = "400k";

/// What the caller learns about the result.
pub(crate) struct Built {
    pub(crate) proc_view: ProcView,
    pub(crate) skipped_files: Vec<PathBuf>,
    pub(crate) guarded: guard::Guarded,
}

/// Cuts this mount namespace off from the host's.
pub(crate) fn make_private() -> Outcome<()> {
    let flags = MsFlags::MS_REC | MsFlags::MS_PRIVATE;
    mount(None::<&str>, "/", None::<&str>, flags, None::<&str>)
        .blame(Step::Mounts, || "make the mounts private".to_owned())
}

/// Builds the root and makes it ours.
pub(crate) fn build(spec: &Spec, sources: &Sources, mapping: Mapping) -> Outcome<Built> {
    let proc_view = enter_empty_root(sources)?;
    let command = Owner(mapping.command_outer());
    system(sources)?;
    private_areas(&spec.home, command)?;
    devices(sources)?;
    for source in &sources.trees {
        let owner = owner_on_the_way(&source.at, &spec.home, command);
        place::put(source.tree.as_fd(), &source.at, owner)?;
    }
    make_store()?;
    let mut given = etc::files(spec, sources, mapping);
    given.extend(spec.files.iter().cloned());
    let skipped_files = files(spec, &given, command)?;
    let guarded = guard::close_down(spec, sources, command.0)?;
    drop_store()?;
    place::seal(Path::new("/dev"))?;
    place::seal(Path::new("/"))?;
    Ok(Built {
        proc_view,
        skipped_files,
        guarded,
    })
}

/// Pivots early: from then on a path means what it will mean to the command. Only the new
/// `/proc` has to come first, since it is refused where no other one is visible.
fn enter_empty_root(sources: &Sources) -> Outcome<ProcView> {
    make_private()?;
    let root = memory("755", "16m", "16k", ATTR_NOSUID | ATTR_NODEV)?;
    open_place(Path::new(STAGING), libc::O_PATH)
        .and_then(|staging| attach(root.as_fd(), staging.as_fd()))
        .blame(Step::Mounts, || "attach the new root".to_owned())?;
    nix::unistd::fchdir(&root).blame(Step::Mounts, || "enter the new root".to_owned())?;
    fs::create_dir("proc").blame(Step::Mounts, || "make /proc".to_owned())?;
    let proc_view = mount_proc(sources)?;
    pivot_here().blame(Step::Mounts, || "pivot into the new root".to_owned())?;
    umount2(".", MntFlags::MNT_DETACH).blame(Step::Mounts, || "leave the old root".to_owned())?;
    std::env::set_current_dir("/").blame(Step::Mounts, || "enter /".to_owned())?;
    Ok(proc_view)
}

fn mount_proc(sources: &Sources) -> Outcome<ProcView> {
    let flags = ATTR_NOSUID | ATTR_NODEV | ATTR_NOEXEC;
    let place = open_place(Path::new("proc"), libc::O_PATH)
        .blame(Step::Mounts, || "open /proc".to_owned())?;
    let fresh = new_filesystem(c"proc", &[], flags)
        .and_then(|tree| attach(tree.as_fd(), place.as_fd()))
        .blame(Step::Mounts, || "mount /proc".to_owned());
    match (fresh, &sources.outer_proc) {
        (Ok(()), _) => Ok(ProcView::Own),
        (Err(failure), Some(outer)) if failure.is(libc::EPERM) => {
            restrict(outer.as_fd(), flags, Depth::Recursive)
                .and_then(|()| attach(outer.as_fd(), place.as_fd()))
                .blame(Step::Mounts, || "bind the outer /proc".to_owned())
                .map(|()| ProcView::Outer)
        }
        (Err(failure), _) => Err(failure),
    }
}

fn memory(mode: &str, size: &str, files: &str, flags: u64) -> Outcome<OwnedFd> {
    let options = [(c"mode", mode), (c"size", size), (c"nr_inodes", files)];
    new_filesystem(c"tmpfs", &options, flags)
        .blame(Step::Mounts, || format!("make a tmpfs of {size}"))
}

fn system(sources: &Sources) -> Outcome<()> {
    let root = Owner(0);
    for path in VAR {
        place::directories(Path::new(path), root)?;
    }
    for (link, target) in &sources.links {
        symlink(target, link).blame(Step::Mounts, || format!("link {}", link.display()))?;
    }
    symlink("/run", "/var/run").blame(Step::Mounts, || "link /var/run".to_owned())?;
    for source in &sources.system {
        place::put(source.tree.as_fd(), &source.at, root)?;
    }
    Ok(())
}

fn private_areas(home: &Path, command: Owner) -> Outcome<()> {
    let flags = ATTR_NOSUID | ATTR_NODEV;
    let dev = memory("755", "64k", "64", ATTR_NOSUID | ATTR_NOEXEC)?;
    place::put(dev.as_fd(), Path::new("/dev"), Owner(0))?;
    for path in SHARED {
        let area = memory("1777", PRIVATE_SIZE, PRIVATE_FILES, flags)?;
        place::put(area.as_fd(), Path::new(path), Owner(0))?;
    }
    let area = memory("700", PRIVATE_SIZE, PRIVATE_FILES, flags)?;
    place::put(area.as_fd(), home, Owner(0))?;
    chown(home, Some(command.0), Some(command.0)).blame(Step::Mounts, || {
        format!("give {} to the command", home.display())
    })
}

fn devices(sources: &Sources) -> Outcome<()> {
    for source in &sources.devices {
        place::put(source.tree.as_fd(), &source.at, Owner(0))?;
    }
    let options = [(c"ptmxmode", "0666"), (c"mode", "0620")];
    let terminals = new_filesystem(c"devpts", &options, ATTR_NOSUID | ATTR_NOEXEC)
        .blame(Step::Mounts, || "make a devpts".to_owned())?;
    place::put(terminals.as_fd(), Path::new("/dev/pts"), Owner(0))?;
    for (link, target) in DEV_LINKS {
        symlink(target, link).blame(Step::Mounts, || format!("link {link}"))?;
    }
    Ok(())
}

/// Directories made in the command's home are its own; elsewhere they are not.
fn owner_on_the_way(path: &Path, home: &Path, command: Owner) -> Owner {
    if path.starts_with(home) {
        command
    } else {
        Owner(0)
    }
}

fn make_store() -> Outcome<()> {
    let store = memory("700", "256m", "16k", ATTR_NOSUID | ATTR_NODEV | ATTR_NOEXEC)?;
    place::put(store.as_fd(), Path::new(STORE), Owner(0))
}

fn drop_store() -> Outcome<()> {
    umount2(STORE, MntFlags::MNT_DETACH)
        .map_err(Into::into)
        .and_then(|()| fs::remove_dir(STORE))
        .blame(Step::Mounts, || "remove the store".to_owned())
}

/// Writes a file into the store and returns it as a tree of its own.
fn stored(name: &str, file: &File, owner: u32) -> Outcome<OwnedFd> {
    let path = Path::new(STORE).join(name);
    write(&path, &file.content, file.mode, owner)
        .and_then(|()| detached(&path))
        .blame(Step::Mounts, || format!("store {name}"))
}

/// An empty file and an empty directory that nobody may read. They stay attached, in plain
/// sight: before Linux 6.15 only an attached tree can be copied.
pub(super) fn blanks() -> Outcome<[PathBuf; 2]> {
    let area = memory("755", "16k", "16", ATTR_NOSUID | ATTR_NODEV | ATTR_NOEXEC)?;
    place::put(area.as_fd(), Path::new(BLANK), Owner(0))?;
    let [file, directory] = ["file", "directory"].map(|name| Path::new(BLANK).join(name));
    write(&file, b"", 0, 0)
        .and_then(|()| fs::create_dir(&directory))
        .and_then(|()| fs::set_permissions(&directory, Permissions::from_mode(0o000)))
        .blame(Step::Mounts, || "make what covers".to_owned())?;
    place::seal(Path::new(BLANK))?;
    Ok([file, directory])
}

/// A copy of what is at a path, as a tree of its own.
pub(super) fn detached(path: &Path) -> std::io::Result<OwnedFd> {
    open_tree_at(place::open(path)?.as_fd())
}

fn write(path: &Path, content: &[u8], mode: u32, owner: u32) -> std::io::Result<()> {
    fs::write(path, content)?;
    fs::set_permissions(path, Permissions::from_mode(mode))?;
    chown(path, Some(owner), Some(owner))
}

/// Puts the given files in place; returns those for which there is no place.
fn files(spec: &Spec, given: &[File], command: Owner) -> Outcome<Vec<PathBuf>> {
    let mut skipped = Vec::new();
    for (number, file) in given.iter().enumerate() {
        let in_memory = is_private(spec, &file.path);
        let present = fs::symlink_metadata(&file.path).is_ok();
        if !present && !in_memory {
            skipped.push(file.path.clone());
            continue;
        }
        let owner = owner_on_the_way(&file.path, &spec.home, command);
        if let Some(parent) = file.path.parent() {
            place::directories(parent, owner)?;
        }
        if file.access == Access::Private && !present {
            // Not bound: programs replace such files by renaming another one over them.
            write(&file.path, &file.content, file.mode, command.0)
                .blame(Step::Mounts, || format!("write {}", file.path.display()))?;
            continue;
        }
        let tree = stored(&number.to_string(), file, command.0)?;
        if file.access == Access::ReadOnly {
            restrict(tree.as_fd(), ATTR_RDONLY, Depth::One)
                .blame(Step::Mounts, || format!("restrict {}", file.path.display()))?;
        }
        place::put(tree.as_fd(), &file.path, owner)?;
    }
    Ok(skipped)
}

/// Whether a path lies in the bottle's own memory and not in a tree of the host.
fn is_private(spec: &Spec, path: &Path) -> bool {
    let areas = SHARED.iter().map(Path::new).chain([spec.home.as_path()]);
    let trees = spec.read_only.iter().chain(&spec.writable);
    let depth = |found: Option<&Path>| found.map_or(0, |at| at.components().count());
    let area = areas
        .filter(|area| path.starts_with(area))
        .max_by_key(|at| at.components().count());
    let tree = trees
        .filter(|tree| path.starts_with(tree))
        .max_by_key(|at| at.components().count());
    depth(area) > depth(tree.map(PathBuf::as_path))
}
