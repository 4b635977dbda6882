//! The one gate: [`authorize`] turns an intent into a permit or a denial.
//!
//! Pure and total. The order of its questions is part of the contract, so that
//! a refusal always names the first thing that is wrong: do the names agree,
//! is the host refused by name, is it listed, is the port, is the protocol fit for it, is the request.

use std::net::IpAddr;

use crate::bottle::{Bottle, Route, RouteId};
use crate::denial::{Denial, Rule};
use crate::host::Host;
use crate::intent::{Head, Intent, Scheme, Tls};

/// The proof that [`authorize`] allowed a request. Nothing else makes one, and
/// without one no connection is opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Permit {
    host: Host,
    port: u16,
    scheme: Scheme,
    route: RouteId,
}

impl Permit {
    /// The host to reach.
    pub fn host(&self) -> &Host {
        &self.host
    }

    /// The TCP port to reach.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Whether TLS is spoken to it.
    pub fn scheme(&self) -> Scheme {
        self.scheme
    }

    /// The route that allowed it.
    pub fn route(&self) -> RouteId {
        self.route
    }
}

/// Decides. An intent without a head (nothing but a connection or a question
/// for a name) is denied only where no request over it could be allowed, and
/// never permitted: the permit comes with the request.
///
/// # Errors
/// The denial, with the first rule that refuses. `Ok(None)` says that the
/// decision waits for the request's head.
pub fn authorize(bottle: &Bottle, intent: &Intent) -> Result<Option<Permit>, Denial> {
    names_agree(intent)?;
    not_refused(bottle, intent)?;
    let listed = listed(bottle, &intent.target);
    if listed.is_empty() {
        return Err(unlisted(bottle, intent));
    }
    let on_port: Vec<_> = listed
        .iter()
        .filter(|(_, route)| route.takes_port(intent.port))
        .collect();
    if on_port.is_empty() {
        return Err(wrong_port(&listed, intent));
    }
    let scheme = match intent.tls {
        Tls::Hello { .. } => Scheme::Https,
        Tls::Plain => plain_scheme(intent)?,
        Tls::Unseen => return Ok(None),
    };
    let Some(head) = &intent.head else {
        return Ok(None);
    };
    let Some((id, route)) = on_port
        .iter()
        .find(|(_, route)| route.allows(&head.method, &head.path))
    else {
        return Err(wrong_request(&on_port, intent, head));
    };
    if scheme == Scheme::Http && route.auth.is_some() {
        return Err(Denial::new(
            Rule::AuthNeedsTls,
            format!(
                "{} has a credential, and that may travel only inside TLS.",
                intent.target
            ),
            "Use https:// for this host.",
        ));
    }
    Ok(Some(Permit {
        host: intent.target.clone(),
        port: intent.port,
        scheme,
        route: *id,
    }))
}

/// The proof that [`authorize_passage`] allowed TLS to go through unread.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage(Permit);

impl Passage {
    /// Where it goes, and by which route.
    pub fn permit(&self) -> &Permit {
        &self.0
    }
}

/// Decides about TLS whose hello was read and nothing else: whether the route
/// for it passes it through. `Ok(None)` says that it is to be read.
///
/// # Errors
/// The denial, as [`authorize`] would give it.
pub fn authorize_passage(bottle: &Bottle, intent: &Intent) -> Result<Option<Passage>, Denial> {
    authorize(bottle, intent)?;
    let Tls::Hello { .. } = intent.tls else {
        return Ok(None);
    };
    let listed = listed(bottle, &intent.target);
    let route = listed
        .iter()
        .find(|(_, route)| route.takes_port(intent.port));
    Ok(route
        .filter(|(_, route)| route.passes_tls_through())
        .map(|(id, _)| {
            Passage(Permit {
                host: intent.target.clone(),
                port: intent.port,
                scheme: Scheme::Https,
                route: *id,
            })
        }))
}

/// The route that comes nearest to a host, for a hint: the same name in
/// another spelling, or another port or subdomain of it.
pub fn nearest_route<'a>(bottle: &'a Bottle, host: &Host) -> Option<&'a Route> {
    let name = host.name()?.as_str();
    let base = |n: &str| n.rsplitn(3, '.').take(2).collect::<Vec<_>>().join(".");
    bottle.egress.routes.iter().find(|route| {
        let listed = route.host.to_string();
        base(listed.trim_start_matches("*.")) == base(name)
    })
}

/// The routes for a host: the exact ones before the wildcards, a longer
/// wildcard before a shorter one, and otherwise in the order they were written.
fn listed<'a>(bottle: &'a Bottle, host: &Host) -> Vec<(RouteId, &'a Route)> {
    let mut found: Vec<_> = bottle
        .egress
        .routes
        .iter()
        .enumerate()
        .filter(|(_, route)| route.host.matches(host))
        .map(|(at, route)| (RouteId(at), route))
        .collect();
    found.sort_by_key(|(_, route)| route.host.rank());
    let best = found.first().map(|(_, route)| route.host.rank());
    // A wider pattern never widens what a narrower one lists for the same port.
    let narrow: Vec<u16> = found
        .iter()
        .filter(|(_, r)| Some(r.host.rank()) == best)
        .map(|(_, r)| r.port)
        .collect();
    found.retain(|(_, r)| Some(r.host.rank()) == best || !narrow.contains(&r.port));
    found
}

fn names_agree(intent: &Intent) -> Result<(), Denial> {
    if let Tls::Hello { sni } = &intent.tls {
        match sni {
            Some(sni) if *sni != intent.target => return Err(sni_differs(intent, sni)),
            None if intent.target.ip().is_none() => return Err(no_sni(intent)),
            _ => {}
        }
    }
    let Some(head) = &intent.head else {
        return Ok(());
    };
    let authority = &head.authority;
    // A host without a port names no other one; what is sent names the right one.
    let port_differs = authority.port.is_some_and(|port| port != intent.port);
    if authority.host != intent.target || port_differs {
        return Err(host_differs(intent, head));
    }
    Ok(())
}

/// A host on the list of refusals is refused whatever else lists it.
fn not_refused(bottle: &Bottle, intent: &Intent) -> Result<(), Denial> {
    let refused = &bottle.egress.refused;
    match refused.iter().find(|host| host.matches(&intent.target)) {
        None => Ok(()),
        Some(pattern) => Err(Denial::new(
            Rule::RefusedHost,
            format!(
                "{} is on the list of refused hosts, as {pattern}.",
                intent.target
            ),
            "Do not try other ways to reach it. If the task needs it, ask the person to take it off that list.",
        )),
    }
}

/// Plain HTTP has no business on the port of HTTPS.
fn plain_scheme(intent: &Intent) -> Result<Scheme, Denial> {
    if intent.port != Scheme::Https.default_port() {
        return Ok(Scheme::Http);
    }
    Err(Denial::new(
        Rule::UnknownProtocol,
        format!(
            "{} is listed for HTTPS on port 443, and this connection speaks no TLS.",
            intent.target
        ),
        "Use https:// for this host.",
    ))
}

fn sni_differs(intent: &Intent, sni: &Host) -> Denial {
    Denial::new(
        Rule::SniMismatch,
        format!(
            "The connection was opened to {} but its TLS hello names {sni}.",
            intent.target
        ),
        "Connect to the host that you mean, by its name; a request through one host to another is never let through.",
    )
}

fn no_sni(intent: &Intent) -> Denial {
    Denial::new(
        Rule::NoSni,
        format!(
            "The TLS hello to {} names no server, so it cannot be told what it wants.",
            intent.target
        ),
        "Use a client that sends the server name (SNI); every current one does.",
    )
}

fn host_differs(intent: &Intent, head: &Head) -> Denial {
    let port = head
        .authority
        .port
        .map(|p| format!(":{p}"))
        .unwrap_or_default();
    Denial::new(
        Rule::HostMismatch,
        format!(
            "The connection was opened to {} port {} but the request's Host says {}{port}.",
            intent.target, intent.port, head.authority.host
        ),
        "Connect to the host that you mean; a request through one host to another is never let through.",
    )
}

fn unlisted(bottle: &Bottle, intent: &Intent) -> Denial {
    match &intent.target {
        Host::Ip(ip) => raw_address(*ip, intent.port),
        Host::Name(name) => {
            let near = nearest_route(bottle, &intent.target)
                .map(|route| format!(" The nearest listed host is {}.", route.host))
                .unwrap_or_default();
            Denial::new(
                Rule::UnknownHost,
                format!("No route of this bottle lists {name}.{near}"),
                format!(
                    "Do not try other ways to reach it. If the task needs it, ask the person to add `- host: {name}` under `egress.routes` in bottle.yaml."
                ),
            )
        }
    }
}

fn raw_address(ip: IpAddr, port: u16) -> Denial {
    let target = match ip {
        IpAddr::V4(v4) => v4.to_string(),
        IpAddr::V6(v6) => format!("[{v6}]"),
    };
    let what = if is_metadata(ip) {
        "the address of a cloud's metadata service"
    } else {
        "a bare address"
    };
    Denial::new(
        Rule::RawAddress,
        format!("{ip} port {port} is {what}, and no route of this bottle lists it."),
        format!(
            "Use the host's name. If the task needs this very address, ask the person to list it under `egress.routes` in bottle.yaml; one in a private or special network needs `bottle run --connect-to {target}:{port}:{target}:{port}` besides."
        ),
    )
}

/// The link-local address of most clouds' metadata service and its IPv6 sibling.
fn is_metadata(ip: IpAddr) -> bool {
    match ip.to_canonical() {
        IpAddr::V4(v4) => v4.octets() == [169, 254, 169, 254],
        IpAddr::V6(v6) => v6.segments() == [0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254],
    }
}

fn wrong_port(listed: &[(RouteId, &Route)], intent: &Intent) -> Denial {
    let mut ports: Vec<String> = listed
        .iter()
        .map(|(_, route)| route.port.to_string())
        .collect();
    ports.dedup();
    Denial::new(
        Rule::PortNotListed,
        format!(
            "{} is listed for port {}, not for port {}.",
            intent.target,
            ports.join(", "),
            intent.port
        ),
        format!(
            "If the task needs it, ask the person to add `- host: {}` with `port: {}` under `egress.routes` in bottle.yaml.",
            intent.target, intent.port
        ),
    )
}

fn wrong_request(on_port: &[&(RouteId, &Route)], intent: &Intent, head: &Head) -> Denial {
    let allowed: Vec<String> = on_port
        .iter()
        .flat_map(|(_, route)| &route.matches)
        .map(|m| {
            let methods = join_or(&m.methods, "any method");
            let paths = join_or(&m.paths, "any path");
            format!("{methods} on {paths}")
        })
        .collect();
    Denial::new(
        Rule::MethodOrPath,
        format!(
            "{} is listed, but not for {} on this path. Allowed: {}.",
            intent.target,
            head.method,
            allowed.join("; ")
        ),
        "Stay within what is allowed, or ask the person to widen `matches` of this route in bottle.yaml.",
    )
}

fn join_or<T: ToString>(parts: &[T], none: &str) -> String {
    if parts.is_empty() {
        return none.to_owned();
    }
    parts
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(", ")
}

#[cfg(test)]
mod tests;
