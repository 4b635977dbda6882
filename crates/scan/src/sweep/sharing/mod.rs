//! Which parts of keywords share a bucket: looked for by a test (`model.rs`), which
//! takes its time, and kept in `kept.txt`, so that a process begins at once.
//!
//! Whatever is kept, no keyword is missed by it: a bucket only allows more or less
//! besides.

#[cfg(test)]
mod counting;
#[cfg(test)]
mod model;

use std::collections::BTreeSet;

use super::buckets::{Halves, Lookup};

/// A line for each way to look bytes up: its name, the mark of the parts, and a letter
/// for each part, in their order.
const KEPT: &str = include_str!("kept.txt");

/// The bucket of each part. Where other parts are kept than these, as when the table
/// has changed, each bucket has as many of them as any other.
pub(super) fn buckets(parts: &BTreeSet<&[u8]>, buckets: usize, lookup: Lookup) -> Vec<usize> {
    let kept = kept(KEPT, parts, buckets, lookup);
    kept.unwrap_or_else(|| {
        let each = parts.len().div_ceil(buckets).max(1);
        (0..parts.len()).map(|at| at / each).collect()
    })
}

fn kept(kept: &str, parts: &BTreeSet<&[u8]>, buckets: usize, lookup: Lookup) -> Option<Vec<usize>> {
    let head = head(parts, buckets, lookup);
    let letters = kept.lines().find_map(|line| line.strip_prefix(&head))?;
    let bucket = |letter: u8| letter.checked_sub(b'a').map(usize::from);
    let all: Vec<usize> = letters.bytes().map_while(bucket).collect();
    (all.len() == parts.len()).then_some(all)
}

/// How the line for some parts begins.
fn head(parts: &BTreeSet<&[u8]>, buckets: usize, lookup: Lookup) -> String {
    let name = match lookup {
        Lookup::Whole => "Whole",
        Lookup::By(Halves::Rows) => "Rows",
        Lookup::By(Halves::Mixed) => "Mixed",
    };
    format!("{name} {buckets} {:016x} ", mark(parts))
}

/// FNV-1a of the parts: whether they are those that were shared out.
fn mark(parts: &BTreeSet<&[u8]>) -> u64 {
    let bytes = parts.iter().flat_map(|part| part.iter().chain(&[0]));
    bytes.fold(0xcbf2_9ce4_8422_2325, |mark, byte| {
        (mark ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
