//! Writing: the contract's line, private files, and what a full disk does.

use std::fs::{self, File, OpenOptions};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::thread;

use bottle_policy::Door;

use super::{allowed, clock, done, fresh, over, refused};
use crate::{Dest, Error, Event, Log, Tail, Verdict, read, verify};

#[test]
fn why_a_finding_passed_stands_beside_it() {
    let (_dir, log) = fresh();
    let mut event = refused();
    for finding in &mut event.findings {
        finding.note = Some("suppressed: a test".to_owned());
    }
    log.append(event).unwrap();
    let text = fs::read_to_string(log.path()).unwrap();
    assert!(text.contains(r#""fingerprint":"0011aabb","note":"suppressed: a test"}"#));
    let record: crate::Record = crate::line::parse(text.trim_end().as_bytes()).unwrap();
    let note = record.event.findings[0].note.as_deref();
    assert_eq!(note, Some("suppressed: a test"));
}

#[test]
fn a_line_is_the_contract_to_the_letter() {
    let (_dir, log) = fresh();
    log.append(refused()).unwrap();
    log.append(Event::new(Door::Dns, Verdict::Fault, Dest::default()))
        .unwrap();
    let text = fs::read_to_string(log.path()).unwrap();
    let hashes: Vec<&str> = text
        .split("\"hash\":\"")
        .skip(1)
        .filter_map(|t| t.get(..64))
        .collect();
    let zeros = "0".repeat(64);
    let first = format!(
        r#"{{"seq":1,"ts":"2026-09-21T14:13:20.123Z","run":"r1","bottle":"app","who":{{"pid":7,"exe":"/usr/bin/curl"}},"door":"connect","dest":{{"host":"api.example.com","port":443,"ip":"192.0.2.7"}},"request":{{"method":"GET","path":"/v1","bytes":0}},"verdict":"deny","rule":"secret","findings":[{{"detector":"aws_access_key_id","where":"body (base64)","fingerprint":"0011aabb"}}],"response":{{"status":403,"bytes":312}},"ms":null,"prev":"{zeros}","hash":"{}"}}"#,
        hashes[0]
    );
    let second = format!(
        r#"{{"seq":2,"ts":"2026-09-21T14:13:20.123Z","run":"r1","bottle":"app","who":{{"pid":null,"exe":null}},"door":"dns","dest":{{"host":null,"port":null,"ip":null}},"request":null,"verdict":"fault","rule":null,"findings":[],"response":null,"ms":null,"prev":"{}","hash":"{}"}}"#,
        hashes[0], hashes[1]
    );
    assert_eq!(text, format!("{first}\n{second}\n"));
}

#[test]
fn only_a_completion_names_its_decision() {
    let (_dir, log) = fresh();
    log.append(allowed("/a")).unwrap();
    log.append(done(1)).unwrap();
    let text = fs::read_to_string(log.path()).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert!(!lines[0].contains("\"of\""));
    assert!(lines[1].contains(r#""ms":12,"of":1,"prev":""#));
}

#[test]
fn the_id_is_what_a_denial_shows() {
    let (_dir, log) = fresh();
    assert_eq!(log.append(allowed("/")).unwrap().to_string(), "r1-1");
    assert_eq!(log.append(refused()).unwrap().to_string(), "r1-2");
}

#[test]
fn nothing_in_a_line_can_act_on_a_terminal() {
    let (_dir, log) = fresh();
    let path = "/a\n\x1b[2J\u{7f}\u{9b}\u{202e}é\u{1f980}\"\\";
    log.append(allowed(path)).unwrap();
    let bytes = fs::read(log.path()).unwrap();
    assert!(
        bytes[..bytes.len() - 1]
            .iter()
            .all(|b| (b' '..=b'~').contains(b))
    );
    let record = read(log.path()).unwrap().next().unwrap().unwrap();
    assert_eq!(record.event, allowed(path));
}

#[test]
fn the_file_is_private_and_never_reused() {
    let (dir, log) = fresh();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(log.path()), 0o600);
    let logs = dir.path().join("logs");
    assert_eq!(mode(&logs), 0o700);
    assert!(matches!(
        Log::create(&logs, "r1", "app"),
        Err(Error::Create { .. })
    ));
    std::os::unix::fs::symlink("/dev/null", logs.join("r2.jsonl")).unwrap();
    assert!(matches!(
        Log::create(&logs, "r2", "app"),
        Err(Error::Create { .. })
    ));
}

#[test]
fn a_run_cannot_name_another_directory() {
    let (dir, _log) = fresh();
    for run in ["", "../r", "a/b", "A", "a.b", &"a".repeat(65)] {
        assert!(
            matches!(Log::create(dir.path(), run, "app"), Err(Error::RunName)),
            "{run}"
        );
    }
}

#[test]
fn a_full_disk_poisons_the_log() {
    let full = OpenOptions::new().append(true).open("/dev/full").unwrap();
    let log = over(full);
    assert!(matches!(log.append(refused()), Err(Error::Write(_))));
    assert!(matches!(log.append(refused()), Err(Error::Poisoned)));
}

#[test]
fn no_run_fills_the_disk() {
    let (_dir, log) = fresh();
    let log = log.with_limit(1000);
    let refusal = (0..10).find_map(|_| log.append(refused()).err());
    assert!(matches!(refusal, Some(Error::Full)));
    assert!(log.check().is_err());
    assert!(fs::metadata(log.path()).unwrap().len() <= 1000);
    assert!(verify(log.path()).is_ok());
}

#[test]
fn a_line_that_was_taken_in_part_poisons_the_log() {
    let (reader, writer) = nix::unistd::pipe().unwrap();
    nix::fcntl::fcntl(
        &writer,
        nix::fcntl::FcntlArg::F_SETFL(nix::fcntl::OFlag::O_NONBLOCK),
    )
    .unwrap();
    let log = over(File::from(writer)).with_clock(clock);
    // Longer than a pipe holds: the kernel takes what fits.
    assert!(matches!(
        log.append(allowed(&"a".repeat(200_000))),
        Err(Error::Short)
    ));
    drop(reader);
    assert!(matches!(log.append(refused()), Err(Error::Poisoned)));
}

#[test]
fn writers_at_the_same_time_keep_one_chain() {
    let (_dir, log) = fresh();
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                for _ in 0..50 {
                    log.append(allowed("/")).unwrap();
                }
            });
        }
    });
    log.sync().unwrap();
    assert_eq!(verify(log.path()).unwrap().events, 400);
}

#[test]
fn a_follower_sees_each_line_once_and_none_by_half() {
    let (_dir, log) = fresh();
    let mut tail = Tail::new(log.path());
    assert_eq!(tail.poll().unwrap(), []);
    log.append(allowed("/a")).unwrap();
    log.append(allowed("/b")).unwrap();
    let seqs =
        |tail: &mut Tail| -> Vec<u64> { tail.poll().unwrap().iter().map(|r| r.seq).collect() };
    assert_eq!(seqs(&mut tail), [1, 2]);

    log.append(allowed("/c")).unwrap();
    let whole = fs::read(log.path()).unwrap();
    fs::write(log.path(), &whole[..whole.len() - 9]).unwrap();
    assert_eq!(seqs(&mut tail), [0; 0]);
    fs::write(log.path(), &whole).unwrap();
    assert_eq!(seqs(&mut tail), [3]);
}
