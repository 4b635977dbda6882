//! Whatever the bytes, there is an answer.

use bottle_manifest::{dotenv, parse};
use proptest::prelude::*;

const EXAMPLE: &str = include_str!("design.yaml");

fn answers(text: &str) -> Result<(), TestCaseError> {
    if let Err(faults) = parse("bottle.yaml", text) {
        prop_assert!(faults.count() > 0);
        prop_assert!(!faults.to_string().is_empty());
        prop_assert!(faults.iter().all(|f| f.line() > 0 && f.column() > 0));
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_answered(text in "\\PC{0,200}") {
        answers(&text)?;
    }

    #[test]
    fn any_yaml_like_text_is_answered(text in "[a-z0-9 :\\-\\[\\]{},\"'*&!|>#\n\t%@~.é\u{feff}]{0,200}") {
        answers(&text)?;
    }

    #[test]
    fn a_mutated_manifest_is_answered(
        edits in prop::collection::vec((any::<prop::sample::Index>(), 0_usize..6, "[a-z:{}\\[\\]\" \n~*&é-]{0,4}"), 1..8)
    ) {
        let mut text: Vec<char> = EXAMPLE.chars().collect();
        for (at, length, new) in edits {
            let start = at.index(text.len());
            let end = (start + length).min(text.len());
            text.splice(start..end, new.chars());
        }
        answers(&text.into_iter().collect::<String>())?;
    }

    #[test]
    fn any_dotenv_text_is_answered(text in "[A-Za-z_=\"'\\\\# \n%@:/.0-9é-]{0,200}") {
        for secret in dotenv::secret_values(&text).secrets {
            prop_assert!(secret.value.len() >= dotenv::MIN_SECRET);
        }
    }
}

#[test]
fn a_file_made_to_be_slow_is_answered_soon() {
    let many = |line: &str| {
        format!(
            "version: 1\negress:\n  routes:\n{}",
            line.repeat(200_000 / line.len())
        )
    };
    for text in [
        many("  - {host: a.b}\n"),
        many("  - {x: y}\n"),
        many("  - host: a.b\n    matches: [{paths: [/a/**/b/**/c]}]\n"),
        "a: {".repeat(20_000),
        "- ".repeat(100_000),
        "\"".repeat(200_000),
        "token:".repeat(40_000),
        "token: x,".repeat(25_000),
        format!("{}@", "u://".repeat(50_000)),
        format!("version: 1\nname: {}\n", "x".repeat(200_000)),
    ] {
        assert!(parse("m", &text).unwrap_err().to_string().len() < 200_000);
    }
}
