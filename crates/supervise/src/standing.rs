//! What a person has said once about a value at a host, kept for the run: a
//! conversation carries its history in each request again.

use std::collections::HashMap;

use bottle_policy::{Answer, Evidence, Held};

use crate::wire::Word;

/// So many words are kept; a run that needs more is asked again.
const MOST: usize = 4096;

#[derive(Debug, Default)]
pub(crate) struct Standing(HashMap<About, Word>);

/// A value, told by its fingerprint, at one host and port.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct About {
    host: String,
    port: u16,
    detector: String,
    fingerprint: String,
}

impl Standing {
    /// Keeps a word about everything that was seen in a request.
    pub(crate) fn keep(&mut self, held: &Held, word: Word) {
        for evidence in &held.findings {
            let about = About::new(held, evidence);
            if self.0.len() < MOST || self.0.contains_key(&about) {
                self.0.insert(about, word);
            }
        }
    }

    /// The answer, where it is known: one value that must not leave is enough
    /// for a no, and a yes needs them all.
    pub(crate) fn answer(&self, held: &Held) -> Option<Answer> {
        let words = held
            .findings
            .iter()
            .map(|evidence| self.0.get(&About::new(held, evidence)));
        let words: Vec<Option<&Word>> = words.collect();
        if words.contains(&Some(&Word::Deny)) {
            return Some(Answer::Refused);
        }
        let all = !words.is_empty() && words.iter().all(Option::is_some);
        all.then_some(Answer::Allowed)
    }
}

impl About {
    fn new(held: &Held, evidence: &Evidence) -> Self {
        Self {
            host: held.host.clone(),
            port: held.port,
            detector: evidence.detector.to_string(),
            fingerprint: evidence.fingerprint.clone(),
        }
    }
}
