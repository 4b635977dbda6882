//! What a file asks for and we do otherwise, key by key.

use std::fmt;

use crate::document::{Document, Entered, Value};
use crate::schema::{self, Ours};

/// A key that we do not honour as pipelock does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The section and the key, such as `dlp.patterns`.
    pub path: String,
    /// Its line, from 1.
    pub line: usize,
    /// What we do instead.
    pub instead: String,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}: {}", self.line, self.path, self.instead)
    }
}

/// Every difference, in the order of the text.
pub(crate) fn all(document: &Document) -> Vec<Difference> {
    document.values.iter().filter_map(one).collect()
}

fn one(entered: &Entered) -> Option<Difference> {
    let instead = match schema::key(&entered.path).map(|key| key.ours) {
        Some(Ours::Same) => return None,
        Some(Ours::SameFor(values, _)) if values.contains(&shown(&entered.value).as_str()) => {
            return None;
        }
        Some(Ours::Instead(what) | Ours::SameFor(_, what)) => what,
        None => "it is not read",
    };
    if entered.value == (Value::Unread { off: true }) || entered.value == Value::Texts(Vec::new()) {
        return None;
    }
    Some(Difference {
        path: shown_path(&entered.path),
        line: entered.line,
        instead: instead.to_owned(),
    })
}

/// A key that is not in the table is anybody's text.
fn shown_path(path: &str) -> String {
    let shown = schema::shown(path);
    match schema::key(path) {
        Some(_) => shown,
        None => bottle_yaml::mask::shown(&shown),
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::Bool(value) => value.to_string(),
        Value::Int(value) => value.to_string(),
        Value::Text(value) => value.clone(),
        Value::Map | Value::Texts(_) | Value::Unread { .. } => String::new(),
    }
}
