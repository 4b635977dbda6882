//! Views that undo what hides a value from a search and not from a reader:
//! look-alike and invisible characters, literals in parts, character
//! references, quoted-printable, UTF-16.

use std::ops::Range;
use std::sync::LazyLock;

use memchr::memchr;
use unicode_normalization::char::{decompose_compatible, is_combining_mark};

use crate::budget::{Budget, Exhausted};
use crate::finding::View;
use crate::free::assign;
use crate::sweep::Sweep;
use crate::views::disguised;
use crate::views::escapes::{Escape, Marks, around, around_in, number, within};
use crate::views::layer::Layer;

pub(crate) fn folded(
    layer: &Layer<'_>,
    _: &Sweep,
    budget: &mut Budget,
) -> Result<Layer<'static>, Exhausted> {
    // What was folded is not folded again.
    if layer.view() == Some(View::Folded) {
        return Ok(Layer::of(View::Folded));
    }
    let places = disguised::places(layer.bytes());
    around(layer, View::Folded, Marks::Places(&places), fold, budget)
}

pub(crate) fn joined(
    layer: &Layer<'_>,
    sweep: &Sweep,
    budget: &mut Budget,
) -> Result<Layer<'static>, Exhausted> {
    around(
        layer,
        View::Joined,
        Marks::Places(&sweep.joints),
        join,
        budget,
    )
}

pub(crate) fn html(
    layer: &Layer<'_>,
    sweep: &Sweep,
    budget: &mut Budget,
) -> Result<Layer<'static>, Exhausted> {
    let marks = Marks::Places(&sweep.references);
    around(layer, View::Html, marks, reference, budget)
}

/// The view of letters that look alike, in these stretches of the layer alone.
pub(crate) fn folded_within(
    layer: &Layer<'_>,
    stretches: &[Range<usize>],
    budget: &mut Budget,
) -> Result<Layer<'static>, Exhausted> {
    let marks = Marks::Bytes(first_high);
    let texts = within(layer, stretches);
    around_in(layer, texts, View::Folded, marks, fold, budget)
}

/// The view of character references, in these stretches of the layer alone.
pub(crate) fn html_within(
    layer: &Layer<'_>,
    stretches: &[Range<usize>],
    budget: &mut Budget,
) -> Result<Layer<'static>, Exhausted> {
    let marks = Marks::Bytes(|text| memchr(b'&', text));
    let texts = within(layer, stretches);
    around_in(layer, texts, View::Html, marks, reference, budget)
}

pub(crate) fn quoted_printable(
    layer: &Layer<'_>,
    sweep: &Sweep,
    budget: &mut Budget,
) -> Result<Layer<'static>, Exhausted> {
    let bytes = layer.bytes();
    let equals = sweep.equals.iter().copied();
    let names = |at: &usize| is_unset(bytes, *at) || is_before_id(bytes, *at);
    let equals: Vec<usize> = equals.filter(|at| !names(at)).collect();
    let marks = Marks::Places(&equals);
    around(layer, View::QuotedPrintable, marks, quoted, budget)
}

/// `DB_PASSWORD=` on a line of its own, and another setting in the next, whose sign of
/// equality is no escape: no soft line break, though it looks like one. No secret
/// begins like such a name and ends before such a sign.
fn is_unset(bytes: &[u8], equal: usize) -> bool {
    const LONGEST: usize = 64;
    let name = |b: &u8| b.is_ascii_uppercase() || b.is_ascii_digit() || *b == b'_';
    let before = bytes.get(equal.saturating_sub(LONGEST)..equal);
    let before = before.unwrap_or_default();
    let start = before.iter().rposition(|b| !name(b)).map_or(0, |at| at + 1);
    let (outside, own) = before.split_at(start);
    let begins = match outside {
        [] => before.len() == equal,
        outside => outside.ends_with(b"\n") || outside.ends_with(b"export "),
    };
    let rest = bytes.get(equal + 1..).unwrap_or_default();
    let rest = rest.strip_prefix(b"\r").unwrap_or(rest);
    let Some(next) = rest.strip_prefix(b"\n") else {
        return false;
    };
    let len = next.iter().take_while(|b| name(b)).count();
    let is_name = |name: &[u8]| name.first().is_some_and(u8::is_ascii_uppercase);
    begins
        && is_name(own)
        && memchr(b'_', own).is_some()
        && is_name(next)
        && next.get(len) == Some(&b'=')
        && next.get(len..).is_some_and(|sign| quoted(sign).is_none())
}

/// `request_id=6790104f-156b-44c4-91fc-ee5a671764c0`: an id or a digest behind its name,
/// whose first two digits are no escape. Taken for one, they would take the name away.
fn is_before_id(bytes: &[u8], equal: usize) -> bool {
    const SHORTEST: usize = 16;
    let digit = |b: &u8| matches!(b, b'0'..=b'9' | b'a'..=b'f' | b'-');
    let named = equal.checked_sub(1).and_then(|at| bytes.get(at));
    let rest = bytes.get(equal + 1..).unwrap_or_default();
    named.is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'_')
        && rest.iter().take(SHORTEST).filter(|b| digit(b)).count() == SHORTEST
}

pub(crate) fn utf16(
    layer: &Layer<'_>,
    _: &Sweep,
    budget: &mut Budget,
) -> Result<Layer<'static>, Exhausted> {
    let marks = Marks::Bytes(|text| memchr(0, text));
    around(layer, View::Utf16, marks, zero, budget)
}

/// Whether control sequences may be in a layer. JSON has them escaped alone.
pub(crate) fn may_have_colours(layer: &Layer<'_>) -> bool {
    let bytes = layer.bytes();
    let is_json = layer.view().is_none() && bytes.starts_with(b"{");
    !is_json && memchr(ESCAPE, bytes).is_some()
}

/// The view without the control sequences of a terminal, as of a search that shows
/// in colour what it has found.
pub(crate) fn colours(
    layer: &Layer<'_>,
    _: &Sweep,
    budget: &mut Budget,
) -> Result<Layer<'static>, Exhausted> {
    let marks = Marks::Bytes(|text| memchr(ESCAPE, text));
    around(layer, View::Folded, marks, colour, budget)
}

/// The first byte that is not ASCII.
fn first_high(text: &[u8]) -> Option<usize> {
    let (chunks, _) = text.as_chunks::<32>();
    let plain = chunks.iter().take_while(|chunk| chunk.is_ascii()).count();
    let from = plain * 32;
    let rest = text.get(from..)?;
    rest.iter().position(|b| !b.is_ascii()).map(|at| from + at)
}

const NOTHING: [u8; 4] = [0; 4];

fn one(byte: u8, text: usize) -> Escape {
    Escape {
        bytes: [byte, 0, 0, 0],
        len: 1,
        text,
    }
}

fn none(text: usize) -> Escape {
    Escape {
        bytes: NOTHING,
        len: 0,
        text,
    }
}

/// What the character at the start of a text reads like, if it is not ASCII.
pub(crate) fn fold(text: &[u8]) -> Option<Escape> {
    let [first, second] = *text.first_chunk()?;
    match (first, second) {
        (0xc2..=0xdf, 0x80..=0xbf) => {
            let entry = usize::from(first & 0x1f) << 6 | usize::from(second & 0x3f);
            match FOLDS.get(entry).copied()? {
                ITSELF => None,
                OTHER => fold_slowly(text),
                byte => Some(Escape {
                    bytes: [byte, 0, 0, 0],
                    len: usize::from(byte != UNSEEN),
                    text: 2,
                }),
            }
        }
        // Kana, Han, Hangul.
        (0xe3, 0x81 | 0x83) | (0xe4..=0xe9 | 0xeb | 0xec, _) => None,
        _ => fold_slowly(text),
    }
}

/// What stands in [`FOLDS`] for nothing, for the character itself, and for
/// what is more than one byte.
const UNSEEN: u8 = 0;
const ITSELF: u8 = 0xff;
const OTHER: u8 = 0xfe;

/// What characters of two bytes read like, by their eleven bits.
static FOLDS: LazyLock<[u8; 0x800]> = LazyLock::new(|| {
    std::array::from_fn(|code| {
        let c = u32::try_from(code).ok().and_then(char::from_u32);
        let mut bytes = [0; 4];
        let text = c.unwrap_or_default().encode_utf8(&mut bytes);
        match fold_slowly(text.as_bytes()) {
            None => ITSELF,
            Some(Escape { len: 0, .. }) => UNSEEN,
            Some(Escape { len: 1, bytes, .. }) => bytes[0],
            Some(_) => OTHER,
        }
    })
});

/// The same, without a table.
fn fold_slowly(text: &[u8]) -> Option<Escape> {
    let len = match text.first()? {
        ..0x80 => 1,
        0xc2..0xe0 => 2,
        0xe0..0xf0 => 3,
        0xf0..0xf5 => 4,
        _ => return None,
    };
    let c = str::from_utf8(text.get(..len)?).ok()?.chars().next()?;
    if stands_alone(c) {
        return None;
    }
    if is_invisible(c) {
        return Some(none(c.len_utf8()));
    }
    if let Some(like) = look_alike(c) {
        return Some(one(like, c.len_utf8()));
    }
    let mut bytes = NOTHING;
    let mut len = 0;
    let mut plain = true;
    decompose_compatible(c, |part| {
        if is_combining_mark(part) {
            return;
        }
        match (u8::try_from(part), bytes.get_mut(len)) {
            (Ok(byte), Some(to)) if byte.is_ascii() => {
                *to = byte;
                len += 1;
            }
            _ => plain = false,
        }
    });
    (plain && !c.is_ascii()).then_some(Escape {
        bytes,
        len,
        text: c.len_utf8(),
    })
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{180b}'..='\u{180e}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{e0000}'..='\u{e0fff}')
}

/// What reads like nothing else: kana, Han, Hangul, quotes, pictures.
fn stands_alone(c: char) -> bool {
    matches!(c, '\u{2018}'..='\u{201f}' | '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}'
        | '\u{1f300}'..='\u{1f9ff}')
}

/// Letters of other scripts that look like Latin ones.
fn look_alike(c: char) -> Option<u8> {
    match c {
        '\u{100}'..='\u{5ff}' => {
            let at = usize::try_from(u32::from(c)).ok()?;
            let latin = LOOK_ALIKES.get(at).copied()?;
            (latin != 0).then_some(latin)
        }
        '\u{2010}'..='\u{2014}' | '\u{2212}' => Some(b'-'),
        _ => None,
    }
}

/// By the code of a letter, the Latin one.
static LOOK_ALIKES: LazyLock<[u8; 0x600]> = LazyLock::new(|| {
    const PAIRS: &str = "аaеeоoрpсcуyхxіiјjѕsԁdһhԛqԝwАAВBЕEКKМMНHОOРPСCТTУYХXІIЈJЅSԌGαaοoρpνvιiκkτtυuΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧXɡgɑaıi‐-‑-‒-–-—-−-";
    let mut table = [0; 0x600];
    let mut pairs = PAIRS.chars();
    while let (Some(like), Some(latin)) = (pairs.next(), pairs.next()) {
        let entry = usize::try_from(u32::from(like)).ok();
        if let Some(entry) = entry.and_then(|at| table.get_mut(at)) {
            *entry = u8::try_from(latin).unwrap_or(0);
        }
    }
    table
});

/// The end of one literal, an operator or blanks, and the beginning of the next.
fn join(text: &[u8]) -> Option<Escape> {
    const MAX: usize = 40;
    let quote = *text.first()?;
    let rest = text.get(1..text.len().min(MAX))?;
    let mut signs = 0;
    for (at, byte) in rest.iter().enumerate() {
        match byte {
            b' ' | b'\t' | b'\n' | b'\r' | b'\\' => {}
            // A single bar parts the members of a type: `"us1" | "us2"`.
            b'|' if signs == 0 && rest.get(at + 1) != Some(&b'|') => return None,
            b'+' | b'.' | b'&' | b'|' if signs < 2 => signs += 1,
            b'"' | b'\'' | b'`' if at > 0 && (signs > 0 || *byte == quote) => {
                // The next literal goes on with what a value is made of.
                let goes_on = rest.get(at + 1).is_some_and(|b| assign::is_value(*b));
                return goes_on.then_some(none(at + 2));
            }
            _ => return None,
        }
    }
    None
}

/// The most zeros before a reference's number.
const ZEROS: usize = 64;

/// `&#103;`, `&#x67;`, and the names of what is common in values.
pub(crate) fn reference(text: &[u8]) -> Option<Escape> {
    const NAMES: [(&[u8], u8); 14] = [
        (b"&amp;", b'&'),
        (b"&lt;", b'<'),
        (b"&gt;", b'>'),
        (b"&quot;", b'"'),
        (b"&apos;", b'\''),
        (b"&lowbar;", b'_'),
        (b"&UnderBar;", b'_'),
        (b"&hyphen;", b'-'),
        (b"&dash;", b'-'),
        (b"&period;", b'.'),
        (b"&equals;", b'='),
        (b"&sol;", b'/'),
        (b"&plus;", b'+'),
        (b"&nbsp;", b' '),
    ];
    if text.get(1) != Some(&b'#') {
        let (name, byte) = NAMES.iter().find(|(name, _)| text.starts_with(name))?;
        return Some(one(*byte, name.len()));
    }
    let hex = matches!(text.get(2), Some(b'x' | b'X'));
    let from = if hex { 3 } else { 2 };
    // Any number of zeros may lead.
    let zeros = text.get(from..)?.iter().take(ZEROS);
    let zeros = zeros.take_while(|b| **b == b'0').count();
    let from = from + zeros.saturating_sub(1);
    let digits = text
        .get(from..)?
        .iter()
        .take(8)
        .take_while(|b| {
            if hex {
                b.is_ascii_hexdigit()
            } else {
                b.is_ascii_digit()
            }
        })
        .count();
    let radix = if hex { 16 } else { 10 };
    let code =
        u32::from_str_radix(str::from_utf8(text.get(from..from + digits)?).ok()?, radix).ok()?;
    let mut bytes = NOTHING;
    let len = char::from_u32(code)?.encode_utf8(&mut bytes).len();
    let semicolon = usize::from(text.get(from + digits) == Some(&b';'));
    Some(Escape {
        bytes,
        len,
        text: from + digits + semicolon,
    })
}

/// `=5F`, or a soft line break.
pub(crate) fn quoted(text: &[u8]) -> Option<Escape> {
    // What is cut by a soft line break goes on at the next line's first byte.
    let goes_on = |at: usize| text.get(at).is_some_and(|b| !b.is_ascii_whitespace());
    match text.get(1..3)? {
        [b'\r', b'\n'] => return goes_on(3).then(|| none(3)),
        [b'\n', _] => return goes_on(2).then(|| none(2)),
        pair if pair.iter().any(u8::is_ascii_lowercase) => return None,
        _ => {}
    }
    let byte = u8::try_from(number(text, 1..3)?).ok()?;
    // A blank is escaped at the end of a line, or where everything is, as other bytes
    // that are no text.
    let in_row = || text.get(3) == Some(&b'=') && number(text, 4..6).is_some();
    let shows = byte.is_ascii_graphic() || byte >= 0x80;
    (shows || in_row()).then(|| one(byte, 3))
}

/// What begins a control sequence (ECMA-48, 5.4).
const ESCAPE: u8 = 0x1b;

fn colour(text: &[u8]) -> Option<Escape> {
    const LONGEST: usize = 32;
    let rest = text.strip_prefix(&[ESCAPE, b'['])?;
    let len = rest
        .iter()
        .take(LONGEST)
        .take_while(|b| matches!(b, b' '..=b'?'))
        .count();
    let last = rest.get(len)?;
    matches!(last, b'@'..=b'~').then(|| none(2 + len + 1))
}

/// Zero bytes before a letter and another zero byte: UTF-16 of either order, or
/// UTF-32 with three of them.
fn zero(text: &[u8]) -> Option<Escape> {
    let zeros = if text.starts_with(&[0; 3]) { 3 } else { 1 };
    match text.get(zeros..zeros + 2)? {
        [letter, 0] if letter.is_ascii_graphic() || letter.is_ascii_whitespace() => {
            Some(none(zeros))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_says_what_every_character_reads_like() {
        for c in '\u{80}'..='\u{ffff}' {
            let text = c.to_string();
            let parts = |escape: Escape| (escape.bytes, escape.len, escape.text);
            let wanted = fold_slowly(text.as_bytes()).map(parts);
            assert_eq!(fold(text.as_bytes()).map(parts), wanted, "{c:?}");
        }
    }
}
