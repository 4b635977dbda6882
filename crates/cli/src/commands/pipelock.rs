//! `bottle pipelock`: what else has to do with pipelock's files, and the
//! reading of one for `gateway`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use bottle_backend::{Authority, Exempt, Manners};
use bottle_pipelock::{Difference, File, Meaning, secret_lines, secret_variables};
use bottle_policy::{Secret, Slug};
use serde_json::json;

use crate::args;
use crate::commands::{pair, pipelock_files};
use crate::failure::{BAD_MANIFEST, DENIED, Failure, OURS};
use crate::load::look;
use crate::{places, term};

pub(crate) fn pipelock(args: &args::Pipelock) -> Result<ExitCode, Failure> {
    match &args.what {
        args::PipelockWhat::Check(args) => check(args),
        args::PipelockWhat::Schema => {
            term::out(&bottle_pipelock::page());
            Ok(ExitCode::SUCCESS)
        }
        args::PipelockWhat::Tls(args) => match &args.what {
            args::TlsWhat::Init(args) => init(args),
        },
    }
}

/// What a file asks an engine for.
pub(crate) struct StandIn {
    pub(crate) meaning: Meaning,
    pub(crate) authority: Option<Authority>,
    pub(crate) secrets: Vec<(String, Secret)>,
}

impl StandIn {
    /// Reads a file and what it names.
    pub(crate) fn read(path: &Path, strict: bool) -> Result<Self, Failure> {
        let meaning = meaning(path)?;
        for difference in &meaning.differences {
            term::note(&told(path, difference));
        }
        if strict && !meaning.differences.is_empty() {
            return Err(Failure::manifest(format!(
                "--strict allows no differences: {} asks for what is listed above",
                path.display()
            )));
        }
        let directory = path.parent().unwrap_or_else(|| Path::new("."));
        let authority = match &meaning.ca {
            None => None,
            Some((certificate, key)) => Some(authority(directory, certificate, key)?),
        };
        Ok(Self {
            secrets: secrets(directory, &meaning)?,
            authority,
            meaning,
        })
    }

    pub(crate) fn manners(&self) -> Manners {
        Manners::Pipelock {
            forward: self.meaning.forward,
            hints: self.meaning.hints,
            mode: self.meaning.mode.as_str(),
        }
    }

    pub(crate) fn exempt(&self) -> Exempt {
        Exempt {
            addresses: self
                .meaning
                .addresses
                .iter()
                .map(bottle_policy::IpRange::net)
                .collect(),
            hosts: self.meaning.trusted.clone(),
        }
    }
}

fn meaning(path: &Path) -> Result<Meaning, Failure> {
    let text = pipelock_files::text(path)?;
    let name = path
        .file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy();
    let file = File::parse(&name, &text).map_err(|faults| {
        Failure::manifest(format!(
            "{} cannot be used\n\n{}",
            path.display(),
            faults.render(look())
        ))
    })?;
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    Ok(file.meaning(Slug::from_lossy(&stem)))
}

fn told(path: &Path, difference: &Difference) -> String {
    let name = path
        .file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy();
    format!("{name} {difference}")
}

fn authority(directory: &Path, certificate: &str, key: &str) -> Result<Authority, Failure> {
    let (certificate, key) = (within(directory, certificate)?, within(directory, key)?);
    for path in [&certificate, &key] {
        if !path.exists() {
            return Err(Failure::manifest(format!(
                "{} is not there; `bottle pipelock tls init` makes a pair",
                pipelock_files::shown(path)
            )));
        }
    }
    pair::read(&certificate, &key)
}

/// Relative paths start at the file's directory, and `~/` at the home.
fn within(directory: &Path, path: &str) -> Result<PathBuf, Failure> {
    match path.strip_prefix("~/") {
        Some(rest) => Ok(places::home()?.join(rest)),
        None => Ok(directory.join(path)),
    }
}

fn secrets(directory: &Path, meaning: &Meaning) -> Result<Vec<(String, Secret)>, Failure> {
    let mut found = Vec::new();
    if let Some(least) = meaning.scan_env {
        let variables = std::env::vars_os().filter_map(|(name, value)| {
            Some((name.into_string().ok()?, value.into_string().ok()?))
        });
        for (name, value) in secret_variables(variables, least) {
            found.push((format!("env:{name}"), Secret::new(value)));
        }
    }
    if let Some(file) = &meaning.secrets_file {
        let path = within(directory, file)?;
        let text = pipelock_files::secret(&path)?;
        let lines = secret_lines(&text).map_err(Failure::manifest)?;
        for line in lines {
            if line.len() < bottle_manifest::dotenv::MIN_SECRET {
                term::note(&format!(
                    "a line of {} is not looked for: it is too short to be told from other text",
                    pipelock_files::shown(&path)
                ));
            } else {
                found.push((format!("file:{file}"), Secret::new(line)));
            }
        }
    }
    found.retain(|(_, secret)| secret.expose().len() >= bottle_manifest::dotenv::MIN_SECRET);
    Ok(found)
}

fn check(args: &args::PipelockCheck) -> Result<ExitCode, Failure> {
    if args.rendered {
        return rendered(&args.file);
    }
    let meaning = meaning(&args.file)?;
    if args.json {
        let differences: Vec<_> = meaning
            .differences
            .iter()
            .map(|d| json!({"key": d.path, "line": d.line, "instead": d.instead}))
            .collect();
        let hosts: Vec<String> = meaning
            .bottle
            .egress
            .routes
            .iter()
            .map(|route| route.host.to_string())
            .collect();
        let report = json!({
            "mode": meaning.mode.as_str(),
            "listen": meaning.listen.to_string(),
            "hosts": hosts,
            "differences": differences,
        });
        term::out(&format!("{report}\n"));
    } else {
        for difference in &meaning.differences {
            term::out(&format!("{}\n", told(&args.file, difference)));
        }
    }
    let strictly = args.strict && !meaning.differences.is_empty();
    Ok(if strictly {
        ExitCode::from(DENIED)
    } else {
        ExitCode::SUCCESS
    })
}

fn rendered(path: &Path) -> Result<ExitCode, Failure> {
    let text = pipelock_files::text(path)?;
    let name = path
        .file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy();
    bottle_pipelock::Config::parse(&name, &text)
        .map(|_| ExitCode::SUCCESS)
        .map_err(|faults| Failure::new(BAD_MANIFEST, faults.render(look())))
}

/// Makes the pair. One that is there already is trusted somewhere, so it stays.
fn init(args: &args::TlsInit) -> Result<ExitCode, Failure> {
    let directory = match &args.out {
        Some(directory) => directory.clone(),
        None => places::home()?.join(".pipelock"),
    };
    std::fs::create_dir_all(&directory)
        .map_err(|e| Failure::new(OURS, format!("could not make {}: {e}", directory.display())))?;
    let (certificate, key) = (directory.join("ca.pem"), directory.join("ca-key.pem"));
    for path in [&certificate, &key] {
        if path.exists() {
            return Err(Failure::usage(format!(
                "{} exists already; nothing was changed",
                path.display()
            )));
        }
    }
    pair::make(&certificate, &key)?;
    term::note(&format!(
        "wrote {} and {}; clients must trust the first, and nobody else may read the second",
        certificate.display(),
        key.display()
    ));
    Ok(ExitCode::SUCCESS)
}
