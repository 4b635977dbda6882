//! Addresses that look as if they held data, and hold none.

use data_encoding::{BASE64, BASE64URL_NOPAD};

use super::{UUID, hex, mixed, noise, passes};

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
        passes(&url);
    }
}

#[test]
fn what_services_make_of_addresses_passes() {
    let lower = |len| noise("0z1y2x3w4v5s6r7q8p9n0mlkjihgfdcba", len);
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
    let uuid = UUID;
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
        passes(&url);
    }
}

#[test]
fn names_of_parameters_may_be_long() {
    for url in [
        "/x?response-content-disposition=inline&code_challenge_method=S256",
        "/x?includeInternationalSubsidiaries=true&pageSizeOfTheSecondList=20",
        "/x?fields%5Barticles%5D=title&filter[organisation_identifier]=7&7c9e6679=1",
    ] {
        passes(url);
    }
}

#[test]
fn words_of_other_languages_are_escaped_and_pass() {
    let words: Vec<String> =
        "\u{43f}\u{440}\u{438}\u{432}\u{435}\u{442} \u{4f60}\u{597d} caf\u{e9}"
            .bytes()
            .map(|b| {
                if b.is_ascii_alphanumeric() {
                    char::from(b).to_string()
                } else {
                    format!("%{b:02X}")
                }
            })
            .collect();
    passes(&format!("/wiki/{}?q={}", words.concat(), words.concat()));
    passes("/extensions/aapbdbdomjkkjkaonfhkkikfgjllcleb/reviews");
}

#[test]
fn pieces_that_are_no_data_are_left_apart() {
    let ids: Vec<String> = (0..20).map(|n| mixed(40 + n).split_off(29 + n)).collect();
    let urls = [
        "/tiles/12/2148/1371@2x.png?v=20260101T101112Z&s=a1b2c3d4".to_owned(),
        "/2026/01/31/12-things-to-do-in-2026-4-of-them-in-3-days".to_owned(),
        format!("/orgs/{UUID}/users/{UUID}/keys/{UUID}/uses/{UUID}"),
        format!("/git/objects/{}/{}", hex(2), hex(38)),
        format!(
            "/accounts/{}/containers/{}/workspaces/{}",
            hex(24),
            hex(24),
            hex(24)
        ),
        format!(
            "/assets/index-{}.js?a={}&b={}",
            mixed(8),
            mixed(8),
            mixed(8)
        ),
        "/npm/@acme/ui-kit@2.14.0-rc.3/dist/esm/v2/chunk-5YQ3XK7A.mjs".to_owned(),
        "/de-DE/docs/Web/API/Web2Print/utf8/base64/sha256/md5/ipv6/h264/mp3/x86/win32".to_owned(),
        format!("/videos?part=snippet&id={}", ids.join(",")),
        "/chart?chd=t:60,40,50,72,98,44,36,81,66,52,47,90,33,75,58,61,49,88,70,55".to_owned(),
        "/x?ids=97,98,99,100,101,102,103,104,105,106,107,108,109,110,111,112,113,114,115"
            .to_owned(),
        "/x?fingerprint=43:51:43:a1:b5:fc:8b:b7:0a:3a:a9:b1:0f:66:73:a8".to_owned(),
        format!(
            "/x?utm={}&gclid={}&sid={}&vid={}",
            mixed(12),
            mixed(55),
            hex(16),
            hex(16)
        ),
    ];
    for url in urls {
        passes(&url);
    }
}

#[test]
fn ids_and_state_may_be_small_text() {
    let base64 = |text: &str| BASE64URL_NOPAD.encode(text.as_bytes());
    for (name, text) in [
        ("id", "04:User583231"),
        ("node_id", "gid://shop/ProductVariant/4415551236"),
        ("id", "[\"users\",1234567]"),
        (
            "user_id",
            "UserProfile:550e8400-e29b-41d4-a716-446655440000",
        ),
        ("cursor", "2026-01-01 10:11:12|The cat that slept|4711"),
        ("after", "arrayconnection:1200"),
        (
            "page_info",
            "{\"last_id\":74412726,\"last_value\":\"Tea\",\"direction\":\"next\"}",
        ),
        (
            "state",
            "{\"return\":\"https://app.example.com/settings/profile?tab=keys\",\"nonce\":\"1b9d6bcd\",\"flow\":\"login\"}",
        ),
        (
            "state",
            "return=https://app.example.com/a/quite/long/path&nonce=1b9d6bcd-bbfd-4b2d-9b5d&flow=login&step=2",
        ),
        (
            "next",
            "https://app.example.com/settings/profile/of/the/account/keys/and/more/of/them/until/it/is/long",
        ),
    ] {
        passes(&format!("/x?{name}={}", base64(text)));
    }
    passes(
        "/graphql?variables=%7B%22first%22%3A%2020%2C%20%22after%22%3A%20%22YXJyYXljb25uZWN0aW9uOjE5%22%7D&operationName=Items",
    );
}

#[test]
fn state_of_uploads_and_lists_passes() {
    let block = BASE64.encode(b"00589480-c057-4e50-80ef-52cbc7acaa7c-000509");
    let block = block.replace('=', "%3D");
    passes(&format!("/c/b?comp=block&blockid={block}"));
    let page = BASE64URL_NOPAD.encode(b"\n2image-layer/field-handler/06d60e08-5ebc-439a.json");
    passes(&format!("/storage/v1/b/x/o?pageToken={page}"));
    passes(&format!("/b/k?partNumber=2&uploadId={block}"));
}

#[test]
fn ids_of_forms_that_vendors_show_pass() {
    for url in [
        format!("/forms/d/e/1FAIpQLS{}/viewform?usp=sf_link", mixed(49)),
        format!("/macros/s/AKfycb{}/exec", mixed(66)),
        format!("/a/ACg8oc{}=s96-c", mixed(50)),
        format!("/c/pay/cs_test_{}", mixed(58)),
        format!("/s/inter/v13/{}.woff2", mixed(56)),
        "/ipfs/QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWKPbdG/readme".to_owned(),
        format!(
            "/{}/rs:fill:300:400:0/g:sm/plain/local:///cat.jpg",
            mixed(43)
        ),
        format!("/v1/projects/{}/settings", mixed(32)),
        format!("/s/materialsymbolsoutlined/v232/{}.woff2", mixed(128)),
        format!("/v2/acme/app/blobs/uploads/{}", mixed(200)),
        format!(
            "/artifacts-downloads/namespaces/acme/repositories/app/downloads/{}",
            mixed(160)
        ),
        format!("/spreadsheets/d/e/2PACX-{}/pubhtml", mixed(80)),
        format!("/v1.0/me/messages/AAMkA{}", mixed(147)),
    ] {
        passes(&url);
    }
}
