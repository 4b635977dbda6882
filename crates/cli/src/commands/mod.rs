//! One module a command.

pub(crate) mod allow;
pub(crate) mod demo;
pub(crate) mod detectors;
pub(crate) mod explain;
pub(crate) mod gateway;
pub(crate) mod inbox;
pub(crate) mod init;
pub(crate) mod inspect;
pub(crate) mod logs;
mod notes;
mod pair;
pub(crate) mod pipelock;
mod pipelock_files;
pub(crate) mod render;
pub(crate) mod run;
pub(crate) mod schema;
