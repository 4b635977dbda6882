//! The bottle's DNS: synthetic addresses, and not one query that leaves.
//!
//! Every plain question for an address gets a synthetic one, listed or not: a
//! client that connects to an unlisted host is then told why it may not, in
//! words. What carries data in the question itself is refused.

mod answer;
mod serve;

pub(crate) use serve::{serve_datagrams, serve_stream};

#[cfg(test)]
mod tests;
