//! The one place that turns a refusal into a status and a body.

use bottle_audit::EventId;
use bottle_policy::{Denial, Evidence, Rule};
use http::{HeaderValue, Response, StatusCode, header};
use serde::Serialize;

use crate::body::{self, Body};
use crate::context::Connection;
use crate::record::Seen;
use crate::refusal::Fault;

/// The one form of every refusal. Members come in the order in which a person
/// reads them; what is absent is `null`.
#[derive(Serialize)]
struct Told<'a> {
    error: &'a str,
    rule: Option<&'a str>,
    message: &'a str,
    host: String,
    method: Option<&'a str>,
    path: Option<&'a str>,
    findings: Vec<ToldFinding<'a>>,
    event: Option<String>,
    guidance: &'a str,
}

#[derive(Serialize)]
struct ToldFinding<'a> {
    detector: &'a str,
    title: &'a str,
    #[serde(rename = "where")]
    place: &'a str,
    fingerprint: &'a str,
}

/// The answer to what was denied. `event` is its place in the audit log.
pub(crate) fn denied(
    connection: &Connection,
    seen: Option<&Seen>,
    denial: &Denial,
    event: &EventId,
) -> Response<Body> {
    let event = event.to_string();
    let mut response = answer(
        status(denial.rule),
        &Told {
            error: "egress_denied",
            rule: Some(denial.rule.as_str()),
            message: &denial.message,
            host: connection.target.to_string(),
            method: seen.map(|s| s.method.as_str()),
            path: seen.map(|s| s.path.as_str()),
            findings: denial.findings.iter().map(Into::into).collect(),
            event: Some(event.clone()),
            guidance: &denial.guidance,
        },
    );
    let headers = response.headers_mut();
    headers.insert("x-bottle-verdict", HeaderValue::from_static("deny"));
    headers.insert(
        "x-bottle-rule",
        HeaderValue::from_static(denial.rule.as_str()),
    );
    if let Ok(event) = HeaderValue::from_str(&event) {
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
    let mut response = answer(
        fault.status,
        &Told {
            error: fault.kind,
            rule: None,
            message: &fault.message,
            host: connection.target.to_string(),
            method: seen.map(|s| s.method.as_str()),
            path: seen.map(|s| s.path.as_str()),
            findings: Vec::new(),
            event: event.map(ToString::to_string),
            guidance: fault.guidance,
        },
    );
    response
        .headers_mut()
        .insert("x-bottle-verdict", HeaderValue::from_static("fault"));
    response
}

impl<'a> From<&'a Evidence> for ToldFinding<'a> {
    fn from(evidence: &'a Evidence) -> Self {
        Self {
            detector: evidence.detector.as_str(),
            title: &evidence.title,
            place: &evidence.place,
            fingerprint: &evidence.fingerprint,
        }
    }
}

fn answer(status: StatusCode, told: &Told<'_>) -> Response<Body> {
    // Texts and numbers always have a JSON form.
    let mut body = serde_json::to_string_pretty(told).unwrap_or_default();
    body.push('\n');
    let mut response = Response::new(body::full(body));
    *response.status_mut() = status;
    response.headers_mut().insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/json"),
    );
    response
}
