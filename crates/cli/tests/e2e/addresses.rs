//! No data leaves in a path, a query or the labels of a host, and ordinary
//! addresses pass.

use bottle_test_support::{Handler, Upstream};
use data_encoding::{BASE32_NOPAD, BASE64URL_NOPAD, HEXLOWER};

use crate::harness::{Answer, User, program_or_skip, world_or_skip};

/// A text that no pattern knows.
const NOTE: &str = "name: Jane Doe, room: 4, likes: tea and cake";
const TERSE: &str = r#"ask() {
    curl -s -o /dev/null --max-time 30 -w '%{http_code} %header{x-bottle-rule}\n' "$@"
}"#;

#[test]
fn data_in_a_path_or_query_never_leaves() {
    program_or_skip!("curl");
    let mut world = world_or_skip!(User::Caller);
    let upstream = world.upstream("api.example.com", Handler::echo());
    world.routes(&["host: api.example.com"]);
    let forms = [
        BASE64URL_NOPAD.encode(NOTE.as_bytes()),
        HEXLOWER.encode(NOTE.as_bytes()),
        BASE32_NOPAD.encode(NOTE.as_bytes()),
    ];
    let lines: Vec<String> = forms
        .iter()
        .map(|form| format!("ask https://api.example.com/v1/{form}/x\nask 'https://api.example.com/i.png?d={form}'"))
        .collect();
    let said = world.sh(&format!("{TERSE}\n{}", lines.join("\n")));
    let answers: Vec<&str> = said.ok().lines().collect();
    assert_eq!(answers, ["403 secret"; 6], "{said:#?}");
    assert_eq!(upstream.request_count(), 0);
    let path = format!("https://api.example.com/v1/{}/x", forms[0]);
    let said = world.curl(&["-i", &path]);
    let answer = Answer::parse(said.ok());
    assert_eq!(answer.json()["findings"][0]["detector"], "url_entropy");
    assert!(!answer.body.contains(&forms[0]) && !world.events().mention(&forms[0]));
}

#[test]
fn ordinary_addresses_pass_and_a_route_may_leave_them_unread() {
    program_or_skip!("curl");
    let mut world = world_or_skip!(User::Caller);
    let _upstream = world.upstream("api.example.com", Handler::echo());
    world.routes(&["host: api.example.com"]);
    let cursor = BASE64URL_NOPAD.encode(b"{\"offset\":100,\"sort\":\"name\"}");
    let said = world.sh(&format!(
        "{TERSE}\nask https://api.example.com/550e8400-e29b-41d4-a716-446655440000/x\n\
         ask 'https://api.example.com/items?cursor={cursor}&limit=10'\n\
         ask https://api.example.com/blobs/{}",
        "9f86d081884c7d65".repeat(4)
    ));
    assert_eq!(said.ok(), "200 \n".repeat(3));
    world.routes(&["host: api.example.com\ninspect: { detectors: { url_entropy: \"off\" } }"]);
    let form = BASE64URL_NOPAD.encode(NOTE.as_bytes());
    let said = world.sh(&format!("{TERSE}\nask https://api.example.com/v1/{form}"));
    assert_eq!(said.ok(), "200 \n");
}

#[test]
fn data_in_the_labels_of_a_host_never_leaves() {
    program_or_skip!("curl");
    let mut world = world_or_skip!(User::Caller);
    let label = HEXLOWER.encode(b"Jane Doe likes tea");
    let hosts = [
        format!("{label}.files.example.com"),
        "a.files.example.com".to_owned(),
    ];
    let upstreams: Vec<Upstream> = hosts
        .iter()
        .map(|host| world.upstream(host, Handler::echo()))
        .collect();
    world.routes(&["host: \"*.files.example.com\""]);
    // By the proxy, which asks no DNS.
    let said = world.sh(&format!(
        "{TERSE}\nask https://{}/\nask https://{}/",
        hosts[0], hosts[1]
    ));
    assert_eq!(said.ok(), "403 secret\n200 \n");
    assert_eq!(upstreams[0].request_count(), 0);
    // A host that is listed in full is no exception: lists are copied, too.
    let listed = format!("host: {}", hosts[0]);
    world.routes(&[&listed]);
    let said = world.sh(&format!("{TERSE}\nask https://{}/", hosts[0]));
    assert_eq!(said.ok(), "403 secret\n");
    assert_eq!(upstreams[0].request_count(), 0);
    world.routes(&[&format!(
        "{listed}\ninspect: {{ detectors: {{ host_entropy: \"off\" }} }}"
    )]);
    let said = world.sh(&format!("{TERSE}\nask https://{}/", hosts[0]));
    assert_eq!(said.ok(), "200 \n");
}

/// Who receives the pieces puts them together.
#[test]
fn a_secret_in_pieces_over_the_head_never_leaves() {
    program_or_skip!("curl");
    let mut world = world_or_skip!(User::Caller);
    let upstream = world.upstream("api.example.com", Handler::echo());
    world.routes(&["host: api.example.com"]);
    let token = ["gh", "p_", "R7tYq2LmXv9KpWz4NcB8", "sJd3FhG6aT1eUo5iQw0Z"].concat();
    let (one, two) = token.split_at(20);
    let said = world.sh(&format!(
        "{TERSE}\nask 'https://api.example.com/x?page=second&a={one}&b={two}'\n\
         ask https://api.example.com/objects/{one}/{two}\n\
         ask -H 'X-One: {one}' -H 'X-Two: {two}' https://api.example.com/\n\
         ask 'https://api.example.com/x?lat=48137154&lon=11575490&t=41111111&u=11111111'\n\
         ask -H 'X-One: {one}' https://api.example.com/"
    ));
    let denied = "403 secret\n".repeat(3);
    assert_eq!(said.ok(), format!("{denied}{}", "200 \n".repeat(2)));
    assert_eq!(upstream.request_count(), 2);
}
