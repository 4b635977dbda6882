// SPDX-License-Identifier: Apache-2.0 OR MIT
// Copyright the bot-bottle authors
//! Which files of a git repository make git run programs: configuration and hooks, of the
//! repository and of its submodules and worktrees. Only finds them.
//!
//! A repository that the command makes itself is not covered: treat it as any program that the
//! command wrote.

use std::fs;
use std::path::{Component, Path, PathBuf};

use crate::failure::{Failure, Outcome, Step};

/// More directories than this in `.git/modules` and we refuse rather than miss one.
const LIMIT: usize = 20_000;

/// What `commondir` says in a repository that is its own.
pub(crate) const COMMON_HERE: &[u8] = b".\n";

/// What to do about one writable tree.
#[derive(Default)]
pub(super) struct Git {
    /// To be bound read-only, parents pinned.
    pub(super) protect: Vec<PathBuf>,
    /// Absent, and to be made as empty directories first, so that there is something to bind.
    pub(super) make_directory: Vec<PathBuf>,
    /// Absent, and to be made as empty files first.
    pub(super) make_file: Vec<PathBuf>,
    /// To hold [`COMMON_HERE`] while a bottle stands, and to be removed with the last one.
    pub(super) hold: Vec<PathBuf>,
    /// Named by the configuration, and absent: nothing can be bound there.
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
        self.named_by(&git_dir.join("config"), git_dir);
        self.worktrees(&git_dir.join("worktrees"))?;
        self.modules(&git_dir.join("modules"))
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

    /// Files and hooks of the project that the configuration names.
    fn named_by(&mut self, config: &Path, git_dir: &Path) {
        let text = fs::read(config).unwrap_or_default();
        for path in named_paths(&String::from_utf8_lossy(&text), git_dir) {
            if exists(&path) {
                self.protect.push(path);
            } else {
                self.unprotected.push(path);
            }
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

/// What `include.path`, `includeIf.….path` and `core.hooksPath` name, if relative: an absolute
/// path or one in the home directory is inside the bottle only where the request says so.
fn named_paths(config: &str, git_dir: &Path) -> Vec<PathBuf> {
    let mut paths = Vec::new();
    for line in config.lines() {
        let Some((key, value)) = line.split_once('=') else {
            continue;
        };
        let value = value.trim().trim_matches('"');
        let base = match key.trim().to_lowercase().as_str() {
            "path" => Some(git_dir),
            "hookspath" => git_dir.parent(),
            _ => None,
        };
        if let Some(base) = base.filter(|_| !value.is_empty() && !value.starts_with(['~', '%'])) {
            paths.push(plain(&base.join(value)));
        }
    }
    paths
}

/// Without `.` and `..`, by the text alone.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => {
                plain.pop();
            }
            Component::CurDir => {}
            Component::Prefix(_) | Component::RootDir | Component::Normal(_) => plain.push(part),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_in_the_configuration_are_found_and_made_plain() {
        let config = "[include]\n\tpath = ../.gitconfig\n[core]\n\thooksPath = \".husky\"\n\
            [include]\n\tpath = ~/.gitconfig\n[user]\n\tname = x\n";
        let paths = named_paths(config, Path::new("/p/.git"));
        assert_eq!(paths, [Path::new("/p/.gitconfig"), Path::new("/p/.husky")]);
    }
}
