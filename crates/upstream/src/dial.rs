//! From a permit to a TCP connection: resolve once, vet all, dial one of them.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use bottle_policy::{Host, Permit, Scheme};
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

use crate::connect_to::ConnectTo;
use crate::error::Error;
use crate::exempt::Exempt;
use crate::parent::{ParentProxy, Parents};
use crate::{guard, via};

const RESOLVE_LIMIT: Duration = Duration::from_secs(10);
const CONNECT_LIMIT: Duration = Duration::from_secs(15);
/// How long one address may be tried before the next is tried beside it
/// (RFC 8305 recommends 250 ms).
const STAGGER: Duration = Duration::from_millis(250);

/// How long a name may take where the parent proxy resolves it anyway.
const LOOK_LIMIT: Duration = Duration::from_secs(2);

/// How an operator wants connections to be made.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ways {
    pub(crate) connect_to: Vec<ConnectTo>,
    pub(crate) parents: Parents,
    pub(crate) exempt: Exempt,
}

/// A connection to an address that was vetted or that the operator named.
pub(crate) struct Dialed {
    pub(crate) stream: TcpStream,
    pub(crate) ip: IpAddr,
    /// The proxy that wants requests in absolute-form, where there is one.
    pub(crate) proxy: Option<ParentProxy>,
}

/// Opens a connection for a permit: as the operator mapped it, else through
/// the parent proxy, else to an address of the name.
pub(crate) async fn dial(permit: &Permit, ways: &Ways) -> Result<Dialed, Error> {
    let (host, port) = (permit.host(), permit.port());
    if let Some((host, port)) = ways.connect_to.iter().find_map(|m| m.apply(host, port)) {
        let addresses = resolve(host, port).await?;
        return connect_any(permit.host(), permit.port(), addresses).await;
    }
    if let Some(proxy) = ways.parents.of(permit) {
        return dial_parent(permit, proxy, ways).await;
    }
    let addresses = resolve(host, port).await?;
    vet_all(host, &addresses, &ways.exempt)?;
    connect_any(host, port, addresses).await
}

/// Vets what is known of a host without asking anybody: an address that was
/// written out, or a name that means the same everywhere.
pub(crate) fn vet_unasked(
    host: &Host,
    port: u16,
    connect_to: &[ConnectTo],
    exempt: &Exempt,
) -> Result<(), Error> {
    if connect_to.iter().any(|m| m.apply(host, port).is_some()) {
        return Ok(());
    }
    let known = host.ip().or_else(|| guard::well_known(host));
    let addresses: Vec<SocketAddr> = known
        .map(|ip| SocketAddr::new(ip, port))
        .into_iter()
        .collect();
    vet_all(host, &addresses, exempt)
}

/// The proxy gets the name and resolves it for itself: behind one, names often
/// mean nothing to us. What we can find out about the name is vetted before; the
/// proxy's own address is the operator's word and is not.
async fn dial_parent(permit: &Permit, proxy: &ParentProxy, ways: &Ways) -> Result<Dialed, Error> {
    let (host, port) = (permit.host(), permit.port());
    vet_unasked(host, port, &ways.connect_to, &ways.exempt)?;
    let look = resolve(host, port);
    if let Ok(Ok(addresses)) = timeout(LOOK_LIMIT, look).await {
        vet_all(host, &addresses, &ways.exempt)?;
    }
    let reached = async {
        let addresses = resolve(proxy.host(), proxy.port()).await?;
        connect_any(proxy.host(), proxy.port(), addresses).await
    };
    let mut dialed = reached.await.map_err(|error| error.of_parent(host))?;
    match permit.scheme() {
        Scheme::Http => dialed.proxy = Some(proxy.clone()),
        Scheme::Https => via::tunnel(proxy, permit, &mut dialed.stream).await?,
    }
    Ok(dialed)
}

async fn resolve(host: &Host, port: u16) -> Result<Vec<SocketAddr>, Error> {
    let name = match host {
        Host::Ip(ip) => return Ok(vec![SocketAddr::new(*ip, port)]),
        Host::Name(name) => name,
    };
    // A resolver that reads the hosts file does not find it there by its absolute name.
    if guard::is_this_machine(name) {
        let both = [Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()];
        return Ok(both.map(|ip| SocketAddr::new(ip, port)).to_vec());
    }
    // The trailing dot keeps the resolver from trying its search domains.
    let absolute = format!("{name}.");
    #[expect(clippy::disallowed_methods, reason = "the one place that resolves")]
    let looked_up = timeout(
        RESOLVE_LIMIT,
        tokio::net::lookup_host((absolute.as_str(), port)),
    )
    .await;
    let seconds = RESOLVE_LIMIT.as_secs();
    let found: Vec<SocketAddr> = looked_up
        .map_err(|_| Error::Timeout {
            host: host.clone(),
            step: "its name",
            seconds,
        })?
        .map_err(|source| Error::Resolve {
            host: host.clone(),
            source,
        })?
        .collect();
    if found.is_empty() {
        let source = io::Error::from(io::ErrorKind::NotFound);
        return Err(Error::Resolve {
            host: host.clone(),
            source,
        });
    }
    Ok(found)
}

/// One special address among many is enough to refuse the name: which of them
/// a client gets is up to whoever answers for the name.
fn vet_all(host: &Host, addresses: &[SocketAddr], exempt: &Exempt) -> Result<(), Error> {
    let vetted = addresses
        .iter()
        .filter(|address| !exempt.covers(host, address.ip()));
    for address in vetted {
        guard::vet(address.ip()).map_err(|range| Error::Guarded {
            host: host.clone(),
            ip: address.ip(),
            range: range.purpose,
        })?;
    }
    Ok(())
}

/// Tries the addresses in turn, each beside those before it, and takes the first that answers.
async fn connect_any(host: &Host, port: u16, addresses: Vec<SocketAddr>) -> Result<Dialed, Error> {
    let mut attempts = JoinSet::new();
    for (at, address) in addresses.into_iter().enumerate() {
        let wait = STAGGER.saturating_mul(u32::try_from(at).unwrap_or(u32::MAX));
        attempts.spawn(async move {
            sleep(wait).await;
            #[expect(
                clippy::disallowed_methods,
                reason = "the one place that dials; the address was vetted"
            )]
            let stream = TcpStream::connect(address).await?;
            stream.set_nodelay(true)?;
            Ok(Dialed {
                stream,
                ip: address.ip(),
                proxy: None,
            })
        });
    }
    let first = async {
        let mut last = io::Error::from(io::ErrorKind::AddrNotAvailable);
        while let Some(attempt) = attempts.join_next().await {
            match attempt {
                Ok(Ok(dialed)) => return Ok(dialed),
                Ok(Err(source)) => last = source,
                Err(stopped) => last = io::Error::other(stopped),
            }
        }
        Err(Error::Connect {
            host: host.clone(),
            port,
            source: last,
        })
    };
    timeout(CONNECT_LIMIT, first).await.unwrap_or_else(|_| {
        Err(Error::Timeout {
            host: host.clone(),
            step: "its connection",
            seconds: CONNECT_LIMIT.as_secs(),
        })
    })
}
