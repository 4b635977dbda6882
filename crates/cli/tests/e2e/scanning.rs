//! What must not leave does not leave, however it is written and however it is
//! sent; what may leave arrives as it was sent.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use bottle_test_support::{BodyState, Handler, Upstream, find_program};
use data_encoding::{BASE64, BASE64URL_NOPAD, HEXLOWER};
use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};
use sha2::{Digest as _, Sha256};

use crate::harness::{Answer, PATIENCE, User, World, as_each_user, program_or_skip, world_or_skip};

const HOST: &str = "api.example.com";
/// A value of the operator's own, that no pattern could know.
const OWN: &str = "Vexing-Quartz~Marmalade_4711";
/// Another, in a file.
const IN_FILE: &str = "pl4tinum/Otter+Carousel=93";

/// A world in which two secrets of the operator's are looked for.
fn set(world: &mut World) -> Upstream {
    world.env("OWN_SECRET", OWN);
    world.write(
        "project/.env",
        format!("# settings\nMODE=test\nDB_PASSWORD=\"{IN_FILE}\"\n"),
    );
    world.manifest(
        "version: 1\negress: { routes: [{ host: api.example.com }] }\n\
         inspect: { secrets: [\"env:OWN_SECRET\", \"file:.env\"] }\n",
    );
    world.upstream(HOST, Handler::echo())
}

/// A world with curl, the secrets and an upstream.
macro_rules! ready {
    () => {{
        program_or_skip!("curl");
        let mut world = world_or_skip!(User::Caller);
        let upstream = set(&mut world);
        (world, upstream)
    }};
}

const URL: &str = "https://api.example.com/v1/notes";

/// Every place and form, for one secret: curl's arguments before the URL.
fn attempts(secret: &str) -> Vec<Vec<String>> {
    let hex = HEXLOWER.encode(secret.as_bytes());
    let mut percent = String::new();
    for byte in secret.bytes() {
        percent.extend(["%", &HEXLOWER.encode(&[byte])]);
    }
    let json = secret.replace('/', "\\/");
    let forms = [
        secret.to_owned(),
        percent.clone(),
        BASE64.encode(secret.as_bytes()),
        BASE64.encode(format!("x {secret} y").as_bytes()),
        BASE64URL_NOPAD.encode(format!("xy{secret}").as_bytes()),
        hex.to_uppercase(),
        hex.clone(),
        BASE64.encode(percent.as_bytes()),
    ];
    let mut attempts = Vec::new();
    let mut add = |words: &[&str]| attempts.push(words.iter().map(|w| (*w).to_owned()).collect());
    for form in &forms {
        add(&["-H", &format!("X-Note: {form}")]);
        add(&["-d", &format!("a=b&note={form}")]);
        let json = format!("{{\"deep\":[{{\"note\":\"{form}\"}}]}}");
        add(&["-H", "Content-Type: application/json", "-d", &json]);
        add(&["-G", "--data-urlencode", &format!("note={form}")]);
    }
    add(&[
        "-H",
        "Content-Type: application/json",
        "-d",
        &format!("[\"{json}\"]"),
    ]);
    add(&["-X", "DELETE", "-H", &format!("Cookie: session={secret}")]);
    add(&["-u", &format!("me:{secret}")]);
    add(&["-F", &format!("file={secret};filename=a.txt")]);
    add(&["-A", secret]);
    attempts
}

#[test]
fn what_a_listed_file_or_value_holds_does_not_leave_either() {
    program_or_skip!("curl");
    let mut world = world_or_skip!(User::Caller);
    let made = |n: usize| format!("Otter{n}Gz7kQ2mX9vLp4T{n}");
    let key: Vec<u8> = (0..32_u8)
        .map(|n| n.wrapping_mul(73).wrapping_add(129))
        .collect();
    world.env(
        "OWN_URL",
        &format!("postgres://app:{}@db.internal/app", made(1)),
    );
    world.env("OWN_HEADER", &format!("Bearer {}", made(2)));
    world.write(
        "project/account.json",
        format!("{{\"id\":\"svc\",\"password\":\"{}\"}}", made(3)),
    );
    world.write(
        "project/settings.yaml",
        format!("db:\n  user: svc\n  password: {}\n", made(4)),
    );
    world.write(
        "project/netrc",
        format!("machine host login me password {}\n", made(5)),
    );
    world.write(
        "project/npmrc",
        format!("//registry.internal/:_authToken={}\n", made(6)),
    );
    world.write("project/key.bin", &key);
    world.manifest(
        "version: 1\negress: { routes: [{ host: api.example.com }] }\n\
         inspect: { secrets: [\"env:OWN_URL\", \"env:OWN_HEADER\", \"file:account.json\", \
         \"file:settings.yaml\", \"file:netrc\", \"file:npmrc\", \"file:key.bin\"], scan_env: false }\n",
    );
    let upstream = world.upstream(HOST, Handler::echo());
    let mut secrets: Vec<String> = (1..=6).map(made).collect();
    secrets.extend([BASE64.encode(&key), HEXLOWER.encode(&key)]);
    let line = |secret: &String| format!("ask -d 'note: {secret}.' {URL}");
    let mut lines: Vec<_> = secrets.iter().map(line).collect();
    lines.push(format!(
        "ask -d 'user svc at db.internal, {}' {URL}",
        made(7)
    ));
    let said = world.sh(&format!("{TERSE}\n{}", lines.join("\n")));
    let answers: Vec<&str> = said.ok().lines().collect();
    let mut expected = vec!["403 secret"; secrets.len()];
    expected.push("200 ");
    assert_eq!(answers, expected, "{said:#?}");
    assert_eq!(upstream.request_count(), 1, "{:?}", upstream.requests());
}

as_each_user! {
    fn a_secret_of_the_operators_leaves_in_no_form(mut world) {
        program_or_skip!("curl");
        let upstream = set(&mut world);
        // One shell for all: a line an attempt, each with its answer.
        for secret in [OWN, IN_FILE] {
            let attempts = attempts(secret);
            let line = |words: &Vec<String>| {
                let words: Vec<_> = words.iter().map(|word| format!("'{word}'")).collect();
                format!("ask {} {URL}", words.join(" "))
            };
            let lines: Vec<_> = attempts.iter().map(line).collect();
            let said = world.sh(&format!("{TERSE}\n{}", lines.join("\n")));
            let answers: Vec<&str> = said.ok().lines().collect();
            assert_eq!(answers.len(), attempts.len(), "{said:#?}");
            for (words, answer) in attempts.iter().zip(answers) {
                assert_eq!(answer, "403 secret", "{words:?}");
            }
        }
        assert_eq!(upstream.request_count(), 0, "{:?}", upstream.requests());
        assert!(!world.events().mention(OWN) && !world.events().mention(IN_FILE));
    }
}

/// curl, saying nothing but the status and the rule.
const TERSE: &str = r#"ask() {
    curl -s -o /dev/null --max-time 30 -w '%{http_code} %header{x-bottle-rule}\n' "$@"
}"#;

#[test]
fn a_finding_says_what_and_where_and_never_the_value() {
    let (world, _upstream) = ready!();
    let header = format!("X-Note: {OWN}");
    let said = world.curl(&["-i", "-H", &header, "-d", "k=AKIAIOSFODNN7EXAMPLE", URL]);
    let answer = Answer::parse(said.ok());
    assert_eq!(answer.rule(), "secret");
    let body = answer.json();
    assert!(!body.to_string().contains(OWN), "{body:#}");
    assert!(!body.to_string().contains("AKIAIOSFODNN7"), "{body:#}");
    let places: Vec<_> = body["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| finding["where"].as_str().unwrap())
        .collect();
    assert!(places.contains(&"header x-note"), "{body:#}");
    let log = std::fs::read_to_string(world.log_file()).unwrap();
    assert!(log.contains("header x-note") && !log.contains(OWN), "{log}");
    assert!(!log.contains("AKIAIOSFODNN7"), "{log}");
}

#[test]
fn a_secret_in_a_path_is_masked_where_the_refusal_is_told() {
    let (world, _upstream) = ready!();
    let said = world.curl(&["-i", &format!("{URL}/AKIAIOSFODNN7EXAMPLE/x")]);
    let answer = Answer::parse(said.ok());
    assert_eq!(answer.rule(), "secret");
    assert!(!answer.body.contains("AKIAIOSFODNN7"), "{answer:#?}");
    assert!(!world.events().mention("AKIAIOSFODNN7"));
}

/// The secret deep in a text that a compressor shortens.
fn letter() -> Vec<u8> {
    let text = "All work and no play makes an agent a dull program. ".repeat(40);
    format!("{text}{OWN} {text}").into_bytes()
}

type Compressor = fn(&[u8]) -> Option<Vec<u8>>;

#[test]
fn a_compressed_body_is_read() {
    let compressors: [(&str, Compressor); 5] = [
        ("gzip", |data| {
            let mut to = GzEncoder::new(Vec::new(), Compression::default());
            to.write_all(data).ok()?;
            to.finish().ok()
        }),
        ("deflate", |data| {
            let mut to = ZlibEncoder::new(Vec::new(), Compression::default());
            to.write_all(data).ok()?;
            to.finish().ok()
        }),
        // What some clients send under the same name.
        ("deflate", |data| {
            let mut to = DeflateEncoder::new(Vec::new(), Compression::default());
            to.write_all(data).ok()?;
            to.finish().ok()
        }),
        ("br", |data| {
            let brotli = "process.stdout.write(zlib.brotliCompressSync(fs.readFileSync(0)))";
            filter("node", &["-e", brotli], data)
        }),
        ("zstd", |data| filter("zstd", &["-q", "-c", "-19"], data)),
    ];
    let (world, upstream) = ready!();
    for (encoding, compress) in compressors {
        let Some(body) = compress(&letter()) else {
            bottle_test_support::skipped(encoding, "nothing here compresses to it");
            continue;
        };
        assert!(!holds(&body, OWN.as_bytes()), "{encoding} hides it");
        world.write("project/body", &body);
        let header = format!("Content-Encoding: {encoding}");
        let said = world.curl(&["-i", "-H", &header, "--data-binary", "@body", URL]);
        assert_eq!(Answer::parse(said.ok()).rule(), "secret", "{encoding}");
        assert_eq!(upstream.request_count(), 0);
        // The same without a word about it: an upload of a compressed file.
        if encoding == "gzip" {
            let said = world.curl(&["-i", "--data-binary", "@body", URL]);
            assert_eq!(
                Answer::parse(said.ok()).rule(),
                "secret",
                "unnamed {encoding}"
            );
        }
    }
    assert_eq!(upstream.request_count(), 0);
}

#[test]
fn a_compressed_body_without_a_secret_arrives_as_it_was_sent() {
    let (world, upstream) = ready!();
    let mut to = GzEncoder::new(Vec::new(), Compression::default());
    to.write_all(&b"nothing to see here. ".repeat(1000))
        .unwrap();
    let body = to.finish().unwrap();
    world.write("project/body", &body);
    let header = "Content-Encoding: gzip";
    world
        .curl(&["-f", "-H", header, "--data-binary", "@body", URL])
        .ok();
    let seen = &upstream.requests()[0];
    assert_eq!(seen.header("content-encoding"), Some("gzip"));
    assert_eq!(seen.body, body);
}

#[test]
fn a_body_that_cannot_be_unpacked_is_refused() {
    let (world, upstream) = ready!();
    for encoding in ["x-own", "gzip"] {
        let header = format!("Content-Encoding: {encoding}");
        let said = world.curl(&["-i", "-H", &header, "-d", "no such thing", URL]);
        let rule = Answer::parse(said.ok()).rule();
        assert_eq!(rule, "encoding_unreadable", "{encoding}");
    }
    assert_eq!(upstream.request_count(), 0);
}

#[test]
fn a_secret_that_arrives_in_pieces_is_put_together() {
    let (world, upstream) = ready!();
    let (begin, end) = OWN.split_at(9);
    // curl sends what it reads as it comes: two chunks with a pause between.
    let said = world.sh(&format!(
        "(printf 'note={begin}'; sleep 0.3; printf '{end}&more=1') \
         | curl -sS -i --max-time 30 -X POST -H 'Expect:' -T . {URL}"
    ));
    assert_eq!(Answer::parse(said.ok()).rule(), "secret");
    assert_eq!(upstream.request_count(), 0);
}

#[test]
fn a_slow_chunked_body_without_a_secret_arrives_whole() {
    let (world, upstream) = ready!();
    let said = world.sh(&format!(
        "(for i in 1 2 3 4; do echo line $i; sleep 0.1; done) \
         | curl -sS -f --max-time 30 -X POST -H 'Expect:' -T . {URL}"
    ));
    said.ok();
    assert_eq!(
        upstream.requests()[0].body,
        b"line 1\nline 2\nline 3\nline 4\n"
    );
}

#[test]
fn a_long_upload_arrives_as_it_was_sent() {
    let (world, upstream) = ready!();
    for extra in [
        &["-H", "Expect:"][..],
        &["-H", "Transfer-Encoding: chunked"],
    ] {
        let body = noise(12 << 20);
        world.write("project/body", &body);
        let args = [extra, &["-f", "--data-binary", "@body", URL]].concat();
        let said = world.curl(&args);
        let answer: serde_json::Value = serde_json::from_str(said.ok()).unwrap();
        assert_eq!(answer["body_bytes"], body.len(), "{extra:?}");
        let sum = HEXLOWER.encode(&Sha256::digest(&body));
        assert_eq!(answer["body_sha256"], sum, "{extra:?}");
    }
    assert_eq!(upstream.request_count(), 2);
}

#[test]
fn a_secret_at_the_end_of_a_long_upload_never_arrives() {
    let (world, upstream) = ready!();
    for secret in [OWN.to_owned(), BASE64.encode(OWN.as_bytes())] {
        let mut body = noise(9 << 20);
        body.extend_from_slice(secret.as_bytes());
        world.write("project/body", &body);
        // It may be told after the head was passed on: a refusal or a break.
        let said = world.curl(&["-f", "--data-binary", "@body", URL]);
        assert_ne!(said.code, 0, "{said:#?}");
        assert!(!upstream.saw(secret.as_bytes()), "{secret}");
        assert!(world.events().rules().contains(&"secret"));
    }
    let cut_off = upstream.wait_until(PATIENCE, |requests| {
        requests.iter().all(|it| it.body_state == BodyState::CutOff)
    });
    cut_off.unwrap();
}

#[test]
fn a_secret_across_the_edge_of_what_is_held_never_arrives() {
    let (world, upstream) = ready!();
    // The last byte that is held, and the first that streams.
    let mut body = noise((8 << 20) - OWN.len() / 2);
    body.extend_from_slice(OWN.as_bytes());
    body.extend(noise(2 << 20));
    world.write("project/body", &body);
    let said = world.curl(&["-f", "--data-binary", "@body", URL]);
    assert_ne!(said.code, 0, "{said:#?}");
    assert!(!upstream.saw(OWN.as_bytes()));
    assert!(!upstream.saw(&OWN.as_bytes()[..OWN.len() / 2]));
}

/// So many bytes in which nothing can be found, the same every time.
fn noise(bytes: usize) -> Vec<u8> {
    let step = |state: &u64| Some(state.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(1));
    std::iter::successors(Some(1_u64), step)
        .map(|state| state.to_be_bytes()[0])
        .take(bytes)
        .collect()
}

fn holds(hay: &[u8], needle: &[u8]) -> bool {
    hay.windows(needle.len()).any(|window| window == needle)
}

/// What a program of the host makes of some bytes.
fn filter(program: &str, args: &[&str], input: &[u8]) -> Option<Vec<u8>> {
    let program = find_program(program)?;
    let mut file = tempfile::tempfile().ok()?;
    file.write_all(input).ok()?;
    std::io::Seek::rewind(&mut file).ok()?;
    let output = host_command(&program)
        .args(args)
        .stdin(file)
        .output()
        .ok()?;
    output.status.success().then_some(output.stdout)
}

#[expect(
    clippy::disallowed_methods,
    reason = "a compressor, which needs no environment"
)]
fn host_command(program: &Path) -> Command {
    let mut command = Command::new(program);
    command.env_clear().stderr(Stdio::null());
    command
}
