//! Values that look random and are no credential by their shape: the name of a
//! file or of a thing in code, text in an encoding, the id of an object, a
//! digest in a list of digests or in an address.
//!
//! Nothing here knows a value. What is known by itself is in `public`.

use std::ops::Range;

use data_encoding::{BASE32_NOPAD, BASE64_NOPAD, BASE64URL_NOPAD};

use crate::detectors::check::is_dummy;
use crate::detectors::decoded;
use crate::free::digests::is_hex;
use crate::free::value::{Value, without_padding};

/// Whether the value is no credential, whatever it is called.
pub(crate) fn is_named_thing(value: &[u8]) -> bool {
    is_file(value)
        || is_name(value)
        || is_dated(value)
        || is_dotted(value)
        || is_attribute(value)
        || is_object(value)
        || is_numbered_name(value)
        || is_constant(value)
        || is_text_in_base32(value)
}

/// `compat-7db58f8b.js`.
fn is_file(value: &[u8]) -> bool {
    const ENDS: [&[u8]; 41] = [
        b"eml", b"js", b"mjs", b"css", b"map", b"json", b"html", b"xml", b"yml", b"yaml", b"md",
        b"txt", b"svg", b"png", b"jpg", b"jpeg", b"gif", b"webp", b"woff", b"woff2", b"wasm",
        b"pdf", b"zip", b"gz", b"jar", b"whl", b"so", b"py", b"pyc", b"pyi", b"rb", b"go", b"rs",
        b"php", b"java", b"ts", b"tsx", b"jsx", b"cjs", b"dll", b"tgz",
    ];
    let dot = memchr::memrchr(b'.', value);
    dot.is_some_and(|dot| {
        let end = value.get(dot + 1..).unwrap_or_default();
        dot > 0 && ENDS.contains(&end)
    })
}

/// `diameter.3gpp.s6t.b24`: short parts in small letters between dots.
fn is_dotted(value: &[u8]) -> bool {
    let part = |part: &[u8]| {
        (1..=12).contains(&part.len())
            && part
                .iter()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || *b == b'_')
    };
    let parts = || value.split(|b| *b == b'.');
    let lettered = parts().filter(|p| p.iter().any(u8::is_ascii_lowercase));
    parts().all(part) && parts().count() >= 3 && lettered.count() >= 3
}

/// `addApiKeyWithHTTPInfo`, `Oauth2CredentialProviderConfig`: a name in code that has
/// hardly a digit, and a word in it that names in code have.
fn is_name(value: &[u8]) -> bool {
    const WORDS: [&[u8]; 13] = [
        b"piKey",
        b"ccessKey",
        b"Token",
        b"Secret",
        b"Password",
        b"Credential",
        b"Provider",
        b"Request",
        b"Response",
        b"Handler",
        b"Header",
        b"KeyLength",
        b"Encryption",
    ];
    let has = |word: &&[u8]| memchr::memmem::find(value, word).is_some();
    let digits = value.iter().filter(|b| b.is_ascii_digit()).count();
    value.iter().all(u8::is_ascii_alphanumeric)
        && digits * 16 <= value.len()
        && WORDS.iter().any(has)
}

/// `v2018_09_01_preview`: a version that is called by its day.
fn is_dated(value: &[u8]) -> bool {
    let day = value.strip_prefix(b"v").unwrap_or(value).get(..10);
    day.is_some_and(|day| {
        let sign = day.get(4).copied();
        day.starts_with(b"20")
            && matches!(sign, Some(b'_' | b'-'))
            && day.iter().enumerate().all(|(at, byte)| match at {
                4 | 7 => Some(*byte) == sign,
                _ => byte.is_ascii_digit(),
            })
    })
}

/// `cls._schema_on_200`: a thing within a thing, in code.
fn is_attribute(value: &[u8]) -> bool {
    memchr::memmem::find(value, b"._").is_some_and(|dot| {
        let thing = value.get(..dot).unwrap_or_default();
        (2..=12).contains(&dot) && thing.iter().all(u8::is_ascii_lowercase)
    })
}

/// `abc123def456ghi789`: letters and digits that go on by one, in turn.
pub(crate) fn is_in_steps(value: &[u8]) -> bool {
    let steps = |pair: &[u8]| matches!(pair, [a, b] if a.wrapping_add(1) == *b);
    let mut parts = 0;
    let mut rest = value;
    while let Some(first) = rest.first() {
        let class = first.is_ascii_digit();
        let end = rest.iter().position(|b| b.is_ascii_digit() != class);
        let (part, next) = rest.split_at(end.unwrap_or(rest.len()));
        if part.len() < 3 || !part.windows(2).all(steps) {
            return false;
        }
        parts += 1;
        rest = next;
    }
    parts >= 4
}

/// `TR31_K1_KEY_BLOCK_PROTECTION_KEY`: a constant in code.
fn is_constant(value: &[u8]) -> bool {
    let spelled = |b: &u8| b.is_ascii_uppercase() || b.is_ascii_digit() || *b == b'_';
    value.iter().all(spelled)
        && memchr::memchr_iter(b'_', value).count() >= 3
        && value.iter().filter(|b| b.is_ascii_digit()).count() * 6 <= value.len()
}

/// `billing-backend-e9e2e0a4`: words, and what a cluster has put behind them.
fn is_numbered_name(value: &[u8]) -> bool {
    let spelled = |b: &u8| b.is_ascii_lowercase() || b.is_ascii_digit() || *b == b'-';
    let mut parts = value.rsplit(|b| *b == b'-');
    let last = parts.next().unwrap_or_default();
    let words = parts.clone().count();
    value.iter().all(spelled)
        && (4..=10).contains(&last.len())
        && words >= 2
        && parts
            .all(|part| (2..=12).contains(&part.len()) && part.iter().all(u8::is_ascii_lowercase))
}

/// `tok_189f…`, `sq0idp-…`: the id of an object of Stripe's, of an application of
/// Square's. Their keys begin otherwise.
fn is_object(value: &[u8]) -> bool {
    const OBJECTS: [&[u8]; 16] = [
        b"acct", b"card", b"ch", b"cs", b"cus", b"evt", b"in", b"pi", b"pm", b"po", b"price",
        b"prod", b"re", b"src", b"sub", b"tok",
    ];
    let own = value.strip_prefix(b"sandbox-").unwrap_or(value);
    if own.starts_with(b"sq0id") || is_of_aws(value) {
        return true;
    }
    let Some((kind, id)) = memchr::memchr(b'_', value).and_then(|at| value.split_at_checked(at))
    else {
        return false;
    };
    OBJECTS.contains(&kind) && (15..=25).contains(&id.len()) && is_mixed(id.get(1..))
}

/// `nat-05dba92075d71c408`: the kind of a thing of AWS's, and 17 hex digits, or 8.
fn is_of_aws(value: &[u8]) -> bool {
    let kind = value.iter().take_while(|b| b.is_ascii_lowercase()).count();
    let id = value.get(kind..).and_then(|rest| rest.strip_prefix(b"-"));
    (1..=8).contains(&kind) && id.is_some_and(|id| matches!(id.len(), 8 | 17) && is_hex(id))
}

fn is_mixed(id: Option<&[u8]>) -> bool {
    id.is_some_and(|id| {
        id.iter().all(u8::is_ascii_alphanumeric)
            && id.iter().any(u8::is_ascii_uppercase)
            && id.iter().any(u8::is_ascii_lowercase)
    })
}

/// Base64 of words, or of nothing but letters: somebody wrote it. A login is
/// none: it has a colon, and what stands behind it may be random.
pub(crate) fn is_text(value: &[u8]) -> bool {
    let whole = without_padding(value, 4);
    BASE64_NOPAD
        .decode(whole)
        .or_else(|_| BASE64URL_NOPAD.decode(whole))
        .is_ok_and(|plain| is_written(&plain))
        && !decoded::basic(value)
}

/// Base32 of the same, as examples of one-time passwords are made up. What is
/// random is of capitals and of these digits by chance only.
fn is_text_in_base32(value: &[u8]) -> bool {
    value
        .iter()
        .all(|b| matches!(b, b'A'..=b'Z' | b'2'..=b'7' | b'='))
        && BASE32_NOPAD
            .decode(without_padding(value, 8))
            .is_ok_and(|plain| is_written(&plain))
}

fn is_written(plain: &[u8]) -> bool {
    let plain = plain.trim_ascii_end();
    let letters = plain.iter().filter(|b| b.is_ascii_alphabetic()).count();
    let typed = letters * 12 >= plain.len() * 11 && is_one_case(plain);
    plain.len() >= 10
        && plain
            .iter()
            .all(|b| matches!(b, b' '..=b'~' | b'\n' | b'\t'))
        && (typed || is_dummy(plain) || Value::new(plain).is_wordy(60))
}

fn is_one_case(text: &[u8]) -> bool {
    !text.iter().any(u8::is_ascii_uppercase) || !text.iter().any(u8::is_ascii_lowercase)
}

/// Whether a digest stands where lists of digests and addresses of commits have
/// theirs: before the name of a file, as `md5sum` writes it, or as a part of a path.
pub(crate) fn is_listed_digest(text: &[u8], value: &Range<usize>) -> bool {
    let hex = text.get(value.clone()).unwrap_or_default();
    if !matches!(hex.len(), 32 | 40 | 64 | 96 | 128) || !hex.iter().all(u8::is_ascii_hexdigit) {
        return false;
    }
    let before = text.get(..value.start).unwrap_or_default();
    let behind = text.get(value.end..).unwrap_or_default();
    let line = before.is_empty() || before.ends_with(b"\n") || before.ends_with(b"\\n");
    let sum = line && (behind.starts_with(b"  ") || behind.starts_with(b" *"));
    let path = hex.len() != 32 && before.ends_with(b"/");
    // `git log --oneline`, `git show-ref`.
    let log = line && hex.len() == 40 && behind.starts_with(b" ");
    sum || log || path || (hex.len() == 40 && is_behind_repository(before))
}

/// `  FirebaseAuth: c86b…`, below a line that ends with a commit too, or below the heading
/// of such a list. Both are near: how long the text before them is costs nothing.
pub(crate) fn is_in_list_of_digests(text: &[u8], value: &Range<usize>) -> bool {
    const NEAR: usize = 160;
    let bytes = text.get(value.clone()).unwrap_or_default();
    let from = value.start.saturating_sub(NEAR + bytes.len());
    let before = text.get(from..value.start).unwrap_or_default();
    if !before.ends_with(b": ") || !Value::new(bytes).is_digest() {
        return false;
    }
    let line = memchr::memrchr(b'\n', before);
    let start = line.max(memchr::memmem::rfind(before, b"\\n")).unwrap_or(0);
    let above = before.get(..start).unwrap_or_default();
    let slashes = above.iter().rev().take_while(|b| **b == b'\\').count();
    let above = above.get(..above.len() - slashes).unwrap_or_default();
    if above.ends_with(b"CHECKSUMS:") {
        return true;
    }
    let last = above.len().checked_sub(bytes.len());
    last.and_then(|from| above.get(from..))
        .is_some_and(|last| Value::new(last).is_digest())
}

/// `?client_id=…&`: what a client tells of itself where somebody logs in.
pub(crate) fn is_a_parameter(text: &[u8], value: &Range<usize>) -> bool {
    let before = text.get(..value.start).unwrap_or_default();
    let name = before.strip_suffix(b"=").unwrap_or_default();
    let part = |b: &u8| b.is_ascii_alphanumeric() || *b == b'_';
    let start = name.iter().rposition(|b| !part(b)).map_or(0, |at| at + 1);
    let ahead = start.checked_sub(1).and_then(|at| name.get(at)).copied();
    let behind = text.get(value.end).copied();
    before.ends_with(b"=") && (matches!(ahead, Some(b'?' | b'&')) || behind == Some(b'&'))
}

/// `github.com/bmizerany/pat `: what a list of sources has before a commit.
fn is_behind_repository(before: &[u8]) -> bool {
    let named = before.trim_ascii_end();
    let part = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'/' | b'-' | b'_');
    let start = named.iter().rposition(|b| !part(b)).map_or(0, |at| at + 1);
    let source = named.get(start..).unwrap_or_default();
    let host = source.split(|b| *b == b'/').next().unwrap_or_default();
    named.len() < before.len()
        && source.len() > host.len()
        && memchr::memchr(b'.', host).is_some_and(|dot| dot > 0)
}

/// `getKerberosS4U2SelfU2U(…`: the name of a function that is called.
pub(crate) fn is_called(text: &[u8], value: &Range<usize>) -> bool {
    text.get(value.end) == Some(&b'(')
}

/// `"key_id":"5680…","key":"…`: the public half of a pair, for which GitHub's clients
/// encrypt secrets.
pub(crate) fn is_for_sealing(text: &[u8], value: &Range<usize>) -> bool {
    const NEAR: usize = 64;
    let before = text.get(value.start.saturating_sub(NEAR)..value.start);
    let mut said: Vec<u8> = before.unwrap_or_default().to_vec();
    said.retain(|b| !matches!(b, b'\\' | b' ' | b'\n'));
    // With a slash of base64 it begins before what is judged.
    let begins = said.iter().rposition(|b| *b != b'/').map_or(0, |at| at + 1);
    said.truncate(begins);
    let Some(rest) = said.strip_suffix(b"\",\"key\":\"") else {
        return false;
    };
    let digits = rest.iter().rev().take_while(|b| b.is_ascii_digit()).count();
    digits > 0
        && rest
            .get(..rest.len() - digits)
            .is_some_and(|rest| rest.ends_with(b"\"key_id\":\""))
}

/// `exports.SigningKeyLength=SigningKeyLength`.
pub(crate) fn is_its_own_name(text: &[u8], value: &Range<usize>) -> bool {
    let (before, bytes) = (text.get(..value.start), text.get(value.clone()));
    let named = before.and_then(|before| before.strip_suffix(b"="));
    named
        .zip(bytes)
        .is_some_and(|(named, bytes)| named.ends_with(bytes))
}

/// `api://fd3f753b-…`: what an application is called where others ask for it.
pub(crate) fn is_application(text: &[u8], value: &Range<usize>) -> bool {
    let bytes = text.get(value.clone()).unwrap_or_default();
    let before = text.get(..value.start).unwrap_or_default();
    let id = bytes.strip_prefix(b"//").unwrap_or(bytes);
    Value::new(id).is_uuid() && (before.ends_with(b"api:") || before.ends_with(b"api://"))
}

/// `\u00c5tkomst`: the digits are those of an escape. What they stand for is
/// read where it is undone.
pub(crate) fn begins_with_an_escape(text: &[u8], value: &Range<usize>) -> bool {
    let behind = text
        .get(..value.start)
        .is_some_and(|text| text.ends_with(b"\\"));
    let bytes = text.get(value.clone()).unwrap_or_default();
    let digits = bytes.get(1..5).unwrap_or_default();
    behind
        && bytes.first() == Some(&b'u')
        && digits.len() == 4
        && digits.iter().all(u8::is_ascii_hexdigit)
}

/// Whether the key is one for searching a site's documents, which every visitor
/// of the site is given: the name of the index stands beside it.
pub(crate) fn is_for_search(text: &[u8], value: &Range<usize>) -> bool {
    const NEAR: usize = 160;
    let hex = text.get(value.clone()).unwrap_or_default();
    let near = text
        .get(value.start.saturating_sub(NEAR)..text.len().min(value.end + NEAR))
        .unwrap_or_default();
    let has = |word: &[u8]| memchr::memmem::find(near, word).is_some();
    hex.len() == 32
        && hex.iter().all(u8::is_ascii_hexdigit)
        && (has(b"indexName") || has(b"index_name") || has(b"docsearch"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detectors::sample::{HEX8, HEX32, MIXED20, MIXED32};

    #[test]
    fn things_are_told_from_credentials() {
        for value in [
            &["compat-", HEX32, ".js"].concat(),
            "diameter.3gpp.s6t.b24",
            &["tok", "_189g322eZvKYlo2CeoPw2s"].concat(),
            &["sq0", "idb-c2OuYt13YaCAeJq_2cd8OQ"].concat(),
            "cls._schema_on_200_201",
            "addApiKeyWithHTTPInfo",
            "v2018_09_01_preview",
            "nat-05dba92075d71c408",
            "AtlassianOauth2CredentialProviderConfig",
        ] {
            assert!(is_named_thing(value.as_bytes()), "{value}");
        }
        for value in [
            MIXED32,
            HEX32,
            &["s.", MIXED20].concat(),
            &["tok", "_live"].concat(),
            &["sk", "_", MIXED20].concat(),
        ] {
            assert!(!is_named_thing(value.as_bytes()), "{value}");
        }
    }

    #[test]
    fn encoded_words_are_told_from_random_bytes() {
        for value in [
            BASE64_NOPAD.encode(b"slkfjhadlfakjhdslkfjahsd"),
            BASE64_NOPAD.encode(b"publicKeyCredentialId1"),
            BASE64_NOPAD.encode(b"abcdefghijklmnopqrstuvwxyz123456"),
        ] {
            assert!(is_text(value.as_bytes()), "{value}");
        }
        let words = BASE32_NOPAD.encode(b"OtherSecretUnderTests");
        assert!(is_text_in_base32(words.as_bytes()));
        let random = [0x9c, 0x04, 0xe7, 0xb1, 0x7b, 0xe2, 0x0f, 0x4d, 0x91, 0x3c];
        for value in [
            BASE32_NOPAD.encode(&random),
            BASE64_NOPAD.encode(&random),
            BASE64_NOPAD.encode(["admin:", MIXED20].concat().as_bytes()),
            MIXED32.to_owned(),
            HEX32.to_owned(),
        ] {
            assert!(!is_text_in_base32(value.as_bytes()), "{value}");
            assert!(!is_text(value.as_bytes()), "{value}");
        }
    }

    #[test]
    fn steps_in_turn_are_a_document_s() {
        assert!(is_in_steps(b"abc123def456ghi789"));
        assert!(!is_in_steps(b"abc123Hq4nTz8LcV1s"));
        assert!(!is_in_steps(b"abcdefghijklmnopqr"));
    }

    #[test]
    fn code_and_escapes_are_known_by_what_stands_beside() {
        assert!(is_called(b"key = getKerberosS4U2SelfU2U(a)", &(6..28)));
        assert!(!is_called(b"key = getKerberosS4U2SelfU2U", &(6..28)));
        assert!(begins_with_an_escape(b"\"\\u00c5tkomstnyckel\"", &(2..19)));
        assert!(!begins_with_an_escape(b"\"u00c5tkomstnyckel\"", &(1..18)));
    }

    #[test]
    fn digests_are_known_by_where_they_stand() {
        let is_listed = |before: &str, hex: &str, behind: &str| {
            let text = [before, hex, behind].concat();
            is_listed_digest(text.as_bytes(), &(before.len()..before.len() + hex.len()))
        };
        let sha1 = [HEX32, HEX8].concat();
        assert!(is_listed("twitter.r\n", HEX32, " *demo/oauth.r"));
        assert!(is_listed("", &sha1, "  a.tar.gz"));
        assert!(is_listed("php-token-stream/zipball/", &sha1, "\""));
        assert!(is_listed("github.com/bmizerany/pat ", &sha1, "\n"));
        assert!(!is_listed("vault.secret/key", &sha1, "\n"));
        assert!(!is_listed("github pat ", &sha1, "\n"));
        let in_list = |name: &str| {
            let before = [&sha1, "\n", name, ": "].concat();
            let text = [before.as_str(), &sha1].concat();
            is_in_list_of_digests(text.as_bytes(), &(before.len()..text.len()))
        };
        assert!(in_list("  FirebaseAuth"));
        assert!(!in_list(&"  FirebaseAuth".repeat(20)));
        assert!(!is_listed("token=", &sha1, "  # ours"));
        assert!(!is_listed("twitter secret\n", HEX32, "\n"));
        assert!(!is_listed("api.internal/key/", HEX32, "\""));
    }
}
