//! Prints the digests of the private keys that folders hold, as they stand in
//! the lists of published keys, in order and each once.
//!
//!     cargo run --release -p bottle-scan --example published -- FOLDERS…
//!
//! Only what everybody can fetch belongs there: a standard's text, or a library
//! that many use, as its registry hands it out.

#![expect(clippy::print_stdout, reason = "a tool for developers")]

use std::collections::BTreeSet;
use std::path::PathBuf;

use bottle_scan::detectors::published_digest;

fn main() {
    let mut digests = BTreeSet::new();
    let mut folders: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let kind = entry.file_type();
            if kind.as_ref().is_ok_and(std::fs::FileType::is_dir) {
                folders.push(entry.path());
            } else if kind.is_ok_and(|kind| kind.is_file()) {
                digests.extend(keys(&std::fs::read(entry.path()).unwrap_or_default()));
            }
        }
    }
    for digest in digests {
        println!("    0x{digest:016x},");
    }
}

/// The digests of all the private keys in a file.
fn keys(text: &[u8]) -> impl Iterator<Item = u64> {
    let pem = memchr::memmem::find_iter(text, b"PRIVATE KEY").filter_map(|at| {
        let before = text.get(at.saturating_sub(24)..at)?;
        let begin = memchr::memmem::rfind(before, b"-----BEGIN ")?;
        Some(at - before.len() + begin)
    });
    let putty = memchr::memmem::find_iter(text, b"PuTTY-User-Key-File-");
    pem.chain(putty)
        .filter_map(|start| published_digest(text.get(start..)?))
}
