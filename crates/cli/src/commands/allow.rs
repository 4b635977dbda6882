//! `bottle allow`: records that a person read a manifest and wants it.

use std::process::ExitCode;

use crate::args;
use crate::failure::{Failure, OURS};
use crate::{places, term};

pub(crate) fn allow(args: &args::Allow) -> Result<ExitCode, Failure> {
    let here = places::here()?;
    let path = match &args.file {
        Some(file) => here.join(file),
        None => places::project(&here, &places::home()?)
            .directory
            .join(places::MANIFEST),
    };
    let shown = path.display();
    let text = std::fs::read_to_string(&path).map_err(|e| {
        Failure::manifest(format!(
            "could not read {shown}: {e}; `bottle init` writes one"
        ))
    })?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    if let Err(faults) = bottle_manifest::parse(&name, &text) {
        let look = if term::stderr_is_for_people() {
            bottle_manifest::Look::Coloured
        } else {
            bottle_manifest::Look::Plain
        };
        return Err(Failure::manifest(format!(
            "{shown} cannot be used\n\n{}",
            faults.render(look)
        )));
    }
    bottle_manifest::trust::allow(&places::allowed()?, &path, &text).map_err(|e| {
        Failure::new(
            OURS,
            format!("could not record that {shown} is allowed: {e}"),
        )
    })?;
    term::note(&format!("{shown} is allowed as it is now"));
    Ok(ExitCode::SUCCESS)
}
