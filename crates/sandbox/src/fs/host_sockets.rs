// SPDX-License-Identifier: Apache-2.0 OR MIT
// Copyright the bot-bottle authors
//! Finds socket files of host processes in the trees that a bottle shows. A read-only mount
//! does not stop `connect()`, so each is covered. One that a host process binds later in a
//! shared tree is not found.

use std::collections::VecDeque;
use std::ffi::OsString;
use std::fs;
use std::os::unix::ffi::OsStringExt as _;
use std::os::unix::fs::FileTypeExt as _;
use std::path::{Path, PathBuf};

/// Sockets bound by a relative name are looked for this deep, and in so many entries a tree.
const DEPTH: usize = 3;
const ENTRIES: usize = 20_000;

/// Absolute paths bound in this network namespace.
pub(super) fn bound() -> Vec<PathBuf> {
    let table = fs::read("/proc/net/unix").unwrap_or_default();
    table
        .split(|&byte| byte == b'\n')
        .filter_map(path_of)
        .collect()
}

/// The eighth column, which may hold spaces.
fn path_of(line: &[u8]) -> Option<PathBuf> {
    let start = line.windows(2).position(|pair| pair == b" /")? + 1;
    let path = line.get(start..)?;
    Some(PathBuf::from(OsString::from_vec(path.to_vec())))
}

/// Socket files in the upper part of a tree.
pub(super) fn below(tree: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut budget = ENTRIES;
    let mut queue = VecDeque::from([(tree.to_owned(), 0)]);
    while let Some((directory, depth)) = queue.pop_front() {
        let Ok(entries) = fs::read_dir(&directory) else {
            continue;
        };
        for entry in entries.flatten() {
            let Some(left) = budget.checked_sub(1) else {
                return found;
            };
            budget = left;
            match entry.file_type() {
                Ok(kind) if kind.is_socket() => found.push(entry.path()),
                Ok(kind) if kind.is_dir() && depth < DEPTH => {
                    queue.push_back((entry.path(), depth + 1));
                }
                _ => {}
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bound_path_is_read_with_its_spaces() {
        let line = b"0000000000000000: 00000002 00000000 00010000 0001 01 1234 /run/a b.sock";
        assert_eq!(path_of(line), Some(PathBuf::from("/run/a b.sock")));
    }

    #[test]
    fn abstract_and_unnamed_sockets_have_no_path() {
        assert_eq!(
            path_of(b"0: 00000002 00000000 00010000 0001 01 1234 @/x"),
            None
        );
        assert_eq!(path_of(b"0: 00000002 00000000 00010000 0001 01 1234"), None);
    }
}
