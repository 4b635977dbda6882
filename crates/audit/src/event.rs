//! What a line says, before it has a place in the log.

use std::net::IpAddr;

use bottle_policy::{Door, Evidence, Who};
use serde::{Deserialize, Serialize};

/// One decision, or the end of an exchange that a decision allowed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Who asked.
    pub who: Who,
    /// The door it came through.
    pub door: Door,
    /// Where it was to go.
    pub dest: Dest,
    /// What it asked for, once that was read.
    pub request: Option<Request>,
    /// What came of it.
    pub verdict: Verdict,
    /// The rule that refused, or the name of the fault.
    pub rule: Option<String>,
    /// What the detectors saw.
    pub findings: Vec<Finding>,
    /// What was answered. Known with a refusal and at an exchange's end.
    pub response: Option<Response>,
    /// How long it took.
    pub ms: Option<u64>,
}

/// What came of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// It was let through.
    Allow,
    /// It was refused.
    Deny,
    /// The exchange that the decision `of` allowed has ended.
    Done {
        /// The decision's sequence number.
        of: u64,
    },
    /// It failed, through us or through the upstream.
    Fault,
    /// It was let through, with findings.
    Warn,
}

/// Where a request was to go.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dest {
    /// The host as the client named it.
    pub host: Option<String>,
    /// The port.
    pub port: Option<u16>,
    /// The address that was dialled, or asked for.
    pub ip: Option<IpAddr>,
}

/// What was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// The method.
    pub method: String,
    /// The path and query, already masked.
    pub path: String,
    /// The body's size, where the decision knew it.
    pub bytes: Option<u64>,
}

/// What a detector saw: where, and never the value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Finding {
    /// The detector.
    pub detector: String,
    /// Where it was seen.
    #[serde(rename = "where")]
    pub place: String,
    /// The value's keyed fingerprint.
    pub fingerprint: String,
    /// Why it passed: `redacted`, or `suppressed: ` and the reason.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// What was answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Response {
    /// The status; none where the exchange ended without one.
    pub status: Option<u16>,
    /// The body's bytes that were sent to the agent.
    pub bytes: u64,
}

impl Verdict {
    /// The verdict's word in the log.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::Deny => "deny",
            Self::Done { .. } => "done",
            Self::Fault => "fault",
            Self::Warn => "warn",
        }
    }
}

impl Event {
    /// An event of which only the outline is known.
    pub fn new(door: Door, verdict: Verdict, dest: Dest) -> Self {
        Self {
            who: Who::default(),
            door,
            dest,
            request: None,
            verdict,
            rule: None,
            findings: Vec::new(),
            response: None,
            ms: None,
        }
    }
}

impl From<&Evidence> for Finding {
    fn from(evidence: &Evidence) -> Self {
        Self {
            detector: evidence.detector.to_string(),
            place: evidence.place.clone(),
            fingerprint: evidence.fingerprint.clone(),
            note: evidence.note.clone(),
        }
    }
}
