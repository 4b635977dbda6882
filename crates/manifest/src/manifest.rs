//! A manifest that was read without a fault, and how one is read.

use std::path::Path;

use bottle_policy::{Bottle, DetectorId, Slug};
use bottle_yaml::{About, Tree};

use crate::fault::{Fault, Faults};
use crate::mask;
use crate::node::Span;
use crate::read::{self, Draft, Reader};
use crate::remark::{Named, Note, Unbuilt, Wrong};
use crate::walk::nearest;

/// A `bottle.yaml` without a fault.
#[derive(Clone, Debug)]
pub struct Manifest {
    file: String,
    /// The text with everything masked that could be a secret.
    source: String,
    draft: Draft,
    unbuilt: Vec<Unbuilt>,
    notes: Vec<Note>,
    detectors: Vec<(DetectorId, Span)>,
    named: Vec<(Named, Span)>,
}

/// How the faults of a manifest call it.
pub(crate) const ABOUT: About = About {
    what: "a manifest",
    empty: Some("`bottle init` writes one to start from"),
};

/// Reads a manifest. `file` is its name for the report; nothing is opened.
///
/// # Errors
/// Every fault of the text, in one report.
pub fn parse(file: &str, text: &str) -> Result<Manifest, Faults> {
    let source = text.strip_prefix('\u{feff}').unwrap_or(text);
    let Tree {
        root,
        faults,
        dropped,
    } = bottle_yaml::tree(ABOUT, source);
    let mut reader = Reader::new(source);
    reader.walk.faults = faults;
    reader.walk.secrets = dropped;
    let draft = root.map(|root| read::read(&mut reader, &root));
    let Reader {
        walk,
        lines: _,
        unbuilt,
        notes,
        detectors,
        named,
    } = reader;
    match draft {
        Some(draft) if walk.faults.is_empty() => Ok(Manifest {
            file: file.to_owned(),
            source: mask::masked(source, &walk.secrets),
            draft,
            unbuilt,
            notes,
            detectors,
            named,
        }),
        Some(_) | None => Err(Faults::new(file, source, walk.faults, &walk.secrets)),
    }
}

impl Manifest {
    /// The bottle. A manifest that is silent about its name takes the
    /// directory's, so that has to be given.
    pub fn bottle(&self, directory: &Path) -> Bottle {
        let Draft {
            name,
            agent,
            egress,
            secrets,
            scan_env,
            filesystem,
            supervise,
            git,
        } = self.draft.clone();
        let base = directory.file_name().unwrap_or_default();
        Bottle {
            name: name.unwrap_or_else(|| Slug::from_lossy(&base.to_string_lossy())),
            agent,
            egress,
            secrets,
            scan_env,
            filesystem,
            supervise,
            git,
        }
    }

    /// Keys that are valid and not built yet. With any, nothing may be run.
    pub fn unbuilt(&self) -> &[Unbuilt] {
        &self.unbuilt
    }

    /// What is allowed and deserves a second look.
    pub fn notes(&self) -> &[Note] {
        &self.notes
    }

    /// Checks the names under `inspect.detectors` against those that exist,
    /// which this crate does not know.
    ///
    /// # Errors
    /// Every name that is none of them: a misspelt one would change nothing.
    pub fn check_detectors(&self, known: &[&str]) -> Result<(), Faults> {
        let faults: Vec<Fault> = self
            .detectors
            .iter()
            .filter(|(id, _)| !known.contains(&id.as_str()))
            .map(|(id, span)| unknown_detector(id, span, known))
            .collect();
        if faults.is_empty() {
            return Ok(());
        }
        Err(Faults::new(&self.file, &self.source, faults, &[]))
    }

    /// Asks of each thing that the manifest names what is wrong with it.
    ///
    /// # Errors
    /// All that is wrong, each at its place.
    pub fn refuse(&self, wrong: &dyn Fn(&Named) -> Option<Wrong>) -> Result<(), Faults> {
        let fault = |(named, span): &(Named, Span)| {
            let Wrong { message, help } = wrong(named)?;
            let mut fault = Fault::new(span.clone(), message);
            fault.help(help);
            Some(fault)
        };
        let faults: Vec<Fault> = self.named.iter().filter_map(fault).collect();
        if faults.is_empty() {
            return Ok(());
        }
        Err(Faults::new(&self.file, &self.source, faults, &[]))
    }
}

fn unknown_detector(id: &DetectorId, span: &Span, known: &[&str]) -> Fault {
    let mut fault = Fault::new(span.clone(), format!("there is no detector `{id}`"));
    if let Some(near) = nearest(id.as_str(), known) {
        fault.help(format!("did you mean `{near}`?"));
    }
    fault
}
