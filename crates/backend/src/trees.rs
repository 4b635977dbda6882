//! Which directories of the host a bottle shows, and which of them it may change.

use std::path::{Path, PathBuf};

use crate::plan::absolute;

/// The writable trees. A repository inside of one becomes a tree of its own, for
/// git's settings are guarded at the top of a tree.
pub(crate) fn writable(named: Vec<PathBuf>, repositories: Vec<PathBuf>) -> Vec<PathBuf> {
    let inside = |path: &PathBuf| named.iter().any(|tree| path.starts_with(tree));
    let nested: Vec<PathBuf> = repositories
        .into_iter()
        .filter(|path| inside(path) && !named.contains(path))
        .collect();
    [named, nested].concat()
}

/// The read-only trees: what of the home is shown, what the caller adds, and the
/// project, where it is in sight by none of them.
pub(crate) fn read_only(
    mut shown: Vec<PathBuf>,
    writable: &[PathBuf],
    project: &Path,
) -> Vec<PathBuf> {
    let mut all = shown.iter().chain(writable);
    if !all.any(|tree| project.starts_with(tree)) {
        shown.push(project.to_owned());
    }
    shown
}

/// What the bottle has of its own, or shows read-only, wherever it is named.
const NOT_OURS: &[&str] = &[
    "/bin", "/dev", "/etc", "/lib", "/lib32", "/lib64", "/libx32", "/opt", "/proc", "/sbin",
    "/sys", "/usr",
];

/// Why a path of a manifest cannot be writable, and what to do instead. The walls
/// refuse the same, but know no manifest to point at.
pub fn why_not_writable(path: &Path, project: &Path, home: &Path) -> Option<(String, String)> {
    let place = absolute(path, project, home);
    let why =
        |what: &str, help: &str| Some((format!("`{}` {what}", path.display()), help.to_owned()));
    if home.starts_with(&place) {
        return why(
            "would make the whole home directory writable",
            "name the directory in it that is needed",
        );
    }
    if NOT_OURS
        .iter()
        .any(|system| Path::new(system).starts_with(&place))
    {
        return why(
            "is the system's and cannot be made writable",
            "copy what is needed into the project",
        );
    }
    match place.canonicalize() {
        Ok(real) if real == place => None,
        Ok(real) => why(
            "is or passes through a symbolic link, which may lead anywhere",
            &format!("name the place itself: {}", real.display()),
        ),
        Err(error) => why(
            &format!("cannot be made writable: {error}"),
            "make it first, or take it out of the list",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_repository_is_guarded_only_where_it_could_be_changed() {
        let at = |paths: &[&str]| paths.iter().map(PathBuf::from).collect::<Vec<_>>();
        let trees = |named, found| writable(at(named), at(found));
        assert_eq!(trees(&["/a"], &["/a/b"]), at(&["/a", "/a/b"]));
        assert_eq!(trees(&["/a/b"], &["/a/b", "/a/c"]), at(&["/a/b"]));
        assert_eq!(trees(&[], &["/a/b"]), at(&[]));
    }

    #[test]
    fn the_project_is_in_sight_whatever_of_it_is_writable() {
        let at = |paths: &[&str]| paths.iter().map(PathBuf::from).collect::<Vec<_>>();
        let shown = |shown, trees| read_only(at(shown), &at(trees), Path::new("/w/app"));
        assert_eq!(shown(&["/h"], &[]), at(&["/h", "/w/app"]));
        assert_eq!(shown(&[], &["/w/app/sub"]), at(&["/w/app"]));
        assert_eq!(shown(&[], &["/w/app"]), at(&[]));
        assert_eq!(shown(&["/w"], &["/w/app/sub"]), at(&["/w"]));
    }

    #[test]
    fn what_cannot_be_writable_is_said_with_what_to_do() {
        let dir = tempfile::tempdir().unwrap();
        let at = dir.path().canonicalize().unwrap();
        std::fs::create_dir_all(at.join("app/out")).unwrap();
        std::os::unix::fs::symlink("/etc", at.join("app/link")).unwrap();
        let (project, home) = (at.join("app"), at.join("home"));
        let why = |path: &str| why_not_writable(Path::new(path), &project, &home);
        for path in [".", "out", "./out/"] {
            assert_eq!(why(path), None, "{path}");
        }
        for (path, said) in [
            ("gone", "No such file"),
            ("link", "symbolic link"),
            ("/etc", "the system's"),
            ("/usr", "the system's"),
            ("/proc", "the system's"),
            ("~", "whole home"),
        ] {
            let (message, help) = why(path).unwrap();
            assert!(message.contains(said), "{message}");
            assert!(!help.is_empty());
        }
    }
}
