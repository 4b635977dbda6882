//! The inbox's socket: where a person's answers come in.
//!
//! Its directory and itself are the owner's alone, and the directory is hidden
//! from the bottle, so that no agent answers its own questions.

use std::fs::{DirBuilder, Permissions};
use std::io;
use std::os::unix::fs::{DirBuilderExt as _, PermissionsExt as _};
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use nix::unistd::geteuid;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::UnixStream;
use tokio::task::JoinSet;
use tokio::time::timeout;

use crate::inbox::Inbox;
use crate::wire::{Call, Reply};

/// A call is no longer than this.
const LONGEST: u64 = 4096;
/// A call comes at once.
const SILENCE: Duration = Duration::from_secs(5);
/// Callers that are served at once.
const CALLERS: usize = 8;

/// The socket's name ends so.
pub(crate) const SUFFIX: &str = "inbox";

/// A socket that takes answers. Dropped, it is gone.
#[derive(Debug)]
pub struct Desk {
    listener: UnixListener,
    path: PathBuf,
}

impl Desk {
    /// Makes the socket, and its directory where that is not there.
    ///
    /// # Errors
    /// What the kernel said.
    pub fn open(logs: &Path, run: &str) -> io::Result<Self> {
        DirBuilder::new().recursive(true).mode(0o700).create(logs)?;
        let path = logs.join(format!("{run}.{SUFFIX}"));
        let listener = short(&path, |short| UnixListener::bind(short))?;
        // The directory keeps others out already.
        std::fs::set_permissions(&path, Permissions::from_mode(0o600))?;
        Ok(Self { listener, path })
    }

    /// Serves until it is dropped.
    ///
    /// # Errors
    /// A socket that the runtime cannot take.
    pub async fn serve(self, inbox: Arc<Inbox>) -> io::Result<()> {
        self.listener.set_nonblocking(true)?;
        let listener = tokio::net::UnixListener::from_std(self.listener.try_clone()?)?;
        let mut callers = JoinSet::new();
        loop {
            let (stream, _) = listener.accept().await?;
            while callers.try_join_next().is_some() {}
            if callers.len() < CALLERS && is_ours(&stream) {
                callers.spawn(call(stream, Arc::clone(&inbox)));
            }
        }
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        // Where it cannot be removed, a caller finds nobody at it.
        drop(std::fs::remove_file(&self.path));
    }
}

/// Nobody else's word counts, root's aside.
fn is_ours(stream: &UnixStream) -> bool {
    let caller = stream.peer_cred();
    caller.is_ok_and(|caller| caller.uid() == geteuid().as_raw() || caller.uid() == 0)
}

async fn call(stream: UnixStream, inbox: Arc<Inbox>) {
    let (reader, mut writer) = stream.into_split();
    let mut reader = BufReader::new(reader.take(LONGEST));
    let mut line = String::new();
    // One that says nothing, or nothing we understand, is told nothing.
    let read = timeout(SILENCE, reader.read_line(&mut line)).await;
    if !matches!(read, Ok(Ok(_))) {
        return;
    }
    let Ok(call) = serde_json::from_str::<Call>(&line) else {
        return;
    };
    let reply = match call {
        Call::List => Reply::Open {
            questions: inbox.open(),
        },
        Call::Answer { id, word, scope } => match inbox.answer(&id, word, scope) {
            Ok(()) => Reply::Done,
            Err(_) => Reply::NotOpen,
        },
    };
    let mut text = serde_json::to_vec(&reply).unwrap_or_default();
    text.push(b'\n');
    // The answer is in force, whether its giver hears of it or not.
    drop(writer.write_all(&text).await);
}

/// Calls with a path that fits a socket's address, which holds 107 bytes: one
/// through the directory's descriptor, where the path itself does not fit.
pub(crate) fn short<T>(path: &Path, call: impl FnOnce(&Path) -> io::Result<T>) -> io::Result<T> {
    const ROOM: usize = 107;
    if path.as_os_str().len() <= ROOM {
        return call(path);
    }
    let (Some(directory), Some(name)) = (path.parent(), path.file_name()) else {
        return call(path);
    };
    let directory = std::fs::File::open(directory)?;
    let descriptor = std::os::fd::AsRawFd::as_raw_fd(&directory);
    call(
        &Path::new("/proc/self/fd")
            .join(descriptor.to_string())
            .join(name),
    )
}

#[cfg(test)]
mod tests {
    use bottle_policy::{Answer, Held, Who};

    use super::*;
    use crate::client;
    use crate::wire::{Scope, Word};

    fn held() -> Held {
        Held {
            who: Who::default(),
            host: "a.example".to_owned(),
            port: 443,
            method: "POST".to_owned(),
            path: "/".to_owned(),
            findings: Vec::new(),
        }
    }

    /// A desk that is served, with its inbox.
    fn served(logs: &Path) -> (PathBuf, Arc<Inbox>, tokio::task::JoinHandle<io::Result<()>>) {
        let inbox = Inbox::new("app", |_| ());
        let desk = Desk::open(&logs.join("app"), "run").unwrap();
        let path = desk.path.clone();
        let serving = tokio::spawn(desk.serve(Arc::clone(&inbox)));
        (path, inbox, serving)
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn a_person_lists_and_answers_however_deep_the_directory() {
        let dir = tempfile::tempdir().unwrap();
        for logs in [dir.path().to_owned(), dir.path().join("deep/".repeat(30))] {
            let (path, inbox, serving) = served(&logs);
            assert_eq!(client::desks(&logs, None), std::slice::from_ref(&path));
            assert_eq!(client::desks(&logs, Some("app")).len(), 1);
            assert!(client::desks(&logs, Some("other")).is_empty());
            let mode = std::fs::metadata(&path).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
            let asking = {
                let inbox = Arc::clone(&inbox);
                tokio::spawn(async move { inbox.ask(held()).await })
            };
            while inbox.open().is_empty() {
                tokio::task::yield_now().await;
            }
            let open = client::questions(&path).unwrap();
            assert_eq!(open, inbox.open());
            assert_eq!(open[0].host, "a.example");
            let id = &open[0].id;
            client::answer(&path, id, Word::Allow, Scope::Once).unwrap();
            assert_eq!(asking.await.unwrap(), Answer::Allowed);
            let again = client::answer(&path, id, Word::Deny, Scope::Once);
            assert!(matches!(again, Err(client::Error::NotOpen)), "{again:?}");
            serving.abort();
            drop(serving.await);
            assert!(!path.exists());
        }
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn noise_and_silence_answer_nothing_and_hold_up_nobody() {
        use std::io::{Read as _, Write as _};
        use std::os::unix::net::UnixStream;
        let dir = tempfile::tempdir().unwrap();
        let (path, _inbox, serving) = served(dir.path());
        let silent = UnixStream::connect(&path).unwrap();
        let long = vec![b'x'; 1 << 16];
        for noise in [&b"{}\n"[..], b"\xff\n", b"{\"call\":\"answer\"}\n", &long] {
            let mut stream = UnixStream::connect(&path).unwrap();
            // It may hang up before all of it was written.
            drop(stream.write_all(noise));
            let mut said = Vec::new();
            drop(stream.read_to_end(&mut said));
            assert_eq!(said, b"");
        }
        assert_eq!(client::questions(&path).unwrap(), []);
        drop(silent);
        serving.abort();
    }

    #[test]
    fn a_run_that_was_killed_asks_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let desk = Desk::open(dir.path(), "run").unwrap();
        let path = desk.path.clone();
        let kept = dir.path().join("kept.inbox");
        std::fs::hard_link(&path, &kept).unwrap();
        drop(desk);
        let answer = client::answer(&kept, "0000", Word::Allow, Scope::Run);
        assert!(matches!(answer, Err(client::Error::Io(_))), "{answer:?}");
        assert_eq!(client::questions(&kept).unwrap(), []);
        assert_eq!(client::questions(&path).unwrap(), []);
        assert!(!kept.exists());
    }
}
