//! What somebody says while pairing who took the place of one of the two.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| kinweave_tests::doors::push(kinweave_tests::doors::pairing, bytes));
