//! The bottle's DNS: synthetic addresses, and not one query that leaves.
//!
//! Every plain question for an address gets a synthetic one, listed or not: a
//! client that connects to an unlisted host is then told why it may not, in
//! words. What carries data in the question itself is refused.

mod answer;
mod serve;

use bottle_policy::Bottle;
use bottle_scan::Scanner;
pub(crate) use serve::{serve_datagrams, serve_stream};

use crate::names::Names;

/// The bytes of the answer to a message, for whoever feeds it any bytes.
pub(crate) fn answer(
    query: &[u8],
    bottle: &Bottle,
    names: &Names,
    scanner: &Scanner,
) -> Option<Vec<u8>> {
    answer::answer(
        query,
        &answer::Zone {
            bottle,
            names,
            scanner,
        },
    )
    .map(|answer| answer.bytes)
}

#[cfg(test)]
mod tests;
