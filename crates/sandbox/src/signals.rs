// SPDX-License-Identifier: Apache-2.0 OR MIT
// Copyright the bot-bottle authors
//! The caller's signals while a command runs. Hands them over; decides nothing.

use std::os::fd::OwnedFd;

use nix::fcntl::OFlag;
use nix::unistd::{pipe2, read};

use crate::error::Error;
use crate::sys::signals::Caught;

/// Handed on to the command, or acted on.
const CAUGHT: [i32; 7] = [
    libc::SIGHUP,
    libc::SIGINT,
    libc::SIGQUIT,
    libc::SIGTERM,
    libc::SIGTSTP,
    libc::SIGWINCH,
    libc::SIGCONT,
];

/// The caller's signals, as bytes to read, for as long as this lives.
#[derive(Debug)]
pub(crate) struct Signals {
    pub(crate) source: OwnedFd,
    _caught: Caught,
}

impl Signals {
    pub(crate) fn catch() -> Result<Self, Error> {
        let flags = OFlag::O_CLOEXEC | OFlag::O_NONBLOCK;
        let (source, sink) = pipe2(flags).map_err(|error| Error::Terminal(error.into()))?;
        Ok(Self {
            source,
            _caught: Caught::new(&CAUGHT, sink).map_err(Error::Terminal)?,
        })
    }

    pub(crate) fn take(&self) -> Vec<i32> {
        let mut buffer = [0; 64];
        let count = read(&self.source, &mut buffer).unwrap_or(0);
        buffer
            .iter()
            .take(count)
            .map(|&byte| i32::from(byte))
            .collect()
    }
}
