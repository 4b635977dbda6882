//! Data that is smuggled out in an address: encoded text in a path or a query,
//! long values that look random, data spelled out as labels of a host.
//!
//! An address is full of values that look random and are none of it: digests,
//! UUIDs, keys of objects, page cursors, signatures. So what counts is not
//! entropy alone. Encoded text that reads as text is data, at a fair length;
//! what reads as nothing must be longer than any id; cursors, signatures and
//! their like have their names and may be longer still, not without end.

use std::borrow::Cow;
use std::ops::Range;

use data_encoding::{BASE32_NOPAD, BASE64_NOPAD, BASE64URL_NOPAD, HEXLOWER_PERMISSIVE};

/// The id of findings in paths and queries.
pub(crate) const URL: &str = "url_entropy";
/// The id of findings in hosts.
pub(crate) const HOST: &str = "host_entropy";

/// Encoded text in a path: no id is made of as much.
const PATH_TEXT: usize = 15;
/// Encoded text in a query, where small state travels so.
const QUERY_TEXT: usize = 20;
/// What looks random, in a path. Ids of a model's answers have 29 characters.
const PATH_OPAQUE: usize = 30;
/// What looks random, in a query.
const QUERY_OPAQUE: usize = 300;
/// The same, under a name that says that it is data.
const DATA_OPAQUE: usize = 48;
/// A digit in hex stands for a digest up to this length.
const DIGEST: usize = 128;
/// Digests in one path.
const DIGESTS: usize = 6;
/// Everything in one address that looks random, names of its own aside.
const ALL_OPAQUE: usize = 600;
/// A value under a name that is for encoded state.
const STATE: usize = 2048;
/// Such state as far as it reads as text.
const STATE_TEXT: usize = 800;
/// All that is signed or state.
const ALL_STATE: usize = 6144;
/// No address is longer.
const LONGEST: usize = 8192;
/// The shortest run that is looked at.
const LEAST: usize = 16;

/// Names, or their endings, whose values are encoded state by custom.
const STATES: [&str; 28] = [
    "after",
    "assertion",
    "before",
    "bookmark",
    "challenge",
    "code",
    "continue",
    "continuation",
    "cursor",
    "hint",
    "marker",
    "next",
    "nonce",
    "offset",
    "page",
    "pagination",
    "position",
    "prev",
    "previous",
    "relaystate",
    "samlrequest",
    "samlresponse",
    "signature",
    "since",
    "start",
    "state",
    "token",
    "verifier",
];
/// Names of what is no state, but handed over.
const DATA: [&str; 14] = [
    "blob", "body", "content", "contents", "data", "dump", "env", "exfil", "leak", "message",
    "msg", "output", "payload", "secret",
];
/// Names that belong to a signature of the address.
const SIGNED: [&str; 16] = [
    "awsaccesskeyid",
    "expires",
    "googleaccessid",
    "hmac",
    "jwt",
    "key-pair-id",
    "policy",
    "sig",
    "signature",
    "signed",
    "ske",
    "skoid",
    "sks",
    "sktid",
    "sp",
    "sv",
];
/// How a person's eye knows an address that is signed.
const SIGNATURES: [&str; 6] = [
    "x-amz-signature",
    "x-goog-signature",
    "signature",
    "sig",
    "hmac",
    "jwt",
];

/// Where in a path and query data is smuggled, if anywhere.
pub(crate) fn in_url(target: &[u8]) -> Option<Range<usize>> {
    if target.len() > LONGEST {
        return Some(0..target.len());
    }
    let query_at = target.iter().position(|b| *b == b'?');
    let path_end = query_at.unwrap_or(target.len());
    let mut sums = Sums::default();
    for range in pieces(target, 0..path_end, |b| b == b'/') {
        if sums.path(&unescaped(target.get(range.clone())?)) {
            return Some(range);
        }
    }
    let query = query_at.map_or(path_end, |at| at + 1)..target.len();
    let fields: Vec<Range<usize>> = pieces(target, query, |b| matches!(b, b'&' | b';')).collect();
    let name_of = |field: &Range<usize>| {
        let text = target.get(field.clone()).unwrap_or_default();
        let end = text.iter().position(|b| *b == b'=');
        let name = end.and_then(|end| text.get(..end)).unwrap_or_default();
        (
            String::from_utf8_lossy(name).to_ascii_lowercase(),
            end.map_or(0, |end| end + 1),
        )
    };
    let is_signed = fields
        .iter()
        .any(|f| SIGNATURES.contains(&name_of(f).0.as_str()));
    for field in fields {
        let (name, skip) = name_of(&field);
        let range = field.start + skip..field.end;
        let value = unescaped(target.get(range.clone())?);
        if sums.query(&name, &value, is_signed) {
            return Some(range);
        }
    }
    None
}

/// Whether data is spelled out in the labels of a host, which is read as the
/// client spelled it: whoever encodes keeps to the code's capitals.
pub(crate) fn in_host(host: &[u8]) -> bool {
    const MANY: usize = 10;
    const LONG: usize = 120;
    const READABLE: usize = 10;
    const RANDOM: usize = 48;
    let labels: Vec<&[u8]> = host.split(|b| *b == b'.').collect();
    let Some(below) = labels.len().checked_sub(2).filter(|below| *below > 0) else {
        return false;
    };
    let (mut text, mut random, mut spelled) = (0, 0, 0);
    for label in labels.iter().take(below) {
        text += decoded_text(label, 6).max(text_in_lost_case(label));
        let random_here: usize = label
            .split(|b| matches!(b, b'-' | b'_'))
            .filter(|part| part.len() >= LEAST && is_random_word(part))
            .map(<[u8]>::len)
            .sum();
        // The address of content, or a digest, is one label.
        let is_name = is_content_id(label)
            || label.iter().all(u8::is_ascii_hexdigit) && matches!(label.len(), 32 | 40 | 64);
        random += random_here;
        spelled += usize::from(random_here > 0 && !is_name);
        if is_base32_in_capitals(label) {
            return true;
        }
    }
    labels.len() > MANY
        || host.len() > LONG
        || labels.get(..below).is_some_and(are_slices)
        || text >= READABLE
        || (random >= RANDOM && spelled > 0)
}

/// What one address holds so far.
#[derive(Default)]
struct Sums {
    opaque: usize,
    state: usize,
    digests: usize,
}

impl Sums {
    /// Whether a path's segment says that enough is enough.
    fn path(&mut self, segment: &[u8]) -> bool {
        runs(segment).any(|run| {
            let run = without_prefix(run);
            if is_address(run) {
                return false;
            }
            let text = decoded_text(run, PATH_TEXT);
            if text >= PATH_TEXT {
                return true;
            }
            if run.iter().all(u8::is_ascii_hexdigit) {
                self.digests += usize::from(run.len() >= 2 * LEAST);
                return run.len() > DIGEST || self.digests > DIGESTS;
            }
            let opaque = if is_random(run) { run.len() } else { 0 };
            self.opaque += opaque;
            (opaque >= PATH_OPAQUE && !is_document_id(run)) || self.opaque > ALL_OPAQUE
        })
    }

    /// The same of a query's value.
    fn query(&mut self, name: &str, value: &[u8], is_signed: bool) -> bool {
        let last = name
            .rsplit(['-', '_', '.', '[', ']'])
            .find(|word| !word.is_empty());
        let is_state = STATES.iter().any(|state| name.ends_with(state))
            || last.is_some_and(|last| matches!(last, "id" | "uid" | "key"));
        let is_part = is_signed
            && (SIGNED.contains(&name)
                || name.starts_with("x-amz-")
                || name.starts_with("x-goog-"));
        runs(value).any(|run| {
            if is_address(run) {
                return false;
            }
            let text = decoded_text(run, QUERY_TEXT);
            let opaque =
                if is_random(run) || run.len() > DIGEST && run.iter().all(u8::is_ascii_hexdigit) {
                    run.len()
                } else {
                    0
                };
            if is_part || is_state {
                self.state += opaque.max(text);
                let too_long = run.len() > STATE || (text > STATE_TEXT && !is_part);
                return (opaque.max(text) > 0 && too_long) || self.state > ALL_STATE;
            }
            self.opaque += opaque;
            let is_data = DATA.contains(&name) && !is_image(run);
            let most = if is_data { DATA_OPAQUE } else { QUERY_OPAQUE };
            text >= QUERY_TEXT || opaque > most || self.opaque > ALL_OPAQUE
        })
    }
}

/// The bytes of `range` between separators.
fn pieces(
    text: &[u8],
    range: Range<usize>,
    is_separator: impl Fn(u8) -> bool,
) -> impl Iterator<Item = Range<usize>> {
    let mut at = range.start;
    std::iter::from_fn(move || {
        let rest = text.get(at..range.end).filter(|_| at <= range.end)?;
        let len = rest
            .iter()
            .position(|b| is_separator(*b))
            .unwrap_or(rest.len());
        let piece = at..at + len;
        at += len + 1;
        Some(piece)
    })
}

/// The runs of encoded characters that are long enough to be looked at.
fn runs(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    let encoded = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'_' | b'-');
    text.split(move |b| !encoded(b))
        .filter(|run| run.len() >= LEAST)
}

/// With its percent escapes undone.
fn unescaped(text: &[u8]) -> Cow<'_, [u8]> {
    if !text.contains(&b'%') {
        return Cow::Borrowed(text);
    }
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((&first, tail)) = rest.split_first() {
        let byte = tail
            .get(..2)
            .filter(|_| first == b'%')
            .and_then(|digits| HEXLOWER_PERMISSIVE.decode(digits).ok())
            .and_then(|bytes| bytes.first().copied());
        out.push(byte.unwrap_or(first));
        rest = tail
            .get(if byte.is_some() { 2 } else { 0 }..)
            .unwrap_or_default();
    }
    Cow::Owned(out)
}

/// An id without the word before it: `msgbatch_01…`.
fn without_prefix(run: &[u8]) -> &[u8] {
    const WORD: usize = 16;
    match run.iter().position(|b| matches!(b, b'_' | b'-')) {
        Some(at) if at <= WORD && run.iter().take(at).all(u8::is_ascii_lowercase) => {
            run.get(at + 1..).unwrap_or_default()
        }
        Some(_) | None => run,
    }
}

/// How many bytes of text a run decodes to; 0 where it reads as no text.
fn decoded_text(run: &[u8], least: usize) -> usize {
    let text = |bytes: Vec<u8>| (bytes.len() >= least && is_text(&bytes)).then_some(bytes.len());
    decodings(run).filter_map(text).max().unwrap_or(0)
}

/// What a run may be the encoding of.
fn decodings(run: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    let even = run.get(..run.len() / 2 * 2).unwrap_or_default();
    let hex = even
        .iter()
        .all(u8::is_ascii_hexdigit)
        .then(|| HEXLOWER_PERMISSIVE.decode(even).ok());
    let upper = run.to_ascii_uppercase();
    let blocks = run.len() / 8 * 8;
    let one_case =
        !(run.iter().any(u8::is_ascii_uppercase) && run.iter().any(u8::is_ascii_lowercase));
    let base32 = one_case.then(|| BASE32_NOPAD.decode(upper.get(..blocks)?).ok());
    let groups = run.get(..run.len() / 4 * 4).unwrap_or_default();
    let base64 = (!one_case).then(|| {
        BASE64URL_NOPAD
            .decode(groups)
            .or_else(|_| BASE64_NOPAD.decode(groups))
            .ok()
    });
    [hex, base32, base64].into_iter().flatten().flatten()
}

fn is_text(bytes: &[u8]) -> bool {
    let Ok(text) = str::from_utf8(bytes) else {
        return false;
    };
    let plain = |c: char| !c.is_control() || c.is_ascii_whitespace();
    let letters = text
        .chars()
        .filter(|c| c.is_alphanumeric() || *c == ' ')
        .count();
    text.chars().all(plain) && letters * 2 > text.chars().count()
}

/// An address in an address: proxies of images take them encoded. Text that
/// names no address, or a long one, is no such thing.
fn is_address(run: &[u8]) -> bool {
    const LONG: usize = 300;
    let starts = [&b"http://"[..], b"https://", b"s3://", b"gs://"];
    decodings(run).any(|bytes| {
        let named = starts.iter().any(|start| bytes.starts_with(start));
        let target = bytes
            .iter()
            .skip(8)
            .position(|b| *b == b'/')
            .map_or(bytes.len(), |at| at + 8);
        named && bytes.len() <= LONG && in_url(bytes.get(target..).unwrap_or_default()).is_none()
    })
}

/// Letters of both cases and digits in no order, and few signs.
fn is_random(run: &[u8]) -> bool {
    let class = |b: &u8| match b {
        b'0'..=b'9' => 0,
        b'a'..=b'z' => 1,
        b'A'..=b'Z' => 2,
        _ => 3,
    };
    let mut counts = [0_usize; 4];
    for byte in run {
        if let Some(count) = counts.get_mut(class(byte)) {
            *count += 1;
        }
    }
    let [digits, lower, upper, signs] = counts;
    let changes = run
        .iter()
        .zip(run.iter().skip(1))
        .filter(|(a, b)| class(a) != class(b))
        .count();
    let len = run.len();
    len >= LEAST
        && digits * 16 >= len
        && lower * 8 >= len
        && upper * 8 >= len
        && signs * 8 <= len
        && changes * 5 >= len * 2
}

/// Letters and digits of one case, in no order.
fn is_random_word(run: &[u8]) -> bool {
    let changes = run
        .iter()
        .zip(run.iter().skip(1))
        .filter(|(a, b)| a.is_ascii_digit() != b.is_ascii_digit())
        .count();
    changes >= 3
}

/// Base32 as encoders write it. Nobody writes the name of a host so.
fn is_base32_in_capitals(label: &[u8]) -> bool {
    label.len() >= LEAST
        && label.iter().all(|b| matches!(b, b'A'..=b'Z' | b'2'..=b'7'))
        && is_random_word(label)
}

/// Something longer that was cut to equal labels.
fn are_slices(labels: &[&[u8]]) -> bool {
    const SLICES: usize = 4;
    const LENGTH: usize = 7;
    labels.windows(SLICES).any(|slices| {
        let first = slices.first().map_or(0, |slice| slice.len());
        first >= LENGTH && slices.iter().all(|slice| slice.len() == first)
    })
}

/// How many bytes of text a label holds in base64 whose capitals were lost on
/// the way, as names lose them. Of groups of four that chance wrote, one
/// in five has capitals with which it reads as text; so all of many must.
fn text_in_lost_case(label: &[u8]) -> usize {
    const GROUPS: usize = 6;
    let groups = label.chunks_exact(4);
    let is_low = |b: &u8| b.is_ascii_digit() || b.is_ascii_lowercase();
    let is_word = !label.iter().any(u8::is_ascii_digit);
    let many = groups.len() >= GROUPS && !is_word && label.iter().all(is_low);
    if many && groups.clone().all(reads_in_some_case) {
        groups.len() * 3
    } else {
        0
    }
}

fn reads_in_some_case(group: &[u8]) -> bool {
    let word = |b: &u8| b.is_ascii_alphanumeric() || b" _-.:=/@+".contains(b);
    (0_u8..16).any(|capitals| {
        let spelled: Vec<u8> = (group.iter().enumerate())
            .map(|(at, b)| match capitals >> at & 1 {
                1 => b.to_ascii_uppercase(),
                _ => *b,
            })
            .collect();
        let bytes = BASE64_NOPAD.decode(&spelled);
        bytes.is_ok_and(|bytes| bytes.iter().all(word))
    })
}

/// The beginnings of images, in base64: PNG, JPEG, GIF, WebP.
fn is_image(run: &[u8]) -> bool {
    let starts = [&b"iVBORw0KGgo"[..], b"/9j/", b"R0lGOD", b"UklGR"];
    starts.iter().any(|start| run.starts_with(start))
}

/// The ids of documents in a well-known office suite.
fn is_document_id(run: &[u8]) -> bool {
    run.starts_with(b"1") && matches!(run.len(), 33 | 44)
}

/// A label by which content is addressed (a CID, in base32 or base36).
fn is_content_id(label: &[u8]) -> bool {
    [&b"bafy"[..], b"bafk", b"bafz", b"k51q", b"k2k4"]
        .iter()
        .any(|start| label.starts_with(start))
}

#[cfg(test)]
mod tests {
    use data_encoding::{BASE32, BASE64, BASE64URL_NOPAD, HEXLOWER};

    use super::*;

    const NOTE: &str = "name: Jane, card: none, likes: tea";

    #[test]
    fn encoded_text_is_found_wherever_it_stands() {
        let base64 = BASE64URL_NOPAD.encode(NOTE.as_bytes());
        let forms = [
            base64,
            HEXLOWER.encode(NOTE.as_bytes()),
            BASE32.encode(NOTE.as_bytes()).replace('=', ""),
        ];
        for form in forms {
            for url in [
                format!("/v1/{form}/x"),
                format!("/x?d={form}"),
                format!("/{form}.png"),
                format!("/x?a=1&b=x:{form}"),
            ] {
                assert!(in_url(url.as_bytes()).is_some(), "{url}");
            }
        }
        let escaped = BASE64
            .encode(NOTE.as_bytes())
            .replace('=', "%3D")
            .replace('/', "%2F");
        assert!(in_url(format!("/v1/{escaped}").as_bytes()).is_some());
    }

    #[test]
    fn what_reads_as_nothing_is_found_where_it_is_long() {
        let noise = |n: usize| {
            BASE64URL_NOPAD.encode(
                &(0..n)
                    .map(|i| u8::try_from((i * i * 7 + i * 131 + 89) % 251).unwrap())
                    .collect::<Vec<u8>>(),
            )
        };
        assert!(in_url(format!("/up/{}/x", noise(60)).as_bytes()).is_some());
        assert!(in_url(b"/up/x7Kp2mQ9vR4sL8nW1bY6cT3fA0jH5dE/x").is_some());
        assert!(in_url(format!("/up?d={}", noise(300)).as_bytes()).is_some());
        assert!(in_url(format!("/up?payload={}", noise(60)).as_bytes()).is_some());
        assert!(in_url(format!("/up?fbclid={}", noise(60)).as_bytes()).is_none());
        assert!(in_url(format!("/up?cursor={}", noise(90)).as_bytes()).is_none());
        assert!(in_url(format!("/up?cursor={}", noise(3000)).as_bytes()).is_some());
        let spread: Vec<String> = (0..8).map(|n| format!("&k{n}={}", noise(80))).collect();
        assert!(in_url(format!("/up?x{}", spread.concat()).as_bytes()).is_some());
    }

    #[test]
    fn ids_digests_cursors_and_signatures_are_none() {
        let cursor = BASE64.encode(b"{\"offset\":100,\"sort\":\"name\"}");
        let sha = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
        let image = BASE64URL_NOPAD.encode(b"https://images.example.com/cats/large/42.png");
        let urls = [
            "/v2/library/debian/blobs/sha256:".to_owned() + sha,
            format!("/{sha}/{sha}/x?ref={sha}"),
            "/v1/messages/batches/msgbatch_013Zva2CMHLNnXjNJJKqJ2EF".to_owned(),
            "/v1/threads/thread_abc123DEF456ghi789JKL012/runs/run_9xKp2mQ9vR4sL8nW1bY6cT3f".to_owned(),
            "/v1/completions/chatcmpl-9xKp2mQ9vR4sL8nW1bY6cT3fA0jH5".to_owned(),
            "/resources/550e8400-e29b-41d4-a716-446655440000/details".to_owned(),
            format!("/items?cursor={cursor}&limit=10"),
            format!("/graphql?after={cursor}"),
            format!("/resize/300/{image}"),
            "/search?q=how+to+fix+%22permission+denied%22+error+in+golang+test&hl=en".to_owned(),
            "/a/b?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AK%2F20260101%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Security-Token=IQoJb3JpZ2luX2VjEJr9xKp2mQ9vR4sL8nW1bY6cT3fA0jH5dEIQoJb3JpZ2luX2VjEJr9xKp2mQ9vR4sL8nW1bY6cT3fA0jH5dEIQoJb3JpZ2luX2VjEJr9xKp2mQ9vR4sL8nW1bY6cT3fA0jH5dEIQoJb3JpZ2luX2VjEJr9xKp2mQ9vR4sL8nW1bY6cT3fA0jH5dE&X-Amz-Signature=".to_owned() + sha,
            "/o/blob?X-Goog-Signature=".to_owned() + &sha.repeat(8) + "&X-Goog-Expires=600",
            "/upload?format=png&data=iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk".to_owned(),
            "/crates/wasm-bindgen-macro-support/wasm-bindgen-macro-support-0.2.100.crate".to_owned(),
            "/document/d/1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2upms/edit".to_owned(),
            "/AcmeCorporation/InternalToolsRepository2024/SomeVeryLongCamelCaseFileNameForTesting.java".to_owned(),
        ];
        for url in urls {
            assert_eq!(in_url(url.as_bytes()), None, "{url}");
        }
    }

    /// Random characters of a length, from an alphabet.
    fn noise(alphabet: &str, len: usize) -> String {
        let letters: Vec<char> = alphabet.chars().collect();
        let at = |n: usize| letters.get((n * n * 31 + n * 17 + n / 7) % letters.len());
        (1..=len).filter_map(at).collect()
    }

    #[test]
    fn what_services_make_of_addresses_passes() {
        let mixed = |len| noise("aZ3bY9cX2dW8eV1fU7gT6hS5iR4jQ0kPlOmNnM", len);
        let lower = |len| noise("0z1y2x3w4v5s6r7q8p9n0mlkjihgfdcba", len);
        let hex = |len| noise("0f1e2d3c4b5a69788796a5b4c3d2e1f0", len);
        let jwt = |claims: &str| {
            let part = |text: &str| BASE64URL_NOPAD.encode(text.as_bytes());
            format!(
                "{}.{}.{}",
                part("{\"alg\":\"HS256\",\"typ\":\"JWT\"}"),
                part(claims),
                mixed(43)
            )
        };
        let claims = "{\"iss\":\"example.com\",\"aud\":\"release-assets.example.com\",\"key\":\"key1\",\"exp\":1760000000,\"nbf\":1760000000,\"path\":\"releaseassetproduction.blob.core.example.net\"}";
        let policy = BASE64.encode(b"{\"Statement\":[{\"Resource\":\"https://cdn.example.com/videos/42/*\",\"Condition\":{\"DateLessThan\":{\"AWS:EpochTime\":1760000000}}}]}");
        let uuid = "550e8400-e29b-41d4-a716-446655440000";
        let urls = [
            format!("/release-asset/65679/{uuid}?sp=r&sv=2018-11-09&sr=b&spr=https&se=2026-01-01T00%3A00%3A00Z&rscd=attachment%3B+filename%3Dx.tar.gz&rsct=application%2Foctet-stream&skoid={uuid}&sktid={uuid}&skt=2026-01-01T00%3A00%3A00Z&ske=2026-01-01T00%3A00%3A00Z&sks=b&skv=2018-11-09&sig={}%3D&jwt={}&response-content-disposition=attachment%3B%20filename%3Dx.tar.gz", mixed(43), jwt(claims)),
            format!("/videos/42/a.ts?Policy={policy}&Signature={}&Key-Pair-Id=K{}", mixed(344), mixed(13)),
            format!("/authorize?response_type=code&client_id={uuid}&redirect_uri=http%3A%2F%2Flocalhost%3A1455%2Fauth%2Fcallback&scope=openid+profile+email+offline_access&code_challenge={}&code_challenge_method=S256&state={}", mixed(43), mixed(43)),
            format!("/logout?id_token_hint={}", jwt(&claims.repeat(3))),
            format!("/v2/app/blobs/uploads/{uuid}?_state={}", mixed(400)),
            format!("/nar/{}.nar.xz", lower(52)),
            format!("/{}.narinfo", lower(32)),
            "/github.com/!burnt!sushi/toml/@v/v1.4.1-0.20240526193622-a339e1f7089c.zip".to_owned(),
            format!("/xet-bridge-us/{}/{}?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature={}", hex(24), hex(64), hex(64)),
            format!("/1/indexes/*/queries?x-algolia-agent=Algolia%20for%20JavaScript%20(4.24.0)%3B%20Browser&x-algolia-api-key={}&x-algolia-application-id=BH4D9OD16A", hex(32)),
            format!("/api/42/envelope/?sentry_version=7&sentry_key={}&sentry_client=sentry.javascript.browser%2F9.1.0", hex(32)),
            format!("/bucket/key.bin?partNumber=7&uploadId={}.{}--", mixed(60), mixed(60)),
            format!("/upload/storage/v1/b/x/o?uploadType=resumable&upload_id={}", mixed(200)),
            format!("/v1/files/file-{}/content", mixed(22)),
            format!("/v1/responses/resp_{}", hex(48)),
            "/maven2/org/springframework/boot/spring-boot-autoconfigure/3.4.1/spring-boot-autoconfigure-3.4.1.jar.sha512".to_owned(),
            "/css2?family=Inter:ital,opsz,wght@0,14..32,100..900;1,14..32,100..900&family=JetBrains+Mono&display=swap".to_owned(),
            format!("/compare/{}...{}", hex(40), hex(40)),
            format!("/avatar/{}?s=80&d=identicon", hex(64)),
        ];
        for url in urls {
            let seen = in_url(url.as_bytes()).and_then(|range| url.get(range));
            assert_eq!(seen, None, "{url}");
        }
    }

    #[test]
    fn data_in_labels_is_found_and_ordinary_names_are_not() {
        for host in [
            "7365637265745f6170695f6b65795f3132333435.files.example.com",
            "4a6f686e446f65.53656372657431.x.example.com",
            "nbsxs2lom5xgk4dbon2w64tu.k2m4x8q1z7w5v3t6r9p0.n5b8c2d4f6g7h1j3.example.com",
            "a.b.c.d.e.f.g.h.i.example.com",
            "MzQgYXBwbGVzIGFuZCA1IHBlYXJz.example.com",
            "mzqgyxbwbgvzigfuzca1ihblyxjz.example.com",
            "GI4TQ7XK5WLD2NPA.example.com",
            "slice-a1.b2c3d4e5.f6g7h8i9.j1k2l3m4.example.com",
        ] {
            assert!(in_host(host.as_bytes()), "{host}");
        }
        for host in [
            "api.example.com",
            "example.com",
            "app-git-feature-login-team42.example.app",
            "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b.preview.example.com",
            "bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi.ipfs.example.link",
            "x7wqk3m2n5b8v1c4z6l9j0h2g5f8d1s3.lambda-url.us-east-1.example.aws",
            "bucket.s3.dualstack.eu-central-1.example.com",
            "frontend.services.internal.example.com",
            "0123456789ABCDEF0123456789ABCDEF.gr7.us-east-1.example.com",
            "Tracker.Example.COM",
        ] {
            assert!(!in_host(host.as_bytes()), "{host}");
        }
    }
}
