// SPDX-License-Identifier: Apache-2.0 OR MIT
// Copyright the bot-bottle authors
//! Git's configuration files, read as git reads them but for faults, which are passed over: a
//! file that git refuses does nothing. What is included is read, whatever the condition.

use std::fs::File;
use std::io::Read as _;
use std::iter::Peekable;
use std::path::{Path, PathBuf};
use std::str::Chars;

use crate::sys::mounts::open_place;

/// The longest file that is read, and how deep includes go: as far as git's.
const LONGEST: u64 = 4 << 20;
const DEPTH: usize = 10;
/// Of one configuration with all that it includes.
const MOST: usize = 20_000;

/// One setting, where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Setting {
    pub(crate) section: String,
    pub(crate) subsection: String,
    pub(crate) key: String,
    pub(crate) value: String,
    /// The directory of its file.
    pub(crate) directory: PathBuf,
}

impl Setting {
    /// As git writes it: `section.subsection.key`.
    pub(crate) fn name(&self) -> String {
        let parts = [&self.section, &self.subsection, &self.key].map(String::as_str);
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        parts.join(".")
    }
}

/// All settings of a file and of what it includes. What is no ordinary file is empty: git
/// directories are looked at that an agent made.
pub(crate) fn read(file: &Path, home: &Path) -> Vec<Setting> {
    let mut all = Vec::new();
    follow(file, home, 0, &mut all);
    all
}

fn follow(file: &Path, home: &Path, depth: usize, all: &mut Vec<Setting>) {
    let directory = file.parent().unwrap_or_else(|| Path::new("/"));
    for setting in parse(&text(file), directory) {
        if all.len() >= MOST {
            return;
        }
        let included = include(&setting, home);
        all.push(setting);
        if let Some(path) = included.filter(|_| depth < DEPTH) {
            follow(&path, home, depth + 1, all);
        }
    }
}

/// The file that a setting includes.
pub(super) fn include(setting: &Setting, home: &Path) -> Option<PathBuf> {
    let is_include = matches!(setting.section.as_str(), "include" | "includeif");
    let named = is_include && setting.key == "path" && !setting.value.is_empty();
    named.then(|| resolve(&setting.value, &setting.directory, home))
}

/// A path in the configuration, relative ones at `base`.
pub(super) fn resolve(value: &str, base: &Path, home: &Path) -> PathBuf {
    match value.strip_prefix("~/") {
        Some(rest) => home.join(rest),
        None => base.join(value),
    }
}

fn text(path: &Path) -> String {
    let file = open_place(path, libc::O_RDONLY | libc::O_NONBLOCK).map(File::from);
    let ordinary = file
        .ok()
        .filter(|file| file.metadata().is_ok_and(|metadata| metadata.is_file()));
    let mut bytes = Vec::new();
    if let Some(file) = ordinary {
        // What was read until a fault is looked at.
        let _ = file.take(LONGEST).read_to_end(&mut bytes);
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn parse(text: &str, directory: &Path) -> Vec<Setting> {
    let mut settings = Vec::new();
    let (mut section, mut subsection) = (String::new(), String::new());
    let mut rest = text.chars().peekable();
    while let Some(&first) = rest.peek() {
        if first == '[' {
            (section, subsection) = head(&mut rest);
        } else if first == '#' || first == ';' {
            while rest.next_if(|&c| c != '\n').is_some() {}
        } else if first.is_ascii_alphanumeric() {
            let (key, value) = pair(&mut rest);
            settings.push(Setting {
                section: section.clone(),
                subsection: subsection.clone(),
                key,
                value,
                directory: directory.to_owned(),
            });
        } else {
            rest.next();
        }
    }
    settings
}

/// `[section]`, `[section "subsection"]` or, as it once was, `[section.subsection]`.
fn head(rest: &mut Peekable<Chars<'_>>) -> (String, String) {
    rest.next();
    let (mut name, mut quoted) = (String::new(), None::<String>);
    let mut within = false;
    while let Some(c) = rest.next_if(|&c| c != '\n') {
        match (c, within) {
            ('"', _) => {
                within = !within;
                quoted.get_or_insert_default();
            }
            ('\\', true) => quoted.get_or_insert_default().extend(rest.next()),
            (c, true) => quoted.get_or_insert_default().push(c),
            (']', false) => break,
            (c, false) if c.is_whitespace() => {}
            (c, false) => name.push(c.to_ascii_lowercase()),
        }
    }
    match (quoted, name.split_once('.')) {
        (Some(quoted), _) => (name, quoted),
        (None, Some((section, subsection))) => (section.to_owned(), subsection.to_owned()),
        (None, None) => (name, String::new()),
    }
}

/// `key = value`, or a key alone, which is true.
fn pair(rest: &mut Peekable<Chars<'_>>) -> (String, String) {
    let mut key = String::new();
    while let Some(c) = rest.next_if(|c| c.is_ascii_alphanumeric() || *c == '-') {
        key.push(c.to_ascii_lowercase());
    }
    while rest.next_if(|&c| c == ' ' || c == '\t').is_some() {}
    if rest.next_if_eq(&'=').is_none() {
        return (key, "true".to_owned());
    }
    (key, value(rest))
}

fn value(rest: &mut Peekable<Chars<'_>>) -> String {
    let mut value = String::new();
    let mut quoted = false;
    while let Some(c) = rest.next_if(|&c| c != '\n') {
        match c {
            '"' => quoted = !quoted,
            '#' | ';' if !quoted => while rest.next_if(|&c| c != '\n').is_some() {},
            '\\' => {
                // A line that goes on in the next one; with the return of other systems, too.
                rest.next_if_eq(&'\r');
                match rest.next() {
                    Some('n') => value.push('\n'),
                    Some('t') => value.push('\t'),
                    Some('\n') | None => {}
                    Some(other) => value.push(other),
                }
            }
            other => value.push(other),
        }
    }
    value.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(text: &str) -> Vec<String> {
        let settings = parse(text, Path::new("/p/.git"));
        settings
            .iter()
            .map(|setting| format!("{}={}", setting.name(), setting.value))
            .collect()
    }

    #[test]
    fn settings_are_read_in_all_their_forms() {
        let text = "# x = y\n[core] fsMonitor = \"a # b\" ; c\n\tbare\n[filter \"L f]S\"]\n\
            clean = one \\\ntwo\r\n[alias.Old]\nx=!\\\"y\\\"\n[Include]path=../a\n";
        let expected = [
            "core.fsmonitor=a # b",
            "core.bare=true",
            "filter.L f]S.clean=one two",
            "alias.old.x=!\"y\"",
            "include.path=../a",
        ];
        assert_eq!(pairs(text), expected);
    }

    #[test]
    fn what_is_included_is_read_and_a_circle_ends() {
        let dir = tempfile::tempdir().unwrap();
        let path = |name: &str| dir.path().join(name);
        std::fs::create_dir(path("home")).unwrap();
        std::fs::write(path("a"), "[include]\npath = b\npath = ~/c\n[x]\ny=1\n").unwrap();
        std::fs::write(path("b"), "[includeIf \"gitdir:/\"]\npath = a\n[x]\nz=2\n").unwrap();
        std::fs::write(path("home/c"), "[x]\nw=3\n").unwrap();
        let settings = read(&path("a"), &path("home"));
        for key in ["y", "z", "w"] {
            assert!(settings.iter().any(|setting| setting.key == key), "{key}");
        }
    }
}
