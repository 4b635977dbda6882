//! Tokens with a beginning of their own, or of a shape that stands behind
//! their vendor's name: more vendors, from P to Z.

use super::{SEEN, WIDE, random, token};
use crate::detectors::{Detector, check};

pub(super) const TABLE: &[Detector] = &[
    token(
        "packagist_token",
        "Packagist token",
        &["packagist_"],
        r"packagist_(?:ack_[0-9a-f]{28,32}|acs_[0-9a-f]{64,96}|[a-z]{3}_[0-9a-f]{68})",
    )
    .reaching(126)
    .told_by(SEEN),
    token(
        "pinterest_token",
        "Pinterest token",
        &["pina_", "pinr."],
        r"(?:pina_[A-Z0-9]{64,120}|pinr\.[A-Za-z0-9.]{40,120})",
    )
    .reaching(141)
    .told_by(SEEN),
    token(
        "rapidapi_key",
        "RapidAPI key",
        &["msh"],
        r"[0-9a-f]{10}msh[0-9a-f]{15}p[0-9a-f]{6}jsn[0-9a-f]{12}",
    )
    .leading(10)
    .reaching(67)
    .told_by(SEEN),
    Detector {
        check: check::no_stand_in,
        ..token(
            "recaptcha_secret",
            "reCAPTCHA secret",
            &["captcha", "CAPTCHA", "aptchaS", "aptcha_s"],
            r#"(?i)aptcha[a-z0-9_. -]{0,24}(?:secret|private|api)[a-z0-9_-]{0,12}[\\"']{0,3}\s{0,4}[=:>,?|(]{1,4}\s{0,8}[\\"'`]{0,3}(6L[A-Za-z0-9_-]{38})"#,
        )
        .open()
        .reaching(127)
    .told_by("reCAPTCHA's documentation: site and secret keys, 40 characters from 6L")
    },
    token(
        "riot_key",
        "Riot Games key",
        &["RGAPI-"],
        r"RGAPI-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
    )
    .reaching(58)
    .told_by("Riot's developer portal: RGAPI- and a UUID"),
    Detector {
        check: check::mixed,
        ..token(
            "sanity_token",
            "Sanity token",
            &["sanity", "SANITY", "Sanity"],
            r#"(?i)sanity[a-z0-9_. -]{0,24}[\\"']{0,3}\s{0,4}[=:>,?|(]{1,4}\s{0,8}[\\"'`]{0,3}(sk[A-Za-z0-9]{60,200})"#,
        )
        .open()
        .reaching(270)
    .told_by(SEEN)
    },
    random(
        "shipengine_key",
        "ShipEngine key",
        &["hipengine", "hipEngine", "HIPENGINE", "hip_engine", "HIP_ENGINE"],
        r#"(?i)hip_?engine[a-z0-9_. -]{0,24}[\\"']{0,3}\s{0,4}[=:>,?|(]{1,4}\s{0,8}[\\"'`]{0,3}((?:TEST_)?[A-Za-z0-9+/]{43})"#,
    )
    .open()
    .reaching(120)
    .told_by(SEEN),
    token(
        "shopify_other_token",
        "Shopify token",
        &["shptka_", "shpsca_"],
        r"shp(?:tka|sca)_[0-9a-fA-F]{32}",
    )
    .reaching(55)
    .told_by("Shopify's command line: theme access passwords, 39 characters"),
    token(
        "slack_workflow_token",
        "Slack workflow token",
        &["xwfp-"],
        r"xwfp-[0-9A-Za-z-]{20,200}",
    )
    .reaching(221)
    .told_by("Slack's documentation: workflow tokens; the length is left wide"),
    token(
        "socket_token",
        "Socket token",
        &["sktsec_"],
        r"sktsec_[A-Za-z0-9_-]{30,80}",
    )
    .reaching(103)
    .told_by(SEEN),
    token(
        "sourcegraph_other_token",
        "Sourcegraph token",
        &["sgd_", "slk_"],
        r"(?:sgd|slk)_[0-9a-f]{64}",
    )
    .reaching(84)
    .told_by("Sourcegraph's list of its token types"),
    token(
        "stytch_secret",
        "Stytch secret",
        &["secret-live-", "secret-test-"],
        r"secret-(?:live|test)-[A-Za-z0-9_-]{35}[A-Za-z0-9_=-]",
    )
    .reaching(65)
    .told_by(SEEN),
    token(
        "tally_key",
        "Tally key",
        &["tly-"],
        r"tly-[A-Za-z0-9]{32,64}",
    )
    .reaching(84)
    .told_by(WIDE),
    Detector {
        check: check::mixed,
        ..token(
            "tencent_secret_id",
            "Tencent Cloud secret id",
            &["AKID"],
            r"AKID[A-Za-z0-9]{32}",
        )
        .reaching(52)
    .told_by("Tencent Cloud's documentation: 36 characters from AKID")
    },
    token(
        "turbopuffer_key",
        "turbopuffer key",
        &["tpuf_"],
        r"tpuf_[A-Za-z0-9]{32,48}",
    )
    .reaching(69)
    .told_by(SEEN),
    token(
        "unleash_token",
        "Unleash token",
        &[":development.", ":production.", ":default."],
        r"(?:\*|\[\]|[a-z0-9_-]{2,32}):(?:development|production|default)\.[0-9a-f]{56}",
    )
    .leading(32)
    .reaching(117)
    .told_by("Unleash's documentation: project, environment, hash"),
    token(
        "upcloud_token",
        "UpCloud token",
        &["ucat_"],
        r"ucat_[0-9A-Z]{26}",
    )
    .reaching(47)
    .told_by(SEEN),
    token(
        "uptimerobot_key",
        "UptimeRobot key",
        &["ptimerobot", "ptimeRobot", "PTIMEROBOT", "ptime_robot", "PTIME_ROBOT"],
        r#"(?i)ptime_?robot[a-z0-9_. -]{0,24}[\\"']{0,3}\s{0,4}[=:>,?|(]{1,4}\s{0,8}[\\"'`]{0,3}([um][0-9]{6,9}-[0-9a-f]{24})"#,
    )
    .open()
    .reaching(108)
    .told_by("UptimeRobot's documentation: account and monitor keys"),
    token(
        "val_town_token",
        "Val Town token",
        &["vtwn_"],
        r"vtwn_[A-Za-z0-9]{24,40}",
    )
    .reaching(61)
    .told_by(WIDE),
];
