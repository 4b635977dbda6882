//! `bottle.yaml` and the presets of agent vendors, resolved into a
//! [`bottle_policy::Bottle`], with errors that point.
//!
//! [`parse`] reads a manifest and reports every fault at once; [`trust`] knows
//! which contents a person has allowed; [`providers`] adds a vendor's preset;
//! [`dotenv`] finds the secrets of a file that the manifest names.
//!
//! This crate opens no socket, starts no process and reads no environment:
//! whoever calls it passes in what it needs. Only [`trust`] touches files, in
//! the directory it is given. References to secrets are not resolved here.

pub mod dotenv;
mod keys;
mod manifest;
pub mod providers;
mod read;
mod remark;
mod schema;
mod shape;
mod template;
pub mod trust;
mod walk;

pub use bottle_yaml::{Fault, Faults, Look};
use bottle_yaml::{fault, lines, mask, node, random};
pub use manifest::{Manifest, parse};
pub use remark::{Named, Note, Unbuilt, Wrong};
pub use schema::schema;
pub use template::template;
