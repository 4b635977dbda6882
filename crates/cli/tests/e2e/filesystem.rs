//! What an agent sees of the machine, and what it can change.

use std::os::unix::fs::{FileTypeExt as _, MetadataExt as _};
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use crate::harness::{Running, User, as_each_user, inside, program_or_skip, world_or_skip};

/// Something that stands for what nobody but its owner should read.
const PRIVATE: &str = "only-for-the-person-0b9a7c";

as_each_user! {
    fn the_project_can_be_changed_and_stays_the_persons(world) {
        world.write("project/src/old.txt", "old");
        world.sh("echo new > src/old.txt && mkdir -p made/here && echo more > made/here/file \
            && ln -s file made/here/link && chmod +x made/here/file && mv src/old.txt src/moved.txt").ok();
        let moved = world.path("project/src/moved.txt");
        assert_eq!(std::fs::read_to_string(&moved).unwrap(), "new\n");
        let owner = world.project().metadata().unwrap().uid();
        for made in ["made", "made/here", "made/here/file", "made/here/link"] {
            let path = world.project().join(made);
            assert_eq!(path.symlink_metadata().unwrap().uid(), owner, "{made}");
        }
    }

    fn the_rest_cannot_be_changed(world) {
        world.write("home/work/other.txt", "of another project");
        let work = world.path("home/work");
        let said = world.sh(&format!(
            "for place in /etc /usr /usr/bin /bin /lib /opt / /proc/sys/kernel {0}; do \
               touch $place/made-inside 2>/dev/null && echo changed $place; done; \
             rm -f {0}/other.txt 2>/dev/null; \
             echo x 2>/dev/null >> {0}/other.txt; cat {0}/other.txt",
            work.display()
        ));
        // The other project is there to be read.
        assert_eq!(said.ok(), "of another project");
    }

    fn temporary_files_and_the_home_are_the_bottles_own(world) {
        let outside = tempfile::Builder::new().prefix("bottle-e2e-outside-").tempfile().unwrap();
        let outside = outside.path().to_string_lossy().into_owned();
        let mark = format!("{}-mark", world.project().parent().unwrap().file_name().unwrap().to_string_lossy());
        let said = world.sh(&format!(
            "test -e {outside} && echo seen; ls -A \"$HOME\"; \
             for place in /tmp /var/tmp /dev/shm \"$HOME\"; do echo x > $place/{mark} || echo refused; done"
        ));
        assert_eq!(said.ok(), "");
        for place in [Path::new("/tmp"), Path::new("/var/tmp"), Path::new("/dev/shm"), &world.home()] {
            assert!(!place.join(&mark).exists(), "{}", place.display());
        }
        let again = world.sh(&format!("ls /tmp \"$HOME\" | grep {mark}"));
        assert_eq!(again.code, 1, "{again:#?}");
    }

    fn what_holds_credentials_is_not_seen(world) {
        let places = [
            ".ssh/id_ed25519", ".ssh/config", ".aws/credentials", ".gnupg/private-keys-v1.d/key", ".netrc",
            ".git-credentials", ".npmrc", ".pypirc", ".docker/config.json", ".kube/config", ".config/gh/hosts.yml",
            ".config/gcloud/credentials.db", ".cargo/credentials.toml", ".bash_history",
            ".claude/.credentials.json", ".codex/auth.json", ".unheard-of/token",
        ];
        for place in places {
            world.write(&format!("home/{place}"), PRIVATE);
        }
        world.write("home/work/notes.txt", "to be seen");
        let said = world.sh(&format!(
            "cd; cat {} 2>/dev/null; {}", places.join(" "), inside::SHOW_EVERYTHING
        ));
        assert!(said.ok().contains("to be seen"));
        assert!(!said.says(PRIVATE), "{said:#?}");
        assert!(!said.says("0b9a7c"));
    }

    fn the_manifest_cannot_be_changed(world) {
        let text = "version: 1\n";
        let manifest = world.manifest(text);
        let said = world.sh(
            "for try in 'echo x >> bottle.yaml' 'rm -f bottle.yaml' 'mv bottle.yaml away' \
               'mv away bottle.yaml' 'ln -f /etc/hosts bottle.yaml' 'sed -i s/1/2/ bottle.yaml' 'chmod 777 bottle.yaml' \
               'truncate -s 0 bottle.yaml' \"mv $PWD /tmp/away\" \"rm -rf $PWD\"; do \
               sh -c \"$try\" 2>/dev/null && echo \"could $try\"; done; cat bottle.yaml"
        );
        assert_eq!(said.ok(), text);
        assert_eq!(std::fs::read_to_string(manifest).unwrap(), text);
    }

    /// The host's cache holds sources that the host compiles and runs.
    fn a_package_cache_can_be_filled_and_the_hosts_stays_as_it_is(world) {
        world.write("home/.cargo/registry/cache/old.crate", "old");
        let script = "cat ~/.cargo/registry/cache/old.crate; \
            place=${CARGO_HOME:-$HOME/.cargo}/registry; mkdir -p $place/cache && echo new > $place/cache/new.crate; \
            echo x > ~/.cargo/registry/cache/other.crate";
        world.routes(&["host: index.crates.io", "host: static.crates.io"]);
        let said = world.sh(&format!("({script}) 2>/dev/null; echo; cat $CARGO_HOME/registry/cache/new.crate"));
        assert_eq!(said.ok(), "old\nnew\n");
        // Nothing could be fetched: what the host has is used.
        world.routes(&["host: api.example.com"]);
        assert_eq!(world.sh(&format!("({script}) 2>/dev/null; echo; echo $CARGO_HOME")).ok(), "old\n\n");
        let kept: Vec<_> = std::fs::read_dir(world.path("home/.cargo/registry/cache")).unwrap().collect();
        assert_eq!(kept.len(), 1);
    }

    /// It runs outside at the next start.
    fn a_script_that_gives_a_credential_cannot_be_changed(world) {
        let text = "echo sk_live_4f8Jq2ZrLkPw94TsVbN6yXcD1hJmA7eU\n";
        let script = world.write("project/scripts/tok.sh", text);
        world.routes(&["host: api.example.com\nauth: { scheme: bearer, token_ref: 'cmd:sh scripts/tok.sh' }"]);
        let said = world.sh(
            "for try in 'echo id >> scripts/tok.sh' 'rm scripts/tok.sh' 'mv scripts away' \
               'sed -i s/a/b/ scripts/tok.sh' 'ln -sf /bin/sh scripts/tok.sh'; do \
               sh -c \"$try\" 2>/dev/null && echo \"could $try\"; done; touch scripts/other && echo made"
        );
        assert_eq!(said.ok(), "made\n");
        assert_eq!(std::fs::read_to_string(script).unwrap(), text);
    }

    /// Such as that of a container engine, which would be a way out of any sandbox.
    fn sockets_of_the_host_are_out_of_reach(world) {
        program_or_skip!("curl");
        let mut script = String::new();
        let mut listeners = Vec::new();
        for place in ["project/docker.sock", "project/deep/agent.sock", "home/work/docker.sock"] {
            let path = world.path(place);
            world.make_dir(path.parent().unwrap()).unwrap();
            let listener = UnixListener::bind(&path).unwrap();
            world.give(&path).unwrap();
            listener.set_nonblocking(true).unwrap();
            listeners.push(listener);
            script += &["curl -s --max-time 2 --unix-socket ", &path.to_string_lossy(), " http://x/; "].concat();
        }
        script += "echo done";
        assert_eq!(world.sh(&script).ok(), "done\n");
        for listener in listeners {
            assert!(listener.accept().is_err(), "{listener:?}");
        }
    }
}

#[test]
fn the_persons_own_hidden_paths_are_hidden() {
    let world = world_or_skip!(User::Caller);
    world.write("project/.env", PRIVATE);
    world.write("project/vault/key", PRIVATE);
    world.write("home/work/private/key", PRIVATE);
    world.manifest(
        "version: 1\nfilesystem: { hidden: [.env, ./vault, ~/work/private, ~/not-there] }\n",
    );
    let said = world.sh("cat .env vault/key ~/work/private/key; ls vault ~/work/private");
    assert_ne!(said.code, 0);
    assert!(!said.says(PRIVATE), "{said:#?}");
    assert_eq!(said.stdout.matches("key").count(), 0, "{said:#?}");
    // They are still there outside.
    let kept = std::fs::read_to_string(world.path("project/.env")).unwrap();
    assert_eq!(kept, PRIVATE);
}

#[test]
fn further_paths_can_be_made_writable() {
    let world = world_or_skip!(User::Caller);
    world.make_dir(&world.path("home/work/cache")).unwrap();
    world.manifest("version: 1\nfilesystem: { writable: [., ~/work/cache] }\n");
    world
        .sh("echo kept > ~/work/cache/file && ! touch ~/work/file 2>/dev/null")
        .ok();
    let kept = std::fs::read_to_string(world.path("home/work/cache/file")).unwrap();
    assert_eq!(kept, "kept\n");
}

#[test]
fn a_command_starts_where_the_person_stands() {
    let world = world_or_skip!(User::Caller);
    world.write("project/.git/HEAD", "ref: refs/heads/main\n");
    world.write("project/deep/down/file", "");
    let mut command = world.run_command(&["sh", "-c", "pwd; touch ../../at-the-top"]);
    command.current_dir(world.path("project/deep/down"));
    let said = Running::start(&mut command, Stdio::null()).finish();
    let place = PathBuf::from(said.ok().trim());
    assert!(place.ends_with("project/deep/down"), "{said:#?}");
    assert!(world.path("project/at-the-top").exists());
}

#[test]
fn the_home_itself_is_never_the_project() {
    let world = world_or_skip!(User::Caller);
    for place in [world.home(), PathBuf::from("/")] {
        let mut command = world.run_command(&["sh", "-c", "echo ran"]);
        command.current_dir(&place);
        let said = Running::start(&mut command, Stdio::null()).finish();
        assert_eq!(said.code, 125, "{said:#?}");
        assert!(said.stderr.contains("cannot be the project"), "{said:#?}");
        assert!(!said.says("ran"));
    }
}

#[test]
fn git_hooks_and_configuration_cannot_be_changed() {
    let git = program_or_skip!("git");
    let world = world_or_skip!(User::Caller);
    let init = world
        .host_command(Path::new(&git))
        .args(["init", "-q"])
        .status();
    assert!(init.unwrap().success());
    let said = world.sh(
        "for try in 'git config core.fsmonitor /tmp/x' 'echo x > .git/hooks/pre-commit' \
           'rm -rf .git/hooks' 'mv .git away'; do sh -c \"$try\" 2>/dev/null && echo \"could $try\"; done; \
         echo text > file && git add file && git -c user.name=A -c user.email=a@example.com commit -qm One \
           && git log --format=%s",
    );
    assert_eq!(said.ok(), "One\n");
    // Nothing of ours is left behind in the repository.
    assert!(!world.path("project/.git/commondir").exists());
}

/// The devices that programs need, and no others.
#[test]
fn devices_are_few() {
    let world = world_or_skip!(User::Caller);
    let said = world.sh("ls /dev; head -c 4 /dev/urandom | wc -c; echo x > /dev/null");
    for name in ["null", "urandom", "zero", "tty"] {
        assert!(
            said.ok().lines().any(|line| line == name),
            "{name}: {said:#?}"
        );
    }
    let disks = std::fs::read_dir("/dev")
        .unwrap()
        .flatten()
        .filter(|dev| dev.file_type().is_ok_and(|kind| kind.is_block_device()));
    for disk in disks {
        let name = disk.file_name().to_string_lossy().into_owned();
        assert!(!said.stdout.lines().any(|line| line == name), "{name}");
    }
}

#[test]
fn a_project_that_is_not_writable_can_be_read() {
    let world = world_or_skip!(User::Caller);
    world.write("project/src/main.txt", "text\n");
    world.write("project/out/old.txt", "");
    for (writable, can) in [("[]", ""), ("[out]", "out\n")] {
        world.manifest(&format!(
            "version: 1\nfilesystem: {{ writable: {writable} }}\n"
        ));
        let said = world.sh(
            "cat src/main.txt; for place in . src out; do touch $place/x 2>/dev/null && echo $place; done; true",
        );
        assert_eq!(said.ok(), format!("text\n{can}"), "{writable}");
    }
}
