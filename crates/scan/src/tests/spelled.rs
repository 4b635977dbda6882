//! Values as forms, code and data spell them, whole and in pieces.

use super::{found, ids, scan, scanner, terms, token};
use crate::{Input, Kind, Place, Spread};

fn each(spell: &dyn Fn(u32) -> String, between: &str) -> String {
    let letters: Vec<String> = token().chars().map(|c| spell(u32::from(c))).collect();
    letters.join(between)
}

fn chunks(size: usize) -> Vec<String> {
    let token = token();
    let chunks = token.as_bytes().chunks(size);
    chunks
        .map(|chunk| str::from_utf8(chunk).unwrap().to_owned())
        .collect()
}

#[track_caller]
fn assert_found(text: &str) {
    // As it stands, and as the text of a request to a model.
    let json = serde_json::json!({ "content": text }).to_string();
    for text in [text, &json] {
        assert!(
            ids(&found(text.as_bytes())).contains(&"github_token"),
            "{text}"
        );
    }
}

#[test]
fn bytes_as_numbers_are_read() {
    assert_found(&format!("[{}]", each(&|c| c.to_string(), ",")));
    assert_found(&format!("[{}]", each(&|c| c.to_string(), ", ")));
    assert_found(&format!("bytes([{}])", each(&|c| c.to_string(), ",\n  ")));
    assert_found(&format!(
        "String.fromCharCode({})",
        each(&|c| c.to_string(), ", ")
    ));
    assert_found(&format!(
        "[7, 300, 0, {}, 0, 999]",
        each(&|c| c.to_string(), ", ")
    ));
    assert_found(&format!(
        "[]byte{{{}}}",
        each(&|c| format!("0x{c:02x}"), ", ")
    ));
    assert_found(&each(&|c| format!("{c:03}"), " "));
    assert_found(&each(&|c| c.to_string(), "\n"));
}

#[test]
fn escapes_of_code_are_undone() {
    for spell in [
        |c: u32| format!("\\x{c:02x}"),
        |c: u32| format!("\\u{c:04x}"),
        |c: u32| format!("\\u{{{c:x}}}"),
        |c: u32| format!("\\u{{{c:06X}}}"),
        |c: u32| format!("\\{c:03o}"),
    ] {
        assert_found(&format!("const a = \"{}\"", each(&spell, "")));
        // One letter of it is enough to hide it.
        let first = token().chars().next().unwrap();
        assert_found(&token().replacen(first, &spell(u32::from(first)), 1));
    }
}

#[test]
fn literals_in_pieces_are_put_together() {
    let pieces = chunks(9);
    for joint in [
        "\" + \"",
        "\" . \"",
        "\" || \"",
        "\" \"",
        "\"\n    \"",
        "\" &\n \"",
        "\" .. \"",
        "' + '",
        "` + `",
        "\\\n",
        "\\\r\n",
    ] {
        let quote = joint.chars().next().filter(|c| *c != '\\').unwrap_or('"');
        assert_found(&format!("key = {quote}{}{quote}", pieces.join(joint)));
    }
}

/// Items of a list, fields of a format, parts of a template.
#[test]
fn a_token_of_an_exact_form_is_put_together_from_literals() {
    for size in [5, 9, 20] {
        let pieces = chunks(size);
        assert_found(&format!("[\"{}\"].join(\"\")", pieces.join("\", \"")));
        assert_found(&format!("\"\".join(['{}'])", pieces.join("',\n    '")));
        assert_found(&format!("f\"{{'{}'}}\"", pieces.join("'}{'")));
        assert_found(&format!("`${{\"{}\"}}`", pieces.join("\"}${\"")));
        assert_found(&format!("concat('{}')", pieces.join("','")));
        assert_found(&format!("b'{}'", pieces.join("' + b'")));
        assert_found(&format!("f'{}'", pieces.join("' f'")));
        assert_found(&format!("\"{}\"", pieces.join("\" <> \"")));
    }
    // Names in a list are none.
    let names = ["AKIA", "ASIA", "AROA", "AIDA", "ANPA", "ANVA", "APKA"];
    let list = format!("const PREFIXES = [\"{}\"];", names.join("\", \""));
    assert_eq!(ids(&found(list.as_bytes())), [""; 0]);
    let names = [
        "ghp_",
        "gho_",
        "ghu_",
        "ghs_",
        "ghr_",
        "github_pat_",
        "v1.0.0",
    ];
    let list = format!("const PREFIXES = [\"{}\"];", names.join("\", \""));
    assert_eq!(ids(&found(list.as_bytes())), [""; 0]);
}

/// A bar between two literals makes a type of them, and no text.
#[test]
fn the_members_of_a_type_are_no_value() {
    let regions = [
        "us1", "us2", "au1", "br1", "ie1", "jp1", "sg1", "in1", "de1",
    ];
    let members = regions.join("\" | \"");
    let source = format!("export type RoomTwilioRealm = \"{members}\";");
    assert_eq!(ids(&found(source.as_bytes())), [""; 0]);
}

/// A form has `+` for a blank, and `%2B` for a plus.
#[test]
fn a_form_is_read() {
    let data = format!(
        "{}+/{}\n",
        "MIIEow+IBAAKC/AQEAx7Q2k".repeat(2),
        "Vb3nZs8LrT0pYq".repeat(3)
    );
    let key = [
        "-----BEGIN RSA ",
        "PRIVATE KEY-----\n",
        &data,
        &data,
        "-----END RSA ",
        "PRIVATE KEY-----\n",
    ];
    let form = |text: &str| {
        text.bytes()
            .fold("type=a&body=".to_owned(), |form, b| match b {
                b' ' => form + "+",
                b if b.is_ascii_alphanumeric() || b"*-._".contains(&b) => {
                    form + &char::from(b).to_string()
                }
                b => form + &format!("%{b:02X}"),
            })
    };
    assert_eq!(ids(&found(form(&key.concat()).as_bytes())), ["private_key"]);
    let lines = key.concat().replace('\n', "\r\n");
    assert_eq!(ids(&found(form(&lines).as_bytes())), ["private_key"]);
    let known = scanner(&[("k7+Qz m4/Xw=p9 Vt", Kind::Secret)]);
    let seen = scan(&known, form("k7+Qz m4/Xw=p9 Vt").as_bytes()).unwrap();
    assert_eq!(ids(&seen), ["operator_secret"]);
    let phrase = bip39::Mnemonic::from_entropy(&[0x9c; 16])
        .unwrap()
        .to_string();
    assert!(ids(&found(phrase.as_bytes())).contains(&"seed_phrase"));
    assert!(
        ids(&found(form(&phrase).as_bytes())).contains(&"seed_phrase"),
        "{}",
        form(&phrase)
    );
    assert_found(&format!("a=b+c&t={}+and+more", token().replace('_', "%5F")));
}

/// The operator's own values, cut over fields, items and places.
#[test]
fn a_known_value_in_pieces_is_put_together() {
    let value = "Zq7-Kp3_Wm9xTr5vLc2b";
    let scanner = scanner(&[(value, Kind::Secret)]);
    let (one, two) = value.split_at(10);
    let bodies = [
        format!("[\"{one}\",\"{two}\"]"),
        format!("{{\"b\":\"{two}\",\"a\":\"{one}\"}}"),
        format!("a={one}&b={two}"),
        format!("[\"{one}\", \"{two}\"].join(\"\")"),
        format!("f\"{{'{one}'}}{{'{two}'}}\""),
        format!("`${{\"{one}\"}}${{\"{two}\"}}`"),
        format!("a = \"{one}\"; b = \"{two}\"; send(a + b)"),
    ];
    for body in bodies {
        let seen = scanner.look(Input::new(&Place::Body, body.as_bytes()), &terms());
        let seen = seen.unwrap();
        let parts = Spread::default().admit(&scanner, &seen.parts, &terms());
        let all = [ids(&seen.findings), ids(&parts)].concat();
        assert!(all.contains(&"operator_secret"), "{body}");
    }
}

/// A letter three places on.
fn turned(code: u32) -> String {
    let on = |first: u8| (code - u32::from(first) + 3) % 26 + u32::from(first);
    let turned = match u8::try_from(code).unwrap() {
        b'a'..=b'z' => on(b'a'),
        b'A'..=b'Z' => on(b'A'),
        _ => code,
    };
    char::from_u32(turned).unwrap().to_string()
}

/// Honest limits: who makes these can as well encrypt.
#[test]
fn what_is_not_put_together_is_known() {
    let pieces = chunks(9);
    let texts = [
        ("another turn", each(&turned, "")),
        (
            "variables",
            format!("a = \"{}\"; b = \"{}\"", pieces[0], pieces[1..].concat()),
        ),
    ];
    for (name, text) in texts {
        assert!(
            !ids(&found(text.as_bytes())).contains(&"github_token"),
            "{name} is found now"
        );
    }
}

/// The view that joins literals and the pattern that does see the same value.
#[test]
fn a_token_in_two_literals_is_told_once() {
    for joint in ["\" + \"", "\" +\n    \""] {
        let text = format!("t = \"{}\"", chunks(20).join(joint));
        let nested = serde_json::to_string(&serde_json::to_string(&text).unwrap()).unwrap();
        for text in [text, nested] {
            assert_eq!(ids(&found(text.as_bytes())), ["github_token"], "{text}");
        }
    }
}
