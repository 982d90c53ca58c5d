//! A home on disk: opened, paused, resumed, closed.
//!
//! With `home.rs`, which knows the files of a home, the only file of the core that touches the file system.

use std::cell::RefCell;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use super::changes::LogChanges;
use super::connection;
use super::error::StoreError;
use super::home::{Home, Lock};
use super::key;
use super::reader::Reader;
use super::snapshot::{Moment, Snapshot};
use super::transaction::Transaction;

/// A home's database. One writing connection; whoever has the `Store` has it alone.
pub struct Store {
    home: Home,
    hold: Hold,
    changes: RefCell<LogChanges>,
}

/// What is held of the home.
enum Hold {
    /// Dropped in this order: whoever gets the lock finds nobody at the database.
    Open {
        connection: Connection,
        moment: Moment,
        _lock: Lock,
    },
    Paused,
    Closed,
}

impl Store {
    /// Opens the home in this directory, or makes one. `key` is 32 random bytes, or derived so that they are as good.
    ///
    /// The home is this process's until `close`: a second process gets [`StoreError::HomeInUse`].
    pub fn open(home: &Path, key: &[u8; 32]) -> Result<Self, StoreError> {
        let mut store = Self { home: Home::create(home)?, hold: Hold::Paused, changes: RefCell::default() };
        store.resume(key)?;
        Ok(store)
    }

    /// Whether there is a home in this directory already. Changes nothing.
    pub fn exists(home: &Path) -> Result<bool, StoreError> {
        Home::is_at(home)
    }

    /// Lets go of everything: no statement, no lock, no file handle is held when this returns. iOS kills an app that is
    /// suspended while it holds one.
    ///
    /// Holding on to the home alone, so that no other process can take it meanwhile, would be such a lock.
    pub fn pause(&mut self) -> Result<(), StoreError> {
        match &self.hold {
            Hold::Open { connection, .. } => {
                // Whether this works or not, the connection must go: an app that can't pause is killed. What isn't moved
                // from the log into the database now is there all the same and is moved at the next chance.
                let _ = connection::checkpoint(connection);
                self.hold = Hold::Paused;
                Ok(())
            }
            Hold::Paused => Ok(()),
            Hold::Closed => Err(StoreError::Closed),
        }
    }

    /// Goes on after `pause`. Another process may have had the home meanwhile, and written.
    pub fn resume(&mut self, key: &[u8; 32]) -> Result<(), StoreError> {
        match &self.hold {
            Hold::Open { .. } => Ok(()),
            Hold::Closed => Err(StoreError::Closed),
            Hold::Paused => {
                let lock = self.home.lock()?;
                self.hold = Hold::Open { connection: self.connect(key)?, moment: Moment::default(), _lock: lock };
                Ok(())
            }
        }
    }

    /// Ends it; the home is free for others.
    pub fn close(&mut self) -> Result<(), StoreError> {
        if let Hold::Closed = self.hold {
            return Ok(());
        }
        let paused = self.pause();
        self.hold = Hold::Closed;
        paused
    }

    /// Moves the database out of the way, because what is read of it is damaged. `resume` begins a new one.
    pub fn move_aside(&mut self) -> Result<(), StoreError> {
        if let Hold::Open { connection, .. } = &self.hold {
            // What is damaged is kept as it is: nothing more is moved from the log into it.
            connection::leave_log(connection)?;
        }
        self.hold = Hold::Paused;
        let _lock = self.home.lock()?;
        self.home.move_aside()
    }

    pub(super) fn last_moved_aside(&self) -> Result<Option<PathBuf>, StoreError> {
        self.home.last_moved_aside()
    }

    /// Begins a write. Dropped without `commit`, it leaves nothing behind.
    pub fn begin(&mut self) -> Result<Transaction<'_>, StoreError> {
        // `&mut self`: a second transaction can't begin inside the first.
        Transaction::begin(self.connection()?, &self.changes)
    }

    /// Reads what is committed. As long as a reader is at hand, all readers see the same moment.
    pub fn read(&self) -> Result<Reader<'_>, StoreError> {
        let (connection, moment) = self.open_hold()?;
        Ok(Reader::at(Snapshot::take(connection, moment)?))
    }

    /// Whether anything can be read and written now.
    ///
    /// # Errors
    /// [`StoreError::Paused`] and [`StoreError::Closed`] if not.
    pub fn check_open(&self) -> Result<(), StoreError> {
        self.connection().map(drop)
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
        connection::rewrite(self.connection()?)?;
        Ok(true)
    }

    /// Where the log may have changed since this was last asked, or since the home was opened. What happens in a pause or a salvage is
    /// not in it.
    pub fn take_changes(&self) -> LogChanges {
        self.changes.take()
    }

    /// How long the log is, in bytes.
    pub fn log_bytes(&self) -> Result<u64, StoreError> {
        self.home.log_bytes()
    }

    /// SQLite's own check of the file. One that it can't bring to an end, though the disk answers, says the same as a bad one.
    pub fn integrity_check(&self) -> Result<bool, StoreError> {
        let verdict = self.connection()?.query_row("PRAGMA integrity_check", [], |row| row.get::<_, String>(0));
        match verdict {
            Ok(verdict) => Ok(verdict == "ok"),
            Err(_) => self.read()?.meta(connection::OWED).map(|_| false),
        }
    }

    pub(super) fn connection(&self) -> Result<&Connection, StoreError> {
        self.open_hold().map(|(connection, _)| connection)
    }

    fn open_hold(&self) -> Result<(&Connection, &Moment), StoreError> {
        match &self.hold {
            Hold::Open { connection, moment, .. } => Ok((connection, moment)),
            Hold::Paused => Err(StoreError::Paused),
            Hold::Closed => Err(StoreError::Closed),
        }
    }

    /// SQLCipher can't tell a wrong key from a damaged first page; the key check beside the database can. It is written
    /// before the database is, so that a crash between the two leaves a check too many and never one too few.
    ///
    /// A database whose check was lost is believed to be whole: moving it aside because of a wrong key, or noting that
    /// key as the right one, would lock its owner out.
    fn connect(&self, key: &[u8; 32]) -> Result<Connection, StoreError> {
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
        let connection = match connection::open(&self.home.database(), key) {
            Ok(connection) => connection,
            Err(StoreError::Corrupt { .. }) if known.is_none() && has_database => return Err(StoreError::WrongKey),
            Err(StoreError::Corrupt { .. }) => {
                return Err(StoreError::Corrupt { moved_aside: self.home.move_aside().is_ok() });
            }
            Err(error) => return Err(error),
        };
        if known.is_none() && has_database {
            self.home.write_key_check(&check)?;
        }
        Ok(connection)
    }
}
