//! Data that is smuggled out in an address: encoded text in a path or a query,
//! long values that look random, data spelled out as labels of a host.
//!
//! An address is full of values that look random and are none of it: digests,
//! UUIDs, keys of objects, page cursors, signatures. So what counts is not
//! entropy alone. Encoded text that reads as text is data, at a fair length;
//! what reads as nothing must be longer than any id; cursors, signatures and
//! their like have their names and may be longer still, not without end.

mod forms;
mod host;
mod names;
mod pieces;
mod runs;
mod signed;
mod spelled;
mod sums;
#[cfg(test)]
mod tests;
mod url;

pub(crate) use host::in_host;
pub(crate) use signed::explains;
pub(crate) use url::in_url;

/// The id of findings in paths and queries.
pub(crate) const URL: &str = "url_entropy";
/// The id of findings in hosts.
pub(crate) const HOST: &str = "host_entropy";
