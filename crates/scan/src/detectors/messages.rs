//! Chat and mail.

use super::sample::{DIGITS, HEX32, MIXED4, MIXED6, MIXED8, MIXED20, MIXED32};
use super::{Detector, Edge, Severity, TOKEN, check};

pub(super) const TABLE: &[Detector] = &[
    Detector {
        id: "slack_token",
        title: "Slack token",
        keywords: &[
            "xoxa-", "xoxb-", "xoxe-", "xoxe.", "xoxo-", "xoxp-", "xoxr-", "xoxs-", "xoxc-",
            "xoxd-",
        ],
        pattern: r"xox(?:[bpe](?:-[0-9A-Fa-f]{8,14}){1,3}-[A-Za-z0-9]{18,64}|[osc](?:-[0-9]{1,14}){2,4}-[0-9A-Fa-f]{10,80}|[ar]-(?:[0-9]-)?(?:[0-9]{8,14}-){0,3}[0-9A-Za-z]{8,64}|e(?:\.xox[bp])?-[0-9]-[A-Za-z0-9]{100,250}|d-[A-Za-z0-9%+/]{40,250})",
        source: "Slack documentation: token types",
        hits: &[
            &["xox", "b-", DIGITS, "-", DIGITS, "-", MIXED20, MIXED4],
            &["xox", "e.xoxp-1-", MIXED32, MIXED32, MIXED32, MIXED32],
        ],
        misses: &[
            &["xoxb-your-token"],
            &["xox", "p-1234-1234-1234-", HEX32],
            &["xox", "p-", DIGITS, "-", DIGITS, "-", DIGITS, "-####"],
            &["xox", "e.xoxp-1-SlackAppConfigurationAccessTokenHere"],
            &[
                "xox",
                "b-000000000000-000000000000-xxxxxxxxxxxxxxxxxxxxxxxx",
            ],
        ],
        ..TOKEN
    },
    Detector {
        id: "slack_app_token",
        title: "Slack app-level token",
        keywords: &["xapp-"],
        reach: 160,
        pattern: r"xapp-(?:[0-9]-[A-Z0-9]{8,14}-[0-9]{8,16}-[A-Za-z0-9]{32,72}|[0-9A-Za-z]{8,16}-[0-9A-Za-z/+]{24,60})",
        source: "Slack documentation: token types",
        hits: &[&["xapp", "-1-A0", "5QX7VZ3", "-", DIGITS, "-", HEX32, HEX32]],
        misses: &[&["xapp-1-token"]],
        ..TOKEN
    },
    Detector {
        id: "slack_webhook",
        title: "Slack webhook address",
        keywords: &["hooks.slack.com/"],
        reach: 120,
        pattern: r"hooks\.slack\.com/(?:services|workflows|triggers)/([A-Za-z0-9]{8,14}/[A-Za-z0-9]{8,20}/[A-Za-z0-9]{16,44}|[A-Za-z0-9+/]{40,60})",
        severity: Severity::Medium,
        source: "Slack documentation: incoming webhooks",
        hits: &[&[
            "https://hooks.slack.com",
            "/services/T0",
            "493817AB/B0",
            "583QX7VZ/",
            MIXED20,
            MIXED4,
        ]],
        misses: &[&[
            "https://hooks.slack.com",
            "/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX",
        ]],
        ..TOKEN
    },
    Detector {
        id: "discord_webhook",
        title: "Discord webhook address",
        keywords: &["/api/webhooks/"],
        reach: 128,
        pattern: r"/api/webhooks/([0-9]{17,20}/[A-Za-z0-9_-]{60,80})",
        severity: Severity::Medium,
        source: "Discord documentation: webhooks",
        hits: &[&[
            "https://discord.com",
            "/api/webhooks/",
            DIGITS,
            "7583920/",
            MIXED32,
            "-",
            MIXED32,
            "_x",
        ]],
        misses: &[&["https://discord.com/api/webhooks/123/token"]],
        ..TOKEN
    },
    Detector {
        id: "discord_bot_token",
        title: "Discord bot token",
        keywords: &["discord", "DISCORD", "Discord", "Bot "],
        reach: 120,
        pattern: r#"(?:(?i)discord[a-z_. -]{0,24}[\\"']{0,3}\s{0,4}(?:=|:|=>)\s{0,4}[\\"']{0,3}(?:Bot )?|Bot )([MNO][A-Za-z0-9_-]{23,27}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27,38})"#,
        after: Edge::Token,
        check: check::mixed,
        source: "Discord documentation: three base64 parts, the first the bot's id",
        hits: &[
            &[
                "DISCORD_TOKEN=M",
                MIXED20,
                MIXED4,
                ".",
                MIXED6,
                ".",
                MIXED20,
                "-",
                MIXED8,
            ],
            &[
                "Authorization: Bot N",
                MIXED20,
                MIXED4,
                ".",
                MIXED6,
                ".",
                MIXED20,
                "-",
                MIXED6,
            ],
        ],
        misses: &[&["Bot Name.Some.Thing"], &["discord = ", MIXED32]],
        ..TOKEN
    },
    Detector {
        id: "telegram_bot_token",
        title: "Telegram bot token",
        keywords: &[":AA"],
        lead: 10,
        reach: 48,
        pattern: r"[0-9]{8,10}:AA[A-Za-z0-9_-]{33}",
        before: Edge::Any,
        after: Edge::Word,
        check: check::mixed,
        source: "Telegram documentation: bot tokens",
        hits: &[
            &["4938172605", ":AA", MIXED32, "-"],
            &["/bot4938172605", ":AA", MIXED32, "x/getMe"],
        ],
        misses: &[&["4938172605", ":AA", MIXED20], &["x:AA", MIXED32, "-"]],
        ..TOKEN
    },
    Detector {
        id: "sendgrid_key",
        title: "SendGrid API key",
        keywords: &["SG."],
        reach: 96,
        pattern: r"SG\.[A-Za-z0-9_-]{16,32}\.[A-Za-z0-9_-]{32,64}",
        before: Edge::Word,
        after: Edge::Word,
        check: check::mixed,
        source: "SendGrid documentation: 69 characters in three parts",
        hits: &[&["SG", ".", MIXED20, "-_", ".", MIXED32, MIXED8, "x-_"]],
        misses: &[
            &["MSG", ".", MIXED20, ".", MIXED32, MIXED8],
            &["SG", ".", MIXED20],
        ],
        ..TOKEN
    },
    Detector {
        id: "twilio_api_key",
        title: "Twilio API key",
        keywords: &[
            "SK0", "SK1", "SK2", "SK3", "SK4", "SK5", "SK6", "SK7", "SK8", "SK9", "SKa", "SKb",
            "SKc", "SKd", "SKe", "SKf",
        ],
        reach: 40,
        pattern: r"SK[0-9a-f]{32}",
        before: Edge::Token,
        after: Edge::Token,
        severity: Severity::Medium,
        source: "Twilio documentation: API key ids",
        hits: &[&["SK", HEX32]],
        misses: &[
            &["SK", HEX32, "0"],
            &["TASK", HEX32],
            &["SK00000000000000000000000000000000"],
        ],
        ..TOKEN
    },
    Detector {
        id: "mailgun_key",
        title: "Mailgun key",
        keywords: &["key-"],
        reach: 40,
        pattern: r"key-[0-9a-f]{32}",
        before: Edge::Token,
        after: Edge::Token,
        severity: Severity::Medium,
        source: "Mailgun documentation: private API keys",
        hits: &[&["api:key", "-", HEX32]],
        misses: &[&["cache-key", "-", HEX32], &["key", "-", HEX32, "-v1"]],
        ..TOKEN
    },
    Detector {
        id: "mailchimp_key",
        title: "Mailchimp key",
        keywords: &["-us"],
        lead: 32,
        reach: 8,
        pattern: r"[0-9a-f]{32}-us[0-9]{1,2}",
        before: Edge::Token,
        after: Edge::Token,
        severity: Severity::Medium,
        source: "Mailchimp documentation: a key ends in its data centre",
        hits: &[&[HEX32, "-us", "14"]],
        misses: &[&[HEX32, "-user"], &["sha-", HEX32, "-us1"]],
        ..TOKEN
    },
];
