//! What somebody may try who wants packed data to be read otherwise than it is.

use super::*;

#[test]
fn a_secret_cut_over_members_or_frames_is_found() {
    let token = token();
    let (head, tail) = token.split_at(15);
    for (pack, between) in [
        (gzip as Pack, vec![]),
        (gzip, vec![0; 700]),
        (gzip, gzip(b"").repeat(9)),
        (zstd, vec![]),
        (
            zstd,
            [&b"\x5a\x2a\x4d\x18\xbc\x02\0\0"[..], &[7; 700]].concat(),
        ),
    ] {
        for len in (40_000..41_400).step_by(277) {
            let one = [&noise(1, len)[..], b" it is ", head.as_bytes()].concat();
            let two = [tail.as_bytes(), b" and more ", &noise(2, 30_000)].concat();
            let body = [&pack(&one)[..], &between, &pack(&two)].concat();
            assert_stopped(&body, &format!("{len} {}", between.len()));
        }
    }
}

/// The members that `bgzip` writes, a few thousand of them.
#[test]
fn many_members_are_one_text() {
    let text: Vec<u8> = (0..40_000_u64)
        .flat_map(|n| format!("{} ", n.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40).into_bytes())
        .collect();
    let body = |secret: &str| {
        let at = text.len() / 2;
        let text = [&text[..at], &hidden(secret), &text[at..]].concat();
        text.chunks(333).flat_map(gzip).collect::<Vec<u8>>()
    };
    assert_passes(&body("nothing"), "members");
    assert_stopped(&body(&token()), "members");
}

#[test]
fn what_stands_behind_packed_data_is_read() {
    for (view, pack) in PACKERS {
        let long = pack(&noise(1, 40_000));
        for behind in [
            token().into_bytes(),
            pack(&hidden(&token())),
            gzip(&[&noise(2, 30_000)[..], &hidden(&token())].concat()),
            [&[0; 3000][..], &hidden(&token())].concat(),
        ] {
            let body = [&long[..], b"\n", &behind, &filler(2000)].concat();
            assert_stopped(&body, view.as_str());
        }
    }
}

/// Broken anywhere, it was read up to there, and the rest as it stands.
#[test]
fn a_break_hides_nothing() {
    // A block of zstd's that is cut is read by nobody.
    let before = [&noise(1, 30_000)[..], &hidden(&token()), &noise(2, 400_000)].concat();
    for (view, pack) in PACKERS {
        let packed = pack(&before);
        for broken in [
            packed[..packed.len() * 3 / 4].to_vec(),
            [&packed[..packed.len() * 3 / 4], &[0xff; 5000]].concat(),
        ] {
            assert_stopped(&broken, &format!("{view} before"));
        }
        let clean = pack(&noise(1, 60_000));
        let broken = [&clean[..40_000], &[0xff; 300][..]].concat();
        for behind in [
            token().into_bytes(),
            pack(&hidden(&token())),
            pack(&[&noise(3, 30_000)[..], &hidden(&token())].concat()),
        ] {
            let body = [&broken[..], &behind, &filler(900)].concat();
            assert_stopped(&body, &format!("{view} behind"));
        }
    }
}

/// A secret in stored blocks stands in the bytes themselves, if cut by heads.
#[test]
fn stored_blocks_are_read() {
    let token = token();
    for cut in [0, 7, 15, 30] {
        let (head, tail) = token.split_at(cut);
        let block = |last: u8, text: &[u8]| {
            let len = u16::try_from(text.len()).unwrap();
            [&[last][..], &len.to_le_bytes(), &(!len).to_le_bytes(), text].concat()
        };
        let one = [&noise(1, 45_000)[..], b" it is ", head.as_bytes()].concat();
        let two = [tail.as_bytes(), b" and ", &noise(2, 20_000)].concat();
        let data = [block(0, &one), block(1, &two)].concat();
        let packed = [b"\x1f\x8b\x08\0\0\0\0\0\0\x03".as_slice(), &data, &[0; 8]].concat();
        assert_stopped(&packed, &format!("cut at {cut}"));
    }
}

/// An entry that is packed and looks as if it were packed twice, and the like.
#[test]
fn a_false_sign_before_hides_nothing() {
    let real = gzip(&[&noise(1, 40_000)[..], &hidden(&token()), &noise(2, 900)].concat());
    let signs: [&[u8]; 8] = [
        b"\x1f\x8b\x08\0\0\0\0\0\0\x03",
        b"\x1f\x8b\x08\x08\0\0\0\0\0\x03",
        b"\x1f\x8b\x08\x04\0\0\0\0\0\x03\xff\xff",
        b"PK\x03\x04",
        b"PK\x03\x04\x14\0\0\0\x08\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\xff\x7f\xff\x7f",
        b"\x28\xb5\x2f\xfd",
        b"\x28\xb5\x2f\xfd\x20\x01",
        b"x\x9c\0\xff\xff\0\0",
    ];
    for sign in signs {
        for repeat in [1, 2, 40] {
            let body = [&sign.repeat(repeat), &real[..], &filler(900)].concat();
            let (out, result) = run(small(&terms()), body.chunks(97));
            assert!(result.is_err(), "{sign:?}");
            assert!(out.len() < 46_000, "{sign:?}");
        }
    }
}

/// Two that overlap: one in the stored blocks of the other, and both go on.
#[test]
fn streams_that_overlap_are_all_followed() {
    let block = |text: &[u8]| {
        let len = u16::try_from(text.len()).unwrap();
        [&[0][..], &len.to_le_bytes(), &(!len).to_le_bytes(), text].concat()
    };
    let inner = gzip(&[&noise(1, 30_000)[..], &hidden(&token()), &noise(2, 9000)].concat());
    let inner_in_one = block(&inner[..inner.len().min(65_535)]);
    let behind = deflate(&hidden(&token()));
    let head = b"\x1f\x8b\x08\0\0\0\0\0\0\x03".as_slice();
    assert_stopped(&[head, &inner_in_one].concat(), "inner");
    let clean = block(&gzip(&noise(3, 30_000)));
    assert_stopped(&[head, &clean, &behind].concat(), "outer");
}

#[test]
fn too_many_at_once_are_no_pass() {
    // Each begins in the stored block of the one before.
    let head = b"\x1f\x8b\x08\0\0\0\0\0\0\x03\0\xff\xff\0\0";
    // And is seen in what that one unpacks to besides.
    for many in [1, 3] {
        let body = [&head.repeat(many)[..], &filler(60_000)].concat();
        assert_passes(&body, &format!("{many}"));
    }
    let body = [&head.repeat(4)[..], &filler(60_000)].concat();
    let (out, result) = run(small(&terms()), body.chunks(97));
    assert_eq!(result, Err(Blocked::Exhausted(Exhausted::Many)));
    assert!(out.is_empty());
}

#[test]
fn deeper_than_is_followed_is_no_pass() {
    let mut body = noise(1, 60_000);
    for depth in 1..=4 {
        body = zlib(&body);
        let (_, result) = run(small(&terms()), body.chunks(97));
        if depth <= 3 {
            assert_eq!(result, Ok(vec![]), "{depth}");
        } else {
            // What is stored is seen in each of those around it.
            let denied = [Exhausted::Nested, Exhausted::Many].map(|e| Err(e.into()));
            assert!(denied.contains(&result), "{result:?}");
        }
    }
}

#[test]
fn a_byte_at_a_time_is_the_same() {
    for (view, pack) in PACKERS {
        let text = [&noise(1, 20_000)[..], &hidden(&token()), &noise(2, 9000)].concat();
        let body = [&pack(&text)[..], &filler(900)].concat();
        let (out, slow) = run(small(&terms()), body.chunks(1));
        let (_, fast) = run(small(&terms()), body.chunks(97));
        assert_eq!(slow, fast, "{view}");
        assert!(matches!(slow, Err(Blocked::Found(_))), "{view}");
        assert!(view == View::Zstd || out.len() > 15_000, "{view}");
    }
}

#[test]
fn a_name_that_goes_on_is_read_over() {
    let token = token();
    let name = flate2::GzBuilder::new().filename(filler(70_000));
    let mut packer = name.write(Vec::new(), Compression::best());
    packer.write_all(&hidden(&token)).unwrap();
    let body = [&packer.finish().unwrap()[..], &filler(3000)].concat();
    assert_stopped(&body, "name");
}

#[test]
fn a_window_that_is_too_large_is_no_pass() {
    let compressed = zstd(&b"some words, many times; ".repeat(9000));
    let head = crate::views::zstd_format::head(&compressed).unwrap();
    // Sixteen megabytes are read in a body that is held, a gigabyte nowhere.
    for window in [0x70, 0xa0] {
        let sign = [b"\x28\xb5\x2f\xfd\0".as_slice(), &[window]].concat();
        let long = [
            &sign[..],
            &[0, 0, 4],
            &noise(1, 1 << 15),
            &compressed[head..],
        ]
        .concat();
        let plain = [&sign[..], b"\x18\0\0one", &[1, 0, 4], &noise(1, 1 << 15)].concat();
        for frame in [long, plain] {
            let body = [&filler(5000)[..], &frame, &filler(5000)].concat();
            let (_, result) = run(small(&terms()), body.chunks(97));
            assert_eq!(result, Err(Blocked::Exhausted(Exhausted::Unpacked)));
        }
    }
}

#[test]
fn the_sign_of_a_frame_in_a_program_stops_nothing() {
    for window in [0x70, 0xa0, 0xff] {
        let sign = [b"\x28\xb5\x2f\xfd\x04".as_slice(), &[window]].concat();
        let body = [&noise(1, 5000)[..], &sign, &noise(2, 5000)].concat();
        assert_passes(&body, "sign");
    }
}

/// What a stream says of packed data that is cut hides nothing that stands
/// before it, in the same way encoded or not.
#[test]
fn the_same_value_in_packed_data_hides_none_before_it() {
    let encoded = data_encoding::BASE64.encode(format!(" {} ", token()).as_bytes());
    // At the end of what the first segment shows of it, and anywhere else.
    for len in [600, 1300, 1400, 2000, 5000, 60_000] {
        let name = flate2::GzBuilder::new().filename(encoded.as_str());
        let mut packer = name.write(Vec::new(), Compression::best());
        let text = [&noise(1, len)[..], &hidden(&token()), &noise(2, 60_000)].concat();
        packer.write_all(&text).unwrap();
        let body = packer.finish().unwrap();
        let out = assert_stopped(&body, "name");
        assert!(out.is_empty(), "{len}");
    }
}

/// Digits that go on look like less where they are cut.
#[test]
fn text_that_is_cut_is_not_taken_for_what_it_is_not() {
    for len in 600..700 {
        let text = [
            filler(len),
            b"key ".to_vec(),
            b"4".repeat(40),
            filler(70_000),
        ]
        .concat();
        assert_passes(&zlib(&text), &format!("{len}"));
    }
}
