//! `bottle detectors`: what the scan looks for.

use std::process::ExitCode;

use bottle_backend::scan::{SERVICE, Severity, detectors as table, instructions, services};
use serde_json::json;

use crate::args;
use crate::failure::Failure;
use crate::term;

#[expect(clippy::unnecessary_wraps, reason = "every command has the same shape")]
pub(crate) fn detectors(args: &args::Detectors) -> Result<ExitCode, Failure> {
    term::out(&if args.json { as_json() } else { as_text() });
    Ok(ExitCode::SUCCESS)
}

fn as_text() -> String {
    let width = table().map(|d| d.id.len()).max().unwrap_or(0);
    let lines =
        table().map(|d| format!("{:width$}  {:8}  {}\n", d.id, severity(d.severity), d.title));
    let answers =
        instructions().map(|(id, title)| format!("{id:width$}  {:8}  {title}\n", "answers"));
    lines.chain(answers).collect()
}

/// One object a line.
fn as_json() -> String {
    let lines = table().map(|d| {
        let mut entry = json!({
            "id": d.id,
            "title": d.title,
            "severity": severity(d.severity),
            "keywords": d.keywords,
            "source": d.source,
        });
        if let Some(fields) = entry.as_object_mut().filter(|_| d.id == SERVICE) {
            fields.insert("services".to_owned(), services().collect());
        }
        format!("{entry}\n")
    });
    let answers = instructions().map(|(id, title)| {
        let entry = json!({ "id": id, "title": title, "direction": "response" });
        format!("{entry}\n")
    });
    lines.chain(answers).collect()
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Low => "low",
        Severity::Medium => "medium",
        Severity::High => "high",
        Severity::Critical => "critical",
    }
}
