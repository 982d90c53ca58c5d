//! The vocabulary: ids, dates, limits, audiences, entries, roster events, vectors, kinds of record, canonical bytes.
//!
//! Knows nothing of disks, sockets, documents or keys; every other room speaks in these words.

pub mod audience;
pub mod codec;
pub mod entry;
pub mod entry_state;
pub mod folding;
pub mod fork;
pub mod hash;
mod hex;
pub mod history;
pub mod ids;
pub mod kind;
pub mod kinds;
pub mod later_event;
pub mod limits;
pub mod op;
pub mod record;
pub mod recurrence;
pub mod roster_event;
pub mod run;
pub mod time;
pub mod vector;
pub mod zone;

pub use audience::Audience;
pub use entry::{Position, RecordRef};
pub use entry_state::{EntryState, Hold, Refusal};
pub use fork::{Fork, ForkProof, Side, SideProof};
pub use ids::*;
pub use kind::{Fields, InvalidInput, InvalidReason, Kind};
pub use kinds::Body;
pub use record::{Candidate, Conflict, Row, VersionToken};
pub use recurrence::Recurrence;
pub use roster_event::{AgeBand, DeviceKeys, Role};
pub use run::Run;
pub use time::{Date, Now, WallMinutes, ZonedTime};
pub use vector::{Head, Vector};
pub use zone::{Zone, ZoneError, ZoneName};
