//! Packed data in base64, as JSON carries files.

use data_encoding::{BASE64, BASE64URL_NOPAD};

use super::*;

/// As a registry takes a package.
fn json(file: &str) -> Vec<u8> {
    format!("{{\"name\":\"left\",\"_attachments\":{{\"left-1.tgz\":{{\"data\":\"{file}\",\"length\":9}}}}}}")
        .into_bytes()
}

#[test]
fn a_long_file_in_json_is_read_to_its_end() {
    for (view, pack) in PACKERS {
        for encode in [
            |bytes: &[u8]| BASE64.encode(bytes),
            |bytes: &[u8]| BASE64URL_NOPAD.encode(bytes),
        ] {
            for after in [0, 20_000] {
                let body = |secret: &str| {
                    let text = [&noise(1, 70_000)[..], &hidden(secret), &noise(2, after)];
                    [json(&encode(&pack(&text.concat()))), filler(3000)].concat()
                };
                assert_passes(&body("nothing"), view.as_str());
                assert_stopped(&body(&token()), view.as_str());
            }
        }
    }
}

#[test]
fn a_finding_says_that_it_was_encoded() {
    let text = [&noise(1, 50_000)[..], &hidden(&token()), &noise(2, 50_000)].concat();
    let body = json(&BASE64.encode(&gzip(&text)));
    let (out, findings) = run(small(&warn()), body.chunks(97));
    assert!(out == body);
    let findings = findings.unwrap();
    assert_eq!(ids(&findings), ["github_token"]);
    assert_eq!(findings[0].decoding, [View::Base64, View::Gzip]);
    assert!(
        (65_000..69_000).contains(&findings[0].start),
        "{findings:?}"
    );
}

#[test]
fn a_file_behind_other_bytes_of_its_run_is_read() {
    for (view, pack) in PACKERS {
        for before in 1..9 {
            let body = |secret: &str| {
                let text = [&noise(1, 60_000)[..], &hidden(secret), &noise(2, 900)].concat();
                let file = [&noise(3, before * 1000 + before)[..], &pack(&text)].concat();
                json(&BASE64.encode(&file))
            };
            assert_passes(&body("nothing"), view.as_str());
            assert_stopped(&body(&token()), view.as_str());
        }
    }
}

#[test]
fn every_entry_of_an_encoded_zip_is_read() {
    for at in 0..9 {
        let body = |secret: &str| {
            let entry = |n: u64| {
                let len = [30, 5000, 30_000][usize::try_from(n % 3).unwrap()];
                let told = if n == at { secret } else { "nothing" };
                let text = [&noise(n, len)[..], &hidden(told)].concat();
                zip("a", BEHIND, &text)
            };
            json(&BASE64.encode(&(0..9).flat_map(entry).collect::<Vec<u8>>()))
        };
        assert_passes(&body("nothing"), "zip");
        assert_stopped(&body(&token()), &format!("entry {at}"));
    }
}

/// Another reader may take what is behind the sign for a part of the run.
#[test]
fn a_run_that_is_broken_in_the_middle_of_packed_data_is_no_pass() {
    let text = [&noise(1, 60_000)[..], &hidden(&token()), &noise(2, 20_000)].concat();
    for (view, pack) in PACKERS {
        for sign in ["\n", "\r\n ", "\\n", "\\/", "=", "\"+\"", "."] {
            for at in [30_000, 60_000] {
                let mut file = BASE64.encode(&pack(&text));
                file.insert_str(at, sign);
                let body = [json(&file), filler(3000)].concat();
                let (out, result) = run(small(&terms()), body.chunks(97));
                assert!(result.is_err(), "{view} {sign:?} {at}");
                assert!(out.len() < 70_000, "{view} {sign:?} {at}: {}", out.len());
            }
        }
    }
}
