//! What can stop a record from being written or read.

use crate::model::InvalidInput;
use crate::store::StoreError;

/// Why a call on records failed.
#[derive(Debug, PartialEq, Eq)]
pub enum RecordError {
    /// A field doesn't hold what it must.
    Invalid(InvalidInput),
    /// It was erased.
    Gone,
    /// Only its author may change it.
    NotAWriter,
    /// Records of this kind can't be in that audience.
    AudienceNotAllowed,
    /// It must belong to a record in the same audience.
    ParentNeeded,
    /// A limit of the protocol is reached.
    LimitReached,
    /// The store failed.
    Store(StoreError),
    /// A mistake of ours; the text names the place.
    Internal(&'static str),
}

impl From<StoreError> for RecordError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<InvalidInput> for RecordError {
    fn from(invalid: InvalidInput) -> Self {
        Self::Invalid(invalid)
    }
}
