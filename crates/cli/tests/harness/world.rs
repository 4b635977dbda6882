//! A person's surroundings, made for one test.

use std::fs::{self, Permissions};
use std::io;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use bottle_test_support::{Authority, Handler, RunAs, Upstream};
use tempfile::TempDir;

use super::events::Events;
use super::running::{Output, Running};

/// Who runs `bottle`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum User {
    /// Whoever runs the tests.
    Caller,
    /// An ordinary user; to be skipped where the caller is one.
    Ordinary,
}

/// A project, a home, a certificate authority that the host trusts, and the
/// way to upstreams on loopback.
pub(crate) struct World {
    folder: TempDir,
    user: Option<RunAs>,
    bottle: PathBuf,
    authority: Authority,
    environment: Vec<(String, String)>,
    connect_to: Vec<String>,
}

impl World {
    /// A world with an empty project and an empty home.
    ///
    /// # Errors
    /// Why there can be no test for this user on this machine.
    pub(crate) fn new(user: User) -> Result<Self, String> {
        let user = match user {
            User::Caller => None,
            User::Ordinary => {
                let user = RunAs::ordinary_user().map_err(|e| e.to_string())?;
                if !user.is_another() {
                    return Err("the caller is an ordinary user already".to_owned());
                }
                Some(user)
            }
        };
        let world = Self::set_up(user).expect("a temporary directory");
        let known = if world.user.is_none() {
            &CALLER
        } else {
            &ORDINARY
        };
        known.get_or_init(|| world.sandbox_can_be_had()).clone()?;
        Ok(world)
    }

    fn set_up(user: Option<RunAs>) -> io::Result<Self> {
        let folder = tempfile::Builder::new().prefix("bottle-e2e-").tempdir()?;
        fs::set_permissions(folder.path(), Permissions::from_mode(0o755))?;
        let authority = Authority::new()?;
        authority.write_pem(&folder.path().join("ca.pem"))?;
        let bottle = folder.path().join("bottle");
        // The build's own file may be replaced meanwhile, or stand where that user cannot go.
        let built = Path::new(env!("CARGO_BIN_EXE_bottle"));
        fs::hard_link(built, &bottle).or_else(|_| fs::copy(built, &bottle).map(drop))?;
        let world = Self {
            folder,
            user,
            bottle,
            authority,
            environment: Vec::new(),
            connect_to: Vec::new(),
        };
        for place in ["project", "home", "state", "data"] {
            world.make_dir(&world.path(place))?;
        }
        Ok(world)
    }

    fn sandbox_can_be_had(&self) -> Result<(), String> {
        let tried = self.run(&["true"]);
        if tried.code == 77 {
            return Err(format!("no sandbox on this machine: {}", tried.stderr));
        }
        tried.ok();
        Ok(())
    }

    /// A place in the world, such as `home/.netrc`.
    pub(crate) fn path(&self, place: &str) -> PathBuf {
        self.folder.path().join(place)
    }

    /// Where commands start.
    pub(crate) fn project(&self) -> PathBuf {
        self.path("project")
    }

    pub(crate) fn home(&self) -> PathBuf {
        self.path("home")
    }

    /// Whether commands run as another user than the tests.
    pub(crate) fn is_another_user(&self) -> bool {
        self.user.is_some()
    }

    /// The authority that this world's host trusts.
    pub(crate) fn authority(&self) -> &Authority {
        &self.authority
    }

    /// Writes a file of the user's, with the directories to it.
    pub(crate) fn write(&self, place: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(place);
        self.make_dir(path.parent().expect("a place below the folder"))
            .and_then(|()| fs::write(&path, content))
            .and_then(|()| self.give(&path))
            .expect("a file");
        path
    }

    /// The same, to be run.
    pub(crate) fn write_program(&self, place: &str, content: &str) -> PathBuf {
        let path = self.write(place, content);
        fs::set_permissions(&path, Permissions::from_mode(0o755)).expect("its mode");
        path
    }

    /// Makes directories of the user's.
    pub(crate) fn make_dir(&self, path: &Path) -> io::Result<()> {
        if path.exists() {
            return Ok(());
        }
        if let Some(parent) = path.parent() {
            self.make_dir(parent)?;
        }
        fs::create_dir(path)?;
        self.give(path)
    }

    /// Gives a file to the user.
    pub(crate) fn give(&self, path: &Path) -> io::Result<()> {
        self.user.as_ref().map_or(Ok(()), |user| user.give(path))
    }

    /// The manifest in the project; [`run`](Self::run) names it with `-f`.
    pub(crate) fn manifest(&self, text: &str) -> PathBuf {
        self.write("project/bottle.yaml", text)
    }

    /// A manifest with these routes, each as in `host: api.example.com`, with
    /// the further keys of a route on lines of their own.
    pub(crate) fn routes(&self, routes: &[&str]) -> PathBuf {
        let mut text = "version: 1\negress:\n  routes:\n".to_owned();
        for route in routes {
            let lines = route.trim().replace('\n', "\n      ");
            text.extend(["    - ", &lines, "\n"]);
        }
        self.manifest(&text)
    }

    /// A variable of the person's own environment.
    pub(crate) fn env(&mut self, name: &str, value: &str) {
        self.environment.push((name.to_owned(), value.to_owned()));
    }

    /// An HTTPS server that `host` leads to.
    pub(crate) fn upstream(&mut self, host: &str, handler: Handler) -> Upstream {
        let upstream = Upstream::start(&self.authority, &[host], handler).expect("a port");
        self.lead(host, 443, &upstream);
        upstream
    }

    /// An HTTP server without TLS that `host` leads to, at port 80.
    pub(crate) fn plain_upstream(&mut self, host: &str, handler: Handler) -> Upstream {
        let upstream = Upstream::start_plain(handler).expect("a port");
        self.lead(host, 80, &upstream);
        upstream
    }

    /// Makes a host and port lead to an upstream.
    pub(crate) fn lead(&mut self, host: &str, port: u16, upstream: &Upstream) {
        self.connect_to.push(upstream.connect_to(host, port));
    }

    /// `bottle` with these arguments and nothing else.
    pub(crate) fn bottle(&self, args: &[&str]) -> Output {
        self.start_bottle(args).finish()
    }

    pub(crate) fn start_bottle(&self, args: &[&str]) -> Running {
        Running::start(self.command().args(args), Stdio::null())
    }

    /// A command in a bottle, with this world's manifest and upstreams.
    pub(crate) fn run(&self, argv: &[&str]) -> Output {
        self.start(argv).finish()
    }

    pub(crate) fn start(&self, argv: &[&str]) -> Running {
        Running::start(&mut self.run_command(argv), Stdio::null())
    }

    /// The same with a pipe to its standard input.
    pub(crate) fn start_with_input(&self, argv: &[&str]) -> Running {
        Running::start(&mut self.run_command(argv), Stdio::piped())
    }

    /// A shell script in a bottle.
    pub(crate) fn sh(&self, script: &str) -> Output {
        self.run(&["sh", "-c", script])
    }

    /// curl in a bottle, quiet, and bounded: `curl [ARGS]`.
    pub(crate) fn curl(&self, args: &[&str]) -> Output {
        self.run(&[&CURL, args].concat())
    }

    /// `bottle run` with everything that leads to this world's upstreams.
    pub(crate) fn run_command(&self, argv: &[&str]) -> Command {
        let mut command = self.command();
        command.arg("run");
        let manifest = self.project().join("bottle.yaml");
        if manifest.exists() {
            command.arg("-f").arg(manifest);
        }
        command.args(self.connect_to_args()).arg("--").args(argv);
        command
    }

    /// `--connect-to …` for every upstream.
    pub(crate) fn connect_to_args(&self) -> Vec<String> {
        self.connect_to
            .iter()
            .flat_map(|value| ["--connect-to".to_owned(), value.clone()])
            .collect()
    }

    /// `bottle` itself, in the project, with this world's environment only.
    pub(crate) fn command(&self) -> Command {
        self.host_command(&self.bottle)
    }

    /// Another program on the host, as the same person.
    #[expect(
        clippy::disallowed_methods,
        reason = "the environment is cleared on the next lines"
    )]
    pub(crate) fn host_command(&self, program: &Path) -> Command {
        let mut command = match &self.user {
            Some(user) => user.command(program),
            None => Command::new(program),
        };
        command
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", self.home())
            .env("XDG_STATE_HOME", self.path("state"))
            .env("XDG_DATA_HOME", self.path("data"))
            .env("SSL_CERT_FILE", self.path("ca.pem"))
            .env("TZ", "UTC")
            .envs(self.environment.iter().map(|(name, value)| (name, value)))
            .current_dir(self.project());
        command
    }

    /// What the audit log of the last run says.
    pub(crate) fn events(&self) -> Events {
        Events::read(&self.log_file())
    }

    /// The audit log of the last run.
    #[track_caller]
    pub(crate) fn log_file(&self) -> PathBuf {
        let logs = self.path("state/bottle/logs");
        let mut found: Vec<PathBuf> = below(&logs).iter().flat_map(|dir| below(dir)).collect();
        found.sort_by_key(|path| path.metadata().and_then(|m| m.modified()).ok());
        found.pop().expect("a run has left a log")
    }
}

fn below(dir: &Path) -> Vec<PathBuf> {
    fs::read_dir(dir)
        .map(|entries| entries.flatten().map(|entry| entry.path()).collect())
        .unwrap_or_default()
}

/// Whether a sandbox can be had is asked once for each user.
static CALLER: OnceLock<Result<(), String>> = OnceLock::new();
static ORDINARY: OnceLock<Result<(), String>> = OnceLock::new();

const CURL: [&str; 4] = ["curl", "-sS", "--max-time", "30"];
