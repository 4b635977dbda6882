//! Where a person is asked about a request that is held. Who the person is and
//! how the question gets there is the caller's.

use std::pin::Pin;

use bottle_policy::{Answer, Held};

/// Carries questions to a person.
pub trait Ask: Send + Sync {
    /// Waits for the answer, within bounds of its own. Dropped, nobody waits
    /// any more.
    fn ask(&self, held: Held) -> Asking<'_>;
}

/// A question on its way.
pub type Asking<'a> = Pin<Box<dyn Future<Output = Answer> + Send + 'a>>;

/// Asks nobody: for an engine on whose routes no question comes up.
#[derive(Clone, Copy, Debug, Default)]
pub struct AskNobody;

impl Ask for AskNobody {
    fn ask(&self, _held: Held) -> Asking<'_> {
        Box::pin(std::future::ready(Answer::Nobody))
    }
}
