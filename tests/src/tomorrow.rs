//! Phones with tomorrow's app: the same sources as today's, on the other build of the core.

pub use kinweave_tomorrow as kinweave;

#[path = "phone.rs"]
pub mod phone;
#[path = "private_world.rs"]
pub mod private_world;
