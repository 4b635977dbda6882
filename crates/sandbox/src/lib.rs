// SPDX-License-Identifier: Apache-2.0 OR MIT
// Copyright the bot-bottle authors
//! The bottle's walls: namespaces, mounts, Landlock, seccomp and the pty.
//!
//! [`launch()`] builds a bottle for one command and hands out the only sockets through which
//! anything in it can be reached; [`Launched::start`] runs the command; [`Running::wait`] relays
//! its terminal and signals until it ends. What is in force on this machine is in [`Info`].
//!
//! This crate knows nothing of policy, HTTP or asynchronous runtimes. It never falls back to
//! running a command outside of a bottle.
//!
//! # Processes
//! ```text
//! the caller: engine threads, launch(), wait()
//!   └ helper: the same program again, one thread, no memory of the engine's; waits
//!       └ PID 1: user 0 of the outer user namespace; builds, serves, reaps
//!           └ the command: inner user namespace, ordinary user, no capability
//! ```
//! PID 1 ends when the control socket closes, when the helper ends and when the command ends;
//! the kernel then kills all that is left inside.
//!
//! # Use
//! ```no_run
//! # fn main() -> Result<(), bottle_sandbox::Error> {
//! bottle_sandbox::run_if_helper(); // first thing in main
//! # let spec: bottle_sandbox::Spec = todo!();
//! let (sockets, info, identity, waiting) = bottle_sandbox::launch(&spec)?.split();
//! // … give `sockets` and `identity` to the engine's threads …
//! let exit = waiting.start()?.wait()?;
//! std::process::exit(exit.code().into());
//! # }
//! ```

mod command;
mod error;
mod failure;
mod fs;
mod helper;
mod identity;
mod info;
mod init;
mod landlock_rules;
mod launch;
mod net;
mod remedy;
mod running;
mod seccomp;
mod signals;
mod spec;
mod sys;
mod terminal;
mod users;
mod watch;
mod wire;

pub use self::error::Error;
pub use self::failure::Step;
pub use self::fs::git::review::{Origin, Review, Reviewed, Suspect};
pub use self::fs::keeper::{Guard, Replaced};
pub use self::helper::{HELPER_ARGUMENT, run_if_helper};
pub use self::identity::{Identity, Process};
pub use self::info::{Capture, Info, Ipv6, ProcView, Users};
pub use self::launch::{Launched, Sockets, Waiting, launch, probe};
pub use self::net::addresses::{ADDRESS_V4, ADDRESS_V6};
pub use self::net::sockets::{CATCH_ALL_PORT, PROXY_PORT};
pub use self::running::{Exit, Running};
pub use self::spec::{Access, File, Spec, Stdio};
