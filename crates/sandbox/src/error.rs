// SPDX-License-Identifier: Apache-2.0 OR MIT
// Copyright the bot-bottle authors
//! Why a bottle could not be made or run, in terms of what the caller can do about it.

use std::io;
use std::path::PathBuf;

use thiserror::Error;

use crate::failure::{Failure, Step};
use crate::remedy;

/// Why a bottle could not be made or run.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum Error {
    /// This machine does not let us build the walls.
    #[error(
        "this machine does not permit a sandbox: could not {step} ({reason}); to allow it: {remedy}"
    )]
    Forbidden {
        /// What was tried.
        step: Step,
        /// What stands in the way.
        reason: String,
        /// The one command that mends it.
        remedy: String,
    },
    /// The helper ended without a word.
    #[error("the bottle's helper ended unexpectedly; does {} call run_if_helper first?", helper.display())]
    Lost {
        /// The program that was started as the helper.
        helper: PathBuf,
    },
    /// The command exists but cannot be run.
    #[error("cannot run {program}: {source}")]
    NotExecutable {
        /// What was to be run.
        program: String,
        /// Why not.
        source: io::Error,
    },
    /// There is no such command in the bottle.
    #[error("{program}: command not found in the bottle")]
    NotFound {
        /// What was to be run.
        program: String,
    },
    /// A step of building the bottle failed.
    #[error("could not {step}: {detail}{}", cause(source.as_ref()))]
    Setup {
        /// What was tried.
        step: Step,
        /// On what.
        detail: String,
        /// The operating system's reason, if it gave one.
        source: Option<io::Error>,
    },
    /// The request cannot be met.
    #[error("invalid request: {0}")]
    Spec(String),
    /// The helper could not be started.
    #[error("could not start the bottle's helper {}: {source}", helper.display())]
    Spawn {
        /// The program that was to be started.
        helper: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// The caller's terminal could not be used.
    #[error("could not use the terminal: {0}")]
    Terminal(#[source] io::Error),
}

impl Error {
    /// The exit code by which `bottle run` tells this.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Forbidden { .. } => 77,
            Self::NotExecutable { .. } => 126,
            Self::NotFound { .. } => 127,
            Self::Lost { .. }
            | Self::Setup { .. }
            | Self::Spec(_)
            | Self::Spawn { .. }
            | Self::Terminal(_) => 125,
        }
    }

    /// The command itself could not be run; `code` tells how.
    pub(crate) fn cannot_run(failure: Failure, code: u8) -> Self {
        let source = failure.errno.map(io::Error::from_raw_os_error);
        match (code, source) {
            (127, _) => Self::NotFound {
                program: failure.detail,
            },
            (126, Some(source)) => Self::NotExecutable {
                program: failure.detail,
                source,
            },
            _ => failure.into(),
        }
    }
}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        if let Some((reason, remedy)) = remedy::find(&failure) {
            return Self::Forbidden {
                step: failure.step,
                reason,
                remedy,
            };
        }
        if failure.step == Step::Spec {
            return Self::Spec(failure.detail);
        }
        Self::Setup {
            step: failure.step,
            detail: failure.detail,
            source: failure.errno.map(io::Error::from_raw_os_error),
        }
    }
}

fn cause(source: Option<&io::Error>) -> String {
    source.map(|error| format!(": {error}")).unwrap_or_default()
}
