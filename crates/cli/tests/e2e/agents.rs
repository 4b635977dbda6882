//! The vendors' own command lines, against fake model APIs: they answer, and
//! never hold the key.
//!
//! They are installed from the npm registry, once for a build folder, or into
//! the folder that `BOTTLE_TEST_AGENTS` names; the tests are skipped by name
//! where they cannot be had.

use std::fs;
use std::io;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::time::Duration;

use bottle_test_support::model_api::{Script, anthropic, openai};
use bottle_test_support::{Gate, Pace, eventually, find_program, skip};

use crate::harness::{Running, World, as_each_user, inside};

const WORDS: [&str; 4] = ["Alpha", " bravo", " charlie", " delta."];

as_each_user! {
    /// Without a manifest: what it needs, it gets by its name.
    fn claude_code_answers_token_by_token(mut world) {
        let Some(claude) = agent(&mut world, &CLAUDE) else {
            skip!("no Claude Code (npm: {})", CLAUDE.package);
        };
        let gate = Gate::new();
        let script = Script::new(WORDS).pace(Pace::Gated(gate.clone())).demand_key(&claude.key);
        let api = world.upstream("api.anthropic.com", anthropic(script));
        let running = world.start(&[
            "claude", "-p", "hi", "--output-format", "stream-json", "--include-partial-messages", "--verbose",
        ]);
        for (number, word) in WORDS.iter().enumerate() {
            assert!(!running.stdout().contains(&in_json(word)), "{running:#?}");
            gate.open(1);
            running.wait_for_stdout(&in_json(word));
            assert!(number + 1 == WORDS.len() || !running.stdout().contains("\"result\":\"Alpha"));
        }
        let said = running.finish();
        assert!(said.ok().contains(&format!("\"result\":\"{}\"", WORDS.concat())), "{said:#?}");
        assert!(!said.says(claude.secret()), "{said:#?}");
        let asked = api.requests();
        let prompt = asked.iter().find(|it| it.path() == "/v1/messages").unwrap();
        assert_eq!(prompt.header("x-api-key"), Some(claude.key.as_str()));
        assert_eq!(world.events().allowed_hosts(), ["api.anthropic.com"]);
    }

    fn claude_code_never_holds_its_key(mut world) {
        let Some(claude) = agent(&mut world, &CLAUDE) else {
            skip!("no Claude Code (npm: {})", CLAUDE.package);
        };
        let gate = Gate::new();
        let script = Script::new(WORDS).pace(Pace::Gated(gate.clone())).demand_key(&claude.key);
        let api = world.upstream("api.anthropic.com", anthropic(script));
        world.manifest("version: 1\nagent: { provider: claude }\n");
        looks_for_the_key_meanwhile(
            &world,
            &claude,
            "claude -p hi --output-format stream-json --include-partial-messages --verbose",
            &gate,
        );
        assert!(api.saw(claude.key.as_bytes()));
    }

    fn codex_answers(mut world) {
        let Some(codex) = agent(&mut world, &CODEX) else {
            skip!("no Codex (npm: {})", CODEX.package);
        };
        let script = Script::new(WORDS).demand_key(&codex.key);
        let api = world.upstream("api.openai.com", openai(script));
        let said = world.run(&["codex", "exec", "--skip-git-repo-check", "hi"]);
        assert_eq!(said.ok().trim(), WORDS.concat(), "{said:#?}");
        assert!(!said.says(codex.secret()), "{said:#?}");
        let asked = api.requests();
        let prompt = asked.iter().rfind(|it| it.method == "POST").unwrap();
        let bearer = format!("Bearer {}", codex.key);
        assert_eq!(prompt.path(), "/v1/responses");
        assert_eq!(prompt.header("authorization"), Some(bearer.as_str()));
        assert_eq!(world.events().allowed_hosts(), ["api.openai.com"]);
    }

    fn codex_never_holds_its_key(mut world) {
        let Some(codex) = agent(&mut world, &CODEX) else {
            skip!("no Codex (npm: {})", CODEX.package);
        };
        let gate = Gate::new();
        let script = Script::new(WORDS).pace(Pace::Gated(gate.clone())).demand_key(&codex.key);
        let api = world.upstream("api.openai.com", openai(script));
        world.manifest("version: 1\nagent: { provider: codex }\n");
        looks_for_the_key_meanwhile(&world, &codex, "codex exec --skip-git-repo-check hi", &gate);
        assert!(api.saw(codex.key.as_bytes()));
    }
}

as_each_user! {
    /// The file that the preset makes is what the agent reads, and never the host's.
    fn codex_finds_the_login_that_its_preset_made(mut world) {
        let key = format!("{}{}", CODEX.prefix, CODEX.secret);
        world.env(CODEX.outside, &key);
        world.write_program("project/codex", "#!/bin/sh\ncat ~/.codex/auth.json\n");
        let check = |world: &World| {
            let said = world.run(&["./codex"]);
            let login: serde_json::Value = serde_json::from_str(said.ok()).expect("its login");
            let shown = login["OPENAI_API_KEY"].as_str().expect("a key");
            assert!(shown.starts_with(CODEX.prefix), "{said:#?}");
            assert_eq!(inside::parts_of(&key, CODEX.prefix, shown), [""; 0]);
            assert!(!said.says("only-for-the-person") && !said.says("0b9a7c"), "{said:#?}");
        };
        check(&world);
        let hosts = r#"{"OPENAI_API_KEY":"only-for-the-person","tokens":{"access_token":"0b9a7c"}}"#;
        let file = world.write("home/.codex/auth.json", hosts);
        check(&world);
        // Even where the person shows the whole directory.
        world.manifest("version: 1\nfilesystem: { writable: [., ~/.codex] }\n");
        check(&world);
        assert_eq!(fs::read_to_string(file).expect("the host's file"), hosts);
    }

    fn codex_says_that_it_is_logged_in(mut world) {
        if agent(&mut world, &CODEX).is_none() {
            skip!("no Codex (npm: {})", CODEX.package);
        }
        let said = world.run(&["codex", "login", "status"]);
        said.ok();
        assert!(said.says("API key") && !said.says("denied"), "{said:#?}");
    }
}

/// Runs the agent until its first word is asked for, shows all that can be
/// seen, lets it finish, and shows everything once more.
#[track_caller]
fn looks_for_the_key_meanwhile(world: &World, agent: &Agent, command: &str, gate: &Gate) {
    let show = inside::SHOW_EVERYTHING;
    let mut running = world.start_with_input(&[
        "sh",
        "-c",
        &format!(
            "{command} < /dev/null > /tmp/said 2>&1 & read go; {show}; echo SHOWN; wait $!; \
             echo \"ended $?\"; {show}; cat /tmp/said"
        ),
    ]);
    let log = || {
        let events = world.events();
        events.of("allow").iter().any(|event| {
            let path = event["request"]["path"].as_str().unwrap_or_default();
            path.starts_with("/v1/messages") || path.starts_with("/v1/responses")
        })
    };
    // The agent is in the middle of its work: it has asked, and waits for words.
    let asks = eventually(Duration::from_mins(1), || has_begun(world) && log());
    let told = || fs::read_to_string(world.log_file()).unwrap_or_default();
    assert!(asks, "{running:#?}\n{}", told());
    running.write("go\n");
    running.wait_for_stdout("SHOWN");
    gate.open(WORDS.len());
    let said = running.finish();
    assert!(said.ok().contains("ended 0"), "{said:#?}");
    assert!(said.stdout.contains(&WORDS.concat()), "{said:#?}");
    let named = format!("{}={}", agent.which.inside, agent.which.prefix);
    assert!(
        said.stdout.contains(&named),
        "its environment was looked at"
    );
    let parts = inside::parts_of(&agent.key, agent.which.prefix, &said.stdout);
    assert_eq!(parts, [""; 0]);
    let log = fs::read_to_string(world.log_file()).unwrap();
    assert_eq!(
        inside::parts_of(&agent.key, agent.which.prefix, &log),
        [""; 0]
    );
}

/// Whether a run has written to its log: the directory is there before the file.
fn has_begun(world: &World) -> bool {
    let logs = world.path("state/bottle/logs");
    let bottles = fs::read_dir(logs).into_iter().flatten().flatten();
    let mut runs = bottles.flat_map(|bottle| fs::read_dir(bottle.path()).into_iter().flatten());
    runs.next().is_some()
}

/// A word as it stands in JSON, in a piece of its own.
fn in_json(word: &str) -> String {
    format!("\"text\":\"{word}\"")
}

/// A vendor's command line, and what is known of it.
struct Vendor {
    package: &'static str,
    name: &'static str,
    /// Where the person keeps the key, and where the agent finds a placeholder.
    outside: &'static str,
    inside: &'static str,
    prefix: &'static str,
    secret: &'static str,
}

const CLAUDE: Vendor = Vendor {
    package: "@anthropic-ai/claude-code",
    name: "claude",
    outside: "ANTHROPIC_API_KEY",
    inside: "ANTHROPIC_API_KEY",
    prefix: "sk-ant-api03-",
    secret: "R7mq2XvT9bLw4ZsKd8HnYc3PfJ6gAeUo1iVtBx5MzQkWlNrDhS0yGuCpEjFaO-8mK2wQ9xT4vLb7ZnHs3YdRcJ6fAA",
};

const CODEX: Vendor = Vendor {
    package: "@openai/codex",
    name: "codex",
    outside: "OPENAI_API_KEY",
    inside: "CODEX_API_KEY",
    prefix: "sk-proj-",
    secret: "b4Zq8RtYw2LkPx9TsVnN6uXcD1hJmA7eUfG3oQ5iKzWl0MrBhS_yEvCpEjFaO2mK9wQ4xT7vLbZnHs",
};

/// A vendor's command line in a world, with a key in the person's environment.
struct Agent {
    which: &'static Vendor,
    key: String,
}

impl Agent {
    fn secret(&self) -> &str {
        self.which.secret
    }
}

/// Puts an agent where npm puts it for a person with folders of their own.
fn agent(world: &mut World, which: &'static Vendor) -> Option<Agent> {
    let installed = installed()?;
    let modules = world.path("home/.npm-global/lib/node_modules");
    let scope = which.package.split('/').next()?;
    link_tree(world, &installed.join(scope), &modules.join(scope)).expect("its files");
    let bin = world.path("home/.npm-global/bin");
    world.make_dir(&bin).expect("a directory");
    let program = fs::read_link(installed.join(".bin").join(which.name)).ok()?;
    let program = Path::new("../lib/node_modules").join(program.strip_prefix("..").ok()?);
    symlink(program, bin.join(which.name)).expect("a link");
    let path = std::env::var("PATH").unwrap_or_default();
    world.env("PATH", &format!("{}:{path}", bin.display()));
    let key = format!("{}{}", which.prefix, which.secret);
    world.env(which.outside, &key);
    Some(Agent { which, key })
}

/// The same files at another place: they are large, so they are shared.
fn link_tree(world: &World, from: &Path, to: &Path) -> io::Result<()> {
    world.make_dir(to)?;
    for entry in fs::read_dir(from)? {
        let from = entry?;
        let (kind, to) = (from.file_type()?, to.join(from.file_name()));
        if kind.is_dir() {
            link_tree(world, &from.path(), &to)?;
        } else if kind.is_symlink() {
            symlink(fs::read_link(from.path())?, to)?;
        } else {
            fs::hard_link(from.path(), &to).or_else(|_| fs::copy(from.path(), &to).map(drop))?;
        }
    }
    Ok(())
}

/// The folder `node_modules` with all of them.
fn installed() -> Option<&'static Path> {
    static INSTALLED: OnceLock<Option<PathBuf>> = OnceLock::new();
    INSTALLED.get_or_init(install).as_deref()
}

fn install() -> Option<PathBuf> {
    let folder = std::env::var_os("BOTTLE_TEST_AGENTS").map_or_else(
        || Path::new(env!("CARGO_TARGET_TMPDIR")).join("test-agents"),
        PathBuf::from,
    );
    let modules = folder.join("node_modules");
    let all_there = || {
        [CLAUDE, CODEX]
            .iter()
            .all(|it| modules.join(".bin").join(it.name).exists())
    };
    if !all_there() {
        fs::create_dir_all(&folder).ok()?;
        let mut npm = npm(&find_program("npm")?);
        npm.args([
            "install",
            "--no-audit",
            "--no-fund",
            "--fetch-retries=0",
            "--prefix",
        ])
        .arg(&folder)
        .args([CLAUDE.package, CODEX.package]);
        let mut running = Running::start(&mut npm, Stdio::null());
        if !eventually(Duration::from_mins(3), || running.has_ended()) {
            running.kill();
        }
    }
    all_there().then_some(modules)
}

#[expect(
    clippy::disallowed_methods,
    reason = "npm needs the person's own settings to find its registry"
)]
fn npm(program: &Path) -> Command {
    Command::new(program)
}
