//! Host names and addresses as every door must mean them.
//!
//! One spelling a host: lower case, no trailing dot, no brackets, and no
//! number that some resolver would read as an IPv4 address (`0x7f.1`,
//! `2130706433`). Does not resolve anything.

use std::cmp::Reverse;
use std::fmt;
use std::net::{IpAddr, Ipv6Addr};
use std::str::FromStr;

/// The longest name the DNS can carry, in its text form (RFC 1035, 2.3.4).
const MAX_NAME: usize = 253;
const MAX_LABEL: usize = 63;

/// A host: a DNS name or an IP address.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Host {
    /// An IP address that the client wrote out.
    Ip(IpAddr),
    /// A DNS name.
    Name(DnsName),
}

/// A DNS name: lower case, labels of 1 to 63 letters, digits, `-` or `_`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DnsName(String);

/// A host of a route: one host, every name below a domain, or any host.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum HostPattern {
    /// Any host. No text means it: only a pipelock's mode does.
    Any,
    /// Just this host.
    Exact(Host),
    /// `*.example.com`: any depth below the domain, never the domain itself.
    Below(DnsName),
}

/// Why a text is no host.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum HostError {
    /// A name of all numbers that is no IPv4 address in its ordinary form.
    #[error("`{0}` could be read as a number for an IPv4 address; write it as four decimal parts")]
    AmbiguousNumber(String),
    /// A character that no host name has.
    #[error("`{character}` is not allowed in a host name")]
    Character {
        /// The character.
        character: char,
    },
    /// Nothing there.
    #[error("the host is empty")]
    Empty,
    /// Two dots with nothing between, or a leading dot.
    #[error("a host name has no empty part between dots")]
    EmptyLabel,
    /// A part that begins or ends with a hyphen.
    #[error("`{0}` begins or ends with a hyphen")]
    Hyphen(String),
    /// Longer than the DNS allows.
    #[error("a host name has at most 253 characters, and 63 between two dots")]
    TooLong,
    /// A `*` that is not the whole first label.
    #[error("a wildcard is written `*.example.com`, with the star alone before the first dot")]
    Wildcard,
}

impl DnsName {
    /// The name's text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether this name lies below `domain` (at any depth, not the domain itself).
    pub fn is_below(&self, domain: &Self) -> bool {
        self.0
            .strip_suffix(domain.as_str())
            .is_some_and(|head| head.ends_with('.') && head.len() > 1)
    }
}

impl Host {
    /// The name, where this is one.
    pub fn name(&self) -> Option<&DnsName> {
        match self {
            Self::Ip(_) => None,
            Self::Name(name) => Some(name),
        }
    }

    /// The address, where this is one.
    pub fn ip(&self) -> Option<IpAddr> {
        match self {
            Self::Ip(ip) => Some(*ip),
            Self::Name(_) => None,
        }
    }
}

impl HostPattern {
    /// The order in which patterns are asked: exact hosts first, then the
    /// wildcard with the longest domain, then any.
    pub(crate) fn rank(&self) -> (u8, Reverse<usize>) {
        match self {
            Self::Exact(_) => (0, Reverse(0)),
            Self::Below(domain) => (1, Reverse(domain.0.len())),
            Self::Any => (2, Reverse(0)),
        }
    }

    /// Whether `host` is meant by this pattern.
    pub fn matches(&self, host: &Host) -> bool {
        match (self, host) {
            (Self::Exact(own), _) => own == host,
            (Self::Below(domain), Host::Name(name)) => name.is_below(domain),
            (Self::Below(_), Host::Ip(_)) => false,
            (Self::Any, _) => true,
        }
    }
}

impl FromStr for DnsName {
    type Err = HostError;

    fn from_str(text: &str) -> Result<Self, HostError> {
        let text = text.strip_suffix('.').unwrap_or(text);
        if text.is_empty() {
            return Err(HostError::Empty);
        }
        if text.len() > MAX_NAME {
            return Err(HostError::TooLong);
        }
        text.split('.').try_for_each(check_label)?;
        if ends_in_number(text) {
            return Err(HostError::AmbiguousNumber(text.to_owned()));
        }
        Ok(Self(text.to_ascii_lowercase()))
    }
}

impl FromStr for Host {
    type Err = HostError;

    fn from_str(text: &str) -> Result<Self, HostError> {
        if let Some(inner) = text.strip_prefix('[').and_then(|t| t.strip_suffix(']')) {
            return inner
                .parse::<Ipv6Addr>()
                .map(|ip| Self::Ip(IpAddr::V6(ip)))
                .map_err(|_| HostError::Character { character: '[' });
        }
        match text.parse::<IpAddr>() {
            Ok(ip) => Ok(Self::Ip(ip)),
            Err(_) => text.parse().map(Self::Name),
        }
    }
}

impl FromStr for HostPattern {
    type Err = HostError;

    fn from_str(text: &str) -> Result<Self, HostError> {
        match text.strip_prefix("*.") {
            Some(rest) if rest.contains('*') => Err(HostError::Wildcard),
            Some(rest) => match rest.parse::<Host>()? {
                Host::Name(domain) => Ok(Self::Below(domain)),
                Host::Ip(_) => Err(HostError::Wildcard),
            },
            None if text.contains('*') => Err(HostError::Wildcard),
            None => text.parse().map(Self::Exact),
        }
    }
}

impl fmt::Display for DnsName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Addresses stand without brackets; [`Host::Ip`] of version 6 in a URL needs them.
impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ip(ip) => ip.fmt(f),
            Self::Name(name) => name.fmt(f),
        }
    }
}

impl fmt::Display for HostPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Any => f.write_str("*"),
            Self::Exact(host) => host.fmt(f),
            Self::Below(domain) => write!(f, "*.{domain}"),
        }
    }
}

fn check_label(label: &str) -> Result<(), HostError> {
    if label.is_empty() {
        return Err(HostError::EmptyLabel);
    }
    if label.len() > MAX_LABEL {
        return Err(HostError::TooLong);
    }
    if let Some(character) = label
        .chars()
        .find(|c| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_')))
    {
        return Err(HostError::Character { character });
    }
    if label.starts_with('-') || label.ends_with('-') {
        return Err(HostError::Hyphen(label.to_owned()));
    }
    Ok(())
}

/// The URL standard's "ends in a number" check: such a host is an IPv4 address
/// to some parsers, so it must be one in the plain form or nothing.
fn ends_in_number(name: &str) -> bool {
    let last = name.rsplit('.').next().unwrap_or(name);
    let hex = last.strip_prefix("0x").or_else(|| last.strip_prefix("0X"));
    match hex {
        Some(digits) => digits.bytes().all(|b| b.is_ascii_hexdigit()),
        None => last.bytes().all(|b| b.is_ascii_digit()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn host(text: &str) -> Host {
        text.parse().unwrap()
    }

    #[test]
    fn one_spelling_a_host() {
        assert_eq!(host("API.GitHub.com."), host("api.github.com"));
        assert_eq!(host("[::1]"), host("::1"));
        assert_eq!(host("192.0.2.1").ip(), "192.0.2.1".parse().ok());
    }

    #[test]
    fn numbers_that_resolvers_read_as_addresses_are_refused() {
        for text in [
            "2130706433",
            "0x7f.1",
            "127.1",
            "0177.0.0.1",
            "1.2.3.4.5",
            "a.0x1",
        ] {
            let refused = matches!(text.parse::<Host>(), Err(HostError::AmbiguousNumber(_)));
            assert!(refused, "{text}");
        }
    }

    #[test]
    fn what_is_no_host_is_refused() {
        for text in [
            "", ".", "a..b", ".a", "a b", "a/b", "a:80", "é.com", "-a.b", "a-.b", "a\0", "[::1",
            "a@b",
        ] {
            assert!(text.parse::<Host>().is_err(), "{text:?}");
        }
        assert!("a".repeat(64).parse::<Host>().is_err());
        assert!("a.".repeat(130).parse::<Host>().is_err());
    }

    #[test]
    fn a_wildcard_means_any_depth_below_but_not_the_apex() {
        let pattern: HostPattern = "*.example.com".parse().unwrap();
        assert!(pattern.matches(&host("a.example.com")));
        assert!(pattern.matches(&host("a.b.example.com")));
        for other in [
            "example.com",
            "badexample.com",
            "example.com.evil.org",
            "192.0.2.1",
        ] {
            assert!(!pattern.matches(&host(other)), "{other}");
        }
    }

    #[test]
    fn a_star_elsewhere_is_refused() {
        for text in [
            "*",
            "*.*",
            "a.*.com",
            "api*.example.com",
            "*.10.0.0.1",
            "*example.com",
        ] {
            assert!(text.parse::<HostPattern>().is_err(), "{text}");
        }
    }
}
