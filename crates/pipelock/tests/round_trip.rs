//! Whatever is rendered is read back as it was, and nothing that is read panics.

use bottle_pipelock::{
    BodyAction, Config, Dlp, File, HeaderMode, Mode, RequestBodyScanning, Ssrf, Switch,
    TlsInterception,
};
use bottle_policy::Slug;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

/// Texts that some reader of YAML takes for something else, and any others.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "[a-z*.]{1,20}",
        2 => proptest::sample::select(vec![
            "", "~", "null", "yes", "NO", "on", "true", "1", "010", "0x1f", "15.0", ".inf", "1_000",
            "- a", "a: b", "# c", "&a", "*a", "!!str", "@a", "`a", "%a", "|", ">", "'", "\"", "\\",
            "{", "[", "]", "a\nb", "a\n", "\ta", " a ", "\u{feff}a", "2026-01-01", "é", "=", "<<",
            "\u{85}", "\u{2028}", "\u{7f}", "\u{1f}", "\r", "\0", "?", "---", "...",
        ]).prop_map(str::to_owned),
        1 => any::<String>(),
    ]
}

fn texts() -> impl Strategy<Value = Vec<String>> {
    vec(text(), 0..5)
}

fn tls() -> impl Strategy<Value = TlsInterception> {
    (any::<bool>(), text(), text(), texts()).prop_map(
        |(enabled, ca_cert, ca_key, passthrough_domains)| TlsInterception {
            enabled,
            ca_cert,
            ca_key,
            passthrough_domains,
        },
    )
}

fn bodies() -> impl Strategy<Value = RequestBodyScanning> {
    let action = prop_oneof![Just(BodyAction::Block), Just(BodyAction::Warn)];
    let mode = prop_oneof![Just(HeaderMode::All), Just(HeaderMode::Sensitive)];
    (action, option::of(any::<bool>()), option::of(mode)).prop_map(
        |(action, scan_headers, header_mode)| RequestBodyScanning {
            action,
            scan_headers,
            header_mode,
        },
    )
}

fn config() -> impl Strategy<Value = Config> {
    let mode = prop_oneof![Just(Mode::Audit), Just(Mode::Balanced), Just(Mode::Strict)];
    let switches = (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>());
    (
        any::<i64>().prop_filter("odd to every reader", |n| *n != i64::MIN),
        mode,
        switches,
        texts(),
        option::of(any::<bool>()),
        bodies(),
        option::of(tls()),
        option::of(texts()),
    )
        .prop_map(
            |(version, mode, switches, api_allowlist, seeds, bodies, tls, addresses)| Config {
                version,
                mode,
                enforce: switches.0,
                api_allowlist,
                seed_phrase_detection: seeds.map(|enabled| Switch { enabled }),
                forward_proxy: Switch {
                    enabled: switches.1,
                },
                dlp: Dlp {
                    include_defaults: switches.2,
                    scan_env: switches.3,
                },
                request_body_scanning: bodies,
                tls_interception: tls,
                ssrf: addresses.map(|ip_allowlist| Ssrf { ip_allowlist }),
            },
        )
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_rendered_is_read_back(config in config()) {
        let text = config.render().unwrap();
        let read = Config::parse("p.yaml", &text);
        prop_assert_eq!(read.as_ref().ok(), Some(&config), "{}\n{:?}", text, read);
        prop_assert_eq!(config.render().unwrap(), text);
    }

    #[test]
    fn any_text_is_read_or_refused(text in "\\PC*") {
        let _ = Config::parse("p.yaml", &text).map_err(|faults| faults.to_string());
        if let Ok(file) = File::parse("p.yaml", &text) {
            let _ = file.meaning(Slug::from_lossy("p"));
        }
    }

    #[test]
    fn any_lines_of_keys_are_read_or_refused(
        lines in vec("(mode|enforce|dlp|ssrf|fetch_proxy|tls_interception| +enabled| +listen| +ip_allowlist|version): ?[a-z0-9\\[\\]{}:*.\"' -]{0,12}", 0..8)
    ) {
        let text = lines.join("\n");
        match File::parse("p.yaml", &text) {
            Ok(file) => { let _ = file.meaning(Slug::from_lossy("p")); }
            Err(faults) => prop_assert!(!faults.to_string().is_empty()),
        }
    }
}
