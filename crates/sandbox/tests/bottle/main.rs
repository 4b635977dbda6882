// SPDX-License-Identifier: Apache-2.0 OR MIT
// Copyright the bot-bottle authors
//! The walls, tried from inside. One program is the helper, the attacker and the test: run it
//! as root and as an ordinary user. `bottle [FILTER]` runs the tests whose name holds FILTER.
//!
//! Where the machine permits no namespaces every test reports itself skipped.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::wildcard_enum_match_arm,
    reason = "a test program with its own runner"
)]

mod attack;
mod commands;
mod files;
mod lives;
mod network;
mod replaced;
mod repositories;
mod support;
mod terminals;

use std::panic::catch_unwind;
use std::process::exit;

type Test = (&'static str, fn());

fn main() {
    bottle_sandbox::run_if_helper();
    let mut arguments = std::env::args().skip(1);
    let filter = match arguments.next() {
        Some(word) if word == attack::ARGUMENT => exit(attack::run(&arguments.next().unwrap())),
        Some(word) if word == network::ARGUMENT => exit(network::run(&arguments.next().unwrap())),
        Some(word) if word == files::ARGUMENT => exit(files::run(&arguments.next().unwrap())),
        Some(word) if word == lives::ARGUMENT => exit(lives::run(&arguments.next().unwrap())),
        Some(word) if word == terminals::ARGUMENT => {
            exit(terminals::run(&arguments.next().unwrap()))
        }
        // Flags are the standard runner's, which other tools pass on.
        Some(word) if !word.starts_with('-') => word,
        _ => String::new(),
    };
    let all = [
        commands::TESTS,
        files::TESTS,
        replaced::TESTS,
        repositories::TESTS,
        network::TESTS,
        attack::TESTS,
        lives::TESTS,
        terminals::TESTS,
    ]
    .concat();
    exit(run(all
        .into_iter()
        .filter(|(name, _)| name.contains(&filter))));
}

fn run(tests: impl Iterator<Item = Test>) -> i32 {
    let refused = bottle_sandbox::probe(&support::helper()).err();
    if let Some(error @ bottle_sandbox::Error::Forbidden { .. }) = &refused {
        for (name, _) in tests {
            eprintln!("skipped: {name}: {error}");
        }
        return 0;
    }
    let mut failed = 0;
    for (name, test) in tests {
        let passed = catch_unwind(test).is_ok();
        println!("{} {name}", if passed { "ok    " } else { "FAILED" });
        failed += i32::from(!passed);
    }
    failed.min(1)
}
