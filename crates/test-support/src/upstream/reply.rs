//! What a handler answers: whole bodies, streamed ones, and their pace.

use std::io;
use std::pin::Pin;
use std::sync::{Arc, LazyLock};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http::header::{CACHE_CONTROL, CONTENT_TYPE};
use http::{HeaderName, HeaderValue, Response, StatusCode};
use http_body::{Body, Frame, SizeHint};
use http_body_util::channel::{Channel, Sender};
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt as _, Full};
use tokio::sync::Semaphore;

use super::call::Call;
use super::record::Log;

pub(super) type ReplyBody = UnsyncBoxBody<Bytes, io::Error>;

/// An answer to a request.
#[derive(Debug)]
pub struct Reply(Response<ReplyBody>);

impl Reply {
    /// A whole body.
    pub fn new(status: u16, body: impl Into<Bytes>) -> Self {
        let body = Full::new(body.into()).map_err(|never| match never {});
        Self::with_body(status, body.boxed_unsync())
    }

    /// A whole JSON body.
    pub fn json(status: u16, value: &serde_json::Value) -> Self {
        Self::new(status, value.to_string()).content_type("application/json")
    }

    /// A body of so many bytes of text, the same ones every time.
    pub fn filler(status: u16, bytes: u64) -> Self {
        Self::with_body(status, Filler { left: bytes }.boxed_unsync())
            .content_type("application/octet-stream")
    }

    /// A body that is written while it is read, and the pen for it.
    ///
    /// Each piece reaches the connection before the next is taken.
    pub fn streamed(status: u16, call: &Call) -> (Self, Streamer) {
        let (sender, body) = Channel::new(1);
        let (log, request) = call.log();
        let streamer = Streamer {
            sender,
            log,
            request,
        };
        (Self::with_body(status, body.boxed_unsync()), streamer)
    }

    /// A stream of server-sent events, and the pen for it.
    pub fn event_stream(call: &Call) -> (Self, Streamer) {
        let (reply, streamer) = Self::streamed(200, call);
        let reply = reply
            .content_type("text/event-stream; charset=utf-8")
            .header(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        (reply, streamer)
    }

    /// The same with another status. One that HTTP does not know is a 500.
    #[must_use]
    pub fn status(mut self, status: u16) -> Self {
        *self.0.status_mut() =
            StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        self
    }

    /// The same with one more header.
    #[must_use]
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.0.headers_mut().append(name, value);
        self
    }

    /// The same with a content type.
    #[must_use]
    pub fn content_type(self, value: &'static str) -> Self {
        self.header(CONTENT_TYPE, HeaderValue::from_static(value))
    }

    pub(super) fn into_response(self) -> Response<ReplyBody> {
        self.0
    }

    fn with_body(status: u16, body: ReplyBody) -> Self {
        Self(Response::new(body)).status(status)
    }
}

/// Writes a streamed body. The body ends when it is dropped.
pub struct Streamer {
    sender: Sender<Bytes, io::Error>,
    log: Arc<Log>,
    request: Option<usize>,
}

impl std::fmt::Debug for Streamer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Streamer")
            .field("request", &self.request)
            .finish_non_exhaustive()
    }
}

impl Streamer {
    /// Hands one piece to the connection and notes when.
    pub async fn send(&mut self, piece: impl Into<Bytes>) -> io::Result<()> {
        let piece = piece.into();
        let bytes = piece.len();
        self.sender
            .send_data(piece)
            .await
            .map_err(|_| io::Error::from(io::ErrorKind::BrokenPipe))?;
        self.log.piece_sent(self.request, bytes);
        Ok(())
    }

    /// Breaks the connection off in the middle of the body.
    pub fn break_off(self) {
        self.sender.abort(io::ErrorKind::ConnectionAborted.into());
    }
}

/// When the next piece of a streamed body may go.
#[derive(Clone, Debug)]
pub enum Pace {
    /// At once.
    AtOnce,
    /// After a pause, before each piece but the first.
    Every(Duration),
    /// When the test opens the gate for it.
    Gated(Gate),
}

impl Pace {
    /// Waits until the piece of that number, from zero, may go.
    pub async fn wait(&self, number: usize) {
        match self {
            Self::AtOnce => {}
            Self::Every(pause) if number > 0 => tokio::time::sleep(*pause).await,
            Self::Every(_) => {}
            Self::Gated(gate) => gate.wait().await,
        }
    }
}

/// Lets streamed pieces through one by one, so a test needs no clock to show
/// that a piece arrives before the next one is sent.
#[derive(Clone, Debug)]
pub struct Gate(Arc<Semaphore>);

impl Default for Gate {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(0)))
    }
}

impl Gate {
    /// A closed gate.
    pub fn new() -> Self {
        Self::default()
    }

    /// Lets so many more pieces through.
    pub fn open(&self, pieces: usize) {
        self.0.add_permits(pieces);
    }

    async fn wait(&self) {
        // The semaphore is never closed.
        if let Ok(permit) = self.0.acquire().await {
            permit.forget();
        }
    }
}

/// So many bytes of the same text over and over.
struct Filler {
    left: u64,
}

static FILLER: LazyLock<Bytes> = LazyLock::new(|| {
    let line = b"The quick brown fox jumps over the lazy dog and away.\n";
    line.iter().copied().cycle().take(64 << 10).collect()
});

impl Body for Filler {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        if self.left == 0 {
            return Poll::Ready(None);
        }
        let mut piece = FILLER.clone();
        piece.truncate(usize::try_from(self.left).unwrap_or(usize::MAX));
        self.left -= piece.len() as u64;
        Poll::Ready(Some(Ok(Frame::data(piece))))
    }

    fn is_end_stream(&self) -> bool {
        self.left == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}
