//! House rules that a compiler does not know: short files, nothing unfinished, no panic in the core, a tidy top level.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

const FILE_LINES_MAX: usize = 400;
const SOURCES: [&str; 3] = ["rs", "kt", "swift"];
const TOP_LEVEL: [&str; 9] =
    ["Cargo.lock", "Cargo.toml", "LICENSE", "README.md", "android-demo", "bindings", "core", "ios-demo", "tests"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// Path, relative to the root, and text of all source files in these folders, without what builds leave there.
fn sources(folders: &[&str]) -> Vec<(String, String)> {
    fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().and_then(|name| name.to_str()).unwrap();
            let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
            if path.is_dir()
                && !path.is_symlink()
                && !["target", "build", "Generated"].contains(&name)
                && !name.starts_with('.')
            {
                collect(&path, files);
            } else if path.is_file() && SOURCES.contains(&extension) {
                files.push(path);
            }
        }
    }
    let mut files = Vec::new();
    folders.iter().for_each(|folder| collect(&root().join(folder), &mut files));
    files.sort();
    assert!(!files.is_empty());
    let relative = |path: &Path| path.strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/");
    files.iter().map(|path| (relative(path), fs::read_to_string(path).unwrap())).collect()
}

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
        sources(&["core/src", "bindings", "tests", "android-demo", "ios-demo"]).into_iter().filter_map(long).collect(),
    );
}

#[test]
fn nothing_is_unfinished_skipped_or_asleep() {
    let files = sources(&["core", "bindings", "tests", "android-demo", "ios-demo"]);
    none("unfinished, skipped or waiting", files.iter().flat_map(|(path, text)| unfinished(path, text)).collect());
}

#[test]
fn the_core_does_not_panic() {
    let files = sources(&["core/src"]);
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
