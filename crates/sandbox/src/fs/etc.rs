// SPDX-License-Identifier: Apache-2.0 OR MIT
// Copyright the bot-bottle authors
//! The few files of /etc that must say something else inside: names are asked of the engine
//! and of nobody else, and the command's user has an entry.

use std::path::PathBuf;

use super::sources::Sources;
use crate::net::addresses::ADDRESS_V4;
use crate::spec::{Access, File, Spec};
use crate::users::Mapping;

/// No module but `files` and `dns`: the others talk to daemons of the host over sockets.
const NSSWITCH: &str = "passwd: files\ngroup: files\nshadow: files\nhosts: files dns\n\
    networks: files\nprotocols: files\nservices: files\nethers: files\nrpc: files\n";

/// Those that the request does not bring itself.
pub(super) fn files(spec: &Spec, sources: &Sources, mapping: Mapping) -> Vec<File> {
    let name = &spec.hostname;
    let home = spec.home.to_string_lossy();
    let (uid, gid) = (mapping.command_uid(), mapping.command_gid());
    let hosts = format!(
        "127.0.0.1 localhost\n::1 localhost ip6-localhost ip6-loopback\n{ADDRESS_V4} {name}\n"
    );
    [
        ("/etc/resolv.conf", format!("nameserver {ADDRESS_V4}\n")),
        ("/etc/nsswitch.conf", NSSWITCH.to_owned()),
        ("/etc/hosts", hosts),
        ("/etc/hostname", format!("{name}\n")),
        ("/etc/passwd", passwd(&sources.passwd, uid, gid, &home)),
        ("/etc/group", group(&sources.group, gid)),
    ]
    .into_iter()
    .map(|(path, content)| File {
        path: PathBuf::from(path),
        content: content.into_bytes(),
        mode: 0o644,
        access: Access::ReadOnly,
    })
    .filter(|file| !spec.files.iter().any(|given| given.path == file.path))
    .collect()
}

/// The host's entries, with the command's user at home in the bottle's home.
fn passwd(host: &str, uid: u32, gid: u32, home: &str) -> String {
    let uid = uid.to_string();
    let own = host
        .lines()
        .find(|line| line.split(':').nth(2) == Some(&uid));
    let mut fields = own.unwrap_or("bottle:x:::::/bin/sh").split(':');
    let name = fields.next().unwrap_or("bottle");
    let shell = fields.nth(5).unwrap_or("/bin/sh");
    let entry = format!("{name}:x:{uid}:{gid}::{home}:{shell}");
    let others = host
        .lines()
        .filter(|line| line.split(':').nth(2) != Some(&uid));
    lines(others, Some(&entry))
}

fn group(host: &str, gid: u32) -> String {
    let gid = gid.to_string();
    let known = host
        .lines()
        .any(|line| line.split(':').nth(2) == Some(&gid));
    let entry = format!("bottle:x:{gid}:");
    lines(host.lines(), (!known).then_some(entry.as_str()))
}

fn lines<'a>(host: impl Iterator<Item = &'a str>, more: Option<&'a str>) -> String {
    let mut text = String::new();
    for line in host.chain(more) {
        text.push_str(line);
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOST: &str = "root:x:0:0:root:/root:/bin/bash\nann:x:1000:1000:Ann:/home/ann:/bin/zsh\n";

    #[test]
    fn a_known_user_keeps_name_and_shell_and_moves_home() {
        let text = passwd(HOST, 1000, 1000, "/root");
        assert!(
            text.ends_with("ann:x:1000:1000::/root:/bin/zsh\n"),
            "{text}"
        );
        assert_eq!(text.matches("ann").count(), 1);
    }

    #[test]
    fn an_unknown_user_gets_an_entry() {
        let text = passwd(HOST, 4242, 100, "/home/x");
        assert!(
            text.ends_with("bottle:x:4242:100::/home/x:/bin/sh\n"),
            "{text}"
        );
        assert!(group("root:x:0:\n", 100).ends_with("bottle:x:100:\n"));
    }
}
