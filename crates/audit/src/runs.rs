//! Where the files of runs are: `<logs>/<bottle>/<run>.<kind>`, the logs
//! themselves and what else belongs to a run.

use std::path::{Path, PathBuf};

/// The files of one kind, by their extension, of one bottle or of all; in no
/// order. A directory that cannot be read has none.
pub fn run_files(logs: &Path, bottle: Option<&str>, kind: &str) -> Vec<PathBuf> {
    let bottles = match bottle {
        Some(bottle) => vec![logs.join(bottle)],
        None => entries(logs),
    };
    let files = bottles.iter().flat_map(|dir| entries(dir));
    files
        .filter(|path| path.extension().is_some_and(|e| e == kind))
        .collect()
}

fn entries(dir: &Path) -> Vec<PathBuf> {
    std::fs::read_dir(dir)
        .map(|entries| entries.flatten().map(|entry| entry.path()).collect())
        .unwrap_or_default()
}
