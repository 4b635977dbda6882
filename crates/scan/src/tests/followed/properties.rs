//! What holds of any body, made of packed pieces and broken anywhere.

use proptest::prelude::*;

use super::*;

/// What a body is made of.
fn piece(n: u64, form: usize, len: u64) -> Vec<u8> {
    let secret = [&noise(n, len)[..], &hidden(&token()), &noise(n, len / 2)].concat();
    let nothing = noise(n, len);
    match form {
        0 => gzip(&secret),
        1 => zip("a", BEHIND, &secret),
        2 => zlib(&gzip(&secret)),
        3 => zstd(&secret),
        4 => stored("b", &gzip(&secret)),
        5 => gzip(&nothing),
        6 => zip("c", KNOWN, &nothing),
        7 => filler(nothing.len()),
        8 => [gzip(&nothing), vec![0; 3], gzip(&secret)].concat(),
        9 => gzip(&zip("d", BEHIND, &zlib(&secret))),
        10 => {
            let mut broken = gzip(&secret);
            let at = broken.len() * 3 / 4;
            broken.truncate(at);
            [&broken[..], &[0xff; 300]].concat()
        }
        11 => [
            b"\"",
            data_encoding::BASE64.encode(&gzip(&secret)).as_bytes(),
            b"\"",
        ]
        .concat(),
        12 => zstd(&[lines(n, len), hidden(&token()), lines(n, len)].concat()),
        13 => gzip(&[lines(n, len), hidden(&token()), lines(n, len)].concat()),
        _ => nothing,
    }
}

/// Where in packed data something stands is an estimate, in a body that is scanned
/// whole: so far from where a stream saw it unpacked.
const NEAR: usize = 64;

/// Noise may look like packed data in an encoding that is waited for. So much is held
/// then as these bodies are long, as it is of real ones.
fn roomy() -> Stream {
    Stream::with_window(&scanner(&[]), Place::Body, &warn(), 1024)
}

/// Text that packs.
fn lines(seed: u64, lines: u64) -> Vec<u8> {
    let line = |n: u64| format!("{n} of {}\n", n.wrapping_mul(0x9e37_79b9) >> 7);
    let lines: String = (seed << 20..)
        .take_while(|n| n - (seed << 20) < lines)
        .map(line)
        .collect();
    lines.into_bytes()
}

/// Whether noise in base64 happens to have a sign of gzip, at any alignment, where
/// none was put.
fn is_signed_within(body: &[u8]) -> bool {
    let mut runs = body.split(|byte| matches!(byte, b'"' | b'='));
    runs.any(|run| {
        (0..4).filter_map(|from| run.get(from..)).any(|digits| {
            let whole = &digits[..digits.len() / 4 * 4];
            let bytes = data_encoding::BASE64_NOPAD
                .decode(whole)
                .unwrap_or_default();
            memchr::memmem::find_iter(&bytes, b"\x1f\x8b\x08").any(|at| at > 0)
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// What a scan of all of it sees is seen in pieces, however it is cut.
    #[test]
    fn a_stream_sees_what_a_whole_body_shows(
        forms in prop::collection::vec((0_usize..15, 1_u64..9000), 1..7),
        sizes in prop::collection::vec(1_usize..3000, 1..30),
        breaks in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..3),
    ) {
        let parts = (0..).zip(&forms).map(|(n, (form, len))| piece(n, *form, *len));
        let mut body = parts.collect::<Vec<_>>().concat();
        let is_broken = !breaks.is_empty();
        for (at, byte) in breaks {
            let at = at.index(body.len());
            body[at] = byte;
        }
        let scanner = scanner(&[]);
        let whole = scanner.scan(Input::new(&Place::Body, &body), &warn()).unwrap();
        let mut rest = body.as_slice();
        let chunks = sizes.iter().cycle().map_while(|size| {
            let (chunk, after) = rest.split_at(rest.len().min(*size));
            rest = after;
            (!chunk.is_empty()).then_some(chunk)
        });
        let (out, cut) = run(roomy(), chunks);
        let (_, once) = run(roomy(), std::iter::once(&body[..]));
        prop_assert_eq!(&cut, &once);
        prop_assert!(body.starts_with(&out));
        let cut = match cut {
            Ok(cut) => cut,
            // What breaks off in a stored block holds all that follows as well.
            Err(Blocked::Exhausted(Exhausted::Many | Exhausted::Nested)) => return Ok(()),
            // Packed data in base64 that a sign breaks.
            Err(Blocked::Exhausted(Exhausted::Held)) if is_broken => return Ok(()),
            // What looks like a head of gzip within it, and is not at its end there.
            Err(Blocked::Exhausted(Exhausted::Held)) if is_signed_within(&body) => return Ok(()),
            Err(blocked) => return Err(TestCaseError::fail(format!("{blocked:?}"))),
        };
        prop_assert_eq!(out.len(), body.len());
        for finding in whole {
            let same = |f: &&Finding| {
                f.fingerprint == finding.fingerprint
                    && f.detector == finding.detector
                    && f.start < finding.end + NEAR
                    && finding.start < f.end + NEAR
            };
            prop_assert!(cut.iter().any(|f| same(&f)), "{finding:?} in {cut:?}");
        }
    }

    /// Of whatever got out before a block, a scan of all of it sees nothing.
    #[test]
    fn what_got_out_shows_nothing(
        forms in prop::collection::vec((0_usize..15, 1_u64..9000), 1..7),
        size in 1_usize..3000,
        breaks in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..3),
    ) {
        let parts = (0..).zip(&forms).map(|(n, (form, len))| piece(n, *form, *len));
        let mut body = parts.collect::<Vec<_>>().concat();
        for (at, byte) in breaks {
            let at = at.index(body.len());
            body[at] = byte;
        }
        let (out, _) = run(small(&terms()), body.chunks(size));
        prop_assert!(body.starts_with(&out));
        let seen = scanner(&[]).scan(Input::new(&Place::Body, &out), &terms());
        prop_assert_eq!(seen, Ok(vec![]));
    }
}

/// So the exception above is told from a refusal for nothing.
#[test]
fn noise_with_a_head_of_gzip_in_it_is_told_from_other_noise() {
    let long: Vec<Vec<u8>> = (8170..8210).map(|len| piece(0, 11, len)).collect();
    let is_refused = |body: &&Vec<u8>| {
        let (_, cut) = run(small(&warn()), std::iter::once(&body[..]));
        cut.is_err()
    };
    let refused: Vec<&Vec<u8>> = long.iter().filter(is_refused).collect();
    assert!(!refused.is_empty() && refused.len() < long.len());
    for body in &refused {
        assert!(is_signed_within(body));
    }
    assert!((1..300).all(|len| !is_signed_within(&piece(0, 11, len))));
}
