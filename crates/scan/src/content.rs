//! Content encodings of a request's body, undone within limits.
//!
//! What cannot be read in full is an error, and the caller refuses: a coding
//! we do not know, data behind the end of the stream, a part that is skipped
//! by decoders and so could carry anything.

use std::borrow::Cow;
use std::io::Read;

use brotli_decompressor::{BrotliDecompressStream, BrotliResult, BrotliState, StandardAlloc};
use flate2::bufread::{DeflateDecoder, GzDecoder, ZlibDecoder};
use ruzstd::decoding::StreamingDecoder;

/// How much a body may unpack to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// In bytes.
    pub bytes: usize,
    /// In bytes for each byte of the body.
    pub ratio: usize,
}

/// Why a body cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ContentError {
    /// The data is broken, cut off, or has something hidden in it or behind it.
    #[error("read the body: it is no whole {0} data")]
    Broken(&'static str),
    /// It unpacks to more than the limits allow.
    #[error("read the body: it unpacks to more than is allowed")]
    TooLarge,
    /// More codings on one another than anyone uses.
    #[error("read the body: more than {MAX_CODINGS} content codings")]
    TooMany,
    /// A coding that we cannot undo.
    #[error("read the body: unknown content coding")]
    Unknown,
}

/// The most codings that are undone.
pub const MAX_CODINGS: usize = 3;

/// The smallest limit that a ratio may lead to: short bodies compress well.
const RATIO_FLOOR: usize = 64 * 1024;
/// The largest zstd window (RFC 9659 asks HTTP for 8 MiB).
const ZSTD_WINDOW: u64 = 8 * 1024 * 1024;

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 32 * 1024 * 1024,
            ratio: 200,
        }
    }
}

/// Undoes the codings of a `Content-Encoding` header, last applied first.
/// Several header lines are one list: join them with commas.
pub fn decode<'a>(
    encoding: &str,
    bytes: &'a [u8],
    limits: Limits,
) -> Result<Cow<'a, [u8]>, ContentError> {
    let codings = codings(encoding)?;
    let limit = limits
        .bytes
        .min(bytes.len().saturating_mul(limits.ratio).max(RATIO_FLOOR));
    let mut body = Cow::Borrowed(bytes);
    for coding in codings {
        // A body of nothing is nothing under any coding: HEAD and 204 say so.
        if !body.is_empty() {
            body = Cow::Owned(coding.undo(&body, limit)?);
        }
    }
    Ok(body)
}

/// The codings that a header names, in the order in which they are undone.
pub(crate) fn codings(encoding: &str) -> Result<Vec<Coding>, ContentError> {
    let named = encoding.split(',').map(Coding::parse);
    let named = named.collect::<Result<Vec<_>, _>>()?;
    let codings: Vec<Coding> = named.into_iter().filter_map(Coding::real).rev().collect();
    if codings.len() > MAX_CODINGS {
        return Err(ContentError::TooMany);
    }
    Ok(codings)
}

/// A content coding.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Coding {
    Brotli,
    Deflate,
    Gzip,
    Identity,
    Zstd,
}

impl Coding {
    fn parse(name: &str) -> Result<Self, ContentError> {
        match name.trim().to_ascii_lowercase().as_str() {
            "br" => Ok(Self::Brotli),
            "deflate" => Ok(Self::Deflate),
            "gzip" | "x-gzip" => Ok(Self::Gzip),
            "identity" | "" => Ok(Self::Identity),
            "zstd" => Ok(Self::Zstd),
            _ => Err(ContentError::Unknown),
        }
    }

    fn real(self) -> Option<Self> {
        (self != Self::Identity).then_some(self)
    }

    fn undo(self, bytes: &[u8], limit: usize) -> Result<Vec<u8>, ContentError> {
        match self {
            Self::Brotli => brotli(bytes, limit),
            Self::Deflate => deflate(bytes, limit),
            Self::Gzip => gzip(bytes, limit),
            Self::Identity => Ok(bytes.to_vec()),
            Self::Zstd => zstd(bytes, limit),
        }
    }
}

fn gzip(mut rest: &[u8], limit: usize) -> Result<Vec<u8>, ContentError> {
    let mut out = Vec::new();
    while !rest.is_empty() {
        let mut decoder = GzDecoder::new(rest);
        read(&mut decoder, &mut out, limit, "gzip")?;
        // Fields of the header that decoders skip could carry anything.
        let hidden = decoder
            .header()
            .is_none_or(|h| h.extra().is_some() || h.comment().is_some());
        if hidden {
            return Err(ContentError::Broken("gzip"));
        }
        rest = decoder.into_inner();
    }
    Ok(out)
}

/// `deflate` is zlib data by the standard and bare deflate data by habit, and
/// servers differ in which they read. What both can read is refused: each would
/// see something else in it.
fn deflate(bytes: &[u8], limit: usize) -> Result<Vec<u8>, ContentError> {
    const BROKEN: ContentError = ContentError::Broken("deflate");
    let mut out = Vec::new();
    // The method of zlib's head. To a bare reader this begins a stored block,
    // with a bit set that no writer sets.
    let rest = if bytes.first().is_some_and(|first| first & 0x0f == 8) {
        if is_stored(bytes) {
            return Err(BROKEN);
        }
        let mut zlib = ZlibDecoder::new(bytes);
        read(&mut zlib, &mut out, limit, "deflate")?;
        zlib.into_inner()
    } else {
        let mut bare = DeflateDecoder::new(bytes);
        read(&mut bare, &mut out, limit, "deflate")?;
        bare.into_inner()
    };
    if rest.is_empty() {
        Ok(out)
    } else {
        Err(BROKEN)
    }
}

/// Whether a length stands behind the first byte, and its complement.
pub(crate) fn is_stored(bytes: &[u8]) -> bool {
    matches!(bytes.get(1..5), Some([a, b, c, d]) if *a == !*c && *b == !*d)
}

/// A byte at a time: so a block of metadata, which decoders skip and which
/// could carry anything, is seen before it is passed.
fn brotli(bytes: &[u8], limit: usize) -> Result<Vec<u8>, ContentError> {
    const BROKEN: ContentError = ContentError::Broken("brotli");
    let alloc = StandardAlloc::default;
    let mut state = BrotliState::new(alloc(), alloc(), alloc());
    let mut out = Vec::new();
    let mut chunk = [0; 16 * 1024];
    let (mut left, mut at, mut total) = (0, 0, 0);
    loop {
        let (mut room, mut filled) = (chunk.len(), 0);
        let result = BrotliDecompressStream(
            &mut left,
            &mut at,
            bytes,
            &mut room,
            &mut filled,
            &mut chunk,
            &mut total,
            &mut state,
        );
        append(&mut out, chunk.get(..filled).unwrap_or_default(), limit)?;
        // An empty one is how encoders flush.
        if state.is_metadata != 0 && state.meta_block_remaining_len > 0 {
            return Err(BROKEN);
        }
        match result {
            BrotliResult::ResultSuccess if at == bytes.len() => return Ok(out),
            BrotliResult::NeedsMoreOutput => {}
            BrotliResult::NeedsMoreInput if at < bytes.len() => left = 1,
            BrotliResult::ResultSuccess
            | BrotliResult::NeedsMoreInput
            | BrotliResult::ResultFailure => return Err(BROKEN),
        }
    }
}

fn zstd(mut rest: &[u8], limit: usize) -> Result<Vec<u8>, ContentError> {
    let mut out = Vec::new();
    while !rest.is_empty() {
        // A skippable frame is an error of this reader, which suits us.
        let mut decoder = StreamingDecoder::new_with_max_window_size(&mut rest, ZSTD_WINDOW)
            .map_err(|_| ContentError::Broken("zstd"))?;
        read(&mut decoder, &mut out, limit, "zstd")?;
    }
    Ok(out)
}

fn read(
    from: &mut impl Read,
    out: &mut Vec<u8>,
    limit: usize,
    name: &'static str,
) -> Result<(), ContentError> {
    let mut chunk = [0; 16 * 1024];
    loop {
        let n = from
            .read(&mut chunk)
            .map_err(|_| ContentError::Broken(name))?;
        if n == 0 {
            return Ok(());
        }
        append(out, chunk.get(..n).unwrap_or_default(), limit)?;
    }
}

fn append(out: &mut Vec<u8>, bytes: &[u8], limit: usize) -> Result<(), ContentError> {
    if out.len() + bytes.len() > limit {
        return Err(ContentError::TooLarge);
    }
    out.extend_from_slice(bytes);
    Ok(())
}
