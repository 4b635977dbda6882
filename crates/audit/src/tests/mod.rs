//! What the log promises, through its public face.

mod chain;
mod log;
mod table;

use std::fs::File;
use std::net::IpAddr;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use bottle_policy::{Door, Who};
use tempfile::TempDir;

use crate::{Dest, Event, Finding, Log, Request, Response, Verdict};

pub(crate) fn clock() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_micros(1_790_000_000_123_456)
}

pub(crate) fn fresh() -> (TempDir, Log) {
    let dir = TempDir::new().unwrap();
    let log = Log::create(&dir.path().join("logs"), "r1", "app").unwrap();
    (dir, log.with_clock(clock))
}

/// A log over any file, such as one on a full disk.
pub(crate) fn over(file: File) -> Log {
    Log::over(file, PathBuf::from("test"), "r1", "app")
}

pub(crate) fn allowed(path: &str) -> Event {
    Event {
        who: Who {
            pid: Some(7),
            exe: Some("/usr/bin/curl".into()),
        },
        request: Some(Request {
            method: "GET".into(),
            path: path.into(),
            bytes: Some(0),
        }),
        ..Event::new(
            Door::Connect,
            Verdict::Allow,
            Dest {
                host: Some("api.example.com".into()),
                port: Some(443),
                ip: Some(IpAddr::from([192, 0, 2, 7])),
            },
        )
    }
}

pub(crate) fn refused() -> Event {
    Event {
        rule: Some("secret".into()),
        findings: vec![Finding {
            detector: "aws_access_key_id".into(),
            place: "body (base64)".into(),
            fingerprint: "0011aabb".into(),
            note: None,
        }],
        response: Some(Response {
            status: Some(403),
            bytes: 312,
        }),
        verdict: Verdict::Deny,
        ..allowed("/v1")
    }
}

pub(crate) fn done(of: u64) -> Event {
    Event {
        verdict: Verdict::Done { of },
        response: Some(Response {
            status: Some(200),
            bytes: 1024,
        }),
        ms: Some(12),
        ..allowed("/v1")
    }
}
