//! The page in docs/ that lists every key: docs/pipelock.md is what this says.

use crate::schema::{KEYS, Key, Ours, Shape};

const HEAD: &str = include_str!("page.md");

/// The whole page.
pub fn page() -> String {
    let mut page = HEAD.to_owned();
    page.push_str("\n| key | type | default | with us |\n|---|---|---|---|\n");
    for key in KEYS {
        page.push_str(&row(key));
    }
    page
}

fn row(key: &Key) -> String {
    let code = |text: &str| {
        if text.is_empty() {
            String::new()
        } else {
            format!("`{text}`")
        }
    };
    let shape = match key.shape {
        Shape::Any => "any".to_owned(),
        Shape::Bool => "boolean".to_owned(),
        Shape::Int => "integer".to_owned(),
        Shape::Map | Shape::OpenMap => "mapping".to_owned(),
        Shape::Text => "string".to_owned(),
        Shape::Texts => "strings".to_owned(),
        Shape::Words(words) => words.join(", "),
    };
    let ours = match key.ours {
        Ours::Same => "the same".to_owned(),
        Ours::Instead(what) => what.to_owned(),
        Ours::SameFor(values, what) => {
            let values: Vec<String> = values.iter().map(|value| code(value)).collect();
            format!("the same for {}; otherwise {what}", values.join(", "))
        }
    };
    let default = if key.default.contains(' ') {
        key.default.to_owned()
    } else {
        code(key.default)
    };
    format!("| `{}` | {shape} | {default} | {ours} |\n", key.path)
}
