//! The views of packed data: gzip, zip, zlib and zstd, wherever in a text it
//! begins: in a part of a form, behind a frame's head, in an object of git's.
//!
//! Best effort: what does not unpack is no such data, and what unpacks before
//! an error is looked at. What unpacks past the limit is refused. Brotli has no
//! sign that could be looked for, nor has bare deflate data, which is tried
//! where all of an encoded run may be such ([`mod@bare`]); see `content`.

mod bare;
mod deflated;
pub(crate) mod zstd;

use std::collections::BTreeSet;

use memchr::{memchr, memchr_iter, memchr3, memchr3_iter, memmem};

use crate::budget::{Budget, Exhausted};
use crate::finding::View;
use crate::sweep::Sweep;
use crate::views::escapes::value_of;
use crate::views::layer::{Layer, Scale};
pub(crate) use bare::{bare, may_be_bare};
use deflated::Inflater;
pub(crate) use deflated::Probe;
pub(crate) use deflated::inflate_some;

pub(crate) const GZIP: &[u8] = &[0x1f, 0x8b, 8];
const ZIP: &[u8] = b"PK\x03\x04";
pub(crate) const ZSTD: &[u8] = &[0x28, 0xb5, 0x2f, 0xfd];
/// What a PNG begins with.
pub(crate) const IMAGE: &[u8] = b"\x89PNG\r\n\x1a\n";
/// As many bytes of a picture are looked at as its pixels.
const PIXELS: u64 = 8 << 20;
/// In each of the three there is a byte that no text has.
const RARE: [u8; 3] = [0x1f, 3, 0xfd];
/// What of a sign no text has, so that it stands escaped where escapes are.
const SIGN: usize = 4;
/// The most bytes that a byte of it takes where it is escaped.
const NEAR: usize = 12;
/// What begins in the middle is most often no packed data, and ends at once.
const LEAST: usize = 6;
/// Where what is no text shows at the latest, if not by a rare byte.
const HEAD: usize = 1024;
/// The most that stands behind the data of a gzip member, a zip's entry or a
/// stream, before the next one.
const TRAILER: usize = 24;
/// The work of trying whether something is packed data.
const ATTEMPT: usize = 1024;

/// Which kinds of packed data a layer may hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Signs {
    pub(crate) gzip: bool,
    pub(crate) zip: bool,
    pub(crate) zlib: bool,
    pub(crate) zstd: bool,
}

impl Signs {
    /// One search for rare bytes. But for a zip's, all signs have bytes that
    /// are not ASCII, as any packed data of some length does.
    pub(crate) fn of(layer: &Layer<'_>, sweep: &Sweep) -> Self {
        let bytes = layer.bytes();
        let mut signs = Self {
            zlib: layer.pieces().any(|(_, text)| is_zlib(text)),
            ..Self::default()
        };
        if !sweep.is_high {
            if sweep.has_control {
                signs.note(bytes, memchr_iter(3, bytes));
            }
            return signs;
        }
        let [a, b, c] = RARE;
        let mut rare = memchr3_iter(a, b, c, bytes).peekable();
        signs.zlib |= rare.peek().is_some()
            || layer
                .pieces()
                .any(|(_, text)| begins_binary(text) || streams(text).next().is_some());
        signs.note(bytes, rare);
        signs
    }

    fn note(&mut self, bytes: &[u8], rare: impl Iterator<Item = usize>) {
        let begins = |at: Option<usize>, sign: &[u8]| {
            let rest = at.and_then(|at| bytes.get(at..));
            rest.is_some_and(|rest| rest.starts_with(sign))
        };
        for at in rare {
            self.gzip |= begins(Some(at), GZIP);
            self.zip |= begins(at.checked_sub(2), ZIP);
            self.zstd |= begins(at.checked_sub(3), ZSTD);
        }
    }
}

/// Whether packed data begins like this.
pub(crate) fn begins(bytes: &[u8]) -> bool {
    let goes_on = || Probe::default().goes_on(bytes.get(2..).unwrap_or_default());
    is_signed(bytes) || (is_zlib(bytes) && (bytes.starts_with(b"x") || goes_on()))
}

/// Whether packed data begins like this behind other bytes, where two bytes of
/// zlib's are too little of a sign.
pub(crate) fn begins_within(bytes: &[u8], probe: &mut Probe) -> bool {
    is_signed(bytes) || is_stream(bytes, probe)
}

/// Whether a byte that an escape stands for may be in the sign of packed data,
/// with these beside it: what stands before the escape, and behind it the byte
/// itself or the one that another escape stands for.
pub(super) fn may_sign(before: &[u8], byte: u8, behind: Option<u8>) -> bool {
    // An escape of another kind, or one that is escaped itself, may be anything.
    let is_next = |next: &[u8]| {
        behind.is_some_and(|b| matches!(b, b'\\' | b'%' | b'&' | b'=') || next.contains(&b))
    };
    match byte {
        // What is behind stands raw, as UTF-8 too.
        0x1f => is_next(&[0x8b, 0xc2]),
        0x8b => ends_as(before, 0x1f),
        8 => ends_as(before, 0x8b),
        b'P' => is_next(b"K"),
        b'K' => ends_as(before, b'P') && is_next(&[3]),
        3 => ends_as(before, b'K') && is_next(&[4]),
        // The one before was not escaped as this one is.
        4 => ends_as(before, 3) && begins_zip(before),
        b'(' => is_next(&[0xb5, 0xc2]),
        0xb5 => ends_as(before, b'('),
        b'/' => ends_as(before, 0xb5),
        0xfd => ends_as(before, b'/'),
        b'x' => is_next(&[0x01, 0x5e, 0x9c, 0xda, 0xc2, 0xc3]),
        0x01 | 0x5e | 0x9c | 0xda => ends_as(before, b'x'),
        _ => false,
    }
}

/// Whether a letter of a zip's sign stands near the end of a text, or the end of
/// an escape that stands for it.
fn begins_zip(before: &[u8]) -> bool {
    let near = before.get(before.len().saturating_sub(NEAR)..);
    let near = near.unwrap_or(before);
    (1..near.len()).any(|end| near.get(..end).is_some_and(|text| ends_as(text, b'K')))
}

/// Whether a text ends with a byte, or as an escape ends that stands for it.
fn ends_as(text: &[u8], byte: u8) -> bool {
    let digits = |len: usize, base: u32| {
        let digits = text.len().checked_sub(len).and_then(|at| text.get(at..));
        digits.and_then(|digits| value_of(digits, base)) == Some(u32::from(byte))
    };
    match text.last() {
        Some(b'}' | b';') => true,
        Some(last) => *last == byte || digits(2, 16) || digits(3, 8),
        None => false,
    }
}

/// Where in these bytes packed data first begins. The pixels of an image are a
/// zlib stream too, and a long one.
pub(crate) fn first_in(bytes: &[u8]) -> Option<usize> {
    let [a, b, c] = RARE;
    let signed = |at: &usize| bytes.get(*at..).is_some_and(is_signed);
    let rare = memchr3_iter(a, b, c, bytes);
    let first = rare
        .flat_map(|at| [Some(at), at.checked_sub(2), at.checked_sub(3)])
        .flatten()
        .find(signed);
    if bytes.starts_with(IMAGE) {
        return first;
    }
    let before = first.unwrap_or(bytes.len());
    let stream = streams(bytes).next().filter(|at| *at < before);
    stream.or(first)
}

fn is_signed(bytes: &[u8]) -> bool {
    [GZIP, ZIP, ZSTD].iter().any(|sign| bytes.starts_with(sign))
}

/// Whether a zlib stream with the usual window begins, which does not break off
/// at once.
fn is_stream(bytes: &[u8], probe: &mut Probe) -> bool {
    match bytes {
        [b'x', 0x01 | 0x5e | 0x9c | 0xda, data @ ..] => probe.goes_on(data),
        _ => false,
    }
}

/// Whether a body may hold packed data, which means nothing when it is cut.
pub(crate) fn may_be_in(body: &[u8]) -> bool {
    begins_binary(body) || (!body.is_ascii() && is_binary(body))
}

/// Two bytes that check each other, the first of which names the method and a
/// window (RFC 1950, 2.2). A dictionary that is asked for is nowhere.
fn is_zlib(bytes: &[u8]) -> bool {
    let [first, second, ..] = *bytes else {
        return false;
    };
    let checks = (u16::from(first) << 8 | u16::from(second)).is_multiple_of(31);
    first & 0x8f == 8 && second & 0x20 == 0 && checks
}

/// Whether a text is none, or in parts each of which may be none.
fn is_binary(text: &[u8]) -> bool {
    let [a, b, c] = RARE;
    begins_binary(text) || memchr3(a, b, c, text).is_some()
}

fn begins_binary(text: &[u8]) -> bool {
    let head = text.get(..HEAD).unwrap_or(text);
    text.starts_with(b"--") || memchr(0, head).is_some()
}

/// The view of what gzip members hold.
pub(crate) fn gzip(
    layer: &Layer<'_>,
    _: &Sweep,
    budget: &mut Budget,
) -> Result<Layer<'static>, Exhausted> {
    let places: Places = |text| Box::new(memmem::find_iter(text, GZIP));
    unpack(layer, View::Gzip, places, deflated::gzip, budget)
}

/// The view of what a zip's entries hold.
pub(crate) fn zip(
    layer: &Layer<'_>,
    _: &Sweep,
    budget: &mut Budget,
) -> Result<Layer<'static>, Exhausted> {
    let places: Places = |text| Box::new(memmem::find_iter(text, ZIP));
    unpack(layer, View::Zip, places, deflated::zip, budget)
}

/// The view of what zlib streams hold.
pub(crate) fn zlib(
    layer: &Layer<'_>,
    _: &Sweep,
    budget: &mut Budget,
) -> Result<Layer<'static>, Exhausted> {
    unpack(layer, View::Zlib, zlib_places, deflated::zlib, budget)
}

/// The view of what zstd frames hold.
pub(crate) fn zstd(
    layer: &Layer<'_>,
    _: &Sweep,
    budget: &mut Budget,
) -> Result<Layer<'static>, Exhausted> {
    let places: Places = |text| Box::new(memmem::find_iter(text, ZSTD));
    unpack(layer, View::Zstd, places, zstd::frames, budget)
}

/// Streams with the usual window that do not break off at once: short ones may
/// stand in a text that is one but for them.
fn streams(text: &[u8]) -> impl Iterator<Item = usize> {
    let mut probe = Probe::default();
    memchr_iter(b'x', text).filter(move |at| {
        let rest = text.get(*at..);
        rest.is_some_and(|rest| is_stream(rest, &mut probe))
    })
}

/// Whether the stream at `at` is the pixels of a PNG that has more of them than are
/// looked at: they are no text, and a large picture is nothing to refuse.
fn is_of_pixels(text: &[u8], at: usize) -> bool {
    at.checked_sub(4).and_then(|from| text.get(from..at)) == Some(b"IDAT")
        && pixels(text).is_some_and(|bytes| bytes > PIXELS)
}

/// The bytes of all pixels of the PNG that a text begins with (ISO 15948, 11.2.2).
fn pixels(text: &[u8]) -> Option<u64> {
    let (head, _) = text.strip_prefix(IMAGE)?.split_first_chunk::<18>()?;
    let [_, _, _, _, b'I', b'H', b'D', b'R', sizes @ .., depth, color] = *head else {
        return None;
    };
    let [width, height] = [sizes.first_chunk()?, sizes.last_chunk()?]
        .map(|size: &[u8; 4]| u64::from(u32::from_be_bytes(*size)));
    let samples = match color {
        2 => 3,
        4 => 2,
        6 => 4,
        _ => 1,
    };
    let row = width.checked_mul(samples * u64::from(depth))?.div_ceil(8);
    row.checked_mul(height)
}

/// At the beginning of any text; in what is none, with the usual window.
fn zlib_places(text: &[u8]) -> Box<dyn Iterator<Item = usize> + '_> {
    let first = is_zlib(text).then_some(0);
    if !is_binary(text) {
        let inside = streams(text).filter(|at| *at > 0);
        return Box::new(first.into_iter().chain(inside));
    }
    let inside = memchr_iter(b'x', text).filter(|at| {
        let usual = matches!(text.get(at + 1), Some(0x01 | 0x5e | 0x9c | 0xda));
        usual && *at > 0 && !is_of_pixels(text, *at)
    });
    Box::new(first.into_iter().chain(inside))
}

/// Where in a text a kind of packed data may begin.
type Places = for<'t> fn(&'t [u8]) -> Box<dyn Iterator<Item = usize> + 't>;
/// Unpacks what begins a text.
type Open = fn(&[u8], &mut Inflater, &mut Budget) -> Result<Opened, Exhausted>;

/// What was unpacked.
#[derive(Default)]
struct Opened {
    bytes: Vec<u8>,
    /// How much of the text it was.
    used: usize,
    /// Where in the text its parts begin: what follows one belongs to it.
    parts: Vec<usize>,
    /// It may go on behind the text, however much of it was used.
    goes_on: bool,
}

fn unpack(
    layer: &Layer<'_>,
    view: View,
    places: Places,
    open: Open,
    budget: &mut Budget,
) -> Result<Layer<'static>, Exhausted> {
    let mut out = Layer::of(view);
    let mut inflater = None;
    for (piece, text) in layer.pieces() {
        let mut told = BTreeSet::new();
        for at in places(text) {
            // A part of what began before, or bytes in which escapes were
            // undone that are none. Anything else is tried, also inside of
            // packed data: who reads this may see another beginning than we do.
            let start = piece.here.start + at;
            if told.contains(&at) || !layer.is_fresh(piece, &(start..start + SIGN)) {
                continue;
            }
            let inflater = inflater.get_or_insert_with(Inflater::new);
            let opened = open(text.get(at..).unwrap_or_default(), inflater, budget)?;
            told.extend(opened.parts.iter().map(|part| at + part));
            let end = text.len().min(at + opened.used);
            let end = if opened.goes_on || end + TRAILER >= text.len() {
                out.goes_on(start..piece.here.end);
                text.len()
            } else {
                end
            };
            if opened.bytes.len() < LEAST {
                continue;
            }
            budget.work(opened.bytes.len())?;
            out.push(start..piece.here.start + end, Scale::Whole, |to| {
                to.extend_from_slice(&opened.bytes);
            });
        }
    }
    Ok(out)
}

/// Takes what came out, within the budget.
fn take(out: &mut Vec<u8>, bytes: &[u8], budget: &mut Budget) -> Result<(), Exhausted> {
    if bytes.len() > budget.unpackable() {
        return Err(Exhausted::Unpacked);
    }
    budget.unpack(bytes.len())?;
    out.extend_from_slice(bytes);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::views::escapes;

    /// Packed data has bytes in it that look like escapes, and are none.
    #[test]
    fn nothing_is_unescaped_inside_of_packed_data() {
        let name = flate2::GzBuilder::new().filename("a%41\\n");
        let mut packed = name.write(Vec::new(), flate2::Compression::best());
        let packed = std::io::Write::write_all(&mut packed, b"some text")
            .and_then(|()| packed.finish())
            .unwrap();
        let escaped = packed
            .iter()
            .fold(String::new(), |text, b| text + &format!("\\x{b:02x}"));
        let opens = |body: &[u8]| {
            let (mut budget, sweep) = (Budget::for_input(0), Sweep::default());
            let layer = escapes::json(&Layer::raw(body), &sweep, &mut budget).unwrap();
            let mut places = layer.pieces();
            let is_there = places.any(|(_, text)| memmem::find(text, GZIP).is_some());
            assert!(is_there);
            !gzip(&layer, &sweep, &mut budget).unwrap().is_empty()
        };
        assert!(!opens(&packed));
        assert!(opens(escaped.as_bytes()));
    }
}
