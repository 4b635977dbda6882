//! A name that stands behind its value, or before it with something else between: the
//! other field of a pair (`value: V`, `name: NAME`), the cell of a table, a comment.

use super::{Context, Link, read};

/// How far from its value a name stands.
const FAR: usize = 160;
/// The longest name.
const LONGEST: usize = 64;

/// What the name says that stands beside a value, if there is one.
pub(crate) fn beside(text: &[u8], value: &std::ops::Range<usize>) -> Option<Context> {
    let before = text.get(value.start.saturating_sub(FAR)..value.start)?;
    let behind = text.get(value.end..text.len().min(value.end + FAR))?;
    let name = comment(behind)
        .or_else(|| cell(before))
        .or_else(|| other_field(before, behind))?;
    read(name, Link::Assigned)
}

/// `V  # API_TOKEN`: a comment that is one name.
fn comment(behind: &[u8]) -> Option<&[u8]> {
    let end = memchr::memchr(b'\n', behind).unwrap_or(behind.len());
    let quote = |b: &u8| matches!(b, b'"' | b'\'' | b',' | b';');
    let line = behind.get(..end)?;
    let line = line.get(line.iter().take_while(|b| quote(b)).count()..)?;
    let rest = line.trim_ascii_start();
    let sign = rest.iter().take_while(|b| matches!(b, b'#' | b'/')).count();
    let name = rest.get(sign..)?.trim_ascii();
    (sign > 0 && rest.len() < line.len() && is_name(name)).then_some(name)
}

/// `<td>API_TOKEN</td><td>`, `<name>api.token</name>\n<value>`: up to the end of the name.
fn cell(before: &[u8]) -> Option<&[u8]> {
    let inside = before.trim_ascii_end().strip_suffix(b">")?;
    let open = memchr::memrchr(b'<', inside)?;
    let first = before.get(..open)?.trim_ascii_end();
    let closed = memchr::memmem::rfind(first, b"</")?;
    let tag = first.get(closed + 2..)?.strip_suffix(b">")?;
    let name = first.get(..closed)?;
    // `<id>confluent</id><hash>`: the second element has a name of its own.
    let own = inside.get(open + 1..)?;
    let of_value = [
        &b"value"[..],
        b"string",
        b"td",
        b"th",
        b"dd",
        b"data",
        b"code",
    ];
    if own.iter().all(u8::is_ascii_lowercase) && !of_value.contains(&own) {
        return None;
    }
    (!tag.is_empty() && tag.iter().all(u8::is_ascii_alphanumeric)).then_some(name)
}

/// The name in a pair whose value this is: `"value": "V", "key": "NAME"`.
fn other_field<'a>(before: &'a [u8], behind: &'a [u8]) -> Option<&'a [u8]> {
    const VALUES: [&[u8]; 2] = [b"value", b"Value"];
    let link = |b: &&u8| matches!(b, b'"' | b'\'' | b':' | b'=' | b' ' | b'\\' | b'>');
    let len = before.iter().rev().take_while(link).count();
    let field = before.get(..before.len() - len)?;
    if len == 0 || !VALUES.iter().any(|value| field.ends_with(value)) {
        return None;
    }
    // A pair is between the next braces or in one tag, or is one item of a list.
    let border = |b: &u8| matches!(b, b'{' | b'}' | b'<' | b'>');
    let start = field.iter().rposition(border);
    let item = memchr::memmem::rfind(field, b"- ");
    let start = start.max(item).unwrap_or(0);
    let end = behind.iter().position(border);
    let item = memchr::memmem::find(behind, b"- ");
    let end = end.into_iter().chain(item).min().unwrap_or(behind.len());
    name_field(behind.get(..end)?).or_else(|| name_field(field.get(start..)?))
}

/// The text of the field that is called a name or a key.
fn name_field(text: &[u8]) -> Option<&[u8]> {
    const NAMES: [&[u8]; 4] = [b"name", b"Name", b"key", b"Key"];
    NAMES.iter().find_map(|field| {
        memchr::memmem::find_iter(text, field).find_map(|at| {
            let begins = at.checked_sub(1).and_then(|before| text.get(before));
            if begins.is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'_') {
                return None;
            }
            let rest = text.get(at + field.len()..)?;
            let link = |b: &&u8| matches!(b, b'"' | b'\'' | b':' | b'=' | b' ' | b'\\');
            let len = rest.iter().take_while(link).count();
            let assigned = rest.get(..len)?.iter().any(|b| matches!(b, b':' | b'='));
            let rest = rest.get(len..)?;
            let len = rest.iter().take_while(|b| is_part(**b)).count();
            rest.get(..len).filter(|name| assigned && is_name(name))
        })
    })
}

fn is_part(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b'/')
}

fn is_name(text: &[u8]) -> bool {
    (4..=LONGEST).contains(&text.len()) && text.iter().all(|b| is_part(*b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_beside_its_value() {
        for text in [
            "- value: V\n  name: API_TOKEN",
            "{\"value\":\"V\",\"key\":\"API_TOKEN\"}",
            "{\"Name\":\"API_TOKEN\",\"Type\":\"SecureString\",\"Value\":\"V\"}",
            "UPDATE s SET value='V' WHERE name='API_TOKEN'",
            "<tr><td>API_TOKEN</td><td>V</td></tr>",
            "<name>api.token</name>\n  <value>V</value>",
            "V  # API_TOKEN",
            "\"V\", // API_TOKEN",
        ] {
            let at = text.find('V').filter(|_| !text.contains("Value"));
            let at = at.or_else(|| text.rfind('V')).unwrap();
            assert!(beside(text.as_bytes(), &(at..at + 1)).is_some(), "{text}");
        }
        for text in [
            "- value: V\n- name: API_TOKEN",
            "{\"value\":\"V\"},{\"key\":\"API_TOKEN\"}",
            "{\"size\":\"V\",\"key\":\"API_TOKEN\"}",
            "V # the API_TOKEN is elsewhere",
            "<td>count</td><td>V</td>",
        ] {
            let at = text.find('V').unwrap();
            assert!(beside(text.as_bytes(), &(at..at + 1)).is_none(), "{text}");
        }
    }
}
