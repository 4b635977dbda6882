//! What stands beside a signature in an address, and what stays a secret there.

use bottle_policy::{Action, InspectTerms};

use super::scanner;
use crate::detectors::sample::{HEX32, MIXED6, MIXED8, MIXED20, MIXED32, UPPER16};
use crate::{Input, Place};

fn stops(place: &Place, text: &str) -> Vec<String> {
    let input = Input::new(place, text.as_bytes());
    let seen = scanner(&[]).scan(input, &InspectTerms::default()).unwrap();
    let stops = seen.iter().filter(|f| f.action != Action::Warn);
    stops.map(|f| f.detector.to_string()).collect()
}

fn presigned() -> String {
    let scope = "%2F20260101%2Feu-west-1%2Fs3%2Faws4_request";
    let token = format!("{MIXED32}{MIXED20}%2F{MIXED32}{MIXED8}{MIXED6}%3D");
    format!(
        "/reports/a.pdf?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=ASIA{UPPER16}{scope}&X-Amz-Date=20260101T101112Z&X-Amz-Security-Token={token}&X-Amz-SignedHeaders=host&X-Amz-Signature={HEX32}{HEX32}"
    )
}

#[test]
fn a_signed_download_passes() {
    let second = format!(
        "/b.tar?AWSAccessKeyId=AKIA{UPPER16}&Expires=1767225600&Signature={MIXED20}{MIXED6}%3D"
    );
    let asset = format!(
        "/asset/1?sp=r&sv=2018-11-09&se=2026-01-01T00%3A00%3A00Z&sig={MIXED32}{MIXED8}abc%3D&jwt={}",
        jwt()
    );
    let envelope = format!("/api/42/envelope/?sentry_version=7&sentry_key={HEX32}");
    for url in [presigned(), second, asset, envelope] {
        assert_eq!(stops(&Place::Url, &url), Vec::<String>::new(), "{url}");
    }
}

#[test]
fn a_body_may_quote_the_id_of_the_key_that_signed() {
    let scope = "/20260101/eu-west-1/s3/aws4_request";
    for text in [
        format!(
            "https://x.s3.example.com/a?X-Amz-Credential=AKIA{UPPER16}{scope}&X-Amz-Expires=60"
        ),
        format!("{{\"dsn_field\": \"sentry_key={HEX32}\"}}"),
    ] {
        assert_eq!(stops(&Place::Body, &text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn without_its_signature_each_is_a_secret() {
    for url in [
        format!("/a?key=AKIA{UPPER16}"),
        format!("/a?X-Amz-Credential=AKIA{UPPER16}"),
        format!("/a?AWSAccessKeyId=AKIA{UPPER16}"),
        format!("/a/AKIA{UPPER16}?X-Amz-Signature={HEX32}{HEX32}"),
        format!("/a?note=1&X-Amz-Security-Token={MIXED32}{MIXED32}{MIXED20}"),
        format!("/a?sp=r&jwt={}", jwt()),
        format!("{}&aws_secret_access_key={MIXED32}{MIXED8}", presigned()),
        format!("/a?SENTRY_KEY={HEX32}{HEX32}"),
    ] {
        assert_ne!(stops(&Place::Url, &url), Vec::<String>::new(), "{url}");
    }
    let body = format!("AWSAccessKeyId=AKIA{UPPER16}&Expires=1&Signature=x");
    assert_ne!(stops(&Place::Body, &body), Vec::<String>::new());
}

fn jwt() -> String {
    let part = |text: &str| data_encoding::BASE64URL_NOPAD.encode(text.as_bytes());
    let head = part("{\"alg\":\"HS256\",\"typ\":\"JWT\"}");
    let claims = part("{\"iss\":\"example.com\",\"key\":\"key1\",\"exp\":1767225600}");
    format!("{head}.{claims}.{MIXED32}{MIXED8}abc")
}
