// SPDX-License-Identifier: Apache-2.0 OR MIT
// Copyright the bot-bottle authors
//! The bottle's file system: an allow-list built on an empty root, so that there is nothing of
//! the host to forget. Sources are opened first ([`sources`]), then put together ([`root`]),
//! then closed down ([`guard`]).

mod blank;
mod captured;
mod etc;
pub(crate) mod git;
pub(crate) mod guard;
mod host_sockets;
pub(crate) mod keeper;
mod place;
pub(crate) mod root;
pub(crate) mod sources;
