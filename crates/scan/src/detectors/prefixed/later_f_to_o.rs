//! Tokens with a beginning of their own, or of a shape that stands behind
//! their vendor's name: more vendors, from F to O.

use super::{SEEN, WIDE, random, token};
use crate::detectors::{Detector, check};

pub(super) const TABLE: &[Detector] = &[
    Detector {
        check: check::mixed,
        ..token(
            "figma_oauth_token",
            "Figma OAuth token",
            &["figo_", "figor_", "figu_", "figur_"],
            r"fig(?:or?|ur?)_[A-Za-z0-9_-]{38,44}",
        )
        .reaching(66)
    .told_by(SEEN)
    },
    token(
        "firehydrant_token",
        "FireHydrant token",
        &["fhb-"],
        r"fhb-[0-9a-f]{32}",
    )
    .reaching(52)
    .told_by(WIDE),
    token(
        "ghost_admin_key",
        "Ghost Admin key",
        &["ghost", "GHOST", "Ghost"],
        r#"(?i)ghost[a-z0-9_. -]{0,24}[\\"']{0,3}\s{0,4}[=:>,?|(]{1,4}\s{0,8}[\\"'`]{0,3}([0-9a-f]{24}:[0-9a-f]{64})"#,
    )
    .open()
    .reaching(156)
    .told_by("Ghost's documentation: Admin API, id and secret in hex"),
    token(
        "gitlab_workspace_token",
        "GitLab workspace token",
        &["glwt-"],
        r"glwt-[A-Za-z0-9_-]{20,64}",
    )
    .reaching(85)
    .told_by("GitLab's documentation: token prefixes; the length is left wide"),
    Detector {
        check: check::mixed,
        ..token(
            "google_express_key",
            "Google Cloud express mode key",
            &["AQ.Ab"],
            r"AQ\.Ab[A-Za-z0-9_-]{40,60}",
        )
        .reaching(81)
    .told_by(SEEN)
    },
    Detector {
        check: check::mixed,
        ..token(
            "google_refresh_token",
            "Google OAuth refresh token",
            &["1//0"],
            r"1//0[A-Za-z0-9_-]{40,120}",
        )
        .reaching(140)
    .told_by(SEEN)
    },
    token(
        "healthchecks_key",
        "Healthchecks key",
        &["hcr_", "hcw_"],
        r"hc[rw]_[A-Za-z0-9]{28}",
    )
    .reaching(48)
    .told_by("Healthchecks's change of its keys' form: hcw_ and hcr_, 28 characters"),
    random(
        "jetbrains_token",
        "JetBrains token",
        &["perm:", "perm-"],
        r"perm[:-][A-Za-z0-9+/]{4,60}={0,2}\.[A-Za-z0-9+/-]{4,60}={0,2}\.[A-Za-z0-9]{20,60}",
    )
    .reaching(207)
    .told_by(SEEN),
    random(
        "laravel_key",
        "Laravel application key",
        &["APP_KEY"],
        r#"APP_KEY["']?[ \t]{0,3}[=:][ \t]{0,3}["']?base64:([A-Za-z0-9+/]{43}=)"#,
    )
    .open()
    .reaching(83)
    .told_by("Laravel's documentation: 32 bytes in base64"),
    token(
        "lichess_token",
        "Lichess token",
        &["lip_"],
        r"lip_[A-Za-z0-9]{20}",
    )
    .reaching(40)
    .told_by(SEEN),
    token(
        "linear_webhook_secret",
        "Linear webhook secret",
        &["lin_wh_"],
        r"lin_wh_[A-Za-z0-9]{32,64}",
    )
    .reaching(87)
    .told_by(SEEN),
    token(
        "mailgun_named_key",
        "Mailgun key",
        &["ailgun", "AILGUN"],
        r#"(?i)ailgun[a-z0-9_. -]{0,32}[\\"']{0,3}\s{0,4}[=:>,?|(]{1,4}\s{0,8}[\\"'`]{0,3}([0-9a-f]{32}-[0-9a-f]{8}-[0-9a-f]{8})"#,
    )
    .open()
    .reaching(126)
    .told_by("Mailgun's documentation: keys in three parts of hex"),
    Detector {
        check: check::mixed,
        ..token(
            "mandrill_key",
            "Mandrill key",
            &["mandrill", "MANDRILL", "Mandrill"],
            r#"(?i)mandrill[a-z0-9_. -]{0,24}[\\"']{0,3}\s{0,4}[=:>,?|(]{1,4}\s{0,8}[\\"'`]{0,3}(md-[A-Za-z0-9_-]{22})"#,
        )
        .open()
        .reaching(95)
    .told_by(SEEN)
    },
    token(
        "mem0_key",
        "Mem0 key",
        &["m0-"],
        r"m0-[A-Za-z0-9]{40}",
    )
    .reaching(59)
    .told_by(SEEN),
    token(
        "mixedbread_key",
        "Mixedbread key",
        &["mxb_"],
        r"mxb_[A-Za-z0-9]{28,64}",
    )
    .reaching(84)
    .told_by(SEEN),
    token(
        "namespace_token",
        "Namespace token",
        &["nsct_", "nsrt_"],
        r"ns[cr]t_[A-Za-z0-9_.-]{40,300}",
    )
    .reaching(321)
    .told_by(WIDE),
];
