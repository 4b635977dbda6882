//! The ways in which an exchange ends without an answer of the upstream, and
//! whom each blames.

use bottle_policy::{Denial, Rule};
use http::StatusCode;

/// An exchange that is not carried out.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// The policy or the inspection says no.
    Denied(Denial),
    /// It cannot be done, through the upstream or through us.
    Fault(Fault),
}

/// Something that cannot be done, through the upstream or through us.
#[derive(Debug)]
pub(crate) struct Fault {
    /// The fault's name in the answer and the audit log.
    pub(crate) kind: &'static str,
    pub(crate) status: StatusCode,
    pub(crate) message: String,
    pub(crate) guidance: &'static str,
}

impl Fault {
    /// Ours, not the agent's and not the upstream's.
    pub(crate) fn internal(message: impl Into<String>) -> Self {
        Self {
            kind: "internal",
            status: StatusCode::BAD_GATEWAY,
            message: message.into(),
            guidance: "This is a fault of bot-bottle; nothing was sent. Tell the person who runs it.",
        }
    }

    /// The audit log takes no more, so nothing may leave.
    pub(crate) fn audit(error: &bottle_audit::Error) -> Self {
        Self {
            kind: "audit_unavailable",
            status: StatusCode::BAD_GATEWAY,
            message: format!("The decision could not be recorded, so nothing was sent: {error}."),
            guidance: "Tell the person who runs the bottle; its disk may be full.",
        }
    }

    pub(crate) fn unreadable_answer(encoding: &str) -> Self {
        Self {
            kind: "response_unreadable",
            status: StatusCode::BAD_GATEWAY,
            message: format!(
                "The answer is encoded as {encoding} although it was asked for plain, so an echoed credential could not be masked."
            ),
            guidance: "The answer was not passed on. Nothing that you can change helps; tell the person who runs the bottle.",
        }
    }
}

impl Fault {
    /// An answer that must be read before it goes on, and cannot be.
    pub(crate) fn answer_unread(why: &str) -> Self {
        Self {
            kind: "response_unreadable",
            status: StatusCode::BAD_GATEWAY,
            message: format!("The answer could not be read for instructions to the agent: {why}."),
            guidance: "The answer was not passed on, as the route asks. Ask for it plain or in smaller parts, or tell the person who runs the bottle.",
        }
    }
}

impl From<Denial> for Refusal {
    fn from(denial: Denial) -> Self {
        Self::Denied(denial)
    }
}

impl From<Fault> for Refusal {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

/// The refusal of an address that no name may lead to.
pub(crate) fn guarded(error: &bottle_upstream::Error) -> Denial {
    Denial::new(
        Rule::AddressGuard,
        format!("{error}."),
        "What leads into a private or special network is never followed, listed or not. If the service is really there, the person can map it: bottle run --connect-to HOST:PORT:ADDR:PORT.",
    )
}

impl From<bottle_upstream::Error> for Refusal {
    fn from(error: bottle_upstream::Error) -> Self {
        if let bottle_upstream::Error::Guarded { .. } = error {
            return Self::Denied(guarded(&error));
        }
        let status = if error.is_timeout() {
            StatusCode::GATEWAY_TIMEOUT
        } else {
            StatusCode::BAD_GATEWAY
        };
        Self::Fault(Fault {
            kind: error.kind(),
            status,
            message: format!("{error}."),
            guidance: "The request was allowed; the upstream failed. Trying again later may help.",
        })
    }
}
