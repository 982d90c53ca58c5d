//! Bytes that were worth keeping, pushed through the doors again: what opened a new way through the code, and what once broke it.
//!
//! `cargo xtask fuzz` looks for more. What it finds goes to `tests/fuzz/corpus` or `tests/fuzz/broke`, by door.

use std::fs;
use std::path::PathBuf;

use kinweave_tests::doors::{DOORS, push};
use kinweave_tests::sources::root;

fn kept(of: &str, door: &str) -> Vec<PathBuf> {
    let Ok(files) = fs::read_dir(root().join("tests/fuzz").join(of).join(door)) else { return Vec::new() };
    let mut files: Vec<_> = files.map(|file| file.expect("a file").path()).collect();
    files.sort();
    files
}

#[test]
fn whatever_comes_through_a_door_breaks_nothing() {
    for (name, door) in DOORS {
        let corpus = kept("corpus", name);
        assert!(!corpus.is_empty(), "{name}");
        for file in corpus.into_iter().chain(kept("broke", name)) {
            println!("{}", file.display());
            push(door, &fs::read(file).expect("bytes"));
        }
    }
}

#[test]
fn every_door_has_a_target_and_every_target_a_door() {
    let targets: Vec<_> = kept("fuzz_targets", "").iter().map(|target| target.with_extension("")).collect();
    let mut doors: Vec<_> = DOORS.iter().map(|(name, _)| root().join("tests/fuzz/fuzz_targets").join(name)).collect();
    doors.sort();
    assert_eq!(targets, doors);
}
