//! The lines of a dotenv file, as the common readers of it agree, and those of the
//! INI files that tools keep credentials in: `password: x`, `//host/:_authToken=x`.
//!
//! Does not expand variables: what stands in the file is what is looked for.

/// One `NAME=value`; a line that is none has an empty name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Assignment {
    pub(super) name: String,
    pub(super) value: String,
}

/// The assignments, where the text looks like a dotenv file: most of its lines
/// are assignments, and a single line is not just a padded base64 value.
pub(super) fn assignments(text: &str) -> Option<Vec<Assignment>> {
    let mut rest = text;
    let mut all = Vec::new();
    while !rest.is_empty() {
        let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
        rest = after;
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let (assignment, after) = read(line, rest);
        all.push(assignment);
        rest = after;
    }
    let named = all.iter().filter(|a| !a.name.is_empty()).count();
    let padding = |a: &Assignment| a.value.bytes().all(|b| b == b'=');
    let alone = all.len() == 1 && all.iter().all(padding);
    (named > 0 && named * 2 >= all.len() && !alone).then_some(all)
}

/// A line, and the text after it: a quoted value may take more lines.
fn read<'t>(line: &str, after: &'t str) -> (Assignment, &'t str) {
    let said = ["export ", "set ", "setx "];
    let bare = said.iter().find_map(|word| line.strip_prefix(word));
    let bare = bare.map_or(line, str::trim_start);
    let Some((name, value)) = split(bare) else {
        return (unnamed(line), after);
    };
    let name = name.trim_end();
    if !is_name(name) && !is_of_registry(name) {
        return (unnamed(line), after);
    }
    let (value, after) = unquoted(value.trim_start(), after);
    let name = name.to_owned();
    (Assignment { name, value }, after)
}

/// Parts a line at its first sign of equality, or at a colon before a blank.
fn split(line: &str) -> Option<(&str, &str)> {
    let colon = line
        .find(": ")
        .filter(|at| !line.get(..*at).unwrap_or_default().contains('='));
    match colon {
        Some(at) => Some((line.get(..at)?, line.get(at + 1..)?)),
        None => line.split_once('='),
    }
}

/// `//registry.example.com/:_authToken`, as npm names what belongs to a registry.
fn is_of_registry(name: &str) -> bool {
    name.starts_with("//") && !name.contains(char::is_whitespace)
}

fn unnamed(line: &str) -> Assignment {
    Assignment {
        name: String::new(),
        value: line.to_owned(),
    }
}

fn is_name(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with(|c: char| c.is_ascii_digit())
        && name
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'-'))
}

fn unquoted<'t>(value: &str, after: &'t str) -> (String, &'t str) {
    let Some(quote @ ('"' | '\'' | '`')) = value.chars().next() else {
        return (without_comment(value).to_owned(), after);
    };
    let inner = value.get(1..).unwrap_or_default();
    if let Some(end) = closing(inner, quote) {
        return (
            unescaped(inner.get(..end).unwrap_or_default(), quote),
            after,
        );
    }
    match closing(after, quote) {
        Some(end) => {
            let whole = format!("{inner}\n{}", after.get(..end).unwrap_or_default());
            (
                unescaped(&whole, quote),
                after.get(end + 1..).unwrap_or_default(),
            )
        }
        // Never closed: the quote is part of the value.
        None => (without_comment(value).to_owned(), after),
    }
}

/// Where the closing quote stands.
fn closing(text: &str, quote: char) -> Option<usize> {
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        if c == quote && !escaped {
            return Some(at);
        }
        escaped = c == '\\' && quote == '"' && !escaped;
    }
    None
}

fn unescaped(text: &str, quote: char) -> String {
    if quote != '"' {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match (c, c == '\\') {
            (_, false) => out.push(c),
            (_, true) => match chars.next() {
                Some('n') => out.push('\n'),
                Some('r') => out.push('\r'),
                Some('t') => out.push('\t'),
                Some(other) => out.push(other),
                None => out.push('\\'),
            },
        }
    }
    out
}

fn without_comment(value: &str) -> &str {
    let end = value.find(" #").unwrap_or(value.len());
    value.get(..end).unwrap_or(value).trim_end()
}
