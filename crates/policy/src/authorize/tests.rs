//! The gate's behaviour, question by question.

use super::*;
use crate::bottle::{Auth, AuthScheme, Match, Origin, PipelockHints, Slug};
use crate::host::HostPattern;
use crate::intent::{Authority, Door, Who};
use crate::path::RequestPath;
use crate::secret::SecretRef;

fn route(host: &str, port: u16) -> Route {
    Route {
        host: host.parse().unwrap(),
        port,
        matches: Vec::new(),
        auth: None,
        inspect: crate::InspectTerms::default(),
        pipelock: PipelockHints::default(),
        origin: Origin::Manifest { line: 1 },
    }
}

fn bottle(routes: Vec<Route>) -> Bottle {
    let mut bottle = Bottle::closed(Slug::from_lossy("test"));
    bottle.egress.routes = routes;
    bottle
}

fn intent(target: &str, port: u16, tls: Tls) -> Intent {
    Intent {
        door: Door::Connect,
        who: Who::default(),
        target: target.parse().unwrap(),
        port,
        tls,
        head: None,
    }
}

fn hello(sni: &str) -> Tls {
    Tls::Hello {
        sni: Some(sni.parse().unwrap()),
    }
}

fn request(intent: Intent, method: &str, authority: &str, path: &str) -> Intent {
    let head = Head {
        method: method.parse().unwrap(),
        authority: Authority::parse(authority).unwrap(),
        path: RequestPath::new(path),
    };
    Intent {
        head: Some(head),
        ..intent
    }
}

fn refused(bottle: &Bottle, intent: &Intent) -> Rule {
    authorize(bottle, intent).expect_err("a denial").rule
}

#[test]
fn a_listed_host_is_permitted_with_its_request() {
    let bottle = bottle(vec![route("api.example.com", 443)]);
    let intent = request(
        intent("api.example.com", 443, hello("api.example.com")),
        "GET",
        "api.example.com",
        "/a",
    );
    let permit = authorize(&bottle, &intent).unwrap().unwrap();
    assert_eq!(
        (permit.port(), permit.scheme(), permit.route()),
        (443, Scheme::Https, RouteId(0))
    );
}

#[test]
fn without_a_request_there_is_no_permit() {
    let bottle = bottle(vec![route("api.example.com", 443)]);
    assert_eq!(
        authorize(&bottle, &intent("api.example.com", 443, Tls::Unseen)),
        Ok(None)
    );
    assert_eq!(
        authorize(
            &bottle,
            &intent("api.example.com", 443, hello("api.example.com"))
        ),
        Ok(None)
    );
}

#[test]
fn a_refused_host_is_refused_whatever_lists_it() {
    let mut bottle = bottle(vec![route("*.example.com", 443)]);
    bottle.egress.refused = vec!["*.paste.example.com".parse().unwrap()];
    for host in ["a.paste.example.com", "a.b.paste.example.com"] {
        let rule = refused(&bottle, &intent(host, 443, hello(host)));
        assert_eq!(rule, Rule::RefusedHost, "{host}");
        assert!(authorize_passage(&bottle, &intent(host, 443, hello(host))).is_err());
    }
    let other = intent("paste.example.com", 443, Tls::Unseen);
    assert_eq!(authorize(&bottle, &other), Ok(None));
}

#[test]
fn what_is_not_listed_is_refused_and_the_refusal_says_how_to_ask() {
    let bottle = bottle(vec![route("api.example.com", 443)]);
    let denial = authorize(&bottle, &intent("www.example.com", 443, Tls::Unseen)).unwrap_err();
    assert_eq!(denial.rule, Rule::UnknownHost);
    assert!(denial.message.contains("api.example.com"), "{denial}");
    assert!(denial.guidance.contains("- host: www.example.com"));
    assert_eq!(
        refused(&bottle, &intent("192.0.2.1", 443, Tls::Unseen)),
        Rule::RawAddress
    );
    assert_eq!(
        refused(&bottle, &intent("api.example.com", 22, Tls::Unseen)),
        Rule::PortNotListed
    );
}

#[test]
fn three_names_must_mean_the_same_host() {
    let bottle = bottle(vec![
        route("a.example.com", 443),
        route("b.example.com", 443),
        route("a.example.com", 8443),
    ]);
    let a = || intent("a.example.com", 443, hello("a.example.com"));
    assert_eq!(
        refused(
            &bottle,
            &intent("a.example.com", 443, hello("b.example.com"))
        ),
        Rule::SniMismatch
    );
    assert_eq!(
        refused(
            &bottle,
            &intent("a.example.com", 443, Tls::Hello { sni: None })
        ),
        Rule::NoSni
    );
    assert_eq!(
        refused(&bottle, &request(a(), "GET", "b.example.com", "/")),
        Rule::HostMismatch
    );
    assert_eq!(
        refused(&bottle, &request(a(), "GET", "a.example.com:8443", "/")),
        Rule::HostMismatch
    );
    assert!(authorize(&bottle, &request(a(), "GET", "a.example.com:443", "/")).is_ok());
}

#[test]
fn an_address_needs_no_server_name_but_must_be_listed() {
    let bottle = bottle(vec![route("192.0.2.1", 443)]);
    let intent = request(
        intent("192.0.2.1", 443, Tls::Hello { sni: None }),
        "GET",
        "192.0.2.1",
        "/",
    );
    assert!(authorize(&bottle, &intent).unwrap().is_some());
}

#[test]
fn the_most_exact_route_decides() {
    let mut narrow = route("api.example.com", 443);
    narrow.matches = vec![Match {
        methods: vec!["GET".parse().unwrap()],
        paths: Vec::new(),
    }];
    let bottle = bottle(vec![
        route("*.com", 443),
        route("*.example.com", 443),
        narrow,
    ]);
    let get = request(
        intent("api.example.com", 443, hello("api.example.com")),
        "GET",
        "api.example.com",
        "/",
    );
    assert_eq!(
        authorize(&bottle, &get).unwrap().unwrap().route(),
        RouteId(2)
    );
    let other = request(
        intent("x.example.com", 443, hello("x.example.com")),
        "PUT",
        "x.example.com",
        "/",
    );
    assert_eq!(
        authorize(&bottle, &other).unwrap().unwrap().route(),
        RouteId(1)
    );
}

#[test]
fn a_wildcard_does_not_widen_what_an_exact_route_narrows() {
    let mut narrow = route("api.example.com", 443);
    narrow.matches = vec![Match {
        methods: vec!["GET".parse().unwrap()],
        paths: Vec::new(),
    }];
    let bottle = bottle(vec![route("*.example.com", 443), narrow]);
    let put = request(
        intent("api.example.com", 443, hello("api.example.com")),
        "PUT",
        "api.example.com",
        "/",
    );
    assert_eq!(refused(&bottle, &put), Rule::MethodOrPath);
}

#[test]
fn only_listed_requests_pass() {
    let mut narrow = route("api.example.com", 443);
    narrow.matches = vec![Match {
        methods: vec!["GET".parse().unwrap()],
        paths: vec!["/repos/acme/**".parse().unwrap()],
    }];
    let bottle = bottle(vec![narrow]);
    let to = |method, path| {
        request(
            intent("api.example.com", 443, hello("api.example.com")),
            method,
            "api.example.com",
            path,
        )
    };
    assert!(authorize(&bottle, &to("GET", "/repos/acme/x?y=z")).is_ok());
    for (method, path) in [
        ("POST", "/repos/acme/x"),
        ("get", "/repos/acme/x"),
        ("GET", "/repos/acme/../evil"),
        ("GET", "/"),
    ] {
        assert_eq!(
            refused(&bottle, &to(method, path)),
            Rule::MethodOrPath,
            "{method} {path}"
        );
    }
}

#[test]
fn plain_http_stays_off_the_port_of_https_and_off_credentials() {
    let mut with_auth = route("b.example.com", 8080);
    with_auth.auth = Some(Auth {
        scheme: AuthScheme::Bearer,
        token: SecretRef::Env("T".into()),
        variable: None,
    });
    let bottle = bottle(vec![
        route("a.example.com", 443),
        route("a.example.com", 80),
        with_auth,
    ]);
    let plain = |host: &str, port: u16| {
        request(
            intent(host, port, Tls::Plain),
            "GET",
            &format!("{host}:{port}"),
            "/",
        )
    };
    assert_eq!(
        refused(&bottle, &plain("a.example.com", 443)),
        Rule::UnknownProtocol
    );
    assert_eq!(
        refused(&bottle, &plain("b.example.com", 8080)),
        Rule::AuthNeedsTls
    );
    assert_eq!(
        authorize(&bottle, &plain("a.example.com", 80))
            .unwrap()
            .unwrap()
            .scheme(),
        Scheme::Http
    );
}

fn pipelocks(host: HostPattern, tls_passthrough: bool) -> Route {
    let mut route = route("example.com", 443);
    route.host = host;
    route.pipelock.tls_passthrough = tls_passthrough;
    route.pipelock.rules = crate::RouteRules::Pipelock;
    route
}

#[test]
fn a_pipelocks_route_takes_every_port() {
    let own = bottle(vec![route("api.example.com", 443)]);
    let theirs = bottle(vec![pipelocks("api.example.com".parse().unwrap(), false)]);
    let intent = intent("api.example.com", 8443, hello("api.example.com"));
    assert_eq!(refused(&own, &intent), Rule::PortNotListed);
    assert_eq!(authorize(&theirs, &intent), Ok(None));
}

#[test]
fn any_host_comes_after_every_other_pattern() {
    let bottle = bottle(vec![
        pipelocks(HostPattern::Any, false),
        pipelocks("a.example.com".parse().unwrap(), true),
    ]);
    let passage = |host: &str| authorize_passage(&bottle, &intent(host, 443, hello(host)));
    assert!(passage("a.example.com").unwrap().is_some());
    assert!(passage("b.example.com").unwrap().is_none());
    let address = intent("192.0.2.7", 443, Tls::Hello { sni: None });
    assert_eq!(authorize(&bottle, &address), Ok(None));
}

#[test]
fn tls_goes_unread_only_on_a_pipelocks_word_and_to_its_own_name() {
    let mut hinted = route("a.example.com", 443);
    hinted.pipelock.tls_passthrough = true;
    let manifest = bottle(vec![hinted]);
    let theirs = bottle(vec![pipelocks("a.example.com".parse().unwrap(), true)]);
    let right = intent("a.example.com", 443, hello("a.example.com"));
    assert_eq!(authorize_passage(&manifest, &right), Ok(None));
    let passage = authorize_passage(&theirs, &right).unwrap().unwrap();
    assert_eq!(passage.permit().port(), 443);
    let fronted = intent("a.example.com", 443, hello("b.example.com"));
    let denial = authorize_passage(&theirs, &fronted).unwrap_err();
    assert_eq!(denial.rule, Rule::SniMismatch);
    let unseen = intent("a.example.com", 443, Tls::Unseen);
    assert_eq!(authorize_passage(&theirs, &unseen), Ok(None));
}
