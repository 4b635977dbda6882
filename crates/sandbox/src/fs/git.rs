// SPDX-License-Identifier: Apache-2.0 OR MIT
// Copyright the bot-bottle authors
//! Which files of a git repository make git run programs: configuration and hooks, of the
//! repository and of its submodules and worktrees. Only finds them.
//!
//! A repository that the command makes itself is not covered: treat it as any program that the
//! command wrote.

use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::{Failure, Outcome, Step};

/// More directories than this in `.git/modules` and we refuse rather than miss one.
const LIMIT: usize = 20_000;

/// What to do about one writable tree.
#[derive(Default)]
pub(super) struct Git {
    /// To be bound read-only, parents pinned.
    pub(super) protect: Vec<PathBuf>,
    /// Absent, and to be made as empty directories first, so that there is something to bind.
    pub(super) make_directory: Vec<PathBuf>,
    /// Absent, and to be made as empty files first.
    pub(super) make_file: Vec<PathBuf>,
    /// Absent, and nothing can be bound there without changing the repository's meaning.
    pub(super) unprotected: Vec<PathBuf>,
    visited: usize,
}

/// Looks at the repository whose working tree, or which itself, is at `tree`.
pub(super) fn find(tree: &Path) -> Outcome<Git> {
    let mut git = Git::default();
    let dot_git = tree.join(".git");
    match fs::symlink_metadata(&dot_git) {
        // A worktree's or submodule's pointer, or a link: pin it; what it points to is
        // either outside the bottle or found on its own.
        Ok(metadata) if !metadata.is_dir() => git.protect.push(dot_git),
        Ok(_) => git.repository(&dot_git)?,
        Err(_) if is_repository(tree) => git.repository(tree)?,
        Err(_) => {}
    }
    Ok(git)
}

fn is_repository(path: &Path) -> bool {
    path.join("HEAD").is_file() && path.join("objects").is_dir()
}

impl Git {
    fn repository(&mut self, git_dir: &Path) -> Outcome<()> {
        let (config, hooks) = (git_dir.join("config"), git_dir.join("hooks"));
        if !exists(&hooks) {
            self.make_directory.push(hooks.clone());
        }
        if !exists(&config) {
            self.make_file.push(config.clone());
        }
        let per_worktree = git_dir.join("config.worktree");
        if !exists(&per_worktree) && reads_worktree_config(&config) {
            self.make_file.push(per_worktree.clone());
            self.protect.push(per_worktree.clone());
        }
        self.protect.extend([config, hooks]);
        self.existing(&[per_worktree, git_dir.join("info/attributes")]);
        self.common_dir(git_dir);
        self.worktrees(&git_dir.join("worktrees"))?;
        self.modules(&git_dir.join("modules"))
    }

    /// A file of this name makes git read configuration and hooks from elsewhere.
    fn common_dir(&mut self, git_dir: &Path) {
        let file = git_dir.join("commondir");
        if exists(&file) {
            self.protect.push(file);
        } else {
            self.unprotected.push(file);
        }
    }

    fn worktrees(&mut self, directory: &Path) -> Outcome<()> {
        for worktree in self.children(directory)? {
            let names = ["commondir", "gitdir", "config.worktree"];
            self.existing(&names.map(|name| worktree.join(name)));
        }
        Ok(())
    }

    /// Submodules' names may hold slashes, so repositories lie at any depth.
    fn modules(&mut self, directory: &Path) -> Outcome<()> {
        for child in self.children(directory)? {
            if child.join("HEAD").is_file() {
                self.repository(&child)?;
            } else {
                self.modules(&child)?;
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

fn reads_worktree_config(config: &Path) -> bool {
    fs::read(config).is_ok_and(|text| {
        let text = String::from_utf8_lossy(&text).to_lowercase();
        text.contains("worktreeconfig")
    })
}
