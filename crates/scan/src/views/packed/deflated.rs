//! Deflate data in its three wrappings: gzip, zip and zlib.
//!
//! The heads are read here and not by a library, so that no head that some
//! reader takes is refused: reserved bits, wrong checks, sizes that come later.

use flate2::{Decompress, DecompressError, FlushDecompress, Status};
use memchr::memchr;

use super::{ATTEMPT, GZIP, Opened, ZIP, take};
use crate::budget::{Budget, Exhausted};

/// A window is made once for many attempts.
pub(super) struct Inflater {
    state: Decompress,
    chunk: Vec<u8>,
}

/// How far deflate data went.
pub(super) struct Inflated {
    pub(super) used: usize,
    /// Whether it came to its own end.
    pub(super) is_whole: bool,
}

/// What is unpacked at once.
const CHUNK: usize = 16 * 1024;

impl Inflater {
    pub(super) fn new() -> Self {
        Self {
            state: Decompress::new(false),
            chunk: vec![0; CHUNK],
        }
    }

    /// Unpacks bare deflate data to its end, or to where it is none.
    pub(super) fn inflate(
        &mut self,
        data: &[u8],
        out: &mut Vec<u8>,
        budget: &mut Budget,
    ) -> Result<Inflated, Exhausted> {
        let mut used = 0;
        if !begins_deflate(data) {
            return Ok(Inflated {
                used,
                is_whole: false,
            });
        }
        budget.work(ATTEMPT)?;
        self.state.reset(false);
        loop {
            let rest = data.get(used..).unwrap_or_default();
            let (status, step, fresh) = inflate_some(&mut self.state, rest, &mut self.chunk);
            used += step;
            budget.work(step)?;
            take(out, self.chunk.get(..fresh).unwrap_or_default(), budget)?;
            match status {
                Ok(Status::Ok | Status::BufError) if step + fresh > 0 => {}
                Ok(Status::StreamEnd) => {
                    return Ok(Inflated {
                        used,
                        is_whole: true,
                    });
                }
                Ok(_) | Err(_) => {
                    return Ok(Inflated {
                        used,
                        is_whole: false,
                    });
                }
            }
        }
    }
}

/// Unpacks as much as there is room for. Says how that went, how many bytes it
/// read and how many it made, which it does before an error too.
pub(crate) fn inflate_some(
    state: &mut Decompress,
    data: &[u8],
    room: &mut [u8],
) -> (Result<Status, DecompressError>, usize, usize) {
    let (read, made) = (state.total_in(), state.total_out());
    let status = state.decompress(data, room, FlushDecompress::None);
    let step = difference(state.total_in(), read);
    (status, step, difference(state.total_out(), made))
}

fn difference(now: u64, before: u64) -> usize {
    usize::try_from(now - before).unwrap_or(0)
}

/// Asks of one place after another whether deflate data begins there. The window is
/// made once, for the first that may be some.
#[derive(Default)]
pub(crate) struct Probe(Option<Decompress>);

impl Probe {
    /// Whether deflate data goes on for a while, or to its end with something in it.
    pub(super) fn goes_on(&mut self, data: &[u8]) -> bool {
        const A_WHILE: usize = 128;
        /// More than this of so little is going on, too.
        const ENOUGH: usize = 512;
        if !begins_deflate(data) {
            return false;
        }
        let state = self.0.get_or_insert_with(|| Decompress::new(false));
        state.reset(false);
        let data = data.get(..A_WHILE).unwrap_or(data);
        let status = state.decompress(data, &mut [0; ENOUGH], FlushDecompress::None);
        match status {
            Ok(Status::StreamEnd) => state.total_out() >= 6,
            Ok(Status::Ok | Status::BufError) => true,
            Err(_) => false,
        }
    }
}

/// Whether the first block's head is one (RFC 1951, 3.2.3 to 3.2.7): most of
/// what is no deflate data ends here.
fn begins_deflate(data: &[u8]) -> bool {
    let [first, second, ..] = *data else {
        return false;
    };
    match first >> 1 & 3 {
        0 => matches!(data.get(1..5), Some([a, b, c, d]) if *a == !*c && *b == !*d),
        1 => true,
        2 => first >> 3 <= 29 && second & 31 <= 29,
        _ => false,
    }
}

/// Whether a last block with codes of its own begins, whose code lengths are a
/// whole code (RFC 1951, 3.2.7), or any block with the fixed codes that is the
/// last. Of random bytes that hold no such data few begin so.
pub(super) fn has_head(data: &[u8]) -> bool {
    let Some(first) = data.first().filter(|_| begins_deflate(data)) else {
        return false;
    };
    match first & 7 {
        3 => begins_text(data),
        4 | 5 => is_code(data),
        _ => false,
    }
}

/// Whether the first symbols of a block with the fixed codes are characters:
/// nothing was before them that could come again.
fn begins_text(data: &[u8]) -> bool {
    const SYMBOLS: usize = 3;
    let bit = |at: usize| data.get(at / 8).map_or(0, |byte| byte >> (at % 8) & 1);
    let symbol = |n: usize| (0..8).fold(0_u8, |code, by| code << 1 | bit(3 + 8 * n + by));
    // Codes of eight bits are those of the first symbols (RFC 1951, 3.2.6).
    let shows = |code: u8| {
        let byte = code.wrapping_sub(0x30);
        code >= 0x30 && (byte.is_ascii_graphic() || byte.is_ascii_whitespace())
    };
    (0..SYMBOLS).all(|n| shows(symbol(n)))
}

/// Whether the lengths of the codes for lengths make up a whole code.
fn is_code(data: &[u8]) -> bool {
    let bit = |at: usize| {
        data.get(at / 8)
            .map_or(0, |byte| u32::from(byte >> (at % 8) & 1))
    };
    let number = |at: usize, bits: usize| (0..bits).fold(0, |n, by| n | bit(at + by) << by);
    let codes = usize::try_from(number(13, 4) + 4).unwrap_or(0);
    let lengths = (0..codes).map(|code| number(17 + 3 * code, 3));
    let filled = lengths.filter(|len| *len > 0).map(|len| 128 >> len);
    filled.sum::<u32>() == 128
}

/// All members that follow each other, as one text.
pub(super) fn gzip(
    text: &[u8],
    inflater: &mut Inflater,
    budget: &mut Budget,
) -> Result<Opened, Exhausted> {
    const TRAILER: usize = 8;
    let mut opened = Opened::default();
    let mut at = 0;
    while let Some(head) = text.get(at..).filter(|rest| rest.starts_with(GZIP)) {
        opened.parts.push(at);
        let Some(len) = gzip_head(head, budget)? else {
            // A name that goes on behind the text.
            opened.used = text.len();
            break;
        };
        let data = head.get(len..).unwrap_or_default();
        let inflated = inflater.inflate(data, &mut opened.bytes, budget)?;
        at += len + inflated.used;
        opened.used = at.min(text.len());
        if !inflated.is_whole {
            break;
        }
        // Zeros behind a member are padding to everybody.
        let behind = text.get(at + TRAILER..).unwrap_or_default();
        at += TRAILER + behind.iter().take_while(|b| **b == 0).count();
        opened.used = at.min(text.len());
    }
    Ok(opened)
}

/// The length of a member's head (RFC 1952, 2.3).
fn gzip_head(text: &[u8], budget: &mut Budget) -> Result<Option<usize>, Exhausted> {
    const CHECKED: u8 = 2;
    const EXTRA: u8 = 4;
    const NAME: u8 = 8;
    const COMMENT: u8 = 16;
    let flags = text.get(3).copied().unwrap_or(0);
    let mut len = 10;
    if flags & EXTRA != 0 {
        len += 2 + short(text, len);
    }
    for field in [NAME, COMMENT] {
        if flags & field != 0 {
            let rest = text.get(len..).unwrap_or_default();
            let end = memchr(0, rest);
            budget.work(end.unwrap_or(rest.len()))?;
            let Some(end) = end else { return Ok(None) };
            len += end + 1;
        }
    }
    if flags & CHECKED != 0 {
        len += 2;
    }
    Ok(Some(len))
}

/// What an entry holds, whichever method its head names: who reads a zip takes
/// that from the directory at its end. Names, and what is only stored, are
/// bytes of the text itself.
pub(super) fn zip(
    text: &[u8],
    inflater: &mut Inflater,
    budget: &mut Budget,
) -> Result<Opened, Exhausted> {
    debug_assert!(text.starts_with(ZIP));
    // APPNOTE 4.3.7: a name and an extra field stand before the data.
    let head = 30 + short(text, 26) + short(text, 28);
    wrapped(text, head, inflater, budget)
}

/// What one stream holds.
pub(super) fn zlib(
    text: &[u8],
    inflater: &mut Inflater,
    budget: &mut Budget,
) -> Result<Opened, Exhausted> {
    wrapped(text, 2, inflater, budget)
}

fn wrapped(
    text: &[u8],
    head: usize,
    inflater: &mut Inflater,
    budget: &mut Budget,
) -> Result<Opened, Exhausted> {
    let mut opened = Opened::default();
    let data = text.get(head..).unwrap_or_default();
    let inflated = inflater.inflate(data, &mut opened.bytes, budget)?;
    opened.used = head + inflated.used;
    Ok(opened)
}

/// Two bytes, the lower one first.
fn short(text: &[u8], at: usize) -> usize {
    let bytes = text.get(at..).and_then(<[u8]>::first_chunk);
    bytes.map_or(0, |bytes| usize::from(u16::from_le_bytes(*bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_before_an_error_is_kept() {
        let text: Vec<u8> = (0_u32..20_000).flat_map(u32::to_le_bytes).collect();
        let mut packed = {
            use std::io::Write as _;
            let level = flate2::Compression::default();
            let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), level);
            encoder.write_all(&text).unwrap();
            encoder.finish().unwrap()
        };
        let half = packed.len() / 2;
        packed.truncate(half);
        packed.extend_from_slice(&[0xff; 64]);
        let (mut out, mut budget) = (Vec::new(), Budget::for_input(packed.len()));
        let mut inflater = Inflater::new();
        let inflated = inflater.inflate(&packed, &mut out, &mut budget).unwrap();
        assert!(!inflated.is_whole);
        assert!(out.len() > text.len() / 4);
        assert_eq!(out.get(..text.len() / 4), text.get(..text.len() / 4));
    }

    #[test]
    fn a_head_that_no_block_has_is_no_attempt() {
        for data in [
            &b""[..],
            b"\x07\0",
            b"\0\x01\0\x01\0",
            b"\xf4\0",
            b"\x04\x1f",
        ] {
            assert!(!begins_deflate(data), "{data:?}");
        }
        for data in [&b"\x01\x05\0\xfa\xff"[..], b"\x03\0", b"\xec\x01"] {
            assert!(begins_deflate(data), "{data:?}");
        }
    }
}
