// SPDX-License-Identifier: Apache-2.0 OR MIT
// Copyright the bot-bottle authors
//! Socket options that have no safe wrapper.

use std::io;
use std::os::fd::{AsRawFd, BorrowedFd, FromRawFd, OwnedFd, RawFd};

use super::check;

/// Sets an option that is one integer.
pub(crate) fn set_option(
    socket: BorrowedFd<'_>,
    level: libc::c_int,
    option: libc::c_int,
    value: libc::c_int,
) -> io::Result<()> {
    const LENGTH: libc::socklen_t = 4;
    let (fd, value) = (socket.as_raw_fd(), std::ptr::from_ref(&value).cast());
    // SAFETY: `value` points to an integer of four bytes.
    check(unsafe { libc::setsockopt(fd, level, option, value, LENGTH) }.into())?;
    Ok(())
}

/// Takes ownership of a descriptor that a message brought.
pub(crate) fn adopt(raw: RawFd) -> OwnedFd {
    // SAFETY: the kernel just made this descriptor for us; a message lists it exactly once.
    unsafe { OwnedFd::from_raw_fd(raw) }
}
