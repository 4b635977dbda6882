//! The engine alone: a proxy for isolation that somebody else provides.

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::os::fd::AsRawFd as _;
use std::path::PathBuf;
use std::sync::Arc;

use bottle_audit::Log;
use bottle_engine::{Anonymous, Authority, Config, Doors, Engine, Manners, Vault};
use bottle_policy::{Bottle, Secret, SecretRef};
use nix::sys::socket::{
    AddressFamily, Backlog, SockFlag, SockType, SockaddrStorage, bind, listen, setsockopt, socket,
    sockopt,
};
use tokio::sync::watch;

use crate::error::Error;
use crate::inbox::{self, Notice};
use crate::run_id::RunId;
use crate::runtime::Serving;

/// What a gateway is made of.
pub struct Gateway {
    /// The resolved bottle.
    pub bottle: Bottle,
    /// The values of the credentials that its routes name.
    pub tokens: Vec<(SecretRef, Secret)>,
    /// The operator's own secrets, each with a label that may be told.
    pub secrets: Vec<(String, Secret)>,
    /// How upstreams are reached.
    pub upstream: bottle_upstream::Config,
    /// Where to listen.
    pub listen: SocketAddr,
    /// Where audit logs are kept.
    pub logs: PathBuf,
    /// The authority that its clients trust already; a new one where there is none.
    pub authority: Option<Authority>,
    /// How the proxy treats its clients.
    pub manners: Manners,
    /// Told of each question that a person must answer.
    pub notice: Notice,
}

/// Serves until the process ends. `trusted` is given the certificate before
/// anybody can connect, so that who can connect finds it written; `ready` is
/// told the address when clients may come.
///
/// # Errors
/// The address is taken, the certificate could not be written, or the audit log not be made.
pub fn gateway(
    gateway: Gateway,
    trusted: impl FnOnce(&str) -> Result<(), Error>,
    ready: impl FnOnce(SocketAddr),
) -> Result<(), Error> {
    let wanted = gateway.listen;
    let not_had = |source| Error::Listen {
        address: wanted,
        source,
    };
    let place = Place::taken(wanted).map_err(not_had)?;
    let address = place.0.local_addr().map_err(not_had)?;
    let authority = match gateway.authority {
        Some(authority) => authority,
        None => Authority::generate()?,
    };
    let vault = Vault::new(gateway.tokens, gateway.secrets);
    let logs = gateway.logs.join(gateway.bottle.name.as_str());
    let run = RunId::new();
    let log = Log::create(&logs, run.as_str(), gateway.bottle.name.as_str())?;
    let (ask, answers) = inbox::open(&gateway.bottle, &logs, run.as_str(), gateway.notice)?;
    trusted(authority.pem())?;
    let listener = place.open().map_err(not_had)?;
    ready(address);
    let (_policy, bottle) = watch::channel(Arc::new(gateway.bottle));
    let engine = Engine::new(Config {
        bottle,
        authority,
        vault,
        upstream: gateway.upstream,
        log,
        identify: Arc::new(Anonymous),
        ask,
        manners: gateway.manners,
    })?;
    Serving::start(
        engine,
        Doors {
            proxy: Some(listener),
            ..Doors::default()
        },
        answers,
    )?
    .wait()
}

/// An address that is ours, where nobody can connect yet.
struct Place(TcpListener);

impl Place {
    /// Takes an address, as the standard library does for a listener.
    fn taken(address: SocketAddr) -> io::Result<Self> {
        let family = match address {
            SocketAddr::V4(_) => AddressFamily::Inet,
            SocketAddr::V6(_) => AddressFamily::Inet6,
        };
        let kind = SockType::Stream;
        let socket = socket(family, kind, SockFlag::SOCK_CLOEXEC, None)?;
        setsockopt(&socket, sockopt::ReuseAddr, &true)?;
        bind(socket.as_raw_fd(), &SockaddrStorage::from(address))?;
        Ok(Self(socket.into()))
    }

    /// From now on there are connections.
    fn open(self) -> io::Result<TcpListener> {
        listen(&self.0, Backlog::new(WAITING)?)?;
        Ok(self.0)
    }
}

/// Connections that may wait to be accepted.
const WAITING: i32 = 1024;

#[cfg(test)]
mod tests {
    use nix::errno::Errno;
    use nix::sys::socket::connect;

    use super::*;

    fn knock(address: SocketAddr) -> Result<(), Errno> {
        let kind = (
            AddressFamily::Inet,
            SockType::Stream,
            SockFlag::SOCK_CLOEXEC,
        );
        let knocker = socket(kind.0, kind.1, kind.2, None)?;
        connect(knocker.as_raw_fd(), &SockaddrStorage::from(address))
    }

    #[test]
    fn an_address_is_taken_before_anybody_can_connect() {
        let place = Place::taken(([127, 0, 0, 1], 0).into()).unwrap();
        let address = place.0.local_addr().unwrap();
        assert_eq!(knock(address), Err(Errno::ECONNREFUSED));
        let listener = place.open().unwrap();
        assert!(Place::taken(address).is_err());
        knock(address).unwrap();
        listener.accept().unwrap();
    }
}
