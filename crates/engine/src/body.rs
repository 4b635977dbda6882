//! The bodies that go through the engine, in both directions.

use bytes::Bytes;
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt as _, Empty, Full};

use crate::room::Seat;

/// Why a body ends early. Whoever reads it sees the connection break off.
#[derive(Debug, thiserror::Error)]
pub(crate) enum BodyError {
    /// The inspection stopped it after its beginning had passed.
    #[error("stopped by inspection")]
    Blocked,
    /// The other side broke off.
    #[error(transparent)]
    Http(#[from] hyper::Error),
}

pub(crate) type Body = UnsyncBoxBody<Bytes, BodyError>;

pub(crate) fn full(bytes: impl Into<Bytes>) -> Body {
    Full::new(bytes.into())
        .map_err(|never| match never {})
        .boxed_unsync()
}

/// A body that keeps its place until it was sent.
pub(crate) fn full_in(place: Option<Seat>, bytes: Bytes) -> Body {
    Full::new(bytes)
        .map_err(move |never| {
            let _kept = &place;
            match never {}
        })
        .boxed_unsync()
}

pub(crate) fn empty() -> Body {
    Empty::new().map_err(|never| match never {}).boxed_unsync()
}
