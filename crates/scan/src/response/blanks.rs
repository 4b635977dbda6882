//! What may stand between two words of a phrase, and whether a phrase stands at
//! a place if that is allowed for: text is wrapped, indented, stressed and
//! commented, and reads the same.

/// No longer run of blanks is one.
const LONGEST: usize = 48;
/// So long is a tag that stands within a phrase.
const TAG: usize = 64;
/// What a line of a comment or of a quote begins with.
const SIGNS: &[u8] = b"#/*>;-!%|";
/// Tags that change how words look, and part none.
const INLINE: [&str; 15] = [
    "b", "i", "u", "a", "em", "br", "strong", "span", "font", "code", "mark", "small", "kbd",
    "wbr", "tt",
];

/// The end of the blanks that begin at `at`: any number, with one end of a line
/// at most and with marks of stress among them. None if there are none.
pub(super) fn skip(text: &[u8], at: usize) -> Option<usize> {
    let (mut end, mut lines, mut blank) = (at, 0, false);
    while end - at < LONGEST {
        let Some(run) = one(text, end) else { break };
        lines += usize::from(run == Run::Line);
        blank |= !matches!(run, Run::Mark(_));
        end += run.len();
        if run == Run::Line {
            end += signs(text, end);
        }
        if lines > 1 {
            return None;
        }
    }
    blank.then_some(end)
}

/// Something between words.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Run {
    /// A blank, and its length.
    Blank(usize),
    /// The end of a line.
    Line,
    /// What does not show: stress, a tag, a colour.
    Mark(usize),
}

impl Run {
    pub(super) fn len(self) -> usize {
        match self {
            Self::Blank(len) | Self::Mark(len) => len,
            Self::Line => 1,
        }
    }
}

/// What stands at `at`, if it is nothing of a word.
pub(super) fn one(text: &[u8], at: usize) -> Option<Run> {
    let rest = text.get(at..)?;
    let neighbour = |at: Option<usize>| at.and_then(|at| text.get(at)).copied().unwrap_or(b' ');
    let (before, behind) = (neighbour(at.checked_sub(1)), neighbour(Some(at + 1)));
    match *rest.first()? {
        b' ' | b'\t' | b'\r' => Some(Run::Blank(1)),
        b'\n' => Some(Run::Line),
        0xc2 if behind == 0xa0 => Some(Run::Blank(2)),
        b'*' if before != b'/' && behind != b'/' => Some(Run::Mark(1)),
        b'_' if !before.is_ascii_alphanumeric() || !behind.is_ascii_alphanumeric() => {
            (before != b'_' && behind != b'_').then_some(Run::Mark(1))
        }
        b'<' => {
            let (len, is_break) = tag(rest)?;
            Some(if is_break {
                Run::Blank(len)
            } else {
                Run::Mark(len)
            })
        }
        0x1b => colour(rest).map(Run::Mark),
        _ => None,
    }
}

/// How many signs of a comment or a quote begin a line, with their blanks.
pub(super) fn signs(text: &[u8], at: usize) -> usize {
    let rest = text
        .get(at..text.len().min(at + LONGEST))
        .unwrap_or_default();
    let blanks = |rest: &[u8]| {
        rest.iter()
            .take_while(|b| matches!(b, b' ' | b'\t'))
            .count()
    };
    let indent = blanks(rest);
    let rest = rest.get(indent..).unwrap_or_default();
    let signs = rest
        .iter()
        .take(3)
        .take_while(|b| SIGNS.contains(b))
        .count();
    let rest = rest.get(signs..).unwrap_or_default();
    // `--flag` and `/path` are words.
    let is_sign = rest
        .first()
        .is_none_or(|b| matches!(b, b' ' | b'\t' | b'\r' | b'\n'));
    if is_sign {
        indent + signs + blanks(rest)
    } else {
        indent
    }
}

/// The length of a tag that only changes how words look, and whether it parts lines.
pub(super) fn tag(text: &[u8]) -> Option<(usize, bool)> {
    let near = text.get(..text.len().min(TAG))?;
    if near.starts_with(b"<!--") {
        let len = near.windows(3).position(|w| w == b"-->")?;
        // With words in it, it is read for itself.
        return (len <= 8).then_some((len + 3, false));
    }
    let from = 1 + usize::from(near.get(1) == Some(&b'/'));
    let name = near
        .get(from..)?
        .iter()
        .take_while(|b| b.is_ascii_alphabetic())
        .count();
    let name = near.get(from..from + name)?;
    let known = INLINE
        .iter()
        .any(|known| name.eq_ignore_ascii_case(known.as_bytes()));
    let next = near.get(from + name.len())?;
    if !known || !matches!(next, b'>' | b' ' | b'/') {
        return None;
    }
    let len = near.iter().position(|b| *b == b'>')? + 1;
    Some((len, name.eq_ignore_ascii_case(b"br")))
}

/// The length of an order to a terminal to change its colour.
fn colour(text: &[u8]) -> Option<usize> {
    let near = text
        .get(2..text.len().min(16))
        .filter(|_| text.get(1) == Some(&b'['))?;
    let len = near
        .iter()
        .take_while(|b| b.is_ascii_digit() || **b == b';')
        .count();
    (near.get(len) == Some(&b'm')).then_some(len + 3)
}

/// Where a text is another one than a phrase, and what the phrase has there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Differs {
    pub(super) at: usize,
    pub(super) wanted: char,
}

/// The end of a phrase that begins at `at`.
pub(super) fn forward(text: &[u8], mut at: usize, phrase: &str) -> Result<usize, Differs> {
    for wanted in phrase.chars() {
        let end = match wanted {
            ' ' => skip(text, at),
            _ => same(text, at, wanted).map(|len| at + len),
        };
        at = end.ok_or(Differs { at, wanted })?;
    }
    Ok(at)
}

/// The beginning of a phrase that ends at `at`.
pub(super) fn backward(text: &[u8], mut at: usize, phrase: &str) -> Result<usize, Differs> {
    for wanted in phrase.chars().rev() {
        let start = match wanted {
            ' ' => skip_back(text, at),
            _ => at
                .checked_sub(wanted.len_utf8())
                .filter(|start| same(text, *start, wanted).is_some()),
        };
        at = start.ok_or(Differs { at, wanted })?;
    }
    Ok(at)
}

/// The beginning of what may be blanks and ends at `at`: who finds a phrase so
/// looks at it once more from its beginning.
fn skip_back(text: &[u8], at: usize) -> Option<usize> {
    let mut start = at;
    // Signs count behind the end of a line only.
    let mut signs = None;
    while at - start < LONGEST {
        let Some(before) = start.checked_sub(1) else {
            break;
        };
        let byte = text.get(before)?;
        let (len, is_sign) = match byte {
            b'\n' => (1, false),
            b' ' | b'\t' | b'\r' | b'_' | b'*' => (1, signs.is_some()),
            b'>' => tag_back(text, start).map_or((1, true), |len| (len, signs.is_some())),
            b'm' => (colour_back(text, start).unwrap_or(0), signs.is_some()),
            0xa0 if before > 0 && text.get(before - 1) == Some(&0xc2) => (2, signs.is_some()),
            sign if SIGNS.contains(sign) => (1, true),
            _ => (0, false),
        };
        if len == 0 {
            break;
        }
        signs = is_sign.then(|| signs.unwrap_or(start));
        start -= len;
    }
    let start = signs.unwrap_or(start);
    (start < at).then_some(start)
}

fn tag_back(text: &[u8], end: usize) -> Option<usize> {
    let near = text.get(end.saturating_sub(TAG)..end)?;
    let at = near.iter().rposition(|b| *b == b'<')?;
    let (len, _) = tag(near.get(at..)?)?;
    (len == near.len() - at).then_some(len)
}

fn colour_back(text: &[u8], end: usize) -> Option<usize> {
    let near = text.get(end.saturating_sub(16)..end)?;
    let at = near.iter().rposition(|b| *b == 0x1b)?;
    colour(near.get(at..)?).filter(|len| *len == near.len() - at)
}

/// The length of the character at `at` if it is `c`, be it a capital.
fn same(text: &[u8], at: usize, c: char) -> Option<usize> {
    if c.is_ascii() {
        let byte = text.get(at)?;
        return byte.eq_ignore_ascii_case(&(c as u8)).then_some(1);
    }
    let rest = text.get(at..)?;
    let here = match c.len_utf8() {
        2 => two(rest)?,
        len => str::from_utf8(rest.get(..len)?).ok()?.chars().next()?,
    };
    let is_same = here == c || (!is_caseless(here) && lower(here) == c);
    is_same.then(|| c.len_utf8())
}

/// The character of two bytes that a text begins with.
#[inline]
fn two(text: &[u8]) -> Option<char> {
    let [first @ 0xc2..=0xdf, second @ 0x80..=0xbf, ..] = *text else {
        return None;
    };
    char::from_u32(u32::from(first & 0x1f) << 6 | u32::from(second & 0x3f))
}

/// Small letters of Greek and Cyrillic, and scripts without capitals.
#[inline]
fn is_caseless(c: char) -> bool {
    matches!(c, '\u{3b1}'..='\u{3c9}' | '\u{430}'..='\u{45f}' | '\u{590}'..='\u{109f}'
        | '\u{3000}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
}

/// In lower case, where that is one character that is as long.
pub(super) fn lower(c: char) -> char {
    let mut lower = c.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(one), None) if one.len_utf8() == c.len_utf8() => one,
        _ => c,
    }
}
