//! What no room of the core can prove alone.

pub mod golden;
pub mod layers;
mod rust_text;

pub mod bench;
pub mod forger;
pub mod panics;
pub mod phone;
pub mod wire;
