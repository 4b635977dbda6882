//! The log that is written.
//!
//! One `write(2)` a line, under a lock, into a file that only its owner can
//! read. Does not wait for the disk: the kernel has the line when `append`
//! returns, so it outlives this process; [`Log::sync`] waits for the disk.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use jiff::Timestamp;
use nix::fcntl::OFlag;
use parking_lot::Mutex;

use crate::event::Event;
use crate::id::{EventId, Hash};
use crate::line::{self, LineError, Record};

/// The log of one run.
#[derive(Debug)]
pub struct Log {
    path: PathBuf,
    run: Arc<str>,
    bottle: String,
    clock: fn() -> SystemTime,
    limit: u64,
    chain: Mutex<Chain>,
}

/// Why an event is not on record. The caller denies.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The clock shows a time that no line can hold.
    #[error("write the audit log: the clock shows an impossible time")]
    Clock,
    /// The file or its directory could not be made.
    #[error("create the audit log {path}: {source}")]
    Create {
        /// The file or directory.
        path: PathBuf,
        /// What the kernel said.
        source: io::Error,
    },
    /// It is as long as a run's may be: whoever has more written means to fill the disk.
    #[error("write the audit log: it is as long as one may be")]
    Full,
    /// The event has no line.
    #[error("write the audit log: {0}")]
    Line(#[from] LineError),
    /// An earlier write failed, and nothing may follow a broken line.
    #[error("write the audit log: an earlier write failed")]
    Poisoned,
    /// The run's name cannot be a file's.
    #[error("create an audit log: a run is named by lower-case letters, digits and `-`")]
    RunName,
    /// The kernel took only a part of the line.
    #[error("write the audit log: the disk took only a part of the line")]
    Short,
    /// The kernel did not take the line.
    #[error("write the audit log: {0}")]
    Write(#[source] io::Error),
}

#[derive(Debug)]
struct Chain {
    file: File,
    seq: u64,
    /// The file's length.
    bytes: u64,
    prev: Hash,
    health: Health,
}

#[derive(Debug, PartialEq)]
enum Health {
    Good,
    Poisoned,
}

/// The longest log of one run: some two million events.
const LIMIT: u64 = 1 << 30;

/// The longest run name: it becomes a file's name and part of every event's id.
const MAX_RUN: usize = 64;

impl Log {
    /// Makes `<dir>/<run>.jsonl`, which must not exist yet, and its directories.
    pub fn create(dir: &Path, run: &str, bottle: &str) -> Result<Self, Error> {
        let word = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        if run.is_empty() || run.len() > MAX_RUN || !run.bytes().all(word) {
            return Err(Error::RunName);
        }
        let failed = |path: &Path| {
            let path = path.to_owned();
            move |source| Error::Create { path, source }
        };
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(dir)
            .map_err(failed(dir))?;
        let path = dir.join(format!("{run}.jsonl"));
        let file = OpenOptions::new()
            .append(true)
            .create_new(true)
            .mode(0o600)
            .custom_flags(OFlag::O_NOFOLLOW.bits())
            .open(&path)
            .map_err(failed(&path))?;
        Ok(Self::over(file, path, run, bottle))
    }

    /// Takes the time from `clock` instead of the system.
    #[must_use]
    pub fn with_clock(self, clock: fn() -> SystemTime) -> Self {
        Self { clock, ..self }
    }

    /// Takes at most so many bytes.
    #[must_use]
    pub fn with_limit(self, limit: u64) -> Self {
        Self { limit, ..self }
    }

    /// Writes one event. When this returns `Ok` the kernel has the whole line;
    /// after an `Err` of the disk every later call fails too.
    pub fn append(&self, event: Event) -> Result<EventId, Error> {
        let mut chain = self.chain.lock();
        if chain.health == Health::Poisoned {
            return Err(Error::Poisoned);
        }
        let ts = Timestamp::try_from((self.clock)()).map_err(|_| Error::Clock)?;
        let record = Record {
            seq: chain.seq + 1,
            ts: line::milliseconds(ts),
            run: self.run.to_string(),
            bottle: self.bottle.clone(),
            event,
            prev: chain.prev,
            hash: Hash::ZERO,
        };
        let (mut text, hash) = line::write(&record)?;
        text.push('\n');
        let bytes = chain.bytes + text.len() as u64;
        if bytes > self.limit {
            chain.health = Health::Poisoned;
            return Err(Error::Full);
        }
        if let Err(error) = write_whole(&mut chain.file, text.as_bytes()) {
            chain.health = Health::Poisoned;
            return Err(error);
        }
        chain.seq = record.seq;
        chain.bytes = bytes;
        chain.prev = hash;
        Ok(EventId::new(Arc::clone(&self.run), record.seq))
    }

    /// Whether an event could still be written, as far as is known.
    pub fn check(&self) -> Result<(), Error> {
        let chain = self.chain.lock();
        match chain.health {
            Health::Good => Ok(()),
            Health::Poisoned => Err(Error::Poisoned),
        }
    }

    /// Waits until everything written is on the disk itself.
    pub fn sync(&self) -> Result<(), Error> {
        // A handle of its own: nobody waits for the disk with the lock held.
        let file = self.chain.lock().file.try_clone().map_err(Error::Write)?;
        file.sync_data().map_err(Error::Write)
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The run.
    pub fn run(&self) -> &str {
        &self.run
    }

    pub(crate) fn over(file: File, path: PathBuf, run: &str, bottle: &str) -> Self {
        Self {
            path,
            run: run.into(),
            bottle: bottle.to_owned(),
            clock: SystemTime::now,
            limit: LIMIT,
            chain: Mutex::new(Chain {
                file,
                seq: 0,
                bytes: 0,
                prev: Hash::ZERO,
                health: Health::Good,
            }),
        }
    }
}

/// The whole line or an error: a second write could land behind another
/// process's line, and a short one means that the disk is full.
fn write_whole(file: &mut File, line: &[u8]) -> Result<(), Error> {
    loop {
        return match file.write(line) {
            Ok(n) if n == line.len() => Ok(()),
            Ok(_) => Err(Error::Short),
            // Interrupted before the first byte: nothing was written.
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => Err(Error::Write(error)),
        };
    }
}
