//! What can go wrong between a permit and an answer, with whom it blames.

use std::net::IpAddr;

use bottle_policy::Host;

/// Why an upstream could not be reached or did not answer.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// No address accepted a connection.
    #[error("no connection to {host} port {port}: {source}")]
    Connect {
        /// The host that was permitted.
        host: Host,
        /// The port that was permitted.
        port: u16,
        /// What the last attempt said.
        source: std::io::Error,
    },
    /// An address in a special-purpose range.
    #[error("{host} has the address {ip}, which is reserved: {range}")]
    Guarded {
        /// The host that was permitted.
        host: Host,
        /// The address that was refused.
        ip: IpAddr,
        /// What the range is for.
        range: &'static str,
    },
    /// The upstream broke HTTP, or closed the connection.
    #[error("{host} did not complete the exchange: {source}")]
    Http {
        /// The host that was permitted.
        host: Host,
        /// What the HTTP client said.
        source: hyper::Error,
    },
    /// The parent proxy refused to carry it.
    #[error("the parent proxy does not carry this to {host}: it answers {status}{}", hint(*status))]
    Parent {
        /// The host that was permitted.
        host: Host,
        /// The status of its answer.
        status: u16,
    },
    /// The parent proxy cannot be reached, or is none. Where it stands is the
    /// operator's business and not the agent's.
    #[error("no connection to {host}: its parent proxy cannot be used: {source}")]
    ParentUnusable {
        /// The host that was permitted.
        host: Host,
        /// What went wrong.
        source: std::io::Error,
    },
    /// The name has no address.
    #[error("{host} has no address: {source}")]
    Resolve {
        /// The host that was permitted.
        host: Host,
        /// What the resolver said.
        source: std::io::Error,
    },
    /// It took too long.
    #[error("{host} did not answer within {seconds} seconds ({step})")]
    Timeout {
        /// The host that was permitted.
        host: Host,
        /// What was waited for.
        step: &'static str,
        /// The limit.
        seconds: u64,
    },
    /// The upstream's certificate or TLS is not acceptable.
    #[error("TLS with {host} failed: {source}")]
    Tls {
        /// The host that was permitted.
        host: Host,
        /// What TLS said.
        source: std::io::Error,
    },
}

impl Error {
    /// Whether waiting was in vain, rather than a refusal.
    pub fn is_timeout(&self) -> bool {
        matches!(self, Self::Timeout { .. })
    }

    /// The same, where it came up on the way to the parent proxy for `host`.
    pub(crate) fn of_parent(self, host: &Host) -> Self {
        let host = host.clone();
        match self {
            Self::Connect { source, .. } | Self::Resolve { source, .. } => {
                Self::ParentUnusable { host, source }
            }
            Self::Timeout { seconds, .. } => Self::Timeout {
                host,
                step: "a connection to its parent proxy",
                seconds,
            },
            other @ (Self::Guarded { .. }
            | Self::Http { .. }
            | Self::Parent { .. }
            | Self::ParentUnusable { .. }
            | Self::Tls { .. }) => other,
        }
    }

    /// The name of the fault in the answer to the agent.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Connect { .. } => "upstream_unreachable",
            Self::Guarded { .. } => "address_guard",
            Self::Http { .. } => "upstream_broke_off",
            Self::Parent { .. } => "upstream_proxy_refused",
            Self::ParentUnusable { .. } => "upstream_proxy_unusable",
            Self::Resolve { .. } => "upstream_unresolved",
            Self::Timeout { .. } => "upstream_timeout",
            Self::Tls { .. } => "upstream_tls",
        }
    }
}

/// What helps against a status that only a proxy gives.
fn hint(status: u16) -> &'static str {
    if status == 407 {
        ", and wants a user and a password: http://USER:PASSWORD@HOST:PORT"
    } else {
        ""
    }
}
