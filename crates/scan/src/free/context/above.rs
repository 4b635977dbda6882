//! A value whose name stands in the line above: lists of variables, a variable's
//! default, an element behind the one with its name. However a tool has numbered
//! the lines.

use super::MAX_LINK;

/// `  value: `, `  default = "`, `<string>`: of what stands in the line above.
pub(super) fn is_value_alone(line: &[u8]) -> bool {
    const WORDS: [&[u8]; 4] = [b"value", b"Value", b"default", b"string"];
    let line = unnumbered(line);
    let sign = |b: &u8| b.is_ascii_whitespace() || matches!(b, b'"' | b'\'' | b'<' | b'-' | b'`');
    let start = line.iter().position(|b| !sign(b)).unwrap_or(line.len());
    let rest = line.get(start..).unwrap_or_default();
    let behind = WORDS.iter().find_map(|word| rest.strip_prefix(*word));
    behind.is_some_and(|behind| {
        let link = |b: &u8| sign(b) || matches!(b, b':' | b'=' | b'>' | b'\\');
        let links = |b: &u8| matches!(b, b':' | b'=' | b'>');
        behind.len() <= MAX_LINK && behind.iter().all(link) && behind.iter().any(links)
    })
}

/// A line without the number that a tool has put before it, and the file's name:
/// `    12\t`, `12→`, `12: `, `deploy/app.yaml:12:`, and `+` or `> ` of a patch or a mail.
fn unnumbered(line: &[u8]) -> &[u8] {
    let sign =
        |b: &u8| !b.is_ascii() || matches!(b, b'\t' | b' ' | b':' | b'|' | b'-' | b'+' | b'>');
    let path = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'/' | b'_' | b'-');
    let behind = |from: &'_ [u8], of: &dyn Fn(&u8) -> bool| {
        from.iter().position(|b| !of(b)).unwrap_or(from.len())
    };
    let (_, rest) = line.split_at(behind(line, &|b| sign(b)));
    let file = behind(rest, &path);
    let numbered = match rest.get(file..) {
        Some([b':', digit, ..]) if digit.is_ascii_digit() => rest.get(file + 1..),
        _ => Some(rest),
    };
    let numbered = numbered.unwrap_or_default();
    let digits = behind(numbered, &|b| b.is_ascii_digit());
    let rest = numbered.get(digits..).unwrap_or_default();
    rest.get(behind(rest, &|b| sign(b))..).unwrap_or_default()
}

/// A line as the file has it: without the number that a tool has put before it, and the
/// file's name; what it is indented by is kept.
pub(super) fn of_file(line: &[u8]) -> &[u8] {
    let behind = |from: &[u8], of: fn(&u8) -> bool| from.iter().take_while(|b| of(b)).count();
    let blanks = behind(line, |b| matches!(b, b' ' | b'\t'));
    let rest = line.get(blanks..).unwrap_or_default();
    let file = behind(rest, |b| {
        b.is_ascii_alphanumeric() || matches!(b, b'.' | b'/' | b'_' | b'-')
    });
    let named = match rest.get(file..) {
        Some([b':', digit, ..]) if digit.is_ascii_digit() => file + 1,
        _ => 0,
    };
    let numbered = rest.get(named..).unwrap_or_default();
    let digits = behind(numbered, u8::is_ascii_digit);
    let text = match numbered.get(digits..) {
        _ if digits == 0 || digits > 7 => None,
        Some([b'\t' | b':' | b'|', text @ ..]) => Some(text),
        // The tab in JSON, and an arrow.
        Some([b'\\', b't', text @ ..] | [0xe2, 0x86, 0x92, text @ ..]) => Some(text),
        _ => None,
    };
    text.unwrap_or(line)
}

/// The last line of a text up to the end of the name that it ends with: `name: DB_TOKEN`,
/// `"name": "DB_TOKEN",`, `variable "db_token" {`, `<key>DbToken</key>`.
pub(super) fn name(above: &[u8]) -> Option<&[u8]> {
    let mut lines = above.trim_ascii_end().rsplit(|b| *b == b'\n');
    let line = lines.find(|line| !is_attribute(line))?;
    let line =
        memchr::memmem::rfind(line, b"</").map_or(line, |end| line.get(..end).unwrap_or(line));
    let sign = |b: &u8| b.is_ascii_whitespace() || matches!(b, b'"' | b'\'' | b',' | b'{');
    let end = line.iter().rposition(|b| !sign(b))? + 1;
    line.get(..end)
}

/// `  type = string`: a line about the value between its name and the value.
fn is_attribute(line: &[u8]) -> bool {
    const NAMES: [&[u8]; 5] = [
        b"description",
        b"ephemeral",
        b"nullable",
        b"sensitive",
        b"type",
    ];
    let line = of_file(line).trim_ascii_start();
    let behind = NAMES.iter().find_map(|name| line.strip_prefix(*name));
    behind.is_some_and(|rest| matches!(rest.trim_ascii_start(), [b'=' | b':', ..]))
}
