//! What Kotlin and Swift can call is what Rust can call, in the same words.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use kinweave_core::model::kinds::SPECS;

/// Methods that differ on purpose: the exported home keeps its key store.
const THEIR_OWN: [&str; 4] = ["resume", "resume_with", "run", "home"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

fn files(folder: &str) -> Vec<PathBuf> {
    let folder = root().join(folder);
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
                words if words.starts_with("#[") => {}
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
    // What has no home yet is a function there.
    let constructors = |name: &str| name.starts_with("open") || name.starts_with("salvage") || name == "new";
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

/// The names of every kind, as constants in both languages: who asks for a list doesn't type them.
#[test]
fn every_kind_has_a_constant_in_kotlin_and_swift() {
    let read = |path: &str| fs::read_to_string(root().join(path)).unwrap();
    let kotlin = read("bindings/kotlin/src/main/kotlin/org/kinweave/model/RecordKind.kt");
    let swift = read("bindings/swift/Sources/KinweaveKit/Model/RecordKind.swift");
    let told = |text: &str, word: &str| text.lines().filter(|line| line.trim().starts_with(word)).count();
    for spec in SPECS {
        let mut words = spec.name.split('_');
        let first = words.next().unwrap().to_owned();
        let camel = words.fold(first, |name, word| name + &word[..1].to_uppercase() + &word[1..]);
        let (screaming, name) = (spec.name.to_uppercase(), spec.name);
        assert!(kotlin.contains(&format!("public const val {screaming}: String = \"{name}\"\n")), "{name}");
        assert!(swift.contains(&format!("public static let {camel} = \"{name}\"\n")), "{name}");
    }
    assert_eq!([told(&kotlin, "public const val"), told(&swift, "public static let")], [SPECS.len(); 2]);
}

/// What an app does about an error is on each language's page, for every error.
#[test]
fn every_error_is_on_the_pages_of_kotlin_and_swift() {
    let code = fs::read_to_string(root().join("core/src/app/error.rs")).unwrap();
    let body = code.split("pub enum Error {").nth(1).and_then(|rest| rest.split("\n}").next()).unwrap();
    let variants: BTreeSet<&str> = body
        .lines()
        .filter_map(|line| line.strip_prefix("    ").filter(|line| line.starts_with(char::is_uppercase)))
        .filter_map(|line| line.split(|c: char| !c.is_alphanumeric()).next())
        .collect();
    for (page, is_swift) in [("bindings/kotlin/README.md", false), ("bindings/swift/README.md", true)] {
        let text = fs::read_to_string(root().join(page)).unwrap();
        let section = text.split("| Error |").nth(1).and_then(|rest| rest.split("\n\n").next()).unwrap();
        let told: BTreeSet<String> =
            section.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next().map(str::to_owned)).collect();
        let name = |variant: &&str| match is_swift {
            true => variant[..1].to_lowercase() + &variant[1..],
            false => (*variant).to_owned(),
        };
        assert_eq!(told, variants.iter().map(name).collect(), "{page}");
    }
}
