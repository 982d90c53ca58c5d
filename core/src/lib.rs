//! Kinweave keeps a family's shared recovery records on its own phones: no server, no account, no network needed.
//!
//! A family is a circle of members, each with their own phones. What somebody writes is shared with a set of people, fixed
//! when it is written, and only their phones ever hold it. Two phones that meet end up with the same of everything both
//! may have; a third can carry news between two that never meet. Words edited apart merge, and where people really
//! disagree the screen shows both wordings with names, until someone picks.
//!
//! An app embeds [`app::Kinweave`] and needs nothing else. Behind it are rooms that each know one thing; a room may use only
//! what the table in `core/ARCHITECTURE.md` allows, and a test proves it.
//!
//! | Room | What is in it |
//! |---|---|
//! | [`app`] | the façade, the owner thread, clock, sockets, errors: begin here |
//! | [`model`] | the vocabulary: ids, dates, limits, audiences, entries, kinds of record |
//! | [`documents`] | automerge: read, edit from a base version, conflicts, history |
//! | [`store`] | SQLite: entries, rows, search, open and close |
//! | [`identity`] | keys, the roster, the rules of verdicts, pairing |
//! | [`views`] | days, milestones, and the words for them |
//! | [`channel`] | Noise: bytes in, authenticated bytes out |
//! | [`records`] | how a record is written, received, shared and erased |
//! | [`sync`] | the engine: events in, effects out |
//!
//! What travels between phones is in `core/PROTOCOL.md`, against whom it holds in `core/THREAT_MODEL.md`.
//!
//! # Two phones
//! Marta founds a circle and lets Dani in. She plans a dinner, the phones meet, and Dani reads of it. On a real phone the
//! homes are in the app's own directory, the keys come from the platform's key store, the clock is
//! [`System::real`](app::System::real), and two people read the code and the four words to each other.
//!
//! ```
//! use std::time::Duration;
//!
//! use kinweave_core::app::{Invitation, Kinweave, ListQuery, NewRecord, PairingStep, SettableClock, System};
//! use kinweave_core::model::kinds::Celebration;
//! use kinweave_core::model::{Role, ZonedTime};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let directory = tempfile::tempdir()?;
//! let clock = SettableClock::new("2026-02-14T10:00[America/New_York]".parse::<ZonedTime>()?.as_now());
//! let system = System::with_clock(clock);
//! let marta = Kinweave::open(&directory.path().join("marta"), &[1; 32], system.clone())?;
//! let dani = Kinweave::open(&directory.path().join("dani"), &[2; 32], system)?;
//!
//! // Marta's phone shows a code; Dani's takes it.
//! marta.create_circle("Reyes", "Marta")?;
//! let invitation = Invitation::NewMember { role: Role::Member, guardian: None };
//! let inviting = marta.invite(invitation, "127.0.0.1:0".parse()?)?;
//! let code = inviting.code().ok_or("the inviter has a code")?;
//! let joining = dani.join(&code, "Dani")?;
//!
//! // Both see the same four words, and say so.
//! let patience = Duration::from_secs(20);
//! let PairingStep::Words(here) = inviting.next(patience)? else { return Err("words come first".into()) };
//! let PairingStep::Words(there) = joining.next(patience)? else { return Err("words come first".into()) };
//! assert_eq!(here, there);
//! inviting.confirm_words(true)?;
//! joining.confirm_words(true)?;
//!
//! // Only now is Dani told who is here, and says yes.
//! let PairingStep::Here(here) = joining.next(patience)? else { return Err("then who is here".into()) };
//! assert_eq!(here.circle_name, "Reyes");
//! joining.accept()?;
//! assert!(matches!(joining.next(patience)?, PairingStep::Done(_)));
//! assert!(matches!(inviting.next(patience)?, PairingStep::Done(_)));
//!
//! // Marta plans a dinner. A celebration goes to everyone unless she says otherwise.
//! let dinner = Celebration { place: Some("Nonna's kitchen".into()), ..Celebration::idea("family_dinner_outing") };
//! marta.add(NewRecord::new(dinner))?;
//!
//! // The phones meet. What both may have, both hold.
//! let address = marta.listen("127.0.0.1:0".parse()?)?;
//! let meeting = dani.meet(marta.circle()?.device, Some(address))?;
//! assert!(meeting.equal);
//!
//! let page = dani.list(&ListQuery { kinds: vec!["celebration".into()], ..ListQuery::default() })?;
//! assert_eq!(page.records.len(), 1);
//! assert_eq!(page.records[0].author, marta.circle()?.me);
//! assert_eq!(page.records[0].body.to_fields()["place"], "Nonna's kitchen");
//!
//! marta.close()?;
//! dani.close()?;
//! # Ok(())
//! # }
//! ```

#![deny(missing_docs)]
// Clocks, randomness, threads, sockets and files each have a named home; .clippy.toml lists the bans with their reasons.
#![deny(clippy::disallowed_methods, clippy::disallowed_types)]

// Kotlin and Swift know the types of this crate by this name; see bindings/ffi.
#[cfg(feature = "uniffi")]
uniffi::setup_scaffolding!();

pub mod model;

pub mod channel;
pub mod documents;
pub mod identity;
pub mod store;
pub mod views;

pub mod records;
pub mod sync;

pub mod app;
