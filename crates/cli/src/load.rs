//! From a file or nothing to a resolved bottle: found, allowed, read, without a
//! fault, completed by its provider's preset.

use std::path::{Path, PathBuf};

use bottle_manifest::providers::{self, Surroundings};
use bottle_manifest::trust::{self, Trust};
use bottle_manifest::{Look, Manifest};
use bottle_policy::{Bottle, Slug};

use crate::failure::Failure;
use crate::source::{Source, faulty};
use crate::{places, term};

/// A bottle with where it came from.
pub(crate) struct Loaded {
    pub(crate) bottle: Bottle,
    /// The directory that the agent works in.
    pub(crate) project: PathBuf,
    /// Git repositories in the project that the person may stand in.
    pub(crate) repositories: Vec<PathBuf>,
    /// The manifest, where there is one.
    pub(crate) source: Option<Source>,
    pub(crate) home: PathBuf,
}

impl Loaded {
    /// Where relative references of the manifest start.
    pub(crate) fn directory(&self) -> &Path {
        let beside = self.source.as_ref().and_then(|source| source.path.parent());
        beside.unwrap_or(&self.project)
    }
}

/// What the caller is about to do with the bottle.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Purpose {
    /// Only look at it.
    Explain,
    /// Run it: what is not built yet is refused.
    Run,
}

/// Finds and reads the manifest. `file` was named by the person, which allows it.
pub(crate) fn load(
    file: Option<&Path>,
    command: &[String],
    purpose: Purpose,
) -> Result<Loaded, Failure> {
    let (here, home) = (places::here()?, places::home()?);
    let places::Project {
        directory: project,
        repositories,
    } = places::project(&here, &home);
    let found = project.join(places::MANIFEST);
    let (manifest, text) = match file {
        Some(file) => (Some(here.join(file)), Some(read(file)?)),
        None if found.exists() => {
            let text = read(&found)?;
            check_allowed(&found, &text)?;
            (Some(found), Some(text))
        }
        None => (None, None),
    };
    let source = match (manifest, text) {
        (Some(path), Some(text)) => Some(parse(path, &text, purpose)?),
        _ => None,
    };
    let mut bottle = match &source {
        Some(source) => source.manifest.bottle(&project),
        None => Bottle::closed(Slug::from_lossy(
            &project.file_name().unwrap_or_default().to_string_lossy(),
        )),
    };
    if !command.is_empty() {
        bottle.agent.command = command.to_vec();
    }
    apply_provider(&mut bottle, &home);
    Ok(Loaded {
        bottle,
        project,
        repositories,
        source,
        home,
    })
}

fn read(path: &Path) -> Result<String, Failure> {
    let bytes = std::fs::read(path)
        .map_err(|e| Failure::manifest(format!("could not read {}: {e}", path.display())))?;
    String::from_utf8(bytes)
        .map_err(|_| Failure::manifest(format!("{} is no UTF-8 text", path.display())))
}

/// A manifest that lies in a project may have been put there by anyone.
fn check_allowed(path: &Path, text: &str) -> Result<(), Failure> {
    let refused = |why: String| Err(Failure::manifest(why));
    let shown = path.display();
    match trust::check(&places::allowed()?, path, text) {
        Trust::Allowed => Ok(()),
        Trust::Unknown => refused(format!(
            "{shown} is not allowed yet. Read it, then run:\n\n    bottle allow\n"
        )),
        Trust::Changed { diff } => refused(format!(
            "{shown} has changed since you allowed it:\n\n{diff}\nIf the change is yours, run:\n\n    bottle allow\n"
        )),
    }
}

fn parse(path: PathBuf, text: &str, purpose: Purpose) -> Result<Source, Failure> {
    let name = path
        .file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy()
        .into_owned();
    let manifest = bottle_manifest::parse(&name, text).map_err(|faults| faulty(&path, &faults))?;
    manifest
        .check_detectors(&bottle_backend::detector_ids())
        .map_err(|faults| faulty(&path, &faults))?;
    for note in manifest.notes() {
        term::note(&format!("{name} line {}: {}", note.line, note.text));
    }
    if purpose == Purpose::Run {
        refuse_unbuilt(&name, &manifest)?;
    }
    Ok(Source { path, manifest })
}

/// How a report on stderr looks.
pub(crate) fn look() -> Look {
    if term::stderr_is_for_people() {
        Look::Coloured
    } else {
        Look::Plain
    }
}

/// A key that would be silently ignored is worse than one that is refused.
fn refuse_unbuilt(name: &str, manifest: &Manifest) -> Result<(), Failure> {
    let lines: Vec<String> = manifest
        .unbuilt()
        .iter()
        .map(|u| format!("  {name} line {}: {}: {}", u.line, u.what, u.next))
        .collect();
    if lines.is_empty() {
        return Ok(());
    }
    Err(Failure::manifest(format!(
        "this version cannot do what {name} asks for:\n{}",
        lines.join("\n")
    )))
}

/// Adds what the agent's preset knows: hosts, settings and the first credential
/// that is there.
fn apply_provider(bottle: &mut Bottle, home: &Path) {
    let Some(provider) = providers::provider_for(&bottle.agent) else {
        return;
    };
    let env = |name: &str| std::env::var(name).ok();
    let file = |path: &str| std::fs::read_to_string(home.join(path)).ok();
    let applied = providers::apply(
        bottle,
        provider,
        &Surroundings {
            env: &env,
            home_file: &file,
        },
    );
    for note in applied.notes {
        term::note(&note);
    }
}
