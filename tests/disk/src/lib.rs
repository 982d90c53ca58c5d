//! A disk under SQLite that fills up, fails, and forgets what it never synced.
//!
//! [`install`] puts it between SQLite and the real files, for every connection that is opened from then on. It passes
//! everything on, and does harm only in threads that ask for it: what a world of phones in one thread does to its disk,
//! another doesn't notice.

mod harm;
mod vfs;

pub use harm::{Harm, PowerCut, begin_watching, harm, spare};
pub use vfs::install;
