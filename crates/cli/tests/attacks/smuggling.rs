//! Two readers that see different requests in the same bytes.

use bottle_test_support::{Handler, Upstream};

use crate::harness::{User, World, world_or_skip};
use crate::raw::Gateway;

const HOST: &str = "api.example.com";
/// A request that must never arrive.
const HIDDEN: &str = "GET /hidden HTTP/1.1\r\nHost: api.example.com\r\n\r\n";

fn set(world: &mut World) -> Upstream {
    let upstream = world.upstream(HOST, Handler::echo());
    world.routes(&["host: api.example.com\nmatches: [{ paths: [\"/open\", \"/open/**\"] }]"]);
    upstream
}

/// The heads of attacks: what stands between the request's line and its body.
fn heads() -> Vec<String> {
    let chunked = "Transfer-Encoding: chunked";
    let length = format!("Content-Length: {}", 5 + HIDDEN.len());
    [
        // A coding in disguise.
        format!("Host: {HOST}\r\nTransfer-Encoding: xchunked\r\n{length}"),
        format!("Host: {HOST}\r\nTransfer-Encoding: chunked, identity"),
        format!("Host: {HOST}\r\nTransfer-Encoding : chunked\r\n{length}"),
        format!("Host: {HOST}\r\nTransfer-Encoding:\x0bchunked\r\n{length}"),
        // Lengths that are two, or none.
        format!("Host: {HOST}\r\nContent-Length: 5\r\n{length}"),
        format!("Host: {HOST}\r\nContent-Length: +5"),
        format!("Host: {HOST}\r\nContent-Length: 0x5"),
        format!("Host: {HOST}\r\nContent-Length: 5, 6"),
        // Folded lines, odd names, two hosts, none.
        format!("Host: {HOST}\r\nX-Fold: a\r\n {chunked}\r\n{length}\r\n{chunked}"),
        format!("Host: {HOST}\r\nX Y: z"),
        format!("Host: {HOST}\r\nHost: other.example.com"),
        format!("Host: {HOST}\r\n\0X: z"),
        "X-None: 1".to_owned(),
    ]
    .into()
}

#[test]
fn what_two_readers_could_read_differently_is_refused() {
    let mut world = world_or_skip!(User::Caller);
    let upstream = set(&mut world);
    let gateway = Gateway::start(&world);
    for head in heads() {
        let request = format!("POST /open HTTP/1.1\r\n{head}\r\n\r\n0\r\n\r\n{HIDDEN}");
        let wire = gateway.tunnel("api.example.com:443", HOST).unwrap();
        let status = Gateway::status(wire, request.as_bytes());
        assert!(matches!(status, Some(400 | 403)), "{head:?}: {status:?}");
    }
    assert_eq!(upstream.request_count(), 0);
}

/// A length beside a coding does not count (RFC 9112, 6.3) and is not passed on.
#[test]
fn a_length_beside_a_coding_is_one_reading() {
    let mut world = world_or_skip!(User::Caller);
    let upstream = set(&mut world);
    let gateway = Gateway::start(&world);
    for (one, two) in [
        ("Content-Length: 52", "Transfer-Encoding: chunked"),
        ("Transfer-Encoding: chunked", "Content-Length: 3"),
    ] {
        let wire = gateway.tunnel("api.example.com:443", HOST).unwrap();
        let request = format!(
            "POST /open HTTP/1.1\r\nHost: {HOST}\r\n{one}\r\n{two}\r\n\r\n0\r\n\r\n{HIDDEN}"
        );
        assert_eq!(Gateway::status(wire, request.as_bytes()), Some(200));
    }
    for seen in upstream.requests() {
        assert_eq!((seen.path(), seen.body.as_slice()), ("/open", &b""[..]));
        let framed = ["content-length", "transfer-encoding"].map(|name| seen.header(name));
        assert!(framed.contains(&None), "{seen:?}");
    }
}

#[test]
fn a_second_request_on_a_connection_is_judged_by_itself() {
    let mut world = world_or_skip!(User::Caller);
    let upstream = set(&mut world);
    let gateway = Gateway::start(&world);
    let mut wire = gateway.tunnel("api.example.com:443", HOST).unwrap();
    let both = format!("GET /open HTTP/1.1\r\nHost: {HOST}\r\n\r\n{HIDDEN}");
    wire.send(both.as_bytes()).unwrap();
    assert_eq!(wire.answer().unwrap().status, 200);
    assert_eq!(wire.answer().unwrap().status, 403);
    assert_eq!(upstream.request_count(), 1);
}

#[test]
fn line_breaks_in_values_make_no_lines() {
    let mut world = world_or_skip!(User::Caller);
    let upstream = set(&mut world);
    let gateway = Gateway::start(&world);
    for line in ["X-A: b\rX-Split: 1", "X-A: b\0X-Split: 1"] {
        let wire = gateway.tunnel("api.example.com:443", HOST).unwrap();
        let request = format!("GET /open HTTP/1.1\r\nHost: {HOST}\r\n{line}\r\n\r\n");
        let status = Gateway::status(wire, request.as_bytes());
        assert_ne!(status, Some(200), "{line:?}");
    }
    // A bare line feed ends a line for some readers; ours writes every line anew.
    let wire = gateway.tunnel("api.example.com:443", HOST).unwrap();
    let request = format!("GET /open HTTP/1.1\nHost: {HOST}\nX-A: b\n\n");
    if Gateway::status(wire, request.as_bytes()) == Some(200) {
        let seen = upstream.requests();
        assert_eq!(seen.len(), 1);
        assert_eq!(seen[0].header("x-a"), Some("b"));
    } else {
        assert_eq!(upstream.request_count(), 0);
    }
}
