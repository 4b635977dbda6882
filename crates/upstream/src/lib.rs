//! The only crate that opens outbound sockets.
//!
//! [`Client::lease`] takes a [`Permit`](bottle_policy::Permit), resolves the
//! host once, vets every address against the special-purpose ranges, dials a
//! vetted one and verifies TLS. A [`Lease`] then carries requests over that
//! connection, and gives it back to the pool while it can be kept alive.
//!
//! Where the operator has a parent proxy, connections go through it by name, and
//! what can be vetted of the name here is vetted before: see [`Parents`].
//!
//! Knows no manifest and reads no body.

mod client;
mod connect_to;
mod dial;
mod error;
mod exempt;
mod guard;
mod parent;
mod pool;
mod reads_on;
mod tls;
mod via;

pub use client::{Client, Config, Lease, Line};
pub use connect_to::{ConnectTo, ConnectToError};
pub use error::Error;
pub use exempt::Exempt;
pub use guard::{SpecialRange, vet};
pub use parent::{ParentProxy, ParentProxyError, Parents};
pub use tls::system_roots;
