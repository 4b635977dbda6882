//! What the tools of developers send all day: each beside a credential that looks like it.

use std::fmt::Write as _;

use data_encoding::{BASE64, BASE64URL_NOPAD};
use sha2::{Digest as _, Sha256};

use super::{found, ids, scan, scanner};
use crate::detectors::decoded;
use crate::detectors::sample::{HEX8, HEX32, MIXED4, MIXED8, MIXED20, MIXED32};

const UUID: &str = "7be20f4d-913c-4865-a02b-7f61e48c9a35";

fn json(text: &str) -> String {
    serde_json::json!({ "messages": [{ "role": "user", "content": text }] }).to_string()
}

fn assert_stops(text: &str) {
    for text in [text.to_owned(), json(text)] {
        assert!(!ids(&found(text.as_bytes())).is_empty(), "{text}");
    }
}

fn assert_passes(text: &str) {
    for text in [text.to_owned(), json(text), json(&json(text))] {
        let seen = found(text.as_bytes());
        assert!(seen.is_empty(), "{:?} in {text}", ids(&seen));
    }
}

/// As encrypted data looks in base64url, always the same.
fn data(seed: u8, digests: u8) -> String {
    let bytes: Vec<u8> = (0..digests)
        .flat_map(|n| Sha256::digest([seed, n]))
        .collect();
    BASE64URL_NOPAD.encode(&bytes)
}

fn sha1() -> String {
    [HEX32, HEX8].concat()
}

fn sha256() -> String {
    [HEX8, HEX32, HEX8, HEX8, HEX8].concat()
}

#[test]
fn encrypted_data_holds_tokens_by_chance() {
    let (front, behind) = (data(5, 3), data(6, 9));
    let token = ["ghp", "_", MIXED32, MIXED4].concat();
    for text in [
        format!("{{\"encrypted_content\":\"{front}{token}{behind}\"}}"),
        format!("{{\"encrypted_content\":\"{front}{token}\"}}"),
    ] {
        assert_passes(&text);
    }
    // At the beginning of something it is none by chance, nor between other signs.
    assert_stops(&format!("{token}{behind}"));
    assert_stops(&format!("{front}.{token}.{behind}"));
    assert_stops(&format!("x{token}x"));
}

#[test]
fn a_token_with_its_own_checksum_is_one_anywhere() {
    let data = data(7, 9);
    let payload: String = MIXED32.chars().take(30).collect();
    let sum = decoded::checksum(payload.as_bytes());
    let token = ["ghp", "_", &payload, str::from_utf8(&sum).unwrap()].concat();
    assert_stops(&format!("{data}{token}{data}"));
}

#[test]
fn a_file_or_an_image_has_a_digest() {
    for (name, digest) in [
        ("{\"files\":{\"src/token.rs\":\"", sha256()),
        ("  src/useToken.ts: ", HEX32.to_owned()),
        ("image: ghcr.io/acme/auth-token:", sha1()),
        ("SPEC CHECKSUMS:\n  FirebaseAuth: ", sha1()),
    ] {
        assert_passes(&format!("{name}{digest}"));
    }
    assert_stops(&format!("{{\"token\":\"{}\"}}", sha256()));
    assert_stops(&format!("auth-token: {}", sha1()));
}

#[test]
fn a_branch_has_a_commit() {
    let (sha1, other) = (sha1(), [HEX8, HEX32].concat());
    for text in [
        format!("1ab2c3d HEAD@{{3}}: checkout: moving from refresh-token to {sha1}"),
        format!("git checkout -b api-key {sha1}"),
        format!("{sha1}\trefs/heads/stripe-key\n{other}\trefs/heads/main"),
    ] {
        assert_passes(&text);
    }
    assert_stops(&format!("git clone x\nSTRIPE_KEY={sha1}"));
}

#[test]
fn what_is_built_and_run_is_called_after_credentials() {
    for text in [
        "libjsonwebtoken-9dc1b232ac4e3d2e.rlib",
        "target/debug/build/secret-service-7c8791334a3d73ea/out",
        "auth-token-service-5727b42219-rr7jq   1/1   Running   0   2d",
        "GET /api/v1/namespaces/prod/pods/token-refresher-a72fd3994-dkb9f/log",
        "https://volume-token-jlj9ux4e18wo5hdv-7872.app.github.dev/",
    ] {
        assert_passes(text);
    }
    assert_stops(&["datadog-secret-key-", MIXED32].concat());
}

#[test]
fn a_client_is_no_secret() {
    for text in [
        ["GITHUB_CLIENT_ID=Iv1.", HEX8, HEX8].concat(),
        ["AUTH0_CLIENT_ID=", MIXED32].concat(),
        "DISCORD_CLIENT_ID=1198765432109876543".to_owned(),
        ["spotifyClientId: \"", HEX32, "\""].concat(),
    ] {
        assert_passes(&text);
    }
    assert_stops(&["AUTH0_CLIENT_SECRET=", MIXED32].concat());
    // What is assigned before it is no part of a secret's name.
    assert_stops(
        &[
            "GITHUB_CLIENT_ID=",
            HEX8,
            HEX8,
            "ab12 GITHUB_SECRET=",
            &sha1(),
        ]
        .concat(),
    );
}

#[test]
fn a_request_says_how_far_it_is() {
    let call = |token: &str| {
        format!(
            "{{\"name\":\"browser\",\"arguments\":{{\"url\":\"https://github.com/a\"}},\
             \"_meta\":{{\"{token}\":\"{UUID}\"}}}}"
        )
    };
    assert_passes(&call("progressToken"));
    assert_passes(&format!(
        "{{\"name\":\"Slack\",\"id\":\"1\",\"key\":\"{UUID}\"}}"
    ));
    assert_stops(&call("accessToken"));
    assert_stops(&format!("{{\"slack\":{{\"api_key\":\"{UUID}\"}}}}"));
}

#[test]
fn a_line_ends_where_its_break_is_escaped() {
    for text in [
        ["slack notification sent\ndedup_key=", HEX32].concat(),
        ["github.com/acme/app\nkey=", &sha1()].concat(),
        format!("stripe webhook\nsession_key={UUID}"),
        "vault::Token>>\n00000000006c5416 t x".to_owned(),
    ] {
        assert_passes(&text);
    }
    assert_stops(&["notification sent\nslack_key=", HEX32].concat());
}

#[test]
fn the_next_one_in_a_list_is_no_value() {
    for list in [
        r#"["R_kgDOMkEyKey","PRRT_kwDOpKAQ3xKqZwQ47yoIeQ"]"#,
        r#"{"nodes":["PVTI_lADON0lUwOELPyCMMMTxVpwd","BOT_kgDO14a9"]}"#,
    ] {
        assert_passes(list);
    }
    assert_stops(&["{\"set\":[\"apiKey\",\"", MIXED32, "\"]}"].concat());
}

#[test]
fn a_dump_in_hex_holds_no_card() {
    for row in [
        "00000ed0: 2600 a502 4539 5787 6362 1486 1100 1a00",
        "00000ed0: 4539 5787 6362 1486 a502 0000 1100 1a00",
    ] {
        assert_passes(row);
    }
    assert_stops("card: 4539 5787 6362 1486");
    assert_stops("on file 4539 5787 6362 1486 cafe");
}

#[test]
fn source_in_base64_can_be_read() {
    let lines = |line: &dyn Fn(usize) -> String| (0..700).map(line).collect::<Vec<_>>().join("\n");
    let plain = scanner(&[]);
    for source in [
        lines(&|n| format!("pub const E{n}: u32 = {n};")),
        lines(&|n| format!("pub type T{n} = crate::ctypes::c_int;")),
        lines(&|n| format!("#define sk_X509_new_{n}() ossl_check_X509_sk_type(sk)")),
    ] {
        let whole = BASE64.encode(source.as_bytes());
        let mut wrapped = String::new();
        for line in whole.as_bytes().chunks(60) {
            writeln!(wrapped, "{}", str::from_utf8(line).unwrap()).unwrap();
        }
        for content in [whole, wrapped] {
            let body = serde_json::json!({ "content": content }).to_string();
            assert_eq!(
                scan(&plain, body.as_bytes()),
                Ok(Vec::new()),
                "{source:.40}"
            );
        }
    }
    let secret = ["API_KEY=", MIXED32, "\n"].concat().repeat(9);
    assert_stops(&BASE64.encode(secret.as_bytes()));
}

#[test]
fn other_digests_and_halves_of_keys_are_public() {
    for text in [
        ["cache key method: ", &sha256()].concat(),
        ["image: ghcr.io/acme/eth-key@sha256:", &sha256()].concat(),
        "{\"changeKey\":\"CQAAABYAAAAiIsqMbYjsT5e/T7KzowPTAAAAAA==\"}".to_owned(),
        "{\"key_id\":\"692611103866609287\",\"key\":\"YYwV7h+g+HEI9BqrmIejGZUXslAxJ8HgHdKoN+/9q2E=\"}"
            .to_owned(),
        "{\"key_id\": \"228449788129543305\", \"key\": \"/qsJK6C3owCB7LShPrBdN/11ZHpBEbj1XkzH1OdIWVg=\"}"
            .to_owned(),
        [HEX32, "  i18n/sk_SK\n", HEX8, HEX8, HEX8, HEX8, "  i18n/so_ET"].concat(),
        format!("{{\"LastEvaluatedKey\":\"{}\"}}", BASE64.encode(MIXED20.as_bytes())),
        format!("{{\"sequenceToken\":\"{MIXED32}\"}}"),
        "\"STRIPE_SECRET_KEY\": \"a-very-long-secret-key-that-you-should-change\"".to_owned(),
        "postgres://app:placeholder@localhost:5432/db".to_owned(),
        "postgres://app:change-me-please@localhost:5432/db".to_owned(),
    ] {
        assert_passes(&text);
    }
    assert_stops(&["eth_key: ", &sha256()].concat());
    assert_stops(&["sk", "_", MIXED32].concat());
    assert_stops(&["postgres://app:", MIXED8, "@localhost:5432/db"].concat());
    assert_stops(
        &[
            "{\"key\":\"",
            &BASE64.encode(MIXED20.as_bytes()),
            MIXED8,
            "\"}",
        ]
        .concat(),
    );
}
