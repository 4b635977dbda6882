//! Instructions a byte, by valgrind's callgrind: repeatable whatever else the
//! machine is doing. Each measure runs at two lengths, so that what is done
//! once, such as compiling patterns, does not count.

use std::error::Error;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::Command;

/// The two lengths, in megabytes.
const LENGTHS: [u64; 2] = [2, 6];

/// Counts each of the measures.
pub(crate) fn run(names: &[&str], sources: &[PathBuf]) -> Result<(), Box<dyn Error>> {
    let mut out = std::io::stdout();
    writeln!(out, "| scan | instructions a byte |\n|---|---:|")?;
    // The corpus is made and looked through in each run: that is taken off.
    let nothing = per_byte("copy", sources)?;
    for name in names {
        let count = per_byte(name, sources)?.saturating_sub(nothing);
        writeln!(out, "| {name} | {count} |")?;
    }
    Ok(())
}

fn per_byte(name: &str, sources: &[PathBuf]) -> Result<u64, Box<dyn Error>> {
    let [short, long] = LENGTHS;
    let (few, many) = (count(name, short, sources)?, count(name, long, sources)?);
    Ok(many.saturating_sub(few) / ((long - short) << 20))
}

#[expect(
    clippy::disallowed_methods,
    reason = "a tool for developers: valgrind runs in their environment"
)]
fn count(name: &str, megabytes: u64, sources: &[PathBuf]) -> Result<u64, Box<dyn Error>> {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(std::env::current_exe()?)
        .args(["scan", "--only", name, "--megabytes"])
        .arg(megabytes.to_string())
        .args(sources)
        .output()
        .map_err(|e| format!("valgrind is needed to count: {e}"))?;
    let said = String::from_utf8_lossy(&output.stderr);
    let total = said
        .lines()
        .find_map(|line| line.split("Collected :").nth(1))
        .ok_or("valgrind told no count")?;
    Ok(total.trim().parse()?)
}
