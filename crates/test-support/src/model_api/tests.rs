//! The fake APIs as their clients meet them: ours, and the vendors' own.

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;

use super::*;
use crate::client::Wire;
use crate::{Authority, Gate, Handler, Upstream, find_program, skip};

const PATIENCE: Duration = Duration::from_secs(10);
const KEY: &str = "sk-test-0123456789";

fn start(handler: Handler) -> (Upstream, Wire) {
    let authority = Authority::new().unwrap();
    let upstream = Upstream::start(&authority, &["localhost"], handler).unwrap();
    let config = authority.client_config().unwrap();
    let wire = Wire::tls(upstream.addr(), "localhost", config).unwrap();
    (upstream, wire)
}

fn ask(wire: &mut Wire, target: &str, request: &Value) -> crate::client::Answer {
    wire.post("localhost", target, request.to_string().as_bytes())
        .unwrap()
}

/// The values of a stream of events, in order.
fn events(text: &str) -> Vec<Value> {
    text.lines()
        .filter_map(|line| line.strip_prefix("data: "))
        .map(|data| serde_json::from_str(data).unwrap())
        .collect()
}

fn kinds(events: &[Value]) -> Vec<&str> {
    events.iter().filter_map(|it| it["type"].as_str()).collect()
}

#[test]
fn anthropic_streams_a_message() {
    let (_upstream, mut wire) = start(anthropic(Script::new(["Hi", "!"])));
    let request = json!({ "model": "claude-x", "stream": true });
    let events = events(&ask(&mut wire, "/v1/messages?beta=true", &request).text());
    assert_eq!(
        kinds(&events),
        [
            "message_start",
            "content_block_start",
            "ping",
            "content_block_delta",
            "content_block_delta",
            "content_block_stop",
            "message_delta",
            "message_stop",
        ]
    );
    assert_eq!(events[0]["message"]["model"], "claude-x");
    assert_eq!(events[4]["delta"]["text"], "!");
}

#[test]
fn anthropic_answers_whole_messages_and_counts() {
    let (_upstream, mut wire) = start(anthropic(Script::default()));
    let message = ask(&mut wire, "/v1/messages", &json!({})).json().unwrap();
    assert_eq!(message["content"][0]["text"], Script::default().text());
    assert_eq!(message["stop_reason"], "end_turn");
    let count = ask(&mut wire, "/v1/messages/count_tokens", &json!({}));
    assert!(count.json().unwrap()["input_tokens"].is_u64());
    assert_eq!(wire.get("localhost", "/api/hello").unwrap().status, 200);
    assert_eq!(wire.get("localhost", "/api/other").unwrap().status, 404);
}

#[test]
fn openai_streams_a_response() {
    let (_upstream, mut wire) = start(openai(Script::new(["Hi", "!"])));
    let request = json!({ "model": "gpt-x", "stream": true });
    let events = events(&ask(&mut wire, "/v1/responses", &request).text());
    assert_eq!(
        kinds(&events),
        [
            "response.created",
            "response.in_progress",
            "response.output_item.added",
            "response.content_part.added",
            "response.output_text.delta",
            "response.output_text.delta",
            "response.output_text.done",
            "response.content_part.done",
            "response.output_item.done",
            "response.completed",
        ]
    );
    let response = &events[9]["response"];
    assert_eq!(response["model"], "gpt-x");
    assert_eq!(response["output"][0]["content"][0]["text"], "Hi!");
    assert_eq!(response["usage"]["output_tokens"], 2);
}

#[test]
fn openai_answers_whole_responses_and_no_websocket() {
    let (_upstream, mut wire) = start(openai(Script::default()));
    let response = ask(&mut wire, "/v1/responses", &json!({})).json().unwrap();
    assert_eq!(response["status"], "completed");
    let upgrade = "GET /v1/responses HTTP/1.1\r\nHost: localhost\r\n\
                   Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n";
    wire.send(upgrade.as_bytes()).unwrap();
    assert_eq!(wire.answer().unwrap().status, 426);
}

#[test]
fn each_word_waits_for_the_gate() {
    let gate = Gate::new();
    let script = Script::new(["one", "two"]).pace(Pace::Gated(gate.clone()));
    let (_upstream, mut wire) = start(anthropic(script));
    let body = r#"{"stream":true}"#;
    let length = body.len();
    let request =
        format!("POST /v1/messages HTTP/1.1\r\nHost: x\r\nContent-Length: {length}\r\n\r\n{body}");
    wire.send(request.as_bytes()).unwrap();
    wire.read_head().unwrap();
    for _ in 0..3 {
        wire.read_chunk().unwrap().unwrap();
    }
    for word in ["one", "two"] {
        gate.open(1);
        let chunk = String::from_utf8(wire.read_chunk().unwrap().unwrap()).unwrap();
        assert!(chunk.contains(word), "{chunk}");
    }
}

#[test]
fn a_key_that_is_demanded_must_be_shown() {
    let script = Script::default().demand_key(KEY);
    for (handler, target, header) in [
        (anthropic(script.clone()), "/v1/messages", "x-api-key: "),
        (
            anthropic(script.clone()),
            "/v1/messages",
            "authorization: Bearer ",
        ),
        (openai(script), "/v1/responses", "authorization: Bearer "),
    ] {
        let (_upstream, mut wire) = start(handler);
        let mut status = |key: &str| {
            let head = format!("POST {target} HTTP/1.1\r\nHost: x\r\n{header}{key}\r\n");
            let request = format!("{head}Content-Length: 2\r\n\r\n{{}}");
            wire.send(request.as_bytes()).unwrap();
            wire.answer().unwrap().status
        };
        assert_eq!((status("sk-other"), status(KEY)), (401, 200));
    }
}

/// A vendor's command line with a home of its own and nothing of the caller's
/// environment. Dropping it removes the home.
struct Vendor {
    home: TempDir,
    upstream: Upstream,
    program: PathBuf,
}

impl Vendor {
    fn new(program: PathBuf, handler: Handler) -> Self {
        let authority = Authority::new().unwrap();
        let home = tempfile::tempdir().unwrap();
        authority.write_pem(&home.path().join("ca.pem")).unwrap();
        let upstream = Upstream::start(&authority, &["localhost"], handler).unwrap();
        Self {
            home,
            upstream,
            program,
        }
    }

    fn base(&self, path: &str) -> String {
        format!("https://localhost:{}{path}", self.upstream.addr().port())
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "the environment is cleared on the next line"
    )]
    fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command
            .env_clear()
            .env("HOME", self.home.path())
            .env("PATH", "/usr/local/bin:/usr/bin:/bin")
            .env("SSL_CERT_FILE", self.home.path().join("ca.pem"))
            .current_dir(self.home.path())
            .stdin(Stdio::null());
        command
    }
}

fn said(command: &mut Command) -> String {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

#[test]
fn the_real_claude_code_finishes_a_prompt() {
    let Some(claude) = find_program("claude") else {
        skip!("no claude on PATH (npm: @anthropic-ai/claude-code)");
    };
    let script = Script::default().demand_key(KEY);
    let vendor = Vendor::new(claude, anthropic(script.clone()));
    let mut command = vendor.command();
    command
        .env("ANTHROPIC_API_KEY", KEY)
        .env("ANTHROPIC_BASE_URL", vendor.base(""))
        .args(["-p", "hi"]);
    assert_eq!(said(&mut command), script.text());
}

#[test]
fn the_real_codex_finishes_a_prompt() {
    let Some(codex) = find_program("codex") else {
        skip!("no codex on PATH (npm: @openai/codex)");
    };
    let script = Script::default().demand_key(KEY);
    let vendor = Vendor::new(codex, openai(script.clone()));
    std::fs::create_dir(vendor.home.path().join(".codex")).unwrap();
    let base = format!("openai_base_url={}", vendor.base("/v1"));
    let mut command = vendor.command();
    command
        .env("CODEX_API_KEY", KEY)
        .args(["exec", "--skip-git-repo-check", "--disable", "plugins"])
        .args(["-c", &base, "hi"]);
    assert_eq!(said(&mut command), script.text());
    let requests = vendor.upstream.wait_for_requests(2, PATIENCE).unwrap();
    assert_eq!(requests[1].header("content-encoding"), None);
}
