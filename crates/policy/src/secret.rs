//! Secret values, and the references by which a manifest names them.
//!
//! A [`Secret`] does not print and is wiped when dropped. A [`SecretRef`] is
//! only a name: resolving it (environment, file, command) happens elsewhere.

use std::fmt;
use std::str::FromStr;

use zeroize::Zeroizing;

/// A secret value. It never prints.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Zeroizing<Vec<u8>>);

impl Secret {
    /// Takes a value in.
    pub fn new(value: impl Into<Vec<u8>>) -> Self {
        Self(Zeroizing::new(value.into()))
    }

    /// The value itself. The name says what the caller takes on.
    pub fn expose(&self) -> &[u8] {
        &self.0
    }

    /// The number of bytes.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no value.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// Where a secret's value is to be found on the host.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SecretRef {
    /// What a command prints, run by `sh -c`: `cmd:pass show token`.
    Cmd(String),
    /// An environment variable: `env:GITHUB_TOKEN`.
    Env(String),
    /// A file's content: `file:~/.token`, relative to the manifest; or a field
    /// of a JSON file: `file:~/.auth.json#/tokens/key`. See [`SecretRef::file_parts`].
    File(String),
}

/// Why a text is no reference.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SecretRefError {
    /// The part after the colon is missing.
    #[error("nothing stands after `{0}:`")]
    Empty(&'static str),
    /// No prefix that we know. The text itself is not repeated: it may be the secret.
    #[error("a secret is named by `env:NAME`, `file:PATH` or `cmd:COMMAND`, never written out")]
    Kind,
    /// Not the name of an environment variable.
    #[error("`{0}` is no name of an environment variable")]
    Name(String),
}

impl SecretRef {
    /// The path of a [`SecretRef::File`], and the JSON pointer (RFC 6901) to a
    /// field of it: from the first `#/` on, without the `#`.
    pub fn file_parts(text: &str) -> (&str, Option<&str>) {
        match text.find("#/").and_then(|at| text.split_at_checked(at)) {
            Some((path, pointer)) => (path, pointer.get(1..)),
            None => (text, None),
        }
    }
}

impl FromStr for SecretRef {
    type Err = SecretRefError;

    fn from_str(text: &str) -> Result<Self, SecretRefError> {
        let (kind, rest) = text.split_once(':').ok_or(SecretRefError::Kind)?;
        match (kind, rest.trim()) {
            ("env", "") => Err(SecretRefError::Empty("env")),
            ("file", "") => Err(SecretRefError::Empty("file")),
            ("cmd", "") => Err(SecretRefError::Empty("cmd")),
            ("env", name) if is_variable(name) => Ok(Self::Env(name.to_owned())),
            ("env", name) => Err(SecretRefError::Name(name.to_owned())),
            ("file", path) => Ok(Self::File(path.to_owned())),
            ("cmd", command) => Ok(Self::Cmd(command.to_owned())),
            _ => Err(SecretRefError::Kind),
        }
    }
}

impl fmt::Display for SecretRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cmd(command) => write!(f, "cmd:{command}"),
            Self::Env(name) => write!(f, "env:{name}"),
            Self::File(path) => write!(f, "file:{path}"),
        }
    }
}

fn is_variable(name: &str) -> bool {
    !name.starts_with(|c: char| c.is_ascii_digit())
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_does_not_print() {
        assert_eq!(format!("{:?}", Secret::new("hunter2")), "Secret(…)");
    }

    #[test]
    fn references_are_read() {
        assert_eq!("env:A_B".parse(), Ok(SecretRef::Env("A_B".into())));
        assert_eq!("file:.env".parse(), Ok(SecretRef::File(".env".into())));
        assert_eq!(
            "cmd:pass show a".parse(),
            Ok(SecretRef::Cmd("pass show a".into()))
        );
    }

    #[test]
    fn a_file_reference_may_name_a_field() {
        assert_eq!(SecretRef::file_parts(".env"), (".env", None));
        assert_eq!(SecretRef::file_parts("a#b"), ("a#b", None));
        assert_eq!(
            SecretRef::file_parts("~/a.json#/b/c#/d"),
            ("~/a.json", Some("/b/c#/d"))
        );
    }

    #[test]
    fn a_value_in_place_of_a_reference_is_not_repeated() {
        let error = "sk-abc:def".parse::<SecretRef>().unwrap_err();
        assert!(!error.to_string().contains("sk-abc"));
        assert!("env:".parse::<SecretRef>().is_err());
        assert!("env:A-B".parse::<SecretRef>().is_err());
    }
}
