//! How a record is written, received, shared, erased, projected and read.
//!
//! Knows no socket, thread, clock or message: time and randomness are passed in.

mod agenda;
mod author;
mod entropy;
mod error;
mod expire;
mod history;
mod judge;
mod links;
mod parting;
mod project;
mod rebuild;
mod receive;
mod replaced;
mod serve;
mod settle;
mod share;
pub mod trust;
mod twins;
mod write;

pub use agenda::Settled;
pub use author::{Author, Written};
pub use entropy::{Entropy, NOWHERE};
pub use error::RecordError;
pub use expire::{Expiry, expire};
pub use history::history;
pub use judge::{Scope, target};
pub use rebuild::{begin_with_this_build, judge_anew, rebuild, rebuild_after_update};
pub use receive::{Received, Receiver, Rejected};
pub use serve::{fork_proofs, run, whole_feed};
pub use write::Draft;
