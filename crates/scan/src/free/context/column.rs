//! The name of a value in a table of data: that of its column, in the first row.

/// How far above a value its column's name may be, in bytes and in rows.
const NEAR: usize = 1024;
const ROWS: usize = 16;
const MAX_NAME: usize = 40;

/// What `read` makes of the first row of the table that a value stands in, up to the
/// end of its column's name; nothing of a row that names none.
pub(super) fn named<T>(text: &[u8], at: usize, read: impl Fn(&[u8]) -> Option<T>) -> Option<T> {
    let before = text.get(at.saturating_sub(NEAR)..at)?;
    let quote = |b: &u8| matches!(b, b' ' | b'"' | b'\'' | b'`');
    let separator = *before.iter().rfind(|b| !quote(b))?;
    if !matches!(separator, b',' | b';' | b'\t' | b'|') {
        return None;
    }
    let mut rows = before.rsplit(|b| *b == b'\n');
    let column = count(rows.next()?, separator);
    let mut columns = None;
    // What is cut off above is no row.
    let whole = rows.clone().count().saturating_sub(usize::from(at > NEAR));
    rows.take(whole.min(ROWS))
        .filter(|row| !is_rule(row))
        .map_while(|row| {
            let all = count(row, separator);
            (all >= column && *columns.get_or_insert(all) == all).then_some(row)
        })
        .filter_map(|row| up_to(row, separator, column))
        .find_map(read)
}

fn count(row: &[u8], separator: u8) -> usize {
    memchr::memchr_iter(separator, row).count()
}

/// A row of a table in Markdown that parts the names from the values.
fn is_rule(row: &[u8]) -> bool {
    row.iter().all(|b| b"-|:+= \r".contains(b))
}

/// A row up to the end of the name in a column, if it is one.
fn up_to(row: &[u8], separator: u8, column: usize) -> Option<&[u8]> {
    let ends = memchr::memchr_iter(separator, row).chain([row.len()]);
    let end = ends.clone().nth(column)?;
    let start = column
        .checked_sub(1)
        .and_then(|last| ends.clone().nth(last));
    let cell = row.get(start.map_or(0, |at| at + 1)..end)?;
    let sign = |b: &u8| b.is_ascii_whitespace() || matches!(b, b'"' | b'\'' | b'`' | b'*');
    let spelled = |b: &u8| b.is_ascii_alphabetic() || sign(b) || matches!(b, b'_' | b'-');
    let last = cell.iter().rposition(|b| !sign(b))?;
    let fits = cell.len() <= MAX_NAME && cell.iter().all(spelled);
    let end = end - cell.len() + last + 1;
    fits.then(|| row.get(..end)).flatten()
}
