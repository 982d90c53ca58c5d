//! What the core is measured against: the same work done by hand, or by others.

mod document;
mod insert;
mod repos;
mod synced;
mod table;

pub use document::OneDocument;
pub use insert::SignedInserts;
pub use repos::{Repos, month_of};
pub use synced::SyncedDocument;
pub use table::BareTable;
