//! A manifest that lies in a project may have been put there by anyone: it is
//! used only after a person allowed that very content.

use crate::harness::{Output, User, World, as_each_user, world_or_skip};

/// What a person types in a project: nothing names the manifest.
fn run(world: &World) -> Output {
    world.bottle(&["run", "--", "sh", "-c", "echo ran"])
}

#[track_caller]
fn assert_refused(said: &Output) {
    assert_eq!(said.code, 78, "{said:#?}");
    assert!(!said.says("ran\n"), "{said:#?}");
    assert!(said.stderr.contains("bottle allow"), "{said:#?}");
}

const TEXT: &str = "version: 1\negress:\n  routes:\n    - host: a.example.com\n";

as_each_user! {
    fn a_manifest_is_refused_until_it_is_allowed(world) {
        world.manifest(TEXT);
        assert_refused(&run(&world));
        let explained = world.bottle(&["explain", "https://a.example.com/"]);
        assert_eq!(explained.code, 78, "{explained:#?}");
        world.bottle(&["allow"]).ok();
        assert_eq!(run(&world).ok(), "ran\n");
        assert_eq!(world.bottle(&["explain", "https://a.example.com/"]).code, 0);
    }

    fn a_change_is_shown_and_refused(world) {
        world.manifest(TEXT);
        world.bottle(&["allow"]).ok();
        world.manifest(&format!("{TEXT}    - host: b.example.com\n"));
        let said = run(&world);
        assert_refused(&said);
        assert!(said.stderr.contains("\n+    - host: b.example.com\n"), "{said:#?}");
        // The way back needs no second word.
        world.manifest(TEXT);
        assert_eq!(run(&world).ok(), "ran\n");
    }
}

#[test]
fn the_same_text_in_another_place_is_not_allowed() {
    let world = world_or_skip!(User::Caller);
    world.manifest(TEXT);
    world.bottle(&["allow"]).ok();
    world.write("elsewhere/bottle.yaml", TEXT);
    let mut command = world.command();
    command
        .args(["run", "--", "sh", "-c", "echo ran"])
        .current_dir(world.path("elsewhere"));
    let said = crate::harness::Running::start(&mut command, std::process::Stdio::null()).finish();
    assert_refused(&said);
}

#[test]
fn an_agent_cannot_allow_its_own_change() {
    let world = world_or_skip!(User::Caller);
    world.manifest(TEXT);
    world.bottle(&["allow"]).ok();
    let bottle = std::fs::read(env!("CARGO_BIN_EXE_bottle")).unwrap();
    world.write_program("project/bottle", "");
    std::fs::write(world.path("project/bottle"), bottle).unwrap();
    world.write("project/more/bottle.yaml", TEXT);
    let said = world.bottle(&[
        "run",
        "--",
        "sh",
        "-c",
        "cd more && ../bottle allow; XDG_DATA_HOME=/tmp/d ../bottle allow; true",
    ]);
    said.ok();
    let mut command = world.command();
    command
        .args(["run", "--", "sh", "-c", "echo ran"])
        .current_dir(world.path("project/more"));
    let said = crate::harness::Running::start(&mut command, std::process::Stdio::null()).finish();
    assert_refused(&said);
}

#[test]
fn a_manifest_with_a_fault_cannot_be_allowed() {
    let world = world_or_skip!(User::Caller);
    world.manifest("version: 1\nrouts: []\n");
    let said = world.bottle(&["allow"]);
    assert_eq!(said.code, 78, "{said:#?}");
    assert!(said.stderr.contains("bottle.yaml:2:1"), "{said:#?}");
}

#[test]
fn a_manifest_that_the_person_names_needs_no_more() {
    let world = world_or_skip!(User::Caller);
    let path = world.manifest(TEXT);
    let path = path.to_string_lossy();
    world.bottle(&["run", "-f", &path, "--", "true"]).ok();
}

as_each_user! {
    /// Whoever is inside can make a repository; it must not lead past the manifest.
    fn a_repository_made_inside_hides_no_manifest(world) {
        world.write("project/.env", "only-for-the-person");
        world.manifest("version: 1\nfilesystem: { hidden: [.env] }\n");
        world.bottle(&["allow"]).ok();
        let made = "mkdir -p src/.git && echo 'ref: refs/heads/main' > src/.git/HEAD";
        world.bottle(&["run", "--", "sh", "-c", made]).ok();
        let script = "cat ../.env; echo seen; touch ../top; echo x > .git/config || echo kept";
        let mut command = world.command();
        command
            .args(["run", "--", "sh", "-c", script])
            .current_dir(world.path("project/src"));
        let said = crate::harness::Running::start(&mut command, std::process::Stdio::null()).finish();
        // The repository's own settings are guarded as those of the project's are.
        assert_eq!(said.ok(), "seen\nkept\n", "{said:#?}");
        assert!(world.path("project/top").exists());
    }
}
