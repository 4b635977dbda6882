//! What would be decided about a request, without any traffic: the gate and
//! the inspection alone.

use bottle_policy::{
    Authority, Bottle, Denial, Door, Evidence, Head, Host, Intent, Method, RequestPath, RouteId,
    Scheme, Tls, Who, authorize,
};
use bottle_scan::{Input, KnownError, Place, Scanner, Spread};

use crate::headers::refuse_overrides;
use crate::inspect::unscannable;
use crate::redact::redact;
use crate::refusal::guarded;
use crate::settle::settle;
use crate::shown::host_texts;
use crate::vault::Vault;

/// A request that nobody sends.
#[derive(Clone, Debug)]
pub struct Question {
    /// Whether it would come over TLS.
    pub scheme: Scheme,
    /// The host of its URL.
    pub host: Host,
    /// The port of its URL.
    pub port: u16,
    /// Its method.
    pub method: Method,
    /// Its path and query.
    pub path: RequestPath,
    /// Its headers.
    pub headers: Vec<(String, String)>,
    /// Its body.
    pub body: Vec<u8>,
}

/// What would be decided.
#[derive(Clone, Debug)]
pub enum Explanation {
    /// It would be let through by this route, with these findings on record.
    Allowed {
        /// The route.
        route: RouteId,
        /// What the detectors would note.
        findings: Vec<Evidence>,
    },
    /// It would be held until a person answers.
    Held {
        /// The route.
        route: RouteId,
        /// What the person would be asked about, then what would be noted.
        findings: Vec<Evidence>,
    },
    /// It would be refused.
    Denied(Denial),
}

/// Decides as the engine would, as far as that can be told without looking a
/// name up: `upstream` has the operator's own mappings.
///
/// # Errors
/// A secret that is too short to be looked for.
pub fn explain(
    bottle: &Bottle,
    vault: &Vault,
    upstream: &bottle_upstream::Config,
    question: &Question,
) -> Result<Explanation, KnownError> {
    let scanner = Scanner::new(vault.known(), rand::random())?;
    let vetted = || {
        let vetted = upstream.vet(&question.host, question.port);
        vetted.map_err(|error| guarded(&error))
    };
    let decided =
        decide(bottle, vault, &scanner, question).and_then(|decided| vetted().map(|()| decided));
    Ok(decided.unwrap_or_else(Explanation::Denied))
}

fn decide(
    bottle: &Bottle,
    vault: &Vault,
    scanner: &Scanner,
    question: &Question,
) -> Result<Explanation, Denial> {
    let permit = authorize(bottle, &intent(question))?;
    let Some((id, route)) =
        permit.and_then(|p| bottle.route(p.route()).map(|route| (p.route(), route)))
    else {
        return Err(Denial::new(
            bottle_policy::Rule::UnknownHost,
            "No route allows it.",
            "",
        ));
    };
    refuse_overrides(
        question.headers.iter().map(|(name, _)| name.as_str()),
        route,
    )?;
    let (mut findings, mut parts, mut redacted) = (Vec::new(), Vec::new(), Vec::new());
    let mut scan = |place: Place, bytes: &[u8]| -> Result<(), Denial> {
        let seen = scanner.look(Input::new(&place, bytes), &route.inspect);
        let mut seen = seen.map_err(|e| unscannable(&place, &e))?;
        let edited = redact(scanner, &route.inspect, &place, bytes, &mut seen.findings);
        redacted.extend(edited.into_iter().flat_map(|edited| edited.told));
        findings.extend(seen.findings);
        parts.extend(seen.parts);
        Ok(())
    };
    let path = match question.path.query() {
        Some(query) => format!("{}?{query}", question.path.path()),
        None => question.path.path().to_owned(),
    };
    scan(Place::Url, path.as_bytes())?;
    scan(Place::Method, question.method.as_str().as_bytes())?;
    for text in host_texts(&question.host) {
        scan(Place::Host, text.as_bytes())?;
    }
    for (name, value) in &question.headers {
        scan(Place::Header(name.to_ascii_lowercase()), value.as_bytes())?;
    }
    scan(Place::Body, &question.body)?;
    // One request alone: what left before is not known here.
    findings.extend(Spread::default().admit(scanner, &parts, &route.inspect));
    let settled = settle(vault, route, &findings)?;
    let is_held = !settled.asked.is_empty();
    let findings = [settled.asked, settled.told, redacted].concat();
    let route = id;
    Ok(if is_held {
        Explanation::Held { route, findings }
    } else {
        Explanation::Allowed { route, findings }
    })
}

fn intent(question: &Question) -> Intent {
    let sni = question.host.name().map(|_| question.host.clone());
    Intent {
        door: Door::Connect,
        who: Who::default(),
        target: question.host.clone(),
        port: question.port,
        tls: match question.scheme {
            Scheme::Http => Tls::Plain,
            Scheme::Https => Tls::Hello { sni },
        },
        head: Some(Head {
            method: question.method.clone(),
            authority: Authority {
                host: question.host.clone(),
                port: Some(question.port),
            },
            path: question.path.clone(),
        }),
    }
}
