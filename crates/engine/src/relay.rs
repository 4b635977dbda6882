//! The answer's way back: piece by piece as it comes, with echoed credentials masked.

use std::pin::Pin;
use std::task::{Context, Poll};

use bottle_policy::Auth;
use bottle_scan::mask::{Masker, Masks};
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode, header};
use http_body::{Body as HttpBody, Frame, SizeHint};
use http_body_util::BodyExt as _;
use hyper::body::Incoming;

use crate::body::{Body, BodyError};
use crate::headers;
use crate::record::Open;
use crate::refusal::Fault;
use crate::shared::Shared;

/// Makes the upstream's answer the agent's.
///
/// # Errors
/// An answer in which an echoed credential could not be seen.
pub(crate) fn relay(
    shared: &Shared,
    credentials: &[Auth],
    open: Open,
    response: Response<Incoming>,
) -> Result<Response<Body>, Fault> {
    let (mut parts, incoming) = response.into_parts();
    if parts.status == StatusCode::SWITCHING_PROTOCOLS {
        return Err(Fault::unreadable_answer("another protocol"));
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
        let masks = shared
            .vault
            .masks(credentials)
            .map_err(|e| Fault::internal(e.to_string()))?;
        mask_headers(&mut parts.headers, &masks);
        masker = Some(masks.masker());
    }
    let size = incoming.size_hint();
    let body = Relayed {
        incoming,
        masker,
        size,
        status: parts.status.as_u16(),
        bytes: 0,
        open: Some(open),
    };
    Ok(Response::from_parts(parts, body.boxed_unsync()))
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
    masker: Option<Masker>,
    size: SizeHint,
    status: u16,
    bytes: u64,
    open: Option<Open>,
}

impl Relayed {
    fn masked(&mut self, data: Bytes) -> Bytes {
        match &mut self.masker {
            Some(masker) => Bytes::from(masker.push(&data)),
            None => data,
        }
    }

    fn sent(&mut self, data: Bytes) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        self.bytes += data.len() as u64;
        Poll::Ready(Some(Ok(Frame::data(data))))
    }

    fn close(&mut self) {
        if let Some(open) = self.open.take() {
            open.close(Some(self.status), self.bytes);
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
        loop {
            match std::task::ready!(Pin::new(&mut self.incoming).poll_frame(cx)) {
                Some(Ok(frame)) => {
                    let Ok(data) = frame.into_data() else {
                        continue;
                    };
                    let data = self.masked(data);
                    if !data.is_empty() {
                        return self.sent(data);
                    }
                }
                Some(Err(error)) => {
                    self.close();
                    return Poll::Ready(Some(Err(error.into())));
                }
                None => {
                    let tail = self.masker.take().map(Masker::finish).unwrap_or_default();
                    if !tail.is_empty() {
                        return self.sent(Bytes::from(tail));
                    }
                    self.close();
                    return Poll::Ready(None);
                }
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        // With a masker there may be a tail to give out.
        self.masker.is_none() && self.incoming.is_end_stream()
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
