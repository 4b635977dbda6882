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
    for list in LISTS.iter().chain([&crates::AGE]) {
        assert!(list.is_sorted_by(|a, b| a < b));
    }
}
