//! Parent proxies that want a password, answer garbage, close too soon, or
//! cannot be used; and what the environment says about them.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt as _;
use std::process::Stdio;

use serde_json::Value;

use crate::harness::{Answer, Output, Running, User, World, program_or_skip, world_or_skip};
use crate::scripted::Scripted;

const ROUTES: [&str; 2] = ["host: api.example.com", "host: plain.example.com\nport: 80"];
const HTTPS: &str = "https://api.example.com/x";
const HTTP: &str = "http://plain.example.com/x";

fn world(world: World) -> World {
    world.routes(&ROUTES);
    world
}

/// curl in a bottle whose engine has this parent.
fn through(world: &World, parent: &str, args: &[&str]) -> Answer {
    let fixed = ["run", "-f", "bottle.yaml", "--upstream-proxy", parent, "--"];
    let curl = ["curl", "-sS", "-i", "--max-time", "30"];
    Answer::parse(world.bottle(&[&fixed[..], &curl, args].concat()).ok())
}

/// The fault's name; no fault tells the agent where the proxy is.
#[track_caller]
fn fault(answer: &Answer, parent: &Scripted) -> String {
    assert_eq!(answer.status, 502, "{answer:#?}");
    assert_eq!(answer.header("x-bottle-verdict"), Some("fault"));
    let address = parent.port().to_string();
    assert!(!answer.body.contains(&address), "{answer:#?}");
    error_of(&answer.body)
}

fn error_of(body: &str) -> String {
    let body: Value = serde_json::from_str(body).unwrap();
    let error = body.get("error").and_then(Value::as_str);
    error.unwrap().to_owned()
}

#[test]
fn garbage_and_an_early_end_are_faults_and_not_answers() {
    program_or_skip!("curl");
    let world = world(world_or_skip!(User::Caller));
    let cases: [(&[u8], &str, &str); 8] = [
        (b"SSH-2.0-x\r\n\r\n", HTTPS, "upstream_proxy_unusable"),
        (b"", HTTPS, "upstream_proxy_unusable"),
        (b"HTTP/1.1 200 OK\r\nvia:", HTTPS, "upstream_proxy_unusable"),
        (
            b"HTTP/1.1 302 Found\r\nlocation: http://other/\r\n\r\n",
            HTTPS,
            "upstream_proxy_refused",
        ),
        // A tunnel to nobody, and one in which nobody speaks TLS.
        (b"HTTP/1.1 200 OK\r\n\r\n", HTTPS, "upstream_tls"),
        (
            b"HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi",
            HTTPS,
            "upstream_tls",
        ),
        (b"SSH-2.0-x\r\n\r\n", HTTP, "upstream_broke_off"),
        (b"", HTTP, "upstream_broke_off"),
    ];
    for (answer, url, error) in cases {
        let parent = Scripted::start(answer);
        let told = through(&world, &parent.url(""), &[url]);
        assert_eq!(fault(&told, &parent), error, "{answer:?}: {told:#?}");
        assert_eq!(parent.heads().len(), 1, "{:?}", parent.heads());
    }
}

#[test]
fn a_proxy_that_wants_a_password_says_so_and_gets_the_one_of_its_url() {
    program_or_skip!("curl");
    let world = world(world_or_skip!(User::Caller));
    let parent = Scripted::start(
        b"HTTP/1.1 407 Proxy Authentication Required\r\nproxy-authenticate: Basic\r\ncontent-length: 0\r\n\r\n",
    );
    for url in [HTTPS, HTTP] {
        let told = through(&world, &parent.url("me:p%40ss@"), &[url]);
        assert_eq!(fault(&told, &parent), "upstream_proxy_refused");
        let message = told.json()["message"].to_string();
        assert!(
            message.contains("407") && message.contains("USER:PASSWORD"),
            "{message}"
        );
        assert!(
            !told.body.contains("p@ss") && !told.body.contains("p%40ss"),
            "{told:#?}"
        );
    }
    let heads = parent.heads();
    assert!(
        heads[0]
            .starts_with("connect api.example.com:443 http/1.1\r\nhost: api.example.com:443\r\n")
    );
    assert!(heads[1].starts_with("get http://plain.example.com/x http/1.1\r\n"));
    // `me:p@ss`, in lower case as the heads are kept.
    let own = "\r\nproxy-authorization: basic bwu6cebzcw==\r\n";
    for head in &heads {
        assert_eq!(head.matches(own).count(), 1, "{head}");
    }
}

/// What an agent sends as its own is no business of the parent's.
#[test]
fn an_agent_cannot_speak_to_the_parent() {
    program_or_skip!("curl");
    let world = world(world_or_skip!(User::Caller));
    let parent = Scripted::start(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi");
    let args = [
        "-H",
        "Proxy-Authorization: Basic bWU6eHh4",
        "-H",
        "Proxy-Connection: close",
        HTTP,
    ];
    let told = through(&world, &parent.url(""), &args);
    assert_eq!((told.status, told.body.as_str()), (200, "hi"));
    let head = &parent.heads()[0];
    assert!(!head.contains("\r\nproxy-"), "{head}");
}

#[test]
fn a_proxy_that_is_not_there_is_told_without_its_address() {
    program_or_skip!("curl");
    let world = world(world_or_skip!(User::Caller));
    for url in [HTTPS, HTTP] {
        let told = through(&world, "http://127.0.0.1:9", &[url]);
        assert_eq!(told.json()["error"], "upstream_proxy_unusable", "{told:#?}");
        assert!(!told.body.contains("127.0.0.1"), "{told:#?}");
    }
}

/// The guard lets the connection to the proxy be, and nobody else's: neither
/// the proxy's own address and port as a target, by whatever name and scheme,
/// nor another port of it.
#[test]
fn a_parent_at_a_guarded_address_opens_nothing_else_there() {
    program_or_skip!("curl");
    let world = world_or_skip!(User::Caller);
    let parent = Scripted::start(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi");
    let port = parent.port();
    let hosts = [
        "127.0.0.1",
        "localhost",
        "\"::1\"",
        "metadata.google.internal",
    ];
    let routes = hosts.map(|host| format!("host: {host}\nport: {port}"));
    let routes: Vec<&str> = routes
        .iter()
        .map(String::as_str)
        .chain(["host: 127.0.0.1\nport: 80"])
        .collect();
    world.routes(&routes);
    for url in [
        format!("http://127.0.0.1:{port}/"),
        format!("https://127.0.0.1:{port}/"),
        format!("http://localhost:{port}/"),
        format!("http://[::1]:{port}/"),
        format!("http://metadata.google.internal:{port}/"),
        "http://127.0.0.1/".to_owned(),
    ] {
        let told = through(&world, &parent.url(""), &["--noproxy", "", &url]);
        assert_eq!(told.rule(), "address_guard", "{url}: {told:#?}");
    }
    assert_eq!(parent.heads(), [""; 0]);
}

fn told(world: &World, url: &str) -> String {
    error_of(world.curl(&[url]).ok())
}

#[test]
fn the_environment_counts_in_either_case_and_each_scheme_has_its_own() {
    program_or_skip!("curl");
    for [https, http] in [["HTTPS_PROXY", "HTTP_PROXY"], ["https_proxy", "http_proxy"]] {
        let mut world = world(world_or_skip!(User::Caller));
        let refusal: &[u8] = b"HTTP/1.1 407 No\r\ncontent-length: 0\r\n\r\n";
        let (one, other) = (Scripted::start(refusal), Scripted::start(refusal));
        world.env(https, &one.url(""));
        world.env(http, &other.url(""));
        assert_eq!(told(&world, HTTPS), "upstream_proxy_refused");
        assert_eq!((one.heads().len(), other.heads().len()), (1, 0), "{https}");
        assert_eq!(told(&world, HTTP), "upstream_proxy_refused");
        assert_eq!((one.heads().len(), other.heads().len()), (1, 1), "{http}");
    }
}

#[test]
fn hosts_that_need_no_proxy_are_asked_for_directly() {
    program_or_skip!("curl");
    for [variable, list] in [
        ["NO_PROXY", "plain.example.com,api.example.com"],
        ["no_proxy", "localhost, .example.com"],
        ["NO_PROXY", "*"],
    ] {
        let mut world = world(world_or_skip!(User::Caller));
        let parent = Scripted::start(b"");
        world.env("HTTPS_PROXY", &parent.url(""));
        world.env("HTTP_PROXY", &parent.url(""));
        world.env(variable, list);
        for url in [HTTPS, HTTP] {
            assert!(!told(&world, url).starts_with("upstream_proxy"), "{list}");
        }
        assert_eq!(parent.heads(), [""; 0], "{list}");
    }
}

/// A proxy that was asked for and cannot be used: nothing runs.
#[test]
fn what_is_no_proxy_is_an_error_that_shows_no_password() {
    let world = world(world_or_skip!(User::Caller));
    let refused = |said: Output, source: &str| {
        assert_eq!(said.code, 2, "{said:#?}");
        assert!(said.stderr.contains(source), "{said:#?}");
        assert!(!said.says("hunter2"), "{said:#?}");
    };
    for bad in [
        "socks5://me:hunter2@127.0.0.1:1",
        "https://me:hunter2@127.0.0.1:1",
        "http://me:hunter2@",
        "http://me:hunter2@127.0.0.1:1/path",
        "http://me:hunter2@127.0.0.1:99999",
    ] {
        let args = [
            "run",
            "-f",
            "bottle.yaml",
            "--upstream-proxy",
            bad,
            "--",
            "true",
        ];
        refused(world.bottle(&args), "--upstream-proxy");
        for variable in ["HTTPS_PROXY", "http_proxy"] {
            let mut command = world.run_command(&["true"]);
            let said = Running::start(command.env(variable, bad), Stdio::null()).finish();
            refused(said, variable);
        }
    }
    let mut command = world.run_command(&["true"]);
    command.env("HTTPS_PROXY", OsStr::from_bytes(b"http://proxy\xff:3128"));
    refused(
        Running::start(&mut command, Stdio::null()).finish(),
        "HTTPS_PROXY",
    );
}
