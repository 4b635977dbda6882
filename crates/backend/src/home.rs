//! What of the person's home is seen inside: an allow-list.
//!
//! Inside, the home is a private directory of its own that is gone with the
//! bottle. Directories that do not begin with a dot are shown read-only: they
//! are work. Of those that do, only tools are shown, for the rest are settings,
//! and settings hold keys. Within what is shown, the files in which tools keep
//! credentials are covered.

use std::fs;
use std::path::{Path, PathBuf};

/// Where language and package managers keep programs, below the home.
const TOOLS: &[&str] = &[
    ".asdf",
    ".bun",
    ".cargo",
    ".deno",
    ".dotnet",
    ".elan",
    ".fnm",
    ".gem",
    ".ghcup",
    ".jenv",
    ".juliaup",
    ".krew",
    ".local/bin",
    ".local/lib",
    ".local/pipx",
    ".local/share/claude",
    ".local/share/fnm",
    ".local/share/mise",
    ".local/share/nvm",
    ".local/share/pipx",
    ".local/share/pnpm",
    ".local/share/uv",
    ".local/share/virtualenv",
    ".local/share/virtualenvs",
    ".local/state/nix",
    ".luarocks",
    ".nix-profile",
    ".npm-global",
    ".npm-packages",
    ".nvm",
    ".opam",
    ".pyenv",
    ".rbenv",
    ".rustup",
    ".sdkman",
    ".stack",
    ".swiftly",
    ".volta",
    ".yarn",
];

/// What a person wrote for agents to read, below the home. Not their settings:
/// those may set variables, and variables hold keys.
const AGENTS: &[&str] = &[
    ".claude/CLAUDE.md",
    ".claude/agents",
    ".claude/commands",
    ".claude/skills",
    ".codex/AGENTS.md",
    ".codex/prompts",
    ".codex/skills",
    ".gemini/GEMINI.md",
];

/// Credentials inside what is shown, below the home.
const CREDENTIALS: &[&str] = &[
    ".cargo/credentials",
    ".cargo/credentials.toml",
    ".gem/credentials",
    ".bun/install/global/.npmrc",
    ".yarn/.yarnrc.yml",
];

/// Hidden wherever they are, below the home: what people must be able to rely on.
const ALWAYS_HIDDEN: &[&str] = &[
    ".ssh",
    ".aws",
    ".gnupg",
    ".azure",
    ".kube",
    ".docker",
    ".config/gcloud",
    ".config/gh",
    ".config/op",
    ".config/bottle",
    ".local/share/keyrings",
    ".local/share/bottle",
    ".local/state/bottle",
    ".password-store",
    ".mozilla",
    ".netrc",
    ".git-credentials",
    ".npmrc",
    ".pypirc",
    ".pgpass",
    ".my.cnf",
    ".vault-token",
    ".terraform.d",
    ".bash_history",
    ".zsh_history",
    ".claude/.credentials.json",
    ".codex/auth.json",
];

/// What of a home is shown and what of that is covered.
#[derive(Debug, Default)]
pub(crate) struct Home {
    pub(crate) read_only: Vec<PathBuf>,
    pub(crate) hidden: Vec<PathBuf>,
}

/// Looks at a home. `writable` trees in it are mounted by themselves.
pub(crate) fn look(home: &Path, writable: &[PathBuf]) -> Home {
    let listed = TOOLS.iter().chain(AGENTS).map(|path| home.join(path));
    let read_only = work(home)
        .into_iter()
        .chain(listed)
        .filter(|path| path.exists() && !writable.iter().any(|tree| path.starts_with(tree)))
        .collect();
    let hidden = CREDENTIALS
        .iter()
        .chain(ALWAYS_HIDDEN)
        .map(|path| home.join(path));
    Home {
        read_only,
        hidden: hidden.filter(|path| path.exists()).collect(),
    }
}

/// Directories and files of the home that do not begin with a dot. Links are
/// left out: they may lead to what is not to be shown.
fn work(home: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(home) else {
        return Vec::new();
    };
    let mut found: Vec<PathBuf> = entries
        .flatten()
        .filter(|entry| !entry.file_name().as_encoded_bytes().starts_with(b"."))
        .filter(|entry| {
            entry
                .file_type()
                .is_ok_and(|kind| kind.is_dir() || kind.is_file())
        })
        .map(|entry| entry.path())
        .collect();
    found.sort();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tools_and_work_are_shown_and_settings_are_not() {
        let home = tempfile::tempdir().unwrap();
        for dir in [".ssh", ".cargo/bin", ".config/gh", "work", ".unheard-of"] {
            fs::create_dir_all(home.path().join(dir)).unwrap();
        }
        fs::write(home.path().join(".cargo/credentials.toml"), "").unwrap();
        std::os::unix::fs::symlink("/etc", home.path().join("link")).unwrap();
        let seen = look(home.path(), &[home.path().join("work/app")]);
        assert_eq!(
            seen.read_only,
            [home.path().join("work"), home.path().join(".cargo")]
        );
        assert!(
            seen.hidden
                .contains(&home.path().join(".cargo/credentials.toml"))
        );
        assert!(seen.hidden.contains(&home.path().join(".ssh")));
    }
}
