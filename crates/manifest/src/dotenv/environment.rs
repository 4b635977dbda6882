//! The secrets of the environment that bottle is started in.
//!
//! As pipelock's `dlp.scan_env` means it, a variable counts by its length, its
//! randomness and its name, and some are known to be harmless; in addition, a
//! path, a URL without a password and an ordinary setting are never secrets:
//! looking for them would stop ordinary work.

use std::collections::BTreeSet;

use bottle_policy::Secret;

use super::NamedSecret;
use super::values::{is_example, secrets_of};

/// Shorter values are ordinary settings more often than secrets.
pub const MIN_VARIABLE: usize = 16;

/// Variables that look random, or are called so, and are no secrets.
const HARMLESS: [&str; 14] = [
    "DBUS_SESSION_BUS_ADDRESS",
    "DISPLAY",
    "GPG_AGENT_INFO",
    "INVOCATION_ID",
    "JOURNAL_STREAM",
    "LS_COLORS",
    "OLDPWD",
    "PATH",
    "PWD",
    "SSH_AGENT_PID",
    "SSH_AUTH_SOCK",
    "SSH_CLIENT",
    "SSH_CONNECTION",
    "XAUTHORITY",
];
/// Settings of a desktop, a shell, a terminal, a build or of our own.
const HARMLESS_PREFIXES: [&str; 9] = [
    "BOTTLE_",
    "CARGO_",
    "LC_",
    "NIX_",
    "RUST",
    "SSL_CERT_",
    "TERM",
    "WSL",
    "XDG_",
];

/// The secrets among variables: each value once, in their order.
pub fn secret_variables(variables: impl IntoIterator<Item = (String, String)>) -> Vec<NamedSecret> {
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for (name, value) in variables {
        if is_harmless(&name) || is_place(&value) {
            continue;
        }
        for secret in secrets_of(&name, value.trim()) {
            let fits = secret.len() >= MIN_VARIABLE && !is_example(&secret);
            if fits && seen.insert(secret.clone()) {
                found.push(NamedSecret {
                    name: name.clone(),
                    value: Secret::new(secret),
                });
            }
        }
    }
    found
}

fn is_harmless(name: &str) -> bool {
    let name = name.to_ascii_uppercase();
    HARMLESS.contains(&name.as_str())
        || HARMLESS_PREFIXES
            .iter()
            .any(|prefix| name.starts_with(prefix))
}

/// Paths and sockets, and lists of them.
fn is_place(value: &str) -> bool {
    value.starts_with(['/', '~', '.']) || value.starts_with("unix:")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(variables: &[(&str, &str)]) -> Vec<String> {
        let owned = variables
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        secret_variables(owned)
            .into_iter()
            .map(|s| s.name)
            .collect()
    }

    #[test]
    fn a_variable_is_known_by_its_name_or_its_look() {
        let found = names(&[
            ("GITHUB_TOKEN", "a-token-of-16-xx"),
            ("SOMETHING", "xK29fjQm18sZpW0aVb"),
            ("DATABASE_URL", "postgres://app:correct-horse-staple@db/app"),
        ]);
        assert_eq!(found, ["GITHUB_TOKEN", "SOMETHING", "DATABASE_URL"]);
    }

    #[test]
    fn settings_paths_and_short_values_are_none() {
        let found = names(&[
            ("API_TOKEN", "short"),
            ("PATH", "xK29fjQm18sZpW0aVb"),
            ("LC_ALL", "xK29fjQm18sZpW0aVb"),
            ("XDG_SESSION_TOKEN", "xK29fjQm18sZpW0aVb"),
            ("SSH_AUTH_SOCK", "/run/user/1000/keyring/ssh"),
            ("SECRET_DIRECTORY", "/opt/xK29fjQm18sZpW0aVb"),
            (
                "OPENAI_BASE_URL",
                "https://api.example.com/v1/4f8Jq2ZrLkPw94Ts",
            ),
            ("HTTPS_PROXY", "http://127.0.0.1:3128"),
            ("LOG_FORMAT", "combined-with-long-words"),
            ("AUTH_TOKEN", "your-token-goes-here-please"),
        ]);
        assert_eq!(found, [""; 0]);
    }

    #[test]
    fn the_same_value_counts_once() {
        let found = names(&[
            ("GH_TOKEN", "xK29fjQm18sZpW0aVb"),
            ("GITHUB_TOKEN", "xK29fjQm18sZpW0aVb"),
        ]);
        assert_eq!(found, ["GH_TOKEN"]);
    }
}
