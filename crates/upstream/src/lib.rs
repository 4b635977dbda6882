//! The only crate that opens outbound sockets.
//!
//! [`Client::lease`] takes a [`Permit`](bottle_policy::Permit), resolves the
//! host once, vets every address against the special-purpose ranges, dials a
//! vetted one and verifies TLS. A [`Lease`] then carries requests over that
//! connection, and gives it back to the pool while it can be kept alive.
//!
//! Knows no manifest and reads no body.

mod client;
mod connect_to;
mod dial;
mod error;
mod guard;
mod pool;
mod tls;

pub use client::{Client, Config, Lease};
pub use connect_to::{ConnectTo, ConnectToError};
pub use error::Error;
pub use guard::{SpecialRange, vet};
pub use tls::system_roots;
