//! What an agent leaves in a project that a person's own git would run.

use std::path::Path;

use crate::harness::{User, as_each_user, program_or_skip, world_or_skip};

const LOOK: &str = "look at it before you run git here";

as_each_user! {
    /// `git status` of the project's own repository looks into what was added to it.
    fn a_new_repository_that_runs_programs_is_named(world) {
        program_or_skip!("git");
        let said = world.sh(
            "git init -q evil && git -C evil config core.fsmonitor 'touch /tmp/x #'; \
             mkdir -p a/b/hooked/.git/hooks a/b/hooked/.git/objects; echo ref: refs/heads/x > a/b/hooked/.git/HEAD; \
             echo '#!/bin/sh' > a/b/hooked/.git/hooks/post-checkout; chmod +x a/b/hooked/.git/hooks/post-checkout; \
             git init -q elsewhere && mv elsewhere/.git store && git -C store config alias.st '!x'; \
             mkdir lib; echo 'gitdir: ../store' > lib/.git; \
             git init -q plain; echo done",
        );
        assert_eq!(said.ok(), "done\n");
        for name in ["evil/.git", "a/b/hooked/.git", "lib/.git", "core.fsmonitor", "hooks/post-checkout", "alias.st"] {
            assert!(said.stderr.contains(name), "{name}: {said:#?}");
        }
        assert!(said.stderr.contains(LOOK) && !said.stderr.contains("plain"), "{said:#?}");
    }
}

/// The twin: what is the person's own, and a plain clone, is no news.
#[test]
fn what_was_there_before_is_not_named() {
    let git = program_or_skip!("git");
    let world = world_or_skip!(User::Caller);
    let host = |arguments: &[&str]| {
        let status = world.host_command(Path::new(&git)).args(arguments).status();
        assert!(status.unwrap().success(), "{arguments:?}");
    };
    host(&["init", "-q"]);
    host(&["config", "filter.lfs.clean", "git-lfs clean -- %f"]);
    host(&["init", "-q", "nested"]);
    host(&["-C", "nested", "config", "core.pager", "less"]);
    let said = world.sh(
        "export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@b GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@b; \
         echo x > f && git add f && git commit -qm one && git worktree add -q tree && git clone -q . copy && echo done",
    );
    assert_eq!(said.ok(), "done\n");
    assert!(!said.stderr.contains(LOOK), "{said:#?}");
}
