//! Other services: monitoring, design, notes, tickets.

use super::sample::{HEX8, HEX32, MIXED6, MIXED8, MIXED20, MIXED32, UPPER16};
use super::{Detector, Edge, Severity, TOKEN, check};

pub(super) const TABLE: &[Detector] = &[
    Detector {
        id: "grafana_token",
        title: "Grafana token",
        keywords: &["glsa_", "glc_"],
        pattern: r"(?:glsa_[A-Za-z0-9]{32}_[0-9a-fA-F]{8}|glc_[A-Za-z0-9+/]{32,250})",
        before: Edge::Word,
        check: check::filled,
        source: "Grafana documentation: service account and cloud tokens",
        hits: &[
            &["glsa", "_", MIXED32, "_", HEX8],
            &["glc", "_eyJ", MIXED32, MIXED32],
        ],
        misses: &[&["glsa", "_", MIXED20], &["glc", "_config_value"]],
        ..TOKEN
    },
    Detector {
        id: "sentry_token",
        title: "Sentry token",
        keywords: &["sntrys_", "sntryu_"],
        pattern: r"(?:sntrys_eyJ[A-Za-z0-9+/]{60,260}={0,2}_[A-Za-z0-9+/]{43}|sntryu_[0-9a-f]{64})",
        after: Edge::Token,
        source: "Sentry documentation: organisation and user tokens",
        hits: &[
            &["sntry", "u_", HEX32, HEX32],
            &[
                "sntry", "s_eyJ", MIXED32, MIXED32, "_", MIXED32, MIXED8, "abc",
            ],
        ],
        misses: &[&["sntry", "u_", HEX32]],
        ..TOKEN
    },
    Detector {
        id: "newrelic_key",
        title: "New Relic key",
        keywords: &[
            "NRAK-", "NRIQ-", "NRII-", "NRRA-", "NRSP-", "NRAA-", "NRBR-", "NRJS-",
        ],
        reach: 64,
        pattern: r"NR(?:AK-[A-Za-z0-9]{27}|I[IQ]-[A-Za-z0-9_-]{32}|RA-[0-9a-f]{42}|SP-[a-z]{2}[0-9]{2}-?[A-Za-z0-9]{27,34}|AA-[a-f0-9]{27}|BR-[0-9a-f]{19}|JS-[0-9a-f]{19})",
        before: Edge::Word,
        after: Edge::Word,
        check: check::filled,
        source: "New Relic documentation: user, insert and admin keys",
        hits: &[&["NRAK", "-", UPPER16, "7KZ2MQX4VLT"]],
        misses: &[&["NRAK", "-", UPPER16]],
        ..TOKEN
    },
    Detector {
        id: "postman_key",
        title: "Postman key",
        keywords: &["PMAK-"],
        reach: 80,
        pattern: r"PMAK-[0-9a-f]{24}-[0-9a-f]{34}",
        after: Edge::Word,
        source: "Postman documentation: API keys",
        hits: &[&["PMAK", "-", "7be20f4d913ca865d02b7f61", "-", HEX32, "a7"]],
        misses: &[&["PMAK", "-", HEX32]],
        ..TOKEN
    },
    Detector {
        id: "linear_key",
        title: "Linear key",
        keywords: &["lin_api_", "lin_oauth_"],
        reach: 80,
        pattern: r"lin_(?:api_[A-Za-z0-9]{40}|oauth_[0-9a-f]{64})",
        after: Edge::Word,
        source: "Linear documentation: API keys",
        hits: &[&["lin", "_api_", MIXED32, MIXED8]],
        misses: &[&["lin", "_api_", MIXED32]],
        ..TOKEN
    },
    Detector {
        id: "notion_token",
        title: "Notion token",
        keywords: &["ntn_"],
        reach: 64,
        pattern: r"ntn_[0-9]{11}[A-Za-z0-9]{35}",
        before: Edge::Word,
        after: Edge::Word,
        source: "Notion documentation: integration tokens",
        hits: &[&["ntn", "_49381726058", MIXED20, MIXED8, MIXED6, "x"]],
        misses: &[&["ntn", "_49381726058", MIXED20]],
        ..TOKEN
    },
    Detector {
        id: "figma_token",
        title: "Figma token",
        keywords: &["figd_"],
        reach: 64,
        pattern: r"figd_[A-Za-z0-9_-]{38,44}",
        check: check::mixed,
        severity: Severity::Medium,
        source: "Figma documentation: personal access tokens",
        hits: &[&["figd", "_", MIXED32, MIXED8]],
        misses: &[&["figd", "_", MIXED8]],
        ..TOKEN
    },
    Detector {
        id: "airtable_token",
        title: "Airtable token",
        source: "Airtable documentation: personal access tokens",
        hits: &[&["pat", MIXED8, MIXED6, ".", HEX32, HEX32]],
        misses: &[&["pat", MIXED8, MIXED6, ".", HEX32]],
        ..TOKEN
    },
    Detector {
        id: "lob_key",
        title: "Lob key",
        source: "Lob's documentation: test_ or live_ and 35 hex digits",
        hits: &[&["live_", HEX32, "2c9"], &["key=test_pub_", HEX32, "2c9"]],
        misses: &[&["live_", HEX32], &["latest_", HEX32, "2c9"]],
        ..TOKEN
    },
    Detector {
        id: "dfuse_key",
        title: "dfuse key",
        source: "dfuse's documentation: web_, server_ or mobile_ and 32 hex digits",
        hits: &[&["server_", HEX32], &["\"web_", HEX32, "\""]],
        misses: &[&["server_", HEX32, "2c9"], &["cobweb_", HEX32]],
        ..TOKEN
    },
    Detector {
        id: "word_and_hex_key",
        title: "Key of Cursor, Runway or Retell",
        source: "the vendors' documentation: key_ and 28, 64 or 128 hex digits",
        hits: &[
            &["key_", HEX32, HEX32],
            &["token: key_", HEX32, HEX32, HEX32, HEX32],
        ],
        misses: &[&["key_", HEX32], &["hotkey_", HEX32, HEX32]],
        ..TOKEN
    },
    Detector {
        id: "sonarqube_token",
        title: "SonarQube token",
        keywords: &["squ_", "sqp_", "sqa_"],
        reach: 48,
        pattern: r"sq[upa]_[0-9a-z]{40}",
        before: Edge::Word,
        after: Edge::Word,
        severity: Severity::Medium,
        source: "SonarQube documentation: token prefixes",
        hits: &[&["sq", "u_", HEX32, HEX8]],
        misses: &[&["sq", "u_", HEX32]],
        ..TOKEN
    },
    Detector {
        id: "dynatrace_token",
        title: "Dynatrace token",
        keywords: &["dt0c01.", "dt0s01.", "dt0s16."],
        reach: 112,
        pattern: r"dt0[cs][0-9]{2}\.[A-Z0-9-]{8,24}\.[A-Z0-9]{64}",
        source: "Dynatrace documentation: token format",
        hits: &[&[
            "dt0c01", ".", UPPER16, "7KZ2MQX4", ".", UPPER16, UPPER16, UPPER16, UPPER16,
        ]],
        misses: &[&["dt0c01", ".", UPPER16]],
        ..TOKEN
    },
];
