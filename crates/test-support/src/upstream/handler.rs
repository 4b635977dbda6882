//! The answers that come with the crate.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use bytes::Bytes;
use data_encoding::HEXLOWER;
use http::{HeaderMap, HeaderName, HeaderValue};
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

use super::call::Call;
use super::reply::{Pace, Reply};

/// The longest body that an echo spells out.
const MAX_ECHOED: usize = 64 << 10;

/// Answers requests.
#[derive(Clone)]
pub struct Handler(Arc<Answer>);

type Answer = dyn Fn(Call) -> Answering + Send + Sync;
type Answering = Pin<Box<dyn Future<Output = Reply> + Send>>;

impl fmt::Debug for Handler {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Handler")
    }
}

impl Handler {
    /// A handler of your own.
    pub fn new<F, A>(answer: F) -> Self
    where
        F: Fn(Call) -> A + Send + Sync + 'static,
        A: Future<Output = Reply> + Send + 'static,
    {
        Self(Arc::new(move |call| Box::pin(answer(call))))
    }

    /// JSON with the method, target, headers and body of the request.
    pub fn echo() -> Self {
        Self::new(async |call| echo(call).await)
    }

    /// The same answer every time, after reading the body.
    ///
    /// # Panics
    /// When a header is not one that HTTP can carry.
    pub fn fixed(status: u16, headers: &[(&str, &str)], body: impl Into<Bytes>) -> Self {
        let headers: Vec<(HeaderName, HeaderValue)> = headers
            .iter()
            .map(|(name, value)| {
                let name = name.parse().expect("a header name");
                (name, value.parse().expect("a header value"))
            })
            .collect();
        let body = body.into();
        Self::reading(move |_, _| {
            headers
                .iter()
                .cloned()
                .fold(Reply::new(status, body.clone()), |reply, (name, value)| {
                    reply.header(name, value)
                })
        })
    }

    /// The value of a request header, back as body and as `x-echo`: what an
    /// upstream does that leaks a credential to whoever calls it.
    pub fn echo_header(name: &str) -> Self {
        let name = name.to_owned();
        Self::reading(move |call, _| match call.headers().get(&name) {
            Some(value) => Reply::new(200, Bytes::copy_from_slice(value.as_bytes()))
                .content_type("text/plain")
                .header(HeaderName::from_static("x-echo"), value.clone()),
            None => Reply::new(200, format!("no {name} was sent\n")),
        })
    }

    /// Server-sent events, each flushed before the next is taken.
    pub fn sse(events: impl IntoIterator<Item = impl Into<String>>, pace: Pace) -> Self {
        let events: Vec<Bytes> = events
            .into_iter()
            .map(|data| Bytes::from(format!("data: {}\n\n", data.into())))
            .collect();
        Self::streaming(events, pace, Reply::event_stream)
    }

    /// A chunked body of these pieces.
    pub fn slow_body(pieces: impl IntoIterator<Item = impl Into<Bytes>>, pace: Pace) -> Self {
        let pieces = pieces.into_iter().map(Into::into).collect();
        Self::streaming(pieces, pace, |call| {
            let (reply, streamer) = Reply::streamed(200, call);
            (reply.content_type("text/plain"), streamer)
        })
    }

    /// Some of a body, and then a broken connection.
    pub fn broken_off(beginning: impl Into<Bytes>) -> Self {
        let beginning = beginning.into();
        Self::reading(move |call, _| {
            let (reply, mut streamer) = Reply::streamed(200, call);
            let beginning = beginning.clone();
            tokio::spawn(async move {
                if streamer.send(beginning).await.is_ok() {
                    streamer.break_off();
                }
            });
            reply
        })
    }

    /// Reads the request and never answers it.
    pub fn silent() -> Self {
        Self::new(async |mut call| match call.drain().await {
            Ok(_) => std::future::pending().await,
            Err(error) => unreadable(&error),
        })
    }

    /// How many bytes of body arrived, as JSON.
    pub fn upload_counter() -> Self {
        Self::reading(|_, bytes| Reply::json(200, &json!({ "bytes": bytes })))
    }

    /// A body of so many bytes.
    pub fn download(bytes: u64) -> Self {
        Self::reading(move |_, _| Reply::filler(200, bytes))
    }

    /// Which request of which connection this is, as JSON.
    pub fn keepalive() -> Self {
        Self::reading(|call, _| {
            let place = json!({ "connection": call.connection(), "request": call.nth() });
            Reply::json(200, &place)
        })
    }

    /// The first handler whose prefix the path begins with, or a 404.
    pub fn paths<const N: usize>(table: [(&str, Self); N]) -> Self {
        let table = table.map(|(prefix, handler)| (prefix.to_owned(), handler));
        Self(Arc::new(move |call| {
            let found = table
                .iter()
                .find(|(prefix, _)| call.path().starts_with(prefix.as_str()));
            match found {
                Some((_, handler)) => (handler.0)(call),
                None => Box::pin(std::future::ready(Reply::new(404, "no such path\n"))),
            }
        }))
    }

    /// Answers one request.
    pub(super) async fn answer(&self, call: Call) -> Reply {
        (self.0)(call).await
    }

    /// A handler that reads the body first and learns its length.
    fn reading(answer: impl Fn(&Call, u64) -> Reply + Send + Sync + 'static) -> Self {
        let answer = Arc::new(answer);
        Self::new(move |mut call| {
            let answer = Arc::clone(&answer);
            async move {
                match call.drain().await {
                    Ok(bytes) => answer(&call, bytes),
                    Err(error) => unreadable(&error),
                }
            }
        })
    }

    fn streaming(
        pieces: Vec<Bytes>,
        pace: Pace,
        begin: impl Fn(&Call) -> (Reply, super::Streamer) + Send + Sync + 'static,
    ) -> Self {
        Self::reading(move |call, _| {
            let (reply, mut streamer) = begin(call);
            let (pieces, pace) = (pieces.clone(), pace.clone());
            tokio::spawn(async move {
                for (number, piece) in pieces.into_iter().enumerate() {
                    pace.wait(number).await;
                    if streamer.send(piece).await.is_err() {
                        break;
                    }
                }
            });
            reply
        })
    }
}

async fn echo(mut call: Call) -> Reply {
    let body = match call.whole_body().await {
        Ok(body) => body,
        Err(error) => return unreadable(&error),
    };
    let text = Some(&body)
        .filter(|body| body.len() <= MAX_ECHOED)
        .and_then(|body| std::str::from_utf8(body).ok());
    let value = json!({
        "method": call.method(),
        "target": call.target(),
        "headers": headers_as_json(call.headers()),
        "body": text,
        "body_bytes": body.len(),
        "body_sha256": HEXLOWER.encode(&Sha256::digest(&body)),
    });
    Reply::json(200, &value)
}

/// Each name with its values, joined as HTTP says they may be.
fn headers_as_json(headers: &HeaderMap) -> Value {
    let mut map = Map::new();
    for name in headers.keys() {
        let values: Vec<_> = headers
            .get_all(name)
            .iter()
            .map(|value| String::from_utf8_lossy(value.as_bytes()))
            .collect();
        map.insert(name.to_string(), values.join(", ").into());
    }
    Value::Object(map)
}

fn unreadable(error: &std::io::Error) -> Reply {
    Reply::new(400, format!("the body could not be read: {error}\n"))
}
