//! A parent proxy for our own connections.

use bottle_test_support::{Handler, Upstream};

use crate::harness::{User, World, program_or_skip, world_or_skip};
use crate::second::{Gateway, curl, file};

/// A proxy in front of nothing but loopback, that reads nothing, and upstreams
/// for it: HTTPS for api.example.com and HTTP for plain.example.com.
struct Company {
    https: Upstream,
    http: Upstream,
    proxy: Gateway,
}

fn company(world: &World) -> Company {
    let https = Upstream::start(world.authority(), &["api.example.com"], Handler::echo()).unwrap();
    let http = Upstream::start_plain(Handler::echo()).unwrap();
    let path = file(
        world,
        "company.yaml",
        "mode: strict\nforward_proxy: { enabled: true }\ndlp: { scan_env: false }\n\
         api_allowlist: [api.example.com, plain.example.com]\n",
    );
    let ways = [
        https.connect_to("api.example.com", 443),
        http.connect_to("plain.example.com", 80),
    ];
    let args = [
        "--pipelock",
        &path,
        "--connect-to",
        &ways[0],
        "--connect-to",
        &ways[1],
    ];
    let proxy = Gateway::start(world, &args);
    Company { https, http, proxy }
}

const ROUTES: [&str; 4] = [
    "host: api.example.com",
    "host: plain.example.com\nport: 80",
    "host: elsewhere.example.com",
    "host: 127.0.0.1\nport: 80",
];

#[test]
fn tls_goes_by_connect_and_plain_requests_in_absolute_form() {
    program_or_skip!("curl");
    let mut world = world_or_skip!(User::Caller);
    let company = company(&world);
    world.routes(&ROUTES);
    world.env("HTTPS_PROXY", &company.proxy.url());
    world.env("http_proxy", &company.proxy.url());
    assert!(
        world
            .curl(&["https://api.example.com/a?b"])
            .ok()
            .contains("/a?b")
    );
    assert!(
        world
            .curl(&["http://plain.example.com/c?d"])
            .ok()
            .contains("/c?d")
    );
    assert_eq!(company.https.request_count(), 1);
    let plain = &company.http.requests()[0];
    assert_eq!(plain.header("host"), Some("plain.example.com"));
    assert_eq!(plain.header("proxy-authorization"), None);
}

#[test]
fn a_proxy_can_be_named_and_its_refusal_is_told() {
    program_or_skip!("curl");
    let world = world_or_skip!(User::Caller);
    let company = company(&world);
    world.routes(&ROUTES);
    let url = company.proxy.url();
    let run = |script: &str| {
        world.bottle(&[
            "run",
            "-f",
            "bottle.yaml",
            "--upstream-proxy",
            &url,
            "--",
            "sh",
            "-c",
            script,
        ])
    };
    let said = run("curl -sS --max-time 30 https://api.example.com/x");
    assert!(said.ok().contains("\"/x\""), "{said:#?}");
    let said = run("curl -sS --max-time 30 https://elsewhere.example.com/");
    assert!(said.ok().contains("upstream_proxy_refused"), "{said:#?}");
    assert!(said.ok().contains("403"), "{said:#?}");
}

/// The proxy's own address is exempt from the guard, and nothing else: neither
/// another address nor the proxy itself as somebody's target.
#[test]
fn the_guard_holds_in_front_of_a_proxy() {
    program_or_skip!("curl");
    let mut world = world_or_skip!(User::Caller);
    let company = company(&world);
    let port = company.proxy.port;
    world.routes(&[
        &format!("host: 127.0.0.1\nport: {port}"),
        "host: 169.254.169.254\nport: 80",
    ]);
    world.env("HTTP_PROXY", &company.proxy.url());
    for url in [
        format!("http://127.0.0.1:{port}/health"),
        "http://169.254.169.254/".to_owned(),
    ] {
        let said = world.curl(&["--proxy", "", "--noproxy", "*", &url]);
        if url.contains("169.254") {
            assert!(said.ok().contains("address_guard"), "{said:#?}");
        }
        let proxied = world.sh(&format!("curl -sS --max-time 30 --noproxy '' {url}"));
        assert!(proxied.ok().contains("address_guard"), "{proxied:#?}");
    }
    assert_eq!(company.http.connection_count(), 0);
}

#[test]
fn what_needs_no_proxy_and_what_is_mapped_goes_directly() {
    program_or_skip!("curl");
    let mut world = world_or_skip!(User::Caller);
    let company = company(&world);
    world.routes(&ROUTES);
    world.env("HTTPS_PROXY", "http://127.0.0.1:9");
    let mapped = company.https.connect_to("api.example.com", 443);
    let said = world.bottle(&[
        "run",
        "-f",
        "bottle.yaml",
        "--connect-to",
        &mapped,
        "--",
        "curl",
        "-sS",
        "--max-time",
        "30",
        "https://api.example.com/direct",
    ]);
    assert!(said.ok().contains("/direct"), "{said:#?}");
    world.env("NO_PROXY", "127.0.0.1");
    let said = world.curl(&["http://127.0.0.1/"]);
    assert!(!said.says("upstream_proxy"), "{said:#?}");
}

#[test]
fn a_proxy_that_cannot_be_used_is_an_error_and_not_a_way_around() {
    let mut world = world_or_skip!(User::Caller);
    world.routes(&ROUTES);
    world.env("HTTPS_PROXY", "socks5://127.0.0.1:1080");
    let said = world.run(&["true"]);
    assert_eq!(said.code, 2, "{said:#?}");
    assert!(said.stderr.contains("only http:// proxies"), "{said:#?}");
}

#[test]
fn a_gateway_is_not_its_own_parent() {
    let mut world = world_or_skip!(User::Caller);
    world.routes(&ROUTES);
    world.env("HTTPS_PROXY", "http://127.0.0.1:3129");
    let said = world.bottle(&["gateway", "-f", "bottle.yaml", "--listen", "127.0.0.1:3129"]);
    assert_eq!(said.code, 2, "{said:#?}");
    assert!(said.stderr.contains("this very proxy"), "{said:#?}");
}

/// A gateway with a parent serves clients of its own.
#[test]
fn a_gateway_has_a_parent_too() {
    program_or_skip!("curl");
    let world = world_or_skip!(User::Caller);
    let company = company(&world);
    world.routes(&ROUTES);
    let cert = world
        .path("home/gateway.pem")
        .to_string_lossy()
        .into_owned();
    let parent = company.proxy.url();
    let args = [
        "-f",
        "bottle.yaml",
        "--ca-cert",
        &cert,
        "--upstream-proxy",
        &parent,
    ];
    let gateway = Gateway::start(&world, &args);
    let said = curl(
        &world,
        &gateway,
        &["--cacert", &cert, "https://api.example.com/y"],
    );
    assert!(said.ok().ends_with("\n200 200"), "{said:#?}");
    assert_eq!(company.https.request_count(), 1);
}
