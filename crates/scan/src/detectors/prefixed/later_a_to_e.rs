//! Tokens with a beginning of their own, or of a shape that stands behind
//! their vendor's name: more vendors, from A to E.

use super::{SEEN, WIDE, random, token};
use crate::detectors::{Detector, Edge, check};

pub(super) const TABLE: &[Detector] = &[
    token(
        "ably_key",
        "Ably key",
        &["ABLY_", "ably_", "ably.", "ablyK", "ablyA"],
        r#"(?i)ably[a-z0-9_. -]{0,24}[\\"']{0,3}\s{0,4}[=:>,?|(]{1,4}\s{0,8}[\\"'`]{0,3}([A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{6}:[A-Za-z0-9_-]{16,43})"#,
    )
    .open()
    .reaching(123)
    .told_by("Ably's documentation: the key's name, a colon, its secret"),
    token(
        "app_store_shared_secret",
        "App Store shared secret",
        &["AppStore", "appstore", "APPSTORE", "app_store", "APP_STORE", "itunes", "iTunes", "ITUNES"],
        r#"(?i)(?:app_?store|itunes)[a-z_. -]{0,16}secret[\\"']{0,3}\s{0,4}[=:>,?|(]{1,4}\s{0,8}[\\"'`]{0,3}([0-9a-f]{32})"#,
    )
    .open()
    .reaching(101)
    .told_by("Apple's documentation: 32 hex digits"),
    token(
        "appwrite_key",
        "Appwrite key",
        &["standard_"],
        r"standard_[0-9a-f]{200,256}",
    )
    .reaching(281)
    .told_by(SEEN),
    token(
        "baidu_key",
        "Baidu Cloud key",
        &["bce-v3/ALTAK"],
        r"bce-v3/ALTAK(?:SP)?-[A-Za-z0-9]{20,24}/[0-9a-f]{40}",
    )
    .reaching(96)
    .told_by(SEEN),
    Detector {
        check: check::mixed,
        // Three letters stand in any base64.
        before: Edge::Token,
        after: Edge::Token,
        ..token(
            "brave_search_key",
            "Brave Search key",
            &["BSA"],
            r"BSA[A-Za-z0-9_-]{27,28}(?:[A-Za-z0-9_-]{12})?",
        )
        .reaching(59)
    .told_by(SEEN)
    },
    token(
        "brex_token",
        "Brex token",
        &["bxt_"],
        r"bxt_[A-Za-z0-9]{30,64}",
    )
    .reaching(84)
    .told_by(WIDE),
    token(
        "browserbase_key",
        "Browserbase key",
        &["bb_live_", "bb_test_"],
        r"bb_(?:live|test)_[A-Za-z0-9_-]{24,40}",
    )
    .reaching(64)
    .told_by(SEEN),
    token(
        "cal_com_key",
        "Cal.com key",
        &["cal_live_", "cal_test_"],
        r"cal_(?:live|test)_[0-9a-f]{32}",
    )
    .reaching(57)
    .told_by(SEEN),
    token(
        "cartesia_key",
        "Cartesia key",
        &["sk_car_"],
        r"sk_car_[A-Za-z0-9_-]{20,64}",
    )
    .reaching(87)
    .told_by(SEEN),
    token(
        "chromatic_token",
        "Chromatic project token",
        &["chpt_"],
        r"chpt_[0-9a-f]{14,16}",
    )
    .reaching(37)
    .told_by(SEEN),
    token(
        "cloudflare_tunnel_token",
        "Cloudflare tunnel token",
        &["eyJhIjoi"],
        r"eyJhIjoi[A-Za-z0-9+/]{100,400}={0,2}",
    )
    .open()
    .reaching(426)
    .told_by(SEEN),
    token(
        "cockroach_key",
        "CockroachDB Cloud key",
        &["CCDB1_"],
        r"CCDB1_[A-Za-z0-9]{22}_[A-Za-z0-9]{40}",
    )
    .reaching(85)
    .told_by("CockroachDB's Terraform provider: CCDB1_, 22 characters, 40 characters"),
    token(
        "configcat_key",
        "ConfigCat SDK key",
        &["configcat-sdk-"],
        r"configcat-sdk-[0-9]/[A-Za-z0-9_-]{22}/[A-Za-z0-9_-]{22}",
    )
    .reaching(77)
    .told_by("ConfigCat's SDKs: what they take for a key"),
    random(
        "confluent_secret",
        "Confluent secret",
        &["cflt"],
        r"cflt[A-Za-z0-9+/]{60}",
    )
    .reaching(80)
    .told_by(SEEN),
    token(
        "coralogix_key",
        "Coralogix key",
        &["cxtp_", "cxup_"],
        r"cx[tu]p_[A-Za-z0-9]{30}",
    )
    .reaching(51)
    .told_by(SEEN),
    token(
        "courier_key",
        "Courier key",
        &["pk_prod_", "pk_test_"],
        r"pk_(?:prod|test)_[A-Z0-9]{28}",
    )
    .reaching(52)
    .told_by(SEEN),
    token(
        "cursor_key",
        "Cursor key",
        &["crsr_"],
        r"crsr_[0-9A-Za-z]{40,64}",
    )
    .reaching(85)
    .told_by(WIDE),
    token(
        "databricks_other_token",
        "Databricks token",
        &["dkea", "dose", "dsapi"],
        r"(?:dkea|dose|dsapi)[0-9a-f]{32}(?:-[0-9])?",
    )
    .reaching(55)
    .told_by(WIDE),
    token(
        "deno_deploy_token",
        "Deno Deploy token",
        &["ddp_", "ddo_"],
        r"dd[po]_[A-Za-z0-9]{36}",
    )
    .reaching(56)
    .told_by(SEEN),
    token(
        "depot_token",
        "Depot token",
        &["depot_org_", "depot_user_", "depot_project_"],
        r"depot_(?:org|user|project)_[0-9A-Za-z]{40,80}",
    )
    .reaching(112)
    .told_by(WIDE),
    token(
        "devcycle_key",
        "DevCycle key",
        &["dvc_server_", "dvc_mobile_"],
        r"dvc_(?:server|mobile)_(?:[0-9a-f]{8}_[0-9a-f]{4}_[0-9a-f]{4}_[0-9a-f]{4}_[0-9a-f]{12}(?:_[0-9a-f]{6,8})?|[0-9a-f]{32,40})",
    )
    .reaching(84)
    .told_by(SEEN),
    token(
        "e2b_key",
        "E2B key",
        &["e2b_"],
        r"e2b_(?:[0-9a-f]{40}|[0-9a-z]{32})",
    )
    .reaching(60)
    .told_by(SEEN),
    token(
        "elastic_key",
        "Elastic Cloud key",
        &["essu_"],
        r"essu_[A-Za-z0-9+/_-]{60,140}={0,2}",
    )
    .open()
    .reaching(167)
    .told_by(SEEN),
    token(
        "exoscale_key",
        "Exoscale key",
        &["EXO"],
        r"EXO[0-9a-f]{24}(?:[0-9a-f]{2})?",
    )
    .reaching(45)
    .told_by(SEEN),
];
