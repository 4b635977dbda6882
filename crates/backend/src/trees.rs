//! Which directories of the host a bottle shows, and which of them it may change.

use std::path::{Path, PathBuf};

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
}
