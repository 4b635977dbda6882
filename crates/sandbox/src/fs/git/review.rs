// SPDX-License-Identifier: Apache-2.0 OR MIT
// Copyright the bot-bottle authors
//! What the repositories in a project make git run, before a command and after it. A command may
//! make repositories and add them to the project's own; a plain `git status` outside then runs
//! what their configuration names. It cannot be forbidden, so it is told. Changes nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::walk::{Extent, walk};
use super::{config, programs};

/// So many git directories are looked at, with those they lead to.
const MOST: usize = 5_000;
/// A file that points to a git directory is short.
const POINTER: u64 = 64 << 10;

/// The programs of one repository: what names them, and how.
type Programs = BTreeSet<(String, String)>;

/// The state before a command.
#[derive(Debug)]
pub struct Review {
    home: PathBuf,
    trees: Vec<PathBuf>,
    before: BTreeMap<PathBuf, Programs>,
}

/// What a person has to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Suspect {
    /// The git directory, or the file that points to it.
    pub path: PathBuf,
    /// What names programs that git would run: settings, and hooks.
    pub names: Vec<String>,
    /// Whether it was there before.
    pub origin: Origin,
}

/// Whether a repository was there before the command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Origin {
    /// It was, but named other programs, or none.
    Changed,
    /// It was not.
    New,
}

/// What was found after a command.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Reviewed {
    /// In the order of their paths.
    pub suspects: Vec<Suspect>,
    /// Trees that were too large to be looked through.
    pub unsearched: Vec<PathBuf>,
}

impl Review {
    /// Takes down the state. `repositories` are those that the bottle found, `trees` what the
    /// command may change.
    pub fn begin(repositories: &[PathBuf], trees: &[PathBuf], home: &Path) -> Self {
        let mut review = Self {
            home: home.to_owned(),
            trees: trees.to_owned(),
            before: BTreeMap::new(),
        };
        let before = repositories
            .iter()
            .map(|path| (path.clone(), review.programs(path)));
        review.before = before.collect();
        review
    }

    /// Looks again.
    pub fn end(&self) -> Reviewed {
        let mut reviewed = Reviewed::default();
        let mut paths: BTreeSet<PathBuf> = self.before.keys().cloned().collect();
        for tree in &self.trees {
            let found = walk(tree);
            if found.extent == Extent::Partly {
                reviewed.unsearched.push(tree.clone());
            }
            paths.extend(found.directories);
            paths.extend(found.pointers);
        }
        let paths = with_inner(paths);
        if paths.len() >= MOST {
            reviewed.unsearched.clone_from(&self.trees);
        }
        for path in paths {
            reviewed.suspects.extend(self.suspect(path));
        }
        reviewed
    }

    /// The same, of the one repository that a file belongs to.
    pub fn look_at(&self, file: &Path) -> Option<Suspect> {
        let around = file
            .ancestors()
            .find(|path| self.before.contains_key(*path))?;
        self.suspect(around.to_owned())
    }

    fn suspect(&self, path: PathBuf) -> Option<Suspect> {
        let now = self.programs(&path);
        let (known, origin) = match self.before.get(&path) {
            Some(known) => (known.clone(), Origin::Changed),
            // What leads to a known repository does as that one did before.
            None => (self.known_of(&path), Origin::New),
        };
        let mut names: Vec<String> = now
            .difference(&known)
            .map(|(name, _)| name.clone())
            .collect();
        names.dedup();
        (!names.is_empty()).then_some(Suspect {
            path,
            names,
            origin,
        })
    }

    fn known_of(&self, path: &Path) -> Programs {
        let places = places(path);
        let known = places.iter().filter_map(|place| self.before.get(place));
        known.flatten().cloned().collect()
    }

    /// What git would run in a repository.
    fn programs(&self, path: &Path) -> Programs {
        let mut all = Programs::new();
        for place in places(path) {
            for file in ["config", "config.worktree"] {
                let settings = config::read(&place.join(file), &self.home);
                let settings = settings.iter().filter(|it| programs::names_program(it));
                all.extend(settings.map(|it| (it.name(), it.value.clone())));
            }
            let hooks = programs::hooks(&place.join("hooks"));
            all.extend(
                hooks
                    .into_iter()
                    .map(|hook| (format!("hooks/{hook}"), String::new())),
            );
        }
        all
    }
}

/// The directories that git reads configuration and hooks from, for a git directory or a file
/// that points to one.
fn places(path: &Path) -> Vec<PathBuf> {
    let git_dir = if path.is_dir() {
        Some(path.to_owned())
    } else {
        pointed(path, "gitdir:")
    };
    let common = git_dir
        .as_ref()
        .and_then(|directory| pointed(&directory.join("commondir"), ""));
    let places = git_dir.into_iter().chain(common);
    places
        .map(|place| fs::canonicalize(&place).unwrap_or(place))
        .collect()
}

/// Where a file points to, relative to its own directory.
fn pointed(file: &Path, before: &str) -> Option<PathBuf> {
    let metadata = fs::metadata(file).ok()?;
    if !metadata.is_file() || metadata.len() > POINTER {
        return None;
    }
    let text = fs::read(file).ok()?;
    let text = String::from_utf8_lossy(&text);
    let target = text.lines().next()?.strip_prefix(before)?.trim();
    Some(file.parent()?.join(target))
}

/// Git directories lie within others: of submodules, and of worktrees.
fn with_inner(paths: BTreeSet<PathBuf>) -> BTreeSet<PathBuf> {
    let mut all = BTreeSet::new();
    let mut waiting: Vec<PathBuf> = paths.into_iter().collect();
    while let Some(path) = waiting.pop() {
        if all.len() >= MOST || !all.insert(path.clone()) {
            continue;
        }
        for inner in ["modules", "worktrees"].map(|name| path.join(name)) {
            waiting.extend(below(&inner, 0));
        }
    }
    all
}

/// Directories that may be git's, at any depth that names of submodules have.
fn below(directory: &Path, depth: usize) -> Vec<PathBuf> {
    let entries = fs::read_dir(directory).into_iter().flatten().flatten();
    let directories = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()));
    let paths = directories.take(MOST).map(|entry| entry.path());
    paths
        .flat_map(|path| {
            if path.join("HEAD").is_file() || depth > 8 {
                vec![path]
            } else {
                below(&path, depth + 1)
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(path: &Path, text: &str) {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    #[test]
    fn what_came_with_a_command_is_told_and_what_was_there_is_not() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().canonicalize().unwrap();
        let at = |path: &str| root.join(path);
        write(&at(".git/HEAD"), "");
        write(
            &at(".git/config"),
            "[filter \"lfs\"]\nclean = git-lfs clean\n",
        );
        let review = Review::begin(
            &[at(".git")],
            std::slice::from_ref(&root),
            Path::new("/nowhere"),
        );
        write(&at("plain/.git/config"), "[core]\n\tbare = false\n");
        write(&at("evil/.git/config"), "[include]\npath = ../more\n");
        write(&at("evil/more"), "[core]\nfsmonitor = touch x\n");
        write(&at("lib/.git"), "gitdir: ../store/x\n");
        write(&at("store/x/config"), "[alias]\nst = !x\n");
        write(&at("tree/.git"), "gitdir: ../.git/worktrees/tree\n");
        write(&at(".git/worktrees/tree/commondir"), "../..\n");
        write(&at(".git/worktrees/tree/HEAD"), "");
        let found = review.end();
        let told: Vec<_> = found
            .suspects
            .iter()
            .map(|it| {
                (
                    it.path.strip_prefix(&root).unwrap().to_str().unwrap(),
                    it.names.join(" "),
                )
            })
            .collect();
        let expected = [
            ("evil/.git", "core.fsmonitor".to_owned()),
            ("lib/.git", "alias.st".to_owned()),
        ];
        assert_eq!(told, expected);
        write(&at(".git/config"), "[core]\nfsmonitor = x\n");
        let suspect = review.look_at(&at(".git/config")).unwrap();
        assert_eq!(
            (suspect.origin, suspect.names),
            (Origin::Changed, vec!["core.fsmonitor".to_owned()])
        );
    }
}
