//! Headers that concern one connection, or one client's credentials, and are
//! not passed on.

use bottle_policy::{AuthScheme, Denial, Route, Rule};
use http::{HeaderMap, HeaderName, header};

/// Headers of one connection (RFC 9110, 7.6.1), less those that hyper writes itself.
const HOP_BY_HOP: &[&str] = &[
    "connection",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// Every header by which the services of the presets take a credential.
const CREDENTIALS: &[&str] = &[
    "authorization",
    "x-api-key",
    "x-goog-api-key",
    "private-token",
];

/// Headers by which servers take another method or path than the request line's.
const OVERRIDES: &[&str] = &[
    "x-http-method",
    "x-http-method-override",
    "x-method-override",
    "x-original-method",
    "x-original-uri",
    "x-original-url",
    "x-rewrite-url",
];

/// Refuses a second method or path beside the one that a limited route allowed.
pub(crate) fn refuse_overrides<'a>(
    names: impl IntoIterator<Item = &'a str>,
    route: &Route,
) -> Result<(), Denial> {
    let is_other = |name: &&str| {
        OVERRIDES
            .iter()
            .any(|other| other.eq_ignore_ascii_case(name))
    };
    match names.into_iter().find(is_other) {
        Some(name) if !route.matches.is_empty() => Err(Denial::new(
            Rule::MethodOrPath,
            format!(
                "The route allows some methods and paths only, and the header {name} asks the server for another one."
            ),
            "Send the method and the path that you mean in the request line.",
        )),
        _ => Ok(()),
    }
}

/// Removes what concerns one connection only, and what `Connection` names.
pub(crate) fn strip_hop_by_hop(headers: &mut HeaderMap) {
    let named: Vec<HeaderName> = headers
        .get_all(header::CONNECTION)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter_map(|name| name.trim().parse().ok())
        // `Connection: host` would make us forget which host is meant.
        .filter(|name| name != header::HOST && name != header::CONTENT_LENGTH)
        .collect();
    for name in named {
        headers.remove(name);
    }
    for name in HOP_BY_HOP {
        headers.remove(*name);
    }
}

/// Removes the credentials that the client sent, where ours take their place.
pub(crate) fn strip_credentials(headers: &mut HeaderMap, scheme: &AuthScheme) {
    for name in CREDENTIALS {
        headers.remove(*name);
    }
    if let AuthScheme::Header { name } = scheme {
        headers.remove(name.as_str());
    }
}

/// Whether the request asks to change to a protocol that we do not read.
/// `h2c` is an offer that a server may ignore, and so do we.
pub(crate) fn wants_upgrade(headers: &HeaderMap) -> bool {
    headers.get_all(header::UPGRADE).iter().any(|value| {
        !value
            .to_str()
            .is_ok_and(|v| v.split(',').all(|p| p.trim().eq_ignore_ascii_case("h2c")))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(n, v)| {
                (
                    HeaderName::from_static(n),
                    http::HeaderValue::from_static(v),
                )
            })
            .collect()
    }

    #[test]
    fn what_concerns_one_connection_is_removed() {
        let mut map = headers(&[
            ("connection", "close, x-note, host"),
            ("x-note", "a"),
            ("host", "b"),
            ("te", "trailers"),
            ("accept", "c"),
        ]);
        strip_hop_by_hop(&mut map);
        assert_eq!(map, headers(&[("host", "b"), ("accept", "c")]));
    }

    #[test]
    fn every_credential_of_the_client_is_removed() {
        let mut map = headers(&[
            ("authorization", "a"),
            ("x-api-key", "b"),
            ("x-own", "c"),
            ("accept", "d"),
        ]);
        strip_credentials(
            &mut map,
            &AuthScheme::Header {
                name: "x-own".into(),
            },
        );
        assert_eq!(map, headers(&[("accept", "d")]));
    }

    #[test]
    fn only_a_change_to_another_protocol_is_an_upgrade() {
        assert!(wants_upgrade(&headers(&[("upgrade", "websocket")])));
        assert!(!wants_upgrade(&headers(&[("upgrade", "h2c")])));
        assert!(!wants_upgrade(&headers(&[])));
    }
}
