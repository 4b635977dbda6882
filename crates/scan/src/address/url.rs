//! Data in a path or a query: encoded text, and values that look random and are longer
//! than an id, a cursor or a signature is. Hosts are read in [`super::host`].

use std::borrow::Cow;
use std::ops::Range;

use data_encoding::HEXLOWER_PERMISSIVE;

use super::runs::{
    LEAST, decoded_text, decodings, is_document_id, is_image, is_random, runs, without_prefix,
};

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
}
