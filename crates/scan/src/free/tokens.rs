//! Tokens that begin with a common word: they are told among long runs, since a keyword
//! would stand in every other line of code.

use std::ops::Range;

use crate::detectors::check;
use crate::free::Emit;

/// An id of fourteen letters and digits, a dot, and a secret of sixty-four hex digits.
const BEGIN: &[u8] = b"pat";
const ID: usize = 14;
const SECRET: usize = 64;
const LEN: usize = BEGIN.len() + ID + 1 + SECRET;

/// Tells of Airtable's tokens in a run.
pub(super) fn airtable(text: &[u8], run: &Range<usize>, emit: &mut Emit<'_>) {
    if run.len() < LEN {
        return;
    }
    let bytes = text.get(run.clone()).unwrap_or_default();
    for at in memchr::memmem::find_iter(bytes, BEGIN) {
        let beside = |at: Option<usize>| at.and_then(|at| bytes.get(at));
        let is_free = |byte: Option<&u8>| byte.is_none_or(|b| !b.is_ascii_alphanumeric());
        let edges = is_free(beside(at.checked_sub(1))) && is_free(beside(Some(at + LEN)));
        if edges && bytes.get(at..at + LEN).is_some_and(is_token) {
            let start = run.start + at;
            emit("airtable_token", start..start + LEN);
        }
    }
}

fn is_token(bytes: &[u8]) -> bool {
    let (id, secret) = bytes.split_at(BEGIN.len() + ID);
    let hex = |b: &u8| matches!(b, b'0'..=b'9' | b'a'..=b'f');
    id.iter().all(u8::is_ascii_alphanumeric)
        && secret
            .strip_prefix(b".")
            .is_some_and(|hexes| hexes.iter().all(hex))
        && check::filled(bytes)
}
