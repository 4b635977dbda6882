//! The manifest as it was written, kept to point at what only this machine
//! knows to be wrong with it.

use std::path::{Path, PathBuf};

use bottle_backend::why_not_writable;
use bottle_manifest::{Faults, Manifest, Named, Wrong};

use crate::failure::Failure;
use crate::load::look;

/// A manifest that was read, and its file.
pub(crate) struct Source {
    pub(crate) path: PathBuf,
    pub(crate) manifest: Manifest,
}

impl Source {
    /// Refuses writable paths that cannot be.
    pub(crate) fn check_writable(&self, project: &Path, home: &Path) -> Result<(), Failure> {
        let wrong = |named: &Named| {
            let Named::Writable(path) = named else {
                return None;
            };
            let (message, help) = why_not_writable(path, project, home)?;
            Some(Wrong { message, help })
        };
        let refused = self.manifest.refuse(&wrong);
        refused.map_err(|faults| self.faulty(&faults))
    }

    /// A report about this manifest.
    pub(crate) fn faulty(&self, faults: &Faults) -> Failure {
        faulty(&self.path, faults)
    }
}

/// A report about a manifest.
pub(crate) fn faulty(path: &Path, faults: &Faults) -> Failure {
    Failure::manifest(format!(
        "{} cannot be used\n\n{}",
        path.display(),
        faults.render(look())
    ))
}

/// A failure of the backend. One that the manifest is to blame for is told at its place.
pub(crate) fn blame(source: Option<&Source>, error: bottle_backend::Error) -> Failure {
    let short = |named: &Named| match (named, error.short_secret()) {
        (Named::Secret(reference), Some(label)) if reference.to_string() == label => Some(Wrong {
            message: "its value is so short that it would be found everywhere".to_owned(),
            help: "set a longer one, or take it out".to_owned(),
        }),
        _ => None,
    };
    match source.map(|source| (source, source.manifest.refuse(&short))) {
        Some((source, Err(faults))) => source.faulty(&faults),
        Some((_, Ok(()))) | None => error.into(),
    }
}
