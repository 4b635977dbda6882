//! What a person gets: real programs in a real bottle, against made-up hosts
//! on loopback. Each module is one promise of the product.
//!
//! A test says by its name what holds. It is skipped by name where the machine
//! lacks a program or permits no sandbox.
#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "what is missing is a failed test"
)]

#[path = "../harness/mod.rs"]
mod harness;

mod addresses;
mod agents;
mod answers;
mod archives;
mod asking;
mod cli;
mod filesystem;
mod injection;
mod programs;
mod repositories;
mod scanning;
mod spread;
mod streaming;
mod terms;
