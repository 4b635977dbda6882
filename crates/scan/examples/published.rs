//! Prints the digests of the private keys that folders hold, as they stand in
//! the lists of published keys, in order and each once.
//!
//!     cargo run --release -p bottle-scan --example published -- FOLDERS…
//!
//! With `--by=DETECTORS` before the folders, the digests of what these detectors
//! find in place of those of private keys: `jwt,wallet_key,unix_password_hash`.
//!
//! Only what everybody can fetch belongs there: a standard's text, or a library
//! that many use, as its registry hands it out.

#![expect(clippy::print_stdout, reason = "a tool for developers")]

use std::collections::BTreeSet;
use std::path::PathBuf;

use bottle_policy::InspectTerms;
use bottle_scan::detectors::{published_digest, published_token_digest};
use bottle_scan::{Input, Place, Scanner};

fn main() {
    let mut digests = BTreeSet::new();
    let mut folders: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let by = folders
        .first()
        .and_then(|first| first.to_str()?.strip_prefix("--by="))
        .map(str::to_owned);
    let scanner = Scanner::new(Vec::new(), [7; 32]).ok().zip(by);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let kind = entry.file_type();
            if kind.as_ref().is_ok_and(std::fs::FileType::is_dir) {
                folders.push(entry.path());
            } else if kind.is_ok_and(|kind| kind.is_file()) {
                let text = std::fs::read(entry.path()).unwrap_or_default();
                match &scanner {
                    Some((scanner, by)) => digests.extend(tokens(scanner, by, &text)),
                    None => digests.extend(keys(&text)),
                }
            }
        }
    }
    for digest in digests {
        let group = |shift: u32| digest >> shift & 0xffff;
        let [a, b, c, d] = [48, 32, 16, 0].map(group);
        println!("    0x{a:04x}_{b:04x}_{c:04x}_{d:04x},");
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

/// The digests of all that these detectors find in a file.
fn tokens(scanner: &Scanner, by: &str, text: &[u8]) -> Vec<u64> {
    let input = Input::new(&Place::Body, text);
    let findings = scanner.scan(input, &InspectTerms::default());
    findings
        .unwrap_or_default()
        .into_iter()
        .filter(|f| f.decoding.is_empty() && by.split(',').any(|id| f.detector.as_str() == id))
        .filter_map(|f| published_token_digest(text.get(f.start..)?))
        .collect()
}
