//! Alphabets that are not those of base64.

use data_encoding::{BASE32HEX, BASE32HEX_NOPAD, Encoding, Specification};

use super::{assert_own, assert_token, sentence, wrapped};
use crate::Kind;
use crate::tests::{ids, scan, scanner, token};

fn crockford() -> Encoding {
    let mut specification = Specification::new();
    specification
        .symbols
        .push_str("0123456789ABCDEFGHJKMNPQRSTVWXYZ");
    specification.encoding().unwrap()
}

#[test]
fn base32_of_other_alphabets_is_read() {
    for text in [token(), sentence(), sentence().repeat(3)] {
        let all = [
            BASE32HEX.encode(text.as_bytes()),
            BASE32HEX_NOPAD.encode(text.as_bytes()),
            crockford().encode(text.as_bytes()),
        ];
        for encoded in all {
            assert_token("upper", &encoded);
            assert_token("lower", &encoded.to_lowercase());
            assert_token("named", &format!("secret32={encoded};"));
        }
    }
}

/// They are too short to be text by themselves.
#[test]
fn a_short_value_of_the_operator_in_base32_is_found() {
    let scanner = scanner(&[("k4!x9z", Kind::Secret)]);
    for before in ["", "u", "us", "use", "user:", "user: "] {
        for after in ["", "a", "ab", "abcd"] {
            let text = format!("{before}k4!x9z{after}");
            let text = data_encoding::BASE32.encode(text.as_bytes());
            for text in [text.clone(), text.to_lowercase()] {
                let seen = scan(&scanner, format!("Key {text}").as_bytes()).unwrap();
                assert_eq!(ids(&seen), ["operator_secret"], "{text}");
            }
        }
    }
}

/// A number of any length, in digits of an alphabet.
fn number(bytes: &[u8], alphabet: &[u8]) -> String {
    let base = u32::try_from(alphabet.len()).unwrap();
    let (mut number, mut digits) = (bytes.to_vec(), Vec::new());
    while number.iter().any(|b| *b != 0) {
        let mut rest = 0;
        for byte in &mut number {
            let value = rest << 8 | u32::from(*byte);
            *byte = u8::try_from(value / base).unwrap();
            rest = value % base;
        }
        digits.push(alphabet[rest as usize]);
    }
    digits.reverse();
    String::from_utf8(digits).unwrap()
}

const BASE58: &[u8] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const BASE62: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const BASE62_SMALL: &[u8] = b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
const BASE36: &[u8] = b"0123456789abcdefghijklmnopqrstuvwxyz";

#[test]
fn whole_numbers_in_other_bases_are_read() {
    for text in [token(), sentence(), format!("{}\n", sentence().repeat(2))] {
        for alphabet in [BASE58, BASE62, BASE62_SMALL, BASE36, b"0123456789"] {
            let encoded = number(text.as_bytes(), alphabet);
            assert_token("number", &encoded);
            assert_token("number", &format!("id: {encoded}, and more"));
        }
    }
    assert_own(
        "base58",
        &number(format!("own {}", super::OWN).as_bytes(), BASE58),
    );
}

fn base85(bytes: &[u8], alphabet: &[u8; 85]) -> String {
    let mut out = String::new();
    for chunk in bytes.chunks(4) {
        let mut group = [0; 4];
        group[..chunk.len()].copy_from_slice(chunk);
        let mut number = u32::from_be_bytes(group);
        let mut digits = [0; 5];
        for digit in digits.iter_mut().rev() {
            *digit = alphabet[(number % 85) as usize];
            number /= 85;
        }
        out.push_str(str::from_utf8(&digits[..=chunk.len()]).unwrap());
    }
    out
}

const RFC1924: &[u8; 85] =
    b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~";
const Z85: &[u8; 85] =
    b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#";

fn ascii85() -> [u8; 85] {
    std::array::from_fn(|n| u8::try_from(n + 33).unwrap())
}

#[test]
fn base85_is_read() {
    for text in [token(), sentence(), format!("# {}\n", sentence().repeat(2))] {
        for alphabet in [RFC1924, Z85, &ascii85()] {
            let encoded = base85(text.as_bytes(), alphabet);
            assert_token("base85", &encoded);
            assert_token("base85 in words", &format!("it is {encoded} as I said"));
            assert_token("framed", &format!("<~{encoded}~>"));
            let lines = wrapped(&encoded, 70).join("\n");
            assert_token("base85 on lines", &lines);
        }
    }
}

fn zlib(bytes: &[u8]) -> Vec<u8> {
    use std::io::Write as _;
    let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

/// As `git diff --binary` and `git format-patch` write what is no text.
#[test]
fn a_binary_patch_is_read() {
    let text = format!("\0\x01\x02{}\0{}", token(), sentence().repeat(2));
    let packed = zlib(text.as_bytes());
    let lines: Vec<String> = packed
        .chunks(52)
        .map(|chunk| {
            let len = u8::try_from(chunk.len()).unwrap();
            let letter = if len <= 26 {
                b'A' + len - 1
            } else {
                b'a' + len - 27
            };
            let mut padded = chunk.to_vec();
            padded.resize(chunk.len().next_multiple_of(4), 0);
            format!("{}{}\n", char::from(letter), base85(&padded, RFC1924))
        })
        .collect();
    let lines = lines.concat();
    let patch = format!(
        "diff --git a/key.bin b/key.bin\nnew file mode 100644\nindex 0000000000000000000000000000000000000000..e69de29bb2d1d6434b8b29ae775ad8c2e48c5391\nGIT binary patch\nliteral {}\n{lines}\nliteral 0\nHcmV?d00001\n\n-- \n2.43.0\n",
        text.len()
    );
    assert_token("patch", &patch);
}

fn uuencoded(bytes: &[u8], zero: u8) -> String {
    let sign = |value: u8| char::from(if value == 0 { zero } else { value + 32 });
    let line = |chunk: &[u8]| {
        let mut line = sign(u8::try_from(chunk.len()).unwrap()).to_string();
        for group in chunk.chunks(3) {
            let at = |n: usize| group.get(n).copied().unwrap_or(0);
            let (a, b, c) = (at(0), at(1), at(2));
            let values = [
                a >> 2,
                (a & 3) << 4 | b >> 4,
                (b & 15) << 2 | c >> 6,
                c & 63,
            ];
            line.extend(values.map(sign));
        }
        line
    };
    let lines: Vec<_> = bytes.chunks(45).map(line).collect();
    format!(
        "begin 644 key.txt\n{}\n{}\nend\n",
        lines.join("\n"),
        sign(0)
    )
}

#[test]
fn uuencoded_text_is_read() {
    for zero in [b' ', b'`'] {
        for text in [token(), sentence(), sentence().repeat(3)] {
            assert_token("uuencode", &uuencoded(text.as_bytes(), zero));
        }
    }
}

/// Each byte as eight digits.
#[test]
fn binary_digits_are_read() {
    for between in ["", " ", ", ", "\n"] {
        let token = token();
        let digits: Vec<_> = token.bytes().map(|b| format!("{b:08b}")).collect();
        assert_token("binary", &digits.join(between));
    }
}
