//! Content encodings.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};

use crate::content::{ContentError, Limits, decode};

const TEXT: &[u8] = b"a body with some text in it, a body with some text in it";

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zlib(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn bare(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
}

/// Brotli of `hello world`, by the reference encoder.
const BROTLI: &[u8] = b"\x0b\x05\x80hello world\x03";

fn plain(encoding: &str, bytes: &[u8]) -> Result<Vec<u8>, ContentError> {
    decode(encoding, bytes, Limits::default()).map(std::borrow::Cow::into_owned)
}

#[test]
fn every_coding_is_undone() {
    assert_eq!(plain("gzip", &gzip(TEXT)).unwrap(), TEXT);
    assert_eq!(plain("X-GZIP", &gzip(TEXT)).unwrap(), TEXT);
    assert_eq!(plain("deflate", &zlib(TEXT)).unwrap(), TEXT);
    assert_eq!(plain("deflate", &bare(TEXT)).unwrap(), TEXT);
    assert_eq!(plain("zstd", &zstd(TEXT)).unwrap(), TEXT);
    assert_eq!(plain("br", BROTLI).unwrap(), b"hello world");
    assert_eq!(plain("identity", TEXT).unwrap(), TEXT);
    assert_eq!(plain("", TEXT).unwrap(), TEXT);
    assert_eq!(plain("gzip", b"").unwrap(), b"");
}

#[test]
fn codings_on_one_another_are_undone_from_the_last() {
    assert_eq!(plain("deflate, gzip", &gzip(&zlib(TEXT))).unwrap(), TEXT);
    assert_eq!(
        plain("zstd ,identity,GZIP", &gzip(&zstd(TEXT))).unwrap(),
        TEXT
    );
    assert!(plain("gzip, deflate", &gzip(&zlib(TEXT))).is_err());
    let four = gzip(&gzip(&gzip(&gzip(TEXT))));
    assert_eq!(
        plain("gzip,gzip,gzip,gzip", &four),
        Err(ContentError::TooMany)
    );
}

#[test]
fn several_members_are_one_body() {
    assert_eq!(
        plain("gzip", &[gzip(b"one "), gzip(b"two")].concat()).unwrap(),
        b"one two"
    );
    assert_eq!(
        plain("zstd", &[zstd(b"one "), zstd(b"two")].concat()).unwrap(),
        b"one two"
    );
}

#[test]
fn an_unknown_coding_is_refused() {
    for coding in ["compress", "dcb", "gzip2", "gzip; q=1", "*"] {
        assert_eq!(plain(coding, TEXT), Err(ContentError::Unknown), "{coding}");
    }
}

#[test]
fn data_that_is_cut_or_has_something_behind_it_is_refused() {
    let encoded = [
        ("gzip", gzip(TEXT)),
        ("deflate", zlib(TEXT)),
        ("zstd", zstd(TEXT)),
        ("br", BROTLI.to_vec()),
    ];
    for (coding, bytes) in encoded {
        assert!(
            plain(coding, &bytes[..bytes.len() - 1]).is_err(),
            "{coding} cut"
        );
        assert!(
            plain(coding, &[&bytes[..], b"hidden"].concat()).is_err(),
            "{coding} with a tail"
        );
        assert!(plain(coding, TEXT).is_err(), "{coding} of nothing");
    }
}

#[test]
fn what_decoders_skip_may_hide_nothing() {
    let skippable = [
        b"\x50\x2a\x4d\x18\x06\x00\x00\x00hidden".as_slice(),
        &zstd(TEXT),
    ]
    .concat();
    assert_eq!(plain("zstd", &skippable), Err(ContentError::Broken("zstd")));
    let mut commented = flate2::GzBuilder::new()
        .comment("hidden")
        .write(Vec::new(), Compression::default());
    commented.write_all(TEXT).unwrap();
    assert_eq!(
        plain("gzip", &commented.finish().unwrap()),
        Err(ContentError::Broken("gzip"))
    );
}

#[test]
fn a_bomb_is_refused() {
    let bomb = gzip(&vec![0; 4 << 20]);
    assert_eq!(plain("gzip", &bomb), Err(ContentError::TooLarge));
    let limits = Limits {
        bytes: 1000,
        ratio: 10_000,
    };
    assert_eq!(
        decode("gzip", &gzip(&[0; 1001]), limits),
        Err(ContentError::TooLarge)
    );
    assert!(decode("gzip", &gzip(&[0; 1000]), limits).is_ok());
    assert_eq!(
        plain("gzip,gzip", &gzip(&bomb)),
        Err(ContentError::TooLarge)
    );
}
