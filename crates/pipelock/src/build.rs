//! From a bottle to the configuration that it amounts to, with every place
//! where pipelock's meaning is wider than ours.

use std::collections::BTreeSet;
use std::fmt;

use bottle_policy::{Bottle, Host, HostPattern, IpRange, Origin, Route, Unlisted};

use crate::SUPERVISE_HOST;
use crate::config::{
    BodyAction, Config, Dlp, HeaderMode, Mode, RequestBodyScanning, Ssrf, Switch, TlsInterception,
};

/// The port that nobody has to write.
const HTTPS: u16 = 443;

/// Where pipelock finds its certificate and its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ca {
    cert: String,
    key: String,
}

/// Only one of the two was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the CA's certificate and its key go together: give both or neither")]
pub struct HalfCa;

/// Something that the file says otherwise than the bottle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// What sort of thing.
    pub kind: Kind,
    /// What, in a sentence without its full stop.
    pub text: String,
}

/// What sort of thing a remark says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Worth knowing.
    Aside,
    /// pipelock would not start with the file.
    Refused,
    /// pipelock lets more pass than the bottle.
    Wider,
}

impl Ca {
    /// Both paths or neither; an empty one counts as not given.
    ///
    /// # Errors
    /// Only one of them.
    pub fn new(cert: Option<&str>, key: Option<&str>) -> Result<Option<Self>, HalfCa> {
        let given = |path: Option<&str>| path.filter(|path| !path.is_empty()).map(str::to_owned);
        match (given(cert), given(key)) {
            (Some(cert), Some(key)) => Ok(Some(Self { cert, key })),
            (None, None) => Ok(None),
            (Some(_), None) | (None, Some(_)) => Err(HalfCa),
        }
    }
}

impl Default for Ca {
    /// The paths inside the container.
    fn default() -> Self {
        Self {
            cert: crate::CA_CERT.to_owned(),
            key: crate::CA_KEY.to_owned(),
        }
    }
}

/// The configuration of a bottle. `exempt` are the addresses of the backend's
/// own network, which join the routes' exceptions from the address guard.
pub fn build(bottle: &Bottle, ca: Option<&Ca>, exempt: &[IpRange]) -> (Config, Vec<Remark>) {
    let routes = &bottle.egress.routes;
    let mut hosts: BTreeSet<String> = routes.iter().map(host).collect();
    if bottle.supervise {
        hosts.insert(SUPERVISE_HOST.to_owned());
    }
    let passthrough: BTreeSet<String> = routes
        .iter()
        .filter(|route| route.pipelock.tls_passthrough)
        .map(host)
        .collect();
    let addresses: BTreeSet<String> = routes
        .iter()
        .flat_map(exceptions)
        .chain(exempt)
        .map(ToString::to_string)
        .collect();
    let remarks = remarks(bottle, &hosts);
    let config = Config {
        version: 1,
        mode: Mode::Strict,
        enforce: true,
        api_allowlist: hosts.into_iter().collect(),
        seed_phrase_detection: Some(Switch { enabled: false }),
        forward_proxy: Switch { enabled: true },
        dlp: Dlp {
            include_defaults: true,
            scan_env: bottle.scan_env,
        },
        request_body_scanning: RequestBodyScanning {
            action: BodyAction::Block,
            scan_headers: Some(true),
            header_mode: Some(HeaderMode::All),
        },
        tls_interception: ca.map(|ca| TlsInterception {
            enabled: true,
            ca_cert: ca.cert.clone(),
            ca_key: ca.key.clone(),
            passthrough_domains: passthrough.into_iter().collect(),
        }),
        ssrf: (!addresses.is_empty()).then(|| Ssrf {
            ip_allowlist: addresses.into_iter().collect(),
        }),
    };
    (config, remarks)
}

/// The host as it was written.
fn host(route: &Route) -> String {
    match &route.pipelock.spelling {
        Some(spelling) => spelling.clone(),
        None => route.host.to_string(),
    }
}

/// The addresses that a route excepts from the guard; a preset has no say in it.
fn exceptions(route: &Route) -> &[IpRange] {
    match route.origin {
        Origin::Provider(_) => &[],
        Origin::Manifest { .. } | Origin::Pipelock { .. } => &route.pipelock.ssrf_ip_allowlist,
    }
}

fn remarks(bottle: &Bottle, hosts: &BTreeSet<String>) -> Vec<Remark> {
    let mut remarks = Vec::new();
    let mut say = |kind, text: String| {
        let remark = Remark { kind, text };
        if !remarks.contains(&remark) {
            remarks.push(remark);
        }
    };
    for route in &bottle.egress.routes {
        wider(bottle, route, hosts, &mut |text| say(Kind::Wider, text));
        asides(route, &mut say);
    }
    if !bottle.secrets.is_empty() {
        say(
            Kind::Wider,
            "`inspect.secrets`: pipelock does not look for them; its own `dlp.secrets_file` can"
                .to_owned(),
        );
    }
    if bottle.egress.unlisted == Unlisted::Ask {
        say(
            Kind::Aside,
            "`egress.default: ask` becomes a refusal: pipelock asks nobody".to_owned(),
        );
    }
    if hosts.is_empty() {
        say(
            Kind::Refused,
            "the allowlist is empty: pipelock 2.3 does not start, where ours denies everything"
                .to_owned(),
        );
    }
    remarks
}

fn wider(bottle: &Bottle, route: &Route, hosts: &BTreeSet<String>, say: &mut dyn FnMut(String)) {
    let name = host(route);
    if let HostPattern::Below(domain) = &route.host {
        let apex = Host::Name(domain.clone());
        let listed = bottle
            .egress
            .routes
            .iter()
            .any(|other| other.host == HostPattern::Exact(apex.clone()));
        if !listed {
            say(format!("{name}: pipelock lets {domain} itself pass too"));
        }
    }
    if !route.matches.is_empty() {
        say(format!(
            "{name}: pipelock knows no methods and no paths; every request passes"
        ));
    }
    if route.port != HTTPS {
        say(format!(
            "{name}: pipelock knows no ports; every port passes, not only {}",
            route.port
        ));
    }
    let ranges: Vec<&str> = exceptions(route).iter().map(IpRange::as_str).collect();
    if !ranges.is_empty() && hosts.len() > 1 {
        say(format!(
            "{name}: pipelock lets every listed host lead to {}, not only this one",
            ranges.join(", ")
        ));
    }
}

fn asides(route: &Route, say: &mut dyn FnMut(Kind, String)) {
    let name = host(route);
    if let Some(auth) = &route.auth {
        let next = if route.pipelock.tls_passthrough {
            "pipelock passes its TLS through and reads nothing of it"
        } else {
            "pipelock reads the header after it is added, and may take it for a leak"
        };
        say(
            Kind::Aside,
            format!(
                "{name}: {} is added by the engine in front; {next}",
                auth.token
            ),
        );
    }
    if route.inspect != bottle_policy::InspectTerms::default() {
        say(
            Kind::Aside,
            format!("{name}: its `inspect` has no counterpart; pipelock's own settings hold"),
        );
    }
    for range in exceptions(route) {
        if !range.as_str().contains('/') {
            say(
                Kind::Refused,
                format!(
                    "{name}: pipelock 2.3 wants ranges and does not start with {range}; write {}",
                    range.net()
                ),
            );
        }
    }
}

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
