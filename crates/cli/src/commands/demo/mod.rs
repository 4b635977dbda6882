//! `bottle demo`: the main job on embedded defaults. Real bottles with real
//! programs in them, made-up hosts on loopback on the other side, and a line
//! for each thing that an agent could try. Needs no network.

mod stage;
mod steps;
mod table;

use std::process::ExitCode;

use crate::args;
use crate::failure::{DENIED, Failure, OURS};
use crate::term;

use self::stage::Stage;
use self::table::Table;

pub(crate) fn demo(args: &args::Demo) -> Result<ExitCode, Failure> {
    let stage =
        Stage::set().map_err(|e| Failure::new(OURS, format!("could not set up the demo: {e}")))?;
    let table = Table::new(args.json);
    table.head(stage.program());
    let mut failed = 0;
    for (number, step) in steps::all().iter().enumerate() {
        let outcome = stage.perform(step)?;
        failed += usize::from(!outcome.as_expected);
        table.row(number + 1, step, &outcome);
    }
    table.foot(failed, &stage.summary());
    if failed > 0 {
        term::error("the demo did not come out as it should");
        return Ok(ExitCode::from(DENIED));
    }
    Ok(ExitCode::SUCCESS)
}
