//! bottle.yaml and provider presets, resolved into a policy with pointed errors.

mod dotenv;
mod fault;
mod keys;
mod lines;
mod manifest;
mod mask;
mod node;
mod random;
mod read;
mod remark;
mod report;
mod shape;
mod walk;
mod yaml;

pub use fault::{Fault, Faults, Look};
pub use manifest::{Manifest, parse};
pub use remark::{Note, Unbuilt};
