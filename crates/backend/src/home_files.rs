//! Settings files made for the agent, with placeholders in them.

use std::ffi::OsString;
use std::path::Path;

use bottle_policy::HomeFile;
use bottle_sandbox::{Access, File};

/// By so many last characters a client knows a key that it was told to use.
const TAIL: usize = 20;

/// The files for the sandbox. One that needs a placeholder which is not there
/// is left out.
pub(crate) fn files(
    wanted: &[HomeFile],
    home: &Path,
    project: &Path,
    placeholders: &[(String, OsString)],
) -> Vec<File> {
    let fill = |file: &HomeFile| {
        let content = filled(&file.text, project, placeholders)?;
        Some(File {
            path: home.join(&file.path),
            content: content.into_bytes(),
            mode: 0o600,
            access: Access::Private,
        })
    };
    wanted.iter().filter_map(fill).collect()
}

fn filled(text: &str, project: &Path, placeholders: &[(String, OsString)]) -> Option<String> {
    let value = |name: &str| {
        let found = placeholders.iter().find(|(own, _)| own == name);
        found.map(|(_, value)| value.to_string_lossy().into_owned())
    };
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        let (token, after) = after.split_once("}}")?;
        out.push_str(before);
        let value = match token.split_once(':') {
            None if token == "project" => project.to_string_lossy().into_owned(),
            Some(("placeholder", name)) => value(name)?,
            Some(("tail", name)) => tail(&value(name).unwrap_or_default()),
            _ => return None,
        };
        out.push_str(&escaped(&value));
        rest = after;
    }
    out.push_str(rest);
    Some(out)
}

fn tail(value: &str) -> String {
    let skipped = value.chars().count().saturating_sub(TAIL);
    value.chars().skip(skipped).collect()
}

/// As it stands between the double quotes of JSON and of TOML alike.
fn escaped(value: &str) -> String {
    value
        .chars()
        .map(|c| match c {
            '"' => "\\\"".to_owned(),
            '\\' => "\\\\".to_owned(),
            c if c.is_control() => format!("\\u{:04x}", u32::from(c)),
            c => c.to_string(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fill(text: &str) -> Option<String> {
        let placeholders = [(
            "KEY".to_owned(),
            OsString::from("sk-0123456789abcdefghijklmnop"),
        )];
        filled(text, Path::new("/w/a \"b"), &placeholders)
    }

    #[test]
    fn tokens_are_filled_in_and_escaped() {
        assert_eq!(fill("a {{project}} b").as_deref(), Some(r#"a /w/a \"b b"#));
        assert_eq!(
            fill("{{placeholder:KEY}}").as_deref(),
            Some("sk-0123456789abcdefghijklmnop")
        );
        assert_eq!(
            fill("{{tail:KEY}}").as_deref(),
            Some("6789abcdefghijklmnop")
        );
        assert_eq!(fill("[{{tail:OTHER}}]").as_deref(), Some("[]"));
    }

    #[test]
    fn without_its_placeholder_a_file_is_left_out() {
        assert_eq!(fill("{{placeholder:OTHER}}"), None);
    }
}
