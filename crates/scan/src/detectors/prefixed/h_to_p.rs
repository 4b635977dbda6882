//! Tokens with a beginning of their own: vendors from H to P.

use super::token;
use crate::detectors::Detector;

pub(super) const TABLE: &[Detector] = &[
    token(
        "harness_token",
        "Harness token",
        &["pat.", "sat."],
        r"[ps]at\.[A-Za-z0-9_-]{22}\.[0-9a-f]{24}\.[A-Za-z0-9]{20}",
    ),
    token(
        "heroku_key",
        "Heroku API key",
        &["HRKU-"],
        r"HRKU-[A-Za-z0-9_-]{36,64}",
    ),
    token(
        "hubspot_token",
        "HubSpot private app token",
        &["pat-na", "pat-eu"],
        r"pat-(?:na|eu)[0-9]-[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}",
    ),
    token(
        "infracost_key",
        "Infracost key",
        &["ico-"],
        r"ico-[A-Za-z0-9]{32}",
    ),
    token(
        "intra42_secret",
        "42 intra client secret",
        &["s-s4t2"],
        r"s-s4t2(?:ud|af)-[0-9a-f]{64}",
    ),
    token(
        "ionic_token",
        "Ionic token",
        &["ion_"],
        r"ion_[A-Za-z0-9]{42}",
    ),
    token(
        "jina_key",
        "Jina AI key",
        &["jina_"],
        r"jina_[A-Za-z0-9_-]{60}",
    ),
    token("klaviyo_key", "Klaviyo key", &["pk_"], r"pk_[0-9a-f]{34}"),
    token(
        "kubernetes_bootstrap_token",
        "Kubernetes bootstrap token",
        &[
            "bootstrap-token",
            "BOOTSTRAP_TOKEN",
            "bootstrap_token",
            "kubeadm join",
        ],
        r#"(?:bootstrap[-_]token|BOOTSTRAP_TOKEN|kubeadm join[^\n]{1,60}--token)["']{0,2}[ :=]{1,4}["']{0,2}([a-z0-9]{6}\.[a-z0-9]{16})"#,
    ),
    token(
        "langfuse_key",
        "Langfuse key",
        &["sk-lf-"],
        r"sk-lf-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
    ),
    token(
        "langsmith_key",
        "LangSmith key",
        &["lsv2_"],
        r"lsv2_(?:pt|sk)_[0-9a-f]{32}_[0-9a-f]{10}",
    ),
    token(
        "launchdarkly_key",
        "LaunchDarkly key",
        &["sdk-", "api-", "mob-"],
        r"(?:sdk|api|mob)-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
    ),
    token(
        "mailersend_key",
        "MailerSend key",
        &["mlsn."],
        r"mlsn\.[0-9a-f]{64}",
    ),
    token(
        "mapbox_secret_token",
        "Mapbox secret token",
        &["sk.eyJ1"],
        r"sk\.eyJ1[A-Za-z0-9_-]{30,160}\.[A-Za-z0-9_-]{20,24}",
    ),
    Detector {
        lead: 36,
        ..token(
            "maxmind_key",
            "MaxMind licence key",
            &["_mmk"],
            r"[A-Za-z0-9]{6}_[A-Za-z0-9]{29}_mmk",
        )
    },
    token(
        "mercury_token",
        "Mercury token",
        &["secret-token:"],
        r"secret-token:mercury_(?:production|sandbox)_[A-Za-z0-9_]{30,90}",
    ),
    token(
        "mongodb_service_secret",
        "MongoDB Atlas service account secret",
        &["mdb_sa_sk_"],
        r"mdb_sa_sk_[A-Za-z0-9_-]{40}",
    ),
    token("neon_key", "Neon key", &["napi_"], r"napi_[a-z0-9]{64}"),
    token(
        "netlify_token",
        "Netlify token",
        &["nfp_", "nfo_", "nfc_", "nfu_", "nfb_"],
        r"nf[pcoub]_[A-Za-z0-9]{36}",
    ),
    token(
        "ngrok_token",
        "ngrok key",
        &["ak_2", "cr_2"],
        r"(?:ak|cr)_2[A-Za-z0-9]{26}_?[A-Za-z0-9]{0,24}",
    ),
    token(
        "nightfall_key",
        "Nightfall key",
        &["NF-"],
        r"NF-[A-Za-z0-9]{32}",
    ),
    token(
        "notion_old_token",
        "Notion token",
        &["secret_"],
        r"secret_[A-Za-z0-9]{43}",
    ),
    token(
        "nvidia_key",
        "NVIDIA API key",
        &["nvapi-"],
        r"nvapi-[A-Za-z0-9_-]{60,70}",
    ),
    token(
        "nylas_key",
        "Nylas v3 key",
        &["nyk_v0_"],
        r"nyk_v0_[A-Za-z0-9]{64}",
    ),
    token(
        "octopus_key",
        "Octopus Deploy key",
        &["API-"],
        r"API-[A-Z0-9]{26,27}",
    ),
    token(
        "onepassword_secret_key",
        "1Password secret key",
        &["A3-"],
        r"A3-[A-Z0-9]{6}-(?:[A-Z0-9]{11}|[A-Z0-9]{6}-[A-Z0-9]{5})-[A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{5}",
    ),
    token(
        "onepassword_service_token",
        "1Password service account token",
        &["ops_eyJ"],
        r"ops_eyJ[A-Za-z0-9+/]{200,280}={0,3}",
    ),
    token(
        "onfido_token",
        "Onfido token",
        &["api_live.", "api_live_us.", "api_live_ca.", "api_sandbox."],
        r"api_(?:live(?:_us|_ca)?|sandbox)\.[A-Za-z0-9_-]{11}\.[A-Za-z0-9_-]{32}",
    ),
    token(
        "openshift_token",
        "OpenShift token",
        &["sha256~"],
        r"sha256~[A-Za-z0-9_-]{43}",
    ),
    token(
        "openvsx_token",
        "Open VSX token",
        &["ovsxat_", "ovsxp_"],
        r"ovsx(?:at|p)_[0-9a-f-]{36}",
    ),
    token(
        "paddle_key",
        "Paddle key",
        &["pdl_"],
        r"pdl_(?:live|sdbx)_apikey_[a-z0-9]{26}_[A-Za-z0-9]{22}_[A-Za-z0-9]{3}",
    ),
    token(
        "paypal_braintree_token",
        "Braintree access token",
        &["access_token$production$", "access_token$sandbox$"],
        r"access_token\$(?:production|sandbox)\$[a-z0-9]{16}\$[0-9a-f]{32}",
    ),
    token(
        "persona_key",
        "Persona key",
        &["persona_"],
        r"persona_(?:sandbox|production)_[0-9a-f-]{36}",
    ),
    token(
        "pinecone_key",
        "Pinecone key",
        &["pcsk_"],
        r"pcsk_[A-Za-z0-9]{5,8}_[A-Za-z0-9]{60,66}",
    ),
    token(
        "plaid_token",
        "Plaid access token",
        &[
            "access-sandbox-",
            "access-development-",
            "access-production-",
        ],
        r"access-(?:sandbox|development|production)-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
    ),
    token(
        "polar_token",
        "Polar token",
        &["polar_"],
        r"polar_(?:oat|pat|cs|at)_[A-Za-z0-9]{40,60}",
    ),
    token(
        "posthog_key",
        "PostHog personal key",
        &["phx_"],
        r"phx_[A-Za-z0-9]{40,50}",
    ),
    token(
        "prefect_key",
        "Prefect key",
        &["pnu_", "pnb_"],
        r"pn[ub]_[A-Za-z0-9]{36}",
    ),
    token(
        "pubnub_key",
        "PubNub key",
        &["sub-c-", "pub-c-", "sec-c-"],
        r"(?:[sp]ub-c-[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}|sec-c-[A-Za-z0-9]{48})",
    ),
];
