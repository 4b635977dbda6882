//! Which preset a command calls for, by its name. A name decides nothing but
//! comfort: a wrong guess opens only that vendor's own routes.

use bottle_policy::Agent;

use super::data::Provider;
use super::table::PROVIDERS;

/// Programs that run another one, named by an argument.
const RUNNERS: [&str; 9] = [
    "bun", "bunx", "deno", "env", "node", "nodejs", "npm", "npx", "pnpm",
];
/// Words of runners that stand before the program.
const RUNNER_WORDS: [&str; 5] = ["--", "dlx", "exec", "run", "x"];

/// The preset of that name.
pub fn provider_named(name: &str) -> Option<&'static Provider> {
    PROVIDERS.iter().find(|provider| provider.name == name)
}

/// The preset for a program's name or path, such as `/usr/bin/claude`.
pub fn provider_for_command(program: &str) -> Option<&'static Provider> {
    let base = program.rsplit(['/', '\\']).next().unwrap_or(program);
    let base = base.rsplit_once('.').map_or(base, |(stem, end)| match end {
        "cjs" | "exe" | "js" | "mjs" => stem,
        _ => base,
    });
    PROVIDERS.iter().find(|provider| {
        let package = |p: &str| program == p || versioned(program, p) || installed(program, p);
        provider.programs.contains(&base) || provider.packages.iter().any(|p| package(p))
    })
}

/// The preset that an agent's manifest and command call for: the one that the
/// manifest names, none for `none`, and otherwise the one for the command.
/// `npx @anthropic-ai/claude-code` and `node …/claude` are seen through.
pub fn provider_for(agent: &Agent) -> Option<&'static Provider> {
    match agent.provider.as_deref() {
        Some("none") => None,
        Some(name) => provider_named(name),
        None => for_words(&agent.command),
    }
}

fn for_words(command: &[String]) -> Option<&'static Provider> {
    let (program, arguments) = command.split_first()?;
    if let Some(provider) = provider_for_command(program) {
        return Some(provider);
    }
    let base = program.rsplit('/').next().unwrap_or(program);
    if !RUNNERS.contains(&base) {
        return None;
    }
    let is_word = |word: &&String| {
        !word.starts_with('-') && !word.contains('=') && !RUNNER_WORDS.contains(&word.as_str())
    };
    provider_for_command(arguments.iter().find(is_word)?)
}

/// `@openai/codex@1.2.3`
fn versioned(word: &str, package: &str) -> bool {
    word.strip_prefix(package)
        .is_some_and(|rest| rest.starts_with('@'))
}

/// `/usr/lib/node_modules/@openai/codex/bin/x.js`
fn installed(path: &str, package: &str) -> bool {
    path.split("node_modules/")
        .nth(1)
        .and_then(|rest| rest.strip_prefix(package))
        .is_some_and(|rest| rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(provider: Option<&str>, command: &str) -> Option<&'static str> {
        let agent = Agent {
            provider: provider.map(str::to_owned),
            command: command.split_whitespace().map(str::to_owned).collect(),
            ..Agent::default()
        };
        provider_for(&agent).map(|provider| provider.name)
    }

    #[test]
    fn a_command_calls_for_its_preset() {
        for (command, name) in [
            ("claude", "claude"),
            ("/usr/local/bin/claude --resume", "claude"),
            ("claude-code", "claude"),
            ("codex exec hello", "codex"),
            ("gemini", "gemini"),
            ("opencode run", "opencode"),
            ("npx @anthropic-ai/claude-code", "claude"),
            ("npx -y @openai/codex@0.40.0 exec", "codex"),
            ("pnpm dlx opencode-ai", "opencode"),
            ("npm exec -- @google/gemini-cli", "gemini"),
            ("node /opt/claude.js", "claude"),
            ("node /usr/lib/node_modules/@openai/codex/bin/x.js", "codex"),
            ("env A=b claude", "claude"),
        ] {
            assert_eq!(chosen(None, command), Some(name), "{command}");
        }
    }

    #[test]
    fn other_commands_call_for_none() {
        for command in [
            "",
            "bash",
            "claudette",
            "npx cowsay claude",
            "cat claude",
            "node server.js",
            "npx",
        ] {
            assert_eq!(chosen(None, command), None, "{command}");
        }
    }

    #[test]
    fn the_manifest_has_the_first_word() {
        assert_eq!(chosen(Some("codex"), "claude"), Some("codex"));
        assert_eq!(chosen(Some("none"), "claude"), None);
        assert_eq!(chosen(Some("codex"), "./my-wrapper"), Some("codex"));
    }
}
