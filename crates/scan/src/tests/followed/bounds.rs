//! Memory that does not grow with the body, and limits on what it unpacks to.

use super::*;

fn scanned() -> Stream {
    Stream::new(&scanner(&[]), Place::Body, &terms())
}

/// Pushes a piece, and says how much went out.
fn push(stream: &mut Stream, piece: &[u8], most: usize) -> usize {
    let out = stream.push(piece).unwrap().bytes.len();
    assert!(stream.holds() < most, "{}", stream.holds());
    out
}

/// One member of 220 megabytes, made as it is sent: half of it packs.
#[test]
fn memory_does_not_grow_with_packed_data() {
    const MEGABYTE: u64 = 1 << 20;
    let mut stream = scanned();
    let (mut sent, mut out) = (0, 0);
    let mut state = flate2::Compress::new(Compression::fast(), false);
    out += push(&mut stream, b"\x1f\x8b\x08\0\0\0\0\0\0\x03", 4 << 20);
    sent += 10;
    let text = [&noise(1, MEGABYTE / 2)[..], &filler(1 << 19)].concat();
    for _ in 0..220 {
        let mut packed = Vec::with_capacity(2 << 20);
        let flush = flate2::FlushCompress::Sync;
        state.compress_vec(&text, &mut packed, flush).unwrap();
        sent += packed.len();
        for piece in packed.chunks(64 << 10) {
            out += push(&mut stream, piece, 4 << 20);
        }
    }
    assert!(sent > 100 << 20);
    assert!(sent - out < 2 << 20, "{sent} {out}");
    out += stream.finish().unwrap().bytes.len();
    assert_eq!(out, sent);
}

#[test]
fn a_bomb_is_no_pass() {
    let zeros = vec![0; 128 << 20];
    for (view, pack) in [PACKERS[0], PACKERS[4]] {
        // What it begins with is not the bomb.
        let text = [&noise(1, 400_000)[..], &zeros].concat();
        let (_, result) = run(scanned(), pack(&text).chunks(64 << 10));
        let denied = Err(Blocked::Exhausted(Exhausted::Unpacked));
        assert_eq!(result, denied, "{view}");
    }
}

/// A bomb in a bomb counts against what holds both.
#[test]
fn a_bomb_in_another_is_no_pass() {
    let inner = [&noise(1, 400_000)[..], &gzip(&vec![0; 80 << 20]).repeat(3)].concat();
    let (_, result) = run(scanned(), zstd(&gzip(&inner)).chunks(64 << 10));
    assert_eq!(result, Err(Blocked::Exhausted(Exhausted::Unpacked)));
}

/// Data that makes nothing would have everything before it wait.
#[test]
fn data_that_makes_nothing_is_not_held_for_ever() {
    let nothing = [0, 0, 0, 0xff, 0xff].repeat(20_000);
    let mut stream = scanned();
    let head = [
        b"\x1f\x8b\x08\0\0\0\0\0\0\x03".as_slice(),
        &deflate(b"")[..0],
    ]
    .concat();
    let block = [&[0, 0xe8, 3, 0x17, 0xfc][..], &filler(1000)].concat();
    stream.push(&[head, block].concat()).unwrap();
    let result = (0..1000).find_map(|_| stream.push(&nothing).err());
    assert_eq!(result, Some(Blocked::Exhausted(Exhausted::Held)));
}
