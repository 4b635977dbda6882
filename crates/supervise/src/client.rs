//! The person's end: finds the runs that take answers, lists what they ask, and
//! answers. Blocks, within a bound.

use std::io::{self, BufRead as _, BufReader, Write as _};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::time::Duration;

use bottle_audit::run_files;

use crate::desk::{SUFFIX, short};
use crate::wire::{Call, Question, Reply, Scope, Word};

/// An engine that is at work answers at once.
const PATIENCE: Duration = Duration::from_secs(5);

/// Why a question could not be answered.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The kernel, or a run that has ended.
    #[error("reach the run: {0}")]
    Io(#[from] io::Error),
    /// It is not open (any more).
    #[error("answer it: it is not open any more")]
    NotOpen,
    /// Something else than an inbox.
    #[error("understand the run's reply")]
    Reply,
}

/// The sockets below a directory of logs, those of one bottle or of all.
pub fn desks(logs: &Path, bottle: Option<&str>) -> Vec<PathBuf> {
    let mut sockets = run_files(logs, bottle, SUFFIX);
    sockets.sort();
    sockets
}

/// The open questions of a run. One that was killed asks none, and its socket is
/// taken away.
///
/// # Errors
/// A run that is there and does not reply.
pub fn questions(desk: &Path) -> Result<Vec<Question>, Error> {
    match call(desk, &Call::List) {
        Ok(Reply::Open { questions }) => Ok(questions),
        Ok(Reply::Done | Reply::NotOpen) => Err(Error::Reply),
        Err(Error::Io(error)) if is_over(&error) => {
            // Nobody will ever answer at it again; if it stays, it does no harm.
            drop(std::fs::remove_file(desk));
            Ok(Vec::new())
        }
        Err(error) => Err(error),
    }
}

/// Answers a question.
///
/// # Errors
/// It is not open any more, or the run has ended.
pub fn answer(desk: &Path, id: &str, word: Word, scope: Scope) -> Result<(), Error> {
    let id = id.to_owned();
    match call(desk, &Call::Answer { id, word, scope })? {
        Reply::Done => Ok(()),
        Reply::NotOpen => Err(Error::NotOpen),
        Reply::Open { .. } => Err(Error::Reply),
    }
}

fn is_over(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionRefused | io::ErrorKind::NotFound
    )
}

fn call(desk: &Path, call: &Call) -> Result<Reply, Error> {
    let mut stream = short(desk, |path| UnixStream::connect(path))?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let mut text = serde_json::to_vec(call).map_err(|_| Error::Reply)?;
    text.push(b'\n');
    stream.write_all(&text)?;
    let mut line = String::new();
    BufReader::new(stream).read_line(&mut line)?;
    serde_json::from_str(&line).map_err(|_| Error::Reply)
}
