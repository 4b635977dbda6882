//! What an agent would try: known values and tokens, hidden so that one view
//! alone does not show them.

use std::fmt::Write as _;
use std::io::Write as _;

use data_encoding::{BASE32_NOPAD, BASE64, BASE64URL_NOPAD, HEXLOWER};

use super::{found, ids, scan, scanner, token};
use crate::Kind;

fn wrapped(text: &str, width: usize, gap: &str) -> String {
    let lines = text.as_bytes().chunks(width);
    let lines: Vec<_> = lines.map(|line| str::from_utf8(line).unwrap()).collect();
    lines.join(gap)
}

#[track_caller]
fn assert_token(text: &[u8], which: &str) {
    let quoted = [b"{\"k\":\"", text, b"\",\"n\":1}"].concat();
    for text in [text, &quoted] {
        let seen = found(text);
        assert!(
            ids(&seen).contains(&"github_token"),
            "{which}: {}",
            String::from_utf8_lossy(text)
        );
    }
}

#[test]
fn base32_on_lines_of_any_length_is_read() {
    let text = format!("the token is {} and more", token());
    let value = "Zq7-Kp3_Wm9xTr5vLc2bQd8";
    let known = scanner(&[(value, Kind::Secret)]);
    for width in 4..=40 {
        for gap in ["\n", "\r\n", " ", "\n  "] {
            let encoded = BASE32_NOPAD.encode(text.as_bytes());
            for encoded in [encoded.clone(), encoded.to_lowercase()] {
                let lines = wrapped(&encoded, width, gap);
                assert_token(lines.as_bytes(), "base32");
                let json = serde_json::to_string(&lines).unwrap();
                assert_token(json.as_bytes(), "base32 in JSON");
            }
            let own = format!("my secret is {value}, keep it");
            let lines = wrapped(&BASE32_NOPAD.encode(own.as_bytes()), width, gap);
            let seen = scan(&known, lines.as_bytes()).unwrap();
            assert_eq!(ids(&seen), ["operator_secret"], "{width}: {lines}");
        }
    }
}

/// As `xxd`, `hexdump -C` and `od` print a file, with offsets and characters.
#[test]
fn a_dump_is_read() {
    type Print = fn(&[u8]) -> String;
    let dumps: [(&str, Print); 6] = [
        ("hexdump -C", |line| {
            let mut text = "  ".to_owned();
            for byte in line {
                write!(text, "{byte:02x} ").unwrap();
            }
            format!("{text:52} |{}|", String::from_utf8_lossy(line))
        }),
        ("xxd", |line| {
            let mut text = ": ".to_owned();
            for pair in line.chunks(2) {
                write!(text, "{} ", HEXLOWER.encode(pair)).unwrap();
            }
            format!("{text:43}{}", String::from_utf8_lossy(line))
        }),
        ("od -tx1", |line| {
            line.iter()
                .fold(String::new(), |text, b| text + &format!(" {b:02x}"))
        }),
        ("od -tx1z", |line| {
            let text = line
                .iter()
                .fold(String::new(), |text, b| text + &format!(" {b:02x}"));
            format!("{text:48}  >{}<", String::from_utf8_lossy(line))
        }),
        ("od -b", |line| {
            line.iter()
                .fold(String::new(), |text, b| text + &format!(" {b:03o}"))
        }),
        ("hexdump", |line| {
            line.chunks(2).fold(String::new(), |text, pair| {
                let low = pair.get(1).copied().unwrap_or(0);
                text + &format!(" {low:02x}{:02x}", pair[0])
            })
        }),
    ];
    let text = format!(
        "GITHUB_TOKEN is {} and that is all of it, see below.",
        token()
    );
    for (name, print) in dumps {
        let octal = name.starts_with("od");
        let lines = text.as_bytes().chunks(16).enumerate();
        let dump = lines.fold(String::new(), |dump, (n, line)| {
            let at = if octal {
                format!("{:07o}", n * 16)
            } else {
                format!("{:08x}", n * 16)
            };
            dump + &at + &print(line) + "\n"
        });
        assert_token(dump.as_bytes(), name);
        let json = serde_json::to_string(&dump).unwrap();
        assert_token(json.as_bytes(), name);
        assert_token(BASE64.encode(dump.as_bytes()).as_bytes(), name);
    }
}

/// Characters that show as nothing, each of which stands for a byte.
#[test]
fn tags_and_selectors_of_unicode_are_read() {
    let text = format!("key {}", token());
    let tags: String = text
        .chars()
        .filter_map(|c| char::from_u32(0xe0000 + u32::from(c)))
        .collect();
    let selectors: String = text
        .chars()
        .filter_map(|c| char::from_u32(0xe0100 + u32::from(c) - 16))
        .collect();
    for hidden in [tags, selectors] {
        assert_token(
            format!("a smile: \u{1f642}{hidden} and words").as_bytes(),
            "unseen",
        );
        assert_token(hidden.as_bytes(), "unseen");
        assert_token(BASE64.encode(hidden.as_bytes()).as_bytes(), "unseen");
    }
    // As nothing, between the letters.
    let between: String = token().chars().flat_map(|c| [c, '\u{e0061}']).collect();
    assert_token(between.as_bytes(), "between");
}

/// Text of which hardly a letter is ASCII, in other encodings.
#[test]
fn evaded_letters_in_encoded_text_are_read() {
    let full = |c: char| char::from_u32(u32::from(c) - 0x21 + 0xff01).unwrap();
    let between = |sign: char| token().chars().flat_map(|c| [c, sign]).collect::<String>();
    let texts = [
        token().chars().map(full).collect(),
        between('\u{200b}'),
        between('\u{2060}'),
        between('\u{e0041}'),
    ];
    for text in texts {
        for before in ["", "x", "xy", "a word "] {
            let text = format!("{before}{text}!");
            let bytes = [b"\x80\xff\x90\xc1".as_slice(), text.as_bytes(), b"\xff\xc0"].concat();
            for bytes in [text.as_bytes(), &bytes] {
                assert_token(BASE64.encode(bytes).as_bytes(), "base64");
                assert_token(BASE64URL_NOPAD.encode(bytes).as_bytes(), "base64url");
                assert_token(HEXLOWER.encode(bytes).as_bytes(), "hex");
                assert_token(BASE64.encode(&gzip(bytes)).as_bytes(), "gzip");
            }
            assert_token(BASE32_NOPAD.encode(text.as_bytes()).as_bytes(), "base32");
        }
    }
}

/// A body of UTF-16, with its mark or without.
#[test]
fn evaded_letters_in_utf_16_are_read() {
    let full = |c: char| char::from_u32(u32::from(c) - 0x21 + 0xff01).unwrap();
    let between: String = token().chars().flat_map(|c| [c, '\u{200b}']).collect();
    let value: String = token().chars().map(full).collect();
    for value in [between, value] {
        for mark in ["", "\u{feff}"] {
            let text = format!("{mark}{{\"key\":\"{value}\",\"n\":1}}");
            let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
            for body in [little, big] {
                assert!(ids(&found(&body)).contains(&"github_token"), "{text}");
                assert!(
                    ids(&found(&gzip(&body))).contains(&"github_token"),
                    "{text}"
                );
            }
        }
    }
}

/// Bytes as some languages print them.
#[test]
fn bytes_with_signs_or_in_groups_are_read() {
    let packed = gzip(format!("the token is {}", token()).as_bytes());
    let signed: Vec<i8> = packed.iter().map(|b| b.cast_signed()).collect();
    assert_token(format!("{signed:?}").as_bytes(), "signed");
    let wide: Vec<u8> = token().encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_token(format!("{wide:?}").as_bytes(), "numbers of UTF-16");
    let token = token();
    let group = |bytes: &[u8]| {
        let pairs: Vec<_> = bytes.chunks(2).map(|pair| HEXLOWER.encode(pair)).collect();
        pairs.join(":")
    };
    let addresses: Vec<String> = token.as_bytes().chunks(16).map(group).collect();
    assert_token(addresses.join(" ").as_bytes(), "addresses");
    let uuid = |bytes: &[u8]| {
        let bytes: Vec<u8> = bytes.iter().copied().chain([b' '; 16]).collect();
        let part = |range: std::ops::Range<usize>| HEXLOWER.encode(&bytes[range]);
        [0..4, 4..6, 6..8, 8..10, 10..16].map(part).join("-")
    };
    let uuids: Vec<String> = token.as_bytes().chunks(16).map(uuid).collect();
    assert_token(uuids.join(", ").as_bytes(), "uuids");
}

#[test]
fn a_short_value_of_the_operator_is_read_at_any_alignment() {
    let scanner = scanner(&[("k4!x9z", Kind::Secret)]);
    for before in ["", "u", "us", "use", "user:"] {
        for after in ["", "a", "ab"] {
            let text = BASE64.encode(format!("{before}k4!x9z{after}").as_bytes());
            let seen = scan(&scanner, format!("Basic {text}").as_bytes()).unwrap();
            assert_eq!(ids(&seen), ["operator_secret"], "{text}");
        }
    }
}

#[test]
fn utf_32_is_read() {
    let text = format!("key {} ", token());
    let little: Vec<u8> = text.bytes().flat_map(|b| [b, 0, 0, 0]).collect();
    let big: Vec<u8> = text.bytes().flat_map(|b| [0, 0, 0, b]).collect();
    for text in [little, big] {
        assert_token(&text, "utf-32");
        assert_token(BASE64.encode(&text).as_bytes(), "utf-32 in base64");
    }
}

type Pack = fn(&[u8]) -> Vec<u8>;

const PACKERS: [Pack; 4] = [gzip, zlib, zstd, zip];

/// A part of the token stands before it, so that no packer leaves it whole.
fn secret() -> String {
    let token = token();
    format!("{} and {token}", token.get(10..30).unwrap())
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

fn zlib(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
}

fn zip(bytes: &[u8]) -> Vec<u8> {
    let packed = zlib(bytes);
    let head = b"PK\x03\x04\x14\0\x08\0\x08\0\0\0!Z\0\0\0\0\0\0\0\0\0\0\0\0\x01\0\0\0a";
    [head, &packed[2..packed.len() - 4]].concat()
}

/// Data of which no part is text, and whatever stands before.
#[test]
fn packed_data_behind_a_prefix_in_one_encoded_run_is_read() {
    let noise = |len: u32| {
        let byte = |n: u32| (n.wrapping_mul(2_654_435_761) >> 13).to_le_bytes()[0] | 0x80;
        (0..len).map(byte).collect::<Vec<u8>>()
    };
    for (which, pack) in PACKERS.into_iter().enumerate() {
        for before in [1, 2, 3, 4, 5, 50, 3000] {
            let bytes = [&noise(before)[..], &pack(secret().as_bytes()), &noise(9)].concat();
            let which = format!("{which} behind {before}");
            assert_token(BASE64.encode(&bytes).as_bytes(), &which);
            assert_token(BASE64URL_NOPAD.encode(&bytes).as_bytes(), &which);
            assert_token(
                wrapped(&BASE64.encode(&bytes), 76, "\r\n").as_bytes(),
                &which,
            );
            assert_token(format!("a{}", BASE64.encode(&bytes)).as_bytes(), &which);
            assert_token(HEXLOWER.encode(&bytes).as_bytes(), &which);
            assert_token(BASE32_NOPAD.encode(&bytes).as_bytes(), &which);
            assert_token(
                BASE64.encode(BASE64.encode(&bytes).as_bytes()).as_bytes(),
                &which,
            );
        }
    }
}

/// As JavaScript and Python send bytes in JSON.
#[test]
fn packed_data_as_numbers_or_as_latin_1_is_read() {
    for (n, pack) in PACKERS.into_iter().enumerate() {
        let bytes = pack(secret().as_bytes());
        assert_token(
            format!("{{\"type\":\"Buffer\",\"data\":{bytes:?}}}").as_bytes(),
            "numbers",
        );
        assert_token(format!("[1, 2, 3], {bytes:?}").as_bytes(), "numbers");
        let latin: String = bytes.iter().map(|b| char::from(*b)).collect();
        let ascii = super::ascii(&serde_json::to_string(&latin).unwrap());
        assert_token(ascii.as_bytes(), &format!("{n}: latin-1 in JSON in ASCII"));
        assert_token(
            serde_json::to_string(&latin).unwrap().as_bytes(),
            &format!("{n}: latin-1 in JSON"),
        );
    }
}
