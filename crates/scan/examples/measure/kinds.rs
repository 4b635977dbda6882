//! What each kind of answer costs, so that the slow ones show.

use std::collections::BTreeMap;
use std::time::Instant;

/// So often each kind is read; the best round counts.
const ROUNDS: usize = 7;
/// What a page is measured by.
const PAGE: f64 = 10_000.0;

/// Prints what `read` takes for 10 KB of each kind, the slowest first.
pub(crate) fn print(bodies: &[(String, Vec<u8>)], read: &dyn Fn(&[u8])) {
    let mut kinds: BTreeMap<&str, Vec<&[u8]>> = BTreeMap::new();
    for (kind, body) in bodies {
        kinds.entry(kind).or_default().push(body);
    }
    let mut costs: Vec<(f64, &str, usize, usize)> = kinds
        .iter()
        .map(|(kind, bodies)| {
            let bytes = bodies.iter().map(|body| body.len()).sum();
            (best(bodies, read) / size(bytes), *kind, bodies.len(), bytes)
        })
        .collect();
    costs.sort_by(|a, b| b.0.total_cmp(&a.0));
    for (cost, kind, bodies, bytes) in &costs {
        let cost = cost * PAGE * 1e6;
        println!("  {cost:6.1} us for 10 KB: {kind}, {bodies} of {bytes} bytes");
    }
    let bodies: Vec<&[u8]> = bodies.iter().map(|(_, body)| body.as_slice()).collect();
    let bytes = bodies.iter().map(|body| body.len()).sum();
    let cost = best(&bodies, read) / size(bytes) * PAGE * 1e6;
    println!("  {cost:6.1} us for 10 KB: all together");
}

/// The seconds of the best round.
fn best(bodies: &[&[u8]], read: &dyn Fn(&[u8])) -> f64 {
    let round = |_| {
        let start = Instant::now();
        for body in bodies {
            read(body);
        }
        start.elapsed().as_secs_f64()
    };
    (0..ROUNDS).map(round).fold(f64::INFINITY, f64::min)
}

fn size(bytes: usize) -> f64 {
    f64::from(u32::try_from(bytes.max(1)).unwrap_or(u32::MAX))
}
