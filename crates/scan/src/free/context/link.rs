//! How a value hangs on the name before it: by a sign, a verb, a scheme of HTTP, or by
//! nothing but blanks.

use super::Link;

/// The most that may stand between a name and its value.
pub(super) const MAX_LINK: usize = 40;

/// Where the name ends, and how the value hangs on it.
pub(super) fn link(line: &[u8]) -> Option<(usize, Link)> {
    let mut at = line.len();
    let mut assigned = false;
    let mut between = 0;
    // Scheme words between name and value: `Authorization: Bearer x`.
    if let Some(rest) = before_scheme(line) {
        at = rest;
    } else if let Some(rest) = before_verb(line) {
        at = rest;
        assigned = true;
    }
    let mut quoted = false;
    let mut escaped = false;
    while let Some(&byte) = at.checked_sub(1).and_then(|last| line.get(last)) {
        match byte {
            b',' if !quoted => return None,
            b'@' if !quoted => return None,
            b'=' | b':' | b'>' | b',' | b'|' | b'!' | b'?' => assigned = true,
            // `api_key <- "…"`, in R.
            b'-' if line.get(..at).is_some_and(|line| line.ends_with(b"<-")) => assigned = true,
            b'"' | b'\'' | b'`' => quoted = true,
            b'\\' => escaped = true,
            b' ' | b'\t' | b'(' | b'[' | b']' | b'@' | b'&' | b'.' | b'-' | b'_' | b'/' | b'~'
            | b'*' | b'<' => {}
            // A prefix of a literal: b"…", L"…".
            b'b' | b'u' | b'r' | b'L'
                if quoted
                    && !assigned
                    && at
                        .checked_sub(2)
                        .and_then(|before| line.get(before))
                        .is_some_and(|b| matches!(b, b' ' | b'=' | b'(' | b':' | b',')) => {}
            _ => break,
        }
        between += 1;
        if between > MAX_LINK {
            return None;
        }
        at -= 1;
    }
    let spaced = at < line.len();
    let called = quoted
        && line
            .get(at..)
            .is_some_and(|between| between.contains(&b'('));
    // An escaped line break between two values names nothing.
    if escaped && !assigned && !quoted {
        return None;
    }
    (at > 0 && spaced).then_some((
        at,
        if assigned || called {
            Link::Assigned
        } else {
            Link::Beside
        },
    ))
}

/// Where the verb begins by which a sentence hands a value over: `my token is x`,
/// `set API_KEY to "x`.
fn before_verb(line: &[u8]) -> Option<usize> {
    const VERBS: [&[u8]; 4] = [b" is ", b" to ", b" was ", b" is: "];
    let sign = |b: &u8| matches!(b, b'"' | b'\'' | b'`' | b'*');
    let end = line.iter().rposition(|b| !sign(b))? + 1;
    let words = line.get(..end)?;
    let verb = VERBS.iter().find(|verb| words.ends_with(verb))?;
    Some(end - verb.len())
}

/// Where an HTTP scheme begins that is the line's last word.
fn before_scheme(line: &[u8]) -> Option<usize> {
    const SCHEMES: [&[u8]; 6] = [b"Bearer", b"bearer", b"Basic", b"basic", b"Token", b"token"];
    let words = line.strip_suffix(b" ")?;
    let start = words
        .iter()
        .rposition(|b| !b.is_ascii_alphanumeric() && *b != b'-')?
        + 1;
    let (rest, scheme) = words.split_at_checked(start)?;
    let lead = rest.last();
    // `Authorization: GenieKey x`: any word is a scheme there.
    let header = rest.get(rest.len().saturating_sub(20)..)?;
    let header = memchr::memmem::find(header, b"uthorization").is_some();
    let known = SCHEMES.contains(&scheme) || (header && (2..=20).contains(&scheme.len()));
    let sign = |b: Option<&u8>| matches!(b, Some(b':' | b'"' | b'\'' | b'=' | b'`'));
    // In a sentence it is no scheme: `the token x`.
    let behind_sign = || header || sign(rest.trim_ascii_end().last());
    let hangs = sign(lead) || (lead == Some(&b' ') && behind_sign());
    (known && hangs).then_some(start)
}
