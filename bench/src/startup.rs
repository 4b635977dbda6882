//! What it takes to start a command in a bottle, beside starting it plainly.

use std::error::Error;
use std::io::Write as _;
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::arguments::Arguments;
use crate::gateway::command;
use crate::stats::{median, quantile};
use crate::table::Row;

/// Two rows, or none where this machine permits no sandbox.
pub(crate) fn rows(arguments: &Arguments) -> Result<Vec<Row>, Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let manifest = folder.path().join("bottle.yaml");
    std::fs::write(&manifest, "version: 1\nname: bench\n")?;
    let project = folder.path().join("project");
    std::fs::create_dir(&project)?;
    let mut bottled = command(&arguments.bottle, folder.path());
    bottled
        .current_dir(&project)
        .arg("run")
        .args(["-f".as_ref(), manifest.as_os_str()])
        .args(["--", "true"]);
    let mut plain = command("true".as_ref(), folder.path());
    if let Some(why) = refusal(&mut bottled)? {
        // The table is then without these rows, which says it too.
        let _ = writeln!(std::io::stderr(), "start-up was not measured: {why}");
        return Ok(Vec::new());
    }
    let (mut with, mut without) = (Vec::new(), Vec::new());
    for _ in 0..arguments.starts {
        without.push(milliseconds(&mut plain)?);
        with.push(milliseconds(&mut bottled)?);
    }
    let row =
        |name, figure: fn(&[f64]) -> f64| Row::ready(name, "ms", figure(&without), figure(&with));
    Ok(vec![
        row("start `true`, median", median),
        row("start `true`, least", |times| quantile(times, 0.0)),
    ])
}

/// Why the command does not work here, if it does not.
fn refusal(bottled: &mut Command) -> Result<Option<String>, Box<dyn Error>> {
    let output = bottled.output()?;
    let why = String::from_utf8_lossy(&output.stderr).into_owned();
    Ok((!output.status.success()).then_some(why))
}

fn milliseconds(command: &mut Command) -> Result<f64, Box<dyn Error>> {
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let begun = Instant::now();
    let status = command.status()?;
    let taken = begun.elapsed().as_secs_f64() * 1e3;
    if !status.success() {
        return Err(format!("a start failed: {status}").into());
    }
    Ok(taken)
}
