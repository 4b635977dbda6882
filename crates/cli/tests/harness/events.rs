//! What an audit log says, as a program reads it.

use std::path::Path;

use serde_json::Value;

/// The lines of an audit log.
#[derive(Debug)]
pub(crate) struct Events(Vec<Value>);

impl Events {
    pub(crate) fn read(path: &Path) -> Self {
        let text = std::fs::read_to_string(path).expect("the log can be read");
        let parse = |line| serde_json::from_str(line).expect("a line is JSON");
        Self(text.lines().map(parse).collect())
    }

    /// The logs of every run in a directory, one behind the other.
    pub(crate) fn read_all(directory: &Path) -> Self {
        let logs = std::fs::read_dir(directory).expect("runs have left logs");
        let each = logs.map(|log| Self::read(&log.expect("a log").path()).0);
        Self(each.flatten().collect())
    }

    pub(crate) fn all(&self) -> &[Value] {
        &self.0
    }

    /// The events of that verdict: `allow`, `deny`, `done`, `fault` or `warn`.
    pub(crate) fn of(&self, verdict: &str) -> Vec<&Value> {
        self.0
            .iter()
            .filter(|event| text(event, "/verdict") == verdict)
            .collect()
    }

    /// The rules of the refusals, in order, without those of names that were
    /// asked for before.
    pub(crate) fn rules(&self) -> Vec<&str> {
        self.of("deny")
            .iter()
            .filter(|event| text(event, "/door") != "dns")
            .map(|event| text(event, "/rule"))
            .collect()
    }

    /// The hosts of what was let through, in order, each once.
    pub(crate) fn allowed_hosts(&self) -> Vec<&str> {
        let mut hosts: Vec<&str> = self
            .of("allow")
            .iter()
            .map(|event| text(event, "/dest/host"))
            .collect();
        hosts.dedup();
        hosts
    }

    /// Whether a text occurs anywhere in it.
    pub(crate) fn mention(&self, needle: &str) -> bool {
        self.0
            .iter()
            .any(|event| event.to_string().contains(needle))
    }
}

fn text<'a>(event: &'a Value, pointer: &str) -> &'a str {
    event
        .pointer(pointer)
        .and_then(Value::as_str)
        .unwrap_or_default()
}
