//! What the name of a query's parameter says of its value: that it is an id, the
//! state of a list or a login, a signature, or data.

/// What a name says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Nothing.
    Plain,
    /// That it is data.
    Data,
    /// An id, which is one short word.
    Id,
    /// Where a list goes on, what a login comes back with.
    State,
    /// A statement that somebody has signed, which may be long.
    Statement,
    /// Bytes that a key has made, which read as nothing.
    Signature,
    /// What the signature of this address says, which is read.
    Signed,
}

/// Names, or their endings, whose values are encoded state by custom.
const STATES: [&str; 27] = [
    "after",
    "before",
    "blockid",
    "bookmark",
    "challenge",
    "code",
    "continue",
    "continuation",
    "cursor",
    "marker",
    "next",
    "nonce",
    "offset",
    "page",
    "page_info",
    "pagination",
    "position",
    "prev",
    "previous",
    "relaystate",
    "scroll_id",
    "since",
    "start",
    "state",
    "token",
    "uploadid",
    "verifier",
];
/// The same of statements.
const STATEMENTS: [&str; 5] = ["assertion", "hint", "jwt", "samlrequest", "samlresponse"];
/// The same of signatures.
const SIGNATURES: [&str; 3] = ["hmac", "sig", "signature"];
/// The last word of the name of an id.
const IDS: [&str; 3] = ["id", "key", "uid"];
/// Names of what is no state, but handed over.
const DATA: [&str; 14] = [
    "blob", "body", "content", "contents", "data", "dump", "env", "exfil", "leak", "message",
    "msg", "output", "payload", "secret",
];
/// Names that belong to a signature of the address.
const SIGNED: [&str; 11] = [
    "awsaccesskeyid",
    "expires",
    "googleaccessid",
    "key-pair-id",
    "signed",
    "ske",
    "skoid",
    "sks",
    "sktid",
    "sp",
    "sv",
];
/// How a person's eye knows an address that is signed.
const SIGNING: [&str; 6] = [
    "x-amz-signature",
    "x-goog-signature",
    "signature",
    "sig",
    "hmac",
    "jwt",
];

/// Whether a parameter of this name is the signature of its address.
pub(super) fn signs(name: &[u8]) -> bool {
    SIGNING
        .iter()
        .any(|sign| name.eq_ignore_ascii_case(sign.as_bytes()))
}

/// What a name says, in an address that is signed or not.
pub(super) fn kind(name: &[u8], is_signed: bool) -> Kind {
    let name = String::from_utf8_lossy(name).to_ascii_lowercase();
    let name = name.as_str();
    let ends = |words: &[&str]| words.iter().any(|word| name.ends_with(word));
    let last = name
        .rsplit(['-', '_', '.', '[', ']'])
        .find(|word| !word.is_empty());
    if is_signed && matches!(name, "policy" | "jwt") {
        Kind::Signed
    } else if ends(&SIGNATURES) || (is_signed && is_part(name)) {
        Kind::Signature
    } else if ends(&STATEMENTS) {
        Kind::Statement
    } else if ends(&STATES) {
        Kind::State
    } else if last.is_some_and(|last| IDS.contains(&last)) {
        Kind::Id
    } else if DATA.contains(&name) {
        Kind::Data
    } else {
        Kind::Plain
    }
}

/// Whether a parameter belongs to the signature of its address.
fn is_part(name: &str) -> bool {
    let starts = ["x-amz-", "x-goog-"];
    SIGNED.contains(&name) || starts.iter().any(|start| name.starts_with(start))
}

/// What a name says that stands before a value in JSON: `{"after":"…`.
pub(super) fn within(before: &[u8]) -> Kind {
    const LONGEST: usize = 40;
    let near = before.len().saturating_sub(LONGEST);
    let near = before.get(near..).unwrap_or_default();
    let name = || {
        let rest = near.strip_suffix(b"\"")?.trim_ascii_end();
        let rest = rest.strip_suffix(b":")?.trim_ascii_end();
        let rest = rest.strip_suffix(b"\"")?;
        let start = rest.iter().rposition(|b| *b == b'"')?;
        rest.get(start + 1..)
    };
    name().map_or(Kind::Plain, |name| kind(name, false))
}
