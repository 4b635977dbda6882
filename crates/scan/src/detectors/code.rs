//! Code hosts, package registries and build services.

use super::sample::{DIGITS, HEX8, HEX32, MIXED4, MIXED6, MIXED8, MIXED20, MIXED32};
use super::{Detector, Edge, Severity, TOKEN, check, decoded};

pub(super) const TABLE: &[Detector] = &[
    Detector {
        id: "github_token",
        title: "GitHub token",
        keywords: &["ghp_", "gho_", "ghu_", "ghs_", "ghr_"],
        pattern: r"gh[pousr]_[A-Za-z0-9]{30,255}",
        check: decoded::checked_token,
        severity: Severity::Critical,
        source: "GitHub documentation: token formats, CRC-32 at the end",
        hits: &[
            &["ghp", "_", MIXED32, MIXED4],
            &["https://x:ghs", "_", MIXED32, MIXED4, "@github.com"],
        ],
        misses: &[
            &["ghp", "_", MIXED20],
            &["ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"],
            &["ghx", "_", MIXED32, MIXED4],
        ],
        ..TOKEN
    },
    Detector {
        id: "github_fine_grained_token",
        title: "GitHub fine-grained token",
        keywords: &["github_pat_"],
        pattern: r"github_pat_[A-Za-z0-9_]{60,255}",
        severity: Severity::Critical,
        source: "GitHub documentation: token formats",
        hits: &[&[
            "github", "_pat_", MIXED20, "Zz_", MIXED32, MIXED20, MIXED6, "x",
        ]],
        misses: &[&["github", "_pat_", MIXED20], &["github_pat_example"]],
        ..TOKEN
    },
    Detector {
        id: "gitlab_token",
        title: "GitLab token",
        keywords: &[
            "glpat-", "gloas-", "gldt-", "glrt-", "glrtr-", "glcbt-", "glptt-", "glft-", "glimt-",
            "glagent-", "glsoat-", "glffct-",
        ],
        pattern: r"gl(?:pat|oas|dt|rtr?|cbt|ptt|ft|imt|agent|soat|ffct)-[A-Za-z0-9_.-]{20,300}",
        source: "GitLab documentation: token prefixes",
        hits: &[&["glpat", "-", MIXED20], &["glrt", "-t1_", MIXED20]],
        misses: &[&["glpat", "-", MIXED8], &["glpat-xxxxxxxxxxxxxxxxxxxx"]],
        ..TOKEN
    },
    Detector {
        id: "npm_token",
        title: "npm token",
        keywords: &["npm_"],
        reach: 48,
        pattern: r"npm_[A-Za-z0-9]{36}",
        before: Edge::Word,
        after: Edge::Word,
        check: decoded::checked_token,
        source: "npm documentation: granular and automation tokens",
        hits: &[&["_authToken=npm", "_", MIXED32, MIXED4]],
        misses: &[
            &["npm_config_registry_and_some_other_name_x"],
            &["npm", "_", MIXED32],
        ],
        ..TOKEN
    },
    Detector {
        id: "pypi_token",
        title: "PyPI token",
        keywords: &["pypi-AgE"],
        pattern: r"pypi-AgE[A-Za-z0-9_-]{50,240}",
        source: "PyPI documentation: API tokens are macaroons behind pypi-",
        hits: &[&["pypi", "-AgEIcHlwaS5vcmc", MIXED32, MIXED32]],
        misses: &[&["pypi", "-AgE", MIXED32]],
        ..TOKEN
    },
    Detector {
        id: "docker_hub_token",
        title: "Docker Hub token",
        keywords: &["dckr_pat_", "dckr_oat_"],
        reach: 64,
        pattern: r"dckr_[po]at_[A-Za-z0-9_-]{27,36}",
        source: "Docker documentation: access tokens",
        hits: &[&["dckr", "_pat_", MIXED20, "-", MIXED6]],
        misses: &[&["dckr", "_pat_", MIXED8]],
        ..TOKEN
    },
    Detector {
        id: "rubygems_key",
        title: "RubyGems API key",
        keywords: &["rubygems_"],
        reach: 72,
        pattern: r"rubygems_[0-9a-f]{48}",
        after: Edge::Word,
        source: "RubyGems documentation: API keys",
        hits: &[&["rubygems", "_", HEX32, HEX8, HEX8]],
        misses: &[&["rubygems", "_version_requirement"]],
        ..TOKEN
    },
    Detector {
        id: "nuget_key",
        title: "NuGet API key",
        keywords: &["oy2"],
        reach: 48,
        pattern: r"oy2[a-z0-9]{43}",
        before: Edge::Token,
        after: Edge::Token,
        source: "NuGet's gallery: 46 characters from oy2",
        hits: &[&["oy2", "lq7zt4n8cv1sxe7rbu6gd9kfw2myxq6tbv3zsg8hnjk"]],
        misses: &[
            &["oy2", MIXED20],
            &["boy2", "lq7zt4n8cv1sxe7rbu6gd9kfw2myxq6tbv3zsg8hnjk"],
        ],
        ..TOKEN
    },
    Detector {
        id: "atlassian_token",
        title: "Atlassian token",
        keywords: &["ATATT3", "ATBB", "ATCTT3"],
        reach: 280,
        pattern: r"(?:AT[AC]TT3[A-Za-z0-9_=-]{100,260}|ATBB[A-Za-z0-9]{32})",
        before: Edge::Word,
        after: Edge::Word,
        check: check::mixed,
        source: "Atlassian documentation: API tokens and app passwords",
        hits: &[
            &["ATATT3", "xFfGF0", MIXED32, MIXED32, MIXED32, "=", HEX8],
            &["ATBB", MIXED32],
        ],
        misses: &[&["ATATT3", MIXED32], &["ATBB", MIXED20]],
        ..TOKEN
    },
    Detector {
        id: "doppler_token",
        title: "Doppler token",
        keywords: &[
            "dp.pt.",
            "dp.st.",
            "dp.ct.",
            "dp.sa.",
            "dp.scim.",
            "dp.audit.",
        ],
        reach: 96,
        pattern: r"dp\.(?:pt|ct|sa|scim|audit|st(?:\.[a-z0-9_-]{2,35})?)\.[A-Za-z0-9]{40,44}",
        before: Edge::Word,
        after: Edge::Word,
        source: "Doppler documentation: token formats",
        hits: &[
            &["dp", ".pt.", MIXED32, MIXED8, "abc"],
            &["dp", ".st.dev.", MIXED32, MIXED8],
        ],
        misses: &[&["dp", ".pt.", MIXED8]],
        ..TOKEN
    },
    Detector {
        id: "pulumi_token",
        title: "Pulumi token",
        keywords: &["pul-"],
        reach: 48,
        pattern: r"pul-[0-9a-f]{40}",
        before: Edge::Word,
        after: Edge::Word,
        source: "Pulumi's console: pul- and 40 hex digits",
        hits: &[&["pul", "-", HEX32, HEX8]],
        misses: &[&["pul", "-", HEX32]],
        ..TOKEN
    },
    Detector {
        id: "buildkite_token",
        title: "Buildkite token",
        keywords: &["bkua_"],
        reach: 48,
        pattern: r"bkua_[0-9a-z]{40}",
        after: Edge::Word,
        check: check::filled,
        source: "Buildkite documentation: API access tokens",
        hits: &[&["bkua", "_", HEX32, HEX8]],
        misses: &[&["bkua", "_", DIGITS]],
        ..TOKEN
    },
];
