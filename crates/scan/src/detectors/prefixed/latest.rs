//! Tokens with a beginning of their own that another reading of vendors' documents
//! brought. Most of their beginnings are short: what follows must be random.

use super::{SEEN, WIDE, random};
use crate::detectors::Detector;

pub(super) const TABLE: &[Detector] = &[
    random(
        "alchemy_token",
        "Alchemy access token",
        &["alcht_"],
        r"alcht_[A-Za-z0-9]{30}",
    ),
    random(
        "apollo_graph_key",
        "Apollo graph key",
        &["service:"],
        r"service:[A-Za-z0-9_-]{2,64}:([A-Za-z0-9_-]{22})",
    ),
    random(
        "backblaze_key",
        "Backblaze B2 application key",
        &["K000", "K001", "K002", "K003", "K004", "K005"],
        r"K00[0-5][A-Za-z0-9/+]{27}",
    ),
    random(
        "bannerbear_key",
        "Bannerbear key",
        &["bb_pr_", "bb_ma_"],
        r"bb_(?:pr|ma)_[0-9a-f]{30}",
    ),
    random(
        "checkly_key",
        "Checkly user key",
        &["cu_"],
        r"cu_[0-9a-f]{32}",
    ),
    random(
        "close_key",
        "Close key",
        &["api_"],
        r"api_[A-Za-z0-9]{20,24}\.[A-Za-z0-9]{20,24}",
    )
    .told_by(SEEN),
    random(
        "coingecko_key",
        "CoinGecko key",
        &["CG-"],
        r"CG-[A-Za-z0-9]{24}",
    ),
    random(
        "context7_key",
        "Context7 key",
        &["ctx7sk-"],
        r"ctx7sk-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
    ),
    random(
        "convex_deploy_key",
        "Convex deploy key",
        &["prod:", "dev:", "preview:", "project:"],
        r"(?:prod|dev|preview|project):[a-z0-9:-]{3,80}\|([A-Za-z0-9+/=]{40,240})",
    )
    .reaching(340),
    random(
        "datadog_application_key",
        "Datadog application key",
        &["ddapp_"],
        r"ddapp_[A-Za-z0-9]{34}",
    ),
    random(
        "flagsmith_key",
        "Flagsmith server-side key",
        &["ser."],
        r"ser\.[A-Za-z0-9]{22}",
    )
    .of_both_cases(),
    random(
        "flexport_token",
        "Flexport token",
        &["shltm_"],
        r"shltm_[A-Za-z0-9_-]{40}",
    )
    .told_by(SEEN),
    random(
        "foursquare_key",
        "Foursquare key",
        &["fsq3"],
        r"fsq3[A-Za-z0-9+/]{43}=",
    ),
    random(
        "honeybadger_token",
        "Honeybadger personal token",
        &["hbp_"],
        r"hbp_[A-Za-z0-9]{36}",
    ),
    random(
        "imagekit_key",
        "ImageKit private key",
        &["private_"],
        r"private_[A-Za-z0-9+/]{27}=",
    ),
    random(
        "instacart_key",
        "Instacart key",
        &["keys."],
        r"keys\.[A-Za-z0-9_-]{43}",
    ),
    random(
        "jumpcloud_key",
        "JumpCloud key",
        &["jca_"],
        r"jca_[A-Za-z0-9]{36,40}",
    ),
    random(
        "langsmith_old_key",
        "LangSmith key of the old form",
        &["ls__"],
        r"ls__[0-9a-f]{32}",
    ),
    random(
        "locationiq_token",
        "LocationIQ token",
        &["pk."],
        r"pk\.[0-9a-f]{32}",
    ),
    random(
        "mergify_key",
        "Mergify key",
        &["mka_"],
        r"mka_[A-Za-z0-9_-]{40,64}",
    )
    .told_by(SEEN),
    random(
        "recharge_token",
        "Recharge token",
        &["sk_1x1_", "sk_2x2_", "sk_3x3_", "sk_5x5_", "sk_10x10_"],
        r"sk_(?:1x1|2x2|3x3|5x5|10x10)_[0-9a-f]{64}",
    ),
    random(
        "salesforce_refresh_token",
        "Salesforce refresh token",
        &["5Aep861"],
        r"5Aep861[A-Za-z0-9._=-]{60,120}",
    )
    .reaching(136),
    random(
        "segment_token",
        "Segment public API token",
        &["sgp_"],
        r"sgp_[A-Za-z0-9_-]{64}",
    ),
    random(
        "snipcart_key",
        "Snipcart secret key",
        &["ST_"],
        r"ST_[A-Za-z0-9]{70,80}",
    ),
    random(
        "twitch_chat_token",
        "Twitch chat token",
        &["oauth:"],
        r"oauth:[a-z0-9]{30}",
    ),
    random(
        "ubidots_key",
        "Ubidots key",
        &["BBFF-", "BBUS-"],
        r"BB(?:FF|US)-[A-Za-z0-9]{30}",
    ),
    random(
        "vk_token",
        "VK access token",
        &["vk1.a."],
        r"vk1\.a\.[A-Za-z0-9_-]{60,240}",
    )
    .reaching(250),
    random(
        "voiceflow_key",
        "Voiceflow key",
        &["VF.DM.", "VF.WS."],
        r"VF\.(?:DM|WS)\.[0-9a-f]{24}\.[A-Za-z0-9]{16}",
    ),
    random(
        "wakatime_key",
        "WakaTime key",
        &["waka_"],
        r"waka_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
    ),
    random(
        "zoho_token",
        "Zoho access or refresh token",
        &["1000."],
        r"1000\.[0-9a-f]{32}\.[0-9a-f]{32}",
    )
    .reaching(80)
    .told_by(WIDE),
];
