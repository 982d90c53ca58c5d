//! A home's database, opened from outside with its key: every row of every table.

use std::path::Path;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags};

/// Every row of every table, as a line of text, in the order of the tables' own keys. The files are copied first, so
/// that looking changes nothing.
///
/// Encrypted pages can't be compared: each has a nonce of its own, drawn by SQLCipher.
pub fn dump(database: &Path, key: &[u8; 32]) -> Vec<String> {
    let (_files, connection) = opened(database, key);
    let names = "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name";
    let mut statement = connection.prepare(names).expect("the right key");
    let tables: Vec<String> = statement.query_map([], |row| row.get(0)).expect("tables").map(Result::unwrap).collect();
    let mut lines = Vec::new();
    for table in tables {
        // A virtual table shows nothing of its own: its shadow tables are in the list too.
        let Ok(mut statement) = connection.prepare(&format!("SELECT * FROM \"{table}\"")) else { continue };
        let columns = statement.column_count();
        let mut rows = statement.query([]).expect("rows");
        while let Some(row) = rows.next().expect("a row") {
            let fields = (0..columns).map(|at| text(row.get_ref(at).expect("a field")));
            lines.push(format!("{table}: {}", fields.collect::<Vec<_>>().join(" ")));
        }
    }
    assert!(lines.len() > 10, "a home with something in it");
    lines
}

/// The salts of the entries whose body holds this word.
pub fn salts(database: &Path, key: &[u8; 32], word: &str) -> Vec<Vec<u8>> {
    let (_files, connection) = opened(database, key);
    let sql = "SELECT salt FROM entries WHERE instr(body, CAST(?1 AS BLOB)) > 0";
    let mut statement = connection.prepare(sql).expect("the right key");
    statement.query_map([word], |row| row.get(0)).expect("salts").map(Result::unwrap).collect()
}

/// A copy of the database, opened, and where it lies.
fn opened(database: &Path, key: &[u8; 32]) -> (tempfile::TempDir, Connection) {
    let copies = tempfile::tempdir().expect("a temporary directory");
    let copy = copies.path().join("copy.db");
    std::fs::copy(database, &copy).expect("a copy of the database");
    let log = database.with_extension("db-wal");
    if log.exists() {
        std::fs::copy(log, copy.with_extension("db-wal")).expect("a copy of its log");
    }
    let connection = Connection::open_with_flags(&copy, OpenFlags::SQLITE_OPEN_READ_WRITE).expect("a copy");
    let hex: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
    connection.pragma_update(None, "key", format!("x'{hex}'")).expect("a key");
    (copies, connection)
}

fn text(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Null => "null".to_owned(),
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Real(number) => number.to_string(),
        ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
        ValueRef::Blob(bytes) => bytes.iter().map(|byte| format!("{byte:02x}")).collect(),
    }
}
