//! The `OpenAI` Responses API, as far as a prompt needs it.
//!
//! What the real client does, tried on 2026-11-23 with Codex 0.169.0,
//! `codex exec --skip-git-repo-check "hi"` with standard input closed:
//!
//! - The npm package brings a static native program for each platform.
//! - `exec` takes its key from `CODEX_API_KEY` and sends it as
//!   `authorization: Bearer`. `OPENAI_API_KEY` alone is not used: the request
//!   goes out without any credential. A provider of one's own in
//!   `config.toml` may name it (`env_key = "OPENAI_API_KEY"`).
//! - `OPENAI_BASE_URL` is not read; `openai_base_url` in `config.toml`, or
//!   `-c openai_base_url=URL`, is.
//! - It honours `HTTPS_PROXY` with `CONNECT` and trusts `SSL_CERT_FILE` or
//!   `CODEX_CA_CERTIFICATE`.
//! - It first tries a WebSocket, `GET /v1/responses` with `upgrade`. A 426
//!   makes it fall back to HTTP at once, as this fake does; a 403 or a 404
//!   too, after seven attempts and some seven seconds. A provider of one's
//!   own does not try it.
//! - Then `POST /v1/responses`, some 68 kB of JSON, not compressed with an API
//!   key, answered by a stream of events.
//! - Beside it: `GET chatgpt.com/backend-api/codex/models` (with
//!   `CODEX_API_KEY`; off with `--disable api_key_model_discovery`), a git
//!   fetch from `github.com` with `GET api.github.com/repos/openai/plugins` and
//!   `GET chatgpt.com/backend-api/plugins/export/curated` where that fails
//!   (`--disable plugins`), and `POST ab.chatgpt.com/otlp/v1/metrics`
//!   (`-c analytics.enabled=false`). None of them has to succeed, but the first
//!   is tried twenty times, for ten seconds, when the proxy refuses the
//!   `CONNECT`, and four times when a 403 comes inside TLS.
//! - It does not start when `CODEX_HOME` (`~/.codex`) cannot be written.

use serde_json::{Value, json};

use super::{Script, event, json_body, model_of, wants_stream};
use crate::upstream::{Call, Handler, Reply};

const RESPONSE: &str = "resp_loopback";
const ITEM: &str = "msg_loopback";

/// A fake `OpenAI` API.
pub fn openai(script: Script) -> Handler {
    Handler::new(move |call| {
        let script = script.clone();
        async move { answer(call, &script).await }
    })
}

async fn answer(mut call: Call, script: &Script) -> Reply {
    let request = json_body(&mut call).await;
    let shown = call
        .header("authorization")
        .and_then(|value| value.strip_prefix("Bearer "));
    if !script.admits(shown) {
        return refusal(401, "invalid_api_key", "Incorrect API key provided.");
    }
    if call.header("upgrade").is_some() {
        return refusal(426, "upgrade_required", "This API speaks no WebSocket.");
    }
    match (call.method(), call.path()) {
        ("POST", "/v1/responses") if wants_stream(&request) => streamed(&call, script, &request),
        ("POST", "/v1/responses") => Reply::json(200, &completed(script, &request)),
        ("GET", "/v1/models") => Reply::json(200, &models()),
        _ => refusal(404, "not_found", "Unknown request URL."),
    }
}

fn streamed(call: &Call, script: &Script, request: &Value) -> Reply {
    let part = json!({ "type": "output_text", "annotations": [], "text": "" });
    let before = [
        json!({ "type": "response.created", "response": response(request, "in_progress") }),
        json!({ "type": "response.in_progress", "response": response(request, "in_progress") }),
        json!({
            "type": "response.output_item.added",
            "output_index": 0,
            "item": item("in_progress", &json!([])),
        }),
        json!({
            "type": "response.content_part.added",
            "item_id": ITEM,
            "output_index": 0,
            "content_index": 0,
            "part": part,
        }),
    ];
    let word = |text: &str| {
        event(&json!({
            "type": "response.output_text.delta",
            "item_id": ITEM,
            "output_index": 0,
            "content_index": 0,
            "delta": text,
        }))
    };
    script.stream(
        call,
        before.iter().map(event).collect(),
        word,
        ending(script, request).iter().map(event).collect(),
    )
}

fn ending(script: &Script, request: &Value) -> [Value; 4] {
    [
        json!({
            "type": "response.output_text.done",
            "item_id": ITEM,
            "output_index": 0,
            "content_index": 0,
            "text": script.text(),
        }),
        json!({
            "type": "response.content_part.done",
            "item_id": ITEM,
            "output_index": 0,
            "content_index": 0,
            "part": part(script),
        }),
        json!({
            "type": "response.output_item.done",
            "output_index": 0,
            "item": item("completed", &json!([part(script)])),
        }),
        json!({ "type": "response.completed", "response": completed(script, request) }),
    ]
}

fn completed(script: &Script, request: &Value) -> Value {
    let mut response = response(request, "completed");
    if let Some(response) = response.as_object_mut() {
        let words = script.words.len();
        let output = json!([item("completed", &json!([part(script)]))]);
        let usage = json!({
            "input_tokens": 12,
            "input_tokens_details": { "cached_tokens": 0 },
            "output_tokens": words,
            "output_tokens_details": { "reasoning_tokens": 0 },
            "total_tokens": 12 + words,
        });
        response.insert("output".to_owned(), output);
        response.insert("usage".to_owned(), usage);
    }
    response
}

fn response(request: &Value, status: &str) -> Value {
    json!({
        "id": RESPONSE,
        "object": "response",
        "created_at": 1_735_689_600,
        "status": status,
        "model": model_of(request),
        "output": [],
        "error": null,
        "incomplete_details": null,
        "usage": null,
    })
}

fn item(status: &str, content: &Value) -> Value {
    json!({
        "id": ITEM,
        "type": "message",
        "role": "assistant",
        "status": status,
        "content": content,
    })
}

fn part(script: &Script) -> Value {
    json!({ "type": "output_text", "annotations": [], "text": script.text() })
}

fn models() -> Value {
    json!({
        "object": "list",
        "data": [{
            "id": "loopback",
            "object": "model",
            "created": 1_735_689_600,
            "owned_by": "loopback",
        }],
    })
}

fn refusal(status: u16, code: &str, message: &str) -> Reply {
    let error = json!({
        "message": message,
        "type": "invalid_request_error",
        "param": null,
        "code": code,
    });
    Reply::json(status, &json!({ "error": error }))
}
