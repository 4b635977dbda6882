//! The view of pieces that begin as gzip or zstd data.
//!
//! Best effort: what does not unpack is no such data, and what unpacks before
//! an error is looked at. A piece that unpacks past the limit is refused.

use std::io::Read;

use flate2::read::MultiGzDecoder;
use ruzstd::decoding::StreamingDecoder;

use crate::budget::{Budget, Exhausted};
use crate::finding::View;
use crate::views::layer::{Layer, Scale};

const GZIP: &[u8] = &[0x1f, 0x8b, 8];
const ZSTD: &[u8] = &[0x28, 0xb5, 0x2f, 0xfd];
/// The largest zstd window that is taken; a larger one is not made of text.
const WINDOW: u64 = 8 * 1024 * 1024;

/// The view of what gzip members hold.
pub(crate) fn gzip(layer: &Layer<'_>, budget: &mut Budget) -> Result<Layer<'static>, Exhausted> {
    unpack(layer, View::Gzip, GZIP, budget, |text, budget| {
        read(MultiGzDecoder::new(text), budget)
    })
}

/// The view of what a zstd frame holds.
pub(crate) fn zstd(layer: &Layer<'_>, budget: &mut Budget) -> Result<Layer<'static>, Exhausted> {
    unpack(layer, View::Zstd, ZSTD, budget, |text, budget| {
        match StreamingDecoder::new_with_max_window_size(text, WINDOW) {
            Ok(decoder) => read(decoder, budget),
            Err(_) => Ok(Vec::new()),
        }
    })
}

fn unpack(
    layer: &Layer<'_>,
    view: View,
    magic: &[u8],
    budget: &mut Budget,
    open: fn(&[u8], &mut Budget) -> Result<Vec<u8>, Exhausted>,
) -> Result<Layer<'static>, Exhausted> {
    let mut out = Layer::of(view);
    for (piece, text) in layer.pieces().filter(|(_, text)| text.starts_with(magic)) {
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
