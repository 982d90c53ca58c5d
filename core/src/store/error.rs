//! What can go wrong with a file.

use std::fmt;

/// Why the store failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StoreError {
    /// It was closed.
    Closed,
    /// It is paused.
    Paused,
    /// Another process has this home.
    HomeInUse,
    /// The key isn't this home's.
    WrongKey,
    /// The database is damaged.
    Corrupt {
        /// Whether it was moved aside. It is never deleted: it may be the only copy.
        moved_aside: bool,
    },
    /// No space is left.
    DiskFull,
    /// A newer version wrote it.
    NewerDatabase {
        /// The version found.
        found: u32,
        /// The newest known here.
        supported: u32,
    },
    /// The disk doesn't answer.
    Unavailable,
    /// A mistake of ours; the text names the place.
    Internal(&'static str),
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Closed => "the store is closed",
            Self::Paused => "the store is paused",
            Self::HomeInUse => "another process has this home",
            Self::WrongKey => "the key is not this home's",
            Self::Corrupt { .. } => "the database is damaged",
            Self::DiskFull => "no space is left",
            Self::NewerDatabase { .. } => "a newer version wrote this database",
            Self::Unavailable => "the disk does not answer",
            Self::Internal(_) => "a mistake in the store",
        })
    }
}

impl std::error::Error for StoreError {}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode;
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::DiskFull,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Corrupt { moved_aside: false },
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::HomeInUse,
            Some(ErrorCode::ConstraintViolation) => Self::Internal("a rule of the schema"),
            Some(
                ErrorCode::ApiMisuse | ErrorCode::TypeMismatch | ErrorCode::ParameterOutOfRange | ErrorCode::Unknown,
            ) => Self::Internal("a statement"),
            Some(_) => Self::Unavailable,
            None => Self::Internal("a statement"),
        }
    }
}

impl From<std::io::Error> for StoreError {
    fn from(error: std::io::Error) -> Self {
        if error.kind() == std::io::ErrorKind::StorageFull { Self::DiskFull } else { Self::Unavailable }
    }
}
