//! Kinweave keeps a family's shared recovery records on its own phones: no server, no account, no network needed.
//!
//! Each room below knows one thing. Rooms may use only what the table in `core/ARCHITECTURE.md` allows; a test proves it.

#![deny(missing_docs)]
// Clocks, randomness, threads, sockets and files each have a named home; .clippy.toml lists the bans with their reasons.
#![deny(clippy::disallowed_methods, clippy::disallowed_types)]

pub mod model;

pub mod channel;
pub mod documents;
pub mod identity;
pub mod store;
pub mod views;

pub mod records;
pub mod sync;

pub mod app;
