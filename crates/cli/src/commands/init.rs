//! `bottle init`: a commented manifest to begin with.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write as _};
use std::path::Path;
use std::process::ExitCode;

use bottle_policy::Slug;

use crate::args;
use crate::failure::{Failure, OURS};
use crate::{places, term};

pub(crate) fn init(args: &args::Init) -> Result<ExitCode, Failure> {
    let provider = match &args.provider {
        None => None,
        Some(name) => match bottle_manifest::providers::provider_named(name) {
            None => {
                return Err(Failure::usage(format!(
                    "there is no provider `{name}`; there are claude, codex, gemini and opencode"
                )));
            }
            known => known,
        },
    };
    let here = places::here()?;
    let name = Slug::from_lossy(&here.file_name().unwrap_or_default().to_string_lossy());
    let text = bottle_manifest::template(&name, provider);
    let shown = args.file.display();
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&args.file)
        .map_err(|e| {
            if e.kind() == ErrorKind::AlreadyExists {
                return Failure::usage(format!("{shown} exists already; nothing was changed"));
            }
            Failure::new(OURS, format!("could not make {shown}: {e}"))
        })?;
    file.write_all(text.as_bytes())
        .map_err(|e| Failure::new(OURS, format!("could not write {shown}: {e}")))?;
    // The project's own is found without its name.
    let named = if args.file == Path::new(places::MANIFEST) {
        String::new()
    } else {
        format!(" {}", quoted(&shown.to_string()))
    };
    term::note(&format!(
        "wrote {shown}. Edit it, then run: bottle allow{named}"
    ));
    Ok(ExitCode::SUCCESS)
}

/// A word as it is typed into a shell.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-".contains(c);
    if word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}
