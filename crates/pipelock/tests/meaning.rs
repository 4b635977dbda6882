//! What a pipelock's file means here, and what is told about the rest.
#![allow(clippy::panic, reason = "a test that cannot go on says why")]

use bottle_pipelock::{File, Meaning, Mode};
use bottle_policy::{Action, HostPattern, Slug};

fn meaning(text: &str) -> Meaning {
    let file = File::parse("p.yaml", text).unwrap_or_else(|faults| panic!("{faults}"));
    file.meaning(Slug::from_lossy("p"))
}

fn faults(text: &str) -> String {
    File::parse("p.yaml", text)
        .expect_err("a fault")
        .to_string()
}

fn hosts(meaning: &Meaning) -> Vec<(String, bool)> {
    let routes = meaning.bottle.egress.routes.iter();
    routes
        .map(|route| (route.host.to_string(), route.passes_tls_through()))
        .collect()
}

fn differences(text: &str) -> Vec<String> {
    let meaning = meaning(text);
    meaning.differences.iter().map(|d| d.path.clone()).collect()
}

#[test]
fn an_empty_file_has_the_documented_defaults() {
    for text in [
        "",
        "# nothing\n",
        "mode:\nenforce: ~\napi_allowlist: null\n",
    ] {
        let meaning = meaning(text);
        assert_eq!(meaning.mode, Mode::Balanced);
        assert_eq!(meaning.listen.to_string(), "127.0.0.1:8888");
        assert!(!meaning.forward);
        assert_eq!(meaning.scan_env, Some(16));
        assert_eq!(hosts(&meaning), [("*".to_owned(), true)], "{text:?}");
        assert_eq!(meaning.differences, []);
    }
}

#[test]
fn a_wildcard_of_the_allowlist_is_the_apex_too_and_one_of_the_passthrough_is_not() {
    let meaning = meaning(
        "mode: strict
api_allowlist: ['*.Example.com', one.test]
tls_interception: { enabled: true, passthrough_domains: ['*.example.com', other.test] }
",
    );
    let expected = [
        ("example.com", false),
        ("*.example.com", true),
        ("one.test", false),
    ];
    assert_eq!(
        hosts(&meaning),
        expected.map(|(host, through)| (host.to_owned(), through))
    );
}

#[test]
fn a_host_below_a_listed_wildcard_can_be_passed_through_alone() {
    let meaning = meaning(
        "mode: strict
api_allowlist: ['*.example.com']
tls_interception: { enabled: true, passthrough_domains: [pinned.example.com] }
",
    );
    assert!(hosts(&meaning).contains(&("pinned.example.com".to_owned(), true)));
    assert!(hosts(&meaning).contains(&("*.example.com".to_owned(), false)));
}

#[test]
fn the_modes_are_as_documented() {
    let strict = meaning("mode: strict\napi_allowlist: [a.test]\n");
    assert_eq!(hosts(&strict).len(), 1);
    let closed = meaning("mode: strict\n");
    assert_eq!(hosts(&closed), []);
    let balanced = meaning("mode: balanced\napi_allowlist: [a.test]\n");
    let any = &balanced.bottle.egress.routes[0];
    assert_eq!(any.host, HostPattern::Any);
    assert_eq!(any.inspect.on_match, Action::Block);
    for text in [
        "mode: audit\n",
        "mode: strict\nenforce: false\napi_allowlist: [a.test]\n",
    ] {
        let open = meaning(text);
        let routes = &open.bottle.egress.routes;
        assert!(
            routes.iter().any(|route| route.host == HostPattern::Any),
            "{text}"
        );
        assert!(
            routes
                .iter()
                .all(|route| route.inspect.on_match == Action::Warn),
            "{text}"
        );
        assert_eq!(differences(text), ["config.enforce"]);
    }
}

#[test]
fn hosts_of_the_blocklist_are_refused_and_listed_ones_are_spared_by_the_default_alone() {
    let refused = |text: &str| {
        let bottle = meaning(text).bottle;
        let hosts = ["pastebin.com", "a.pastebin.com", "a.evil.test", "evil.test"];
        let matches = |host: &&str| {
            let host = host.parse().unwrap();
            bottle.egress.refused.iter().any(|p| p.matches(&host))
        };
        hosts.into_iter().filter(matches).collect::<Vec<_>>()
    };
    let own = "fetch_proxy: { monitoring: { blocklist: ['*.evil.test'] } }\n";
    assert_eq!(refused(""), ["pastebin.com", "a.pastebin.com"]);
    assert_eq!(refused("api_allowlist: ['*.pastebin.com']\n"), [""; 0]);
    assert_eq!(
        refused("api_allowlist: [pastebin.com]\n"),
        ["a.pastebin.com"]
    );
    assert_eq!(
        refused("fetch_proxy: { monitoring: { blocklist: [] } }\n"),
        [""; 0]
    );
    assert_eq!(refused(own), ["a.evil.test", "evil.test"]);
    let strict = "mode: strict\napi_allowlist: ['*.evil.test', pastebin.com]\n";
    assert_eq!(refused(strict), [""; 0]);
    assert_eq!(
        refused(&format!("{strict}{own}")),
        ["a.evil.test", "evil.test"]
    );
    for open in ["mode: audit\n", "enforce: false\n"] {
        assert_eq!(refused(&format!("{open}{own}")), [""; 0]);
    }
}

#[test]
fn an_empty_path_is_no_path() {
    let told = meaning("tls_interception: { enabled: true, ca_cert: '', ca_key: '' }\n");
    let (cert, key) = told.ca.unwrap();
    assert_eq!(
        (cert.as_str(), key.as_str()),
        ("~/.pipelock/ca.pem", "~/.pipelock/ca-key.pem")
    );
}

#[test]
fn answers_are_read_as_the_file_says_and_what_cannot_be_done_is_more() {
    let response = |text: &str| meaning(text).bottle.egress.routes[0].inspect.response;
    let action = |word: &str| response(&format!("response_scanning: {{ action: {word} }}\n"));
    assert_eq!(response(""), Some(Action::Warn));
    assert_eq!(
        response("response_scanning: { enabled: false, action: block }\n"),
        Some(Action::Off)
    );
    assert_eq!(action("warn"), Some(Action::Warn));
    for word in ["block", "strip", "ask"] {
        assert_eq!(action(word), Some(Action::Block), "{word}");
        let audit = format!("mode: audit\nresponse_scanning: {{ action: {word} }}\n");
        assert_eq!(response(&audit), Some(Action::Warn), "{word}");
    }
}

#[test]
fn a_warning_about_bodies_is_kept() {
    let notes = |text| meaning(text).bottle.egress.routes[0].pipelock.notes_bodies;
    assert!(notes(""));
    assert!(notes("request_body_scanning: { action: warn }\n"));
    assert!(!notes("request_body_scanning: { action: block }\n"));
}

#[test]
fn what_we_do_otherwise_is_told_with_its_section_and_key() {
    let text = "version: 1
mode: strict
api_allowlist: ['*', api.test]
dlp: { include_defaults: true, scan_env: false, patterns: [{ name: x, regex: y }] }
request_body_scanning: { action: block, header_mode: sensitive, scan_headers: true }
fetch_proxy:
  listen: ':9999'
  monitoring: { max_requests_per_minute: 10, some_new_key: 1 }
mcp_tool_policy: { enabled: false, rules: [] }
canary_tokens: { enabled: true }
";
    let told = meaning(text);
    let paths: Vec<_> = told.differences.iter().map(|d| d.path.as_str()).collect();
    assert_eq!(
        paths,
        [
            "dlp.patterns",
            "request_body_scanning.header_mode",
            "fetch_proxy.monitoring.max_requests_per_minute",
            "fetch_proxy.monitoring.some_new_key",
            "config.canary_tokens",
            "config.api_allowlist",
        ]
    );
    assert_eq!(told.differences[0].line, 4);
    assert!(told.differences.iter().all(|d| d.instead.len() > 10));
    assert_eq!(told.listen.to_string(), "0.0.0.0:9999");
    assert_eq!(told.scan_env, None);
}

#[test]
fn a_rendered_file_has_no_differences() {
    let text = "version: 1
mode: strict
enforce: true
api_allowlist: [api.test]
seed_phrase_detection: { enabled: false }
forward_proxy: { enabled: true }
dlp: { include_defaults: true, scan_env: true }
request_body_scanning: { action: block, scan_headers: true, header_mode: all }
tls_interception: { enabled: true, ca_cert: /c, ca_key: /k, passthrough_domains: [] }
ssrf: { ip_allowlist: [10.0.0.0/8] }
";
    let meaning = meaning(text);
    assert_eq!(meaning.differences, []);
    assert_eq!(meaning.ca, Some(("/c".to_owned(), "/k".to_owned())));
    assert!(meaning.forward);
}

#[test]
fn faults_name_the_key_its_line_and_the_type() {
    for (text, part) in [
        ("mood: strict\n", "did you mean `mode`?"),
        ("mode: loose\n", "one of `strict`, `balanced` or `audit`"),
        ("mode: 3\n", "`config.mode` must be a string"),
        ("enforce: \"true\"\n", "`config.enforce` must be a boolean"),
        ("version: 15.0\n", "write it in decimal"),
        ("version: 010\n", "`config.version` must be an integer"),
        ("version: \"1\"\n", "write it without quotes"),
        ("dlp:\n  scan_envs: true\n", "did you mean `scan_env`?"),
        ("dlp:\n  action: block\n", "reserved"),
        (
            "api_allowlist: [a, 1]\n",
            "`config.api_allowlist` must be a list of strings",
        ),
        (
            "api_allowlist: a\n",
            "`config.api_allowlist` must be a list of strings",
        ),
        ("ssrf: []\n", "`config.ssrf` must be a mapping"),
        ("ssrf: { ip_allowlist: [10.0.0.1/8] }\n", "write 10.0.0.0/8"),
        ("ssrf: { ip_allowlist: ['0.0.0.0/0'] }\n", "every address"),
        ("ssrf: { ip_allowlist: [x] }\n", "no range"),
        ("trusted_domains: ['*']\n", "bare `*`"),
        ("fetch_proxy: { listen: here }\n", "an address and a port"),
        (
            "seed_phrase_detection: { min_words: 13 }\n",
            "12, 15, 18, 21 or 24",
        ),
        ("a: 1\n---\nb: 1\n", "single document"),
        (
            "mode: &m strict\n",
            "anchors are not used in a pipelock file",
        ),
        ("- mode\n", "must be a mapping"),
        ("mode: strict\nmode: audit\n", "written twice"),
    ] {
        let said = faults(text);
        assert!(said.contains(part), "{text:?}: {said}");
        assert!(said.contains("p.yaml:"), "{said}");
    }
}

#[test]
fn all_faults_come_at_once() {
    let said = faults("mode: 3\nenforce: 4\ndlp: { scan_env: 5 }\n");
    assert!(said.contains("3 faults"), "{said}");
}
