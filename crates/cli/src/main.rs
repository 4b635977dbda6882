//! The `bottle` command: arguments in, exit code out. What the commands do
//! lives in the crates below; here they are read, called and told about.

mod args;
mod client;
mod commands;
mod failure;
mod load;
mod places;
mod scripts;
mod secrets;
mod source;
mod term;
mod upstream;

use std::process::ExitCode;

use clap::Parser as _;

use crate::args::{Args, Command};
use crate::commands::{
    allow, demo, detectors, explain, gateway, inbox, init, inspect, logs, pipelock, render, run,
    schema,
};
use crate::failure::Failure;

fn main() -> ExitCode {
    // Before anything else: inside a bottle this very program is its first process.
    bottle_backend::run_if_helper();
    let args = Args::parse();
    match dispatch(args.command) {
        Ok(code) => code,
        Err(failure) => {
            term::error(&failure.message);
            ExitCode::from(failure.code)
        }
    }
}

fn dispatch(command: Command) -> Result<ExitCode, Failure> {
    match command {
        Command::Allow(args) => allow::allow(&args),
        Command::Client(args) => client::client(&args),
        Command::Demo(args) => demo::demo(&args),
        Command::Detectors(args) => detectors::detectors(&args),
        Command::Explain(args) => explain::explain(&args),
        Command::Gateway(args) => gateway::gateway(&args),
        Command::Inspect(args) => inspect::inspect(&args),
        Command::Inbox(args) => inbox::inbox(&args),
        Command::Init(args) => init::init(&args),
        Command::Logs(args) => logs::logs(&args),
        Command::Pipelock(args) => pipelock::pipelock(&args),
        Command::Render(args) => render::render(&args),
        Command::Run(args) => run::run(args),
        Command::Schema => schema::schema(),
    }
}
