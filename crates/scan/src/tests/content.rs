//! Content encodings.

use std::io::Write as _;

use flate2::Compression;

use super::packed::{deflate, gzip, zlib, zstd};
use crate::content::{ContentError, Limits, decode};

const TEXT: &[u8] = b"a body with some text in it, a body with some text in it";

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
    assert_eq!(plain("deflate", &deflate(TEXT)).unwrap(), TEXT);
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

/// A block of metadata with a few bytes in it, as RFC 7932 has it in 9.2.
#[test]
fn metadata_of_brotli_may_hide_nothing() {
    // A window of 16 bits, and a block with as many bytes as `hidden` has.
    let hidden = [b"\xac\x02hidden\x03".as_slice(), b"\x2c\x00!\x03"];
    for bytes in hidden {
        assert_eq!(plain("br", bytes), Err(ContentError::Broken("brotli")));
        assert!(plain("br", &bytes[..bytes.len() - 1]).is_err());
    }
    // An empty one, as encoders flush.
    assert_eq!(plain("br", b"\x0c\x03").unwrap(), b"");
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

/// Half of a body says nothing: whoever reads it may have read on.
#[test]
fn no_beginning_of_a_body_is_a_body() {
    let encoded = [
        ("gzip", gzip(TEXT)),
        ("deflate", zlib(TEXT)),
        ("deflate", deflate(TEXT)),
        ("zstd", zstd(TEXT)),
        ("br", BROTLI.to_vec()),
    ];
    for (coding, bytes) in encoded {
        for len in 1..bytes.len() {
            assert!(plain(coding, &bytes[..len]).is_err(), "{coding} to {len}");
        }
    }
}

#[test]
fn a_coding_of_another_name_is_refused() {
    let encoded = [
        ("gzip", gzip(TEXT)),
        ("deflate", zlib(TEXT)),
        ("zstd", zstd(TEXT)),
        ("br", BROTLI.to_vec()),
    ];
    for (name, _) in &encoded {
        for (coding, bytes) in encoded.iter().filter(|(coding, _)| coding != name) {
            assert!(plain(name, bytes).is_err(), "{coding} named {name}");
        }
    }
}

/// To one reader a zlib stream, to another a stored block and more behind it.
#[test]
fn deflate_data_that_can_be_read_in_two_ways_is_refused() {
    let stream = |second: u8, rest: &[u8]| [&[0x78, second], rest].concat();
    let mut tried = 0;
    for second in (0..=u8::MAX).filter(|second| (0x7800 + u32::from(*second)).is_multiple_of(31)) {
        for low in 0..=u8::MAX {
            // A bare reader sees a length and its complement, then as many bytes.
            let mut both = stream(second, &[low, !second, !low]);
            let len = usize::from(u16::from_le_bytes([second, low]));
            both.resize(both.len() + len, b'x');
            both.extend_from_slice(&deflate(TEXT));
            assert_eq!(
                plain("deflate", &both),
                Err(ContentError::Broken("deflate"))
            );
            tried += 1;
        }
    }
    assert!(tried > 1000);
    // A check that is wrong does not make zlib bare data.
    let mut wrong = zlib(TEXT);
    *wrong.last_mut().unwrap() ^= 1;
    assert!(plain("deflate", &wrong).is_err());
}

#[test]
fn what_stands_between_members_or_frames_is_refused() {
    let skipped = b"\x5a\x2a\x4d\x18\x06\0\0\0hidden".as_slice();
    let frames = [
        [&zstd(TEXT)[..], skipped].concat(),
        [&zstd(TEXT)[..], skipped, &zstd(TEXT)].concat(),
        skipped.to_vec(),
        // A format of old, and a window of 128 MiB.
        b"\x27\xb5\x2f\xfd\x02\0\0ab\xc0\0\0".to_vec(),
        b"\x28\xb5\x2f\xfd\x00\x88\x11\0\0ab".to_vec(),
    ];
    for bytes in frames {
        assert_eq!(plain("zstd", &bytes), Err(ContentError::Broken("zstd")));
    }
    for between in [&b"\0"[..], b"hidden", b"\x1f\x8b"] {
        let members = [&gzip(TEXT)[..], between, &gzip(TEXT)].concat();
        assert_eq!(plain("gzip", &members), Err(ContentError::Broken("gzip")));
        assert!(plain("gzip", &[&gzip(TEXT)[..], between].concat()).is_err());
        assert!(plain("br", &[BROTLI, between].concat()).is_err());
    }
    assert!(plain("br", &[BROTLI, BROTLI].concat()).is_err());
    assert!(plain("deflate", &zlib(TEXT).repeat(2)).is_err());
    assert!(plain("deflate", &deflate(TEXT).repeat(2)).is_err());
}
