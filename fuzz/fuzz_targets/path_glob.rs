#![no_main]

use bottle_policy::{PathGlob, RequestPath};

// A pattern and a path: no panic, and a path that climbs is matched by nothing.
libfuzzer_sys::fuzz_target!(|pair: (&str, &str)| {
    let (pattern, target) = pair;
    let path = RequestPath::new(target);
    if let Ok(glob) = pattern.parse::<PathGlob>() {
        let matched = glob.matches(&path);
        assert!(!(matched && path.path().split('/').any(|segment| segment == "..")));
    }
});
