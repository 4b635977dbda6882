// SPDX-License-Identifier: Apache-2.0 OR MIT
// Copyright the bot-bottle authors
//! Socket options that have no safe wrapper.

use std::io;
use std::mem::size_of;
use std::os::fd::{AsRawFd, BorrowedFd, FromRawFd, OwnedFd, RawFd};

use super::check;

/// Sets an option that is one integer.
pub(crate) fn set_option(
    socket: BorrowedFd<'_>,
    level: libc::c_int,
    option: libc::c_int,
    value: libc::c_int,
) -> io::Result<()> {
    // SAFETY: `value` is an integer of the size given.
    check(
        unsafe {
            libc::setsockopt(
                socket.as_raw_fd(),
                level,
                option,
                std::ptr::from_ref(&value).cast(),
                size_of::<libc::c_int>() as libc::socklen_t,
            )
        }
        .into(),
    )?;
    Ok(())
}

/// Takes ownership of a descriptor that a message brought.
pub(crate) fn adopt(raw: RawFd) -> OwnedFd {
    // SAFETY: the kernel just made this descriptor for us; a message lists it exactly once.
    unsafe { OwnedFd::from_raw_fd(raw) }
}
