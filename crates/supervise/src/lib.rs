//! Requests that are held until a person answers.
//!
//! An [`Inbox`] takes questions in and waits; a person who said once what may
//! become of a value at a host is not asked again in the same run. [`Desk`] is
//! the socket through which the answers come, and [`client`] the person's end
//! of it.
//!
//! Knows no engine and no terminal: the one hands it [`Held`] requests, the
//! other shows [`Question`]s.
//!
//! [`Held`]: bottle_policy::Held

mod desk;
mod inbox;
mod standing;
mod wire;

pub mod client;

pub use desk::Desk;
pub use inbox::{Inbox, NotOpen};
pub use wire::{Question, Scope, Seen, Word};
