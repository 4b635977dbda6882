//! Reading a log: all of it, or what has been added since the last look.
//!
//! Each line's own hash is checked; the chain between lines is [`verify`]'s.
//!
//! [`verify`]: crate::verify()

use std::fs::File;
use std::io::{self, BufRead as _, BufReader, Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

use crate::line::{self, LineError, Record};

/// Why a log could not be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// The last line has no end.
    #[error("read the audit log: line {line} is cut off")]
    Cut {
        /// Counted from 1.
        line: u64,
    },
    /// The kernel refused.
    #[error("read the audit log: {0}")]
    Io(#[from] io::Error),
    /// A line that is no record.
    #[error("read the audit log: line {line}: {source}")]
    Line {
        /// Counted from 1.
        line: u64,
        /// What is wrong with it.
        source: LineError,
    },
    /// The file has become shorter under the reader.
    #[error("read the audit log: the file has become shorter")]
    Shrunk,
}

/// The records of a log, in order. Ends after the first error.
#[derive(Debug)]
pub struct Records {
    input: Option<BufReader<File>>,
    line: u64,
}

/// A reader that follows a log as it grows. The caller decides when to look.
#[derive(Debug)]
pub struct Tail {
    path: PathBuf,
    offset: u64,
    line: u64,
}

/// Opens a log for reading.
pub fn read(path: &Path) -> Result<Records, ReadError> {
    Ok(Records {
        input: Some(BufReader::new(File::open(path)?)),
        line: 0,
    })
}

impl Records {
    fn step(&mut self) -> Option<Result<Record, ReadError>> {
        let mut text = Vec::new();
        match self.input.as_mut()?.read_until(b'\n', &mut text) {
            Ok(0) => return None,
            Ok(_) => {}
            Err(error) => return Some(Err(error.into())),
        }
        self.line += 1;
        Some(record(&text, self.line))
    }
}

impl Iterator for Records {
    type Item = Result<Record, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        let next = self.step();
        if !matches!(next, Some(Ok(_))) {
            self.input = None;
        }
        next
    }
}

impl Tail {
    /// Follows from the log's beginning.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self {
            path: path.into(),
            offset: 0,
            line: 0,
        }
    }

    /// The records whose lines were completed since the last call. A line that
    /// is still being written stays for the next.
    pub fn poll(&mut self) -> Result<Vec<Record>, ReadError> {
        let mut file = File::open(&self.path)?;
        if file.metadata()?.len() < self.offset {
            return Err(ReadError::Shrunk);
        }
        file.seek(SeekFrom::Start(self.offset))?;
        let mut fresh = Vec::new();
        file.read_to_end(&mut fresh)?;
        let mut records = Vec::new();
        for text in fresh
            .split_inclusive(|&b| b == b'\n')
            .filter(|t| t.ends_with(b"\n"))
        {
            self.line += 1;
            records.push(record(text, self.line)?);
            self.offset += text.len() as u64;
        }
        Ok(records)
    }
}

/// The record of a line with its newline.
fn record(text: &[u8], line: u64) -> Result<Record, ReadError> {
    let text = text.strip_suffix(b"\n").ok_or(ReadError::Cut { line })?;
    line::parse(text).map_err(|source| ReadError::Line { line, source })
}
