//! automerge, here and nowhere else: read, edit from a base version, conflicts, history. Knows nothing of SQL, keys or peers.
//!
//! Each record is one small automerge document. A *change* travels and is stored as a chunk of type 1 without the eight
//! bytes of magic and checksum in front of it: both can be recomputed, and the entry around it has its own hash.
//!
//! # How a body lies in a document
//! Everything is a key at the root, because two devices that create the same container at once hide one side of it.
//!
//! | Field | Keys | Value |
//! |---|---|---|
//! | register, latest, not in the spec | its name | a scalar; lists and objects as bytes of JSON; null where it was taken away |
//! | set | its name ‖ `/` ‖ element, one key for each | the element; removing deletes the key, so adding wins |
//! | text | its name | a text object, made by the create and by nothing else |
//!
//! # What a foreign change may do
//! [`inspect`] decodes the chunk by itself before automerge sees it, and [`Document::apply`] checks every reference it
//! makes. Allowed is what this version writes: put a scalar or delete at a root key, make a text object at the root in
//! the create, insert and remove letters in it. Maps, lists, marks, counters and increments are refused, not ignored: a
//! later version that needs them says so in the body's format, and is then held rather than refused. Nothing a change
//! refers to may lie outside its own ancestors, so no verdict depends on what else happens to be here, and automerge
//! is never asked to look for what isn't.

mod actor;
mod change;
mod columns;
mod document;
mod error;
mod history;
mod operation;
mod plan;
mod read;
mod reader;
mod seam;
mod value;
mod version;
mod write;

pub use actor::{Actor, actor_of};
pub use change::{ChangeInfo, inspect};
pub use document::{Applied, Document};
pub use error::{ApplyError, BadChange, DocumentError};
pub use read::FieldConflict;
pub use version::Version;

#[cfg(test)]
mod tests;
