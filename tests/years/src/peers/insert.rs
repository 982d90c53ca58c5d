//! The least that a durable, encrypted, signed write can be: one signature, one INSERT, one commit.

use std::path::Path;

use ed25519_dalek::{Signer, SigningKey};
use rusqlite::{Connection, params};

/// A table of signed bytes.
pub struct SignedInserts {
    connection: Connection,
    key: SigningKey,
}

impl SignedInserts {
    /// A new file with the core's settings, but for how it waits for the disk: `NORMAL` or `FULL`.
    pub fn new(file: &Path, synchronous: &str) -> Self {
        let connection = Connection::open(file).expect("a file");
        let settings = format!(
            "PRAGMA key = \"x'{}'\"; PRAGMA journal_mode = WAL; PRAGMA synchronous = {synchronous};
             CREATE TABLE entries (number INTEGER PRIMARY KEY, body BLOB NOT NULL, signature BLOB NOT NULL);",
            "07".repeat(32)
        );
        connection.execute_batch(&settings).expect("a table");
        Self { connection, key: SigningKey::from_bytes(&[7; 32]) }
    }

    /// Writes these bytes.
    pub fn write(&self, body: &[u8]) {
        let signature = self.key.sign(body).to_bytes();
        let mut statement = self
            .connection
            .prepare_cached("INSERT INTO entries (body, signature) VALUES (?1, ?2)")
            .expect("a statement");
        statement.execute(params![body, &signature[..]]).expect("a row");
    }
}
