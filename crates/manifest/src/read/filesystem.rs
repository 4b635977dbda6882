//! `filesystem`: what the agent may change and must not see. Paths are only
//! read here: whether they are there is asked later ([`Manifest::refuse`]).
//!
//! [`Manifest::refuse`]: crate::Manifest::refuse

use std::path::PathBuf;

use bottle_policy::Filesystem;

use super::Reader;
use crate::keys;
use crate::node::{Node, Span};
use crate::remark::Named;

pub(super) fn read(reader: &mut Reader<'_>, node: &Node) -> Filesystem {
    let mut filesystem = Filesystem::default();
    let Some(fields) = reader.walk.fields("`filesystem`", node, &keys::FILESYSTEM) else {
        return filesystem;
    };
    if let Some(node) = fields.get("writable") {
        let writable = paths(reader, "`writable`", node);
        let named = |(path, span): &(PathBuf, Span)| (Named::Writable(path.clone()), span.clone());
        reader.named.extend(writable.iter().map(named));
        filesystem.writable = writable.into_iter().map(|(path, _)| path).collect();
    }
    if let Some(node) = fields.get("hidden") {
        let hidden = paths(reader, "`hidden`", node);
        filesystem.hidden = hidden.into_iter().map(|(path, _)| path).collect();
        both(reader, node, &filesystem);
    }
    filesystem
}

fn paths(reader: &mut Reader<'_>, key: &str, node: &Node) -> Vec<(PathBuf, Span)> {
    reader
        .walk
        .list(key, node)
        .iter()
        .filter_map(|item| Some((path(reader, item)?, item.span.clone())))
        .collect()
}

fn path(reader: &mut Reader<'_>, node: &Node) -> Option<PathBuf> {
    let text = reader.walk.text("a path", node)?;
    let (message, help) = if text.is_empty() || text.chars().any(char::is_control) {
        (
            "a path has at least one character, and none that controls",
            None,
        )
    } else if text.starts_with('~') && text != "~" && !text.starts_with("~/") {
        (
            "`~` stands for your own home only",
            Some("write the path out"),
        )
    } else if text.split('/').any(|part| part == "..") {
        (
            "a path here has no `..`",
            Some("name the place itself, from `~/` or `/` on"),
        )
    } else if text.contains('*') {
        (
            "a path here is no pattern",
            Some("name the directory itself"),
        )
    } else if text.trim_end_matches('/').is_empty() {
        (
            "the whole file system is neither made writable nor hidden",
            Some("name what is needed"),
        )
    } else {
        return Some(PathBuf::from(text));
    };
    let fault = reader.walk.fault(&node.span, message);
    if let Some(help) = help {
        fault.help(help);
    }
    None
}

fn both(reader: &mut Reader<'_>, node: &Node, filesystem: &Filesystem) {
    let clash = filesystem
        .hidden
        .iter()
        .find(|path| filesystem.writable.contains(path));
    if let Some(path) = clash {
        let message = format!("`{}` is both writable and hidden", path.display());
        reader
            .walk
            .fault(&node.span, message)
            .help("keep it in one of the two lists");
    }
}
