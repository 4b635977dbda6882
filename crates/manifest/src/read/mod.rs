//! The tree's values as the policy's types, one file a section.

mod agent;
mod auth;
mod egress;
mod filesystem;
mod git;
mod inspect;
mod manifest;
mod overlap;

pub(crate) use manifest::{Draft, Reader, read};
