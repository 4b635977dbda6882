#![no_main]

use std::sync::LazyLock;

use bottle_policy::{InspectTerms, Secret};
use bottle_scan::{Input, Kind, Known, Place, Scanner, reference};

static SCANNER: LazyLock<Scanner> = LazyLock::new(|| {
    let value = b"correct-horse-battery-staple-4711";
    let known = Known { label: "planted".to_owned(), value: Secret::new(value.to_vec()), kind: Kind::Secret };
    Scanner::new(vec![known], [7; 32]).expect("the value is long enough")
});

// Whatever the bytes: the scan and its slow, obvious twin see the same.
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let bytes = bytes.get(..reference::MAX_INPUT).unwrap_or(bytes);
    let input = Input::new(&Place::Body, bytes);
    let difference = reference::difference(&SCANNER, input, &InspectTerms::default());
    assert!(difference.is_none(), "{}", difference.unwrap_or_default());
});
