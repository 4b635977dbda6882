//! The documents name nothing that is not there: every file that they name, and
//! every test by its file and name.
//!
//! Whether what they say of these is true is for readers to see.

use std::fs;
use std::path::{Path, PathBuf};

/// The repository.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The documents, by their paths.
fn documents() -> Vec<PathBuf> {
    let folders = [root(), root().join("docs"), root().join("bench")];
    let files = folders
        .iter()
        .flat_map(|folder| fs::read_dir(folder).expect("a folder of the sources"));
    let paths = files.map(|file| file.expect("a file in it").path());
    paths
        .filter(|path| path.extension().is_some_and(|e| e == "md"))
        .collect()
}

/// What stands between two backquotes on a line.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .flat_map(|line| line.split('`').skip(1).step_by(2))
}

/// A path of the repository, and the test that is named in it.
fn named(quoted: &str) -> Option<(&str, Option<&str>)> {
    const TOP: [&str; 5] = ["crates/", "docs/", "fuzz/", "bench/", ".ci/"];
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-:".contains(c);
    let is_path = TOP.iter().any(|top| quoted.starts_with(top))
        && quoted.chars().all(plain)
        && !quoted.contains("TARGET");
    let (path, test) = match quoted.split_once("::") {
        Some((path, test)) => (path, Some(test)),
        None => (quoted, None),
    };
    is_path.then_some((path, test))
}

#[test]
fn every_file_and_test_that_a_document_names_is_there() {
    let mut missing = Vec::new();
    let mut names = 0;
    for document in documents() {
        let text = fs::read_to_string(&document).unwrap();
        for (path, test) in quoted(&text).filter_map(named) {
            names += 1;
            let file = root().join(path);
            let is_there = match test {
                None => file.exists(),
                // The sandbox's tests are a list of names.
                Some(test) => fs::read_to_string(&file).is_ok_and(|source| {
                    let names = [format!("fn {test}("), format!("\"{test}\"")];
                    names.iter().any(|name| source.contains(name))
                }),
            };
            if !is_there {
                missing.push(format!("{}: {path} {test:?}", document.display()));
            }
        }
    }
    assert!(names > 20, "the documents name many files, not {names}");
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn every_link_to_a_file_leads_to_one() {
    let mut missing = Vec::new();
    for document in documents() {
        let text = fs::read_to_string(&document).unwrap();
        let folder = document.parent().unwrap();
        for part in text.split("](").skip(1) {
            let target = part.split(')').next().unwrap_or_default();
            let file = target.split('#').next().unwrap_or_default();
            if !file.is_empty() && !file.contains("://") && !folder.join(file).exists() {
                missing.push(format!("{}: {target}", document.display()));
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}
