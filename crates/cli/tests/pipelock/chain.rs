//! The original's topology: agent, our engine as egress with a parent proxy, a
//! second engine started from the rendered file, upstream. And what the file
//! keeps of the original's limits, beside what our engine does without them.

use bottle_test_support::{Handler, Upstream};

use crate::harness::{Answer, Output, User, World, program_or_skip, world_or_skip};
use crate::second::{Gateway, logged, tls_init};

const HOST: &str = "api.example.com";
/// A credential in which no detector sees more than words.
const PLAIN: &str = "words-for-the-api-of-example";
/// One as services hand them out, made up.
const TELLING: &str = "sk_live_4f8Jq2ZrLkPw94TsVbN6yXcD1hJmA7eU";

/// Both engines' surroundings.
struct Chain {
    world: World,
    upstream: Upstream,
    second: Gateway,
}

impl Chain {
    /// Renders the manifest with these further lines of its route, starts the
    /// second engine from the file, and gives the first one the credential.
    fn new(mut world: World, token: &str, route: &str) -> Self {
        let upstream = Upstream::start(world.authority(), &[HOST], Handler::echo()).unwrap();
        let (cert, key) = tls_init(&world);
        // The first engine trusts what the second one shows.
        let bundle = [world.path("ca.pem"), cert.clone().into()]
            .map(|path| std::fs::read_to_string(path).unwrap())
            .concat();
        let bundle = world.write("home/bundle.pem", bundle);
        world.routes(&[&format!(
            "host: {HOST}\nauth: {{ scheme: bearer, token_ref: env:API_TOKEN }}\n{route}"
        )]);
        let args = ["render", "pipelock", "-f", "bottle.yaml", "-o", "p.yaml"];
        world
            .bottle(&[&args[..], &["--ca-cert", &cert, "--ca-key", &key]].concat())
            .ok();
        let way = upstream.connect_to(HOST, 443);
        // A container of its own: the credential is not in its environment.
        let second = Gateway::start(&world, &["--pipelock", "p.yaml", "--connect-to", &way]);
        world.env("SSL_CERT_FILE", &bundle.to_string_lossy());
        world.env("API_TOKEN", token);
        Self {
            world,
            upstream,
            second,
        }
    }

    /// curl in the bottle, with the placeholder as its credential.
    fn curl(&self, proxied: &[&str], script: &str) -> Output {
        let script = format!(
            "curl -sS -i --max-time 30 -H \"Authorization: Bearer $API_TOKEN\" {script} https://{HOST}/v1"
        );
        let fixed = ["run", "-f", "bottle.yaml"];
        let args = [&fixed[..], proxied, &["--", "sh", "-c", &script]].concat();
        self.world.bottle(&args)
    }

    fn through_both(&self, script: &str) -> Output {
        self.curl(&["--upstream-proxy", &self.second.url()], script)
    }

    fn through_ours(&self, script: &str) -> Output {
        let way = self.upstream.connect_to(HOST, 443);
        self.curl(&["--connect-to", &way], script)
    }
}

#[test]
fn the_first_engine_adds_the_credential_and_the_second_decides_about_the_body() {
    program_or_skip!("curl");
    // The first engine notes and lets pass, so that the verdict is the second's.
    let chain = Chain::new(
        world_or_skip!(User::Caller),
        PLAIN,
        "inspect: { on_match: warn }",
    );
    let fine = chain.through_both("-d hello");
    assert_eq!(Answer::parse(fine.ok()).status, 200, "{fine:#?}");
    let seen = chain.upstream.requests();
    assert_eq!(
        seen[0].header("authorization"),
        Some(&*format!("Bearer {PLAIN}"))
    );
    assert!(!fine.says(PLAIN), "{fine:#?}");
    let body = format!("-d 'note: {TELLING}'");
    let refused = chain.through_both(&body);
    assert_eq!(Answer::parse(refused.ok()).rule(), "secret", "{refused:#?}");
    assert_eq!(chain.upstream.request_count(), 1);
    // The first engine passed it on and has it on record; without the second it arrives.
    assert_eq!(warnings(&chain.world), 1);
    let alone = chain.through_ours(&body);
    assert_eq!(Answer::parse(alone.ok()).status, 200, "{alone:#?}");
}

/// Limit: two proxies read each request, with three TLS sessions. Ours is one.
#[test]
fn a_request_is_decided_twice_in_the_chain_and_once_by_us() {
    program_or_skip!("curl");
    let chain = Chain::new(world_or_skip!(User::Caller), PLAIN, "");
    chain.through_both("-d hello").ok();
    let decided = || ["project", "p"].map(|name| logged(&chain.world, name).of("allow").len());
    assert_eq!(decided(), [1, 1]);
    chain.through_ours("-d hello").ok();
    assert_eq!(decided(), [2, 1]);
    assert_eq!(chain.upstream.request_count(), 2);
}

/// Limit: the credential is added before pipelock reads, so it looks like a
/// leak there. Ours reads first and adds after.
#[test]
fn a_credential_looks_like_a_leak_to_whoever_reads_it_after_it_was_added() {
    program_or_skip!("curl");
    let chain = Chain::new(world_or_skip!(User::Caller), TELLING, "");
    let ours = chain.through_ours("-d hello");
    assert_eq!(Answer::parse(ours.ok()).status, 200, "{ours:#?}");
    let both = chain.through_both("-d hello");
    assert_eq!(Answer::parse(both.ok()).rule(), "secret", "{both:#?}");
    assert_eq!(chain.upstream.request_count(), 1);
}

/// Limit: therefore such a route is passed through, and never read. The file
/// keeps that; ours ignores it and reads the route.
#[test]
fn what_is_passed_through_is_read_by_us_alone() {
    program_or_skip!("curl");
    let chain = Chain::new(
        world_or_skip!(User::Caller),
        TELLING,
        "pipelock: { tls_passthrough: true }",
    );
    let rendered = std::fs::read_to_string(chain.world.path("project/p.yaml")).unwrap();
    assert!(
        rendered.contains("passthrough_domains:\n    - 'api.example.com'\n"),
        "{rendered}"
    );
    let both = chain.through_both("-d hello");
    assert_eq!(Answer::parse(both.ok()).status, 200, "{both:#?}");
    let passed = logged(&chain.world, "p");
    assert_eq!(
        passed.of("allow")[0]["request"]["method"],
        "CONNECT",
        "{passed:?}"
    );
    let leak = chain.through_both(&format!("-d 'note: {TELLING}'"));
    assert_eq!(Answer::parse(leak.ok()).rule(), "secret", "{leak:#?}");
    assert_eq!(chain.upstream.request_count(), 1);
}

/// Limit: one list of exceptions for all hosts, and detectors switched off for
/// everyone. The file keeps both; ours vets every address.
#[test]
fn exceptions_from_the_guard_are_the_files_and_not_ours() {
    program_or_skip!("curl");
    let mut world = world_or_skip!(User::Caller);
    let upstream = Upstream::start_plain(Handler::echo()).unwrap();
    let port = upstream.addr().port();
    world.routes(&[&format!(
        "host: 127.0.0.1\nport: {port}\npipelock: {{ ssrf_ip_allowlist: [127.0.0.0/8] }}"
    )]);
    let url = format!("http://127.0.0.1:{port}/");
    let ours = world.sh(&format!("curl -sS --max-time 30 --noproxy '' {url}"));
    assert!(ours.ok().contains("address_guard"), "{ours:#?}");
    world.env("CURL_HOME", "/nonexistent");
    world
        .bottle(&["render", "pipelock", "-f", "bottle.yaml", "-o", "p.yaml"])
        .ok();
    let rendered = std::fs::read_to_string(world.path("project/p.yaml")).unwrap();
    assert!(
        rendered.contains("seed_phrase_detection:\n  enabled: false\n"),
        "{rendered}"
    );
    let second = Gateway::start(&world, &["--pipelock", "p.yaml"]);
    let theirs = crate::second::curl(&world, &second, &["--noproxy", "", &url]);
    assert!(theirs.ok().ends_with("\n200 000"), "{theirs:#?}");
}

/// Warnings on record, in the logs of every run: both engines keep theirs here.
fn warnings(world: &World) -> usize {
    let logs = world.path("state/bottle/logs");
    let bottles = std::fs::read_dir(logs).into_iter().flatten().flatten();
    let runs = bottles.flat_map(|bottle| std::fs::read_dir(bottle.path()).into_iter().flatten());
    runs.flatten()
        .filter_map(|run| std::fs::read_to_string(run.path()).ok())
        .map(|log| log.matches("\"verdict\":\"warn\"").count())
        .sum()
}
