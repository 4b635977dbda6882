// SPDX-License-Identifier: Apache-2.0 OR MIT
// Copyright the bot-bottle authors
//! A command that runs: its terminal relayed, signals handed on, stops and ends told.

use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::time::{Duration, Instant};

use nix::errno::Errno;
use nix::fcntl::{FcntlArg, OFlag, fcntl};
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use nix::unistd::{read, write};
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::fs::keeper::Replaced;
use crate::launch::{Bottle, Forward};
use crate::signals::Signals;
use crate::sys::signals::stop_own_group;
use crate::terminal::Terminal;
use crate::wire::{FromInit, ToInit};

/// Keys that the command has not read yet; beyond it we stop reading the keyboard.
const PENDING: usize = 64 << 10;
/// A command that ignores the loss of its terminal is killed after this.
const AFTER_HANG_UP: Duration = Duration::from_secs(5);

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Exit {
    /// It returned this.
    Code(i32),
    /// This signal killed it.
    Signal(i32),
}

impl Exit {
    /// The exit code that says so, as a shell has it.
    pub fn code(self) -> u8 {
        let code = match self {
            Self::Code(code) => code,
            Self::Signal(signal) => 128 + signal,
        };
        u8::try_from(code & 0xff).unwrap_or(u8::MAX)
    }
}

/// A command that runs. Dropped, it is killed with everything in its bottle.
#[derive(Debug)]
pub struct Running {
    bottle: Bottle,
    terminal: Option<Terminal>,
    signals: Option<Signals>,
}

/// What has to stand before the command can be up: the size and modes of its terminal, and our
/// ears, so that no signal is lost or ends the caller alone.
pub(crate) struct Prepared {
    terminal: Option<Terminal>,
    signals: Option<Signals>,
}

impl Prepared {
    pub(crate) fn new(bottle: &Bottle) -> Result<Self, Error> {
        let signals = match bottle.forward {
            Forward::Nothing => None,
            Forward::Signals => Some(Signals::catch()?),
        };
        let terminal = bottle.master.as_ref().map(|master| {
            nonblocking(master)?;
            Terminal::take(master.as_fd())
        });
        Ok(Self {
            terminal: terminal.transpose().map_err(Error::Terminal)?,
            signals,
        })
    }
}

impl Running {
    pub(crate) fn new(bottle: Bottle, before: Prepared) -> Self {
        Self {
            bottle,
            terminal: before.terminal,
            signals: before.signals,
        }
    }

    /// The host's number of the helper process that stands for this bottle.
    pub fn id(&self) -> u32 {
        self.bottle.id()
    }

    /// Kills everything in the bottle and waits until it is gone.
    pub fn kill(self) {
        drop(self.bottle);
    }

    /// Relays the terminal and the caller's signals until the command ends. Blocks; to be called
    /// while the engine runs on other threads. With [`Stdio::Piped`](crate::Stdio::Piped) there
    /// is neither to relay, and any number may be waited for at once.
    pub fn wait(self) -> Result<Exit, Error> {
        self.wait_telling(&mut |_| {})
    }

    /// The same; `tell` is told what was replaced outside and is guarded again.
    pub fn wait_telling(self, tell: &mut dyn FnMut(&Replaced)) -> Result<Exit, Error> {
        let mut relay = Relay {
            bottle: &self.bottle,
            tell,
            terminal: self.terminal,
            signals: self.signals.as_ref(),
            pending: Vec::new(),
            master_open: self.bottle.master.is_some(),
            deadline: None,
        };
        let exit = relay.run();
        relay.drain();
        exit
    }
}

fn nonblocking(fd: &OwnedFd) -> io::Result<()> {
    let flags = OFlag::from_bits_truncate(fcntl(fd, FcntlArg::F_GETFL)?);
    fcntl(fd, FcntlArg::F_SETFL(flags | OFlag::O_NONBLOCK))?;
    Ok(())
}

/// What moves between the caller and the bottle.
struct Relay<'a> {
    bottle: &'a Bottle,
    tell: &'a mut dyn FnMut(&Replaced),
    terminal: Option<Terminal>,
    signals: Option<&'a Signals>,
    pending: Vec<u8>,
    master_open: bool,
    deadline: Option<Instant>,
}

/// Which descriptors have something to say.
struct Awake {
    control: bool,
    signals: bool,
    input: bool,
    output: bool,
    room: bool,
}

impl Relay<'_> {
    fn run(&mut self) -> Result<Exit, Error> {
        loop {
            let awake = self.sleep().map_err(Error::Terminal)?;
            if awake.output {
                self.output();
            }
            if awake.room {
                self.deliver();
            }
            if awake.input {
                self.input()?;
            }
            if awake.signals {
                self.signals()?;
            }
            if awake.control
                && let Some(exit) = self.news()?
            {
                return Ok(exit);
            }
            if self
                .deadline
                .is_some_and(|deadline| Instant::now() >= deadline)
            {
                self.bottle.send(ToInit::Signal(libc::SIGKILL))?;
                self.deadline = None;
            }
        }
    }

    fn master(&self) -> Option<BorrowedFd<'_>> {
        let master = self.bottle.master.as_ref().filter(|_| self.master_open);
        master.map(AsFd::as_fd)
    }

    fn keyboard(&self) -> Option<BorrowedFd<'static>> {
        let full = self.pending.len() >= PENDING;
        let terminal = self.terminal.as_ref().filter(|_| self.master_open && !full);
        terminal.and_then(|terminal| terminal.input)
    }

    fn sleep(&self) -> io::Result<Awake> {
        let keep = PollFlags::POLLIN;
        let master_flags = if self.pending.is_empty() {
            keep
        } else {
            keep | PollFlags::POLLOUT
        };
        let control = self.bottle.control.as_ref().map(AsFd::as_fd);
        let signals = self.signals.map(|signals| signals.source.as_fd());
        let wanted = [
            control.map(|fd| (fd, keep)),
            signals.map(|fd| (fd, keep)),
            self.keyboard().map(|fd| (fd, keep)),
            self.master().map(|fd| (fd, master_flags)),
        ];
        // One that is asked nothing stands in for those that are absent.
        let absent = (self.bottle.quiet.as_fd(), PollFlags::empty());
        let mut fds = wanted
            .map(|wanted| wanted.unwrap_or(absent))
            .map(|(fd, flags)| PollFd::new(fd, flags));
        match poll(&mut fds, self.patience()) {
            Ok(_) | Err(Errno::EINTR) => {}
            Err(error) => return Err(error.into()),
        }
        let said = fds.map(|fd| fd.revents().unwrap_or(PollFlags::empty()));
        let [control, signals, input, master] = said;
        Ok(Awake {
            control: !control.is_empty(),
            signals: !signals.is_empty(),
            input: !input.is_empty(),
            output: master.intersects(keep | PollFlags::POLLHUP | PollFlags::POLLERR),
            room: master.contains(PollFlags::POLLOUT),
        })
    }

    fn patience(&self) -> PollTimeout {
        let left = self
            .deadline
            .map(|at| at.saturating_duration_since(Instant::now()));
        left.map_or(PollTimeout::NONE, |left| {
            PollTimeout::try_from(left).unwrap_or(PollTimeout::ZERO)
        })
    }

    /// Moves what the command wrote to the caller's terminal.
    fn output(&mut self) {
        let mut buffer = [0; 16 << 10];
        let Some(master) = self.master() else {
            return;
        };
        match read(master, &mut buffer) {
            Err(Errno::EAGAIN | Errno::EINTR) => {}
            // EIO: nobody holds the terminal any more.
            Ok(0) | Err(_) => self.master_open = false,
            Ok(count) => {
                if let (Some(terminal), Some(text)) = (&self.terminal, buffer.get(..count)) {
                    write_all(terminal.output, text);
                }
            }
        }
    }

    /// What is left in the terminal when the command has ended.
    fn drain(&mut self) {
        while self.master_open {
            let Some(master) = self.master() else { return };
            let mut fds = [PollFd::new(master, PollFlags::POLLIN)];
            if !matches!(poll(&mut fds, PollTimeout::ZERO), Ok(1..)) {
                return;
            }
            self.output();
        }
    }

    fn input(&mut self) -> Result<(), Error> {
        let Some(keyboard) = self.keyboard() else {
            return Ok(());
        };
        let mut buffer = [0; 4 << 10];
        match read(keyboard, &mut buffer) {
            Err(Errno::EAGAIN | Errno::EINTR) => Ok(()),
            Ok(0) | Err(_) => self.hang_up(),
            Ok(count) => {
                self.pending.extend(buffer.iter().take(count));
                self.deliver();
                Ok(())
            }
        }
    }

    /// Moves keys to the command's terminal, as many as it takes.
    fn deliver(&mut self) {
        let Some(master) = self.master() else {
            self.pending.clear();
            return;
        };
        if let Ok(count) = write(master, &self.pending) {
            self.pending.drain(..count);
        }
    }

    /// The caller's terminal has gone: tell the command, and do not wait for ever.
    fn hang_up(&mut self) -> Result<(), Error> {
        self.terminal = None;
        self.deadline = Some(Instant::now() + AFTER_HANG_UP);
        Ok(self.bottle.send(ToInit::Signal(libc::SIGHUP))?)
    }

    fn signals(&mut self) -> Result<(), Error> {
        for signal in self.signals.map(Signals::take).unwrap_or_default() {
            match signal {
                libc::SIGWINCH => self.resize(),
                libc::SIGCONT => {}
                libc::SIGHUP if self.terminal.is_some() => self.hang_up()?,
                other => self.bottle.send(ToInit::Signal(other))?,
            }
        }
        Ok(())
    }

    fn resize(&self) {
        if let (Some(terminal), Some(master)) = (&self.terminal, self.master()) {
            terminal.resize(master);
        }
    }

    /// What PID 1 has to tell; the end, if it is that.
    fn news(&mut self) -> Result<Option<Exit>, Error> {
        match self.bottle.receive()?.message {
            FromInit::Exited(exit) => Ok(Some(exit)),
            FromInit::Stopped => self.stop().map(|()| None),
            FromInit::Failed(failure) | FromInit::CannotRun(failure, _) => Err(failure.into()),
            FromInit::Replaced(all) => {
                for replaced in &all {
                    (self.tell)(replaced);
                }
                Ok(None)
            }
            FromInit::Ready(..) | FromInit::Started => Ok(None),
        }
    }

    /// The command was stopped: so are we, and whoever waits for us gets the terminal back.
    fn stop(&mut self) -> Result<(), Error> {
        self.drain();
        if let Some(terminal) = &self.terminal {
            terminal.restore();
        }
        stop_own_group(|| self.await_continue()).map_err(Error::Terminal)?;
        if let Some(terminal) = &self.terminal {
            terminal.raw().map_err(Error::Terminal)?;
        }
        self.resize();
        Ok(self.bottle.send(ToInit::Resume)?)
    }

    /// Returns when we have been continued. Where nobody could continue us the kernel does not
    /// stop us either; then this returns after a moment.
    fn await_continue(&self) {
        let Some(signals) = self.signals else { return };
        let deadline = Instant::now() + Duration::from_millis(200);
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            let left = PollTimeout::try_from(left).unwrap_or(PollTimeout::ZERO);
            let mut fds = [PollFd::new(signals.source.as_fd(), PollFlags::POLLIN)];
            match poll(&mut fds, left) {
                Ok(0) => return,
                Ok(_) if signals.take().contains(&libc::SIGCONT) => return,
                Ok(_) | Err(_) => {}
            }
        }
    }
}

/// A terminal that has gone takes nothing; reading it tells.
fn write_all(to: BorrowedFd<'_>, mut text: &[u8]) {
    while !text.is_empty() {
        match write(to, text) {
            Ok(count) => text = text.get(count..).unwrap_or(&[]),
            Err(Errno::EINTR) => {}
            Err(Errno::EAGAIN) => {
                let mut fds = [PollFd::new(to, PollFlags::POLLOUT)];
                // Whatever it says, the next write tells.
                let _ = poll(&mut fds, PollTimeout::NONE);
            }
            Err(_) => return,
        }
    }
}
