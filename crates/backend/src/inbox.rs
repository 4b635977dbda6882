//! The way from the engine's questions to a person: an inbox and its socket,
//! where some route of the bottle asks.

use std::path::Path;
use std::sync::Arc;

use bottle_engine::{Ask, AskNobody, Asking};
use bottle_policy::{Bottle, Held};
use bottle_supervise::{Desk, Inbox};

pub use bottle_supervise::{Question, Scope, Seen, Word, client};

use crate::error::Error;

/// Tells a person that a question is open.
pub type Notice = Box<dyn Fn(&Question) + Send + Sync>;

struct ByInbox(Arc<Inbox>);

impl Ask for ByInbox {
    fn ask(&self, held: Held) -> Asking<'_> {
        Box::pin(self.0.ask(held))
    }
}

/// A socket that is not served yet, and whose answers it takes.
pub(crate) struct Answers {
    pub(crate) desk: Desk,
    pub(crate) inbox: Arc<Inbox>,
}

/// Who the engine asks, and how the answers come.
pub(crate) fn open(
    bottle: &Bottle,
    logs: &Path,
    run: &str,
    notice: Notice,
) -> Result<(Arc<dyn Ask>, Option<Answers>), Error> {
    let asks = bottle.egress.routes.iter().any(|r| r.inspect.may_ask());
    if !asks {
        return Ok((Arc::new(AskNobody), None));
    }
    let desk = Desk::open(logs, run).map_err(Error::Inbox)?;
    let inbox = Inbox::new(bottle.name.as_str(), notice);
    let answers = Answers {
        desk,
        inbox: Arc::clone(&inbox),
    };
    Ok((Arc::new(ByInbox(inbox)), Some(answers)))
}
