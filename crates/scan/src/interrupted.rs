//! A token that something stands within: a line's end where a terminal or a tool has
//! broken it, with what that puts before the next line; the tags and signs by which a
//! document stresses a part; a separator at every so many characters.
//!
//! Only from where a token's keyword stands, and only for tokens that have no blanks or
//! quotes themselves: whoever asks tries the pieces as one, and looks at whether they
//! are random. Literals that code joins are in [`crate::pieces`], single characters and
//! what is not to be seen, colours too, in [`crate::views`].

use crate::detectors::check::entropy;

/// The most pieces.
const PIECES: usize = 80;
/// The least separators.
const SEPARATORS: usize = 3;
/// The most that stands between two of them.
const BETWEEN: usize = 64;

/// The pieces from a place of a text on.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Interrupted {
    /// All of them as one.
    pub(crate) joined: Vec<u8>,
    /// Behind each piece but the first, how long they are as one and in the text.
    ends: Vec<(usize, usize)>,
}

impl Interrupted {
    /// The pieces up to each end behind the first, the longest first, and how much of
    /// the text they are.
    pub(crate) fn tries(&self) -> impl Iterator<Item = (&[u8], usize)> {
        let ends = self.ends.iter().rev();
        ends.filter_map(|(len, end)| Some((self.joined.get(..*len)?, *end)))
    }
}

/// The pieces of at most `most` bytes of a text. None if nothing stands between any, or
/// no digit is in them: of words in a row few have any.
pub(crate) fn joined(text: &[u8], most: usize) -> Option<Interrupted> {
    let text = text.get(..most).unwrap_or(text);
    let mut all = Interrupted::default();
    let mut at = 0;
    let mut parts = Parts::default();
    loop {
        let rest = text.get(at..).unwrap_or_default();
        let len = rest.iter().take_while(|b| is_part(**b)).count();
        // `--option`, in the next line.
        let option = at > 0 && rest.starts_with(b"--");
        if len == 0 || option || all.ends.len() >= PIECES || !parts.takes(len) {
            break;
        }
        all.joined.extend_from_slice(rest.get(..len)?);
        if at > 0 {
            all.ends.push((all.joined.len(), at + len));
        }
        at += len;
        let rest = text.get(at..).unwrap_or_default();
        let Some(between) = Between::of(rest).filter(|between| parts.part_by(between, rest)) else {
            break;
        };
        if between.kind == Kind::Separator {
            parts.unseparated.get_or_insert(all.ends.len());
        }
        at += between.len;
    }
    // One blank parts any two words: with few, the token ends before the first.
    if let Some(first) = parts.unseparated
        && all.ends.len() < SEPARATORS
    {
        all.ends.truncate(first);
    }
    let (len, _) = *all.ends.last()?;
    all.joined.truncate(len);
    let told = all.joined.iter().any(u8::is_ascii_digit) && entropy(&all.joined) > 2.5;
    told.then_some(all)
}

/// What a piece is made of: what stands between two is anything else.
fn is_part(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'=' | b'+' | b'/' | b'.')
}

/// What is known of the pieces so far: with separators all are as long as one another,
/// but for the first and the last.
#[derive(Debug, Default)]
struct Parts {
    separator: Option<Vec<u8>>,
    /// How many pieces there were before the first.
    unseparated: Option<usize>,
    len: Option<usize>,
    is_last: bool,
}

impl Parts {
    /// Takes another piece, if it may be so long.
    fn takes(&mut self, len: usize) -> bool {
        if self.separator.is_none() {
            return true;
        }
        let of_all = *self.len.get_or_insert(len);
        let goes_on = !self.is_last && len <= of_all;
        self.is_last = len < of_all;
        goes_on
    }

    /// Takes what stands before another piece, if it is like the last such.
    fn part_by(&mut self, between: &Between, rest: &[u8]) -> bool {
        if between.kind == Kind::Mark {
            return true;
        }
        let this = rest.get(..between.len).unwrap_or_default();
        self.separator.get_or_insert_with(|| this.to_vec()) == this
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// A line's end, a tag, stress.
    Mark,
    /// A sign or two, or characters that are not ASCII.
    Separator,
}

/// What stands between two pieces.
#[derive(Debug)]
struct Between {
    kind: Kind,
    len: usize,
}

impl Between {
    /// What a text begins with.
    fn of(text: &[u8]) -> Option<Self> {
        let near = text.get(..BETWEEN).unwrap_or(text);
        let mut len = 0;
        while let Some(more) = near.get(len..).map(mark).filter(|more| *more > 0) {
            len += more;
        }
        if len > 0 {
            let kind = Kind::Mark;
            return Some(Self { kind, len });
        }
        let sign = |b: &u8| matches!(b, b' ' | b',' | b'|' | b':' | b';' | b'*') || !b.is_ascii();
        let len = near.iter().take_while(|b| sign(b)).count();
        let kind = Kind::Separator;
        let fits =
            (1..=3).contains(&len) || (len <= 12 && near.first().is_some_and(|b| !b.is_ascii()));
        fits.then_some(Self { kind, len })
    }
}

/// How long the mark is that a text begins with, or nothing.
fn mark(text: &[u8]) -> usize {
    [line, tag, stress]
        .iter()
        .map(|of| of(text))
        .find(|len| *len > 0)
        .unwrap_or(0)
}

/// A line's end, and what tools put before the next line: blanks, a number, signs of a
/// patch, a quote, a comment.
fn line(text: &[u8]) -> usize {
    const BREAKS: [&[u8]; 4] = [b"\r\n", b"\n", b"\\r\\n", b"\\n"];
    let behind = |at: usize, of: fn(&u8) -> bool| {
        let rest = text.get(at..).unwrap_or_default();
        at + rest.iter().take_while(|b| of(b)).count()
    };
    // A blank or a backslash that says that the line goes on.
    let end = behind(0, |b| matches!(b, b' ' | b'\t'));
    let goes_on = text
        .get(end..)
        .is_some_and(|rest| rest.starts_with(b"\\\n") || rest.starts_with(b"\\\\n"));
    let end = end + usize::from(goes_on);
    let rest = text.get(end..).unwrap_or_default();
    let Some(broken) = BREAKS.iter().find(|broken| rest.starts_with(broken)) else {
        return 0;
    };
    let from = end + broken.len();
    let blank: fn(&u8) -> bool = |b| matches!(b, b' ' | b'\t');
    let sign: fn(&u8) -> bool = |b| matches!(b, b' ' | b'\t' | b'+' | b'>' | b'|' | b'#' | b'*');
    let signs = behind(from, sign);
    // `    12\t`: a number counts where something parts it from what follows.
    let number = behind(behind(from, blank), u8::is_ascii_digit);
    match text.get(number) {
        Some(b'\t' | b':' | b' ' | b'|') if number > from => behind(number + 1, blank),
        _ => signs,
    }
}

/// `<mark>`, `</b>`, `<span class="x">`.
fn tag(text: &[u8]) -> usize {
    let Some(rest) = text.strip_prefix(b"<") else {
        return 0;
    };
    let name = rest.strip_prefix(b"/").unwrap_or(rest);
    let named = name.first().is_some_and(u8::is_ascii_alphabetic);
    let end = rest.iter().position(|b| matches!(b, b'>' | b'<'));
    match end {
        Some(end) if named && rest.get(end) == Some(&b'>') => end + 2,
        _ => 0,
    }
}

/// Two signs by which Markdown stresses what follows, or a backslash before a sign.
fn stress(text: &[u8]) -> usize {
    match text {
        [b'*', b'*', ..] | [b'~', b'~', ..] => 2,
        [b'\\', b'\\', b'_' | b'-', ..] => 2,
        [b'\\', b'_' | b'-', ..] | [b'`', ..] => 1,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(text: &str) -> Option<String> {
        let all = joined(text.as_bytes(), 400)?;
        Some(String::from_utf8(all.joined).unwrap())
    }

    #[test]
    fn what_stands_within_a_token_is_left_out() {
        for text in [
            "ab_Xy12\ncd34",
            "ab_Xy12 \\\n    cd34",
            "ab_Xy12\\n+  cd34",
            "ab_Xy12\n    12\tcd34",
            "ab_Xy12<mark>cd34",
            "ab_Xy12**cd34",
            "ab_ Xy1 2cd 34",
            "ab_, Xy1, 2cd, 34",
            "ab_\u{1f600}Xy1\u{1f600}2cd\u{1f600}34",
        ] {
            assert_eq!(whole(text).as_deref(), Some("ab_Xy12cd34"), "{text}");
        }
        for text in [
            "ab_Xy12\ncd34 end",
            "ab_Xy12\ncd34, \"",
            "ab_Xy12\ncd34; x y",
        ] {
            assert_eq!(whole(text).as_deref(), Some("ab_Xy12cd34"), "{text}");
        }
        for text in [
            "ab_Xy12cd34",
            "ab_Xy12\"cd34",
            "ab_Xy12(cd34",
            "ab_Xy12 cd34",
        ] {
            assert_eq!(whole(text), None, "{text}");
        }
    }
}
