//! The text that tests count bytes in.

use std::path::Path;

/// As much of a sample is read.
const MOST: usize = 32 << 20;

/// Whether what is kept is to be made anew.
pub(crate) fn is_blessed() -> bool {
    std::env::var_os("BLESS").is_some()
}

/// The text that the environment names, or the project's own sources.
pub(crate) fn sample() -> Vec<u8> {
    let mut text = Vec::new();
    let named = std::env::var_os("SAMPLE");
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut todo = vec![named.map_or(own, Into::into)];
    while let Some(path) = todo.pop() {
        if path.is_dir() {
            let entries = std::fs::read_dir(&path).unwrap();
            let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
            paths.sort();
            todo.extend(paths);
        } else if text.len() < MOST {
            text.extend(std::fs::read(&path).unwrap());
        }
    }
    text.truncate(MOST);
    text
}
