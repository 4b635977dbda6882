// SPDX-License-Identifier: Apache-2.0 OR MIT
// Copyright the bot-bottle authors
//! Everything of the host that a bottle shows, opened as detached trees while the host's root
//! is still in place. Attaches nothing.
//!
//! For a root caller this runs outside the bottle's user namespace, because only there may a
//! tree's owner be mapped to the command's user.

use std::collections::HashMap;
use std::fs;
use std::os::fd::{AsFd, OwnedFd};
use std::path::{Component, Path, PathBuf};

use nix::sys::stat::fstat;

use super::git::{self, config::Setting};
use super::host_sockets;
use crate::failure::{Blame as _, Failure, Outcome, Step};
use crate::info::Users;
use crate::spec::Spec;
use crate::sys::mounts::{ATTR_NODEV, ATTR_NOSUID, ATTR_RDONLY, Depth};
use crate::sys::mounts::{map_owners, open_linkless, open_tree, open_tree_at, restrict};
use crate::users::{Mapping, owner_map};

/// Shown read-only where the host has them; those that are links are copied as links.
const SYSTEM: [&str; 10] = [
    "/usr",
    "/etc",
    "/opt",
    "/bin",
    "/sbin",
    "/lib",
    "/lib32",
    "/lib64",
    "/libx32",
    "/var/lib/dpkg",
];
/// Nothing in these is a project, but for sources that were put there.
const SYSTEMS_OWN: [&str; 10] = [
    "/bin",
    "/boot",
    "/etc",
    "/lib",
    "/lib32",
    "/lib64",
    "/libx32",
    "/sbin",
    "/usr",
    "/var/spool/cron",
];
const SOURCES: [&str; 2] = ["/usr/local/src", "/usr/src"];
const DEVICES: [&str; 6] = ["null", "zero", "full", "random", "urandom", "tty"];
/// The bottle has its own of these.
const RESERVED: [&str; 3] = ["/proc", "/dev", "/sys"];

/// One detached tree, or file, and where it goes.
pub(crate) struct Source {
    pub(crate) at: PathBuf,
    pub(crate) tree: OwnedFd,
}

/// Everything that was opened.
pub(crate) struct Sources {
    pub(crate) system: Vec<Source>,
    /// Links in `/` and where they point.
    pub(crate) links: Vec<(PathBuf, PathBuf)>,
    pub(crate) devices: Vec<Source>,
    /// The caller's `/proc`, for machines that refuse a new one.
    pub(crate) outer_proc: Option<OwnedFd>,
    /// What the request names, parents before children.
    pub(crate) trees: Vec<Source>,
    /// Socket files that host processes have bound, by path.
    pub(crate) host_sockets: Vec<PathBuf>,
    /// Git's configuration of the person and of the machine.
    pub(crate) git_settings: Vec<Setting>,
    pub(crate) passwd: String,
    pub(crate) group: String,
}

/// Opens all of it.
pub(crate) fn gather(
    spec: &Spec,
    mapping: Mapping,
    host_sockets: Vec<PathBuf>,
) -> Outcome<Sources> {
    check(spec)?;
    let mut sources = Sources {
        system: Vec::new(),
        links: Vec::new(),
        devices: Vec::new(),
        outer_proc: open_tree(Path::new("/proc")).ok(),
        trees: Vec::new(),
        host_sockets,
        git_settings: git::settings_of(&spec.home),
        passwd: fs::read_to_string("/etc/passwd").unwrap_or_default(),
        group: fs::read_to_string("/etc/group").unwrap_or_default(),
    };
    for path in SYSTEM {
        add_system(&mut sources, Path::new(path))?;
    }
    for name in DEVICES {
        let at = Path::new("/dev").join(name);
        sources.devices.push(detach(&at, ATTR_NOSUID)?);
    }
    for path in &spec.read_only {
        sources
            .trees
            .push(detach(path, ATTR_RDONLY | ATTR_NOSUID | ATTR_NODEV)?);
    }
    let mut owners = Owners::new(mapping);
    for path in &spec.writable {
        let source = detach_without_links(path, ATTR_NOSUID | ATTR_NODEV)?;
        owners.map(&source)?;
        sources.trees.push(source);
    }
    sources
        .trees
        .sort_by_key(|source| source.at.components().count());
    Ok(sources)
}

/// Sockets bound by host processes; to be read in the host's network namespace.
pub(crate) fn bound_sockets() -> Vec<PathBuf> {
    host_sockets::bound()
}

fn add_system(sources: &mut Sources, path: &Path) -> Outcome<()> {
    let Ok(metadata) = fs::symlink_metadata(path) else {
        return Ok(());
    };
    if metadata.is_symlink() {
        let target = fs::read_link(path).blame(Step::Mounts, || path.display().to_string())?;
        sources.links.push((path.to_owned(), target));
        return Ok(());
    }
    sources
        .system
        .push(detach(path, ATTR_RDONLY | ATTR_NOSUID | ATTR_NODEV)?);
    Ok(())
}

fn detach(path: &Path, flags: u64) -> Outcome<Source> {
    let tree = open_tree(path).blame(Step::Mounts, || format!("open {}", path.display()))?;
    restricted(path, tree, flags)
}

/// What is writable may hold a link that a command put there, or that came
/// with the project: followed, it would make any place of the host writable.
fn detach_without_links(path: &Path, flags: u64) -> Outcome<Source> {
    let tree = open_linkless(path).and_then(|place| open_tree_at(place.as_fd()));
    match tree {
        Err(error) if error.raw_os_error() == Some(libc::ELOOP) => refuse(
            path,
            "is or passes through a symbolic link, which may lead anywhere; name the place itself",
        ),
        tree => {
            let tree = tree.blame(Step::Mounts, || format!("open {}", path.display()))?;
            restricted(path, tree, flags)
        }
    }
}

fn restricted(path: &Path, tree: OwnedFd, flags: u64) -> Outcome<Source> {
    restrict(tree.as_fd(), flags, Depth::Recursive)
        .blame(Step::Mounts, || format!("restrict {}", path.display()))?;
    Ok(Source {
        at: path.to_owned(),
        tree,
    })
}

/// Maps the owner of each writable tree to the command's user, where the caller is root.
struct Owners {
    mapping: Mapping,
    known: HashMap<(u32, u32), OwnedFd>,
}

impl Owners {
    fn new(mapping: Mapping) -> Self {
        Self {
            mapping,
            known: HashMap::new(),
        }
    }

    fn map(&mut self, source: &Source) -> Outcome<()> {
        let Users::Shifted(base) = self.mapping.users else {
            return Ok(());
        };
        let at = source.at.display();
        let metadata = fstat(&source.tree).blame(Step::Mounts, || format!("look at {at}"))?;
        let owner = (metadata.st_uid, metadata.st_gid);
        if !self.known.contains_key(&owner) {
            let users = owner_map(owner, base + self.mapping.command_outer())?;
            self.known.insert(owner, users);
        }
        let Some(users) = self.known.get(&owner) else {
            return Err(Failure::new(Step::IdMappedMount, "lost the owner's map"));
        };
        map_owners(source.tree.as_fd(), users.as_fd())
            .blame(Step::IdMappedMount, || format!("map the owner of {at}"))
    }
}

/// Refuses what would undo the allow-list.
fn check(spec: &Spec) -> Outcome<()> {
    let named = [&spec.read_only, &spec.writable, &spec.hidden, &spec.protect];
    let files = spec.files.iter().map(|file| &file.path);
    let all = named.into_iter().flatten().chain(files);
    for path in all.chain([&spec.home, &spec.cwd]) {
        if !is_plain(path) {
            return refuse(path, "must be absolute and without '..'");
        }
    }
    for path in spec.read_only.iter().chain(&spec.writable) {
        if spec.home.starts_with(path) {
            return refuse(path, "would show the whole home directory");
        }
        if RESERVED.iter().any(|reserved| path.starts_with(reserved)) {
            return refuse(path, "is the bottle's own");
        }
    }
    for path in &spec.writable {
        let within = |places: &[&str]| places.iter().any(|place| path.starts_with(place));
        let around = SYSTEM
            .iter()
            .any(|system| Path::new(system).starts_with(path));
        if around || (within(&SYSTEMS_OWN) && !within(&SOURCES)) {
            return refuse(path, "is a system directory and cannot be writable");
        }
    }
    if spec.home.parent().is_none() {
        return refuse(&spec.home, "cannot be the home directory");
    }
    Ok(())
}

fn is_plain(path: &Path) -> bool {
    path.is_absolute() && !path.components().any(|part| part == Component::ParentDir)
}

fn refuse<T>(path: &Path, why: &str) -> Outcome<T> {
    Err(Failure::new(
        Step::Spec,
        format!("{} {why}", path.display()),
    ))
}
