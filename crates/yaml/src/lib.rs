//! YAML that people rely on, read strictly, with faults that point.
//!
//! [`tree()`] turns a text into nodes that know where they stand; [`Faults`] is
//! every fault of a file in one report, with everything masked that could be a
//! secret. What the keys mean is the business of whoever reads a kind of file:
//! `manifest` and `pipelock`. Opens nothing and decides nothing.

pub mod fault;
pub mod lines;
pub mod mask;
pub mod names;
pub mod node;
pub mod random;
mod report;
pub mod tree;
pub mod words;

pub use fault::{Fault, Faults, Look};
pub use tree::{About, Tree, tree};
