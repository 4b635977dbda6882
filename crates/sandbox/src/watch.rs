// SPDX-License-Identifier: Apache-2.0 OR MIT
// Copyright the bot-bottle authors
//! PID 1 while the command runs: waits for whatever comes, and puts guards back first.

use std::os::fd::{AsFd as _, OwnedFd};
use std::os::unix::net::UnixStream;
use std::time::{Duration, Instant};

use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use nix::sys::signal::{Signal, kill, killpg};
use nix::sys::signalfd::SignalFd;
use nix::sys::wait::{WaitPidFlag, WaitStatus, waitpid};
use nix::unistd::Pid;

use crate::command::take_foreground;
use crate::failure::{Blame as _, Outcome, Step};
use crate::fs::keeper::{Keeper, Replaced};
use crate::running::Exit;
use crate::wire::{Channel, FromInit, ToInit};

/// How often, in milliseconds, guards are looked at while the machine does not tell of names.
const NOW_AND_THEN: u8 = 20;
/// A command that lasts so long is worth watches.
const LASTING: Duration = Duration::from_millis(200);

/// Whether PID 1 goes on.
#[derive(PartialEq, Eq)]
enum Next {
    End,
    Go,
}

/// The command while it runs.
pub(crate) struct Watch<'a> {
    pub(crate) control: &'a Channel,
    pub(crate) tether: &'a UnixStream,
    pub(crate) command: Pid,
    pub(crate) terminal: Option<&'a OwnedFd>,
    pub(crate) keeper: &'a mut Keeper,
    /// When to ask for watches, until that was done.
    pub(crate) settle: Option<Instant>,
}

impl Watch<'_> {
    /// Until the command ends, or nobody is there for whom it should run.
    pub(crate) fn run(&mut self, children: &SignalFd) -> Outcome<()> {
        while self.step(children)? == Next::Go {}
        Ok(())
    }

    pub(crate) fn tell(&self, replaced: Vec<Replaced>) -> Outcome<()> {
        if replaced.is_empty() {
            return Ok(());
        }
        self.control.send(&FromInit::Replaced(replaced))
    }

    /// When the machine should tell of names from now on, as far as it can.
    pub(crate) fn soon() -> Option<Instant> {
        Instant::now().checked_add(LASTING)
    }

    /// Returns whether it was time to.
    fn settle(&mut self) -> bool {
        let due = self.settle.is_some_and(|at| Instant::now() >= at);
        if due {
            self.settle = None;
            self.keeper.watch_names();
        }
        due
    }

    fn step(&mut self, children: &SignalFd) -> Outcome<Next> {
        let settled = self.settle();
        // One that is asked nothing stands in for what is absent.
        let (names, asked, patience) = match self.keeper.names() {
            Some(names) if !settled => (names, PollFlags::POLLIN, PollTimeout::NONE),
            Some(names) => (names, PollFlags::POLLIN, PollTimeout::ZERO),
            None => (self.tether.as_fd(), PollFlags::empty(), NOW_AND_THEN.into()),
        };
        let mut fds = [
            PollFd::new(self.keeper.mounts(), PollFlags::POLLPRI),
            PollFd::new(names, asked),
            PollFd::new(self.control.as_fd(), PollFlags::POLLIN),
            PollFd::new(children.as_fd(), PollFlags::POLLIN),
            PollFd::new(self.tether.as_fd(), PollFlags::POLLIN),
        ];
        let woken = match poll(&mut fds, patience) {
            Err(nix::errno::Errno::EINTR) => return Ok(Next::Go),
            other => other.blame(Step::Wire, || "wait".to_owned())?,
        };
        let [mounts, names, control, child, tether] = fds.map(|fd| fd.any().unwrap_or(true));
        // Before all else: what was replaced is bare until then.
        if settled || mounts || woken == 0 || (names && self.keeper.touched()) {
            let replaced = put_back(self.keeper, self.control)?;
            self.tell(replaced)?;
        }
        if tether {
            return Ok(Next::End);
        }
        if child {
            // Reading only clears the notice: several may have been merged into one.
            let _ = children.read_signal();
            if self.reap()? == Next::End {
                return Ok(Next::End);
            }
        }
        if control { self.obey() } else { Ok(Next::Go) }
    }

    fn reap(&self) -> Outcome<Next> {
        let flags = WaitPidFlag::WNOHANG | WaitPidFlag::WUNTRACED;
        loop {
            let exit = match waitpid(None, Some(flags)) {
                Ok(WaitStatus::StillAlive) | Err(nix::errno::Errno::ECHILD) => return Ok(Next::Go),
                Ok(WaitStatus::Stopped(pid, _)) if pid == self.command => {
                    self.control.send(&FromInit::Stopped)?;
                    continue;
                }
                Ok(WaitStatus::Exited(pid, code)) if pid == self.command => Exit::Code(code),
                Ok(WaitStatus::Signaled(pid, signal, _)) if pid == self.command => {
                    Exit::Signal(signal as i32)
                }
                Ok(_) | Err(_) => continue,
            };
            self.control.send(&FromInit::Exited(exit))?;
            return Ok(Next::End);
        }
    }

    fn obey(&self) -> Outcome<Next> {
        let Some(received) = self.control.receive::<ToInit>()? else {
            return Ok(Next::End);
        };
        match received.message {
            ToInit::Signal(number) => self.forward(number),
            ToInit::Resume => self.resume(),
            ToInit::Go => {}
        }
        Ok(Next::Go)
    }

    /// The command may have just ended; then there is nobody to signal.
    fn forward(&self, number: i32) {
        let Ok(signal) = Signal::try_from(number) else {
            return;
        };
        if killpg(self.command, signal).is_err() {
            let _ = kill(self.command, signal);
        }
    }

    fn resume(&self) {
        if let Some(terminal) = self.terminal {
            // A command that has ended meanwhile has no group to give it to.
            let _ = take_foreground(terminal.as_fd(), self.command);
        }
        self.forward(libc::SIGCONT);
    }
}

/// Puts guards back. Where that cannot be done, everything inside ends with us.
pub(crate) fn put_back(keeper: &mut Keeper, control: &Channel) -> Outcome<Vec<Replaced>> {
    keeper.look().inspect_err(|failure| {
        // If nobody is there to read it there is nobody to tell.
        let _ = control.send(&FromInit::Failed(failure.clone()));
    })
}
