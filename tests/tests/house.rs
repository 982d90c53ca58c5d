//! House rules that a compiler does not know: short files, nothing unfinished, no panic in the core, a tidy top level.

use std::collections::BTreeSet;
use std::fs;

use kinweave_tests::sources::{root, sources};

const FILE_LINES_MAX: usize = 400;
const SOURCES: [&str; 3] = ["rs", "kt", "swift"];
const TOP_LEVEL: [&str; 9] =
    ["Cargo.lock", "Cargo.toml", "LICENSE", "README.md", "android-demo", "bindings", "core", "ios-demo", "tests"];

/// The places where one of the needles occurs, as `path:line: text`.
fn places<'a>(path: &str, lines: impl Iterator<Item = &'a str>, needles: &[String]) -> Vec<String> {
    lines
        .enumerate()
        .filter(|(_, line)| needles.iter().any(|needle| line.contains(needle.as_str())))
        .map(|(number, line)| format!("{path}:{}: {}", number + 1, line.trim()))
        .collect()
}

/// Glued together here, so that this file does not contain what it looks for.
fn glued(pieces: &[[&str; 2]]) -> Vec<String> {
    pieces.iter().map(|pieces| pieces.concat()).collect()
}

fn unfinished(path: &str, text: &str) -> Vec<String> {
    let needles =
        glued(&[["to", "do!"], ["unimple", "mented!"], ["#[ign", "ore"], ["thread::", "sleep"], ["Thread.", "sleep"]]);
    places(path, text.lines(), &needles)
}

fn panics(path: &str, text: &str) -> Vec<String> {
    let needles = glued(&[[".unw", "rap()"], [".exp", "ect("], ["pan", "ic!("], ["unreach", "able!("]]);
    places(path, text.lines().take_while(|line| !line.contains("cfg(test)")), &needles)
}

fn none(what: &str, found: Vec<String>) {
    assert!(found.is_empty(), "{what}:\n{}", found.join("\n"));
}

#[test]
fn no_file_is_too_long_to_read() {
    let long = |(path, text): (String, String)| {
        let count = text.lines().count();
        (count > FILE_LINES_MAX).then(|| format!("{path}: {count} lines"))
    };
    none(
        "files over 400 lines",
        sources(&["core/src", "bindings", "tests", "android-demo", "ios-demo"], &SOURCES)
            .into_iter()
            .filter_map(long)
            .collect(),
    );
}

#[test]
fn nothing_is_unfinished_skipped_or_asleep() {
    let files = sources(&["core", "bindings", "tests", "android-demo", "ios-demo"], &SOURCES);
    none("unfinished, skipped or waiting", files.iter().flat_map(|(path, text)| unfinished(path, text)).collect());
}

#[test]
fn the_core_does_not_panic() {
    let files = sources(&["core/src"], &SOURCES);
    none("may panic in the core", files.iter().flat_map(|(path, text)| panics(path, text)).collect());
}

#[test]
fn the_top_level_is_what_was_drawn() {
    let found: BTreeSet<_> = fs::read_dir(root())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| !name.starts_with('.') && name != "target")
        .collect();
    let drawn: BTreeSet<_> = TOP_LEVEL.into_iter().map(str::to_owned).collect();
    assert_eq!(found, drawn);
}

#[test]
fn the_house_rules_notice_what_they_forbid() {
    let bad = format!(
        "fn f() {{\n    {}()\n}}\n#[cfg(test)]\nmod tests {{ x{} }}",
        ["to", "do!"].concat(),
        [".unw", "rap()"].concat()
    );
    assert_eq!(unfinished("a.rs", &bad), [format!("a.rs:2: {}()", ["to", "do!"].concat())]);
    assert!(panics("a.rs", &bad).is_empty(), "tests may");
    assert_eq!(panics("a.rs", &bad.replace("#[cfg(test)]\n", "")).len(), 1);
}
