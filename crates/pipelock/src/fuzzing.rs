//! The readers, opened to the fuzz target and to the test that replays its
//! corpus. Takes any bytes and must not panic.

use bottle_policy::Slug;

use crate::{Config, File};

/// What is read as a rendered file is written and read back as it was; what is
/// refused is refused with words; and whatever pipelock's schema takes has a
/// meaning.
pub fn round_trip(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    match Config::parse("pipelock.yaml", &text) {
        Ok(config) => {
            let again = config
                .render()
                .ok()
                .map(|text| Config::parse("pipelock.yaml", &text).ok());
            assert_eq!(again, Some(Some(config)), "it is not read back");
        }
        Err(faults) => assert!(!faults.to_string().is_empty(), "a fault has words"),
    }
    match File::parse("pipelock.yaml", &text) {
        Ok(file) => {
            let meaning = file.meaning(Slug::from_lossy("fuzz"));
            for told in meaning.differences.iter().map(ToString::to_string) {
                assert!(!told.contains(char::is_control), "a terminal would obey it");
            }
        }
        Err(faults) => assert!(!faults.to_string().is_empty(), "a fault has words"),
    }
}
