//! How the host's own connections leave: through a parent proxy or not.

use std::net::SocketAddr;

use bottle_backend::{ParentProxy, Parents};
use bottle_policy::Host;

use crate::failure::Failure;

/// The proxy that was named, else what the person's environment says.
pub(crate) fn parents(named: Option<&str>) -> Result<Parents, Failure> {
    if let Some(text) = named {
        // Read here and not by clap, whose errors show the password.
        let proxy = text
            .parse()
            .map_err(|e| Failure::usage(format!("--upstream-proxy: {e}")))?;
        return Ok(Parents::everywhere(proxy));
    }
    // A value that is no UTF-8 is no proxy that we can use, and not none at all.
    let variable = |name: &str| Some(std::env::var_os(name)?.to_string_lossy().into_owned());
    // CGI makes HTTP_PROXY of a client's header; nobody runs us there.
    Parents::from_environment(variable).map_err(|e| {
        Failure::usage(format!(
            "{e}; unset it, or name a proxy with --upstream-proxy"
        ))
    })
}

/// The same for an engine that is a proxy itself, and must not be its own parent.
pub(crate) fn parents_of_a_proxy(
    named: Option<&str>,
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
