//! What no room of the core can prove alone.

pub mod layers;
mod rust_text;

pub mod chance;
pub mod child;
pub mod living;
pub mod paper;
pub mod phone;
