//! The files of a home: database, log, key check, lock.
#![allow(clippy::disallowed_methods, reason = "opening a home is where files are this room's business")]

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use super::error::StoreError;
use super::key::KeyCheck;

const DATABASE: &str = "kinweave.db";
const LOG: &str = "kinweave.db-wal";
const KEY_CHECK: &str = "key-check";
const KEY_CHECK_NEW: &str = "key-check.new";
const LOCK: &str = "lock";
const ASIDE_MAX: u32 = 10_000;

/// The directory that the app gave.
pub struct Home(PathBuf);

/// As long as it lives, no other process opens this home. The system lets go of it if this process dies.
pub struct Lock {
    _file: File,
}

impl Home {
    /// The home in this directory, which is made if it isn't there, for its owner only.
    pub fn create(path: &Path) -> Result<Self, StoreError> {
        if !path.is_dir() {
            let mut builder = fs::DirBuilder::new();
            builder.recursive(true);
            #[cfg(unix)]
            std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
            builder.create(path)?;
        }
        Ok(Self(path.to_owned()))
    }

    /// Whether somebody made a home in this directory before.
    pub fn is_at(path: &Path) -> Result<bool, StoreError> {
        let home = Self(path.to_owned());
        Ok(home.has_database()? || home.has_log()? || home.has_moved_aside()? || home.key_check()?.is_some())
    }

    /// Takes the home for this process.
    pub fn lock(&self) -> Result<Lock, StoreError> {
        let file = private().truncate(false).open(self.0.join(LOCK))?;
        match file.try_lock() {
            Ok(()) => Ok(Lock { _file: file }),
            Err(TryLockError::WouldBlock) => Err(StoreError::HomeInUse),
            Err(TryLockError::Error(error)) => Err(error.into()),
        }
    }

    /// Where the database is, or will be.
    pub fn database(&self) -> PathBuf {
        self.0.join(DATABASE)
    }

    /// Makes the database's file, empty, for its owner only: SQLite gives its log the same rights.
    pub fn create_database(&self) -> Result<(), StoreError> {
        private().truncate(false).open(self.database())?;
        Ok(())
    }

    /// Whether there is a database. An empty file is none yet: SQLite makes it before it writes the first page.
    pub fn has_database(&self) -> Result<bool, StoreError> {
        has_bytes(&self.0.join(DATABASE))
    }

    /// Whether there is a log with something in it.
    pub fn has_log(&self) -> Result<bool, StoreError> {
        has_bytes(&self.0.join(LOG))
    }

    /// How long the log is.
    pub fn log_bytes(&self) -> Result<u64, StoreError> {
        length(&self.0.join(LOG))
    }

    /// Whether a damaged database was ever moved aside. Its key check is still needed.
    pub fn has_moved_aside(&self) -> Result<bool, StoreError> {
        has_bytes(&self.aside(1, ""))
    }

    /// The damaged database that was moved aside last.
    pub fn last_moved_aside(&self) -> Result<Option<PathBuf>, StoreError> {
        let mut last = None;
        for number in 1..ASIDE_MAX {
            match self.aside(number, "") {
                path if has_bytes(&path)? => last = Some(path),
                _ => break,
            }
        }
        Ok(last)
    }

    /// The check of the key of this home, if there is one.
    pub fn key_check(&self) -> Result<Option<KeyCheck>, StoreError> {
        let file = match File::open(self.0.join(KEY_CHECK)) {
            Ok(file) => file,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            // Not `None`: it would be written anew, with whatever key was given.
            Err(error) => return Err(error.into()),
        };
        let mut found = Vec::new();
        file.take(17).read_to_end(&mut found)?;
        Ok(found.try_into().ok())
    }

    /// Writes the check so that after a crash it is there whole, or not at all.
    pub fn write_key_check(&self, check: &KeyCheck) -> Result<(), StoreError> {
        let new = self.0.join(KEY_CHECK_NEW);
        let mut file = private().truncate(true).open(&new)?;
        file.write_all(check)?;
        file.sync_all()?;
        fs::rename(new, self.0.join(KEY_CHECK))?;
        self.sync()
    }

    /// Moves a damaged database out of the way, with its log. Never deletes it: it may be the only copy.
    ///
    /// The log goes first. A crash in between leaves a damaged database, which is moved next time to the same number;
    /// the other way round it would leave a log without a database, which SQLite deletes.
    pub fn move_aside(&self) -> Result<(), StoreError> {
        let has_log = self.has_log()?;
        let taken =
            |number: &u32| self.aside(*number, "").exists() || (has_log && self.aside(*number, "-wal").exists());
        let number = (1..ASIDE_MAX).find(|number| !taken(number)).ok_or(StoreError::Unavailable)?;
        for suffix in ["-wal", "-shm", ""] {
            match fs::rename(self.0.join(format!("{DATABASE}{suffix}")), self.aside(number, suffix)) {
                Err(error) if error.kind() != ErrorKind::NotFound => return Err(error.into()),
                _ => {}
            }
        }
        self.sync()
    }

    /// The log keeps the name that SQLite looks for beside the database.
    fn aside(&self, number: u32, suffix: &str) -> PathBuf {
        self.0.join(format!("{DATABASE}.corrupt-{number}{suffix}"))
    }

    /// Makes new names survive a power cut.
    fn sync(&self) -> Result<(), StoreError> {
        #[cfg(unix)]
        File::open(&self.0)?.sync_all()?;
        Ok(())
    }
}

fn has_bytes(path: &Path) -> Result<bool, StoreError> {
    Ok(length(path)? > 0)
}

/// The length of a file; 0 if there is none.
fn length(path: &Path) -> Result<u64, StoreError> {
    match fs::metadata(path) {
        Ok(metadata) => Ok(metadata.len()),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(0),
        Err(error) => Err(error.into()),
    }
}

/// Files that only their owner may read, whatever the process's mask says.
fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.create(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}
