//! Rows for people: one a decision, with its exchange's end beside it.
//!
//! Everything that came from outside is shown in printable ASCII, so no path
//! can move the cursor, colour itself green or end a line. Prints nothing.

use std::fmt::Write as _;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::event::{Event, Verdict};
use crate::line::Record;

/// Whether rows are coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Verdicts in colour, by ANSI escapes.
    Colour,
    /// Text only.
    Plain,
}

/// The clock by which times are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zone {
    /// The machine's own.
    Local,
    /// UTC.
    Utc,
}

/// How rows are laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    /// The terminal's columns. Longer rows are cut in the path, then in the note.
    pub width: usize,
    /// Colours.
    pub style: Style,
    /// The clock.
    pub zone: Zone,
}

/// One decision, with the end of its exchange where that is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The decision; or a lone end whose decision was not among the records.
    pub decision: Record,
    /// The end of the exchange it allowed.
    pub done: Option<Record>,
}

/// The rows of a log: each end joins its decision.
pub fn rows(records: impl IntoIterator<Item = Record>) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for record in records {
        let Verdict::Done { of } = record.event.verdict else {
            rows.push(Row::from(record));
            continue;
        };
        // Rows are in the order of their sequence numbers.
        let place = rows.binary_search_by_key(&of, |row| row.decision.seq);
        match place.ok().and_then(|at| rows.get_mut(at)) {
            Some(row) => row.done = Some(record),
            None => rows.push(Row::from(record)),
        }
    }
    rows
}

const TIME: usize = 8;
const VERDICT: usize = 5;
const RULE: usize = 20;
const METHOD: usize = 7;
const STATUS: usize = 3;
const MS: usize = 6;
const MIN_TARGET: usize = 24;
const NOTE: usize = 32;
const FIXED: usize = TIME + VERDICT + RULE + METHOD + STATUS + MS + 7;

impl Layout {
    /// The line above the rows.
    pub fn head(&self) -> String {
        let target = pad("TARGET", self.target());
        let line = format!(
            "{:TIME$} {:VERDICT$} {:RULE$} {:METHOD$} {target} {:>STATUS$} {:>MS$} NOTE",
            "TIME", "WHAT", "RULE", "METHOD", "ST", "MS"
        );
        line.trim_end().to_owned()
    }

    /// One row, without a newline.
    pub fn line(&self, row: &Row) -> String {
        let event = &row.decision.event;
        let (method, target) = asked(event);
        let end = row.done.as_ref().map_or(event, |done| &done.event);
        let status = end
            .response
            .and_then(|r| r.status)
            .map_or_else(dash, |s| s.to_string());
        let ms = end.ms.map_or_else(dash, |ms| ms.to_string());
        let line = format!(
            "{:TIME$} {} {} {} {} {status:>STATUS$} {ms:>MS$} {}",
            self.time(row.decision.ts),
            self.verdict(event.verdict),
            pad(event.rule.as_deref().unwrap_or("-"), RULE),
            pad(&method, METHOD),
            pad(&target, self.target()),
            cut(&note(row), NOTE),
        );
        line.trim_end().to_owned()
    }

    fn target(&self) -> usize {
        self.width.saturating_sub(FIXED + NOTE).max(MIN_TARGET)
    }

    fn time(&self, ts: Timestamp) -> String {
        let zone = match self.zone {
            Zone::Local => TimeZone::system(),
            Zone::Utc => TimeZone::UTC,
        };
        ts.to_zoned_datetime(zone).strftime("%H:%M:%S").to_string()
    }

    fn verdict(&self, verdict: Verdict) -> String {
        let word = format!("{:VERDICT$}", verdict.as_str());
        let colour = match (self.style, verdict) {
            (Style::Plain, _) => return word,
            (Style::Colour, Verdict::Allow | Verdict::Done { .. }) => 32,
            (Style::Colour, Verdict::Deny) => 31,
            (Style::Colour, Verdict::Fault) => 35,
            (Style::Colour, Verdict::Warn) => 33,
        };
        format!("\x1b[{colour}m{word}\x1b[0m")
    }
}

impl From<Record> for Row {
    fn from(decision: Record) -> Self {
        Self {
            decision,
            done: None,
        }
    }
}

fn dash() -> String {
    "-".to_owned()
}

/// The method, and where it was to go.
fn asked(event: &Event) -> (String, String) {
    let dest = &event.dest;
    let mut target = match (&dest.host, dest.ip) {
        (Some(host), _) => printable(host),
        (None, Some(ip)) => ip.to_string(),
        (None, None) => dash(),
    };
    if let Some(port) = dest.port {
        // Writing to a String does not fail.
        let _ = write!(target, ":{port}");
    }
    match &event.request {
        Some(request) => (
            printable(&request.method),
            target + &printable(&request.path),
        ),
        None => (event.door.to_string(), target),
    }
}

/// What the detectors saw, or who asked.
fn note(row: &Row) -> String {
    let findings = row.decision.event.findings.iter();
    let ends = row.done.iter().flat_map(|done| &done.event.findings);
    let seen: Vec<String> = findings
        .chain(ends)
        .map(|f| printable(&format!("{} in {}", f.detector, f.place)))
        .collect();
    if !seen.is_empty() {
        return seen.join(", ");
    }
    let faulty = row
        .done
        .as_ref()
        .and_then(|done| done.event.rule.as_deref());
    let exe = row.decision.event.who.exe.as_deref();
    let program = exe.map(|exe| exe.rsplit('/').next().unwrap_or(exe));
    printable(faulty.or(program).unwrap_or_default())
}

/// The text with everything but printable ASCII written as an escape: nothing
/// in it moves, hides or reorders what else a terminal shows.
pub fn printable(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c == ' ' || c.is_ascii_graphic() {
            out.push(c);
        } else {
            out.extend(c.escape_unicode());
        }
    }
    out
}

/// Exactly `width` columns. The text is ASCII, so a character is a column.
fn pad(text: &str, width: usize) -> String {
    format!("{:width$}", cut(&printable(text), width))
}

fn cut(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    let kept: String = text.chars().take(width.saturating_sub(2)).collect();
    kept + ".."
}
