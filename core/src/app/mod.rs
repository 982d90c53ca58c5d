//! The façade, the one owner thread that performs effects, and the one that calls the app's code: clock, randomness, sockets,
//! the small public error.
//!
//! Knows every other room; must not know protocol bytes or SQL text.

mod admission;
pub mod answers;
mod asked;
#[cfg(feature = "by_hand")]
mod by_hand;
mod callbacks;
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
#[cfg(feature = "uniffi")]
pub mod foreign;
mod forgetting;
mod guidance;
mod held;
mod held_back;
mod history;
mod house;
mod key_store;
mod kinweave;
mod ledger;
mod log;
mod mdns;
mod me;
mod nearby;
mod observers;
mod owner;
mod pairing;
mod pairing_problem;
mod pairings;
mod parts;
mod ports;
mod promising;
mod reacting;
mod rules;
mod salvage;
mod searching;
mod second_copy;
mod sharing;
mod sightings;
mod system;
mod tcp;
mod today;
mod transports;
mod writers;

pub use answers::*;
#[cfg(feature = "by_hand")]
pub use by_hand::{Begun, ByHand, Line, Timer};
pub use discovery::{Announcement, Discovery, SERVICE_TYPE, Sighting, SightingSink, TEXT_KEY};
pub use error::{Error, Rule};
pub use key_store::KeyStore;
pub use kinweave::Kinweave;
pub use log::{LogLevel, LogSink};
pub use mdns::Mdns;
pub use observers::{Observer, Subscription};
pub use pairing::Pairing;
pub use pairing_problem::PairingProblem;
pub use pairings::PairingStep;
pub use parts::Parts;
pub use system::{Clock, SettableClock, System};
pub use transports::{Transport, TransportEnd};

pub use crate::model::history::{Deed, FieldChange, HistoryStep};

pub use crate::identity::{HereAs, Invitation, PersonHere, TERMS};
