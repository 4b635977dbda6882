//! What holds secrets without being one itself: the fields of JSON and YAML, the
//! words of a netrc, the lines of a list, and of a single value the password of a
//! URL, what follows the name of a scheme, and the second half of a pair.
//!
//! Names and values come out as they stand there; whoever asks judges which of them
//! are meant as secrets.

use bottle_yaml::node::{Node, Value};
use bottle_yaml::{About, tree};

use super::values::{MIN_SECRET, url_passwords};
use crate::random::looks_random;

/// A field's name, or nothing, and its value.
pub(super) type Field = (String, String);

/// Deeper fields are not read; no tool's file has as many levels.
const MAX_DEPTH: usize = 32;

/// The fields of a JSON or YAML text; none where it is neither.
pub(super) fn fields(text: &str) -> Vec<Field> {
    let mut found = Vec::new();
    if text.starts_with(['{', '[']) {
        if let Ok(json) = serde_json::from_str(text) {
            json_fields("", &json, MAX_DEPTH, &mut found);
        }
        return found;
    }
    let about = About {
        what: "a file of secrets",
        empty: None,
    };
    if let Some(root) = tree(about, text).root
        && matches!(root.value, Value::Map(_) | Value::List(_))
    {
        yaml_fields("", &root, MAX_DEPTH, &mut found);
    }
    found
}

fn json_fields(name: &str, value: &serde_json::Value, depth: usize, found: &mut Vec<Field>) {
    let Some(depth) = depth.checked_sub(1) else {
        return;
    };
    match value {
        serde_json::Value::String(text) => found.push((name.to_owned(), text.clone())),
        serde_json::Value::Array(list) => {
            for value in list {
                json_fields(name, value, depth, found);
            }
        }
        serde_json::Value::Object(map) => {
            for (name, value) in map {
                json_fields(name, value, depth, found);
            }
        }
        serde_json::Value::Null | serde_json::Value::Bool(_) | serde_json::Value::Number(_) => {}
    }
}

fn yaml_fields(name: &str, node: &Node, depth: usize, found: &mut Vec<Field>) {
    let Some(depth) = depth.checked_sub(1) else {
        return;
    };
    match &node.value {
        Value::Scalar(scalar) => found.push((name.to_owned(), scalar.text.clone())),
        Value::List(list) => {
            for node in list {
                yaml_fields(name, node, depth, found);
            }
        }
        Value::Map(map) => {
            for entry in map {
                yaml_fields(&entry.key, &entry.node, depth, found);
            }
        }
        Value::Refused => {}
    }
}

/// What follows `password` in a netrc; none where the text is no such file.
pub(super) fn netrc(text: &str) -> Vec<Field> {
    let words: Vec<&str> = text.split_whitespace().collect();
    if !words
        .iter()
        .any(|word| matches!(*word, "machine" | "default"))
    {
        return Vec::new();
    }
    let pairs = words.iter().zip(words.iter().skip(1));
    let named = pairs.filter(|(name, _)| **name == "password");
    named
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

/// The lines of a list of secrets; none where the text is one, as a key is that is
/// wrapped.
pub(super) fn lines(text: &str) -> Vec<String> {
    let lines = text.lines().map(str::trim);
    let lines: Vec<&str> = lines
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect();
    let is_one = |line: &&str| {
        let alone = !line.contains(char::is_whitespace);
        alone && (looks_random(line) || !url_passwords(line).is_empty())
    };
    let is_wrapped = text.contains("-----BEGIN ")
        || lines
            .split_last()
            .is_some_and(|(_, rest)| rest.len() > 1 && rest.windows(2).all(same_length));
    if lines.len() < 2 || is_wrapped || !lines.iter().all(is_one) {
        return Vec::new();
    }
    lines.into_iter().map(str::to_owned).collect()
}

fn same_length(pair: &[&str]) -> bool {
    matches!(pair, [a, b] if a.len() == b.len() && a.len() >= 60)
}

/// The secrets inside of one value that was named as a secret.
pub(super) fn inner(value: &str) -> Vec<String> {
    const SCHEMES: [&str; 4] = ["basic", "bearer", "token", "apikey"];
    let mut found = url_passwords(value);
    let named = |(scheme, rest): (&str, &str)| {
        let is_scheme = SCHEMES.contains(&scheme.to_ascii_lowercase().as_str());
        is_scheme.then(|| rest.trim_start().to_owned())
    };
    found.extend(value.split_once(' ').and_then(named));
    let one_word = !value.contains(char::is_whitespace) && !value.contains("://");
    let pair = value.split_once(':').filter(|_| one_word);
    let second = |(name, rest): (&str, &str)| {
        let has = |of: fn(&u8) -> bool| rest.bytes().any(|b| of(&b));
        let mixed = has(u8::is_ascii_digit) && has(u8::is_ascii_alphabetic);
        let is_path = rest.starts_with(['\\', '/']);
        let is_pair = !name.is_empty() && !rest.contains(':') && mixed && !is_path;
        (is_pair && rest.len() >= MIN_SECRET).then(|| rest.to_owned())
    };
    found.extend(pair.and_then(second));
    found
}
