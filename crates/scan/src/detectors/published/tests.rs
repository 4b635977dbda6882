use super::*;
use crate::tests::{found, ids};

/// The P-256 key of RFC 9500, 2.3, in parts.
fn printed(lines: &str) -> String {
    let body = [
        "MHcCAQEEIObLW92AqkWunJXowVR2Z5/+yVPBaFHnEedDk5WJxk/BoAoGCCqGSM49",
        "AwEHoUQDQgAEQiVI+I+3gv+17KN0RFLHKh5Vj71vc75eSOkyMsxFxbFsTNEMTLjV",
        "uKFxOelIgsiZJXKZNCX0FBmrfpCkKklCcg==",
    ];
    let edge = |word: &str| ["-----", word, " EC PRIVATE ", "KEY-----"].concat();
    [
        edge("BEGIN"),
        lines.to_owned(),
        body.join(lines),
        lines.to_owned(),
        edge("END"),
    ]
    .concat()
}

fn is_found(text: &str) -> bool {
    !ids(&found(text.as_bytes())).is_empty()
}

#[test]
fn a_key_that_a_standard_prints_is_no_secret_however_it_is_written() {
    for lines in [
        "\n",
        "\r\n",
        "\\n",
        "\\r\\n",
        "\n    ",
        "\\n\"\n  \"",
        "\" +\n  \"",
        "',\n'",
    ] {
        assert!(!is_found(&printed(lines)), "{lines:?}");
    }
    let encoded = data_encoding::BASE64.encode(printed("\n").as_bytes());
    assert!(!is_found(&encoded), "within base64");
}

/// As `cat -n`, editors and agents' tools show a file, and `grep -n`.
#[test]
fn a_published_key_is_known_behind_the_numbers_of_its_lines() {
    let numbered = |number: fn(usize) -> String| {
        let lines = printed("\n");
        let lines = lines.lines().enumerate();
        let lines = lines.map(|(at, line)| number(at + 8) + line + "\n");
        lines.collect::<String>()
    };
    for number in [
        (|at| format!("{at:6}\t")) as fn(usize) -> String,
        |at| format!("{at:5}\u{2192}"),
        |at| format!("{at}:"),
        |at| format!("{at:4} "),
    ] {
        let text = numbered(number);
        let json = serde_json::json!({ "content": &text }).to_string();
        let known = !number(8).ends_with(' ');
        assert_eq!(!is_found(&text), known, "{text}");
        assert_eq!(!is_found(&json), known, "{json}");
    }
    let other = numbered(|at| format!("{at:6}\t")).replace("uKFxOelIgs", "uKFxOelIgt");
    assert!(is_found(&other));
}

#[test]
fn any_other_key_is_reported_even_if_it_begins_alike() {
    let other = printed("\n").replace("uKFxOelIgs", "uKFxOelIgt");
    assert!(is_found(&other));
    let both = [printed("\n"), "\n".to_owned(), other].concat();
    assert!(is_found(&both), "beside a published one");
}

#[test]
fn a_key_whose_end_is_not_in_sight_is_reported() {
    let whole = printed("\n");
    let (cut, _) = whole.split_at(whole.len() - 40);
    assert!(is_found(cut));
    assert_eq!(digest(&whole.as_bytes()[..150]), None);
}

#[test]
fn the_lists_are_in_order() {
    for list in LISTS.iter().chain([
        &crates::AGE,
        &tokens::TOKENS,
        &tokens::DOCUMENTS,
        &more_tokens::TOKENS,
    ]) {
        assert!(list.is_sorted_by(|a, b| a < b));
    }
}

/// The first key of BIP-32's first test vector.
fn vector() -> String {
    [
        "xprv9s21ZrQH143K3QTDL4LXw2F7HEK3wJUD2nW2nRk4stbPy6cq3jPPqjiChkVvvNKm",
        "PGJxWUtg6LnF5kejMRNNU3TGtRBeJgk33yuGBxrMPHi",
    ]
    .concat()
}

#[test]
fn a_token_that_a_standard_prints_is_no_secret() {
    let vector = vector();
    for text in [
        format!("let key = \"{vector}\";"),
        format!("{vector}\n"),
        format!("the key is {vector}."),
        vector.clone(),
    ] {
        assert!(!is_found(&text), "{text}");
    }
    assert!(!is_found(&data_encoding::BASE64.encode(vector.as_bytes())));
    // Amazon's example of a session token, in the tests of its signatures.
    let session = "6e86291e8372ff2a2260956d9b8aae1d763fbf315fa00fa31553b73ebf194267";
    assert!(!is_found(&format!("x-amz-security-token:{session}")));
    let other = session.replace("6e86", "6e87");
    assert!(is_found(&format!("x-amz-security-token:{other}")));
}

#[test]
fn what_begins_with_a_published_token_is_another() {
    let digest = token_digest(vector().as_bytes());
    for more in ["x", "/x", "=x", "_", "~"] {
        assert_ne!(token_digest([&vector(), more].concat().as_bytes()), digest);
    }
    assert_eq!(
        token_digest([&vector(), "==, x"].concat().as_bytes()),
        digest
    );
    assert_eq!(token_digest(&[b'x'; LONGEST_TOKEN + 1]), None);
}

/// What people try scanners with is found, published or not.
#[test]
fn a_famous_example_is_found_all_the_same() {
    let first = [
        "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.",
        "eyJzdWIiOiIxMjM0NTY3ODkwIn0",
        ".dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U",
    ];
    assert!(is_found(&first.concat()));
    assert!(is_found(&["AKIAIOSFODNN7", "EXAMPLE"].concat()));
}
