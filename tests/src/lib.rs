//! What no room of the core can prove alone.

pub mod golden;
pub mod layers;
mod rust_text;

pub mod bench;
pub mod chance;
pub mod child;
pub mod forger;
pub mod living;
pub mod panics;
pub mod paper;
pub mod phone;
pub mod wire;
