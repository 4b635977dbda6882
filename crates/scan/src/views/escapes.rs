//! Percent escapes and JSON string escapes.
//!
//! Only what stands around escapes is copied, but for JSON in the input
//! itself, where they are everywhere. Malformed escapes stay as they
//! are: they are text. JSON is not parsed: whatever looks like an escape is
//! read as one, in any kind of body.

use std::ops::Range;

use memchr::memchr;

use crate::budget::{Budget, Exhausted};
use crate::finding::View;
use crate::sweep::{BASE64, Sweep};
use crate::views::layer::{Begin, Jumps, Layer, Piece};
use crate::views::packed;
use crate::views::undo::{WIDER, wider};

/// An escape at the start of some text: its bytes, and its length in the text.
pub(crate) struct Escape {
    pub(crate) bytes: [u8; 4],
    pub(crate) len: usize,
    pub(crate) text: usize,
}

impl Escape {
    /// Whether it stands inside of a run, for nothing or for a letter of it.
    /// What is encoded there is nothing without its beginning.
    fn is_inside(&self, text: &[u8], place: &Range<usize>) -> bool {
        let has = |at: usize| text.get(at).is_some_and(|b| BASE64.has(*b));
        let bytes = self.bytes.get(..self.len).unwrap_or_default();
        bytes.iter().all(|b| BASE64.has(*b))
            && place.start.checked_sub(1).is_some_and(has)
            && has(place.end)
    }

    /// Whether it stands for a byte that may be in a sign of packed data.
    fn may_sign(&self, text: &[u8], place: &Range<usize>, escape: Unescape) -> bool {
        let before = text.get(..place.start).unwrap_or_default();
        let rest = text.get(place.end..).unwrap_or_default();
        // However often it is escaped.
        let rest = rest.get(escaping(rest)..).unwrap_or_default();
        let is_alike = rest.first() == text.get(place.start);
        let next = is_alike.then(|| escape(rest)).flatten();
        let behind = match next {
            // What stands for nothing says nothing of what is behind it.
            Some(Self { len: 0, .. }) => Some(b'\\'),
            Some(next) => next.latin(),
            None => rest.first().copied(),
        };
        self.latin()
            .is_some_and(|byte| packed::may_sign(before, byte, behind))
    }

    /// The byte, or the character of Latin-1.
    fn latin(&self) -> Option<u8> {
        match self.bytes {
            [byte, ..] if self.len == 1 => Some(byte),
            [0xc2, low, ..] if self.len == 2 => Some(low),
            [0xc3, low, ..] if self.len == 2 => Some(low | 0x40),
            _ => None,
        }
    }
}

/// The backslashes at the start of some text that escape the last one of them,
/// up to those of an escape that is escaped as often as is undone.
pub(crate) fn escaping(text: &[u8]) -> usize {
    const MOST: usize = 16;
    let slashes = text.iter().take(MOST).take_while(|b| **b == b'\\');
    slashes.count().saturating_sub(1)
}

/// Reads the escape at the start of some text.
type Unescape = fn(&[u8]) -> Option<Escape>;

/// Whether the escape at the start of some text may be in a sign of packed data.
pub(super) fn may_sign(text: &[u8], at: usize) -> bool {
    let escape = text.get(at..).and_then(json_escape);
    escape.is_some_and(|escape| escape.may_sign(text, &(at..at + escape.text), json_escape))
}

/// The view without JSON escapes.
#[cfg(any(test, feature = "reference"))]
pub(crate) fn json(
    layer: &Layer<'_>,
    _: &Sweep,
    budget: &mut Budget,
) -> Result<Layer<'static>, Exhausted> {
    let marks = Marks::Bytes(|text| memchr(b'\\', text));
    if layer.view().is_some() {
        return around(layer, View::Json, marks, json_escape, budget);
    }
    let out = Layer::with_room(View::Json, layer.bytes().len());
    unescape(out, whole(layer), marks, json_escape, budget)
}

/// The view without JSON escapes in these stretches of the layer alone.
pub(crate) fn json_within(
    layer: &Layer<'_>,
    stretches: &[Range<usize>],
    budget: &mut Budget,
) -> Result<Layer<'static>, Exhausted> {
    let marks = Marks::Bytes(|text| memchr(b'\\', text));
    let texts = within(layer, stretches);
    if layer.view().is_some() {
        return around_in(layer, texts, View::Json, marks, json_escape, budget);
    }
    let room = stretches.iter().map(|stretch| stretch.len() + 1).sum();
    let out = Layer::with_room(View::Json, room);
    unescape(out, texts, marks, json_escape, budget)
}

/// The same, with the escapes that the layer above had, if others were undone
/// there: only what these hid may show that JSON is to be undone.
pub(crate) fn json_again_within(
    layer: &Layer<'_>,
    stretches: &[Range<usize>],
    budget: &mut Budget,
) -> Result<Layer<'static>, Exhausted> {
    if !is_mixed(layer) {
        return json_within(layer, stretches, budget);
    }
    let marks = Marks::Bytes(|text| memchr(b'\\', text));
    let texts = within(layer, stretches);
    unescape(Layer::of(View::Json), texts, marks, json_escape, budget)
}

/// The same of the whole layer, for the reference.
#[cfg(any(test, feature = "reference"))]
pub(crate) fn json_again(
    layer: &Layer<'_>,
    sweep: &Sweep,
    budget: &mut Budget,
) -> Result<Layer<'static>, Exhausted> {
    if is_mixed(layer) {
        let marks = Marks::Bytes(|text| memchr(b'\\', text));
        return unescape(
            Layer::of(View::Json),
            whole(layer),
            marks,
            json_escape,
            budget,
        );
    }
    json(layer, sweep, budget)
}

/// Whether escapes of another kind were undone in a layer, one by one.
fn is_mixed(layer: &Layer<'_>) -> bool {
    layer.is_unescaped() && layer.view() != Some(View::Json)
}

/// The parts of a layer's pieces that lie in these stretches.
pub(super) fn within<'l>(
    layer: &'l Layer<'_>,
    stretches: &'l [Range<usize>],
) -> impl Iterator<Item = Text<'l>> {
    layer.pieces().flat_map(move |(piece, text)| {
        let here = &piece.here;
        let first = stretches.partition_point(|s| s.end <= here.start);
        let rest = stretches.get(first..).unwrap_or_default().iter();
        rest.take_while(|s| s.start < here.end).map(move |s| {
            let (start, end) = (s.start.max(here.start), s.end.min(here.end));
            let inside = start - here.start..end - here.start;
            (piece, text.get(inside).unwrap_or_default(), start)
        })
    })
}

/// A piece, some of its bytes, and where these begin in the layer.
type Text<'l> = (&'l Piece, &'l [u8], usize);

fn whole<'l>(layer: &'l Layer<'_>) -> impl Iterator<Item = Text<'l>> {
    layer
        .pieces()
        .map(|(piece, text)| (piece, text, piece.here.start))
}

/// The view without percent escapes.
pub(crate) fn percent(
    layer: &Layer<'_>,
    sweep: &Sweep,
    budget: &mut Budget,
) -> Result<Layer<'static>, Exhausted> {
    let marks = Marks::Places(&sweep.percents);
    around(layer, View::Percent, marks, percent_escape, budget)
}

/// The whole text without its escapes: where they are everywhere.
fn unescape<'l>(
    mut out: Layer<'static>,
    texts: impl Iterator<Item = Text<'l>>,
    marks: Marks<'_>,
    escape: Unescape,
    budget: &mut Budget,
) -> Result<Layer<'static>, Exhausted> {
    for (piece, text, base) in texts {
        let decoder = Decoder {
            text,
            marks,
            escape,
            base,
            begin: piece.begin_behind(base - piece.here.start),
        };
        if decoder.next(0).is_none() {
            continue;
        }
        budget.work(text.len())?;
        let above = base..base + text.len();
        out.push_unescaped(above, decoder.begin, |bytes, jumps| {
            decoder.run(bytes, jumps);
        });
    }
    Ok(out)
}

/// Where escapes may begin.
#[derive(Clone, Copy)]
pub(super) enum Marks<'a> {
    /// At a byte that a search finds.
    Bytes(fn(&[u8]) -> Option<usize>),
    /// At one of these places in the layer, in order.
    Places(&'a [usize]),
}

/// How far around an escape a view of windows reaches.
pub(super) const AROUND: usize = 400;

/// A view of what stands around the escapes that the layer above did not have:
/// they are rare, and the rest of the text is looked at above.
pub(super) fn around(
    layer: &Layer<'_>,
    view: View,
    marks: Marks<'_>,
    escape: Unescape,
    budget: &mut Budget,
) -> Result<Layer<'static>, Exhausted> {
    around_in(layer, whole(layer), view, marks, escape, budget)
}

/// The same in some of the layer's texts.
pub(super) fn around_in<'l>(
    layer: &'l Layer<'_>,
    texts: impl Iterator<Item = Text<'l>>,
    view: View,
    marks: Marks<'_>,
    escape: Unescape,
    budget: &mut Budget,
) -> Result<Layer<'static>, Exhausted> {
    let mut out = Layer::of(view);
    let again = matches!(
        view,
        View::Html | View::Json | View::Percent | View::QuotedPrintable
    );
    // What this very view has undone needs no second look.
    if layer.view() == Some(view) && !again {
        return Ok(out);
    }
    // A percent escape under JSON escapes may stand beside one that was undone.
    let mixed = view == View::Percent && layer.view() == Some(View::Json);
    let near = if is_behind(view, layer.view()) {
        TOGETHER
    } else {
        0
    };
    for (piece, text, base) in texts {
        let whole = Decoder {
            text,
            marks,
            escape,
            base,
            begin: piece.begin_behind(base - piece.here.start),
        };
        // Nobody reads letters in bytes that are decoded and no text.
        let decoded = matches!(layer.view(), Some(View::Base32 | View::Base64 | View::Hex));
        if decoded && view == View::Folded && str::from_utf8(text).is_err() {
            continue;
        }
        let mut window: Option<Range<usize>> = None;
        let mut is_inside = false;
        let mut at = 0;
        loop {
            let next = whole.next(at);
            let found = next
                .as_ref()
                .map(|(found, escape)| *found..found + escape.text);
            let far = |window: &Range<usize>| {
                found
                    .as_ref()
                    .is_none_or(|found| found.start.saturating_sub(AROUND) > window.end)
            };
            if let Some(done) = window.take_if(|window| far(window)) {
                let until = found.as_ref().map_or(text.len(), |found| found.start);
                let most = if is_inside { usize::MAX } else { WIDER };
                let text = text.get(..until).unwrap_or(text);
                let done = wider(text, &(done.start..done.end.min(until)), most);
                // Another escape may stand in a run that the window would cut.
                if far(&done) {
                    budget.work(done.len())?;
                    whole.push(&done, &mut out);
                    is_inside = false;
                } else {
                    window = Some(done);
                }
            }
            let Some(found) = found else { break };
            at = found.end;
            let place = whole.base + found.start..whole.base + found.end;
            let around = place.start.saturating_sub(near)..place.end + near;
            if mixed || window.is_some() || layer.is_fresh(piece, &around) {
                let open = window.unwrap_or_else(|| found.start.saturating_sub(AROUND)..0);
                is_inside |= next
                    .as_ref()
                    .is_some_and(|(_, escape)| escape.is_inside(text, &found));
                // Packed data is nothing without its beginning either.
                let is_packed = next
                    .is_some_and(|(_, found_escape)| found_escape.may_sign(text, &found, escape));
                let end = if is_packed {
                    text.len()
                } else {
                    found.end + AROUND
                };
                window = Some(open.start..end.max(open.end));
            }
        }
    }
    Ok(out)
}

/// How far from one another escapes of two kinds may stand in one token.
const TOGETHER: usize = 128;

/// Whether what a view undoes is undone, where it stands near what another one has
/// undone, in the view that comes after that one. Undone in any other order they are
/// the same.
fn is_behind(view: View, other: Option<View>) -> bool {
    const ORDER: [View; 5] = [
        View::Percent,
        View::Html,
        View::QuotedPrintable,
        View::Joined,
        View::Folded,
    ];
    let place = |view: View| ORDER.iter().position(|other| *other == view);
    let (before, this) = (other.and_then(place), place(view));
    before.is_some_and(|before| this.is_some_and(|this| before < this))
}

struct Decoder<'a> {
    text: &'a [u8],
    marks: Marks<'a>,
    escape: Unescape,
    /// Where the text begins in its layer.
    base: usize,
    begin: Begin,
}

impl Decoder<'_> {
    /// Adds a part of the text, without its escapes.
    fn push(&self, part: &Range<usize>, out: &mut Layer<'static>) {
        let base = self.base + part.start;
        let decoder = Decoder {
            text: self.text.get(part.clone()).unwrap_or_default(),
            base,
            begin: if part.start == 0 {
                self.begin
            } else {
                Begin::WithinText
            },
            ..*self
        };
        out.push_unescaped(base..self.base + part.end, decoder.begin, |bytes, jumps| {
            decoder.run(bytes, jumps);
        });
    }

    fn run(&self, bytes: &mut Vec<u8>, jumps: &mut Jumps<'_>) {
        let mut at = 0;
        while let Some((found, escape)) = self.next(at) {
            bytes.extend_from_slice(self.text.get(at..found).unwrap_or_default());
            let here = bytes.len();
            bytes.extend_from_slice(escape.bytes.get(..escape.len).unwrap_or_default());
            let above = self.base + found;
            jumps.escape(here..bytes.len(), above..above + escape.text);
            at = found + escape.text;
        }
        bytes.extend_from_slice(self.text.get(at..).unwrap_or_default());
    }

    /// The first escape at or behind `at`.
    fn next(&self, mut at: usize) -> Option<(usize, Escape)> {
        loop {
            let found = match self.marks {
                Marks::Bytes(search) => at + search(self.text.get(at..)?)?,
                Marks::Places(places) => {
                    let from = self.base + at;
                    let next = places.partition_point(|place| *place < from);
                    places.get(next)? - self.base
                }
            };
            if let Some(escape) = (self.escape)(self.text.get(found..)?) {
                return Some((found, escape));
            }
            at = found + 1;
        }
    }
}

pub(crate) fn percent_escape(text: &[u8]) -> Option<Escape> {
    if text.get(1) == Some(&b'u') {
        return character(number(text, 2..6)?, 6);
    }
    let byte = u8::try_from(number(text, 1..3)?).ok()?;
    Some(Escape {
        bytes: [byte, 0, 0, 0],
        len: 1,
        text: 3,
    })
}

/// A backslash before the end of a line: nothing.
const NEXT_LINE: Escape = Escape {
    bytes: [0; 4],
    len: 0,
    text: 2,
};

pub(crate) fn json_escape(text: &[u8]) -> Option<Escape> {
    let one = |byte: u8| {
        Some(Escape {
            bytes: [byte, 0, 0, 0],
            len: 1,
            text: 2,
        })
    };
    match text.get(1)? {
        b'n' => one(b'\n'),
        b'r' => one(b'\r'),
        b't' => one(b'\t'),
        b'b' => one(8),
        b'f' => one(12),
        same @ (b'"' | b'\\' | b'/' | b'\'') => one(*same),
        // As Markdown escapes what would stress a word.
        b'_' if text.get(2).is_some_and(u8::is_ascii_alphanumeric) => one(b'_'),
        b'x' if text.get(2) == Some(&b'{') => braced(text, 16),
        b'o' => braced(text, 8),
        b'U' => character(number(text, 2..10)?, 10),
        b'x' => {
            let byte = u8::try_from(number(text, 2..4)?).ok()?;
            Some(Escape {
                bytes: [byte, 0, 0, 0],
                len: 1,
                text: 4,
            })
        }
        b'u' => braced(text, 16).or_else(|| unicode_escape(text)),
        // A literal of code goes on in the next line.
        b'\n' => Some(NEXT_LINE),
        b'\r' if text.get(2) == Some(&b'\n') => Some(Escape {
            text: 3,
            ..NEXT_LINE
        }),
        b'0'..=b'3' => octal(text),
        _ => None,
    }
}

/// `\u{67}`, as code has it.
fn braced(text: &[u8], radix: u32) -> Option<Escape> {
    let rest = text.get(3..).filter(|_| text.get(2) == Some(&b'{'))?;
    let digits = memchr(b'}', rest.get(..9).unwrap_or(rest)).filter(|n| *n > 0)?;
    character(value_of(rest.get(..digits)?, radix)?, digits + 4)
}

/// A character by its number.
pub(super) fn character(number: u32, text: usize) -> Option<Escape> {
    let mut bytes = [0; 4];
    let len = char::from_u32(number)?.encode_utf8(&mut bytes).len();
    Some(Escape { bytes, len, text })
}

/// `\147`, as shells and C have it.
fn octal(text: &[u8]) -> Option<Escape> {
    let number = value_of(text.get(1..4)?, 8)?;
    Some(Escape {
        bytes: [u8::try_from(number).ok()?, 0, 0, 0],
        len: 1,
        text: 4,
    })
}

fn unicode_escape(text: &[u8]) -> Option<Escape> {
    let unit = number(text, 2..6)?;
    let pair = || {
        let low = text
            .get(6..8)
            .filter(|t| *t == b"\\u")
            .and_then(|_| number(text, 8..12))?;
        let low = u16::try_from(low).ok()?;
        char::decode_utf16([u16::try_from(unit).ok()?, low])
            .next()?
            .ok()
    };
    let (c, len) = match char::from_u32(unit) {
        Some(c) => (c, 6),
        // Half of a surrogate pair alone stands for nothing.
        None => pair().map_or((char::REPLACEMENT_CHARACTER, 6), |c| (c, 12)),
    };
    let mut bytes = [0; 4];
    let used = c.encode_utf8(&mut bytes).len();
    Some(Escape {
        bytes,
        len: used,
        text: len,
    })
}

pub(super) fn number(text: &[u8], digits: Range<usize>) -> Option<u32> {
    value_of(text.get(digits)?, 16)
}

/// What digits to this base stand for, if all of them are such.
pub(crate) fn value_of(digits: &[u8], radix: u32) -> Option<u32> {
    digits.iter().try_fold(0_u32, |n, &d| {
        n.checked_mul(radix)?
            .checked_add(char::from(d).to_digit(radix)?)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::views::swept as sweep;

    fn bytes(
        view: fn(&Layer<'_>, &Sweep, &mut Budget) -> Result<Layer<'static>, Exhausted>,
        text: &str,
    ) -> Vec<u8> {
        let mut budget = Budget::for_input(text.len());
        let layer = Layer::raw(text.as_bytes());
        view(&layer, &sweep(text.as_bytes()), &mut budget)
            .unwrap()
            .pieces()
            .flat_map(|(_, piece)| piece.to_vec())
            .collect()
    }

    #[test]
    fn percent_escapes_are_undone_once() {
        assert_eq!(bytes(percent, "a%20b%2525%zz%4"), b"a b%25%zz%4");
        assert_eq!(bytes(percent, "100% of %it"), b"");
    }

    #[test]
    fn json_escapes_are_undone_once() {
        let text = r#"a\n\"\/\\n\u0041\ud83e\udd80\ud83eX\x41\q\u00"#;
        assert_eq!(
            bytes(json, text),
            "a\n\"/\\nA\u{1f980}\u{fffd}XA\\q\\u00".as_bytes()
        );
    }
}
