//! The same rows in a plain table of the same database, and their words in an index.

use std::path::Path;

use kinweave_core::app::Record;
use rusqlite::{Connection, params};

/// A table of records as JSON.
pub struct BareTable(Connection);

impl BareTable {
    /// A new file with these records.
    pub fn of(records: &[Record], file: &Path) -> Self {
        let mut connection = Connection::open(file).expect("a file");
        let schema = format!(
            "PRAGMA key = \"x'{}'\"; PRAGMA journal_mode = WAL;
             CREATE TABLE records (number INTEGER PRIMARY KEY, minute INTEGER NOT NULL, body TEXT NOT NULL);
             CREATE INDEX by_minute ON records(minute, number);
             CREATE VIRTUAL TABLE words USING fts5(body, content = 'records', content_rowid = 'number');",
            "07".repeat(32)
        );
        connection.execute_batch(&schema).expect("a table");
        let tx = connection.transaction().expect("a transaction");
        // The oldest first: then the index has the newest last, as the core's has.
        for record in records.iter().rev() {
            let body = serde_json::to_string(record).expect("JSON");
            let sql = "INSERT INTO records (minute, body) VALUES (?1, ?2)";
            tx.execute(sql, params![record.wall, body]).expect("a row");
        }
        tx.execute("INSERT INTO words (words) VALUES ('rebuild')", []).expect("an index");
        tx.commit().expect("a commit");
        Self(connection)
    }

    /// The newest so many.
    pub fn last(&self, count: u32) -> Vec<String> {
        self.texts("SELECT body FROM records ORDER BY minute DESC, number DESC LIMIT ?1", params![count])
    }

    /// The newest so many that have the word.
    pub fn newest(&self, word: &str, count: u32) -> Vec<String> {
        let sql = "SELECT r.body FROM words w JOIN records r ON r.number = w.rowid WHERE words MATCH ?1
            ORDER BY w.rowid DESC LIMIT ?2";
        self.texts(sql, params![word, count])
    }

    fn texts(&self, sql: &str, params: impl rusqlite::Params) -> Vec<String> {
        let mut statement = self.0.prepare_cached(sql).expect("a statement");
        let texts = statement.query_map(params, |row| row.get(0)).expect("rows");
        texts.collect::<Result<_, _>>().expect("texts")
    }
}
