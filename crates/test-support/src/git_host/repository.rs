//! A bare repository in a folder of its own, made without a work tree.

use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// A bare repository below a folder that goes with it.
#[derive(Debug)]
pub(super) struct Repository {
    git: PathBuf,
    folder: TempDir,
    path: String,
}

impl Repository {
    pub(super) fn create(git: PathBuf, path: &str, files: &[(&str, &str)]) -> io::Result<Self> {
        let folder = tempfile::Builder::new().prefix("bottle-git-").tempdir()?;
        let repository = Self {
            git,
            folder,
            path: path.to_owned(),
        };
        std::fs::create_dir_all(repository.path())?;
        repository.run(&["init", "-q", "--bare", "--initial-branch=main"], "")?;
        repository.run(&["config", "http.receivepack", "true"], "")?;
        repository.run(&["fast-import", "--quiet"], &import_of(files))?;
        Ok(repository)
    }

    pub(super) fn root(&self) -> &Path {
        self.folder.path()
    }

    pub(super) fn path(&self) -> PathBuf {
        self.folder.path().join(&self.path)
    }

    pub(super) fn resolve(&self, reference: &str) -> io::Result<Option<String>> {
        let output = self.output(&["rev-parse", "--verify", "-q", reference], "")?;
        let name = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        Ok(output.status.success().then_some(name))
    }

    fn run(&self, arguments: &[&str], input: &str) -> io::Result<()> {
        let output = self.output(arguments, input)?;
        if output.status.success() {
            return Ok(());
        }
        let why = String::from_utf8_lossy(&output.stderr).into_owned();
        Err(io::Error::other(why))
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "the environment is cleared on the next line"
    )]
    fn output(&self, arguments: &[&str], input: &str) -> io::Result<Output> {
        let mut child = Command::new(&self.git)
            .env_clear()
            .envs(environment(self.root()))
            .current_dir(self.path())
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        if let Some(mut stdin) = child.stdin.take() {
            stdin.write_all(input.as_bytes())?;
        }
        child.wait_with_output()
    }
}

/// What git needs to find itself, and no configuration of the caller's.
pub(super) fn environment(home: &Path) -> [(&'static str, std::ffi::OsString); 4] {
    [
        ("PATH", std::env::var_os("PATH").unwrap_or_default()),
        ("HOME", home.as_os_str().to_owned()),
        ("GIT_CONFIG_NOSYSTEM", "1".into()),
        ("GIT_CONFIG_GLOBAL", "/dev/null".into()),
    ]
}

/// One commit of these files, in the form that `git fast-import` reads.
fn import_of(files: &[(&str, &str)]) -> String {
    let message = "A first commit";
    let length = message.len();
    let mut script = format!(
        "commit refs/heads/main\n\
         committer Test <test@example.com> 1735689600 +0000\n\
         data {length}\n{message}\n"
    );
    for (path, text) in files {
        let length = text.len();
        // Writing to a string does not fail.
        let _ = write!(script, "M 100644 inline {path}\ndata {length}\n{text}\n");
    }
    script
}
