//! What people type, scan or paste.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| kinweave_tests::doors::push(kinweave_tests::doors::texts, bytes));
