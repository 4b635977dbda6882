//! Replaces what was found by a placeholder that says what stood there, so
//! that the rest of a request may leave.
//!
//! Only what stands as it is, or behind escapes that are undone one by one, can
//! be edited in place; what is encoded, packed or in parts cannot, and blocks.
//! What comes out is read again: nothing leaves that was not read as it leaves.

use std::ops::Range;

use bottle_policy::{Action, Evidence, InspectTerms};
use bottle_scan::{Finding, Input, Place, Scanner, View};
use serde::de::IgnoredAny;

/// Bytes in which something was replaced, and what it was.
pub(crate) struct Redacted {
    pub(crate) bytes: Vec<u8>,
    pub(crate) told: Vec<Evidence>,
}

/// Replaces every finding whose action is to redact, and takes it out of
/// `findings`. `None` where there is nothing to do or where it cannot be done;
/// then the findings stay, and block.
pub(crate) fn redact(
    scanner: &Scanner,
    terms: &InspectTerms,
    place: &Place,
    bytes: &[u8],
    findings: &mut Vec<Finding>,
) -> Option<Redacted> {
    let (redacted, others): (Vec<Finding>, Vec<Finding>) = findings
        .iter()
        .cloned()
        .partition(|f| f.action == Action::Redact);
    if redacted.is_empty() || !redacted.iter().all(|f| is_editable(f, place, bytes)) {
        return None;
    }
    let (edited, put) = replaced(bytes, &redacted, place);
    if is_json(bytes) && !is_json(&edited) {
        return None;
    }
    let again = scanner.scan(Input::new(place, &edited), terms).ok()?;
    let told_before = |f: &Finding| {
        others
            .iter()
            .any(|other| other.detector == f.detector && other.fingerprint == f.fingerprint)
    };
    let in_placeholder = |f: &Finding| put.iter().any(|p| p.start <= f.start && f.end <= p.end);
    let clean = again
        .iter()
        .all(|f| f.action == Action::Warn || in_placeholder(f) || told_before(f));
    if !clean {
        return None;
    }
    *findings = others;
    let note = |finding: &Finding| Evidence {
        note: Some("redacted".to_owned()),
        ..Evidence::from(finding)
    };
    Some(Redacted {
        bytes: edited,
        told: redacted.iter().map(note).collect(),
    })
}

fn is_editable(finding: &Finding, place: &Place, bytes: &[u8]) -> bool {
    let in_place = finding.decoding.iter().all(|view| {
        matches!(
            view,
            View::Json | View::Percent | View::Respelled | View::Reversed
        )
    });
    let may = match place {
        Place::Body | Place::Header(_) => true,
        // The path decided about the permit; it must not change behind it.
        Place::Url => bytes
            .iter()
            .position(|b| *b == b'?')
            .is_some_and(|query| query < finding.start),
        Place::DnsName | Place::Frame | Place::Host | Place::Method | Place::Response | _ => false,
    };
    in_place && may && bytes.get(finding.start..finding.end).is_some()
}

/// The bytes with a placeholder for each stretch of findings, and where the
/// placeholders are.
fn replaced(bytes: &[u8], findings: &[Finding], place: &Place) -> (Vec<u8>, Vec<Range<usize>>) {
    let mut stretches: Vec<(Range<usize>, &Finding)> = Vec::new();
    let mut sorted: Vec<&Finding> = findings.iter().collect();
    sorted.sort_by_key(|f| (f.start, f.end));
    for finding in sorted {
        match stretches.last_mut() {
            Some((range, _)) if finding.start < range.end => {
                range.end = range.end.max(finding.end);
            }
            Some(_) | None => stretches.push((finding.start..finding.end, finding)),
        }
    }
    let (mut out, mut put, mut at) = (Vec::with_capacity(bytes.len()), Vec::new(), 0);
    for (range, finding) in stretches {
        out.extend_from_slice(bytes.get(at..range.start).unwrap_or_default());
        let start = out.len();
        out.extend_from_slice(placeholder(finding, place).as_bytes());
        put.push(start..out.len());
        at = range.end;
    }
    out.extend_from_slice(bytes.get(at..).unwrap_or_default());
    (out, put)
}

/// No sign of it needs an escape where it stands.
fn placeholder(finding: &Finding, place: &Place) -> String {
    let escaped = *place == Place::Url || finding.decoding.contains(&View::Percent);
    if escaped {
        format!("%5Bredacted%3A{}%5D", finding.detector)
    } else {
        format!("[redacted:{}]", finding.detector)
    }
}

fn is_json(bytes: &[u8]) -> bool {
    serde_json::from_slice::<IgnoredAny>(bytes).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token() -> String {
        ["ghp", "_", "d9KfW2mYxQ6tBv3ZsG8hNj5RpL1cTa7Eq7Zb"].concat()
    }

    /// What comes out of a text, and how many findings are left to block it.
    fn out(place: &Place, text: &str) -> (Option<String>, usize) {
        let scanner = Scanner::new(Vec::new(), [5; 32]).unwrap();
        let terms = InspectTerms {
            on_match: Action::Redact,
            ..InspectTerms::default()
        };
        let input = Input::new(place, text.as_bytes());
        let mut findings = scanner.scan(input, &terms).unwrap();
        let redacted = redact(&scanner, &terms, place, text.as_bytes(), &mut findings);
        let text = redacted.map(|r| String::from_utf8(r.bytes).unwrap());
        (text, findings.len())
    }

    #[test]
    fn a_placeholder_says_what_stood_there() {
        let token = token();
        for (place, before, after) in [
            (
                Place::Body,
                format!("use {token} here"),
                "use [redacted:github_token] here",
            ),
            (
                Place::Body,
                format!("{{\"a\":\"{token}\",\"b\":[1]}}"),
                "{\"a\":\"[redacted:github_token]\",\"b\":[1]}",
            ),
            (
                Place::Body,
                format!("{token} {token}"),
                "[redacted:github_token] [redacted:github_token]",
            ),
            (
                Place::Body,
                format!("{{\"a\":\"x\\n{}\"}}", token.replace('p', "\\u0070")),
                "{\"a\":\"x\\n[redacted:github_token]\"}",
            ),
            (
                Place::Header("x-note".into()),
                token.clone(),
                "[redacted:github_token]",
            ),
            (
                Place::Url,
                format!("/x?t={token}&u=1"),
                "/x?t=%5Bredacted%3Agithub_token%5D&u=1",
            ),
        ] {
            assert_eq!(
                out(&place, &before),
                (Some(after.to_owned()), 0),
                "{before}"
            );
        }
    }

    #[test]
    fn what_cannot_be_edited_stays_and_blocks() {
        let token = token();
        let base64 = data_encoding::BASE64.encode(format!("x {token} y").as_bytes());
        for (place, text) in [
            (Place::Body, base64.clone()),
            (Place::Body, format!("{token} and {base64}")),
            (Place::Url, format!("/{token}/x?y=1")),
            (Place::Host, token),
            // In place of a bare number a placeholder would break the JSON.
            (Place::Body, "{\"card\": 4242424242424242}".to_owned()),
        ] {
            let (text_out, left) = out(&place, &text);
            assert!(text_out.is_none() && left > 0, "{text}: {text_out:?}");
        }
    }

    #[test]
    fn a_password_is_replaced_by_what_is_no_password() {
        let secret = ["kT9xQ2", "mVb7Lw4"].concat();
        let (text, left) = out(&Place::Body, &format!("password = \"{secret}\""));
        let text = text.unwrap_or_default();
        assert!(left == 0, "it blocks");
        assert!(text.starts_with("password = \"[redacted:"), "{text}");
    }
}
