//! The façade of the core, as Kotlin and Swift call it. Nothing here decides anything: values are converted, the core is
//! called, its answer is converted.
//!
//! | File | What is in it |
//! |---|---|
//! | `kinweave` | opening, pausing, closing, observing |
//! | `circle` | who is in it, pairing |
//! | `records` | written, read, found, taken away |
//! | `sharing` | copies for others, signs |
//! | `family` | the first screen, days, celebrations, cards, promises |
//! | `phones` | finding and meeting other phones |
//! | `pairing` | the steps of a pairing |
//! | `words` | phrases in people's languages |
//! | `clock` | a clock for tests and previews |
//! | `unblock` | the threads that may block |
//!
//! Types cross as the core defines them, under its feature `uniffi`; the few that need a word of their own are in
//! `kinweave_core::app::foreign`. `bindings/api.txt` lists all that is exported.

mod circle;
mod clock;
mod family;
mod kinweave;
mod pairing;
mod phones;
mod records;
mod sharing;
mod unblock;
mod words;

use std::net::SocketAddr;

use kinweave_core::app::foreign::{AnyValue, CivilDate};

pub use crate::clock::SettableClock;
pub use crate::kinweave::{Kinweave, OpenOptions, open_home};
pub use crate::pairing::Pairing;
pub use crate::words::{language_of_tag, parts, phrase, validate_body};

uniffi::setup_scaffolding!();

uniffi::use_remote_type!(kinweave_core::AnyValue);
uniffi::use_remote_type!(kinweave_core::CivilDate);
uniffi::use_remote_type!(kinweave_core::SocketAddr);
