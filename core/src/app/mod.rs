//! The façade and the one owner thread that performs effects: clock, randomness, sockets, observers, the small public
//! error.
//!
//! Knows every other room; must not know protocol bytes or SQL text.

mod admission;
pub mod answers;
mod cards;
mod celebrating;
mod check_ins;
mod circle;
mod clock_check;
mod connection;
mod discovery;
mod effects;
pub mod error;
mod family;
mod forgetting;
mod guidance;
mod held;
mod history;
mod house;
mod kinweave;
mod ledger;
mod mdns;
mod me;
mod nearby;
mod owner;
mod pairing;
mod pairings;
mod parts;
mod ports;
mod promising;
mod reacting;
mod rules;
mod searching;
mod sharing;
mod sightings;
mod system;
mod tcp;
mod today;

pub use answers::*;
pub use discovery::{Announcement, Discovery, SERVICE_TYPE, Sighting, TEXT_KEY};
pub use error::{Error, Rule};
pub use kinweave::Kinweave;
pub use mdns::Mdns;
pub use pairing::Pairing;
pub use pairings::PairingStep;
pub use parts::Parts;
pub use system::{Clock, SettableClock, System};

pub use crate::model::history::{Deed, FieldChange, HistoryStep};

pub use crate::identity::{Here, HereAs, Invitation, TERMS};
