// SPDX-License-Identifier: Apache-2.0 OR MIT
// Copyright the bot-bottle authors
//! Which process in the bottle made a connection: the kernel's socket table gives the inode,
//! and the bottle's `/proc` the process that holds it. A hint for the audit log; nothing is
//! decided by it, since a process may end or pass its socket on at any moment.

use std::ffi::{CStr, CString, OsString};
use std::net::{IpAddr, SocketAddr};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::os::unix::ffi::OsStringExt as _;
use std::path::PathBuf;

use nix::dir::Dir;
use nix::fcntl::{OFlag, openat, readlinkat};
use nix::sys::stat::Mode;
use parking_lot::Mutex;

use crate::net::netlink::{self, Messages, REQUEST, u32_at};

const SOCK_DIAG_BY_FAMILY: u16 = 20;
const ALL_STATES: u32 = u32::MAX;
/// Where the inode stands in `inet_diag_msg`.
const INODE: usize = 68;

/// A process in a bottle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Process {
    /// Its number inside the bottle.
    pub pid: u32,
    /// Its program, as a path inside the bottle; its short name where that cannot be read.
    pub exe: PathBuf,
}

/// Finds the process behind a connection. May be shared by threads.
#[derive(Debug)]
pub struct Identity {
    diag: Mutex<OwnedFd>,
    processes: OwnedFd,
    last: Mutex<Option<u32>>,
}

impl Identity {
    pub(crate) fn new(diag: OwnedFd, processes: OwnedFd) -> Self {
        Self {
            diag: Mutex::new(diag),
            processes,
            last: Mutex::new(None),
        }
    }

    /// The process that connected from `peer` to `local`, both as the accepted socket has them.
    /// `None` if it has gone.
    pub fn who(&self, peer: SocketAddr, local: SocketAddr) -> Option<Process> {
        let inode = self.inode(peer, local)?;
        let pid = self.holder(&format!("socket:[{inode}]"))?;
        *self.last.lock() = Some(pid);
        Some(Process {
            pid,
            exe: self.program(pid),
        })
    }

    fn inode(&self, peer: SocketAddr, local: SocketAddr) -> Option<u32> {
        let mut request = Messages::default();
        request.begin(SOCK_DIAG_BY_FAMILY, REQUEST, &lookup(peer, local));
        request.end();
        let (kind, body) = netlink::ask(&self.diag.lock(), &request).ok()??;
        let inode = u32_at(&body, INODE)?;
        (kind == SOCK_DIAG_BY_FAMILY && inode != 0).then_some(inode)
    }

    /// The last owner first, then the newest processes: in practice the first is right.
    fn holder(&self, link: &str) -> Option<u32> {
        let last = *self.last.lock();
        let mut pids = self.pids()?;
        pids.sort_unstable_by(|a, b| b.cmp(a));
        let pids = last.into_iter().chain(pids);
        pids.into_iter().find(|&pid| self.holds(pid, link))
    }

    fn pids(&self) -> Option<Vec<u32>> {
        let names = names(self.processes.as_fd(), c".")?;
        Some(
            names
                .iter()
                .filter_map(|name| name.to_str().ok()?.parse().ok())
                .collect(),
        )
    }

    fn holds(&self, pid: u32, link: &str) -> bool {
        let Ok(path) = CString::new(format!("{pid}/fd")) else {
            return false;
        };
        let Ok(directory) = open_directory(self.processes.as_fd(), &path) else {
            return false;
        };
        let Some(names) = names(directory.as_fd(), c".") else {
            return false;
        };
        names
            .iter()
            .any(|name| readlinkat(&directory, name.as_c_str()).is_ok_and(|target| target == link))
    }

    fn program(&self, pid: u32) -> PathBuf {
        let link = format!("{pid}/exe");
        let target = readlinkat(&self.processes, link.as_str());
        target.map_or_else(|_| self.short_name(pid), PathBuf::from)
    }

    fn short_name(&self, pid: u32) -> PathBuf {
        let path = format!("{pid}/comm");
        let file = openat(
            &self.processes,
            path.as_str(),
            OFlag::O_CLOEXEC,
            Mode::empty(),
        );
        let mut text = Vec::new();
        if let Ok(file) = file {
            // An empty name is all that is left of a process that has just ended.
            let _ = std::io::Read::read_to_end(&mut std::fs::File::from(file), &mut text);
        }
        PathBuf::from(OsString::from_vec(text.trim_ascii_end().to_vec()))
    }
}

fn open_directory(at: BorrowedFd<'_>, path: &CStr) -> nix::Result<OwnedFd> {
    let flags = OFlag::O_RDONLY | OFlag::O_DIRECTORY | OFlag::O_CLOEXEC;
    openat(at, path, flags, Mode::empty())
}

fn names(at: BorrowedFd<'_>, path: &CStr) -> Option<Vec<CString>> {
    let directory = open_directory(at, path).ok()?;
    let entries = Dir::from_fd(directory).ok()?.into_iter();
    Some(
        entries
            .flatten()
            .map(|entry| entry.file_name().to_owned())
            .collect(),
    )
}

/// `inet_diag_req_v2`, exact: the socket whose own address is `peer` and whose other end is
/// `local`.
fn lookup(peer: SocketAddr, local: SocketAddr) -> Vec<u8> {
    let (source, destination) = (peer.ip().to_canonical(), local.ip().to_canonical());
    let family = if source.is_ipv4() {
        libc::AF_INET
    } else {
        libc::AF_INET6
    };
    let mut request = vec![u8::try_from(family).unwrap_or(0), 6, 0, 0];
    request.extend_from_slice(&ALL_STATES.to_ne_bytes());
    request.extend_from_slice(&peer.port().to_be_bytes());
    request.extend_from_slice(&local.port().to_be_bytes());
    request.extend_from_slice(&sixteen(source));
    request.extend_from_slice(&sixteen(destination));
    request.extend_from_slice(&0_u32.to_ne_bytes());
    request.extend_from_slice(&[0xff; 8]);
    request
}

fn sixteen(address: IpAddr) -> [u8; 16] {
    match address {
        IpAddr::V4(v4) => {
            let [a, b, c, d] = v4.octets();
            [a, b, c, d, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
        }
        IpAddr::V6(v6) => v6.octets(),
    }
}
