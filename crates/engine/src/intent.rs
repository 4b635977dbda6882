//! From a request's head to an intent. Pure: it decides nothing but whether the
//! head can be read in one way only.

use bottle_policy::{Authority, Denial, Head, Host, Intent, Method, RequestPath, Rule, Tls};
use http::request::Parts;
use http::{HeaderMap, Uri, header};

use crate::context::Connection;

/// Reads a request's head as it came over `connection`.
///
/// # Errors
/// A head that two readers could understand differently.
pub(crate) fn from_head(connection: &Connection, parts: &Parts) -> Result<Intent, Denial> {
    let authority = authority(&parts.headers, &parts.uri)?;
    // CONNECT asks a server to be a proxy; TRACE to send back what we add.
    if matches!(parts.method, http::Method::CONNECT | http::Method::TRACE) {
        return Err(malformed("no server of ours answers CONNECT or TRACE"));
    }
    let method: Method = parts
        .method
        .as_str()
        .parse()
        .map_err(|e| malformed(&format!("its method: {e}")))?;
    Ok(Intent {
        door: connection.door,
        who: connection.who.clone(),
        target: connection.target.clone(),
        port: connection.port,
        tls: connection.tls.clone(),
        head: Some(Head {
            method,
            authority,
            path: path(&parts.uri),
        }),
    })
}

/// A connection's intent, before any request was read.
pub(crate) fn of_connection(connection: &Connection, tls: Tls) -> Intent {
    Intent {
        door: connection.door,
        who: connection.who.clone(),
        target: connection.target.clone(),
        port: connection.port,
        tls,
        head: None,
    }
}

/// The target of a proxy request: `CONNECT host:port` or an absolute URL.
pub(crate) fn proxy_target(parts: &Parts) -> Result<(Host, u16), Denial> {
    let text = parts.uri.authority().ok_or_else(not_for_a_proxy)?.as_str();
    let authority = Authority::parse(text).map_err(|e| malformed(&format!("its target: {e}")))?;
    let default = match (
        parts.method == http::Method::CONNECT,
        parts.uri.scheme_str(),
    ) {
        (true, _) => None,
        (false, Some("http")) => Some(80),
        (false, _) => return Err(malformed("a URL that is not http:// comes by CONNECT")),
    };
    let port = authority
        .port
        .or(default)
        .ok_or_else(|| malformed("CONNECT names no port"))?;
    Ok((authority.host, port))
}

/// The one `Host`, which an absolute URL must repeat (RFC 9112, 3.2).
fn authority(headers: &HeaderMap, uri: &Uri) -> Result<Authority, Denial> {
    let mut hosts = headers.get_all(header::HOST).iter();
    let (Some(host), None) = (hosts.next(), hosts.next()) else {
        return Err(malformed("it must have exactly one Host header"));
    };
    let host = host
        .to_str()
        .map_err(|_| malformed("its Host header is no text"))?;
    let read =
        |text: &str| Authority::parse(text).map_err(|e| malformed(&format!("its Host: {e}")));
    let host = read(host)?;
    match uri.authority().map(|a| read(a.as_str())).transpose()? {
        Some(other) if !same(&host, &other, uri) => Err(Denial::new(
            Rule::HostMismatch,
            format!(
                "The request's URL names {} but its Host header names {}.",
                other.host, host.host
            ),
            "Send one host in both places.",
        )),
        _ => Ok(host),
    }
}

fn same(host: &Authority, url: &Authority, uri: &Uri) -> bool {
    let default = if uri.scheme_str() == Some("https") {
        443
    } else {
        80
    };
    host.host == url.host && host.port.unwrap_or(default) == url.port.unwrap_or(default)
}

fn path(uri: &Uri) -> RequestPath {
    RequestPath::new(uri.path_and_query().map_or("/", |p| p.as_str()))
}

fn malformed(what: &str) -> Denial {
    Denial::new(
        Rule::MalformedRequest,
        format!("The request cannot be read in one way only: {what}."),
        "Send a plain HTTP/1.1 request.",
    )
}

fn not_for_a_proxy() -> Denial {
    Denial::new(
        Rule::MalformedRequest,
        "This is the bottle's proxy, and the request names no host to go to.",
        "Use it as HTTP_PROXY and HTTPS_PROXY, with whole URLs or CONNECT.",
    )
}

#[cfg(test)]
mod tests {
    use bottle_policy::Door;
    use http::Request;

    use super::*;

    fn connection() -> Connection {
        Connection::new(Door::Connect, "a.example.com".parse().unwrap(), 443).with_tls(Tls::Plain)
    }

    fn parts(request: http::request::Builder) -> Parts {
        request.body(()).unwrap().into_parts().0
    }

    #[test]
    fn the_head_is_read() {
        let parts = parts(Request::get("/a?b").header("host", "a.example.com"));
        let head = from_head(&connection(), &parts).unwrap().head.unwrap();
        assert_eq!(head.path.path(), "/a");
        assert_eq!(head.authority.host.to_string(), "a.example.com");
    }

    #[test]
    fn a_host_that_can_be_read_in_two_ways_is_refused() {
        let two = Request::get("/")
            .header("host", "a.example.com")
            .header("host", "b.example.com");
        for request in [
            two,
            Request::get("/"),
            Request::get("/").header("host", "a.example.com,b.example.com"),
            Request::get("/").header("host", "user@a.example.com"),
            Request::get("/").header("host", "a.example.com:"),
            Request::get("http://b.example.com/").header("host", "a.example.com"),
            Request::get("http://u@a.example.com/").header("host", "a.example.com"),
        ] {
            assert!(from_head(&connection(), &parts(request)).is_err());
        }
    }

    #[test]
    fn what_asks_a_server_to_be_a_proxy_or_a_mirror_is_refused() {
        for request in [
            Request::connect("a.example.com:443").header("host", "a.example.com:443"),
            Request::trace("/").header("host", "a.example.com"),
        ] {
            assert!(from_head(&connection(), &parts(request)).is_err());
        }
    }

    #[test]
    fn a_proxy_request_names_where_it_goes() {
        let target = |request| {
            proxy_target(&parts(request))
                .map(|(h, p)| (h.to_string(), p))
                .ok()
        };
        assert_eq!(
            target(Request::connect("a.example.com:443")),
            Some(("a.example.com".into(), 443))
        );
        assert_eq!(
            target(Request::get("http://a.example.com/x")),
            Some(("a.example.com".into(), 80))
        );
        assert_eq!(target(Request::get("/x")), None);
        assert_eq!(target(Request::get("https://a.example.com/x")), None);
        assert_eq!(target(Request::connect("a.example.com")), None);
    }
}
