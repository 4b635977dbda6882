//! What a rule is made of, and the kinds of what it finds.

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

/// What must be so around an anchor. Words: one of them must stand within so many
/// bytes. Distances are those of the text as [`super::around`] reads it.
pub(crate) enum Step {
    /// Behind what was found last, in the same sentence.
    After(usize, &'static [&'static str]),
    /// Nothing goes on behind what was found last: it ends a word.
    Alone,
    /// Before the anchor.
    Before(usize, &'static [&'static str]),
    /// On either side of the anchor, and not denied behind it.
    Near(usize, &'static [&'static str]),
    /// Somebody is told to, and nobody does it.
    Ordered,
    /// One of these verbs stands before the anchor, in the same sentence, and is an
    /// order.
    Told(usize, &'static [&'static str]),
    /// Behind what was found last, in any sentence, and not denied.
    Then(usize, &'static [&'static str]),
    /// None of these may stand at or behind the anchor.
    Unless(usize, &'static [&'static str]),
    /// None of these may stand before the anchor.
    UnlessBefore(usize, &'static [&'static str]),
}

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

/// A rule whose anchor says it all.
pub(crate) const NONE: &[Step] = &[];

/// A rule's parts in their order.
pub(crate) const fn rule(
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
