//! The secrets of a file that `inspect.secrets` names.
//!
//! A file with names in it (dotenv, INI, JSON, YAML, netrc) gives its
//! secret-looking values and leaves the ordinary settings alone: looking for
//! `development` in every request would block everything. A list gives each of its
//! lines. Any other file is one secret as a whole. Reads no files.

use std::collections::BTreeSet;

use bottle_policy::Secret;

use super::name_is_secret;
use super::syntax::assignments;
use super::within::{Field, fields, inner, lines, netrc};
use crate::random::looks_random;

/// Shorter values turn up by chance in ordinary traffic.
pub const MIN_SECRET: usize = 8;

/// What a file gives.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Values {
    /// The secrets, each once, in the order of the file.
    pub secrets: Vec<NamedSecret>,
    /// Values that look meant as secrets and cannot be looked for.
    pub skipped: Vec<Skipped>,
}

/// A secret and the variable that held it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedSecret {
    /// The variable; empty where the whole file is the secret.
    pub name: String,
    /// The value.
    pub value: Secret,
}

/// A value that is not looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// The variable; empty where the whole file was meant.
    pub name: String,
    /// Why.
    pub why: Why,
}

/// Why a value is not looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// A stand-in such as `changeme`.
    Example,
    /// Shorter than [`MIN_SECRET`] bytes.
    Short,
}

/// The secrets in a file's text.
pub fn secret_values(text: &str) -> Values {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut found = Collector::default();
    for read in [fields, netrc, assigned] {
        for field in read(text.trim()) {
            found.field(&field);
        }
        if found.has_any() {
            return found.values;
        }
    }
    // A dotenv file of settings alone is no secret as a whole.
    if assignments(text).is_none() {
        let list = lines(text);
        for line in &list {
            found.one(line);
        }
        if list.is_empty() {
            found.one(text.trim());
        }
    }
    found.values
}

/// The secrets that one value holds beside itself, as a URL its password.
pub fn secrets_within(value: &str) -> Vec<Secret> {
    let mut found = Collector::default();
    for part in inner(value.trim()) {
        found.take("", &part);
    }
    for field in fields(value.trim()) {
        found.field(&field);
    }
    let secrets = found.values.secrets.into_iter();
    secrets.map(|named| named.value).collect()
}

fn assigned(text: &str) -> Vec<Field> {
    let all = assignments(text).unwrap_or_default().into_iter();
    all.map(|line| (line.name, line.value)).collect()
}

#[derive(Default)]
struct Collector {
    values: Values,
    seen: BTreeSet<String>,
}

impl Collector {
    /// What of a named value is meant as a secret.
    fn field(&mut self, (name, value): &Field) {
        for secret in secrets_of(name, value) {
            self.take(name, &secret);
        }
    }

    /// A value that is one, with what it holds.
    fn one(&mut self, value: &str) {
        self.take("", value);
        for part in inner(value) {
            self.take("", &part);
        }
    }

    fn has_any(&self) -> bool {
        !self.seen.is_empty()
    }

    fn take(&mut self, name: &str, value: &str) {
        if value.is_empty() || !self.seen.insert(value.to_owned()) {
            return;
        }
        let why = if value.len() < MIN_SECRET {
            Why::Short
        } else if is_example(value) {
            Why::Example
        } else {
            self.values.secrets.push(NamedSecret {
                name: name.to_owned(),
                value: Secret::new(value),
            });
            return;
        };
        self.values.skipped.push(Skipped {
            name: name.to_owned(),
            why,
        });
    }
}

/// What of an assignment is meant as a secret: the value itself, and the
/// password of a URL in each of its spellings.
pub(super) fn secrets_of(name: &str, value: &str) -> Vec<String> {
    let by_name = name_is_secret(name) && !is_setting(value);
    if by_name || looks_random(value) && !is_plain_url(value) {
        let whole = [value.to_owned()].into_iter();
        return whole.chain(inner(value)).collect();
    }
    url_passwords(value)
}

/// Values that no one keeps secret, whatever the name says.
fn is_setting(value: &str) -> bool {
    let word = value.to_ascii_lowercase();
    let boolean = matches!(
        word.as_str(),
        "" | "true"
            | "false"
            | "yes"
            | "no"
            | "on"
            | "off"
            | "none"
            | "null"
            | "enabled"
            | "disabled"
    );
    boolean || is_plain_url(value) || value.starts_with(['/', '~']) || value.starts_with("./")
}

/// A URL that carries no password.
fn is_plain_url(value: &str) -> bool {
    let has_query = value.contains('?');
    value.contains("://") && !has_query && url_passwords(value).is_empty()
}

/// The password of a URL, as written and with its percent escapes undone.
pub(super) fn url_passwords(value: &str) -> Vec<String> {
    let Some((_, rest)) = value.split_once("://") else {
        return Vec::new();
    };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    // A password may itself hold a slash or an at sign, written by hand.
    let authority = rest.get(..end).unwrap_or(rest);
    let authority = if authority.contains('@') {
        authority
    } else {
        rest
    };
    let Some((user_info, _)) = authority.rsplit_once('@') else {
        return Vec::new();
    };
    let Some((_, password)) = user_info.split_once(':') else {
        return Vec::new();
    };
    let decoded = percent_decoded(password);
    let mut all = vec![password.to_owned()];
    if decoded != password {
        all.push(decoded);
    }
    all
}

fn percent_decoded(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let escaped = match (first, tail) {
            (b'%', [high, low, ..]) => hex(*high).zip(hex(*low)).map(|(h, l)| h << 4 | l),
            _ => None,
        };
        out.push(escaped.unwrap_or(first));
        let skip = if escaped.is_some() { 2 } else { 0 };
        rest = tail.get(skip..).unwrap_or_default();
    }
    String::from_utf8_lossy(&out).into_owned()
}

fn hex(byte: u8) -> Option<u8> {
    let digit = char::from(byte).to_digit(16)?;
    u8::try_from(digit).ok()
}

/// Stand-ins of example files: they are in documentation everywhere.
pub(super) fn is_example(value: &str) -> bool {
    let word: String = value
        .to_ascii_lowercase()
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect();
    let one_letter = word.chars().all(|c| word.starts_with(c));
    one_letter
        || (value.starts_with('<') && value.ends_with('>'))
        || ["changeme", "changethis", "replaceme", "placeholder", "todo"].contains(&word.as_str())
        || ["your", "insertyour", "enteryour", "replacewith"]
            .iter()
            .any(|p| word.starts_with(p))
            && !looks_random(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secrets(text: &str) -> Vec<(String, String)> {
        secret_values(text)
            .secrets
            .into_iter()
            .map(|s| {
                (
                    s.name,
                    String::from_utf8_lossy(s.value.expose()).into_owned(),
                )
            })
            .collect()
    }

    fn names(text: &str) -> Vec<String> {
        secrets(text).into_iter().map(|(name, _)| name).collect()
    }

    #[test]
    fn ordinary_settings_are_left_alone() {
        let text = "NODE_ENV=development\nPORT=3000\nAPP_NAME=my application\nDEBUG=true\n\
            AUTHOR=Jane Example\nAUTH_ENABLED=true\nTOKEN_TTL=86400000\nAUTH_URL=https://login.example.com/x\n\
            KEYBOARD_LAYOUT=deutschland\nKEY_FILE=/etc/ssl/private.pem\nPRIVATE_REGISTRY=https://npm.example.com\n\
            LOG_FORMAT=combined-with-long-words-2026\n";
        assert_eq!(secrets(text), []);
    }

    #[test]
    fn secrets_are_known_by_their_names() {
        let text = "STRIPE_KEY=abcd-efgh\nexport DB_PASSWORD='hunter2 hunter2'\napiKey: none\nJWT_SECRET=\"a b\\nc d e\"\n\
            SESSION_SALT=pepperandsalt\nSENTRY_DSN=https://abcdefgh@o1.ingest.example/2?x=1\nMY_CREDS=abcdefgh1\nDB_PWD=12345678\n";
        assert_eq!(
            names(text),
            [
                "STRIPE_KEY",
                "DB_PASSWORD",
                "JWT_SECRET",
                "SESSION_SALT",
                "SENTRY_DSN",
                "MY_CREDS",
                "DB_PWD"
            ]
        );
        assert!(secrets(text).contains(&("JWT_SECRET".into(), "a b\nc d e".into())));
    }

    #[test]
    fn generated_values_are_known_by_themselves() {
        let text = "A=1\nFOO=9f86d081884c7d659a2feaa0c55ad015\nBAR=sk-ant-api03-x1y2\n";
        assert_eq!(names(text), ["FOO", "BAR"]);
    }

    #[test]
    fn a_password_in_a_url_is_a_secret_in_both_spellings() {
        let found = secrets("DATABASE_URL=postgres://app:p%40ssw0rd!@db:5432/app\n");
        let values: Vec<_> = found.iter().map(|(_, value)| value.as_str()).collect();
        assert_eq!(values, ["p%40ssw0rd!", "p@ssw0rd!"]);
    }

    #[test]
    fn any_other_file_is_one_secret() {
        assert_eq!(
            secrets("  ghp_abcdefgh\n"),
            [(String::new(), "ghp_abcdefgh".into())]
        );
        assert_eq!(secrets("c2VjcmV0a2V5MTIz==\n").len(), 1);
        assert_eq!(secrets("c2VjcmV0a2V5MTIz==\n")[0].0, "");
        assert_eq!(secrets("{\n \"a\": \"b=c\"\n}\n").len(), 1);
        assert_eq!(secrets("not a list\nof any kind\n").len(), 1);
        assert_eq!(
            secrets("-----BEGIN KEY-----\nQUJD\n-----END KEY-----\n").len(),
            1
        );
        assert_eq!(secrets(""), []);
    }

    /// Made up, and in no file but these.
    const ONE: &str = "Gz7kQ2mX9vLp4T";
    const OTHER: &str = "Nw5Jq8Xz2Rt7Yb4K";

    fn values(text: &str) -> Vec<String> {
        secrets(text).into_iter().map(|(_, value)| value).collect()
    }

    #[test]
    fn files_of_credentials_give_what_stands_in_their_fields() {
        for text in [
            format!("{{\n  \"user\": \"svc\",\n  \"db\": [{{\"password\": \"{ONE}\"}}]\n}}\n"),
            format!("db:\n  user: svc\n  list:\n    - password: {ONE}\n"),
            format!("db:\n  password: |\n    {ONE}\n"),
            format!("machine host login me password {ONE}\n"),
            format!("machine host\n  login me\n  password {ONE}\n"),
            format!("//registry.internal/:_authToken={ONE}\n"),
            format!("[internal]\nusername: me\npassword: {ONE}\n"),
            format!("[default]\nregion = eu\naws_secret_access_key = {ONE}\n"),
            format!("set API_TOKEN={ONE}\n"),
            format!("HOST: db\nAPI_TOKEN: \"{ONE}\"\n"),
        ] {
            let found = values(text.trim_end());
            assert_eq!(found.len(), 1, "{text}");
            assert_eq!(found[0].trim(), ONE, "{text}");
        }
        let store = format!("https://me:{ONE}@git.internal\nhttps://you:{OTHER}@git.internal\n");
        assert!(
            [ONE, OTHER]
                .iter()
                .all(|one| values(&store).contains(&(*one).to_owned()))
        );
        assert_eq!(
            values(&format!("{OTHER}\n# the old one\n{OTHER}2\n")).len(),
            2
        );
    }

    #[test]
    fn a_value_that_holds_a_secret_is_not_all_of_it() {
        let within = |value: &str| {
            let found = secrets_within(value).into_iter();
            let text = found.map(|s| String::from_utf8_lossy(s.expose()).into_owned());
            text.collect::<Vec<_>>()
        };
        for value in [
            format!("postgres://app:{ONE}@db.internal:5432/app"),
            format!("Bearer {ONE}"),
            format!("svc:{ONE}"),
            format!("{{\"user\":\"svc\",\"password\":\"{ONE}\"}}"),
        ] {
            assert_eq!(within(&value), [ONE], "{value}");
        }
        for value in [
            ONE,
            "a passphrase of four words",
            "2026:11:27",
            "C:\\keys\\table77",
        ] {
            assert_eq!(within(value), [""; 0], "{value}");
        }
    }

    #[test]
    fn a_quoted_value_may_span_lines() {
        let found = secrets("PRIVATE_KEY=\"-----BEGIN\nQUJDREVG\n-----END\"\nX=1\n");
        assert_eq!(
            found,
            [(
                "PRIVATE_KEY".into(),
                "-----BEGIN\nQUJDREVG\n-----END".into()
            )]
        );
    }

    #[test]
    fn short_values_and_stand_ins_are_told_apart_from_secrets() {
        let values = secret_values(
            "A_TOKEN=abc\nB_TOKEN=changeme\nC_TOKEN=your-token-here\nD_TOKEN=xxxxxxxxxx\n",
        );
        assert_eq!(values.secrets, []);
        let why: Vec<_> = values
            .skipped
            .iter()
            .map(|s| (s.name.as_str(), s.why))
            .collect();
        assert_eq!(
            why,
            [
                ("A_TOKEN", Why::Short),
                ("B_TOKEN", Why::Example),
                ("C_TOKEN", Why::Example),
                ("D_TOKEN", Why::Example)
            ]
        );
    }
}
