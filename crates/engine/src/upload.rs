//! A body too long to be held. It leaves behind the scanner's window, so that
//! what matches never gets out, and memory does not grow with it.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bottle_policy::{Action, Denial, Route};
use bottle_scan::{Blocked, Place, Stream};
use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use hyper::body::Incoming;
use tokio::sync::oneshot;

use crate::body::BodyError;
use crate::inspect::{self, Noted};
use crate::room::Seat;
use crate::settle;
use crate::shared::Shared;

/// What one body puts into the log at most.
const MOST_NOTED: usize = 64;

/// What of the part that was read already is passed at once.
const PIECE: usize = 256 << 10;

/// A body on its way through the scanner.
pub(crate) struct Upload {
    shared: Arc<Shared>,
    route: Route,
    window: Option<Stream>,
    start: Option<Bytes>,
    rest: Incoming,
    size: SizeHint,
    noted: Noted,
    stop: Option<oneshot::Sender<Denial>>,
    _place: Option<Seat>,
}

impl Upload {
    /// Of the body, the first part was read already; the rest follows it.
    pub(crate) fn new(
        shared: &Arc<Shared>,
        route: &Route,
        window: Stream,
        place: Option<Seat>,
        (start, rest): (Bytes, Incoming),
        noted: &Noted,
    ) -> (Self, oneshot::Receiver<Denial>) {
        let (stop, stopped) = oneshot::channel();
        let size = match rest.size_hint().exact() {
            Some(n) => SizeHint::with_exact(n + start.len() as u64),
            None => SizeHint::default(),
        };
        let upload = Self {
            window: Some(window),
            shared: Arc::clone(shared),
            route: route.clone(),
            start: Some(start),
            rest,
            size,
            noted: Arc::clone(noted),
            stop: Some(stop),
            _place: place,
        };
        (upload, stopped)
    }

    /// Puts bytes into the window and takes out what may leave. `None` ends it.
    fn pass(&mut self, data: Option<Bytes>) -> Result<Bytes, BodyError> {
        let released = match (data, &mut self.window) {
            (_, None) => return Ok(Bytes::new()),
            (Some(data), Some(window)) => window.push(&data),
            (None, window) => match window.take() {
                Some(window) => window.finish(),
                None => return Ok(Bytes::new()),
            },
        };
        let released = released.and_then(|released| {
            let mut spread = self.shared.spread.lock();
            let terms = &self.route.inspect;
            let complete = spread.admit(&self.shared.scanner, &released.parts, terms);
            if complete.iter().all(|f| f.action == Action::Warn) {
                let mut released = released;
                released.findings.extend(complete);
                return Ok(released);
            }
            Err(Blocked::Found(complete))
        });
        let denial = match released {
            Ok(released) => {
                let told = released
                    .findings
                    .iter()
                    .map(|f| settle::told(&self.route, f));
                let mut noted = self.noted.lock();
                let room = MOST_NOTED.saturating_sub(noted.len());
                noted.extend(told.take(room));
                return Ok(Bytes::from(released.bytes));
            }
            Err(Blocked::Found(findings)) => {
                settle::blocked_by(&self.shared.vault, &self.route, &findings)
            }
            Err(Blocked::Unreadable(why)) => inspect::undecodable("content encoding", &why),
            Err(why) => inspect::unscannable(&Place::Body, &why),
        };
        self.window = None;
        if let Some(stop) = self.stop.take() {
            // Nobody may be waiting any more; the body ends all the same.
            drop(stop.send(denial));
        }
        Err(BodyError::Blocked)
    }
}

impl Body for Upload {
    type Data = Bytes;
    type Error = BodyError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        loop {
            let next = match self.start.take() {
                Some(mut start) => {
                    // A piece at a time: what is packed in it is many times as long.
                    let next = start.split_to(start.len().min(PIECE));
                    self.start = Some(start).filter(|rest| !rest.is_empty());
                    Some(next)
                }
                None => match std::task::ready!(Pin::new(&mut self.rest).poll_frame(cx)) {
                    Some(Err(error)) => return Poll::Ready(Some(Err(error.into()))),
                    Some(Ok(frame)) => match frame.into_data() {
                        Ok(data) => Some(data),
                        Err(_trailers) => continue,
                    },
                    None => None,
                },
            };
            let ended = next.is_none();
            match self.pass(next) {
                Ok(bytes) if bytes.is_empty() && !ended => {}
                Ok(bytes) if bytes.is_empty() => return Poll::Ready(None),
                Ok(bytes) => return Poll::Ready(Some(Ok(Frame::data(bytes)))),
                Err(error) => return Poll::Ready(Some(Err(error))),
            }
        }
    }

    fn size_hint(&self) -> SizeHint {
        self.size
    }
}
