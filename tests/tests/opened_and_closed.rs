//! A home that is opened and closed for years leaves nothing behind in a process that lives on.
#![cfg(target_os = "linux")]

use std::fs;
use std::thread;

use kinweave_core::app::{Kinweave, SettableClock, System};
use kinweave_tests::phone::new_york;

const CYCLES: usize = 10_000;
const EARLY: usize = 1_000;
const LOOKS: usize = 1_000;

/// Memory in pages, open files and threads of this process.
fn held() -> [usize; 3] {
    let count = |folder: &str| fs::read_dir(folder).unwrap().count();
    let pages = fs::read_to_string("/proc/self/statm").unwrap().split(' ').nth(1).unwrap().parse().unwrap();
    // A thread that was joined is listed until the system has cleared it away; one that was left behind is listed each time.
    let threads = (0..LOOKS).map(|_| {
        thread::yield_now();
        count("/proc/self/task")
    });
    [pages, count("/proc/self/fd"), threads.min().unwrap()]
}

#[test]
fn ten_thousand_openings_hold_no_more_than_a_thousand_did() {
    let files = tempfile::tempdir().unwrap();
    let home = files.path().join("home");
    let open = || {
        let clock = SettableClock::new(new_york("2026-02-10T10:00"));
        Kinweave::open(&home, &[1; 32], System::with_clock(clock)).unwrap()
    };
    open().create_circle("Reyes", "Marta").unwrap();
    let mut early = [0; 3];
    for cycle in 1..=CYCLES {
        let marta = open();
        assert_eq!(marta.circle().unwrap().name, "Reyes");
        marta.close().unwrap();
        if cycle == EARLY {
            early = held();
        }
    }
    let late = held();
    let is_bounded = early.iter().zip(&late).all(|(early, late)| late * 100 <= early * 105);
    assert!(is_bounded, "pages, files and threads at first {early:?}, at last {late:?}");
}
