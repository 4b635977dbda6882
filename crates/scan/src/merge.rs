//! One value, one finding: the same value seen in several views is told once.

use std::collections::HashMap;

use crate::finding::Finding;

/// The findings in the order of the input, without repetitions.
pub(crate) fn merge(mut findings: Vec<Finding>) -> Vec<Finding> {
    // The plainest view of a value stands for the others, and the narrowest place: a
    // wider one is where it was put together from.
    findings.sort_by_key(|f| {
        (
            f.decoding.len(),
            f.end - f.start,
            f.start,
            f.detector.clone(),
            f.decoding.clone(),
        )
    });
    let mut told: HashMap<(String, String), Vec<(usize, usize)>> = HashMap::new();
    findings.retain(|f| {
        let places = told
            .entry((f.detector.to_string(), f.fingerprint.clone()))
            .or_default();
        let again = places
            .iter()
            .any(|(start, end)| f.start < *end && *start < f.end);
        if !again {
            places.push((f.start, f.end));
        }
        !again
    });
    findings.sort_by_key(|f| (f.start, f.end, f.detector.clone()));
    findings
}
