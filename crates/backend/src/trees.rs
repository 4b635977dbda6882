//! Which directories of the host a bottle shows, and which of them it may change.

use std::path::PathBuf;

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
}
