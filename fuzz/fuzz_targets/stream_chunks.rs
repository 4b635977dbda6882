#![no_main]

use bottle_policy::{InspectTerms, Secret};
use bottle_scan::{Kind, Known, Place, Scanner, Stream};

// However a body is cut, a planted value never gets out.
libfuzzer_sys::fuzz_target!(|input: (&[u8], Vec<u8>)| {
    let (bytes, cuts) = input;
    let value = b"correct-horse-battery-staple-4711";
    let known = Known { label: "planted".to_owned(), value: Secret::new(value.to_vec()), kind: Kind::Secret };
    let scanner = Scanner::new(vec![known], [7; 32]).expect("the value is long enough");
    let mut stream = Stream::new(&scanner, Place::Body, &InspectTerms::default());
    let body = [bytes, value.as_slice(), bytes].concat();
    let (mut out, mut rest) = (Vec::new(), body.as_slice());
    for cut in cuts {
        let (chunk, after) = rest.split_at(rest.len().min(usize::from(cut) + 1));
        rest = after;
        match stream.push(chunk) {
            Ok(released) => out.extend(released.bytes),
            Err(_) => return,
        }
    }
    let ended = stream.push(rest).map(|released| out.extend(released.bytes)).and_then(|()| stream.finish());
    assert!(ended.is_err(), "a planted value was let out");
});
