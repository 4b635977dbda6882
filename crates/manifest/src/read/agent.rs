//! `agent`: the command and its surroundings.

use std::collections::BTreeMap;

use bottle_policy::Agent;

use super::Reader;
use crate::mask::shown;
use crate::node::{Entry, Node, Value};
use crate::random::looks_random;
use crate::{dotenv, keys};

pub(super) fn read(reader: &mut Reader<'_>, node: &Node) -> Agent {
    let mut agent = Agent::default();
    let Some(fields) = reader.walk.fields("`agent`", node, &keys::AGENT) else {
        return agent;
    };
    if let Some(node) = fields.get("provider") {
        agent.provider = reader
            .walk
            .word("`provider`", node, keys::PROVIDERS)
            .map(str::to_owned);
    }
    if let Some(node) = fields.get("command") {
        agent.command = command(reader, node);
    }
    if let Some(node) = fields.get("env") {
        agent.env = env(reader, node);
    }
    agent
}

/// A list, or a single word: a line of words could be split in more than one way.
fn command(reader: &mut Reader<'_>, node: &Node) -> Vec<String> {
    if !matches!(node.value, Value::Scalar(_)) {
        let items = reader.walk.list("`command`", node);
        let words = items
            .iter()
            .filter_map(|item| argument(reader, item))
            .collect::<Vec<_>>();
        if words.first().is_some_and(String::is_empty)
            && let Some(first) = items.first()
        {
            reader
                .walk
                .fault(&first.span, "the program's name is empty");
        }
        return words;
    }
    let Some(text) = reader.walk.text("`command`", node) else {
        return Vec::new();
    };
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '/' | '+');
    if !text.is_empty() && text.chars().all(plain) {
        return vec![text.to_owned()];
    }
    let fault = reader.walk.fault(
        &node.span,
        "`command` is a list, so that nothing has to guess where its words end",
    );
    if text.chars().all(|c| plain(c) || c == ' ') && !text.trim().is_empty() {
        let words: Vec<&str> = text.split_whitespace().collect();
        fault.help(format!("write [{}]", shown(&words.join(", "))));
    } else {
        fault.help("write [program, \"first argument\", …]; for a shell's syntax, [sh, -c, \"…\"]");
    }
    Vec::new()
}

fn argument(reader: &mut Reader<'_>, item: &Node) -> Option<String> {
    let text = reader.walk.text("an argument", item)?;
    if text.contains('\0') {
        reader
            .walk
            .fault(&item.span, "an argument has no NUL character");
        return None;
    }
    Some(text.to_owned())
}

fn env(reader: &mut Reader<'_>, node: &Node) -> BTreeMap<String, String> {
    let entries = reader.walk.map("`env`", node).unwrap_or_default();
    entries
        .iter()
        .filter_map(|entry| variable(reader, entry))
        .collect()
}

fn variable(reader: &mut Reader<'_>, entry: &Entry) -> Option<(String, String)> {
    // People do write secrets here, so no report shows these values.
    reader.walk.hide_all(&entry.node);
    let name = entry.key.as_str();
    let fits = !name.is_empty()
        && !name.starts_with(|c: char| c.is_ascii_digit())
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    if !fits {
        reader
            .walk
            .fault(
                &entry.key_span,
                format!("`{}` is no name of an environment variable", shown(name)),
            )
            .help("a name has letters, digits and `_`, and begins with no digit");
    }
    let Value::Scalar(scalar) = &entry.node.value else {
        reader.walk.wrong("a variable", "text", &entry.node, None);
        return None;
    };
    if scalar.kind() != crate::node::Kind::Text {
        // Not `Walk::text`: its suggestion would repeat the value.
        reader.walk.wrong(
            "a variable",
            "text",
            &entry.node,
            Some("put the value in quotes"),
        );
        return None;
    }
    let value = scalar.text.as_str();
    if value.contains('\0') {
        reader
            .walk
            .fault(&entry.node.span, "a variable has no NUL character");
    }
    if looks_random(value) || (dotenv::name_is_secret(name) && value.len() >= dotenv::MIN_SECRET) {
        reader.note(
            &entry.key_span,
            format!("`agent.env.{name}` looks like a secret, and the agent will see it: use a route's `auth` instead"),
        );
    }
    fits.then(|| (name.to_owned(), value.to_owned()))
}
