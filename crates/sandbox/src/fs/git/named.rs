// SPDX-License-Identifier: Apache-2.0 OR MIT
// Copyright the bot-bottle authors
//! Files and folders that git's configuration names: what is included, where hooks are, and the
//! words of the commands that git runs. By the text alone.

use std::path::{Component, Path, PathBuf};

use super::config::{Setting, include, resolve};
use super::programs::names_program;

/// A path that a setting names.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Named {
    /// Surely: what is missing there could be made.
    Surely(PathBuf),
    /// Perhaps: a word of a command. Of interest only if it is a file.
    Perhaps(PathBuf),
}

/// What one setting names. Git runs commands at the top of the working tree.
pub(super) fn named(setting: &Setting, worktree: &Path, home: &Path) -> Vec<Named> {
    if let Some(path) = include(setting, home) {
        return vec![Named::Surely(plain(&path))];
    }
    if !names_program(setting) {
        return Vec::new();
    }
    let at = |word: &str| plain(&resolve(word, worktree, home));
    if setting.key == "hookspath" {
        return vec![Named::Surely(at(&setting.value))];
    }
    let words = setting.value.trim_start_matches('!');
    let blank =
        |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ';' | '&' | '|' | '(' | ')');
    let words = words.split(blank).filter(|word| !word.is_empty());
    words
        .enumerate()
        .filter(|(_, word)| !word.contains(['$', '%', '*', ':']) && !word.starts_with('-'))
        .map(|(number, word)| match (number, word.contains('/')) {
            (0, true) => Named::Surely(at(word)),
            _ => Named::Perhaps(at(word)),
        })
        .collect()
}

/// Without `.` and `..`.
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

    fn of(section: &str, key: &str, value: &str) -> Vec<Named> {
        let setting = Setting {
            section: section.to_owned(),
            subsection: String::new(),
            key: key.to_owned(),
            value: value.to_owned(),
            directory: "/p/.git".into(),
        };
        named(&setting, Path::new("/p"), Path::new("/home/a"))
    }

    #[test]
    fn what_settings_name_is_found_and_made_plain() {
        let surely = |path: &str| Named::Surely(path.into());
        let perhaps = |path: &str| Named::Perhaps(path.into());
        assert_eq!(
            of("include", "path", "../.gitconfig"),
            [surely("/p/.gitconfig")]
        );
        assert_eq!(of("include", "path", "~/x"), [surely("/home/a/x")]);
        assert_eq!(of("core", "hookspath", ".husky"), [surely("/p/.husky")]);
        assert_eq!(
            of("core", "fsmonitor", "./tools/watch -x"),
            [surely("/p/tools/watch")]
        );
        assert_eq!(
            of("filter", "clean", "python \"tools/a.py\" %f"),
            [perhaps("/p/python"), perhaps("/p/tools/a.py")]
        );
        assert_eq!(of("user", "name", "a/b"), []);
    }
}
