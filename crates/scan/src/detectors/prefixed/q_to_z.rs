//! Tokens with a beginning of their own: vendors from Q to Z.

use super::{random, token};
use crate::detectors::{Detector, Edge, check, decoded, lead};

pub(super) const TABLE: &[Detector] = &[
    token(
        "ramp_token",
        "Ramp token",
        &["ramp_id_", "ramp_sec_"],
        r"ramp_(?:id|sec)_[A-Za-z0-9]{40,48}",
    ),
    token(
        "rancher_token",
        "Rancher token",
        &["token-"],
        r"token-[a-z0-9]{5}:[a-z0-9]{54}",
    ),
    token(
        "razorpay_key",
        "Razorpay key",
        &["rzp_live_", "rzp_test_"],
        r"rzp_(?:live|test)_[A-Za-z0-9]{14}",
    ),
    token("readme_key", "ReadMe key", &["rdme_"], r"rdme_[a-z0-9]{70}"),
    token(
        "render_key",
        "Render key",
        &["rnd_"],
        r"rnd_[A-Za-z0-9]{28,36}",
    ),
    token(
        "resend_key",
        "Resend key",
        &["re_"],
        r"re_[A-Za-z0-9]{8}_[A-Za-z0-9]{24}",
    ),
    token(
        "rootly_key",
        "Rootly key",
        &["rootly_"],
        r"rootly_[0-9a-f]{64}",
    ),
    random(
        "salesforce_token",
        "Salesforce access token",
        &["00D"],
        r"00D[A-Za-z0-9]{12,15}![A-Za-z0-9._]{80,160}",
    ),
    token(
        "scaleway_key",
        "Scaleway access key",
        &["SCW"],
        r"SCW[A-Z0-9]{17}",
    ),
    token(
        "scalingo_token",
        "Scalingo token",
        &["tk-us-"],
        r"tk-us-[A-Za-z0-9_-]{48}",
    ),
    token(
        "scrapfly_key",
        "Scrapfly key",
        &["scp-live-", "scp-test-"],
        r"scp-(?:live|test)-[0-9a-f]{32}",
    ),
    token(
        "segment_key",
        "Segment or Sourcegraph token",
        &["sgp_"],
        r"sgp_(?:[A-Fa-f0-9]{16}_|local_)?[A-Fa-f0-9]{40}(?:[A-Za-z0-9]{24})?",
    ),
    token(
        "settlemint_token",
        "SettleMint token",
        &["sm_aat_", "sm_pat_", "sm_sat_"],
        r"sm_(?:aat|pat|sat)_[A-Za-z0-9]{16}",
    ),
    token(
        "shippo_token",
        "Shippo token",
        &["shippo_"],
        r"shippo_(?:live|test)_[0-9a-fA-F]{40}",
    ),
    token(
        "sk_hex_key",
        "DeepSeek-style key",
        &["sk-"],
        r"sk-[0-9a-f]{32}",
    ),
    Detector {
        // `sk_SK` is Slovakia's, and in lists of files the next line has a digest.
        check: |key| check::random(key) && !key.starts_with(b"sk_SK"),
        goes_on: lead::as_long_as_a_key,
        ..random(
            "sk_underscore_key",
            "Secret key",
            &["sk_"],
            r"sk_(?:[a-z]{2,10}_)?[A-Za-z0-9]{32,64}",
        )
    },
    Detector {
        // Of capitals alone it is hex.
        check: check::mixed,
        before: Edge::Token,
        after: Edge::Token,
        ..token(
            "square_old_token",
            "Square token",
            &["EAAA"],
            r"EAAA[A-Za-z0-9_+=-]{56,62}",
        )
    },
    token(
        "stackhawk_key",
        "StackHawk key",
        &["hawk."],
        r"hawk\.[A-Za-z0-9_-]{20}\.[A-Za-z0-9_-]{20}",
    ),
    token(
        "tailscale_key",
        "Tailscale key",
        &["tskey-"],
        r"tskey-(?:auth|api|client|scim|webhook)-[A-Za-z0-9]{10,20}-[A-Za-z0-9]{20,40}",
    ),
    token(
        "tavily_key",
        "Tavily key",
        &["tvly-"],
        r"tvly-(?:dev-|prod-)?[A-Za-z0-9]{30,36}",
    ),
    token(
        "teamcity_token",
        "TeamCity token",
        &["eyJ0eXAiOiAiVENWMiJ9."],
        r"eyJ0eXAiOiAiVENWMiJ9\.[A-Za-z0-9_-]{36}\.[A-Za-z0-9_-]{48}",
    ),
    token(
        "teams_webhook",
        "Microsoft Teams webhook address",
        &["IncomingWebhook/"],
        r"IncomingWebhook/([0-9a-f]{32}/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})",
    ),
    token(
        "teamwork_token",
        "Teamwork token",
        &["tkn.v1_"],
        r"tkn\.v1_[A-Za-z0-9]{60,120}={0,2}",
    ),
    Detector {
        before: Edge::Any,
        after: Edge::Token,
        ..token(
            "telegram_named_token",
            "Telegram bot token",
            &["elegram", "ELEGRAM"],
            r#"(?i)elegram[a-z_. -]{0,24}[\\"']{0,3}\s{0,4}[=:>,?|(]{1,4}\s{0,8}[\\"'`]{0,3}([0-9]{5,16}:A[A-Za-z0-9_-]{34})"#,
        )
    },
    token(
        "telnyx_key",
        "Telnyx key",
        &["KEY0", "KEYU"],
        r"KEY[0U][0-9A-Za-z_-]{54}",
    ),
    token(
        "tines_webhook",
        "Tines webhook address",
        &["tines.com/webhook/"],
        r"tines\.com/webhook/([0-9a-z]{32}/[0-9a-z]{32})",
    ),
    token(
        "trello_token",
        "Trello token",
        &["ATTA"],
        r"ATTA[0-9a-zA-Z]{72}",
    ),
    token(
        "truenas_key",
        "TrueNAS key",
        &["auth.login_with_api_key"],
        r#"auth\.login_with_api_key"[ \n]{0,12},[ \n]{0,12}"params"[ \n]{0,3}:[ \n]{0,12}\[[ \n]{0,12}"([0-9]{1,3}-[A-Za-z0-9]{64})"#,
    ),
    token(
        "twitter_bearer",
        "Twitter bearer token",
        &["AAAAAAAAAAAAAAAAAAAAA"],
        r"A{21,23}[A-Za-z0-9%]{80,110}",
    )
    .apart_from_base64(),
    token(
        "typeform_token",
        "Typeform token",
        &["tfp_"],
        r"tfp_[A-Za-z0-9_.=-]{40,60}",
    ),
    token(
        "unkey_key",
        "Unkey key",
        &["unkey_"],
        r"unkey_[A-Za-z0-9]{22,30}",
    ),
    token(
        "vercel_token",
        "Vercel token",
        &["vcp_", "vci_", "vca_", "vcr_", "vck_", "vercel_blob_rw_"],
        r"(?:vc[piark]_[A-Za-z0-9]{56}|vercel_blob_rw_[A-Za-z0-9]{16}_[A-Za-z0-9]{30})",
    ),
    token(
        "volcengine_key",
        "Volcengine key",
        &["AKLT"],
        r"AKLT[A-Za-z0-9_-]{40,50}",
    ),
    token(
        "voyage_key",
        "Voyage AI key",
        &["pa-"],
        r"pa-[A-Za-z0-9_-]{43}",
    ),
    token(
        "weights_biases_key",
        "Weights & Biases key",
        &["wandb_v1_"],
        r"wandb_v1_[A-Za-z0-9_]{70,90}",
    ),
    token(
        "wireguard_preshared",
        "WireGuard key",
        &["PresharedKey", "PrivateKey"],
        r"Pr(?:eshared|ivate)Key[ \n]{0,4}=[ \n]{0,4}([A-Za-z0-9+/]{43}=)",
    ),
    token(
        "yandex_token",
        "Yandex Cloud token",
        &["t1.", "y0_", "AQVN", "YCA", "YCP", "YCM", "YCN"],
        r"(?:t1\.(?:[A-Za-z0-9_-]{1,40}|9eu[A-Za-z0-9_-]{20,200})={0,2}\.[A-Za-z0-9_-]{86}={0,2}|y0_[A-Za-z0-9_-]{39,58}|AQVN[A-Za-z0-9_-]{35,38}|YC[APMN][A-Za-z0-9_-]{36,38})",
    )
    .apart_from_base64(),
    token(
        "zapier_webhook",
        "Zapier webhook address",
        &["hooks.zapier.com/hooks/catch/"],
        r"hooks\.zapier\.com/hooks/catch/([0-9]{4,12}/[A-Za-z0-9]{4,12})",
    ),
    token(
        "zuplo_key",
        "Zuplo key",
        &["zpka_"],
        r"zpka_[A-Za-z0-9]{32}_[A-Za-z0-9]{8}",
    ),
    Detector {
        check: decoded::password_hash,
        ..token(
            "unix_password_hash",
            "Password hash",
            &[
                "$1$", "$2a$", "$2b$", "$2y$", "$5$", "$6$", "$y$", "$7$", "$8$", "$9$", "$apr1$",
                "$argon2", "$P$", "$H$", "{SSHA", "{SHA", "pbkdf2_sha",
            ],
            r"(?:\{S?SHA(?:256|512)?\}[A-Za-z0-9+/]{27,120}={0,2}|pbkdf2_sha(?:1|256|512)\$[0-9]{3,8}\$[A-Za-z0-9]{4,40}\$[A-Za-z0-9+/]{27,90}={0,2}|\$[PH]\$[./A-Za-z0-9]{31}|\$(?:1\$[./A-Za-z0-9]{1,8}\$[./A-Za-z0-9]{22}|apr1\$[./A-Za-z0-9]{1,8}\$[./A-Za-z0-9]{22}|2[aby]\$[0-9]{2}\$[./A-Za-z0-9]{53}|5\$(?:rounds=[0-9]{1,9}\$)?[./A-Za-z0-9]{1,16}\$[./A-Za-z0-9]{43}|6\$(?:rounds=[0-9]{1,9}\$)?[./A-Za-z0-9]{1,16}\$[./A-Za-z0-9]{86}|y\$[./A-Za-z0-9]{1,8}\$[./A-Za-z0-9]{1,86}\$[./A-Za-z0-9]{43}|7\$[./A-Za-z0-9]{11,97}\$[./A-Za-z0-9]{43}|[89]\$[./A-Za-z0-9]{14}\$[./A-Za-z0-9]{43}|argon2(?:id|i|d)\$v=[0-9]{1,3}\$m=[0-9]{1,9},t=[0-9]{1,4},p=[0-9]{1,3}\$[A-Za-z0-9+/_-]{11,64}\$[A-Za-z0-9+/_-]{16,86}))",
        )
    },
    Detector {
        after: Edge::Any,
        ..token(
            "kerberos_hash",
            "Kerberos ticket for cracking",
            &["$krb5asrep$", "$krb5tgs$", "$krb5pa$"],
            r"\$krb5(?:asrep|tgs|pa)\$[0-9]{1,2}\$[A-Za-z0-9@.$*/_:-]{4,120}?\$[0-9a-f]{32,150}",
        )
    },
];
