//! Bytes a second, one way or the other.

use std::io;
use std::time::Instant;

use bytes::Bytes;

use super::{BULK_STEP, Effort, Sample, number};
use crate::client::{Port, Way, swallow};

#[derive(Clone, Copy, Debug)]
pub(super) enum Direction {
    Down,
    Up,
}

pub(super) async fn run(way: &Way, direction: Direction, effort: &Effort) -> io::Result<Sample> {
    let mut line = way.open(Port::Plain).await?;
    swallow(line.get("/small").await?).await?;
    let body = match direction {
        Direction::Down => Bytes::new(),
        Direction::Up => text(effort.bulk),
    };
    let begun = Instant::now();
    match direction {
        Direction::Up => drop(swallow(line.post("/post", body).await?).await?),
        Direction::Down => {
            let mut left = effort.bulk;
            while left > 0 {
                swallow(line.get("/bulk").await?).await?;
                left = left.saturating_sub(BULK_STEP);
            }
        }
    }
    let megabytes = number(effort.bulk) / 1e6;
    Ok(Sample {
        figure: megabytes / begun.elapsed().as_secs_f64(),
        units: megabytes,
    })
}

/// Prose, as far as a scanner can tell.
fn text(length: u64) -> Bytes {
    let line = b"A line of plain text that no detector has any reason to look at twice.\n";
    let length = usize::try_from(length).unwrap_or(usize::MAX);
    line.iter().copied().cycle().take(length).collect()
}
