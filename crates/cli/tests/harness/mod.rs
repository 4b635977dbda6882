//! The whole product through its front door: the built `bottle`, a home and a
//! project of its own, and made-up hosts on loopback.
//!
//! A [`World`] is such a place. Everything in it is thrown away with it, every
//! run has a deadline, and nothing of the caller's environment but `PATH` is
//! seen. Where the machine permits no sandbox, [`World::new`] says why, so that
//! the test can be skipped by name ([`world_or_skip`]).
#![allow(
    dead_code,
    unused_imports,
    unused_macros,
    reason = "what one test program leaves unused another uses"
)]
#![allow(clippy::panic, reason = "a test that cannot go on says why")]

mod denial;
mod events;
pub(crate) mod inside;
mod running;
mod world;

pub(crate) use denial::{Answer, assert_denied};
pub(crate) use events::Events;
pub(crate) use running::{Output, PATIENCE, Running};
pub(crate) use world::{User, World};

/// A world for that user, or the test is skipped by name.
macro_rules! world_or_skip {
    ($user:expr) => {
        match $crate::harness::World::new($user) {
            Ok(world) => world,
            Err(why) => bottle_test_support::skip!("{why}"),
        }
    };
}

/// The path of a program, or the test is skipped by name.
macro_rules! program_or_skip {
    ($name:expr) => {
        match bottle_test_support::find_program($name) {
            Some(path) => path.to_string_lossy().into_owned(),
            None => bottle_test_support::skip!("no {} on this machine", $name),
        }
    };
}

/// Each test twice: as whoever runs the tests, and as an ordinary user where
/// that is somebody else. What follows the name is the world to test in:
/// `fn curl_works(mut world) { … }`.
macro_rules! as_each_user {
    ($($(#[doc = $doc:literal])* fn $name:ident($world:pat) $body:block)*) => { $(
        $(#[doc = $doc])*
        fn $name($world: $crate::harness::World) $body

        mod $name {
            #[test]
            fn as_caller() {
                super::$name($crate::harness::world_or_skip!($crate::harness::User::Caller));
            }

            #[test]
            fn as_ordinary_user() {
                super::$name($crate::harness::world_or_skip!($crate::harness::User::Ordinary));
            }
        }
    )* };
}

pub(crate) use {as_each_user, program_or_skip, world_or_skip};
