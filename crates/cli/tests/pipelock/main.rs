//! pipelock's file, both ways: rendered from a manifest, and read by an engine
//! that stands in for a pipelock, alone and behind another engine.
#![expect(
    clippy::unwrap_used,
    reason = "a fake that does not start is a failed test"
)]

#[path = "../harness/mod.rs"]
mod harness;

mod bad_parent;
mod chain;
mod hostile;
mod limits;
mod parent;
mod render;
mod scripted;
mod second;
mod standin;
mod vectors;

#[path = "../../../pipelock/tests/plain/mod.rs"]
mod plain;
