//! Running a command as an ordinary user, also where the tests run as root.

use std::ffi::OsStr;
use std::fs::{self, Permissions};
use std::io;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// An ordinary user and a folder of its own. Dropping it removes the folder.
#[derive(Debug)]
pub struct RunAs {
    /// The user to become; none where the caller is an ordinary one.
    user: Option<u32>,
    folder: TempDir,
    home: PathBuf,
}

impl RunAs {
    /// The caller, when it is an ordinary user; else a user id that nobody
    /// else has. It needs no entry in any user database.
    ///
    /// Its home is a new folder that it owns and everybody may read.
    pub fn ordinary_user() -> io::Result<Self> {
        let folder = tempfile::Builder::new().prefix("bottle-user-").tempdir()?;
        fs::set_permissions(folder.path(), Permissions::from_mode(0o755))?;
        let home = folder.path().join("home");
        fs::create_dir(&home)?;
        let user = if is_root()? { Some(unused_id()?) } else { None };
        if let Some(id) = user {
            chown(&home, Some(id), Some(id))?;
        }
        Ok(Self { user, folder, home })
    }

    /// Whether commands run under another user id than the caller's.
    pub fn is_another(&self) -> bool {
        self.user.is_some()
    }

    /// The user's home, empty and writable.
    pub fn home(&self) -> &Path {
        &self.home
    }

    /// A command of that user: its ids, no other groups, `HOME` and the
    /// working folder in its own, and otherwise the caller's environment.
    ///
    /// A name without a slash is looked up on the caller's `PATH`.
    #[expect(
        clippy::disallowed_methods,
        reason = "a test's command, with the test's own environment"
    )]
    pub fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        if let Some(id) = self.user {
            // The standard library then drops the supplementary groups too.
            command.uid(id).gid(id);
        }
        command.current_dir(&self.home).env("HOME", &self.home);
        for leftover in ["XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"] {
            command.env_remove(leftover);
        }
        for leftover in ["XDG_RUNTIME_DIR", "XDG_STATE_HOME", "USER", "LOGNAME"] {
            command.env_remove(leftover);
        }
        command
    }

    /// Copies a program to where that user can run it, since a build folder
    /// may stand below a home that is closed to others.
    pub fn bring(&self, program: &Path) -> io::Result<PathBuf> {
        let name = program.file_name().ok_or(io::ErrorKind::InvalidInput)?;
        let copy = self.folder.path().join(name);
        fs::copy(program, &copy)?;
        fs::set_permissions(&copy, Permissions::from_mode(0o755))?;
        Ok(copy)
    }

    /// Gives a file or folder to that user.
    pub fn give(&self, path: &Path) -> io::Result<()> {
        match self.user {
            Some(id) => chown(path, Some(id), Some(id)),
            None => Ok(()),
        }
    }
}

/// Whether the caller is root: the owner of its own process is.
fn is_root() -> io::Result<bool> {
    Ok(fs::metadata("/proc/self")?.uid() == 0)
}

/// A user id that no database entry and no process has.
fn unused_id() -> io::Result<u32> {
    let known: Vec<u32> = fs::read_to_string("/etc/passwd")
        .unwrap_or_default()
        .lines()
        .filter_map(|line| line.split(':').nth(2)?.parse().ok())
        .chain(owners_of_processes())
        .collect();
    (FIRST_ID..FIRST_ID + 1000)
        .find(|id| !known.contains(id))
        .ok_or_else(|| io::Error::other("every user id that was tried is in use"))
}

fn owners_of_processes() -> impl Iterator<Item = u32> {
    fs::read_dir("/proc")
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.metadata().ok()?.uid()))
}

/// Above the ids that distributions give to people and services, and below
/// the ranges of subordinate ids.
const FIRST_ID: u32 = 12_345;

#[cfg(test)]
mod tests {
    use super::*;

    fn output(command: &mut Command) -> String {
        let output = command.output().unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    #[test]
    fn the_command_is_not_roots() {
        let user = RunAs::ordinary_user().unwrap();
        let id: u32 = output(user.command("id").arg("-u")).parse().unwrap();
        assert_ne!(id, 0);
        let groups = output(user.command("id").arg("-G"));
        assert!(!groups.split(' ').any(|group| group == "0"), "{groups}");
    }

    #[test]
    fn it_stands_in_a_home_that_it_can_write() {
        let user = RunAs::ordinary_user().unwrap();
        let script = "touch here && test \"$HOME\" = \"$PWD\" && pwd";
        let home = output(user.command("sh").args(["-c", script]));
        assert_eq!(Path::new(&home), user.home());
        assert!(user.home().join("here").exists());
    }

    #[test]
    fn it_can_run_what_was_brought() {
        let user = RunAs::ordinary_user().unwrap();
        let program = crate::find_program("true").unwrap();
        let copy = user.bring(&program).unwrap();
        assert!(user.command(copy).status().unwrap().success());
    }

    #[test]
    fn nothing_is_left_behind() {
        let user = RunAs::ordinary_user().unwrap();
        let home = user.home().to_owned();
        drop(user);
        assert!(!home.exists());
    }
}
