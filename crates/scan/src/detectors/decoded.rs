//! Checks that decode what they are given: a key whose numbers are too small
//! is none, a token that names nobody lets nobody in, a checksum that is right
//! leaves no doubt.

use data_encoding::{BASE64_NOPAD, BASE64URL_NOPAD};

use super::check;
/// A private key in PEM: random, and no key of a size that protects nothing.
pub(super) fn private_key(secret: &[u8]) -> bool {
    let der = pem_bytes(secret);
    check::random(secret) && !counts_up(&der) && !is_small(&der)
}

/// The first bytes of what stands behind the PEM's header lines.
fn pem_bytes(text: &[u8]) -> Vec<u8> {
    let begin = memchr::memmem::find(text, b"KEY").unwrap_or(0);
    let rest = text.get(begin..).unwrap_or_default();
    let body = memchr::memmem::find(rest, b"-----").map_or(0, |at| at + 5);
    let mut digits = Vec::with_capacity(400);
    let mut escaped = false;
    for &byte in rest.get(body..).unwrap_or_default() {
        match byte {
            b'\\' => escaped = true,
            // `\n` and `\r` between the lines.
            b'n' | b'r' if escaped => escaped = false,
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'+' | b'/' => {
                escaped = false;
                digits.push(byte);
            }
            // A header line: what it says is not for us to read.
            b':' => return Vec::new(),
            _ => escaped = false,
        }
    }
    digits.truncate(digits.len() / 4 * 4);
    BASE64_NOPAD.decode(&digits).unwrap_or_default()
}

/// The bytes 00 01 02 03 … of a test vector.
fn counts_up(bytes: &[u8]) -> bool {
    let mut row = 0;
    bytes.windows(2).any(|pair| {
        let up = matches!(pair, [a, b] if a.wrapping_add(1) == *b);
        row = if up { row + 1 } else { 0 };
        row >= 15
    })
}

/// RSA below 768 bits was factored in public; DSA's prime is as long.
fn is_small(der: &[u8]) -> bool {
    const RSA: &[u8] = &[
        0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01,
    ];
    let Some(Element {
        tag: 0x30, inside, ..
    }) = element(der)
    else {
        return false;
    };
    let number = match version(inside).and_then(element) {
        // PKCS #1 and OpenSSL's DSA: a number right behind the version.
        Some(number) if number.tag == 0x02 => Some(number),
        // PKCS #8: the algorithm, and the key in a string.
        Some(algorithm) if algorithm.inside.starts_with(RSA) => element(algorithm.rest)
            .and_then(|string| element(string.inside))
            .and_then(|key| version(key.inside))
            .and_then(element),
        _ => None,
    };
    number.is_some_and(|number| number.tag == 0x02 && number.len < 768 / 8)
}

/// What follows the version 0.
fn version(der: &[u8]) -> Option<&[u8]> {
    let version = element(der)?;
    (version.tag == 0x02 && version.inside == [0]).then_some(version.rest)
}

/// An element of DER, and as much as there is of what it holds.
struct Element<'a> {
    tag: u8,
    len: usize,
    inside: &'a [u8],
    rest: &'a [u8],
}

fn element(der: &[u8]) -> Option<Element<'_>> {
    let (&tag, rest) = der.split_first()?;
    let (&short, rest) = rest.split_first()?;
    let (len, rest) = match short {
        0..=0x7f => (usize::from(short), rest),
        0x81..=0x83 => {
            let (bytes, rest) = rest.split_at_checked(usize::from(short - 0x80))?;
            let len = bytes
                .iter()
                .fold(0, |len, byte| len << 8 | usize::from(*byte));
            (len, rest)
        }
        _ => return None,
    };
    let (inside, rest) = rest.split_at_checked(len).unwrap_or((rest, &[]));
    Some(Element {
        tag,
        len,
        inside,
        rest,
    })
}

/// A JWT: its header is a JSON object that begins with a parameter of JOSE, and
/// what it says is about somebody, for somebody or until some time.
pub(super) fn jwt(secret: &[u8]) -> bool {
    let mut parts = secret.split(|b| *b == b'.');
    let json = |part: Option<&[u8]>| part.and_then(|p| BASE64URL_NOPAD.decode(p).ok());
    let header = json(parts.next()).is_some_and(|header| is_header(&header));
    let payload = parts.next().unwrap_or_default();
    let claims = BASE64URL_NOPAD.decode(payload).unwrap_or_default();
    header && payload.len() >= 12 && !is_anonymous(&claims)
}

/// Whether the first member of a JSON object is one of a JOSE header.
fn is_header(json: &[u8]) -> bool {
    // The registry of RFC 7515 and its successors.
    const NAMES: &str = "alg apu apv aud b64 crit cty enc epk iss iv jku jwk key_ops kid kty nonce p2c p2s ppt sub svt \
        tag typ url use ver version x5c x5t x5u zip";
    let inside = json.strip_prefix(b"{").unwrap_or_default();
    let name = inside.trim_ascii_start().strip_prefix(b"\"");
    name.is_some_and(|name| {
        NAMES.split(' ').any(|known| {
            name.strip_prefix(known.as_bytes())
                .is_some_and(|rest| rest.starts_with(b"\"") || rest.starts_with(b"#"))
        }) || memchr::memmem::find(json, b"\"alg\"").is_some()
    })
}

/// A whole JSON object of one member that is no claim of RFC 7519 or login.
fn is_anonymous(claims: &[u8]) -> bool {
    const CLAIMS: [&[u8]; 14] = [
        b"\"iss", b"\"sub", b"\"aud", b"\"exp", b"\"nbf", b"\"iat", b"\"jti", b"id\"", b"Id\"",
        b"user", b"mail", b"role", b"scope", b"name",
    ];
    let whole = claims.starts_with(b"{") && claims.ends_with(b"}");
    let members = memchr::memchr_iter(b':', claims).count();
    whole
        && members <= 1
        && !CLAIMS
            .iter()
            .any(|claim| memchr::memmem::find(claims, claim).is_some())
}

/// `user:password` in base64, as of HTTP's Basic scheme.
pub(crate) fn basic(secret: &[u8]) -> bool {
    let padding = secret.iter().rev().take_while(|b| **b == b'=').count();
    let digits = secret.get(..secret.len() - padding).unwrap_or_default();
    let Ok(plain) = BASE64_NOPAD.decode(digits) else {
        return false;
    };
    let printable = plain.iter().all(u8::is_ascii_graphic);
    let mut parts = plain.splitn(2, |b| *b == b':');
    let (user, password) = (parts.next(), parts.next());
    printable
        && user.is_some_and(|user| !user.is_empty())
        && password.is_some_and(|password| password.len() >= 8 && check::key_like(password))
}

/// A value of a Kubernetes Secret: base64 of something that is no stand-in.
pub(super) fn secret_data(secret: &[u8]) -> bool {
    let padding = secret.iter().rev().take_while(|b| **b == b'=').count();
    let digits = secret.get(..secret.len() - padding).unwrap_or_default();
    let whole = secret.len().is_multiple_of(4);
    whole
        && BASE64_NOPAD.decode(digits).is_ok_and(|plain| {
            let text = plain.trim_ascii();
            let reads = text.iter().all(u8::is_ascii_graphic);
            if reads {
                text.len() >= 6 && check::key_like(text)
            } else {
                plain.len() >= 16 && check::random(secret)
            }
        })
}

/// A token that ends in its own checksum, six digits in base 62 of the CRC-32
/// of what stands between prefix and checksum, or one that looks random.
pub(super) fn checked_token(secret: &[u8]) -> bool {
    is_checked(secret) || check::random(secret) && check::filled(secret)
}

/// Whether it has such a checksum, whatever stands behind that.
pub(crate) fn is_checked(secret: &[u8]) -> bool {
    let start = secret
        .iter()
        .position(|b| *b == b'_')
        .map_or(0, |at| at + 1);
    let tail = secret.get(start..).unwrap_or_default();
    let token = tail.get(..36).and_then(|token| token.split_at_checked(30));
    token.is_some_and(|(payload, sum)| sum == checksum(payload))
}

/// Six digits in base 62 of the CRC-32.
pub(crate) fn checksum(payload: &[u8]) -> [u8; 6] {
    base62(crc32(payload))
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            (sum >> 1) ^ (0xedb8_8320 & (sum & 1).wrapping_neg())
        })
    })
}

fn base62(mut number: u32) -> [u8; 6] {
    const DIGITS: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    let mut out = [b'0'; 6];
    for digit in out.iter_mut().rev() {
        let rest = usize::try_from(number % 62).unwrap_or(0);
        *digit = DIGITS.get(rest).copied().unwrap_or(b'0');
        number /= 62;
    }
    out
}

/// A password's hash, not a text that stands in for one.
pub(super) fn password_hash(secret: &[u8]) -> bool {
    let last = secret.rsplit(|b| *b == b'$').next().unwrap_or_default();
    let reads = BASE64_NOPAD
        .decode(last)
        .is_ok_and(|plain| plain.trim_ascii().iter().all(u8::is_ascii_graphic));
    check::filled(secret) && !reads && !is_salted_with_words(secret)
}

/// Argon2 with a salt that reads, as in the test vectors of its libraries: what
/// keeps passwords draws its salts.
fn is_salted_with_words(secret: &[u8]) -> bool {
    let salt = secret.rsplit(|b| *b == b'$').nth(1).unwrap_or_default();
    secret.starts_with(b"$argon2")
        && BASE64_NOPAD.decode(salt).is_ok_and(|salt| {
            let text = salt.iter().position(|b| *b == 0).unwrap_or(salt.len());
            let (text, rest) = salt.split_at(text);
            text.len() >= 6 && text.iter().all(u8::is_ascii_graphic) && rest.iter().all(|b| *b == 0)
        })
}

#[cfg(test)]
mod tests {
    use data_encoding::BASE64;

    use super::*;

    fn pem(der: &[u8], lines: &str) -> String {
        let text = BASE64.encode(der);
        let body: Vec<&str> = text
            .as_bytes()
            .chunks(64)
            .map(|line| std::str::from_utf8(line).unwrap())
            .collect();
        let header = ["-----BEGIN RSA ", "PRIVATE KEY-----"].concat();
        format!("{header}{lines}{}", body.join(lines))
    }

    /// An RSA key as far as its modulus.
    fn rsa(bytes: u8) -> Vec<u8> {
        let mut noise = 0x9e37_79b9_u32;
        let mut der = vec![0x30, 0x82, 2, 0x5c, 2, 1, 0, 2, 0x81, bytes];
        der.extend((0..bytes).map(|_| {
            noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            noise.to_be_bytes()[0]
        }));
        der
    }

    #[test]
    fn keys_of_no_strength_are_no_keys() {
        for lines in ["\n", "\\n", "\r\n", "\\r\\n", "\"\n\""] {
            assert!(private_key(pem(&rsa(129), lines).as_bytes()), "{lines:?}");
            assert!(!private_key(pem(&rsa(65), lines).as_bytes()), "{lines:?}");
        }
        let seed: Vec<u8> = (0..60).collect();
        assert!(!private_key(pem(&seed, "\n").as_bytes()));
    }

    #[test]
    fn a_token_s_checksum_is_its_proof() {
        let payload = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
        let sum = checksum(payload.as_bytes());
        let token = format!("ghp_{payload}{}", std::str::from_utf8(&sum).unwrap());
        assert!(checked_token(token.as_bytes()));
        assert!(!checked_token(token.replace('a', "b").as_bytes()));
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
    }

    #[test]
    fn a_jwt_that_names_nobody_is_no_login() {
        let token = |claims: &str| {
            let part = |text: &str| BASE64URL_NOPAD.encode(text.as_bytes());
            [part("{\"alg\":\"HS256\"}"), part(claims), part("signature")].join(".")
        };
        assert!(jwt(token("{\"sub\":\"1234567890\"}").as_bytes()));
        assert!(jwt(token("{\"user_id\":17,\"x\":1}").as_bytes()));
        assert!(!jwt(token("{\"some\":\"payload\"}").as_bytes()));
    }

    #[test]
    fn a_salt_that_reads_is_a_test_s() {
        let hash = |salt: &[u8]| {
            let salt = BASE64_NOPAD.encode(salt);
            let sum = BASE64_NOPAD.encode(&rsa(23)[10..]);
            password_hash(format!("$argon2id$v=19$m=65536,t=2,p=1${salt}${sum}").as_bytes())
        };
        assert!(!hash(b"somesalt"));
        assert!(!hash(b"somesalt\0\0\0\0\0\0\0\0"));
        assert!(hash(&[0x9c, 0x04, 0xe7, 0xb1, 0x7b, 0xe2, 0x0f, 0x4d]));
        assert!(hash(b"some\xe7alt\0\0\0"));
    }

    #[test]
    fn basic_is_a_user_and_a_password() {
        let basic_of = |text: &str| basic(BASE64.encode(text.as_bytes()).as_bytes());
        assert!(basic_of("deploy:kR7vuq29Zt"));
        assert!(!basic_of("Aladdin:open sesame"));
        assert!(!basic_of("user:password"));
        assert!(!basic_of("browser:"));
    }
}
