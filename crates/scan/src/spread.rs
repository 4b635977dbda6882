//! Values that leave in parts: half in a header and half in the body, or half
//! today and half tomorrow.
//!
//! A scan tells which parts of the operator's values it saw; a [`Spread`]
//! keeps, for one run, which characters of each value have left so far. Its
//! size is that of the values, whatever is sent.

use std::ops::Range;

use bottle_policy::{Action, InspectTerms};

use crate::finding::{Finding, Place, View};
use crate::known::KnownId;
use crate::respelled::LEAST_PART;
use crate::scanner::Scanner;

/// A part of a known value, seen in an input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Whose part it is.
    pub known: KnownId,
    /// Where.
    pub place: Place,
    /// The first byte of it, or of the encoded run that holds it, in the input.
    pub start: usize,
    /// The byte after it.
    pub end: usize,
    /// The decodings that lead to it, outermost first.
    pub decoding: Vec<View>,
    /// Which of the value's letters and digits it shows.
    pub(crate) shows: Range<usize>,
}

/// What has left of each value in one run.
#[derive(Debug, Default)]
pub struct Spread {
    /// For each value, which of its letters and digits were shown.
    shown: Vec<Vec<bool>>,
}

/// Whether a value is out, of whose letters and digits these were shown. What is
/// missing in rows shorter than any part that is noticed may have left as well: so it
/// is, if three quarters were shown, or half in more rows than one.
fn is_out(letters: &[bool]) -> bool {
    let rows = letters.chunk_by(|a, b| a == b);
    let shown = |row: &&[bool]| row.first() == Some(&true);
    let unnoticed = |row: &[bool]| row.len() < LEAST_PART;
    let all = letters.iter().filter(|shown| **shown).count();
    let parts = rows.clone().filter(shown).count();
    let enough = all * 4 >= letters.len() * 3 || (parts > 1 && all * 2 >= letters.len());
    enough && rows.filter(|row| !shown(row)).all(unnoticed)
}

impl Spread {
    /// Takes note of what a request shows, and gives a finding for each value
    /// that is complete with it. A request that is to be stopped shows nothing.
    pub fn admit(
        &mut self,
        scanner: &Scanner,
        parts: &[Part],
        terms: &InspectTerms,
    ) -> Vec<Finding> {
        let mut findings: Vec<Finding> = Vec::new();
        let mut shown = Vec::new();
        for part in parts {
            if shown.iter().any(|(id, _)| *id == part.known) {
                continue;
            }
            let own: Vec<&Part> = parts.iter().filter(|p| p.known == part.known).collect();
            let Some(letters) = self.with(scanner, &own) else {
                continue;
            };
            if is_out(&letters)
                && let Some(longest) = own.iter().max_by_key(|part| part.shows.len())
                && let Some(finding) = scanner.in_parts(longest, terms)
            {
                findings.push(finding);
            }
            shown.push((part.known, letters));
        }
        if findings.iter().all(|f| f.action == Action::Warn) {
            for (KnownId(index), letters) in shown {
                if let Some(to) = self.shown.get_mut(index) {
                    *to = letters;
                }
            }
        }
        findings
    }

    /// What is shown of a value with these parts too.
    fn with(&mut self, scanner: &Scanner, parts: &[&Part]) -> Option<Vec<bool>> {
        let KnownId(index) = parts.first()?.known;
        let len = scanner.folded_len(KnownId(index))?;
        if self.shown.len() <= index {
            self.shown.resize(index + 1, Vec::new());
        }
        let mut letters = self.shown.get(index)?.clone();
        letters.resize(len, false);
        for part in parts {
            letters
                .get_mut(part.shows.clone())
                .unwrap_or_default()
                .fill(true);
        }
        Some(letters)
    }
}
