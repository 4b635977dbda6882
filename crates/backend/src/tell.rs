//! What a person is told of a run, while it goes on and when it has ended.

use bottle_sandbox::{Info, Replaced, Reviewed, Suspect};

/// Who tells it. What is not of interest is left out.
pub trait Tell {
    /// The bottle stands, and the command is about to start.
    fn ready(&mut self, _info: &Info) {}

    /// A file was replaced outside, and is guarded again. A `suspect` names programs since then.
    fn replaced(&mut self, _replaced: &Replaced, _suspect: Option<&Suspect>) {}

    /// The command has ended; what is left in the project that git would run.
    fn reviewed(&mut self, _reviewed: &Reviewed) {}
}

/// Tells nothing.
impl Tell for () {}
