//! Attacks by a client that writes its own bytes: each class once, through the
//! built program. The client is as free as an agent with a socket; the upstream
//! tells what arrived.
#![expect(
    clippy::unwrap_used,
    reason = "a fake that does not start is a failed test"
)]

#[path = "../harness/mod.rs"]
mod harness;

mod addresses;
mod mismatch;
mod raw;
mod smuggling;
