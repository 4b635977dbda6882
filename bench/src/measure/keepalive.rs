//! Requests a second on connections that are kept.

use std::io;
use std::time::Instant;

use bytes::Bytes;

use super::{Effort, Sample, crowd, number};
use crate::client::{Line, Port, Way, swallow};

/// What is asked for, and by how many at a time.
#[derive(Clone, Copy, Debug)]
pub(super) struct Load {
    at_a_time: usize,
    what: What,
}

#[derive(Clone, Copy, Debug)]
enum What {
    Get,
    Post,
}

pub(super) const GET: Load = Load {
    at_a_time: 1,
    what: What::Get,
};
pub(super) const GET_16: Load = Load {
    at_a_time: 16,
    what: What::Get,
};
pub(super) const POST: Load = Load {
    at_a_time: 1,
    what: What::Post,
};

pub(super) async fn run(way: &Way, load: Load, effort: &Effort) -> io::Result<Sample> {
    let body = match load.what {
        What::Get => Bytes::new(),
        What::Post => conversation(100_000),
    };
    let mut lines = Vec::new();
    for _ in 0..load.at_a_time {
        let mut line = way.open(Port::Plain).await?;
        ask(&mut line, load.what, &body).await?;
        lines.push(line);
    }
    let begun = Instant::now();
    let end = begun + effort.time;
    let members = lines.into_iter().map(|mut line| {
        let body = body.clone();
        async move {
            let mut done = 0;
            while Instant::now() < end {
                ask(&mut line, load.what, &body).await?;
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

async fn ask(line: &mut Line, what: What, body: &Bytes) -> io::Result<u64> {
    let answer = match what {
        What::Get => line.get("/small").await?,
        What::Post => line.post("/post", body.clone()).await?,
    };
    swallow(answer).await
}

/// JSON in the shape of a model request: prose and code in messages.
fn conversation(length: usize) -> Bytes {
    const TURN: &str = "{\"role\":\"user\",\"content\":\"Please look at the function that parses \
        the header and say why it fails for an empty line:\\n\\nfn parse(line: &str) -> \
        Option<(&str, &str)> {\\n    let (name, value) = line.split_once(':')?;\\n    \
        Some((name.trim(), value.trim()))\\n}\\n\\nThe test expects None, and the caller in \
        src/request/head.rs treats None as the end of the head.\"}";
    let mut text = String::from("{\"model\":\"loopback\",\"max_tokens\":1024,\"messages\":[");
    text.push_str(TURN);
    while text.len() < length {
        text.push(',');
        text.push_str(TURN);
    }
    text.push_str("]}");
    text.into()
}
