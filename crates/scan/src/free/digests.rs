//! Digests and commits beside the name of what they are of, which may be called after a
//! credential: a file, an image, a branch.

use std::ops::Range;

use crate::free::tokens;
use crate::free::value::Value;

/// So much before a value is read.
const NEAR: usize = 200;
/// What names of files end in that packages list with their digests.
const ENDINGS: [&[u8]; 48] = [
    b"avif", b"bash", b"c", b"cc", b"cfg", b"cjs", b"cpp", b"cs", b"css", b"csv", b"dart", b"ex",
    b"exs", b"go", b"gz", b"h", b"hpp", b"htm", b"html", b"ico", b"java", b"jpg", b"js", b"json",
    b"jsx", b"kt", b"lock", b"lua", b"map", b"md", b"mjs", b"php", b"pl", b"png", b"proto", b"py",
    b"rb", b"rs", b"scala", b"sh", b"sql", b"svg", b"swift", b"toml", b"ts", b"tsx", b"txt",
    b"wasm",
];

/// Whether a value is the digest of a file or a commit, and stands where that does.
pub(crate) fn is_of_a_thing(text: &[u8], value: &Range<usize>) -> bool {
    let bytes = text.get(value.clone()).unwrap_or_default();
    if !matches!(bytes.len(), 32 | 40 | 56 | 64 | 96 | 128) || !is_hex(bytes) {
        return false;
    }
    let from = value.start.saturating_sub(NEAR);
    let before = text.get(from..value.start).unwrap_or_default();
    let behind = text.get(value.end..).unwrap_or_default();
    let is_commit = Value::new(bytes).is_digest();
    is_of_a_file(before) || (is_commit && (is_tag(before) || is_of_git(before, behind)))
}

/// Digits of hex, as tools write them.
pub(crate) fn is_hex(bytes: &[u8]) -> bool {
    bytes.iter().copied().all(tokens::is_hex)
}

/// `"src/token.rs":"…"`, `src/token.rs: …`.
fn is_of_a_file(before: &[u8]) -> bool {
    let is_link = |b: &u8| matches!(b, b' ' | b'"' | b'\'' | b'\\' | b':' | b'=');
    let end = before
        .iter()
        .rposition(|b| !is_link(b))
        .map_or(0, |at| at + 1);
    let name = path_at_the_end(before.get(..end).unwrap_or_default());
    let links = before.get(end..).unwrap_or_default();
    let dot = memchr::memrchr(b'.', name).unwrap_or(0);
    let ending = name.get(dot + 1..).unwrap_or_default();
    dot > 0 && links.iter().any(|b| matches!(b, b':' | b'=')) && ENDINGS.contains(&ending)
}

/// `ghcr.io/acme/auth-token:…`.
fn is_tag(before: &[u8]) -> bool {
    let name = before.strip_suffix(b":").map(path_at_the_end);
    name.is_some_and(|name| memchr::memchr(b'/', name).is_some_and(|at| at > 0))
}

/// `git checkout -b api-key …`, `checkout: moving from refresh-token to …`, and what
/// lists of references have behind a commit.
fn is_of_git(before: &[u8], behind: &[u8]) -> bool {
    let lists = [&b"\trefs/"[..], b" refs/", b"\\trefs/"];
    if lists.iter().any(|list| behind.starts_with(list)) {
        return true;
    }
    let line = line_at_the_end(before);
    let says = |words: &[u8]| memchr::memmem::find(line, words).is_some();
    says(b"checkout: moving from ")
        || says(b"git checkout ")
        || says(b"git switch ")
        || says(b"git branch ")
}

fn path_at_the_end(text: &[u8]) -> &[u8] {
    let part =
        |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'/' | b'-' | b'_' | b'@' | b'+');
    let start = text.iter().rposition(|b| !part(b)).map_or(0, |at| at + 1);
    text.get(start..).unwrap_or_default()
}

/// Behind the last end of a line, be it an escape of one.
fn line_at_the_end(text: &[u8]) -> &[u8] {
    let line = memchr::memrchr(b'\n', text).map_or(0, |at| at + 1);
    let escaped = memchr::memmem::rfind(text, b"\\n").map_or(0, |at| at + 2);
    text.get(line.max(escaped)..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detectors::sample::{HEX8, HEX32};

    fn is_one(before: &str, hex: &str, behind: &str) -> bool {
        let text = format!("{before}{hex}{behind}");
        is_of_a_thing(text.as_bytes(), &(before.len()..before.len() + hex.len()))
    }

    #[test]
    fn a_file_has_a_digest() {
        let sha256 = [HEX32, HEX32].concat();
        assert!(is_one("{\"src/token.rs\":\"", &sha256, "\"}"));
        assert!(is_one("{\\\"src/token.rs\\\":\\\"", &sha256, "\\\"}"));
        assert!(is_one("  src/useToken.tsx: ", HEX32, "\n"));
        assert!(!is_one("config.token: ", HEX32, "\n"));
        assert!(!is_one("API_TOKEN=", HEX32, "\n"));
        assert!(!is_one("src/token.rs: ", HEX8, "\n"));
        assert!(!is_one("token in a.rs ", HEX32, "\n"));
    }

    #[test]
    fn an_image_and_a_branch_have_a_commit() {
        let sha1 = [HEX32, HEX8].concat();
        assert!(is_one("image: ghcr.io/acme/auth-token:", &sha1, "\n"));
        assert!(is_one("moving on\\ngit checkout -b api-key ", &sha1, ""));
        assert!(is_one(
            "HEAD@{3}: checkout: moving from api-token to ",
            &sha1,
            ""
        ));
        assert!(is_one(
            "refs/heads/stripe-key\n",
            &sha1,
            "\trefs/heads/main"
        ));
        assert!(!is_one("git checkout x\nAPI_KEY=", &sha1, "\n"));
        assert!(!is_one("auth-token:", &sha1, "\n"));
        assert!(!is_one("github/token: ", &sha1, "\n"));
    }
}
