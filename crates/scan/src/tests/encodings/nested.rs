//! Encodings on one another, and what is packed without a head.

use std::io::Write as _;

use data_encoding::{BASE32_NOPAD, BASE64, BASE64URL_NOPAD, HEXLOWER};

use super::{assert_own, assert_token, sentence};

type Encode = fn(&[u8]) -> String;

const ENCODERS: [Encode; 3] = [
    |bytes| BASE64.encode(bytes),
    |bytes| HEXLOWER.encode(bytes),
    |bytes| BASE32_NOPAD.encode(bytes),
];

#[test]
fn four_encodings_on_one_another_are_undone() {
    for a in ENCODERS {
        for b in ENCODERS {
            for c in ENCODERS {
                let text = c(b(a(sentence().as_bytes()).as_bytes()).as_bytes());
                assert_token("base64 of three", &BASE64.encode(text.as_bytes()));
            }
        }
    }
}

#[test]
fn what_is_packed_and_encoded_twice_in_signed_lines_is_found() {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packer.write_all(sentence().as_bytes()).unwrap();
    let text = BASE64.encode(&packer.finish().unwrap());
    let lines: Vec<_> = super::wrapped(&text, 24)
        .iter()
        .map(|line| format!("# {line}"))
        .collect();
    assert_token("signed lines of gzip", &lines.join("\n"));
}

fn deflated(text: &[u8]) -> Vec<u8> {
    let level = flate2::Compression::best();
    let mut packer = flate2::write::DeflateEncoder::new(Vec::new(), level);
    packer.write_all(text).unwrap();
    packer.finish().unwrap()
}

/// As programs for the web pack what they put into an address.
#[test]
fn bare_deflate_data_in_an_encoding_is_unpacked() {
    let long = format!(
        "{} {}",
        sentence(),
        include_str!("../../../../../CONTRIBUTING.md")
    );
    for text in [sentence(), sentence().repeat(3), long] {
        let packed = deflated(text.as_bytes());
        assert_token("base64", &BASE64.encode(&packed));
        assert_token(
            "base64url",
            &format!("?q={}", BASE64URL_NOPAD.encode(&packed)),
        );
        assert_token("hex", &HEXLOWER.encode(&packed));
        let lines = super::wrapped(&BASE64.encode(&packed), 76).join("\n");
        assert_token("wrapped", &lines);
    }
    let packed = deflated(format!("my own: {}, to keep", super::OWN).as_bytes());
    assert_own("base64", &BASE64.encode(&packed));
}
