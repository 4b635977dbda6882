//! A request that waits for a person's word, and that word. Who carries the
//! question to the person, and how, is not known here.

use crate::denial::Evidence;
use crate::intent::Who;

/// A request that is held, as it may be shown: no text in it holds a value
/// that a detector saw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// Who asked.
    pub who: Who,
    /// Where it is to go.
    pub host: String,
    /// The port.
    pub port: u16,
    /// The method.
    pub method: String,
    /// The path, without the query.
    pub path: String,
    /// What was seen, and is asked about.
    pub findings: Vec<Evidence>,
}

/// What became of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It may leave.
    Allowed,
    /// It must not leave.
    Refused,
    /// Nobody answered, or nobody can be asked.
    Nobody,
}

impl Answer {
    /// What the log says of a finding that was asked about.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Allowed => "allowed by a person",
            Self::Refused => "refused by a person",
            Self::Nobody => "nobody answered",
        }
    }
}
