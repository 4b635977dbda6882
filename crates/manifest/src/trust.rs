//! Which manifests a person has allowed: by content, as direnv does.
//!
//! A manifest that lies in a project could have been put there, or changed, by
//! anyone who can write to the project, the agent included. So it is used only
//! after `bottle allow` has recorded that very content, and after a change the
//! refusal shows what changed. Knows nothing of what a manifest says.
//!
//! The caller reads the file once and hands the same text to [`check`] and to
//! [`parse`](crate::parse), so that nothing can change in between.

use std::fs::{self, DirBuilder};
use std::io::{self, Write};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{DirBuilderExt, MetadataExt};
use std::path::{Path, PathBuf};
use std::time::Duration;

use data_encoding::HEXLOWER;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use similar::TextDiff;

/// Whether a manifest may be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trust {
    /// This very content was allowed.
    Allowed,
    /// Another content was allowed at this path.
    Changed {
        /// What changed since, as a unified diff that is safe to print.
        diff: String,
    },
    /// Nothing was allowed at this path, or the record of it cannot be relied on.
    Unknown,
}

/// The hash of a path and a content, in hexadecimal (SHA-256). The path's
/// length goes first, so that no path can lend bytes to a content.
pub fn hash(path: &Path, content: &str) -> String {
    let path = path.as_os_str().as_bytes();
    let mut hasher = Sha256::new();
    hasher.update(b"bottle allow 1\0");
    hasher.update(u64::try_from(path.len()).unwrap_or(u64::MAX).to_be_bytes());
    hasher.update(path);
    hasher.update(content.as_bytes());
    HEXLOWER.encode(&hasher.finalize())
}

/// Whether `content`, read from `manifest`, was allowed. Whatever goes wrong, it was not.
pub fn check(store: &Path, manifest: &Path, content: &str) -> Trust {
    let Ok(path) = fs::canonicalize(manifest) else {
        return Trust::Unknown;
    };
    let Some(recorded) = read_record(&record_file(store, &path), &path) else {
        return Trust::Unknown;
    };
    if hash(&path, &recorded) == hash(&path, content) {
        return Trust::Allowed;
    }
    Trust::Changed {
        diff: diff(&recorded, content),
    }
}

/// Records that `content` may be used at `manifest`.
///
/// # Errors
/// The manifest is not there, or the store cannot be written.
pub fn allow(store: &Path, manifest: &Path, content: &str) -> io::Result<()> {
    let path = fs::canonicalize(manifest)?;
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(store)?;
    let record = json!({
        "version": 1,
        "path": path.to_string_lossy(),
        "sha256": hash(&path, content),
        "content": content,
    });
    // Made with mode 0600, and complete before it has its name.
    let mut file = tempfile::Builder::new()
        .prefix(".allow")
        .tempfile_in(store)?;
    file.write_all(record.to_string().as_bytes())?;
    file.as_file().sync_all()?;
    file.persist(record_file(store, &path))
        .map_err(|error| error.error)?;
    Ok(())
}

fn record_file(store: &Path, path: &Path) -> PathBuf {
    store.join(hash(path, "")).with_extension("json")
}

/// The content that was allowed, if the record is whole and only its owner could write it.
fn read_record(file: &Path, path: &Path) -> Option<String> {
    let meta = fs::symlink_metadata(file).ok()?;
    let store = fs::metadata(file.parent()?).ok()?;
    let only_owner = (meta.mode() | store.mode()) & 0o022 == 0 && meta.uid() == store.uid();
    if !meta.is_file() || !only_owner {
        return None;
    }
    let record: Value = serde_json::from_slice(&fs::read(file).ok()?).ok()?;
    let content = record.get("content")?.as_str()?;
    let sealed = record.get("version")? == 1
        && record.get("path")?.as_str()? == path.to_string_lossy()
        && record.get("sha256")?.as_str()? == hash(path, content);
    sealed.then(|| content.to_owned())
}

fn diff(old: &str, new: &str) -> String {
    let diff = TextDiff::configure()
        .timeout(Duration::from_secs(1))
        .diff_lines(old, new);
    let text = diff
        .unified_diff()
        .context_radius(3)
        .header("as allowed", "as it is now")
        .to_string();
    text.chars().map(harmless).collect()
}

/// A character as a terminal may be given it: nothing that moves, hides or
/// reorders other text.
fn harmless(c: char) -> String {
    let invisible = matches!(c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}');
    if c == '\n' || !(c.is_control() || invisible) {
        return c.to_string();
    }
    c.escape_unicode().to_string()
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    struct Place {
        dir: tempfile::TempDir,
    }

    impl Place {
        fn new() -> Self {
            let dir = tempfile::tempdir().unwrap();
            fs::write(dir.path().join("bottle.yaml"), "").unwrap();
            Self { dir }
        }

        fn manifest(&self) -> PathBuf {
            self.dir.path().join("bottle.yaml")
        }

        fn store(&self) -> PathBuf {
            self.dir.path().join("data/bottle/allow")
        }

        fn allow(&self, content: &str) {
            allow(&self.store(), &self.manifest(), content).unwrap();
        }

        fn check(&self, content: &str) -> Trust {
            check(&self.store(), &self.manifest(), content)
        }

        fn record(&self) -> PathBuf {
            fs::read_dir(self.store())
                .unwrap()
                .next()
                .unwrap()
                .unwrap()
                .path()
        }
    }

    #[test]
    fn only_what_was_allowed_is_allowed() {
        let place = Place::new();
        assert_eq!(place.check("a\n"), Trust::Unknown);
        place.allow("a\n");
        assert_eq!(place.check("a\n"), Trust::Allowed);
        assert!(matches!(place.check("b\n"), Trust::Changed { .. }));
        place.allow("b\n");
        assert_eq!(place.check("b\n"), Trust::Allowed);
        assert!(matches!(place.check("a\n"), Trust::Changed { .. }));
    }

    #[test]
    fn a_change_is_shown_and_cannot_play_tricks_on_the_terminal() {
        let place = Place::new();
        place.allow("name: a\nx: 1\n");
        let Trust::Changed { diff } = place.check("name: \u{1b}[2J\u{202e}\r\nx: 1\n") else {
            panic!("not changed");
        };
        insta::assert_snapshot!(diff, @r"
        --- as allowed
        +++ as it is now
        @@ -1,2 +1,2 @@
        -name: a
        +name: \u{1b}[2J\u{202e}\u{d}
         x: 1
        ");
    }

    #[test]
    fn a_symlink_counts_as_what_it_points_to() {
        let place = Place::new();
        place.allow("a");
        let link = place.dir.path().join("link.yaml");
        symlink(place.manifest(), &link).unwrap();
        assert_eq!(check(&place.store(), &link, "a"), Trust::Allowed);
        let other = place.dir.path().join("other.yaml");
        fs::write(&other, "a").unwrap();
        assert_eq!(check(&place.store(), &other, "a"), Trust::Unknown);
    }

    #[test]
    fn the_record_is_private() {
        let place = Place::new();
        place.allow("a");
        let mode = |path: &Path| fs::metadata(path).unwrap().mode() & 0o777;
        assert_eq!(mode(&place.store()), 0o700);
        assert_eq!(mode(&place.record()), 0o600);
        assert_eq!(fs::read_dir(place.store()).unwrap().count(), 1);
    }

    #[test]
    fn a_record_that_others_could_write_is_not_relied_on() {
        let place = Place::new();
        place.allow("a");
        let set = |path: &Path, mode| {
            fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
        };
        set(&place.record(), 0o666);
        assert_eq!(place.check("a"), Trust::Unknown);
        set(&place.record(), 0o600);
        set(&place.store(), 0o777);
        assert_eq!(place.check("a"), Trust::Unknown);
        set(&place.store(), 0o700);
        fs::write(place.record(), "{}").unwrap();
        assert_eq!(place.check("a"), Trust::Unknown);
    }

    #[test]
    fn a_path_lends_no_bytes_to_a_content() {
        assert_ne!(hash(Path::new("/ab"), "c"), hash(Path::new("/a"), "bc"));
        assert_eq!(hash(Path::new("/a"), "b").len(), 64);
    }
}
