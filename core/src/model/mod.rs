//! The vocabulary: ids, dates, limits, audiences, entries, roster events, vectors, kinds of record, canonical bytes.
//!
//! Knows nothing of disks, sockets, documents or keys; every other room speaks in these words.

pub mod hash;
pub mod ids;
pub mod limits;
pub mod time;

pub use ids::*;
pub use time::{Date, Now, WallMinutes, ZonedTime};
