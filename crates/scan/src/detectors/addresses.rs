//! Data in addresses, and instructions in answers. What they find has no
//! shape of its own: see `address` and `response`.

use super::{Detector, Severity, TOKEN};
use crate::address;
use crate::response::KINDS;

/// What is read in addresses alone.
pub(super) const TABLE: &[Detector] = &[
    Detector {
        id: address::HOST,
        title: "Data spelled out in the labels of a host",
        severity: Severity::High,
        source: "labels that decode to text, long random ones, slices of one length, many labels",
        ..TOKEN
    },
    Detector {
        id: address::URL,
        title: "Encoded data in a path or query",
        severity: Severity::High,
        source: "runs that decode to text, or are random and longer than ids, cursors and signatures",
        ..TOKEN
    },
];

/// What is looked for in answers, by [`crate::Scanner::instructions`]: id and title.
pub fn instructions() -> impl Iterator<Item = (&'static str, &'static str)> {
    KINDS.iter().map(|kind| (kind.id, kind.title))
}
