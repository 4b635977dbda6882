//! Whether a variable's name says that its value is a secret.

/// Words that say so.
const SECRET: [&str; 31] = [
    "apikey",
    "auth",
    "authorization",
    "bearer",
    "cookie",
    "cred",
    "credential",
    "credentials",
    "creds",
    "dsn",
    "encryption",
    "hmac",
    "jwt",
    "key",
    "keys",
    "pass",
    "passphrase",
    "passwd",
    "password",
    "pat",
    "pepper",
    "pin",
    "private",
    "pw",
    "pwd",
    "salt",
    "secret",
    "secrets",
    "signature",
    "token",
    "tokens",
];
/// Parts that say so wherever they stand in a word.
const INSIDE: [&str; 5] = ["apikey", "credential", "password", "secret", "token"];
/// Words that, at the end, make a name that of a setting about a secret.
const ABOUT: [&str; 36] = [
    "algorithm",
    "audience",
    "count",
    "dir",
    "domain",
    "enabled",
    "endpoint",
    "expires",
    "expiry",
    "file",
    "format",
    "header",
    "host",
    "id",
    "issuer",
    "length",
    "limit",
    "method",
    "mode",
    "name",
    "path",
    "port",
    "prefix",
    "provider",
    "realm",
    "region",
    "registry",
    "scope",
    "scopes",
    "size",
    "timeout",
    "ttl",
    "type",
    "uri",
    "url",
    "version",
];

/// Whether a name such as `STRIPE_KEY` or `dbPassword` says so.
pub fn name_is_secret(name: &str) -> bool {
    let words = words(name);
    let about = words
        .last()
        .is_some_and(|last| ABOUT.contains(&last.as_str()));
    !about && words.iter().any(|word| is_secret_word(word))
}

fn is_secret_word(word: &str) -> bool {
    SECRET.contains(&word) || INSIDE.iter().any(|part| word.contains(part))
}

/// The words of a name, lower case: `DB_PASSWORD`, `dbPassword` and `db-password` alike.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before = ' ';
    for c in name.chars() {
        let hump = before.is_ascii_lowercase() && c.is_ascii_uppercase();
        if hump || !c.is_ascii_alphanumeric() {
            words.push(String::new());
        }
        if c.is_ascii_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            word.push(c.to_ascii_lowercase());
        }
        before = c;
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_word_by_word() {
        for name in [
            "STRIPE_KEY",
            "SECRET",
            "dbPassword",
            "MYSECRETVALUE",
            "AWS_SECRET_ACCESS_KEY",
            "GH_PAT",
            "SENTRY_DSN",
            "PASSWORD_SALT",
            "auth-token",
            "OPENAI_APIKEY",
        ] {
            assert!(name_is_secret(name), "{name}");
        }
        for name in [
            "",
            "AUTHOR",
            "KEYBOARD",
            "MONKEY",
            "PASSIVE_MODE",
            "TOKEN_TTL",
            "AUTH_URL",
            "KEY_FILE",
            "SECRET_NAME",
            "PORT",
            "NODE_ENV",
            "COMPASS",
        ] {
            assert!(!name_is_secret(name), "{name}");
        }
    }
}
