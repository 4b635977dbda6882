//! One host for the check and another for the way: CONNECT, SNI, Host and URL
//! must name the same.

use bottle_test_support::Handler;

use crate::harness::{User, world_or_skip};
use crate::raw::Gateway;

const LISTED: &str = "api.example.com";

#[test]
fn tunnel_greeting_and_request_name_one_host() {
    let mut world = world_or_skip!(User::Caller);
    let listed = world.upstream(LISTED, Handler::echo());
    let other = world.upstream("other.example.com", Handler::echo());
    let secret = world.upstream("secret.example.net", Handler::echo());
    world.routes(&["host: api.example.com", "host: other.example.com"]);
    let gateway = Gateway::start(&world);

    // Another name in the greeting, listed or not.
    for name in ["other.example.com", "secret.example.net"] {
        let wire = gateway.tunnel("api.example.com:443", name);
        let status = wire.map(|wire| Gateway::status(wire, get(LISTED).as_bytes()));
        assert!(!matches!(status, Ok(Some(200))), "{name}: {status:?}");
    }
    // Another name in the request.
    for host in [
        "other.example.com",
        "secret.example.net",
        "api.example.com:80",
    ] {
        let wire = gateway.tunnel("api.example.com:443", LISTED).unwrap();
        assert_eq!(
            Gateway::status(wire, get(host).as_bytes()),
            Some(403),
            "{host}"
        );
    }
    // Another name in the request's URL.
    let wire = gateway.tunnel("api.example.com:443", LISTED).unwrap();
    let absolute = "GET https://other.example.com/ HTTP/1.1\r\nHost: api.example.com\r\n\r\n";
    assert_eq!(Gateway::status(wire, absolute.as_bytes()), Some(403));
    let absolute = "GET http://secret.example.net/ HTTP/1.1\r\nHost: api.example.com\r\n\r\n";
    assert_eq!(
        Gateway::status(gateway.wire(), absolute.as_bytes()),
        Some(403)
    );

    for upstream in [&listed, &other, &secret] {
        assert_eq!(upstream.request_count(), 0);
    }
    let wire = gateway.tunnel("api.example.com:443", LISTED).unwrap();
    assert_eq!(Gateway::status(wire, get(LISTED).as_bytes()), Some(200));
}

/// A tunnel is for TLS that can be read, and for nothing else.
#[test]
fn bytes_that_are_no_tls_go_nowhere() {
    let mut world = world_or_skip!(User::Caller);
    let listed = world.upstream(LISTED, Handler::echo());
    world.routes(&["host: api.example.com"]);
    let gateway = Gateway::start(&world);
    for bytes in [
        &b"SSH-2.0-x\r\n"[..],
        b"\x16\x03\x01\x00\x04\x01\x00\x00\x00",
        b"\0\0\0\0\0\0\0\0",
    ] {
        let mut wire = gateway.wire();
        assert_eq!(wire.open_tunnel("api.example.com:443").unwrap().status, 200);
        wire.send(bytes).unwrap();
        let _closed = wire.read_rest();
    }
    assert_eq!(listed.request_count(), 0);
}

fn get(host: &str) -> String {
    format!("GET / HTTP/1.1\r\nHost: {host}\r\n\r\n")
}
