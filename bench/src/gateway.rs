//! A running `bottle gateway`.

use std::io::{self, BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use tempfile::TempDir;

use crate::client::{self, Way};
use crate::clock::cpu_time;
use crate::origin::{NAME, Origin};

/// The port of the server that notes when it sent its events.
pub(crate) const NOTING_PORT: u16 = 8443;

/// The process; dropping it ends it.
pub(crate) struct Gateway {
    child: Child,
    addr: SocketAddr,
    folder: TempDir,
}

impl Gateway {
    pub(crate) fn start(bottle: &Path, origin: &Origin) -> io::Result<Self> {
        let folder = tempfile::tempdir()?;
        let manifest = folder.path().join("bottle.yaml");
        std::fs::write(&manifest, MANIFEST)?;
        let mut child = command(bottle, folder.path())
            .env("SSL_CERT_FILE", origin.pem_file())
            .arg("gateway")
            .args(["-f".as_ref(), manifest.as_os_str()])
            .args(["--listen", "127.0.0.1:0"])
            .args(["--ca-cert".as_ref(), ca_file(folder.path()).as_os_str()])
            .args(["--connect-to", &origin.plain.connect_to(NAME, 443)])
            .args(["--connect-to", &origin.noting.connect_to(NAME, NOTING_PORT)])
            .stderr(Stdio::piped())
            .spawn()?;
        let addr = listening(&mut child)?;
        Ok(Self {
            child,
            addr,
            folder,
        })
    }

    /// The way through the bottle.
    pub(crate) fn way(&self) -> io::Result<Way> {
        let pem = std::fs::read_to_string(ca_file(self.folder.path()))?;
        Ok(Way::tunnel(self.addr, client::tls(&pem)?))
    }

    /// The time it spent on a processor so far.
    pub(crate) fn cpu(&self) -> io::Result<Duration> {
        cpu_time(self.child.id())
    }
}

impl Drop for Gateway {
    fn drop(&mut self) {
        // It may have ended by itself, which was reported where it was missed.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// `bottle` with a home and a state folder of its own.
#[expect(
    clippy::disallowed_methods,
    reason = "the program that is measured; its environment is cleared"
)]
pub(crate) fn command(bottle: &Path, home: &Path) -> Command {
    let mut command = Command::new(bottle);
    command
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("HOME", home)
        .current_dir(home)
        .stdin(Stdio::null());
    command
}

fn ca_file(folder: &Path) -> PathBuf {
    folder.join("ca.pem")
}

/// Reads what the gateway says until it says where it listens, and goes on
/// reading, so that it never waits for us.
fn listening(child: &mut Child) -> io::Result<SocketAddr> {
    let stderr = child.stderr.take().ok_or(io::ErrorKind::BrokenPipe)?;
    let mut lines = BufReader::new(stderr).lines();
    let mut said = String::new();
    for line in lines.by_ref() {
        let line = line?;
        let found = line.split_once("listening on ");
        if let Some(addr) = found.and_then(|(_, rest)| rest.trim().parse().ok()) {
            std::thread::spawn(move || lines.for_each(drop));
            return Ok(addr);
        }
        said.push_str(&line);
        said.push('\n');
    }
    Err(io::Error::other(format!("the gateway ended: {said}")))
}

const MANIFEST: &str = "\
version: 1
name: bench
egress:
  routes:
    - host: origin.example
    - host: origin.example
      port: 8443
";
