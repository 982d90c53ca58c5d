//! Families who have used Kinweave for years, and how fast it still is for them: a generator of their homes, through the same
//! write path as an app's, and a table of measurements against named peers.

mod day;
mod family;
mod news;

pub mod clock;
pub mod measure;
pub mod peers;

pub use family::{Family, Home};
