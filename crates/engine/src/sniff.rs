//! What the first bytes of a connection are. One short read never decides: the
//! reader asks again until the answer is known, the cap is reached or time is up.

use std::io;
use std::time::Duration;

use bytes::BytesMut;
use tokio::io::{AsyncRead, AsyncReadExt as _};
use tokio::time::timeout;

/// The longest method is far shorter, and TLS shows itself in three bytes.
const CAP: usize = 64;
/// A client that waits for the server to speak first says nothing at all.
const LIMIT: Duration = Duration::from_secs(10);

/// A protocol told by its first bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Protocol {
    /// The beginning of an HTTP/1 request line.
    Http,
    /// A TLS handshake record.
    Tls,
    /// Something else, or nothing within the time.
    Unknown,
}

/// Reads until the protocol is known. Returns what was read: it belongs to the protocol.
pub(crate) async fn sniff<S>(stream: &mut S) -> io::Result<(Protocol, BytesMut)>
where
    S: AsyncRead + Unpin,
{
    let mut seen = BytesMut::with_capacity(4096);
    let reading = async {
        loop {
            if let Some(protocol) = classify(&seen) {
                return Ok::<_, io::Error>(protocol);
            }
            if stream.read_buf(&mut seen).await? == 0 {
                return Ok(Protocol::Unknown);
            }
        }
    };
    let protocol = timeout(LIMIT, reading)
        .await
        .unwrap_or(Ok(Protocol::Unknown))?;
    Ok((protocol, seen))
}

/// `None` while more bytes are needed.
pub(crate) fn classify(seen: &[u8]) -> Option<Protocol> {
    match seen {
        [] | [0x16] | [0x16, 0x03] => None,
        // A handshake record (22) of any TLS version (3.x).
        [0x16, 0x03, minor, ..] if *minor <= 4 => Some(Protocol::Tls),
        [0x16, ..] => Some(Protocol::Unknown),
        _ => classify_text(seen),
    }
}

fn classify_text(seen: &[u8]) -> Option<Protocol> {
    let head = seen.get(..CAP).unwrap_or(seen);
    let word = head
        .iter()
        .position(|b| !(b.is_ascii_uppercase() || matches!(b, b'-' | b'_')));
    match word {
        None if head.len() < CAP => None,
        None | Some(0) => Some(Protocol::Unknown),
        Some(end) if head.get(end) != Some(&b' ') => Some(Protocol::Unknown),
        // A request target is absolute, a star, a path or an authority: SMTP's
        // `MAIL FROM` and the like are told apart by the letter that follows.
        Some(end) => head.get(end + 1).map(|next| match next {
            b'/' | b'*' | b'h' | b'H' | b'[' => Protocol::Http,
            b if b.is_ascii_lowercase() || b.is_ascii_digit() => Protocol::Http,
            _ => Protocol::Unknown,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tls_and_http_are_recognised_however_they_are_cut() {
        for (bytes, protocol) in [
            (&b"\x16\x03\x01\x02\x00"[..], Protocol::Tls),
            (b"GET / HTTP/1.1\r\n", Protocol::Http),
            (b"OPTIONS * HTTP/1.1\r\n", Protocol::Http),
            (b"CONNECT a:1 HTTP/1.1\r\n", Protocol::Http),
            (b"SSH-2.0-OpenSSH_9.2\r\n", Protocol::Unknown),
            (b"EHLO there\r\n", Protocol::Http),
            (b"MAIL FROM:<a@b>\r\n", Protocol::Unknown),
            (b"\x00\x01\x02", Protocol::Unknown),
            (b"hello", Protocol::Unknown),
            (b"\x16\x02\x00", Protocol::Unknown),
        ] {
            let decided = (0..=bytes.len()).find_map(|n| classify(&bytes[..n]));
            assert_eq!(decided, Some(protocol), "{bytes:?}");
        }
    }

    #[test]
    fn a_long_word_is_not_waited_for() {
        assert_eq!(classify(&[b'A'; CAP]), Some(Protocol::Unknown));
    }

    #[tokio::test(start_paused = true)]
    async fn silence_is_unknown() {
        let (mut ours, _theirs) = tokio::io::duplex(16);
        assert_eq!(sniff(&mut ours).await.unwrap().0, Protocol::Unknown);
    }
}
