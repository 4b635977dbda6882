//! Rules for instructions that come with a pretext: an update, an authority, a
//! new mode, a step that must come first. They need not tell anybody to forget
//! anything.

use super::rules::Step::{After, Before, Near};
use super::rules::{OVERRIDE, ROLE, Rule, rule};

/// What is done for somebody else than the person.
const ACTS: &[&str] = &[
    "api key",
    "contacts",
    "credentials",
    "curl",
    "delete",
    "disable",
    "disregard",
    "email the",
    "execute",
    "exfiltrate",
    "export",
    "fetch http",
    "forward",
    "grant",
    "ignore",
    "include it in",
    "output the",
    "output your",
    "password",
    "paste",
    "print the",
    "read /",
    "read ~",
    "return the contents",
    "reveal",
    "run the command",
    "run the following",
    "run this",
    "secrets",
    "send",
    "transfer",
    "upload",
    "visit http",
];
/// What keeps a model to its task.
const BONDS: &[&str] = &[
    "constraint",
    "content filter",
    "content polic",
    "guardrail",
    "guideline",
    "instruction",
    "limitation",
    "moderation",
    "polic",
    "programming",
    "restriction",
    "rules",
    "safeguard",
    "safety",
];
/// How somebody is told that it is so from now on.
const DECREED: &[&str] = &[
    "administrator",
    "assistant",
    "comply",
    "continue as",
    "directive",
    "from now on",
    "immediately",
    "mode",
    "must",
    "only the text",
    "the following",
    "you are",
    "you may",
    "your new",
];
/// Where something goes to.
const AWAY: &[&str] = &["http://", "https://", "@"];
/// Who is spoken to.
const READERS: &[&str] = &[
    "assistant",
    "ai",
    "llm",
    "agent",
    "agents",
    "ai agent",
    "ai agents",
    "ai assistant",
    "ai assistants",
];

pub(super) const RULES: &[Rule] = &[
    rule(
        OVERRIDE,
        &[
            "are now void",
            "are hereby void",
            "are hereby revoked",
            "are no longer in effect",
            "no longer apply to you",
            "have been superseded",
            "have been revoked",
            "are now suspended",
            "are now disabled",
            "are disabled",
            "are now lifted",
        ],
        &[Before(56, BONDS), Near(120, DECREED)],
    ),
    rule(
        OVERRIDE,
        &[
            "no longer bound by",
            "not bound by",
            "free from your",
            "freed from your",
            "released from your",
        ],
        &[After(40, BONDS), Near(64, &["you", "your"])],
    ),
    rule(
        OVERRIDE,
        &[
            "instructions have been updated",
            "instructions have changed",
            "guidelines have been updated",
            "task has been updated",
            "task has changed",
            "instructions were updated",
        ],
        &[Before(16, &["your"]), Near(160, ACTS)],
    ),
    rule(
        OVERRIDE,
        &[
            "your new role is",
            "your new task is",
            "your new goal is",
            "your new objective is",
            "your new purpose is",
            "your real task is",
            "your actual task is",
            "cease your current task",
            "abandon your current task",
            "stop your current task",
            "drop your current task",
        ],
        &[Near(160, ACTS)],
    ),
    rule(
        OVERRIDE,
        &[
            "forget your",
            "ignore your",
            "disregard your",
            "bypass your",
            "disable your",
            "turn off your",
            "bypass all",
            "disable all",
            "bypass any",
        ],
        &[After(24, BONDS), Near(160, DECREED)],
    ),
    rule(
        ROLE,
        &["do anything now"],
        &[Near(96, &["you are", "you're", "act as", "dan"])],
    ),
    rule(
        ROLE,
        &[
            "developer mode",
            "debug mode",
            "god mode",
            "jailbreak mode",
            "maintenance mode",
            "admin mode",
            "unrestricted mode",
        ],
        &[
            Near(
                48,
                &[
                    "enabled",
                    "activated",
                    "engaged",
                    "entering",
                    "unlocked",
                    "you are",
                ],
            ),
            Near(120, BONDS),
            Near(
                160,
                &["bypass", "disabled", "ignore", "no restrictions", "without"],
            ),
        ],
    ),
    rule(
        ROLE,
        &["assistant:", "ai:", "llm:", "agent:", "agents:", "to llm:"],
        &[
            Before(
                16,
                &["<!--", "/*", "<span", "<div", "hidden", "note to", "hey"],
            ),
            Near(160, ACTS),
        ],
    ),
    rule(
        ROLE,
        &[
            "note to ",
            "note for ",
            "message to ",
            "message for ",
            "notice to ",
            "attention ",
            "instructions for ",
            "instructions to ",
            "if you are the ",
            "if you are an ",
        ],
        &[
            After(12, READERS),
            After(16, &[":", ",", "reading", "-"]),
            Near(200, ACTS),
        ],
    ),
    rule(
        ROLE,
        &[
            "admin override",
            "administrator override",
            "security override",
            "priority override",
            "emergency override",
            "developer override",
            "override code",
        ],
        &[Near(160, ACTS)],
    ),
    rule(
        ROLE,
        &[
            "directive from",
            "message from",
            "order from",
            "instruction from",
            "instructions from",
        ],
        &[
            After(
                32,
                &[
                    "administrator",
                    "the admin",
                    "developer",
                    "openai",
                    "anthropic",
                    "your creator",
                    "the system",
                    "security team",
                    "the user:",
                ],
            ),
            Near(160, ACTS),
            Near(
                160,
                &["you", "your", "all safety", "directive", "new instruction"],
            ),
        ],
    ),
    rule(
        ROLE,
        &[
            "before answering",
            "before continuing",
            "before proceeding",
            "before responding",
            "before you answer",
            "before you continue",
            "before you proceed",
        ],
        &[
            After(32, &["run", "execute", "you must", "first", "please"]),
            Near(160, &["| bash", "| sh", "|bash", "|sh", "eval(", "iex("]),
        ],
    ),
    rule(
        ROLE,
        &[
            "eval(atob(",
            "eval(base64",
            "exec(base64",
            "base64 -d | sh",
            "base64 -d | bash",
        ],
        &[Before(
            64,
            &[
                "execute the following",
                "run the following",
                "execute this",
                "run this",
                "you must",
            ],
        )],
    ),
    rule(
        ROLE,
        &[
            "call the tool",
            "invoke the tool",
            "use the tool",
            "call the `",
            "use the `",
        ],
        &[
            Near(
                160,
                &[
                    "full conversation",
                    "entire conversation",
                    "conversation history",
                    "credentials",
                    "secrets",
                    "password",
                    "api key",
                    "private key",
                ],
            ),
            Near(160, AWAY),
        ],
    ),
];
