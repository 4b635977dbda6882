//! The client of both ways: TLS to the origin, directly or in a tunnel.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use bytes::Bytes;
use http::{Method, Request, Response};
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use hyper::client::conn::http1::{self, SendRequest};
use hyper_util::rt::TokioIo;
use rustls::client::Resumption;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use crate::gateway::NOTING_PORT;
use crate::origin::NAME;

const MAX_TUNNEL_ANSWER: usize = 4096;

/// Which of the origin's two servers is meant.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Port {
    /// The one that only counts.
    Plain,
    /// The one that notes when it sent its events.
    Noting,
}

/// How the origin is reached.
#[derive(Clone)]
pub(crate) struct Way {
    route: Route,
    tls: Arc<ClientConfig>,
}

#[derive(Clone, Copy)]
enum Route {
    Direct {
        plain: SocketAddr,
        noting: SocketAddr,
    },
    Tunnel {
        proxy: SocketAddr,
    },
}

/// A connection to the origin.
pub(crate) struct Line(SendRequest<Full<Bytes>>);

impl Way {
    pub(crate) fn direct(plain: SocketAddr, noting: SocketAddr, tls: Arc<ClientConfig>) -> Self {
        let route = Route::Direct { plain, noting };
        Self { route, tls }
    }

    pub(crate) fn tunnel(proxy: SocketAddr, tls: Arc<ClientConfig>) -> Self {
        let route = Route::Tunnel { proxy };
        Self { route, tls }
    }

    pub(crate) fn is_tunnel(&self) -> bool {
        matches!(self.route, Route::Tunnel { .. })
    }

    pub(crate) fn name(&self) -> &'static str {
        if self.is_tunnel() { "bottle" } else { "direct" }
    }

    /// A new connection with a handshake of its own.
    pub(crate) async fn open(&self, port: Port) -> io::Result<Line> {
        let stream = self.connect(port).await?;
        let name = ServerName::try_from(NAME).map_err(io::Error::other)?;
        let stream = TlsConnector::from(Arc::clone(&self.tls))
            .connect(name, stream)
            .await?;
        let (sender, connection) = http1::handshake(TokioIo::new(stream))
            .await
            .map_err(io::Error::other)?;
        // Its end is seen by the sender.
        tokio::spawn(async { drop(connection.await) });
        Ok(Line(sender))
    }

    async fn connect(&self, port: Port) -> io::Result<TcpStream> {
        let (addr, target) = match (&self.route, port) {
            (Route::Direct { plain, .. }, Port::Plain) => (*plain, None),
            (Route::Direct { noting, .. }, Port::Noting) => (*noting, None),
            (Route::Tunnel { proxy }, Port::Plain) => (*proxy, Some(443)),
            (Route::Tunnel { proxy }, Port::Noting) => (*proxy, Some(NOTING_PORT)),
        };
        #[expect(
            clippy::disallowed_methods,
            reason = "the client that measures, on loopback"
        )]
        let mut stream = TcpStream::connect(addr).await?;
        stream.set_nodelay(true)?;
        if let Some(port) = target {
            open_tunnel(&mut stream, port).await?;
        }
        Ok(stream)
    }
}

impl Line {
    pub(crate) async fn get(&mut self, path: &str) -> io::Result<Response<Incoming>> {
        self.ask(Method::GET, path, Bytes::new()).await
    }

    pub(crate) async fn post(&mut self, path: &str, body: Bytes) -> io::Result<Response<Incoming>> {
        self.ask(Method::POST, path, body).await
    }

    async fn ask(
        &mut self,
        method: Method,
        path: &str,
        body: Bytes,
    ) -> io::Result<Response<Incoming>> {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("host", NAME)
            .header("content-type", "application/json")
            .body(Full::new(body))
            .map_err(io::Error::other)?;
        self.0.ready().await.map_err(io::Error::other)?;
        let answer = self.0.send_request(request).await;
        let answer = answer.map_err(io::Error::other)?;
        if answer.status() != 200 {
            let status = answer.status();
            let body = answer.collect().await.map_err(io::Error::other)?.to_bytes();
            let body = String::from_utf8_lossy(&body).into_owned();
            return Err(io::Error::other(format!("status {status}: {body}")));
        }
        Ok(answer)
    }
}

/// Reads an answer's body to its end; its length.
pub(crate) async fn swallow(answer: Response<Incoming>) -> io::Result<u64> {
    let mut body = answer.into_body();
    let mut bytes = 0;
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(io::Error::other)?;
        bytes += frame.data_ref().map_or(0, Bytes::len) as u64;
    }
    Ok(bytes)
}

/// A configuration that trusts this authority only and never resumes, so
/// that every connection costs a whole handshake, as a new program's does.
pub(crate) fn tls(pem: &str) -> io::Result<Arc<ClientConfig>> {
    let mut roots = RootCertStore::empty();
    let certificate = CertificateDer::from_pem_slice(pem.as_bytes()).map_err(io::Error::other)?;
    roots.add(certificate).map_err(io::Error::other)?;
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(io::Error::other)?
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    config.resumption = Resumption::disabled();
    Ok(Arc::new(config))
}

async fn open_tunnel(stream: &mut TcpStream, port: u16) -> io::Result<()> {
    let head = format!("CONNECT {NAME}:{port} HTTP/1.1\r\nHost: {NAME}:{port}\r\n\r\n");
    stream.write_all(head.as_bytes()).await?;
    let mut answer = Vec::new();
    while !answer.ends_with(b"\r\n\r\n") && answer.len() < MAX_TUNNEL_ANSWER {
        answer.push(stream.read_u8().await?);
    }
    if !answer.starts_with(b"HTTP/1.1 200") {
        let answer = String::from_utf8_lossy(&answer).into_owned();
        return Err(io::Error::other(format!("no tunnel: {answer}")));
    }
    Ok(())
}
