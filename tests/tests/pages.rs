//! The pages of the project say what the code says: rooms, errors, labels of hashes.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use kinweave_tests::layers::{HOMES, ROOMS};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap()
}

/// The cells of the rows of all tables in a page whose first cell is in backticks.
fn rows(page: &str) -> Vec<Vec<String>> {
    let rows = page.lines().filter(|line| line.starts_with("| `"));
    rows.map(|row| row.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect()).collect()
}

/// The words in backticks of a cell.
fn names(cell: &str) -> Vec<&str> {
    cell.split('`').skip(1).step_by(2).collect()
}

#[test]
fn the_table_of_rooms_is_the_one_that_the_layer_test_holds() {
    let page = read("core/ARCHITECTURE.md");
    let rows = rows(&page);
    for (room, allowed) in ROOMS {
        let row = rows.iter().find(|row| names(&row[0]) == [*room]).unwrap_or_else(|| panic!("no row for {room}"));
        assert_eq!(names(&row[1]), *allowed, "what {room} may import");
    }
    for (name, homes) in HOMES.iter().filter(|(_, homes)| !homes.is_empty()) {
        let row = rows.iter().find(|row| names(&row[0]) == [name.replace('_', "-")]);
        assert_eq!(names(&row.unwrap_or_else(|| panic!("no row for {name}"))[1]), *homes, "the home of {name}");
    }
}

#[test]
fn the_front_door_names_the_rooms_with_the_same_words_in_the_same_order() {
    let [door, inside] = ["README.md", "core/ARCHITECTURE.md"].map(|page| rows(&read(page)));
    let told = |rows: &[Vec<String>], cell: usize| -> Vec<(String, String)> {
        let room = |row: &&Vec<String>| ROOMS.iter().any(|(room, _)| names(&row[0]) == [*room]);
        rows.iter().filter(room).map(|row| (row[0].clone(), row[cell].clone())).collect()
    };
    assert_eq!(told(&door, 1), told(&inside, 2));
    assert_eq!(told(&door, 1).len(), ROOMS.len());
}

#[test]
fn every_public_error_is_in_the_table_of_errors() {
    let page = read("core/ARCHITECTURE.md");
    let code = read("core/src/app/error.rs");
    let start = code.find("pub enum Error {").unwrap();
    let body = &code[start..start + code[start..].find("\n}").unwrap()];
    let variant = |line: &str| -> Option<String> {
        let line = line.strip_prefix("    ").filter(|line| line.starts_with(char::is_uppercase))?;
        Some(line.split(|c: char| !c.is_alphanumeric()).next()?.to_owned())
    };
    let variants: Vec<_> = body.lines().filter_map(variant).collect();
    assert!(variants.len() > 10);
    for variant in variants {
        assert!(page.contains(&format!("`{variant}")), "{variant}");
    }
}

#[test]
fn every_label_of_a_hash_is_in_the_protocol_page() {
    fn collect(folder: &Path, labels: &mut BTreeSet<String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect(&path, labels);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                let code = text.split("cfg(test)").next().unwrap();
                let calls = code.split("hash(").skip(1).filter_map(|rest| rest.trim_start().strip_prefix('"'));
                labels.extend(calls.filter_map(|rest| rest.split('"').next()).map(str::to_owned));
            }
        }
    }
    let mut labels = BTreeSet::new();
    collect(&root().join("core/src"), &mut labels);
    assert!(labels.len() > 15);
    // Of a ledger in memory that stands in for signatures.
    labels.remove("sig");
    let page = read("core/PROTOCOL.md");
    let missing: Vec<_> = labels.iter().filter(|label| !page.contains(&format!("| `{label}` |"))).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// The steps of an edit and of a received entry: whoever searches for the symbol in the file named finds it.
#[test]
fn what_the_architecture_says_to_search_for_is_there() {
    let page = read("core/ARCHITECTURE.md");
    let mut count = 0;
    for row in page.lines().filter(|line| line.starts_with("| ") && line.contains(".rs`")) {
        let cells: Vec<_> = row.trim_matches('|').split('|').collect();
        let [step, files, symbols] = cells[..] else { continue };
        let code: String = names(files).iter().map(|file| read(&format!("core/src/{file}"))).collect();
        for symbol in names(symbols) {
            let name = symbol.rsplit("::").next().unwrap();
            assert!(code.contains(name), "{}: {symbol} is not in {files}", step.trim());
            count += 1;
        }
    }
    assert!(count > 30, "{count}");
}
