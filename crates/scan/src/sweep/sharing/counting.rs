//! Which four bytes in a row that keywords have are common in a sample of text.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::super::buckets::PLACES;
use super::super::common::COMMON;
use super::super::keywords::{Entry, entries_of_table};
use crate::tests::sample::{is_blessed, sample};

/// The least that is listed, in a million bytes.
const LEAST: usize = 4;
const SOURCE: &str = include_str!("../common.rs");

/// Counts anew when `BLESS` is set; fails if something is listed that no keyword has.
#[test]
fn the_common_parts_are_those_of_keywords() {
    let entries = entries_of_table();
    let texts = entries.iter().map(Entry::text);
    let mut counts: BTreeMap<&[u8], usize> = texts
        .flat_map(|text| text.windows(PLACES))
        .map(|part| (part, 0))
        .collect();
    assert!(COMMON.is_sorted_by(|(a, _), (b, _)| a < b));
    for (part, _) in COMMON {
        let is_had = is_blessed() || counts.contains_key(part.as_slice());
        assert!(
            is_had,
            "of no keyword: {}: BLESS=1 cargo test -p bottle-scan counting",
            part.escape_ascii()
        );
    }
    if !is_blessed() {
        return;
    }
    let text = sample();
    for window in text.windows(PLACES) {
        if let Some(count) = counts.get_mut(window) {
            *count += 1;
        }
    }
    let millionth = |count: usize| count * 1_000_000 / text.len();
    counts.retain(|_, count| millionth(*count) >= LEAST);
    let (head, _) = SOURCE.split_once("pub(super) const").unwrap();
    let len = counts.len();
    let mut page = format!("{head}pub(super) const COMMON: [([u8; PLACES], u16); {len}] = [\n");
    for (part, count) in counts {
        writeln!(
            page,
            "    (*b\"{}\", {}),",
            part.escape_ascii(),
            millionth(count)
        )
        .unwrap();
    }
    page += "];\n";
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/sweep/common.rs");
    if page != SOURCE {
        std::fs::write(path, page).unwrap();
    }
}
