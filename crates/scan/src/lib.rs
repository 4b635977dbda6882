//! Secret detectors and decoded views: bytes in, findings out.
//!
//! A [`Scanner`] is compiled once from the table of [`detectors`] and the
//! operator's own secrets ([`Known`]), and shared. [`Scanner::scan`] looks at
//! the bytes as they are and at everything they decode to (percent, forms,
//! base64, base32 and base85 of several alphabets, hex, uuencode, whole numbers,
//! bytes as numbers, escapes of JSON, code and style sheets, character
//! references, quoted-printable, UTF-16 and UTF-32, dumps, tags and selectors of
//! Unicode, look-alike letters, literals in parts, lines with signs before them,
//! packed data wherever it begins, and chains of four of them), within a budget
//! in proportion to the input. A scan that would exceed it is [`Exhausted`],
//! which the caller turns into a refusal: never a pass.
//!
//! The operator's values are also found in another case, with signs between
//! their characters, backwards and in ROT13; what leaves in parts is put
//! together by a [`Spread`], which the caller keeps for a run.
//!
//! Addresses are read for data that is smuggled in them, and answers, by
//! [`Scanner::instructions`], for instructions to the agent.
//!
//! [`Stream`] does the same for a body that is too long to hold;
//! [`content`] undoes content encodings; [`mask`] hides values in what comes
//! back; [`placeholder`] makes the stand-ins that the agent holds.
//!
//! This crate is pure: no I/O, no clock, no randomness of its own. It decides
//! nothing: a finding carries the action that the route's terms name.

pub mod content;
pub mod detectors;
pub mod mask;
pub mod placeholder;

mod address;
mod budget;
mod chance;
mod finding;
mod fingerprint;
mod free;
mod generations;
mod glance;
mod heads;
mod interrupted;
mod known;
mod matcher;
mod memory;
mod merge;
mod needles;
mod pieces;
#[cfg(any(test, feature = "reference"))]
pub mod reference;
mod respelled;
mod response;
mod scanner;
mod spread;
mod stream;
mod sweep;
mod through;
mod views;

#[cfg(test)]
mod tests;

pub use budget::Exhausted;
pub use finding::{Finding, Input, Place, View};
pub use known::{Kind, Known, KnownError, KnownId};
pub use response::is_utf16;
pub use scanner::{Scanner, Seen};
pub use spread::{Part, Spread};
pub use stream::{Blocked, Released, Stream};
