//! New connections a second, each with a handshake and one request.

use std::io;
use std::time::Instant;

use super::{Effort, Sample, crowd, number};
use crate::client::{Port, Way, swallow};

const AT_A_TIME: usize = 16;

pub(super) async fn run(way: &Way, effort: &Effort) -> io::Result<Sample> {
    let begun = Instant::now();
    let end = begun + effort.time;
    let members = (0..AT_A_TIME).map(|_| {
        let way = way.clone();
        async move {
            let mut done = 0;
            while Instant::now() < end {
                let mut line = way.open(Port::Plain).await?;
                swallow(line.get("/small").await?).await?;
                done += 1;
            }
            Ok(done)
        }
    });
    let done = crowd(members).await?;
    let taken = begun.elapsed().as_secs_f64();
    Ok(Sample {
        figure: number(done) / taken,
        units: number(done),
    })
}
