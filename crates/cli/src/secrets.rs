//! From references to values: the environment, files and commands of the
//! person who runs the bottle. Nothing here is printed but names.

use std::ffi::OsString;
use std::path::{Component, Path, PathBuf};
use std::process::{Command, Stdio};

use bottle_manifest::dotenv::{
    MIN_SECRET, Values, Why, secret_values, secret_variables, secrets_within,
};
use bottle_policy::{Bottle, Secret, SecretRef};
use data_encoding::{BASE64, HEXLOWER};

use crate::failure::Failure;
use crate::{scripts, term};

/// The secret-looking variables that we were started with.
fn environment() -> Vec<(String, Secret)> {
    let text = |(name, value): (OsString, OsString)| {
        Some((name.into_string().ok()?, value.into_string().ok()?))
    };
    let variables = std::env::vars_os().filter_map(text);
    secret_variables(variables)
        .into_iter()
        .map(|secret| (format!("env:{}", secret.name), secret.value))
        .collect()
}

/// Looks references up for one manifest.
pub(crate) struct Lookup<'a> {
    /// Where relative files start, and commands run.
    pub(crate) directory: &'a Path,
    pub(crate) home: &'a Path,
}

/// The longest key that is no text, in bytes.
const MAX_BYTES: usize = 4096;

/// The operator's own secrets.
pub(crate) struct Own {
    /// Each with a label that may be told.
    pub(crate) secrets: Vec<(String, Secret)>,
    /// What is not looked for although it was named, and why.
    pub(crate) notes: Vec<String>,
}

impl Own {
    /// Says what is not looked for.
    pub(crate) fn tell(&self) {
        self.notes.iter().for_each(|note| term::note(note));
    }
}

/// The values of a reference; says of each that is left out why.
fn looked_for(reference: &SecretRef, found: Values, notes: &mut Vec<String>) -> Vec<Secret> {
    if found.secrets.is_empty() && found.skipped.is_empty() {
        notes.push(format!(
            "nothing of {reference} is looked for: no name or value in it looks like a secret's"
        ));
    }
    for skipped in &found.skipped {
        let why = match skipped.why {
            Why::Example => "its value is an example",
            Why::Short => "its value is too short to be told from other text",
        };
        let note = match skipped.name.as_str() {
            "" => format!("{reference} is not looked for: {why}"),
            name => format!("{name} of {reference} is not looked for: {why}"),
        };
        notes.push(note);
    }
    found.secrets.into_iter().map(|named| named.value).collect()
}

/// Each file by the name that was written and by the one without links.
fn by_each_name(files: impl Iterator<Item = PathBuf>) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = Vec::new();
    for named in files {
        let plain = !named.components().any(|part| part == Component::ParentDir);
        found.extend(named.canonicalize());
        found.extend(plain.then(|| named.components().collect()));
    }
    found.sort();
    found.dedup();
    found
}

impl Lookup<'_> {
    /// Every credential that the routes name. One that is missing is a fault:
    /// without it nothing works, and the agent would not know why.
    pub(crate) fn tokens(&self, bottle: &Bottle) -> Result<Vec<(SecretRef, Secret)>, Failure> {
        let mut found: Vec<(SecretRef, Secret)> = Vec::new();
        let mut faults = Vec::new();
        for auth in bottle
            .egress
            .routes
            .iter()
            .filter_map(|route| route.auth.as_ref())
        {
            if found.iter().any(|(reference, _)| *reference == auth.token) {
                continue;
            }
            match self.value(&auth.token) {
                Ok(secret) => found.push((auth.token.clone(), secret)),
                Err(why) => faults.push(format!("{}: {why}", auth.token)),
            }
        }
        faults.sort();
        faults.dedup();
        if faults.is_empty() {
            return Ok(found);
        }
        Err(Failure::manifest(format!(
            "credentials that bottle.yaml names are missing:\n  {}",
            faults.join("\n  ")
        )))
    }

    /// The operator's own secrets. One that is not there cannot leak either.
    pub(crate) fn own(&self, bottle: &Bottle) -> Own {
        let (mut found, mut notes) = (Vec::new(), Vec::new());
        for reference in &bottle.secrets {
            match self.values(reference, &mut notes) {
                Ok(secrets) => found.extend(
                    secrets
                        .into_iter()
                        .map(|secret| (reference.to_string(), secret)),
                ),
                Err(why) => notes.push(format!("{reference} is not looked for: {why}")),
            }
        }
        if bottle.scan_env {
            found.extend(environment());
        }
        Own {
            secrets: found,
            notes,
        }
    }

    /// The files that hold the credentials: inside, they must not be there.
    pub(crate) fn token_files(&self, bottle: &Bottle) -> Vec<PathBuf> {
        let auths = bottle.egress.routes.iter().filter_map(|r| r.auth.as_ref());
        self.files(auths.map(|auth| &auth.token))
    }

    /// The files that say what is looked for, and the scripts that say what a
    /// value is: inside, they must not change. The next bottle would look for
    /// something else, and would run the scripts outside.
    pub(crate) fn own_files(&self, bottle: &Bottle) -> Vec<PathBuf> {
        let auths = bottle.egress.routes.iter().filter_map(|r| r.auth.as_ref());
        let all = auths.map(|auth| &auth.token).chain(&bottle.secrets);
        [self.files(&bottle.secrets), self.scripts(all)].concat()
    }

    fn files<'r>(&self, references: impl IntoIterator<Item = &'r SecretRef>) -> Vec<PathBuf> {
        let named = references.into_iter().filter_map(|reference| {
            let SecretRef::File(path) = reference else {
                return None;
            };
            Some(self.path(SecretRef::file_parts(path).0))
        });
        by_each_name(named)
    }

    fn scripts<'r>(&self, references: impl IntoIterator<Item = &'r SecretRef>) -> Vec<PathBuf> {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let around = scripts::Surroundings {
            directory: self.directory,
            home: self.home,
            path: &path,
        };
        let named = references.into_iter().filter_map(|reference| {
            let SecretRef::Cmd(command) = reference else {
                return None;
            };
            Some(scripts::named(command, around))
        });
        by_each_name(named.flatten())
    }

    fn values(
        &self,
        reference: &SecretRef,
        notes: &mut Vec<String>,
    ) -> Result<Vec<Secret>, String> {
        let SecretRef::File(path) = reference else {
            let value = self.value(reference)?;
            let within = secrets_within(&String::from_utf8_lossy(value.expose()));
            return Ok([value].into_iter().chain(within).collect());
        };
        match self.read(path) {
            Ok(text) => Ok(looked_for(reference, secret_values(&text), notes)),
            Err(why) => self.bytes(path).ok_or(why),
        }
    }

    /// A file that is no text, and the two forms in which tools print such a key.
    fn bytes(&self, path: &str) -> Option<Vec<Secret>> {
        let (path, pointer) = SecretRef::file_parts(path);
        let bytes = std::fs::read(self.path(path)).ok()?;
        let printed = [BASE64.encode(&bytes), HEXLOWER.encode(&bytes)];
        let printed = printed.into_iter().map(Secret::new);
        let fits = pointer.is_none() && (MIN_SECRET..=MAX_BYTES).contains(&bytes.len());
        fits.then(|| [Secret::new(bytes)].into_iter().chain(printed).collect())
    }

    fn value(&self, reference: &SecretRef) -> Result<Secret, String> {
        let text = match reference {
            SecretRef::Cmd(command) => self.command(command)?,
            SecretRef::Env(name) => {
                std::env::var(name).map_err(|_| "the variable is not set".to_owned())?
            }
            SecretRef::File(path) => self.read(path)?,
        };
        match text.trim() {
            "" => Err("it is empty".to_owned()),
            value => Ok(Secret::new(value)),
        }
    }

    /// A file's text, or with `#/a/b` the value at that place of a JSON file (RFC 6901).
    fn read(&self, path: &str) -> Result<String, String> {
        let (path, pointer) = SecretRef::file_parts(path);
        let text = std::fs::read_to_string(self.path(path)).map_err(|e| e.to_string())?;
        let Some(pointer) = pointer else {
            return Ok(text);
        };
        let json: serde_json::Value =
            serde_json::from_str(&text).map_err(|_| "it is no JSON".to_owned())?;
        let value = json.pointer(pointer).and_then(serde_json::Value::as_str);
        value
            .map(str::to_owned)
            .ok_or_else(|| format!("it has no text at {pointer}"))
    }

    fn path(&self, path: &str) -> PathBuf {
        match path.strip_prefix("~/") {
            Some(rest) => self.home.join(rest),
            None => self.directory.join(path),
        }
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "the person's own command, which needs their environment"
    )]
    fn command(&self, command: &str) -> Result<String, String> {
        let output = Command::new("sh")
            .args(["-c", command])
            .current_dir(self.directory)
            .stdin(Stdio::null())
            .stderr(Stdio::inherit())
            .output()
            .map_err(|e| format!("sh could not be started: {e}"))?;
        if !output.status.success() {
            return Err(format!("the command failed ({})", output.status));
        }
        String::from_utf8(output.stdout).map_err(|_| "the command printed no text".to_owned())
    }
}
