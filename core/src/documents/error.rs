//! What can go wrong with changes and documents. No text here comes from automerge or from a record.

use std::fmt;

use super::seam::Panicked;

/// The bytes are no change that this protocol allows: refused for ever.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadChange;

/// Why a change isn't part of a document now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ApplyError {
    /// It breaks a rule that no later change can mend: refused.
    BadChange,
    /// It names another device's actor than its entry's author: refused.
    WrongActor,
    /// Something it depends on isn't here: held.
    MissingDependency,
    /// Another change with this actor and sequence number is here already: two copies of one phone.
    DuplicateSequence,
    /// automerge failed. Discard this copy of the document.
    Quarantined,
}

/// Why a document can't be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DocumentError {
    /// The version that the writer saw isn't here.
    UnknownHeads,
    /// This field can't hold this value.
    InvalidField(String),
    /// A create must hold at least one field.
    Empty,
    /// More than one change, or one document, may hold.
    TooLarge,
    /// automerge failed. The document is as it was.
    Quarantined,
}

impl From<BadChange> for ApplyError {
    fn from(_: BadChange) -> Self {
        Self::BadChange
    }
}

impl From<Panicked> for ApplyError {
    fn from(_: Panicked) -> Self {
        Self::Quarantined
    }
}

impl From<Panicked> for DocumentError {
    fn from(_: Panicked) -> Self {
        Self::Quarantined
    }
}

impl fmt::Display for BadChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a change that this protocol allows")
    }
}

impl fmt::Display for ApplyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::BadChange => "not a change that this protocol allows here",
            Self::WrongActor => "the change names another device than its entry",
            Self::MissingDependency => "the change depends on one that isn't here",
            Self::DuplicateSequence => "another change of this device has the same sequence number",
            Self::Quarantined => "the document can't be used",
        })
    }
}

impl fmt::Display for DocumentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::UnknownHeads => "this version of the record isn't here",
            Self::InvalidField(_) => "a field can't hold this value",
            Self::Empty => "a record must hold at least one field",
            Self::TooLarge => "more than a record may hold",
            Self::Quarantined => "the document can't be used",
        })
    }
}

impl std::error::Error for BadChange {}
impl std::error::Error for ApplyError {}
impl std::error::Error for DocumentError {}
