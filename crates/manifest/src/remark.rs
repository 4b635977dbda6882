//! What is valid and yet worth saying: keys whose feature is not built yet,
//! and keys that do less, or more, than their writer may think.

use std::path::PathBuf;

use bottle_policy::SecretRef;

/// Something that a manifest names and does not hold. Only whoever looks on the
/// machine can tell whether it is as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Named {
    /// A secret, of a route or the operator's own.
    Secret(SecretRef),
    /// A path under `filesystem.writable`.
    Writable(PathBuf),
}

/// What is wrong with something that a manifest names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// What is wrong.
    pub message: String,
    /// How to mend it.
    pub help: String,
}

/// A valid key whose feature is not built yet. `run` and `gateway` refuse it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unbuilt {
    /// The key and its value, such as `supervise: true`.
    pub what: String,
    /// Its line, from 1.
    pub line: usize,
    /// What to do instead.
    pub next: String,
}

/// Something allowed that deserves a second look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The remark, a sentence without its full stop.
    pub text: String,
    /// The line it is about, from 1.
    pub line: usize,
}
