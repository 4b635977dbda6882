// SPDX-License-Identifier: Apache-2.0 OR MIT
// Copyright the bot-bottle authors
//! Something empty that cannot be read, to cover what is hidden: a file or a directory.

use std::io;
use std::os::fd::{AsFd as _, BorrowedFd, OwnedFd};
use std::path::Path;

use nix::sys::stat::{SFlag, fstat};

use super::{place, root};
use crate::failure::{Blame as _, Outcome, Step};
use crate::sys::mounts::{ATTR_RDONLY, Depth, attach, open_tree_at, restrict};

/// What is copied for each cover.
pub(super) struct Blank {
    file: OwnedFd,
    directory: OwnedFd,
}

impl Blank {
    pub(super) fn new() -> Outcome<Self> {
        let [file, directory] = root::blanks()?;
        let open = |path: &Path| place::open(path).blame(Step::Mounts, || "open it".to_owned());
        Ok(Self {
            file: open(&file)?,
            directory: open(&directory)?,
        })
    }

    /// Covers what is at an open place.
    pub(super) fn cover(&self, place: BorrowedFd<'_>) -> io::Result<()> {
        let kind = SFlag::from_bits_truncate(fstat(place)?.st_mode) & SFlag::S_IFMT;
        let original = if kind == SFlag::S_IFDIR {
            &self.directory
        } else {
            &self.file
        };
        let tree = open_tree_at(original.as_fd())?;
        restrict(tree.as_fd(), ATTR_RDONLY, Depth::One)?;
        attach(tree.as_fd(), place)
    }
}
