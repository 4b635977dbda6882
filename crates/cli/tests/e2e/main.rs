//! What a person gets: real programs in a real bottle, against made-up hosts
//! on loopback. Each module is one promise of the product.
//!
//! A test says by its name what holds. It is skipped by name where the machine
//! lacks a program or permits no sandbox.
#![expect(
    clippy::indexing_slicing,
    reason = "a missing field of an answer is a failed test"
)]

#[path = "../harness/mod.rs"]
mod harness;

mod programs;
