//! How the host's own connections leave: through a parent proxy or not.

use std::net::SocketAddr;

use bottle_backend::{ParentProxy, Parents};
use bottle_policy::Host;

use crate::failure::Failure;

/// The proxy that was named, else what the person's environment says.
pub(crate) fn parents(named: Option<ParentProxy>) -> Result<Parents, Failure> {
    if let Some(proxy) = named {
        return Ok(Parents::everywhere(proxy));
    }
    // CGI makes HTTP_PROXY of a client's header; nobody runs us there.
    Parents::from_environment(|name| std::env::var(name).ok()).map_err(|e| {
        Failure::usage(format!(
            "{e}; unset it, or name a proxy with --upstream-proxy"
        ))
    })
}

/// The same for an engine that is a proxy itself, and must not be its own parent.
pub(crate) fn parents_of_a_proxy(
    named: Option<ParentProxy>,
    listen: SocketAddr,
) -> Result<Parents, Failure> {
    let parents = parents(named)?;
    let itself = |proxy: &ParentProxy| {
        let here = match proxy.host() {
            Host::Ip(ip) => {
                *ip == listen.ip() || (ip.is_loopback() && listen.ip().is_unspecified())
            }
            Host::Name(name) => name.as_str() == "localhost",
        };
        here && proxy.port() == listen.port() && listen.port() != 0
    };
    if let Some(proxy) = parents.proxies().find(|proxy| itself(proxy)) {
        return Err(Failure::usage(format!(
            "{proxy} is this very proxy: unset HTTPS_PROXY and HTTP_PROXY where the gateway starts"
        )));
    }
    Ok(parents)
}
