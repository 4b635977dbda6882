//! Content codings of bodies that stream.

use brotli_like::brotli;

use super::*;
use crate::content::{ContentError, Limits, decode};

fn coded(encoding: &str, terms: &InspectTerms) -> Stream {
    small(terms).coded(encoding).unwrap()
}

fn denied<T>(result: &Result<T, Blocked>) -> bool {
    matches!(result, Err(Blocked::Unreadable(ContentError::Broken(_))))
}

/// Brotli as it may be written without packing: blocks that are not compressed.
mod brotli_like {
    /// Bits, the lowest first.
    #[derive(Default)]
    struct Bits {
        bytes: Vec<u8>,
        free: usize,
    }

    impl Bits {
        fn put(&mut self, value: usize, bits: usize) {
            for bit in 0..bits {
                if self.free == 0 {
                    self.bytes.push(0);
                    self.free = 8;
                }
                let last = self.bytes.last_mut().unwrap();
                *last |= u8::from(value >> bit & 1 == 1) << (8 - self.free);
                self.free -= 1;
            }
        }

        fn align(&mut self) {
            self.free = 0;
        }
    }

    /// RFC 7932, 9.2: a window of sixteen bits, blocks, and an empty last one.
    pub(super) fn brotli(text: &[u8], metadata: &[u8]) -> Vec<u8> {
        let mut bits = Bits::default();
        bits.put(0, 1);
        for block in text.chunks(1 << 16) {
            bits.put(0, 1);
            bits.put(0, 2);
            bits.put(block.len() - 1, 16);
            bits.put(1, 1);
            bits.align();
            bits.bytes.extend_from_slice(block);
        }
        if !metadata.is_empty() {
            bits.put(0, 1);
            bits.put(3, 2);
            bits.put(0, 1);
            bits.put(1, 2);
            bits.put(metadata.len() - 1, 8);
            bits.align();
            bits.bytes.extend_from_slice(metadata);
        }
        bits.put(3, 2);
        bits.bytes
    }
}

const CODINGS: [(&str, Pack); 5] = [
    ("gzip", gzip),
    ("deflate", zlib),
    ("deflate", deflate),
    ("br", |bytes| brotli(bytes, b"")),
    ("zstd", zstd),
];

#[test]
fn a_coded_body_is_read_to_its_end_and_leaves_as_it_came() {
    for (encoding, pack) in CODINGS {
        for after in [0, 9000] {
            let body = |secret: &str| {
                let text = [&noise(1, 70_000)[..], &hidden(secret), &noise(2, after)];
                pack(&text.concat())
            };
            let good = body("nothing");
            let plain = decode(encoding, &good, Limits::default()).unwrap();
            assert!(plain.len() > 70_000, "{encoding}");
            let (out, result) = run(coded(encoding, &terms()), good.chunks(97));
            assert_eq!(result, Ok(vec![]), "{encoding}");
            assert!(out == good, "{encoding}");
            let bad = body(&token());
            let (out, result) = run(coded(encoding, &terms()), bad.chunks(97));
            assert!(matches!(result, Err(Blocked::Found(_))), "{encoding}");
            assert!(bad.starts_with(&out), "{encoding}");
            assert!(out.len() < 70_100, "{encoding}");
        }
    }
}

/// What text is packed to says nothing about where it is cut.
#[test]
fn text_that_packs_is_read() {
    let lines = |n: u64| format!("{n} of {} lines\n", n.wrapping_mul(0x9e37_79b9) >> 7);
    let text: String = (0..9000).map(lines).collect();
    for (encoding, pack) in CODINGS {
        let body = |secret: &str| pack(&[text.as_bytes(), secret.as_bytes(), b"\n"].concat());
        let (_, result) = run(coded(encoding, &terms()), body("nothing").chunks(61));
        assert_eq!(result, Ok(vec![]), "{encoding}");
        let (_, result) = run(coded(encoding, &terms()), body(&token()).chunks(61));
        assert!(matches!(result, Err(Blocked::Found(_))), "{encoding}");
    }
}

#[test]
fn codings_on_one_another_are_undone() {
    let text = |secret: &str| [&noise(1, 40_000)[..], &hidden(secret), &filler(900)].concat();
    for secret in ["nothing", &token()] {
        let body = gzip(&zlib(&text(secret)));
        let (_, result) = run(coded("deflate , gzip", &terms()), body.chunks(97));
        assert_eq!(result.is_ok(), secret == "nothing", "{result:?}");
    }
    let stream = || small(&terms());
    assert!(matches!(
        stream().coded("gzip, gzip, gzip, gzip"),
        Err(ContentError::TooMany)
    ));
    assert!(matches!(stream().coded("own"), Err(ContentError::Unknown)));
    let (out, _) = run(coded("identity", &terms()), filler(5000).chunks(97));
    assert_eq!(out, filler(5000));
}

#[test]
fn what_could_carry_anything_is_no_pass() {
    let text = noise(1, 50_000);
    let head = |builder: flate2::GzBuilder| {
        let mut packer = builder.write(Vec::new(), Compression::best());
        packer.write_all(&text).unwrap();
        packer.finish().unwrap()
    };
    let mut wrong_sum = gzip(&text);
    let at = wrong_sum.len() - 6;
    wrong_sum[at] ^= 1;
    let skippable = b"\x5a\x2a\x4d\x18\x06\0\0\0unread".as_slice();
    let bodies: [(&str, Vec<u8>); 16] = [
        ("gzip", head(flate2::GzBuilder::new().extra(vec![1; 9]))),
        ("gzip", head(flate2::GzBuilder::new().comment("a comment"))),
        ("gzip", [&gzip(&text)[..], b"behind"].concat()),
        ("gzip", [gzip(&text), vec![0; 9]].concat()),
        ("gzip", gzip(&text)[..40_000].to_vec()),
        ("gzip", text.clone()),
        ("gzip", wrong_sum),
        ("deflate", [&zlib(&text)[..], b"behind"].concat()),
        ("deflate", [&deflate(&text)[..], b"behind"].concat()),
        ("deflate", zlib(&text)[..40_000].to_vec()),
        ("deflate", [&b"\x78\0\0\xff\xff"[..], &text].concat()),
        ("br", brotli(&text, b"metadata")),
        ("br", [&brotli(&text, b"")[..], b"behind"].concat()),
        ("zstd", [skippable, &zstd(&text)].concat()),
        ("zstd", [&zstd(&text)[..], skippable].concat()),
        ("zstd", [&zstd(&text)[..], b"behind"].concat()),
    ];
    for (n, (encoding, body)) in bodies.iter().enumerate() {
        assert!(decode(encoding, body, Limits::default()).is_err(), "{n}");
        for size in [97, body.len()] {
            let (out, result) = run(coded(encoding, &terms()), body.chunks(size));
            assert!(denied(&result), "{n} {encoding}: {result:?}");
            assert!(body.starts_with(&out) && out.len() < body.len(), "{n}");
        }
    }
    let (_, result) = run(coded("br", &terms()), brotli(&text, b"").chunks(1));
    assert_eq!(result, Ok(vec![]));
}

#[test]
fn what_is_sent_beside_the_coded_data_is_read() {
    let named = flate2::GzBuilder::new().filename(token());
    let mut packer = named.write(Vec::new(), Compression::best());
    packer.write_all(&noise(1, 50_000)).unwrap();
    let body = packer.finish().unwrap();
    let (out, result) = run(coded("gzip", &terms()), body.chunks(97));
    assert!(matches!(result, Err(Blocked::Found(_))), "{result:?}");
    assert!(out.is_empty());
}

/// Several members are one text, as they are in a body that is held.
#[test]
fn a_secret_over_the_members_of_a_coded_body_is_found() {
    let token = token();
    let (head, tail) = token.split_at(15);
    let one = [&noise(1, 40_000)[..], b" it is ", head.as_bytes()].concat();
    let two = [tail.as_bytes(), b" and ", &noise(2, 30_000)].concat();
    for (encoding, pack) in [("gzip", gzip as Pack), ("zstd", zstd)] {
        let body = [pack(&one), pack(&two)].concat();
        let (_, result) = run(coded(encoding, &terms()), body.chunks(97));
        assert!(matches!(result, Err(Blocked::Found(_))), "{encoding}");
        let (_, findings) = run(coded(encoding, &warn()), body.chunks(97));
        assert_eq!(ids(&findings.unwrap()), ["github_token"], "{encoding}");
    }
}
