//! An operator's own mapping of a host and port to another, in curl's form.

use std::fmt;
use std::str::FromStr;

use bottle_policy::{Authority, Host};

/// `HOST:PORT:ADDR:PORT`: connections meant for the first pair go to the
/// second. An empty first HOST or PORT means any. The address that it names is
/// exempt from the address guard; certificates are still verified for HOST.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConnectTo {
    host: Option<Host>,
    port: Option<u16>,
    to_host: Host,
    to_port: u16,
}

/// Why a text is no mapping.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is no HOST:PORT:ADDR:PORT: {why}")]
pub struct ConnectToError {
    text: String,
    why: String,
}

impl ConnectTo {
    /// Where a connection to `host` and `port` goes, if this mapping is for it.
    pub(crate) fn apply(&self, host: &Host, port: u16) -> Option<(&Host, u16)> {
        let host_fits = self.host.as_ref().is_none_or(|own| own == host);
        let port_fits = self.port.is_none_or(|own| own == port);
        (host_fits && port_fits).then_some((&self.to_host, self.to_port))
    }
}

impl FromStr for ConnectTo {
    type Err = ConnectToError;

    fn from_str(text: &str) -> Result<Self, ConnectToError> {
        let fail = |why: String| ConnectToError {
            text: text.to_owned(),
            why,
        };
        let (host, rest) = split_host(text)
            .ok_or_else(|| fail("the first host is not ended by a colon".to_owned()))?;
        let (port, to) = rest
            .split_once(':')
            .ok_or_else(|| fail("the first port is missing".to_owned()))?;
        let to = Authority::parse(to).map_err(|e| fail(format!("the second pair: {e}")))?;
        Ok(Self {
            host: (!host.is_empty())
                .then(|| host.parse())
                .transpose()
                .map_err(|e| fail(format!("the first host: {e}")))?,
            port: (!port.is_empty())
                .then(|| port.parse())
                .transpose()
                .map_err(|_| fail("the first port is a number from 1 to 65535".to_owned()))?,
            to_host: to.host,
            to_port: to
                .port
                .ok_or_else(|| fail("the second port is missing".to_owned()))?,
        })
    }
}

/// Splits after the host, which may be an address in brackets.
fn split_host(text: &str) -> Option<(&str, &str)> {
    if text.starts_with('[') {
        let (host, rest) = text.split_once("]:")?;
        return Some((text.get(..=host.len())?, rest));
    }
    text.split_once(':')
}

impl fmt::Display for ConnectTo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let host = self
            .host
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default();
        let port = self.port.map(|p| p.to_string()).unwrap_or_default();
        write!(f, "{host}:{port}:{}:{}", self.to_host, self.to_port)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn apply(mapping: &str, host: &str, port: u16) -> Option<(String, u16)> {
        let mapping: ConnectTo = mapping.parse().unwrap();
        mapping
            .apply(&host.parse().unwrap(), port)
            .map(|(h, p)| (h.to_string(), p))
    }

    #[test]
    fn a_mapping_is_for_its_host_and_port() {
        let mapping = "api.example.com:443:127.0.0.1:8443";
        assert_eq!(
            apply(mapping, "api.example.com", 443),
            Some(("127.0.0.1".into(), 8443))
        );
        assert_eq!(apply(mapping, "api.example.com", 80), None);
        assert_eq!(apply(mapping, "www.example.com", 443), None);
    }

    #[test]
    fn an_empty_part_means_any() {
        assert_eq!(
            apply("::127.0.0.1:1", "a.b", 7),
            Some(("127.0.0.1".into(), 1))
        );
        assert_eq!(apply("a.b::[::1]:1", "a.b", 7), Some(("::1".into(), 1)));
    }

    #[test]
    fn brackets_hold_an_address() {
        assert_eq!(
            apply("[::1]:443:[::2]:444", "::1", 443),
            Some(("::2".into(), 444))
        );
    }

    #[test]
    fn what_is_no_mapping_is_refused() {
        for text in [
            "", "a", "a:1", "a:1:b", "a:1:b:", "a:x:b:1", "a:1:b:0", "a:1::2",
        ] {
            assert!(text.parse::<ConnectTo>().is_err(), "{text}");
        }
    }
}
