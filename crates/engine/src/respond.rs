//! The one place that turns a refusal into a status and a body.

use bottle_audit::EventId;
use bottle_policy::{Denial, Rule};
use http::{HeaderValue, Response, StatusCode, header};
use serde_json::{Value, json};

use crate::body::{self, Body};
use crate::context::Connection;
use crate::record::Seen;
use crate::refusal::Fault;

/// The answer to what was denied. `event` is its place in the audit log.
pub(crate) fn denied(
    connection: &Connection,
    seen: Option<&Seen>,
    denial: &Denial,
    event: &EventId,
) -> Response<Body> {
    let findings: Vec<Value> = denial
        .findings
        .iter()
        .map(|f| json!({"detector": f.detector.as_str(), "title": f.title, "where": f.place, "fingerprint": f.fingerprint}))
        .collect();
    let body = json!({
        "error": "egress_denied",
        "rule": denial.rule.as_str(),
        "message": denial.message,
        "host": connection.target.to_string(),
        "method": seen.map(|s| s.method.as_str()),
        "path": seen.map(|s| s.path.as_str()),
        "findings": findings,
        "event": event.to_string(),
        "guidance": denial.guidance,
    });
    let mut response = answer(status(denial.rule), &body);
    let headers = response.headers_mut();
    headers.insert("x-bottle-verdict", HeaderValue::from_static("deny"));
    headers.insert(
        "x-bottle-rule",
        HeaderValue::from_static(denial.rule.as_str()),
    );
    if let Ok(event) = HeaderValue::from_str(&event.to_string()) {
        headers.insert("x-bottle-event", event);
    }
    response
}

/// A client that is told 403 tries its upgrade again and again; told 426 it
/// goes on without at once (RFC 9110, 15.5.22; Codex 0.169.0 does so).
pub(crate) fn status(rule: Rule) -> StatusCode {
    if rule == Rule::UpgradeRefused {
        StatusCode::UPGRADE_REQUIRED
    } else {
        StatusCode::FORBIDDEN
    }
}

/// The answer to what failed. There is no event where the log itself failed.
pub(crate) fn failed(
    connection: &Connection,
    seen: Option<&Seen>,
    fault: &Fault,
    event: Option<&EventId>,
) -> Response<Body> {
    let body = json!({
        "error": fault.kind,
        "rule": null,
        "message": fault.message,
        "host": connection.target.to_string(),
        "method": seen.map(|s| s.method.as_str()),
        "path": seen.map(|s| s.path.as_str()),
        "findings": [],
        "event": event.map(ToString::to_string),
        "guidance": fault.guidance,
    });
    let mut response = answer(fault.status, &body);
    response
        .headers_mut()
        .insert("x-bottle-verdict", HeaderValue::from_static("fault"));
    response
}

fn answer(status: StatusCode, body: &Value) -> Response<Body> {
    let mut response = Response::new(body::full(format!("{body:#}\n")));
    *response.status_mut() = status;
    response.headers_mut().insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/json"),
    );
    response
}
