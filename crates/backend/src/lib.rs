//! Where a bottle runs.
//!
//! [`prepare`] turns a resolved bottle and its surroundings into a [`Plan`],
//! without any effect on the machine; [`Plan::run`] carries it out on the
//! `namespaces` backend. [`gateway()`] runs the engine alone, for isolation that
//! somebody else provides.
//!
//! Knows no command line and prints nothing.

mod caches;
mod credentials;
mod environment;
mod error;
mod gateway;
mod gitconfig;
mod home;
mod home_files;
mod identify;
mod namespaces;
mod pipelock;
mod plan;
mod run_id;
mod runtime;
mod tell;
mod trees;
mod trust;

pub mod inbox;
pub mod scan;

pub use error::Error;
pub use gateway::{Gateway, gateway};
pub use pipelock::{PipelockPlan, Stage, prepare_pipelock, write_private};
pub use plan::{Plan, Request, keep_out_of_reach, prepare};
pub use run_id::RunId;
pub use tell::Tell;
pub use trees::why_not_writable;

/// The names of all detectors, for checking a manifest.
pub fn detector_ids() -> Vec<&'static str> {
    use bottle_scan::detectors::{OPERATOR_SECRET, PLACEHOLDER, instructions, table};
    table()
        .map(|detector| detector.id)
        .chain(instructions().map(|(id, _)| id))
        .chain([OPERATOR_SECRET, PLACEHOLDER])
        .collect()
}

pub use bottle_engine::{
    Authority, AuthorityError, AuthorityPair, Explanation, Manners, Question, Vault, explain,
};
pub use bottle_sandbox::{
    Exit, Guard, Info, Origin, Replaced, Reviewed, Stdio, Suspect, probe, run_if_helper,
};
pub use bottle_upstream::{
    Config as Upstream, ConnectTo, ConnectToError, Exempt, ParentProxy, ParentProxyError, Parents,
    system_roots,
};
