//! No packed data makes the scan slow, and none that is too large passes.

use super::super::{found, scan, scanner, terms};
use super::{PACKERS, form, gzip, random, zip};
use crate::budget::Budget;
use crate::{Exhausted, Input, Place};

#[test]
fn a_bomb_in_a_part_is_no_pass() {
    let zeros = vec![b'a'; 33 << 20];
    for (_, pack) in [PACKERS[0], PACKERS[1], PACKERS[3], PACKERS[4]] {
        let body = form(&pack(&zeros));
        assert_eq!(scan(&scanner(&[]), &body), Err(Exhausted::Unpacked));
    }
    // Many small ones in one body, each within the limit.
    let many = [zip("a", 0, &zeros[..3 << 20]), gzip(&zeros[..3 << 20])].concat();
    assert_eq!(
        scan(&scanner(&[]), &many.repeat(8)),
        Err(Exhausted::Unpacked)
    );
}

/// A frame that asks for more memory than may be unpacked.
#[test]
fn a_window_that_is_too_large_is_no_pass() {
    let compressed = super::zstd(&b"some words, many times; ".repeat(9000));
    let head = crate::views::zstd_format::head(&compressed).unwrap();
    let frame = [b"\x28\xb5\x2f\xfd\0\xa0", &compressed[head..]].concat();
    let plain = b"\x28\xb5\x2f\xfd\0\xa0\x18\0\0one\x19\0\0two";
    for frame in [&frame[..], plain] {
        let body = [&random(300)[..], frame].concat();
        assert_eq!(scan(&scanner(&[]), &body), Err(Exhausted::Unpacked));
    }
}

/// The sign as it stands in a program that reads frames.
#[test]
fn a_sign_with_something_else_behind_is_no_frame() {
    for window in 0..=255 {
        let body = [
            &random(300)[..],
            b"\x28\xb5\x2f\xfd\x04",
            &[window],
            &random(300),
        ];
        assert!(scan(&scanner(&[]), &body.concat()).is_ok(), "{window}");
    }
}

fn spent(body: &[u8]) -> usize {
    let mut budget = Budget::for_input(body.len());
    let input = Input::new(&Place::Body, body);
    let _ = scanner(&[]).scan_within(input, &terms(), &mut budget);
    budget.spent()
}

/// Whatever stands behind a sign, trying it costs what is counted.
#[test]
fn signs_without_data_cost_little() {
    let signs: [&[u8]; 12] = [
        b"\x1f\x8b\x08",
        b"\x1f\x8b\x08\0",
        b"\x1f\x8b\x08\x1c",
        b"\x1f\x8b\x08\0\0\0\0\0\0\x03\x05",
        b"PK\x03\x04",
        b"\x28\xb5\x2f\xfd",
        b"\x28\xb5\x2f\xfd\x20\x01\x01\0\0",
        b"\x5a\x2a\x4d\x18\0\0\0\0",
        b"\x03x\x9c",
        b"\x03x\x9c\x03\0",
        b"\x03x\x01\0\x0b\0\xf4\xff",
        b"x^\x05\x03",
    ];
    for sign in signs {
        for before in [&b""[..], b"\xff\0"] {
            let body: Vec<u8> = before
                .iter()
                .chain(sign.iter().cycle())
                .copied()
                .take(1 << 20)
                .collect();
            let most = Budget::for_input(body.len());
            let spent = spent(&body);
            assert!(spent <= (1 << 20) * 80, "{sign:?}: {spent} of {most:?}");
        }
    }
}

#[test]
fn noise_costs_what_it_did() {
    let noise = random(1 << 20);
    assert!(spent(&noise) < noise.len() * 5, "{}", spent(&noise));
    assert!(found(&noise).is_empty());
}
