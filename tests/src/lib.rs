//! What no room of the core can prove alone.
#![allow(clippy::duplicate_mod, reason = "phones are compiled for two versions of the core")]

// `phone` and what is built on it is compiled twice, for two versions of the core: see `tomorrow`.
use kinweave_core as kinweave;

pub mod golden;
pub mod layers;
mod rust_text;

pub mod air;
pub mod app;
pub mod bench;
pub mod chance;
pub mod child;
pub mod doors;
pub mod forger;
pub mod intruder;
pub mod living;
pub mod pages_of;
pub mod panics;
pub mod paper;
pub mod phone;
pub mod piped;
pub mod private_world;
pub mod relay;
pub mod reyes;
pub mod seen;
pub mod sources;
pub mod tables;
pub mod terminal;
pub mod told;
pub mod tomorrow;
pub mod two_pairing;
pub mod wire;
pub mod word_lint;
pub mod worlds;
