//! Packed data that goes on for longer than is held, in bodies that stream.

mod attacks;
mod bounds;
mod coded;
mod encoded;
mod properties;

use std::io::Write as _;

use bottle_policy::{Action, InspectTerms};
use flate2::Compression;

use super::packed::{deflate, gzip, zlib, zstd};
use super::stream::{filler, run};
use super::{ids, scanner, terms, token};
use crate::{Blocked, Exhausted, Finding, Input, Kind, Place, Spread, Stream, View};

type Pack = fn(&[u8]) -> Vec<u8>;

const PACKERS: [(View, Pack); 5] = [
    (View::Gzip, gzip),
    (View::Zip, |bytes| zip("notes.txt", KNOWN, bytes)),
    (View::Zip, |bytes| zip("notes.txt", BEHIND, bytes)),
    (View::Zlib, zlib),
    (View::Zstd, zstd),
];

/// The flags of a zip's entry whose sizes are known, or stand behind it.
const KNOWN: u16 = 0;
const BEHIND: u16 = 8;

/// One entry, packed.
fn zip(name: &str, flags: u16, bytes: &[u8]) -> Vec<u8> {
    entry(name, flags, 8, &deflate(bytes), bytes.len())
}

/// One entry as it stands.
fn stored(name: &str, bytes: &[u8]) -> Vec<u8> {
    entry(name, KNOWN, 0, bytes, bytes.len())
}

fn entry(name: &str, flags: u16, method: u8, data: &[u8], len: usize) -> Vec<u8> {
    let size = |len: usize| u32::try_from(len).unwrap().to_le_bytes();
    let sizes = [[0xab; 4], size(data.len()), size(len)].concat();
    let behind = [b"PK\x07\x08".as_slice(), &sizes].concat();
    let (sizes, behind) = if flags & BEHIND == 0 {
        (sizes, Vec::new())
    } else {
        (vec![0; 12], behind)
    };
    let parts: [&[u8]; 9] = [
        b"PK\x03\x04\x14\0",
        &flags.to_le_bytes(),
        &[method, 0, 0, 0, b'!', b'Z'],
        &sizes,
        &u16::try_from(name.len()).unwrap().to_le_bytes(),
        b"\x04\0",
        name.as_bytes(),
        b"abcd",
        data,
    ];
    [parts.concat(), behind].concat()
}

/// Every byte there is, so that nothing packs; no two seeds give the same.
fn noise(seed: u64, len: u64) -> Vec<u8> {
    let mixed = |n: u64| (n.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ n >> 3) << 1 | 1;
    (seed << 32..(seed << 32) + len)
        .map(|n| mixed(n).wrapping_mul(0xd6e8_feb8_6659_fd93).to_be_bytes()[1])
        .collect()
}

/// A part of the secret stands before it, so that no packer leaves it whole.
fn hidden(secret: &str) -> Vec<u8> {
    let token = token();
    let part = token.get(10..30).unwrap();
    format!(" {part} is in {secret}, ").repeat(3).into_bytes()
}

/// A segment is 1024 bytes here, and the most that is held 33024.
fn small(terms: &InspectTerms) -> Stream {
    Stream::with_window(&scanner(&[]), Place::Body, terms, 256)
}

fn warn() -> InspectTerms {
    InspectTerms {
        on_match: Action::Warn,
        ..terms()
    }
}

/// What goes out, of a body with the secret in it, and the block.
#[track_caller]
fn assert_stopped(body: &[u8], which: &str) -> Vec<u8> {
    let (out, result) = run(small(&terms()), body.chunks(97));
    let Err(Blocked::Found(findings)) = &result else {
        panic!("{which}: {result:?}");
    };
    assert!(ids(findings).contains(&"github_token"), "{which}");
    assert!(body.starts_with(&out), "{which}");
    out
}

#[track_caller]
fn assert_passes(body: &[u8], which: &str) {
    let (out, result) = run(small(&terms()), body.chunks(97));
    assert_eq!(result, Ok(vec![]), "{which}");
    assert!(out == body, "{which}: {} of {}", out.len(), body.len());
}

#[test]
fn long_packed_data_is_read_to_its_end() {
    for (view, pack) in PACKERS {
        for before in [0, 1000, 5000] {
            let which = format!("{view} behind {before}");
            let body = |secret: &str| {
                let text = [&noise(1, 70_000)[..], &hidden(secret)].concat();
                [&filler(before)[..], &pack(&text), &filler(3000)].concat()
            };
            assert_passes(&body("nothing"), &which);
            let out = assert_stopped(&body(&token()), &which);
            // It was on its way, and not all held.
            assert!(view == View::Zstd || out.len() > before + 60_000, "{which}");
        }
    }
}

/// Whoever unpacks what got out has nothing of the secret.
#[test]
fn no_packed_byte_of_a_match_gets_out() {
    for after in (40_000..44_000).step_by(487) {
        let text = [&noise(1, after)[..], &hidden(&token()), &noise(2, 9000)].concat();
        let out = assert_stopped(&gzip(&text), "gzip");
        let mut unpacked = vec![0; text.len()];
        let mut state = flate2::Decompress::new(false);
        let data = &out[10..];
        let flush = flate2::FlushDecompress::Sync;
        state.decompress(data, &mut unpacked, flush).unwrap();
        assert!(state.total_out() <= after, "{after}");
        assert!(state.total_out() + 4000 > after, "{after}");
    }
}

#[test]
fn a_finding_has_the_place_of_the_packed_bytes_and_says_how_they_are_packed() {
    for (view, pack) in PACKERS {
        let text = [&noise(1, 50_000)[..], &hidden(&token()), &noise(2, 50_000)].concat();
        let body = [&filler(5000)[..], &pack(&text), &filler(3000)].concat();
        let (out, findings) = run(small(&warn()), body.chunks(97));
        let findings = findings.unwrap();
        assert!(out == body, "{view}");
        // The same value three times, out of the same packed bytes.
        assert_eq!(ids(&findings), ["github_token"], "{view}");
        let finding = findings.first().unwrap();
        assert_eq!(finding.decoding, [view]);
        assert!(finding.start >= 5000 && finding.end < 5000 + text.len());
        assert!(finding.start < finding.end, "{finding:?}");
    }
}

#[test]
fn what_is_packed_in_packed_data_is_followed_too() {
    for (outer_view, outer) in PACKERS {
        for (inner_view, inner) in PACKERS {
            let which = format!("{inner_view} in {outer_view}");
            let body = |secret: &str| {
                let text = [&noise(1, 60_000)[..], &hidden(secret), &noise(2, 9000)].concat();
                outer(&[&filler(4000)[..], &inner(&text), &filler(4000)].concat())
            };
            assert_passes(&body("nothing"), &which);
            assert_stopped(&body(&token()), &which);
            let (_, findings) = run(small(&warn()), body(&token()).chunks(97));
            let findings = findings.unwrap();
            assert!(!findings.is_empty(), "{which}");
            assert!(
                findings
                    .iter()
                    .all(|f| f.decoding == [outer_view, inner_view])
            );
        }
    }
}

#[test]
fn a_file_in_a_form_is_read_between_its_other_parts() {
    let part = |name: &str, bytes: &[u8]| {
        let head = format!("--b\r\nContent-Disposition: form-data; name={name}\r\n\r\n");
        [head.as_bytes(), bytes, b"\r\n"].concat()
    };
    for (view, pack) in PACKERS {
        let body = |one: &str, two: &str, three: &str| {
            let text = [&noise(1, 50_000)[..], &hidden(two), &noise(2, 9000)].concat();
            let parts = [
                part("a", one.as_bytes()),
                part("file", &pack(&text)),
                part("b", three.as_bytes()),
                part("file2", &pack(&noise(3, 20_000))),
                part("c", &filler(2000)),
            ];
            [&parts.concat()[..], b"--b--"].concat()
        };
        let token = token();
        assert_passes(&body("1", "2", "3"), view.as_str());
        for body in [
            body(&token, "2", "3"),
            body("1", &token, "3"),
            body("1", "2", &token),
        ] {
            assert_stopped(&body, view.as_str());
        }
    }
}

#[test]
fn every_entry_of_a_zip_is_read() {
    for flags in [KNOWN, BEHIND] {
        for at in 0..12 {
            let entries = |secret: &str| -> Vec<u8> {
                let entry = |n: u64| {
                    let len = [30, 900, 5000, 40_000][usize::try_from(n % 4).unwrap()];
                    let told = if n == at { secret } else { "nothing" };
                    let text = [&noise(n, len)[..], &hidden(told)].concat();
                    let name = format!("src/{n}");
                    if n % 3 == 2 {
                        stored(&name, &text)
                    } else {
                        zip(&name, flags, &text)
                    }
                };
                (0..12).flat_map(entry).collect()
            };
            let end = [&entries("nothing")[..], b"PK\x01\x02", &filler(900)].concat();
            assert_passes(&end, "zip");
            assert_stopped(&entries(&token()), &format!("entry {at}"));
        }
    }
}

#[test]
fn every_object_of_a_push_is_read() {
    for at in 0..10 {
        let body = |secret: &str| {
            let object = |n: u64| {
                let len = [20, 300, 3000, 30_000][usize::try_from(n % 4).unwrap()];
                let told = if n == at { secret } else { "nothing" };
                let text = [&noise(n, len)[..], &hidden(told)].concat();
                [&[0xb4, 0x83, 0x25][..], &zlib(&text)].concat()
            };
            let head = b"00930000 refs/heads/main\0 report-status\n0000PACK\0\0\0\x02\0\0\0\x0a";
            let objects: Vec<u8> = (0..10).flat_map(object).collect();
            [&head[..], &objects, &noise(99, 20)].concat()
        };
        assert_passes(&body("nothing"), "pack");
        assert_stopped(&body(&token()), &format!("object {at}"));
    }
}

#[test]
fn parts_of_a_known_value_in_packed_data_are_told() {
    let value = "Zq7-Kp3_Wm9xTr5vLc2b";
    let (one, two) = value.split_at(10);
    let scanner = scanner(&[(value, Kind::Secret)]);
    let mut stream = Stream::with_window(&scanner, Place::Body, &terms(), 256);
    let text = |part: &str| [&noise(1, 30_000)[..], part.as_bytes(), &filler(3000)].concat();
    let body = [gzip(&text(one)), filler(3000), zlib(&text(two))].concat();
    let mut parts = Vec::new();
    for chunk in body.chunks(97) {
        parts.extend(stream.push(chunk).unwrap().parts);
    }
    parts.extend(stream.finish().unwrap().parts);
    let whole = Spread::default().admit(&scanner, &parts, &terms());
    assert_eq!(ids(&whole), ["operator_secret"], "{parts:?}");
}
