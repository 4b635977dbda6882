//! Archives that are too long to be held go out as they are read, to their end.

use std::io::Read as _;

use bottle_test_support::{BodyState, Handler, Upstream};
use data_encoding::HEXLOWER;
use flate2::read::MultiGzDecoder;
use sha2::{Digest as _, Sha256};

use crate::harness::{Answer, PATIENCE, User, World, program_or_skip, world_or_skip};

const HOST: &str = "api.example.com";
const URL: &str = "https://api.example.com/upload";
/// A value of the operator's own, that no pattern could know.
const OWN: &str = "Vexing-Quartz~Marmalade_4711";

fn set(world: &mut World) -> Upstream {
    world.env("OWN_SECRET", OWN);
    world.manifest(
        "version: 1\negress: { routes: [{ host: api.example.com }] }\n\
         inspect: { secrets: [\"env:OWN_SECRET\"] }\n",
    );
    world.upstream(HOST, Handler::echo())
}

macro_rules! ready {
    () => {{
        program_or_skip!("curl");
        program_or_skip!("tar");
        program_or_skip!("gzip");
        let mut world = world_or_skip!(User::Caller);
        let upstream = set(&mut world);
        (world, upstream)
    }};
}

/// Files in a directory, of which the second one is short and says something.
fn archive(world: &World, said: &str) -> Vec<u8> {
    world.write("project/a/1.bin", noise(1, 11 << 20));
    world.write(
        "project/a/2.txt",
        format!("the value is {said}, of course\n"),
    );
    world.write("project/a/3.bin", noise(2, 3 << 20));
    world
        .sh("tar -czf body.tar.gz a/1.bin a/2.txt a/3.bin")
        .ok();
    std::fs::read(world.path("project/body.tar.gz")).unwrap()
}

#[test]
fn a_long_archive_arrives_byte_for_byte() {
    let (world, upstream) = ready!();
    let body = archive(&world, "nothing");
    assert!(body.len() > 12 << 20);
    for extra in ["Expect:", "Transfer-Encoding: chunked"] {
        let file = "@body.tar.gz";
        let said = world.curl(&["-f", "-H", extra, "--data-binary", file, URL]);
        let answer: serde_json::Value = serde_json::from_str(said.ok()).unwrap();
        assert_eq!(answer["body_bytes"], body.len(), "{extra}");
        let sum = HEXLOWER.encode(&Sha256::digest(&body));
        assert_eq!(answer["body_sha256"], sum, "{extra}");
    }
    // As a part of a form.
    let said = world.curl(&["-f", "-F", "note=1", "-F", "file=@body.tar.gz", URL]);
    said.ok();
    assert_eq!(upstream.request_count(), 3);
}

#[test]
fn a_secret_deep_in_a_long_archive_never_arrives() {
    let (world, upstream) = ready!();
    let body = archive(&world, OWN);
    let whole = unpacked(&body);
    let own = OWN.as_bytes();
    let at = whole.windows(own.len()).position(|window| window == own);
    let said = world.curl(&["-f", "--data-binary", "@body.tar.gz", URL]);
    assert_ne!(said.code, 0, "{said:#?}");
    assert!(world.events().rules().contains(&"secret"));
    let arrived = upstream.wait_for_requests(1, PATIENCE).unwrap();
    let arrived = &arrived[0].body;
    // It was on its way, and what came of it is the beginning.
    assert!(arrived.len() > 8 << 20, "{}", arrived.len());
    assert!(body.starts_with(arrived));
    let arrived = unpacked(arrived);
    assert!(arrived.len() <= at.unwrap(), "{}", arrived.len());
}

#[test]
fn a_long_coded_body_arrives_as_it_was_sent() {
    let (world, upstream) = ready!();
    let body = archive(&world, "nothing");
    let header = "Content-Encoding: gzip";
    let said = world.curl(&["-f", "-H", header, "--data-binary", "@body.tar.gz", URL]);
    let answer: serde_json::Value = serde_json::from_str(said.ok()).unwrap();
    assert_eq!(answer["body_bytes"], body.len());
    let seen = &upstream.requests()[0];
    assert_eq!(seen.header("content-encoding"), Some("gzip"));
    assert!(seen.body == body);
}

#[test]
fn a_long_coded_body_with_a_secret_or_something_hidden_never_arrives_whole() {
    let (world, upstream) = ready!();
    let hidden = [&archive(&world, "nothing")[..], b"hidden behind it"].concat();
    for (body, rule) in [
        (archive(&world, OWN), "secret"),
        (hidden, "encoding_unreadable"),
    ] {
        world.write("project/body", &body);
        let header = "Content-Encoding: gzip";
        let said = world.curl(&["-f", "-H", header, "--data-binary", "@body", URL]);
        assert_ne!(said.code, 0, "{said:#?}");
        assert!(world.events().rules().contains(&rule), "{rule}");
    }
    let arrived = upstream.wait_for_requests(2, PATIENCE).unwrap();
    for request in &arrived {
        assert_eq!(request.body_state, BodyState::CutOff);
        assert!(!unpacked(&request.body).ends_with(&[0; 1024]));
    }
    let header = "Content-Encoding: own";
    let said = world.curl(&["-i", "-H", header, "--data-binary", "@body", URL]);
    let answer = Answer::parse(said.ok());
    assert_eq!(answer.rule(), "encoding_unreadable");
}

/// What can be had from a stream, whole or not.
fn unpacked(packed: &[u8]) -> Vec<u8> {
    let (mut out, mut piece) = (Vec::new(), [0; 4096]);
    let mut from = MultiGzDecoder::new(packed);
    while let Ok(n @ 1..) = from.read(&mut piece) {
        out.extend_from_slice(&piece[..n]);
    }
    out
}

/// So many bytes in which nothing can be found and that do not pack.
fn noise(seed: u64, bytes: usize) -> Vec<u8> {
    let step = |state: &u64| Some(state.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(1));
    std::iter::successors(Some(seed), step)
        .map(|state| state.to_be_bytes()[0])
        .take(bytes)
        .collect()
}
