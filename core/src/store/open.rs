//! A home on disk: opened, paused, resumed, closed.
//!
//! With `home.rs`, which knows the files of a home, the only file of the core that touches the file system.

use std::path::Path;

use rusqlite::Connection;

use super::connection;
use super::error::StoreError;
use super::home::{Home, Lock};
use super::key;
use super::reader::Reader;
use super::transaction::Transaction;

/// A home's database. One writing connection; whoever has the `Store` has it alone.
pub struct Store {
    home: Home,
    lock: Option<Lock>,
    connection: Option<Connection>,
}

impl Store {
    /// Opens the home in this directory, or makes one. `key` is 32 random bytes, or derived so that they are as good.
    ///
    /// The home is this process's until `close`: a second process gets [`StoreError::HomeInUse`].
    pub fn open(home: &Path, key: &[u8; 32]) -> Result<Self, StoreError> {
        let home = Home::create(home)?;
        let lock = Some(home.lock()?);
        let mut store = Self { home, lock, connection: None };
        store.connect(key)?;
        Ok(store)
    }

    /// Whether there is a home in this directory already. Changes nothing.
    pub fn exists(home: &Path) -> Result<bool, StoreError> {
        Home::is_at(home)
    }

    /// Lets go of everything but the home itself: no statement, no lock on the database, no file handle of it is held
    /// when this returns. iOS kills an app that is suspended while it holds one.
    pub fn pause(&mut self) -> Result<(), StoreError> {
        if let Some(connection) = self.connection.take() {
            // Whether this works or not, the connection must go: an app that can't pause is killed. What isn't moved
            // from the log into the database now is there all the same and is moved at the next chance.
            let _ = connection::checkpoint(&connection);
            drop(connection);
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

    /// Whether something was taken away since the file was last written anew.
    pub fn owes_erasing(&self) -> Result<bool, StoreError> {
        Ok(self.read()?.meta(connection::OWED)?.is_some())
    }

    /// Makes what was taken away leave the file for good, on every page and in the log, if anything was. It writes the
    /// whole file anew, so whoever takes away much does it once, at the end. Whether there was anything to do.
    pub fn finish_erasing(&mut self) -> Result<bool, StoreError> {
        if !self.owes_erasing()? {
            return Ok(false);
        }
        let Some(connection) = &self.connection else { return Err(self.why_not()) };
        connection::rewrite(connection)?;
        Ok(true)
    }

    /// How long the log is, in bytes.
    pub fn log_bytes(&self) -> Result<u64, StoreError> {
        self.home.log_bytes()
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

    /// SQLCipher can't tell a wrong key from a damaged first page; the key check beside the database can. It is written
    /// before the database is, so that a crash between the two leaves a check too many and never one too few.
    ///
    /// A database whose check was lost is believed to be whole: moving it aside because of a wrong key, or noting that
    /// key as the right one, would lock its owner out.
    fn connect(&mut self, key: &[u8; 32]) -> Result<(), StoreError> {
        let check = key::check(key);
        let known = self.home.key_check()?;
        let has_database = self.home.has_database()?;
        match known {
            Some(known) if known == check => {}
            // A check that guards nothing is left over from a crash before there was a database.
            Some(_) if has_database || self.home.has_moved_aside()? => return Err(StoreError::WrongKey),
            _ if has_database => {}
            _ => self.home.write_key_check(&check)?,
        }
        if !has_database && self.home.has_log()? {
            // SQLite deletes a log without a database, and this may be the only copy of something.
            self.home.move_aside()?;
        }
        self.home.create_database()?;
        self.connection = match connection::open(&self.home.database(), key) {
            Ok(connection) => Some(connection),
            Err(StoreError::Corrupt { .. }) if known.is_none() && has_database => return Err(StoreError::WrongKey),
            Err(StoreError::Corrupt { .. }) => {
                return Err(StoreError::Corrupt { moved_aside: self.home.move_aside().is_ok() });
            }
            Err(error) => return Err(error),
        };
        if known.is_none() && has_database {
            self.home.write_key_check(&check)?;
        }
        Ok(())
    }
}
