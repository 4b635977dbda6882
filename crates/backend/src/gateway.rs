//! The engine alone: a proxy for isolation that somebody else provides.

use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;

use bottle_audit::Log;
use bottle_engine::{Anonymous, Authority, Config, Doors, Engine, Manners, Vault};
use bottle_policy::{Bottle, Secret, SecretRef};
use tokio::sync::watch;

use crate::error::Error;
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
}

/// Serves until the process ends. `ready` is told the address and the
/// certificate to trust, when clients may come.
///
/// # Errors
/// The address is taken, or the audit log could not be made.
pub fn gateway(
    gateway: Gateway,
    ready: impl FnOnce(SocketAddr, &str) -> std::io::Result<()>,
) -> Result<(), Error> {
    let listener = TcpListener::bind(gateway.listen).map_err(Error::Engine)?;
    let address = listener.local_addr().map_err(Error::Engine)?;
    let authority = match gateway.authority {
        Some(authority) => authority,
        None => Authority::generate()?,
    };
    let vault = Vault::new(gateway.tokens, gateway.secrets);
    let logs = gateway.logs.join(gateway.bottle.name.as_str());
    let log = Log::create(&logs, RunId::new().as_str(), gateway.bottle.name.as_str())?;
    ready(address, authority.pem()).map_err(Error::Engine)?;
    let (_policy, bottle) = watch::channel(Arc::new(gateway.bottle));
    let engine = Engine::new(Config {
        bottle,
        authority,
        vault,
        upstream: gateway.upstream,
        log,
        identify: Arc::new(Anonymous),
        manners: gateway.manners,
    })?;
    Serving::start(
        engine,
        Doors {
            proxy: Some(listener),
            ..Doors::default()
        },
    )?
    .wait()
}
