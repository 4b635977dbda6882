//! Where things are on the host: the person's home, the project, and where we
//! keep our own.

use std::path::{Path, PathBuf};

use crate::failure::{Failure, OURS};

/// The manifest's name.
pub(crate) const MANIFEST: &str = "bottle.yaml";

/// The person's home.
pub(crate) fn home() -> Result<PathBuf, Failure> {
    let home = std::env::home_dir().filter(|home| home.is_absolute());
    let home = home.ok_or_else(|| Failure::new(OURS, "HOME is not set to a directory; set it"))?;
    Ok(home.canonicalize().unwrap_or(home))
}

/// Where the audit logs are kept: `$XDG_STATE_HOME/bottle/logs`.
pub(crate) fn logs() -> Result<PathBuf, Failure> {
    Ok(xdg("XDG_STATE_HOME", ".local/state")?.join("bottle/logs"))
}

/// Where allowed manifests are recorded: `$XDG_DATA_HOME/bottle/allow`.
pub(crate) fn allowed() -> Result<PathBuf, Failure> {
    Ok(xdg("XDG_DATA_HOME", ".local/share")?.join("bottle/allow"))
}

/// Relative values of these variables are to be ignored (XDG base directories).
fn xdg(variable: &str, default: &str) -> Result<PathBuf, Failure> {
    match std::env::var_os(variable).map(PathBuf::from) {
        Some(path) if path.is_absolute() => Ok(path),
        _ => Ok(home()?.join(default)),
    }
}

/// Whether a bottle's or a run's name stays within the directory it is looked for in.
pub(crate) fn is_file_name(name: &str) -> bool {
    !name.contains('/') && name != ".."
}

/// Where the person stands.
pub(crate) fn here() -> Result<PathBuf, Failure> {
    std::env::current_dir()
        .map_err(|e| Failure::new(OURS, format!("could not tell the current directory: {e}")))
}

/// The directory that an agent works in.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Project {
    pub(crate) directory: PathBuf,
    /// Git repositories in it that lie nearer to where the person stands.
    pub(crate) repositories: Vec<PathBuf>,
}

/// The project around a directory, below the home: the nearest one upwards with
/// a manifest; else the nearest with a git repository; else the directory itself.
///
/// Whoever is in a bottle can make a repository in a directory of the project.
/// That must not lead the next bottle past the manifest above it.
pub(crate) fn project(from: &Path, home: &Path) -> Project {
    let upwards = || from.ancestors().take_while(|dir| !home.starts_with(dir));
    let with = |name: &'static str| upwards().find(move |dir| dir.join(name).exists());
    let directory = with(MANIFEST).or_else(|| with(".git")).unwrap_or(from);
    let nearer = upwards().take_while(|dir| *dir != directory);
    Project {
        repositories: nearer
            .filter(|dir| dir.join(".git").exists())
            .map(Path::to_owned)
            .collect(),
        directory: directory.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The directory alone.
    fn found(from: &Path, home: &Path) -> PathBuf {
        project(from, home).directory
    }

    #[test]
    fn the_project_is_the_nearest_with_a_manifest_else_with_a_repository() {
        let dir = tempfile::tempdir().unwrap();
        let deep = dir.path().join("app/src/deep");
        std::fs::create_dir_all(&deep).unwrap();
        let nowhere = Path::new("/nonexistent/home");
        assert_eq!(found(&deep, &dir.path().join("app")), deep);
        std::fs::create_dir(dir.path().join("app/.git")).unwrap();
        assert_eq!(found(&deep, nowhere), dir.path().join("app"));
        std::fs::write(deep.join(MANIFEST), "").unwrap();
        assert_eq!(found(&deep, nowhere), deep);
    }

    #[test]
    fn a_nearer_repository_hides_no_manifest_and_is_told() {
        let dir = tempfile::tempdir().unwrap();
        let app = dir.path().join("app");
        let deep = app.join("src/deep");
        std::fs::create_dir_all(app.join("src/.git")).unwrap();
        std::fs::create_dir_all(deep.join(".git")).unwrap();
        std::fs::create_dir(app.join(".git")).unwrap();
        std::fs::write(app.join(MANIFEST), "").unwrap();
        let expected = Project {
            repositories: vec![deep.clone(), app.join("src")],
            directory: app,
        };
        assert_eq!(project(&deep, Path::new("/nonexistent/home")), expected);
    }

    #[test]
    fn the_home_is_never_a_project() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join(MANIFEST), "").unwrap();
        let work = dir.path().join("work");
        assert_eq!(found(&work, dir.path()), work);
    }
}
