//! Replays the fuzz targets' corpus, so that nobody needs a fuzzer to be
//! protected by what one found.

use std::path::PathBuf;
use std::{fs, io};

fn seeds(target: &str) -> io::Result<Vec<Vec<u8>>> {
    let corpus = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus");
    fs::read_dir(corpus.join(target))?
        .map(|file| fs::read(file?.path()))
        .collect()
}

/// Runs every seed, and every beginning of it.
fn each(target: &str, run: impl Fn(&[u8])) {
    let seeds = seeds(target).expect("the corpus is part of the sources");
    assert!(!seeds.is_empty(), "no corpus for {target}");
    for seed in seeds {
        let beginnings = (0..=seed.len()).filter_map(|end| seed.get(..end));
        beginnings.for_each(&run);
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
        let text = String::from_utf8_lossy(bytes);
        if let Err(faults) = bottle_manifest::parse("bottle.yaml", &text) {
            assert!(!faults.to_string().is_empty());
        }
    });
}

#[test]
fn pipelock_files_are_read_and_read_back() {
    each("pipelock_roundtrip", bottle_pipelock::fuzzing::round_trip);
}
