//! The façade and the one owner thread that performs effects: clock, randomness, sockets, observers, the small public
//! error.
//!
//! Knows every other room; must not know protocol bytes or SQL text.

mod admission;
pub mod answers;
mod celebrating;
mod circle;
mod connection;
mod effects;
pub mod error;
mod family;
mod held;
mod house;
mod kinweave;
mod ledger;
mod me;
mod owner;
mod pairing;
mod pairings;
mod ports;
mod system;
mod tcp;

pub use answers::*;
pub use error::{Error, Rule};
pub use kinweave::Kinweave;
pub use pairing::Pairing;
pub use pairings::PairingStep;
pub use system::{Clock, SettableClock, System};

pub use crate::identity::{Here, HereAs, Invitation, TERMS};
