// SPDX-License-Identifier: Apache-2.0 OR MIT
// Copyright the bot-bottle authors
//! Processes, their privileges and limits.

use std::ffi::CString;
use std::io;
use std::os::fd::{AsRawFd, BorrowedFd, FromRawFd, OwnedFd};

use super::check;

/// Asks to be run at once when there is something to do: short turns come first, since Linux
/// 6.12. Children begin with ordinary ones.
pub(crate) fn take_short_turns() -> io::Result<()> {
    /// `struct sched_attr` as it first was.
    #[repr(C)]
    struct Attributes {
        size: u32,
        policy: u32,
        flags: u64,
        nice: i32,
        priority: u32,
        runtime: u64,
        deadline: u64,
        period: u64,
    }
    const RESET_ON_FORK: u64 = 1;
    const SHORTEST: u64 = 100_000;
    let attributes = Attributes {
        size: 48,
        policy: 0,
        flags: RESET_ON_FORK,
        nice: 0,
        priority: 0,
        runtime: SHORTEST,
        deadline: 0,
        period: 0,
    };
    let attributes = std::ptr::from_ref(&attributes);
    // SAFETY: the call reads as many bytes as `size` says, which is that of the structure.
    check(unsafe { libc::syscall(libc::SYS_sched_setattr, 0, attributes, 0) })?;
    Ok(())
}

/// Which side of a fork this is.
pub(crate) enum Fork {
    Child,
    Parent(libc::pid_t),
}

/// Forks, with the child in new namespaces. Only for a process with one thread.
pub(crate) fn fork_into(namespaces: libc::c_int) -> io::Result<Fork> {
    let flags = libc::c_long::from(namespaces | libc::SIGCHLD);
    // SAFETY: without CLONE_VM this is fork(2): the child has its own copy of everything, and
    // the helper has one thread, so no lock is held by a thread that vanished.
    let pid = check(unsafe { libc::syscall(libc::SYS_clone, flags, 0, 0, 0, 0) })?;
    Ok(match libc::pid_t::try_from(pid) {
        Ok(0) => Fork::Child,
        Ok(pid) => Fork::Parent(pid),
        Err(_) => return Err(io::ErrorKind::InvalidData.into()),
    })
}

fn prctl(option: libc::c_int, value: libc::c_ulong) -> io::Result<()> {
    // SAFETY: the options used here take integers only.
    check(unsafe { libc::prctl(option, value, 0, 0, 0) }.into())?;
    Ok(())
}

/// SIGKILL for us when our parent ends.
pub(crate) fn die_with_parent() -> io::Result<()> {
    prctl(libc::PR_SET_PDEATHSIG, libc::SIGKILL as libc::c_ulong)
}

/// Whether others of our user may look into this process.
#[derive(Clone, Copy)]
pub(crate) enum Dumpable {
    No,
    Yes,
}

pub(crate) fn set_dumpable(dumpable: Dumpable) -> io::Result<()> {
    prctl(libc::PR_SET_DUMPABLE, dumpable as libc::c_ulong)
}

/// No program started from here on gains privileges by set-user-ID bits or file capabilities.
pub(crate) fn no_new_privileges() -> io::Result<()> {
    prctl(libc::PR_SET_NO_NEW_PRIVS, 1)
}

/// Removes every capability from the bounding and ambient sets.
pub(crate) fn empty_bounding_set() -> io::Result<()> {
    let clear = libc::PR_CAP_AMBIENT_CLEAR_ALL;
    // SAFETY: clearing the ambient set takes integers only.
    check(unsafe { libc::prctl(libc::PR_CAP_AMBIENT, clear, 0, 0, 0) }.into())?;
    for capability in 0..64 {
        match prctl(libc::PR_CAPBSET_DROP, capability) {
            Err(error) if error.raw_os_error() == Some(libc::EINVAL) => break,
            other => other?,
        }
    }
    Ok(())
}

/// Keeps only the capabilities in `mask` (the first 32), in all of this thread's sets.
pub(crate) fn keep_capabilities(mask: u32) -> io::Result<()> {
    #[repr(C)]
    struct Header {
        version: u32,
        pid: i32,
    }
    #[repr(C)]
    struct Data {
        effective: u32,
        permitted: u32,
        inheritable: u32,
    }
    let header = Header {
        version: 0x2008_0522,
        pid: 0,
    };
    let data = [
        Data {
            effective: mask,
            permitted: mask,
            inheritable: 0,
        },
        Data {
            effective: 0,
            permitted: 0,
            inheritable: 0,
        },
    ];
    // SAFETY: version 3 of the call reads one header and two data records.
    check(unsafe { libc::syscall(libc::SYS_capset, std::ptr::from_ref(&header), data.as_ptr()) })?;
    Ok(())
}

/// Becomes another user and group and leaves all supplementary groups.
pub(crate) fn become_user(uid: u32, gid: u32) -> io::Result<()> {
    // SAFETY: an empty list needs no pointer.
    check(unsafe { libc::syscall(libc::SYS_setgroups, 0, std::ptr::null::<u32>()) })?;
    become_user_keeping_groups(uid, gid)
}

/// Becomes another user and group where leaving groups is not permitted.
pub(crate) fn become_user_keeping_groups(uid: u32, gid: u32) -> io::Result<()> {
    // SAFETY: only integers are passed; one thread, so the raw calls cover the process.
    check(unsafe { libc::syscall(libc::SYS_setresgid, gid, gid, gid) })?;
    // SAFETY: as above.
    check(unsafe { libc::syscall(libc::SYS_setresuid, uid, uid, uid) })?;
    Ok(())
}

/// Marks every descriptor from `first` on to be closed by exec.
pub(crate) fn close_on_exec_from(first: u32) -> io::Result<()> {
    close_range(first, u32::MAX, libc::CLOSE_RANGE_CLOEXEC)
}

/// Closes every descriptor but one. Whoever owns the others must not use them again.
pub(crate) fn close_all_but(kept: BorrowedFd<'_>) -> io::Result<()> {
    let kept = kept.as_raw_fd().cast_unsigned();
    if kept > 0 {
        close_range(0, kept - 1, 0)?;
    }
    close_range(kept + 1, u32::MAX, 0)
}

fn close_range(first: u32, last: u32, flags: libc::c_uint) -> io::Result<()> {
    // SAFETY: only integers are passed; the callers end, or never touch the descriptors again.
    check(unsafe { libc::syscall(libc::SYS_close_range, first, last, flags) })?;
    Ok(())
}

/// Makes `from` the standard stream `to` (0, 1 or 2).
pub(crate) fn set_stream(from: BorrowedFd<'_>, to: i32) -> io::Result<()> {
    // SAFETY: dup2 onto a standard stream; nothing in the helper owns those as values.
    check(unsafe { libc::dup2(from.as_raw_fd(), to) }.into())?;
    Ok(())
}

/// Takes a standard stream over as a value. Call at most once for each.
pub(crate) fn take_stream(stream: i32) -> OwnedFd {
    // SAFETY: the helper's entry calls this once for its control socket, before any other use.
    unsafe { OwnedFd::from_raw_fd(stream) }
}

/// Replaces this program; returns only the reason why it could not.
pub(crate) fn exec(program: &CString, argv: &[CString], env: &[CString]) -> io::Error {
    match nix::unistd::execve(program, argv, env) {
        Ok(never) => match never {},
        Err(errno) => errno.into(),
    }
}

/// Ends this process at once, running nothing on the way.
pub(crate) fn exit_now(code: i32) -> ! {
    // SAFETY: `_exit` does not return and runs no handlers.
    unsafe { libc::_exit(code) }
}

/// What to do about a lease.
#[derive(Clone, Copy)]
pub(crate) enum Lease {
    GiveBack,
    Take,
}

/// A lease for reading, which is refused while anybody has the file open for writing.
pub(crate) fn read_lease(file: BorrowedFd<'_>, lease: Lease) -> io::Result<()> {
    let kind = match lease {
        Lease::GiveBack => libc::F_UNLCK,
        Lease::Take => libc::F_RDLCK,
    };
    let kind = libc::c_int::from(kind);
    // SAFETY: the request takes an integer.
    check(unsafe { libc::fcntl(file.as_raw_fd(), libc::F_SETLEASE, kind) }.into())?;
    Ok(())
}

/// The Landlock ABI of this kernel; 0 where there is none.
pub(crate) fn landlock_abi() -> u32 {
    const VERSION: u32 = 1;
    // SAFETY: with the version flag the call takes no attributes.
    let abi = unsafe {
        libc::syscall(
            libc::SYS_landlock_create_ruleset,
            std::ptr::null::<u8>(),
            0,
            VERSION,
        )
    };
    u32::try_from(abi).unwrap_or(0)
}

/// Installs one classic BPF program as a seccomp filter.
pub(crate) fn add_filter(program: &[libc::sock_filter]) -> io::Result<()> {
    let program = libc::sock_fprog {
        len: u16::try_from(program.len()).map_err(|_| io::ErrorKind::InvalidInput)?,
        filter: program.as_ptr().cast_mut(),
    };
    // SAFETY: the kernel copies `program`, which is valid for the call, and never writes to it.
    check(unsafe {
        libc::syscall(
            libc::SYS_seccomp,
            libc::SECCOMP_SET_MODE_FILTER,
            0,
            std::ptr::from_ref(&program),
        )
    })?;
    Ok(())
}
