//! What the scanner promises, through its public face.

mod attacks;
mod benign;
mod beside;
mod blind;
mod clients;
mod content;
mod corpora;
mod deep;
mod docs;
mod encodings;
mod escapes;
mod followed;
mod injections;
mod interrupted;
mod known;
mod limits;
mod mask;
mod memory;
mod named;
mod numbered;
mod packed;
mod reference;
mod respelled;
mod response;
pub(crate) mod sample;
mod signed;
mod spelled;
mod stream;
mod table;
mod through;
mod views;

use std::fmt::Write as _;
use std::sync::LazyLock;

use bottle_policy::{Action, InspectTerms, Secret};

use crate::{Exhausted, Finding, Input, Kind, Known, Place, Scanner};

pub(crate) fn scanner(known: &[(&str, Kind)]) -> Scanner {
    let known = known.iter().enumerate().map(|(n, (value, kind))| Known {
        label: format!("env:SECRET_{n}"),
        value: Secret::new(*value),
        kind: *kind,
    });
    Scanner::new(known.collect(), [7; 32]).unwrap()
}

pub(crate) fn terms() -> InspectTerms {
    InspectTerms::default()
}

pub(crate) fn scan(scanner: &Scanner, bytes: &[u8]) -> Result<Vec<Finding>, Exhausted> {
    scanner.scan(Input::new(&Place::Body, bytes), &terms())
}

pub(crate) fn found(bytes: &[u8]) -> Vec<Finding> {
    static PLAIN: LazyLock<Scanner> = LazyLock::new(|| scanner(&[]));
    scan(&PLAIN, bytes).unwrap()
}

pub(crate) fn ids(findings: &[Finding]) -> Vec<&str> {
    findings.iter().map(|f| f.detector.as_str()).collect()
}

pub(crate) fn stops(findings: &[Finding]) -> Vec<&str> {
    findings
        .iter()
        .filter(|f| f.action != Action::Warn)
        .map(|f| f.detector.as_str())
        .collect()
}

/// A token that the table knows. Nothing was ever protected by it.
pub(crate) fn token() -> String {
    ["ghp", "_", "d9KfW2mYxQ6tBv3ZsG8hNj5RpL1cTa7Eq7Zb"].concat()
}

/// JSON as Python writes it: with escapes for all that is not ASCII.
fn ascii(json: &str) -> String {
    json.chars().fold(String::new(), |mut out, c| {
        if c.is_ascii() {
            out.push(c);
        } else {
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(out, "\\u{unit:04x}").unwrap();
            }
        }
        out
    })
}
