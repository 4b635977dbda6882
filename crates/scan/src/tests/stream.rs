//! Bodies that are never held whole.

use bottle_policy::{Action, InspectTerms};
use data_encoding::{BASE64, HEXLOWER};
use proptest::prelude::*;

use super::{found, ids, scanner, terms, token};
use crate::{Blocked, Finding, Kind, KnownId, Place, Stream};

fn small(terms: &InspectTerms) -> Stream {
    Stream::with_window(&scanner(&[]), Place::Body, terms, 256)
}

/// All that comes out, and what was found, or the block.
pub(super) fn run<'a>(
    mut stream: Stream,
    chunks: impl Iterator<Item = &'a [u8]>,
) -> (Vec<u8>, Result<Vec<Finding>, Blocked>) {
    let mut out = Vec::new();
    let mut findings = Vec::new();
    for chunk in chunks {
        match stream.push(chunk) {
            Ok(released) => {
                out.extend(released.bytes);
                findings.extend(released.findings);
            }
            Err(blocked) => return (out, Err(blocked)),
        }
    }
    match stream.finish() {
        Ok(released) => {
            out.extend(released.bytes);
            findings.extend(released.findings);
            (out, Ok(findings))
        }
        Err(blocked) => (out, Err(blocked)),
    }
}

pub(super) fn filler(len: usize) -> Vec<u8> {
    b"an ordinary line of text, number 4;\n"
        .iter()
        .copied()
        .cycle()
        .take(len)
        .collect()
}

#[test]
fn what_is_clean_comes_out_as_it_went_in() {
    let body = filler(10_000);
    let (out, findings) = run(small(&terms()), body.chunks(97));
    assert_eq!(out, body);
    assert_eq!(findings, Ok(vec![]));
}

#[test]
fn no_byte_of_a_match_gets_out_wherever_it_stands() {
    for at in (0..3000).step_by(53) {
        let mut body = filler(3000);
        let secret = BASE64.encode(format!("{{{}}}", token()).as_bytes());
        body.splice(at..at, secret.bytes());
        let (out, result) = run(small(&terms()), body.chunks(61));
        assert!(matches!(result, Err(Blocked::Found(_))), "at {at}");
        assert!(out.len() <= at, "at {at}: {} bytes got out", out.len());
        assert_eq!(out, body[..out.len()]);
    }
}

#[test]
fn a_match_cut_at_any_byte_is_found() {
    let mut body = filler(1300);
    body.extend_from_slice(format!(" {} ", token()).as_bytes());
    body.extend(filler(1300));
    for cut in 1290..1350 {
        let (head, tail) = body.split_at(cut);
        let (_, result) = run(small(&terms()), [head, tail].into_iter());
        let Err(Blocked::Found(findings)) = result else {
            panic!("cut at {cut}")
        };
        assert_eq!(
            (findings[0].start, findings[0].end),
            (1301, 1301 + token().len())
        );
    }
}

#[test]
fn after_a_block_nothing_goes() {
    let mut stream = small(&terms());
    let mut body = token().into_bytes();
    body.extend(filler(5000));
    assert!(matches!(stream.push(&body), Err(Blocked::Found(_))));
    assert_eq!(stream.push(b"more"), Err(Blocked::Before));
    assert_eq!(stream.finish(), Err(Blocked::Before));
}

#[test]
fn warnings_are_told_once_and_let_pass() {
    let warn = InspectTerms {
        on_match: Action::Warn,
        ..terms()
    };
    for at in (0..2600).step_by(101) {
        let mut body = filler(2600);
        body.splice(at..at, format!(" {} ", token()).bytes());
        let (out, findings) = run(small(&warn), body.chunks(50));
        assert_eq!(out, body);
        assert_eq!(ids(&findings.unwrap()), ["github_token"], "at {at}");
    }
}

#[test]
fn the_route_s_own_placeholder_passes() {
    let token = token();
    let scanner = scanner(&[(&token, Kind::Placeholder)]);
    let stream = || Stream::new(&scanner, Place::Body, &terms());
    let (_, result) = run(stream(), std::iter::once(token.as_bytes()));
    assert!(matches!(result, Err(Blocked::Found(_))));
    let (out, result) = run(
        stream().permit([KnownId(0)]),
        std::iter::once(token.as_bytes()),
    );
    assert_eq!((out, result), (token.into_bytes(), Ok(vec![])));
}

#[test]
fn memory_is_bounded_by_the_window() {
    let mut stream = small(&terms());
    let chunk = filler(700);
    let mut held = 0;
    for _ in 0..200 {
        let released = stream.push(&chunk).unwrap();
        held = held + chunk.len() - released.bytes.len();
        assert!(held < 256 * 5 + chunk.len());
    }
}

/// Every byte there is, so that nothing packs.
fn noise(len: u64) -> Vec<u8> {
    let mixed = |n: u64| (n.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ n >> 3) << 1 | 1;
    (0..len)
        .map(|n| mixed(n).wrapping_mul(0xd6e8_feb8_6659_fd93).to_be_bytes()[1])
        .collect()
}

type Pack = fn(&[u8]) -> Vec<u8>;

/// Packed so that the text at its end is no text any more.
fn packers() -> [Pack; 3] {
    use flate2::Compression;
    use flate2::write::{GzEncoder, ZlibEncoder};
    use std::io::Write as _;
    [
        |bytes| {
            let mut packer = GzEncoder::new(Vec::new(), Compression::best());
            packer.write_all(bytes).unwrap();
            packer.finish().unwrap()
        },
        |bytes| {
            let mut packer = ZlibEncoder::new(Vec::new(), Compression::best());
            packer.write_all(bytes).unwrap();
            packer.finish().unwrap()
        },
        |bytes| {
            let level = ruzstd::encoding::CompressionLevel::Fastest;
            ruzstd::encoding::compress_to_vec(bytes, level)
        },
    ]
}

/// A part of the token stands before it, so that no packer leaves it whole.
fn hidden(len: u64, secret: &str) -> Vec<u8> {
    let token = token();
    let part = token.get(10..30).unwrap();
    [
        &noise(len)[..],
        format!("{part} is in {secret}, ").repeat(3).as_bytes(),
    ]
    .concat()
}

/// The smallest segment is 1280 bytes here, the largest 33024.
#[test]
fn packed_data_is_waited_for() {
    for pack in packers() {
        for (before, len) in [
            (0, 900),
            (0, 5000),
            (1000, 300),
            (1100, 9000),
            (5000, 14_000),
        ] {
            for encode in [<[u8]>::to_vec as fn(&[u8]) -> Vec<u8>, |bytes| {
                HEXLOWER.encode(bytes).into_bytes()
            }] {
                let body = |secret: &str| {
                    let packed = encode(&pack(&hidden(len, secret)));
                    [&filler(before)[..], &packed, b" ", &filler(3000)].concat()
                };
                let bad = body(&token());
                let (_, result) = run(small(&terms()), bad.chunks(97));
                assert!(matches!(result, Err(Blocked::Found(_))), "{before} {len}");
                let good = body("nothing");
                let (out, result) = run(small(&terms()), good.chunks(97));
                assert_eq!((out, result), (good, Ok(vec![])));
            }
        }
    }
}

/// What is packed and then encoded is waited for, and not for ever.
#[test]
fn encoded_packed_data_that_is_too_long_to_wait_for_is_no_pass() {
    for pack in packers() {
        let packed = HEXLOWER.encode(&pack(&hidden(70_000, &token())));
        let body = [&filler(3000)[..], packed.as_bytes()].concat();
        let mut stream = small(&terms());
        let mut out = 0;
        let mut result = Ok(());
        for chunk in body.chunks(97) {
            match stream.push(chunk) {
                Ok(released) => out += released.bytes.len(),
                Err(blocked) => {
                    result = Err(blocked);
                    break;
                }
            }
        }
        assert_eq!(result, Err(Blocked::Exhausted(crate::Exhausted::Held)));
        assert!(out <= 3000);
        assert_eq!(stream.push(b"more"), Err(Blocked::Before));
    }
}

/// A member, an entry or a name that goes on behind all that is held.
#[test]
fn a_text_over_members_is_waited_for() {
    let [gzip, ..] = packers();
    let token = token();
    let (head, tail) = token.split_at(15);
    let name = flate2::GzBuilder::new().filename(vec![b'n'; 3000]);
    let name = name.write(Vec::new(), flate2::Compression::best()).finish();
    for len in (1000..1300).step_by(7) {
        let members = [
            &gzip(&[&noise(len)[..], b" the token is ", head.as_bytes()].concat())[..],
            &gzip(&[tail.as_bytes(), b" and more"].concat()),
        ];
        let body = [&members.concat()[..], &filler(4000)].concat();
        let (_, result) = run(small(&terms()), body.chunks(97));
        assert!(matches!(result, Err(Blocked::Found(_))), "{len}");
    }
    let long = [
        &name.unwrap()[..],
        &gzip(&hidden(30, &token)),
        &filler(4000),
    ]
    .concat();
    let (_, result) = run(small(&terms()), long.chunks(97));
    assert!(matches!(result, Err(Blocked::Found(_))));
}

proptest! {
    #[test]
    fn the_chunks_do_not_matter(
        places in prop::collection::vec((0_usize..4000, 0_usize..4), 0..5),
        sizes in prop::collection::vec(1_usize..900, 1..40),
    ) {
        let warn = InspectTerms { on_match: Action::Warn, ..terms() };
        let mut body = filler(4000);
        for (at, form) in places {
            let secret = format!(" {} ", token());
            let text = match form {
                0 => secret,
                1 => BASE64.encode(secret.as_bytes()) + " ",
                2 => secret.replace('_', "\\u005f"),
                _ => secret.replace('_', "%5F"),
            };
            body.splice(at..at, text.bytes());
        }
        let whole = scanner(&[]).scan(crate::Input::new(&Place::Body, &body), &warn).unwrap();
        let mut rest = body.as_slice();
        let chunks = sizes.iter().cycle().map_while(|size| {
            let (chunk, after) = rest.split_at(rest.len().min(*size));
            rest = after;
            (!chunk.is_empty()).then_some(chunk)
        });
        let (out, findings) = run(small(&warn), chunks);
        prop_assert_eq!(out, body.clone());
        let key = |f: &Finding| (f.start, f.end, f.decoding.clone(), f.fingerprint.clone());
        let mut streamed: Vec<_> = findings.unwrap().iter().map(key).collect();
        streamed.sort();
        let mut whole: Vec<_> = whole.iter().map(key).collect();
        whole.sort();
        prop_assert_eq!(streamed, whole);
    }
}

#[test]
fn the_test_s_text_is_clean_by_itself() {
    assert_eq!(found(&filler(10_000)), []);
}
