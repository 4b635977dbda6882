//! Cloning and pushing with the real git.

use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

use super::*;
use crate::skip;

/// A client with a certificate file and a folder to work in.
struct Client {
    git: PathBuf,
    folder: TempDir,
}

impl Client {
    fn of(authority: &Authority) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        authority.write_pem(&folder.path().join("ca.pem")).unwrap();
        let git = find_program("git")?;
        Some(Self { git, folder })
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "the environment is cleared on the next line"
    )]
    fn run(&self, arguments: &[&str], within: &Path) -> Output {
        Command::new(&self.git)
            .env_clear()
            .envs(repository::environment(self.folder.path()))
            .env("GIT_SSL_CAINFO", self.folder.path().join("ca.pem"))
            .env("GIT_TERMINAL_PROMPT", "0")
            .current_dir(within)
            .args(["-c", "user.name=Test", "-c", "user.email=test@example.com"])
            .args(arguments)
            .output()
            .unwrap()
    }

    fn clone_from(&self, url: &str) -> Output {
        self.run(&["clone", "-q", url, "copy"], self.folder.path())
    }

    fn copy(&self) -> PathBuf {
        self.folder.path().join("copy")
    }
}

fn start(authority: &Authority, access: Access) -> GitHost {
    let files = [("README.md", "# App\n"), ("src/a.txt", "a")];
    GitHost::start(authority, &["localhost"], "acme/app.git", &files, access).unwrap()
}

fn url(host: &GitHost, user: &str) -> String {
    let port = host.upstream().addr().port();
    format!("https://{user}localhost:{port}/acme/app.git")
}

/// More than git sends in one piece, and nothing that it could compress.
fn noise() -> Vec<u8> {
    let step = |state: &u64| Some(state.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(1));
    std::iter::successors(Some(1_u64), step)
        .map(|state| state.to_be_bytes()[0])
        .take(2 << 20)
        .collect()
}

#[test]
fn a_repository_is_cloned_and_pushed_to() {
    let authority = Authority::new().unwrap();
    let Some(client) = Client::of(&authority) else {
        skip!("no git on this machine");
    };
    let host = start(&authority, Access::Anyone);
    let cloned = client.clone_from(&url(&host, ""));
    assert!(cloned.status.success(), "{cloned:?}");
    let copy = client.copy();
    assert_eq!(
        std::fs::read_to_string(copy.join("src/a.txt")).unwrap(),
        "a"
    );

    std::fs::write(copy.join("large.bin"), noise()).unwrap();
    for arguments in [
        &["add", "."][..],
        &["commit", "-q", "-m", "More"],
        &["push", "-q", "origin", "HEAD:refs/heads/agent/one"],
    ] {
        let output = client.run(arguments, &copy);
        assert!(output.status.success(), "{output:?}");
    }
    let pushed = host.resolve("refs/heads/agent/one").unwrap().unwrap();
    let head = client.run(&["rev-parse", "HEAD"], &copy);
    assert_eq!(pushed, String::from_utf8(head.stdout).unwrap().trim());
    assert_eq!(host.resolve("refs/heads/other").unwrap(), None);
    let requests = host.upstream().requests();
    let pack = requests.iter().max_by_key(|it| it.body_bytes).unwrap();
    assert_eq!(pack.header("transfer-encoding"), Some("chunked"));
}

#[test]
fn a_password_is_asked_for_before_it_is_sent() {
    let authority = Authority::new().unwrap();
    let Some(client) = Client::of(&authority) else {
        skip!("no git on this machine");
    };
    let host = start(&authority, Access::basic("x-access-token", "tok_123"));
    assert!(!client.clone_from(&url(&host, "")).status.success());
    assert!(!client.clone_from(&url(&host, "x:y@")).status.success());
    let refused = host.upstream().requests().len();
    let cloned = client.clone_from(&url(&host, "x-access-token:tok_123@"));
    assert!(cloned.status.success(), "{cloned:?}");
    let requests = host.upstream().requests();
    assert_eq!(requests[refused].header("authorization"), None);
    assert!(requests[refused + 1].header("authorization").is_some());
}

#[test]
fn what_is_not_a_repository_is_not_served() {
    let authority = Authority::new().unwrap();
    let Some(client) = Client::of(&authority) else {
        skip!("no git on this machine");
    };
    let host = start(&authority, Access::Anyone);
    let url = url(&host, "").replace("app.git", "other.git");
    assert!(!client.clone_from(&url).status.success());
    let folder = host.repository();
    drop(host);
    assert!(!folder.exists());
}
