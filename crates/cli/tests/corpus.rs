//! Replays the fuzz targets' corpus, so that nobody needs a fuzzer to be
//! protected by what one found.

use std::fs;
use std::path::PathBuf;

fn seeds(target: &str) -> Vec<Vec<u8>> {
    let directory = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../fuzz/corpus")
        .join(target);
    let files = fs::read_dir(&directory).unwrap_or_else(|e| panic!("{}: {e}", directory.display()));
    let seeds: Vec<_> = files
        .map(|file| fs::read(file.unwrap().path()).unwrap())
        .collect();
    assert!(!seeds.is_empty(), "no corpus for {target}");
    seeds
}

/// Every seed, and every beginning of it.
fn each(target: &str, run: impl Fn(&[u8])) {
    for seed in seeds(target) {
        (0..=seed.len()).for_each(|end| run(&seed[..end]));
    }
}

#[test]
fn client_hellos_are_read() {
    each("client_hello", bottle_engine::fuzzing::client_hello);
}

#[test]
fn dns_questions_are_read() {
    each("dns_question", bottle_engine::fuzzing::dns_question);
}

#[test]
fn request_heads_are_read() {
    each("request_head", bottle_engine::fuzzing::request_head);
}

#[test]
fn manifests_are_read() {
    each("manifest", |bytes| {
        if let Err(faults) = bottle_manifest::parse("bottle.yaml", &String::from_utf8_lossy(bytes))
        {
            assert!(!faults.to_string().is_empty());
        }
    });
}
