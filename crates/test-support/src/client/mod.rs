//! A small blocking HTTP/1.1 client that can say anything, true or not.
//!
//! Tests need one that names another server in the client hello than in the
//! `Host`, or sends half a request and waits. It reads answers with limits,
//! and gives up after ten seconds of silence.

mod answer;
mod trust;
mod wire;

pub use answer::Answer;
pub use trust::trusting;
pub use wire::Wire;
