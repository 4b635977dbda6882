//! A server on loopback that notes all that reaches it.
//!
//! `record` holds what was noted, `call` is a request as a handler sees it,
//! `reply` what a handler answers, `handler` the answers that come with the
//! crate, `serve` the way from an accepted socket to a handler.

mod call;
mod handler;
mod record;
mod reply;
mod serve;
#[cfg(test)]
mod tests;
mod watched;

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use rustls::ServerConfig;

pub use self::call::Call;
pub use self::handler::Handler;
use self::record::Log;
pub use self::record::{BodyState, Connection, Recorded, Recording, Sent};
pub use self::reply::{Gate, Pace, Reply, Streamer};
use self::serve::Server;
use crate::authority::Authority;
use crate::background::Background;
use crate::wait::TimedOut;

/// A running server. Dropping it closes its socket and its connections.
#[derive(Debug)]
pub struct Upstream {
    addr: SocketAddr,
    log: Arc<Log>,
    _server: Background,
}

/// A server that is not running yet. Made by [`Upstream::setup`].
#[derive(Debug)]
#[must_use = "nothing listens before `start`"]
pub struct Setup {
    handler: Handler,
    listen: SocketAddr,
    tls: Option<Arc<ServerConfig>>,
    recording: Recording,
}

impl Upstream {
    /// Starts an HTTPS server on `127.0.0.1` with a certificate for `names`.
    pub fn start(authority: &Authority, names: &[&str], handler: Handler) -> io::Result<Self> {
        Self::setup(handler)
            .tls(authority.server_config(names)?)
            .start()
    }

    /// Starts an HTTP server without TLS on `127.0.0.1`.
    pub fn start_plain(handler: Handler) -> io::Result<Self> {
        Self::setup(handler).start()
    }

    /// Starts from an HTTP server on `127.0.0.1` and a port from the kernel.
    pub fn setup(handler: Handler) -> Setup {
        Setup {
            handler,
            listen: (Ipv4Addr::LOCALHOST, 0).into(),
            tls: None,
            recording: Recording::Everything,
        }
    }

    /// Where it listens.
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// `HOST:PORT:ADDR:PORT`, the value of `--connect-to` that leads here.
    pub fn connect_to(&self, host: &str, port: u16) -> String {
        format!("{host}:{port}:{}", self.addr)
    }

    /// The requests so far, in the order in which their heads arrived.
    pub fn requests(&self) -> Vec<Recorded> {
        self.log.requests()
    }

    /// The connections so far, in the order in which they were accepted.
    pub fn connections(&self) -> Vec<Connection> {
        self.log.connections()
    }

    /// The pieces of streamed replies, in the order in which they were sent.
    pub fn sent(&self) -> Vec<Sent> {
        self.log.sent()
    }

    /// How many requests there were, kept or not.
    pub fn request_count(&self) -> u64 {
        self.log.request_count()
    }

    /// How many connections there were, kept or not.
    pub fn connection_count(&self) -> u64 {
        self.log.connection_count()
    }

    /// Whether these bytes occur in any target, header or body so far.
    pub fn saw(&self, needle: &[u8]) -> bool {
        self.log.any(|request| request.contains(needle))
    }

    /// Waits until `count` requests are over, whole or cut off.
    pub fn wait_for_requests(
        &self,
        count: usize,
        deadline: Duration,
    ) -> Result<Vec<Recorded>, TimedOut> {
        self.wait_until(deadline, |requests| {
            let over = |request: &&Recorded| request.body_state != BodyState::Arriving;
            requests.iter().filter(over).count() >= count
        })
    }

    /// Waits until the condition holds for the requests so far.
    pub fn wait_until(
        &self,
        deadline: Duration,
        condition: impl FnMut(&[Recorded]) -> bool,
    ) -> Result<Vec<Recorded>, TimedOut> {
        self.log.wait_until(deadline, condition)
    }
}

impl Setup {
    /// Speaks TLS as configured; see [`Authority::server_config`].
    pub fn tls(mut self, config: Arc<ServerConfig>) -> Self {
        self.tls = Some(config);
        self
    }

    /// Listens at another address of the loopback.
    pub fn listen(mut self, addr: SocketAddr) -> Self {
        self.listen = addr;
        self
    }

    /// Notes less than everything.
    pub fn recording(mut self, recording: Recording) -> Self {
        self.recording = recording;
        self
    }

    /// Opens the socket and starts to serve. It accepts at once.
    pub fn start(self) -> io::Result<Upstream> {
        if !self.listen.ip().is_loopback() {
            return Err(io::Error::new(
                io::ErrorKind::InvalidInput,
                format!("{} is not a loopback address", self.listen),
            ));
        }
        let socket = TcpListener::bind(self.listen)?;
        socket.set_nonblocking(true)?;
        let addr = socket.local_addr()?;
        let log = Arc::new(Log::new(self.recording));
        let server = Server {
            handler: self.handler,
            tls: self.tls,
            log: Arc::clone(&log),
        };
        let background = Background::start("upstream", server.accept_on(socket))?;
        Ok(Upstream {
            addr,
            log,
            _server: background,
        })
    }
}
