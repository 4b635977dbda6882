//! What decides beside a candidate: an escape that it begins behind, signs that
//! are escaped themselves, and escapes of JSON where others were undone.

use super::escapes::{json, value};
use super::{found, ids};

/// With no escape in what is looked for.
#[test]
fn a_command_begins_behind_any_escape() {
    let command = format!("sshpass -p '{}' ssh deploy@10.0.0.4 and so on", value());
    for before in [
        "\n", "\t", "\\n", "\\x02", "\\u0002", "\\002", "\\xff", "\\b",
    ] {
        let text = format!("{before}{command}");
        for times in 0..=2 {
            let open = json(&text, times);
            let open = open.trim_end_matches(['"', '\\']);
            assert!(
                ids(&found(open.as_bytes())).contains(&"command_password"),
                "{open}"
            );
        }
    }
}
