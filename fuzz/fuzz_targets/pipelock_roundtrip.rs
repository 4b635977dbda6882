#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| bottle_pipelock::fuzzing::round_trip(bytes));
