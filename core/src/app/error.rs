//! The public errors: few, each with what the app should do about it. No personal text, key or path is in any of them.

use std::fmt;

use serde::Serialize;

use super::pairing_problem::PairingProblem;
use crate::identity::PairingError;
use crate::model::{InvalidInput, InvalidReason, RecordId};
use crate::records::RecordError;
use crate::store::StoreError;

/// What can go wrong, by what an app does about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Error), uniffi(name = "KinweaveError"))]
#[serde(tag = "error", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Error {
    /// A field doesn't hold what it must. Show the field and the reason.
    InvalidInput {
        /// The field.
        field: String,
        /// What is wrong with it.
        reason: InvalidReason,
    },
    /// Nothing here by that id or name, or it isn't open yet. Fix the call.
    NotFound {
        /// The id or name asked for.
        id: String,
    },
    /// A rule forbids it. Explain the rule; trying again won't help.
    NotAllowed {
        /// The rule.
        rule: Rule,
    },
    /// The record went on under another id. Follow it.
    Moved {
        /// Its new id.
        to: RecordId,
    },
    /// The record was erased. Close its screen.
    Gone,
    /// `close` was called, or `open` never succeeded. Open again.
    Closed,
    /// `pause` was called. Resume first.
    Paused,
    /// Another process, or another call that can't wait, has the home. Try later.
    Busy,
    /// There is no circle in this home yet. Create or join one.
    NoCircle,
    /// Another phone writes with this one's keys: this home was restored from a backup, or copied. Reading and meeting go on.
    /// Tell the owner, and let them come back as a new device, or close this copy for good.
    SecondCopy,
    /// The key isn't this home's. Ask for the right one; nothing was changed.
    WrongKey,
    /// The database is damaged. Nothing is deleted: [salvage](super::Kinweave::salvage) what can still be read, restore a backup, or pair
    /// again.
    Corrupt {
        /// Whether it was moved aside; if not, it lies where it was.
        moved_aside: bool,
    },
    /// The disk is full. Free some space and call again; nothing was lost.
    DiskFull,
    /// The home was written by a newer version. Update the app.
    NewerDatabase {
        /// The version found.
        found: u32,
        /// The newest that this app knows.
        supported: u32,
    },
    /// The storage doesn't answer. Try again.
    StorageUnavailable,
    /// That phone isn't an active device of anyone in this circle, or doesn't know this one yet. Pair again.
    NotPaired,
    /// The pairing didn't come about. Start again with a new code.
    PairingRejected {
        /// Why.
        reason: PairingProblem,
    },
    /// The other app speaks no common version. Update the older one.
    Incompatible,
    /// Phones can't find each other on this network. Meet by address, or try again on another.
    DiscoveryUnavailable,
    /// Nobody answers there. Wait until both phones are near, then try again.
    PeerUnreachable,
    /// The other phone broke a rule of the protocol and was let go. Report it; nothing of it was kept.
    PeerMisbehaved {
        /// The rule, in a few words.
        rule: String,
    },
    /// Code of the app's own, which the core called, threw something that isn't an error of this kind. Mend it; nothing was
    /// lost.
    CallbackFailed {
        /// What it threw, as far as can be said.
        reason: String,
    },
    /// A mistake of ours. Say so, and offer the id for a report.
    Internal {
        /// Names the place in the log.
        report_id: String,
    },
}

/// A rule that forbids something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Rule {
    /// You write about yourself.
    SubjectMustBeAuthor,
    /// Only its author may change or erase it.
    NotAWriter,
    /// Records of this kind can't be shared like that.
    AudienceNotAllowed,
    /// It must say what it belongs to, in the same audience.
    ParentNeeded,
    /// Only an adult member may do this.
    AdultsOnly,
    /// A young member needs a guardian who is an adult here.
    GuardianNeeded,
    /// This home already holds a circle.
    AlreadyInACircle,
    /// Of a promise, its owner says what became of it, and its witness what they saw.
    NotTheirWord,
    /// A limit of the protocol is reached.
    LimitReached,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InvalidInput { field, reason } => InvalidInput::new(field, *reason).fmt(f),
            Self::NotFound { .. } => f.write_str("nothing here by that id or name"),
            Self::NotAllowed { rule } => write!(f, "not allowed: {}", rule.as_str()),
            Self::Moved { .. } => f.write_str("the record went on under another id"),
            Self::Gone => f.write_str("the record was removed"),
            Self::Closed => f.write_str("the home is closed"),
            Self::Paused => f.write_str("the home is paused"),
            Self::Busy => f.write_str("the home is in use"),
            Self::NoCircle => f.write_str("there is no circle here yet"),
            Self::SecondCopy => f.write_str("a second copy of this phone exists"),
            Self::WrongKey => f.write_str("the key is not this home's key"),
            Self::Corrupt { .. } => f.write_str("the database is damaged"),
            Self::DiskFull => f.write_str("the disk is full"),
            Self::NewerDatabase { found, supported } => {
                write!(f, "the home is of version {found}, this app knows up to {supported}")
            }
            Self::StorageUnavailable => f.write_str("the storage does not answer"),
            Self::NotPaired => f.write_str("that phone and this one are not paired"),
            Self::PairingRejected { reason } => write!(f, "the pairing did not come about: {reason}"),
            Self::Incompatible => f.write_str("the other app speaks no common version"),
            Self::DiscoveryUnavailable => f.write_str("phones can't find each other on this network"),
            Self::PeerUnreachable => f.write_str("nobody answers there"),
            Self::PeerMisbehaved { rule } => write!(f, "the other phone broke a rule: {rule}"),
            Self::CallbackFailed { reason } => write!(f, "the app's own code failed: {reason}"),
            Self::Internal { report_id } => write!(f, "something went wrong; report {report_id}"),
        }
    }
}

impl Rule {
    /// What the rule says, for logs; the words for people are the app's.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SubjectMustBeAuthor => "you write about yourself",
            Self::NotAWriter => "only its author may change it",
            Self::AudienceNotAllowed => "records of this kind can't be shared like that",
            Self::ParentNeeded => "it must belong to a record shared with the same people",
            Self::AdultsOnly => "only an adult member may do this",
            Self::GuardianNeeded => "a young member needs a guardian",
            Self::AlreadyInACircle => "this home already holds a circle",
            Self::NotTheirWord => "an owner says what became of a promise, a witness what they saw",
            Self::LimitReached => "a limit is reached",
        }
    }
}

impl std::error::Error for Error {}

impl From<InvalidInput> for Error {
    fn from(invalid: InvalidInput) -> Self {
        Self::InvalidInput { field: invalid.field, reason: invalid.reason }
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Closed => Self::Closed,
            StoreError::Paused => Self::Paused,
            StoreError::HomeInUse => Self::Busy,
            StoreError::WrongKey => Self::WrongKey,
            StoreError::Corrupt { moved_aside } => Self::Corrupt { moved_aside },
            StoreError::DiskFull => Self::DiskFull,
            StoreError::NewerDatabase { found, supported } => Self::NewerDatabase { found, supported },
            StoreError::Unavailable => Self::StorageUnavailable,
            StoreError::Internal(place) => Self::internal(place),
        }
    }
}

impl From<RecordError> for Error {
    fn from(error: RecordError) -> Self {
        let not_allowed = |rule| Self::NotAllowed { rule };
        match error {
            RecordError::Invalid(invalid) => invalid.into(),
            RecordError::Gone => Self::Gone,
            RecordError::NotAWriter => not_allowed(Rule::NotAWriter),
            RecordError::AudienceNotAllowed => not_allowed(Rule::AudienceNotAllowed),
            RecordError::ParentNeeded => not_allowed(Rule::ParentNeeded),
            RecordError::LimitReached => not_allowed(Rule::LimitReached),
            RecordError::Store(error) => error.into(),
            RecordError::Internal(place) => Self::internal(place),
        }
    }
}

impl From<PairingError> for Error {
    fn from(error: PairingError) -> Self {
        Self::PairingRejected { reason: error.into() }
    }
}

#[cfg(feature = "uniffi")]
impl From<uniffi::UnexpectedUniFFICallbackError> for Error {
    fn from(thrown: uniffi::UnexpectedUniFFICallbackError) -> Self {
        Self::CallbackFailed { reason: thrown.reason }
    }
}

impl Error {
    pub(super) fn callback(reason: &str) -> Self {
        Self::CallbackFailed { reason: reason.to_owned() }
    }

    pub(super) fn internal(place: &str) -> Self {
        Self::Internal { report_id: place.to_owned() }
    }
}
