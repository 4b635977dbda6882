//! Encodings that tools make by accident, and that a simple attack would use:
//! each is a way past a scan that does not undo it.

mod alphabets;
mod lines;
mod nested;
mod pairs;
mod signs;
mod spelled;

use super::{found, ids, scan, scanner, stops, token};
use crate::Kind;

/// A value of the operator's that no table knows.
const OWN: &str = "Zq7-Kp3_Wm9xTr5vLc2bQd8";

/// A sentence with the token in it.
fn sentence() -> String {
    format!("the key is {} and more", token())
}

fn wrapped(text: &str, width: usize) -> Vec<&str> {
    let lines = text.as_bytes().chunks(width);
    lines.map(|line| str::from_utf8(line).unwrap()).collect()
}

/// As it stands, and as the text of a request to a model.
#[track_caller]
fn assert_token(which: &str, text: &str) {
    let json = serde_json::json!({ "content": text }).to_string();
    for text in [text, &json] {
        assert!(
            ids(&found(text.as_bytes())).contains(&"github_token"),
            "{which}: {text}"
        );
    }
}

#[track_caller]
fn assert_own(which: &str, text: &str) {
    let scanner = scanner(&[(OWN, Kind::Secret)]);
    let json = serde_json::json!({ "content": text }).to_string();
    for text in [text, &json] {
        let seen = scan(&scanner, text.as_bytes()).unwrap();
        assert!(ids(&seen).contains(&"operator_secret"), "{which}: {text}");
    }
}

#[track_caller]
fn assert_nothing(text: &str) {
    assert_eq!(stops(&found(text.as_bytes())), [""; 0], "{text}");
}
