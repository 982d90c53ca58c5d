//! SQLite, here and nowhere else: migrations, entries, rows, open and close.
//!
//! Knows nothing of automerge or peers.

mod connection;
mod entries;
mod error;
mod home;
mod key;
mod migrations;
mod open;
mod reader;
mod rows;
mod transaction;

mod tests;

pub use entries::StoredEntry;
pub use error::StoreError;
pub use open::Store;
pub use reader::Reader;
pub use rows::{Cursor, ReadScope, RowPage, RowQuery};
pub use transaction::Transaction;
