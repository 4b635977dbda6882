//! Through a parent proxy: `CONNECT` for what carries TLS, and the head of a
//! plain request in absolute-form.

use std::io;
use std::time::Duration;

use bottle_policy::{Host, Permit};
use http::header::PROXY_AUTHORIZATION;
use http::{HeaderValue, Request, Uri};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::time::timeout;

use crate::error::Error;
use crate::parent::ParentProxy;

/// How long a proxy may take to open a tunnel: it resolves and dials in that time.
const TUNNEL_LIMIT: Duration = Duration::from_secs(30);
/// The longest answer to `CONNECT` that is read.
const MAX_HEAD: usize = 16 * 1024;

/// Opens a tunnel to the permitted host over a connection to the proxy.
pub(crate) async fn tunnel<S>(
    proxy: &ParentProxy,
    permit: &Permit,
    stream: &mut S,
) -> Result<(), Error>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    open(&connect(proxy, permit), permit.host(), stream).await
}

async fn open<S>(head: &[u8], host: &Host, stream: &mut S) -> Result<(), Error>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let opening = async {
        stream.write_all(head).await?;
        status(stream).await
    };
    match timeout(TUNNEL_LIMIT, opening).await {
        Ok(Ok(200..=299)) => Ok(()),
        Ok(Ok(status)) => Err(refused(host, status)),
        Ok(Err(source)) => Err(Error::ParentUnusable {
            host: host.clone(),
            source,
        }),
        Err(_) => Err(Error::Timeout {
            host: host.clone(),
            step: "a tunnel through the parent proxy",
            seconds: TUNNEL_LIMIT.as_secs(),
        }),
    }
}

/// The proxy's own refusal, as opposed to the upstream's answer.
pub(crate) fn refused(host: &Host, status: u16) -> Error {
    Error::Parent {
        host: host.clone(),
        status,
    }
}

fn connect(proxy: &ParentProxy, permit: &Permit) -> Vec<u8> {
    let target = target(permit);
    let mut head = format!("CONNECT {target} HTTP/1.1\r\nhost: {target}\r\n").into_bytes();
    if let Some(value) = proxy.authorization() {
        head.extend_from_slice(b"proxy-authorization: ");
        head.extend_from_slice(value.expose());
        head.extend_from_slice(b"\r\n");
    }
    head.extend_from_slice(b"\r\n");
    head
}

/// Always with the port, and an IPv6 address in brackets.
fn target(permit: &Permit) -> String {
    match permit.host() {
        Host::Ip(std::net::IpAddr::V6(v6)) => format!("[{v6}]:{}", permit.port()),
        host @ (Host::Ip(_) | Host::Name(_)) => format!("{host}:{}", permit.port()),
    }
}

/// Reads the head of the answer, and not a byte of what follows it.
async fn status<S: AsyncRead + Unpin>(stream: &mut S) -> io::Result<u16> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") && !head.ends_with(b"\n\n") {
        if head.len() >= MAX_HEAD {
            return Err(io::Error::other("its answer to CONNECT has no end"));
        }
        head.push(stream.read_u8().await.map_err(broken_off)?);
    }
    code(&head).ok_or_else(|| io::Error::other("its answer to CONNECT is no HTTP"))
}

/// Three digits between a version that we speak and a blank or the line's end.
fn code(head: &[u8]) -> Option<u16> {
    let line = head.split(|&byte| byte == b'\r' || byte == b'\n').next()?;
    let rest = line
        .strip_prefix(b"HTTP/1.1 ")
        .or_else(|| line.strip_prefix(b"HTTP/1.0 "))?;
    let (digits, reason) = rest.split_at_checked(3)?;
    let whole =
        digits.iter().all(u8::is_ascii_digit) && matches!(reason.first(), None | Some(b' '));
    std::str::from_utf8(digits)
        .ok()
        .filter(|_| whole)?
        .parse()
        .ok()
}

fn broken_off(error: io::Error) -> io::Error {
    if error.kind() == io::ErrorKind::UnexpectedEof {
        return io::Error::other("it closed the connection instead of answering CONNECT");
    }
    error
}

/// Turns a request in origin-form into what a proxy takes.
pub(crate) fn absolute<B>(
    proxy: &ParentProxy,
    permit: &Permit,
    request: &mut Request<B>,
) -> Result<(), http::Error> {
    let path = request.uri().path_and_query().map_or("/", |p| p.as_str());
    let target = target(permit);
    let target = target.strip_suffix(":80").unwrap_or(&target);
    *request.uri_mut() = Uri::try_from(format!("http://{target}{path}"))?;
    if let Some(value) = proxy.authorization() {
        let mut value = HeaderValue::from_bytes(value.expose())?;
        value.set_sensitive(true);
        request.headers_mut().insert(PROXY_AUTHORIZATION, value);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use tokio::io::duplex;

    use super::*;

    /// What an answer of the proxy leads to, and what is left of it.
    async fn opened(answer: &[u8]) -> (Result<(), String>, Vec<u8>) {
        let (mut near, mut far) = duplex(64 * 1024);
        far.write_all(answer).await.unwrap();
        far.shutdown().await.unwrap();
        let host = "api.example.com".parse().unwrap();
        let opened = open(b"CONNECT", &host, &mut near).await;
        let mut left = Vec::new();
        near.read_to_end(&mut left).await.unwrap();
        (opened.map_err(|error| error.to_string()), left)
    }

    #[tokio::test]
    async fn a_tunnel_begins_right_behind_the_head_of_its_answer() {
        for head in [
            "HTTP/1.1 200 Connection established\r\n\r\n",
            "HTTP/1.0 200\r\nvia: a\r\n\r\n",
            "HTTP/1.1 204 \n\n",
        ] {
            let answer = [head.as_bytes(), b"\x16\x03"].concat();
            assert_eq!(opened(&answer).await, (Ok(()), b"\x16\x03".to_vec()));
        }
    }

    #[tokio::test]
    async fn what_is_no_agreement_opens_no_tunnel() {
        let endless = [b"HTTP/1.1 200 OK\r\nx: ".as_slice(), &[b'x'; MAX_HEAD]].concat();
        let cases: [(&[u8], &str); 12] = [
            (b"HTTP/1.1 403 Forbidden\r\n\r\n", "it answers 403"),
            (b"HTTP/1.1 407 No\r\n\r\n", "USER:PASSWORD@"),
            (b"HTTP/1.1 302 Found\r\n\r\n", "it answers 302"),
            (b"HTTP/1.1 100 Continue\r\n\r\n", "it answers 100"),
            (b"HTTP/1.1 2000 OK\r\n\r\n", "no HTTP"),
            (b"HTTP/1.12200 OK\r\n\r\n", "no HTTP"),
            (b"HTTP/2 200\r\n\r\n", "no HTTP"),
            (b"HTTP/1.1 +20 OK\r\n\r\n", "no HTTP"),
            (b"SSH-2.0-x\r\n\r\n", "no HTTP"),
            (b"HTTP/1.1 200 OK\r\n", "it closed the connection"),
            (b"", "it closed the connection"),
            (&endless, "no end"),
        ];
        for (answer, why) in cases {
            let (opened, _) = opened(answer).await;
            let said = opened.unwrap_err();
            assert!(said.contains(why), "{why}: {said}");
            assert!(said.contains("api.example.com"), "{said}");
        }
    }

    /// The clock stands still while anything happens, and goes on by itself.
    #[tokio::test(start_paused = true)]
    async fn a_proxy_that_does_not_answer_is_not_waited_for_without_end() {
        let (mut near, _far) = duplex(1024);
        let host = "api.example.com".parse().unwrap();
        let error = open(b"CONNECT", &host, &mut near).await.unwrap_err();
        assert!(error.is_timeout(), "{error}");
        assert!(error.to_string().contains("30 seconds"), "{error}");
    }
}
