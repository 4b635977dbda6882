// SPDX-License-Identifier: Apache-2.0 OR MIT
// Copyright the bot-bottle authors
//! Terminal requests that have no safe wrapper.

use std::io;
use std::os::fd::{AsRawFd, BorrowedFd, OwnedFd};

use super::{check, owned};

/// What a request's number is: C libraries differ.
#[cfg(target_env = "musl")]
type Request = libc::c_int;
#[cfg(not(target_env = "musl"))]
type Request = libc::c_ulong;

const TIOCSPTLCK: Request = 0x4004_5431;
const TIOCGPTPEER: Request = 0x5441;
const TIOCSCTTY: Request = 0x540e;
const TIOCGWINSZ: Request = 0x5413;
const TIOCSWINSZ: Request = 0x5414;

/// Opens the other end of a pty whose master is given, without looking up a path.
pub(crate) fn open_slave(master: BorrowedFd<'_>) -> io::Result<OwnedFd> {
    let unlocked: libc::c_int = 0;
    let argument = std::ptr::from_ref(&unlocked);
    // SAFETY: the request reads one integer.
    check(unsafe { libc::ioctl(master.as_raw_fd(), TIOCSPTLCK, argument) }.into())?;
    let flags = libc::O_RDWR | libc::O_NOCTTY | libc::O_CLOEXEC;
    // SAFETY: the request takes open flags by value and returns a new descriptor.
    owned(unsafe { libc::ioctl(master.as_raw_fd(), TIOCGPTPEER, flags) }.into())
}

/// Makes a terminal the controlling one of this session.
pub(crate) fn make_controlling(terminal: BorrowedFd<'_>) -> io::Result<()> {
    // SAFETY: the request takes an integer by value.
    check(unsafe { libc::ioctl(terminal.as_raw_fd(), TIOCSCTTY, 0) }.into())?;
    Ok(())
}

/// Copies the window size of one terminal to another.
pub(crate) fn copy_size(from: BorrowedFd<'_>, to: BorrowedFd<'_>) -> io::Result<()> {
    // SAFETY: `winsize` is plain integers, for which zero is valid.
    let mut size: libc::winsize = unsafe { std::mem::zeroed() };
    let target = std::ptr::from_mut(&mut size);
    // SAFETY: the request writes one `winsize`.
    check(unsafe { libc::ioctl(from.as_raw_fd(), TIOCGWINSZ, target) }.into())?;
    // SAFETY: the request reads one `winsize`.
    check(unsafe { libc::ioctl(to.as_raw_fd(), TIOCSWINSZ, target) }.into())?;
    Ok(())
}

/// A standard stream (0, 1 or 2) of this process.
pub(crate) fn stream(number: i32) -> BorrowedFd<'static> {
    // SAFETY: the runtime opens the three streams before main, and nothing here closes them.
    unsafe { BorrowedFd::borrow_raw(number) }
}
