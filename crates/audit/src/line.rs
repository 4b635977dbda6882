//! A line of the log: from a record to its bytes and back.
//!
//! A line read back is accepted only in the very form that is written, so
//! there is one text for one record. Does not look at the line before.

use std::fmt::Write as _;

use bottle_policy::{Door, Who};
use jiff::{Timestamp, Unit};
use serde::{Deserialize, Serialize};

use crate::event::{Dest, Event, Finding, Request, Response, Verdict};
use crate::id::Hash;

/// One line of a log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The place in the log, from 1.
    pub seq: u64,
    /// When, to the millisecond.
    pub ts: Timestamp,
    /// The run.
    pub run: String,
    /// The bottle.
    pub bottle: String,
    /// What happened.
    pub event: Event,
    /// The hash of the line before.
    pub prev: Hash,
    /// This line's hash, as it stands in the line.
    pub hash: Hash,
}

/// Why bytes are no line of a log.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LineError {
    /// It does not end in a hash.
    #[error("the line does not end in its hash")]
    NoHash,
    /// The hash is another than the line's.
    #[error("the line was changed: its hash does not match")]
    Changed,
    /// It has not the form of a record.
    #[error("the line is no record: {0}")]
    Form(String),
}

/// The members in the order in which they are written.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    seq: u64,
    ts: String,
    run: String,
    bottle: String,
    who: WireWho,
    door: String,
    dest: Dest,
    request: Option<Request>,
    verdict: String,
    rule: Option<String>,
    findings: Vec<Finding>,
    response: Option<Response>,
    ms: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    of: Option<u64>,
    prev: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WireWho {
    pid: Option<u32>,
    exe: Option<String>,
}

const BEFORE_HASH: &[u8] = b",\"hash\":\"";
const AFTER_HASH: &[u8] = b"\"}";

/// The line itself, without its newline.
impl std::fmt::Display for Record {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (line, _) = write(self).map_err(|_| std::fmt::Error)?;
        f.write_str(&line)
    }
}

/// The line for an event, without its newline, and its hash.
pub(crate) fn write(record: &Record) -> Result<(String, Hash), LineError> {
    let wire = Wire::from(record);
    let json = serde_json::to_string(&wire).map_err(|e| LineError::Form(e.to_string()))?;
    let mut line = ascii(&json);
    let hash = Hash::of(line.as_bytes());
    line.pop();
    // Writing to a String does not fail.
    let _ = write!(line, ",\"hash\":\"{hash}\"}}");
    Ok((line, hash))
}

/// Reads a line without its newline, and checks its own hash.
pub(crate) fn parse(line: &[u8]) -> Result<Record, LineError> {
    let (body, hash) = split_hash(line).ok_or(LineError::NoHash)?;
    if Hash::of(&body) != hash {
        return Err(LineError::Changed);
    }
    let form = |e: serde_json::Error| LineError::Form(e.to_string());
    let wire: Wire = serde_json::from_slice(&body).map_err(form)?;
    let record = wire
        .into_record(hash)
        .map_err(|what| LineError::Form(what.to_owned()))?;
    let (canonical, _) = write(&record)?;
    if canonical.as_bytes() != line {
        return Err(LineError::Form("another spelling than ours".to_owned()));
    }
    Ok(record)
}

/// The hashed bytes, and the hash that stands behind them.
fn split_hash(line: &[u8]) -> Option<(Vec<u8>, Hash)> {
    let line = line.strip_suffix(AFTER_HASH)?;
    let (rest, hash) = line.split_at_checked(line.len().checked_sub(Hash::DIGITS)?)?;
    let mut body = rest.strip_suffix(BEFORE_HASH)?.to_vec();
    body.push(b'}');
    Some((body, Hash::parse(hash)?))
}

/// The same JSON in ASCII, so that nothing in a log acts on a terminal or
/// hides in it. Outside ASCII only a string's content can be.
fn ascii(json: &str) -> String {
    let mut out = String::with_capacity(json.len() + 80);
    let mut units = [0; 2];
    for c in json.chars() {
        if c.is_ascii() && c != '\u{7f}' {
            out.push(c);
            continue;
        }
        for unit in c.encode_utf16(&mut units) {
            // Writing to a String does not fail.
            let _ = write!(out, "\\u{unit:04x}");
        }
    }
    out
}

/// The moment cut to what a line can hold, so that a record reads back as written.
pub(crate) fn milliseconds(ts: Timestamp) -> Timestamp {
    ts.round(
        jiff::TimestampRound::new()
            .smallest(Unit::Millisecond)
            .mode(jiff::RoundMode::Floor),
    )
    .unwrap_or(ts)
}

impl From<&Record> for Wire {
    fn from(record: &Record) -> Self {
        let event = &record.event;
        Self {
            seq: record.seq,
            ts: format!("{:.3}", record.ts),
            run: record.run.clone(),
            bottle: record.bottle.clone(),
            who: WireWho {
                pid: event.who.pid,
                exe: event.who.exe.clone(),
            },
            door: event.door.as_str().to_owned(),
            dest: event.dest.clone(),
            request: event.request.clone(),
            verdict: event.verdict.as_str().to_owned(),
            rule: event.rule.clone(),
            findings: event.findings.clone(),
            response: event.response,
            ms: event.ms,
            of: match event.verdict {
                Verdict::Done { of } => Some(of),
                Verdict::Allow | Verdict::Deny | Verdict::Fault | Verdict::Warn => None,
            },
            prev: record.prev.to_string(),
        }
    }
}

impl Wire {
    fn into_record(self, hash: Hash) -> Result<Record, &'static str> {
        let verdict = verdict(&self.verdict, self.of).ok_or("the verdict is unknown")?;
        Ok(Record {
            seq: self.seq,
            ts: self.ts.parse().map_err(|_| "the time cannot be read")?,
            run: self.run,
            bottle: self.bottle,
            event: Event {
                who: Who {
                    pid: self.who.pid,
                    exe: self.who.exe,
                },
                door: door(&self.door).ok_or("the door is unknown")?,
                dest: self.dest,
                request: self.request,
                verdict,
                rule: self.rule,
                findings: self.findings,
                response: self.response,
                ms: self.ms,
            },
            prev: Hash::parse(self.prev.as_bytes()).ok_or("`prev` is no hash")?,
            hash,
        })
    }
}

fn verdict(word: &str, of: Option<u64>) -> Option<Verdict> {
    match (word, of) {
        ("allow", None) => Some(Verdict::Allow),
        ("deny", None) => Some(Verdict::Deny),
        ("done", Some(of)) => Some(Verdict::Done { of }),
        ("fault", None) => Some(Verdict::Fault),
        ("warn", None) => Some(Verdict::Warn),
        _ => None,
    }
}

fn door(word: &str) -> Option<Door> {
    let doors = [Door::Connect, Door::Dns, Door::Forward, Door::Transparent];
    doors.into_iter().find(|door| door.as_str() == word)
}
