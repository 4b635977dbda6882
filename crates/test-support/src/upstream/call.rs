//! A request as a handler sees it. Whatever a handler reads is noted.

use std::io;
use std::sync::Arc;

use bytes::{Bytes, BytesMut};
use http::HeaderMap;
use http::request::Parts;
use http_body_util::BodyExt as _;
use hyper::body::{Body as _, Incoming};

use super::record::{BodyState, Log};
use super::watched::FirstByte;

const MAX_WHOLE_BODY: usize = 64 << 20;

/// A request on its way through a handler.
#[derive(Debug)]
pub struct Call {
    parts: Parts,
    body: Incoming,
    over: bool,
    entry: Entry,
}

/// Where a call stands in its upstream's notes.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) log: Arc<Log>,
    pub(super) connection: Option<usize>,
    pub(super) request: Option<usize>,
    pub(super) nth: u64,
    pub(super) first_byte: FirstByte,
}

impl Call {
    pub(super) fn new(parts: Parts, body: Incoming, entry: Entry) -> Self {
        let mut call = Self {
            parts,
            body,
            over: false,
            entry,
        };
        if call.body.is_end_stream() {
            call.ended(BodyState::Whole);
        }
        call
    }

    /// The method as sent.
    pub fn method(&self) -> &str {
        self.parts.method.as_str()
    }

    /// Path and query as sent.
    pub fn target(&self) -> String {
        self.parts.uri.to_string()
    }

    /// The path as sent.
    pub fn path(&self) -> &str {
        self.parts.uri.path()
    }

    /// The query as sent, without its question mark.
    pub fn query(&self) -> Option<&str> {
        self.parts.uri.query()
    }

    /// All headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.parts.headers
    }

    /// The first value of that header, where it is text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.parts.headers.get(name)?.to_str().ok()
    }

    /// The connection's place in the notes.
    pub fn connection(&self) -> Option<usize> {
        self.entry.connection
    }

    /// Which request of its connection this is, from one.
    pub fn nth(&self) -> u64 {
        self.entry.nth
    }

    /// The next piece of the body as it arrives; `None` at its end.
    pub async fn piece(&mut self) -> Option<io::Result<Bytes>> {
        while !self.over {
            match self.body.frame().await {
                Some(Ok(frame)) => {
                    // Trailers are no part of the body.
                    let Ok(data) = frame.into_data() else {
                        continue;
                    };
                    self.entry.log.body_piece(self.entry.request, &data);
                    return Some(Ok(data));
                }
                Some(Err(error)) => {
                    self.ended(BodyState::CutOff);
                    return Some(Err(io::Error::other(error)));
                }
                None => self.ended(BodyState::Whole),
            }
        }
        None
    }

    /// The body to its end, up to a limit that no test should need.
    pub async fn whole_body(&mut self) -> io::Result<Bytes> {
        let mut whole = BytesMut::new();
        while let Some(piece) = self.piece().await {
            let piece = piece?;
            if whole.len() + piece.len() > MAX_WHOLE_BODY {
                return Err(io::ErrorKind::FileTooLarge.into());
            }
            whole.extend_from_slice(&piece);
        }
        Ok(whole.freeze())
    }

    /// Reads the body to its end without keeping it, and counts its bytes.
    pub async fn drain(&mut self) -> io::Result<u64> {
        let mut bytes = 0;
        while let Some(piece) = self.piece().await {
            bytes += piece?.len() as u64;
        }
        Ok(bytes)
    }

    pub(super) fn log(&self) -> (Arc<Log>, Option<usize>) {
        (Arc::clone(&self.entry.log), self.entry.request)
    }

    fn ended(&mut self, state: BodyState) {
        self.over = true;
        self.entry.first_byte.forget();
        self.entry.log.body_over(self.entry.request, state);
    }
}

impl Drop for Call {
    fn drop(&mut self) {
        if !self.over {
            self.ended(BodyState::NotRead);
        }
    }
}
