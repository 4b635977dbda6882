//! The refusals, in words for the person or the agent who meets one.

use std::fmt;

use crate::inspect::DetectorId;

/// A refusal. It says what was refused, why, and what to do next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Denial {
    /// The rule that refused.
    pub rule: Rule,
    /// What was refused and why, in one or two sentences.
    pub message: String,
    /// What to do next.
    pub guidance: String,
    /// What the detectors saw, without any value.
    pub findings: Vec<Evidence>,
}

/// A finding as it may be told: never the value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Evidence {
    /// The detector.
    pub detector: DetectorId,
    /// What the detector looks for, in words.
    pub title: String,
    /// Where it was seen, such as `header x-note` or `body (base64)`.
    pub place: String,
    /// A keyed fingerprint: the same value has the same one within a run.
    pub fingerprint: String,
    /// Why it passed all the same: it was redacted, suppressed with a reason, or
    /// allowed by a person. Or what became of the question whether it may.
    pub note: Option<String>,
}

/// The rules that refuse. Their names are a contract: see docs/denials.md.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Rule {
    /// An address in a special-purpose range.
    AddressGuard,
    /// The route's credential may travel only inside TLS.
    AuthNeedsTls,
    /// The body could not be read in time or within its limits.
    BodyUnreadable,
    /// A DNS question that carries data, or of a type that is not answered.
    DnsRefused,
    /// The content encoding of a request cannot be read.
    EncodingUnreadable,
    /// `Host` differs from what the connection was opened to.
    HostMismatch,
    /// An answer that gives orders to the agent, on a route that wants none.
    Instructions,
    /// The request's head cannot be read in one way only.
    MalformedRequest,
    /// No route allows this method and path.
    MethodOrPath,
    /// A TLS client hello without a server name.
    NoSni,
    /// A placeholder of another host's credential.
    Placeholder,
    /// The host is listed, the port is not.
    PortNotListed,
    /// A bare address that no route lists.
    RawAddress,
    /// A host on the list of those that are refused.
    RefusedHost,
    /// A detector found what must not leave.
    Secret,
    /// The TLS server name differs from what the connection was opened to.
    SniMismatch,
    /// No route lists the host.
    UnknownHost,
    /// The first bytes are neither TLS nor HTTP.
    UnknownProtocol,
    /// A change of protocol that cannot be read.
    UpgradeRefused,
}

impl Rule {
    /// The rule's name in the denial, the audit log and the manifest.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AddressGuard => "address_guard",
            Self::AuthNeedsTls => "auth_needs_tls",
            Self::BodyUnreadable => "body_unreadable",
            Self::DnsRefused => "dns_refused",
            Self::EncodingUnreadable => "encoding_unreadable",
            Self::HostMismatch => "host_mismatch",
            Self::Instructions => "instructions",
            Self::MalformedRequest => "malformed_request",
            Self::MethodOrPath => "method_or_path",
            Self::NoSni => "no_sni",
            Self::Placeholder => "placeholder",
            Self::PortNotListed => "port_not_listed",
            Self::RawAddress => "raw_address",
            Self::RefusedHost => "refused_host",
            Self::Secret => "secret",
            Self::SniMismatch => "sni_mismatch",
            Self::UnknownHost => "unknown_host",
            Self::UnknownProtocol => "unknown_protocol",
            Self::UpgradeRefused => "upgrade_refused",
        }
    }
}

impl Denial {
    /// A refusal without findings.
    pub fn new(rule: Rule, message: impl Into<String>, guidance: impl Into<String>) -> Self {
        Self {
            rule,
            message: message.into(),
            guidance: guidance.into(),
            findings: Vec::new(),
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for Denial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.rule, self.message)
    }
}
