//! `bottle inspect`: what the scan says of some bytes, without a network.

use std::fmt::Write as _;
use std::io::{BufRead, Read as _, Write as _};
use std::path::Path;
use std::process::ExitCode;

use bottle_backend::scan::{Exhausted, Finding, Input, Place, Scanner};
use bottle_policy::{Action, InspectTerms};
use data_encoding::BASE64;
use serde_json::{Value, json};

use crate::args;
use crate::failure::{DENIED, Failure, OURS};
use crate::term;

pub(crate) fn inspect(args: &args::Inspect) -> Result<ExitCode, Failure> {
    let judge = Judge::new()?;
    if args.jsonl {
        let input: Box<dyn BufRead> = match file(args) {
            Some(path) => Box::new(std::io::BufReader::new(open(path)?)),
            None => Box::new(std::io::stdin().lock()),
        };
        return judge.lines(input);
    }
    let mut bytes = Vec::new();
    match file(args) {
        Some(path) => open(path)?.read_to_end(&mut bytes),
        None => std::io::stdin().lock().read_to_end(&mut bytes),
    }
    .map_err(|e| Failure::usage(format!("could not read the input: {e}")))?;
    Ok(judge.one(&bytes))
}

fn file(args: &args::Inspect) -> Option<&Path> {
    args.file.as_deref().filter(|path| *path != Path::new("-"))
}

fn open(path: &Path) -> Result<std::fs::File, Failure> {
    std::fs::File::open(path)
        .map_err(|e| Failure::usage(format!("could not open {}: {e}", path.display())))
}

/// The engine's scan at the engine's own settings.
struct Judge {
    scanner: Scanner,
    terms: InspectTerms,
}

/// Which way the bytes go. A response is told about, never stopped: what comes
/// in is no leak.
#[derive(Clone, Copy, PartialEq)]
enum Direction {
    Request,
    Response,
}

/// A line that is no question.
type Fault = String;

struct Question {
    id: Value,
    bytes: Vec<u8>,
    direction: Direction,
}

impl Judge {
    fn new() -> Result<Self, Failure> {
        // No value is known here, so nothing is compared by fingerprint.
        let scanner = Scanner::new(Vec::new(), [0; 32])
            .map_err(|e| Failure::new(OURS, format!("could not {e}")))?;
        Ok(Self {
            scanner,
            terms: InspectTerms::default(),
        })
    }

    fn scan(&self, bytes: &[u8], direction: Direction) -> Result<Vec<Finding>, Exhausted> {
        let mut findings = self
            .scanner
            .scan(Input::new(&Place::Body, bytes), &self.terms)?;
        if direction == Direction::Response {
            let input = Input::new(&Place::Response, bytes);
            findings.extend(self.scanner.instructions(input, &self.terms)?);
        }
        Ok(findings)
    }

    /// One answer a line, in order, each written before the next is read.
    fn lines(&self, mut input: impl BufRead) -> Result<ExitCode, Failure> {
        let mut out = std::io::stdout().lock();
        let mut line = Vec::new();
        let mut number = 0_u64;
        loop {
            line.clear();
            let read = input
                .read_until(b'\n', &mut line)
                .map_err(|e| Failure::usage(format!("could not read the input: {e}")))?;
            if read == 0 {
                return Ok(ExitCode::SUCCESS);
            }
            number += 1;
            if line.trim_ascii().is_empty() {
                continue;
            }
            let answer = match question(&line) {
                Ok(question) => self.answer(&question),
                Err((id, fault)) => json!({"id": id, "line": number, "error": fault}),
            };
            // A reader that has gone wants no more.
            if writeln!(out, "{answer}")
                .and_then(|()| out.flush())
                .is_err()
            {
                return Ok(ExitCode::SUCCESS);
            }
        }
    }

    fn answer(&self, question: &Question) -> Value {
        match self.scan(&question.bytes, question.direction) {
            Ok(findings) => json!({
                "id": question.id,
                "verdict": verdict(&findings, question.direction),
                "findings": findings.iter().map(as_json).collect::<Vec<_>>(),
            }),
            Err(exhausted) => json!({
                "id": question.id,
                "verdict": "block",
                "findings": [],
                "reason": exhausted.to_string(),
            }),
        }
    }

    fn one(&self, bytes: &[u8]) -> ExitCode {
        let findings = match self.scan(bytes, Direction::Request) {
            Ok(findings) => findings,
            Err(exhausted) => {
                term::out(&format!("block  {exhausted}\n"));
                return ExitCode::from(DENIED);
            }
        };
        let colours = term::stdout_is_for_people();
        term::out(&findings.iter().fold(String::new(), |text, finding| {
            text + &as_text(bytes, finding, colours)
        }));
        match verdict(&findings, Direction::Request) {
            "block" | "redact" => ExitCode::from(DENIED),
            verdict => {
                if verdict == "allow" {
                    term::note("nothing found");
                }
                ExitCode::SUCCESS
            }
        }
    }
}

/// Reads a line. An error carries the id, where it could be read.
fn question(line: &[u8]) -> Result<Question, (Value, Fault)> {
    let value: Value = serde_json::from_slice(line)
        .map_err(|e| (Value::Null, format!("the line is no JSON: {e}")))?;
    let id = value.get("id").cloned().unwrap_or_default();
    let fault = |text: &str| (id.clone(), text.to_owned());
    let text = |name: &str| match value.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.as_str())),
        Some(_) => Err(fault(&format!("`{name}` is no string"))),
    };
    let bytes = match (text("text")?, text("body_b64")?) {
        (Some(text), None) => text.as_bytes().to_vec(),
        (None, Some(body)) => BASE64
            .decode(body.as_bytes())
            .map_err(|e| fault(&format!("`body_b64` is no base64: {e}")))?,
        (None, None) => return Err(fault("there is neither `text` nor `body_b64`")),
        (Some(_), Some(_)) => return Err(fault("there are both `text` and `body_b64`")),
    };
    // The scan reads every body alike; a type that is no text is still a fault.
    text("content_type")?;
    let direction = match text("direction")? {
        None | Some("request") => Direction::Request,
        Some("response") => Direction::Response,
        Some(_) => return Err(fault("`direction` is `request` or `response`")),
    };
    Ok(Question {
        id,
        bytes,
        direction,
    })
}

fn verdict(findings: &[Finding], direction: Direction) -> &'static str {
    let has = |action: Action| findings.iter().any(|f| f.action == action);
    match direction {
        _ if findings.is_empty() => "allow",
        Direction::Response => "warn",
        Direction::Request if has(Action::Block) || has(Action::Ask) => "block",
        Direction::Request if has(Action::Redact) => "redact",
        Direction::Request => "warn",
    }
}

fn as_json(finding: &Finding) -> Value {
    let decoding: Vec<&str> = finding.decoding.iter().map(|view| view.as_str()).collect();
    json!({
        "detector": finding.detector.as_str(),
        "title": finding.title,
        "start": finding.start,
        "end": finding.end,
        "decoding": decoding,
    })
}

/// Where it is, what it is, and the line around it. Of the value itself only
/// the beginning shows.
fn as_text(bytes: &[u8], finding: &Finding, colours: bool) -> String {
    let paint = |code: &str, text: &str| {
        if colours {
            format!("\x1b[{code}m{text}\x1b[0m")
        } else {
            text.to_owned()
        }
    };
    let before = bytes.get(..finding.start).unwrap_or_default();
    let line = before.split(|b| *b == b'\n').count();
    let start = before
        .iter()
        .rposition(|b| *b == b'\n')
        .map_or(0, |at| at + 1);
    let action = format!("{:?}", finding.action).to_lowercase();
    let mut text = format!(
        "{}  line {line}, column {}: {} ({})",
        paint(
            if finding.action == Action::Warn {
                "33"
            } else {
                "31;1"
            },
            &action
        ),
        finding.start - start + 1,
        paint("1", &finding.title),
        finding.detector,
    );
    for (n, view) in finding.decoding.iter().enumerate() {
        let _ = write!(text, "{}{view}", if n == 0 { ", in " } else { " in " });
    }
    let lead = bytes.get(start.max(finding.start.saturating_sub(40))..finding.start);
    let shown = finding
        .end
        .min(finding.start + SHOWN.min((finding.end - finding.start) / 4));
    let value = bytes.get(finding.start..shown);
    let rest = bytes.get(finding.end..).unwrap_or_default();
    let rest = rest.split(|b| *b == b'\n').next().unwrap_or_default();
    let rest = rest.get(..rest.len().min(20));
    let _ = write!(
        text,
        "\n    {}{}{}\n",
        plain(lead.unwrap_or_default()),
        paint("31", &format!("{}…", plain(value.unwrap_or_default()))),
        plain(rest.unwrap_or_default()),
    );
    text
}

/// How much of a value is shown at most.
const SHOWN: usize = 6;

/// Text that does nothing to a terminal.
fn plain(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes)
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}
