#![no_main]

use bottle_policy::{InspectTerms, Secret};
use bottle_scan::{Input, Kind, Known, Place, Scanner};

// Any bytes around a known value: the scan ends, and what was planted is found
// unless the scan says that it could not read to the end.
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let value = b"correct-horse-battery-staple-4711";
    let known = Known { label: "planted".to_owned(), value: Secret::new(value.to_vec()), kind: Kind::Secret };
    let scanner = Scanner::new(vec![known], [7; 32]).expect("the value is long enough");
    let planted = [bytes, value.as_slice(), bytes].concat();
    if let Ok(findings) = scanner.scan(Input::new(&Place::Body, &planted), &InspectTerms::default()) {
        assert!(findings.iter().any(|finding| finding.known.is_some()));
    }
});
