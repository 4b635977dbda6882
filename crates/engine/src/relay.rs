//! The answer's way back: piece by piece as it comes, read for instructions to
//! the agent, with echoed credentials masked.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Instant;

use bottle_policy::{Auth, Route};
use bottle_scan::mask::{Masker, Masks};
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode, header};
use http_body::{Body as HttpBody, Frame, SizeHint};
use http_body_util::BodyExt as _;
use hyper::body::Incoming;

use crate::answer::{self, Copy, Flow, Reading, Stopped, Terms, Wish};
use crate::body::{Body, BodyError};
use crate::context::Connection;
use crate::headers;
use crate::inspect::Noted;
use crate::record::{Open, Seen, elapsed_ms};
use crate::refusal::{Fault, Refusal};
use crate::shared::Shared;

/// Whose answer it is: what is needed to tell of it.
#[derive(Clone)]
pub(crate) struct Asked {
    pub(crate) shared: Arc<Shared>,
    pub(crate) connection: Connection,
    pub(crate) seen: Seen,
    pub(crate) noted: Noted,
    pub(crate) started: Instant,
}

/// Makes the upstream's answer the agent's.
///
/// # Errors
/// An answer in which an echoed credential could not be seen, or one that the
/// route's terms stop.
pub(crate) async fn relay(
    asked: &Asked,
    route: &Route,
    credentials: &[Auth],
    open: Open,
    response: Response<Incoming>,
) -> Result<Response<Body>, Refusal> {
    let (mut parts, mut incoming) = response.into_parts();
    if parts.status == StatusCode::SWITCHING_PROTOCOLS {
        return Err(Fault::unreadable_answer("another protocol").into());
    }
    // Before anything is taken away: `Connection` may name any header.
    if !credentials.is_empty() {
        plain_only(&parts.headers)?;
    }
    headers::strip_hop_by_hop(&mut parts.headers);
    // The reason phrase among them: free text, which nobody has read.
    parts.extensions.clear();
    // It would invite to UDP, which the bottle does not have.
    parts.headers.remove("alt-svc");
    let mut masker = None;
    if !credentials.is_empty() {
        let masks = asked
            .shared
            .vault
            .masks(credentials)
            .map_err(|e| Fault::internal(e.to_string()))?;
        mask_headers(&mut parts.headers, &masks);
        masker = Some(masks.masker());
    }
    let size = incoming.size_hint();
    let terms = Terms::new(&asked.shared.scanner, &route.inspect);
    let encoding = encoding(&parts.headers);
    let (start, reading) = match answer::wish(&route.inspect) {
        Wish::Nothing => (Bytes::new(), Reading::Nothing),
        Wish::Note => (Bytes::new(), Reading::Copy(Copy::new(terms, encoding))),
        Wish::Stop => {
            let flow = flow(&parts.headers);
            answer::begin(terms, &encoding, flow, &mut incoming).await?
        }
    };
    let body = Relayed {
        incoming,
        start: Some(start).filter(|start| !start.is_empty()),
        reading,
        asked: asked.clone(),
        masker,
        size,
        status: parts.status.as_u16(),
        bytes: 0,
        open: Some(open),
    };
    Ok(Response::from_parts(parts, body.boxed_unsync()))
}

/// The content encodings of an answer, as one list; empty where it is plain.
fn encoding(headers: &HeaderMap) -> String {
    let values = headers.get_all(header::CONTENT_ENCODING).iter();
    let list: Vec<String> = values
        .map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
        .filter(|value| !value.eq_ignore_ascii_case("identity"))
        .collect();
    list.join(",")
}

fn flow(headers: &HeaderMap) -> Flow {
    let kind = headers.get(header::CONTENT_TYPE);
    let is_events = kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/event-stream"));
    if is_events { Flow::Events } else { Flow::Plain }
}

fn plain_only(headers: &HeaderMap) -> Result<(), Fault> {
    for value in headers.get_all(header::CONTENT_ENCODING) {
        if !value.as_bytes().eq_ignore_ascii_case(b"identity") {
            return Err(Fault::unreadable_answer(&String::from_utf8_lossy(
                value.as_bytes(),
            )));
        }
    }
    for value in headers.get_all(header::TRANSFER_ENCODING) {
        if !value.as_bytes().eq_ignore_ascii_case(b"chunked") {
            return Err(Fault::unreadable_answer(&String::from_utf8_lossy(
                value.as_bytes(),
            )));
        }
    }
    Ok(())
}

fn mask_headers(headers: &mut HeaderMap, masks: &Masks) {
    let shows = |name: &HeaderName| {
        let mut masked = name.as_str().as_bytes().to_vec();
        masks.apply(&mut masked);
        masked != name.as_str().as_bytes()
    };
    let named: Vec<HeaderName> = headers.keys().filter(|name| shows(name)).cloned().collect();
    for name in named {
        headers.remove(name);
    }
    for value in headers.values_mut() {
        let mut masked = value.as_bytes().to_vec();
        masks.apply(&mut masked);
        if masked != value.as_bytes() {
            *value = HeaderValue::from_bytes(&masked)
                .unwrap_or_else(|_| HeaderValue::from_static("[masked]"));
        }
    }
}

struct Relayed {
    incoming: Incoming,
    /// What was held and read before the answer began.
    start: Option<Bytes>,
    reading: Reading,
    asked: Asked,
    masker: Option<Masker>,
    size: SizeHint,
    status: u16,
    bytes: u64,
    open: Option<Open>,
}

impl Relayed {
    /// What of the next bytes may go, read and masked.
    fn passed(&mut self, data: Bytes) -> Result<Bytes, BodyError> {
        let data = match &mut self.reading {
            Reading::Nothing | Reading::Told(_) => data,
            Reading::Copy(copy) => {
                copy.push(&data);
                data
            }
            Reading::Window(window) => match window.push(&data) {
                Ok(free) => Bytes::from(free),
                Err(stopped) => {
                    self.stop(stopped);
                    return Err(BodyError::Blocked);
                }
            },
        };
        Ok(self.masked(data))
    }

    fn masked(&mut self, data: Bytes) -> Bytes {
        match &mut self.masker {
            Some(masker) => Bytes::from(masker.push(&data)),
            None => data,
        }
    }

    /// What is still held when the answer ends.
    fn tail(&mut self) -> Bytes {
        let mut tail = match &mut self.reading {
            Reading::Window(window) => window.finish(),
            Reading::Copy(_) | Reading::Nothing | Reading::Told(_) => Vec::new(),
        };
        if let Some(mut masker) = self.masker.take() {
            tail = masker.push(&tail);
            tail.extend(masker.finish());
        }
        Bytes::from(tail)
    }

    fn sent(&mut self, data: Bytes) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        self.bytes += data.len() as u64;
        Poll::Ready(Some(Ok(Frame::data(data))))
    }

    /// The answer has begun, so nobody can be told but the log.
    fn stop(&mut self, stopped: Stopped) {
        self.close();
        if let Stopped::Denied(denial) = stopped {
            let Asked {
                shared,
                connection,
                seen,
                started,
                noted: _,
            } = &self.asked;
            let ms = elapsed_ms(*started);
            drop(shared.recorder.denied(connection, Some(seen), &denial, ms));
        }
    }

    fn close(&mut self) {
        let mut seen = match std::mem::replace(&mut self.reading, Reading::Nothing) {
            Reading::Nothing => Vec::new(),
            Reading::Told(seen) => seen,
            Reading::Copy(copy) => copy.finish(),
            Reading::Window(window) => window.seen,
        };
        seen.append(&mut self.asked.noted.lock());
        if let Some(open) = self.open.take() {
            open.close(Some(self.status), self.bytes, &seen);
        }
    }
}

impl HttpBody for Relayed {
    type Data = Bytes;
    type Error = BodyError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        if let Some(start) = self.start.take() {
            let start = self.masked(start);
            if !start.is_empty() {
                return self.sent(start);
            }
        }
        loop {
            match std::task::ready!(Pin::new(&mut self.incoming).poll_frame(cx)) {
                Some(Ok(frame)) => {
                    let Ok(data) = frame.into_data() else {
                        continue;
                    };
                    match self.passed(data) {
                        Ok(data) if data.is_empty() => {}
                        Ok(data) => return self.sent(data),
                        Err(error) => return Poll::Ready(Some(Err(error))),
                    }
                }
                Some(Err(error)) => {
                    self.close();
                    return Poll::Ready(Some(Err(error.into())));
                }
                None => {
                    let tail = self.tail();
                    if !tail.is_empty() {
                        return self.sent(tail);
                    }
                    self.close();
                    return Poll::Ready(None);
                }
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        // With a masker or a window there may be a tail to give out.
        let is_held = self.start.is_some() || matches!(self.reading, Reading::Window(_));
        self.masker.is_none() && !is_held && self.incoming.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.size
    }
}

impl Drop for Relayed {
    fn drop(&mut self) {
        self.close();
    }
}
