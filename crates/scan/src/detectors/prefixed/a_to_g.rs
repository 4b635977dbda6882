//! Tokens with a beginning of their own: vendors from A to G.

use super::{random, token};
use crate::detectors::{Detector, check};

pub(super) const TABLE: &[Detector] = &[
    token(
        "adafruit_key",
        "Adafruit IO key",
        &["aio_"],
        r"aio_[A-Za-z0-9]{28}",
    ),
    Detector {
        // Two letters and a dash begin many a name.
        check: check::mixed,
        ..token(
            "adobe_secret",
            "Adobe client secret",
            &["p8e-", "p8-"],
            r"p8e?-[A-Za-z0-9_-]{32}",
        )
    },
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
    token(
        "amazon_client_secret",
        "Amazon OAuth client secret",
        &["amzn1.oa2-cs."],
        r"amzn1\.oa2-cs\.v1\.[0-9a-f]{64}",
    ),
    random(
        "amazon_mws_token",
        "Amazon marketplace token",
        &["amzn.mws."],
        r"amzn\.mws\.[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
    ),
    token(
        "anthropic_whole_key",
        "Anthropic API key",
        &["sk-ant-api03-", "sk-ant-admin01-"],
        r"sk-ant-(?:api03|admin01)-[A-Za-z0-9_-]{93}AA",
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
        lead: 3,
        ..random(
            "azure_ad_secret",
            "Microsoft Entra client secret",
            &["8Q~", "7Q~"],
            r"[A-Za-z0-9_~.]{3}[78]Q~[A-Za-z0-9_~.-]{31,34}",
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
        lead: 76,
        ..token(
            "azure_devops_token",
            "Azure DevOps token",
            &["AZDO"],
            r"[A-Za-z0-9]{76}AZDO[A-Za-z0-9]{4}",
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
        "defined_networking_token",
        "Defined Networking token",
        &["dnkey-"],
        r"dnkey-[A-Za-z0-9=_-]{26}-[A-Za-z0-9=_-]{52}",
    ),
    token(
        "dependency_track_key",
        "Dependency-Track key",
        &["odt_"],
        r"odt_(?:[A-Za-z0-9]{8}_)?[A-Za-z0-9]{32,36}",
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
    )
    .apart_from_base64(),
    token(
        "figma_old_token",
        "Figma token",
        &["figma"],
        r#"(?i)figma[a-z_. -]{0,24}["']{0,2}\s{0,4}[:=]{1,2}\s{0,4}["']{0,2}([0-9]{4,6}-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})"#,
    ),
    token(
        "fireworks_key",
        "Fireworks AI key",
        &["fw_"],
        r"fw_[A-Za-z0-9]{22,24}",
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
];
