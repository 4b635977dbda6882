// SPDX-License-Identifier: Apache-2.0 OR MIT
// Copyright the bot-bottle authors
//! The control socket between the caller and the helper: framed JSON, raw bytes beside it, and
//! descriptors. Both ends are the same program; the command never holds it.

use std::io::{self, IoSlice, IoSliceMut, Read, Write};
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd, RawFd};
use std::os::unix::net::UnixStream;
use std::path::PathBuf;

use nix::cmsg_space;
use nix::sys::socket::{ControlMessage, ControlMessageOwned, MsgFlags, recvmsg, sendmsg};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::failure::{Blame as _, Failure, Outcome, Step};
use crate::fs::keeper::Replaced;
use crate::info::Info;
use crate::running::Exit;
use crate::spec::Spec;
use crate::sys;

/// What a standard stream of the command is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Stream {
    /// A descriptor that came with the order.
    Passed,
    /// The bottle's own terminal.
    Terminal,
}

/// The first message: what to build. File contents travel in the blob, in order.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Order {
    pub(crate) spec: Spec,
    pub(crate) streams: [Stream; 3],
    pub(crate) contents: Vec<usize>,
}

/// From the caller to PID 1.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) enum ToInit {
    /// Run the command.
    Go,
    /// Let a stopped command go on.
    Resume,
    /// A signal for the command's process group.
    Signal(i32),
}

/// From the helper and PID 1 to the caller.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum FromInit {
    /// The command could not be run; the number is the exit code that says so.
    CannotRun(Failure, u8),
    /// The command ended.
    Exited(Exit),
    /// The bottle could not be built.
    Failed(Failure),
    /// The bottle stands; its sockets come along. The paths are files to remove at the end.
    Ready(Box<Info>, Vec<PathBuf>),
    /// Guards that were lost and put back.
    Replaced(Vec<Replaced>),
    /// The command runs.
    Started,
    /// The command was stopped.
    Stopped,
}

/// One message with all that came along.
pub(crate) struct Received<T> {
    pub(crate) message: T,
    pub(crate) blob: Vec<u8>,
    pub(crate) fds: Vec<OwnedFd>,
}

/// One end of the control socket.
pub(crate) struct Channel {
    stream: UnixStream,
}

/// More than any message of ours; a length beyond it means the stream is out of step.
const LIMIT: usize = 256 << 20;
const MAX_FDS: usize = 64;

impl Channel {
    pub(crate) fn new(stream: UnixStream) -> Self {
        Self { stream }
    }

    pub(crate) fn stream(&self) -> &UnixStream {
        &self.stream
    }

    pub(crate) fn send<T: Serialize>(&self, message: &T) -> Outcome<()> {
        self.send_all(message, &[], &[])
    }

    pub(crate) fn send_all<T: Serialize>(
        &self,
        message: &T,
        blob: &[u8],
        fds: &[BorrowedFd<'_>],
    ) -> Outcome<()> {
        let json = serde_json::to_vec(message)
            .map_err(|error| Failure::new(Step::Wire, error.to_string()))?;
        self.write(&json, blob, fds)
            .blame(Step::Wire, || "send a message".to_owned())
    }

    fn write(&self, json: &[u8], blob: &[u8], fds: &[BorrowedFd<'_>]) -> io::Result<()> {
        let mut header = [0; 16];
        let (first, second) = header.split_at_mut(8);
        first.copy_from_slice(&json.len().to_ne_bytes());
        second.copy_from_slice(&blob.len().to_ne_bytes());
        let raw: Vec<RawFd> = fds.iter().map(AsRawFd::as_raw_fd).collect();
        let rights = [ControlMessage::ScmRights(&raw)];
        let control = if raw.is_empty() { &[][..] } else { &rights[..] };
        let sent = sendmsg::<()>(
            self.stream.as_raw_fd(),
            &[IoSlice::new(&header)],
            control,
            MsgFlags::MSG_NOSIGNAL,
            None,
        )?;
        if sent != header.len() {
            return Err(io::ErrorKind::WriteZero.into());
        }
        (&self.stream).write_all(json)?;
        (&self.stream).write_all(blob)
    }

    /// The next message, or `None` when the other end is gone.
    pub(crate) fn receive<T: DeserializeOwned>(&self) -> Outcome<Option<Received<T>>> {
        let read = self
            .read()
            .blame(Step::Wire, || "receive a message".to_owned())?;
        let Some((json, blob, fds)) = read else {
            return Ok(None);
        };
        let message = serde_json::from_slice(&json)
            .map_err(|error| Failure::new(Step::Wire, error.to_string()))?;
        Ok(Some(Received { message, blob, fds }))
    }

    #[expect(
        clippy::type_complexity,
        reason = "one caller, which takes it apart at once"
    )]
    fn read(&self) -> io::Result<Option<(Vec<u8>, Vec<u8>, Vec<OwnedFd>)>> {
        let mut header = [0; 16];
        let (got, fds) = self.read_header(&mut header)?;
        if got == 0 {
            return Ok(None);
        }
        if let Some(rest) = header.get_mut(got..) {
            (&self.stream).read_exact(rest)?;
        }
        let (first, second) = header.split_at(8);
        let json = self.read_block(first)?;
        let blob = self.read_block(second)?;
        Ok(Some((json, blob, fds)))
    }

    fn read_header(&self, header: &mut [u8]) -> io::Result<(usize, Vec<OwnedFd>)> {
        let mut space = cmsg_space!([RawFd; MAX_FDS]);
        let mut parts = [IoSliceMut::new(header)];
        let message = recvmsg::<()>(
            self.stream.as_raw_fd(),
            &mut parts,
            Some(&mut space),
            MsgFlags::MSG_CMSG_CLOEXEC,
        )?;
        let mut fds = Vec::new();
        for control in message.cmsgs()? {
            if let ControlMessageOwned::ScmRights(raw) = control {
                fds.extend(raw.into_iter().map(sys::sockets::adopt));
            }
        }
        Ok((message.bytes, fds))
    }

    fn read_block(&self, length: &[u8]) -> io::Result<Vec<u8>> {
        let length = length.try_into().map_err(|_| io::ErrorKind::InvalidData)?;
        let length = usize::from_ne_bytes(length);
        if length > LIMIT {
            return Err(io::ErrorKind::InvalidData.into());
        }
        let mut block = vec![0; length];
        (&self.stream).read_exact(&mut block)?;
        Ok(block)
    }
}

impl AsFd for Channel {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.stream.as_fd()
    }
}
