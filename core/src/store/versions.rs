//! Which SQLite and which SQLCipher are built in.

use rusqlite::Connection;

use super::error::StoreError;

/// The versions of SQLite and of SQLCipher, as they say themselves.
///
/// # Errors
/// [`StoreError::Internal`] if the database that is built in can't encrypt: then nothing here would.
pub fn versions() -> Result<(String, String), StoreError> {
    let cipher = Connection::open_in_memory()?.query_row("PRAGMA cipher_version", [], |row| row.get(0));
    let cipher = cipher.map_err(|_| StoreError::Internal("a database without encryption"))?;
    Ok((rusqlite::version().to_owned(), cipher))
}
