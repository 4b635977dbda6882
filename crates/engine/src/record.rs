//! Every decision's way into the audit log.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Instant;

use bottle_audit::{Dest, Event, EventId, Log, Request, Response, Verdict};
use bottle_policy::{Denial, Evidence};

use crate::context::Connection;
use crate::refusal::Fault;
use crate::respond;
use crate::shown::Shown;

/// What may be told of a request: the path is masked already.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) bytes: Option<u64>,
}

/// Writes decisions down.
pub(crate) struct Recorder {
    log: Log,
    shown: Shown,
}

/// An exchange that was allowed and has not ended. Its end is recorded once,
/// at the latest when this is dropped.
pub(crate) struct Open {
    recorder: Arc<Recorder>,
    of: u64,
    event: Event,
    started: Instant,
}

impl Recorder {
    pub(crate) fn new(log: Log, shown: Shown) -> Self {
        Self { log, shown }
    }

    /// Whether the log still takes events. After a failure it never does again.
    pub(crate) fn check(&self) -> Result<(), bottle_audit::Error> {
        self.log.check()
    }

    pub(crate) fn denied(
        &self,
        connection: &Connection,
        seen: Option<&Seen>,
        denial: &Denial,
        ms: u64,
    ) -> Result<EventId, bottle_audit::Error> {
        let mut event = self.outline(connection, seen, Verdict::Deny);
        event.rule = Some(denial.rule.to_string());
        event.findings = denial.findings.iter().map(Into::into).collect();
        if seen.is_some() {
            event.response = Some(Response {
                status: Some(respond::status(denial.rule).as_u16()),
                bytes: 0,
            });
        }
        event.ms = Some(ms);
        self.log.append(event)
    }

    pub(crate) fn failed(
        &self,
        connection: &Connection,
        seen: Option<&Seen>,
        fault: &Fault,
        ms: u64,
    ) -> Result<EventId, bottle_audit::Error> {
        let mut event = self.outline(connection, seen, Verdict::Fault);
        event.rule = Some(fault.kind.to_owned());
        if seen.is_some() {
            event.response = Some(Response {
                status: Some(fault.status.as_u16()),
                bytes: 0,
            });
        }
        event.ms = Some(ms);
        self.log.append(event)
    }

    /// Records that a request is let through. Nothing of it may leave before this returns.
    pub(crate) fn allowed(
        self: &Arc<Self>,
        connection: &Connection,
        seen: &Seen,
        ip: IpAddr,
        findings: &[Evidence],
        started: Instant,
    ) -> Result<Open, bottle_audit::Error> {
        let verdict = if findings.is_empty() {
            Verdict::Allow
        } else {
            Verdict::Warn
        };
        let mut event = self.outline(connection, Some(seen), verdict);
        event.dest.ip = Some(ip);
        event.findings = findings.iter().map(Into::into).collect();
        let id = self.log.append(event.clone())?;
        Ok(Open {
            recorder: Arc::clone(self),
            of: id.seq(),
            event,
            started,
        })
    }

    fn outline(&self, connection: &Connection, seen: Option<&Seen>, verdict: Verdict) -> Event {
        let dest = Dest {
            host: Some(self.shown.host(&connection.target)),
            port: Some(connection.port),
            ip: None,
        };
        let mut event = Event::new(connection.door, verdict, dest);
        event.who = self.shown.who(&connection.who);
        event.request = seen.map(|s| Request {
            method: s.method.clone(),
            path: s.path.clone(),
            bytes: s.bytes,
        });
        event
    }
}

/// At the run's end the log is put on the disk itself.
impl Drop for Recorder {
    fn drop(&mut self) {
        // Every line is with the kernel already; there is nobody left to tell.
        drop(self.log.sync());
    }
}

impl Open {
    /// Records how the exchange ended, and what was seen in the answer.
    pub(crate) fn close(mut self, status: Option<u16>, bytes: u64, seen: &[Evidence]) {
        self.write(status, bytes, seen);
    }

    fn write(&mut self, status: Option<u16>, bytes: u64, seen: &[Evidence]) {
        if self.of == 0 {
            return;
        }
        let mut event = self.event.clone();
        event.verdict = Verdict::Done { of: self.of };
        event.findings = seen.iter().map(Into::into).collect();
        event.response = Some(Response { status, bytes });
        event.ms = Some(elapsed_ms(self.started));
        // The exchange is over; a full log refuses the next one.
        drop(self.recorder.log.append(event));
        self.of = 0;
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.write(None, 0, &[]);
    }
}

pub(crate) fn elapsed_ms(started: Instant) -> u64 {
    u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX)
}
