// SPDX-License-Identifier: Apache-2.0 OR MIT
// Copyright the bot-bottle authors
//! Protected and hidden files that are replaced outside while a command runs: the kernel takes
//! the mounts on them away, and the bottle puts them back.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc;

use bottle_sandbox::{Error, Exit, Guard, Replaced, Stdio, launch};

use crate::Test;
use crate::support::{Trial, eventually, text};

pub(crate) const TESTS: &[Test] = &[
    (
        "what_is_replaced_outside_is_protected_again",
        what_is_replaced_outside,
    ),
    (
        "what_is_replaced_again_and_again_stays_protected",
        again_and_again,
    ),
    (
        "what_is_moved_away_and_made_anew_is_hidden_again",
        moved_away_and_made_anew,
    ),
    (
        "another_directory_ends_the_bottle",
        another_directory_ends_the_bottle,
    ),
    (
        "who_kept_hold_of_what_was_bare_ends_with_the_bottle",
        who_kept_hold_of_what_was_bare,
    ),
    (
        "git_inside_and_outside_goes_on_beside_each_other",
        git_inside_and_outside,
    ),
];

/// Renames a new file over one, as git and editors do.
fn replace(path: &Path, content: &str) {
    let new = path.with_extension("new");
    fs::write(&new, content).unwrap();
    fs::rename(new, path).unwrap();
}

fn project(script: &str) -> Trial {
    let mut trial = Trial::script(script)
        .has(".git/HEAD", "ref: refs/heads/main\n")
        .has(".git/objects/x", "")
        .has(".git/config", "[core]\n")
        .has(".git/hooks/x.sample", "")
        .has("bottle.yaml", "version: 1\n")
        .has("tok", "old-token\n")
        .has("keys/a", "old-key\n");
    trial.spec.protect = vec![trial.path().join("bottle.yaml")];
    trial.spec.hidden = ["tok", "keys"].map(|name| trial.path().join(name)).to_vec();
    trial
}

struct Seen {
    exit: Result<Exit, Error>,
    stdout: String,
}

/// Runs the command; once it says so, `outside` may act, and is given what the bottle tells.
fn run(trial: &mut Trial, outside: impl FnOnce(&Path, &mpsc::Receiver<Replaced>) + Send) -> Seen {
    let (out, err) = trial.piped();
    let running = launch(&trial.spec).unwrap().start().unwrap();
    trial.spec.stdio = Stdio::Inherit;
    let (tell, told) = mpsc::channel();
    let path = trial.path().to_owned();
    let exit = std::thread::scope(|scope| {
        scope.spawn(move || {
            outside(&path, &told);
            fs::write(path.join("go"), "").unwrap();
        });
        let exit = running.wait_telling(&mut |replaced| {
            // One who has seen enough is no fault.
            let _ = tell.send(replaced.clone());
        });
        // Whoever waits for more learns that there is none.
        drop(tell);
        if let Err(error) = &exit {
            println!("the bottle ended: {error}");
        }
        exit
    });
    drop(err);
    Seen {
        exit,
        stdout: text(out),
    }
}

/// Waits until the bottle has told of all these.
fn await_all(told: &mpsc::Receiver<Replaced>, paths: &[&Path]) -> Vec<Replaced> {
    let mut all: Vec<Replaced> = Vec::new();
    while !paths
        .iter()
        .all(|path| all.iter().any(|it| it.path == **path))
    {
        let patience = std::time::Duration::from_secs(20);
        all.push(told.recv_timeout(patience).expect("the bottle tells"));
    }
    all
}

const WAIT: &str = "until test -e go; do sleep 0.01; done; ";

fn what_is_replaced_outside() {
    let script = format!(
        "{WAIT}(echo evil >> .git/config) 2>/dev/null && echo wrote config; \
         (echo evil > .git/hooks/pre-commit) 2>/dev/null && echo wrote hook; \
         (echo evil >> bottle.yaml) 2>/dev/null && echo wrote manifest; \
         mv .git/config .git/c 2>/dev/null && echo moved; rm -f bottle.yaml 2>/dev/null && echo removed; \
         cat tok keys/a 2>/dev/null; cat bottle.yaml"
    );
    let mut trial = project(&script);
    let seen = run(&mut trial, |path, told| {
        let names = [".git/config", "bottle.yaml", "tok"].map(|name| path.join(name));
        replace(&names[0], "[user]\n");
        replace(&names[1], "version: 1 # new\n");
        replace(&names[2], "new-token\n");
        let names: Vec<&Path> = names.iter().map(PathBuf::as_path).collect();
        let all = await_all(told, &names);
        let guard = |at: &Path| all.iter().find(|it| it.path == at).unwrap().guard;
        assert_eq!(guard(names[0]), Guard::ReadOnly);
        assert_eq!(guard(names[2]), Guard::Hidden);
    });
    assert_eq!(seen.exit.unwrap(), Exit::Code(0), "{}", seen.stdout);
    assert_eq!(seen.stdout, "version: 1 # new\n");
    let config = fs::read_to_string(trial.path().join(".git/config")).unwrap();
    assert_eq!(config, "[user]\n");
}

fn again_and_again() {
    // What is told may be of the last replacement but one, so a moment is granted.
    let script = format!(
        "{WAIT}for i in $(seq 300); do (echo x >> .git/config) 2>/dev/null || cat tok 2>/dev/null || break; \
         sleep 0.01; done; (echo evil >> .git/config) 2>/dev/null && echo wrote; cat tok 2>/dev/null; echo $i >&2"
    );
    let mut trial = project(&script);
    let seen = run(&mut trial, |path, told| {
        for turn in 0..200 {
            replace(&path.join(".git/config"), &format!("[turn{turn}]\n"));
            replace(&path.join("tok"), "");
        }
        await_all(told, &[&path.join(".git/config"), &path.join("tok")]);
    });
    assert_eq!(seen.exit.unwrap(), Exit::Code(0));
    assert_eq!(seen.stdout, "");
}

/// As some editors do; the mount goes along with the old file, and the table does not change.
/// Early in a run it is looked at now and then, later inotify tells.
fn moved_away_and_made_anew() {
    for before in ["", "sleep 0.5; "] {
        let script = format!(
            "{before}echo > ready; {WAIT}cat tok tok~ 2>/dev/null; \
             echo evil 2>/dev/null >> bottle.yaml && echo wrote; true"
        );
        let mut trial = project(&script);
        let seen = run(&mut trial, |path, told| {
            eventually("ready", || path.join("ready").exists());
            for name in ["tok", "bottle.yaml"] {
                fs::rename(path.join(name), path.join(name.to_owned() + "~")).unwrap();
                fs::write(path.join(name), "new").unwrap();
            }
            await_all(told, &[&path.join("tok"), &path.join("bottle.yaml")]);
        });
        assert_eq!(seen.stdout, "");
        assert_eq!(seen.exit.unwrap(), Exit::Code(0));
    }
}

/// One that was opened while it was bare gives what is in it for ever.
fn another_directory_ends_the_bottle() {
    for name in [".git", "keys", ".git/hooks"] {
        let mut trial = project("sleep 60");
        let seen = run(&mut trial, |path, _| {
            fs::rename(path.join(name), path.join("old")).unwrap();
            fs::create_dir(path.join(name)).unwrap();
        });
        let error = seen.exit.unwrap_err().to_string();
        assert!(
            error.contains("was replaced outside of the bottle"),
            "{error}"
        );
    }
}

/// A hard link and descriptors outlive the moment. They are made by the test before the file
/// gets its name, which is the same as if the command had been quick enough.
fn who_kept_hold_of_what_was_bare() {
    let hold = ["exec 3>>next", "exec 3<next", "ln next evil"];
    for how in hold {
        let mut trial = project(&format!("echo new > next; {how}; echo > ready; sleep 20"));
        let seen = run(&mut trial, |path, _| {
            eventually("ready", || path.join("ready").exists());
            fs::rename(path.join("next"), path.join(".git/config")).unwrap();
        });
        let error = seen.exit.expect_err(how).to_string();
        assert!(
            error.contains(".git/config was replaced outside"),
            "{error}"
        );
    }
}

/// The twin: what people do every day.
fn git_inside_and_outside() {
    if !Path::new("/usr/bin/git").exists() && !Path::new("/usr/local/bin/git").exists() {
        eprintln!("skipped: git_inside_and_outside: no git on this machine");
        return;
    }
    let script = format!(
        "git init -q inner && touch f && git add f && git -c user.name=a -c user.email=a@b commit -qm one && \
         git branch side && git worktree add -q ../tree side 2>/dev/null; git worktree add -q wt side && {WAIT}\
         git config user.name && echo more > f && git commit -qam two && git log --oneline | wc -l"
    );
    let mut trial = Trial::script(&script);
    trial
        .spec
        .env
        .push(("HOME".into(), trial.spec.home.clone().into()));
    let git = |path: &Path, arguments: &[&str]| {
        #[expect(clippy::disallowed_methods, reason = "the host's own git")]
        let status = std::process::Command::new("git")
            .arg("-C")
            .arg(path)
            .args(arguments)
            .status();
        assert!(status.unwrap().success(), "{arguments:?}");
    };
    git(trial.path(), &["init", "-q"]);
    let seen = run(&mut trial, |path, told| {
        git(path, &["config", "user.name", "Ann"]);
        git(path, &["config", "user.email", "ann@example.com"]);
        await_all(told, &[&path.join(".git/config")]);
    });
    assert_eq!(seen.stdout, "Ann\n2\n");
    assert_eq!(seen.exit.unwrap(), Exit::Code(0));
}
