//! What a connection or a request wants, whatever door it came through.
//!
//! Each door only translates into an [`Intent`]; none of them decides.

use std::fmt;

use crate::host::{Host, HostError};
use crate::method::Method;
use crate::path::RequestPath;

/// What a connection or a request wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Intent {
    /// The door it came through.
    pub door: Door,
    /// Who asked.
    pub who: Who,
    /// Where the connection was opened to: the CONNECT target, the host of an
    /// absolute URL, the name behind a synthetic address, or a bare address.
    pub target: Host,
    /// The TCP port that goes with it.
    pub port: u16,
    /// What TLS said.
    pub tls: Tls,
    /// The request, once its head was read.
    pub head: Option<Head>,
}

/// The door that a connection or a request came through.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Door {
    /// A `CONNECT` to the explicit proxy.
    Connect,
    /// A DNS question.
    Dns,
    /// A request with an absolute URL to the explicit proxy.
    Forward,
    /// A connection to any address, caught by the bottle's network.
    Transparent,
}

/// The process that asked, as far as it is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Who {
    /// Its id inside the bottle.
    pub pid: Option<u32>,
    /// Its program.
    pub exe: Option<String>,
}

/// What TLS said about the connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tls {
    /// A client hello, with the server name it carried.
    Hello {
        /// The server name (RFC 6066, 3).
        sni: Option<Host>,
    },
    /// The first bytes were no TLS.
    Plain,
    /// Nothing has been read yet.
    Unseen,
}

/// The parts of a request's head that decide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The method.
    pub method: Method,
    /// `Host` or `:authority`.
    pub authority: Authority,
    /// Path and query.
    pub path: RequestPath,
}

/// A host with the port that was written beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authority {
    /// The host.
    pub host: Host,
    /// The port, where one was written.
    pub port: Option<u16>,
}

/// The scheme that a connection turned out to carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Scheme {
    /// HTTP without TLS.
    Http,
    /// HTTP over TLS.
    Https,
}

/// Why a text is no authority.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AuthorityError {
    /// The host part.
    #[error(transparent)]
    Host(#[from] HostError),
    /// The part after the colon.
    #[error("a port is a number from 1 to 65535")]
    Port,
}

impl Authority {
    /// Reads `host`, `host:port`, `[v6]` or `[v6]:port`. User names are refused.
    pub fn parse(text: &str) -> Result<Self, AuthorityError> {
        let (host, port) = match text.rsplit_once(':') {
            Some((host, port)) if !host.contains(':') || host.ends_with(']') => (host, Some(port)),
            _ => (text, None),
        };
        if host.contains(':') && !host.starts_with('[') {
            return Err(HostError::Character { character: ':' }.into());
        }
        Ok(Self {
            host: host.parse()?,
            port: port.map(parse_port).transpose()?,
        })
    }
}

fn parse_port(text: &str) -> Result<u16, AuthorityError> {
    let digits = text.bytes().all(|b| b.is_ascii_digit());
    match text.parse::<u16>() {
        Ok(port) if digits && port != 0 => Ok(port),
        _ => Err(AuthorityError::Port),
    }
}

impl Scheme {
    /// The port that a URL of this scheme means where it names none.
    pub fn default_port(self) -> u16 {
        match self {
            Self::Http => 80,
            Self::Https => 443,
        }
    }

    /// The scheme's name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Https => "https",
        }
    }
}

impl Door {
    /// The door's name in the audit log.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Connect => "connect",
            Self::Dns => "dns",
            Self::Forward => "forward",
            Self::Transparent => "transparent",
        }
    }
}

impl fmt::Display for Door {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for Scheme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<(String, Option<u16>), AuthorityError> {
        Authority::parse(text).map(|a| (a.host.to_string(), a.port))
    }

    #[test]
    fn hosts_and_ports_are_told_apart() {
        assert_eq!(parse("a.b"), Ok(("a.b".into(), None)));
        assert_eq!(parse("a.b:8443"), Ok(("a.b".into(), Some(8443))));
        assert_eq!(parse("[::1]:80"), Ok(("::1".into(), Some(80))));
        assert_eq!(parse("[::1]"), Ok(("::1".into(), None)));
    }

    #[test]
    fn what_two_parsers_could_read_differently_is_refused() {
        for text in [
            "", ":80", "a:", "a:0", "a:+80", "a:65536", "u@a", "a:80:90", "::1", "a b", "a:8 0",
        ] {
            assert!(Authority::parse(text).is_err(), "{text:?}");
        }
    }
}
