//! An authority that is kept: a certificate that clients trust, and the key
//! beside it that nobody else may read.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use bottle_backend::{Authority, AuthorityPair};

use super::pipelock_files;
use crate::failure::{Failure, OURS};

/// Reads a pair.
pub(super) fn read(certificate: &Path, key: &Path) -> Result<Authority, Failure> {
    let certificate = pipelock_files::text(certificate)?;
    let key = pipelock_files::secret(key)?;
    Authority::from_pem(&certificate, &key).map_err(|e| Failure::manifest(format!("could not {e}")))
}

/// Makes a pair, where neither of its files is there yet.
pub(super) fn make(certificate: &Path, key: &Path) -> Result<(), Failure> {
    let pair =
        AuthorityPair::generate().map_err(|e| Failure::new(OURS, format!("could not {e}")))?;
    write(key, 0o600, &pair.key)?;
    write(certificate, 0o644, &pair.certificate)
}

fn write(path: &Path, mode: u32, text: &str) -> Result<(), Failure> {
    OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(mode)
        .open(path)
        .and_then(|mut file| file.write_all(text.as_bytes()))
        .map_err(|e| {
            Failure::new(
                OURS,
                format!("could not make {}: {e}", pipelock_files::shown(path)),
            )
        })
}
