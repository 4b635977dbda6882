//! Fake upstreams and helpers for the tests and for `bottle demo`.
//!
//! Everything here stays on loopback, takes its ports from the kernel and
//! ends when its guard value is dropped. A server notes what reached it, so
//! that a test can say what left the bottle and, more often, what did not.
//!
//! Nothing here is part of the way out: the engine knows none of it.

mod authority;
mod background;
pub mod client;
pub mod dns;
mod git_host;
pub mod model_api;
mod program;
mod run_as;
mod upstream;
mod wait;

pub use authority::Authority;
pub use git_host::{Access, GitHost};
pub use program::{find_program, skipped};
pub use run_as::RunAs;
pub use upstream::{
    BodyState, Call, Connection, Gate, Handler, Pace, Recorded, Recording, Reply, Sent, Setup,
    Streamer, Upstream,
};
pub use wait::{TimedOut, eventually};
