//! The one way out of a bottle.
//!
//! Doors take connections in and translate them into intents; the policy
//! decides; what may leave is read, gets its credential, and goes to the
//! upstream; the answer streams back. Every decision is on record before a byte
//! of its request leaves.
//!
//! Knows no manifest and no sandbox: it is given a resolved
//! [`Bottle`](bottle_policy::Bottle) and sockets that somebody else opened.

mod answer;
mod ask;
mod authority;
mod authority_pair;
mod body;
mod context;
mod dns;
mod engine;
mod exchange;
mod explain;
#[doc(hidden)]
pub mod fuzzing;
mod headers;
mod identify;
mod inspect;
mod intent;
mod joined;
mod manners;
mod names;
mod passage;
mod prefixed;
mod proxy;
mod record;
mod redact;
mod refusal;
mod relay;
mod respond;
mod room;
mod settle;
mod shared;
mod shown;
mod sniff;
mod transparent;
mod tunnel;
mod upload;
mod vault;
mod watch;

pub use ask::{Ask, AskNobody, Asking};
pub use authority::{Authority, AuthorityError};
pub use authority_pair::AuthorityPair;
pub use engine::{Config, Doors, Engine};
pub use explain::{Explanation, Question, explain};
pub use identify::{Anonymous, Identify};
pub use manners::Manners;
pub use vault::Vault;
