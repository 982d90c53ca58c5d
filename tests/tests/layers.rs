//! Rooms import only what the table allows, and each third-party crate stays in its home.

use std::fs;
use std::path::Path;

use kinweave_tests::layers::{ROOMS, Violation, violations};

/// All Rust files below `core/src`: path relative to it, and text.
fn core_files() -> Vec<(String, String)> {
    fn collect(folder: &Path, inside: &str, files: &mut Vec<(String, String)>) {
        for entry in fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            let name = format!("{inside}{}", entry.file_name().to_str().unwrap());
            if entry.file_type().unwrap().is_dir() {
                collect(&entry.path(), &format!("{name}/"), files);
            } else if name.ends_with(".rs") {
                files.push((name, fs::read_to_string(entry.path()).unwrap()));
            }
        }
    }
    let mut files = Vec::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../core/src"), "", &mut files);
    files.sort();
    files
}

fn check(files: &[(String, String)]) -> Vec<Violation> {
    violations(files.iter().map(|(path, text)| (path.as_str(), text.as_str())))
}

#[test]
fn layer_rules_hold_in_every_file_of_the_core() {
    let files = core_files();
    for (room, _) in ROOMS {
        assert!(files.iter().any(|(path, _)| path.starts_with(&format!("{room}/"))), "no file of room {room} was read");
    }
    let found: Vec<_> = check(&files).iter().map(Violation::to_string).collect();
    assert!(found.is_empty(), "imports against the table of rooms:\n{}", found.join("\n"));
}

/// Goal: the test above can fail. Method: one real file gets one import that its room may not have.
#[test]
fn layer_test_notices_a_changed_import() {
    let mut files = core_files();
    let before = check(&files);
    let (path, text) = files.iter_mut().find(|(path, _)| path.starts_with("views/")).expect("a file of views");
    text.push_str("\nuse crate::store::Store;\n");
    let (path, line) = (path.clone(), text.lines().count());

    let found: Vec<_> = check(&files).into_iter().filter(|violation| !before.contains(violation)).collect();

    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(
        (found[0].path.as_str(), found[0].line, found[0].import.as_str()),
        (path.as_str(), line, "crate::store::Store")
    );
}
