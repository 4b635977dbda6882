//! What a pipelock's file means, in our words: its routes with pipelock's own
//! reading of them, and what else an engine needs to stand in for it.

use std::net::SocketAddr;

use bottle_policy::{
    Action, Bottle, DetectorId, Host, HostPattern, InspectTerms, IpRange, Origin, PipelockHints,
    Route, RouteRules, Slug,
};
use bottle_yaml::{Fault, Faults};

use crate::blocklist;
use crate::config::{BodyAction, Mode};
use crate::differences::{self, Difference};
use crate::document::{self, Document, Schema};

/// Where pipelock listens unless it is told otherwise.
const LISTEN: SocketAddr =
    SocketAddr::new(std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 8888);
/// Where pipelock keeps its authority unless it is told otherwise.
const CA_FILES: (&str, &str) = ("~/.pipelock/ca.pem", "~/.pipelock/ca-key.pem");
const MIN_ENV_SECRET: usize = 16;

/// A file without a fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    document: Document,
    listen: SocketAddr,
    addresses: Vec<IpRange>,
}

/// What a file means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meaning {
    /// The policy.
    pub bottle: Bottle,
    /// What holds for hosts that are not listed.
    pub mode: Mode,
    /// Whether CONNECT and absolute URLs are carried at all.
    pub forward: bool,
    /// Whether a refusal carries a hint in a header.
    pub hints: bool,
    /// Where to listen.
    pub listen: SocketAddr,
    /// The files of the authority for TLS interception, where that is on:
    /// certificate and key. `~` stands for the home.
    pub ca: Option<(String, String)>,
    /// Addresses to which any host may lead.
    pub addresses: Vec<IpRange>,
    /// Hosts that may lead to any address.
    pub trusted: Vec<HostPattern>,
    /// Look for the proxy's own variables of at least this length.
    pub scan_env: Option<usize>,
    /// A file with one secret a line.
    pub secrets_file: Option<String>,
    /// What we do otherwise than pipelock, key by key.
    pub differences: Vec<Difference>,
}

impl File {
    /// Reads a file; `name` is for the report.
    ///
    /// # Errors
    /// Every fault of the text: section, key and the type that is expected.
    pub fn parse(name: &str, text: &str) -> Result<Self, Faults> {
        let document = document::read(name, text, Schema::Documented)?;
        let mut faults = Vec::new();
        let mut fault = |path: &str, message: String| {
            let line = document.line(path);
            let start: usize = text
                .split_inclusive('\n')
                .take(line.saturating_sub(1))
                .map(str::len)
                .sum();
            let rest = text.get(start..).unwrap_or_default();
            let indent = rest.len() - rest.trim_start_matches([' ', '-']).len();
            let end = rest.find(['\n', '\r']).unwrap_or(rest.len()).max(indent);
            faults.push(Fault::new(start + indent..start + end, message));
        };
        let listening = document.text("fetch_proxy.listen").map(listen);
        if listening == Some(None) {
            fault(
                "fetch_proxy.listen",
                "`fetch_proxy.listen` must be an address and a port, such as 127.0.0.1:8888"
                    .to_owned(),
            );
        }
        let mut addresses = Vec::new();
        for text in document.texts("ssrf.ip_allowlist") {
            match range(text) {
                Ok(range) => addresses.push(range),
                Err(why) => fault("ssrf.ip_allowlist", format!("`ssrf.ip_allowlist`: {why}")),
            }
        }
        if document
            .texts("trusted_domains")
            .iter()
            .any(|text| text == "*")
        {
            fault(
                "trusted_domains",
                "`config.trusted_domains` cannot be everything: a bare `*` is refused".to_owned(),
            );
        }
        let words = document.int("seed_phrase_detection.min_words");
        if words.is_some_and(|words| ![12, 15, 18, 21, 24].contains(&words)) {
            fault(
                "seed_phrase_detection.min_words",
                "`seed_phrase_detection.min_words` must be 12, 15, 18, 21 or 24".to_owned(),
            );
        }
        if faults.is_empty() {
            return Ok(Self {
                listen: listening.flatten().unwrap_or(LISTEN),
                document,
                addresses,
            });
        }
        let source = text.strip_prefix('\u{feff}').unwrap_or(text);
        Err(Faults::new(name, source, faults, &[]))
    }

    /// What it means, under a name for the bottle.
    pub fn meaning(&self, name: Slug) -> Meaning {
        let document = &self.document;
        let mode = Mode::of(document.text("mode"));
        let enforced = document.bool("enforce").unwrap_or(true) && mode != Mode::Audit;
        let intercepts = document.bool("tls_interception.enabled").unwrap_or(false);
        let mut differences = differences::all(document);
        let mut routes = Routes {
            terms: self.terms(enforced),
            notes_bodies: BodyAction::of(document.text("request_body_scanning.action"))
                == BodyAction::Warn,
            passthrough: patterns(document, "tls_interception.passthrough_domains", false),
            intercepts,
            list: Vec::new(),
        };
        if mode == Mode::Strict {
            routes.add_listed(&patterns(document, "api_allowlist", true));
        }
        if mode != Mode::Strict || !enforced {
            routes.add_any();
        }
        for path in [
            "api_allowlist",
            "trusted_domains",
            "tls_interception.passthrough_domains",
            blocklist::BLOCKLIST,
        ] {
            differences.extend(never_matching(document, path));
        }
        if !enforced {
            differences.push(Difference {
                path: "config.enforce".to_owned(),
                line: document.line(if mode == Mode::Audit {
                    "mode"
                } else {
                    "enforce"
                }),
                instead: "findings are recorded and pass, and every host is let through; \
                          requests that cannot be read in one way, names that do not agree and \
                          guarded addresses are still refused"
                    .to_owned(),
            });
        }
        let mut bottle = Bottle::closed(name);
        bottle.egress.routes = routes.list;
        if enforced {
            bottle.egress.refused = blocklist::refused(document, mode);
        }
        let file = |path: &str, default: &str| {
            let written = document.text(path).filter(|path| !path.is_empty());
            written.unwrap_or(default).to_owned()
        };
        Meaning {
            bottle,
            mode,
            forward: document.bool("forward_proxy.enabled").unwrap_or(false),
            hints: document.bool("explain_blocks").unwrap_or(false),
            listen: self.listen,
            ca: intercepts.then(|| {
                (
                    file("tls_interception.ca_cert", CA_FILES.0),
                    file("tls_interception.ca_key", CA_FILES.1),
                )
            }),
            addresses: self.addresses.clone(),
            trusted: patterns(document, "trusted_domains", true),
            scan_env: document.bool("dlp.scan_env").unwrap_or(true).then(|| {
                let least = document.int("dlp.min_env_secret_length");
                least
                    .and_then(|least| usize::try_from(least).ok())
                    .filter(|&least| least > 0)
                    .unwrap_or(MIN_ENV_SECRET)
            }),
            secrets_file: document
                .text("dlp.secrets_file")
                .filter(|path| !path.is_empty())
                .map(str::to_owned),
            differences,
        }
    }

    /// What becomes of an answer that gives orders to the agent. What we cannot
    /// do, stripping and asking, is stopping.
    fn responses(&self, enforced: bool) -> Action {
        let document = &self.document;
        match document.text("response_scanning.action") {
            _ if document.bool("response_scanning.enabled") == Some(false) => Action::Off,
            Some("block" | "strip" | "ask") if enforced => Action::Block,
            _ => Action::Warn,
        }
    }

    fn terms(&self, enforced: bool) -> InspectTerms {
        let on_match = if enforced {
            Action::Block
        } else {
            Action::Warn
        };
        let mut terms = InspectTerms {
            on_match,
            response: Some(self.responses(enforced)),
            ..InspectTerms::default()
        };
        let seeds = self.document.bool("seed_phrase_detection.enabled");
        if seeds == Some(false)
            && let Ok(id) = "seed_phrase".parse::<DetectorId>()
        {
            terms.detectors.insert(id, Action::Off);
        }
        terms
    }
}

/// The routes that a file amounts to.
struct Routes {
    terms: InspectTerms,
    notes_bodies: bool,
    passthrough: Vec<HostPattern>,
    intercepts: bool,
    list: Vec<Route>,
}

impl Routes {
    fn add_listed(&mut self, listed: &[HostPattern]) {
        let within = |pattern: &HostPattern| listed.iter().any(|wide| covers(wide, pattern));
        let more: Vec<HostPattern> = self
            .passthrough
            .iter()
            .filter(|pattern| within(pattern))
            .cloned()
            .collect();
        for pattern in listed.iter().cloned().chain(more) {
            self.add(pattern, "api_allowlist");
        }
    }

    fn add_any(&mut self) {
        for pattern in self.passthrough.clone() {
            self.add(pattern, "tls_interception.passthrough_domains");
        }
        self.add(HostPattern::Any, "mode");
    }

    fn add(&mut self, host: HostPattern, entry: &'static str) {
        if self.list.iter().any(|route| route.host == host) {
            return;
        }
        let passed = self.passthrough.iter().any(|wide| covers(wide, &host));
        self.list.push(Route {
            pipelock: PipelockHints {
                tls_passthrough: !self.intercepts || passed,
                notes_bodies: self.notes_bodies,
                rules: RouteRules::Pipelock,
                ..PipelockHints::default()
            },
            host,
            port: 443,
            matches: Vec::new(),
            auth: None,
            inspect: self.terms.clone(),
            origin: Origin::Pipelock { entry },
        });
    }
}

/// Whether every host of `narrow` is one of `wide`.
pub(crate) fn covers(wide: &HostPattern, narrow: &HostPattern) -> bool {
    match (wide, narrow) {
        (HostPattern::Any, _) => true,
        (_, HostPattern::Any) => false,
        (_, HostPattern::Exact(host)) => wide.matches(host),
        (HostPattern::Below(wide), HostPattern::Below(narrow)) => {
            wide == narrow || narrow.is_below(wide)
        }
        (HostPattern::Exact(_), HostPattern::Below(_)) => false,
    }
}

/// The patterns of a list as pipelock means them: in most lists `*.example.com`
/// is example.com too.
pub(crate) fn patterns(document: &Document, path: &str, with_apex: bool) -> Vec<HostPattern> {
    let mut patterns = Vec::new();
    for text in document.texts(path) {
        let Ok(pattern) = text.parse::<HostPattern>() else {
            continue;
        };
        if let (HostPattern::Below(domain), true) = (&pattern, with_apex) {
            patterns.push(HostPattern::Exact(Host::Name(domain.clone())));
        }
        patterns.push(pattern);
    }
    patterns
}

/// pipelock does not look at the syntax of its lists: what is no host is a text
/// that never matches.
fn never_matching<'a>(
    document: &'a Document,
    path: &'a str,
) -> impl Iterator<Item = Difference> + 'a {
    let odd = document
        .texts(path)
        .iter()
        .filter(|text| text.parse::<HostPattern>().is_err());
    odd.map(move |text| Difference {
        path: crate::schema::shown(path),
        line: document.line(path),
        instead: format!(
            "`{}` is no host and no wildcard, so it never matches",
            bottle_yaml::mask::shown(text)
        ),
    })
}

/// An address and a port; no address means every one, as in Go.
fn listen(text: &str) -> Option<SocketAddr> {
    let text = text.replace("localhost:", "127.0.0.1:");
    match text.strip_prefix(':') {
        Some(port) => Some(SocketAddr::from(([0, 0, 0, 0], port.parse().ok()?))),
        None => text.parse().ok(),
    }
}

/// An exception of the address guard: everything is none, and bits beyond the
/// prefix mean that somebody meant something else.
fn range(text: &str) -> Result<IpRange, String> {
    let shown = bottle_yaml::mask::shown(text);
    let range: IpRange = text
        .parse()
        .map_err(|e| format!("`{shown}` is no range of addresses: {e}"))?;
    if range.net().prefix_len() == 0 {
        return Err(format!("`{shown}` is every address"));
    }
    if range.net().trunc() != range.net() {
        return Err(format!(
            "`{shown}` has bits beyond its prefix: write {}",
            range.net().trunc()
        ));
    }
    Ok(range)
}
