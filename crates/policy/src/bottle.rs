//! The bottle: everything a person decided, resolved. No `Option` here means
//! "use the default": defaults were filled in by whoever built it.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use ipnet::IpNet;

use crate::glob::PathGlob;
use crate::host::HostPattern;
use crate::inspect::InspectTerms;
use crate::method::Method;
use crate::path::RequestPath;
use crate::secret::SecretRef;

/// A named sandbox for one agent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bottle {
    /// The bottle's name.
    pub name: Slug,
    /// The command inside and its surroundings.
    pub agent: Agent,
    /// What may leave.
    pub egress: Egress,
    /// The operator's own secrets, looked for everywhere.
    pub secrets: Vec<SecretRef>,
    /// Whether the secrets in the launching environment are looked for too.
    pub scan_env: bool,
    /// What the agent sees of the file system.
    pub filesystem: Filesystem,
    /// Whether an agent may ask for more at run time.
    pub supervise: bool,
    /// Git remotes that the agent may use.
    pub git: Vec<GitRemote>,
}

/// The command inside.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Agent {
    /// The preset's name, such as `claude`.
    pub provider: Option<String>,
    /// The program and its arguments.
    pub command: Vec<String>,
    /// Variables set for it.
    pub env: BTreeMap<String, String>,
    /// Settings that it finds in its home.
    pub home_files: Vec<HomeFile>,
}

/// A settings file made for the agent, in its own copy of the home.
///
/// In the text, `{{project}}` stands for the project's directory,
/// `{{placeholder:NAME}}` for the placeholder that the variable NAME holds
/// (without one the file is left out), and `{{tail:NAME}}` for its last 20
/// characters (without one, for nothing).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HomeFile {
    /// Its path below the home.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// What may leave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Egress {
    /// What happens to a host that no route lists.
    pub unlisted: Unlisted,
    /// The hosts the agent may reach. A [`RouteId`] is an index into it.
    pub routes: Vec<Route>,
    /// Hosts that are refused whatever the routes say. A manifest lists what
    /// may be reached and needs no such list; a pipelock's file may have one.
    pub refused: Vec<HostPattern>,
}

/// What happens to a host that no route lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unlisted {
    /// It is held until a person answers.
    Ask,
    /// It is denied.
    Deny,
}

/// The place of a route in [`Egress::routes`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RouteId(pub usize);

/// A host that the agent may reach, and on what terms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// The host or hosts.
    pub host: HostPattern,
    /// The TCP port.
    pub port: u16,
    /// The requests allowed; empty for every request.
    pub matches: Vec<Match>,
    /// The credential that the engine adds.
    pub auth: Option<Auth>,
    /// How its traffic is read.
    pub inspect: InspectTerms,
    /// What it says to a pipelock, or says because of one.
    pub pipelock: PipelockHints,
    /// Who put it there.
    pub origin: Origin,
}

/// Requests that a route allows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// The methods; empty for every method.
    pub methods: Vec<Method>,
    /// The paths; empty for every path.
    pub paths: Vec<PathGlob>,
}

/// A credential that the engine adds after the scan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Auth {
    /// The form in which it travels.
    pub scheme: AuthScheme,
    /// Where its value is found on the host.
    pub token: SecretRef,
    /// The variable in which the agent finds the placeholder, where it has one.
    pub variable: Option<String>,
}

/// The form in which a credential travels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AuthScheme {
    /// `authorization: Basic base64(username:token)` (RFC 7617).
    Basic {
        /// The user's name before the colon.
        username: String,
    },
    /// `authorization: Bearer token` (RFC 6750).
    Bearer,
    /// The bare token in a header of its own.
    Header {
        /// The header's name, lower case.
        name: String,
    },
}

/// What a route says to a pipelock, or says because a pipelock's file said it.
///
/// A manifest's hints only go into a rendered file: our engine reads every
/// route of a manifest and vets every address, whatever they say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PipelockHints {
    /// The host as it was written, where that differs from how we spell it.
    pub spelling: Option<String>,
    /// Leave the route's TLS alone.
    pub tls_passthrough: bool,
    /// Addresses exempt from its address guard.
    pub ssrf_ip_allowlist: Vec<IpRange>,
    /// Findings in bodies and headers are recorded and pass; in URLs they block.
    pub notes_bodies: bool,
    /// Whose rules the route follows.
    pub rules: RouteRules,
}

/// Whose rules a route follows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RouteRules {
    /// Ours: one port, and everything is read.
    #[default]
    Ours,
    /// A pipelock's: every port, and TLS that is passed through is not read.
    Pipelock,
}

/// An address, or a range of them, as a person wrote it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct IpRange {
    text: String,
    net: IpNet,
}

/// Why a text is no range of addresses.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("write an address such as 10.1.2.3, or a range such as 10.0.0.0/8 or fd00::/8")]
pub struct IpRangeError;

/// Who put a route there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The manifest, at a line (1 is the first).
    Manifest {
        /// The line of the route's `host`.
        line: usize,
    },
    /// An entry of a pipelock's file.
    Pipelock {
        /// The entry, such as `api_allowlist`.
        entry: &'static str,
    },
    /// A provider's preset.
    Provider(String),
}

/// What the agent sees of the file system.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filesystem {
    /// Paths that it may change. Relative ones start at the project.
    pub writable: Vec<PathBuf>,
    /// Paths that it must not see.
    pub hidden: Vec<PathBuf>,
}

/// A git remote that the agent may use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GitRemote {
    /// The remote's name.
    pub name: String,
    /// Its URL: `https://`, or `ssh://`, which nothing here can use.
    pub upstream: String,
    /// The credential.
    pub token: Option<SecretRef>,
    /// Ref patterns that may be pushed.
    pub push: Vec<String>,
}

/// A bottle's name: lower-case letters, digits and inner hyphens, at most 63,
/// so that it serves as a directory, host and container name alike.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Slug(String);

/// Why a text is no slug.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a name has 1 to 63 lower-case letters, digits and inner hyphens, such as `my-app`")]
pub struct SlugError;

impl Slug {
    /// The name's text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The nearest slug to any text; `bottle` where nothing is left of it.
    pub fn from_lossy(text: &str) -> Self {
        let mapped: String = text
            .to_ascii_lowercase()
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
            .collect();
        let joined = mapped
            .split('-')
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join("-");
        let short: String = joined.chars().take(63).collect();
        short
            .trim_matches('-')
            .parse()
            .unwrap_or_else(|_| Self("bottle".to_owned()))
    }
}

impl FromStr for Slug {
    type Err = SlugError;

    fn from_str(text: &str) -> Result<Self, SlugError> {
        let word = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        let fits = !text.is_empty() && text.len() <= 63 && text.bytes().all(word);
        if !fits || text.starts_with('-') || text.ends_with('-') {
            return Err(SlugError);
        }
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Bottle {
    /// A bottle that reaches nothing.
    pub fn closed(name: Slug) -> Self {
        Self {
            name,
            agent: Agent::default(),
            egress: Egress {
                unlisted: Unlisted::Deny,
                routes: Vec::new(),
                refused: Vec::new(),
            },
            secrets: Vec::new(),
            scan_env: true,
            filesystem: Filesystem::default(),
            supervise: false,
            git: Vec::new(),
        }
    }

    /// The route of that id.
    pub fn route(&self, id: RouteId) -> Option<&Route> {
        self.egress.routes.get(id.0)
    }
}

impl Default for Filesystem {
    fn default() -> Self {
        Self {
            writable: vec![PathBuf::from(".")],
            hidden: Vec::new(),
        }
    }
}

impl Match {
    /// Whether a request is among those allowed.
    pub fn allows(&self, method: &Method, path: &RequestPath) -> bool {
        (self.methods.is_empty() || self.methods.contains(method))
            && (self.paths.is_empty() || self.paths.iter().any(|glob| glob.matches(path)))
    }

    /// Whether some request could be allowed by both. Errs towards yes.
    pub fn may_overlap(&self, other: &Self) -> bool {
        let methods = self.methods.is_empty()
            || other.methods.is_empty()
            || self.methods.iter().any(|m| other.methods.contains(m));
        let paths = self.paths.is_empty()
            || other.paths.is_empty()
            || self
                .paths
                .iter()
                .any(|a| other.paths.iter().any(|b| a.may_overlap(b)));
        methods && paths
    }
}

impl Route {
    /// Whether the route allows a request to its host.
    pub fn allows(&self, method: &Method, path: &RequestPath) -> bool {
        self.matches.is_empty() || self.matches.iter().any(|m| m.allows(method, path))
    }
}

impl Route {
    /// Whether the route is for connections to a port.
    pub fn takes_port(&self, port: u16) -> bool {
        match self.pipelock.rules {
            RouteRules::Ours => self.port == port,
            RouteRules::Pipelock => true,
        }
    }

    /// Whether its TLS goes through unread. Never on a manifest's word.
    pub fn passes_tls_through(&self) -> bool {
        self.pipelock.rules == RouteRules::Pipelock && self.pipelock.tls_passthrough
    }
}

impl IpRange {
    /// The range as it was written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The addresses.
    pub fn net(&self) -> IpNet {
        self.net
    }
}

impl FromStr for IpRange {
    type Err = IpRangeError;

    fn from_str(text: &str) -> Result<Self, IpRangeError> {
        let net = match text.parse::<std::net::IpAddr>() {
            Ok(address) => IpNet::from(address),
            Err(_) => text.parse().map_err(|_| IpRangeError)?,
        };
        Ok(Self {
            text: text.to_owned(),
            net,
        })
    }
}

impl fmt::Display for IpRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Manifest { line } => write!(f, "bottle.yaml line {line}"),
            Self::Pipelock { entry } => write!(f, "`{entry}` of the pipelock file"),
            Self::Provider(name) => write!(f, "the preset for {name}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_text_has_a_nearest_slug() {
        for (text, slug) in [
            ("My App", "my-app"),
            ("__", "bottle"),
            ("a..b", "a-b"),
            ("-x-", "x"),
        ] {
            assert_eq!(Slug::from_lossy(text).as_str(), slug);
        }
        assert!(
            Slug::from_lossy(&"a-".repeat(100))
                .as_str()
                .parse::<Slug>()
                .is_ok()
        );
    }
}
