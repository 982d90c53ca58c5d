//! A connection to an encrypted database, set up as this room needs it.

use std::path::Path;
use std::sync::Once;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use super::error::StoreError;
use super::key;
use super::migrations::{check_version, migrate, newest};
use super::search::take_marked_words;

const STATEMENTS_CACHED: usize = 64;

/// Under which small fact a home keeps that something was taken away and the file not yet written anew.
pub(super) const OWED: &str = "erasing_owed";

/// `fullfsync` matters on Apple systems only, where an ordinary `fsync` doesn't outlast a power cut.
const SETTINGS: &str = "
    -- Must come before the first table: it can't be changed later without rewriting the file.
    PRAGMA auto_vacuum = INCREMENTAL;
    -- Readers and the writer don't block each other, and a copy of the files taken after a commit opens.
    PRAGMA journal_mode = WAL;
    -- What was acknowledged survives a power cut.
    PRAGMA synchronous = FULL;
    PRAGMA fullfsync = ON;
    PRAGMA checkpoint_fullfsync = ON;
    -- Erased means overwritten, not unlinked.
    PRAGMA secure_delete = ON;
    -- No plaintext in the system's temporary directory; Android has none.
    PRAGMA temp_store = MEMORY;
    PRAGMA foreign_keys = ON;
    -- Each page that isn't at hand is read, checked and decrypted anew. 8 MiB are enough for the indexes of ten years.
    PRAGMA cache_size = -8192;
    -- Caps the log: 1,000 pages before a checkpoint, 4 MiB kept after one.
    PRAGMA wal_autocheckpoint = 1000;
    PRAGMA journal_size_limit = 4194304;";

/// Lets the first connection of the process be alone: two threads that start SQLCipher at once may find it half ready,
/// and then a statement fails that is right.
fn start_sqlcipher() {
    static STARTED: Once = Once::new();
    STARTED.call_once(|| drop(Connection::open_in_memory()));
}

/// Opens the database at this path, or makes one, and brings it to the newest version.
///
/// # Errors
/// `Corrupt` for a wrong key, too: SQLCipher can't tell.
pub fn open(path: &Path, key: &[u8; 32]) -> Result<Connection, StoreError> {
    start_sqlcipher();
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(path, flags)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS_CACHED);
    // Before the key: SQLCipher otherwise writes to stderr about every database that it can't read.
    connection.execute_batch("PRAGMA cipher_log_level = NONE;")?;
    // Else a statement that is asked with other values is planned anew each time, for the sake of statistics that aren't kept
    // here: half of what a write cost.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    // Until it is known to be whole: SQLite, closing a database that it couldn't read, deletes the log.
    leave_log(&connection)?;
    key::tell(&connection, key)?;
    // Before the settings, which may write: what a newer version wrote stays as it is.
    check_version(&connection)?;
    connection.execute_batch(SETTINGS)?;
    migrate(&mut connection)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
    Ok(connection)
}

/// Opens a damaged database for whatever can still be read of it. Nothing is written to it.
pub fn open_to_read(path: &Path, key: &[u8; 32]) -> Result<Connection, StoreError> {
    start_sqlcipher();
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.execute_batch("PRAGMA cipher_log_level = NONE;")?;
    leave_log(&connection)?;
    key::tell(&connection, key)?;
    connection.execute_batch("PRAGMA query_only = ON;")?;
    // Of another version's tables nothing is known.
    if check_version(&connection)? == newest() { Ok(connection) } else { Err(StoreError::Unavailable) }
}

/// When this connection closes, the log stays as it is.
pub fn leave_log(connection: &Connection) -> Result<(), StoreError> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    Ok(())
}

/// Moves the log into the database and empties it.
pub fn checkpoint(connection: &Connection) -> Result<(), StoreError> {
    let busy: bool = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    if busy { Err(StoreError::Unavailable) } else { Ok(()) }
}

/// Gives freed pages back, and empties the log that still holds what was on them.
pub fn clean(connection: &Connection) -> Result<(), StoreError> {
    // Stepped to its end: `execute_batch` takes one step of each statement, which here frees one page.
    let mut statement = connection.prepare("PRAGMA incremental_vacuum")?;
    let mut freed = statement.query([])?;
    while freed.next()?.is_some() {}
    drop(freed);
    drop(statement);
    checkpoint(connection)
}

/// Writes the whole file anew, with nothing in it but what is here.
///
/// `secure_delete` overwrites what is deleted where it stands. But where SQLite shares the rows of a full page out over
/// two, it leaves the old copies in the gap between what the page holds and its index, and deletes the rows later on
/// their new pages only. So overwriting is not enough (decisions/0018); a new file has no such gaps.
pub fn rewrite(connection: &Connection) -> Result<(), StoreError> {
    take_marked_words(connection)?;
    connection.execute_batch("VACUUM")?;
    connection.execute("DELETE FROM meta WHERE key = ?1", [OWED])?;
    checkpoint(connection)
}
