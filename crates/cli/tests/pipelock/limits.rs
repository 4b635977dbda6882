//! What the original had to accept, row by row of the table in docs/pipelock.md:
//! the rendered file keeps the limit, and our engine does without it, from the
//! same bottle.yaml. The rows about credentials are in `chain`.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Stdio;

use bottle_test_support::{Handler, Upstream};

use crate::harness::{Answer, Output, Running, User, World, program_or_skip, world_or_skip};
use crate::second::{Gateway, curl, file, logged, tls_init};

const HOST: &str = "api.example.com";
const OTHER: &str = "other.example.org";
/// A phrase of the published test vectors: its checksum is right.
const PHRASE: &str =
    "seed phrase: legal winner thank year wave sausage worth useful legal winner thank yellow";
/// One upstream for both hosts, reached by our engine and by one that is
/// started from the rendered file.
struct Both {
    world: World,
    upstream: Upstream,
    ways: Vec<String>,
    cert: String,
    /// What was rendered.
    text: String,
}

impl Both {
    fn new(mut world: World, routes: &[&str]) -> Self {
        let upstream = Upstream::start(world.authority(), &[HOST, OTHER], Handler::echo()).unwrap();
        for host in [HOST, OTHER] {
            world.lead(host, 443, &upstream);
        }
        world.routes(routes);
        let (cert, key) = tls_init(&world);
        let args = ["render", "pipelock", "-f", "bottle.yaml", "-o", "p.yaml"];
        world
            .bottle(&[&args[..], &["--ca-cert", &cert, "--ca-key", &key]].concat())
            .ok();
        Self {
            text: std::fs::read_to_string(world.path("project/p.yaml")).unwrap(),
            ways: world.connect_to_args(),
            upstream,
            cert,
            world,
        }
    }

    /// An engine from a file in pipelock's words.
    #[track_caller]
    fn second(&self, path: &str) -> Gateway {
        let ways: Vec<&str> = self.ways.iter().map(String::as_str).collect();
        Gateway::start(&self.world, &[&["--pipelock", path], &ways[..]].concat())
    }

    fn theirs(&self, second: &Gateway, host: &str, body: &str) -> Output {
        let url = format!("https://{host}/");
        curl(
            &self.world,
            second,
            &["--cacert", &self.cert, "-d", body, &url],
        )
    }

    fn ours(&self, host: &str, body: &str) -> Answer {
        let url = format!("https://{host}/");
        Answer::parse(self.world.curl(&["-i", "-d", body, &url]).ok())
    }
}

/// Limit: one switch for the seed phrases of all hosts, and it is off.
#[test]
fn seed_phrases_pass_the_file_everywhere_and_ours_where_a_route_says_so() {
    program_or_skip!("curl");
    let both = Both::new(
        world_or_skip!(User::Caller),
        &[
            &format!("host: {HOST}"),
            &format!("host: {OTHER}\ninspect: {{ detectors: {{ seed_phrase: \"off\" }} }}"),
        ],
    );
    let off = "seed_phrase_detection:\n  enabled: false\n";
    assert!(both.text.contains(off), "{}", both.text);
    let second = both.second("p.yaml");
    for host in [HOST, OTHER] {
        let passed = both.theirs(&second, host, PHRASE);
        assert!(passed.ok().ends_with("\n200 200"), "{passed:#?}");
    }
    let refused = both.ours(HOST, PHRASE);
    assert_eq!(refused.rule(), "secret");
    assert_eq!(
        refused.json()["findings"][0]["detector"],
        "seed_phrase",
        "{refused:#?}"
    );
    assert_eq!(both.ours(OTHER, PHRASE).status, 200);
    assert_eq!(both.upstream.request_count(), 3);
}

/// The switch itself is honoured: pipelock's default is on.
#[test]
fn a_file_that_leaves_seed_phrases_on_has_them_refused() {
    program_or_skip!("curl");
    let both = Both::new(world_or_skip!(User::Caller), &[&format!("host: {HOST}")]);
    let on = both.text.replace(
        "seed_phrase_detection:\n  enabled: false\n",
        "seed_phrase_detection:\n  enabled: true\n  min_words: 12\n  verify_checksum: true\n",
    );
    let path = file(&both.world, "on.yaml", &on);
    both.world
        .bottle(&["pipelock", "check", "--strict", &path])
        .ok();
    let second = both.second(&path);
    let refused = both.theirs(&second, HOST, PHRASE);
    assert!(refused.ok().ends_with("\n403 200"), "{refused:#?}");
    assert_eq!(both.upstream.request_count(), 0);
}

/// Limit: `suppress` silences and still blocks. Ours has one verdict: what is
/// switched off passes in silence, a warning passes and is on record, and what
/// is blocked is told.
#[test]
fn what_is_suppressed_is_blocked_by_the_file_and_has_one_verdict_with_us() {
    program_or_skip!("curl");
    let set = |word: &str| format!("inspect: {{ detectors: {{ seed_phrase: {word} }} }}");
    let both = Both::new(
        world_or_skip!(User::Caller),
        &[
            &format!("host: {HOST}\n{}", set("\"off\"")),
            &format!("host: {OTHER}\n{}", set("warn")),
        ],
    );
    let on = both.text.replace("enabled: false", "enabled: true");
    let text = format!("{on}suppress:\n  - {{ rule: Seed Phrase, path: '*' }}\n");
    let path = file(&both.world, "quiet.yaml", &text);
    let second = both.second(&path);
    let refused = both.theirs(&second, HOST, PHRASE);
    assert!(refused.ok().ends_with("\n403 200"), "{refused:#?}");
    let told = second.running.stderr();
    assert!(told.contains("config.suppress: "), "{told}");
    assert_eq!(both.ours(HOST, PHRASE).status, 200);
    assert!(both.world.events().of("warn").is_empty());
    assert_eq!(both.ours(OTHER, PHRASE).status, 200);
    assert_eq!(both.world.events().of("warn").len(), 1);
    assert_eq!(both.upstream.request_count(), 2);
}

/// Limit: an empty list was written as null, hosts were quoted by hand, and the
/// file was written first and made private then.
#[test]
fn an_empty_list_is_a_list_and_denies_everything() {
    program_or_skip!("curl");
    let world = world_or_skip!(User::Caller);
    world.manifest("version: 1\n");
    let script = "umask 0 && exec \"$0\" render pipelock -f bottle.yaml -o p.yaml";
    let mut command = world.host_command(Path::new("sh"));
    command.args(["-c", script]).arg(world.path("bottle"));
    Running::start(&mut command, Stdio::null()).finish().ok();
    let path = world.path("project/p.yaml");
    assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.contains("\napi_allowlist: []\n"), "{text}");
    let second = Gateway::start(&world, &["--pipelock", "p.yaml"]);
    let refused = curl(&world, &second, &["http://api.example.com/"]);
    assert!(refused.ok().ends_with("\n403 000"), "{refused:#?}");
    let said = world.curl(&["-i", "http://api.example.com/"]);
    assert_eq!(Answer::parse(said.ok()).rule(), "unknown_host", "{said:#?}");
}

/// Limit: whoever does not use the proxy is not seen by it, and neither is DNS.
#[test]
fn a_program_that_ignores_the_proxy_is_seen_in_a_bottle_only() {
    program_or_skip!("curl");
    let both = Both::new(world_or_skip!(User::Caller), &[&format!("host: {HOST}")]);
    let _second = both.second("p.yaml");
    let around = format!("{HOST}:443:{}", both.upstream.addr());
    let ca = both.world.path("ca.pem").to_string_lossy().into_owned();
    let mut command = both.world.host_command(Path::new("curl"));
    command.args(["-sS", "--max-time", "30", "--noproxy", "*", "--cacert", &ca]);
    command.args(["--connect-to", &around, "https://api.example.com/"]);
    Running::start(&mut command, Stdio::null()).finish().ok();
    assert_eq!(logged(&both.world, "p").all().len(), 0);
    let url = format!("https://{HOST}/");
    both.world.curl(&["--noproxy", "*", &url]).ok();
    assert_eq!(both.world.events().allowed_hosts(), [HOST]);
    let url = format!("https://{OTHER}/");
    let refused = both.world.curl(&["-i", "--noproxy", "*", &url]);
    assert_eq!(Answer::parse(refused.ok()).rule(), "unknown_host");
    assert_eq!(both.upstream.request_count(), 2);
}
