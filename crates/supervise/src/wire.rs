//! What goes over the inbox's socket: one JSON object a line, a call and its
//! reply. Strict both ways, since both ends are this program.

use bottle_policy::{Evidence, Held};
use serde::{Deserialize, Serialize};

/// A request that waits, as a person sees it. Holds no value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Its name while it is open: four hex digits.
    pub id: String,
    /// The bottle.
    pub bottle: String,
    /// Where the request is to go.
    pub host: String,
    /// The port.
    pub port: u16,
    /// The method.
    pub method: String,
    /// The path, without the query.
    pub path: String,
    /// The program that asked, as far as it is known.
    pub exe: Option<String>,
    /// What was seen in it.
    pub findings: Vec<Seen>,
    /// For how many seconds it will still be held.
    pub seconds_left: u64,
}

/// What a detector saw in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seen {
    /// The detector.
    pub detector: String,
    /// What it looks for, in words.
    pub title: String,
    /// Where it was seen.
    #[serde(rename = "where")]
    pub place: String,
    /// The value's keyed fingerprint.
    pub fingerprint: String,
}

/// A person's word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Word {
    /// It may leave.
    Allow,
    /// It must not.
    Deny,
}

/// How far a word goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// For this request.
    Once,
    /// For these values at this host, until the run ends.
    Run,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "call", rename_all = "lowercase", deny_unknown_fields)]
pub(crate) enum Call {
    List,
    Answer {
        id: String,
        word: Word,
        scope: Scope,
    },
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "reply", rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum Reply {
    Open { questions: Vec<Question> },
    Done,
    NotOpen,
}

impl Question {
    pub(crate) fn new(id: String, bottle: &str, held: &Held, seconds_left: u64) -> Self {
        Self {
            id,
            bottle: bottle.to_owned(),
            host: held.host.clone(),
            port: held.port,
            method: held.method.clone(),
            path: held.path.clone(),
            exe: held.who.exe.clone(),
            findings: held.findings.iter().map(Into::into).collect(),
            seconds_left,
        }
    }
}

impl From<&Evidence> for Seen {
    fn from(evidence: &Evidence) -> Self {
        Self {
            detector: evidence.detector.to_string(),
            title: evidence.title.clone(),
            place: evidence.place.clone(),
            fingerprint: evidence.fingerprint.clone(),
        }
    }
}
