//! Model vendors.

use super::sample::{HEX32, LETTERS34, MIXED4, MIXED6, MIXED8, MIXED20, MIXED32};
use super::{Detector, Edge, TOKEN, check};

pub(super) const TABLE: &[Detector] = &[
    Detector {
        id: "anthropic_api_key",
        title: "Anthropic API key",
        keywords: &["sk-ant-api", "sk-ant-admin"],
        pattern: r"sk-ant-(?:api|admin)[0-9]{2}-[A-Za-z0-9_-]{32,220}",
        source: "Anthropic's console: sk-ant-api03- and 95 characters",
        hits: &[
            &[
                "sk-ant-", "api03-", MIXED32, MIXED32, MIXED20, "-", MIXED8, "AA",
            ],
            &["x='sk-ant-", "admin01-", MIXED32, "_", MIXED20, "';"],
        ],
        misses: &[
            &["sk-ant-", "api03-your-key-here"],
            &[
                "sk-ant-",
                "api03-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
            ],
            &["sk-ant-api03-..."],
        ],
        ..TOKEN
    },
    Detector {
        id: "anthropic_oauth_token",
        title: "Anthropic OAuth token",
        keywords: &["sk-ant-oat", "sk-ant-ort", "sk-ant-sid"],
        pattern: r"sk-ant-(?:oat|ort|sid)[0-9]{2}-[A-Za-z0-9_-]{32,220}",
        source: "Claude Code's login: sk-ant-oat01- access, sk-ant-ort01- refresh",
        hits: &[
            &["sk-ant-", "oat01-", MIXED32, MIXED20, "-", MIXED20, "AA"],
            &["sk-ant-", "ort01-", MIXED32, MIXED20],
        ],
        misses: &[
            &["sk-ant-", "oat01-", MIXED20],
            &["sk-ant-oatmeal-", MIXED32],
        ],
        ..TOKEN
    },
    Detector {
        id: "openai_api_key",
        title: "OpenAI API key",
        keywords: &["sk-proj-", "sk-svcacct-", "sk-admin-", "sk-None-"],
        pattern: r"sk-(?:proj|svcacct|admin|None)-[A-Za-z0-9_-]{40,250}",
        before: Edge::Word,
        check: check::mixed,
        source: "OpenAI's platform: project, service account and admin keys",
        hits: &[
            &[
                "sk-", "proj-", MIXED20, "_", MIXED32, "T3Blbk", "FJ", MIXED32,
            ],
            &["sk-", "svcacct-", MIXED32, "-", MIXED32],
        ],
        misses: &[
            &[
                "sk-",
                "proj-your-project-key-goes-here-and-nowhere-else-please",
            ],
            &["task-", "proj-", MIXED32, MIXED32],
            &["sk-", "proj-", MIXED20],
        ],
        ..TOKEN
    },
    Detector {
        id: "openai_legacy_key",
        title: "OpenAI-style API key",
        keywords: &["sk-"],
        reach: 80,
        pattern: r"sk-[A-Za-z0-9]{32,64}",
        before: Edge::Token,
        after: Edge::Token,
        check: check::mixed,
        source: "OpenAI's first keys (sk- and 48 characters), taken over by other vendors",
        hits: &[
            &["sk-", MIXED20, "T3Blbk", "FJ", MIXED20],
            &["key: sk-", MIXED32],
        ],
        misses: &[
            &["disk-", MIXED32],
            &["sk-", HEX32, "-suffix"],
            &["sk-learn"],
            &["/", "sk-", MIXED32],
        ],
        ..TOKEN
    },
    Detector {
        id: "openrouter_api_key",
        title: "OpenRouter API key",
        keywords: &["sk-or-v1-"],
        pattern: r"sk-or-v1-[0-9a-f]{64}",
        after: Edge::Word,
        source: "OpenRouter's console",
        hits: &[&["sk-or-", "v1-", HEX32, HEX32]],
        misses: &[&["sk-or-", "v1-", HEX32]],
        ..TOKEN
    },
    Detector {
        id: "huggingface_token",
        title: "Hugging Face token",
        keywords: &["hf_", "api_org_"],
        reach: 60,
        pattern: r"(?:hf_|api_org_)[A-Za-z]{34}",
        before: Edge::Word,
        after: Edge::Word,
        source: "Hugging Face's settings: hf_ and 34 letters",
        hits: &[&["hf", "_", LETTERS34]],
        misses: &[
            &["hf", "_", MIXED20],
            &["shf", "_", LETTERS34],
            &["hf", "_", LETTERS34, "x"],
        ],
        ..TOKEN
    },
    Detector {
        id: "groq_api_key",
        title: "Groq API key",
        keywords: &["gsk_"],
        reach: 80,
        pattern: r"gsk_[A-Za-z0-9]{52}",
        before: Edge::Word,
        after: Edge::Word,
        source: "Groq's console: gsk_ and 52 characters",
        hits: &[&["gsk", "_", MIXED32, MIXED20]],
        misses: &[&["gsk", "_", MIXED32]],
        ..TOKEN
    },
    Detector {
        id: "xai_api_key",
        title: "xAI API key",
        keywords: &["xai-"],
        reach: 120,
        pattern: r"xai-[A-Za-z0-9]{80}",
        before: Edge::Word,
        after: Edge::Word,
        source: "xAI's console: xai- and 80 characters",
        hits: &[&["xai", "-", MIXED32, MIXED32, MIXED8, MIXED8]],
        misses: &[&["xai", "-", MIXED32]],
        ..TOKEN
    },
    Detector {
        id: "replicate_api_token",
        title: "Replicate API token",
        keywords: &["r8_"],
        reach: 60,
        pattern: r"r8_[A-Za-z0-9]{37,46}",
        before: Edge::Word,
        after: Edge::Word,
        check: check::filled,
        source: "Replicate's documentation: 40 characters from r8_",
        hits: &[&["r8", "_", MIXED32, MIXED4, "x"]],
        misses: &[&["var8", "_", MIXED32, MIXED4, "x"]],
        ..TOKEN
    },
    Detector {
        id: "perplexity_api_key",
        title: "Perplexity API key",
        keywords: &["pplx-"],
        reach: 80,
        pattern: r"pplx-[A-Za-z0-9]{48}",
        before: Edge::Word,
        after: Edge::Word,
        source: "Perplexity's console: pplx- and 48 characters",
        hits: &[&["pplx", "-", MIXED32, MIXED8, MIXED8]],
        misses: &[&["pplx", "-", MIXED6]],
        ..TOKEN
    },
];
