//! The engine: its parts put together, and its listeners.

use std::collections::HashSet;
use std::net::{TcpListener, UdpSocket};
use std::sync::Arc;

use bottle_audit::Log;
use bottle_policy::Bottle;
use bottle_scan::{KnownError, Scanner, Spread};
use bottle_upstream::Client;
use parking_lot::Mutex;
use tokio::net::TcpStream;
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;
use tokio::time::{Duration, sleep};

use crate::ask::Ask;
use crate::authority::Authority;
use crate::identify::Identify;
use crate::manners::Manners;
use crate::names::Names;
use crate::record::Recorder;
use crate::room::Room;
use crate::shared::Shared;
use crate::shown::Shown;
use crate::vault::Vault;
use crate::{dns, proxy, transparent};

/// Connections served at once. More wait in the kernel's queue.
const CONNECTIONS: usize = 1024;

/// What an engine is made of.
pub struct Config {
    /// The policy; a new value takes effect with the next request.
    pub bottle: watch::Receiver<Arc<Bottle>>,
    /// The certificate authority of this run.
    pub authority: Authority,
    /// The run's secrets.
    pub vault: Vault,
    /// How upstreams are reached.
    pub upstream: bottle_upstream::Config,
    /// Where decisions are recorded.
    pub log: Log,
    /// Who opened a connection.
    pub identify: Arc<dyn Identify>,
    /// Who is asked about a request that a route holds.
    pub ask: Arc<dyn Ask>,
    /// How the explicit proxy treats its clients.
    pub manners: Manners,
}

/// The sockets that an engine serves, opened by whoever starts it.
#[derive(Debug, Default)]
pub struct Doors {
    /// The explicit proxy.
    pub proxy: Option<TcpListener>,
    /// Connections to any address; an accepted socket's own address is where it was meant to go.
    pub transparent: Vec<TcpListener>,
    /// DNS over UDP, with the asked address told by the kernel (`IP_PKTINFO`).
    pub dns: Vec<UdpSocket>,
}

/// The process's one way out.
pub struct Engine {
    shared: Arc<Shared>,
}

impl Engine {
    /// Puts an engine together. Nothing is served yet.
    ///
    /// # Errors
    /// A secret that is too short to be looked for.
    pub fn new(config: Config) -> Result<Self, KnownError> {
        // Findings of two runs cannot be compared: the key is new each time.
        let scanner = Scanner::new(config.vault.known(), rand::random())?;
        let shown = Shown::new(scanner.clone());
        let shared = Shared {
            bottle: config.bottle,
            authority: config.authority,
            scanner,
            spread: Mutex::new(Spread::default()),
            vault: config.vault,
            client: Client::new(config.upstream),
            recorder: Arc::new(Recorder::new(config.log, shown.clone())),
            names: Names::default(),
            asked: Mutex::new(HashSet::new()),
            identify: config.identify,
            ask: config.ask,
            manners: config.manners,
            shown,
            room: Room::new(),
        };
        Ok(Self {
            shared: Arc::new(shared),
        })
    }

    /// Serves the doors until `stop` is done. Connections still open then end.
    ///
    /// # Errors
    /// A socket that the runtime cannot take.
    pub async fn serve(self, doors: Doors, stop: impl Future<Output = ()>) -> std::io::Result<()> {
        let mut tasks = JoinSet::new();
        let places = Arc::new(Semaphore::new(CONNECTIONS));
        if let Some(listener) = doors.proxy {
            let shared = Arc::clone(&self.shared);
            tasks.spawn(accept(
                tokio_listener(listener)?,
                Arc::clone(&places),
                move |stream| proxy::run(Arc::clone(&shared), stream),
            ));
        }
        for listener in doors.transparent {
            let shared = Arc::clone(&self.shared);
            tasks.spawn(accept(
                tokio_listener(listener)?,
                Arc::clone(&places),
                move |stream| transparent::run(Arc::clone(&shared), stream),
            ));
        }
        for socket in doors.dns {
            socket.set_nonblocking(true)?;
            let socket = tokio::net::UdpSocket::from_std(socket)?;
            tasks.spawn(dns::serve_datagrams(Arc::clone(&self.shared), socket));
        }
        stop.await;
        Ok(())
    }
}

fn tokio_listener(listener: TcpListener) -> std::io::Result<tokio::net::TcpListener> {
    listener.set_nonblocking(true)?;
    tokio::net::TcpListener::from_std(listener)
}

/// Accepts until dropped, with all connections that it began.
async fn accept<F, T>(listener: tokio::net::TcpListener, places: Arc<Semaphore>, serve: F)
where
    F: Fn(TcpStream) -> T,
    T: Future<Output = ()> + Send + 'static,
{
    let mut connections = JoinSet::new();
    loop {
        let Ok(place) = Arc::clone(&places).acquire_owned().await else {
            return;
        };
        match listener.accept().await {
            Ok((stream, _)) => {
                // Small writes go out at once; a failure costs only speed.
                drop(stream.set_nodelay(true));
                let served = serve(stream);
                connections.spawn(async move {
                    served.await;
                    drop(place);
                });
            }
            // Out of file descriptors, most likely: give some a chance to close.
            Err(_) => sleep(Duration::from_millis(20)).await,
        }
        while connections.try_join_next().is_some() {}
    }
}
