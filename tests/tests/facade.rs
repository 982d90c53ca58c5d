//! What Kotlin and Swift can call is what Rust can call, in the same words.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Methods that differ on purpose: the exported home keeps its key store.
const THEIR_OWN: [&str; 4] = ["resume", "resume_with", "run", "home"];

fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join(folder);
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|end| end == "rs"));
    files.sort();
    files
}

/// Every public method of this type in these files, with its documentation but for examples in code.
fn methods(folder: &str, of: &str) -> BTreeMap<String, Vec<String>> {
    let mut found = BTreeMap::new();
    for file in files(folder) {
        let text = fs::read_to_string(&file).unwrap();
        let (mut inside, mut in_example, mut doc) = (false, false, Vec::new());
        for line in text.lines() {
            match line.trim() {
                _ if line == format!("impl {of} {{") => inside = true,
                _ if line == "}" => inside = false,
                _ if !inside => {}
                words if words.starts_with("///") => {
                    let words = words.trim_start_matches("///").trim();
                    let is_fence = words.starts_with("```");
                    if !is_fence && !in_example && !words.is_empty() {
                        doc.push(words.to_owned());
                    }
                    in_example ^= is_fence;
                }
                words => {
                    let method = words.strip_prefix("pub fn ").or_else(|| words.strip_prefix("pub async fn "));
                    if let Some((name, _)) = method.and_then(|method| method.split_once('(')) {
                        found.insert(name.to_owned(), std::mem::take(&mut doc));
                    }
                    doc.clear();
                }
            }
        }
    }
    found
}

fn compare(of: &str) {
    let (core, mut exported) = (methods("core/src/app", of), methods("bindings/ffi/src", of));
    assert!(core.len() > 3 && exported.len() > 3, "{of} was looked for where it isn't");
    exported.retain(|name, _| !THEIR_OWN.contains(&name.as_str()));
    let constructors = |name: &str| name.starts_with("open") || name == "new";
    for (name, doc) in &core {
        if THEIR_OWN.contains(&name.as_str()) || constructors(name) {
            continue;
        }
        let there = exported.remove(name);
        assert_eq!(there.as_ref(), Some(doc), "{of}::{name} in bindings/ffi, and its documentation");
    }
    exported.retain(|name, _| !constructors(name));
    assert!(exported.is_empty(), "{of} has no such methods in the core: {:?}", exported.keys());
}

#[test]
fn every_method_of_a_home_is_exported_with_its_words() {
    compare("Kinweave");
}

#[test]
fn every_method_of_a_pairing_is_exported_with_its_words() {
    compare("Pairing");
}
