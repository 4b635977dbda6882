#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| {
    if let Err(faults) = bottle_manifest::parse("bottle.yaml", text) {
        let _ = faults.to_string();
    }
});
