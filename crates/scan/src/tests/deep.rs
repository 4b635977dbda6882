//! Encodings in encodings: followed so deep, and refused where they are deeper.

use data_encoding::{BASE64, HEXLOWER};

use super::packed::gzip;
use super::{found, ids, scan, scanner, token};
use crate::Exhausted;

/// Text that is encoded so often.
fn nested(text: &str, times: usize, encode: impl Fn(&[u8]) -> Vec<u8>) -> Vec<u8> {
    (0..times).fold(text.as_bytes().to_vec(), |text, _| encode(&text))
}

type Encode = fn(&[u8]) -> Vec<u8>;

fn encodings() -> [(&'static str, Encode); 4] {
    [
        ("base64", |text| BASE64.encode(text).into_bytes()),
        ("hex", |text| HEXLOWER.encode(text).into_bytes()),
        ("gzip", gzip),
        ("base64 and hex", |text| {
            BASE64.encode(HEXLOWER.encode(text).as_bytes()).into_bytes()
        }),
    ]
}

#[test]
fn a_secret_is_found_or_refused_however_deep_it_is() {
    let text = format!("the token is {} and nothing else", token());
    for (name, encode) in encodings() {
        for times in 1..=12 {
            let body = nested(&text, times, encode);
            match scan(&scanner(&[]), &body) {
                Ok(found) => assert!(!found.is_empty(), "{name} {times}"),
                Err(Exhausted::Deep | Exhausted::Work) => assert!(times > 3, "{name} {times}"),
                Err(other) => panic!("{name} {times}: {other}"),
            }
        }
    }
}

#[test]
fn what_is_found_is_told_whatever_is_deeper() {
    let deep = nested("nothing at all is said in here", 9, |text| {
        BASE64.encode(text).into_bytes()
    });
    let deep = String::from_utf8(deep).unwrap();
    assert_eq!(scan(&scanner(&[]), deep.as_bytes()), Err(Exhausted::Deep));
    let both = format!("{} {deep}", token());
    assert_eq!(ids(&found(both.as_bytes())), ["github_token"]);
}
