//! `bench e2e`: what a bottle costs, measured from outside. `bench scan`: what
//! the scan costs by itself.
//!
//! The built `bottle` is one program, this is another; the same client does
//! the same work directly and through `bottle gateway`, in turns and in one
//! run, because only ratios of one run mean anything on a shared machine.

mod arguments;
mod client;
mod clock;
mod gateway;
mod measure;
mod origin;
mod scan;
mod startup;
mod stats;
mod table;

use std::error::Error;
use std::io::Write as _;
use std::process::ExitCode;

use crate::arguments::Arguments;
use crate::gateway::Gateway;
use crate::measure::MEASURES;
use crate::origin::Origin;
use crate::table::{Row, Table};

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Nobody is left to tell when standard error is closed.
            let _ = writeln!(std::io::stderr(), "bench: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    if let Some((first, rest)) = words.split_first()
        && first == "scan"
    {
        return scan::run(rest);
    }
    let arguments = Arguments::from_words(words.into_iter())?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let mut table = Table::default();
    runtime.block_on(measure_all(&arguments, &mut table))?;
    for row in startup::rows(&arguments)? {
        table.push(row);
    }
    write!(std::io::stdout(), "{}{table}", table::heading(&arguments))?;
    Ok(())
}

/// Round by round, each measure directly and through the bottle in turns.
async fn measure_all(arguments: &Arguments, table: &mut Table) -> Result<(), Box<dyn Error>> {
    let origin = Origin::start()?;
    let gateway = Gateway::start(&arguments.bottle, &origin)?;
    let direct = origin.direct()?;
    let bottle = gateway.way()?;
    let mut rows: Vec<Row> = MEASURES.iter().map(Row::of).collect();
    for round in 0..arguments.rounds {
        for (measure, row) in MEASURES.iter().zip(&mut rows) {
            let mut ways = [&direct, &bottle];
            if round % 2 == 1 {
                ways.reverse();
            }
            for way in ways {
                let before = gateway.cpu()?;
                let sample = measure.run(way, &origin, &arguments.effort()).await;
                let sample = sample
                    .map_err(|error| format!("{} ({}): {error}", measure.name, way.name()))?;
                let cpu = gateway.cpu()?.saturating_sub(before);
                if way.is_tunnel() {
                    row.push_bottle(sample.figure, cpu, sample.units);
                } else {
                    row.push_direct(sample.figure);
                }
            }
        }
        told(round + 1, arguments.rounds);
    }
    table.extend(rows);
    Ok(())
}

fn told(done: usize, of: usize) {
    // Progress is a courtesy.
    let _ = writeln!(std::io::stderr(), "round {done} of {of}");
}
