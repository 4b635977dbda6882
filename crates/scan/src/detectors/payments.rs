//! Payments and shops.

use super::sample::{HEX32, MIXED4, MIXED6, MIXED20, MIXED32};
use super::{Detector, Edge, Severity, TOKEN, check};

pub(super) const TABLE: &[Detector] = &[
    Detector {
        id: "stripe_key",
        title: "Stripe key",
        keywords: &["sk_live_", "rk_live_", "sk_prod_", "rk_prod_"],
        pattern: r"[sr]k_(?:live|prod)_[A-Za-z0-9]{14,247}",
        before: Edge::Word,
        severity: Severity::Critical,
        source: "Stripe documentation: secret and restricted keys",
        hits: &[
            &["sk", "_live_", MIXED20, MIXED4],
            &["rk", "_live_51", MIXED32, MIXED32],
        ],
        misses: &[
            &["pk", "_live_", MIXED20],
            &["risk", "_live_", MIXED20],
            &["sk", "_live_", MIXED6],
        ],
        ..TOKEN
    },
    Detector {
        id: "stripe_test_key",
        title: "Stripe test key",
        keywords: &["sk_test_", "rk_test_"],
        pattern: r"[sr]k_test_[A-Za-z0-9]{16,247}",
        before: Edge::Word,
        severity: Severity::Low,
        source: "Stripe documentation: test keys",
        hits: &[&["sk", "_test_", MIXED20, MIXED4]],
        misses: &[&["task", "_test_", MIXED20]],
        ..TOKEN
    },
    Detector {
        id: "stripe_webhook_secret",
        title: "Stripe webhook secret",
        keywords: &["whsec_"],
        reach: 80,
        pattern: r"whsec_[A-Za-z0-9+/]{32,64}",
        check: check::mixed,
        severity: Severity::Medium,
        source: "Stripe documentation: webhook signatures",
        hits: &[&["whsec", "_", MIXED32]],
        misses: &[&["whsec", "_", MIXED6]],
        ..TOKEN
    },
    Detector {
        id: "square_token",
        title: "Square token",
        keywords: &["sq0atp-", "sq0csp-", "sq0idp-"],
        reach: 64,
        pattern: r"sq0(?:atp|csp|idp)-[A-Za-z0-9_-]{22,44}",
        source: "Square documentation: access tokens and application secrets",
        hits: &[&["sq0", "csp-", MIXED32, MIXED6]],
        misses: &[&["sq0", "csp-", MIXED6]],
        ..TOKEN
    },
    Detector {
        id: "shopify_token",
        title: "Shopify token",
        keywords: &["shpat_", "shpca_", "shppa_", "shpss_"],
        reach: 48,
        pattern: r"shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}",
        after: Edge::Word,
        source: "Shopify documentation: access tokens",
        hits: &[&["shp", "at_", HEX32]],
        misses: &[&["shp", "at_", MIXED32]],
        ..TOKEN
    },
];
