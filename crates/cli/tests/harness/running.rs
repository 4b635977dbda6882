//! A `bottle` at work, and what is left of one that has ended. Neither outlives
//! its deadline.

use std::io::{Read, Write as _};
use std::os::unix::process::ExitStatusExt as _;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use bottle_test_support::eventually;
use parking_lot::Mutex;

/// How long anything may take, on a machine that has other work too.
pub(crate) const PATIENCE: Duration = Duration::from_mins(1);

/// What is left of a command that has ended.
#[derive(Clone, Debug)]
pub(crate) struct Output {
    /// The exit code; as a shell counts, 128 and the signal where one ended it.
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Output {
    /// Its standard output, after it has ended well.
    #[track_caller]
    pub(crate) fn ok(&self) -> &str {
        assert_eq!(self.code, 0, "{self:#?}");
        &self.stdout
    }

    /// Whether a text occurs in anything that was printed.
    pub(crate) fn says(&self, text: &str) -> bool {
        self.stdout.contains(text) || self.stderr.contains(text)
    }
}

/// A command at work. Dropped, it is killed.
#[derive(Debug)]
pub(crate) struct Running {
    child: Child,
    stdin: Option<ChildStdin>,
    stdout: Collected,
    stderr: Collected,
}

impl Running {
    pub(crate) fn start(command: &mut Command, stdin: Stdio) -> Self {
        let mut child = command
            .stdin(stdin)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        Self {
            stdin: child.stdin.take(),
            stdout: Collected::from(child.stdout.take().expect("a pipe")),
            stderr: Collected::from(child.stderr.take().expect("a pipe")),
            child,
        }
    }

    /// The process id on the host.
    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// What was printed so far.
    pub(crate) fn stdout(&self) -> String {
        self.stdout.text()
    }

    pub(crate) fn stderr(&self) -> String {
        self.stderr.text()
    }

    /// Writes to its standard input.
    pub(crate) fn write(&mut self, text: &str) {
        let stdin = self.stdin.as_mut().expect("started with a pipe");
        stdin
            .write_all(text.as_bytes())
            .and_then(|()| stdin.flush())
            .expect("it reads");
    }

    /// Waits until what it printed holds this text.
    #[track_caller]
    pub(crate) fn wait_for_stdout(&self, text: &str) {
        let seen = self.stdout.wait_for(text);
        assert!(seen, "no `{text}` in {self:#?}");
    }

    #[track_caller]
    pub(crate) fn wait_for_stderr(&self, text: &str) {
        let seen = self.stderr.wait_for(text);
        assert!(seen, "no `{text}` in {self:#?}");
    }

    pub(crate) fn has_ended(&mut self) -> bool {
        self.child.try_wait().expect("it is ours").is_some()
    }

    /// Kills it without a warning.
    pub(crate) fn kill(&mut self) {
        // An error means that it is over already.
        drop(self.child.kill());
    }

    /// Waits for its end, no longer than the patience of this file.
    #[track_caller]
    pub(crate) fn finish(mut self) -> Output {
        self.stdin = None;
        let end = Instant::now() + PATIENCE;
        if !eventually(PATIENCE, || self.has_ended()) {
            self.kill();
            panic!("not over in {PATIENCE:?}: {self:#?}");
        }
        let status = self.child.wait().expect("it is ours");
        let left = end.saturating_duration_since(Instant::now());
        let whole = eventually(left, || self.stdout.is_whole() && self.stderr.is_whole());
        assert!(whole, "something still holds its output: {self:#?}");
        Output {
            code: status
                .code()
                .unwrap_or_else(|| 128 + status.signal().unwrap_or_default()),
            stdout: self.stdout(),
            stderr: self.stderr(),
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.kill();
        // Leaves no zombie; what it printed is of no interest any more.
        drop(self.child.wait());
    }
}

/// What comes out of a pipe, gathered as it comes.
struct Collected {
    bytes: Arc<Mutex<Vec<u8>>>,
    reader: JoinHandle<()>,
}

impl Collected {
    fn from(mut pipe: impl Read + Send + 'static) -> Self {
        let bytes = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&bytes);
        let reader = std::thread::spawn(move || {
            let mut piece = [0; 8192];
            while let Ok(count @ 1..) = pipe.read(&mut piece) {
                kept.lock().extend(piece.iter().take(count));
            }
        });
        Self { bytes, reader }
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes.lock()).into_owned()
    }

    /// Looks again only when there is more to look at.
    fn wait_for(&self, text: &str) -> bool {
        let mut looked_at = None;
        eventually(PATIENCE, || {
            let bytes = self.bytes.lock().len();
            looked_at.replace(bytes) != Some(bytes) && self.text().contains(text)
        })
    }

    fn is_whole(&self) -> bool {
        self.reader.is_finished()
    }
}

impl std::fmt::Debug for Collected {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text())
    }
}
