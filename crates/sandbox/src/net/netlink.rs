// SPDX-License-Identifier: Apache-2.0 OR MIT
// Copyright the bot-bottle authors
//! Netlink messages: writing them with nested attributes, sending them, reading the answer.
//! Knows no family's own messages.

use std::io;
use std::os::fd::{AsRawFd, OwnedFd};

use nix::sys::socket::{
    AddressFamily, MsgFlags, NetlinkAddr, SockFlag, SockProtocol, SockType, recv, sendto, socket,
};

pub(crate) const REQUEST: u16 = 0x01;
pub(crate) const ACK: u16 = 0x04;
pub(crate) const CREATE: u16 = 0x400;
pub(crate) const EXCLUSIVE: u16 = 0x200;
pub(crate) const APPEND: u16 = 0x800;

const NESTED: u16 = 0x8000;
const ERROR: u16 = 2;
const HEADER: usize = 16;

/// One or more messages, as bytes.
#[derive(Default)]
pub(crate) struct Messages {
    bytes: Vec<u8>,
    start: usize,
    sequence: u32,
}

impl Messages {
    /// Begins a message; `head` is the family's fixed part.
    pub(crate) fn begin(&mut self, kind: u16, flags: u16, head: &[u8]) {
        self.start = self.bytes.len();
        self.sequence += 1;
        self.bytes.extend_from_slice(&[0; 4]);
        self.bytes.extend_from_slice(&kind.to_ne_bytes());
        self.bytes.extend_from_slice(&flags.to_ne_bytes());
        self.bytes.extend_from_slice(&self.sequence.to_ne_bytes());
        self.bytes.extend_from_slice(&[0; 4]);
        self.bytes.extend_from_slice(head);
    }

    /// Adds an attribute.
    pub(crate) fn attribute(&mut self, kind: u16, value: &[u8]) {
        // Attributes of ours are a few bytes, messages far below the 16 bits of a length.
        let length = u16::try_from(4 + value.len()).unwrap_or(u16::MAX);
        self.bytes.extend_from_slice(&length.to_ne_bytes());
        self.bytes.extend_from_slice(&kind.to_ne_bytes());
        self.bytes.extend_from_slice(value);
        self.pad();
    }

    /// Adds an attribute that holds what `fill` adds.
    pub(crate) fn nest(&mut self, kind: u16, fill: impl FnOnce(&mut Self)) {
        let start = self.bytes.len();
        self.bytes.extend_from_slice(&[0; 2]);
        self.bytes.extend_from_slice(&(kind | NESTED).to_ne_bytes());
        fill(self);
        let length = u16::try_from(self.bytes.len() - start).unwrap_or(u16::MAX);
        self.overwrite(start, &length.to_ne_bytes());
    }

    /// Ends the message.
    pub(crate) fn end(&mut self) {
        let length = u32::try_from(self.bytes.len() - self.start).unwrap_or(u32::MAX);
        self.overwrite(self.start, &length.to_ne_bytes());
    }

    fn overwrite(&mut self, at: usize, value: &[u8]) {
        if let Some(place) = self.bytes.get_mut(at..at + value.len()) {
            place.copy_from_slice(value);
        }
    }

    fn pad(&mut self) {
        self.bytes.resize(self.bytes.len().next_multiple_of(4), 0);
    }
}

/// Opens a netlink socket in the current network namespace.
pub(crate) fn open(protocol: SockProtocol) -> io::Result<OwnedFd> {
    let kind = SockType::Raw;
    Ok(socket(
        AddressFamily::Netlink,
        kind,
        SockFlag::SOCK_CLOEXEC,
        protocol,
    )?)
}

/// Sends messages of which `acks` ask for an acknowledgement, and waits for all of those.
pub(crate) fn call(socket: &OwnedFd, messages: &Messages, acks: usize) -> io::Result<()> {
    send(socket, messages)?;
    let mut seen = 0;
    while seen < acks {
        for message in parse(&receive(socket)?) {
            if message.kind == ERROR {
                error_of(message.body)?;
                seen += 1;
            }
        }
    }
    Ok(())
}

/// Sends one request and returns the type and body of its one answer.
pub(crate) fn ask(socket: &OwnedFd, messages: &Messages) -> io::Result<Option<(u16, Vec<u8>)>> {
    send(socket, messages)?;
    let answer = receive(socket)?;
    match parse(&answer).into_iter().next() {
        Some(message) if message.kind == ERROR => error_of(message.body).map(|()| None),
        Some(message) => Ok(Some((message.kind, message.body.to_vec()))),
        None => Ok(None),
    }
}

fn send(socket: &OwnedFd, messages: &Messages) -> io::Result<()> {
    let kernel = NetlinkAddr::new(0, 0);
    sendto(
        socket.as_raw_fd(),
        &messages.bytes,
        &kernel,
        MsgFlags::empty(),
    )?;
    Ok(())
}

fn receive(socket: &OwnedFd) -> io::Result<Vec<u8>> {
    let mut buffer = vec![0; 32 << 10];
    let length = recv(socket.as_raw_fd(), &mut buffer, MsgFlags::empty())?;
    buffer.truncate(length);
    Ok(buffer)
}

struct Message<'a> {
    kind: u16,
    body: &'a [u8],
}

fn parse(mut bytes: &[u8]) -> Vec<Message<'_>> {
    let mut messages = Vec::new();
    while let Some(length) = u32_at(bytes, 0).map(|length| length as usize) {
        let (Some(kind), Some(body)) = (u16_at(bytes, 4), bytes.get(HEADER..length)) else {
            break;
        };
        messages.push(Message { kind, body });
        bytes = bytes.get(length.next_multiple_of(4)..).unwrap_or(&[]);
    }
    messages
}

fn error_of(body: &[u8]) -> io::Result<()> {
    match u32_at(body, 0).map(u32::cast_signed) {
        Some(0) => Ok(()),
        Some(negative) => Err(io::Error::from_raw_os_error(-negative)),
        None => Err(io::ErrorKind::InvalidData.into()),
    }
}

/// The four bytes at `at`, in the machine's order.
pub(crate) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let bytes = bytes.get(at..at + 4)?;
    Some(u32::from_ne_bytes(bytes.try_into().ok()?))
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let bytes = bytes.get(at..at + 2)?;
    Some(u16::from_ne_bytes(bytes.try_into().ok()?))
}
