//! Tokens that begin with a common word: they are told among long runs, since a keyword
//! would stand in every other line of code.

use std::ops::Range;

use crate::detectors::check;
use crate::free::Emit;

/// The words that keys of hex digits begin with, how many digits these have, and whose
/// they are.
const OF_HEX: [(&[u8], &[usize], &str); 6] = [
    (b"test", &[35], "lob_key"),
    (b"live", &[35], "lob_key"),
    (b"web", &[32], "dfuse_key"),
    (b"server", &[32], "dfuse_key"),
    (b"mobile", &[32], "dfuse_key"),
    (b"key", &[28, 64, 128], "word_and_hex_key"),
];
/// The fewest digits of them, and the shortest with its word.
const DIGITS: usize = 28;
const SHORTEST: usize = DIGITS + b"key_".len();

/// An id of fourteen letters and digits, a dot, and a secret of sixty-four hex digits.
const BEGIN: &[u8] = b"pat";
const ID: usize = 14;
const SECRET: usize = 64;
const LEN: usize = BEGIN.len() + ID + 1 + SECRET;

/// Tells of tokens in a run.
pub(super) fn tokens(text: &[u8], run: &Range<usize>, emit: &mut Emit<'_>) {
    if run.len() < SHORTEST {
        return;
    }
    of_hex(text, run, emit);
    airtable(text, run, emit);
}

fn of_hex(text: &[u8], run: &Range<usize>, emit: &mut Emit<'_>) {
    let bytes = text.get(run.clone()).unwrap_or_default();
    for line in memchr::memchr_iter(b'_', bytes) {
        let rest = bytes.get(line + 1..).unwrap_or_default();
        let len = rest.iter().take_while(|b| is_hex(**b)).count();
        let is_whole = rest.get(len).is_none_or(|b| !b.is_ascii_alphanumeric());
        if len < DIGITS || !is_whole {
            continue;
        }
        let before = bytes.get(..line).unwrap_or_default();
        let before = before.strip_suffix(b"_pub").unwrap_or(before);
        let begins = |word: &[u8]| {
            let rest = before.strip_suffix(word)?;
            let last = rest.last().is_none_or(|b| !b.is_ascii_alphanumeric());
            last.then_some(rest.len())
        };
        let known = OF_HEX.iter().filter(|(_, lens, _)| lens.contains(&len));
        let found = known.filter_map(|(word, _, id)| Some((begins(word)?, *id)));
        for (start, id) in found {
            let end = line + 1 + len;
            if bytes.get(start..end).is_some_and(check::filled) {
                emit(id, run.start + start..run.start + end);
            }
        }
    }
}

/// A digit of hex, as tools write it.
pub(crate) fn is_hex(byte: u8) -> bool {
    matches!(byte, b'0'..=b'9' | b'a'..=b'f')
}

/// Airtable's.
fn airtable(text: &[u8], run: &Range<usize>, emit: &mut Emit<'_>) {
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
    id.iter().all(u8::is_ascii_alphanumeric)
        && secret
            .strip_prefix(b".")
            .is_some_and(|hexes| hexes.iter().all(|b| is_hex(*b)))
        && check::filled(bytes)
}
