// SPDX-License-Identifier: Apache-2.0 OR MIT
// Copyright the bot-bottle authors
//! The bottle's network as PID 1 sets it up, with raw netlink and no helper program.
//! There is only `lo`; every address is local; every TCP connection ends at the engine.

pub(crate) mod addresses;
mod capture;
pub(crate) mod netlink;
pub(crate) mod sockets;

pub(crate) use self::capture::install;
