//! On what terms a route's traffic is read: the detectors' actions.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

/// What happens when a detector matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Action {
    /// Hold the request until a person answers.
    Ask,
    /// Refuse the request.
    Block,
    /// The detector does not run.
    Off,
    /// Replace what matched and let the rest pass.
    Redact,
    /// Record the match and let the request pass.
    Warn,
}

/// The stable name of a detector, such as `aws_access_key_id`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DetectorId(String);

/// Why a text is no detector's name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a detector's name has lower-case letters, digits and `_`")]
pub struct DetectorIdError;

/// The inspection terms of one route.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InspectTerms {
    /// The action of every detector that `detectors` does not name.
    pub on_match: Action,
    /// Detectors with an action of their own.
    pub detectors: BTreeMap<DetectorId, Action>,
    /// The action for findings in responses; `None` where the manifest is silent.
    pub response: Option<Action>,
    /// Findings that pass although their action would stop them.
    pub suppressions: Vec<Suppression>,
}

/// A person's word that what a detector sees at a place is no leak.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suppression {
    /// The detector.
    pub detector: DetectorId,
    /// The place, as findings name it: `body`, `url`, `header x-note`.
    pub place: String,
    /// Why. It stands in the audit log beside each finding.
    pub reason: String,
}

impl Action {
    /// The manifest's word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ask => "ask",
            Self::Block => "block",
            Self::Off => "off",
            Self::Redact => "redact",
            Self::Warn => "warn",
        }
    }
}

impl DetectorId {
    /// The name's text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl InspectTerms {
    /// The action for what the detector `id` finds.
    pub fn action(&self, id: &DetectorId) -> Action {
        self.detectors.get(id).copied().unwrap_or(self.on_match)
    }

    /// Whether a person may be asked about a request.
    pub fn may_ask(&self) -> bool {
        self.on_match == Action::Ask || self.detectors.values().any(|own| *own == Action::Ask)
    }

    /// What lets a finding of the detector pass at a place.
    pub fn suppression(&self, id: &DetectorId, place: &str) -> Option<&Suppression> {
        let fits = |s: &&Suppression| s.detector == *id && s.place == place;
        self.suppressions.iter().find(fits)
    }
}

impl Default for InspectTerms {
    fn default() -> Self {
        Self {
            on_match: Action::Block,
            detectors: BTreeMap::new(),
            response: None,
            suppressions: Vec::new(),
        }
    }
}

impl FromStr for DetectorId {
    type Err = DetectorIdError;

    fn from_str(text: &str) -> Result<Self, DetectorIdError> {
        let word = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
        if text.is_empty() || !text.bytes().all(word) {
            return Err(DetectorIdError);
        }
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Display for DetectorId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
