//! The words in which the manifest's keys are described.
//!
//! One table of keys (see `keys`) serves three readers: the walk, which knows
//! from it what is an unknown key; the JSON Schema; and the tests that hold
//! the two together.

/// A map with known keys.
pub(crate) struct Section {
    pub(crate) about: &'static str,
    pub(crate) keys: &'static [Key],
    /// Words that people write for one of the keys, and the key they mean.
    pub(crate) meant: &'static [(&'static str, &'static str)],
}

/// A key of a section.
pub(crate) struct Key {
    pub(crate) name: &'static str,
    pub(crate) about: &'static str,
    pub(crate) need: Need,
    pub(crate) shape: Shape,
}

/// Whether a key must be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Need {
    /// It may be left out; the text is what holds then, as JSON, or empty for nothing.
    Default(&'static str),
    Required,
}

/// What stands behind a key.
pub(crate) enum Shape {
    Bool,
    /// A map with names of the writer's own.
    Dict(&'static Self),
    List(&'static Self),
    Map(&'static Section),
    Number {
        least: u64,
        most: u64,
    },
    /// Text, with the pattern that an editor can check; empty for any.
    Text(&'static str),
    /// A single word, or a list.
    WordOrList,
    /// One of these words.
    Words(&'static [&'static str]),
}
