//! Tokens that begin with letters of their own, in short form: an id, a title,
//! the beginnings, the whole pattern, and where the facts are from. Their
//! examples are made from the pattern by the test that walks the table.

use super::{Detector, Edge, TOKEN, check};

const fn token(
    id: &'static str,
    title: &'static str,
    keywords: &'static [&'static str],
    pattern: &'static str,
) -> Detector {
    Detector {
        id,
        title,
        keywords,
        pattern,
        before: Edge::Word,
        after: Edge::Word,
        check: check::filled,
        source: "the vendor's documentation: prefix, length and alphabet of its tokens",
        ..TOKEN
    }
}

/// Tokens whose beginning is short or common: what follows must be random.
const fn random(
    id: &'static str,
    title: &'static str,
    keywords: &'static [&'static str],
    pattern: &'static str,
) -> Detector {
    Detector {
        check: check::random,
        ..token(id, title, keywords, pattern)
    }
}

pub(super) const TABLE: &[Detector] = &[
    token(
        "onepassword_service_token",
        "1Password service account token",
        &["ops_eyJ"],
        r"ops_eyJ[A-Za-z0-9+/]{200,280}={0,3}",
    ),
    token(
        "onepassword_secret_key",
        "1Password secret key",
        &["A3-"],
        r"A3-[A-Z0-9]{6}-(?:[A-Z0-9]{11}|[A-Z0-9]{6}-[A-Z0-9]{5})-[A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{5}",
    ),
    token(
        "adafruit_key",
        "Adafruit IO key",
        &["aio_"],
        r"aio_[A-Za-z0-9]{28}",
    ),
    token(
        "adobe_secret",
        "Adobe client secret",
        &["p8e-", "p8-"],
        r"p8e?-[A-Za-z0-9_-]{32}",
    ),
    token(
        "airbyte_token",
        "Airbyte token",
        &["ab_pat_"],
        r"ab_pat_[A-Za-z0-9]{32,64}",
    ),
    token(
        "alibaba_access_key_id",
        "Alibaba Cloud access key id",
        &["LTAI"],
        r"LTAI[A-Za-z0-9]{12,26}",
    ),
    random(
        "amazon_bedrock_key",
        "Amazon Bedrock API key",
        &["ABSK"],
        r"ABSK[A-Za-z0-9+/]{109,250}={0,2}",
    ),
    random(
        "amazon_mws_token",
        "Amazon marketplace token",
        &["amzn.mws."],
        r"amzn\.mws\.[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
    ),
    token(
        "amazon_client_secret",
        "Amazon OAuth client secret",
        &["amzn1.oa2-cs."],
        r"amzn1\.oa2-cs\.v1\.[0-9a-f]{64}",
    ),
    token(
        "apify_token",
        "Apify token",
        &["apify_api_", "apify_ui_"],
        r"apify_(?:api|ui)_[A-Za-z0-9]{30,42}",
    ),
    token(
        "artifactory_key",
        "Artifactory API key",
        &["AKCp"],
        r"AKCp[A-Za-z0-9]{64,70}",
    ),
    token(
        "artifactory_reference_token",
        "Artifactory reference token",
        &["cmVmd"],
        r"cmVmd[A-Za-z0-9]{59}",
    ),
    random(
        "asana_token",
        "Asana personal access token",
        &["0/1", "1/1", "2/1"],
        r"[0-2]/1[0-9]{14,16}(?:/[0-9]{16})?:[0-9a-f]{32}",
    ),
    Detector {
        lead: 76,
        ..random(
            "azure_devops_token",
            "Azure DevOps token",
            &["AZDO"],
            r"[A-Za-z0-9]{76}AZDO[A-Za-z0-9]{4}",
        )
    },
    Detector {
        lead: 3,
        ..random(
            "azure_ad_secret",
            "Microsoft Entra client secret",
            &["8Q~", "7Q~"],
            r"[A-Za-z0-9_~.]{3}[78]Q~[A-Za-z0-9_~.-]{31,34}",
        )
    },
    Detector {
        lead: 44,
        ..random(
            "azure_function_key",
            "Azure function key",
            &["AzFu"],
            r"[A-Za-z0-9_-]{44}AzFu[A-Za-z0-9_=-]{8}",
        )
    },
    Detector {
        lead: 42,
        ..random(
            "azure_search_key",
            "Azure AI Search key",
            &["AzSe"],
            r"[A-Za-z0-9]{42}AzSe[A-Za-z0-9]{6}",
        )
    },
    Detector {
        lead: 76,
        ..random(
            "azure_storage_account_key",
            "Azure storage account key",
            &["+ASt"],
            r"[A-Za-z0-9+/]{76}\+ASt[A-Za-z0-9+/]{6}==",
        )
    },
    Detector {
        lead: 76,
        ..random(
            "azure_cosmos_key",
            "Azure Cosmos DB key",
            &["ACDb"],
            r"[A-Za-z0-9+/]{76}ACDb[A-Za-z0-9+/]{6}==",
        )
    },
    Detector {
        lead: 42,
        ..random(
            "azure_container_key",
            "Azure container registry key",
            &["+ACR"],
            r"[A-Za-z0-9+/]{42}\+ACR[A-Za-z0-9]{6}",
        )
    },
    token(
        "betterstack_token",
        "Better Stack token",
        &["uptime_"],
        r"uptime_[A-Za-z0-9]{32,40}",
    ),
    token(
        "brevo_key",
        "Brevo key",
        &["xkeysib-", "xsmtpsib-"],
        r"x(?:keysib|smtpsib)-[0-9a-f]{64}-[A-Za-z0-9]{16}",
    ),
    token(
        "buildkite_other_token",
        "Buildkite token",
        &["bkaj_", "bkct_", "bkpt_"],
        r"bk(?:aj|ct|pt)_[0-9a-zA-Z]{40,64}",
    ),
    token(
        "canva_token",
        "Canva token",
        &["cnvca"],
        r"cnvca[A-Za-z0-9_-]{40,60}",
    ),
    token(
        "circleci_token",
        "CircleCI token",
        &["CCIPAT_", "CCIPRJ_"],
        r"CCIP(?:AT|RJ)_[A-Za-z0-9]{20,24}_[0-9a-z]{40}",
    ),
    token(
        "clickup_token",
        "ClickUp token",
        &["pk_"],
        r"pk_[0-9]{6,9}_[0-9A-Z]{32}",
    ),
    token(
        "clojars_token",
        "Clojars token",
        &["CLOJARS_"],
        r"CLOJARS_[a-z0-9]{60}",
    ),
    token(
        "cloudflare_origin_key",
        "Cloudflare origin CA key",
        &["v1.0-"],
        r"v1\.0-[0-9a-f]{24}-[0-9a-f]{146}",
    ),
    token(
        "cloudflare_token",
        "Cloudflare token",
        &["cfut_", "cfat_", "cfk_"],
        r"cf(?:ut|at|k)_[A-Za-z0-9]{40,48}",
    ),
    token("cohere_key", "Cohere key", &["co_"], r"co_[A-Za-z0-9]{40}"),
    token(
        "contentful_token",
        "Contentful token",
        &["CFPAT-"],
        r"CFPAT-[A-Za-z0-9_-]{43,64}",
    ),
    token(
        "datastax_token",
        "Astra DB token",
        &["AstraCS:"],
        r"AstraCS:[A-Za-z0-9]{24}:[0-9a-f]{64}",
    ),
    token(
        "sk_hex_key",
        "DeepSeek-style key",
        &["sk-"],
        r"sk-[0-9a-f]{32}",
    ),
    token(
        "defined_networking_token",
        "Defined Networking token",
        &["dnkey-"],
        r"dnkey-[a-z0-9=_-]{26}-[a-z0-9=_-]{52}",
    ),
    token(
        "dependency_track_key",
        "Dependency-Track key",
        &["odt_"],
        r"odt_(?:[A-Za-z0-9]{8}_)?[A-Za-z0-9]{32,36}",
    ),
    token(
        "dfuse_key",
        "dfuse key",
        &["web_", "server_", "mobile_"],
        r"(?:web|server|mobile)_[0-9a-f]{32}",
    ),
    token(
        "discord_mfa_token",
        "Discord MFA token",
        &["mfa."],
        r"mfa\.[A-Za-z0-9_-]{84}",
    ),
    token(
        "duffel_token",
        "Duffel token",
        &["duffel_"],
        r"duffel_(?:test|live)_[A-Za-z0-9_=-]{43}",
    ),
    token(
        "easypost_key",
        "EasyPost key",
        &["EZAK", "EZTK"],
        r"EZ[AT]K[A-Za-z0-9]{54}",
    ),
    token(
        "elevenlabs_key",
        "ElevenLabs key",
        &["sk_"],
        r"sk_[0-9a-f]{48}",
    ),
    random(
        "sk_underscore_key",
        "Secret key",
        &["sk_"],
        r"sk_(?:[a-z]{2,10}_)?[A-Za-z0-9]{32,64}",
    ),
    token(
        "endorlabs_key",
        "Endor Labs key",
        &["endr+"],
        r"endr\+[A-Za-z0-9-]{16}",
    ),
    token(
        "expo_token",
        "Expo token",
        &["expo_"],
        r"expo_[A-Za-z0-9_-]{36,48}",
    ),
    token(
        "facebook_token",
        "Facebook access token",
        &["EAACEdEose0cBA", "EAAC", "EAAB", "EAAG", "EAAM"],
        r"EAA[BCGM][A-Za-z0-9]{80,280}",
    ),
    token(
        "figma_old_token",
        "Figma token",
        &["figma"],
        r#"(?i)figma[a-z_. -]{0,24}["']{0,2}\s{0,4}[:=]{1,2}\s{0,4}["']{0,2}([0-9]{4,6}-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})"#,
    ),
    token(
        "flutterwave_key",
        "Flutterwave key",
        &["FLWSECK", "FLWPUBK"],
        r"FLW(?:SECK|PUBK)(?:_TEST)?-[0-9A-Za-z]{12,40}(?:-X)?",
    ),
    token(
        "frameio_token",
        "Frame.io token",
        &["fio-u-"],
        r"fio-u-[A-Za-z0-9=_-]{64}",
    ),
    token(
        "gitlab_runner_registration",
        "GitLab runner registration token",
        &["GR1348941"],
        r"GR1348941[A-Za-z0-9_-]{20,22}",
    ),
    token(
        "gitlab_session",
        "GitLab session cookie",
        &["_gitlab_session="],
        r"_gitlab_session=[0-9a-f]{32}",
    ),
    token(
        "gocardless_token",
        "GoCardless token",
        &["live_", "sandbox_"],
        r"(?:live|sandbox)_[A-Za-z0-9_=-]{40}",
    ),
    token(
        "grafana_api_key",
        "Grafana API key",
        &["eyJrIjoi"],
        r"eyJrIjoi[A-Za-z0-9_=-]{42,300}",
    ),
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
        r"jina_[A-Za-z0-9]{60}",
    ),
    token("klaviyo_key", "Klaviyo key", &["pk_"], r"pk_[0-9a-f]{34}"),
    token(
        "fireworks_key",
        "Fireworks AI key",
        &["fw_"],
        r"fw_[A-Za-z0-9]{22,24}",
    ),
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
        "lob_key",
        "Lob key",
        &["test_", "live_"],
        r"(?:test|live)_(?:pub_)?[0-9a-f]{35}",
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
        "nightfall_key",
        "Nightfall key",
        &["NF-"],
        r"NF-[A-Za-z0-9]{32}",
    ),
    token(
        "ngrok_token",
        "ngrok key",
        &["ak_2", "cr_2"],
        r"(?:ak|cr)_2[A-Za-z0-9]{26}_?[A-Za-z0-9]{0,24}",
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
        "polar_token",
        "Polar token",
        &["polar_"],
        r"polar_(?:oat|pat|cs|at)_[A-Za-z0-9]{40,60}",
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
        &["ovsxat_"],
        r"ovsxat_[0-9a-f-]{36}",
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
    token(
        "rancher_token",
        "Rancher token",
        &["token-"],
        r"token-[a-z0-9]{5}:[a-z0-9]{54}",
    ),
    token(
        "ramp_token",
        "Ramp token",
        &["ramp_id_", "ramp_sec_"],
        r"ramp_(?:id|sec)_[A-Za-z0-9]{40,48}",
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
    token(
        "salesforce_token",
        "Salesforce access token",
        &["00D"],
        r"00D[A-Za-z0-9]{12,15}![A-Za-z0-9._]{80,160}",
    ),
    token(
        "scalingo_token",
        "Scalingo token",
        &["tk-us-"],
        r"tk-us-[A-Za-z0-9_-]{48}",
    ),
    token(
        "scaleway_key",
        "Scaleway access key",
        &["SCW"],
        r"SCW[A-Z0-9]{17}",
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
        "square_old_token",
        "Square token",
        &["EAAA"],
        r"EAAA[A-Za-z0-9_+=-]{56,62}",
    ),
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
        "teamwork_token",
        "Teamwork token",
        &["tkn.v1_"],
        r"tkn\.v1_[A-Za-z0-9]{60,120}={0,2}",
    ),
    token(
        "anthropic_whole_key",
        "Anthropic API key",
        &["sk-ant-api03-", "sk-ant-admin01-"],
        r"sk-ant-(?:api03|admin01)-[A-Za-z0-9_-]{93}AA",
    ),
    token(
        "tavily_key",
        "Tavily key",
        &["tvly-"],
        r"tvly-(?:dev-|prod-)?[A-Za-z0-9]{30,36}",
    ),
    Detector {
        before: Edge::Any,
        ..token(
            "telegram_named_token",
            "Telegram bot token",
            &["elegram", "ELEGRAM"],
            r#"(?i)elegram[a-z_. -]{0,24}[\\"']{0,3}\s{0,4}(?:=>|:=|=|:|,|>)\s{0,8}[\\"'`]{0,3}([0-9]{5,16}:A[A-Za-z0-9_-]{34})"#,
        )
    },
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
    ),
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
        r"(?:t1\.[A-Z0-9a-z_-]{1,40}={0,2}\.[A-Za-z0-9_-]{86}={0,2}|y0_[A-Za-z0-9_-]{39,58}|AQVN[A-Za-z0-9_-]{35,38}|YC[APMN][A-Za-z0-9_-]{36,38})",
    ),
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
    token(
        "unix_password_hash",
        "Password hash",
        &[
            "$1$", "$2a$", "$2b$", "$2y$", "$5$", "$6$", "$y$", "$7$", "$8$", "$9$", "$apr1$",
            "$argon2",
        ],
        r"\$(?:1\$[./A-Za-z0-9]{1,8}\$[./A-Za-z0-9]{22}|apr1\$[./A-Za-z0-9]{1,8}\$[./A-Za-z0-9]{22}|2[aby]\$[0-9]{2}\$[./A-Za-z0-9]{53}|5\$(?:rounds=[0-9]{1,9}\$)?[./A-Za-z0-9]{1,16}\$[./A-Za-z0-9]{43}|6\$(?:rounds=[0-9]{1,9}\$)?[./A-Za-z0-9]{1,16}\$[./A-Za-z0-9]{86}|y\$[./A-Za-z0-9]{1,8}\$[./A-Za-z0-9]{1,86}\$[./A-Za-z0-9]{43}|7\$[./A-Za-z0-9]{11,97}\$[./A-Za-z0-9]{43}|[89]\$[./A-Za-z0-9]{14}\$[./A-Za-z0-9]{43}|argon2(?:id|i|d)\$v=[0-9]{1,3}\$m=[0-9]{1,9},t=[0-9]{1,4},p=[0-9]{1,3}\$[A-Za-z0-9+/]{11,64}\$[A-Za-z0-9+/]{16,86})",
    ),
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
