//! Another task in place of the person's, and orders to agents by other names
//! than those in [`super::roles`].

use super::rules::Step::{After, Before, Near, Ordered};
use super::rules::{OVERRIDE, ROLE, Rule, SECRECY, rule};

/// Strong orders.
const ORDERS: &[&str] = &[
    "add the following line",
    "clone http",
    "curl ",
    "delete",
    "disregard",
    "download and",
    "execute",
    "exfiltrate",
    "fetch http",
    "forward all",
    "forward the",
    "git push",
    "ignore",
    "open the url",
    "push it to",
    "read /",
    "read ~",
    "reveal",
    "run rm",
    "run the command",
    "run the following",
    "send all",
    "send the contents",
    "send their",
    "upload",
    "wget ",
];

pub(super) const RULES: &[Rule] = &[
    rule(
        OVERRIDE,
        &["disregard ", "ignore ", "forget "],
        &[
            Ordered,
            After(
                4,
                &[
                    "whatever the user",
                    "the task you were",
                    "what you were asked",
                    "what the user asked",
                    "the user's original",
                    "the original task",
                ],
            ),
            After(
                48,
                &[
                    "and instead",
                    "instead",
                    "and do ",
                    "and run",
                    "and execute",
                ],
            ),
        ],
    ),
    rule(
        OVERRIDE,
        &["disregard ", "ignore ", "forget "],
        &[
            Ordered,
            After(
                8,
                &[
                    "previous text",
                    "above text",
                    "text above",
                    "previous content",
                ],
            ),
            After(
                8,
                &[
                    "and output",
                    "and print",
                    "and reply",
                    "and respond",
                    "and reveal",
                    "and say",
                    "and tell",
                    "and do ",
                ],
            ),
        ],
    ),
    rule(
        OVERRIDE,
        &[
            "ignore the",
            "disregard the",
            "forget the",
            "ignore all",
            "forget all",
            "disregard all",
        ],
        &[
            After(5, &["instructions", "prompts", "directives"]),
            After(
                12,
                &[
                    "above and ",
                    "above, and ",
                    "above. ",
                    "you got",
                    "so far",
                    "before this",
                ],
            ),
        ],
    ),
    rule(
        OVERRIDE,
        &[
            "your actual instructions",
            "your real instructions",
            "your true instructions",
        ],
        &[After(16, &["are ", "follow", "begin", ":"])],
    ),
    rule(
        OVERRIDE,
        &[
            "stop what you are doing",
            "stop what you're doing",
            "instead of the requested task",
            "instead of the user's request",
            "instead of what the user",
        ],
        &[After(80, ORDERS)],
    ),
    rule(
        ROLE,
        &["you are no longer a"],
        &[
            After(32, &["assistant", "language model", "chatbot", " ai"]),
            Near(
                120,
                &[
                    "you are now",
                    "no restrictions",
                    "unrestricted",
                    "you are dan",
                    "your new",
                ],
            ),
        ],
    ),
    rule(
        ROLE,
        &["must immediately", "ai must now", "ai must first"],
        &[
            Near(
                20,
                &[
                    "agent",
                    "agents",
                    "ai ",
                    "assistant",
                    "assistants",
                    "models",
                ],
            ),
            After(64, ORDERS),
        ],
    ),
    rule(
        ROLE,
        &[
            "ai agent",
            "ai assistant",
            "language model",
            "coding agent",
            "coding assistant",
            "llm",
        ],
        &[
            After(
                40,
                &[
                    "processing this",
                    "reading this",
                    "parsing this",
                    "viewing this",
                    "summarizing this",
                    "summarising this",
                    ", you must",
                    ": please",
                    ", please",
                ],
            ),
            After(64, ORDERS),
        ],
    ),
    rule(
        ROLE,
        &[
            "dear ai",
            "hey ai",
            "note to the coding agent",
            "note to coding agents",
        ],
        &[After(120, ORDERS)],
    ),
    rule(
        ROLE,
        &["assistant:", "agents:", "ai:", "llm:"],
        &[
            Before(16, &["[//]:", "[comment]:", "<!--", "# \"", "/*"]),
            After(96, ORDERS),
        ],
    ),
    rule(
        ROLE,
        &["authorized you to", "authorised you to"],
        &[After(
            40,
            &[
                "share", "send", "reveal", "disclose", "bypass", "ignore", "upload",
            ],
        )],
    ),
    rule(
        SECRECY,
        &["these instructions", "this instruction"],
        &[
            Before(
                16,
                &["reveal that", "mention that", "disclose that", "admit that"],
            ),
            Before(32, &["do not", "don't", "never", "must not"]),
        ],
    ),
];
