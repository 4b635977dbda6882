// SPDX-License-Identifier: Apache-2.0 OR MIT
// Copyright the bot-bottle authors
//! Git repositories in what a command may change: which files are protected ([`find()`]), and
//! what is told afterwards ([`review`]).

pub(crate) mod config;
mod find;
mod named;
mod programs;
pub(crate) mod review;
mod walk;

pub(crate) use self::find::{COMMON_HERE, settings_of};
pub(super) use self::find::{Git, Person, find};
