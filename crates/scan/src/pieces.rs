//! A token that code puts together from literals: the items of a list, the
//! fields of a format string, the parts of a template.
//!
//! Only for forms that are exact, from where their keyword stands: between any
//! two literals of any code there may be a comma.

use crate::free::assign::is_value;

/// What stands between two literals at most.
const SEAM: usize = 24;
/// And what it may be made of.
const BETWEEN: &[u8] = b" \t\r\n,+.{}$()[]<>^*~|&";

/// The literals from a place of a text on, as one, and how much of the text they
/// are. None if there is but one, or if they are a list that is left as one.
pub(crate) fn joined(text: &[u8], from: usize, most: usize) -> Option<(Vec<u8>, usize)> {
    let (before, text) = text.split_at_checked(from)?;
    // Most that begin so are words of the text, with no literal behind.
    text.get(literal(text, most)..).and_then(seam)?;
    let (mut joined, mut at, mut seams) = (Vec::new(), 0, 0);
    let mut is_list = false;
    loop {
        let rest = text.get(at..)?;
        let len = literal(rest, most);
        joined.extend_from_slice(rest.get(..len)?);
        at += len;
        match rest.get(len..).and_then(seam) {
            Some(seam) if joined.len() < most => {
                let between = rest.get(len..len + seam).unwrap_or_default();
                is_list |= between.contains(&b',');
                at += seam;
            }
            _ => break,
        }
        seams += 1;
    }
    // Of several names in a row none has digits.
    let is_told = seams > 0 && joined.iter().any(u8::is_ascii_digit);
    let after = text.get(at..).unwrap_or_default();
    (is_told && (!is_list || is_put_together(before, after))).then_some((joined, at))
}

/// How long the literal is that a text begins with.
fn literal(text: &[u8], most: usize) -> usize {
    text.iter().take(most).take_while(|b| is_value(**b)).count()
}

/// Whether a literal that goes on from a place is followed by another one with
/// escapes between the two.
pub(crate) fn may_go_on(text: &[u8], from: usize, most: usize) -> bool {
    let rest = text.get(from..).unwrap_or_default();
    let behind = rest.get(literal(rest, most)..).unwrap_or_default();
    if !matches!(behind, [b'"' | b'\'' | b'`' | b'\\', ..]) {
        return false;
    }
    let behind = behind.get(..2 * SEAM).unwrap_or(behind);
    let mut quotes = 0;
    for byte in behind {
        match byte {
            b'"' | b'\'' | b'`' => quotes += 1,
            b'n' | b'r' | b't' | b'\\' | b'b' | b'B' | b'f' | b'F' | b'R' | b'u' | b'U' => {}
            sign if BETWEEN.contains(sign) => {}
            _ => break,
        }
    }
    // `t += \"`, `t.append(\"`.
    let is_added = || {
        [&b"= \\"[..], b"(\\"]
            .iter()
            .any(|sign| memchr::memmem::find(behind, sign).is_some())
    };
    (quotes > 1 || (quotes == 1 && is_added())) && behind.contains(&b'\\')
}

/// Whether the items of a list are made one text by what stands around them.
fn is_put_together(before: &[u8], after: &[u8]) -> bool {
    let opens = |b: &u8| b" \t\r\n\\\"'`[(".contains(b);
    let closes = |b: &u8| b" \t\r\n\\\"'`]),".contains(b);
    let kept = before.len()
        - before
            .iter()
            .rev()
            .take(SEAM)
            .take_while(|b| opens(b))
            .count();
    let before = before.get(..kept).unwrap_or_default();
    let called = |name: &[u8]| {
        let word = before
            .len()
            .checked_sub(name.len())
            .and_then(|at| before.get(at..));
        word.is_some_and(|word| word.eq_ignore_ascii_case(name))
    };
    let skipped = after.iter().take(SEAM).take_while(|b| closes(b)).count();
    let after = after.get(skipped..).unwrap_or_default();
    called(b"join") || called(b"concat") || after.starts_with(b".join(")
}

/// The end of one literal, what stands between, and the beginning of the next
/// one, which goes on with what a token is made of.
fn seam(text: &[u8]) -> Option<usize> {
    let (quote, rest) = text.split_first()?;
    if !matches!(quote, b'"' | b'\'' | b'`') {
        return None;
    }
    if let Some(len) = added(*quote, rest) {
        return Some(len);
    }
    let len = rest
        .iter()
        .take(SEAM)
        .take_while(|b| BETWEEN.contains(b))
        .count();
    // What a literal's kind is named by: bytes, raw, with fields.
    let named = rest.get(len..).unwrap_or_default().iter();
    let named = named.take_while(|b| b"bBfFrRuU".contains(b)).count();
    let len = len + if named > 2 { 0 } else { named };
    let goes_on = rest.get(len) == Some(quote) && rest.get(len + 1).is_some_and(|b| is_value(*b));
    // Of two in a row a shell makes one.
    ((len > 0 || *quote == b'\'') && goes_on).then_some(len + 2)
}

/// How long it is from behind a literal to the next one, if code adds that to what the
/// first was: `t += "`, `t.append("`.
fn added(quote: u8, behind: &[u8]) -> Option<usize> {
    const WAYS: [&[u8]; 8] = [
        b"+=", b".=", b"&=", b"<<", b"append(", b"concat(", b"push(", b"write(",
    ];
    let near = behind.get(..2 * SEAM).unwrap_or(behind);
    let len = memchr::memchr(quote, near)?;
    let between = near.get(..len)?;
    let other = |b: &u8| matches!(b, b'"' | b'\'' | b'`' | b'{' | b'}');
    let goes_on = behind.get(len + 1).is_some_and(|b| is_value(*b));
    let is_added = || {
        WAYS.iter()
            .any(|way| memchr::memmem::find(between, way).is_some())
    };
    (goes_on && !between.iter().any(other) && is_added()).then_some(len + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_are_joined_up_to_where_something_else_stands() {
        let all = |text: &str| {
            joined(text.as_bytes(), 0, 60).map(|(text, at)| (String::from_utf8(text).unwrap(), at))
        };
        assert_eq!(all("ab', 'c1'].join('')"), Some(("abc1".to_owned(), 8)));
        assert_eq!(all("ab''c1"), Some(("abc1".to_owned(), 6)));
        assert_eq!(all("ab'\nt += 'c1'"), Some(("abc1".to_owned(), 12)));
        assert_eq!(
            all("ab\");\nsb.append(\"c1\")"),
            Some(("abc1".to_owned(), 19))
        );
        assert_eq!(all("ab'}{'c1'}\""), Some(("abc1".to_owned(), 8)));
        assert_eq!(all("ab\"}${\"c1\"}`"), Some(("abc1".to_owned(), 9)));
        for text in [
            "ab', 'c1', x",
            "ab1",
            "ab1', \"c",
            "ab1': 'c",
            "ab', 'c",
            "ab1' x 'c",
        ] {
            assert_eq!(all(text), None, "{text}");
        }
    }
}
