//! `bottle logs`: what was let through and what was refused.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use bottle_audit::{Layout, Record, Style, Tail, Zone, read, rows, run_files, verify};

use crate::args;
use crate::failure::{DENIED, Failure, USAGE};
use crate::{places, term};

/// How often a followed log is looked at.
const LOOK: Duration = Duration::from_millis(200);
/// Columns where the terminal does not say.
const COLUMNS: usize = 120;

pub(crate) fn logs(args: &args::Logs) -> Result<ExitCode, Failure> {
    let path = match &args.file {
        Some(file) => file.clone(),
        None => find(
            &places::logs()?,
            args.bottle.as_deref(),
            args.run.as_deref(),
        )?,
    };
    if args.verify {
        return Ok(verified(&path));
    }
    if args.follow {
        return follow(&path, args);
    }
    let records = read(&path).map_err(|e| failed(&path, &e))?;
    if args.json {
        for record in records {
            term::out(&json_line(&record.map_err(|e| failed(&path, &e))?));
        }
        return Ok(ExitCode::SUCCESS);
    }
    let records = records
        .collect::<Result<Vec<_>, _>>()
        .map_err(|e| failed(&path, &e))?;
    let layout = layout();
    term::out(&format!("{}\n", layout.head()));
    for row in rows(records) {
        term::out(&format!("{}\n", layout.line(&row)));
    }
    Ok(ExitCode::SUCCESS)
}

fn failed(path: &Path, error: &impl std::fmt::Display) -> Failure {
    Failure::new(DENIED, format!("{}: could not {error}", path.display()))
}

fn verified(path: &Path) -> ExitCode {
    match verify(path) {
        Ok(verified) => {
            term::out(&format!(
                "{}: {} events, the chain holds; its last hash is {}\n",
                path.display(),
                verified.events,
                verified.head
            ));
            ExitCode::SUCCESS
        }
        Err(broken) => {
            term::out(&format!("{}: {broken}\n", path.display()));
            ExitCode::from(DENIED)
        }
    }
}

fn follow(path: &Path, args: &args::Logs) -> Result<ExitCode, Failure> {
    let (mut tail, layout) = (Tail::new(path), layout());
    if !args.json {
        term::out(&format!("{}\n", layout.head()));
    }
    loop {
        let fresh = tail.poll().map_err(|e| failed(path, &e))?;
        if args.json {
            for record in &fresh {
                term::out(&json_line(record));
            }
        } else {
            // An end is a row of its own here: its decision was printed before.
            for row in rows(fresh) {
                term::out(&format!("{}\n", layout.line(&row)));
            }
        }
        #[expect(
            clippy::disallowed_methods,
            reason = "there is nothing else to do on this thread but to wait"
        )]
        std::thread::sleep(LOOK);
    }
}

fn json_line(record: &Record) -> String {
    format!("{record}\n")
}

fn layout() -> Layout {
    let columns = std::env::var("COLUMNS").ok().and_then(|c| c.parse().ok());
    Layout {
        width: columns.unwrap_or(COLUMNS),
        style: if term::stdout_is_for_people() {
            Style::Colour
        } else {
            Style::Plain
        },
        zone: Zone::Local,
    }
}

/// The log of a run; of the last run where none is named.
fn find(logs: &Path, bottle: Option<&str>, run: Option<&str>) -> Result<PathBuf, Failure> {
    let is_file_name = |name: &&str| places::is_file_name(name);
    if !bottle.iter().chain(&run).all(is_file_name) {
        return Err(Failure::usage(
            "a bottle and a run are named without slashes",
        ));
    }
    let mut found = run_files(logs, bottle, "jsonl");
    let is_asked = |path: &Path| run.is_none_or(|run| path.file_stem().is_some_and(|s| s == run));
    found.retain(|path| is_asked(path));
    // A run's name begins with its time.
    found.sort_by(|a, b| a.file_name().cmp(&b.file_name()));
    found.pop().ok_or_else(|| {
        Failure::new(
            USAGE,
            format!(
                "there is no such log below {}; `bottle logs` alone shows the last run",
                logs.display()
            ),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_run_is_found_across_bottles() {
        let dir = tempfile::tempdir().unwrap();
        for (bottle, run) in [
            ("a", "20260101t000000-aa"),
            ("b", "20260102t000000-aa"),
            ("a", "20251231t000000-aa"),
        ] {
            std::fs::create_dir_all(dir.path().join(bottle)).unwrap();
            std::fs::write(dir.path().join(bottle).join(format!("{run}.jsonl")), "").unwrap();
        }
        let name = |bottle, run| {
            find(dir.path(), bottle, run)
                .ok()
                .map(|p| p.file_stem().unwrap().to_string_lossy().into_owned())
        };
        assert_eq!(name(None, None).as_deref(), Some("20260102t000000-aa"));
        assert_eq!(name(Some("a"), None).as_deref(), Some("20260101t000000-aa"));
        assert_eq!(
            name(Some("a"), Some("20251231t000000-aa")).as_deref(),
            Some("20251231t000000-aa")
        );
        assert_eq!(name(Some("c"), None), None);
        assert_eq!(name(Some("../a"), None), None);
    }
}
