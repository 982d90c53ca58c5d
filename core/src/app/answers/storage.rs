//! What is in the trash, how much room a home takes, and whether its clock is believed.

use serde::Serialize;

use super::records::AudienceView;
use crate::model::{Body, Date, TrashId};

/// Something that the owner of this phone removed lately.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct TrashItem {
    /// What [`Kinweave::restore`](crate::app::Kinweave::restore) needs.
    pub id: TrashId,
    /// The kind's name.
    pub kind: String,
    /// What it said.
    #[serde(serialize_with = "super::records::as_fields")]
    pub body: Body,
    /// Its own date, if it had one.
    pub date: Option<Date>,
    /// With whom it was shared.
    pub audience: AudienceView,
    /// When it was removed: milliseconds since 1970 UTC.
    pub removed_at_ms: i64,
    /// When it leaves the trash by itself: milliseconds since 1970 UTC.
    pub until_ms: i64,
}

/// What was taken over from a damaged home.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Salvaged {
    /// Entries that are here again.
    pub entries: u64,
    /// Entries that could be read but follow on others that can't: whoever holds all of them brings them back.
    pub entries_beyond_a_gap: u64,
    /// Whether anything couldn't be read.
    pub is_damaged: bool,
}

/// How much room a home takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct StorageUse {
    /// Its database, in bytes.
    pub database_bytes: u64,
    /// Of the database, what is free and waits to be used.
    pub free_bytes: u64,
    /// Of the database, what is in the trash.
    pub trash_bytes: u64,
    /// The database's log, in bytes; it empties by itself.
    pub log_bytes: u64,
    /// What each audience takes of the database, about; the largest first.
    pub audiences: Vec<AudienceUse>,
}

/// How much room an audience takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct AudienceUse {
    /// The audience.
    pub audience: AudienceView,
    /// Entries, those that are only stubs included.
    pub entries: u64,
    /// Entries of which only the stub is here.
    pub stubs: u64,
    /// Bytes, about.
    pub bytes: u64,
}

/// What this phone thinks of its own clock. Nobody else is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(tag = "clock", rename_all = "snake_case")]
pub enum ClockState {
    /// It agrees with those of the members met last. What has run out is taken away.
    Confirmed,
    /// Too few members were met lately to tell. What has run out is hidden, and taken away once they are met. There is
    /// nothing to tell anybody.
    Unconfirmed,
    /// It is off: ask the owner of this phone to look at its date. Until it is right nothing is taken away.
    Odd {
        /// By about how many minutes it is ahead; less than 0 if it is behind.
        minutes: i64,
    },
}
