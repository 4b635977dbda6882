// SPDX-License-Identifier: Apache-2.0 OR MIT
// Copyright the bot-bottle authors
//! The caller's terminal while a command has one of its own: raw, its size handed on, and put
//! back however we leave.

use std::io::{self, IsTerminal as _};
use std::os::fd::{AsFd as _, BorrowedFd};

use nix::sys::termios::{SetArg, Termios, cfmakeraw, tcgetattr, tcsetattr};

use crate::sys::tty::{copy_size, stream};

/// The caller's side of the relay.
#[derive(Debug)]
pub(crate) struct Terminal {
    /// Where the command's output goes: the first of the streams that is a terminal.
    pub(crate) output: BorrowedFd<'static>,
    /// Where keys come from, if standard input is a terminal.
    pub(crate) input: Option<BorrowedFd<'static>>,
    original: Option<Termios>,
}

impl Terminal {
    /// Takes the terminal over and sets `master` up like it.
    pub(crate) fn take(master: BorrowedFd<'_>) -> io::Result<Self> {
        let input = stream(0).is_terminal().then(|| stream(0));
        let output = [stream(1), stream(2), stream(0)]
            .into_iter()
            .find(BorrowedFd::is_terminal)
            .ok_or(io::ErrorKind::NotFound)?;
        let terminal = Self {
            output,
            input,
            original: input.map(tcgetattr).transpose()?,
        };
        if let Some(original) = &terminal.original {
            tcsetattr(master, SetArg::TCSANOW, original)?;
        }
        terminal.resize(master);
        terminal.raw()?;
        Ok(terminal)
    }

    /// Hands the size on. A terminal that has gone has none, which the next read tells.
    pub(crate) fn resize(&self, master: BorrowedFd<'_>) {
        let _ = copy_size(self.output, master.as_fd());
    }

    /// Every key goes to the command's terminal as it is.
    pub(crate) fn raw(&self) -> io::Result<()> {
        let (Some(input), Some(original)) = (self.input, &self.original) else {
            return Ok(());
        };
        let mut raw = original.clone();
        cfmakeraw(&mut raw);
        Ok(tcsetattr(input, SetArg::TCSADRAIN, &raw)?)
    }

    /// As it was.
    pub(crate) fn restore(&self) {
        if let (Some(input), Some(original)) = (self.input, &self.original) {
            // A terminal that has gone needs nothing put back.
            let _ = tcsetattr(input, SetArg::TCSADRAIN, original);
        }
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        self.restore();
    }
}
