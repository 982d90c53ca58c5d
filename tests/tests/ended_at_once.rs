//! A process may end right after its last word: the home closes by itself, and in order.

use std::process::Command;

use kinweave_tests::phone::{Phone, new_york};

#[test]
fn a_process_that_ends_without_closing_its_home_ends_well() {
    let phone = Phone::new(1, new_york("2026-01-20T10:00"));
    phone.home.create_circle("Reyes", "Marta").unwrap();
    phone.home.close().unwrap();
    let key: String = phone.key.iter().map(|byte| format!("{byte:02x}")).collect();
    for round in 0..60 {
        let mut writer = Command::new(env!("CARGO_BIN_EXE_writer"));
        let status = writer.arg(&phone.directory).args([&key, "once"]).status().unwrap();
        assert!(status.success(), "round {round}: {status}");
    }
}
