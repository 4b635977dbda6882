//! `git`: remotes that the agent may use. Read and checked, not built yet.

use bottle_policy::{Authority, GitRemote};

use super::Reader;
use super::auth::secret_ref;
use crate::keys;
use crate::node::{Entry, Node};

pub(super) fn read(reader: &mut Reader<'_>, entry: &Entry) -> Vec<GitRemote> {
    let items = reader.walk.list("`git`", &entry.node);
    if !items.is_empty() {
        reader.unbuilt(
            &entry.key_span,
            "git",
            "list the git host under `egress.routes`, with `matches` for the repository and `auth` of scheme basic",
        );
    }
    let mut remotes: Vec<GitRemote> = Vec::new();
    for item in items {
        let Some(remote) = remote(reader, item) else {
            continue;
        };
        if remotes.iter().any(|other| other.name == remote.name) {
            let message = format!("there is already a remote `{}`", remote.name);
            reader.walk.fault(&item.span, message);
        }
        remotes.push(remote);
    }
    remotes
}

fn remote(reader: &mut Reader<'_>, node: &Node) -> Option<GitRemote> {
    let fields = reader.walk.fields("a remote", node, &keys::REMOTE)?;
    let name = fields.get("name").and_then(|node| name(reader, node));
    let upstream = fields
        .get("upstream")
        .and_then(|node| upstream(reader, node));
    let token = fields.get("auth").and_then(|node| {
        let auth = reader.walk.fields("`auth`", node, &keys::REMOTE_AUTH)?;
        secret_ref(reader, "`token_ref`", auth.get("token_ref")?)
    });
    let push = fields.get("push").map_or_else(Vec::new, |node| {
        let items = reader.walk.list("`push`", node);
        items
            .iter()
            .filter_map(|item| pattern(reader, item))
            .collect()
    });
    Some(GitRemote {
        name: name?,
        upstream: upstream?,
        token,
        push,
    })
}

fn name(reader: &mut Reader<'_>, node: &Node) -> Option<String> {
    let text = reader.walk.text("a remote's name", node)?;
    let word = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-');
    if !text.starts_with(|c: char| c.is_ascii_alphanumeric()) || !text.bytes().all(word) {
        reader.walk.fault(
            &node.span,
            "a remote's name has letters, digits, `.`, `_` and `-`",
        );
        return None;
    }
    Some(text.to_owned())
}

fn upstream(reader: &mut Reader<'_>, node: &Node) -> Option<String> {
    let text = reader.walk.text("`upstream`", node)?;
    let checked = match text.split_once("://") {
        Some(("https", rest)) => address(rest),
        // The user is part of the address there, and no credential.
        Some(("ssh", rest)) => {
            let (user, host) = rest.split_once('@').unwrap_or(("", rest));
            let rest = if user.contains([':', '/']) {
                rest
            } else {
                host
            };
            reader.unbuilt(
                &node.span,
                "git.upstream: ssh://",
                "write `https://HOST/PATH.git`",
            );
            address(rest)
        }
        _ => Err(("a remote is reached by `https://` only", HTTPS)),
    };
    match checked {
        Ok(()) => Some(text.to_owned()),
        Err((message, help)) => {
            reader.walk.fault(&node.span, message).help(help);
            None
        }
    }
}

/// What stands behind the scheme; otherwise what is wrong with it, and a hint.
fn address(text: &str) -> Result<(), (&'static str, &'static str)> {
    let (authority, path) = text.split_once('/').unwrap_or((text, ""));
    if authority.contains('@') {
        let message = "no user name and no password stand in a URL (they are not shown here)";
        return Err((message, "name the token under `auth`"));
    }
    if Authority::parse(authority).is_err() {
        return Err(("this URL has no good host", HTTPS));
    }
    if path.is_empty() || path.contains(['?', '#']) || path.contains(char::is_whitespace) {
        return Err(("this URL has no good path", HTTPS));
    }
    Ok(())
}

fn pattern(reader: &mut Reader<'_>, node: &Node) -> Option<String> {
    let text = reader.walk.text("a ref pattern", node)?;
    let odd = |c: char| {
        c.is_control() || c.is_whitespace() || matches!(c, '~' | '^' | ':' | '?' | '[' | '\\')
    };
    if text.starts_with("refs/")
        && !text.contains(odd)
        && !text.contains("..")
        && !text.ends_with('/')
    {
        return Some(text.to_owned());
    }
    let fault = reader.walk.fault(
        &node.span,
        "a ref pattern begins with `refs/` and has no blank, `..` or any of ~^:?[\\",
    );
    if !text.starts_with("refs/") && !text.contains(odd) {
        fault.help(format!(
            "did you mean `refs/heads/{}`?",
            crate::mask::shown(text)
        ));
    }
    None
}

const HTTPS: &str = "write `https://HOST/PATH.git`";
