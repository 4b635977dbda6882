// SPDX-License-Identifier: Apache-2.0 OR MIT
// Copyright the bot-bottle authors
//! Git repositories anywhere in the project: what makes git outside run programs cannot be
//! changed, and git inside works.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use bottle_sandbox::{Exit, launch};

use crate::Test;
use crate::support::Trial;

pub(crate) const TESTS: &[Test] = &[
    (
        "pointers_to_git_directories_are_protected",
        pointers_are_protected,
    ),
    (
        "the_configuration_of_a_worktree_cannot_be_made",
        worktree_configuration,
    ),
    ("nested_repositories_are_protected", nested_repositories),
    (
        "a_repository_that_cannot_be_written_to_stays_so",
        closed_repository,
    ),
    (
        "programs_that_git_is_configured_with_are_protected",
        configured_programs,
    ),
    (
        "a_persons_own_configuration_of_git_counts",
        a_persons_own_configuration,
    ),
    (
        "a_tree_too_large_to_be_looked_through_is_told",
        a_large_tree_is_told,
    ),
    ("nested_repositories_can_be_worked_in", nested_work),
];

fn project(script: &str) -> Trial {
    Trial::script(script)
        .has(".git/HEAD", "ref: refs/heads/main\n")
        .has(".git/objects/x", "")
        .has(".git/refs/x", "")
        .has(".git/config", "[core]\n\tbare = false\n")
}

/// A line of shell for each attempt that must fail.
fn attempts(all: &[&str]) -> String {
    let lines = all
        .iter()
        .map(|attempt| format!("({attempt}) 2>/dev/null && echo 'could: {attempt}'\n"));
    lines.chain(["true".to_owned()]).collect()
}

fn pointers_are_protected() {
    let script = attempts(&[
        "echo gitdir: ../evil > lib/.git",
        "rm -f lib/.git",
        "mv lib/.git x",
        "mv lib lib2",
        "mv deep/er deep/x",
        "echo gitdir: evil > deep/er/wt/.git",
        "echo [core] >> .git/modules/lib/config",
        "echo x > .git/modules/lib/hooks/post-checkout",
    ]);
    let mut trial = project(&script)
        .has("lib/.git", "gitdir: ../.git/modules/lib\n")
        .has(".git/modules/lib/HEAD", "ref: refs/heads/main\n")
        .has(
            ".git/modules/lib/config",
            "[core]\n\tworktree = ../../../lib\n",
        )
        .has("deep/er/wt/.git", "gitdir: ../../../.git/worktrees/wt\n");
    assert_eq!(trial.output(), "");
}

fn worktree_configuration() {
    let script = attempts(&[
        "echo [core] > .git/worktrees/w/config.worktree",
        "rm -f .git/worktrees/w/config.worktree",
        "mv .git/worktrees/w .git/worktrees/x",
        "echo evil > .git/worktrees/w/gitdir",
        "echo [core] > .git/config.worktree",
    ]);
    let mut trial = project(&script)
        .has(".git/config", "[extensions]\n\tworktreeConfig = true\n")
        .has(".git/worktrees/w/HEAD", "ref: refs/heads/main\n")
        .has(".git/worktrees/w/commondir", "../..\n")
        .has(".git/worktrees/w/gitdir", "/x/.git\n");
    assert_eq!(trial.output(), "");
}

fn nested_repositories() {
    let script = attempts(&[
        "echo [core] >> a/b/inner/.git/config",
        "echo x > a/b/inner/.git/hooks/post-checkout",
        "echo .. > a/b/inner/.git/commondir",
        "mv a/b/inner/.git a/b/inner/g",
        "mv a/b/inner a/b/x",
        "mv a x",
        "echo [core] >> bare/config",
        "mv bare x",
        // One that is none is left alone, and nothing is made in it.
        "ls empty/.git/* | grep .",
    ]);
    let mut trial = project(&script)
        .has("a/b/inner/.git/HEAD", "ref: refs/heads/main\n")
        .has("a/b/inner/.git/config", "[core]\n")
        .has("bare/HEAD", "ref: refs/heads/main\n")
        .has("bare/objects/x", "")
        .has("bare/refs/x", "")
        .has("bare/config", "[core]\n\tbare = true\n");
    fs::create_dir_all(trial.path().join("empty/.git")).unwrap();
    assert_eq!(trial.output(), "");
}

/// Nothing can be made in it to be protected, and it must keep no bottle from starting.
fn closed_repository() {
    let script = attempts(&[
        "chmod u+w inner/.git; mkdir inner/.git/hooks && echo x > inner/.git/hooks/post-checkout",
        "chmod u+w inner/.git; echo .. > inner/.git/commondir",
        "mv inner/.git inner/x",
    ]);
    let mut trial = project(&script)
        .has("inner/.git/HEAD", "ref: refs/heads/main\n")
        .has("inner/.git/config", "[core]\n");
    let place = trial.path().join("inner/.git");
    let mode = |mode| fs::set_permissions(&place, fs::Permissions::from_mode(mode)).unwrap();
    mode(0o555);
    let text = trial.output();
    mode(0o755);
    assert_eq!(text, "");
}

fn configured_programs() {
    let script = attempts(&[
        "echo x >> tools/watch.sh",
        "mv tools/watch.sh x",
        "mv tools x",
        "echo x >> clean.py",
        "echo x > .husky/pre-commit",
        "echo x >> bin/conv",
        "echo x >> bin/cred",
    ]);
    let config = "[core]\n\tfsmonitor = ./tools/watch.sh -v\n\thooksPath = .husky\n\
        [filter \"f\"]\n\tclean = \"python3 clean.py %f\"\n\tsmudge = missing/smudge\n\
        [diff \"d\"]\n\ttextconv = bin/conv\n[credential]\n\thelper = !bin/cred get\n\
        [alias]\n\tst = status src/plain\n";
    let mut trial = project(&script)
        .has(".git/config", config)
        .has("tools/watch.sh", "")
        .has("clean.py", "")
        .has(".husky/x", "")
        .has("bin/conv", "")
        .has("bin/cred", "");
    assert_eq!(trial.output(), "");
    let (_out, _err) = trial.piped();
    let launched = launch(&trial.spec).unwrap();
    let missing = trial.path().join("missing/smudge");
    assert_eq!(launched.info.unprotected, [missing]);
}

fn a_persons_own_configuration() {
    let home = tempfile::tempdir().unwrap();
    let config = "[core]\n\thooksPath = .hooks\n[pager]\n\tlog = ./page\n";
    fs::write(home.path().join(".gitconfig"), config).unwrap();
    let script = attempts(&[
        "echo x > .hooks/pre-commit",
        "mv .hooks x",
        "echo x >> page",
    ]);
    let mut trial = project(&script).has(".hooks/x", "").has("page", "");
    home.path().clone_into(&mut trial.spec.home);
    assert_eq!(trial.output(), "");
}

fn a_large_tree_is_told() {
    let mut trial = project("true");
    for number in 0..301 {
        trial = trial.has(&format!("r{number}/.git/HEAD"), "ref: refs/heads/main\n");
    }
    let (_out, _err) = trial.piped();
    let launched = launch(&trial.spec).unwrap();
    assert_eq!(launched.info.unsearched, [trial.path()]);
}

/// The twin: commits, branches, new repositories, clones and worktrees.
fn nested_work() {
    if !Path::new("/usr/bin/git").exists() && !Path::new("/usr/local/bin/git").exists() {
        eprintln!("skipped: nested_repositories_can_be_worked_in: no git on this machine");
        return;
    }
    let script = "set -e; export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@b GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@b; \
        for r in . sub/inner; do cd \"$1/$r\"; echo x > f; git add f; git commit -qm one; git checkout -qb side; \
        echo y > f; git stash -q; git stash pop -q; git commit -qam two; git gc -q; done; cd \"$1\"; \
        git init -q fresh; git -C fresh config user.name me; git clone -q sub/inner copy; \
        git worktree add -q tree HEAD~1; git -C tree log --oneline | wc -l; git worktree remove tree; \
        rm -rf fresh copy; git -C sub/inner log --oneline | wc -l";
    let mut trial = Trial::script(script).has("sub/inner/x", "");
    trial
        .spec
        .env
        .push(("HOME".into(), trial.spec.home.clone().into()));
    for place in [".", "sub/inner"] {
        #[expect(clippy::disallowed_methods, reason = "the host's own git")]
        let status = std::process::Command::new("git")
            .args(["init", "-q"])
            .current_dir(trial.path().join(place))
            .status();
        assert!(status.unwrap().success());
    }
    let outcome = trial.run();
    assert_eq!(outcome.exit.unwrap(), Exit::Code(0), "{}", outcome.stderr);
    assert_eq!(outcome.stdout, "1\n2\n");
}
