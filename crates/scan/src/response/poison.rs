//! What poisons the description of a tool: files, secrets and conversations
//! that it has no business with, and results that end before they do.

use super::rules::Step::{After, Before, Near};
use super::rules::{LEAK, MARKER, Rule, rule};

/// Files that hold what only their owner may know.
const FILES: &[&str] = &[
    "/etc/passwd",
    "/etc/shadow",
    "id_rsa",
    "id_ed25519",
    "~/.ssh",
    ".aws/credentials",
    ".env",
    ".netrc",
    ".npmrc",
    ".kube/config",
    "/mcp.json",
];
/// What a tool has no business with.
const SECRETS: &[&str] = &[
    "~/.",
    "id_rsa",
    ".env",
    "api key",
    "api_key",
    "credential",
    "password",
    "private key",
    "conversation history",
    "full conversation",
    "entire conversation",
    "chat history",
    "system prompt",
    "mcp.json",
];
const AWAY: &[&str] = &["http://", "https://"];

/// Where something goes to, be it a person.
const ANYWHERE: &[&str] = &["http://", "https://", "@"];

pub(super) const RULES: &[Rule] = &[
    rule(
        LEAK,
        FILES,
        &[
            Before(48, &["read", "open", "load", "cat ", "contents of"]),
            After(
                56,
                &[
                    "pass its content",
                    "pass the content",
                    "pass the file",
                    "pass it as",
                    "pass them as",
                    "include its content",
                    "include the content",
                    "and include it",
                    "paste its content",
                    "paste the content",
                    "put its content",
                ],
            ),
        ],
    ),
    rule(
        LEAK,
        FILES,
        &[
            Before(
                40,
                &[
                    "send", "post", "upload", "transmit", "forward", "email", "leak", "push",
                ],
            ),
            Before(24, &["content", "your", "the user's", "all "]),
            After(8, &["to http://", "to https://"]),
        ],
    ),
    rule(
        LEAK,
        FILES,
        &[Before(
            36,
            &[
                "reply with the content",
                "respond with the content",
                "answer with the content",
            ],
        )],
    ),
    rule(
        LEAK,
        FILES,
        &[
            After(4, &["| curl", "|curl", "| nc ", "| base64 | curl"]),
            After(64, AWAY),
        ],
    ),
    rule(
        LEAK,
        &["environment variable "],
        &[
            After(
                8,
                &[
                    "and post it to",
                    "and send it to",
                    "then post it to",
                    "then send it to",
                    "and upload it to",
                ],
            ),
            After(8, AWAY),
        ],
    ),
    rule(
        LEAK,
        &["env | curl", "env|curl", "printenv | curl", "env | base64"],
        &[After(80, AWAY)],
    ),
    rule(
        LEAK,
        &[
            "system prompt",
            "everything above",
            "your exact instructions",
        ],
        &[
            Near(
                32,
                &[
                    "repeat",
                    "respond with",
                    "reply with",
                    "recite",
                    "output",
                    "print them",
                    "what are",
                ],
            ),
            After(32, &["word for word", "verbatim"]),
        ],
    ),
    rule(
        LEAK,
        &[
            "before using this tool",
            "when using this tool",
            "when calling this tool",
            "before calling this tool",
            "to use this tool",
            "this tool must be called",
        ],
        &[
            After(
                64,
                &[
                    "you must",
                    "always",
                    "first",
                    "read",
                    "include",
                    "pass ",
                    "with the user's",
                    "with your",
                ],
            ),
            After(120, SECRETS),
        ],
    ),
    rule(
        LEAK,
        &[
            "environment variables",
            "api keys",
            "api key",
            "credentials",
            "session token",
            "access token",
            "private key",
            "conversation history",
            "full conversation",
            "entire conversation",
            "system prompt",
            "secrets",
            ".env file",
        ],
        &[
            Near(
                48,
                &["your", "the user's", "all", "any", "the full", "entire"],
            ),
            Near(
                72,
                &[
                    "post them",
                    "post it",
                    "send them",
                    "send it",
                    "upload them",
                    "upload it",
                    "append them",
                    "append it",
                    "forward them",
                    "forward it",
                    "email them",
                    "email it",
                    "exfiltrate",
                ],
            ),
            Near(160, ANYWHERE),
        ],
    ),
    rule(
        LEAK,
        &[
            "silently post",
            "silently send",
            "silently upload",
            "silently forward",
            "silently email",
            "secretly send",
            "secretly upload",
            "quietly send",
        ],
        &[Near(160, ANYWHERE)],
    ),
    rule(
        LEAK,
        &[
            "{{conversation",
            "{{chat_history",
            "{{history",
            "{{system_prompt",
            "{{secrets",
            "{conversation_history}",
        ],
        &[
            Before(160, &["![", "src="]),
            Before(160, &["http://", "https://"]),
        ],
    ),
    rule(
        LEAK,
        &[
            "initial prompt",
            "system message",
            "hidden prompt",
            "api key stored",
            "secret stored",
        ],
        &[
            Before(24, &["your", "the"]),
            Before(48, &["output", "reveal", "repeat", "disclose", "recite"]),
            Near(
                160,
                &[
                    "verbatim",
                    "your context",
                    "pretend",
                    "no content",
                    "developer",
                ],
            ),
        ],
    ),
    rule(
        MARKER,
        &[
            "</tool_result",
            "</tool_response",
            "</function_result",
            "</function_results",
            "</observation>",
        ],
        &[After(
            48,
            &[
                "<system",
                "system:",
                "<user",
                "user:",
                "<assistant",
                "human:",
            ],
        )],
    ),
];
