//! The view of pieces that begin as gzip, zlib or zstd data.
//!
//! Best effort: what does not unpack is no such data, and what unpacks before
//! an error is looked at. A piece that unpacks past the limit is refused.

use std::io::Read;

use flate2::read::{MultiGzDecoder, ZlibDecoder};
use ruzstd::decoding::StreamingDecoder;

use crate::budget::{Budget, Exhausted};
use crate::finding::View;
use crate::sweep::Sweep;
use crate::views::layer::{Layer, Scale};

const GZIP: &[u8] = &[0x1f, 0x8b, 8];
const ZSTD: &[u8] = &[0x28, 0xb5, 0x2f, 0xfd];
/// The largest zstd window that is taken; a larger one is not made of text.
const WINDOW: u64 = 8 * 1024 * 1024;

/// Whether packed data begins like this.
pub(crate) fn begins(bytes: &[u8]) -> bool {
    bytes.starts_with(GZIP) || bytes.starts_with(ZSTD) || is_zlib(bytes)
}

/// A window of 32 KiB, and the check of the two first bytes (RFC 1950, 2.2).
fn is_zlib(bytes: &[u8]) -> bool {
    let [first, second, ..] = *bytes else {
        return false;
    };
    first == 0x78 && (u16::from(first) << 8 | u16::from(second)).is_multiple_of(31)
}

/// The view of what gzip members hold.
pub(crate) fn gzip(
    layer: &Layer<'_>,
    _: &Sweep,
    budget: &mut Budget,
) -> Result<Layer<'static>, Exhausted> {
    unpack(
        layer,
        View::Gzip,
        |text| text.starts_with(GZIP),
        budget,
        |text, budget| read(MultiGzDecoder::new(text), budget),
    )
}

/// The view of what zlib streams hold.
pub(crate) fn zlib(
    layer: &Layer<'_>,
    _: &Sweep,
    budget: &mut Budget,
) -> Result<Layer<'static>, Exhausted> {
    unpack(layer, View::Zlib, is_zlib, budget, |text, budget| {
        read(ZlibDecoder::new(text), budget)
    })
}

/// The view of what a zstd frame holds.
pub(crate) fn zstd(
    layer: &Layer<'_>,
    _: &Sweep,
    budget: &mut Budget,
) -> Result<Layer<'static>, Exhausted> {
    unpack(
        layer,
        View::Zstd,
        |text| text.starts_with(ZSTD),
        budget,
        |text, budget| match StreamingDecoder::new_with_max_window_size(text, WINDOW) {
            Ok(decoder) => read(decoder, budget),
            Err(_) => Ok(Vec::new()),
        },
    )
}

fn unpack(
    layer: &Layer<'_>,
    view: View,
    begins: fn(&[u8]) -> bool,
    budget: &mut Budget,
    open: fn(&[u8], &mut Budget) -> Result<Vec<u8>, Exhausted>,
) -> Result<Layer<'static>, Exhausted> {
    let mut out = Layer::of(view);
    for (piece, text) in layer.pieces().filter(|(_, text)| begins(text)) {
        let bytes = open(text, budget)?;
        budget.work(bytes.len())?;
        out.push(piece.here.clone(), Scale::Whole, |to| {
            to.extend_from_slice(&bytes);
        });
    }
    Ok(out)
}

fn read(mut from: impl Read, budget: &mut Budget) -> Result<Vec<u8>, Exhausted> {
    let mut bytes = Vec::new();
    let mut chunk = [0; 8192];
    loop {
        // An error is the end: this may never have been compressed data.
        let Ok(n @ 1..) = from.read(&mut chunk) else {
            return Ok(bytes);
        };
        if n > budget.unpackable() {
            return Err(Exhausted::Unpacked);
        }
        budget.unpack(n)?;
        bytes.extend_from_slice(chunk.get(..n).unwrap_or_default());
    }
}
