//! The Anthropic Messages API, as far as a prompt needs it.
//!
//! What the real client does, tried on 2026-11-23 with Claude Code 2.1.330
//! (and 2.1.197, the newest that npm gives to Node 20), `claude -p "hi"`:
//!
//! - The npm package brings a native program for each platform (in
//!   `@anthropic-ai/claude-code-linux-x64/claude`); a postinstall script puts
//!   it in place of `bin/claude.exe`, and Node is not needed to run it.
//! - `ANTHROPIC_API_KEY` in the environment is enough to run unattended and
//!   travels as `x-api-key`; `ANTHROPIC_AUTH_TOKEN` and
//!   `CLAUDE_CODE_OAUTH_TOKEN` travel as `authorization: Bearer`, the latter
//!   with `anthropic-beta: oauth-2025-04-20`. With none of them it says "Not
//!   logged in" and asks for nothing.
//! - It honours `HTTPS_PROXY` with `CONNECT`, trusts `NODE_EXTRA_CA_CERTS` or
//!   `SSL_CERT_FILE`, and speaks HTTP/1.1 when no other protocol is offered.
//! - The one request that matters is `POST /v1/messages?beta=true`, some 48 kB
//!   of JSON, not compressed, answered by a stream of events.
//! - Before and beside it, on the same host: `GET /api/claude_code/settings`
//!   and `GET /api/claude_code/policy_limits`; and, without
//!   `CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC=1`, also
//!   `GET /api/claude_cli/bootstrap`, `GET /api/claude_code_penguin_mode`,
//!   `GET /api/directory/server-urls`,
//!   `GET /api/claude_code/organizations/metrics_enabled`,
//!   `GET /mcp-registry/v0/servers` (2.1.197), `POST /api/eval/...` and
//!   `POST /api/event_logging/v2/batch`. None of them has to succeed: with a
//!   404 or a 403 for each, the prompt is answered all the same.
//! - With `ANTHROPIC_BASE_URL` set to another host it asks that host
//!   `HEAD /api/hello` first, and none of the others.
//! - `--output-format stream-json --include-partial-messages --verbose` prints
//!   each text delta as it comes, so token by token can be seen from outside.
//! - A home that cannot be written does not stop it.

use serde_json::{Value, json};

use super::{Script, event, json_body, model_of, wants_stream};
use crate::upstream::{Call, Handler, Reply};

/// A fake Anthropic API.
pub fn anthropic(script: Script) -> Handler {
    Handler::new(move |call| {
        let script = script.clone();
        async move { answer(call, &script).await }
    })
}

async fn answer(mut call: Call, script: &Script) -> Reply {
    let request = json_body(&mut call).await;
    let shown = call.header("x-api-key").or_else(|| bearer(&call));
    if call.path().starts_with("/v1/") && !script.admits(shown) {
        return refusal(401, "authentication_error", "invalid x-api-key");
    }
    match (call.method(), call.path()) {
        ("HEAD" | "GET", "/" | "/api/hello") => Reply::new(200, ""),
        ("POST", "/v1/messages") if wants_stream(&request) => streamed(&call, script, &request),
        ("POST", "/v1/messages") => Reply::json(200, &message(script, &request)),
        ("POST", "/v1/messages/count_tokens") => Reply::json(200, &json!({ "input_tokens": 12 })),
        ("GET", "/v1/models") => Reply::json(200, &models()),
        _ => refusal(404, "not_found_error", "Not found"),
    }
}

fn bearer(call: &Call) -> Option<&str> {
    call.header("authorization")?.strip_prefix("Bearer ")
}

fn streamed(call: &Call, script: &Script, request: &Value) -> Reply {
    let before = [
        json!({ "type": "message_start", "message": beginning(request) }),
        json!({
            "type": "content_block_start",
            "index": 0,
            "content_block": { "type": "text", "text": "" },
        }),
        json!({ "type": "ping" }),
    ];
    let word = |text: &str| {
        event(&json!({
            "type": "content_block_delta",
            "index": 0,
            "delta": { "type": "text_delta", "text": text },
        }))
    };
    let after = [
        json!({ "type": "content_block_stop", "index": 0 }),
        json!({
            "type": "message_delta",
            "delta": { "stop_reason": "end_turn", "stop_sequence": null },
            "usage": { "output_tokens": script.words.len() },
        }),
        json!({ "type": "message_stop" }),
    ];
    script.stream(
        call,
        before.iter().map(event).collect(),
        word,
        after.iter().map(event).collect(),
    )
}

fn message(script: &Script, request: &Value) -> Value {
    let mut message = beginning(request);
    if let Some(message) = message.as_object_mut() {
        let content = json!([{ "type": "text", "text": script.text() }]);
        message.insert("content".to_owned(), content);
        message.insert("stop_reason".to_owned(), "end_turn".into());
    }
    message
}

fn beginning(request: &Value) -> Value {
    json!({
        "id": "msg_01LoopbackLoopbackLoopback",
        "type": "message",
        "role": "assistant",
        "model": model_of(request),
        "content": [],
        "stop_reason": null,
        "stop_sequence": null,
        "usage": {
            "input_tokens": 12,
            "cache_creation_input_tokens": 0,
            "cache_read_input_tokens": 0,
            "output_tokens": 1,
        },
    })
}

fn models() -> Value {
    json!({
        "data": [{
            "type": "model",
            "id": "loopback",
            "display_name": "Loopback",
            "created_at": "2025-01-01T00:00:00Z",
        }],
        "has_more": false,
        "first_id": "loopback",
        "last_id": "loopback",
    })
}

fn refusal(status: u16, kind: &str, message: &str) -> Reply {
    let error = json!({ "type": kind, "message": message });
    Reply::json(status, &json!({ "type": "error", "error": error }))
}
