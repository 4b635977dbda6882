//! Who the person is to git, and nothing else of their configuration: that may
//! hold tokens, and programs for git to run. Follows no includes.

use std::fs;
use std::path::Path;

use bottle_sandbox::{Access, File};

/// Where git keeps a person's configuration, below the home; the first wins.
const FILES: &[&str] = &[".gitconfig", ".config/git/config"];

/// What is taken over: section and key.
const TAKEN: &[(&str, &str)] = &[
    ("user", "name"),
    ("user", "email"),
    ("init", "defaultbranch"),
];

/// A configuration for the bottle's own home.
pub(crate) fn file(home: &Path) -> Option<File> {
    let texts: Vec<String> = FILES
        .iter()
        .filter_map(|path| fs::read_to_string(home.join(path)).ok())
        .collect();
    let lines: Vec<String> = TAKEN
        .iter()
        .filter_map(|(section, key)| {
            let value = texts.iter().find_map(|text| value(text, section, key))?;
            Some(format!("[{section}]\n\t{key} = \"{}\"\n", escaped(&value)))
        })
        .collect();
    (!lines.is_empty()).then(|| File {
        path: home.join(".gitconfig"),
        content: lines.concat().into_bytes(),
        mode: 0o644,
        access: Access::Private,
    })
}

/// The last value of a key, as git reads it; `None` for what is not on one plain line.
fn value(text: &str, section: &str, key: &str) -> Option<String> {
    let mut within = false;
    let mut found = None;
    for line in text.lines().map(str::trim) {
        if let Some(head) = line.strip_prefix('[') {
            within = head
                .strip_suffix(']')
                .is_some_and(|name| name.trim().eq_ignore_ascii_case(section));
        } else if within
            && let Some((name, value)) = line.split_once('=')
            && name.trim().eq_ignore_ascii_case(key)
        {
            found = plain(value.trim());
        }
    }
    found
}

/// A value with or without quotes, as long as it needs no further reading.
fn plain(value: &str) -> Option<String> {
    let inner = match value.strip_prefix('"') {
        Some(rest) => rest.strip_suffix('"')?,
        None => value.split(['#', ';']).next().unwrap_or_default().trim(),
    };
    (!inner.is_empty() && !inner.contains(['"', '\\'])).then(|| inner.to_owned())
}

fn escaped(value: &str) -> String {
    value.replace('\\', "\\\\").replace('"', "\\\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(text: &str) -> Option<String> {
        let home = tempfile::tempdir().unwrap();
        fs::write(home.path().join(".gitconfig"), text).unwrap();
        file(home.path()).map(|file| String::from_utf8(file.content).unwrap())
    }

    #[test]
    fn a_person_is_known_to_git_and_nothing_else_comes_along() {
        let text = "[user]\n\tname = Ann Example ; me\n\temail=\"ann@example.com\"\n\
                    [credential]\n\thelper = store\n[url \"https://token@host/\"]\n\tinsteadOf = x\n";
        assert_eq!(
            taken(text).as_deref(),
            Some("[user]\n\tname = \"Ann Example\"\n[user]\n\temail = \"ann@example.com\"\n")
        );
    }

    #[test]
    fn without_a_name_there_is_no_file() {
        assert_eq!(taken("[core]\n\teditor = vi\n"), None);
        assert_eq!(taken("[user]\n\tname = \"broken\n"), None);
    }
}
