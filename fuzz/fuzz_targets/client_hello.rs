#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| bottle_engine::fuzzing::client_hello(bytes));
