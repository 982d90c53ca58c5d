//! SQLite, here and nowhere else: migrations, entries, rows, search, open and close.
//!
//! Knows nothing of automerge or peers.
//!
//! | File of a home | What for |
//! |---|---|
//! | `kinweave.db`, `kinweave.db-wal` | the database and its log, encrypted page by page |
//! | `key-check` | tells a wrong key from a damaged database, which SQLCipher can't |
//! | `lock` | one process per home |
//! | `kinweave.db.corrupt-1` … | damaged databases, moved aside with their logs and never deleted |
//!
//! A feed has no gaps, a stub has neither body nor salt: `append`, `set_state` and the schema itself see to that.
//! Everything of one commit is in one transaction, and what `commit` has returned survives a power cut.

mod changes;
mod connection;
mod entries;
mod error;
mod home;
mod key;
mod migrations;
mod open;
mod peers;
mod reader;
mod row_form;
mod row_query;
mod rows;
mod salvage;
mod search;
mod sides;
mod snapshot;
mod space;
mod transaction;
mod trash;
mod versions;
mod wanted;

mod tests;

pub use changes::LogChanges;
pub use entries::{Ranges, StoredEntry};
pub use error::StoreError;
pub use open::Store;
pub use reader::Reader;
pub use row_query::{Cursor, NewsSince, ReadScope, RowPage, RowQuery};
pub use salvage::Salvaged;
pub use space::{AudienceSpace, FileSpace};
pub use transaction::Transaction;
pub use trash::{TrashRow, Trashed};
pub use versions::versions;
pub use wanted::Wanted;
