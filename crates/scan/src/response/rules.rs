//! The rules, in English and for what has no language.

/// What a rule finds.
pub(crate) struct Kind {
    pub(crate) id: &'static str,
    pub(crate) title: &'static str,
}

/// One way to say it.
pub(crate) struct Rule {
    /// The kind's id.
    pub(crate) kind: &'static str,
    /// Texts that are rare elsewhere, in lower case.
    pub(crate) anchors: &'static [&'static str],
    /// What must be near one of them besides.
    pub(crate) steps: &'static [Step],
}

/// Words of which one must stand there, within so many bytes.
pub(crate) enum Step {
    /// Behind what was found last, in the same sentence.
    After(usize, &'static [&'static str]),
    /// Before the anchor.
    Before(usize, &'static [&'static str]),
    /// On either side of the anchor.
    Near(usize, &'static [&'static str]),
}

use Step::{After, Before, Near};

pub(crate) const OVERRIDE: &str = "instruction_override";
pub(crate) const SECRECY: &str = "instruction_secrecy";
pub(crate) const LEAK: &str = "instruction_leak";
pub(crate) const ROLE: &str = "instruction_role";
pub(crate) const MARKER: &str = "chat_marker";

pub(crate) const KINDS: &[Kind] = &[
    Kind {
        id: MARKER,
        title: "A turn of a conversation or a tool call, made up",
    },
    Kind {
        id: LEAK,
        title: "An instruction to give away secrets or instructions",
    },
    Kind {
        id: OVERRIDE,
        title: "An instruction to drop earlier ones",
    },
    Kind {
        id: ROLE,
        title: "An instruction in the name of the system, or addressed to agents",
    },
    Kind {
        id: SECRECY,
        title: "An instruction to hide something from the person",
    },
];

const NONE: &[Step] = &[];

pub(super) const fn rule(
    kind: &'static str,
    anchors: &'static [&'static str],
    steps: &'static [Step],
) -> Rule {
    Rule {
        kind,
        anchors,
        steps,
    }
}

const DROP: &[&str] = &[
    "ignore",
    "ignoring",
    "disregard",
    "forget",
    "override",
    "overriding",
    "discard",
    "neglect",
    "do not follow",
    "don't follow",
    "do not obey",
    "don't obey",
    "stop following",
    "stop obeying",
    "pay no attention to",
    "set aside",
];
const FORMER: &[&str] = &[
    "previous",
    "prior",
    "earlier",
    "preceding",
    "above",
    "foregoing",
    "your",
    "original",
    "past",
    "former",
    "system",
    "aforementioned",
    "you were given",
    "you have been given",
    "you've been given",
    "initial",
];
const ORDERS: &[&str] = &[
    "instruction",
    "prompt",
    "directive",
    "programming",
    "guidelines",
];
const ALL_FORMER: &[&str] = &[
    "all previous",
    "all prior",
    "all of the above",
    "all the above",
    "all your",
    "all earlier",
    "any previous",
    "any prior",
    "every previous",
    "all preceding",
    "everything above",
    "your previous",
    "your prior",
];
const WEAK_ORDERS: &[&str] = &[
    "rules",
    "commands",
    "orders",
    "constraints",
    "restrictions",
    "context",
    "messages",
    "conversation",
    "safety",
    "tasks",
    "policies",
];
const FETCHERS: &[&str] = &["curl", "wget", "http", "exfil", "upload"];
const GIVE: &[&str] = &[
    "send",
    "post ",
    "upload",
    "exfiltrate",
    "transmit",
    "forward",
    "email",
    "e-mail",
    "leak",
    "submit",
    "append",
    "deliver",
];
const SHOW: &[&str] = &[
    "output",
    "print",
    "reveal",
    "repeat",
    "display",
    "show",
    "dump",
    "disclose",
    "leak",
    "tell me",
    "recite",
    "send",
    "share",
    "exfiltrate",
    "write out",
    "return",
    "include",
];
const ACTS: &[&str] = &[
    "run the",
    "run this",
    "run `",
    "run:",
    "execute",
    "send",
    "curl",
    "visit",
    "upload",
    "include your",
    "reveal",
    "ignore",
    "disregard",
    "open the url",
    "exfiltrate",
    "post the",
    "fetch http",
    "read the file",
    "read ~",
    "read /",
    "delete",
];

pub(crate) const RULES: &[Rule] = &[
    rule(OVERRIDE, DROP, &[After(28, FORMER), After(40, ORDERS)]),
    rule(
        OVERRIDE,
        DROP,
        &[After(12, ALL_FORMER), After(28, WEAK_ORDERS)],
    ),
    rule(
        OVERRIDE,
        DROP,
        &[
            After(
                16,
                &[
                    "all instructions",
                    "the instructions",
                    "any instructions",
                    "all the instructions",
                    "everything",
                ],
            ),
            After(
                24,
                &[
                    "you were",
                    "you have been",
                    "you've been",
                    "given to you",
                    "told you",
                    "from the user",
                    "from your",
                ],
            ),
        ],
    ),
    rule(
        OVERRIDE,
        &["forget everything", "forget all"],
        &[After(
            20,
            &[
                "you know",
                "you were told",
                "you have been told",
                "above",
                "before this",
                "you've been told",
                "previous",
            ],
        )],
    ),
    rule(
        SECRECY,
        &[
            "tell the user",
            "tell your user",
            "inform the user",
            "inform your user",
            "notify the user",
            "alert the user",
            "tell the human",
            "mention this to",
            "mention it to",
            "reveal this to",
            "disclose this to",
            "tell anyone about this",
            "let the user know",
            "warn the user",
            "tell the operator",
            "tell the developer about",
        ],
        &[
            Before(
                16,
                &[
                    "do not",
                    "don't",
                    "never",
                    "must not",
                    "should not",
                    "not to",
                ],
            ),
            Near(
                160,
                &[
                    "this instruction",
                    "these instruction",
                    "instruction",
                    "silently",
                    "you must",
                    "this step",
                    "about this",
                    "this message",
                    "this to the user",
                    "secret",
                    "assistant",
                    "agent",
                    "step",
                    "comment",
                    "that you",
                    "http",
                ],
            ),
        ],
    ),
    rule(
        SECRECY,
        &[
            "telling the user",
            "informing the user",
            "notifying the user",
            "alerting the user",
            "asking the user",
        ],
        &[
            Before(10, &["without"]),
            Near(
                100,
                &[
                    "instruction",
                    "you must",
                    "assistant",
                    "agent",
                    "silently run",
                    "http",
                    "send",
                    "curl",
                ],
            ),
        ],
    ),
    rule(
        SECRECY,
        &[
            "hide this from the user",
            "keep this hidden from the user",
            "the user must not know",
            "the user must never know",
            "the user should not know",
            "keep this secret from the user",
            "without the user's knowledge",
            "without the user knowing",
            "without the user noticing",
        ],
        NONE,
    ),
    rule(
        LEAK,
        &[
            "system prompt",
            "initial instructions",
            "hidden instructions",
            "hidden prompt",
            "original instructions",
            "tool definitions",
        ],
        &[Before(24, &["your"]), Before(64, SHOW)],
    ),
    rule(
        LEAK,
        &[
            "/etc/passwd",
            "/etc/shadow",
            "id_rsa",
            "id_ed25519",
            "~/.ssh",
            ".aws/credentials",
            ".env file",
            "~/.netrc",
            "$(env",
            "| base64)",
            "~/.kube/config",
            ".npmrc",
        ],
        &[
            Near(120, GIVE),
            Near(160, &["http://", "https://"]),
            Near(
                120,
                &[
                    "first",
                    "then",
                    "immediately",
                    "before ",
                    "silently",
                    "you must",
                    "agent",
                    "assistant",
                    "important",
                    "always",
                ],
            ),
        ],
    ),
    rule(
        LEAK,
        &[
            "/etc/shadow)",
            "/etc/passwd)",
            "id_rsa)",
            "credentials)",
            "$(env | ",
            "$(env|",
            "$(printenv",
        ],
        &[Before(120, FETCHERS)],
    ),
    rule(
        LEAK,
        &[
            "environment variables",
            "api keys",
            "credentials",
            "ssh keys",
            "ssh key",
            "private keys",
            "conversation history",
            "chat history",
            "access tokens",
            "secrets",
            "api key",
            "conversation so far",
        ],
        &[
            Before(48, GIVE),
            Near(
                48,
                &["your", "the user's", "all ", "any ", "full ", "entire"],
            ),
            After(64, &["http://", "https://"]),
        ],
    ),
    rule(
        LEAK,
        &[
            "prepend the contents of",
            "append the contents of",
            "include the contents of",
            "prepend your",
            "append your",
        ],
        &[After(
            48,
            &[
                ".ssh",
                ".aws",
                ".env",
                "/etc/",
                "system prompt",
                "api key",
                "credential",
                "id_rsa",
            ],
        )],
    ),
    rule(
        LEAK,
        &[
            "decode the following",
            "decode this base64",
            "decode this string",
        ],
        &[After(48, &["execute", "run it", "run the", "follow"])],
    ),
    rule(
        ROLE,
        &[
            "[system]",
            "[admin]",
            "system:",
            "### system",
            "<system>",
            "system override",
            "system notice",
            "system message",
            "system alert",
        ],
        &[After(
            64,
            &[
                "new directive",
                "priority directive",
                "new instruction",
                "you must",
                "ignore ",
                "disregard",
                "output your",
                "reveal",
                "override",
                "you are now",
                "directive received",
                "all agents",
                "ai agent",
                "ai assistant",
            ],
        )],
    ),
    rule(
        ROLE,
        &[
            "new instructions:",
            "updated instructions:",
            "new directive:",
            "new priority directive",
            "important instructions for",
            "instructions for ai",
            "instructions for the ai",
            "instructions for llm",
            "attention ai",
            "attention: ai",
            "note to ai",
            "note for ai",
            "message to ai",
            "message for ai",
            "dear ai",
            "hey ai",
            "notice to ai",
            "to all ai",
            "to any ai",
        ],
        &[After(160, ACTS)],
    ),
    rule(
        ROLE,
        &[
            "ai agent",
            "ai assistant",
            "language model",
            "coding agent",
            "coding assistant",
            "ai model",
            "llm",
        ],
        &[
            After(
                32,
                &[
                    "must",
                    "you must",
                    "should immediately",
                    "are required to",
                    "is required to",
                    "please run",
                    "please execute",
                    "need to execute",
                    "are instructed",
                    "is instructed",
                    "should now",
                    "reading this",
                ],
            ),
            After(80, ACTS),
        ],
    ),
    rule(
        ROLE,
        &[
            "if you are an ai",
            "if you're an ai",
            "if you are a language model",
            "if you are an llm",
            "if you are an assistant",
            "if you are an agent",
        ],
        &[After(120, ACTS)],
    ),
    rule(
        ROLE,
        &[
            "you are now",
            "you're now",
            "act as ",
            "pretend to be",
            "pretend you are",
            "from now on you",
            "from now on, you",
        ],
        &[After(
            48,
            &[
                "an unrestricted",
                "unrestricted ai",
                "dan ",
                "dan,",
                "dan.",
                "developer mode",
                "no longer bound",
                "free from all",
                "jailbroken",
                "unfiltered",
                "without restrictions",
                "no restrictions",
                "evil ",
                "in admin mode",
                "in maintenance mode",
                "in debug mode",
                "root mode",
            ],
        )],
    ),
    rule(
        ROLE,
        &["you now have"],
        &[After(
            32,
            &[
                "full admin",
                "elevated privileges",
                "unrestricted",
                "root access",
                "admin access",
                "permission to ignore",
            ],
        )],
    ),
    rule(
        ROLE,
        &[
            "execute the following command",
            "run the following command",
            "run this command",
        ],
        &[After(
            40,
            &[
                "immediately",
                "silently",
                "without asking",
                "without confirmation",
                "before anything else",
                "before proceeding",
                "before you continue",
            ],
        )],
    ),
    rule(
        ROLE,
        &[
            "before returning",
            "before calling this tool",
            "before answering",
            "before using this tool",
            "before you answer",
            "before responding",
        ],
        &[After(
            48,
            &[
                "first call",
                "first run",
                "first read",
                "you must first",
                "first send",
                "first execute",
                "always call",
                "always read",
                "first use",
            ],
        )],
    ),
    rule(
        MARKER,
        &[
            "<|im_start|>system",
            "<|im_start|>assistant",
            "<|start_header_id|>system",
            "<|start_header_id|>assistant",
            "<<sys>>",
            "<start_of_turn>model",
            "<|system|>\n",
            "[/inst]",
        ],
        NONE,
    ),
    rule(MARKER, &["\n\nhuman:"], &[After(400, &["\n\nassistant:"])]),
    rule(
        MARKER,
        &["<function_calls>", "<tool_call>", "<tool_use>"],
        &[After(
            120,
            &["\"name\"", "<invoke", "<name>", "\"arguments\""],
        )],
    ),
];
