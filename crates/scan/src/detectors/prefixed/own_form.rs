//! Tokens with a beginning of their own that registries, databases, message
//! brokers and payment services give out, and addresses that are credentials:
//! whoever knows them may post, deploy or read.

use super::{SEEN, WIDE, random, token};
use crate::detectors::Detector;

pub(super) const TABLE: &[Detector] = &[
    token(
        "appsync_key",
        "AWS AppSync API key",
        &["da2-"],
        r"da2-[a-z0-9]{26}",
    ),
    token(
        "digitalocean_model_key",
        "DigitalOcean model access key",
        &["sk-do-"],
        r"sk-do-[A-Za-z0-9_-]{40,80}",
    )
    .told_by(SEEN),
    token(
        "dnsimple_token",
        "DNSimple token",
        &["dnsimple_a_", "dnsimple_u_"],
        r"dnsimple_[au]_[A-Za-z0-9]{24,64}",
    )
    .told_by(WIDE),
    token(
        "ebay_secret",
        "eBay client secret",
        &["PRD-", "SBX-"],
        r"(?:PRD|SBX)-[0-9a-f]{12}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}",
    ),
    token(
        "jsr_token",
        "JSR token",
        &["jsrp_"],
        r"jsrp_[A-Za-z0-9]{24,64}",
    )
    .told_by(WIDE),
    token(
        "k3s_token",
        "K3s server token",
        &["::server:", "::node:"],
        r"K10[0-9a-f]{64}::(?:server|node):[0-9A-Za-z]{16,64}",
    )
    .leading(68),
    token(
        "linkedin_secret",
        "LinkedIn client secret",
        &["WPL_AP1."],
        r"WPL_AP1\.[A-Za-z0-9]{12,24}\.[A-Za-z0-9+/]{6,12}={0,2}",
    )
    .told_by(SEEN)
    .open(),
    token(
        "matrix_token",
        "Matrix access token",
        &["syt_"],
        r"syt_[A-Za-z0-9+/=_-]{2,64}_[A-Za-z]{20}_[A-Za-z0-9]{6}",
    ),
    token(
        "mercadopago_token",
        "Mercado Pago access token",
        &["APP_USR-"],
        r"APP_USR-[0-9]{12,20}-[0-9]{6}-[0-9a-f]{32}-[0-9]{6,12}",
    ),
    token(
        "metabase_key",
        "Metabase API key",
        &["mb_"],
        r"mb_[A-Za-z0-9+/]{43,44}=",
    )
    .open(),
    token(
        "midtrans_key",
        "Midtrans server key",
        &["Mid-server-"],
        r"(?:SB-)?Mid-server-[A-Za-z0-9_-]{20,40}",
    )
    .leading(3),
    token(
        "nats_seed",
        "NATS seed",
        &["SUA", "SAA", "SOA", "SNA", "SCA", "SXA"],
        r"S[UAONCX]A[A-P][A-Z2-7]{54}",
    ),
    random(
        "neon_password",
        "Neon database password",
        &["npg_"],
        r"npg_[A-Za-z0-9]{12}",
    ),
    token(
        "netbird_token",
        "NetBird access token",
        &["nbp_"],
        r"nbp_[A-Za-z0-9]{36}",
    ),
    token(
        "portainer_token",
        "Portainer access token",
        &["ptr_"],
        r"ptr_[A-Za-z0-9+/]{43}=",
    )
    .open(),
    random(
        "snyk_token",
        "Snyk access token",
        &["snyk_uat.", "snyk_sat."],
        r"snyk_[us]at\.[0-9a-f]{8}\.[A-Za-z0-9_.-]{40,200}",
    )
    .told_by(WIDE),
    token(
        "stripe_organization_key",
        "Stripe organization key",
        &["sk_org_"],
        r"sk_org_(?:live|test)_[A-Za-z0-9]{24,120}",
    ),
    token(
        "thethingsstack_key",
        "The Things Stack API key",
        &["NNSXS."],
        r"NNSXS\.[A-Z2-7]{39}\.[A-Z2-7]{52}",
    ),
    token(
        "xendit_key",
        "Xendit secret key",
        &["xnd_production_", "xnd_development_"],
        r"xnd_(?:production|development)_[A-Za-z0-9]{32,80}",
    ),
    token(
        "newrelic_license_key",
        "New Relic license key",
        &["NRAL"],
        r"[0-9a-f]{36}NRAL",
    )
    .leading(36),
    // Addresses.
    random(
        "alchemy_address",
        "Alchemy address with its key",
        &[".alchemy.com/v2/"],
        r"\.alchemy\.com/v2/([A-Za-z0-9_-]{32})",
    )
    .open(),
    random(
        "ankr_address",
        "Ankr address with its key",
        &["rpc.ankr.com/"],
        r"rpc\.ankr\.com/[a-z0-9_]{2,32}/([0-9a-f]{64})",
    ),
    random(
        "google_calendar_address",
        "Private address of a Google calendar",
        &["/calendar/ical/"],
        r"/calendar/ical/[A-Za-z0-9@%._-]{3,120}/private-([0-9a-f]{32})",
    )
    .open(),
    random(
        "feishu_webhook",
        "Feishu or Lark webhook address",
        &["/open-apis/bot/v2/hook/"],
        r"/open-apis/bot/v2/hook/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})",
    )
    .open(),
    random(
        "ifttt_key",
        "IFTTT webhook key",
        &["maker.ifttt.com/"],
        r"maker\.ifttt\.com/trigger/[A-Za-z0-9_{}-]{1,64}/(?:json/)?with/key/([A-Za-z0-9_-]{20,64})",
    ),
    random(
        "infura_address",
        "Infura address with its key",
        &[".infura.io/"],
        r"\.infura\.io/(?:ws/)?v3/([0-9a-f]{32})",
    )
    .open(),
    random(
        "make_webhook",
        "Make webhook address",
        &[".make.com/"],
        r"hook\.[a-z]{2}[0-9]\.make\.com/([a-z0-9]{32})",
    )
    .leading(12),
    random(
        "mattermost_webhook",
        "Mattermost or Rocket.Chat webhook address",
        &["/hooks/"],
        r"https?://[a-z0-9.:-]{4,80}/hooks/([a-z0-9]{26}|[A-Za-z0-9]{17,24}/[A-Za-z0-9]{40,64})",
    )
    .leading(96),
    random(
        "netlify_build_hook",
        "Netlify build hook",
        &["/build_hooks/"],
        r"api\.netlify\.com/build_hooks/([0-9a-f]{24})",
    )
    .leading(16),
    random(
        "pagerduty_address",
        "PagerDuty integration address",
        &["events.pagerduty.com/integration/"],
        r"events\.pagerduty\.com/integration/([0-9a-f]{32})",
    ),
    random(
        "quicknode_address",
        "QuickNode address with its token",
        &[".quiknode.pro/"],
        r"\.quiknode\.pro/([0-9a-f]{40})",
    )
    .open(),
    random(
        "render_deploy_hook",
        "Render deploy hook",
        &["api.render.com/deploy/"],
        r"api\.render\.com/deploy/srv-[a-z0-9]{16,24}\?key=([A-Za-z0-9_-]{8,32})",
    ),
    random(
        "wecom_webhook",
        "WeCom webhook address",
        &["qyapi.weixin.qq.com/"],
        r"qyapi\.weixin\.qq\.com/cgi-bin/webhook/send\?key=([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})",
    ),
];
