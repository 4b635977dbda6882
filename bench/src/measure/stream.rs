//! How late the events of a stream arrive.

use std::io;
use std::time::Instant;

use bytes::Bytes;
use http_body_util::BodyExt as _;
use hyper::body::Incoming;

use super::{Effort, Sample, number};
use crate::client::{Port, Way};
use crate::origin::Origin;
use crate::stats::median;

/// From sending a request to having the first event of its answer. The
/// stream is then left, and with it its connection.
pub(super) async fn first_event(way: &Way, effort: &Effort) -> io::Result<Sample> {
    let mut delays = Vec::new();
    for _ in 0..effort.streams {
        let mut line = way.open(Port::Noting).await?;
        let begun = Instant::now();
        let mut body = line.get("/events").await?.into_body();
        next(&mut body).await?;
        delays.push(begun.elapsed().as_secs_f64() * 1e6);
    }
    Ok(Sample {
        figure: median(&delays),
        units: number(effort.streams as u64),
    })
}

/// From handing an event to the origin's connection to having it.
pub(super) async fn event_delay(way: &Way, origin: &Origin, effort: &Effort) -> io::Result<Sample> {
    let earlier = origin.noting.sent().len();
    let request = origin.noting.requests().len();
    let mut line = way.open(Port::Noting).await?;
    let mut body = line.get("/events").await?.into_body();
    let mut arrivals = Vec::new();
    while arrivals.len() < effort.events {
        let events = events_in(&next(&mut body).await?);
        arrivals.extend(std::iter::repeat_n(Instant::now(), events));
    }
    let sent = origin.noting.sent();
    let delays: Vec<f64> = sent
        .iter()
        .skip(earlier)
        .filter(|sent| sent.request == request)
        .zip(&arrivals)
        .map(|(sent, arrival)| arrival.saturating_duration_since(sent.at).as_secs_f64() * 1e6)
        .collect();
    Ok(Sample {
        figure: median(&delays),
        units: number(effort.events as u64),
    })
}

async fn next(body: &mut Incoming) -> io::Result<Bytes> {
    let frame = body.frame().await.ok_or(io::ErrorKind::UnexpectedEof)?;
    let frame = frame.map_err(io::Error::other)?;
    Ok(frame.into_data().unwrap_or_default())
}

fn events_in(piece: &[u8]) -> usize {
    piece.windows(2).filter(|window| window == b"\n\n").count()
}
