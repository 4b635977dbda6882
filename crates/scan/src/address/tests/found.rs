//! Data that is found wherever in an address it hides.

use data_encoding::{BASE32, BASE32HEX, BASE64, BASE64URL_NOPAD, HEXLOWER};

use super::{FILE, NOTE, cut, hex, in_url, is_found, mixed};

fn base64(text: &str) -> String {
    BASE64URL_NOPAD.encode(text.as_bytes())
}

fn base32(text: &str) -> String {
    BASE32.encode(text.as_bytes()).replace('=', "")
}

/// A text in every spelling that is read.
fn spellings(text: &str) -> Vec<String> {
    let hexed = BASE32HEX.encode(text.as_bytes());
    vec![
        base64(text),
        HEXLOWER.encode(text.as_bytes()),
        base32(text),
        base32(text).to_lowercase(),
        hexed.replace('=', "").to_lowercase(),
        text.bytes()
            .flat_map(|b| format!("{b:03}").into_bytes())
            .map(char::from)
            .collect(),
    ]
}

#[test]
fn encoded_text_is_found_wherever_it_stands() {
    let backwards = base64(NOTE).chars().rev().collect();
    let letter = |nibble: u8| char::from(b'a' + nibble);
    let letters = NOTE.bytes().flat_map(|b| [letter(b >> 4), letter(b & 15)]);
    let others = [backwards, letters.collect()];
    for form in spellings(NOTE).into_iter().chain(others) {
        for url in [
            format!("/v1/{form}/x"),
            format!("/x?d={form}"),
            format!("/{form}.png"),
            format!("/x?a=1&b=x:{form}"),
            format!("/x?{form}=1"),
            format!("/x?{form}="),
            format!("/x?a=1&{form}"),
        ] {
            is_found(&url);
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
fn a_name_is_no_place_for_random_characters() {
    is_found(&format!("/x?{}=1", mixed(44)));
    is_found(&format!("/x?{}=1", hex(120)));
    is_found(&format!("/x?a=1&{}=", mixed(44)));
}

#[test]
fn text_in_short_pieces_is_put_together() {
    for spelled in spellings(NOTE) {
        for len in [4, 6, 8, 12, 15] {
            let pieces = cut(&spelled, len);
            is_found(&format!("/a/{}", pieces.join("/")));
            is_found(&format!("/a/{}.png?v=2", pieces.join("/")));
            let numbered = |(at, piece): (usize, &&str)| format!("p{at}={piece}");
            let values: Vec<String> = pieces.iter().enumerate().map(numbered).collect();
            is_found(&format!("/x?{}", values.join("&")));
            let names: Vec<String> = pieces.iter().map(|name| format!("{name}=1")).collect();
            is_found(&format!("/x?{}", names.join("&")));
            for sign in ["-", "_", ".", ",", "~", ";", "+", "/", ":", "!", "%2F"] {
                is_found(&format!("/x?q={}", pieces.join(sign)));
                is_found(&format!("/x/{}/y", pieces.join(sign)));
            }
        }
    }
    let numbers: Vec<String> = NOTE.bytes().map(|b| b.to_string()).collect();
    is_found(&format!("/x?q={}", numbers.join(".")));
    is_found(&format!("/x?cursor={}", numbers.join(",")));
}

#[test]
fn pieces_may_hold_the_signs_of_base64() {
    let spelled = base64("\u{434}\u{430}\u{43d}\u{43d}\u{44b}\u{435}, ~~~> \u{447}\u{430}\u{439}?");
    assert!(spelled.contains(['-', '_']));
    is_found(&format!("/a/{}", cut(&spelled, 8).join("/")));
}

#[test]
fn random_pieces_are_found_where_there_are_many() {
    for spelled in [mixed(160), hex(240)] {
        for len in [8, 12, 15] {
            let pieces = cut(&spelled, len);
            is_found(&format!("/a/{}", pieces.join("/")));
            is_found(&format!("/x?q={}", pieces.join(":")));
        }
        let numbered = |(at, piece): (usize, &&str)| format!("p{at}={piece}");
        let pieces = cut(&spelled, 24);
        let values: Vec<String> = pieces.iter().enumerate().map(numbered).collect();
        is_found(&format!("/x?{}", values.join("&")));
    }
    is_found(&format!("/x?q={}", cut(&hex(120), 2).join(":")));
}

#[test]
fn text_under_a_mask_is_no_digest() {
    let masked: Vec<u8> = NOTE.bytes().map(|b| b ^ 0x5a).collect();
    let masked = HEXLOWER.encode(&masked);
    is_found(&format!("/x/{masked}"));
    is_found(&format!("/x?d={masked}"));
    is_found(&format!("/x?id={masked}"));
}

#[test]
fn an_id_is_short_and_one_word() {
    is_found(&format!("/x?id={}", base64(FILE)));
    is_found(&format!("/x?client_id={}", base64(NOTE)));
    is_found(&format!("/x?uid={}", base64(&"word-".repeat(30))));
    is_found(&format!("/x?id={}", base64(&base64(NOTE))));
}

#[test]
fn state_is_structured_where_it_is_long_and_has_no_lines() {
    is_found(&format!("/x?state={}", base64(FILE)));
    is_found(&format!("/x?cursor={}", base64(&NOTE.repeat(3))));
    let json = base64(&format!("{{\"note\":\"{}\"}}", NOTE.repeat(9)));
    is_found(&format!("/x?state={json}&next={json}&code={json}"));
    is_found(&format!(
        "/x?state={}",
        cut(&HEXLOWER.encode(FILE.as_bytes()), 2).join("-")
    ));
}

#[test]
fn a_signature_is_no_text() {
    for name in ["sig", "signature", "X-Amz-Signature", "hmac"] {
        is_found(&format!("/x?{name}={}", base64(NOTE)));
        is_found(&format!("/x?sig=1&Expires={}&{name}=1", base64(NOTE)));
    }
}

#[test]
fn a_known_form_is_no_way_out() {
    let spelled = base64(&NOTE.repeat(2));
    let behind = |start: &str| spelled.get(..50).map(|text| format!("/a/{start}{text}"));
    for start in ["ACg8oc", "1FAIpQLS", "AKfycb", "cs_test_"] {
        is_found(&behind(start).unwrap());
        is_found(&format!("/a/{start}{}", mixed(90)));
        is_found(&format!("/a/{start}{}/{start}{}", mixed(48), mixed(48)));
    }
    for place in [
        "/v2/acme/app/blobs/uploads/",
        "/artifacts-downloads/a/downloads/",
    ] {
        is_found(&format!("{place}{spelled}"));
        is_found(&format!("{place}{}", mixed(300)));
    }
    is_found(&format!("/x/uploads/{}", mixed(200)));
    is_found(&format!("/c/b?blockid={}", base64(FILE)));
}

#[test]
fn what_needs_no_escape_has_none() {
    let escaped = NOTE.bytes().flat_map(|b| format!("%{b:02x}").into_bytes());
    let escaped = String::from_utf8(escaped.collect()).unwrap();
    is_found(&format!("/x?q={escaped}"));
    is_found(&format!("/{escaped}/x"));
}

#[test]
fn digests_that_stand_beside_one_another_are_read_one_by_one() {
    let spelled = HEXLOWER.encode(NOTE.as_bytes());
    is_found(&format!("/x?d=chunk-{spelled}.js"));
    is_found(&format!("/x?d={}%2F{}", hex(40), spelled));
}
