// SPDX-License-Identifier: Apache-2.0 OR MIT
// Copyright the bot-bottle authors
//! Looks through a tree for git directories and for the files that point to one, the upper
//! ones first, up to a limit. Follows no link.

use std::collections::VecDeque;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// A project with more than this, or that takes longer, is not looked through to its end.
const ENTRIES: usize = 200_000;
const PATIENCE: Duration = Duration::from_secs(3);

/// What was found.
#[derive(Debug)]
pub(crate) struct Found {
    /// `.git` directories, and repositories without a working tree.
    pub(crate) directories: Vec<PathBuf>,
    /// What is named `.git` and is none.
    pub(crate) pointers: Vec<PathBuf>,
    pub(crate) extent: Extent,
}

/// How much was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Extent {
    Partly,
    Whole,
}

/// Looks through one tree.
pub(crate) fn walk(tree: &Path) -> Found {
    let mut found = Found {
        directories: Vec::new(),
        pointers: Vec::new(),
        extent: Extent::Whole,
    };
    let end = Instant::now() + PATIENCE;
    let mut left = ENTRIES;
    let mut queue = VecDeque::from([tree.to_owned()]);
    while let Some(directory) = queue.pop_front() {
        let Some(after) = left.checked_sub(found.look(&directory, left, &mut queue)) else {
            found.extent = Extent::Partly;
            break;
        };
        left = after;
        if Instant::now() > end {
            found.extent = Extent::Partly;
            break;
        }
    }
    found
}

impl Found {
    /// Returns the number of entries, which may be one more than `limit`.
    fn look(&mut self, directory: &Path, limit: usize, queue: &mut VecDeque<PathBuf>) -> usize {
        let mut count = 0;
        let mut signs = 0;
        for entry in fs::read_dir(directory).into_iter().flatten().flatten() {
            count += 1;
            if count > limit {
                break;
            }
            let name = entry.file_name();
            let is_directory = entry.file_type().is_ok_and(|kind| kind.is_dir());
            signs +=
                u8::from(name == "HEAD" || (is_directory && (name == "objects" || name == "refs")));
            match (name == ".git", is_directory) {
                (true, true) => self.directories.push(entry.path()),
                (true, false) => self.pointers.push(entry.path()),
                (false, true) => queue.push_back(entry.path()),
                (false, false) => {}
            }
        }
        // Git takes a directory with these three for a repository. What is below is looked at
        // all the same: anybody can make three names.
        if signs == 3 {
            self.directories.push(directory.to_owned());
        }
        count
    }
}
