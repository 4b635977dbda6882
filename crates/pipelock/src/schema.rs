//! The keys of pipelock 2.3: their types, their defaults, and what we do with
//! each. Facts of its documentation in our own words.

/// A key with its section, such as `dlp.scan_env`.
pub(crate) struct Key {
    pub(crate) path: &'static str,
    pub(crate) shape: Shape,
    /// What holds where it is not written; empty for nothing.
    pub(crate) default: &'static str,
    /// Whether the rendered shape has it.
    pub(crate) rendered: Rendered,
    pub(crate) ours: Ours,
}

/// What stands behind a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Anything: we know that it exists and not what is in it.
    Any,
    Bool,
    Int,
    /// A map whose keys are in this table.
    Map,
    /// A map of which this table has only some keys.
    OpenMap,
    Text,
    Texts,
    /// One of these words.
    Words(&'static [&'static str]),
}

/// Whether the shape that `render` writes has a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rendered {
    Always,
    Never,
    Sometimes,
}

/// What we do with a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ours {
    /// The same as pipelock.
    Same,
    /// Something else, or nothing.
    Instead(&'static str),
    /// The same for these values, something else for all others.
    SameFor(&'static [&'static str], &'static str),
}

impl Shape {
    /// The type with its article.
    pub(crate) fn expected(self) -> &'static str {
        match self {
            Self::Any => "anything",
            Self::Bool => "a boolean",
            Self::Int => "an integer",
            Self::Map | Self::OpenMap => "a mapping",
            Self::Text | Self::Words(_) => "a string",
            Self::Texts => "a list of strings",
        }
    }
}

impl Key {
    /// The name within its section.
    pub(crate) fn name(&self) -> &'static str {
        self.path
            .rsplit_once('.')
            .map_or(self.path, |(_, name)| name)
    }

    /// The section's path; empty for the top.
    pub(crate) fn section(&self) -> &'static str {
        self.path
            .rsplit_once('.')
            .map_or("", |(section, _)| section)
    }
}

/// A path as reports show it: keys at the top belong to `config`.
pub(crate) fn shown(path: &str) -> String {
    if path.contains('.') {
        path.to_owned()
    } else {
        format!("config.{path}")
    }
}

/// The key of a path.
pub(crate) fn key(path: &str) -> Option<&'static Key> {
    KEYS.iter().find(|key| key.path == path)
}

/// The names in a section.
pub(crate) fn names(section: &str) -> Vec<&'static str> {
    let within = KEYS.iter().filter(|key| key.section() == section);
    within.map(Key::name).collect()
}

const fn same(path: &'static str, shape: Shape, default: &'static str, rendered: Rendered) -> Key {
    Key {
        path,
        shape,
        default,
        rendered,
        ours: Ours::Same,
    }
}

const fn instead(
    path: &'static str,
    shape: Shape,
    default: &'static str,
    what: &'static str,
) -> Key {
    Key {
        path,
        shape,
        default,
        rendered: Never,
        ours: Ours::Instead(what),
    }
}

const fn same_for(
    path: &'static str,
    shape: Shape,
    default: &'static str,
    rendered: Rendered,
    values: &'static [&'static str],
    what: &'static str,
) -> Key {
    Key {
        path,
        shape,
        default,
        rendered,
        ours: Ours::SameFor(values, what),
    }
}

use Rendered::{Always, Never, Sometimes};
use Shape::{Any, Bool, Int, Map, OpenMap, Text, Texts, Words};

const NO_LIMIT: &str =
    "there is no such limit: answers and uploads stream, and a tunnel lives as long as it is used";
const OWN_DETECTORS: &str = "our own detectors read the traffic, at our settings";
const ONE_BOTTLE: &str = "one engine serves one agent, and keeps no score of sessions";
const NO_TOOLS: &str =
    "tool traffic is read as every other request; there is no MCP door of its own";
const AUDIT: &str =
    "decisions go to our audit log, one hash-chained JSON object a line (`bottle logs`)";
const NOTHING: &str = "it has no counterpart and does nothing";

/// Every key, each section right after its own.
#[rustfmt::skip]
pub(crate) const KEYS: &[Key] = &[
    same("version", Int, "1", Always),
    same("mode", Words(&["strict", "balanced", "audit"]), "balanced", Always),
    same("enforce", Bool, "true", Always),
    same_for("explain_blocks", Bool, "false", Never, &["true"], "every refusal explains itself in its body; only the header `x-pipelock-hint` is left out"),
    same("api_allowlist", Texts, "[]", Always),
    same("trusted_domains", Texts, "[]", Never),
    instead("internal", Texts, "12 ranges", "our own table of special-purpose addresses holds, which is wider; `ssrf.ip_allowlist` and `trusted_domains` make exceptions"),

    same("seed_phrase_detection", Map, "", Sometimes),
    same("seed_phrase_detection.enabled", Bool, "true", Always),
    same_for("seed_phrase_detection.min_words", Int, "12", Never, &["12"], "phrases of 12 words and more are found, as wallets have them"),
    same_for("seed_phrase_detection.verify_checksum", Bool, "true", Never, &["true"], "the checksum is always verified: without it, prose would be refused"),

    same("forward_proxy", Map, "", Always),
    same("forward_proxy.enabled", Bool, "false", Always),
    instead("forward_proxy.max_tunnel_seconds", Int, "300", NO_LIMIT),
    instead("forward_proxy.idle_timeout_seconds", Int, "120", NO_LIMIT),
    same_for("forward_proxy.sni_verification", Bool, "true", Never, &["true"], "the server name is always compared with the CONNECT target"),
    instead("forward_proxy.redirect_websocket_hosts", Texts, "[]", NOTHING),

    same("dlp", Map, "", Always),
    same_for("dlp.include_defaults", Bool, "true", Always, &["true"], OWN_DETECTORS),
    same("dlp.scan_env", Bool, "true", Always),
    same("dlp.min_env_secret_length", Int, "16", Never),
    same("dlp.secrets_file", Text, "", Never),
    instead("dlp.patterns", Any, "48 patterns", "patterns of your own are not supported; our own detectors read the traffic"),

    same("request_body_scanning", Map, "", Always),
    same_for("request_body_scanning.enabled", Bool, "true", Never, &["true"], "bodies are always read"),
    same("request_body_scanning.action", Words(&["block", "warn"]), "warn", Always),
    instead("request_body_scanning.max_body_bytes", Int, "5242880", "bodies of any size are read: up to 8 MiB before a byte leaves, longer ones as they stream"),
    same_for("request_body_scanning.scan_headers", Bool, "true", Sometimes, &["true"], "headers are always read"),
    same_for("request_body_scanning.header_mode", Words(&["sensitive", "all"]), "sensitive", Sometimes, &["all"], "every header is read, its name too"),
    instead("request_body_scanning.sensitive_headers", Texts, "6 names", "every header is read, its name too"),
    instead("request_body_scanning.ignore_headers", Texts, "13 names", "every header is read, its name too"),

    same("tls_interception", Map, "", Sometimes),
    same("tls_interception.enabled", Bool, "false", Always),
    same("tls_interception.ca_cert", Text, "~/.pipelock/ca.pem", Always),
    same("tls_interception.ca_key", Text, "~/.pipelock/ca-key.pem", Always),
    same("tls_interception.passthrough_domains", Texts, "[]", Sometimes),
    instead("tls_interception.cert_ttl", Text, "24h", "certificates are good for 180 days; their key lives only in memory"),
    instead("tls_interception.cert_cache_size", Int, "10000", "1024 hosts are kept"),
    instead("tls_interception.max_response_bytes", Int, "5242880", NO_LIMIT),

    same("ssrf", Map, "", Sometimes),
    same("ssrf.ip_allowlist", Texts, "[]", Always),

    same("fetch_proxy", OpenMap, "", Never),
    same("fetch_proxy.listen", Text, "127.0.0.1:8888", Never),
    instead("fetch_proxy.timeout_seconds", Int, "30", "there is no fetch endpoint"),
    instead("fetch_proxy.max_response_mb", Int, "10", "there is no fetch endpoint"),
    instead("fetch_proxy.user_agent", Text, "", "there is no fetch endpoint"),
    same("fetch_proxy.monitoring", OpenMap, "", Never),
    instead("fetch_proxy.monitoring.max_url_length", Int, "2048", "a request head has at most 400 KiB or so, and is read whole"),
    instead("fetch_proxy.monitoring.entropy_threshold", Any, "4.5", "`url_entropy` judges paths and queries, by measures of its own"),
    instead("fetch_proxy.monitoring.subdomain_entropy_threshold", Any, "4.0", "`host_entropy` judges names, by measures of its own"),
    instead("fetch_proxy.monitoring.max_requests_per_minute", Int, "60", "requests are not counted"),
    same_for("fetch_proxy.monitoring.max_data_per_minute", Int, "0", Never, &["0"], "bytes are not counted"),
    same("fetch_proxy.monitoring.blocklist", Texts, "6 paste sites", Never),
    instead("fetch_proxy.monitoring.subdomain_entropy_exclusions", Texts, "[]", "no name is spared"),

    instead("websocket_proxy", Any, "", "there is no /ws endpoint; a request that asks for an upgrade is refused"),
    instead("canary_tokens", Any, "", "list them in `dlp.secrets_file`, one a line"),
    instead("suppress", Any, "", "there is one verdict: give a host terms of its own in bottle.yaml"),
    same("response_scanning", OpenMap, "", Never),
    same("response_scanning.enabled", Bool, "true", Never),
    same_for("response_scanning.action", Words(&["block", "strip", "warn", "ask"]), "warn", Never, &["block", "warn"], "the answer is stopped, as with `block`"),
    instead("response_scanning.sse_streaming", Any, "", "events are read one by one, under the same action"),
    instead("response_scanning.exempt_domains", Texts, "[]", "the answers of all hosts are read"),
    instead("mcp_input_scanning", Any, "", NO_TOOLS),
    instead("mcp_tool_scanning", Any, "", NO_TOOLS),
    instead("mcp_tool_policy", Any, "", NO_TOOLS),
    instead("mcp_session_binding", Any, "", NO_TOOLS),
    instead("mcp_ws_listener", Any, "", NO_TOOLS),
    instead("mcp_binary_integrity", Any, "", NO_TOOLS),
    instead("mcp_tool_provenance", Any, "", NO_TOOLS),
    instead("a2a_scanning", Any, "", NO_TOOLS),
    instead("tool_chain_detection", Any, "", NO_TOOLS),
    instead("git_protection", Any, "", "git over HTTPS is read as every other request"),
    instead("logging", Any, "", AUDIT),
    instead("session_profiling", Any, "", ONE_BOTTLE),
    instead("adaptive_enforcement", Any, "", ONE_BOTTLE),
    instead("airlock", Any, "", ONE_BOTTLE),
    instead("behavioral_baseline", Any, "", ONE_BOTTLE),
    instead("taint", Any, "", ONE_BOTTLE),
    instead("cross_request_detection", Any, "", ONE_BOTTLE),
    instead("kill_switch", Any, "", "end the engine: nothing leaves without it"),
    instead("sentry", Any, "", "nothing is reported to anyone"),
    instead("metrics_listen", Text, "", "there is no metrics endpoint"),
    instead("emit", Any, "", AUDIT),
    instead("reverse_proxy", Any, "", NOTHING),
    instead("scan_api", Any, "", "`bottle explain` tells what would be decided"),
    instead("address_protection", Any, "", OWN_DETECTORS),
    instead("rules", Any, "", OWN_DETECTORS),
    instead("file_sentry", Any, "", "files are the sandbox's business: `bottle run`"),
    instead("sandbox", Any, "", "the sandbox is `bottle run`, and is configured in bottle.yaml"),
    instead("flight_recorder", Any, "", AUDIT),
    instead("browser_shield", Any, "", "answers are not rewritten; echoed credentials are masked"),
    instead("media_policy", Any, "", "media pass as they are"),
    instead("mediation_envelope", Any, "", NOTHING),
    instead("redaction", Any, "", "what is found is refused, not rewritten"),
    instead("agents", Any, "", "one engine serves one agent: start one for each, with a file of its own"),
    instead("default_agent_identity", Text, "", "one engine serves one agent"),
    instead("bind_default_agent_identity", Any, "", "one engine serves one agent"),
    instead("license_key", Any, "", "no licence is needed"),
    instead("license_file", Any, "", "no licence is needed"),
    instead("license_public_key", Any, "", "no licence is needed"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_key_is_there_once_and_has_its_section() {
        for (at, one) in KEYS.iter().enumerate() {
            let later = KEYS.iter().skip(at + 1);
            assert!(
                later.clone().all(|other| other.path != one.path),
                "{}",
                one.path
            );
            let section = one.section();
            let known = section.is_empty()
                || key(section).is_some_and(|s| matches!(s.shape, Map | OpenMap));
            assert!(known, "{}", one.path);
        }
    }
}
