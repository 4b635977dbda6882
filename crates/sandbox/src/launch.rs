// SPDX-License-Identifier: Apache-2.0 OR MIT
// Copyright the bot-bottle authors
//! The caller's side: starts the helper, hands it the request, takes the sockets over.
//! May be called from any thread of any program.

use std::io::IsTerminal as _;
use std::net::{TcpListener, UdpSocket};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio as ChildStdio};
use std::time::Duration;

use nix::sys::stat::{SFlag, fstat};

use crate::error::Error;
use crate::failure::{Failure, Outcome, Step};
use crate::fs::guard::release;
use crate::helper::HELPER_ARGUMENT;
use crate::identity::Identity;
use crate::info::{Info, Ipv6};
use crate::running::{Prepared, Running};
use crate::spec::{Spec, Stdio};
use crate::sys::tty::stream;
use crate::wire::{Channel, FromInit, Received, Stream, ToInit};

/// Building takes milliseconds; a helper that is silent for so long hangs.
const PATIENCE: Duration = Duration::from_mins(1);

/// A bottle that stands, with the command not yet started. Dropped, it ends.
#[derive(Debug)]
pub struct Launched {
    /// The sockets that the engine answers on.
    pub sockets: Sockets,
    /// What is in force.
    pub info: Info,
    /// Who is behind a connection.
    pub identity: Identity,
    pub(crate) bottle: Bottle,
}

/// Sockets inside the bottle, for the engine outside. All are blocking as handed over.
#[derive(Debug)]
pub struct Sockets {
    /// The explicit proxy, on the bottle's 127.0.0.1 at [`PROXY_PORT`](crate::PROXY_PORT).
    pub proxy: TcpListener,
    /// Every other TCP connection. The accepted socket's local address is the address and port
    /// that was dialled; an IPv4 one shows as mapped to IPv6. A local address on loopback was
    /// not captured: refuse it.
    pub catch_all: Vec<TcpListener>,
    /// DNS over UDP: one IPv4 socket with `IP_PKTINFO` and, with IPv6, one with
    /// `IPV6_RECVPKTINFO`. Answer from the address that was asked.
    pub dns: Vec<UdpSocket>,
}

/// The helper and our end of its control socket.
pub(crate) struct Bottle {
    pub(crate) control: Option<Channel>,
    pub(crate) master: Option<OwnedFd>,
    pub(crate) helper: PathBuf,
    /// Never says anything.
    pub(crate) quiet: OwnedFd,
    /// Files in writable trees that only guard while a bottle stands.
    held: Vec<PathBuf>,
    pub(crate) forward: Forward,
    child: Child,
}

/// Whether the caller's signals are the command's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Forward {
    Nothing,
    Signals,
}

impl std::fmt::Debug for Bottle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Bottle")
            .field("id", &self.id())
            .finish_non_exhaustive()
    }
}

impl Drop for Bottle {
    /// PID 1 ends when the control socket closes, everything in the bottle with it, and the
    /// helper after that.
    fn drop(&mut self) {
        self.control = None;
        // It is our child; that it has ended already is what we want.
        let _ = self.child.wait();
        release(&self.held);
    }
}

impl Bottle {
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    pub(crate) fn send(&self, message: ToInit) -> Outcome<()> {
        self.control
            .as_ref()
            .map_or(Ok(()), |control| control.send(&message))
    }

    /// The next message; an end without one means that the helper was killed.
    pub(crate) fn receive(&self) -> Result<Received<FromInit>, Error> {
        let lost = || self.lost();
        let control = self.control.as_ref().ok_or_else(lost)?;
        // Killed in the middle, the other end resets the connection rather than closes it.
        control.receive().map_err(|_| lost())?.ok_or_else(lost)
    }

    fn lost(&self) -> Error {
        Error::Lost {
            helper: self.helper.clone(),
        }
    }
}

/// Builds a bottle: namespaces, network, sockets and mounts stand when this returns, and the
/// command waits for [`Launched::start`].
pub fn launch(spec: &Spec) -> Result<Launched, Error> {
    let (streams, passed) = streams(&spec.stdio)?;
    let forward = match spec.stdio {
        Stdio::Inherit => Forward::Signals,
        Stdio::Piped { .. } => Forward::Nothing,
    };
    let mut bottle = spawn(&spec.helper, forward)?;
    order(&bottle, spec, streams, &passed)?;
    let ready = bottle.receive()?;
    if let Some(control) = &bottle.control {
        control
            .stream()
            .set_read_timeout(None)
            .map_err(Error::Terminal)?;
    }
    match ready.message {
        FromInit::Ready(info, held) => {
            bottle.held = held;
            assemble(*info, ready.fds, streams, bottle)
        }
        FromInit::Failed(failure) | FromInit::CannotRun(failure, _) => Err(failure.into()),
        FromInit::Exited(_) | FromInit::Replaced(_) | FromInit::Started | FromInit::Stopped => {
            Err(bottle.lost())
        }
    }
}

/// Builds the smallest bottle there is and takes it down again, running no command in it.
/// Success means that [`launch`] can work on this machine; the answer tells how well.
pub fn probe(helper: &Path) -> Result<Info, Error> {
    let null = || {
        std::fs::File::options()
            .read(true)
            .write(true)
            .open("/dev/null")
    };
    let null = || null().map(OwnedFd::from).map_err(Error::Terminal);
    let spec = Spec {
        helper: helper.to_owned(),
        argv: vec!["true".into()],
        env: Vec::new(),
        cwd: PathBuf::from("/"),
        home: PathBuf::from("/home/bottle"),
        read_only: Vec::new(),
        writable: Vec::new(),
        hidden: Vec::new(),
        protect: Vec::new(),
        files: Vec::new(),
        hostname: "bottle".to_owned(),
        stdio: Stdio::Piped {
            stdin: null()?,
            stdout: null()?,
            stderr: null()?,
        },
    };
    let launched = launch(&spec)?;
    Ok(launched.info)
}

impl Launched {
    /// Runs the command. Call it when the engine accepts on the sockets.
    pub fn start(self) -> Result<Running, Error> {
        start(self.bottle)
    }

    /// As [`start`](Self::start), with the engine's parts split off for other threads.
    pub fn split(self) -> (Sockets, Info, Identity, Waiting) {
        (self.sockets, self.info, self.identity, Waiting(self.bottle))
    }
}

/// A bottle whose engine parts have been split off, with the command not yet started.
#[derive(Debug)]
pub struct Waiting(Bottle);

impl Waiting {
    /// Runs the command.
    pub fn start(self) -> Result<Running, Error> {
        start(self.0)
    }
}

fn start(bottle: Bottle) -> Result<Running, Error> {
    let before = Prepared::new(&bottle)?;
    bottle.send(ToInit::Go)?;
    match bottle.receive()?.message {
        FromInit::Started => Ok(Running::new(bottle, before)),
        FromInit::CannotRun(failure, code) => Err(Error::cannot_run(failure, code)),
        FromInit::Failed(failure) => Err(failure.into()),
        FromInit::Exited(_) | FromInit::Ready(..) | FromInit::Replaced(_) | FromInit::Stopped => {
            Err(bottle.lost())
        }
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the helper is our own program, started with an empty environment"
)]
fn spawn(helper: &Path, forward: Forward) -> Result<Bottle, Error> {
    let failed = |source| Error::Spawn {
        helper: helper.to_owned(),
        source,
    };
    let (ours, theirs) = UnixStream::pair().map_err(failed)?;
    ours.set_read_timeout(Some(PATIENCE)).map_err(failed)?;
    let quiet = std::fs::File::open("/dev/null").map_err(failed)?.into();
    let child = Command::new(helper)
        .arg(HELPER_ARGUMENT)
        .env_clear()
        .current_dir("/")
        .stdin(OwnedFd::from(theirs))
        .stdout(ChildStdio::null())
        .stderr(ChildStdio::null())
        .spawn()
        .map_err(failed)?;
    Ok(Bottle {
        control: Some(Channel::new(ours)),
        master: None,
        helper: helper.to_owned(),
        quiet,
        held: Vec::new(),
        forward,
        child,
    })
}

fn order(
    bottle: &Bottle,
    spec: &Spec,
    streams: [Stream; 3],
    passed: &[BorrowedFd<'_>],
) -> Result<(), Error> {
    let contents = spec.files.iter().map(|file| file.content.len()).collect();
    let blob = spec
        .files
        .iter()
        .flat_map(|file| file.content.iter().copied());
    let blob: Vec<u8> = blob.collect();
    let order = OrderRef {
        spec,
        streams,
        contents,
    };
    match &bottle.control {
        Some(control) => {
            control
                .send_all(&order, &blob, passed)
                .map_err(|failure| match failure.errno {
                    // A helper that does not take the order has ended.
                    Some(_) => bottle.lost(),
                    None => Error::Spec(failure.detail),
                })
        }
        None => Ok(()),
    }
}

/// [`Order`](crate::wire::Order) without taking the request.
#[derive(serde::Serialize)]
struct OrderRef<'a> {
    spec: &'a Spec,
    streams: [Stream; 3],
    contents: Vec<usize>,
}

/// Sorts the command's streams: a terminal never gets inside, nor does a directory, from which
/// the host's files could be reached.
fn streams(stdio: &Stdio) -> Result<([Stream; 3], Vec<BorrowedFd<'_>>), Error> {
    let (fds, may_be_terminal) = match stdio {
        // The descriptors 0, 1 and 2 are open for the whole run of any Rust program.
        Stdio::Inherit => (inherited(), true),
        Stdio::Piped {
            stdin,
            stdout,
            stderr,
        } => ([stdin.as_fd(), stdout.as_fd(), stderr.as_fd()], false),
    };
    let mut streams = [Stream::Passed; 3];
    let mut passed = Vec::new();
    for (stream, fd) in streams.iter_mut().zip(fds) {
        match (fd.is_terminal(), may_be_terminal) {
            (true, true) => *stream = Stream::Terminal,
            (true, false) => return Err(Error::Spec("a given stream is a terminal".to_owned())),
            (false, _) if is_directory(fd) => {
                return Err(Error::Spec("a standard stream is a directory".to_owned()));
            }
            (false, _) => passed.push(fd),
        }
    }
    Ok((streams, passed))
}

fn inherited() -> [BorrowedFd<'static>; 3] {
    [stream(0), stream(1), stream(2)]
}

fn is_directory(fd: BorrowedFd<'_>) -> bool {
    fstat(fd)
        .is_ok_and(|stat| SFlag::from_bits_truncate(stat.st_mode) & SFlag::S_IFMT == SFlag::S_IFDIR)
}

/// Takes the descriptors apart again, in the order in which PID 1 lined them up.
fn assemble(
    info: Info,
    fds: Vec<OwnedFd>,
    streams: [Stream; 3],
    mut bottle: Bottle,
) -> Result<Launched, Error> {
    let mut fds = fds.into_iter();
    let mut next = || {
        fds.next()
            .ok_or_else(|| Failure::new(Step::Sockets, "a socket is missing"))
    };
    let proxy = TcpListener::from(next()?);
    let identity = Identity::new(next()?, next()?);
    if streams.contains(&Stream::Terminal) {
        bottle.master = Some(next()?);
    }
    let mut dns = vec![UdpSocket::from(next()?)];
    if info.ipv6 == Ipv6::Captured {
        dns.push(UdpSocket::from(next()?));
    }
    let catch_all = fds.map(TcpListener::from).collect();
    Ok(Launched {
        sockets: Sockets {
            proxy,
            catch_all,
            dns,
        },
        info,
        identity,
        bottle,
    })
}
