//! The way to what is inside: metadata services, loopback and private networks,
//! by every spelling that some resolver understands.

use crate::harness::{User, world_or_skip};
use crate::raw::Gateway;

const HOSTS: [&str; 22] = [
    "127.0.0.1",
    "127.1",
    "2130706433",
    "0x7f000001",
    "0x7f.1",
    "0177.0.0.1",
    "0",
    "0.0.0.0",
    "localhost",
    "a.localhost",
    "localhost.",
    "169.254.169.254",
    "10.0.0.1",
    "100.64.0.1",
    "[::]",
    "[::1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:a9fe:a9fe]",
    "[64:ff9b::a9fe:a9fe]",
    "[2002:7f00:1::]",
    "[fd00:ec2::254]",
    "[fe80::1%25lo]",
];

#[test]
fn no_spelling_of_an_inner_address_is_dialled() {
    let world = world_or_skip!(User::Caller);
    // A route for what may be written in one does not open the guard.
    world.routes(&[
        "host: 127.0.0.1\nport: 80",
        "host: 169.254.169.254\nport: 80",
        "host: 0.0.0.0\nport: 80",
        "host: \"::1\"\nport: 80",
        "host: localhost\nport: 80",
    ]);
    let gateway = Gateway::start(&world);
    for host in HOSTS {
        let request = format!("GET http://{host}/x HTTP/1.1\r\nHost: {host}\r\n\r\n");
        let status = Gateway::status(gateway.wire(), request.as_bytes());
        assert!(matches!(status, Some(400 | 403)), "{host}: {status:?}");
    }
    let events = world.events();
    assert!(events.of("allow").is_empty(), "{events:?}");
}
