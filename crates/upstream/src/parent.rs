//! The proxies that our own connections go through: a company's, or another
//! engine behind this one. Only http:// proxies: a TLS session to the proxy
//! would carry nothing but TLS sessions.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use bottle_policy::{Authority, Host, Permit, Scheme, Secret};
use ipnet::IpNet;

/// Which connections go through which proxy.
#[derive(Clone, Debug, Default)]
pub struct Parents {
    https: Option<ParentProxy>,
    http: Option<ParentProxy>,
    none_for: Vec<Direct>,
}

/// A proxy: `http://[USER:PASSWORD@]HOST:PORT`.
#[derive(Clone, PartialEq, Eq)]
pub struct ParentProxy {
    host: Host,
    port: u16,
    authorization: Option<Secret>,
}

/// Why a text is no proxy.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ParentProxyError {
    /// What stands after the scheme.
    #[error("a proxy is written http://HOST:PORT: {0}")]
    Authority(String),
    /// `https://`, `socks5://` and others.
    #[error("only http:// proxies are supported, not {0}://")]
    Scheme(String),
    /// In which variable it was found.
    #[error("{variable}: {source}")]
    Variable {
        /// The variable's name.
        variable: &'static str,
        /// What is wrong with it.
        source: Box<Self>,
    },
}

/// An entry of `NO_PROXY`.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Direct {
    /// `*`
    All,
    /// A name, with every name below it; as curl, Go and Python read it.
    Name { name: String, port: Option<u16> },
    /// An address or a range.
    Net { net: IpNet, port: Option<u16> },
}

impl Parents {
    /// One proxy for everything.
    pub fn everywhere(proxy: ParentProxy) -> Self {
        Self {
            https: Some(proxy.clone()),
            http: Some(proxy),
            none_for: Vec::new(),
        }
    }

    /// What `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` say, in capitals or not.
    ///
    /// # Errors
    /// A proxy that we cannot use: going out directly instead is not what was asked for.
    pub fn from_environment(
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, ParentProxyError> {
        let either = |lower: &'static str, upper: &'static str| {
            let set = |name| variable(name).filter(|value| !value.is_empty());
            set(lower)
                .map(|value| (lower, value))
                .or_else(|| set(upper).map(|value| (upper, value)))
        };
        let proxy = |found: Option<(&'static str, String)>| {
            found
                .map(|(variable, value)| {
                    value.parse().map_err(|source| ParentProxyError::Variable {
                        variable,
                        source: Box::new(source),
                    })
                })
                .transpose()
        };
        let none_for = either("no_proxy", "NO_PROXY").map(|(_, value)| value);
        Ok(Self {
            https: proxy(either("https_proxy", "HTTPS_PROXY"))?,
            http: proxy(either("http_proxy", "HTTP_PROXY"))?,
            none_for: none_for
                .iter()
                .flat_map(|list| list.split([',', ' ']))
                .filter_map(direct)
                .collect(),
        })
    }

    /// The proxies there are, each once.
    pub fn proxies(&self) -> impl Iterator<Item = &ParentProxy> {
        let second = self.http.iter().filter(|p| self.https.as_ref() != Some(p));
        self.https.iter().chain(second)
    }

    /// The proxy for a permit, if it has one.
    pub(crate) fn of(&self, permit: &Permit) -> Option<&ParentProxy> {
        let proxy = match permit.scheme() {
            Scheme::Http => self.http.as_ref(),
            Scheme::Https => self.https.as_ref(),
        };
        let direct = |entry: &Direct| entry.is_for(permit.host(), permit.port());
        proxy.filter(|_| !self.none_for.iter().any(direct))
    }
}

impl ParentProxy {
    /// Its host.
    pub fn host(&self) -> &Host {
        &self.host
    }

    /// Its port.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The value of `proxy-authorization`, where it wants one.
    pub(crate) fn authorization(&self) -> Option<&Secret> {
        self.authorization.as_ref()
    }
}

impl Direct {
    fn is_for(&self, host: &Host, port: u16) -> bool {
        match (self, host) {
            (Self::All, _) => true,
            (Self::Net { net, port: own }, Host::Ip(ip)) => {
                own.is_none_or(|own| own == port) && net.contains(ip)
            }
            (Self::Name { name, port: own }, Host::Name(host)) => {
                let below = host.as_str().strip_suffix(name.as_str());
                own.is_none_or(|own| own == port)
                    && below.is_some_and(|head| head.is_empty() || head.ends_with('.'))
            }
            (Self::Net { .. }, Host::Name(_)) | (Self::Name { .. }, Host::Ip(_)) => false,
        }
    }
}

/// An entry that is none of the known forms is for nothing, as with everybody else.
fn direct(entry: &str) -> Option<Direct> {
    if entry == "*" {
        return Some(Direct::All);
    }
    let range = entry.parse::<IpAddr>().map(IpNet::from);
    if let Ok(net) = range.or_else(|_| entry.parse()) {
        return Some(Direct::Net { net, port: None });
    }
    let name = entry.trim_start_matches("*.").trim_start_matches('.');
    let Authority { host, port } = Authority::parse(name).ok()?;
    Some(match host {
        Host::Ip(ip) => Direct::Net {
            net: ip.into(),
            port,
        },
        Host::Name(name) => Direct::Name {
            name: name.as_str().to_owned(),
            port,
        },
    })
}

impl FromStr for ParentProxy {
    type Err = ParentProxyError;

    fn from_str(text: &str) -> Result<Self, ParentProxyError> {
        let rest = match text.split_once("://") {
            Some((scheme, rest)) if scheme.eq_ignore_ascii_case("http") => rest,
            // Anything else before it may be a part of the password.
            Some((scheme, _)) if is_scheme(scheme) => {
                return Err(ParentProxyError::Scheme(scheme.to_owned()));
            }
            Some(_) | None => text,
        };
        let rest = rest.strip_suffix('/').unwrap_or(rest);
        let (user, rest) = match rest.rsplit_once('@') {
            Some((user, rest)) => (Some(user), rest),
            None => (None, rest),
        };
        let authority =
            Authority::parse(rest).map_err(|e| ParentProxyError::Authority(e.to_string()))?;
        Ok(Self {
            host: authority.host,
            port: authority.port.unwrap_or(80),
            authorization: user.map(|user| Secret::new(basic(user))),
        })
    }
}

fn is_scheme(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'))
}

fn basic(user_info: &str) -> String {
    let (user, password) = user_info.split_once(':').unwrap_or((user_info, ""));
    let pair = [unescaped(user), b":".to_vec(), unescaped(password)].concat();
    format!("Basic {}", data_encoding::BASE64.encode(&pair))
}

/// Undoes percent escapes; what is none stays as it is.
fn unescaped(text: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        let escape = (byte == b'%')
            .then(|| after.split_at_checked(2))
            .flatten()
            .and_then(|(digits, after)| {
                let digits = std::str::from_utf8(digits).ok()?;
                Some((u8::from_str_radix(digits, 16).ok()?, after))
            });
        match escape {
            Some((value, after)) => {
                out.push(value);
                rest = after;
            }
            None => out.push(byte),
        }
    }
    out
}

/// Without the password.
impl fmt::Display for ParentProxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.host.ip() {
            Some(IpAddr::V6(v6)) => write!(f, "http://[{v6}]:{}", self.port),
            _ => write!(f, "http://{}:{}", self.host, self.port),
        }
    }
}

impl fmt::Debug for ParentProxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ParentProxy({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        match text.parse::<ParentProxy>() {
            Ok(proxy) => proxy.to_string(),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn a_proxy_is_a_host_and_a_port() {
        assert_eq!(shown("http://p.example:3128"), "http://p.example:3128");
        assert_eq!(shown("http://p.example/"), "http://p.example:80");
        assert_eq!(shown("127.0.0.1:8888"), "http://127.0.0.1:8888");
        assert_eq!(shown("http://[::1]:1"), "http://[::1]:1");
        assert_eq!(shown("HTTP://p.example:1"), "http://p.example:1");
        assert!(shown("https://p.example").contains("only http://"));
        assert!(shown("socks5://p.example").contains("only http://"));
        assert!(shown("http://").contains("HOST:PORT"));
    }

    #[test]
    fn a_password_is_used_and_never_shown() {
        let proxy: ParentProxy = "http://me:p%40ss@p.example:1".parse().unwrap();
        let sent = proxy.authorization().unwrap().expose();
        assert_eq!(sent, b"Basic bWU6cEBzcw==");
        assert!(!format!("{proxy:?} {proxy}").contains("ss@"));
        for odd in [
            "me:p://ss@p.example:1",
            "socks5://me:ss@p.example:1",
            "http://me:ss@p:x",
        ] {
            assert!(!shown(odd).contains("ss"), "{}", shown(odd));
        }
    }

    #[test]
    fn the_environment_is_read_in_both_spellings() {
        let parents = Parents::from_environment(|name| match name {
            "https_proxy" => Some("http://small:1".to_owned()),
            "HTTPS_PROXY" => Some("http://capital:1".to_owned()),
            "HTTP_PROXY" => Some("http://plain:1".to_owned()),
            _ => None,
        })
        .unwrap();
        let all: Vec<_> = parents.proxies().map(ToString::to_string).collect();
        assert_eq!(all, ["http://small:1", "http://plain:1"]);
        let bad = Parents::from_environment(|name| {
            (name == "HTTPS_PROXY").then(|| "socks5://x:1".to_owned())
        });
        assert_eq!(
            bad.unwrap_err().to_string(),
            "HTTPS_PROXY: only http:// proxies are supported, not socks5://"
        );
    }

    #[test]
    fn no_proxy_means_names_with_what_is_below_addresses_and_ranges() {
        let is_direct = |entry: &str, host: &str, port| {
            direct(entry).is_some_and(|entry| entry.is_for(&host.parse().unwrap(), port))
        };
        for (entry, host) in [
            ("*", "a.example.com"),
            ("example.com", "example.com"),
            ("example.com", "a.example.com"),
            (".example.com", "a.example.com"),
            ("*.example.com", "a.example.com"),
            ("example.com:443", "example.com"),
            ("192.0.2.0/24", "192.0.2.9"),
            ("192.0.2.9:443", "192.0.2.9"),
            ("::1", "::1"),
            ("[::1]:443", "::1"),
        ] {
            assert!(is_direct(entry, host, 443), "{entry} {host}");
        }
        for (entry, host) in [
            ("example.com", "badexample.com"),
            ("example.com:80", "example.com"),
            ("192.0.2.0/24", "a.example.com"),
            ("192.0.2.9:80", "192.0.2.9"),
            ("[::1]:80", "::1"),
            ("", "example.com"),
        ] {
            assert!(!is_direct(entry, host, 443), "{entry} {host}");
        }
    }
}
