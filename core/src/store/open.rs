//! A home on disk: opened, paused, resumed, closed.
//!
//! The only file of the core, besides the lock's, that touches the file system.
#![allow(clippy::disallowed_methods, reason = "opening a home is where files are this room's business")]

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags};

use super::error::StoreError;
use super::migrations::migrate;
use super::reader::Reader;
use super::transaction::Transaction;
use crate::model::hash::{cut, hash};

const DATABASE: &str = "kinweave.db";
const KEY_CHECK: &str = "key-check";
const LOCK: &str = "lock";
const STATEMENTS_CACHED: usize = 64;

/// A home's database. One writing connection; whoever has the `Store` has it alone.
pub struct Store {
    home: PathBuf,
    lock: Option<File>,
    connection: Option<Connection>,
}

impl Store {
    /// Opens the home in this directory, or makes one. `key` is 32 random bytes, or derived so that they are as good.
    ///
    /// The home is this process's until `close`: a second process gets [`StoreError::HomeInUse`].
    pub fn open(home: &Path, key: &[u8; 32]) -> Result<Self, StoreError> {
        create_home(home)?;
        let lock = OpenOptions::new().create(true).truncate(false).write(true).open(home.join(LOCK))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(StoreError::HomeInUse),
            Err(TryLockError::Error(_)) => return Err(StoreError::Unavailable),
        }
        let mut store = Self { home: home.to_owned(), lock: Some(lock), connection: None };
        store.connect(key)?;
        Ok(store)
    }

    /// Lets go of everything but the home itself: no statement, no lock on the database, no file handle of it is held
    /// when this returns. iOS kills an app that is suspended while it holds one.
    pub fn pause(&mut self) -> Result<(), StoreError> {
        if let Some(connection) = self.connection.take() {
            connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)")?;
            connection.close().map_err(|(_, error)| error)?;
        }
        if self.lock.is_some() { Ok(()) } else { Err(StoreError::Closed) }
    }

    /// Goes on after `pause`.
    pub fn resume(&mut self, key: &[u8; 32]) -> Result<(), StoreError> {
        match (&self.connection, &self.lock) {
            (_, None) => Err(StoreError::Closed),
            (Some(_), _) => Ok(()),
            (None, _) => self.connect(key),
        }
    }

    /// Ends it; the home is free for others.
    pub fn close(&mut self) -> Result<(), StoreError> {
        if self.lock.is_none() {
            return Ok(());
        }
        let paused = self.pause();
        self.lock = None;
        paused
    }

    /// Begins a write. Dropped without `commit`, it leaves nothing behind.
    pub fn begin(&mut self) -> Result<Transaction<'_>, StoreError> {
        // `&mut self`: a second transaction can't begin inside the first.
        let Some(connection) = &self.connection else { return Err(self.why_not()) };
        Transaction::begin(connection)
    }

    /// Reads what is committed.
    pub fn read(&self) -> Result<Reader<'_>, StoreError> {
        self.connection.as_ref().map(Reader::new).ok_or_else(|| self.why_not())
    }

    /// Cleans the file after an erasure: freed pages are given back, and the log that still holds the old ones is
    /// emptied. Until this has returned, nothing may be reported as erased.
    pub fn clean_after_erasure(&mut self) -> Result<(), StoreError> {
        let Some(connection) = &self.connection else { return Err(self.why_not()) };
        connection.execute_batch("PRAGMA incremental_vacuum; PRAGMA wal_checkpoint(TRUNCATE);")?;
        Ok(())
    }

    /// SQLite's own check of the file.
    pub fn integrity_check(&self) -> Result<bool, StoreError> {
        let Some(connection) = &self.connection else { return Err(self.why_not()) };
        let verdict: String = connection.query_row("PRAGMA integrity_check", [], |row| row.get(0))?;
        Ok(verdict == "ok")
    }

    fn why_not(&self) -> StoreError {
        if self.lock.is_some() { StoreError::Paused } else { StoreError::Closed }
    }

    fn connect(&mut self, key: &[u8; 32]) -> Result<(), StoreError> {
        self.check_key(key)?;
        match open_database(&self.home.join(DATABASE), key) {
            Ok(connection) => {
                self.connection = Some(connection);
                Ok(())
            }
            Err(StoreError::Corrupt { .. }) => Err(StoreError::Corrupt { moved_aside: self.move_aside() }),
            Err(error) => Err(error),
        }
    }

    /// SQLCipher can't tell a wrong key from a damaged first page; 16 bytes beside the database can. They are written
    /// before the database is, so that a crash between the two leaves a check too many and never one too few.
    fn check_key(&self, key: &[u8; 32]) -> Result<(), StoreError> {
        let path = self.home.join(KEY_CHECK);
        let check: [u8; 16] = cut(&hash("key check", &[key]));
        let mut found = Vec::new();
        if let Ok(file) = File::open(&path) {
            file.take(17).read_to_end(&mut found)?;
        }
        if found == check {
            return Ok(());
        }
        // A torn check is left over from a crash while the home was made, before there was a database.
        if found.len() == check.len() {
            return Err(StoreError::WrongKey);
        }
        let mut file = File::create(&path)?;
        file.write_all(&check)?;
        file.sync_all()?;
        sync_directory(&self.home)
    }

    /// Moves a damaged database out of the way, with its log. Never deletes it.
    fn move_aside(&self) -> bool {
        let aside = |number: u32, suffix: &str| self.home.join(format!("{DATABASE}{suffix}.corrupt-{number}"));
        let Some(number) = (1..10_000).find(|number| !aside(*number, "").exists()) else { return false };
        let mut moved = false;
        for suffix in ["", "-wal", "-shm"] {
            let from = self.home.join(format!("{DATABASE}{suffix}"));
            if from.exists() && fs::rename(from, aside(number, suffix)).is_ok() {
                moved |= suffix.is_empty();
            }
        }
        moved
    }
}

fn open_database(path: &Path, key: &[u8; 32]) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(path, flags)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS_CACHED);
    // Before the key: SQLCipher otherwise writes to stderr about every database that it can't read.
    connection.execute_batch("PRAGMA cipher_log_level = NONE;")?;
    let mut text = String::with_capacity(80);
    text.push_str("PRAGMA key = \"x'");
    for byte in key {
        text.push_str(&format!("{byte:02x}"));
    }
    text.push_str("'\";");
    connection.execute_batch(&text)?;
    connection.execute_batch(
        // Must come before the first table: it can't be changed later without rewriting the file.
        "PRAGMA auto_vacuum = INCREMENTAL;
         -- Readers and the writer don't block each other, and a copy of the files taken after a commit opens.
         PRAGMA journal_mode = WAL;
         -- What was acknowledged survives a power cut.
         PRAGMA synchronous = FULL;
         -- Erased means overwritten, not unlinked.
         PRAGMA secure_delete = ON;
         -- No plaintext in the system's temporary directory; Android has none.
         PRAGMA temp_store = MEMORY;
         PRAGMA foreign_keys = ON;
         -- Caps the log: 1,000 pages before a checkpoint, 4 MiB kept after one.
         PRAGMA wal_autocheckpoint = 1000;
         PRAGMA journal_size_limit = 4194304;",
    )?;
    migrate(&mut connection)?;
    Ok(connection)
}

fn create_home(home: &Path) -> Result<(), StoreError> {
    if home.is_dir() {
        return Ok(());
    }
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    Ok(builder.create(home)?)
}

/// Makes a new file's name survive a power cut.
fn sync_directory(directory: &Path) -> Result<(), StoreError> {
    #[cfg(unix)]
    File::open(directory)?.sync_all()?;
    #[cfg(not(unix))]
    let _ = directory;
    Ok(())
}
