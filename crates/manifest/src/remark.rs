//! What is valid and yet worth saying: keys whose feature is not built yet,
//! and keys that do less, or more, than their writer may think.

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
