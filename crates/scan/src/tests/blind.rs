//! What others have thought of who saw neither the table nor these tests: ways to write a
//! credential down, each beside what looks like it and is none.

use super::{found, ids};
use crate::detectors::sample::{HEX8, HEX32, MIXED4, MIXED20};

fn stops(text: &str) -> bool {
    !ids(&found(text.as_bytes())).is_empty()
}

fn json(text: &str) -> String {
    serde_json::json!({ "messages": [{ "role": "user", "content": text }] }).to_string()
}

/// In plain text and in a request's JSON.
fn assert_stops(text: &str) {
    assert!(stops(text), "{text}");
    assert!(stops(&json(text)), "{text} in JSON");
}

fn assert_passes(text: &str) {
    for text in [text.to_owned(), json(text), json(&json(text))] {
        let seen = found(text.as_bytes());
        assert!(seen.is_empty(), "{:?} in {text}", ids(&seen));
    }
}

#[test]
fn a_key_is_for_something() {
    for before in [
        "api key for datadog: ",
        "The api key for Stripe is ",
        "token for the github bot: ",
        "Here's the secret for Hologram: ",
    ] {
        assert_stops(&[before, HEX32].concat());
    }
    for before in [
        "the digest for datadog: ",
        "sort key for the row: ",
        "tokens for input: ",
    ] {
        assert_passes(&[before, HEX32].concat());
    }
}

#[test]
fn a_cell_names_the_next_one() {
    for row in [
        "scaleway,api_secret,",
        "dropboxsign,key,",
        "prod;adroll;secret_key;",
    ] {
        assert_stops(&["service,field,value\n", row, HEX32, HEX8, "\n"].concat());
    }
    assert_passes(&["name,kind,value\nlogo,digest,", HEX32, HEX8, "\n"].concat());
}

#[test]
fn a_secret_may_be_short_or_have_signs() {
    for (before, parts, behind) in [
        ("api_key = \"", ["kR7vuq2", "9ZtLp"], "\""),
        ("ACME_TOKEN=", ["kR7vuq2", "9ZtLp"], "\n"),
        ("client_secret: '", ["vJ+WimjO^ey", "MEHSr4Lbd"], "'"),
    ] {
        assert_stops(&[before, &parts.concat(), behind].concat());
    }
    for text in [
        "api_key = \"my-api-key-1\"",
        "this.ai21ApiKey = fields?.ai21ApiKey ?? null",
        "\"secret\": \"arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/db-a1B2c3\"",
        "api_key = get_key(name)",
    ] {
        assert_passes(text);
    }
}

#[test]
fn a_password_is_two_words_and_a_number() {
    for password in [
        ["Comet", "Copper1819"],
        ["Pepper@", "Orbit6625"],
        ["Tiger#", "River4137*"],
    ] {
        assert_stops(&["db_password = \"", &password.concat(), "\""].concat());
    }
    for text in [
        "password = \"SampleProject2024\"",
        "password = \"PasswordField\"",
    ] {
        assert_passes(text);
    }
}

#[test]
fn a_service_s_name_may_have_a_word_in_it_that_is_public() {
    for name in [
        "HASHNODE",
        "DEHASHED_API",
        "ERPNEXT",
        "QONVERSION",
        "AUTHENTIK",
    ] {
        assert_stops(&[name, "_TOKEN=", MIXED20, MIXED4].concat());
    }
    // What is called nearly as something public is.
    for name in [
        "OAUTH_REQUEST_TOKEN",
        "DDNS_UPDATE_TOKEN",
        "BLOCK_ADDRESS_SECRET",
    ] {
        assert_stops(&[name, "=", MIXED20, MIXED4].concat());
    }
    for name in ["PASSWORD_HASH", "NEXT_TOKEN", "VERSION_TOKEN"] {
        assert_passes(&[name, "=", HEX32].concat());
    }
}

#[test]
fn a_command_sets_a_variable_wherever_its_line_begins() {
    assert_stops(&["ENV ACMEX_API_TOKEN ", HEX32].concat());
    assert_stops(&["FROM scratch\nENV ACMEX_API_TOKEN ", HEX32].concat());
    assert_stops(&["const client = require('pipedrive')('", HEX32, "');"].concat());
}

#[test]
fn hashes_of_passwords_have_their_forms() {
    for hash in [
        ["{SSHA}3V/moeGcFl9A28PtrVuo", "LUaSqUrBAktxD9aB"],
        ["$P$BLCh2o0qp.y7nm1Z", "lKx/M5sSF.e7G98"],
        [
            "pbkdf2_sha256$30000$Vo0VlMnkR4Bk$qEvtdyZRWTcOsCnI",
            "/oQ7fVOu1XAURIZYoOZ3iq8Dr4M=",
        ],
    ] {
        assert_stops(&["x: ", &hash.concat()].concat());
    }
}

/// A commit, a digest or the id of a row beside the name of a service; lists of packages;
/// ids and places in lists; names of secrets; symbols.
#[test]
fn what_is_beside_a_service_s_name_is_no_key() {
    let sha1 = [HEX32, HEX8].concat();
    let sri = "sha512-YDv41HGE7HGTx+9YG3XqKkp6FeSWrtoZwwsoOJJWJ7A15ouCFIS6Dl9PcGW1bpki0UzSpfcPL60enGlPra41iw==";
    for text in [
        ["README ", HEX32].concat(),
        ["image: acme/stripe:", &sha1].concat(),
        ["ghcr.io/acme/kafka:sha-", &sha1].concat(),
        ["  SwiftProtobuf: ", &sha1, "\n  FirebaseAuth: ", &sha1].concat(),
        ["'slack': '", &sha1, "',"].concat(),
        "kafka 2d1f0c9e-e88f-4a1c-9a3b-7f9c2ba48b7a".to_owned(),
        ["| kafka | ", &sha1, " |"].concat(),
        ["uses: acme/x@", &sha1, " # slack"].concat(),
        ["fix(slack): login ", &sha1].concat(),
        ["refs/remotes/origin/slack-auth\n", &sha1, " refs/remotes/origin/x"].concat(),
        ["\"js-tokens\": [\"js-tokens@7.0.15\", \"\", {}, \"", sri, "\"],"].concat(),
        "Postman-Token: 7f9c2ba4-e88f-4a1c-9a3b-2d1f0c9e8b7a".to_owned(),
        "openai-organization: org-2WbeiMibsB4JzgukoBM0goK2".to_owned(),
        ["\"paginationToken\": \"", HEX32, "\""].concat(),
        ["<clientToken>", MIXED20, MIXED4, "</clientToken>"].concat(),
        ["resumeToken=", HEX32].concat(),
        "row_key=01J77K50T4Z96ZEZPCFCX14GTR".to_owned(),
        "existingSecret: pg-creds-7hk2f9m4dt".to_owned(),
        "secret billing-backend-e9e2e0a4 synced".to_owned(),
        "\"passwordResetId\": \"7f9c2ba4-e88f-4a1c-9a3b-2d1f0c9e8b7a\"".to_owned(),
        "proc_macro::TokenTree>_RINvNtCs8NwYtU1Mohg_4core3ptr9drop_glue".to_owned(),
        "\"AWS::ApiGateway::ApiKey\": \"48205d4ffd7feba3\"".to_owned(),
        ["npm ci\nRUN for key in 3717670A166B8AD074A91B9D6267E67EEA0BC692; do"].concat(),
        "\"tokenMint\": \"EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v\"".to_owned(),
        ["https://github.com/login/oauth/authorize?client_id=Iv1.", HEX8, HEX8, "&scope=repo"].concat(),
        ["<property name=\"password.policy\" value=\"strong\"/><property name=\"git.commit\" value=\"", &sha1, "\"/>"].concat(),
        "facebook-domain-verification=n5zzsn27prfuhfm7lm4uepbxrmyu9p".to_owned(),
    ] {
        assert_passes(&text);
    }
}

/// Programs in base64 have whatever tokens begin with in them, and many zeros.
#[test]
fn a_program_in_base64_passes() {
    let mut seed = 7_u32;
    let mut next = || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        seed >> 24
    };
    for dense in [12, 26, 51] {
        let sparse = |_| {
            if next() < dense {
                u8::try_from(next()).unwrap()
            } else {
                0
            }
        };
        let program: Vec<u8> = (0..60_000).map(sparse).collect();
        assert_passes(&data_encoding::BASE64.encode(&program));
    }
    assert_passes(
        "VUiJ5/EAAABIif66BQAAADH+6anQ++9mDx+EAAAAAABIjQVlCy4Aww8fhAAAAAAAQVRJifRIAAAA/w==",
    );
}

#[test]
fn a_column_names_what_stands_in_it() {
    let key = [MIXED20, MIXED4].concat();
    for text in [
        format!("service,owner,access_token\npackagist,ops@corp.example,{key}\n"),
        format!("\"name\",\"api_key\",\"env\"\n\"a\",\"none\",\"dev\"\n\"b\",\"{key}\",\"prod\"\n"),
        format!("name\tclient_secret\nweb\t{key}\n"),
        format!("| Service | API Key | Env |\n|---|---|---|\n| orders | `{key}` | prod |\n"),
        format!("service;env;secret_key\nx;prod;{HEX32}\n"),
    ] {
        assert_stops(&text);
    }
    for text in [
        format!("service,owner,checksum\npackagist,ops@corp.example,{key}\n"),
        format!("service,api_key_set,revision\na,yes,{HEX32}\n"),
        // Another table, with other columns.
        format!("api_key,a,b\n\nx,y\n{key},z\n"),
        format!("build(secret, token)\nload(a, {key})\n"),
    ] {
        assert_passes(&text);
    }
}

#[test]
fn a_variable_has_a_default_below_what_is_said_of_it() {
    let text = |name: &str| {
        let about = "  type = string\n  description = \"made by ops\"\n  sensitive = true\n";
        let key = [MIXED20, MIXED4].concat();
        format!("variable \"{name}\" {{\n{about}  default = \"{key}\"\n}}\n")
    };
    assert_stops(&text("porkbun_secret_key"));
    assert_passes(&text("image_digest"));
}
