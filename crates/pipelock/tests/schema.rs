//! Every documented section and key is known, and is honoured or told: row by
//! row of the page that is made from the code.
#![allow(clippy::panic, reason = "a test that cannot go on says why")]

use bottle_pipelock::{File, page};
use bottle_policy::Slug;

/// What pipelock 2.3 documents: its sections, and the keys of those that the
/// original topology and a stand-in have to do with.
const DOCUMENTED: &str = "
version mode enforce explain_blocks api_allowlist trusted_domains internal suppress
seed_phrase_detection.{enabled min_words verify_checksum}
forward_proxy.{enabled max_tunnel_seconds idle_timeout_seconds sni_verification redirect_websocket_hosts}
dlp.{include_defaults scan_env min_env_secret_length secrets_file patterns}
request_body_scanning.{enabled action max_body_bytes scan_headers header_mode sensitive_headers ignore_headers}
tls_interception.{enabled ca_cert ca_key passthrough_domains cert_ttl cert_cache_size max_response_bytes}
ssrf.{ip_allowlist}
fetch_proxy.{listen timeout_seconds max_response_mb user_agent monitoring}
fetch_proxy.monitoring.{max_url_length entropy_threshold subdomain_entropy_threshold max_requests_per_minute max_data_per_minute blocklist subdomain_entropy_exclusions}
response_scanning.{enabled action sse_streaming exempt_domains}
websocket_proxy canary_tokens mcp_input_scanning mcp_tool_scanning mcp_tool_policy
mcp_session_binding mcp_ws_listener mcp_binary_integrity mcp_tool_provenance a2a_scanning tool_chain_detection
git_protection logging session_profiling adaptive_enforcement airlock behavioral_baseline taint
cross_request_detection kill_switch sentry metrics_listen emit reverse_proxy scan_api address_protection
rules file_sentry sandbox flight_recorder browser_shield media_policy mediation_envelope redaction
agents default_agent_identity bind_default_agent_identity license_key license_file license_public_key
";

/// A row of the page: key, type, default, and what we do with it.
struct Row {
    key: String,
    shape: String,
    default: String,
    ours: String,
}

fn rows() -> Vec<Row> {
    let page = page();
    let (_, table) = page.split_once("## Every key").expect("the table");
    let cells = |line: &str| {
        let cells: Vec<String> = line.split('|').map(|cell| cell.trim().to_owned()).collect();
        match cells.as_slice() {
            [_, key, shape, default, ours, _] => Some(Row {
                key: key.trim_matches('`').to_owned(),
                shape: shape.clone(),
                default: default.trim_matches('`').to_owned(),
                ours: ours.clone(),
            }),
            _ => None,
        }
    };
    table.lines().skip(4).filter_map(cells).collect()
}

/// A file with one key.
fn file(key: &str, value: &str) -> String {
    let parts: Vec<&str> = key.split('.').collect();
    let mut text = String::new();
    for (depth, part) in parts.iter().enumerate() {
        text.extend([&"  ".repeat(depth), *part, ":"]);
        text.push(if depth + 1 == parts.len() { ' ' } else { '\n' });
    }
    text + value + "\n"
}

/// The keys that a file is told about.
fn told(text: &str) -> Vec<String> {
    let file = File::parse("p.yaml", text).unwrap_or_else(|faults| panic!("{faults}"));
    let meaning = file.meaning(Slug::from_lossy("p"));
    let lines = meaning.differences.iter().map(|d| (d.path.clone(), d.line));
    lines
        .map(|(path, line)| {
            assert_eq!(line, text.lines().count(), "{text}");
            path
        })
        .collect()
}

fn shown(key: &str) -> String {
    if key.contains('.') {
        key.to_owned()
    } else {
        format!("config.{key}")
    }
}

#[test]
fn every_documented_key_is_in_the_table() {
    let rows = rows();
    let known = |key: &str| rows.iter().any(|row| row.key == key);
    let mut documented = Vec::new();
    let mut section = String::new();
    for word in DOCUMENTED.split_whitespace() {
        let (before, name) = word.split_once('{').unwrap_or(("", word));
        if !before.is_empty() {
            section = before.to_owned();
            documented.push(section.trim_end_matches('.').to_owned());
        }
        documented.push(format!("{section}{}", name.trim_end_matches('}')));
        if name.ends_with('}') {
            section.clear();
        }
    }
    for key in &documented {
        assert!(known(key), "{key}");
    }
    for row in &rows {
        assert!(
            documented.contains(&row.key),
            "{} is not documented",
            row.key
        );
    }
}

/// A value that is not the default one.
fn another(row: &Row) -> String {
    match (row.shape.as_str(), row.key.as_str()) {
        ("boolean", _) => (row.default != "true").to_string(),
        ("integer", "seed_phrase_detection.min_words") => "24".to_owned(),
        ("integer", "version") => "1".to_owned(),
        ("integer", _) => "7".to_owned(),
        ("string", "fetch_proxy.listen") => "127.0.0.1:1".to_owned(),
        ("string", _) => "x".to_owned(),
        ("strings", "ssrf.ip_allowlist") => "[10.0.0.0/8]".to_owned(),
        ("strings", _) => "[a.test]".to_owned(),
        ("mapping", _) => "{}".to_owned(),
        ("any", _) => "{ enabled: true }".to_owned(),
        (words, _) => words.split(", ").next().unwrap_or_default().to_owned(),
    }
}

/// The values of a key for which we do the same, where that is not all.
fn honoured(row: &Row) -> Option<&str> {
    let (values, _) = row.ours.split_once("; otherwise ")?;
    values.strip_prefix("the same for ")
}

#[test]
fn what_we_do_otherwise_is_told_and_nothing_else_is() {
    for row in rows() {
        let text = file(&row.key, &another(&row));
        let told = told(&text);
        let same = row.ours == "the same";
        // That nothing is enforced is told for what is refused even so.
        let open = row.key == "enforce";
        let expected = if same && !open {
            vec![]
        } else {
            vec![shown(&row.key)]
        };
        let honoured = honoured(&row);
        if honoured.is_some_and(|values| values.contains(&format!("`{}`", another(&row)))) {
            assert_eq!(told, [""; 0], "{text}");
        } else {
            assert_eq!(told, expected, "{text}");
        }
    }
}

#[test]
fn what_is_the_same_for_some_values_is_told_for_the_others() {
    let mut some = 0;
    for row in rows() {
        let Some(values) = honoured(&row) else {
            continue;
        };
        some += 1;
        let kept: Vec<&str> = values.split('`').skip(1).step_by(2).collect();
        for value in &kept {
            assert_eq!(
                told(&file(&row.key, value)),
                [""; 0],
                "{}: {value}",
                row.key
            );
        }
        let others = ["true", "false", "0", "15", "sensitive", "all"];
        let fit = |value: &&str| match row.shape.as_str() {
            "boolean" => matches!(*value, "true" | "false"),
            "integer" => {
                value.parse::<u8>().is_ok() && !(row.key.ends_with("words") && *value == "0")
            }
            words => words.split(", ").any(|word| word == *value),
        };
        for value in others.iter().filter(|v| fit(v) && !kept.contains(v)) {
            assert_eq!(told(&file(&row.key, value)), [shown(&row.key)], "{value}");
        }
    }
    assert!(some >= 8, "{some}");
}

/// A section that is switched off, or has nothing in it, asks for nothing.
#[test]
fn what_is_off_is_not_told() {
    for row in rows().iter().filter(|row| row.shape == "any") {
        for off in ["{ enabled: false, x: 1 }", "{}", "[]", "", "~"] {
            assert_eq!(told(&file(&row.key, off)), [""; 0], "{}: {off}", row.key);
        }
    }
}
