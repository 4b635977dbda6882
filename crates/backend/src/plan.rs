//! From a resolved bottle and its surroundings to a plan. Nothing on the
//! machine is changed here.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bottle_engine::{Authority, Vault};
use bottle_policy::{Bottle, Secret, SecretRef};
use bottle_sandbox::{Spec, Stdio};
use bottle_upstream::{ConnectTo, Parents};
use rustls_pki_types::CertificateDer;

use crate::error::Error;
use crate::run_id::RunId;
use crate::{caches, credentials, environment, gitconfig, home, home_files, trees, trust};

/// What a plan is made from.
pub struct Request {
    /// The resolved bottle; its agent's command is what runs.
    pub bottle: Bottle,
    /// The values of the credentials that its routes name.
    pub tokens: Vec<(SecretRef, Secret)>,
    /// The operator's own secrets, each with a label that may be told.
    pub secrets: Vec<(String, Secret)>,
    /// The project's directory.
    pub project: PathBuf,
    /// Git repositories below it, to be guarded as the project's own is.
    pub repositories: Vec<PathBuf>,
    /// Where the command starts.
    pub cwd: PathBuf,
    /// The person's home.
    pub home: PathBuf,
    /// The person's environment.
    pub environment: Vec<(OsString, OsString)>,
    /// Files in the project that the agent must not change, such as the manifest.
    pub protect: Vec<PathBuf>,
    /// More of the host to show read-only.
    pub show: Vec<PathBuf>,
    /// The operator's own mappings.
    pub connect_to: Vec<ConnectTo>,
    /// The proxies that our own connections go through.
    pub parents: Parents,
    /// The certificates that the host trusts.
    pub roots: Vec<CertificateDer<'static>>,
    /// Where audit logs are kept.
    pub logs: PathBuf,
    /// The command's standard streams.
    pub stdio: Stdio,
}

/// A bottle ready to be run.
pub struct Plan {
    pub(crate) run: RunId,
    pub(crate) bottle: Arc<Bottle>,
    pub(crate) spec: Spec,
    pub(crate) authority: Authority,
    pub(crate) vault: Vault,
    pub(crate) upstream: bottle_upstream::Config,
    pub(crate) logs: PathBuf,
}

/// Makes a plan.
///
/// # Errors
/// A directory that cannot be the project; no randomness for the certificate authority.
pub fn prepare(request: Request) -> Result<Plan, Error> {
    check_project(&request.project, &request.home)?;
    let vault = Vault::new(request.tokens, request.secrets);
    let authority = Authority::generate()?;
    let within = |path: &PathBuf| absolute(path, &request.project, &request.home);
    let named = request.bottle.filesystem.writable.iter().map(within);
    let writable = trees::writable(named.collect(), request.repositories);
    let home = home::look(&request.home, &writable);
    let shown = home.read_only.into_iter().chain(request.show).collect();
    let read_only = trees::read_only(shown, &writable, &request.project);
    let caches = caches::variables(
        &request.bottle,
        &request.environment,
        &request.home,
        &writable,
    );
    let placeholders = credentials::placeholders(&request.bottle, &vault);
    let mut files = trust::files(authority.pem(), &request.roots);
    let settings = home_files::files(
        &request.bottle.agent.home_files,
        &request.home,
        &request.project,
        &placeholders,
    );
    files.extend(gitconfig::file(&request.home));
    let own_hidden = request.bottle.filesystem.hidden.iter().map(within);
    let hidden = home
        .hidden
        .into_iter()
        .chain(own_hidden)
        .chain([request.logs.clone()])
        // What the preset puts there covers the host's file as well.
        .filter(|path| !settings.iter().any(|file| file.path == *path))
        .collect();
    files.extend(settings);
    let spec = Spec {
        helper: PathBuf::from("/proc/self/exe"),
        argv: request
            .bottle
            .agent
            .command
            .iter()
            .map(OsString::from)
            .collect(),
        env: environment::compose(
            &request.bottle,
            &request.environment,
            placeholders,
            caches,
            &request.home,
        ),
        cwd: request.cwd,
        home: request.home.clone(),
        read_only,
        writable,
        hidden,
        protect: request.protect,
        files,
        hostname: request.bottle.name.to_string(),
        stdio: request.stdio,
    };
    Ok(Plan {
        run: RunId::new(),
        bottle: Arc::new(request.bottle),
        spec,
        authority,
        vault,
        upstream: bottle_upstream::Config {
            connect_to: request.connect_to,
            roots: request.roots,
            parents: request.parents,
            ..bottle_upstream::Config::default()
        },
        logs: request.logs,
    })
}

impl Plan {
    /// The run's name.
    pub fn run_id(&self) -> &RunId {
        &self.run
    }

    /// Where the run's decisions are recorded.
    pub fn log_path(&self) -> PathBuf {
        self.log_dir().join(format!("{}.jsonl", self.run))
    }

    /// The bottle's name.
    pub fn name(&self) -> &str {
        self.bottle.name.as_str()
    }

    /// The hosts that it reaches, each once.
    pub fn hosts(&self) -> Vec<String> {
        let mut hosts: Vec<String> = self
            .bottle
            .egress
            .routes
            .iter()
            .map(|route| route.host.to_string())
            .collect();
        hosts.sort();
        hosts.dedup();
        hosts
    }

    /// What the agent is given in place of a credential.
    pub fn placeholder(&self, reference: &SecretRef) -> Option<&Secret> {
        self.vault.placeholder(reference)
    }

    pub(crate) fn log_dir(&self) -> PathBuf {
        self.logs.join(self.bottle.name.as_str())
    }
}

/// Refuses a bottle in which the agent could change what we keep on the host:
/// the audit logs, or the record of what was allowed. A hidden directory would
/// not do: one around it could be renamed, and another put in its place.
///
/// # Errors
/// A writable path that holds, or lies in, one of the `stores`.
pub fn keep_out_of_reach(
    bottle: &Bottle,
    project: &Path,
    home: &Path,
    stores: &[PathBuf],
) -> Result<(), Error> {
    check_project(project, home)?;
    for path in &bottle.filesystem.writable {
        let writable = real(&absolute(path, project, home));
        let reaches = |store: &PathBuf| store.starts_with(&writable) || writable.starts_with(store);
        if let Some(store) = stores.iter().map(|store| real(store)).find(reaches) {
            return Err(Error::Store { store, writable });
        }
    }
    Ok(())
}

/// A path without links, as far as it is there.
fn real(path: &Path) -> PathBuf {
    for part in path.ancestors() {
        if let (Ok(there), Ok(rest)) = (part.canonicalize(), path.strip_prefix(part)) {
            return there.join(rest);
        }
    }
    path.to_owned()
}

/// The agent may change everything in its project, so that must not be the home
/// itself, nor anything around it.
fn check_project(project: &Path, home: &Path) -> Result<(), Error> {
    let refuse = |why| {
        Err(Error::Project {
            path: project.to_owned(),
            why,
        })
    };
    if project.parent().is_none() {
        return refuse(
            "the agent could change every file of this machine; start in the directory of one project",
        );
    }
    if home.starts_with(project) {
        return refuse(
            "the agent could change your whole home directory; start in the directory of one project",
        );
    }
    Ok(())
}

/// A manifest's path: `~/` starts at the home, a relative one at the project.
pub(crate) fn absolute(path: &Path, project: &Path, home: &Path) -> PathBuf {
    if let Ok(rest) = path.strip_prefix("~") {
        return tidy(&home.join(rest));
    }
    tidy(&project.join(path))
}

/// Without `.` parts, which a mount table does not have.
fn tidy(path: &Path) -> PathBuf {
    path.components()
        .filter(|part| !matches!(part, std::path::Component::CurDir))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_start_where_a_person_expects() {
        let at = |path: &str| absolute(Path::new(path), Path::new("/w/app"), Path::new("/home/a"));
        assert_eq!(at("."), Path::new("/w/app"));
        assert_eq!(at("./.env"), Path::new("/w/app/.env"));
        assert_eq!(at("~/.ssh"), Path::new("/home/a/.ssh"));
        assert_eq!(at("/srv/data"), Path::new("/srv/data"));
    }

    #[test]
    fn what_we_keep_is_out_of_the_agents_reach() {
        let dir = tempfile::tempdir().unwrap();
        let (project, home) = (dir.path().join("app"), dir.path().join("home"));
        std::fs::create_dir_all(&project).unwrap();
        std::os::unix::fs::symlink(&project, dir.path().join("link")).unwrap();
        let bottle = Bottle::closed(bottle_policy::Slug::from_lossy("app"));
        let check = |store: &str| {
            keep_out_of_reach(&bottle, &project, &home, &[dir.path().join(store)]).is_ok()
        };
        assert!(check("state/bottle/logs") && check("home/.local/share/bottle"));
        assert!(!check("app/.state/bottle/logs") && !check("link/logs"));
    }

    #[test]
    fn a_project_never_contains_the_home() {
        for project in ["/", "/home", "/home/a"] {
            assert!(
                check_project(Path::new(project), Path::new("/home/a")).is_err(),
                "{project}"
            );
        }
        assert!(check_project(Path::new("/home/a/work"), Path::new("/home/a")).is_ok());
    }
}
