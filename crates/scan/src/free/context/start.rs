//! Where the name of a value begins: an identifier, a few words, what stands before a
//! type or a default, the name in a tag.

use super::Link;

/// What a text is called where a name has a type.
const TYPES: [&[u8]; 4] = [b"str", b"string", b"String", b"static str"];

/// What a default is called that stands behind the name of what it is for.
const DEFAULTS: [&[u8]; 4] = [b"default", b".unwrap_or", b".orElse", b".get_or"];

/// Where the name ends that stands in quotes before a default: `"TOKEN", default`.
fn behind_name(rest: &[u8], default: &[u8]) -> Option<usize> {
    let sign = |b: &u8| matches!(b, b' ' | b',' | b')' | b'"' | b'\'' | b'.' | b'\\');
    let end = rest.iter().rposition(|b| !sign(b))? + 1;
    let quoted = rest
        .get(end)
        .is_some_and(|b| matches!(b, b'"' | b'\'' | b'\\'));
    let parted = default.contains(&b'.') || rest.trim_ascii_end().ends_with(b",");
    (quoted && parted).then_some(end)
}

/// Where the name ends that has a type and a field's default: `token: str =
/// Field(default`.
fn field(before: &[u8]) -> Option<usize> {
    let rest = before.trim_ascii_end().strip_suffix(b"(default")?;
    let call = words_start(rest, 0);
    let rest = rest.get(..call).unwrap_or_default().trim_ascii_end();
    let typed = rest.strip_suffix(b"=")?.trim_ascii_end();
    let of_type =
        |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'[' | b']' | b' ' | b'|');
    let colon = typed.iter().rposition(|b| !of_type(b))?;
    (typed.get(colon) == Some(&b':')).then_some(colon)
}

/// Where the value's own name begins: an identifier, or a few words.
pub(super) fn name_start(before: &[u8], link: Link) -> usize {
    let at = words_start(before, if link == Link::Beside { 2 } else { 1 });
    let name = before.get(at..).unwrap_or_default().trim_ascii();
    let rest = before.get(..at).unwrap_or_default();
    if link == Link::Assigned
        && let Some(start) = before_for(before, at)
    {
        return start;
    }
    // `<add key="ClearTextPassword" value="…">`: the name is one further.
    if at > 2 && name.eq_ignore_ascii_case(b"value") {
        let tag = rest
            .iter()
            .rposition(|b| *b == b'<')
            .unwrap_or_else(|| rest.len().saturating_sub(40));
        return tag + name_in_tag(rest.get(tag..).unwrap_or_default());
    }
    // `variable "token" { default = "…" }`.
    if name == b"default" && rest.trim_ascii_end().ends_with(b"{") {
        return rest.len().saturating_sub(48);
    }
    // `getenv("TOKEN", default="…")`, `var("TOKEN").unwrap_or("…")`.
    if DEFAULTS.iter().any(|default| name.ends_with(default))
        && let Some(end) = behind_name(rest, name)
    {
        return words_start(rest.get(..end).unwrap_or_default(), 0);
    }
    // `token: str = Field(default="…")`.
    if let Some(end) = field(before) {
        return words_start(before.get(..end).unwrap_or_default(), 0);
    }
    // `Dim apiKey As String = "…"`.
    if let Some(before) = before.trim_ascii_end().strip_suffix(b" As String") {
        return words_start(before, 0);
    }
    // `const TOKEN: &str = "…"`, `TOKEN: Final[str] = "…"`: what stands there is the
    // name's type.
    if TYPES.contains(&name) {
        let of_type = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'[');
        let typed = |b: &u8| of_type(b) || matches!(b, b' ' | b'&' | b'*' | b'\'');
        let end = rest.iter().rposition(|b| !typed(b)).unwrap_or(0);
        if rest.get(end) == Some(&b':') {
            return words_start(rest.get(..end).unwrap_or_default(), 0);
        }
    }
    at
}

/// Where the name begins of what is for something: `api key for the datadog agent`.
fn before_for(before: &[u8], at: usize) -> Option<usize> {
    const WORDS: [&[u8]; 5] = [b"key", b"token", b"secret", b"credential", b"password"];
    const FOR: &[u8] = b" for ";
    const NEAR: usize = 16;
    let from = at.saturating_sub(NEAR);
    let to = before.len().min(at + 4);
    // So short a text is searched before a searcher is made for it.
    let mut near = before.get(from..to)?.windows(FOR.len());
    let named = before.get(..from + near.rposition(|near| near == FOR)?)?;
    let is_one = |word: &&[u8]| {
        let start = named.len().checked_sub(word.len());
        start.is_some_and(|start| {
            let ends = named
                .get(start..)
                .is_some_and(|end| end.eq_ignore_ascii_case(word));
            ends && !start
                .checked_sub(1)
                .and_then(|at| named.get(at))
                .is_some_and(u8::is_ascii_lowercase)
        })
    };
    WORDS.iter().any(is_one).then(|| words_start(named, 1))
}

/// Where the name begins that a tag tells by itself: `key="user-data"`.
fn name_in_tag(tag: &[u8]) -> usize {
    let quoted = |at: usize| matches!(tag.get(at), Some(b'"' | b'\''));
    [&b"key="[..], b"name="]
        .iter()
        .filter_map(|word| Some(memchr::memmem::rfind(tag, word)? + word.len()))
        .find(|end| quoted(*end))
        .map_or(0, |end| end + 1)
}

/// Where an identifier begins, or a few words with so many blanks between.
fn words_start(before: &[u8], mut blanks: usize) -> usize {
    let mut at = before.len();
    while let Some(&byte) = at.checked_sub(1).and_then(|last| before.get(last)) {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-' | b'.' | b'$' => {}
            b' ' | b'\t' if blanks > 0 => blanks -= 1,
            _ => break,
        }
        at -= 1;
    }
    at
}

/// Where the last word before a value begins.
pub(super) fn last_word(before: &[u8]) -> usize {
    let end = before.trim_ascii_end().len();
    before
        .get(..end)
        .unwrap_or_default()
        .iter()
        .rposition(u8::is_ascii_whitespace)
        .map_or(0, |at| at + 1)
}
