//! Decision events as hash-chained JSON Lines.
//!
//! One line a decision, in a file of its own for each run, private to its
//! owner. [`Log::append`] returns only when the kernel has the whole line, so
//! a caller that writes before it lets bytes leave can always be audited; once
//! a write has failed the log takes nothing more, and the caller denies.
//!
//! # The line
//! Compact JSON, ASCII only, members in this order: `seq`, `ts`, `run`,
//! `bottle`, `who`, `door`, `dest`, `request`, `verdict`, `rule`, `findings`,
//! `response`, `ms`, then `of` in completion records only, then `prev` and
//! `hash`. What is absent is `null`. `seq` counts from 1. A completion record
//! (`"verdict":"done"`) tells how the exchange that the decision `of` allowed
//! came out; the decision itself was on disk before any byte left.
//!
//! # The chain
//! A line ends in `,"hash":"<64 hex digits>"}`. The hash is the SHA-256 of the
//! line's bytes with that ending replaced by `}`. `prev` is the hash of the
//! line before, and 64 zeros in the first. [`verify()`] walks the chain. Lines
//! taken off the end leave a shorter chain that holds: whoever must exclude
//! that keeps [`Verified::head`] elsewhere.
//!
//! This crate masks nothing: paths arrive masked. It knows no engine.

mod event;
mod id;
mod line;
mod log;
mod read;
mod runs;
mod table;
mod verify;

#[cfg(test)]
mod tests;

pub use event::{Dest, Event, Finding, Request, Response, Verdict};
pub use id::{EventId, Hash};
pub use line::{LineError, Record};
pub use log::{Error, Log};
pub use read::{ReadError, Records, Tail, read};
pub use runs::run_files;
pub use table::{Layout, Row, Style, Zone, printable, rows};
pub use verify::{Broken, Verified, Why, verify};
