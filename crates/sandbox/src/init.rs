// SPDX-License-Identifier: Apache-2.0 OR MIT
// Copyright the bot-bottle authors
//! PID 1 of a bottle: builds it from inside, hands its sockets out, starts the command, reaps,
//! forwards signals, and ends with the command or with the engine. When it ends the kernel
//! kills everything else in the bottle.

use std::io::{Read as _, Write as _};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::path::Path;

use nix::fcntl::{Flock, OFlag};
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use nix::sys::signal::{SigSet, SigmaskHow, Signal, sigprocmask};
use nix::sys::signalfd::{SfdFlags, SignalFd};
use nix::unistd::{Pid, pipe2};

use crate::command::{Command, Refusal, Streams};
use crate::failure::{Blame as _, Failure, Outcome, Step};
use crate::fs::keeper::Keeper;
use crate::fs::root;
use crate::fs::sources::{Sources, gather};
use crate::helper;
use crate::info::{Info, Users};
use crate::net::{addresses, sockets};
use crate::sys::mounts::open_place;
use crate::sys::process::{
    Dumpable, Fork, become_user, become_user_keeping_groups, die_with_parent, fork_into,
    keep_capabilities, landlock_abi, no_new_privileges, set_dumpable, take_short_turns,
};
use crate::sys::tty;
use crate::users::Mapping;
use crate::watch::{Watch, put_back};
use crate::wire::{Channel, FromInit, Order, Stream, ToInit};

/// To signal the command.
const CAP_KILL: u32 = 1 << 5;
/// To mount again over what was replaced outside, wherever the command's user may go.
const CAP_DAC_READ_SEARCH: u32 = 1 << 2;
const CAP_SYS_ADMIN: u32 = 1 << 21;
/// To see what processes in the bottle hold open.
const CAP_SYS_PTRACE: u32 = 1 << 19;
/// To ask for a lease as a file's owner.
const CAP_SETUID: u32 = 1 << 7;
const KEPT: u32 = CAP_KILL | CAP_DAC_READ_SEARCH | CAP_SYS_ADMIN | CAP_SYS_PTRACE | CAP_SETUID;

/// What the helper hands to its child.
pub(crate) struct Init {
    pub(crate) control: Channel,
    /// Its other end is held by the helper for as long as that lives.
    pub(crate) tether: UnixStream,
    pub(crate) order: Order,
    pub(crate) passed: Vec<OwnedFd>,
    pub(crate) mapping: Mapping,
    /// Opened by the helper for a root caller, else by us.
    pub(crate) sources: Option<Sources>,
    pub(crate) host_sockets: Vec<std::path::PathBuf>,
}

/// Runs PID 1 to its end.
pub(crate) fn run(mut init: Init) {
    if init.await_maps().is_err() {
        return;
    }
    let mut built = match init.build() {
        Ok(built) => built,
        Err(failure) => {
            // If nobody is there to read it there is nobody to tell.
            let _ = init.control.send(&FromInit::Failed(failure));
            return;
        }
    };
    let _ = init.serve(&mut built);
}

/// What stands once the bottle is built.
struct Built {
    streams: Streams,
    landlock: u32,
    umask: nix::sys::stat::Mode,
    keeper: Keeper,
    /// Held for as long as the bottle stands.
    _locks: Vec<Flock<std::fs::File>>,
}

impl Init {
    fn await_maps(&mut self) -> std::io::Result<()> {
        die_with_parent()?;
        let mut byte = [0];
        self.tether.read_exact(&mut byte)
    }

    fn build(&mut self) -> Outcome<Built> {
        let umask = nix::sys::stat::umask(nix::sys::stat::Mode::from_bits_truncate(0o022));
        self.become_root_inside()?;
        nix::unistd::setsid().blame(Step::Pty, || "make a session".to_owned())?;
        nix::unistd::sethostname(&self.order.spec.hostname)
            .blame(Step::Namespaces, || "set the host name".to_owned())?;
        let ipv6 = addresses::bring_up()?;
        let opened = sockets::open(ipv6)?;
        // One: the command's own. Refused by seccomp as well, so a kernel that does not let us
        // write this is no hole.
        let _ = std::fs::write("/proc/sys/user/max_user_namespaces", "1");
        let sources = match self.sources.take() {
            Some(sources) => sources,
            None => gather(
                &self.order.spec,
                self.mapping,
                std::mem::take(&mut self.host_sockets),
            )?,
        };
        let tree = root::build(&self.order.spec, &sources, self.mapping)?;
        drop(sources);
        let (master, streams) = self.open_streams()?;
        let landlock = landlock_abi();
        let info = Info {
            capture: opened.capture,
            ipv6,
            landlock: (landlock > 0).then_some(landlock),
            proc_view: tree.proc_view,
            uid: self.mapping.command_uid(),
            gid: self.mapping.command_gid(),
            users: self.mapping.users,
            skipped_files: tree.skipped_files,
            unprotected: tree.guarded.told.unprotected,
            repositories: tree.guarded.told.repositories,
            unsearched: tree.guarded.told.unsearched,
        };
        let processes = open_place(Path::new("/proc"), libc::O_RDONLY | libc::O_DIRECTORY)
            .blame(Step::Sockets, || "open /proc".to_owned())?;
        close_to_the_command()?;
        let fixed = [&opened.proxy, &opened.diag, &processes];
        let all = fixed
            .into_iter()
            .chain(&master)
            .chain(&opened.dns)
            .chain(&opened.catch_all);
        let all: Vec<BorrowedFd<'_>> = all.map(AsFd::as_fd).collect();
        self.leave_behind(&tree.guarded.held);
        self.control.send_all(
            &FromInit::Ready(Box::new(info), tree.guarded.held),
            &[],
            &all,
        )?;
        Ok(Built {
            streams,
            landlock,
            umask,
            keeper: tree.guarded.keeper,
            _locks: tree.guarded.locks,
        })
    }

    /// Tells the helper what to remove when the caller was killed and cannot.
    fn leave_behind(&self, held: &[std::path::PathBuf]) {
        let text = serde_json::to_vec(held).unwrap_or_default();
        if text.len() <= helper::MAX_LEFT {
            // Without it a harmless file stays until the next bottle.
            let _ = (&self.tether).write_all(&text);
        }
    }

    /// User 0 of our own namespace, which is nobody in particular on the host.
    fn become_root_inside(&self) -> Outcome<()> {
        match self.mapping.users {
            Users::Shifted(_) => become_user(0, 0),
            Users::Single => become_user_keeping_groups(0, 0),
        }
        // Changing users clears it; the tether covers the moment between.
        .and_then(|()| die_with_parent())
        .and_then(|()| set_dumpable(Dumpable::Yes))
        .blame(Step::Privileges, || "become root inside".to_owned())
    }

    fn open_streams(&mut self) -> Outcome<(Option<OwnedFd>, Streams)> {
        let (master, terminal) = if self.order.streams.contains(&Stream::Terminal) {
            let (master, slave) = open_pty(self.mapping.command_outer())?;
            (Some(master), Some(slave))
        } else {
            (None, None)
        };
        let mut passed = std::mem::take(&mut self.passed).into_iter();
        let mut next = |stream| match (stream, &terminal) {
            (Stream::Terminal, Some(slave)) => slave
                .try_clone()
                .blame(Step::Pty, || "share the terminal".to_owned()),
            _ => passed
                .next()
                .ok_or_else(|| Failure::new(Step::Wire, "a stream is missing")),
        };
        let [stdin, stdout, stderr] = self.order.streams;
        let fds = [next(stdin)?, next(stdout)?, next(stderr)?];
        Ok((master, Streams { fds, terminal }))
    }

    fn serve(&self, built: &mut Built) -> Outcome<()> {
        let child = SigSet::from(Signal::SIGCHLD);
        let mut blocked = child;
        // Blocked, a process in the background may choose the terminal's foreground.
        blocked.add(Signal::SIGTTOU);
        sigprocmask(SigmaskHow::SIG_BLOCK, Some(&blocked), None)
            .blame(Step::Wire, || "block signals".to_owned())?;
        let children = SignalFd::with_flags(&child, SfdFlags::SFD_CLOEXEC)
            .blame(Step::Wire, || "watch children".to_owned())?;
        let Some(received) = self.control.receive::<ToInit>()? else {
            return Ok(());
        };
        if !matches!(received.message, ToInit::Go) {
            return Ok(());
        }
        let replaced = put_back(&mut built.keeper, &self.control)?;
        let command = match self.start(built)? {
            Ok(pid) => pid,
            Err(Refusal { failure, code }) => {
                return self.control.send(&FromInit::CannotRun(failure, code));
            }
        };
        shed()?;
        // An older kernel lets us wait a little longer.
        let _ = take_short_turns();
        self.send(&FromInit::Started)?;
        let mut watch = Watch {
            control: &self.control,
            tether: &self.tether,
            command,
            terminal: built.streams.terminal.as_ref(),
            keeper: &mut built.keeper,
            settle: Watch::soon(),
        };
        watch.tell(replaced)?;
        watch.run(&children)
    }

    /// Forks the command and waits until it runs or says why it does not.
    fn start(&self, built: &Built) -> Outcome<Result<Pid, Refusal>> {
        let (read, write) =
            pipe2(OFlag::O_CLOEXEC).blame(Step::Exec, || "make a pipe".to_owned())?;
        let command = Command {
            spec: &self.order.spec,
            mapping: self.mapping,
            streams: &built.streams,
            landlock: built.landlock,
            umask: built.umask,
        };
        match fork_into(0).blame(Step::Exec, || "fork".to_owned())? {
            Fork::Child => {
                drop(read);
                let Refusal { failure, code } = command.become_it();
                let text = serde_json::to_vec(&(failure, code)).unwrap_or_default();
                // PID 1 reads what it can; an empty answer is told apart from success below.
                let _ = std::fs::File::from(write).write_all(&text);
                crate::sys::process::exit_now(125)
            }
            Fork::Parent(pid) => {
                drop(write);
                self.await_exec(&read)?;
                Ok(started(read, Pid::from_raw(pid)))
            }
        }
    }

    /// Waits until the command runs or refuses, or nobody is there for whom it should.
    fn await_exec(&self, status: &OwnedFd) -> Outcome<()> {
        let mut fds = [
            PollFd::new(status.as_fd(), PollFlags::POLLIN),
            PollFd::new(self.control.as_fd(), PollFlags::empty()),
            PollFd::new(self.tether.as_fd(), PollFlags::empty()),
        ];
        while poll(&mut fds, PollTimeout::NONE) == Err(nix::errno::Errno::EINTR) {}
        let [_, control, tether] = fds.map(|fd| fd.any().unwrap_or(true));
        if control || tether {
            return Err(Failure::new(Step::Wire, "the caller has gone"));
        }
        Ok(())
    }

    fn send(&self, message: &FromInit) -> Outcome<()> {
        self.control.send(message)
    }
}

fn started(status: OwnedFd, pid: Pid) -> Result<Pid, Refusal> {
    let mut text = Vec::new();
    let read = std::fs::File::from(status).read_to_end(&mut text);
    match read {
        Ok(0) => Ok(pid),
        _ => Err(serde_json::from_slice(&text).map_or_else(
            |_| Failure::new(Step::Exec, "the command's process ended early").into(),
            |(failure, code)| Refusal { failure, code },
        )),
    }
}

/// From here on the command may exist: nothing of ours can be looked into by it.
fn close_to_the_command() -> Outcome<()> {
    set_dumpable(Dumpable::No).blame(Step::Privileges, || "close PID 1".to_owned())
}

fn open_pty(owner: u32) -> Outcome<(OwnedFd, OwnedFd)> {
    let flags = libc::O_RDWR | libc::O_NOCTTY;
    let master = open_place(Path::new("/dev/pts/ptmx"), flags)
        .blame(Step::Pty, || "open /dev/pts/ptmx".to_owned())?;
    let slave = tty::open_slave(master.as_fd()).blame(Step::Pty, || "open the slave".to_owned())?;
    let owner = (owner.into(), owner.into());
    nix::unistd::fchown(&slave, Some(owner.0), Some(owner.1))
        .blame(Step::Pty, || "give the terminal to the command".to_owned())?;
    tty::make_controlling(slave.as_fd())
        .blame(Step::Pty, || "make the terminal ours".to_owned())?;
    Ok((master, slave))
}

/// Keeps only what forwarding signals and putting guards back needs.
fn shed() -> Outcome<()> {
    no_new_privileges()
        .and_then(|()| keep_capabilities(KEPT))
        .blame(Step::Privileges, || "shed capabilities".to_owned())
}
