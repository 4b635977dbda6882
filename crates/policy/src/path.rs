//! A request's path, read the way the most different servers would read it.
//!
//! A route that allows only some paths is worth nothing if the upstream sees
//! another path than we did. So a path is kept as it was sent, and matched in
//! every reading that servers are known to have; a path that servers resolve
//! to another place (`..`, `\`, an escaped escape) matches no pattern at all.
//! Does not rewrite what is sent.

use std::fmt;

/// A request target's path and query, as the client sent them.
#[derive(Clone, PartialEq, Eq)]
pub struct RequestPath {
    path: String,
    query: Option<String>,
}

impl RequestPath {
    /// Splits a request target (`/a/b?c`) into path and query.
    pub fn new(target: &str) -> Self {
        let target = target.split('#').next().unwrap_or_default();
        match target.split_once('?') {
            Some((path, query)) => Self {
                path: path.to_owned(),
                query: Some(query.to_owned()),
            },
            None => Self {
                path: target.to_owned(),
                query: None,
            },
        }
    }

    /// The path alone, as sent.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The query after the `?`, as sent.
    pub fn query(&self) -> Option<&str> {
        self.query.as_deref()
    }

    /// Every reading of the path that a server may have: once with escaped
    /// slashes kept as part of a segment, once with them as separators.
    /// `None` where a server may resolve the path to another place.
    pub(crate) fn readings(&self) -> Option<[String; 2]> {
        let kept = decode(&self.path, EscapedSlash::Kept)?;
        let split = decode(&self.path, EscapedSlash::Separates)?;
        (is_settled(&kept) && is_settled(&split)).then_some([kept, split])
    }
}

/// The query may carry anything, so it is never printed.
impl fmt::Debug for RequestPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RequestPath({:?})", self.path)
    }
}

#[derive(Clone, Copy, PartialEq)]
enum EscapedSlash {
    Kept,
    Separates,
}

/// Undoes percent escapes once. `None` for bytes that are no UTF-8, for control
/// characters, and for an escape that would decode again.
fn decode(path: &str, slash: EscapedSlash) -> Option<String> {
    let mut out = Vec::with_capacity(path.len());
    let mut bytes = path.bytes();
    while let Some(byte) = bytes.next() {
        if byte != b'%' {
            out.push(byte);
            continue;
        }
        let value = hex(bytes.next()?)? << 4 | hex(bytes.next()?)?;
        match value {
            b'/' if slash == EscapedSlash::Kept => out.extend_from_slice(b"%2F"),
            b'%' => return None,
            other => out.push(other),
        }
    }
    String::from_utf8(out).ok()
}

/// Whether every server reads this path as it stands.
fn is_settled(path: &str) -> bool {
    let clean =
        path.starts_with('/') && !path.contains(['\\', ';']) && !path.chars().any(char::is_control);
    clean && !path.split('/').any(|s| matches!(s, "." | "..")) && !path.contains("//")
}

fn hex(byte: u8) -> Option<u8> {
    char::from(byte)
        .to_digit(16)
        .and_then(|d| u8::try_from(d).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn path_and_query_are_apart() {
        let path = RequestPath::new("/a/b?c=d?e#f");
        assert_eq!((path.path(), path.query()), ("/a/b", Some("c=d?e")));
    }

    #[test]
    fn a_path_that_servers_resolve_elsewhere_has_no_reading() {
        for target in [
            "/a/../b",
            "/a/./b",
            "/a/%2e%2e/b",
            "/a/%2E%2e",
            "/a%2f..%2fb",
            "/a\\b",
            "/a%5cb",
            "//a",
            "/a//b",
            "/a%252e",
            "/a%00",
            "/a%0d%0a",
            "/a%ff",
            "/a%2",
            "/a%zz",
            "a",
            "",
            "/a;b",
        ] {
            assert!(RequestPath::new(target).readings().is_none(), "{target}");
        }
    }

    #[test]
    fn an_escaped_slash_is_read_both_ways() {
        let readings = RequestPath::new("/@scope%2fname").readings().unwrap();
        assert_eq!(
            readings,
            ["/@scope%2Fname".to_owned(), "/@scope/name".to_owned()]
        );
    }

    #[test]
    fn the_query_is_not_printed() {
        assert!(!format!("{:?}", RequestPath::new("/a?token=b")).contains("token"));
    }
}
