//! Any two ways to write something, one upon the other, with nothing before what is
//! written or behind it: at its edges a view ends too early, if it does anywhere.

use data_encoding::{BASE32, BASE64, BASE64_NOPAD, BASE64URL_NOPAD, HEXLOWER, HEXUPPER};

use super::OWN;
use crate::tests::packed::{gzip, zlib};
use crate::tests::stream::{filler, run};
use crate::tests::{found, ids, scan, scanner, terms, token};
use crate::{Blocked, Kind, Place, Stream};

/// One way, by its name; none of it for bytes that it cannot write.
type Way = (&'static str, fn(&[u8]) -> Option<Vec<u8>>);

/// Ways to write any bytes.
const BYTES: [Way; 22] = [
    ("plain", |t| Some(t.to_vec())),
    ("base64", |t| Some(BASE64.encode(t).into())),
    ("base64 without padding", |t| {
        Some(BASE64_NOPAD.encode(t).into())
    }),
    ("base64url", |t| Some(BASE64URL_NOPAD.encode(t).into())),
    ("base64 in lines of 20", |t| {
        Some(lines(&BASE64.encode(t), 20, "\n"))
    }),
    ("base64 in lines of 76", |t| {
        Some(lines(&BASE64.encode(t), 76, "\r\n"))
    }),
    ("hex", |t| Some(HEXLOWER.encode(t).into())),
    ("hex in capitals", |t| Some(HEXUPPER.encode(t).into())),
    ("hex with blanks", |t| {
        Some(lines(&HEXLOWER.encode(t), 2, " "))
    }),
    ("hex with colons", |t| {
        Some(lines(&HEXLOWER.encode(t), 2, ":"))
    }),
    ("hex in lines", |t| {
        Some(lines(&HEXLOWER.encode(t), 2, "\n"))
    }),
    ("hex in long lines", |t| {
        Some(lines(&HEXLOWER.encode(t), 32, "\n"))
    }),
    ("numbers in hex", |t| {
        Some(each(t, |b| format!("0x{b:02x}, ")))
    }),
    ("numbers", |t| Some(each(t, |b| format!("{b}, ")))),
    ("base32", |t| Some(BASE32.encode(t).into())),
    ("base32 in small letters", |t| {
        Some(BASE32.encode(t).to_lowercase().into())
    }),
    ("percent", |t| Some(each(t, |b| format!("%{b:02X}")))),
    ("\\x", |t| Some(each(t, |b| format!("\\x{b:02x}")))),
    ("octal", |t| Some(each(t, |b| format!("\\{b:03o}")))),
    ("quoted-printable", |t| {
        Some(each(t, |b| format!("={b:02X}")))
    }),
    ("gzip", |t| Some(gzip(t))),
    ("zlib", |t| Some(zlib(t))),
];

/// Ways to write text.
const TEXT: [Way; 7] = [
    ("JSON", |t| {
        Some(serde_json::to_vec(str::from_utf8(t).ok()?).unwrap())
    }),
    ("\\u", |t| characters(t, |c| format!("\\u{c:04x}"))),
    ("references", |t| characters(t, |c| format!("&#{c};"))),
    ("references in hex", |t| {
        characters(t, |c| format!("&#x{c:x};"))
    }),
    ("soft breaks", |t| {
        Some(lines(str::from_utf8(t).ok()?, 18, "=\r\n"))
    }),
    ("UTF-16LE", |t| utf16(t, u16::to_le_bytes)),
    ("UTF-16BE", |t| utf16(t, u16::to_be_bytes)),
];

/// Ways round a search, which nobody else reads what was encoded behind.
const EVASIONS: [Way; 6] = [
    ("blanks between", |t| between(t, " ")),
    ("full stops between", |t| between(t, ".")),
    ("dashes between", |t| between(t, "-")),
    ("a line each", |t| between(t, "\n")),
    ("literals", |t| {
        Some(lines(str::from_utf8(t).ok()?, 9, "\" + \""))
    }),
    ("zero-width", |t| between(t, "\u{200b}")),
];

/// Left out: a sign that is no ASCII has other bytes there, and a break before a blank
/// is hardly a soft one.
const NOT: [(&str, &str); 3] = [
    ("zero-width", "UTF-16LE"),
    ("zero-width", "UTF-16BE"),
    ("numbers", "soft breaks"),
];

fn each(text: &[u8], one: impl Fn(u8) -> String) -> Vec<u8> {
    text.iter().map(|b| one(*b)).collect::<String>().into()
}

fn characters(text: &[u8], one: impl Fn(u32) -> String) -> Option<Vec<u8>> {
    let text = str::from_utf8(text).ok()?;
    let all: String = text.chars().map(|c| one(c.into())).collect();
    Some(all.into())
}

fn utf16(text: &[u8], bytes: fn(u16) -> [u8; 2]) -> Option<Vec<u8>> {
    let units = str::from_utf8(text).ok()?.encode_utf16();
    Some(units.flat_map(bytes).collect())
}

fn lines(text: &str, width: usize, gap: &str) -> Vec<u8> {
    let lines: Vec<&[u8]> = text.as_bytes().chunks(width).collect();
    lines.join(gap.as_bytes())
}

fn between(text: &[u8], sign: &str) -> Option<Vec<u8>> {
    let text = str::from_utf8(text).ok()?;
    let signs: Vec<String> = text.chars().map(String::from).collect();
    Some(signs.join(sign).into())
}

type Ways<'a> = &'a [&'a Way];

/// What is not found of what was written in each of some ways, in each upon each.
fn missed(layers: &[Ways<'_>]) -> Vec<String> {
    let scanner = scanner(&[(OWN, Kind::Secret)]);
    let mut missed = Vec::new();
    for (text, id) in [(token().as_str(), "github_token"), (OWN, "operator_secret")] {
        write_all(
            layers,
            &mut vec![id],
            text.as_bytes(),
            &mut |names, bytes| {
                let seen = scan(&scanner, bytes).unwrap();
                if !ids(&seen).contains(&id) {
                    missed.push(names.join(" in "));
                }
            },
        );
    }
    missed
}

/// Calls `each` with the text written in any way of the first layer, that in any of the
/// next, and so on.
fn write_all<'a>(
    layers: &[Ways<'a>],
    names: &mut Vec<&'a str>,
    text: &[u8],
    each: &mut impl FnMut(&[&str], &[u8]),
) {
    let Some((ways, rest)) = layers.split_first() else {
        return each(names, text);
    };
    for (name, write) in *ways {
        let last = names.last().copied().unwrap_or_default();
        if let Some(written) = write(text)
            && !NOT.contains(&(last, name))
        {
            names.push(name);
            write_all(rest, names, &written, each);
            names.pop();
        }
    }
}

#[test]
fn any_two_are_undone() {
    let encodings: Vec<_> = BYTES.iter().chain(&TEXT).collect();
    let all: Vec<_> = encodings.iter().copied().chain(&EVASIONS).collect();
    assert_eq!(missed(&[&all, &encodings]), [""; 0]);
}

/// Those that programs put upon one another.
fn usual() -> Vec<&'static Way> {
    const USUAL: [&str; 11] = [
        "base64",
        "base64 in lines of 76",
        "hex",
        "hex with colons",
        "base32",
        "percent",
        "quoted-printable",
        "gzip",
        "JSON",
        "\\u",
        "references",
    ];
    let all = BYTES.iter().chain(&TEXT);
    let usual: Vec<_> = all.filter(|way| USUAL.contains(&way.0)).collect();
    assert_eq!(usual.len(), USUAL.len());
    usual
}

#[test]
fn any_three_are_undone() {
    let usual = usual();
    let all: Vec<_> = usual.iter().copied().chain(&EVASIONS).collect();
    assert_eq!(missed(&[&all, &usual, &usual]), [""; 0]);
}

/// And nothing of it gets out.
#[test]
fn any_two_are_undone_in_a_body_that_streams() {
    const WINDOW: usize = 4096;
    let scanner = scanner(&[(OWN, Kind::Secret)]);
    let usual = usual();
    let all: Vec<_> = usual.iter().copied().chain(&EVASIONS).collect();
    let mut missed = Vec::new();
    for (text, id) in [(token().as_str(), "github_token"), (OWN, "operator_secret")] {
        let each = &mut |names: &[&str], bytes: &[u8]| {
            let before = filler(2 * WINDOW);
            let body = [&before, b"\n".as_slice(), bytes, b"\n", &filler(WINDOW)].concat();
            let stream = Stream::with_window(&scanner, Place::Body, &terms(), WINDOW);
            let (out, result) = run(stream, body.chunks(997));
            let found = matches!(&result, Err(Blocked::Found(all)) if ids(all).contains(&id));
            if !found || out.len() > before.len() + 1 {
                missed.push(names.join(" in "));
            }
        };
        write_all(&[&all, &usual], &mut vec![id], text.as_bytes(), each);
    }
    assert_eq!(missed, [""; 0]);
}

/// Of values that are short, or in another script, and are told from noise in nothing.
#[test]
fn odd_values_of_the_operator_are_found_in_one() {
    const VALUES: [&str; 5] = [
        "hunter2!",
        "Tr0ub4dor&3x",
        "C:\\keys\\new\\table77",
        "geheim/\u{e9}\u{fc}\u{4e2d}-4711/wert",
        "\u{43f}\u{430}\u{440}\u{43e}\u{43b}\u{44c}\u{43a}\u{430}9",
    ];
    // Cut by a line's end, letters of other scripts are noise on both sides of it.
    const CUT: [&str; 2] = ["base64 in lines of 20", "hex in long lines"];
    let mut missed = Vec::new();
    for value in VALUES {
        let scanner = scanner(&[(value, Kind::Secret)]);
        for (name, write) in BYTES.iter().chain(&TEXT) {
            let bytes = write(value.as_bytes()).unwrap();
            let seen = scan(&scanner, &bytes).unwrap();
            let is_cut = !value.is_ascii() && CUT.contains(name);
            if !is_cut && !ids(&seen).contains(&"operator_secret") {
                missed.push(format!("{value} in {name}"));
            }
        }
    }
    assert_eq!(missed, [""; 0]);
}

/// One character of a token in one kind of escape, and one further on in another.
#[test]
fn any_two_kinds_of_escape_in_one_token_are_undone() {
    const KINDS: [fn(char) -> String; 10] = [
        |c| format!("&#x{:x};", u32::from(c)),
        |c| format!("%{:02x}", u32::from(c)),
        |c| format!("\\u{:04x}", u32::from(c)),
        |c| format!("\\x{:02x}", u32::from(c)),
        |c| format!("={:02X}", u32::from(c)),
        |c| format!("{c}\u{200b}"),
        |c| char::from_u32(u32::from(c) + 0xfee0).unwrap().to_string(),
        |c| format!("{c}=\r\n"),
        |c| format!("{c}\" + \""),
        |c| format!("{c}<b></b>"),
    ];
    let token = token();
    let mut missed = Vec::new();
    for (first, second) in [(4, 8), (5, 20), (5, 37), (20, 30)] {
        for one in KINDS {
            for other in KINDS {
                let each = |(at, c)| match at {
                    at if at == first => one(c),
                    at if at == second => other(c),
                    _ => c.to_string(),
                };
                let text: String = token.chars().enumerate().map(each).collect();
                if !ids(&found(text.as_bytes())).contains(&"github_token") {
                    missed.push(text);
                }
            }
        }
    }
    assert_eq!(missed, [""; 0]);
}
