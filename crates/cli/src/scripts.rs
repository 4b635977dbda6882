//! The files that a `cmd:` reference names. The command runs outside at the next
//! start, so inside nobody may change them.
//!
//! Reads no shell: what could be a word is looked for as a file, in the directory
//! where the command runs, in those that it names, and on `PATH`. What such a
//! file starts in turn is not known.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// Signs that end a word of a shell, whether it stands in quotes or not.
const ENDS: &[char] = &[
    ' ', '\t', '\n', '"', '\'', '`', ';', '|', '&', '(', ')', '<', '>', '{', '}', ',',
];

/// Where a command's words are looked for.
#[derive(Clone, Copy)]
pub(crate) struct Surroundings<'a> {
    /// Where the command runs.
    pub(crate) directory: &'a Path,
    pub(crate) home: &'a Path,
    /// The variable `PATH`.
    pub(crate) path: &'a OsStr,
}

/// Every file that a word of the command may mean.
pub(crate) fn named(command: &str, around: Surroundings<'_>) -> Vec<PathBuf> {
    let words = words(command);
    let at = |base: &Path, word: &str| match word.strip_prefix("~/") {
        Some(rest) => around.home.join(rest),
        None => base.join(word),
    };
    let here = words.iter().map(|word| at(around.directory, word));
    // `cd scripts && ./token.sh`
    let directories: Vec<PathBuf> = here.filter(|path| path.is_dir()).collect();
    let bases = || {
        let own = [around.directory.to_owned()].into_iter();
        own.chain(directories.iter().cloned())
    };
    let beside = words
        .iter()
        .flat_map(|word| bases().map(move |base| at(&base, word)));
    let bare = words.iter().filter(|word| !word.contains('/'));
    let on_path = bare.flat_map(|word| {
        std::env::split_paths(around.path).map(move |base| around.directory.join(base).join(word))
    });
    let mut found: Vec<PathBuf> = beside
        .chain(on_path)
        .filter(|path| path.is_file())
        .collect();
    found.sort();
    found.dedup();
    found
}

/// What could be words, as a shell reads them and more: too many do no harm.
fn words(command: &str) -> Vec<String> {
    let mut words: Vec<String> = command.split(ENDS).map(str::to_owned).collect();
    words.extend(quoted(command));
    let values: Vec<String> = words
        .iter()
        .filter_map(|word| word.split_once('=').map(|(_, value)| value.to_owned()))
        .collect();
    words.extend(values);
    words.retain(|word| !word.is_empty());
    words.sort();
    words.dedup();
    words
}

/// Words with blanks in them, by quotes or backslashes.
fn quoted(command: &str) -> Vec<String> {
    let (mut words, mut word, mut quote) = (Vec::new(), String::new(), None);
    let mut rest = command.chars();
    while let Some(sign) = rest.next() {
        match (sign, quote) {
            ('\\', None | Some('"')) => word.extend(rest.next()),
            ('"' | '\'', None) => quote = Some(sign),
            (_, Some(open)) if sign == open => quote = None,
            (_, None) if ENDS.contains(&sign) => words.push(std::mem::take(&mut word)),
            _ => word.push(sign),
        }
    }
    words.push(word);
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_that_is_a_file_is_found() {
        let dir = tempfile::tempdir().unwrap();
        let (project, home) = (dir.path().join("app"), dir.path().join("home"));
        for path in [
            "app/scripts/tok.sh",
            "app/a b.sh",
            "app/bin/tok",
            "home/bin/key",
        ] {
            let path = dir.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "").unwrap();
        }
        let path = std::env::join_paths([project.join("bin")]).unwrap();
        let around = Surroundings {
            directory: &project,
            home: &home,
            path: &path,
        };
        for (command, file) in [
            ("scripts/tok.sh", "app/scripts/tok.sh"),
            ("sh ./scripts/tok.sh --x", "app/scripts/./../scripts/tok.sh"),
            ("sh -c 'scripts/tok.sh;true'", "app/scripts/tok.sh"),
            ("A=$(scripts/tok.sh) x", "app/scripts/tok.sh"),
            ("run --with=scripts/tok.sh", "app/scripts/tok.sh"),
            ("cd scripts && ./tok.sh", "app/scripts/tok.sh"),
            ("'a b.sh'", "app/a b.sh"),
            (r"./a\ b.sh", "app/a b.sh"),
            ("tok | cat", "app/bin/tok"),
            ("~/bin/key", "home/bin/key"),
        ] {
            let plain = |path: PathBuf| path.canonicalize().unwrap();
            let found: Vec<PathBuf> = named(command, around).into_iter().map(plain).collect();
            assert_eq!(found, [plain(dir.path().join(file))], "{command}");
        }
        // A directory is none: read-only, it would take the whole project.
        assert!(named("ls . scripts", around).is_empty());
    }
}
