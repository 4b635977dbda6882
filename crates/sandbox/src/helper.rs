// SPDX-License-Identifier: Apache-2.0 OR MIT
// Copyright the bot-bottle authors
//! The process between the caller and PID 1: a fresh copy of the program with one thread, so
//! that it may make a user namespace and holds nothing of the engine's memory. It makes the
//! namespaces, writes the user maps, and waits for PID 1.

use std::io::{Read as _, Write as _};
use std::os::fd::AsFd as _;
use std::os::unix::net::UnixStream;
use std::path::PathBuf;

use nix::sched::{CloneFlags, unshare};
use nix::sys::signal::{Signal, kill};
use nix::sys::wait::waitpid;
use nix::unistd::Pid;

use crate::failure::{Blame as _, Failure, Outcome, Step};
use crate::fs::guard::release;
use crate::fs::root::make_private;
use crate::fs::sources::{bound_sockets, gather};
use crate::info::Users;
use crate::init::{self, Init};
use crate::sys::process::{Fork, close_all_but, exit_now, fork_into, take_stream};
use crate::users::Mapping;
use crate::wire::{Channel, FromInit, Order, Received};

/// The longest list that PID 1 leaves behind: it must fit into a socket that nobody reads yet.
pub(crate) const MAX_LEFT: usize = 64 << 10;

/// The argument that makes a program the helper.
pub const HELPER_ARGUMENT: &str = "__bottle-init";

const NAMESPACES: i32 = libc::CLONE_NEWUSER
    | libc::CLONE_NEWNS
    | libc::CLONE_NEWPID
    | libc::CLONE_NEWNET
    | libc::CLONE_NEWIPC
    | libc::CLONE_NEWUTS
    | libc::CLONE_NEWCGROUP;

/// Becomes the helper, and never returns, if this process was started as one. To be called
/// first thing in `main`, while there is one thread.
pub fn run_if_helper() {
    let mut arguments = std::env::args_os().skip(1);
    if arguments
        .next()
        .is_none_or(|argument| argument != HELPER_ARGUMENT)
    {
        return;
    }
    let stdin = take_stream(0);
    let is_socket = nix::sys::socket::getsockopt(&stdin, nix::sys::socket::sockopt::SockType);
    if is_socket.is_err() {
        exit_now(125);
    }
    let control = Channel::new(UnixStream::from(stdin));
    let code = match order(&control) {
        Ok(received) => oversee(control, received),
        Err(failure) => report(&control, failure),
    };
    exit_now(code)
}

fn order(control: &Channel) -> Outcome<Received<Order>> {
    let received = control.receive::<Order>()?;
    let mut received = received.ok_or_else(|| Failure::new(Step::Wire, "the caller has gone"))?;
    let mut rest = received.blob.as_slice();
    let lengths = received.message.contents.iter();
    for (file, &length) in received.message.spec.files.iter_mut().zip(lengths) {
        let (content, after) = rest
            .split_at_checked(length)
            .ok_or_else(|| Failure::new(Step::Wire, "file contents are short"))?;
        file.content = content.to_vec();
        rest = after;
    }
    Ok(received)
}

fn report(control: &Channel, failure: Failure) -> i32 {
    // If nobody is there to read it there is nobody to tell.
    let _ = control.send(&FromInit::Failed(failure));
    125
}

/// Makes PID 1 and waits for it.
fn oversee(control: Channel, received: Received<Order>) -> i32 {
    let (ours, theirs) = match prepare() {
        Ok(pair) => pair,
        Err(failure) => return report(&control, failure),
    };
    let (mapping, sources, host_sockets) = match survey(&received.message) {
        Ok(found) => found,
        Err(failure) => return report(&control, failure),
    };
    let forked = fork_into(NAMESPACES).blame(Step::Namespaces, || {
        "user, mount, pid, net, ipc, uts and cgroup".to_owned()
    });
    let pid = match forked {
        Ok(Fork::Child) => {
            drop(ours);
            init::run(Init {
                control,
                tether: theirs,
                order: received.message,
                passed: received.fds,
                mapping,
                sources,
                host_sockets,
            });
            exit_now(0);
        }
        Ok(Fork::Parent(pid)) => pid,
        Err(failure) => return report(&control, failure),
    };
    if let Err(failure) = mapping.write_outer(pid) {
        let _ = kill(Pid::from_raw(pid), Signal::SIGKILL);
        return report(&control, failure);
    }
    let _ = (&ours).write_all(&[0]);
    // Only the tether stays open here, so that the caller sees the end of PID 1 at once.
    let _ = close_all_but(ours.as_fd());
    let _ = waitpid(Pid::from_raw(pid), None);
    tidy_up(&ours);
    exit_now(0)
}

/// The caller removes what only guarded while the bottle stood; if it was
/// killed, nobody else is left to.
fn tidy_up(tether: &UnixStream) {
    let mut text = Vec::new();
    // PID 1 has ended and with it every process that could still write.
    let read = tether.take(MAX_LEFT as u64).read_to_end(&mut text);
    if let (Ok(_), Ok(held)) = (read, serde_json::from_slice::<Vec<PathBuf>>(&text)) {
        release(&held);
    }
}

/// A session of our own: the terminal's keys and its hang-up are the caller's to hear.
fn prepare() -> Outcome<(UnixStream, UnixStream)> {
    nix::unistd::setsid().blame(Step::Namespaces, || "make a session".to_owned())?;
    UnixStream::pair().blame(Step::Namespaces, || "make a socket pair".to_owned())
}

type Survey = (Mapping, Option<crate::fs::sources::Sources>, Vec<PathBuf>);

/// Looks at the host while we are still on it. Only a root caller can open the trees here.
fn survey(order: &Order) -> Outcome<Survey> {
    let mapping = Mapping::choose()?;
    let sockets = bound_sockets();
    match mapping.users {
        Users::Single => Ok((mapping, None, sockets)),
        Users::Shifted(_) => {
            unshare(CloneFlags::CLONE_NEWNS)
                .blame(Step::Namespaces, || "make a mount namespace".to_owned())?;
            make_private()?;
            let sources = gather(&order.spec, mapping, sockets)?;
            Ok((mapping, Some(sources), Vec::new()))
        }
    }
}
