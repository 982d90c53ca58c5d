//! Alone in its file, so that these are the first homes that their process opens.

use kinweave_core::app::Kinweave;
use kinweave_tests::phone::{Phone, new_york};

#[test]
fn the_first_homes_of_a_process_may_be_opened_at_once() {
    std::thread::scope(|scope| {
        for seed in 1..=8 {
            scope.spawn(move || {
                let phone = Phone::new(seed, new_york("2026-02-14T10:00"));
                assert!(phone.home.create_circle("Reyes", "Marta").is_ok());
                assert_eq!(phone.home.check(), Ok(Vec::new()));
                assert_eq!(Kinweave::close(&phone.home), Ok(()));
            });
        }
    });
}
