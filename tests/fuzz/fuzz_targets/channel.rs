//! What a stranger sends.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| kinweave_tests::doors::push(kinweave_tests::doors::channel, bytes));
