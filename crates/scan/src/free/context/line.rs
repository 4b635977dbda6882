//! The lines before a value: what a file has in them, whether one is a heading or a
//! command, and what belongs to its value rather than to its name.

use super::{Link, above};

/// What stands above the last line of a text, and that line as its file has it.
pub(super) fn last_line(text: &[u8]) -> (&[u8], &[u8]) {
    let end = text.iter().rposition(|b| matches!(b, b'\n' | b'\r'));
    let (above, line) = text.split_at(end.map_or(0, |end| end + 1));
    (above, above::of_file(line))
}

/// The last line above that is not empty, without blanks at its end, and where it ends.
pub(super) fn text_above(mut above: &[u8]) -> (usize, &[u8]) {
    loop {
        above = above.strip_suffix(b"\n").unwrap_or(above);
        above = above.strip_suffix(b"\r").unwrap_or(above);
        let (rest, line) = last_line(above);
        let text = line.trim_ascii_end();
        if !text.is_empty() || rest.is_empty() {
            return (above.len() - (line.len() - text.len()), text);
        }
        above = rest;
    }
}

/// `$ printenv API_TOKEN`: what follows is its answer.
pub(super) fn is_command(line: &[u8]) -> bool {
    const PROMPTS: [&[u8]; 4] = [b"$ ", b"# ", b">>> ", b"> "];
    let line = line.trim_ascii_start();
    PROMPTS.iter().any(|prompt| line.starts_with(prompt))
}

/// A line without the mark of a block: `key: >-`, `key: |`.
pub(super) fn without_block(line: &[u8]) -> &[u8] {
    let mark = |b: &&u8| matches!(b, b'>' | b'|' | b'-' | b'+');
    let len = line.iter().rev().take_while(mark).count();
    line.get(..line.len() - len)
        .unwrap_or_default()
        .trim_ascii_end()
}

/// `### API_TOKEN`, over its value.
pub(super) fn is_heading(line: &[u8]) -> bool {
    let name = line.trim_ascii_start();
    let rest = name.strip_prefix(b"#").unwrap_or(name);
    let rest = rest.get(rest.iter().take_while(|b| **b == b'#').count()..);
    let name = rest.unwrap_or_default().trim_ascii();
    let is_name = name.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'_');
    line.trim_ascii_start().starts_with(b"#") && is_name && name.contains(&b'_')
}

/// `ENV SECRET_KEY `, `#define SECRET_KEY "`, `--secret-key `: a blank assigns.
pub(super) fn is_set(name: &[u8]) -> bool {
    const COMMANDS: [&[u8]; 6] = [
        b"ENV ",
        b"ARG ",
        b"#define ",
        b"setenv ",
        b"set -gx ",
        b"set -x ",
    ];
    let of_name = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-');
    let first = name.iter().rposition(|b| !of_name(b)).unwrap_or(0);
    let begins = |at: usize| {
        let before = name.get(..at).unwrap_or_default().trim_ascii_end();
        // In JSON a line begins behind a quote or an escape.
        before.is_empty() || matches!(before.last(), Some(b'"' | b'\'')) || before.ends_with(b"\\n")
    };
    let command = COMMANDS.iter().find_map(|command| {
        let end = (first + 1).min(name.len());
        let head = name.get(..end)?.strip_suffix(*command)?;
        begins(head.len()).then(|| name.get(end..)).flatten()
    });
    let own = command.or_else(|| {
        let start = name
            .iter()
            .rposition(|b| !of_name(b))
            .map_or(0, |at| at + 1);
        name.get(start..)?.strip_prefix(b"--")
    });
    own.is_some_and(|own| !own.is_empty() && own.iter().all(of_name))
}

/// `token: '61|`, `token = 2:`, `0/5150198815558203:`: the number of a token, before it. One
/// with more digits before a colon is a token of Telegram's, which has its own form.
pub(super) fn without_number(line: &[u8]) -> &[u8] {
    const LONGEST: usize = 24;
    let Some((sign @ (b'|' | b':'), rest)) = line.split_last() else {
        return line;
    };
    let number = |b: &&u8| b.is_ascii_digit() || **b == b'/';
    let len = rest.iter().rev().take_while(number).count();
    let before = rest.get(..rest.len() - len).unwrap_or_default();
    let begins = matches!(before.last(), Some(b'"' | b'\'' | b'`' | b'=' | b' '));
    let number = rest.get(rest.len() - len..).unwrap_or_default();
    let is_own = *sign == b'|' || len < 4 || number.contains(&b'/');
    if (1..=LONGEST).contains(&len) && begins && is_own {
        before
    } else {
        line
    }
}

/// `adobe_api_key,`, `adobe,token,`: the cell of a row that names the next one. Alone in its
/// row it is a name that nobody takes for a word.
pub(super) fn cell(line: &[u8]) -> Option<(usize, Link)> {
    const WORDS: [&[u8]; 6] = [b"key", b"token", b"secret", b"pwd", b"pat", b"credential"];
    let (separator @ (b',' | b';' | b'\t'), row) = line.split_last()? else {
        return None;
    };
    let start = row
        .iter()
        .rposition(|b| b == separator)
        .map_or(0, |at| at + 1);
    let name = row.get(start..).unwrap_or_default();
    let is_name = name
        .iter()
        .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'));
    let told = WORDS.iter().any(|word| word.eq_ignore_ascii_case(name));
    let tells = name.contains(&b'_') || (start > 1 && told);
    (is_name && tells).then_some((row.len(), Link::Assigned))
}

/// `"AWS::ApiGateway::ApiKey": …`: the name of a type, and not of its value.
pub(super) fn is_type(before: &[u8]) -> bool {
    let path = |b: &u8| b.is_ascii_alphanumeric() || *b == b':';
    let start = before.iter().rposition(|b| !path(b)).map_or(0, |at| at + 1);
    let path = before.get(start..).unwrap_or_default();
    memchr::memmem::find_iter(path, b"::").count() >= 2
}
