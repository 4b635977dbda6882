// SPDX-License-Identifier: Apache-2.0 OR MIT
// Copyright the bot-bottle authors
//! Signals as bytes in a pipe. Handlers rather than a signalfd: the caller has other threads,
//! which do not block these signals and would die of them.

use std::io;
use std::os::fd::{AsRawFd, IntoRawFd, OwnedFd};
use std::sync::atomic::{AtomicI32, Ordering};

use super::check;

/// Where the handler writes; -1 while nobody listens.
static SINK: AtomicI32 = AtomicI32::new(-1);

extern "C" fn note(signal: libc::c_int) {
    let sink = SINK.load(Ordering::Relaxed);
    // SAFETY: errno is this thread's own; it is put back below.
    let saved = unsafe { *libc::__errno_location() };
    let byte = u8::try_from(signal).unwrap_or(0);
    // SAFETY: write(2) is async-signal-safe and reads one byte of our stack.
    unsafe { libc::write(sink, std::ptr::from_ref(&byte).cast(), 1) };
    // SAFETY: as above.
    unsafe { *libc::__errno_location() = saved };
}

/// Signals that go to the pipe while this lives; dropped, what was before is back.
#[derive(Debug)]
pub(crate) struct Caught {
    previous: Vec<(i32, libc::sigaction)>,
}

impl Caught {
    /// Sends `signals` to the non-blocking pipe `sink` as bytes.
    pub(crate) fn new(signals: &[i32], sink: OwnedFd) -> io::Result<Self> {
        let fd = sink.as_raw_fd();
        if SINK
            .compare_exchange(-1, fd, Ordering::SeqCst, Ordering::SeqCst)
            .is_err()
        {
            return Err(io::ErrorKind::ResourceBusy.into());
        }
        // Kept open for good: a handler may still be running on another thread when we stop.
        let _ = sink.into_raw_fd();
        let mut caught = Self {
            previous: Vec::new(),
        };
        for &signal in signals {
            let before = set_handler(signal, note as *const () as libc::sighandler_t)?;
            caught.previous.push((signal, before));
        }
        Ok(caught)
    }
}

impl Drop for Caught {
    fn drop(&mut self) {
        for (signal, action) in &self.previous {
            // SAFETY: `action` is what the kernel gave us for this signal.
            unsafe { libc::sigaction(*signal, action, std::ptr::null_mut()) };
        }
        SINK.store(-1, Ordering::SeqCst);
    }
}

fn set_handler(signal: i32, handler: libc::sighandler_t) -> io::Result<libc::sigaction> {
    // SAFETY: zero is a valid `sigaction`: default action, empty mask.
    let mut action: libc::sigaction = unsafe { std::mem::zeroed() };
    action.sa_sigaction = handler;
    action.sa_flags = libc::SA_RESTART;
    // SAFETY: as above.
    let mut before: libc::sigaction = unsafe { std::mem::zeroed() };
    let old = std::ptr::from_mut(&mut before);
    // SAFETY: both records are valid; the handler is async-signal-safe or a constant.
    check(unsafe { libc::sigaction(signal, std::ptr::from_ref(&action), old) }.into())?;
    Ok(before)
}

/// Gives every signal its default action and blocks none, as a new program expects.
pub(crate) fn reset() -> io::Result<()> {
    /// The kernel's `sigaction`, whose zero is the default action, and its set of 64 signals.
    const DEFAULT: [u64; 4] = [0; 4];
    const SET_SIZE: usize = 8;
    for signal in (1..=64).filter(|signal| !matches!(*signal, libc::SIGKILL | libc::SIGSTOP)) {
        // The C library's own call refuses the signals it keeps for itself.
        // SAFETY: the kernel reads one record of at most this size and writes none.
        check(unsafe {
            libc::syscall(
                libc::SYS_rt_sigaction,
                signal,
                DEFAULT.as_ptr(),
                std::ptr::null_mut::<u64>(),
                SET_SIZE,
            )
        })?;
    }
    nix::sys::signal::SigSet::empty().thread_set_mask()?;
    Ok(())
}

/// Stops this process group as ^Z would. The default action stays in place until `resumed`
/// returns, since another thread may be the one that takes the signal.
pub(crate) fn stop_own_group(resumed: impl FnOnce()) -> io::Result<()> {
    let before = set_handler(libc::SIGTSTP, libc::SIG_DFL)?;
    // SAFETY: 0 is our own process group.
    let result = check(unsafe { libc::kill(0, libc::SIGTSTP) }.into());
    resumed();
    // SAFETY: `before` is what the kernel gave us for this signal.
    unsafe {
        libc::sigaction(
            libc::SIGTSTP,
            std::ptr::from_ref(&before),
            std::ptr::null_mut(),
        )
    };
    result.map(drop)
}
