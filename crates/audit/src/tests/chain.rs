//! The chain: whatever is done to a log, the walk says where.

use std::fs;

use proptest::prelude::*;
use proptest::sample::Index;
use tempfile::NamedTempFile;

use super::{allowed, done, fresh, refused};
use crate::{Broken, Hash, ReadError, Verified, Why, read, verify};

fn sample() -> Vec<u8> {
    let (_dir, log) = fresh();
    log.append(allowed("/a")).unwrap();
    log.append(refused()).unwrap();
    log.append(done(1)).unwrap();
    log.append(allowed("/b")).unwrap();
    fs::read(log.path()).unwrap()
}

fn walk(bytes: &[u8]) -> Result<Verified, Broken> {
    let file = NamedTempFile::new().unwrap();
    fs::write(file.path(), bytes).unwrap();
    verify(file.path())
}

fn lines(bytes: &[u8]) -> Vec<Vec<u8>> {
    bytes
        .split_inclusive(|&b| b == b'\n')
        .map(<[u8]>::to_vec)
        .collect()
}

#[test]
fn an_untouched_log_holds() {
    let bytes = sample();
    let seen = walk(&bytes).unwrap();
    assert_eq!(seen.events, 4);
    assert_eq!(seen.first, seen.last);
    let text = String::from_utf8(bytes).unwrap();
    assert!(text.trim_end().ends_with(&format!("{}\"}}", seen.head)));
}

#[test]
fn an_empty_log_holds() {
    let seen = walk(b"").unwrap();
    assert_eq!((seen.events, seen.head), (0, Hash::ZERO));
}

#[test]
fn a_cut_line_is_named() {
    let bytes = sample();
    let broken = walk(&bytes[..bytes.len() - 1]).unwrap_err();
    assert_eq!(broken.line, 4);
    assert!(matches!(broken.why, Why::Line(ReadError::Cut { line: 4 })));
}

#[test]
fn lines_in_another_order_are_named() {
    let mut lines = lines(&sample());
    lines.swap(1, 2);
    let broken = walk(&lines.concat()).unwrap_err();
    assert_eq!(broken.line, 2);
    assert!(matches!(broken.why, Why::Sequence(3)));
}

#[test]
fn a_line_of_another_log_is_named() {
    let mut mine = lines(&sample());
    let (_dir, log) = fresh();
    log.append(allowed("/other")).unwrap();
    log.append(allowed("/other")).unwrap();
    mine[1] = lines(&fs::read(log.path()).unwrap())[1].clone();
    let broken = walk(&mine.concat()).unwrap_err();
    assert_eq!(broken.line, 2);
    assert!(matches!(broken.why, Why::Chain));
}

#[test]
fn lines_off_the_end_show_in_the_head() {
    let bytes = sample();
    let shorter = lines(&bytes)[..3].concat();
    assert_ne!(walk(&shorter).unwrap().head, walk(&bytes).unwrap().head);
}

#[test]
fn reading_ends_at_the_first_bad_line() {
    let mut lines = lines(&sample());
    lines[1][3] ^= 1;
    let file = NamedTempFile::new().unwrap();
    fs::write(file.path(), lines.concat()).unwrap();
    let read: Vec<_> = read(file.path()).unwrap().collect();
    assert!(matches!(
        read[..],
        [Ok(_), Err(ReadError::Line { line: 2, .. })]
    ));
}

proptest! {
    #[test]
    fn any_changed_byte_breaks_the_chain(at: Index, to: u8) {
        let mut bytes = sample();
        let at = at.index(bytes.len());
        prop_assume!(bytes[at] != to);
        bytes[at] = to;
        prop_assert!(walk(&bytes).is_err());
    }

    #[test]
    fn any_line_taken_out_breaks_the_chain(at in 0_usize..3) {
        let mut lines = lines(&sample());
        lines.remove(at);
        prop_assert_eq!(walk(&lines.concat()).unwrap_err().line, at as u64 + 1);
    }

    #[test]
    fn any_line_put_in_twice_breaks_the_chain(at in 0_usize..4, to in 0_usize..5) {
        let mut lines = lines(&sample());
        let copy = lines[at].clone();
        lines.insert(to, copy);
        prop_assert!(walk(&lines.concat()).is_err());
    }

    #[test]
    fn any_cut_inside_a_line_breaks_the_chain(at: Index) {
        let bytes = sample();
        let at = at.index(bytes.len());
        prop_assume!(at > 0 && bytes[at - 1] != b'\n');
        prop_assert!(walk(&bytes[..at]).is_err());
    }

    #[test]
    fn whatever_is_written_reads_back(path: String, rule: Option<String>, exe: Option<String>) {
        let (_dir, log) = fresh();
        let mut event = allowed(&path);
        event.rule = rule;
        event.who.exe = exe;
        log.append(event.clone()).unwrap();
        let record = read(log.path()).unwrap().next().unwrap().unwrap();
        prop_assert_eq!(record.event, event);
    }
}
