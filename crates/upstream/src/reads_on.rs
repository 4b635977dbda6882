//! A connection whose answer is still read after the upstream took no more.
//!
//! An upstream may answer before it has read a request (413, 401) and close.
//! What is written from then on fails, while its answer lies here unread. So a
//! failed write is not the end: the rest is dropped, and reading tells whether
//! there was an answer or the connection broke.

use std::io::{self, ErrorKind};
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// A stream whose end for writing may be gone before the one for reading.
pub(crate) struct ReadsOn<S> {
    stream: S,
    writes: Writes,
}

/// What becomes of what is written.
#[derive(Clone, Copy, PartialEq)]
enum Writes {
    Dropped,
    Sent,
}

impl<S> ReadsOn<S> {
    pub(crate) fn new(stream: S) -> Self {
        Self {
            stream,
            writes: Writes::Sent,
        }
    }

    /// Takes a write's outcome; `all` is what counts as done when none is sent any more.
    fn outcome<T>(&mut self, done: Poll<io::Result<T>>, all: T) -> Poll<io::Result<T>> {
        match done {
            Poll::Ready(Err(error)) if is_closed(error.kind()) => {
                self.writes = Writes::Dropped;
                Poll::Ready(Ok(all))
            }
            other @ (Poll::Ready(_) | Poll::Pending) => other,
        }
    }
}

/// Whether the other side takes no more.
fn is_closed(kind: ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::BrokenPipe | ErrorKind::ConnectionAborted | ErrorKind::ConnectionReset
    )
}

impl<S: AsyncRead + Unpin> AsyncRead for ReadsOn<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buf)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for ReadsOn<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        if self.writes == Writes::Dropped {
            return Poll::Ready(Ok(buf.len()));
        }
        let done = Pin::new(&mut self.stream).poll_write(cx, buf);
        self.outcome(done, buf.len())
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let all = bufs.iter().map(|buf| buf.len()).sum();
        if self.writes == Writes::Dropped {
            return Poll::Ready(Ok(all));
        }
        let done = Pin::new(&mut self.stream).poll_write_vectored(cx, bufs);
        self.outcome(done, all)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.writes == Writes::Dropped {
            return Poll::Ready(Ok(()));
        }
        let done = Pin::new(&mut self.stream).poll_flush(cx);
        self.outcome(done, ())
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    use super::*;

    #[tokio::test]
    async fn an_answer_is_read_although_nothing_more_can_be_written() {
        let (ours, mut theirs) = tokio::io::duplex(64);
        theirs.write_all(b"413").await.unwrap();
        drop(theirs);
        let mut line = ReadsOn::new(ours);
        line.write_all(&[0; 1000]).await.unwrap();
        line.flush().await.unwrap();
        let mut answer = String::new();
        line.read_to_string(&mut answer).await.unwrap();
        assert_eq!(answer, "413");
    }
}
