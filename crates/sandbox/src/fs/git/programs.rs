// SPDX-License-Identifier: Apache-2.0 OR MIT
// Copyright the bot-bottle authors
//! Which settings of git name a program that git runs, and which hooks it would run.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use super::config::Setting;

/// A section, its keys; any subsection. `*` is any key.
const NAMING: &[(&str, &[&str])] = &[
    (
        "core",
        &[
            "alternaterefscommand",
            "askpass",
            "editor",
            "gitproxy",
            "pager",
            "sshcommand",
        ],
    ),
    ("browser", &["cmd", "path"]),
    ("credential", &["helper"]),
    ("diff", &["command", "external", "textconv"]),
    ("difftool", &["cmd", "path"]),
    ("filter", &["clean", "process", "smudge"]),
    ("gpg", &["defaultkeycommand", "program"]),
    ("guitool", &["cmd"]),
    ("hook", &["command"]),
    ("imap", &["tunnel"]),
    ("init", &["templatedir"]),
    ("instaweb", &["browser", "httpd"]),
    ("interactive", &["difffilter"]),
    ("lfs", &["path", "clean", "smudge"]),
    ("man", &["cmd", "path"]),
    ("merge", &["driver"]),
    ("mergetool", &["cmd", "path"]),
    ("protocol", &["allow"]),
    ("remote", &["receivepack", "uploadpack", "vcs"]),
    (
        "sendemail",
        &["cccmd", "headercmd", "sendmailcmd", "smtpserver", "tocmd"],
    ),
    ("sequence", &["editor"]),
    ("tar", &["command"]),
    ("trailer", &["cmd", "command"]),
    ("uploadpack", &["packobjectshook"]),
    ("web", &["browser"]),
];

/// Whether git runs what a setting says.
pub(crate) fn names_program(setting: &Setting) -> bool {
    let value = setting.value.trim();
    let (section, key) = (setting.section.as_str(), setting.key.as_str());
    if value.is_empty() {
        return false;
    }
    match (section, key) {
        ("core", "fsmonitor") => !is_boolean(value),
        ("core", "hookspath") => value != "/dev/null",
        ("pager", _) => !is_boolean(value),
        ("alias", _) | ("submodule", "update") => value.starts_with('!'),
        ("remote", "pushurl" | "url") | ("url", _) => {
            // A remote helper: `ext::sh -c …` is a program.
            [value, &setting.subsection]
                .iter()
                .any(|url| url.contains("::"))
        }
        _ => NAMING
            .iter()
            .any(|(known, keys)| *known == section && keys.contains(&key)),
    }
}

fn is_boolean(value: &str) -> bool {
    let words = ["true", "false", "yes", "no", "on", "off", "1", "0"];
    words.iter().any(|word| value.eq_ignore_ascii_case(word))
}

/// Hooks in a directory that git would run.
pub(crate) fn hooks(directory: &Path) -> Vec<String> {
    let entries = fs::read_dir(directory).into_iter().flatten().flatten();
    let runnable = entries.filter(|entry| {
        fs::metadata(entry.path())
            .is_ok_and(|file| file.is_file() && file.permissions().mode() & 0o111 != 0)
    });
    let mut names: Vec<String> = runnable
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| !name.ends_with(".sample"))
        .collect();
    names.sort_unstable();
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(section: &str, subsection: &str, key: &str, value: &str) -> bool {
        names_program(&Setting {
            section: section.to_owned(),
            subsection: subsection.to_owned(),
            key: key.to_owned(),
            value: value.to_owned(),
            directory: "/".into(),
        })
    }

    #[test]
    fn what_git_would_run_is_told_from_what_it_would_not() {
        assert!(says("core", "", "fsmonitor", "touch /tmp/x"));
        assert!(says("core", "", "hookspath", "../h"));
        assert!(says("filter", "lfs", "clean", "x"));
        assert!(says("diff", "pdf", "textconv", "x"));
        assert!(says("merge", "m", "driver", "x"));
        assert!(says("alias", "", "st", "!x"));
        assert!(says("credential", "https://x", "helper", "!x"));
        assert!(says("remote", "o", "url", "ext::sh -c x"));
        assert!(!says("core", "", "fsmonitor", "true"));
        assert!(!says("alias", "", "st", "status"));
        assert!(!says("remote", "o", "url", "https://x/y"));
        assert!(!says("user", "", "name", "x"));
    }
}
