//! One request through `git http-backend`, as CGI (RFC 3875) has it.
//!
//! Both bodies are streamed. The program ends with the request.

use std::io;
use std::path::PathBuf;
use std::process::Stdio;

use bytes::Bytes;
use http::{HeaderName, HeaderValue};
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};

use super::repository::environment;
use crate::upstream::{Call, Reply, Streamer};

const MAX_HEADERS: usize = 64;
const PIECE: usize = 32 << 10;

/// The program and the folder that it serves.
#[derive(Debug)]
pub(super) struct Backend {
    pub(super) git: PathBuf,
    pub(super) root: PathBuf,
}

/// What the program says before its body.
struct Head {
    status: u16,
    headers: Vec<(HeaderName, HeaderValue)>,
}

pub(super) async fn answer(backend: &Backend, call: Call) -> Reply {
    match run(backend, call).await {
        Ok(reply) => reply,
        Err(error) => Reply::new(500, format!("git http-backend: {error}\n")),
    }
}

async fn run(backend: &Backend, call: Call) -> io::Result<Reply> {
    let mut child = start(backend, &call)?;
    let (Some(stdin), Some(stdout)) = (child.stdin.take(), child.stdout.take()) else {
        return Err(io::ErrorKind::BrokenPipe.into());
    };
    let (reply, streamer) = Reply::streamed(200, &call);
    tokio::spawn(feed(call, stdin));
    let mut stdout = BufReader::new(stdout);
    let head = read_head(&mut stdout).await?;
    tokio::spawn(pour(stdout, streamer, child));
    let reply = reply.status(head.status);
    Ok(head
        .headers
        .into_iter()
        .fold(reply, |reply, (name, value)| reply.header(name, value)))
}

fn start(backend: &Backend, call: &Call) -> io::Result<Child> {
    let header = |name| call.header(name).unwrap_or_default();
    #[expect(
        clippy::disallowed_methods,
        reason = "the environment is cleared on the next line"
    )]
    Command::from(std::process::Command::new(&backend.git))
        .env_clear()
        .envs(environment(&backend.root))
        .env("GIT_PROJECT_ROOT", &backend.root)
        .env("GIT_HTTP_EXPORT_ALL", "1")
        .env("GIT_PROTOCOL", header("git-protocol"))
        .env("REQUEST_METHOD", call.method())
        .env("PATH_INFO", call.path())
        .env("QUERY_STRING", call.query().unwrap_or_default())
        .env("CONTENT_TYPE", header("content-type"))
        .env("CONTENT_LENGTH", header("content-length"))
        .env("HTTP_CONTENT_ENCODING", header("content-encoding"))
        .env("REMOTE_USER", "test")
        .env("REMOTE_ADDR", "127.0.0.1")
        .arg("http-backend")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
}

/// The request's body into the program, until either has had enough.
async fn feed(mut call: Call, mut stdin: ChildStdin) {
    while let Some(Ok(piece)) = call.piece().await {
        if stdin.write_all(&piece).await.is_err() {
            break;
        }
    }
}

/// The rest of the program's output into the reply.
async fn pour(mut stdout: BufReader<ChildStdout>, mut streamer: Streamer, child: Child) {
    let mut piece = vec![0; PIECE];
    loop {
        match stdout.read(&mut piece).await {
            Ok(0) => break,
            Ok(read) => {
                let piece = piece.get(..read).unwrap_or_default();
                if streamer.send(Bytes::copy_from_slice(piece)).await.is_err() {
                    break;
                }
            }
            Err(_) => return streamer.break_off(),
        }
    }
    drop(child);
}

async fn read_head(stdout: &mut BufReader<ChildStdout>) -> io::Result<Head> {
    let mut head = Head {
        status: 200,
        headers: Vec::new(),
    };
    for _ in 0..MAX_HEADERS {
        let mut line = String::new();
        if stdout.read_line(&mut line).await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let line = line.trim_end();
        if line.is_empty() {
            return Ok(head);
        }
        head.take(line).ok_or(io::ErrorKind::InvalidData)?;
    }
    Err(io::ErrorKind::InvalidData.into())
}

impl Head {
    fn take(&mut self, line: &str) -> Option<()> {
        let (name, value) = line.split_once(':')?;
        let value = value.trim();
        if name.eq_ignore_ascii_case("status") {
            self.status = value.get(..3)?.parse().ok()?;
        } else {
            self.headers.push((name.parse().ok()?, value.parse().ok()?));
        }
        Some(())
    }
}
