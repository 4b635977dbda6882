//! Tokens with a beginning of their own: vendors that came later, and parts of
//! tools that have no vendor.

use super::{random, token};
use crate::detectors::{Detector, check};

pub(super) const TABLE: &[Detector] = &[
    token(
        "adyen_key",
        "Adyen API key",
        &["AQE"],
        r"AQE[a-z]hmfuXNWTK0Qc\+[A-Za-z0-9+/=-]{60,160}",
    ),
    token(
        "aiven_password",
        "Aiven service password",
        &["AVNS_"],
        r"AVNS_[A-Za-z0-9_-]{18,24}",
    ),
    token(
        "akamai_token",
        "Akamai token",
        &["akab-"],
        r"akab-[a-z0-9]{16}-[a-z0-9]{16}",
    ),
    token(
        "anyscale_key",
        "Anyscale key",
        &["esecret_", "aph0_"],
        r"(?:esecret|aph0)_[A-Za-z0-9_-]{24,64}",
    ),
    token(
        "authress_key",
        "Authress service key",
        &[".acc-", ".acc_"],
        r"(?:sc|ext|scauth|authress)_[A-Za-z0-9]{5,30}\.[A-Za-z0-9]{4,6}\.acc[_-][A-Za-z0-9-]{10,32}\.[A-Za-z0-9+/_=-]{30,120}",
    )
    .leading(48),
    token(
        "axiom_token",
        "Axiom token",
        &["xaat-", "xapt-"],
        r"xa[ap]t-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
    ),
    random(
        "azure_shared_key",
        "Azure service key",
        &["JQQJ99"],
        r"[A-Za-z0-9]{52}JQQJ99[A-Za-z0-9]{26}",
    )
    .leading(52),
    random(
        "azure_cache_key",
        "Azure Cache key",
        &["AzCa"],
        r"[A-Za-z0-9]{33}AzCa[A-Za-z0-9]{6}=",
    )
    .leading(33),
    random(
        "azure_messaging_key",
        "Azure Service Bus, Event Hubs or IoT key",
        &["+ASb", "+AEh", "AIoT"],
        r"[A-Za-z0-9+/]{33}(?:\+ASb|\+AEh|AIoT)[A-Za-z0-9+/]{6}=",
    )
    .leading(33),
    random(
        "azure_batch_key",
        "Azure Batch or machine learning key",
        &["+ABa", "+AMC"],
        r"[A-Za-z0-9+/]{76}\+A(?:Ba|MC)[A-Za-z0-9+/]{6}==",
    )
    .leading(76),
    random(
        "azure_apim_key",
        "Azure API Management key",
        &["APIM"],
        r"[A-Za-z0-9]{52}APIM[A-Za-z0-9]{24,28}",
    )
    .leading(52),
    token(
        "azure_shared_access_key",
        "Azure shared access key",
        &["SharedAccessKey=", "sharedAccessKey="],
        r"[Ss]haredAccessKey=([A-Za-z0-9+/]{43}=)",
    )
    .open(),
    token(
        "amazon_bedrock_short_key",
        "Amazon Bedrock API key",
        &["bedrock-api-key-"],
        r"bedrock-api-key-[A-Za-z0-9+/]{40,300}={0,2}",
    ),
    token(
        "blynk_token",
        "Blynk token in an address",
        &["blynk"],
        r"blynk(?:-cloud)?\.c(?:om|loud|c)(?::[0-9]{2,5})?/(?:external/api/[A-Za-z/]{2,20}\?token=)?([A-Za-z0-9_-]{32})",
    ),
    token(
        "cerebras_key",
        "Cerebras key",
        &["csk-"],
        r"csk-[a-z0-9]{48}",
    ),
    token(
        "clickhouse_key",
        "ClickHouse Cloud secret",
        &["4b1d"],
        r"4b1d[A-Za-z0-9]{38}",
    ),
    token(
        "codeclimate_reporter",
        "Code Climate reporter id",
        &["CC_TEST_REPORTER_ID"],
        r#"CC_TEST_REPORTER_ID["']?[ :=]{1,4}["']?([0-9a-f]{64})"#,
    ),
    token(
        "coze_token",
        "Coze token",
        &["pat_"],
        r"pat_[A-Za-z0-9]{64}",
    ),
    token(
        "crates_io_token",
        "crates.io token",
        &["cio"],
        r"cio[A-Za-z0-9]{32}",
    ),
    token(
        "databento_key",
        "Databento key",
        &["db-"],
        r"db-[A-Za-z0-9]{29}",
    ),
    token(
        "dbt_token",
        "dbt Cloud token",
        &["dbtc_", "dbtu_", "dbts_"],
        r"dbt[cus]_[A-Za-z0-9_-]{32,64}",
    ),
    Detector {
        check: |key| check::random(key) && check::no_stand_in(key),
        ..random(
            "django_secret_key",
            "Django secret key",
            &["SECRET_KEY"],
            r#"SECRET_KEY["'\]]{0,2}[ ]{0,4}[:=][ ]{0,4}["']((?:django-insecure-)?[A-Za-z0-9!@#$%^&*()_+=-]{40,80})["']"#,
        )
        .open()
    },
    token(
        "docker_swarm_token",
        "Docker Swarm token",
        &["SWMTKN-1-", "SWMKEY-1-"],
        r"(?:SWMTKN-1-[a-z0-9]{50}-[a-z0-9]{25}|SWMKEY-1-[A-Za-z0-9+/]{43})",
    ),
    token(
        "dropbox_token",
        "Dropbox token",
        &["sl."],
        r"sl\.(?:u\.)?[A-Za-z0-9_=-]{130,1000}",
    ),
    token(
        "facebook_app_token",
        "Facebook app token",
        &["acebook", "ACEBOOK", "access_token="],
        r#"(?i)(?:acebook[a-z_. -]{0,24}|access_token)[\\"']{0,3}\s{0,4}[=:>,?|(]{1,4}\s{0,8}[\\"'`]{0,3}([0-9]{14,16}(?:\||%7C)[0-9A-Za-z_-]{27,40})"#,
    )
    .open(),
    random(
        "fauna_key",
        "Fauna key",
        &["fnA"],
        r"fnA[A-Za-z0-9_-]{37}",
    ),
    random(
        "firebase_server_key",
        "Firebase Cloud Messaging key",
        &[":APA91b"],
        r"AAAA[A-Za-z0-9_-]{7}:APA91b[A-Za-z0-9_-]{130,146}",
    )
    .leading(11),
    token(
        "firecrawl_key",
        "Firecrawl key",
        &["fc-"],
        r"fc-[0-9a-f]{32}",
    ),
    token(
        "friendli_token",
        "FriendliAI token",
        &["flp_"],
        r"flp_[A-Za-z0-9]{44,50}",
    ),
    token(
        "google_hmac_key_id",
        "Google Cloud Storage HMAC key id",
        &["GOOG"],
        r"GOOG(?:1[A-Z0-9]{56}|[A-Z0-9]{20})",
    ),
    token(
        "helicone_key",
        "Helicone key",
        &["sk-helicone-"],
        r"sk-helicone-[a-z0-9]{7}-[a-z0-9]{7}-[a-z0-9]{7}-[a-z0-9]{7}",
    ),
    random(
        "hcp_token",
        "HashiCorp Cloud token",
        &["hcp."],
        r"hcp\.[A-Za-z0-9_-]{60,300}",
    ),
    token(
        "honeycomb_key",
        "Honeycomb key",
        &["hcaik_", "hcaic_", "hcalk_", "hcamk_", "hcbik_", "hcblk_", "hcxik_", "hcxlk_"],
        r"hc(?:a(?:ik|ic|lk|mk)|b(?:ik|lk)|x(?:ik|lk))_[a-z0-9]{40,64}",
    ),
    token(
        "inngest_key",
        "Inngest signing key",
        &["signkey-"],
        r"signkey-[a-z]{3,12}-[0-9a-f]{64}",
    ),
    token(
        "instagram_token",
        "Instagram token",
        &["IGQV", "IGAA"],
        r"IG(?:QV|AA)[A-Za-z0-9_-]{80,280}",
    ),
    random(
        "intercom_token",
        "Intercom token",
        &["dG9rO"],
        r"dG9rO[A-Za-z0-9+/]{51,60}={0,2}",
    ),
    token(
        "kaggle_token",
        "Kaggle token",
        &["KGAT_"],
        r"KGAT_[0-9a-f]{32}",
    ),
    token(
        "llama_cloud_key",
        "LlamaCloud key",
        &["llx-"],
        r"llx-[A-Za-z0-9]{48}",
    ),
    random(
        "mapbox_temporary_token",
        "Mapbox token",
        &["tk.eyJ1"],
        r"tk\.eyJ1[A-Za-z0-9_-]{30,200}\.[A-Za-z0-9_-]{20,24}",
    ),
    token(
        "mollie_key",
        "Mollie key",
        &["live_"],
        r"live_[A-Za-z0-9]{30,40}",
    ),
    token(
        "ntlm_hash",
        "Windows password hash",
        &[":::"],
        r":[0-9]{3,5}:[0-9a-fA-F]{32}:([0-9a-fA-F]{32}):::",
    )
    .open()
    .leading(74),
    random(
        "newrelic_licence",
        "New Relic licence key",
        &["FFFFNRAL"],
        r"[0-9a-f]{32}FFFFNRAL",
    )
    .leading(32),
    token(
        "onesignal_key",
        "OneSignal key",
        &["os_v2_"],
        r"os_v2_(?:app|org)_[a-z0-9]{90,110}",
    ),
    token(
        "runpod_key",
        "Runpod key",
        &["rpa_"],
        r"rpa_[A-Z0-9]{36,44}[a-z0-9]{0,8}",
    ),
    Detector {
        check: check::mixed,
        ..random(
        "sumologic_access_id",
        "Sumo Logic access id",
        &["sumo", "SUMO", "Sumo"],
        r#"(?i)sumo[A-Za-z_. -]{0,24}[\\"']{0,3}\s{0,4}[=:>,?|(]{1,4}\s{0,8}[\\"'`]{0,3}(su[A-Za-z0-9]{12})"#,
    )},
    token(
        "together_key",
        "Together AI key",
        &["tgp_v1_"],
        r"tgp_v1_[A-Za-z0-9_-]{43}",
    ),
    random(
        "tinybird_token",
        "Tinybird token",
        &["p.eyJ"],
        r"p\.eyJ[A-Za-z0-9_-]{30,300}\.[A-Za-z0-9_-]{43}",
    ),
    token(
        "trigger_key",
        "Trigger.dev key",
        &["tr_dev_", "tr_prod_", "tr_stg_", "tr_pat_"],
        r"tr_(?:dev|prod|stg|pat)_[A-Za-z0-9]{20,40}",
    ),
    token(
        "vmware_licence",
        "VMware licence key",
        &["vmware", "VMware", "VMWARE", "vSphere", "vsphere", "vCenter"],
        r"(?i)(?:vmware|vsphere|vcenter)[^\n]{1,60}?([A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{5})",
    ),
    token(
        "woocommerce_key",
        "WooCommerce key",
        &["ck_", "cs_"],
        r"c[ks]_[0-9a-f]{40}",
    ),
    token(
        "xata_key",
        "Xata key",
        &["xau_"],
        r"xau_[A-Za-z0-9]{40,46}",
    ),
];
