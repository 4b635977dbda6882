//! Packed data, wherever in a body it begins.

mod limits;

use std::io::Write as _;

use data_encoding::{BASE64, HEXLOWER};
use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};

use super::{found, ids, scan, scanner, terms, token};
use crate::{Input, Kind, Place, View};

type Pack = fn(&[u8]) -> Vec<u8>;

const PACKERS: [(View, Pack); 6] = [
    (View::Gzip, gzip),
    (View::Zip, |bytes| zip("notes.txt", 0, bytes)),
    (View::Zip, |bytes| zip("notes.txt", BEHIND, bytes)),
    (View::Zlib, zlib),
    (View::Zstd, zstd),
    (View::Gzip, |bytes| {
        // Behind a name, with its end cut off.
        let mut packed = flate2::GzBuilder::new().filename("notes.txt");
        packed = packed.extra(vec![7; 300]).comment("a comment");
        let mut packer = packed.write(Vec::new(), Compression::best());
        packer.write_all(bytes).unwrap();
        let mut packed = packer.finish().unwrap();
        packed.truncate(packed.len() - 8);
        packed
    }),
];

/// The flag of a zip's entry whose sizes stand behind it.
const BEHIND: u16 = 8;

pub(super) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::default());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

pub(super) fn zlib(bytes: &[u8]) -> Vec<u8> {
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::default());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

pub(super) fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut packer = DeflateEncoder::new(Vec::new(), Compression::default());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

pub(super) fn zstd(bytes: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
}

/// One entry's head and data, and a directory's beginning.
fn zip(name: &str, flags: u16, bytes: &[u8]) -> Vec<u8> {
    let data = deflate(bytes);
    let size = |len: usize| u32::try_from(len).unwrap().to_le_bytes();
    let sizes = if flags & BEHIND == 0 {
        [[0; 4], size(data.len()), size(bytes.len())].concat()
    } else {
        vec![0; 12]
    };
    let parts: [&[u8]; 9] = [
        b"PK\x03\x04\x14\0",
        &flags.to_le_bytes(),
        b"\x08\0\0\0!Z",
        &sizes,
        &u16::try_from(name.len()).unwrap().to_le_bytes(),
        b"\x04\0",
        name.as_bytes(),
        b"abcd",
        &data,
    ];
    [&parts.concat()[..], b"PK\x01\x02\x14\0\x14\0"].concat()
}

/// As curl and browsers send a file.
fn form(file: &[u8]) -> Vec<u8> {
    let head = "--------------------------d74496d66958873e\r\nContent-Disposition: form-data; \
         name=\"note\"\r\n\r\nsome words\r\n--------------------------d74496d66958873e\r\n\
         Content-Disposition: form-data; name=\"file\"; filename=\"a.bin\"\r\n\
         Content-Type: application/octet-stream\r\n\r\n";
    let tail = b"\r\n--------------------------d74496d66958873e--\r\n";
    [head.as_bytes(), file, tail].concat()
}

/// A part of the token stands before it, so that no packer leaves it whole.
fn secret() -> Vec<u8> {
    let token = token();
    let part = token.get(10..30).unwrap();
    format!("{part} is a part, and in a file there is {token}, and more behind\n").into_bytes()
}

/// No byte of it is a sign of anything.
fn noise(len: u32) -> Vec<u8> {
    (0..len)
        .map(|n| (n.wrapping_mul(2_654_435_761) >> 13).to_le_bytes()[0] | 0x80)
        .collect()
}

/// Every byte there is, and nothing that packs.
fn random(len: u64) -> Vec<u8> {
    let mixed = |n: u64| (n.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ n >> 3) << 1 | 1;
    (0..len)
        .map(|n| mixed(n).wrapping_mul(0xd6e8_feb8_6659_fd93).to_be_bytes()[1])
        .collect()
}

#[track_caller]
fn assert_found(body: &[u8], view: View) {
    let seen = found(body);
    let is_there =
        |f: &crate::Finding| f.detector.as_str() == "github_token" && f.decoding.contains(&view);
    assert!(seen.iter().any(is_there), "{view}: {seen:?}");
}

#[test]
fn packed_data_is_found_in_a_part_of_a_form() {
    for (view, pack) in PACKERS {
        assert_found(&form(&pack(&secret())), view);
        // A short stream may have no rare byte at all.
        let short = form(&pack(token().as_bytes()));
        assert!(ids(&found(&short)).contains(&"github_token"), "{view}");
    }
}

#[test]
fn packed_data_is_found_behind_any_bytes() {
    for (view, pack) in PACKERS {
        for before in [1, 7, 70_000] {
            let body = [&noise(before)[..], &[3], &pack(&secret()), &noise(999)].concat();
            assert_found(&body, view);
        }
    }
}

#[test]
fn the_packed_data_alone_is_told_as_the_place() {
    let (before, packed) = (noise(500), gzip(&secret()));
    let body = [&before[..], &packed, &noise(500)].concat();
    let seen = found(&body);
    assert_eq!(seen[0].start, before.len());
    assert_eq!(seen[0].end, before.len() + packed.len());
}

#[test]
fn packed_data_in_packed_data_is_found() {
    let assert_in = |body: &[u8], which: &str| {
        assert!(ids(&found(body)).contains(&"github_token"), "{which}");
    };
    for (view, outer) in PACKERS {
        for (within, inner) in PACKERS {
            let which = format!("{within} in {view}");
            let body = outer(&[&noise(300)[..], &[3], &inner(&secret())].concat());
            assert_in(&form(&body), &which);
            let json = format!("{{\"file\":\"{}\"}}", BASE64.encode(&body));
            assert_in(json.as_bytes(), &which);
            assert_in(HEXLOWER.encode(&body).as_bytes(), &which);
        }
    }
}

/// A part of a form in base64 or quoted-printable, as mail has it.
#[test]
fn an_encoded_part_is_read() {
    let packed = BASE64.encode(&zip("a", 0, &secret()));
    let lines: Vec<&str> = packed
        .as_bytes()
        .chunks(76)
        .map(|line| str::from_utf8(line).unwrap())
        .collect();
    assert_found(&form(lines.join("\r\n").as_bytes()), View::Zip);
    let quoted = token().replace('_', "=5F").replace("xQ6", "x=\r\nQ6");
    assert_found(&form(quoted.as_bytes()), View::QuotedPrintable);
}

#[test]
fn the_heads_of_parts_and_the_names_of_entries_are_read() {
    let token = token();
    let heads = [
        format!("--b\r\nContent-Disposition: form-data; name=\"{token}\"\r\n\r\n\0\r\n--b--"),
        format!(
            "--b\r\nContent-Disposition: form-data; name=f; filename*=UTF-8''{}\r\n\r\n\0",
            token.replace('_', "%5f")
        ),
    ];
    for head in heads {
        assert_eq!(ids(&found(head.as_bytes())), ["github_token"], "{head}");
    }
    let named = zip(&format!("src/{token}/a.rs"), BEHIND, b"fn main() {}");
    assert_eq!(ids(&found(&named)), ["github_token"]);
    let named = flate2::GzBuilder::new().filename(token.as_str());
    let named = named.write(Vec::new(), Compression::best()).finish();
    assert_eq!(ids(&found(&form(&named.unwrap()))), ["github_token"]);
}

/// What `git push` sends: lines with their length, then a pack of objects.
#[test]
fn the_objects_of_a_push_are_read() {
    let blob = zlib(format!("token = {}\n", token()).as_bytes());
    let tree = zlib(&[&b"100644 a\0"[..], &noise(20)].concat());
    let body = [
        b"00930000000000000000000000000000000000000000 \
          9a3c2b1f0e8d7c6b5a49382716f5e4d3c2b1a098 refs/heads/main\0 report-status\n0000PACK\0\0\0\x02\0\0\0\x02\xa2\x02"
            .as_slice(),
        &tree,
        b"\xb4\x03",
        &blob,
        &noise(20),
    ]
    .concat();
    assert_found(&body, View::Zlib);
}

/// Some reader takes each of these.
#[test]
fn a_head_that_strict_readers_refuse_hides_nothing() {
    let mut reserved = gzip(&secret());
    reserved[3] |= 0xe0;
    let mut checked = gzip(&secret());
    checked[3] |= 2;
    checked.splice(10..10, [0xab, 0xcd]);
    let mut broken = gzip(&secret());
    let end = broken.len() - 8;
    broken[end..].fill(0x55);
    for body in [reserved, checked, broken] {
        assert_found(&form(&body), View::Gzip);
    }
    // The directory says how an entry is packed, not its head.
    for method in [0, 12, 99] {
        let mut lying = zip("a", BEHIND, &secret());
        lying[8] = method;
        assert_found(&form(&lying), View::Zip);
    }
    // Windows of every size.
    for first in [0x08_u8, 0x18, 0x48, 0x68] {
        let second = (0..31).find(|n| (u16::from(first) * 256 + n).is_multiple_of(31));
        let mut small = zlib(&secret());
        small[0] = first;
        small[1] = u8::try_from(second.unwrap()).unwrap();
        assert_found(&small, View::Zlib);
    }
}

#[test]
fn what_is_cut_over_members_or_frames_is_one_text() {
    let (head, tail) = (&secret()[..70], &secret()[70..]);
    let members = [gzip(head), vec![0; 5], gzip(b""), gzip(tail)].concat();
    assert_found(&form(&members), View::Gzip);
    let skipped = b"\x5a\x2a\x4d\x18\x06\0\0\0unread";
    let frames = [&zstd(head)[..], skipped, &zstd(tail)].concat();
    assert_found(&form(&frames), View::Zstd);
    assert_found(&[&skipped[..], &frames].concat(), View::Zstd);
}

#[test]
fn what_comes_before_a_break_is_read() {
    let long = [&secret()[..], &noise(300_000)].concat();
    for (view, pack) in PACKERS {
        let mut packed = pack(&long);
        packed.truncate(packed.len() * 2 / 3);
        assert_found(&form(&packed), view);
        packed.extend_from_slice(&[0xff; 5000]);
        assert_found(&form(&packed), view);
    }
}

/// What begins where our reading sees something else is read all the same.
#[test]
fn data_behind_a_false_beginning_is_read() {
    let real = gzip(&secret());
    let stored = u16::try_from(real.len()).unwrap();
    let block = [
        &[1][..],
        &stored.to_le_bytes(),
        &(!stored).to_le_bytes(),
        &real,
    ];
    let zip = zip("a", 0, &secret());
    let bodies = [
        [b"\x1f\x8b\x08\0\0\0\0\0\0\x03".as_slice(), &block.concat()].concat(),
        [b"\x1f\x8b\x08\x08\0\0\0\0\0\x03".as_slice(), &zip].concat(),
        [b"\x28\xb5\x2f\xfd\x28\xb5\x2f\xfd".as_slice(), &zip].concat(),
        [b"PK\x03\x04PK\x03\x04".as_slice(), &zip, &real].concat(),
    ];
    for body in bodies {
        assert!(ids(&found(&form(&body))).contains(&"github_token"));
    }
}

#[test]
fn packed_data_in_escapes_is_read() {
    for spell in [|b: u8| format!("%{b:02X}"), |b: u8| format!("\\x{b:02x}")] {
        for (view, pack) in PACKERS {
            let text: String = pack(&secret()).into_iter().map(spell).collect();
            assert_found(format!("file={text}&b=1").as_bytes(), view);
        }
    }
}

/// Packed data whose beginning was read before, and held nothing then.
#[test]
fn memory_of_a_beginning_hides_no_end() {
    let scanner = scanner(&[]);
    let line = |n: u32| {
        format!(
            "\"some words, {}\" and some more\n",
            n.wrapping_mul(2_654_435_761)
        )
    };
    let lines: String = (0..3000).map(line).collect();
    let beginning = [
        b"PK\x03\x04\x14\0\x08\0\x08\0\0\0!Z\0\0\0\0\0\0\0\0\0\0\0\0\x01\0\0\0a".as_slice(),
        &[0, 0, 0x80, 0xff, 0x7f],
        &lines.as_bytes()[..0x8000],
    ]
    .concat();
    let body = |text: &[u8]| [&beginning[..], &deflate(text), lines.as_bytes()].concat();
    assert!(scan(&scanner, &body(b"nothing")).unwrap().is_empty());
    assert!(scan(&scanner, &body(b"nothing")).unwrap().is_empty());
    assert_eq!(
        ids(&scan(&scanner, &body(&secret())).unwrap()),
        ["github_token"]
    );
}

/// The same, spelled in escapes, so that the body is a text that is remembered.
#[test]
fn memory_of_a_spelled_beginning_hides_no_end() {
    let spelled = |bytes: &[u8]| {
        let each = |text: String, b: &u8| match b {
            b' '..=b'~' if *b != b'%' => text + &char::from(*b).to_string(),
            _ => text + &format!("%{b:02X}"),
        };
        bytes.iter().fold(String::new(), each)
    };
    let line = |text: String, n: u32| {
        let number = n.wrapping_mul(2_654_435_761);
        text + &format!("\"some words, {number}\" ")
    };
    let lines = (0..9000).fold(String::new(), line);
    // A block that is stored, and then one that is packed.
    let stored = &lines.as_bytes()[..0xffff];
    let beginning = [
        b"\x1f\x8b\x08\0\0\0\0\0\0\x03\0\xff\xff\0\0".as_slice(),
        stored,
    ]
    .concat();
    let body = |text: &[u8]| {
        let packed = [&beginning[..], &deflate(text)].concat();
        format!("{lines}&file={}&{lines}", spelled(&packed)).into_bytes()
    };
    let scanner = scanner(&[]);
    for _ in 0..2 {
        assert_eq!(scan(&scanner, &body(b"nothing")).unwrap(), []);
    }
    let seen = scan(&scanner, &body(&secret())).unwrap();
    assert!(ids(&seen).contains(&"github_token"));
}

/// The two bytes of a sign spelled in two ways, and behind them nothing to be
/// undone for long.
#[test]
fn a_sign_in_escapes_of_two_kinds_is_one() {
    let stored = vec![b'A'; 9000];
    let size = u16::try_from(stored.len()).unwrap();
    let parts = [
        &size.to_le_bytes(),
        &(!size).to_le_bytes(),
        stored.as_slice(),
        &deflate(&secret()),
    ];
    let rest = [b"\x08\0\0\0\0\0\0\x03\0".as_slice(), &parts.concat()].concat();
    let spelled = |spell: fn(u8) -> String| {
        let spell = |b: &u8| match b {
            b'A' => "A".to_owned(),
            other => spell(*other),
        };
        rest.iter().map(spell).collect::<String>()
    };
    let json = spelled(|b| format!("\\x{b:02x}"));
    for sign in ["\\x1f\\x8b", "\\x1f\\\\x8b", "\\x1f%8b", "\\x1f\\\n\\x8b"] {
        assert_found(
            format!("{{\"file\": \"{sign}{json}\"}}").as_bytes(),
            View::Gzip,
        );
    }
    let form = spelled(|b| format!("%{b:02x}"));
    for sign in ["%1f%8b", "%1f%258b", "%1f\\x8b"] {
        assert_found(format!("file={sign}{form}").as_bytes(), View::Gzip);
    }
}

/// One escape early in a run, and nothing to be undone for long behind it.
#[test]
fn an_escape_in_encoded_packed_data_cuts_nothing_off() {
    for len in [100, 2000, 4000, 9000] {
        // Stored, it has no signs in base64 that forms or JSON escape.
        let stored = vec![b'A'; len];
        let size = u16::try_from(len).unwrap();
        let packed = [
            b"\x1f\x8b\x08\0\0\0\0\0\0\x03\0".as_slice(),
            &size.to_le_bytes(),
            &(!size).to_le_bytes(),
            &stored,
            &deflate(&secret()),
        ]
        .concat();
        let encoded = BASE64.encode(&packed);
        let at = encoded.find("QUFB").unwrap();
        for spelled in ["%51", "\\u0051", "\\x51", "&#81;", "=51"] {
            let mut text = encoded.clone();
            text.replace_range(at..=at, spelled);
            let text = format!("{{\"file\": \"{text}\"}}");
            assert_found(text.as_bytes(), View::Gzip);
        }
    }
}

#[test]
fn halves_of_a_known_value_in_two_parts_or_entries_are_parts_of_it() {
    let value = "Zq7-Kp3_Wm9xTr5vLc2b";
    let scanner = scanner(&[(value, Kind::Secret)]);
    let (one, two) = value.split_at(10);
    let bodies = [
        format!("a={one}&b=1&c={two}").into_bytes(),
        format!("--b\r\nContent-Disposition: form-data; name=a\r\n\r\n{one}\r\n--b\r\nContent-Disposition: form-data; name=\"{two}\"\r\n\r\nx\r\n--b--").into_bytes(),
        [zip("a", 0, one.as_bytes()), zip("b", BEHIND, two.as_bytes())].concat(),
        form(&[gzip(one.as_bytes()), b"--".to_vec(), zlib(two.as_bytes())].concat()),
    ];
    for body in bodies {
        let input = Input::new(&Place::Body, &body);
        let seen = scanner.look(input, &terms()).unwrap();
        let mut spread = crate::Spread::default();
        let whole = spread.admit(&scanner, &seen.parts, &terms());
        assert_eq!(ids(&whole), ["operator_secret"], "{seen:?}");
    }
}

/// A chunk of a PNG (ISO 15948, 5.3). Nobody here asks for its checksum.
fn chunk(kind: &str, data: &[u8]) -> Vec<u8> {
    let len = u32::try_from(data.len()).unwrap().to_be_bytes();
    [&len, kind.as_bytes(), data, &[0; 4]].concat()
}

/// A picture of one color, of so many rows of 1,024 pixels.
fn picture(rows: u32, first_pixels: &[u8], text: &[u8]) -> Vec<u8> {
    let head = [
        &1024_u32.to_be_bytes()[..],
        &rows.to_be_bytes(),
        &[8, 6, 0, 0, 0],
    ]
    .concat();
    let mut pixels = vec![0xff; rows as usize * 4097];
    pixels[..first_pixels.len()].copy_from_slice(first_pixels);
    let text = [b"Comment\0\0", &zlib(text)[..]].concat();
    [
        &b"\x89PNG\r\n\x1a\n"[..],
        &chunk("IHDR", &head),
        &chunk("zTXt", &text),
        &chunk("IDAT", &zlib(&pixels)),
        &chunk("IEND", &[]),
    ]
    .concat()
}

/// Five thousand by three thousand pixels are more than is unpacked of a body.
#[test]
fn a_large_picture_passes_and_its_comment_is_read() {
    for rows in [100, 9000] {
        assert!(
            found(&picture(rows, b"\0", b"a picture")).is_empty(),
            "{rows}"
        );
        assert_found(&picture(rows, b"\0", &secret()), View::Zlib);
    }
    assert_found(&picture(100, &secret(), b"a picture"), View::Zlib);
}
