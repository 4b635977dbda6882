//! Through a parent proxy: `CONNECT` for what carries TLS, and the head of a
//! plain request in absolute-form.

use std::io;
use std::time::Duration;

use bottle_policy::{Host, Permit};
use http::header::PROXY_AUTHORIZATION;
use http::{HeaderValue, Request, Uri};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::error::Error;
use crate::parent::ParentProxy;

/// How long a proxy may take to open a tunnel: it resolves and dials in that time.
const TUNNEL_LIMIT: Duration = Duration::from_secs(30);
/// The longest answer to `CONNECT` that is read.
const MAX_HEAD: usize = 16 * 1024;

/// Opens a tunnel to the permitted host over a connection to the proxy.
pub(crate) async fn tunnel(
    proxy: &ParentProxy,
    permit: &Permit,
    stream: &mut TcpStream,
) -> Result<(), Error> {
    let opening = async {
        stream.write_all(&connect(proxy, permit)).await?;
        status(stream).await
    };
    match timeout(TUNNEL_LIMIT, opening).await {
        Ok(Ok(200..=299)) => Ok(()),
        Ok(Ok(status)) => Err(refused(permit.host(), status)),
        Ok(Err(source)) => Err(Error::Connect {
            host: proxy.host().clone(),
            port: proxy.port(),
            source,
        }),
        Err(_) => Err(Error::Timeout {
            host: permit.host().clone(),
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
async fn status(stream: &mut TcpStream) -> io::Result<u16> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        if head.len() >= MAX_HEAD {
            return Err(io::Error::other("its answer to CONNECT has no end"));
        }
        head.push(stream.read_u8().await?);
    }
    let line = String::from_utf8_lossy(&head);
    let code = line.strip_prefix("HTTP/1.").and_then(|rest| rest.get(2..5));
    code.and_then(|code| code.parse().ok())
        .ok_or_else(|| io::Error::other("its answer to CONNECT is no HTTP"))
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
