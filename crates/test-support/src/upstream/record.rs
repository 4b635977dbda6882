//! What an upstream noted, and the lock around it.
//!
//! Memory is bounded: past the limits requests are still answered and
//! counted, but no longer kept.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use http::HeaderMap;
use http::request::Parts;
use parking_lot::{Condvar, Mutex};

use crate::wait::TimedOut;

const MAX_KEPT: usize = 10_000;
const MAX_KEPT_PIECES: usize = 100_000;
const MAX_KEPT_BODY: usize = 16 << 20;
const MAX_KEPT_BODIES: usize = 256 << 20;

/// How much an upstream notes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recording {
    /// How many connections and requests there were, for measurements.
    CountsOnly,
    /// Every connection, request, header and body, up to limits.
    Everything,
}

/// A connection as the upstream saw it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Connection {
    /// Where it came from.
    pub from: SocketAddr,
    /// When it was accepted.
    pub opened: Instant,
    /// Whether it is over.
    pub closed: bool,
    /// The server name in the client hello, where there was one.
    pub sni: Option<String>,
    /// What went wrong: a failed handshake, bytes that are not HTTP.
    pub fault: Option<String>,
}

/// How much of a request's body has arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyState {
    /// More may come.
    Arriving,
    /// The connection broke in the middle.
    CutOff,
    /// The handler answered without reading to the end.
    NotRead,
    /// To its end; a request without a body is whole at once.
    Whole,
}

/// A request as the upstream saw it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Recorded {
    /// The connection's place in [`Upstream::connections`](super::Upstream::connections).
    pub connection: usize,
    /// Which request of its connection this is, from one.
    pub nth: u64,
    /// The server name in the connection's client hello.
    pub sni: Option<String>,
    /// The method as sent.
    pub method: String,
    /// Path and query as sent.
    pub target: String,
    /// All headers, in order for each name.
    pub headers: HeaderMap,
    /// When the first byte of the request arrived.
    pub first_byte: Instant,
    /// The body's bytes that were kept, with any transfer coding undone.
    pub body: Vec<u8>,
    /// How many bytes of body arrived, kept or not.
    pub body_bytes: u64,
    /// Whether that is all of the body.
    pub body_state: BodyState,
}

impl Recorded {
    /// The target up to the query.
    pub fn path(&self) -> &str {
        self.target
            .split_once('?')
            .map_or(self.target.as_str(), |(path, _)| path)
    }

    /// The query, without its question mark.
    pub fn query(&self) -> Option<&str> {
        self.target.split_once('?').map(|(_, query)| query)
    }

    /// The first value of that header, where it is text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The body as JSON.
    pub fn json(&self) -> Option<serde_json::Value> {
        serde_json::from_slice(&self.body).ok()
    }

    /// Whether these bytes occur in the target, a header or the body.
    pub fn contains(&self, needle: &[u8]) -> bool {
        occurs(needle, self.target.as_bytes())
            || occurs(needle, &self.body)
            || self.headers.iter().any(|(name, value)| {
                occurs(needle, name.as_str().as_bytes()) || occurs(needle, value.as_bytes())
            })
    }
}

/// A piece of a streamed reply.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Sent {
    /// The request's place in [`Upstream::requests`](super::Upstream::requests).
    pub request: usize,
    /// When the piece was handed to the connection.
    pub at: Instant,
    /// Its length.
    pub bytes: usize,
}

/// What a connection knows about the request whose head just arrived.
pub(super) struct Arrival<'a> {
    pub(super) connection: Option<usize>,
    pub(super) nth: u64,
    pub(super) sni: Option<&'a str>,
    pub(super) parts: &'a Parts,
    pub(super) first_byte: Instant,
}

/// The notes of one upstream.
#[derive(Debug)]
pub(super) struct Log {
    recording: Recording,
    connections: AtomicU64,
    requests: AtomicU64,
    kept: Mutex<Kept>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct Kept {
    connections: Vec<Connection>,
    requests: Vec<Recorded>,
    sent: Vec<Sent>,
    body_bytes: usize,
}

impl Log {
    pub(super) fn new(recording: Recording) -> Self {
        Self {
            recording,
            connections: AtomicU64::new(0),
            requests: AtomicU64::new(0),
            kept: Mutex::default(),
            changed: Condvar::new(),
        }
    }

    /// Notes a new connection; `None` when it is only counted.
    pub(super) fn opened(&self, from: SocketAddr) -> Option<usize> {
        self.connections.fetch_add(1, Ordering::Relaxed);
        self.keep(|kept| {
            let number = kept.connections.len();
            (number < MAX_KEPT).then(|| {
                kept.connections.push(Connection {
                    from,
                    opened: Instant::now(),
                    closed: false,
                    sni: None,
                    fault: None,
                });
                number
            })
        })
    }

    pub(super) fn named(&self, connection: Option<usize>, sni: Option<&str>) {
        self.with_connection(connection, |it| it.sni = sni.map(str::to_owned));
    }

    pub(super) fn closed(&self, connection: Option<usize>, fault: Option<String>) {
        self.with_connection(connection, |it| {
            it.closed = true;
            it.fault = fault;
        });
    }

    /// Notes a request's head; `None` when it is only counted.
    pub(super) fn arrived(&self, arrival: &Arrival<'_>) -> Option<usize> {
        self.requests.fetch_add(1, Ordering::Relaxed);
        let connection = arrival.connection?;
        self.keep(|kept| {
            let number = kept.requests.len();
            (number < MAX_KEPT).then(|| {
                kept.requests.push(arrival.recorded(connection));
                number
            })
        })
    }

    pub(super) fn body_piece(&self, request: Option<usize>, piece: &[u8]) {
        let Some(number) = request else { return };
        self.keep(|kept| {
            let request = kept.requests.get_mut(number)?;
            let room = MAX_KEPT_BODY
                .saturating_sub(request.body.len())
                .min(MAX_KEPT_BODIES.saturating_sub(kept.body_bytes));
            let keep = piece.get(..room).unwrap_or(piece);
            request.body.extend_from_slice(keep);
            request.body_bytes += piece.len() as u64;
            kept.body_bytes += keep.len();
            Some(())
        });
    }

    pub(super) fn body_over(&self, request: Option<usize>, state: BodyState) {
        let Some(number) = request else { return };
        self.keep(|kept| {
            kept.requests.get_mut(number)?.body_state = state;
            Some(())
        });
    }

    pub(super) fn piece_sent(&self, request: Option<usize>, bytes: usize) {
        let Some(request) = request else { return };
        self.keep(|kept| {
            (kept.sent.len() < MAX_KEPT_PIECES).then(|| {
                kept.sent.push(Sent {
                    request,
                    at: Instant::now(),
                    bytes,
                });
            })
        });
    }

    pub(super) fn connection_count(&self) -> u64 {
        self.connections.load(Ordering::Relaxed)
    }

    pub(super) fn request_count(&self) -> u64 {
        self.requests.load(Ordering::Relaxed)
    }

    pub(super) fn connections(&self) -> Vec<Connection> {
        self.kept.lock().connections.clone()
    }

    pub(super) fn requests(&self) -> Vec<Recorded> {
        self.kept.lock().requests.clone()
    }

    pub(super) fn sent(&self) -> Vec<Sent> {
        self.kept.lock().sent.clone()
    }

    pub(super) fn any(&self, condition: impl FnMut(&Recorded) -> bool) -> bool {
        self.kept.lock().requests.iter().any(condition)
    }

    pub(super) fn wait_until(
        &self,
        deadline: Duration,
        mut condition: impl FnMut(&[Recorded]) -> bool,
    ) -> Result<Vec<Recorded>, TimedOut> {
        let end = Instant::now() + deadline;
        let mut kept = self.kept.lock();
        while !condition(&kept.requests) {
            if self.changed.wait_until(&mut kept, end).timed_out() && !condition(&kept.requests) {
                return Err(kept.what_there_was(deadline));
            }
        }
        Ok(kept.requests.clone())
    }

    fn with_connection(&self, connection: Option<usize>, change: impl FnOnce(&mut Connection)) {
        let Some(number) = connection else { return };
        self.keep(|kept| {
            change(kept.connections.get_mut(number)?);
            Some(())
        });
    }

    fn keep<T>(&self, change: impl FnOnce(&mut Kept) -> Option<T>) -> Option<T> {
        if self.recording == Recording::CountsOnly {
            return None;
        }
        let result = change(&mut self.kept.lock());
        self.changed.notify_all();
        result
    }
}

impl Kept {
    fn what_there_was(&self, deadline: Duration) -> TimedOut {
        let requests: Vec<String> = self
            .requests
            .iter()
            .map(|it| format!("{} {} ({:?})", it.method, it.target, it.body_state))
            .collect();
        TimedOut(format!(
            "after {deadline:?} there were {} connections and the requests [{}]",
            self.connections.len(),
            requests.join(", "),
        ))
    }
}

impl Arrival<'_> {
    fn recorded(&self, connection: usize) -> Recorded {
        Recorded {
            connection,
            nth: self.nth,
            sni: self.sni.map(str::to_owned),
            method: self.parts.method.to_string(),
            target: self.parts.uri.to_string(),
            headers: self.parts.headers.clone(),
            first_byte: self.first_byte,
            body: Vec::new(),
            body_bytes: 0,
            body_state: BodyState::Arriving,
        }
    }
}

fn occurs(needle: &[u8], hay: &[u8]) -> bool {
    !needle.is_empty() && hay.windows(needle.len()).any(|window| window == needle)
}
