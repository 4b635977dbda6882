//! The walk along the chain: is every line as it was written, and in its place?

use std::path::Path;

use jiff::Timestamp;

use crate::id::Hash;
use crate::line::Record;
use crate::read::{ReadError, read};

/// A chain that holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// The number of lines.
    pub events: u64,
    /// When the first line was written.
    pub first: Option<Timestamp>,
    /// When the last line was written.
    pub last: Option<Timestamp>,
    /// The last line's hash: kept elsewhere, it shows later that nothing was
    /// taken off the end. All zeros for an empty log.
    pub head: Hash,
}

/// Where a chain breaks.
#[derive(Debug, thiserror::Error)]
#[error("line {line}: {why}")]
pub struct Broken {
    /// The first line that is not as it was written, counted from 1; 0 where
    /// the file could not be opened.
    pub line: u64,
    /// What is wrong there.
    pub why: Why,
}

/// What is wrong with a chain.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Why {
    /// The line does not follow the line before it.
    #[error("it does not follow the line before: a line was removed, moved or put in")]
    Chain,
    /// The line itself.
    #[error(transparent)]
    Line(ReadError),
    /// A line of another run.
    #[error("it belongs to another run")]
    Run,
    /// The sequence number is not the next.
    #[error("its sequence number is {0}")]
    Sequence(u64),
}

/// Walks a log from its first line to its last.
pub fn verify(path: &Path) -> Result<Verified, Broken> {
    let mut seen = Verified {
        events: 0,
        first: None,
        last: None,
        head: Hash::ZERO,
    };
    let mut run: Option<String> = None;
    let broken = |line, why| Broken { line, why };
    for record in read(path).map_err(|e| broken(0, Why::Line(e)))? {
        let line = seen.events + 1;
        let record = record.map_err(|e| broken(line, Why::Line(e)))?;
        let run = run.get_or_insert_with(|| record.run.clone());
        follows(&record, &seen, run).map_err(|why| broken(line, why))?;
        seen.events = line;
        seen.head = record.hash;
        seen.first.get_or_insert(record.ts);
        seen.last = Some(record.ts);
    }
    Ok(seen)
}

fn follows(record: &Record, seen: &Verified, run: &str) -> Result<(), Why> {
    if record.seq != seen.events + 1 {
        return Err(Why::Sequence(record.seq));
    }
    if record.prev != seen.head {
        return Err(Why::Chain);
    }
    if record.run != run {
        return Err(Why::Run);
    }
    Ok(())
}
