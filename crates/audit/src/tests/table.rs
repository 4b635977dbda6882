//! The table for people.

use super::{allowed, done, fresh, refused};
use crate::{Event, Layout, Record, Style, Zone, read, rows};

const PLAIN: Layout = Layout {
    width: 110,
    style: Style::Plain,
    zone: Zone::Utc,
};

fn records(events: Vec<Event>) -> Vec<Record> {
    let (_dir, log) = fresh();
    for event in events {
        log.append(event).unwrap();
    }
    read(log.path()).unwrap().map(Result::unwrap).collect()
}

fn table(layout: Layout, events: Vec<Event>) -> Vec<String> {
    rows(records(events))
        .iter()
        .map(|row| layout.line(row))
        .collect()
}

#[test]
fn an_exchange_is_one_row() {
    let table = table(PLAIN, vec![allowed("/v1"), refused(), done(1)]);
    assert_eq!(
        PLAIN.head(),
        "TIME     WHAT  RULE                 METHOD  TARGET                    ST     MS NOTE"
    );
    assert_eq!(
        table,
        [
            "14:13:20 allow -                    GET     api.example.com:443/v1   200     12 curl",
            "14:13:20 deny  secret               GET     api.example.com:443/v1   403      - aws_access_key_id in body (bas..",
        ]
    );
}

#[test]
fn an_end_without_its_decision_is_a_row_of_its_own() {
    let table = table(PLAIN, vec![done(9)]);
    assert!(table[0].starts_with("14:13:20 done "));
}

#[test]
fn a_path_cannot_act_on_the_terminal() {
    let mut event = allowed("/\x1b[2J\r\u{202e}");
    event.rule = Some("a\nb".into());
    event.who.exe = Some("/x/\x1b]0;".into());
    let table = table(
        Layout {
            width: 200,
            ..PLAIN
        },
        vec![event],
    );
    assert!(
        table[0].bytes().all(|b| (b' '..=b'~').contains(&b)),
        "{}",
        table[0]
    );
    assert!(table[0].contains(r"/\u{1b}[2J\u{d}\u{202e}"));
}

#[test]
fn a_narrow_terminal_cuts_the_path() {
    let table = table(
        Layout { width: 10, ..PLAIN },
        vec![allowed(&"/a".repeat(50))],
    );
    assert!(
        table[0].contains("api.example.com:443/a/.. "),
        "{}",
        table[0]
    );
}

#[test]
fn colour_is_only_around_the_verdict() {
    let table = table(
        Layout {
            style: Style::Colour,
            ..PLAIN
        },
        vec![refused()],
    );
    assert!(table[0].starts_with("14:13:20 \x1b[31mdeny \x1b[0m secret"));
    assert_eq!(table[0].matches('\x1b').count(), 2);
}
