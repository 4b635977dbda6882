//! A stream that notes when the first byte of the next request arrived.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Instant;

use parking_lot::Mutex;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// When bytes first arrived since the last [`FirstByte::forget`].
#[derive(Clone, Debug, Default)]
pub(super) struct FirstByte(Arc<Mutex<Option<Instant>>>);

impl FirstByte {
    /// When the first byte arrived; now, where it came with older bytes.
    pub(super) fn at(&self) -> Instant {
        self.0.lock().unwrap_or_else(Instant::now)
    }

    /// From here on the next byte is the first one again.
    pub(super) fn forget(&self) {
        *self.0.lock() = None;
    }

    fn note(&self) {
        self.0.lock().get_or_insert_with(Instant::now);
    }
}

/// Passes everything through and tells a [`FirstByte`].
#[derive(Debug)]
pub(super) struct Watched<S> {
    stream: S,
    first_byte: FirstByte,
}

impl<S> Watched<S> {
    pub(super) fn new(stream: S, first_byte: FirstByte) -> Self {
        Self { stream, first_byte }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Watched<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buf.filled().len();
        let polled = Pin::new(&mut self.stream).poll_read(cx, buf);
        if buf.filled().len() > before {
            self.first_byte.note();
        }
        polled
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Watched<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, buf)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(cx, bufs)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}
