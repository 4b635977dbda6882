//! What streams goes on streaming, in both directions, over connections that
//! are kept.

use std::time::Duration;

use bottle_test_support::{Gate, Handler, Pace, Recording, Reply, Upstream};
use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};

use crate::harness::{User, as_each_user, program_or_skip, world_or_skip};

const HOST: &str = "api.example.com";

as_each_user! {
    /// No clock: the next event is sent only when the last one has arrived.
    fn events_arrive_one_by_one(mut world) {
        program_or_skip!("curl");
        let gate = Gate::new();
        let words = ["one", "two", "three", "four"];
        let handler = Handler::sse(words, Pace::Gated(gate.clone()));
        let upstream = world.upstream(HOST, handler);
        world.routes(&["host: api.example.com"]);
        let running = world.start(&["curl", "-sS", "-N", "--max-time", "50", "https://api.example.com/events"]);
        for (number, word) in words.iter().enumerate() {
            assert_eq!(upstream.sent().len(), number);
            gate.open(1);
            running.wait_for_stdout(&format!("data: {word}\n\n"));
        }
        let said = running.finish();
        assert_eq!(said.ok(), "data: one\n\ndata: two\n\ndata: three\n\ndata: four\n\n");
    }
}

/// A route with a credential has every answer searched for an echo of it; that
/// must not hold an event back.
#[test]
fn events_arrive_one_by_one_where_echoes_are_masked() {
    program_or_skip!("curl");
    let mut world = world_or_skip!(User::Caller);
    let gate = Gate::new();
    let words = ["s", "sk", "sk_live_", "end"];
    let handler = Handler::sse(words, Pace::Gated(gate.clone()));
    let _upstream = world.upstream(HOST, handler);
    world.env("API_TOKEN", "sk_live_4f8Jq2ZrLkPw94TsVbN6yXcD1hJmA7eU");
    world.routes(&["host: api.example.com\nauth: { scheme: bearer, token_ref: env:API_TOKEN }"]);
    let running = world.start(&[
        "curl",
        "-sS",
        "-N",
        "--max-time",
        "50",
        "https://api.example.com/",
    ]);
    for word in words {
        gate.open(1);
        running.wait_for_stdout(&format!("data: {word}\n\n"));
    }
    running.finish().ok();
}

#[test]
fn a_large_download_arrives_whole() {
    program_or_skip!("curl");
    program_or_skip!("sha256sum");
    let mut world = world_or_skip!(User::Caller);
    let bytes = 48 << 20;
    let upstream = Upstream::setup(Handler::download(bytes))
        .tls(world.authority().server_config(&[HOST]).unwrap())
        .recording(Recording::CountsOnly)
        .start()
        .unwrap();
    world.lead(HOST, 443, &upstream);
    world.routes(&["host: api.example.com"]);
    let said = world.sh("curl -sS --max-time 50 https://api.example.com/big | sha256sum");
    let line = b"The quick brown fox jumps over the lazy dog and away.\n";
    let piece: Vec<u8> = line.iter().copied().cycle().take(64 << 10).collect();
    let mut sum = Sha256::new();
    for _ in 0..bytes / (64 << 10) {
        sum.update(&piece);
    }
    let sum = HEXLOWER.encode(&sum.finalize());
    assert_eq!(said.ok().split(' ').next(), Some(sum.as_str()), "{said:#?}");
}

#[test]
fn an_answer_that_breaks_off_does_not_look_whole() {
    program_or_skip!("curl");
    let mut world = world_or_skip!(User::Caller);
    let _upstream = world.upstream(HOST, Handler::broken_off("the beginning"));
    world.routes(&["host: api.example.com"]);
    let said = world.curl(&["https://api.example.com/"]);
    assert_ne!(said.code, 0, "{said:#?}");
    assert!("the beginning".starts_with(&said.stdout), "{said:#?}");
}

#[test]
fn connections_are_kept_on_both_sides() {
    program_or_skip!("curl");
    let mut world = world_or_skip!(User::Caller);
    let upstream = world.upstream(HOST, Handler::keepalive());
    world.routes(&["host: api.example.com"]);
    for direct in ["", "--noproxy '*'"] {
        let before = upstream.connection_count();
        let said = world.sh(&format!(
            "for i in 1 2; do curl -sS --max-time 30 {direct} -w ' %{{num_connects}}\\n' -o /dev/null \
             https://api.example.com/a -o /dev/null https://api.example.com/b \
             -o /dev/null https://api.example.com/c; done"
        ));
        // A program opens one connection for its three requests.
        assert_eq!(said.ok(), " 1\n 0\n 0\n 1\n 0\n 0\n", "{direct}");
        // Two programs share one of ours.
        assert_eq!(upstream.connection_count() - before, 1, "{direct}");
    }
    assert_eq!(upstream.request_count(), 12);
}

#[test]
fn many_requests_at_once_are_all_answered() {
    program_or_skip!("curl");
    let mut world = world_or_skip!(User::Caller);
    let upstream = world.upstream(HOST, Handler::echo());
    world.routes(&["host: api.example.com"]);
    let said = world.sh("i=0; while [ $i -lt 24 ]; do \
           curl -sS -o /dev/null --max-time 30 -w '%{http_code}\\n' https://api.example.com/$i & \
           i=$((i+1)); done; wait");
    assert_eq!(said.ok(), "200\n".repeat(24));
    assert_eq!(upstream.request_count(), 24);
}

/// A long upload is passed on while it comes: the upstream answers what it has
/// read before the agent has sent the rest.
#[test]
fn an_upload_longer_than_what_is_held_streams() {
    program_or_skip!("curl");
    let mut world = world_or_skip!(User::Caller);
    let upstream = world.upstream(
        HOST,
        Handler::new(async |mut call| match call.drain().await {
            Ok(bytes) => Reply::json(200, &serde_json::json!({ "bytes": bytes })),
            Err(_) => Reply::new(400, ""),
        }),
    );
    world.routes(&["host: api.example.com"]);
    let mut running = world.start_with_input(&[
        "curl",
        "-sS",
        "--max-time",
        "50",
        "-X",
        "POST",
        "-H",
        "Expect:",
        "-T",
        ".",
        "https://api.example.com/",
    ]);
    let line = "nothing to be seen here, and nothing to hide\n";
    let megabyte = line.repeat((1 << 20) / line.len());
    for _ in 0..12 {
        running.write(&megabyte);
    }
    let arrived = upstream.wait_until(Duration::from_secs(30), |requests| {
        requests.iter().any(|it| it.body_bytes > 8 << 20)
    });
    arrived.unwrap();
    running.write(line);
    let said = running.finish();
    let bytes = megabyte.len() * 12 + line.len();
    assert_eq!(said.ok(), format!("{{\"bytes\":{bytes}}}"));
}

as_each_user! {
    /// The body ends before the answer, as it does for every ordinary upload.
    fn a_long_upload_leaves_nothing_on_stderr(mut world) {
        program_or_skip!("curl");
        let upstream = world.upstream(HOST, Handler::upload_counter());
        world.routes(&["host: api.example.com"]);
        let said = world.sh(
            "head -c 9000000 /dev/zero | curl -sS --max-time 50 --data-binary @- https://api.example.com/",
        );
        assert_eq!(said.ok(), "{\"bytes\":9000000}");
        assert_eq!(said.stderr, "");
        assert_eq!(upstream.request_count(), 1);
    }
}

/// It closes while the upload goes on; what it said comes through all the same.
#[test]
fn an_answer_that_comes_before_the_upload_is_over_arrives() {
    program_or_skip!("curl");
    let mut world = world_or_skip!(User::Caller);
    let refuse = |_| async { Reply::new(413, "too large") };
    let _upstream = world.upstream(HOST, Handler::new(refuse));
    world.routes(&["host: api.example.com"]);
    for megabytes in [9, 40] {
        let said = world.sh(&format!(
            "head -c {megabytes}000000 /dev/zero | curl -sS --max-time 50 -H Expect: \
             -w ' %{{http_code}}' --data-binary @- https://api.example.com/ 2>/dev/null"
        ));
        assert_eq!(said.stdout, "too large 413", "{said:#?}");
    }
}
