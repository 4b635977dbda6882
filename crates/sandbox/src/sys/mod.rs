// SPDX-License-Identifier: Apache-2.0 OR MIT
// Copyright the bot-bottle authors
//! The only code here that talks to the kernel without a safe wrapper: each function is one
//! system call, or a few that belong together, and decides nothing.
#![expect(
    unsafe_code,
    reason = "these system calls have no safe wrapper; every other module forbids unsafe"
)]

pub(crate) mod mounts;
pub(crate) mod process;
pub(crate) mod signals;
pub(crate) mod sockets;
pub(crate) mod tty;

use std::io;
use std::os::fd::{FromRawFd, OwnedFd};

/// Turns the `-1` convention into a result.
fn check(result: libc::c_long) -> io::Result<libc::c_long> {
    if result < 0 {
        return Err(io::Error::last_os_error());
    }
    Ok(result)
}

/// Takes ownership of a descriptor that a call just returned.
fn owned(result: libc::c_long) -> io::Result<OwnedFd> {
    let raw = i32::try_from(check(result)?).map_err(|_| io::ErrorKind::InvalidData)?;
    // SAFETY: the kernel just made this descriptor for us and nobody else knows it.
    Ok(unsafe { OwnedFd::from_raw_fd(raw) })
}
