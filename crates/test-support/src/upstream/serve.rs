//! From an accepted socket to a handler.

use std::convert::Infallible;
use std::io;
use std::net::{SocketAddr, TcpListener as StdTcpListener};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use rustls::ServerConfig;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio_rustls::TlsAcceptor;

use super::call::{Call, Entry};
use super::handler::Handler;
use super::record::{Arrival, Log};
use super::reply::ReplyBody;
use super::watched::{FirstByte, Watched};

const MAX_CONNECTIONS: usize = 512;
const HANDSHAKE: Duration = Duration::from_secs(10);
/// How long to leave the socket alone after it would not give a connection.
const ACCEPT_PAUSE: Duration = Duration::from_millis(10);

/// All that a connection's task needs.
pub(super) struct Server {
    pub(super) handler: Handler,
    pub(super) tls: Option<Arc<ServerConfig>>,
    pub(super) log: Arc<Log>,
}

/// One connection, as its requests need to know it.
struct Line {
    server: Arc<Server>,
    number: Option<usize>,
    sni: Option<String>,
    requests: AtomicU64,
    first_byte: FirstByte,
}

impl Server {
    /// Serves until the runtime ends.
    pub(super) async fn accept_on(self, socket: StdTcpListener) {
        // Fails only on a socket that is not a listening one.
        let Ok(listener) = TcpListener::from_std(socket) else {
            return;
        };
        let server = Arc::new(self);
        let places = Arc::new(Semaphore::new(MAX_CONNECTIONS));
        while let Ok(place) = Arc::clone(&places).acquire_owned().await {
            match listener.accept().await {
                Ok((stream, from)) => {
                    let server = Arc::clone(&server);
                    tokio::spawn(async move {
                        server.attend(stream, from).await;
                        drop(place);
                    });
                }
                Err(_) => tokio::time::sleep(ACCEPT_PAUSE).await,
            }
        }
    }

    async fn attend(self: Arc<Self>, stream: TcpStream, from: SocketAddr) {
        let number = self.log.opened(from);
        let log = Arc::clone(&self.log);
        let fault = self.speak(stream, number).await.err();
        log.closed(number, fault.map(|fault| fault.to_string()));
    }

    async fn speak(self: Arc<Self>, stream: TcpStream, number: Option<usize>) -> io::Result<()> {
        stream.set_nodelay(true)?;
        let Some(config) = self.tls.clone() else {
            return Line::new(self, number, None).serve(stream).await;
        };
        let handshake = TlsAcceptor::from(config).accept(stream);
        let stream = tokio::time::timeout(HANDSHAKE, handshake).await??;
        let sni = stream.get_ref().1.server_name().map(str::to_owned);
        self.log.named(number, sni.as_deref());
        Line::new(self, number, sni).serve(stream).await
    }
}

impl Line {
    fn new(server: Arc<Server>, number: Option<usize>, sni: Option<String>) -> Arc<Self> {
        Arc::new(Self {
            server,
            number,
            sni,
            requests: AtomicU64::new(0),
            first_byte: FirstByte::default(),
        })
    }

    async fn serve<S>(self: Arc<Self>, stream: S) -> io::Result<()>
    where
        S: AsyncRead + AsyncWrite + Unpin + Send,
    {
        let stream = Watched::new(stream, self.first_byte.clone());
        let service = service_fn(move |request| {
            let line = Arc::clone(&self);
            async move { Ok::<_, Infallible>(line.answer(request).await) }
        });
        http1::Builder::new()
            .serve_connection(TokioIo::new(stream), service)
            .await
            .map_err(io::Error::other)
    }

    async fn answer(&self, request: http::Request<Incoming>) -> http::Response<ReplyBody> {
        let (parts, body) = request.into_parts();
        let nth = self.requests.fetch_add(1, Ordering::Relaxed) + 1;
        let log = &self.server.log;
        let number = log.arrived(&Arrival {
            connection: self.number,
            nth,
            sni: self.sni.as_deref(),
            parts: &parts,
            first_byte: self.first_byte.at(),
        });
        self.first_byte.forget();
        let entry = Entry {
            log: Arc::clone(log),
            connection: self.number,
            request: number,
            nth,
            first_byte: self.first_byte.clone(),
        };
        let call = Call::new(parts, body, entry);
        self.server.handler.answer(call).await.into_response()
    }
}
