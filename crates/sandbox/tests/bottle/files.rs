// SPDX-License-Identifier: Apache-2.0 OR MIT
// Copyright the bot-bottle authors
//! What of the host can be seen, and what can be changed.

use std::fs;
use std::os::linux::net::SocketAddrExt as _;
use std::os::unix::fs::MetadataExt as _;
use std::os::unix::net::{SocketAddr, UnixListener, UnixStream};

use bottle_sandbox::{Access, Exit, File};

use crate::Test;
use crate::support::Trial;

/// Makes this program the client of a local socket.
pub(crate) const ARGUMENT: &str = "__unix";

pub(crate) const TESTS: &[Test] = &[
    (
        "the_project_is_writable_and_keeps_its_owner",
        the_project_keeps_its_owner,
    ),
    ("the_rest_is_read_only", the_rest_is_read_only),
    ("home_is_private_and_empty", home_is_private_and_empty),
    ("the_host_is_absent", the_host_is_absent),
    ("hidden_paths_cannot_be_read", hidden_paths_cannot_be_read),
    ("given_files_are_there", given_files_are_there),
    ("a_missing_place_is_reported", a_missing_place_is_reported),
    ("git_hooks_and_config_are_protected", git_is_protected),
    ("submodules_are_protected", submodules_are_protected),
    ("missing_hooks_cannot_be_made", missing_hooks_cannot_be_made),
    ("git_is_not_led_elsewhere", git_is_not_led_elsewhere),
    (
        "files_named_by_git_config_are_protected",
        files_named_by_git_config,
    ),
    ("the_manifest_is_protected", the_manifest_is_protected),
    (
        "no_link_makes_another_place_writable",
        no_link_makes_another_place_writable,
    ),
    (
        "sockets_of_the_host_are_covered",
        sockets_of_the_host_are_covered,
    ),
    (
        "a_stream_cannot_be_reopened_for_writing",
        a_stream_cannot_be_reopened,
    ),
    ("dangerous_trees_are_refused", dangerous_trees_are_refused),
    ("devices_work", devices_work),
];

/// The client's part: connects to a local socket by path, or by abstract name after `@`.
pub(crate) fn run(name: &str) -> i32 {
    let result = match name.strip_prefix('@') {
        Some(name) => UnixStream::connect_addr(&SocketAddr::from_abstract_name(name).unwrap()),
        None => UnixStream::connect(name),
    };
    match result {
        Ok(_) => println!("connected"),
        Err(error) => println!("{:?}", error.kind()),
    }
    0
}

fn the_project_keeps_its_owner() {
    let mut trial =
        Trial::script("echo new > made; mkdir d; echo more >> old; ls -ln old | cut -d' ' -f3")
            .has("old", "text\n");
    let inside = trial.output();
    let owner = fs::metadata(trial.path()).unwrap().uid();
    for name in ["made", "d"] {
        assert_eq!(fs::metadata(trial.path().join(name)).unwrap().uid(), owner);
    }
    assert_eq!(
        fs::read_to_string(trial.path().join("old")).unwrap(),
        "text\nmore\n"
    );
    assert_ne!(inside.trim(), "0");
}

fn the_rest_is_read_only() {
    let script = "for d in / /usr /etc /opt /dev /var /bin /proc/sys; do \
        touch $d/x 2>/dev/null && echo wrote $d; done; true";
    assert_eq!(Trial::script(script).output(), "");
}

fn home_is_private_and_empty() {
    let mut trial = Trial::script(
        "ls -A \"$HOME\"; echo x > \"$HOME/bottle-test-x\"; cat \"$HOME/bottle-test-x\"",
    );
    let home = trial.spec.home.clone();
    trial.spec.env.push(("HOME".into(), home.clone().into()));
    assert_eq!(trial.output(), "x\n");
    assert!(!home.join("bottle-test-x").exists());
}

fn the_host_is_absent() {
    let outside = tempfile::NamedTempFile::new().unwrap();
    let script = format!(
        "for p in /sys/kernel /boot /root/.bashrc /run/systemd /var/log/dpkg.log {} /dev/kvm /dev/mem; do \
         test -e $p && echo saw $p; done; cat /etc/shadow 2>/dev/null; ls /proc | grep -c '^[0-9]'",
        outside.path().display()
    );
    let seen = Trial::script(&script).output();
    let info = bottle_sandbox::probe(&crate::support::helper()).unwrap();
    if info.proc_view == bottle_sandbox::ProcView::Own {
        assert!(seen.trim().parse::<u32>().unwrap() < 8, "{seen}");
    }
}

fn hidden_paths_cannot_be_read() {
    let script = "cat .env 2>&1; cat config/.env 2>&1; ls keys 2>&1; cat keys/a 2>&1; \
        mv .env x 2>&1; chmod 644 config/.env 2>&1; true";
    let mut trial = Trial::script(script)
        .has("config/.env", "SECRET")
        .has("keys/a", "SECRET");
    std::os::unix::fs::symlink("config/.env", trial.path().join(".env")).unwrap();
    trial.spec.hidden = ["none", ".env", "keys"]
        .map(|name| trial.path().join(name))
        .to_vec();
    let text = trial.output();
    assert!(!text.contains("SECRET"), "{text}");
    assert_eq!(
        fs::read_to_string(trial.path().join(".env")).unwrap(),
        "SECRET"
    );
}

fn given_files_are_there() {
    let script = "cat \"$1\" /etc/issue; echo new > \"$1.tmp\" && mv \"$1.tmp\" \"$1\" && cat \"$1\"; \
        echo no 2>/dev/null > /etc/issue; ls -l \"$1\" | cut -c1-10";
    let mut trial = Trial::new(&["sh", "-c", script, "sh"]);
    let private = trial.spec.home.join(".config/tool/token");
    trial.spec.argv.push(private.clone().into());
    let file = |path, content: &str, access| File {
        path,
        content: content.as_bytes().to_vec(),
        mode: 0o600,
        access,
    };
    trial.spec.files = vec![
        file(private, "placeholder\n", Access::Private),
        file("/etc/issue".into(), "issue\n", Access::ReadOnly),
    ];
    let text = trial.output();
    assert!(text.starts_with("placeholder\nissue\nnew\n"), "{text}");
}

fn a_missing_place_is_reported() {
    let mut trial = Trial::new(&["true"]);
    trial.spec.files = vec![File {
        path: "/etc/no-such-directory/bundle.pem".into(),
        content: Vec::new(),
        mode: 0o644,
        access: Access::ReadOnly,
    }];
    let (_out, _err) = trial.piped();
    let launched = bottle_sandbox::launch(&trial.spec).unwrap();
    assert_eq!(
        launched.info.skipped_files,
        [trial.spec.files[0].path.clone()]
    );
}

fn repository(trial: Trial) -> Trial {
    trial
        .has(".git/HEAD", "ref: refs/heads/main\n")
        .has(".git/objects/x", "")
        .has(".git/config", "[core]\n")
        .has(".git/hooks/pre-commit.sample", "")
}

fn git_is_protected() {
    let script = "mv .git .git2 2>&1 && echo moved; rm -rf .git/hooks/* 2>/dev/null; \
        echo evil 2>/dev/null > .git/hooks/pre-commit && echo wrote hook; \
        echo evil 2>/dev/null >> .git/config && echo wrote config; \
        mv .git/hooks .git/h 2>/dev/null && echo moved hooks; \
        cp .git/config .git/c && mv -f .git/c .git/config 2>/dev/null && echo replaced config; \
        ln -f .git/HEAD .git/config 2>/dev/null && echo linked; \
        echo x > .git/index.lock && mv .git/index.lock .git/index && echo usable";
    let mut trial = repository(Trial::script(script));
    let outcome = trial.run();
    let text = outcome.stdout;
    assert!(text.ends_with("usable\n"), "{text} {}", outcome.stderr);
    for word in ["moved", "wrote", "replaced", "linked"] {
        assert!(
            !text.contains(&format!("{word}\n")) && !text.contains(&format!("{word} ")),
            "{text}"
        );
    }
    assert!(text.contains("busy"), "{text}");
    assert_eq!(
        fs::read_to_string(trial.path().join(".git/config")).unwrap(),
        "[core]\n"
    );
    assert!(trial.path().join(".git/hooks/pre-commit.sample").exists());
    assert_eq!(outcome.exit.unwrap(), Exit::Code(0));
}

fn submodules_are_protected() {
    let script = "cd .git/modules/a/b && echo evil 2>/dev/null >> config && echo wrote config; \
        echo evil 2>/dev/null > hooks/post-checkout && echo wrote hook; \
        cd ../.. && mv a c 2>/dev/null && echo moved; mv a/b a/c 2>/dev/null && echo moved; \
        echo evil 2>/dev/null > ../worktrees/w/commondir && echo wrote commondir; true";
    let mut trial = repository(Trial::script(script))
        .has(".git/modules/a/b/HEAD", "ref: refs/heads/main\n")
        .has(".git/modules/a/b/config", "[core]\n")
        .has(".git/worktrees/w/commondir", "../..\n");
    assert_eq!(trial.output(), "");
}

fn missing_hooks_cannot_be_made() {
    let script = "echo evil 2>/dev/null > .git/hooks/post-checkout && echo wrote; rmdir .git/hooks 2>/dev/null && echo removed; true";
    let mut trial = Trial::script(script)
        .has(".git/HEAD", "ref: refs/heads/main\n")
        .has(".git/config", "");
    assert_eq!(trial.output(), "");
    let owner = fs::metadata(trial.path()).unwrap().uid();
    assert_eq!(
        fs::metadata(trial.path().join(".git/hooks")).unwrap().uid(),
        owner
    );
}

/// `commondir` sends git to another configuration; it cannot be made, and leaves no trace.
fn git_is_not_led_elsewhere() {
    let script = "for how in 'rm -f' 'mv evil' 'ln -sf evil' 'cp evil'; do \
        $how .git/commondir 2>/dev/null && echo did $how; done; cat .git/commondir; \
        command -v git >/dev/null && git init -q x && git -C x status >/dev/null && echo git works";
    let mut trial = repository(Trial::script(script)).has("evil", "../evil\n");
    let text = trial.output();
    assert!(!text.contains("did"), "{text}");
    assert!(text.starts_with(".\n"), "{text}");
    assert!(!trial.path().join(".git/commondir").exists());
    // One bottle's end leaves the other's guard in place.
    let (_out, _err) = trial.piped();
    let first = bottle_sandbox::launch(&trial.spec).unwrap();
    let second = bottle_sandbox::launch(&trial.spec).unwrap();
    drop(first);
    assert!(trial.path().join(".git/commondir").exists());
    drop(second);
    assert!(!trial.path().join(".git/commondir").exists());
}

fn files_named_by_git_config() {
    let script = "echo evil 2>/dev/null >> .gitconfig && echo wrote; echo evil 2>/dev/null > .husky/pre-commit && echo wrote; \
        mv .husky h 2>/dev/null && echo moved; true";
    let mut trial = repository(Trial::script(script))
        .has(
            ".git/config",
            "[include]\npath = ../.gitconfig\n[core]\nhooksPath = .husky\n",
        )
        .has(".gitconfig", "")
        .has(".husky/x", "");
    assert_eq!(trial.output(), "");
}

fn the_manifest_is_protected() {
    let script = "echo evil 2>/dev/null > conf/bottle.yaml && echo wrote; rm -f conf/bottle.yaml 2>/dev/null && echo removed; \
        mv conf conf2 2>/dev/null && echo moved; true";
    let mut trial = Trial::script(script).has("conf/bottle.yaml", "version: 1\n");
    trial.spec.protect = vec![trial.path().join("conf/bottle.yaml")];
    assert_eq!(trial.output(), "");
}

fn sockets_of_the_host_are_covered() {
    let mut trial = Trial::new(&[]).has("deep/er/x", "");
    let path = trial.path().join("deep/er/host.sock");
    let _listener = UnixListener::bind(&path).unwrap();
    let program = crate::support::helper();
    trial.spec.argv = vec![program.into(), ARGUMENT.into(), path.into()];
    let text = trial.output();
    assert!(!text.contains("connected"), "{text}");
}

/// What came in by a descriptor must not become more through /proc.
fn a_stream_cannot_be_reopened() {
    let outside = tempfile::NamedTempFile::new().unwrap();
    fs::write(outside.path(), "input\n").unwrap();
    let mut trial = Trial::script(
        "cat; (echo evil > /proc/self/fd/0) 2>/dev/null && echo wrote; cat /proc/self/fd/0 2>/dev/null; true",
    );
    let (out, _err) = trial.piped();
    if let bottle_sandbox::Stdio::Piped { stdin, .. } = &mut trial.spec.stdio {
        *stdin = fs::File::open(outside.path()).unwrap().into();
    }
    let running = bottle_sandbox::launch(&trial.spec)
        .unwrap()
        .start()
        .unwrap();
    trial.spec.stdio = bottle_sandbox::Stdio::Inherit;
    running.wait().unwrap();
    assert_eq!(crate::support::text(out), "input\n");
    assert_eq!(fs::read_to_string(outside.path()).unwrap(), "input\n");
}

/// A project may bring links, and a command may leave some for the next bottle.
fn no_link_makes_another_place_writable() {
    let elsewhere = tempfile::tempdir().unwrap();
    fs::create_dir(elsewhere.path().join("below")).unwrap();
    fs::write(elsewhere.path().join("file"), "ours").unwrap();
    for (link, writable) in [("", "link"), ("", "link/below"), ("file", "link")] {
        let mut trial = Trial::new(&["sh", "-c", "echo theirs > link/file || echo theirs > link"]);
        let at = trial.path().join("link");
        std::os::unix::fs::symlink(elsewhere.path().join(link), at).unwrap();
        trial.spec.writable.push(trial.path().join(writable));
        let error = trial.run().exit.unwrap_err();
        assert!(matches!(error, bottle_sandbox::Error::Spec(_)), "{error}");
    }
    let kept = fs::read_to_string(elsewhere.path().join("file")).unwrap();
    assert_eq!(kept, "ours");
}

fn dangerous_trees_are_refused() {
    let refused = [
        "/",
        "/usr",
        "/etc",
        "/etc/cron.d",
        "/usr/local/bin",
        "/usr/lib",
        "/lib",
        "/boot",
        "/proc/1",
        "relative",
        "/tmp/../etc",
    ];
    for path in refused {
        let mut trial = Trial::new(&["true"]);
        trial.spec.writable = vec![path.into()];
        let error = trial.run().exit.unwrap_err();
        assert!(
            matches!(error, bottle_sandbox::Error::Spec(_)),
            "{path}: {error}"
        );
    }
    let mut trial = Trial::new(&["true"]);
    trial.spec.writable = vec![trial.spec.home.clone()];
    assert!(trial.run().exit.is_err());
}

fn devices_work() {
    let script = "echo x > /dev/null && head -c4 /dev/urandom | wc -c && head -c2 /dev/zero | wc -c; \
        test -e /dev/fd/0 && touch /dev/shm/x && echo shm";
    assert_eq!(Trial::script(script).output(), "4\n2\nshm\n");
}
