//! What is measured. Each measure does the same work on either way.

mod bulk;
mod connect;
mod keepalive;
mod stream;

use std::io;
use std::time::Duration;

use tokio::task::JoinSet;

use crate::client::Way;
use crate::origin::Origin;

/// The length of one download; longer ones are several on one connection.
pub(crate) const BULK_STEP: u64 = 10 << 20;

/// How much work a sample is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Effort {
    /// How long requests are repeated.
    pub(crate) time: Duration,
    /// Bytes of a bulk transfer.
    pub(crate) bulk: u64,
    /// Streams whose first event is timed.
    pub(crate) streams: usize,
    /// Events of a stream whose delay is timed.
    pub(crate) events: usize,
}

/// What came out once.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sample {
    /// The figure, in the measure's unit.
    pub(crate) figure: f64,
    /// How many units of work it took; see [`Measure::per`].
    pub(crate) units: f64,
}

/// A measure as the table names it.
pub(crate) struct Measure {
    pub(crate) name: &'static str,
    pub(crate) unit: &'static str,
    /// What the gateway's processor time is divided by.
    pub(crate) per: &'static str,
    kind: Kind,
}

enum Kind {
    Bulk(bulk::Direction),
    Connect,
    EventDelay,
    FirstEvent,
    Keepalive(keepalive::Load),
}

/// In the table's order.
pub(crate) const MEASURES: &[Measure] = &[
    Measure {
        name: "GET 1 KiB, keep-alive, one at a time",
        unit: "requests/s",
        per: "request",
        kind: Kind::Keepalive(keepalive::GET),
    },
    Measure {
        name: "GET 1 KiB, keep-alive, 16 at a time",
        unit: "requests/s",
        per: "request",
        kind: Kind::Keepalive(keepalive::GET_16),
    },
    Measure {
        name: "POST 100 KB of JSON, one at a time",
        unit: "requests/s",
        per: "request",
        kind: Kind::Keepalive(keepalive::POST),
    },
    Measure {
        name: "new connection and GET 1 KiB, 16 at a time",
        unit: "connections/s",
        per: "connection",
        kind: Kind::Connect,
    },
    Measure {
        name: "request to first event of a stream",
        unit: "µs",
        per: "stream",
        kind: Kind::FirstEvent,
    },
    Measure {
        name: "event sent to event received",
        unit: "µs",
        per: "event",
        kind: Kind::EventDelay,
    },
    Measure {
        name: "bulk down",
        unit: "MB/s",
        per: "MB",
        kind: Kind::Bulk(bulk::Direction::Down),
    },
    Measure {
        name: "bulk up",
        unit: "MB/s",
        per: "MB",
        kind: Kind::Bulk(bulk::Direction::Up),
    },
];

impl Measure {
    /// Takes one sample.
    pub(crate) async fn run(
        &self,
        way: &Way,
        origin: &Origin,
        effort: &Effort,
    ) -> io::Result<Sample> {
        match &self.kind {
            Kind::Bulk(direction) => bulk::run(way, *direction, effort).await,
            Kind::Connect => connect::run(way, effort).await,
            Kind::EventDelay => stream::event_delay(way, origin, effort).await,
            Kind::FirstEvent => stream::first_event(way, effort).await,
            Kind::Keepalive(load) => keepalive::run(way, *load, effort).await,
        }
    }
}

/// Runs them at the same time; the sum of what they did.
async fn crowd<F>(members: impl Iterator<Item = F>) -> io::Result<u64>
where
    F: Future<Output = io::Result<u64>> + Send + 'static,
{
    let mut crowd: JoinSet<io::Result<u64>> = members.collect();
    let mut sum = 0;
    while let Some(done) = crowd.join_next().await {
        sum += done.map_err(io::Error::other)??;
    }
    Ok(sum)
}

/// A count as a number to divide by.
#[expect(
    clippy::cast_precision_loss,
    reason = "counts of a run stay far below 2^52"
)]
fn number(count: u64) -> f64 {
    count as f64
}
