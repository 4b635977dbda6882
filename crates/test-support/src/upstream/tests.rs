//! An upstream as its clients and its tests meet it.

use std::time::{Duration, Instant};

use serde_json::json;

use super::*;
use crate::client::Wire;

const PATIENCE: Duration = Duration::from_secs(10);
const NAME: &str = "api.example.com";

fn start(handler: Handler) -> (Upstream, Authority) {
    let authority = Authority::new().unwrap();
    let upstream = Upstream::start(&authority, &[NAME], handler).unwrap();
    (upstream, authority)
}

fn dial((upstream, authority): &(Upstream, Authority)) -> Wire {
    Wire::tls(upstream.addr(), NAME, authority.client_config().unwrap()).unwrap()
}

#[test]
fn echo_says_what_it_received_and_the_log_agrees() {
    let setting = start(Handler::echo());
    let answer = dial(&setting).post(NAME, "/v1/x?q=1", b"hello").unwrap();
    let value = answer.json().unwrap();
    assert_eq!(value["method"], "POST");
    assert_eq!(value["target"], "/v1/x?q=1");
    assert_eq!(value["headers"]["host"], NAME);
    assert_eq!(value["body"], "hello");
    assert_eq!(value["body_bytes"], 5);

    let requests = setting.0.wait_for_requests(1, PATIENCE).unwrap();
    assert_eq!(requests[0].method, "POST");
    assert_eq!(requests[0].path(), "/v1/x");
    assert_eq!(requests[0].query(), Some("q=1"));
    assert_eq!(requests[0].header("content-length"), Some("5"));
    assert_eq!(requests[0].body, b"hello");
    assert_eq!(requests[0].body_state, BodyState::Whole);
    assert_eq!(requests[0].sni.as_deref(), Some(NAME));
    assert!(setting.0.saw(b"ell") && !setting.0.saw(b"elk"));
}

#[test]
fn a_connection_is_kept_alive_and_counted_once() {
    let setting = start(Handler::keepalive());
    let mut wire = dial(&setting);
    for nth in 1..=3 {
        let place = wire.get(NAME, "/").unwrap().json().unwrap();
        assert_eq!(place, json!({ "connection": 0, "request": nth }));
    }
    assert_eq!(setting.0.connection_count(), 1);
    assert_eq!(setting.0.request_count(), 3);
    assert_eq!(setting.0.connections()[0].sni.as_deref(), Some(NAME));
}

#[test]
fn the_first_byte_is_earlier_than_the_head() {
    let upstream = Upstream::start_plain(Handler::echo()).unwrap();
    let mut wire = Wire::plain(upstream.addr()).unwrap();
    for _ in 0..2 {
        wire.send(b"GET /slow HT").unwrap();
        let between = Instant::now() + Duration::from_millis(30);
        assert!(crate::eventually(PATIENCE, || Instant::now() > between));
        wire.send(b"TP/1.1\r\nHost: x\r\n\r\n").unwrap();
        assert_eq!(wire.answer().unwrap().status, 200);
        assert!(upstream.requests().last().unwrap().first_byte < between);
    }
}

#[test]
fn events_arrive_one_by_one() {
    let gate = Gate::new();
    let setting = start(Handler::sse(["one", "two"], Pace::Gated(gate.clone())));
    let mut wire = dial(&setting);
    wire.send(b"GET /events HTTP/1.1\r\nHost: api.example.com\r\n\r\n")
        .unwrap();
    let head = wire.read_head().unwrap();
    assert_eq!(
        head.header("content-type"),
        Some("text/event-stream; charset=utf-8")
    );
    assert!(setting.0.sent().is_empty());
    for event in ["data: one\n\n", "data: two\n\n"] {
        gate.open(1);
        assert_eq!(wire.read_chunk().unwrap().unwrap(), event.as_bytes());
    }
    assert_eq!(wire.read_chunk().unwrap(), None);
    let sent = setting.0.sent();
    assert_eq!((sent.len(), sent[1].bytes), (2, 11));
    assert!(sent[0].at <= sent[1].at);
}

#[test]
fn a_paced_body_takes_its_time() {
    let pause = Duration::from_millis(20);
    let setting = start(Handler::slow_body(["a", "b", "c"], Pace::Every(pause)));
    let begun = Instant::now();
    assert_eq!(dial(&setting).get(NAME, "/").unwrap().body, b"abc");
    assert!(begun.elapsed() >= 2 * pause);
}

#[test]
fn a_fixed_answer_has_its_headers() {
    let handler = Handler::fixed(418, &[("x-one", "1"), ("x-one", "2")], "short");
    let setting = start(handler);
    let answer = dial(&setting).get(NAME, "/").unwrap();
    assert_eq!((answer.status, answer.text().as_str()), (418, "short"));
    assert_eq!(
        answer.headers.iter().filter(|it| it.0 == "x-one").count(),
        2
    );
}

#[test]
fn a_header_comes_back_as_it_was_sent() {
    let setting = start(Handler::echo_header("authorization"));
    let mut wire = dial(&setting);
    wire.send(b"GET / HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer abc\r\n\r\n")
        .unwrap();
    let answer = wire.answer().unwrap();
    assert_eq!(answer.header("x-echo"), Some("Bearer abc"));
    assert_eq!(answer.text(), "Bearer abc");
}

#[test]
fn large_bodies_go_both_ways() {
    let setting = start(Handler::paths([
        ("/up", Handler::upload_counter()),
        ("/down", Handler::download(3_000_001)),
    ]));
    let mut wire = dial(&setting);
    let up = wire.post(NAME, "/up", &vec![b'x'; 2_000_003]).unwrap();
    assert_eq!(up.json().unwrap()["bytes"], 2_000_003);
    let down = wire.get(NAME, "/down").unwrap();
    assert_eq!(down.header("content-length"), Some("3000001"));
    assert_eq!(down.body.len(), 3_000_001);
    assert_eq!(wire.get(NAME, "/elsewhere").unwrap().status, 404);
}

#[test]
fn a_body_that_breaks_off_is_noted_as_far_as_it_came() {
    let setting = start(Handler::echo());
    let mut wire = dial(&setting);
    wire.send(b"POST /half HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nfive!")
        .unwrap();
    let arriving = setting
        .0
        .wait_until(PATIENCE, |it| {
            it.first().is_some_and(|it| it.body_bytes == 5)
        })
        .unwrap();
    assert_eq!(arriving[0].body_state, BodyState::Arriving);
    drop(wire);
    let over = setting.0.wait_for_requests(1, PATIENCE).unwrap();
    assert_eq!(over[0].body_state, BodyState::CutOff);
    assert_eq!(over[0].body, b"five!");
}

#[test]
fn a_reply_can_break_off() {
    let setting = start(Handler::broken_off("some of it"));
    assert!(dial(&setting).get(NAME, "/").is_err());
}

#[test]
fn a_failed_handshake_is_a_connection_with_a_fault() {
    let (upstream, _authority) = start(Handler::echo());
    let stranger = Authority::new().unwrap().client_config().unwrap();
    assert!(Wire::tls(upstream.addr(), NAME, stranger).is_err());
    let faulty = || upstream.connections().iter().any(|it| it.fault.is_some());
    assert!(crate::eventually(PATIENCE, faulty));
    assert_eq!(upstream.request_count(), 0);
}

#[test]
fn an_expired_certificate_is_refused_by_a_client_that_looks() {
    let authority = Authority::new().unwrap();
    let upstream = Upstream::setup(Handler::echo())
        .tls(authority.expired_server_config(&[NAME]).unwrap())
        .start()
        .unwrap();
    let client = authority.client_config().unwrap();
    assert!(Wire::tls(upstream.addr(), NAME, client).is_err());
}

#[test]
fn waiting_for_what_does_not_come_says_what_came() {
    let upstream = Upstream::start_plain(Handler::echo()).unwrap();
    let mut wire = Wire::plain(upstream.addr()).unwrap();
    wire.get("x", "/only").unwrap();
    let error = upstream
        .wait_for_requests(2, Duration::from_millis(20))
        .unwrap_err();
    assert!(error.to_string().contains("GET /only (Whole)"), "{error}");
}

#[test]
fn counting_keeps_nothing() {
    let upstream = Upstream::setup(Handler::echo())
        .recording(Recording::CountsOnly)
        .start()
        .unwrap();
    Wire::plain(upstream.addr()).unwrap().get("x", "/").unwrap();
    assert_eq!(
        (upstream.connection_count(), upstream.request_count()),
        (1, 1)
    );
    assert!(upstream.requests().is_empty() && upstream.connections().is_empty());
}

#[test]
fn dropping_it_closes_the_socket_and_the_connections() {
    let upstream = Upstream::start_plain(Handler::silent()).unwrap();
    let addr = upstream.addr();
    let mut wire = Wire::plain(addr).unwrap();
    wire.send(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
    upstream.wait_for_requests(1, PATIENCE).unwrap();
    drop(upstream);
    assert!(wire.answer().is_err());
    assert!(Wire::plain(addr).is_err());
}

#[test]
fn it_listens_on_the_loopback_and_nowhere_else() {
    let setup = Upstream::setup(Handler::echo()).listen("127.0.0.2:0".parse().unwrap());
    let upstream = setup.start().unwrap();
    let connect_to = upstream.connect_to(NAME, 443);
    assert!(connect_to.starts_with("api.example.com:443:127.0.0.2:"));
    let setup = Upstream::setup(Handler::echo()).listen("0.0.0.0:0".parse().unwrap());
    assert!(setup.start().is_err());
}
