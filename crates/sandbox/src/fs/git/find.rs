// SPDX-License-Identifier: Apache-2.0 OR MIT
// Copyright the bot-bottle authors
//! Which files of the git repositories in a tree make git run programs: configuration, hooks,
//! the files that point to a git directory, and what the configuration names; of repositories
//! at any depth, their submodules and worktrees. Only finds them.
//!
//! A repository that the command makes itself is not covered; [`review`](super::review) tells of it afterwards.

use std::fs;
use std::path::{Path, PathBuf};

use super::config::{self, Setting};
use super::named::{Named, named};
use super::walk::{Extent, walk};
use crate::failure::{Failure, Outcome, Step};

/// More directories than this in `.git/modules` and we refuse rather than miss one.
const LIMIT: usize = 20_000;
/// Each repository costs mounts, and an open file; so many in one tree are protected.
const REPOSITORIES: usize = 300;

/// What `commondir` says in a repository that is its own.
pub(crate) const COMMON_HERE: &[u8] = b".\n";

/// What to do about one writable tree.
#[derive(Default)]
pub(in crate::fs) struct Git {
    /// To be bound read-only, parents pinned.
    pub(in crate::fs) protect: Vec<PathBuf>,
    /// Absent, and to be made as empty directories first, so that there is something to bind.
    pub(in crate::fs) make_directory: Vec<PathBuf>,
    /// Absent, and to be made as empty files first.
    pub(in crate::fs) make_file: Vec<PathBuf>,
    /// To hold [`COMMON_HERE`] while a bottle stands, and to be removed with the last one.
    pub(in crate::fs) hold: Vec<PathBuf>,
    /// Named by the configuration, and absent: nothing can be bound there.
    pub(in crate::fs) unprotected: Vec<PathBuf>,
    /// The git directories, and the files that point to one.
    pub(in crate::fs) repositories: Vec<PathBuf>,
    /// Whether there may be more.
    pub(in crate::fs) partly: bool,
    visited: usize,
}

/// What holds for every repository.
pub(in crate::fs) struct Person<'a> {
    pub(in crate::fs) home: &'a Path,
    /// Their own configuration, and the machine's.
    pub(in crate::fs) settings: &'a [Setting],
}

/// Looks for all repositories in a tree.
pub(in crate::fs) fn find(tree: &Path, person: &Person<'_>) -> Outcome<Git> {
    let mut git = Git::default();
    let found = walk(tree);
    git.partly = found.extent == Extent::Partly;
    for pointer in found.pointers {
        // A worktree's or submodule's, or a link. What it points to is either outside of the
        // bottle or found on its own.
        git.protect.push(pointer.clone());
        git.repositories.push(pointer);
    }
    let own = tree.join(".git");
    for directory in found.directories {
        // One below that git does not take for a repository is left alone.
        if directory != own && !directory.join("HEAD").is_file() {
            continue;
        }
        if git.repositories.len() >= REPOSITORIES {
            git.partly = true;
            break;
        }
        git.repository(&directory, person)?;
    }
    Ok(git)
}

/// The configuration of a person and of the machine, where git looks for it.
pub(crate) fn settings_of(home: &Path) -> Vec<Setting> {
    let files = [".gitconfig", ".config/git/config"].map(|name| home.join(name));
    let machine = PathBuf::from("/etc/gitconfig");
    let files = files.into_iter().chain([machine]);
    files.flat_map(|file| config::read(&file, home)).collect()
}

impl Git {
    fn repository(&mut self, git_dir: &Path, person: &Person<'_>) -> Outcome<()> {
        self.repositories.push(git_dir.to_owned());
        let (config, hooks) = (git_dir.join("config"), git_dir.join("hooks"));
        if !exists(&hooks) {
            self.make_directory.push(hooks.clone());
        }
        if !exists(&config) {
            self.make_file.push(config.clone());
        }
        let per_worktree = reads_worktree_config(&config);
        self.worktree_config(git_dir, per_worktree);
        self.protect.extend([config, hooks]);
        self.existing(&[git_dir.join("info/attributes")]);
        self.common_dir(git_dir);
        self.named_by(git_dir, person);
        self.worktrees(&git_dir.join("worktrees"), per_worktree)?;
        self.modules(&git_dir.join("modules"), person)
    }

    /// The further configuration of one working tree.
    fn worktree_config(&mut self, git_dir: &Path, read: Read) {
        let file = git_dir.join("config.worktree");
        match (exists(&file), read) {
            (false, Read::Never) => return,
            (false, Read::Always) => self.make_file.push(file.clone()),
            (true, _) => {}
        }
        self.protect.push(file);
    }

    /// A file of this name makes git read configuration and hooks from elsewhere, so one that
    /// says "here" takes the place.
    fn common_dir(&mut self, git_dir: &Path) {
        let file = git_dir.join("commondir");
        let ours = fs::read(&file).is_ok_and(|text| text == COMMON_HERE);
        if ours || !exists(&file) {
            self.hold.push(file.clone());
        }
        self.protect.push(file);
    }

    /// Files and folders that the configuration names, the person's own included.
    fn named_by(&mut self, git_dir: &Path, person: &Person<'_>) {
        let own = ["config", "config.worktree"].map(|name| git_dir.join(name));
        let own = own.iter().flat_map(|file| config::read(file, person.home));
        let own: Vec<Setting> = own.collect();
        let worktree = own
            .iter()
            .rfind(|setting| setting.name() == "core.worktree")
            .map_or_else(
                || git_dir.parent().unwrap_or(git_dir).to_owned(),
                |setting| config::resolve(&setting.value, git_dir, person.home),
            );
        for setting in person.settings.iter().chain(&own) {
            for named in named(setting, &worktree, person.home) {
                self.name(named, git_dir);
            }
        }
    }

    fn name(&mut self, named: Named, git_dir: &Path) {
        match named {
            // Read-only, the whole repository could not be used.
            Named::Surely(path) if git_dir.starts_with(&path) || !exists(&path) => {
                self.unprotected.push(path);
            }
            Named::Surely(path) => self.protect.push(path),
            Named::Perhaps(path) if path.is_file() => self.protect.push(path),
            Named::Perhaps(_) => {}
        }
    }

    fn worktrees(&mut self, directory: &Path, per_worktree: Read) -> Outcome<()> {
        for worktree in self.children(directory)? {
            self.existing(&["commondir", "gitdir"].map(|name| worktree.join(name)));
            self.worktree_config(&worktree, per_worktree);
            self.repositories.push(worktree);
        }
        Ok(())
    }

    /// Submodules' names may hold slashes, so repositories lie at any depth.
    fn modules(&mut self, directory: &Path, person: &Person<'_>) -> Outcome<()> {
        for child in self.children(directory)? {
            if child.join("HEAD").is_file() {
                self.repository(&child, person)?;
            } else {
                self.modules(&child, person)?;
            }
        }
        Ok(())
    }

    fn existing(&mut self, paths: &[PathBuf]) {
        let present = paths.iter().filter(|path| exists(path));
        for path in present {
            if !self.protect.contains(path) {
                self.protect.push(path.clone());
            }
        }
    }

    fn children(&mut self, directory: &Path) -> Outcome<Vec<PathBuf>> {
        let mut children = Vec::new();
        for entry in fs::read_dir(directory).into_iter().flatten().flatten() {
            self.visited += 1;
            if self.visited > LIMIT {
                let what = format!("{} holds too much to protect", directory.display());
                return Err(Failure::new(Step::Mounts, what));
            }
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                children.push(entry.path());
            }
        }
        Ok(children)
    }
}

fn exists(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// Whether git reads a file.
#[derive(Clone, Copy)]
enum Read {
    Always,
    Never,
}

fn reads_worktree_config(config: &Path) -> Read {
    let text = fs::read(config).unwrap_or_default();
    let text = String::from_utf8_lossy(&text).to_lowercase();
    if text.contains("worktreeconfig") {
        Read::Always
    } else {
        Read::Never
    }
}
