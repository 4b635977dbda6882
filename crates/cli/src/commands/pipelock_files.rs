//! Reading of what a pipelock file consists of, and of what it names: texts of
//! a bounded size, and secrets that nobody else may read.

use std::fs::File;
use std::io::{self, Read as _};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use crate::failure::Failure;

/// More than the longest file that any reader of ours takes.
const MOST: u64 = 8 << 20;

/// A text.
pub(super) fn text(path: &Path) -> Result<String, Failure> {
    File::open(path)
        .and_then(|file| bounded(&file))
        .map_err(|e| unreadable(path, &e))
}

/// A text that only its owner and its group may read: a secret that everybody
/// can read is none.
pub(super) fn secret(path: &Path) -> Result<String, Failure> {
    let read = File::open(path).and_then(|file| {
        let mode = file.metadata()?.permissions().mode();
        Ok((mode, bounded(&file)?))
    });
    let (mode, text) = read.map_err(|e| unreadable(path, &e))?;
    if mode & 0o137 == 0 {
        return Ok(text);
    }
    Err(Failure::manifest(format!(
        "{} can be read or changed by others: give it mode 0600 or 0640",
        shown(path)
    )))
}

fn bounded(file: &File) -> io::Result<String> {
    let mut bytes = Vec::new();
    file.take(MOST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MOST {
        return Err(io::Error::other("it does not end within 8 MiB"));
    }
    String::from_utf8(bytes).map_err(|_| io::Error::other("it is no UTF-8 text"))
}

fn unreadable(path: &Path, error: &io::Error) -> Failure {
    Failure::manifest(format!("could not read {}: {error}", shown(path)))
}

/// A path for a message. It may come from a file, and a terminal obeys what is
/// not printed.
pub(super) fn shown(path: &Path) -> String {
    let text = path.to_string_lossy();
    let escaped = |c: char| -> String {
        if c.is_control() {
            c.escape_default().to_string()
        } else {
            c.into()
        }
    };
    text.chars().map(escaped).collect()
}
