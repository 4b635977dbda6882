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

/// The project around a directory: the nearest one upwards with a manifest or a
/// git repository, below the home; else the directory itself.
pub(crate) fn project(from: &Path, home: &Path) -> PathBuf {
    from.ancestors()
        .take_while(|dir| !home.starts_with(dir))
        .find(|dir| dir.join(MANIFEST).exists() || dir.join(".git").exists())
        .unwrap_or(from)
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_project_is_the_nearest_with_a_manifest_or_a_repository() {
        let dir = tempfile::tempdir().unwrap();
        let deep = dir.path().join("app/src/deep");
        std::fs::create_dir_all(&deep).unwrap();
        let nowhere = Path::new("/nonexistent/home");
        assert_eq!(project(&deep, &dir.path().join("app")), deep);
        std::fs::create_dir(dir.path().join("app/.git")).unwrap();
        assert_eq!(project(&deep, nowhere), dir.path().join("app"));
        std::fs::write(deep.join(MANIFEST), "").unwrap();
        assert_eq!(project(&deep, nowhere), deep);
    }

    #[test]
    fn the_home_is_never_a_project() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join(MANIFEST), "").unwrap();
        let work = dir.path().join("work");
        assert_eq!(project(&work, dir.path()), work);
    }
}
