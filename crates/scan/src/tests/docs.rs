//! The list of detectors in the documentation is the table's own.

use std::fmt::Write as _;
use std::path::Path;

use crate::detectors::{SERVICE, Severity, instructions, services, table};

/// Writes the page when `BLESS` is set, and compares it otherwise.
#[test]
fn the_list_of_detectors_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/detectors.md");
    let page = page();
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, &page).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == page,
        "docs/detectors.md is not the table's: BLESS=1 cargo test -p bottle-scan docs"
    );
}

fn page() -> String {
    let mut page = String::from(
        "# Detectors\n\n\
         What the scan looks for, in every decoded view of a request. Made from the table by a test;\n\
         `bottle detectors --json` prints the same with the beginnings of the tokens. A route sets any of\n\
         them by its id: `inspect: { detectors: { jwt: warn } }`.\n\n\
         | id | what | severity | source |\n|---|---|---|---|\n",
    );
    for detector in table() {
        let severity = match detector.severity {
            Severity::Low => "low",
            Severity::Medium => "medium",
            Severity::High => "high",
            Severity::Critical => "critical",
        };
        writeln!(
            page,
            "| `{}` | {} | {severity} | {} |",
            detector.id, detector.title, detector.source
        )
        .unwrap();
    }
    page.push_str(
        "\n## Answers\n\n\
         Looked for in what comes back, also hidden in markup, base64, escapes, look-alike letters and between\n\
         zero-width characters, in English, Arabic, Chinese, French, German, Italian, Japanese, Korean,\n\
         Portuguese, Russian and Spanish. A finding is recorded and the answer passes, unless the route says\n\
         otherwise: `inspect: { response: block }`, or by id under `detectors`.\n\n\
         | id | what |\n|---|---|\n",
    );
    for (id, title) in instructions() {
        writeln!(page, "| `{id}` | {title} |").unwrap();
    }
    let mut names: Vec<&str> = services().collect();
    names.sort_unstable();
    names.dedup();
    writeln!(
        page,
        "\n`operator_secret` and `placeholder` are the values that were given to the engine.\n\n\
         ## Services known by name\n\n\
         `{SERVICE}` takes a likely value for a credential where it is called the key, token or secret of one\n\
         of these:\n"
    )
    .unwrap();
    for line in names.chunks(12) {
        writeln!(page, "{}", line.join(" ")).unwrap();
    }
    page
}
