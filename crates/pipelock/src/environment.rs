//! Which of a process's variables, and which lines of a file, are secrets to
//! look for, as `dlp.scan_env` and `dlp.secrets_file` mean it.

use std::collections::BTreeMap;

/// Variables that are long and look random, and are no secrets.
const KNOWN: [&str; 22] = [
    "COLORTERM",
    "DBUS_SESSION_BUS_ADDRESS",
    "DISPLAY",
    "EDITOR",
    "GOPATH",
    "HOME",
    "HOSTNAME",
    "INVOCATION_ID",
    "JOURNAL_STREAM",
    "LOGNAME",
    "LS_COLORS",
    "OLDPWD",
    "PATH",
    "PWD",
    "SHELL",
    "SSH_AUTH_SOCK",
    "SSH_CLIENT",
    "SSH_CONNECTION",
    "TERM",
    "TMPDIR",
    "USER",
    "VIRTUAL_ENV",
];
/// Variables whose names begin so are settings of a desktop, a shell or of ours.
const KNOWN_PREFIXES: [&str; 6] = ["LC_", "XDG_", "CARGO_", "RUST", "SSL_CERT_", "BOTTLE_"];
/// Below this many bits a character it is a word, a path or a repetition.
const LEAST_ENTROPY: f64 = 3.0;
/// A secrets file has at most this many entries, each of at most so many bytes.
const MOST_LINES: usize = 1_000;
const LONGEST_LINE: usize = 4_096;

/// The variables whose values are looked for: at least `least` bytes of what
/// looks random, and not one of those that everybody has.
pub fn secret_variables(
    variables: impl Iterator<Item = (String, String)>,
    least: usize,
) -> Vec<(String, String)> {
    let known = |name: &str| {
        let upper = name.to_ascii_uppercase();
        KNOWN.contains(&upper.as_str())
            || upper.ends_with("_PROXY")
            || KNOWN_PREFIXES
                .iter()
                .any(|prefix| upper.starts_with(prefix))
    };
    variables
        .filter(|(name, value)| !known(name) && value.len() >= least && !value.starts_with('/'))
        .filter(|(_, value)| entropy(value) > LEAST_ENTROPY)
        .collect()
}

/// The secrets of a file, one a line; blank lines and `#` comments are none.
///
/// # Errors
/// More or longer lines than such a file may have, in words.
pub fn secret_lines(text: &str) -> Result<Vec<&str>, String> {
    let lines: Vec<&str> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect();
    if lines.len() > MOST_LINES || lines.iter().any(|line| line.len() > LONGEST_LINE) {
        return Err(format!(
            "a secrets file has at most {MOST_LINES} lines of at most {LONGEST_LINE} bytes"
        ));
    }
    Ok(lines)
}

/// Shannon's entropy, in bits a character.
fn entropy(text: &str) -> f64 {
    let mut counts: BTreeMap<char, f64> = BTreeMap::new();
    let mut total = 0.0;
    for c in text.chars() {
        *counts.entry(c).or_default() += 1.0;
        total += 1.0;
    }
    counts
        .values()
        .map(|count| -(count / total) * (count / total).log2())
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_random_values_are_secrets_and_paths_and_words_are_not() {
        let variables = [
            ("STRIPE", "sk_test_9aF3kQ7zX1mB"),
            ("SHORT", "aB3$xY"),
            ("DULL", "aaaaaaaaaaaaaaaaaaaaaaaa"),
            ("PATH", "xK29fjQm18sZpW0aVb"),
            ("LC_ALL", "xK29fjQm18sZpW0aVb"),
            ("SOMEWHERE", "/opt/xK29fjQm18sZpW0aVb"),
            ("HTTPS_PROXY", "http://127.0.0.1:3128"),
        ];
        let owned = variables.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let found = secret_variables(owned.into_iter(), 16);
        let names: Vec<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["STRIPE"]);
    }

    #[test]
    fn a_secrets_file_has_one_a_line() {
        assert_eq!(secret_lines("# a\n\none \n two\n"), Ok(vec!["one", "two"]));
        assert!(secret_lines(&"a\n".repeat(1_001)).is_err());
        assert!(secret_lines(&"a".repeat(4_097)).is_err());
    }
}
