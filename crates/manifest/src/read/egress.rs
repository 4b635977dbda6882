//! `egress`: the routes, each alone. How they fit together: `overlap`.

use bottle_policy::{
    Egress, HostPattern, InspectTerms, IpRange, Match, Method, Origin, PathGlob, PipelockHints,
    Route, Unlisted,
};

use super::{Reader, auth, inspect, overlap};
use crate::keys;
use crate::node::{Node, Span};
use crate::walk::{nearest, quoted};

/// Comparing routes costs by pairs, and nobody reads more.
const MOST_ROUTES: usize = 2_000;
/// Longer than any server takes a path for granted.
const LONGEST_PATH: usize = 1_024;
const HTTP: u16 = 80;
const HTTPS: u16 = 443;

/// Methods that are in use; a near miss of one is a typing error.
const METHODS: [&str; 13] = [
    "COPY", "DELETE", "GET", "HEAD", "LOCK", "MKCOL", "MOVE", "OPTIONS", "PATCH", "POST",
    "PROPFIND", "PUT", "SEARCH",
];

/// A route, and where its host stands.
#[derive(Debug)]
pub(super) struct Placed {
    pub(super) route: Route,
    pub(super) span: Span,
}

/// What holds where the manifest is silent: nothing leaves.
pub(super) fn closed() -> Egress {
    Egress {
        unlisted: Unlisted::Deny,
        routes: Vec::new(),
        refused: Vec::new(),
    }
}

pub(super) fn read(reader: &mut Reader<'_>, node: &Node) -> Egress {
    let mut egress = closed();
    let Some(fields) = reader.walk.fields("`egress`", node, &keys::EGRESS) else {
        return egress;
    };
    if let Some(node) = fields.get("default")
        && reader.walk.word("`default`", node, keys::UNLISTED) == Some("ask")
    {
        egress.unlisted = Unlisted::Ask;
        reader.unbuilt(
            &node.span,
            "egress.default: ask",
            "set it to deny, and list the hosts under `egress.routes`",
        );
    }
    if let Some(node) = fields.get("routes") {
        egress.routes = routes(reader, node);
    }
    egress
}

fn routes(reader: &mut Reader<'_>, node: &Node) -> Vec<Route> {
    let items = reader.walk.list("`routes`", node);
    if items.len() > MOST_ROUTES {
        reader.walk.fault(
            &node.span,
            format!("a manifest has at most {MOST_ROUTES} routes"),
        );
        return Vec::new();
    }
    let placed: Vec<Placed> = items
        .iter()
        .filter_map(|item| route(reader, item))
        .collect();
    overlap::settle(reader, &placed)
}

fn route(reader: &mut Reader<'_>, node: &Node) -> Option<Placed> {
    let fields = reader.walk.fields("a route", node, &keys::ROUTE)?;
    let host_node = fields.get("host");
    let host = host_node.and_then(|node| host(reader, node));
    let port = match fields.get("port") {
        Some(node) => port(reader, node),
        None => Some(HTTPS),
    };
    let matches = fields
        .get("matches")
        .map_or_else(Vec::new, |node| matches(reader, node));
    let auth = fields.get("auth").and_then(|node| auth::read(reader, node));
    let inspect = fields
        .get("inspect")
        .map_or_else(InspectTerms::default, |node| inspect::terms(reader, node));
    let mut pipelock = fields
        .get("pipelock")
        .map_or_else(PipelockHints::default, |node| pipelock(reader, node));
    if port == Some(HTTP)
        && let Some(entry) = fields.entry("auth")
    {
        reader
            .walk
            .fault(
                &entry.key_span,
                "a credential travels only inside TLS, and port 80 has none",
            )
            .help("remove `auth`, or use the host's HTTPS port");
    }
    let (host, span) = (host?, host_node?.span.clone());
    pipelock.spelling = host_node
        .and_then(|node| reader.walk.text("`host`", node))
        .filter(|text| *text != host.to_string())
        .map(str::to_owned);
    if auth.is_some() {
        wide_credential(reader, &host, &span);
    }
    Some(Placed {
        route: Route {
            origin: Origin::Manifest {
                line: reader.lines.line(span.start),
            },
            host,
            port: port?,
            matches,
            auth,
            inspect,
            pipelock,
        },
        span,
    })
}

fn wide_credential(reader: &mut Reader<'_>, host: &HostPattern, span: &Span) {
    if let HostPattern::Below(domain) = host {
        reader.note(
            span,
            format!("the credential goes to every host below {domain}, whoever runs it"),
        );
    }
}

fn host(reader: &mut Reader<'_>, node: &Node) -> Option<HostPattern> {
    let text = reader.walk.text("`host`", node)?;
    let error = match text.parse::<HostPattern>() {
        Ok(HostPattern::Below(domain)) if !domain.as_str().contains('.') => {
            reader
                .walk
                .fault(
                    &node.span,
                    format!("`*.{domain}` is every name under a top-level domain"),
                )
                .help("name the domain, such as `*.example.com`");
            return None;
        }
        Ok(host) => return Some(host),
        Err(error) => error,
    };
    let help = host_help(text);
    let fault = reader
        .walk
        .fault(&node.span, format!("bad `host`: {error}"));
    if let Some(help) = help {
        fault.help(help);
    }
    None
}

fn host_help(text: &str) -> Option<String> {
    if text == "*" {
        return Some("list the hosts that are needed; there is no route to everywhere".to_owned());
    }
    let rest = text.split_once("://").map_or(text, |(_, rest)| rest);
    let bare = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let bare = bare.rsplit('@').next().unwrap_or_default();
    let (name, port) = bare.rsplit_once(':').unwrap_or((bare, ""));
    let parsed = name.parse::<HostPattern>().ok()?;
    if bare == text && port.is_empty() {
        return None;
    }
    let mut help = format!("write `host: {}`", yaml_host(&parsed));
    if let Ok(port) = port.parse::<u16>() {
        help.push_str(", and `port: ");
        help.push_str(&port.to_string());
        help.push('`');
    }
    if rest.len() > bare.len() {
        help.push_str(", and the path under `matches`");
    }
    Some(help)
}

fn yaml_host(host: &HostPattern) -> String {
    match host {
        HostPattern::Below(_) => format!("\"{host}\""),
        HostPattern::Any | HostPattern::Exact(_) => host.to_string(),
    }
}

fn port(reader: &mut Reader<'_>, node: &Node) -> Option<u16> {
    let port = reader.walk.number("`port`", node, 1, u64::from(u16::MAX))?;
    u16::try_from(port).ok()
}

fn matches(reader: &mut Reader<'_>, node: &Node) -> Vec<Match> {
    let items = reader.walk.list("`matches`", node);
    if items.is_empty() && matches!(node.value, crate::node::Value::List(_)) {
        reader
            .walk
            .fault(
                &node.span,
                "an empty `matches` could mean every request or none",
            )
            .help("leave the key out to allow every request to the host");
    }
    items
        .iter()
        .filter_map(|item| one_match(reader, item))
        .collect()
}

fn one_match(reader: &mut Reader<'_>, node: &Node) -> Option<Match> {
    let fields = reader
        .walk
        .fields("an item of `matches`", node, &keys::MATCH)?;
    let methods = fields
        .get("methods")
        .map_or_else(Vec::new, |node| some_of(reader, "methods", node, method));
    let paths = fields
        .get("paths")
        .map_or_else(Vec::new, |node| some_of(reader, "paths", node, path));
    Some(Match { methods, paths })
}

/// A list that, where it is written, has something in it.
fn some_of<T>(
    reader: &mut Reader<'_>,
    key: &str,
    node: &Node,
    read: fn(&mut Reader<'_>, &Node) -> Option<T>,
) -> Vec<T> {
    let items = reader.walk.list(&format!("`{key}`"), node);
    if items.is_empty() && matches!(node.value, crate::node::Value::List(_)) {
        reader
            .walk
            .fault(
                &node.span,
                format!("an empty `{key}` could mean all of them or none"),
            )
            .help("leave the key out to allow all of them");
    }
    items.iter().filter_map(|item| read(reader, item)).collect()
}

fn method(reader: &mut Reader<'_>, node: &Node) -> Option<Method> {
    let text = reader.walk.text("a method", node)?;
    let upper = text.to_ascii_uppercase();
    let method: Method = match text.parse() {
        Ok(method) if upper == text => method,
        Ok(_) => {
            reader
                .walk
                .fault(
                    &node.span,
                    "methods are written in capitals: they are case-sensitive",
                )
                .help(format!("write {upper}"));
            return None;
        }
        Err(error) => {
            let fault = reader
                .walk
                .fault(&node.span, format!("bad method: {error}"));
            if text == "*" {
                fault.help("leave `methods` out to allow every method");
            }
            return None;
        }
    };
    if METHODS.contains(&text) {
        return Some(method);
    }
    match nearest(text, &METHODS) {
        Some(near) => {
            reader
                .walk
                .fault(
                    &node.span,
                    format!("`{}` is no method that is in use", method.as_str()),
                )
                .help(format!("did you mean {}?", quoted(&[near])));
            None
        }
        None => Some(method),
    }
}

fn path(reader: &mut Reader<'_>, node: &Node) -> Option<PathGlob> {
    let text = reader.walk.text("a path", node)?;
    if text.len() > LONGEST_PATH {
        reader.walk.fault(
            &node.span,
            format!("a path pattern has at most {LONGEST_PATH} bytes"),
        );
        return None;
    }
    let error = match text.parse::<PathGlob>() {
        Ok(glob) => return Some(glob),
        Err(error) => error,
    };
    let fixed = format!(
        "/{}",
        text.split('?')
            .next()
            .unwrap_or_default()
            .trim_start_matches('/')
    );
    let fault = reader.walk.fault(&node.span, format!("bad path: {error}"));
    if fixed != text && fixed.parse::<PathGlob>().is_ok() {
        fault.help(format!("did you mean `{}`?", crate::mask::shown(&fixed)));
    }
    None
}

fn pipelock(reader: &mut Reader<'_>, node: &Node) -> PipelockHints {
    let mut hints = PipelockHints::default();
    let Some(fields) = reader.walk.fields("`pipelock`", node, &keys::PIPELOCK) else {
        return hints;
    };
    if let Some(entry) = fields.entry("tls_passthrough") {
        hints.tls_passthrough = reader
            .walk
            .boolean("`tls_passthrough`", &entry.node)
            .unwrap_or(false);
        if hints.tls_passthrough {
            only_rendered(reader, "tls_passthrough", &entry.key_span);
        }
    }
    if let Some(entry) = fields.entry("ssrf_ip_allowlist") {
        let items = reader.walk.list("`ssrf_ip_allowlist`", &entry.node);
        hints.ssrf_ip_allowlist = items
            .iter()
            .filter_map(|item| range(reader, item))
            .collect();
        if !hints.ssrf_ip_allowlist.is_empty() {
            only_rendered(reader, "ssrf_ip_allowlist", &entry.key_span);
        }
    }
    hints
}

fn only_rendered(reader: &mut Reader<'_>, key: &str, span: &Span) {
    reader.note(
        span,
        format!("`pipelock.{key}` only goes into a rendered pipelock file: our engine reads every route and vets every address"),
    );
}

fn range(reader: &mut Reader<'_>, node: &Node) -> Option<IpRange> {
    let text = reader.walk.text("an address range", node)?;
    let parsed = text.parse::<IpRange>().ok();
    if parsed.is_none() {
        reader
            .walk
            .fault(&node.span, "this is no address and no range of addresses")
            .help("write 10.1.2.3, 10.0.0.0/8 or fd00::/8");
    }
    parsed
}
