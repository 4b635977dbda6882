//! The presets' values. Facts change: each preset says when it was gathered
//! and from where, and names nothing that the agent can do without.
//!
//! A route allows what the agent asks for at work. What it does not allow on
//! purpose: uploads of files, telemetry, making keys, and the endpoints that
//! hand out or refresh tokens.

use super::data::Built::{NotYet, Yes};
use super::data::Place::{Env, JsonField};
use super::data::Travels::{Bearer, Header};
use super::data::Wanted::{Always, WithCredential};
use super::data::{Credential, HostNeed, Provider, Requests, Service};

/// Every preset, by name.
pub static PROVIDERS: [Provider; 4] = [CLAUDE, CODEX, GEMINI, OPENCODE];

const GATHERED: &str = "2026-11";

const ANTHROPIC: &str = "api.anthropic.com";

const ANTHROPIC_MODEL: Requests = Requests {
    methods: &["POST"],
    paths: &["/v1/messages", "/v1/messages/count_tokens"],
    why: "the model",
};

const ANTHROPIC_LOOK: Requests = Requests {
    methods: &["GET", "HEAD"],
    paths: &["/v1/models", "/v1/models/*", "/api/hello"],
    why: "which models there are, and whether the service answers",
};

/// Read-only and asked for by a subscription's client at start: who it is, what
/// it may use and what its organisation sets. All of `/api/**` would be too
/// much: making API keys and telemetry are under it.
const ANTHROPIC_ACCOUNT: Requests = Requests {
    methods: &["GET"],
    paths: &[
        "/api/claude_cli/bootstrap",
        "/api/claude_code/policy_limits",
        "/api/claude_code/settings",
        "/api/oauth/account/settings",
        "/api/oauth/claude_cli/roles",
        "/api/oauth/profile",
        "/api/oauth/usage",
    ],
    why: "the account and its settings, at start",
};

const ANTHROPIC_KEY: Credential = Credential {
    place: Env("ANTHROPIC_API_KEY"),
    travels: Header("x-api-key"),
    variable: "ANTHROPIC_API_KEY",
    built: Yes,
};

const ANTHROPIC_TOKEN: Credential = Credential {
    place: Env("ANTHROPIC_AUTH_TOKEN"),
    travels: Bearer,
    variable: "ANTHROPIC_AUTH_TOKEN",
    built: Yes,
};

const CLAUDE: Provider = Provider {
    name: "claude",
    title: "Claude Code",
    as_of: GATHERED,
    source: "the client's published documentation of network access and settings, and requests seen from it",
    programs: &["claude", "claude-code"],
    packages: &["@anthropic-ai/claude-code"],
    services: &[Service {
        wanted: Always,
        need: HostNeed {
            host: ANTHROPIC,
            requests: &[ANTHROPIC_MODEL, ANTHROPIC_LOOK, ANTHROPIC_ACCOUNT],
        },
        credentials: &[
            ANTHROPIC_KEY,
            ANTHROPIC_TOKEN,
            // A placeholder that begins as the token does makes the client add
            // the beta header of a subscription by itself.
            Credential {
                place: Env("CLAUDE_CODE_OAUTH_TOKEN"),
                travels: Bearer,
                variable: "CLAUDE_CODE_OAUTH_TOKEN",
                built: Yes,
            },
            // Lives for about eight hours, and nothing here refreshes it.
            Credential {
                place: JsonField {
                    file: ".claude/.credentials.json",
                    pointer: "/claudeAiOauth/accessToken",
                },
                travels: Bearer,
                variable: "CLAUDE_CODE_OAUTH_TOKEN",
                built: Yes,
            },
        ],
    }],
    login: &[
        "claude.ai",
        "claude.com",
        "platform.claude.com",
        "console.anthropic.com",
    ],
    optional: &["mcp-proxy.anthropic.com", "statsig.com", "sentry.io"],
    env: &[
        // No telemetry, no error reports, no update checks.
        ("CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", "1"),
        ("DISABLE_AUTOUPDATER", "1"),
    ],
    home_files: &[(".claude.json", CLAUDE_SETTINGS)],
};

/// What a first start would ask: a theme and a login (the check of which needs
/// a host for logging in, and ends the program without it), whether to use the
/// key of the environment (known by its last 20 characters), and whether the
/// directory is trusted. Tried with 2.1.197 on 2026-11-23.
const CLAUDE_SETTINGS: &str = r#"{
  "hasCompletedOnboarding": true,
  "installMethod": "unknown",
  "autoUpdates": false,
  "customApiKeyResponses": { "approved": ["{{tail:ANTHROPIC_API_KEY}}"], "rejected": [] },
  "projects": { "{{project}}": { "hasTrustDialogAccepted": true, "hasCompletedProjectOnboarding": true } }
}
"#;

const OPENAI_HOST: HostNeed = HostNeed {
    host: "api.openai.com",
    requests: &[
        Requests {
            methods: &["POST"],
            paths: &[
                "/v1/responses",
                "/v1/responses/compact",
                "/v1/chat/completions",
            ],
            why: "the model",
        },
        Requests {
            methods: &["GET"],
            paths: &["/v1/models", "/v1/models/*", "/v1/responses"],
            why: "which models there are; answers over a WebSocket",
        },
    ],
};

const CODEX: Provider = Provider {
    name: "codex",
    title: "Codex",
    as_of: GATHERED,
    source: "the client's public repository",
    programs: &["codex"],
    packages: &["@openai/codex"],
    services: &[
        Service {
            wanted: Always,
            need: OPENAI_HOST,
            credentials: &[
                // `codex exec` reads this one without a login.
                Credential {
                    place: Env("CODEX_API_KEY"),
                    travels: Bearer,
                    variable: "CODEX_API_KEY",
                    built: Yes,
                },
                Credential {
                    // `codex exec` reads only the other name (0.169.0, tried 2026-11-23).
                    place: Env("OPENAI_API_KEY"),
                    travels: Bearer,
                    variable: "CODEX_API_KEY",
                    built: Yes,
                },
                Credential {
                    place: JsonField {
                        file: ".codex/auth.json",
                        pointer: "/OPENAI_API_KEY",
                    },
                    travels: Bearer,
                    variable: "CODEX_API_KEY",
                    built: Yes,
                },
            ],
        },
        Service {
            wanted: WithCredential,
            need: HostNeed {
                host: "chatgpt.com",
                requests: &[Requests {
                    methods: &["GET", "POST"],
                    paths: &["/backend-api/codex/**", "/backend-api/wham/**"],
                    why: "the model, with a ChatGPT login",
                }],
            },
            credentials: &[Credential {
                place: JsonField {
                    file: ".codex/auth.json",
                    pointer: "/tokens/access_token",
                },
                travels: Bearer,
                variable: "",
                built: NotYet(
                    "a ChatGPT login needs a second header (chatgpt-account-id) and stand-ins for the signed tokens that the client reads; set OPENAI_API_KEY instead",
                ),
            }],
        },
    ],
    login: &["auth.openai.com"],
    optional: &["ab.chatgpt.com"],
    env: &[],
    home_files: &[
        (
            ".codex/auth.json",
            "{ \"OPENAI_API_KEY\": \"{{placeholder:CODEX_API_KEY}}\" }\n",
        ),
        (".codex/config.toml", CODEX_SETTINGS),
    ],
};

/// The bottle is the sandbox: one inside it cannot be made, and every command
/// of the agent would fail for it.
const CODEX_SETTINGS: &str = r#"sandbox_mode = "danger-full-access"
check_for_update_on_startup = false

[analytics]
enabled = false

[projects."{{project}}"]
trust_level = "trusted"
"#;

const GOOGLE_HOST: HostNeed = HostNeed {
    host: "generativelanguage.googleapis.com",
    requests: &[
        Requests {
            methods: &["POST"],
            // The method of the service follows a colon in the last segment.
            paths: &["/v1/models/*", "/v1beta/models/*"],
            why: "the model",
        },
        Requests {
            methods: &["GET"],
            paths: &[
                "/v1/models",
                "/v1/models/*",
                "/v1beta/models",
                "/v1beta/models/*",
            ],
            why: "which models there are",
        },
    ],
};

const GOOGLE_KEYS: &[Credential] = &[
    Credential {
        place: Env("GEMINI_API_KEY"),
        travels: Header("x-goog-api-key"),
        variable: "GEMINI_API_KEY",
        built: Yes,
    },
    Credential {
        place: Env("GOOGLE_API_KEY"),
        travels: Header("x-goog-api-key"),
        variable: "GOOGLE_API_KEY",
        built: Yes,
    },
];

const GEMINI: Provider = Provider {
    name: "gemini",
    title: "Gemini CLI",
    as_of: GATHERED,
    source: "the client's public repository",
    programs: &["gemini"],
    packages: &["@google/gemini-cli"],
    services: &[Service {
        wanted: Always,
        need: GOOGLE_HOST,
        credentials: GOOGLE_KEYS,
    }],
    login: &[
        "cloudcode-pa.googleapis.com",
        "oauth2.googleapis.com",
        "accounts.google.com",
    ],
    optional: &["play.googleapis.com"],
    env: &[("GEMINI_TELEMETRY_ENABLED", "false")],
    home_files: &[],
};

const OPENCODE: Provider = Provider {
    name: "opencode",
    title: "opencode",
    as_of: GATHERED,
    source: "the client's public repository",
    programs: &["opencode"],
    packages: &["opencode-ai"],
    services: &[
        Service {
            wanted: WithCredential,
            need: HostNeed {
                host: ANTHROPIC,
                requests: &[ANTHROPIC_MODEL, ANTHROPIC_LOOK],
            },
            credentials: &[ANTHROPIC_KEY, ANTHROPIC_TOKEN],
        },
        Service {
            wanted: WithCredential,
            need: OPENAI_HOST,
            credentials: &[Credential {
                place: Env("OPENAI_API_KEY"),
                travels: Bearer,
                variable: "OPENAI_API_KEY",
                built: Yes,
            }],
        },
        Service {
            wanted: WithCredential,
            need: GOOGLE_HOST,
            credentials: &[
                Credential {
                    place: Env("GOOGLE_GENERATIVE_AI_API_KEY"),
                    travels: Header("x-goog-api-key"),
                    variable: "GOOGLE_GENERATIVE_AI_API_KEY",
                    built: Yes,
                },
                Credential {
                    place: Env("GEMINI_API_KEY"),
                    travels: Header("x-goog-api-key"),
                    variable: "GEMINI_API_KEY",
                    built: Yes,
                },
            ],
        },
    ],
    login: &["opencode.ai"],
    optional: &["models.dev", "models.opencode.ai"],
    env: &[
        ("OPENCODE_DISABLE_AUTOUPDATE", "1"),
        // The list of models that came with the program serves instead.
        ("OPENCODE_DISABLE_MODELS_FETCH", "1"),
    ],
    home_files: &[],
};
