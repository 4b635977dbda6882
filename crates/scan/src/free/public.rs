//! Values that are random and no secret, by what they are: a version, a public
//! key, half a token, an example that a standard prints.

use std::ops::Range;

use data_encoding::{BASE64_NOPAD, BASE64URL_NOPAD};

use crate::free::value::{Value, without_padding};

/// Values that standards print in their examples (RFC 5849, 6455, 6749, 6750,
/// 7009, 7617, 7628, OAuth Core 1.0) and vendors in theirs, for their emulators: Azurite,
/// Cosmos DB.
const PRINTED: [&[u8]; 21] = [
    // The example of a key for one-time passwords in Google Authenticator's documents.
    b"JBSWY3DPEHPK3PXP",
    b"vF9dft4qmTc2Nvb3RlckBhdHRhdmlzdGEuY29tCg",
    b"2YotnFZFEjr1zCsicMWpAA",
    b"tGzv3JOkF0XG5Qx2TlKWIA",
    b"czZCaGRSa3F0MzpnWDFmQmF0M2JW",
    b"mF_9.B5f-4.1JqM",
    b"QWxhZGRpbjpvcGVuIHNlc2FtZQ",
    b"dpf43f3p2l4k3l03",
    b"kd94hf93k423kf44",
    b"hh5s93j4hdidpola",
    b"hdhd0244k9j7ao03",
    b"nnch734d00sl2jdk",
    b"pfkkdhi9sl3r4s00",
    b"kkk9d7dh3k39sjv7",
    b"9djdj82h48djs9d2",
    b"ad180jjd733klru7",
    b"45ghiukldjahdnhzdauz",
    b"dGhlIHNhbXBsZSBub25jZQ",
    b"s3pPLMBiTxaQ9kYGzzhZRbK+xOo",
    b"Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw",
    b"C2y6yDjf5/R+ob0N8A7Cgv30VRDJIWEHLM+4QDU5DE2nQ9nDuVTqobD4b8mGGyPMbIZnqyMsEcaGQy67XIw/Jw",
];

/// Whether the value is public, whatever it is called.
pub(crate) fn is_public(value: &[u8]) -> bool {
    PRINTED.contains(&value)
        || is_version(value)
        || is_point(value)
        || is_half_a_token(value)
        || is_cut(value)
        || is_ssh(value)
        || is_code(value)
        || names_an_algorithm(value)
        || is_typed_in_a_row(value)
        || says_json(value)
        || is_public_pem(value)
        || is_sealed(value)
        || is_class_name(value)
        || is_integrity(value)
        // PostHog's key of a project, which every visitor is given.
        || value.starts_with(b"phc_")
        // Login with Amazon: the id of a person's account.
        || value.starts_with(b"amzn1.account.")
}

/// The half of one of Sentry's DSNs that every visitor is given: `sentry_key=…`. Its
/// tokens have twice as many digits.
pub(crate) fn is_of_a_dsn(text: &[u8], value: &Range<usize>) -> bool {
    const NAME: &[u8] = b"sentry_key";
    const DIGITS: usize = 32;
    let sign = |b: &u8| matches!(b, b'=' | b':' | b'"' | b'\'' | b'\\' | b' ');
    let name = || {
        let before = text.get(..value.start)?;
        let signs = before.iter().rev().take(8).take_while(|b| sign(b)).count();
        let end = before.len() - signs;
        before.get(end.checked_sub(NAME.len())?..end)
    };
    let key = text.get(value.clone()).unwrap_or_default();
    key.len() == DIGITS
        && key.iter().all(u8::is_ascii_hexdigit)
        && name().is_some_and(|name| name.eq_ignore_ascii_case(NAME))
}

/// `4.13+dfsg1-1`, `v0.0.0-20250130185352-0a5f57fe920a`.
fn is_version(value: &[u8]) -> bool {
    let value = value.strip_prefix(b"v").unwrap_or(value);
    let number = |text: &[u8]| text.iter().take_while(|b| b.is_ascii_digit()).count();
    let major = number(value);
    let rest = value.get(major..).unwrap_or_default();
    let minor = rest.strip_prefix(b".").map_or(0, number);
    let sign = rest.get(minor + 1);
    (1..=3).contains(&major)
        && (1..=4).contains(&minor)
        && matches!(sign, Some(b'.' | b'+' | b'-' | b'~'))
}

/// A point of the curve P-256 in full, as of a key for web push: 65 bytes, of
/// which the first is 4.
fn is_point(value: &[u8]) -> bool {
    value.len() == 87
        && BASE64URL_NOPAD
            .decode(value)
            .is_ok_and(|bytes| bytes.first() == Some(&4))
}

/// The header of a JWT without the rest, or the beginning of one: `eyJhbGciOiJIUzI1NiIs…`.
fn is_half_a_token(value: &[u8]) -> bool {
    const HEAD: usize = 36;
    let digits = without_padding(value, 4);
    value.starts_with(b"eyJ")
        && value.len() <= 120
        && BASE64URL_NOPAD.decode(digits).is_ok_and(|json| {
            let whole = json.ends_with(b"}") && digits.len() == value.len();
            let begun = value.len() <= HEAD && json.iter().all(|b| matches!(b, b' '..=b'~'));
            (whole || begun) && memchr::memmem::find(&json, b"\"alg\"").is_some()
        })
}

/// A token of Vault before 1.10 has 24 characters behind its `s.`,
/// and five more where it names a namespace.
fn is_cut(value: &[u8]) -> bool {
    value.strip_prefix(b"s.").is_some_and(|rest| {
        let random = rest
            .iter()
            .take_while(|b| b.is_ascii_alphanumeric())
            .count();
        let whole = random == 24 && matches!(rest.len(), 24 | 30);
        random == rest.len() && random > 20 && !whole
    })
}

/// SSH's public keys as they are sent (RFC 4253, 6.6): the length of the kind's
/// name, and the name.
fn is_ssh(value: &[u8]) -> bool {
    [
        &b"AAAAB3NzaC1yc2"[..],
        b"AAAAC3NzaC1lZDI1NTE5",
        b"AAAAE2VjZHNhLXNoYTIt",
    ]
    .iter()
    .any(|start| value.starts_with(start))
        || value.starts_with(b"ssh-rsa")
        || value.starts_with(b"ssh-ed25519")
}

/// An account of Ethereum's: `0x` and 20 bytes. Its key has 32.
pub(crate) fn is_address(value: &[u8]) -> bool {
    value.len() == 42
        && value
            .strip_prefix(b"0x")
            .is_some_and(|rest| rest.iter().all(u8::is_ascii_hexdigit))
}

/// `__stringMin1Max64Pattern`: a name in code that begins with two low lines,
/// or a symbol of C++ or Rust as the linker knows it: `__ZnwmSt11align_val_t`, `_RNvNtC…`.
fn is_code(value: &[u8]) -> bool {
    const BEGINNINGS: [&[u8]; 6] = [b"_ZN", b"_RNv", b"_RIN", b"_RNC", b"_mm256_", b"_mm512_"];
    let mangled = BEGINNINGS.iter().any(|begin| value.starts_with(begin));
    mangled
        || value.starts_with(b"__") && (value.starts_with(b"__Z") || Value::new(value).is_wordy(15))
}

/// `PBKDF2WithHMAC-SHA1AndDES-EDE3-CBC`, `EC_prime256v1`, `box_xchacha20poly1305_SEEDBYTES`,
/// `AeadAes256CbcKey`.
fn names_an_algorithm(value: &[u8]) -> bool {
    [
        &b"HMAC"[..],
        b"Hmac",
        b"Aes256",
        b"AES256",
        b"Sha256",
        b"PBKDF2",
        b"prime256v1",
        b"secp384r1",
        b"poly1305",
        b"curve25519",
    ]
    .iter()
    .any(|name| memchr::memmem::find(value, name).is_some())
}

/// `sdf0o9823sjdfsdf`: letters of the keyboard's middle row, as fingers find
/// them that make up a value.
fn is_typed_in_a_row(value: &[u8]) -> bool {
    let letters = value.iter().filter(|b| b.is_ascii_alphabetic()).count();
    let middle = value
        .iter()
        .filter(|b| b"asdfghjkl".contains(&b.to_ascii_lowercase()))
        .count();
    let hex = value.iter().all(u8::is_ascii_hexdigit);
    let most = (letters >= 10 && middle * 10 >= letters * 9)
        || (letters >= 12 && middle * 5 >= letters * 4);
    most && value.len() <= 24 && !hex
}

/// `a123b45c6d78e9f012a34cd5`: the digits go on by one, whatever stands between
/// them. A document shows so how a value looks. Behind a service's name it may
/// be what somebody has made up for it, so this is not asked there.
pub(crate) fn counts(value: &[u8]) -> bool {
    let mut last = None;
    let (mut steps, mut ups) = (0, 0);
    for &digit in value.iter().filter(|b| b.is_ascii_digit()) {
        if let Some(last) = last {
            steps += 1;
            ups += usize::from((last + 1 - b'0') % 10 == digit - b'0');
        }
        last = Some(digit);
    }
    steps >= 9 && ups * 4 >= steps * 3
}

/// `abc123abc123abc123abc1`: a few characters over and over. Behind a service's name
/// it may be what somebody has made up for it, as in [`counts`].
pub(crate) fn repeats(value: &[u8]) -> bool {
    let mut seen = 0_u128;
    for byte in value {
        seen |= 1 << (byte.to_ascii_lowercase() & 127);
    }
    value.len() >= 20 && seen.count_ones() <= 6 && value.iter().any(u8::is_ascii_alphabetic)
}

/// Base64 of a JSON object in which nothing looks like a credential: what a
/// signed token says, without its signature.
fn says_json(value: &[u8]) -> bool {
    let padding = value.iter().rev().take_while(|b| **b == b'=').count();
    let digits = value.get(..value.len() - padding).unwrap_or_default();
    value.starts_with(b"eyJ")
        && BASE64URL_NOPAD
            .decode(digits)
            .or_else(|_| BASE64_NOPAD.decode(digits))
            .is_ok_and(|json| json.ends_with(b"}") && is_plain_json(&json))
}

fn is_plain_json(json: &[u8]) -> bool {
    let reads = json
        .iter()
        .all(|b| matches!(b, b' '..=b'~' | b'\n' | b'\r' | b'\t'));
    let part = |b: &u8| !(b.is_ascii_alphanumeric() || b"_-+/.~=".contains(b));
    let count = |text: &[u8], is: fn(&u8) -> bool| text.iter().filter(|b| is(b)).count();
    reads
        && json.split(part).all(|text| {
            let mixed =
                count(text, u8::is_ascii_digit) >= 2 && count(text, u8::is_ascii_alphabetic) >= 2;
            let random = Value::new(text).is_likely() || (mixed && !Value::new(text).is_wordy(50));
            text.len() < 8 || !random || counts(text) || count(text, u8::is_ascii_alphabetic) == 0
        })
}

/// What Bitnami's Sealed Secrets have encrypted for a cluster: the length of a key of
/// 4,096 bits in two bytes, the key, and the rest. No more than its beginning is judged.
fn is_sealed(value: &[u8]) -> bool {
    value.len() >= 500 && matches!(value, [b'A', b'g', b'A'..=b'D', ..])
}

/// `ApiKeyBox-module__2347b20`, `_passwordInput_3c06f4d_1`: the name that a bundler
/// gives to a class of a style sheet.
fn is_class_name(value: &[u8]) -> bool {
    let has = |text: &[u8]| memchr::memmem::find(value, text).is_some();
    let mut parts = value.split(|b| *b == b'_');
    let numbered = match [(); 4].map(|()| parts.next()) {
        [Some(b""), Some(name), Some(hash), Some(number)] => {
            name.iter().all(u8::is_ascii_alphabetic)
                && (5..=8).contains(&hash.len())
                && (1..=4).contains(&number.len())
                && number.iter().all(u8::is_ascii_digit)
                && parts.next().is_none()
        }
        _ => false,
    };
    numbered || has(b"-module__") || has(b"_module__") || has(b".svelte-")
}

/// `sha512-…`: what a file has to be, as lists of packages have it (W3C, Subresource
/// Integrity).
pub(crate) fn is_integrity(value: &[u8]) -> bool {
    const DIGESTS: [(&[u8], usize); 4] = [
        (b"sha1-", 27),
        (b"sha256-", 43),
        (b"sha384-", 64),
        (b"sha512-", 86),
    ];
    let digits = |digest: &[u8]| digest.iter().take_while(|b| **b != b'=').count();
    let whole = |(name, len): &(&[u8], usize)| {
        let digest = value.strip_prefix(*name);
        digest.is_some_and(|digest| digits(digest) == *len)
    };
    // `sha-9f0dca…`: an image that is called by its commit.
    let commit = value
        .strip_prefix(b"sha-")
        .is_some_and(|rest| Value::new(rest).is_digest());
    commit || DIGESTS.iter().any(whole)
}

/// Base64 of a certificate or a public key, in PEM or by itself.
fn is_public_pem(value: &[u8]) -> bool {
    // `-----BEGIN CERT` and `-----BEGIN PUBLIC`, as far as whole bytes go; and what public
    // keys begin with (RFC 5280, 4.1.2.7): RSA of 2,048 and 4,096 bits, P-256, Ed25519.
    const BEGINNINGS: [&[u8]; 6] = [
        b"LS0tLS1CRUdJTiBDRVJU",
        b"LS0tLS1CRUdJTiBQVUJMSUMg",
        b"MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A",
        b"MIICIjANBgkqhkiG9w0BAQEFAAOCAg8A",
        b"MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE",
        b"MCowBQYDK2VwAyEA",
    ];
    BEGINNINGS.iter().any(|begin| value.starts_with(begin))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detectors::sample::{MIXED4, MIXED20, MIXED32};

    #[test]
    fn what_is_public_is_known() {
        let point = [&[4][..], &[0x5a; 64]].concat();
        for value in [
            "4.13+dfsg1-1+deb12u1",
            "v0.0.0-20250130185352-0a5f57fe920a",
            "eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9",
            "eyJhbGciOiJIUzI1NiIsInR5cCI6Ikp",
            "AeadAes256CbcHmac256EncryptionKey",
            "PBKDF2WithHMAC-SHA1AndDES-EDE3-CBC",
            "sdf0o9823sjdfsdf",
            "ad180jjd733klru7",
            "__stringMin1Max64PatternS",
            "__ZnwmSt11align_val_tRKSt9nothrow_t",
            "vF9dft4qmTc2Nvb3RlckBhdHRhdmlzdGEuY29tCg",
            &["AAAAE2VjZHNhLXNoYTIt", MIXED32].concat(),
            "NID_X9_62_prime256v1",
            "crypto_box_curve25519xchacha20poly1305_SEEDBYTES",
            "amzn1.account.AF6RHO7KZU5XRVQJGXK6HB56KR2A",
            "ApiKeyBox-module__2347b20",
            "_passwordInput_3c06f4d_1",
            "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUV2VENDQXFXZ0F3SUJB",
            &BASE64URL_NOPAD.encode(br#"{"oid":"12345678-9abc-def-1234-56789abcdef0","n":7}"#),
            &BASE64URL_NOPAD.encode(&point),
            &["s.", MIXED20, MIXED4, "x"].concat(),
            &["AgB", &MIXED20.repeat(40)].concat(),
        ] {
            assert!(is_public(value.as_bytes()), "{value}");
        }
    }

    #[test]
    fn what_only_looks_alike_is_not() {
        let other = [&[5][..], &[0x5a; 64]].concat();
        for value in [
            MIXED32,
            "1//0gMIXEDq7ZbKx3vRt",
            "eyJhIjoiOWMwNGU3YjEiLCJ0IjoiN2JlMjBmNGQifQ",
            "0x8888f1f195afa192cfee860698584c030f4c9db1ab",
            "__Hq4nTz8LcV1sXe7RbU6g",
            &BASE64URL_NOPAD.encode(["{\"k\":\"", MIXED32, "\",\"id\":1}"].concat().as_bytes()),
            &BASE64URL_NOPAD.encode(["-----BEGIN ", "PRIVATE KEY-----"].concat().as_bytes()),
            "adfadfadfa0adfadfa0",
            "sdf0o9823qpwmzxcvb",
            "45e6ddd2kz3hfsa5",
            &BASE64URL_NOPAD.encode(&other),
            &["s.", MIXED20, MIXED4].concat(),
            &["s.", MIXED20, MIXED4, ".", "Kx3vR"].concat(),
        ] {
            assert!(!is_public(value.as_bytes()), "{value}");
        }
    }

    #[test]
    fn digits_that_go_on_by_one_are_a_document_s() {
        for value in [
            "a123b45c6d78e9f012a34cd5e6a7890b12c3d45e6f78a1b234c56d7e890a1234",
            "12cs345-67cd-890b-1cd2-c3a4567d89f1",
            "rt_123456789012_us-west-2_AbCdEfGh1234_abcd1234efgh5678ijkl9012MNOP34",
        ] {
            assert!(counts(value.as_bytes()), "{value}");
        }
        for value in [MIXED32, "12345Hq4nTz8LcV1sXe7RbU6g93", "123456789"] {
            assert!(!counts(value.as_bytes()), "{value}");
        }
    }
}
